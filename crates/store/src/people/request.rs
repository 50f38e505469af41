//! Requests that have been done, so that a repeat does nothing, and those that were refused: the security log.

use crate::{Query, StoreError, Work};
use luotsi_core::people::PersonId;
use uuid::Uuid;

/// What was answered to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub fingerprint: String,
    pub answer: String,
}

pub fn answered(query: &impl Query, person: PersonId, key: &str) -> Result<Option<Answered>, StoreError> {
    query.one(
        "-- Has this request been done?
select fingerprint, answer
  from request
 where person_id = $1
   and key = $2",
        &[person.into(), key.into()],
        |row| Ok(Answered { fingerprint: row.string(0)?, answer: row.string(1)? }),
    )
}

pub fn insert(
    work: &Work<'_>,
    person: PersonId,
    key: &str,
    answered: &Answered,
    now: i64,
) -> Result<(), StoreError> {
    work.execute(
        "-- The request is done.
insert into request (person_id, key, fingerprint, answer, recorded_at)
values ($1, $2, $3, $4, $5)",
        &[person.into(), key.into(), (&answered.fingerprint).into(), (&answered.answer).into(), now.into()],
    )?;
    Ok(())
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
