//! Activities as people log, plan and change them, one at a time. Every version is kept: a change supersedes, taking
//! back ends the belief.

use super::{UNANSWERED, direction, kind, state};
use crate::engine::{Query, Row, StoreError, Work};
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
    /// The source and external id it came with.
    pub names: (String, String),
    pub content: Content,
    pub known_from: Day,
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

/// The newest version before `number` that was a plan.
pub fn planned_before(
    query: &impl Query,
    account: AccountId,
    id: ActivityId,
    number: i64,
) -> Result<Option<Version>, StoreError> {
    let sql =
        format!("{VERSION}\n   and version < $3\n   and state = 'planned'\n order by version desc\n limit 1");
    query.one(&sql, &[account.into(), id.0.into(), number.into()], |row| version(account, row))
}

const VERSION: &str = "-- An activity as it is kept.
select id, version, kind, person_id, day, minutes, state, direction, contact_id, outcome, note, planned_on, known_from,
       source, external_id
  from activity
 where account_id = $1
   and id = $2";

fn version(account: AccountId, row: &Row<'_>) -> Result<Version, StoreError> {
    Ok(Version {
        account,
        id: ActivityId(row.id(0)?),
        number: row.int(1)?,
        names: (row.string(13)?, row.string(14)?),
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
