//! What people answered to proposals, and what follows from it: what is planned, put off, handed on, or left to rest.

use super::{Deviation, DeviationKind, OpenDeviation, ProposalKey};
use crate::{
    activity::{ActivityId, ActivityState},
    base::Facts,
    people::PersonNo,
    units::{Calendar, Day, Known, Money},
};
use uuid::Uuid;

/// A planned proposal waits for its act this many working days beyond the day of the plan.
const PLAN_GRACE_WORKING_DAYS: i64 = 2;
/// What was dismissed or done is not proposed again for so many days, unless its stake reaches one and a half of it.
pub const REST_DAYS: i64 = 30;
/// A proposal can be put off by so many days at most.
pub const SNOOZE_DAYS_MAX: i64 = 60;

/// Which answer it is, without what was said with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    Accepted,
    Done,
    Snoozed,
    Delegated,
    Dismissed,
}

impl AnswerKind {
    pub const ALL: [Self; 5] = [Self::Accepted, Self::Done, Self::Snoozed, Self::Delegated, Self::Dismissed];

    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Done => "done",
            Self::Snoozed => "snoozed",
            Self::Delegated => "delegated",
            Self::Dismissed => "dismissed",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether the history offers to take it back: as long as what was dismissed rests. What was done or planned is an
    /// activity, and taken back as one.
    pub fn is_taken_back_in_history(self, given_on: Day, today: Day) -> bool {
        match self {
            Self::Accepted | Self::Done => false,
            Self::Snoozed | Self::Delegated | Self::Dismissed => today.days_since(given_on) < REST_DAYS,
        }
    }
}

/// What a person said to a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It will be done on `day`; `plan` is the activity planned for it, none for work that is no activity.
    Accepted { plan: Option<ActivityId>, day: Day },
    /// It has been done.
    Done,
    /// Not before `until`.
    Snoozed { until: Day },
    /// Somebody else does it.
    Delegated { to: PersonNo },
    /// It is not to be done, for a reason that the record has.
    Dismissed,
}

/// An answer with what it was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub id: Uuid,
    pub proposal: ProposalKey,
    pub answer: Answer,
    pub on: Day,
    /// Until the day on which it was taken back.
    pub known: Known,
    /// The day on which it lost its hold: the proposal closed, or something greater ended the wait.
    pub ended_on: Option<Day>,
    pub about: Vec<AnsweredDeviation>,
}

/// A deviation of the proposal as it was on the day of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsweredDeviation {
    pub id: Uuid,
    pub kind: DeviationKind,
    pub subject: String,
    pub stake: Money,
    pub opened_on: Day,
}

/// How a proposal stands by the answers given to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalState {
    Open,
    /// Planned for a day; open again after `until` if nothing was done.
    Planned {
        day: Day,
        until: Day,
    },
    /// Put off: open again on `until`.
    Snoozed {
        until: Day,
    },
}

impl ProposalState {
    pub const NAMES: [&str; 3] = ["open", "planned", "snoozed"];

    pub fn name(self) -> &'static str {
        let [open, planned, snoozed] = Self::NAMES;
        match self {
            Self::Open => open,
            Self::Planned { .. } => planned,
            Self::Snoozed { .. } => snoozed,
        }
    }
}

/// A deviation that would be open but for the plan of a proposal that was accepted: the proposal keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub deviation: Deviation,
    pub id: Uuid,
    pub opened_on: Day,
}

impl Answered {
    fn stands(&self, on: Day) -> bool {
        self.known.on(on) && self.ended_on.is_none_or(|ended| on < ended)
    }

    pub(super) fn about(&self, kind: DeviationKind, subject: &str) -> Option<&AnsweredDeviation> {
        self.about.iter().find(|about| about.kind == kind && about.subject == subject)
    }

    /// The larger of the two stakes that the proposal had.
    fn stake(&self) -> Money {
        self.about.iter().map(|about| about.stake).max().unwrap_or(Money::ZERO)
    }

    /// The day on which what was proposed was settled by doing or dismissing it; doing the planned act is doing it.
    fn settled_on(&self, facts: &Facts, on: Day) -> Option<Day> {
        match self.answer {
            Answer::Done | Answer::Dismissed => Some(self.on),
            Answer::Accepted { plan: Some(plan), .. } => (facts.activities.iter())
                .find(|activity| {
                    activity.id == plan && activity.state == ActivityState::Done && activity.known.on(on)
                })
                .map(|activity| activity.day),
            Answer::Accepted { plan: None, .. } | Answer::Snoozed { .. } | Answer::Delegated { .. } => None,
        }
    }

    /// The day the act is planned for: that of the plan as it is now, which may have been moved or taken back.
    fn planned_for(&self, facts: &Facts, on: Day) -> Option<Day> {
        match self.answer {
            Answer::Accepted { plan: None, day } => Some(day),
            Answer::Accepted { plan: Some(plan), .. } => (facts.activities.iter())
                .find(|activity| {
                    activity.id == plan && activity.state == ActivityState::Planned && activity.known.on(on)
                })
                .map(|activity| activity.day),
            Answer::Done | Answer::Dismissed | Answer::Snoozed { .. } | Answer::Delegated { .. } => None,
        }
    }

    /// While a plan holds: its day, and the last day on which it does.
    fn plan(&self, facts: &Facts, on: Day, calendar: &Calendar) -> Option<(Day, Day)> {
        let day = self.planned_for(facts, on)?;
        let until = calendar.nth_working_day_after(day, PLAN_GRACE_WORKING_DAYS);
        (on <= until).then_some((day, until))
    }
}

/// How the proposal of this key stands on `on`: the newest answer that still holds decides.
pub fn state(
    key: ProposalKey,
    bundled: &[&OpenDeviation<'_>],
    answers: &[Answered],
    facts: &Facts,
    on: Day,
    calendar: &Calendar,
) -> ProposalState {
    let mut newest_first =
        answers.iter().rev().filter(|answered| answered.proposal == key && answered.stands(on));
    let state = newest_first.find_map(|answered| match answered.answer {
        Answer::Accepted { .. } => {
            answered.plan(facts, on, calendar).map(|(day, until)| ProposalState::Planned { day, until })
        }
        Answer::Snoozed { until } => {
            (on < until && !is_broken(answered, bundled)).then_some(ProposalState::Snoozed { until })
        }
        Answer::Done | Answer::Dismissed | Answer::Delegated { .. } => None,
    });
    state.unwrap_or(ProposalState::Open)
}

/// The snoozes that something greater than what was put off has ended.
pub fn broken_snoozes<'a>(
    key: ProposalKey,
    bundled: &[&OpenDeviation<'_>],
    answers: &'a [Answered],
    on: Day,
) -> impl Iterator<Item = &'a Answered> {
    answers.iter().filter(move |answered| {
        let is_waiting = match answered.answer {
            Answer::Snoozed { until } => on < until,
            Answer::Accepted { .. } | Answer::Done | Answer::Dismissed | Answer::Delegated { .. } => false,
        };
        is_waiting && answered.proposal == key && answered.stands(on) && is_broken(answered, bundled)
    })
}

fn is_broken(snooze: &Answered, bundled: &[&OpenDeviation<'_>]) -> bool {
    bundled.iter().map(|open| open.deviation).any(|deviation| {
        snooze.about(deviation.kind, &deviation.subject).is_none()
            && snooze.stake() < deviation.stake.amount()
    })
}

/// Who has been handed the proposal of this key, until it closes.
pub fn delegate(key: ProposalKey, answers: &[Answered], on: Day) -> Option<PersonNo> {
    let mut newest_first =
        answers.iter().rev().filter(|answered| answered.proposal == key && answered.stands(on));
    newest_first.find_map(|answered| match answered.answer {
        Answer::Delegated { to } => Some(to),
        Answer::Accepted { .. } | Answer::Done | Answer::Dismissed | Answer::Snoozed { .. } => None,
    })
}

/// What was done or dismissed is not proposed again for a while, unless its stake reaches one and a half of what it was.
pub fn rests(deviation: &Deviation, answers: &[Answered], facts: &Facts, on: Day) -> bool {
    let stake = deviation.stake.amount();
    answers.iter().filter(|answered| answered.known.on(on)).any(|answered| {
        let Some(about) = answered.about(deviation.kind, &deviation.subject) else { return false };
        let has_grown = about.stake < stake && 3 * about.stake.cents <= 2 * stake.cents;
        answered.settled_on(facts, on).is_some_and(|day| on.days_since(day) < REST_DAYS) && !has_grown
    })
}

/// The newest day on which a person answered to a change of segment, and so took note of it.
pub fn segment_acknowledged_on(answers: &[Answered], on: Day) -> Option<Day> {
    let about_segment = answers.iter().filter(|answered| {
        answered.known.on(on) && answered.about(DeviationKind::SegmentChanged, "").is_some()
    });
    about_segment
        .filter(|answered| match answered.answer {
            Answer::Accepted { .. } | Answer::Done | Answer::Dismissed => true,
            Answer::Snoozed { .. } | Answer::Delegated { .. } => false,
        })
        .map(|answered| answered.on)
        .max()
}

/// The account without the plans that stand for proposals accepted: `None` when there are none.
pub fn without_accepted_plans(
    facts: &Facts,
    answers: &[Answered],
    on: Day,
    calendar: &Calendar,
) -> Option<Facts> {
    let holding = answers.iter().filter(|answered| answered.stands(on));
    let plans: Vec<ActivityId> = holding
        .filter(|answered| answered.plan(facts, on, calendar).is_some())
        .filter_map(|answered| match answered.answer {
            Answer::Accepted { plan, .. } => plan,
            Answer::Done | Answer::Dismissed | Answer::Snoozed { .. } | Answer::Delegated { .. } => None,
        })
        .collect();
    if plans.is_empty() {
        return None;
    }
    let mut facts = facts.clone();
    facts.activities.retain(|activity| !plans.contains(&activity.id));
    Some(facts)
}

/// Which of these deviations accepted proposals keep although their plans cover them.
pub fn held(without_plans: Vec<Deviation>, open: &[Deviation], answers: &[Answered], on: Day) -> Vec<Held> {
    let is_open = |wanted: &Deviation| {
        open.iter().any(|deviation| deviation.kind == wanted.kind && deviation.subject == wanted.subject)
    };
    let about = |wanted: &Deviation| {
        let mut accepted = answers
            .iter()
            .rev()
            .filter(|answered| matches!(answered.answer, Answer::Accepted { .. }) && answered.stands(on));
        accepted.find_map(|answered| answered.about(wanted.kind, &wanted.subject)).cloned()
    };
    without_plans
        .into_iter()
        .filter(|deviation| !is_open(deviation))
        .filter_map(|deviation| {
            let about = about(&deviation)?;
            Some(Held { deviation, id: about.id, opened_on: about.opened_on })
        })
        .collect()
}

/// The days on which an answer loses its hold by itself.
pub fn turning_days(answers: &[Answered], facts: &Facts, on: Day, calendar: &Calendar) -> Vec<Day> {
    let standing = answers.iter().filter(|answered| answered.known.on(on));
    standing
        .flat_map(|answered| {
            let waits = match answered.answer {
                Answer::Snoozed { until } => Some(until),
                Answer::Accepted { .. } | Answer::Done | Answer::Dismissed | Answer::Delegated { .. } => None,
            };
            let plan = answered.plan(facts, on, calendar).map(|(_, until)| until.tomorrow());
            let rest = answered.settled_on(facts, on).map(|day| day.plus_days(REST_DAYS));
            [waits, plan, rest]
        })
        .flatten()
        .collect()
}
