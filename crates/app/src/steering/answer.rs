//! What people answer to proposals. Each answer is one transaction and is told once; taking it back leaves a trace.

use crate::{
    act::{ActError, By, FieldError, Permit, Problem, act},
    activity::{self, Told},
    rules::PLAN_MONTHS_MAX,
};
use luotsi_core::{
    account::AccountId,
    activity::{ActivityId, ActivityKind},
    history::{Entry, Subject, Touched},
    people::{
        PersonId,
        policy::{self, Decision, decide},
    },
    steering::{Action, AnswerKind, Cause, SNOOZE_DAYS_MAX},
    strategy::Segment,
    units::Day,
};
use luotsi_store::{
    Query, Store, StoreError, Work,
    people::policy as kept_policy,
    steering::{
        AnswerRow, Given, KeptAnswer, OpenProposalRow, answer_of_activity, close_proposals, insert_answer,
        kept_answer, open_proposal, proposal_account, standings, take_back_answer,
    },
};
use std::ops::RangeInclusive;
use uuid::Uuid;

/// Why something is not to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DismissReason {
    NotRelevant,
    WrongInformation,
    HandledOtherwise,
    /// Said in words.
    Other,
}

impl DismissReason {
    pub const ALL: [Self; 4] =
        [Self::NotRelevant, Self::WrongInformation, Self::HandledOtherwise, Self::Other];

    pub fn name(self) -> &'static str {
        match self {
            Self::NotRelevant => "not_relevant",
            Self::WrongInformation => "wrong_information",
            Self::HandledOtherwise => "handled_otherwise",
            Self::Other => "other",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

/// When what is proposed will be done, and what is to be taken up then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub day: Day,
    pub minutes: u32,
    pub agenda: Option<String>,
}

/// Plans the proposed act for a day, in the calendar of whoever has the proposal; what is planned for it already is
/// moved there. Work that is no activity is only noted for its day.
pub fn accept(store: &Store, by: &By, proposal: Uuid, planned: Planned) -> Result<Uuid, ActError> {
    answer(store, by, proposal, move |work, permit, open| {
        let (earliest, latest) = (permit.today, permit.today.plus_months(PLAN_MONTHS_MAX));
        let permit = &permit.having_found(outside("day", planned.day, earliest..=latest));
        let plan = match open.row.what {
            Action::Activity(kind) => Some(plan(work, permit, open, kind, &planned)?),
            Action::SegmentReview | Action::OverrideReview | Action::AssignOwner => None,
        };
        permit.free_of(Vec::new())?;
        Ok(Said::of(Given::Accepted { plan, day: planned.day }))
    })
}

/// What is wrong with a day that does not lie within the days.
fn outside(field: &'static str, day: Day, days: RangeInclusive<Day>) -> Option<FieldError> {
    let (earliest, latest) = days.into_inner();
    let problem = match (day < earliest, latest < day) {
        (true, _) => Problem::TooEarly { earliest },
        (false, true) => Problem::TooLate { latest },
        (false, false) => return None,
    };
    Some(FieldError { field, problem })
}

fn plan(
    work: &mut Work<'_>,
    permit: &Permit,
    open: &OpenProposalRow,
    kind: ActivityKind,
    planned: &Planned,
) -> Result<ActivityId, ActError> {
    let told = Told {
        kind,
        day: planned.day,
        minutes: planned.minutes,
        direction: None,
        contact: None,
        is_unanswered: false,
        note: planned.agenda.clone(),
    };
    match open.plan {
        Some(plan) => activity::plan_again_in(work, permit, open.row.account, plan, &told),
        None => activity::plan_in(work, permit, open.row.account, open.holder(), &told),
    }
}

/// What was proposed has been done. `told`: what was done, which is recorded with the answer; none for work that is no
/// activity. The plan of an accepted proposal becomes what was done.
pub fn done(store: &Store, by: &By, proposal: Uuid, told: Option<Told>) -> Result<Uuid, ActError> {
    answer(store, by, proposal, move |work, permit, open| {
        let activity = match (&told, open.plan) {
            (Some(told), Some(plan)) => {
                Some(activity::fulfil_in(work, permit, open.row.account, plan, told)?)
            }
            (Some(told), None) => Some(activity::log_in(work, permit, open.row.account, told)?),
            (None, _) => None,
        };
        Ok(Said::of(Given::Done { activity }))
    })
}

/// Not before `until`, which is 60 days away at most.
pub fn snooze(
    store: &Store,
    by: &By,
    proposal: Uuid,
    until: Day,
    reason: Option<String>,
) -> Result<Uuid, ActError> {
    answer(store, by, proposal, move |_, permit, _| {
        let (earliest, latest) = (permit.today.tomorrow(), permit.today.plus_days(SNOOZE_DAYS_MAX));
        permit.free_of(outside("until", until, earliest..=latest).into_iter().collect())?;
        Ok(Said { reason: reason.clone(), ..Said::of(Given::Snoozed { until }) })
    })
}

/// Hands the proposal to an active person who may edit the account, until it closes.
pub fn delegate(store: &Store, by: &By, proposal: Uuid, to: PersonId) -> Result<Uuid, ActError> {
    answer(store, by, proposal, move |work, permit, open| {
        may_edit(work, to, open.row.account, permit.today)?;
        Ok(Said::of(Given::Delegated { to }))
    })
}

/// The same within another change that has asked for both people's rights.
pub(crate) fn delegate_in(
    work: &mut Work<'_>,
    permit: &Permit,
    open: &OpenProposalRow,
    to: PersonId,
) -> Result<Uuid, ActError> {
    keep(work, permit, open, Said::of(Given::Delegated { to }))
}

fn may_edit(query: &impl Query, person: PersonId, account: AccountId, on: Day) -> Result<(), ActError> {
    let viewer =
        kept_policy::viewer(query, person, on)?.ok_or(ActError::invalid("to", Problem::NotActive))?;
    let relation = kept_policy::relation(query, &viewer, account, on)?.ok_or(ActError::NotThere)?;
    match decide(&viewer, policy::Action::EditAccount, relation) {
        Decision::Allowed => Ok(()),
        Decision::Refused(_) => Err(ActError::invalid("to", Problem::NoRight)),
    }
}

/// It is not to be done: its deviations are not proposed for 30 days.
pub fn dismiss(
    store: &Store,
    by: &By,
    proposal: Uuid,
    reason: DismissReason,
    note: Option<String>,
) -> Result<Uuid, ActError> {
    answer(store, by, proposal, move |_, _, _| {
        if reason == DismissReason::Other && note.as_deref().is_none_or(|note| note.trim().is_empty()) {
            return Err(ActError::invalid("note", Problem::Missing));
        }
        Ok(Said { reason: Some(reason.name().to_owned()), note: note.clone(), given: Given::Dismissed })
    })
}

/// Takes an answer back, with what was planned or recorded by it. Whoever gave it may, and whoever answers for the
/// account.
pub fn take_back(store: &Store, by: &By, answer: Uuid) -> Result<(), ActError> {
    let kept = store.read(|reader| kept_answer(reader, answer))?.ok_or(ActError::NotThere)?;
    act(store, by, policy::Action::AnswerProposal, kept.account, move |work, permit| {
        let kept = kept_answer(work, answer)?.ok_or(ActError::NotThere)?;
        if kept.is_taken_back {
            return Ok(());
        }
        if let Some(activity) = kept.activity {
            activity::undo_newest_in(work, permit, kept.account, activity)?;
        }
        take_back_in(work, permit, &kept)
    })
}

/// Takes an activity back. Where it said that something proposed was done, that answer goes with it, and the proposal is
/// open again. `number`: the version that was read.
pub fn undo_activity(
    store: &Store,
    by: &By,
    account: AccountId,
    activity: ActivityId,
    number: i64,
) -> Result<(), ActError> {
    act(store, by, policy::Action::LogActivity, account, move |work, permit| {
        undo_activity_in(work, permit, account, activity, number)
    })
}

/// The same for whoever has seen that what holds is what they mean.
pub(crate) fn undo_shown_activity_in(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    activity: ActivityId,
) -> Result<(), ActError> {
    let number = activity::number(work, account, activity)?;
    undo_activity_in(work, permit, account, activity, number)
}

fn undo_activity_in(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    activity: ActivityId,
    number: i64,
) -> Result<(), ActError> {
    let answer = answer_of_activity(work, account, activity)?;
    activity::undo_in(work, permit, account, activity, number)?;
    match answer.filter(|answer| answer.kind == AnswerKind::Done) {
        Some(answer) => take_back_in(work, permit, &answer),
        None => Ok(()),
    }
}

/// The answer itself, whatever becomes of what was planned or recorded by it.
pub(crate) fn take_back_in(work: &mut Work<'_>, permit: &Permit, kept: &KeptAnswer) -> Result<(), ActError> {
    take_back_answer(work, kept, permit.today)?;
    record_taken_back(work, kept, permit.today)
}

fn record_taken_back(work: &mut Work<'_>, kept: &KeptAnswer, today: Day) -> Result<(), ActError> {
    work.record(Entry {
        subject: Subject::Proposal,
        subject_id: Some(kept.proposal),
        what: "taken_back",
        before: Some(kept.kind.name().to_owned()),
        after: None,
        why: None,
        touched: vec![Touched { account: kept.account, known_from: today }],
    })?;
    Ok(())
}

/// What an answer says.
#[derive(Clone, Debug)]
struct Said {
    given: Given,
    reason: Option<String>,
    note: Option<String>,
}

impl Said {
    fn of(given: Given) -> Self {
        Self { given, reason: None, note: None }
    }
}

/// The way of every answer: the proposal as it is now, what is said, what it was about, the log.
fn answer(
    store: &Store,
    by: &By,
    proposal: Uuid,
    say: impl Fn(&mut Work<'_>, &Permit, &OpenProposalRow) -> Result<Said, ActError> + Send + 'static,
) -> Result<Uuid, ActError> {
    let account = store.read(|reader| proposal_account(reader, proposal))?.ok_or(ActError::NotThere)?;
    act(store, by, policy::Action::AnswerProposal, account, move |work, permit| {
        let open = open_proposal(work, proposal)?.ok_or(ActError::Stale(Vec::new()))?;
        let said = say(work, permit, &open)?;
        keep(work, permit, &open, said)
    })
}

fn keep(work: &mut Work<'_>, permit: &Permit, open: &OpenProposalRow, said: Said) -> Result<Uuid, ActError> {
    let answer = AnswerRow {
        id: work.new_id(),
        account: open.row.account,
        proposal: open.row.id,
        person: permit.viewer.person,
        given: said.given,
        on: permit.today,
        reason: said.reason,
        note: said.note,
        what: open.row.what,
        segment: segment(work, open)?,
        stake: open.row.stake_at_risk.max(open.row.stake_to_gain),
        about: open.about.clone(),
    };
    insert_answer(work, &answer)?;
    if let Some(cause) = closes(said.given) {
        close_proposals(work, &[(open.row.id, cause.name().to_owned())], permit.today)?;
    }
    record(work, open, &answer)?;
    Ok(answer.id)
}

/// What was done or dismissed is closed at once; what is planned, put off or handed on stays.
fn closes(given: Given) -> Option<Cause> {
    match given {
        Given::Done { .. } => Some(Cause::Done),
        Given::Dismissed => Some(Cause::Dismissed),
        Given::Accepted { .. } | Given::Snoozed { .. } | Given::Delegated { .. } => None,
    }
}

fn segment(query: &impl Query, open: &OpenProposalRow) -> Result<Option<Segment>, StoreError> {
    let standing = standings(query, &[open.row.account])?.into_iter().next();
    Ok(standing.and_then(|standing| standing.segment).and_then(|name| Segment::parse(&name)))
}

fn record(work: &mut Work<'_>, open: &OpenProposalRow, answer: &AnswerRow) -> Result<(), ActError> {
    let why = [answer.reason.as_deref(), answer.note.as_deref()];
    let why: Vec<&str> = why.into_iter().flatten().collect();
    work.record(Entry {
        subject: Subject::Proposal,
        subject_id: Some(open.row.id),
        what: answer.given.kind().name(),
        before: None,
        after: Some(open.row.what.name().to_owned()),
        why: (!why.is_empty()).then(|| why.join(": ")),
        touched: vec![Touched { account: open.row.account, known_from: answer.on }],
    })?;
    Ok(())
}
