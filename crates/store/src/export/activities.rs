//! The activities as they were known on a day: those done by then, and those planned and not done.

use super::each;
use crate::{Query, StoreError};
use luotsi_core::units::Day;

/// Other records by their external ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActivityRow<'a> {
    pub external_id: &'a str,
    pub account: &'a str,
    pub kind: &'a str,
    pub person: Option<&'a str>,
    pub day: Day,
    pub minutes: i64,
    pub state: &'a str,
    pub direction: Option<&'a str>,
    pub contact: Option<&'a str>,
    pub outcome: Option<&'a str>,
    pub note: Option<&'a str>,
    pub planned_on: Option<Day>,
}

pub fn each_activity<E: From<StoreError>>(
    query: &impl Query,
    on: Day,
    mut take: impl FnMut(&ActivityRow<'_>) -> Result<(), E>,
) -> Result<(), E> {
    each(
        query,
        "-- The activities known by a day.
select activity.external_id, account.external_id, activity.kind, person.external_id, activity.day, activity.minutes,
       activity.state, activity.direction, contact.external_id, activity.outcome, activity.note, activity.planned_on
  from activity
  join account on account.id = activity.account_id
  left join person on person.id = activity.person_id
  left join contact on contact.id = activity.contact_id
 where (activity.state = 'planned' or activity.day <= $1)
   and activity.known_from <= $1
   and $1 < activity.known_until
 order by activity.external_id, activity.source",
        &[on.into()],
        |row| {
            take(&ActivityRow {
                external_id: row.text(0)?,
                account: row.text(1)?,
                kind: row.text(2)?,
                person: row.opt_text(3)?,
                day: row.day(4)?,
                minutes: row.int(5)?,
                state: row.text(6)?,
                direction: row.opt_text(7)?,
                contact: row.opt_text(8)?,
                outcome: row.opt_text(9)?,
                note: row.opt_text(10)?,
                planned_on: row.opt_day(11)?,
            })
        },
    )
}
