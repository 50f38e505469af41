//! Activities as people write them down: logged when done, planned for a day, changed and taken back.
//!
//! The functions that end in `_in` go on inside another authorised change.

use crate::{
    act::{ActError, By, FieldError, Permit, Problem, act},
    text::{self, NOTE_MAX},
};
use luotsi_core::{
    account::AccountId,
    activity::{ActivityId, ActivityKind, ActivityState, Direction},
    history::{Entry, Subject, Touched},
    people::{PersonId, policy::Action},
    units::Day,
};
use luotsi_store::{
    Query, Store, Work,
    account::entry::is_contact_of,
    activity::entry::{Content, Version, believed, end, insert, numbered, supersede},
    people::policy,
};
use uuid::Uuid;

/// A whole day; nothing that one person does takes longer.
pub const MINUTES_MAX: u32 = 24 * 60;
/// Nobody plans further ahead.
const PLAN_MONTHS_MAX: i32 = 36;

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
    let person = permit.viewer.person;
    let content = checked(work, permit, account, told, ActivityState::Done, person)?;
    let id = insert(work, account, &content, permit.today)?;
    record(work, permit, account, id, "logged", None, Some(&content))?;
    Ok(id)
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
    if policy::viewer(work, person, permit.today)?.is_none() {
        return Err(ActError::invalid("person", Problem::NotActive));
    }
    let content = checked(work, permit, account, told, ActivityState::Planned, person)?;
    let content = Content { planned_on: Some(permit.today), ..content };
    let id = insert(work, account, &content, permit.today)?;
    record(work, permit, account, id, "planned", None, Some(&content))?;
    Ok(id)
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
    let content = checked(work, permit, account, told, ActivityState::Planned, person)?;
    let content =
        Content { person: version.content.person, planned_on: version.content.planned_on, ..content };
    if content != version.content {
        replace(work, permit, &version, &content, "changed")?;
    }
    Ok(plan)
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
            let content = checked(work, permit, account, told, ActivityState::Done, person)?;
            replace(work, permit, &version, &content, "done")?;
            Ok(plan)
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
        let content = checked(work, permit, account, &told, version.content.state, person)?;
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
        if content != version.content {
            replace(work, permit, &version, &content, "changed")?;
        }
        Ok(id)
    })
}

/// Takes the newest version back: what it superseded holds again, and what was only just written down is gone.
pub fn undo(store: &Store, by: &By, account: AccountId, id: ActivityId, number: i64) -> Result<(), ActError> {
    act(store, by, Action::LogActivity, account, move |work, permit| {
        undo_in(work, permit, account, id, number)
    })
}

pub fn undo_in(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    id: ActivityId,
    number: i64,
) -> Result<(), ActError> {
    let version = own(work, permit, account, id, number)?;
    match numbered(work, account, id, number - 1)? {
        Some(before) => replace(work, permit, &version, &before.content, "restored"),
        None => {
            end(work, &version, permit.today)?;
            record(work, permit, account, id, "taken_back", Some(&version.content), None)
        }
    }
}

/// Takes back whatever is the newest version; nothing when the activity has been taken back already.
pub(crate) fn undo_newest_in(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    id: ActivityId,
) -> Result<(), ActError> {
    match believed(work, account, id)? {
        Some(version) => undo_in(work, permit, account, id, version.number),
        None => Ok(()),
    }
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

fn replace(
    work: &mut Work<'_>,
    permit: &Permit,
    version: &Version,
    content: &Content,
    what: &'static str,
) -> Result<(), ActError> {
    supersede(work, version, content, permit.today)?;
    record(work, permit, version.account, version.id, what, Some(&version.content), Some(content))
}

/// What is told, as it is kept, or everything that is wrong with it.
fn checked(
    query: &impl Query,
    permit: &Permit,
    account: AccountId,
    told: &Told,
    state: ActivityState,
    person: PersonId,
) -> Result<Content, ActError> {
    let mut wrong: Vec<FieldError> = Vec::new();
    let mut fault = |field, problem| wrong.push(FieldError { field, problem });
    if let Some(problem) = day_fault(told.day, state, permit.today) {
        fault("day", problem);
    }
    if MINUTES_MAX < told.minutes {
        fault("minutes", Problem::OutOfRange { min: 0, max: MINUTES_MAX.into() });
    }
    if let Some(contact) = told.contact
        && !is_contact_of(query, contact, account)?
    {
        fault("contact", Problem::Unknown);
    }
    let note = told.note.as_deref().map(|note| text::paragraph(note, NOTE_MAX)).transpose();
    let note = note.unwrap_or_else(|why| {
        fault("note", why.into());
        None
    });
    match wrong.is_empty() {
        false => Err(ActError::Invalid(wrong)),
        true => Ok(Content {
            kind: told.kind,
            person: Some(person),
            day: told.day,
            minutes: told.minutes,
            state,
            direction: told.direction,
            contact: told.contact,
            outcome: Content::outcome_of(told.is_unanswered),
            note: note.map(|note| note.into_owned()).filter(|note| !note.is_empty()),
            planned_on: None,
        }),
    }
}

fn day_fault(day: Day, state: ActivityState, today: Day) -> Option<Problem> {
    let earliest = Day::new(1990, 1, 1).unwrap_or(Day::MIN);
    let latest_plan = today.plus_months(PLAN_MONTHS_MAX);
    match state {
        ActivityState::Done if today < day => Some(Problem::TooLate { latest: today }),
        ActivityState::Done if day < earliest => Some(Problem::TooEarly { earliest }),
        ActivityState::Planned if day < today => Some(Problem::TooEarly { earliest: today }),
        ActivityState::Planned if latest_plan < day => Some(Problem::TooLate { latest: latest_plan }),
        ActivityState::Done | ActivityState::Planned => None,
    }
}

/// The note is not repeated in the log: it stays with its version.
fn record(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    id: ActivityId,
    what: &'static str,
    before: Option<&Content>,
    after: Option<&Content>,
) -> Result<(), ActError> {
    let said = |content: &Content| {
        let state = match content.state {
            ActivityState::Planned => "planned",
            ActivityState::Done => "done",
        };
        format!("{} {} {state} {} min", content.kind.name(), content.day, content.minutes)
    };
    let entry = Entry {
        subject: Subject::Activity,
        subject_id: Some(id.0),
        what,
        before: before.map(said),
        after: after.map(said),
        why: None,
        touched: vec![Touched { account, known_from: permit.today }],
    };
    Ok(work.record(entry)?)
}
