//! The one log, read by history pages and by the watch.

pub use crate::recording::{PEERS, last_position};

use crate::engine::{Query, StoreError};
use luotsi_core::{
    account::AccountId,
    history::{Subject, Touched},
};

/// The accounts whose facts changed in the entries after `position`, each with the first day any of it was known;
/// in order of id.
pub fn touched_since(query: &impl Query, position: i64) -> Result<Vec<Touched>, StoreError> {
    query.all(
        "-- The accounts to look at again.
         select account_id, min(known_from)
           from log_touched
          where position > $1
          group by account_id
          order by account_id",
        &[position.into()],
        |row| Ok(Touched { account: AccountId(row.id(0)?), known_from: row.day(1)? }),
    )
}

/// What the newest entry on `what` of `subject` says it became; `None` when there is no such entry.
pub fn newest(query: &impl Query, subject: Subject, what: &str) -> Result<Option<String>, StoreError> {
    let newest = query.one(
        "-- What did it become last?
         select after
           from log_entry
          where subject = $1
            and what = $2
          order by position desc
          limit 1",
        &[subject.name().into(), what.into()],
        |row| row.opt_string(0),
    )?;
    Ok(newest.flatten())
}

/// The newest entry on `subject` that has one of three names: which, and what it says it became.
pub fn newest_of(
    query: &impl Query,
    subject: Subject,
    whats: [&str; 3],
) -> Result<Option<(String, Option<String>)>, StoreError> {
    let [one, other, third] = whats;
    query.one(
        "-- What happened last, of a few things?
         select what, after
           from log_entry
          where subject = $1
            and what in ($2, $3, $4)
          order by position desc
          limit 1",
        &[subject.name().into(), one.into(), other.into(), third.into()],
        |row| Ok((row.string(0)?, row.opt_string(1)?)),
    )
}
