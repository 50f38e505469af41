//! PostgreSQL's errors, told by what the caller can do about them.

use super::StoreError;
use std::error::Error;
use tokio_postgres::error::SqlState;

pub fn store_error(error: &tokio_postgres::Error) -> StoreError {
    let Some(refusal) = error.as_db_error() else {
        return match error.is_closed() || error.source().is_some_and(|source| source.is::<std::io::Error>()) {
            true => StoreError::ConnectionLost,
            false => StoreError::Statement(reason(error)),
        };
    };
    let why = refusal.message().to_owned();
    let state = refusal.code();
    if [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(state) {
        StoreError::Busy
    } else if *state == SqlState::LOCK_NOT_AVAILABLE {
        StoreError::Locked
    } else if *state == SqlState::DISK_FULL {
        StoreError::Full
    } else if *state == SqlState::READ_ONLY_SQL_TRANSACTION || *state == SqlState::INSUFFICIENT_PRIVILEGE {
        StoreError::ReadOnly
    } else if *state == SqlState::UNIQUE_VIOLATION {
        StoreError::Taken(why)
    } else if state.code().starts_with("23") || state.code().starts_with("22") {
        StoreError::Constraint(why)
    } else if state.code().starts_with("57P") || state.code().starts_with("08") {
        StoreError::ConnectionLost
    } else {
        StoreError::Statement(why)
    }
}

pub fn reason(error: &tokio_postgres::Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(refusal), _) => refusal.message().to_owned(),
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}
