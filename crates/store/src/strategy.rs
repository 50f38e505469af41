//! The versions of the company's strategy, as the texts they were set with.

use crate::{Query, StoreError, Work, recording::now_micros};
use luotsi_core::{history::Actor, people::PersonId, units::Day};

/// The strategy that comes into force on `from`; `Day::MIN`: it holds for all time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    pub from: Day,
    pub toml: String,
}

/// The versions in order of day. Of several with one start day the newest: it corrected the others.
pub fn versions(query: &impl Query) -> Result<Vec<VersionRow>, StoreError> {
    query.all(
        "-- The strategy's versions, without those that were corrected.
select version.from_day, version.toml
  from strategy_version as version
 where version.number = (
         select max(newest.number)
           from strategy_version as newest
          where newest.from_day = version.from_day
       )
 order by version.from_day",
        &[],
        |row| Ok(VersionRow { from: row.day(0)?, toml: row.string(1)? }),
    )
}

/// A version as it was set, corrected since or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Counted from 1.
    pub number: i64,
    pub from: Day,
    pub toml: String,
    pub person: Option<PersonId>,
    /// Microseconds since 1970 UTC.
    pub recorded_at: i64,
    pub why: Option<String>,
}

/// What was decided, the newest first, at most `limit`.
pub fn decisions(query: &impl Query, limit: i64) -> Result<Vec<Decision>, StoreError> {
    query.all(
        "-- Who has set the strategy, when and why?
select number, from_day, toml, person_id, recorded_at, why
  from strategy_version
 order by number desc
 limit $1",
        &[limit.into()],
        |row| {
            Ok(Decision {
                number: row.int(0)?,
                from: row.day(1)?,
                toml: row.string(2)?,
                person: row.opt_id(3)?.map(PersonId),
                recorded_at: row.int(4)?,
                why: row.opt_string(5)?,
            })
        },
    )
}

/// What held on a day while nothing after the decision of that number was known; `None`: nothing had been decided.
pub fn known_by(query: &impl Query, on: Day, number: i64) -> Result<Option<String>, StoreError> {
    query.one(
        "-- What held on a day as of an earlier decision?
select toml
  from strategy_version
 where from_day <= $1
   and number <= $2
 order by from_day desc, number desc
 limit 1",
        &[on.into(), number.into()],
        |row| row.string(0),
    )
}

/// The number of the newest decision; 0: nothing has been decided yet.
pub fn newest_number(query: &impl Query) -> Result<i64, StoreError> {
    let newest = query.one("select max(number) from strategy_version", &[], |row| row.opt_int(0))?;
    Ok(newest.flatten().unwrap_or(0))
}

/// Adds a version; one with the same start day is corrected by it and stays readable.
pub fn insert_version(work: &Work<'_>, version: &VersionRow, why: Option<&str>) -> Result<(), StoreError> {
    let newest = newest_number(work)?;
    let person = match work.actor() {
        Actor::Person(person) => Some(person),
        Actor::Import | Actor::Watch | Actor::Setup | Actor::Demo => None,
    };
    work.insert(
        "strategy_version",
        ["number", "from_day", "toml", "person_id", "recorded_at", "why"],
        [[
            (newest + 1).into(),
            version.from.into(),
            version.toml.as_str().into(),
            person.into(),
            now_micros().into(),
            why.into(),
        ]],
    )
}

/// The last day that a watch has looked at: what people were shown up to it stands.
pub fn last_watch_day(query: &impl Query) -> Result<Option<Day>, StoreError> {
    Ok(query.one("select max(on_day) from watch_run", &[], |row| row.opt_day(0))?.flatten())
}
