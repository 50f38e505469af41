//! Requests that have been done, so that a repeat does nothing, and those that were refused: the security log.

use crate::{Query, StoreError, Work};
use luotsi_core::{
    people::{PersonId, policy::Viewer},
    units::Day,
};
use uuid::Uuid;

/// What was answered to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub fingerprint: String,
    pub answer: String,
}

/// Who asks, as of a day, and what was answered when they asked with this key before; nobody who does not work here.
pub fn asking(
    work: &Work<'_>,
    person: PersonId,
    on: Day,
    key: Option<&str>,
) -> Result<(Option<Viewer>, Option<Answered>), StoreError> {
    if let Some(key) = key {
        work.not_among_unread(&known_as(person, key))?;
    }
    let found = work.one(
        "-- What is the person, as of a day, and has this request been done?
select version.role, version.is_active, request.fingerprint, request.answer
  from person_version version
  left join request
    on request.person_id = version.person_id
   and request.key = $3
 where version.person_id = $1
   and version.from_day <= $2
 order by version.from_day desc
 limit 1",
        &[person.into(), on.into(), key.into()],
        |row| {
            let answered = match (row.opt_string(2)?, row.opt_string(3)?) {
                (Some(fingerprint), Some(answer)) => Some(Answered { fingerprint, answer }),
                (_, _) => None,
            };
            Ok((super::policy::active(person, row.text(0)?, row.bool(1)?)?, answered))
        },
    )?;
    Ok(found.unwrap_or_default())
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
