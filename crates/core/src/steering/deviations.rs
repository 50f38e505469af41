//! The deviations of an account on a day.

use super::{Action, Actual, Asks, CALLING_KINDS, Deviation, DeviationKind, Measured, Side, Stake};
use crate::{
    activity::ActivityKind,
    base::{Company, Facts, Values, Window, window_value},
    care::{CareState, CareStatus, Silence, model_in_force},
    people::Answering,
    segmentation::{Evaluation, History, Sides, decision_in_force},
    strategy::{Segment, Strategy, Thresholds},
    units::{Day, Money, Month, Ratio, Share},
};

/// An estimate older than this many days is stale.
const ESTIMATE_DAYS_MAX: i64 = 365;
/// Of a decline: the months are below this part of the same months a year before ...
const DECLINE_BELOW: Ratio = Ratio::FOUR_FIFTHS;
/// ... the fall is above this part of the current value ...
const DECLINE_PART_MIN: Ratio = Ratio::TWENTIETH;
/// ... and above this amount.
const DECLINE_MIN: Money = Money::euros(1000);
/// Who orders at least this often is watched for declining; the others for a broken rhythm.
const DECLINE_GAP_DAYS_MAX: i64 = 45;
const DECLINE_MONTHS: i32 = 3;

/// An account as it is looked at for deviations.
pub(super) struct Watched<'a> {
    pub facts: &'a Facts,
    pub on: Day,
    pub values: &'a Values,
    pub history: &'a History,
    /// When a person last took note of a change of segment.
    pub acknowledged_on: Option<Day>,
    pub company: &'a Company,
}

impl<'a> Watched<'a> {
    /// In order of kind and subject.
    pub fn deviations(&self, care: &[CareStatus], silence: Option<&Silence>) -> Vec<Deviation> {
        let mut found: Vec<Deviation> = care
            .iter()
            .filter_map(|status| self.care(status))
            .chain(silence.and_then(|silence| self.silence(silence)))
            .chain(self.value_declining())
            .chain(self.rhythm_broken())
            .chain(self.segment_changed())
            .chain(self.override_review())
            .chain(self.potential_missing())
            .chain(self.potential_stale())
            .chain(self.owner_missing())
            .collect();
        found.sort_by(|one, other| (one.kind, &one.subject).cmp(&(other.kind, &other.subject)));
        found
    }

    fn strategy(&self) -> &'a Strategy {
        self.company.strategies.on(self.on)
    }

    fn care(&self, status: &CareStatus) -> Option<Deviation> {
        let exposures = &self.strategy().exposures;
        let segment = self.history.effective()?;
        if status.is_covered {
            return None;
        }
        let (kind, since, exposure) = match (status.state, segment) {
            (CareState::Late, _) if status.is_very_late() => {
                (DeviationKind::CareLate, status.late_from, exposures.care_very_late)
            }
            (CareState::Late, _) => (DeviationKind::CareLate, status.late_from, exposures.care_late),
            (CareState::Due, Segment::Strategic | Segment::Growth) => {
                (DeviationKind::CareNotPlanned, status.due_from, exposures.care_not_planned)
            }
            (CareState::Due, Segment::Retention | Segment::Efficiency | Segment::Acquisition)
            | (CareState::Kept, _) => return None,
        };
        Some(Deviation {
            subject: status.line.name.clone(),
            expected: Some(Measured::Fraction(status.rhythm)),
            actual: Actual::WorkingDaysSince(status.counted_from),
            since: Some(since),
            action: first_kind_unless_mail(&status.line.kinds).map(Action::Activity),
            asks: Asks::Answering(status.line.answering),
            late_from: Some(status.late_from),
            ..self.deviation(kind, self.care_stake(segment, exposure))
        })
    }

    /// What care is about: keeping the current value, or winning the reachable potential.
    fn care_stake(&self, segment: Segment, exposure: Share) -> Stake {
        match segment {
            Segment::Retention | Segment::Strategic | Segment::Efficiency => {
                Stake { base: self.values.current_value(), exposure, side: Side::AtRisk }
            }
            Segment::Growth | Segment::Acquisition => {
                Stake { base: self.values.reachable_or_zero(), exposure, side: Side::ToGain }
            }
        }
    }

    fn silence(&self, silence: &Silence) -> Option<Deviation> {
        let segment = self.history.effective()?;
        silence.is_broken_promise().then(|| Deviation {
            expected: Some(Measured::Days(silence.limit)),
            actual: Actual::DaysSince(silence.last),
            since: Some(silence.since()),
            ..self.call(DeviationKind::Silence, self.care_stake(segment, self.strategy().exposures.silence))
        })
    }

    fn value_declining(&self) -> Option<Deviation> {
        let usual_gap = self.values.orders.usual_gap()?;
        if Ratio::whole(DECLINE_GAP_DAYS_MAX) < usual_gap {
            return None;
        }
        let month = Month::last_whole(self.on);
        let fall = self.fall(month)?;
        let mut since = self.fall(month.plus(-1)).map(|_| month.plus(-1))?;
        while self.fall(since.plus(-1)).is_some() {
            since = since.plus(-1);
        }

        let yearly = Money::cents(4 * (fall.before - fall.now).cents);
        let exposure = self.strategy().exposures.value_declining;
        Some(Deviation {
            expected: Some(Measured::Money(fall.before)),
            actual: Actual::Fixed(Measured::Money(fall.now)),
            since: Some(since.last()),
            ..self.call(DeviationKind::ValueDeclining, Stake { base: yearly, exposure, side: Side::AtRisk })
        })
    }

    /// The fall of the three months ending with `month` against the same months a year before, as known on the day
    /// of the picture; `None` when there is none to speak of.
    fn fall(&self, month: Month) -> Option<Fall> {
        let value = |last: Month| {
            window_value(self.facts, Window::months(last, DECLINE_MONTHS), self.on, self.company)
        };
        let before = value(month.plus(-12));
        if !before.is_positive() {
            return None;
        }
        let now = value(month);
        let fall = before - now;
        let current = window_value(self.facts, Window::months(month, 12), self.on, self.company);
        let cents = |money: Money| Ratio::whole(money.cents);
        let is_real = cents(now) < DECLINE_BELOW.times(cents(before))
            && DECLINE_PART_MIN.times(cents(current)) < cents(fall)
            && DECLINE_MIN < fall;
        is_real.then_some(Fall { before, now })
    }

    fn rhythm_broken(&self) -> Option<Deviation> {
        let orders = &self.values.orders;
        let (last, longest) = (orders.last?, orders.longest_gap()?);
        if orders.former_from().is_none_or(|former| former <= self.on)
            || Ratio::whole(self.on.days_since(last)) <= longest
        {
            return None;
        }
        let base = window_value(self.facts, Window::of(last), self.on, self.company);
        let exposure = self.strategy().exposures.rhythm_broken;
        Some(Deviation {
            expected: Some(Measured::Fraction(longest)),
            actual: Actual::DaysSince(last),
            since: Some(last.plus_days(longest.floor() + 1)),
            ..self.call(DeviationKind::RhythmBroken, Stake { base, exposure, side: Side::AtRisk })
        })
    }

    fn segment_changed(&self) -> Option<Deviation> {
        let acknowledged = self.acknowledged()?;
        let now = self.history.last()?;
        let (old, new) = (acknowledged.automatic()?, now.automatic()?);
        if old == new || now.decision.is_some() {
            return None;
        }
        Some(Deviation {
            expected: Some(Measured::Segment(old)),
            actual: Actual::Fixed(Measured::Segment(new)),
            since: self.history.since(|evaluation| evaluation.automatic() == Some(new)),
            action: Some(Action::SegmentReview),
            ..self.deviation(DeviationKind::SegmentChanged, self.change_stake(acknowledged, now)?)
        })
    }

    /// The evaluation whose segment a person last took note of, else the first one.
    fn acknowledged(&self) -> Option<&'a Evaluation> {
        let answered = self.acknowledged_on.and_then(|day| self.history.on(day));
        answered
            .filter(|evaluation| evaluation.sides.is_some())
            .or_else(|| self.history.first_acknowledged(self.company.first_watch?))
    }

    fn change_stake(&self, old: &Evaluation, new: &Evaluation) -> Option<Stake> {
        let (before, after) = (old.sides?, new.sides?);
        let is_about_strategic =
            before.segment() == Segment::Strategic || after.segment() == Segment::Strategic;
        let crossed = Crossed { before, after, is_about_strategic };
        let base = crossed.distance(self.values, new.thresholds?);
        let lost = crossed.lost_current() || before.segment() == Segment::Strategic;
        let side = if lost { Side::AtRisk } else { Side::ToGain };
        Some(Stake { base, exposure: self.strategy().exposures.segment_changed, side })
    }

    fn override_review(&self) -> Option<Deviation> {
        let decision =
            decision_in_force(self.facts, self.on).filter(|decision| decision.review <= self.on)?;
        let base = self.values.current_value() + self.values.reachable_or_zero();
        let exposure = self.strategy().exposures.override_review;
        Some(Deviation {
            expected: Some(Measured::Day(decision.review)),
            actual: Actual::Today,
            since: Some(decision.review),
            action: Some(Action::OverrideReview),
            ..self.deviation(DeviationKind::OverrideReview, Stake { base, exposure, side: Side::ToGain })
        })
    }

    fn potential_missing(&self) -> Option<Deviation> {
        if !self.values.worth.in_force.estimates().is_empty()
            || !self.history.last().is_some_and(asks_for_potential)
        {
            return None;
        }
        let evaluations = self.history.evaluations.iter().rev().filter(|evaluation| evaluation.is_evaluated);
        let missing = evaluations.take_while(|found| !found.is_estimated && asks_for_potential(found));
        let since = missing.last().map(|first| first.day).or_else(|| self.history.entered())?;
        Some(Deviation {
            since: Some(since),
            action: Some(Action::Activity(ActivityKind::PotentialEstimate)),
            ..self.deviation(
                DeviationKind::PotentialMissing,
                self.estimate_stake(self.strategy().exposures.potential_missing),
            )
        })
    }

    fn potential_stale(&self) -> Vec<Deviation> {
        if !self.history.last().is_some_and(asks_for_potential) {
            return Vec::new();
        }
        let estimates = self.values.worth.in_force.estimates().iter();
        estimates
            .filter(|estimate| ESTIMATE_DAYS_MAX < self.on.days_since(estimate.day))
            .map(|estimate| Deviation {
                subject: estimate
                    .group
                    .map_or_else(String::new, |group| self.company.offering.name(group).to_owned()),
                expected: Some(Measured::Days(ESTIMATE_DAYS_MAX)),
                actual: Actual::DaysSince(estimate.day),
                since: Some(estimate.day.plus_days(ESTIMATE_DAYS_MAX + 1)),
                action: Some(Action::Activity(ActivityKind::PotentialEstimate)),
                ..self.deviation(
                    DeviationKind::PotentialStale,
                    self.estimate_stake(self.strategy().exposures.potential_stale),
                )
            })
            .collect()
    }

    /// What a wrong idea of the potential may hide: the larger of what the peers show to be reachable and what is.
    fn estimate_stake(&self, exposure: Share) -> Stake {
        let peers =
            self.values.worth.peer.map_or(Money::ZERO, |peer| self.values.ability.share.of(peer.value));
        Stake { base: peers.max(self.values.current_value()), exposure, side: Side::ToGain }
    }

    fn owner_missing(&self) -> Option<Deviation> {
        let owner = self.facts.account.on(self.on)?.owner;
        if owner.is_some_and(|owner| self.company.people.is_active(owner, self.on)) {
            return None;
        }
        let base = self.values.current_value().max(self.values.reachable_or_zero());
        let exposure = self.strategy().exposures.owner_missing;
        Some(Deviation {
            action: Some(Action::AssignOwner),
            asks: Asks::StandIn,
            ..self.deviation(DeviationKind::OwnerMissing, Stake { base, exposure, side: Side::AtRisk })
        })
    }

    /// A deviation that a call settles, by whoever the model has visit or call.
    fn call(&self, kind: DeviationKind, stake: Stake) -> Deviation {
        Deviation {
            action: Some(Action::Activity(ActivityKind::Call)),
            asks: Asks::Answering(self.caller()),
            ..self.deviation(kind, stake)
        }
    }

    fn caller(&self) -> Answering {
        let model = model_in_force(self.history, self.values.worth.state, self.strategy());
        model
            .and_then(|(model, _)| {
                model
                    .lines
                    .iter()
                    .find(|line| line.kinds.first().is_some_and(|kind| CALLING_KINDS.contains(kind)))
            })
            .map_or(Answering::Owner, |line| line.answering)
    }

    fn deviation(&self, kind: DeviationKind, stake: Stake) -> Deviation {
        Deviation {
            kind,
            subject: String::new(),
            expected: None,
            actual: Actual::Nothing,
            since: None,
            stake,
            action: None,
            asks: Asks::Answering(Answering::Owner),
            late_from: None,
        }
    }
}

struct Fall {
    before: Money,
    now: Money,
}

fn asks_for_potential(evaluation: &Evaluation) -> bool {
    match evaluation.effective() {
        Some(Segment::Strategic | Segment::Growth | Segment::Retention | Segment::Acquisition) => true,
        Some(Segment::Efficiency) | None => false,
    }
}

/// Letters and emails to a whole segment are marketing's list, no proposals.
fn first_kind_unless_mail(kinds: &[ActivityKind]) -> Option<ActivityKind> {
    let is_mail = kinds.len() > 1
        && kinds.iter().all(|kind| [ActivityKind::Email, ActivityKind::Letter].contains(kind));
    kinds.first().copied().filter(|_| !is_mail)
}

/// The thresholds that lie between two evaluations.
struct Crossed {
    before: Sides,
    after: Sides,
    /// The strategic thresholds count only when the account was or is strategic.
    is_about_strategic: bool,
}

impl Crossed {
    /// How far beyond the crossed thresholds the values are, all together.
    fn distance(&self, values: &Values, thresholds: Thresholds) -> Money {
        let current = values.current_value();
        let potential = values.worth.potential_value().unwrap_or(Money::ZERO);
        let (before, after, strategic) = (self.before, self.after, self.is_about_strategic);
        [
            (before.current != after.current, current, thresholds.current),
            (before.potential != after.potential, potential, thresholds.potential),
            (
                strategic && before.strategic_current != after.strategic_current,
                current,
                thresholds.strategic_current,
            ),
            (
                strategic && before.strategic_potential != after.strategic_potential,
                potential,
                thresholds.strategic_potential,
            ),
        ]
        .into_iter()
        .filter(|(is_crossed, _, _)| *is_crossed)
        .map(|(_, value, threshold)| (value - threshold).abs())
        .sum()
    }

    fn lost_current(&self) -> bool {
        self.before.current && !self.after.current
    }
}
