//! Taking in activities: what is planned, and what was done.

use crate::{
    engine::{Query, StoreError, Value, Work},
    recording::{Beliefs, Fact, Held, Lookup, Named, Origin, Outcome, accounts_and_people, known_from},
};
use luotsi_core::{
    account::AccountId,
    activity::{ActivityKind, ActivityState, Direction},
    history::Subject,
    units::{Day, Known},
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// An activity as another system tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRecord {
    pub external_id: String,
    /// By external id.
    pub account: String,
    pub kind: ActivityKind,
    /// By external id.
    pub person: Option<String>,
    pub day: Day,
    pub minutes: Option<u32>,
    pub state: ActivityState,
    pub direction: Option<Direction>,
    /// By external id.
    pub contact: Option<String>,
    pub outcome: Option<String>,
    pub note: Option<String>,
    pub planned_on: Option<Day>,
    pub known_on: Option<Day>,
}

impl ActivityRecord {
    /// What was done is known from the day it was done at the earliest; a plan since it was made, or always.
    fn known_from(&self) -> Day {
        match self.state {
            ActivityState::Done => known_from(self.known_on, self.day),
            ActivityState::Planned => self.known_on.or(self.planned_on).unwrap_or(Day::MIN),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct ActivityFact {
    external_id: String,
    account: AccountId,
    kind: ActivityKind,
    person: Option<Uuid>,
    day: Day,
    minutes: u32,
    state: ActivityState,
    direction: Option<Direction>,
    contact: Option<Uuid>,
    outcome: Option<String>,
    note: Option<String>,
    planned_on: Option<Day>,
}

/// What a slice changes.
pub type Plan = Beliefs<ActivityFact>;

impl Fact for ActivityFact {
    const SUBJECT: Subject = Subject::Activity;
    const KEEPS_ID: bool = true;

    type Key<'a> = &'a str;

    fn key(&self) -> Self::Key<'_> {
        &self.external_id
    }

    fn account(&self) -> AccountId {
        self.account
    }

    /// The note is not repeated in the log: it stays with its version.
    fn said(&self) -> String {
        said(self.kind, self.day, self.state, self.minutes)
    }

    fn happens(&self, before: Option<&Self>) -> &'static str {
        match (before.map(|before| before.state), self.state) {
            (None, ActivityState::Done) => "logged",
            (None, ActivityState::Planned) => "planned",
            (Some(ActivityState::Planned), ActivityState::Done) => "done",
            (Some(ActivityState::Planned), ActivityState::Planned) | (Some(ActivityState::Done), _) => {
                "changed"
            }
        }
    }

    fn subject_id(&self, id: Uuid) -> Uuid {
        id
    }
}

pub fn plan(query: &impl Query, origin: &Origin, rows: &[ActivityRecord]) -> Result<Plan, StoreError> {
    let named = rows.iter().map(|row| (row.account.as_str(), row.person.as_deref()));
    let (accounts, people) = accounts_and_people(query, origin, named)?;
    let contacts = rows.iter().filter_map(|row| row.contact.as_deref());
    let contacts = Lookup::of(query, origin, (Named::Contact, "contact"), contacts)?;
    let fact = |row: &ActivityRecord| -> Result<(ActivityFact, Day), Outcome> {
        let fact = ActivityFact {
            external_id: row.external_id.clone(),
            account: AccountId(accounts.one(&row.account)?),
            kind: row.kind,
            person: people.one_if_named(row.person.as_deref())?,
            day: row.day,
            minutes: row.minutes.unwrap_or(0),
            state: row.state,
            direction: row.direction,
            contact: contacts.one_if_named(row.contact.as_deref())?,
            outcome: row.outcome.clone(),
            note: row.note.clone(),
            planned_on: row.planned_on,
        };
        Ok((fact, row.known_from()))
    };
    let incoming: Vec<_> = rows.iter().map(fact).collect();
    let held = held(query, origin, &incoming)?;
    Ok(Beliefs::of(incoming, held))
}

pub fn save(work: &mut Work<'_>, origin: &Origin, beliefs: &Plan) -> Result<(), StoreError> {
    beliefs.save(work, origin, "activity", super::COLUMNS, |held| {
        let fact = held.fact.clone();
        [
            fact.account.into(),
            held.id.into(),
            held.version.into(),
            origin.source.as_str().into(),
            fact.external_id.into(),
            fact.kind.name().into(),
            fact.person.into(),
            fact.day.into(),
            fact.minutes.into(),
            fact.state.name().into(),
            fact.direction.map(Direction::name).into(),
            fact.contact.into(),
            fact.outcome.into(),
            fact.note.into(),
            fact.planned_on.into(),
            held.known.from.into(),
            held.known.until.into(),
        ]
    })
}

/// All versions of the incoming activities that matter: the believed one, and those it superseded where an activity is
/// known from before it.
fn held(
    query: &impl Query,
    origin: &Origin,
    incoming: &[Result<(ActivityFact, Day), Outcome>],
) -> Result<Vec<Held<ActivityFact>>, StoreError> {
    let facts = || incoming.iter().filter_map(|row| row.as_ref().ok());
    let mut held =
        versions(query, origin, BELIEVED, facts().map(|(fact, _)| fact.external_id.as_str()).collect())?;

    let since: HashMap<String, Day> =
        held.iter().map(|held| (held.fact.external_id.clone(), held.known.from)).collect();
    let earlier = facts()
        .filter(|(fact, from)| since.get(&fact.external_id).is_some_and(|since| from < since))
        .map(|(fact, _)| fact.external_id.as_str())
        .collect();
    held.extend(versions(query, origin, SUPERSEDED, earlier)?);
    Ok(held)
}

const BELIEVED: &str = "-- The activities as believed today.
with wanted (source, external_id) as ({wanted})
select kept.id, kept.version, kept.external_id, kept.account_id, kept.kind, kept.person_id, kept.day, kept.minutes,
       kept.state, kept.direction, kept.contact_id, kept.outcome, kept.note, kept.planned_on, kept.known_from,
       kept.known_until
  from wanted
  join activity kept
    on kept.source = wanted.source and kept.external_id = wanted.external_id
   and kept.known_until = '9999-12-31'";

const SUPERSEDED: &str = "-- The activities as once believed.
with wanted (source, external_id) as ({wanted})
select kept.id, kept.version, kept.external_id, kept.account_id, kept.kind, kept.person_id, kept.day, kept.minutes,
       kept.state, kept.direction, kept.contact_id, kept.outcome, kept.note, kept.planned_on, kept.known_from,
       kept.known_until
  from wanted
  join activity kept
    on kept.source = wanted.source and kept.external_id = wanted.external_id
   and kept.known_until < '9999-12-31'";

fn versions(
    query: &impl Query,
    origin: &Origin,
    question: &str,
    wanted: HashSet<&str>,
) -> Result<Vec<Held<ActivityFact>>, StoreError> {
    let wanted: Vec<[Value; 2]> =
        wanted.into_iter().map(|external_id| [origin.source.as_str().into(), external_id.into()]).collect();
    let mut held = Vec::new();
    query.each_of_rows(question, ["text", "text"], &wanted, |row| {
        let fact = ActivityFact {
            external_id: row.string(2)?,
            account: AccountId(row.id(3)?),
            kind: super::kind(row.text(4)?)?,
            person: row.opt_id(5)?,
            day: row.day(6)?,
            minutes: row.int(7)? as u32,
            state: super::state(row.text(8)?)?,
            direction: row.opt_text(9)?.map(super::direction).transpose()?,
            contact: row.opt_id(10)?,
            outcome: row.opt_string(11)?,
            note: row.opt_string(12)?,
            planned_on: row.opt_day(13)?,
        };
        let known = Known { from: row.day(14)?, until: row.day(15)? };
        held.push(Held { id: row.id(0)?, version: row.int(1)?, fact, known });
        Ok(())
    })?;
    Ok(held)
}

/// An activity in the words of the log.
pub fn said(kind: ActivityKind, day: Day, state: ActivityState, minutes: u32) -> String {
    format!("{} {day} {} {minutes} min", kind.name(), state.name())
}
