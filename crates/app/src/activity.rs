//! Activities as people write them down: logged when done, planned for a day, changed and taken back.
//!
//! The functions that end in `_in` go on inside another authorised change.

use crate::{
    act::{ActError, By, FieldError, Permit, Problem, act},
    exchange::{Telling, Told as Record, tell_in},
    import::records::ActivityRecord,
};
use luotsi_core::{
    account::AccountId,
    activity::{ActivityId, ActivityKind, ActivityState, Direction},
    history::{Entry, Subject, Touched},
    people::{PersonId, policy::Action},
    units::Day,
};
use luotsi_store::{
    Store, Work,
    activity::{
        entry::{Content, Version, believed, end, numbered, planned_before},
        said,
    },
    people::policy,
    recording::OWN_SOURCE,
};
use uuid::Uuid;

/// What somebody tells of an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub kind: ActivityKind,
    pub day: Day,
    pub minutes: u32,
    pub direction: Option<Direction>,
    pub contact: Option<Uuid>,
    /// The other side did not answer: it counts for nothing.
    pub is_unanswered: bool,
    pub note: Option<String>,
}

/// What the asking person did with the account.
pub fn log(store: &Store, by: &By, account: AccountId, told: Told) -> Result<ActivityId, ActError> {
    act(store, by, Action::LogActivity, account, move |work, permit| log_in(work, permit, account, &told))
}

pub fn log_in(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    told: &Told,
) -> Result<ActivityId, ActError> {
    let content = content(told, ActivityState::Done, permit.viewer.person);
    keep(work, permit, account, &content, &names_to_come())
}

/// What `person` is going to do with the account.
pub fn plan(
    store: &Store,
    by: &By,
    account: AccountId,
    person: PersonId,
    told: Told,
) -> Result<ActivityId, ActError> {
    act(store, by, Action::LogActivity, account, move |work, permit| {
        plan_in(work, permit, account, person, &told)
    })
}

pub fn plan_in(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    person: PersonId,
    told: &Told,
) -> Result<ActivityId, ActError> {
    let works_here = policy::viewer(work, person, permit.today)?.is_some();
    let gone = (!works_here).then_some(FieldError { field: "person", problem: Problem::NotActive });
    let permit = &from_today_on(permit, told.day).having_found(gone);
    let content = content(told, ActivityState::Planned, person);
    let content = Content { planned_on: Some(permit.today), ..content };
    keep(work, permit, account, &content, &names_to_come())
}

/// What is planned already is planned as told now.
pub(crate) fn plan_again_in(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    plan: ActivityId,
    told: &Told,
) -> Result<ActivityId, ActError> {
    let version = believed(work, account, plan)?.ok_or(ActError::NotThere)?;
    let person = version.content.person.unwrap_or(permit.viewer.person);
    let permit = &from_today_on(permit, told.day);
    let content = content(told, ActivityState::Planned, person);
    let content =
        Content { person: version.content.person, planned_on: version.content.planned_on, ..content };
    keep(work, permit, account, &content, &version.names)
}

/// What was planned has been done, as told now; by whom it was planned for, else by the asking person.
pub fn fulfil(
    store: &Store,
    by: &By,
    account: AccountId,
    plan: ActivityId,
    told: Told,
) -> Result<ActivityId, ActError> {
    act(store, by, Action::LogActivity, account, move |work, permit| {
        fulfil_in(work, permit, account, plan, &told)
    })
}

pub fn fulfil_in(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    plan: ActivityId,
    told: &Told,
) -> Result<ActivityId, ActError> {
    let version = believed(work, account, plan)?.ok_or(ActError::NotThere)?;
    match version.content.state {
        ActivityState::Done => Err(ActError::Stale(Vec::new())),
        ActivityState::Planned => {
            let person = version.content.person.unwrap_or(permit.viewer.person);
            let content = content(told, ActivityState::Done, person);
            keep(work, permit, account, &content, &version.names)
        }
    }
}

/// What was told before is told otherwise. A plan stays a plan, and what was done stays done. `number`: the version
/// that was read.
pub fn change(
    store: &Store,
    by: &By,
    account: AccountId,
    id: ActivityId,
    number: i64,
    told: Told,
) -> Result<ActivityId, ActError> {
    act(store, by, Action::LogActivity, account, move |work, permit| {
        let version = own(work, permit, account, id, number)?;
        let person = version.content.person.unwrap_or(permit.viewer.person);
        let permit = &match version.content.state {
            ActivityState::Planned => from_today_on(permit, told.day),
            ActivityState::Done => permit.clone(),
        };
        let content = content(&told, version.content.state, person);
        // What another system told and the form does not ask for stays.
        let outcome = match told.is_unanswered == version.content.is_unanswered() {
            true => version.content.outcome.clone(),
            false => content.outcome.clone(),
        };
        let content = Content {
            person: version.content.person,
            planned_on: version.content.planned_on,
            outcome,
            ..content
        };
        keep(work, permit, account, &content, &version.names)
    })
}

/// Takes the activity back, however often it was told otherwise: it was not done, so that a plan for it holds again, or
/// it is not planned any more. `number`: the version that was read.
pub(crate) fn undo_in(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    id: ActivityId,
    number: i64,
) -> Result<(), ActError> {
    let version = own(work, permit, account, id, number)?;
    let plan = match version.content.state {
        ActivityState::Done => planned_before(work, account, id, number)?,
        ActivityState::Planned => None,
    };
    match plan {
        Some(plan) => keep(work, permit, account, &plan.content, &version.names).map(drop),
        None => take_back(work, permit, &version),
    }
}

/// Takes back what was told last of the activity: what that superseded holds again. Nothing when the activity has been
/// taken back already.
pub(crate) fn undo_newest_in(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    id: ActivityId,
) -> Result<(), ActError> {
    let Some(newest) = believed(work, account, id)? else { return Ok(()) };
    let version = own(work, permit, account, id, newest.number)?;
    match numbered(work, account, id, newest.number - 1)? {
        Some(before) => keep(work, permit, account, &before.content, &version.names).map(drop),
        None => take_back(work, permit, &version),
    }
}

/// Of the version that holds.
pub(crate) fn number(work: &Work<'_>, account: AccountId, id: ActivityId) -> Result<i64, ActError> {
    Ok(believed(work, account, id)?.ok_or(ActError::NotThere)?.number)
}

/// The version somebody read, if it still holds and is theirs to change: their own, or with an account they may edit.
fn own(
    work: &Work<'_>,
    permit: &Permit,
    account: AccountId,
    id: ActivityId,
    number: i64,
) -> Result<Version, ActError> {
    let version = believed(work, account, id)?.ok_or(ActError::NotThere)?;
    if version.number != number {
        return Err(ActError::Stale(Vec::new()));
    }
    if version.content.person != Some(permit.viewer.person) {
        permit.also(work, Action::EditAccount, account)?;
    }
    Ok(version)
}

fn content(told: &Told, state: ActivityState, person: PersonId) -> Content {
    Content {
        kind: told.kind,
        person: Some(person),
        day: told.day,
        minutes: told.minutes,
        state,
        direction: told.direction,
        contact: told.contact,
        outcome: Content::outcome_of(told.is_unanswered),
        note: told.note.clone(),
        planned_on: None,
    }
}

/// Nobody plans what is over.
fn from_today_on(permit: &Permit, day: Day) -> Permit {
    let earliest = permit.today;
    let over =
        (day < earliest).then_some(FieldError { field: "day", problem: Problem::TooEarly { earliest } });
    permit.having_found(over)
}

/// Of what gets its number when it is kept.
fn names_to_come() -> (String, String) {
    (OWN_SOURCE.to_owned(), String::new())
}

/// From today on the activity is what `content` says.
fn keep(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    content: &Content,
    (source, external_id): &(String, String),
) -> Result<ActivityId, ActError> {
    let content = content.clone();
    let record = ActivityRecord {
        external_id: external_id.clone(),
        account: account.0.to_string(),
        kind: content.kind,
        person: content.person.map(|person| person.0.to_string()),
        day: content.day,
        minutes: Some(content.minutes),
        state: content.state,
        direction: content.direction,
        contact: content.contact.map(|contact| contact.to_string()),
        outcome: content.outcome,
        note: content.note,
        planned_on: content.planned_on,
        known_on: Some(permit.today),
    };
    let telling = Telling { source: source.clone(), ..Telling::here(Record::Activity(record)) };
    let id = tell_in(work, permit, &telling)?.id().ok_or(ActError::NotThere)?;
    Ok(ActivityId(id))
}

/// What was planned is not going to happen; what was done stays.
pub(crate) fn call_off_in(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    id: ActivityId,
) -> Result<(), ActError> {
    let newest = believed(work, account, id)?.ok_or(ActError::NotThere)?;
    let version = own(work, permit, account, id, newest.number)?;
    match version.content.state {
        ActivityState::Planned => take_back(work, permit, &version),
        ActivityState::Done => Err(ActError::invalid("state", Problem::Done)),
    }
}

/// Nothing is believed of the activity any more.
fn take_back(work: &mut Work<'_>, permit: &Permit, version: &Version) -> Result<(), ActError> {
    end(work, version, permit.today)?;
    let content = &version.content;
    Ok(work.record(Entry {
        subject: Subject::Activity,
        subject_id: Some(version.id.0),
        what: "taken_back",
        before: Some(said(content.kind, content.day, content.state, content.minutes)),
        after: None,
        why: None,
        touched: vec![Touched { account: version.account, known_from: permit.today }],
    })?)
}
