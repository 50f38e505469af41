//! Which target segment an account belongs to, by its current and potential value, and how it came to be there.

use crate::{
    base::{Company, CustomerState, Facts, SegmentOverride, StateChange, Worth, state_changes, worth},
    strategy::{GivenThresholds, Segment, Thresholds},
    units::{Day, Known, Money, Month, Share},
};
use std::collections::BTreeSet;

mod preview;
mod suggestion;

pub use preview::{Holds, LARGEST_MAX, Move, Placed, Preview, Sum, Way};
pub use suggestion::{Suggestion, suggested_thresholds};

/// On which side of each threshold an account is: true is high.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    pub current: bool,
    pub potential: bool,
    pub strategic_current: bool,
    pub strategic_potential: bool,
}

impl Sides {
    /// The decks' four fields and the far corner.
    pub fn segment(self) -> Segment {
        if self.strategic_current && self.strategic_potential {
            return Segment::Strategic;
        }
        match (self.current, self.potential) {
            (false, true) => Segment::Acquisition,
            (true, true) => Segment::Growth,
            (true, false) => Segment::Retention,
            (false, false) => Segment::Efficiency,
        }
    }
}

/// The segment on a day on which it was looked at, with what it follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    pub day: Day,
    pub current_value: Money,
    pub potential_value: Option<Money>,
    pub thresholds: Option<Thresholds>,
    /// `None`: not assessed.
    pub sides: Option<Sides>,
    pub decision: Option<SegmentOverride>,
    pub is_active: bool,
    /// A person's estimate is in force.
    pub is_estimated: bool,
    /// False on a day from which the account exists, is laid to rest or is taken up again: the sides stay as they were.
    pub is_evaluated: bool,
}

impl Evaluation {
    pub fn automatic(&self) -> Option<Segment> {
        self.sides.filter(|_| self.is_active).map(Sides::segment)
    }

    /// A person's decision goes before the model's result.
    pub fn effective(&self) -> Option<Segment> {
        match self.is_active {
            true => self.decision.and_then(|decision| decision.segment).or_else(|| self.automatic()),
            false => None,
        }
    }
}

/// Every evaluation of an account up to a day, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    pub evaluations: Vec<Evaluation>,
    pub state_changes: Vec<StateChange>,
}

impl History {
    pub fn last(&self) -> Option<&Evaluation> {
        self.evaluations.last()
    }

    pub fn effective(&self) -> Option<Segment> {
        self.last().and_then(Evaluation::effective)
    }

    /// The first day of the last unbroken run of days that `holds` for; `None` when it does not hold now.
    pub fn since(&self, holds: impl Fn(&Evaluation) -> bool) -> Option<Day> {
        self.evaluations.iter().rev().take_while(|evaluation| holds(evaluation)).last().map(|first| first.day)
    }

    /// The day the effective segment became what it is.
    pub fn entered(&self) -> Option<Day> {
        let now = self.effective()?;
        self.since(|evaluation| evaluation.effective() == Some(now))
    }

    /// The newest day on which the account became a customer.
    pub fn became_customer(&self) -> Option<Day> {
        self.state_changes
            .iter()
            .rev()
            .find(|change| change.state == CustomerState::Customer)
            .map(|change| change.day)
    }

    /// The evaluation that was in force on `day`.
    pub fn on(&self, day: Day) -> Option<&Evaluation> {
        self.evaluations.iter().rev().find(|evaluation| evaluation.day <= day)
    }

    /// The evaluation whose segment is the acknowledged one until a person answers: that of the first watch, or the
    /// first assignment after it.
    pub fn first_acknowledged(&self, first_watch: Day) -> Option<&Evaluation> {
        self.on(first_watch).filter(|evaluation| evaluation.sides.is_some()).or_else(|| {
            self.evaluations
                .iter()
                .find(|evaluation| first_watch < evaluation.day && evaluation.sides.is_some())
        })
    }
}

/// Evaluates the account at every month end, and at once on the days on which an estimate, an ability, an override or
/// the strategy changes or the account becomes customer or former, up to `on`.
pub fn history(facts: &Facts, on: Day, company: &Company) -> History {
    let state_changes = state_changes(facts, on);
    let mut walk = Walk::default();
    let mut days = evaluation_days(facts, &state_changes, on, company);
    let evaluated = days.clone();
    days.extend(rest_changes(facts).filter(|day| Day::MIN < *day && *day <= on));
    let evaluations = days
        .into_iter()
        .map(|day| match evaluated.contains(&day) {
            true => walk.evaluate(facts, day, &state_changes, company),
            false => walk.stand_by(facts, day, company),
        })
        .collect();
    History { evaluations, state_changes }
}

fn evaluation_days(
    facts: &Facts,
    state_changes: &[StateChange],
    on: Day,
    company: &Company,
) -> BTreeSet<Day> {
    let month_ends = company.first_month.into_iter().flat_map(|first| {
        let months = Month::last_whole(on).months_since(first) + 1;
        (0..months).map(move |month| first.plus(month).last())
    });
    let changes = (facts.estimates.iter().map(|estimate| (estimate.day, estimate.known)))
        .chain(facts.abilities.iter().map(|ability| (ability.day, ability.known)))
        .chain(facts.overrides.iter().map(|decision| (decision.from, decision.known)))
        .flat_map(|(day, known)| seen_from_until(day, known));
    let exists_from = facts.account.versions.first().map_or(Day::MAX, |version| version.from);

    month_ends
        .chain(changes)
        .chain(state_changes.iter().map(|change| change.day))
        .chain(company.strategies.all().map(|version| version.from))
        .filter(|day| Day::MIN < *day && exists_from <= *day && *day <= on)
        .collect()
}

/// The days on which a fact of `day` comes into view and goes: one that is told beforehand changes something on its day.
fn seen_from_until(day: Day, known: Known) -> impl Iterator<Item = Day> {
    let seen = known.from.max(day);
    (seen < known.until).then_some([seen, known.until]).into_iter().flatten()
}

/// The days from which an account exists, is laid to rest, or is taken up again.
fn rest_changes(facts: &Facts) -> impl Iterator<Item = Day> {
    let versions = &facts.account.versions;
    let flips = versions.windows(2).filter(|pair| pair[0].is_active != pair[1].is_active);
    versions.first().map(|first| first.from).into_iter().chain(flips.map(|pair| pair[1].from))
}

/// The override in force: the newest `from` wins, and one without a segment takes the decision back.
pub fn decision_in_force(facts: &Facts, on: Day) -> Option<SegmentOverride> {
    facts
        .overrides
        .iter()
        .filter(|decision| decision.from <= on && decision.known.on(on))
        .max_by_key(|decision| decision.from)
        .filter(|decision| decision.segment.is_some())
        .copied()
}

/// What the next evaluation needs to know of the ones before it.
#[derive(Default)]
struct Walk {
    sides: Option<Sides>,
    thresholds: Option<Thresholds>,
    /// Current and potential value at the two newest month ends, the newer first.
    month_ends: [Option<(Money, Option<Money>)>; 2],
    newest_month_end: Option<Day>,
}

impl Walk {
    fn evaluate(
        &mut self,
        facts: &Facts,
        day: Day,
        state_changes: &[StateChange],
        company: &Company,
    ) -> Evaluation {
        let is_active = facts.account.is_active(day);
        let worth = worth(facts, day, company);
        let thresholds = company.strategies.on(day).thresholds.complete();
        let potential = worth.potential_value();
        let plain = match (is_active, thresholds, potential) {
            (true, Some(thresholds), Some(potential)) => {
                Some(plain_sides(worth.current_value(), potential, thresholds))
            }
            (_, _, _) => None,
        };

        self.sides = plain.map(|plain| match self.is_set_anew(day, thresholds, state_changes) {
            true => plain,
            false => self.with_hysteresis(plain, &worth, day, company),
        });
        self.thresholds = thresholds;
        if day.is_month_end() {
            self.month_ends = [Some((worth.current_value(), potential)), self.month_ends[0]];
            self.newest_month_end = Some(day);
        }

        self.evaluation(facts, day, &worth, true)
    }

    /// A day on which the account is not evaluated, but is or is no longer of its segment.
    fn stand_by(&self, facts: &Facts, day: Day, company: &Company) -> Evaluation {
        self.evaluation(facts, day, &worth(facts, day, company), false)
    }

    fn evaluation(&self, facts: &Facts, day: Day, worth: &Worth, is_evaluated: bool) -> Evaluation {
        Evaluation {
            day,
            current_value: worth.current_value(),
            potential_value: worth.potential_value(),
            thresholds: self.thresholds,
            sides: self.sides,
            decision: decision_in_force(facts, day),
            is_active: facts.account.is_active(day),
            is_estimated: !worth.in_force.estimates().is_empty(),
            is_evaluated,
        }
    }

    /// The first assignment, coming back from not assessed, a changed threshold, and the first month end after
    /// becoming a customer take the plain sides.
    fn is_set_anew(&self, day: Day, thresholds: Option<Thresholds>, state_changes: &[StateChange]) -> bool {
        let became_customer = || {
            state_changes.iter().any(|change| {
                change.state == CustomerState::Customer
                    && change.day < day
                    && self.newest_month_end.is_none_or(|month_end| month_end <= change.day)
            })
        };
        self.sides.is_none() || self.thresholds != thresholds || (day.is_month_end() && became_customer())
    }

    /// A side changes when the value is on the other side, and either clear of the threshold or there at this and the two
    /// preceding month ends; a value of 0 or less is on the low side at once.
    fn with_hysteresis(&self, plain: Sides, worth: &Worth, day: Day, company: &Company) -> Sides {
        let (Some(was), Some(thresholds), Some(potential)) =
            (self.sides, self.thresholds, worth.potential_value())
        else {
            return plain;
        };
        let border = |was: bool, threshold: Money, now: Money, before: [Option<Money>; 2]| {
            let is_there = |value: Money| is_high(value, threshold) != was;
            let has_stayed = day.is_month_end() && before.iter().all(|value| value.is_some_and(is_there));
            let is_clear = is_clear_of(now, threshold, company.strategies.on(day).hysteresis);
            was != (is_there(now) && (is_clear || has_stayed || !now.is_positive()))
        };
        let current = worth.current_value();
        let currents = self.month_ends.map(|values| values.map(|(current, _)| current));
        let potentials = self.month_ends.map(|values| values.and_then(|(_, potential)| potential));
        Sides {
            current: border(was.current, thresholds.current, current, currents),
            potential: border(was.potential, thresholds.potential, potential, potentials),
            strategic_current: border(was.strategic_current, thresholds.strategic_current, current, currents),
            strategic_potential: border(
                was.strategic_potential,
                thresholds.strategic_potential,
                potential,
                potentials,
            ),
        }
    }
}

/// Without hysteresis.
pub fn plain_sides(current: Money, potential: Money, thresholds: Thresholds) -> Sides {
    Sides {
        current: is_high(current, thresholds.current),
        potential: is_high(potential, thresholds.potential),
        strategic_current: is_high(current, thresholds.strategic_current),
        strategic_potential: is_high(potential, thresholds.strategic_potential),
    }
}

/// On a threshold counts as high (the decks' matrix has no middle); a value of 0 or less is never high.
fn is_high(value: Money, threshold: Money) -> bool {
    value.is_positive() && threshold <= value
}

fn is_clear_of(value: Money, threshold: Money, band: Share) -> bool {
    let distance = i128::from((value - threshold).cents).abs();
    i128::from(threshold.cents) * i128::from(band.millionths) < distance * 1_000_000
}

/// The thresholds in force, filled up with what is suggested where the strategy leaves some open. The strategic ones are
/// not below the ordinary ones: of the two, the one that is only suggested gives way.
pub fn filled_up(given: GivenThresholds, suggested: Thresholds) -> Thresholds {
    let pair = |ordinary: Option<Money>, strategic: Option<Money>, suggested: (Money, Money)| match strategic
    {
        Some(strategic) => (ordinary.unwrap_or(suggested.0.min(strategic)), strategic),
        None => {
            let ordinary = ordinary.unwrap_or(suggested.0);
            (ordinary, suggested.1.max(ordinary))
        }
    };
    let (current, strategic_current) =
        pair(given.current, given.strategic_current, (suggested.current, suggested.strategic_current));
    let (potential, strategic_potential) = pair(
        given.potential,
        given.strategic_potential,
        (suggested.potential, suggested.strategic_potential),
    );
    Thresholds { current, potential, strategic_current, strategic_potential }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggested_threshold_gives_way_to_the_one_that_was_given() {
        let euros = |euros| Some(Money::euros(euros));
        let suggested = Thresholds {
            current: Money::euros(100),
            potential: Money::euros(100),
            strategic_current: Money::euros(200),
            strategic_potential: Money::euros(200),
        };
        let given =
            GivenThresholds { current: euros(300), strategic_potential: euros(50), ..Default::default() };

        let filled = filled_up(given, suggested);

        assert_eq!(
            given_back(filled),
            GivenThresholds {
                current: euros(300),
                strategic_current: euros(300),
                potential: euros(50),
                strategic_potential: euros(50),
            }
        );
    }

    fn given_back(thresholds: Thresholds) -> GivenThresholds {
        GivenThresholds {
            current: Some(thresholds.current),
            potential: Some(thresholds.potential),
            strategic_current: Some(thresholds.strategic_current),
            strategic_potential: Some(thresholds.strategic_potential),
        }
    }
}
