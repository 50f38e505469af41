//! People and their access: links, sessions and what lets one begin. Secrets are 32 random bytes; only their hashes
//! are kept.

pub mod access;
mod attempts;
pub mod company;
pub mod edit;
pub mod log_in;
pub mod password;
pub mod tokens;

pub mod substitution;
pub mod view;

use crate::today::now;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use luotsi_core::{
    history::{Actor, Entry, Subject},
    people::PersonId,
    units::Day,
};
use luotsi_store::{
    Query, Store, StoreError, Work,
    people::{access as kept, session},
};
use sha2::{Digest, Sha256};

/// A session ends when it has not been used for so long.
pub const SESSION_DAYS: i64 = 30;

/// As `now` counts: in microseconds.
pub const HOUR: i64 = 3_600_000_000;
pub const DAY: i64 = 24 * HOUR;

/// What a link was made for decides how long it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The first log-in to a new database.
    Setup,
    /// A look at the sample company.
    Demo,
    LogIn,
    /// Made by whoever manages people: its person chooses a password.
    Invitation,
}

impl Purpose {
    pub const ALL: [Self; 4] = [Self::Setup, Self::Demo, Self::LogIn, Self::Invitation];

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Demo => "demo",
            Self::LogIn => "log_in",
            Self::Invitation => "invitation",
        }
    }

    fn holds_for(self) -> i64 {
        match self {
            Self::Setup | Self::Demo | Self::Invitation => 7 * DAY,
            Self::LogIn => DAY,
        }
    }
}

/// What is kept of a secret.
pub fn hash(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

/// A new one-time link's secret: the link is `/login/` and this.
pub fn login_link(store: &Store, person: PersonId, purpose: Purpose) -> Result<String, StoreError> {
    let token = secret()?;
    let (kept, now) = (hash(&token), now());
    store.write(Actor::Setup, move |work| {
        session::insert_link(work, &kept, person, purpose.name(), now, now + purpose.holds_for())?;
        record(work, person, "link_created")
    })?;
    Ok(token)
}

/// The person of this external id, or of this email in any case.
pub fn find(query: &impl Query, who: &str) -> Result<Option<PersonId>, StoreError> {
    session::find(query, who)
}

pub fn log_out(store: &Store, token: &str) -> Result<(), StoreError> {
    let kept = hash(token);
    store.write(Actor::Setup, move |work| match session::delete_session(work, &kept)? {
        Some(person) => record(work, person, "logged_out"),
        None => Ok(()),
    })
}

/// Ends what has run out: attempts nobody counts any more, and the access of people who no longer work here.
pub fn end_old_access(store: &Store, today: Day) -> Result<(), StoreError> {
    let now = now();
    store.write(Actor::Setup, move |work| {
        attempts::forget_old(work, now)?;
        kept::end_of_inactive(work, today, now)
    })
}

/// A session in use goes on for its days from now.
pub fn touch_session(store: &Store, token: &str, now: i64) -> Result<(), StoreError> {
    let kept = hash(token);
    store.write(Actor::Setup, move |work| session::touch_session(work, &kept, now, now + SESSION_DAYS * DAY))
}

fn record(work: &mut Work<'_>, person: PersonId, what: &'static str) -> Result<(), StoreError> {
    work.record(Entry {
        subject: Subject::Session,
        subject_id: Some(person.0),
        what,
        before: None,
        after: None,
        why: None,
        touched: Vec::new(),
    })
}

fn secret() -> Result<String, StoreError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Stopped(error.to_string()))?;
    Ok(BASE64URL_NOPAD.encode(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_differ_and_are_not_what_is_kept() {
        let (one, other) = (secret().unwrap(), secret().unwrap());

        assert_eq!(one.len(), 43);
        assert_ne!(one, other);
        assert_eq!(hash("luotsi").len(), 64);
        assert_ne!(hash(&one), hash(&other));
    }
}
