//! When the watch ran, and what has changed since.

use crate::{Query, StoreError, Work};
use luotsi_core::{account::AccountId, history::Subject, units::Day};
use std::collections::HashMap;
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchRun {
    pub id: Uuid,
    pub on: Day,
    pub is_full: bool,
    /// Changes after this position of the log have not been looked at.
    pub log_position: i64,
    /// Microseconds since 1970 UTC.
    pub started_at: i64,
    pub finished_at: i64,
    pub accounts: i64,
    pub opened: i64,
    pub closed: i64,
}

pub fn last_run(query: &impl Query) -> Result<Option<WatchRun>, StoreError> {
    query.one(
        "-- The newest run of the watch.
select id, on_day, is_full, log_position, started_at, finished_at, accounts, opened, closed
  from watch_run
 order by on_day desc, finished_at desc, id desc
 limit 1",
        &[],
        |row| {
            Ok(WatchRun {
                id: row.id(0)?,
                on: row.day(1)?,
                is_full: row.bool(2)?,
                log_position: row.int(3)?,
                started_at: row.int(4)?,
                finished_at: row.int(5)?,
                accounts: row.int(6)?,
                opened: row.int(7)?,
                closed: row.int(8)?,
            })
        },
    )
}

pub fn insert_run(work: &Work<'_>, run: &WatchRun) -> Result<(), StoreError> {
    let columns = [
        "id",
        "on_day",
        "is_full",
        "log_position",
        "started_at",
        "finished_at",
        "accounts",
        "opened",
        "closed",
    ];
    work.insert(
        "watch_run",
        columns,
        [[
            run.id.into(),
            run.on.into(),
            run.is_full.into(),
            run.log_position.into(),
            run.started_at.into(),
            run.finished_at.into(),
            run.accounts.into(),
            run.opened.into(),
            run.closed.into(),
        ]],
    )
}

/// An account whose facts have changed, in what, and from which day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TouchedAccount {
    pub account: AccountId,
    /// Name of the log's subject.
    pub subject: String,
    pub known_from: Day,
}

/// The accounts touched by log entries after `position`, with the earliest day known of each subject.
pub fn touched_since(query: &impl Query, position: i64) -> Result<Vec<TouchedAccount>, StoreError> {
    query.all(
        "-- The accounts whose facts changed after a position of the log.
select log_touched.account_id, log_entry.subject, min(log_touched.known_from)
  from log_touched
  join log_entry on log_entry.position = log_touched.position
 where log_touched.position > $1
 group by log_touched.account_id, log_entry.subject
 order by log_touched.account_id, log_entry.subject",
        &[position.into()],
        |row| {
            Ok(TouchedAccount {
                account: AccountId(row.id(0)?),
                subject: row.string(1)?,
                known_from: row.day(2)?,
            })
        },
    )
}

/// The first day on which a sales line of each of these accounts was known; those without sales are left out.
pub fn first_known_sales(
    query: &impl Query,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, Day>, StoreError> {
    let mut found = HashMap::new();
    query.each_of(
        "-- When sales of some accounts were first known.
select account_id, min(known_from)
  from sales_line
 where account_id in {wanted}
 group by account_id",
        accounts,
        |row| {
            found.insert(AccountId(row.id(0)?), row.day(1)?);
            Ok(())
        },
    )?;
    Ok(found)
}

/// Whether entries on any of these subjects, `what` included, stand after `position`.
pub fn changed_since(
    query: &impl Query,
    position: i64,
    changes: &[(Subject, Option<&str>)],
) -> Result<bool, StoreError> {
    let mut found = false;
    query.each(
        "-- What has changed after a position of the log, by kind.
select distinct subject, what
  from log_entry
 where position > $1",
        &[position.into()],
        |row| {
            let (subject, what) = (row.text(0)?, row.text(1)?);
            found |= changes
                .iter()
                .any(|(of, which)| of.name() == subject && which.is_none_or(|which| which == what));
            Ok(())
        },
    )?;
    Ok(found)
}
