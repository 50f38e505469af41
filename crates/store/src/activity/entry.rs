//! Activities as people log, plan and change them, one at a time. Every version is kept: a change supersedes, taking
//! back ends the belief.

use super::{UNANSWERED, direction, kind, state};
use crate::{
    engine::{Query, Row, StoreError, Work},
    recording::{Numbered, OWN_SOURCE, next_external_id},
};
use luotsi_core::{
    account::AccountId,
    activity::{ActivityId, ActivityKind, ActivityState, Direction},
    people::PersonId,
    units::Day,
};
use uuid::Uuid;

/// What a version of an activity tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub kind: ActivityKind,
    pub person: Option<PersonId>,
    pub day: Day,
    pub minutes: u32,
    pub state: ActivityState,
    pub direction: Option<Direction>,
    pub contact: Option<Uuid>,
    /// `no_answer`, or what another system called it.
    pub outcome: Option<String>,
    pub note: Option<String>,
    pub planned_on: Option<Day>,
}

impl Content {
    pub fn is_unanswered(&self) -> bool {
        self.outcome.as_deref() == Some(UNANSWERED)
    }

    pub fn outcome_of(is_unanswered: bool) -> Option<String> {
        is_unanswered.then(|| UNANSWERED.to_owned())
    }
}

/// A version as it is kept.
#[derive(Clone, Debug)]
pub struct Version {
    pub account: AccountId,
    pub id: ActivityId,
    pub number: i64,
    pub content: Content,
    pub known_from: Day,
}

/// A new activity, known from `today` on.
pub fn insert(
    work: &Work<'_>,
    account: AccountId,
    content: &Content,
    today: Day,
) -> Result<ActivityId, StoreError> {
    let external_id = next_external_id(work, Numbered::Activity)?;
    let id = ActivityId(work.new_id());
    insert_version(work, account, id, 1, (OWN_SOURCE, &external_id), content, today)?;
    Ok(id)
}

/// `content` is believed from `today` on, instead of `version`.
pub fn supersede(
    work: &Work<'_>,
    version: &Version,
    content: &Content,
    today: Day,
) -> Result<(), StoreError> {
    let names = work.one(
        "-- What is the activity called outside?
select source, external_id
  from activity
 where account_id = $1
   and id = $2
   and version = $3",
        &[version.account.into(), version.id.0.into(), version.number.into()],
        |row| Ok((row.string(0)?, row.string(1)?)),
    )?;
    let Some((source, external_id)) = names else { return Ok(()) };
    end(work, version, today)?;
    let from = today.max(version.known_from);
    let newest = newest_number(work, version)?;
    insert_version(work, version.account, version.id, newest + 1, (&source, &external_id), content, from)
}

/// Nothing is believed of the activity from `today` on.
pub fn end(work: &Work<'_>, version: &Version, today: Day) -> Result<(), StoreError> {
    work.execute(
        "update activity
            set known_until = $4::date
          where account_id = $1
            and id = $2
            and version = $3",
        &[
            version.account.into(),
            version.id.0.into(),
            version.number.into(),
            today.max(version.known_from).into(),
        ],
    )
    .map(drop)
}

/// The version believed now; `None`: no such activity with the account, or it was taken back.
pub fn believed(
    query: &impl Query,
    account: AccountId,
    id: ActivityId,
) -> Result<Option<Version>, StoreError> {
    let sql = format!("{VERSION}\n   and known_until = '9999-12-31'");
    query.one(&sql, &[account.into(), id.0.into()], |row| version(account, row))
}

/// A version by its number, believed or not.
pub fn numbered(
    query: &impl Query,
    account: AccountId,
    id: ActivityId,
    number: i64,
) -> Result<Option<Version>, StoreError> {
    let sql = format!("{VERSION}\n   and version = $3");
    query.one(&sql, &[account.into(), id.0.into(), number.into()], |row| version(account, row))
}

const VERSION: &str = "-- An activity as it is kept.
select id, version, kind, person_id, day, minutes, state, direction, contact_id, outcome, note, planned_on, known_from
  from activity
 where account_id = $1
   and id = $2";

fn version(account: AccountId, row: &Row<'_>) -> Result<Version, StoreError> {
    Ok(Version {
        account,
        id: ActivityId(row.id(0)?),
        number: row.int(1)?,
        content: Content {
            kind: kind(row.text(2)?)?,
            person: row.opt_id(3)?.map(PersonId),
            day: row.day(4)?,
            minutes: row.int(5)? as u32,
            state: state(row.text(6)?)?,
            direction: row.opt_text(7)?.map(direction).transpose()?,
            contact: row.opt_id(8)?,
            outcome: row.opt_string(9)?,
            note: row.opt_string(10)?,
            planned_on: row.opt_day(11)?,
        },
        known_from: row.day(12)?,
    })
}

fn newest_number(query: &impl Query, version: &Version) -> Result<i64, StoreError> {
    let newest = query.one(
        "-- How many versions are there?
select max(version)
  from activity
 where account_id = $1
   and id = $2",
        &[version.account.into(), version.id.0.into()],
        |row| row.int(0),
    )?;
    Ok(newest.unwrap_or(version.number))
}

fn insert_version(
    work: &Work<'_>,
    account: AccountId,
    id: ActivityId,
    number: i64,
    (source, external_id): (&str, &str),
    content: &Content,
    known_from: Day,
) -> Result<(), StoreError> {
    let content = content.clone();
    work.insert(
        "activity",
        super::COLUMNS,
        [[
            account.into(),
            id.0.into(),
            number.into(),
            source.into(),
            external_id.into(),
            content.kind.name().into(),
            content.person.into(),
            content.day.into(),
            content.minutes.into(),
            super::record::state_name(content.state).into(),
            content.direction.map(super::record::direction_name).into(),
            content.contact.into(),
            content.outcome.into(),
            content.note.into(),
            content.planned_on.into(),
            known_from.into(),
            Day::MAX.into(),
        ]],
    )
}
