//! Requests that have been done, so that a repeat does nothing, and those that were refused: the security log.

use crate::{Answered, Asking, Known, Query, StoreError, Value, Work};
use luotsi_core::people::PersonId;
use std::collections::HashMap;
use uuid::Uuid;

/// What is known of whoever asks.
pub fn known(work: &Work<'_>, asking: &Asking) -> Result<Known, StoreError> {
    if let Some(key) = &asking.key {
        work.not_among_unread(&known_as(asking.person, key))?;
    }
    match work.known_beforehand(asking) {
        Some(known) => Ok(known),
        None => Ok(known_of(work, &[asking])?.into_values().next().unwrap_or_default()),
    }
}

/// The same of several, but those of whom nothing is known.
pub(crate) fn known_of(work: &Work<'_>, askings: &[&Asking]) -> Result<HashMap<Asking, Known>, StoreError> {
    let row = |asking: &&Asking| [asking.person.into(), asking.on.into(), asking.key.clone().into()];
    let rows: Vec<[Value; 3]> = askings.iter().map(row).collect();
    let mut known = HashMap::with_capacity(askings.len());
    work.each_of_rows(
        "-- What is each person, as of a day, and has this request been done?
with wanted (person_id, on_day, key) as ({wanted})
select wanted.person_id, wanted.on_day, wanted.key,
       version.role, version.is_active, request.fingerprint, request.answer
  from wanted
  join person_version version
    on version.person_id = wanted.person_id
   and version.from_day = (
         select max(newest.from_day)
           from person_version newest
          where newest.person_id = wanted.person_id
            and newest.from_day <= wanted.on_day
       )
  left join request
    on request.person_id = wanted.person_id
   and request.key = wanted.key",
        ["uuid", "date", "text"],
        &rows,
        |row| {
            let asking = Asking { person: PersonId(row.id(0)?), on: row.day(1)?, key: row.opt_string(2)? };
            let viewer = super::policy::active(asking.person, row.text(3)?, row.bool(4)?)?;
            let answered = match (row.opt_string(5)?, row.opt_string(6)?) {
                (Some(fingerprint), Some(answer)) => Some(Answered { fingerprint, answer }),
                (_, _) => None,
            };
            known.insert(asking, Known { viewer, answered });
            Ok(())
        },
    )?;
    Ok(known)
}

pub fn insert(
    work: &Work<'_>,
    person: PersonId,
    key: &str,
    answered: &Answered,
    now: i64,
) -> Result<(), StoreError> {
    let Answered { fingerprint, answer } = answered;
    work.insert_unread(
        "request",
        ["person_id", "key", "fingerprint", "answer", "recorded_at"],
        [person.into(), key.into(), fingerprint.into(), answer.into(), now.into()],
        known_as(person, key),
    )
}

fn known_as(person: PersonId, key: &str) -> String {
    format!("request {} {key}", person.0)
}

/// Forgets the requests that were done before.
pub fn forget(work: &Work<'_>, before: i64) -> Result<u64, StoreError> {
    work.execute(
        "-- Nobody repeats a request after so long.
delete from request
 where recorded_at < $1",
        &[before.into()],
    )
}

/// What was asked and not done, of `person` when they are known to us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRefusal {
    pub person: Option<PersonId>,
    pub action: &'static str,
    pub about: Option<Uuid>,
    pub why: &'static str,
    pub at: i64,
}

pub fn insert_refusal(work: &Work<'_>, refusal: &NewRefusal) -> Result<(), StoreError> {
    work.execute(
        "-- Asked and not done.
insert into refusal (id, recorded_at, person_id, action, about_id, why)
values ($1, $2, (select person.id from person where person.id = $3), $4, $5, $6)",
        &[
            work.new_id().into(),
            refusal.at.into(),
            refusal.person.into(),
            refusal.action.into(),
            refusal.about.into(),
            refusal.why.into(),
        ],
    )?;
    Ok(())
}

/// Forgets the refusals from before.
pub fn forget_refusals(work: &Work<'_>, before: i64) -> Result<u64, StoreError> {
    work.execute(
        "-- The security log reaches back only so far.
delete from refusal
 where recorded_at < $1",
        &[before.into()],
    )
}

/// The person, what they asked, about what and why it was refused; the newest first.
pub fn refusals(query: &impl Query, limit: i64) -> Result<Vec<Refused>, StoreError> {
    query.all(
        "-- The security log.
select recorded_at, person_id, action, about_id, why
  from refusal
 order by recorded_at desc, id desc
 limit $1",
        &[limit.into()],
        |row| {
            Ok(Refused {
                recorded_at: row.int(0)?,
                person: row.opt_id(1)?.map(PersonId),
                action: row.string(2)?,
                about: row.opt_id(3)?,
                why: row.string(4)?,
            })
        },
    )
}

/// A line of the security log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub recorded_at: i64,
    pub person: Option<PersonId>,
    pub action: String,
    pub about: Option<Uuid>,
    pub why: String,
}
