//! Where care or plans are not kept, what that may cost, and what is proposed to whom.

use crate::{
    activity::ActivityKind,
    base::{Company, CustomerState, Facts, Values, values},
    care::{CareStatus, Silence, care, silence},
    segmentation::{History, history},
    strategy::{Segment, Strategy},
    units::{Day, Money, Ratio, Share},
};

mod action;
mod answers;
mod cause;
mod check_day;
mod day_plan;
mod deviations;
mod likelihood;
mod proposals;

pub use action::Action;
pub use answers::{
    Answer, AnswerKind, Answered, AnsweredDeviation, Held, ProposalState, REST_DAYS, SNOOZE_DAYS_MAX,
    broken_snoozes, rests,
};
pub use cause::{Cause, cause};
pub use check_day::next_check;
pub use day_plan::{DayPlan, Ranked, fit_to_day};
use deviations::Watched;
pub use likelihood::{Experience, JUDGED_AFTER_DAYS, Judged, likelihood, worked};
pub use proposals::{OpenDeviation, Proposal, ProposalKey, Reason, due_on, proposals, reason};

/// Everything that follows from an account's facts on a day.
#[derive(Clone, Debug)]
pub struct Picture {
    pub on: Day,
    pub values: Values,
    pub history: History,
    pub care: Vec<CareStatus>,
    pub silence: Option<Silence>,
    pub deviations: Vec<Deviation>,
    /// What accepted proposals keep although their plans cover it.
    pub held: Vec<Held>,
}

impl Picture {
    pub fn state(&self) -> CustomerState {
        self.values.worth.state
    }

    pub fn segment(&self) -> Option<Segment> {
        self.history.effective()
    }
}

/// Looks at an account as of a day. An inactive one has values only.
pub fn picture(facts: &Facts, answers: &[Answered], on: Day, company: &Company) -> Picture {
    let values = values(facts, on, company);
    let history = history(facts, on, company);
    let mut picture = Picture {
        on,
        values,
        history,
        care: Vec::new(),
        silence: None,
        deviations: Vec::new(),
        held: Vec::new(),
    };
    if !facts.account.is_active(on) {
        return picture;
    }

    picture = watched(picture, facts, answers, company);
    let calendar = &company.strategies.on(on).calendar;
    if let Some(unplanned) = answers::without_accepted_plans(facts, answers, on, calendar) {
        let uncovered = watched(picture.clone(), &unplanned, answers, company).deviations;
        picture.held = answers::held(uncovered, &picture.deviations, answers, on);
    }
    picture
}

/// The picture with the care that is promised and where it is not kept.
fn watched(picture: Picture, facts: &Facts, answers: &[Answered], company: &Company) -> Picture {
    let (on, history, state) = (picture.on, &picture.history, picture.state());
    let care = care(facts, on, history, state, company);
    let silence = silence(facts, on, history, state, company);
    let acknowledged_on = answers::segment_acknowledged_on(answers, on);
    let account = Watched { facts, on, values: &picture.values, history, acknowledged_on, company };
    let deviations = account.deviations(&care, silence.as_ref());
    Picture { care, silence, deviations, ..picture }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeviationKind {
    CareLate,
    CareNotPlanned,
    OverrideReview,
    OwnerMissing,
    PotentialMissing,
    PotentialStale,
    RhythmBroken,
    SegmentChanged,
    Silence,
    ValueDeclining,
}

impl DeviationKind {
    /// In order of name, as exports list them.
    pub const ALL: [Self; 10] = [
        Self::CareLate,
        Self::CareNotPlanned,
        Self::OverrideReview,
        Self::OwnerMissing,
        Self::PotentialMissing,
        Self::PotentialStale,
        Self::RhythmBroken,
        Self::SegmentChanged,
        Self::Silence,
        Self::ValueDeclining,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::CareLate => "care_late",
            Self::CareNotPlanned => "care_not_planned",
            Self::OverrideReview => "override_review",
            Self::OwnerMissing => "owner_missing",
            Self::PotentialMissing => "potential_missing",
            Self::PotentialStale => "potential_stale",
            Self::RhythmBroken => "rhythm_broken",
            Self::SegmentChanged => "segment_changed",
            Self::Silence => "silence",
            Self::ValueDeclining => "value_declining",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    AtRisk,
    ToGain,
}

impl Side {
    pub const ALL: [Self; 2] = [Self::AtRisk, Self::ToGain];

    pub fn name(self) -> &'static str {
        match self {
            Self::AtRisk => "at_risk",
            Self::ToGain => "to_gain",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.name() == name)
    }
}

/// The euros believed to hang on a deviation: a share of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stake {
    pub base: Money,
    pub exposure: Share,
    pub side: Side,
}

impl Stake {
    /// Never below 0.
    pub fn amount(self) -> Money {
        self.exposure.of(self.base).or_zero_if_negative()
    }
}

/// What was expected, or what is, in the unit of the deviation's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    Fraction(Ratio),
    Days(i64),
    Money(Money),
    Segment(Segment),
    Day(Day),
}

/// As exports write it.
impl std::fmt::Display for Measured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Fraction(ratio) => ratio.fmt(f),
            Self::Days(days) => days.fmt(f),
            Self::Money(money) => money.fmt(f),
            Self::Segment(segment) => f.write_str(segment.name()),
            Self::Day(day) => day.fmt(f),
        }
    }
}

/// What is, kept so that it does not age: days are counted from a day when they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actual {
    Nothing,
    Fixed(Measured),
    DaysSince(Day),
    WorkingDaysSince(Day),
    /// The day itself.
    Today,
}

impl Actual {
    pub fn on(self, on: Day, strategy: &Strategy) -> Option<Measured> {
        match self {
            Self::Nothing => None,
            Self::Fixed(measured) => Some(measured),
            Self::DaysSince(day) => Some(Measured::Days(on.days_since(day))),
            Self::WorkingDaysSince(day) => Some(Measured::Days(strategy.calendar.working_days(day, on))),
            Self::Today => Some(Measured::Day(on)),
        }
    }
}

/// A fact about an account: something promised or usual is not so. One open one per account, kind and subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    pub kind: DeviationKind,
    /// The care line's name, the product group's name, or empty.
    pub subject: String,
    pub expected: Option<Measured>,
    pub actual: Actual,
    pub since: Option<Day>,
    pub stake: Stake,
    /// What would settle it; `None`: it is on a list of its own (letters of a segment) and makes no proposal.
    pub action: Option<Action>,
    /// Whose act it would be.
    pub asks: Asks,
    /// Of a due care line: the day it becomes late, by which it should be done.
    pub late_from: Option<Day>,
}

/// Who is asked to settle a deviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    Answering(crate::people::Answering),
    StandIn,
}

/// The kinds whose first line decides who calls when an account goes quiet.
const CALLING_KINDS: [ActivityKind; 2] = [ActivityKind::Visit, ActivityKind::Call];
