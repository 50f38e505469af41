//! What pages show of what was done and is planned.

use super::{direction, kind, state};
use crate::{Query, Row, StoreError, people::page::Whose};
use luotsi_core::{
    account::AccountId,
    activity::{ActivityKind, ActivityState, Direction},
    people::PersonId,
    strategy::Segment,
    units::Day,
};
use uuid::Uuid;

/// An activity as last recorded.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: Uuid,
    pub kind: ActivityKind,
    pub person: Option<PersonId>,
    pub day: Day,
    pub minutes: i64,
    pub state: ActivityState,
    pub direction: Option<Direction>,
    pub contact: Option<String>,
    pub outcome: Option<String>,
    pub note: Option<String>,
}

/// An account's activities between two days, of one person or of all, the newest first.
pub fn timeline(
    query: &impl Query,
    account: AccountId,
    person: Option<PersonId>,
    (from, until): (Day, Day),
    limit: i64,
) -> Result<Vec<Event>, StoreError> {
    query.all(
        "-- What was done with this account, and what is planned?
select activity.id, activity.kind, activity.person_id, activity.day, activity.minutes, activity.state,
       activity.direction, contact.name, activity.outcome, activity.note
  from activity
  left join contact on contact.id = activity.contact_id
 where activity.account_id = $1
   and activity.known_until = '9999-12-31'
   and activity.day between $2::date and $3::date
   and ($4::uuid is null or activity.person_id = $4)
 order by activity.day desc, activity.id desc
 limit $5",
        &[account.into(), from.into(), until.into(), person.into(), limit.into()],
        event,
    )
}

fn event(row: &Row<'_>) -> Result<Event, StoreError> {
    Ok(Event {
        id: row.id(0)?,
        kind: kind(row.text(1)?)?,
        person: row.opt_id(2)?.map(PersonId),
        day: row.day(3)?,
        minutes: row.int(4)?,
        state: state(row.text(5)?)?,
        direction: row.opt_text(6)?.map(direction).transpose()?,
        contact: row.opt_string(7)?,
        outcome: row.opt_string(8)?,
        note: row.opt_string(9)?,
    })
}

/// A plan with the account it is about.
#[derive(Clone, Debug)]
pub struct Plan {
    pub id: Uuid,
    pub kind: ActivityKind,
    pub person: Option<PersonId>,
    pub day: Day,
    pub minutes: i64,
    pub account: AccountId,
    pub account_name: String,
    pub segment: Option<Segment>,
}

/// What these people have planned up to and including `until` and not done, the oldest first: a plan whose day went by
/// does not vanish.
pub fn plans(query: &impl Query, whose: &Whose, until: Day, limit: i64) -> Result<Vec<Plan>, StoreError> {
    let (condition, mut params) = whose.condition("person_id", 3);
    params.splice(0..0, [until.into(), limit.into()]);
    let sql = format!(
        "-- What is planned? Only what is shown is joined.
with planned as (
select id, kind, person_id, day, minutes, account_id
  from activity
 where state = 'planned'
   and known_until = '9999-12-31'
   and day <= $1::date{condition}
 order by day, id
 limit $2
)
select planned.id, planned.kind, planned.person_id, planned.day, planned.minutes, planned.account_id,
       account.name, account_standing.segment
  from planned
  join account on account.id = planned.account_id
  left join account_standing on account_standing.account_id = planned.account_id
 order by planned.day, account.name_sort, planned.id"
    );
    query.all(&sql, &params, |row| {
        Ok(Plan {
            id: row.id(0)?,
            kind: kind(row.text(1)?)?,
            person: row.opt_id(2)?.map(PersonId),
            day: row.day(3)?,
            minutes: row.int(4)?,
            account: AccountId(row.id(5)?),
            account_name: row.string(6)?,
            segment: row.opt_text(7)?.and_then(Segment::parse),
        })
    })
}

/// The day of the first plan after `after` of these people.
pub fn next_plan(query: &impl Query, whose: &Whose, after: Day) -> Result<Option<Day>, StoreError> {
    let (condition, mut params) = whose.condition("person_id", 2);
    params.insert(0, after.into());
    let sql = format!(
        "-- When is the next plan?
select min(day)
  from activity
 where state = 'planned'
   and known_until = '9999-12-31'
   and day > $1::date{condition}"
    );
    Ok(query.one(&sql, &params, |row| row.opt_day(0))?.flatten())
}

/// Minutes these people have planned for the day.
pub fn planned_minutes(query: &impl Query, whose: &Whose, on: Day) -> Result<i64, StoreError> {
    let (condition, mut params) = whose.condition("person_id", 2);
    params.insert(0, on.into());
    let sql = format!(
        "-- How much of the day is taken?
select coalesce(cast(sum(minutes) as bigint), 0)
  from activity
 where state = 'planned'
   and known_until = '9999-12-31'
   and day = $1::date{condition}"
    );
    Ok(query.one(&sql, &params, |row| row.int(0))?.unwrap_or(0))
}
