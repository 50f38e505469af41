//! What was done with customers and what is planned.

pub mod page;
pub mod entry;
pub mod record;

pub use record::said;

use crate::{Query, Row, StoreError};
use luotsi_core::{
    account::AccountId,
    activity::{Activity, ActivityId, ActivityKind, ActivityState, Direction},
    people::{PersonId, PersonNo},
    units::Known,
};
use std::collections::HashMap;

/// The other side did not answer: such an activity counts for nothing.
const UNANSWERED: &str = "no_answer";

/// What a version is written as, in this order.
const COLUMNS: [&str; 17] = [
    "account_id",
    "id",
    "version",
    "source",
    "external_id",
    "kind",
    "person_id",
    "day",
    "minutes",
    "state",
    "direction",
    "contact_id",
    "outcome",
    "note",
    "planned_on",
    "known_from",
    "known_until",
];

/// Every version of every activity with these accounts.
pub fn each(
    query: &impl Query,
    persons: &HashMap<PersonId, PersonNo>,
    ids: &[AccountId],
    mut one: impl FnMut(AccountId, Activity),
) -> Result<(), StoreError> {
    query.each_of(
        "-- The activities with some accounts.
select account_id, kind, person_id, day, minutes, state, direction, outcome, known_from, known_until, id
  from activity
 where account_id in {wanted}
 order by account_id, id, version",
        ids,
        |row| {
            one(AccountId(row.id(0)?), activity(row, persons)?);
            Ok(())
        },
    )
}

fn activity(row: &Row<'_>, persons: &HashMap<PersonId, PersonNo>) -> Result<Activity, StoreError> {
    Ok(Activity {
        id: ActivityId(row.id(10)?),
        kind: kind(row.text(1)?)?,
        person: row.opt_id(2)?.and_then(|id| persons.get(&PersonId(id)).copied()),
        day: row.day(3)?,
        minutes: row.int(4)? as u32,
        state: state(row.text(5)?)?,
        direction: row.opt_text(6)?.map(direction).transpose()?,
        is_unanswered: row.opt_text(7)? == Some(UNANSWERED),
        known: Known { from: row.day(8)?, until: row.day(9)? },
    })
}

pub(crate) fn kind(name: &str) -> Result<ActivityKind, StoreError> {
    ActivityKind::parse(name).ok_or_else(|| StoreError::unknown("activity kind", name))
}

pub(crate) fn state(name: &str) -> Result<ActivityState, StoreError> {
    ActivityState::parse(name).ok_or_else(|| StoreError::unknown("activity state", name))
}

pub(crate) fn direction(name: &str) -> Result<Direction, StoreError> {
    Direction::parse(name).ok_or_else(|| StoreError::unknown("direction", name))
}
