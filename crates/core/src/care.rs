//! The care a segment has been promised, and whether it is kept.

use crate::{
    activity::{Activity, ActivityKind},
    base::{Company, CustomerState, Facts},
    people::PersonNo,
    segmentation::History,
    strategy::{CareLine, CareModel, CareRule, Segment, Strategy},
    units::{Calendar, Day, Ratio, WORKING_DAYS_A_YEAR},
};
use std::collections::BTreeSet;

mod next_step;
mod capacity;
mod silence;

pub use capacity::{Alike, Capacity, asked_by_segment, capacities, minutes_asked, minutes_asked_of};
pub use next_step::{NextStep, next_step};
pub use silence::{Silence, silence};

/// A late line is covered by a plan within this many working days.
pub const COVER_WORKING_DAYS: i64 = 10;

/// The grace of a rhythm: this part of it, but never less than `GRACE_DAYS_MIN` working days.
const GRACE: Ratio = Ratio::FIFTH;
const GRACE_DAYS_MIN: i64 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CareState {
    Kept,
    Due,
    Late,
}

impl CareState {
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Due => "due",
            Self::Late => "late",
        }
    }
}

/// How one care line of one account stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareStatus {
    pub line: CareLine,
    /// The line has been in force for the account since this day.
    pub in_force_since: Day,
    pub state: CareState,
    /// Something is planned that will put it right in time; the state stays what it is.
    pub is_covered: bool,
    /// The later of the newest counting activity and coming into force.
    pub last: Day,
    /// Working days after `last` (after entering, of an entering line).
    pub age: i64,
    pub rhythm: Ratio,
    /// The day from which `age` counts.
    pub counted_from: Day,
    pub due_from: Day,
    pub late_from: Day,
    pub expected_to_date: Ratio,
    pub done: i64,
    /// An entering line that is not completed by this day closes.
    pub closes_on: Option<Day>,
    /// The plan that covers the line: the next counting one.
    pub planned_for: Option<Day>,
}

impl CareStatus {
    pub fn is_very_late(&self) -> bool {
        self.rhythm.times(Ratio::TWO) < Ratio::whole(self.age)
    }
}

/// The care model in force for an account, and since when its segment is what it is. Prospects and former customers
/// in Efficiency are promised nothing.
pub fn model_in_force<'a>(
    history: &History,
    state: CustomerState,
    strategy: &'a Strategy,
) -> Option<(&'a CareModel, Day)> {
    let model = promised(history.effective()?, state, strategy)?;
    Some((model, history.entered()?))
}

/// The care model of a segment, for an account in this state.
pub fn promised(segment: Segment, state: CustomerState, strategy: &Strategy) -> Option<&CareModel> {
    match (segment, state) {
        (Segment::Efficiency, CustomerState::Prospect | CustomerState::Former) => None,
        (_, _) => strategy.care_model(segment),
    }
}

/// How the lines of the account's care model stand on `on`, in the model's order.
pub fn care(
    facts: &Facts,
    on: Day,
    history: &History,
    state: CustomerState,
    company: &Company,
) -> Vec<CareStatus> {
    let strategy = company.strategies.on(on);
    let Some((model, entered)) = model_in_force(history, state, strategy) else {
        return Vec::new();
    };
    let account = Care { facts, on, calendar: &strategy.calendar };
    model
        .lines
        .iter()
        .filter_map(|line| account.status(line, since(line, model.segment, entered, history, company)))
        .collect()
}

/// The later of entering the segment, the model's first having a line of these kinds and, in Efficiency, becoming a
/// customer; a "then" line counts its working days from there.
fn since(line: &CareLine, segment: Segment, entered: Day, history: &History, company: &Company) -> Day {
    let became_customer = match segment {
        Segment::Efficiency => history.became_customer().unwrap_or(Day::MIN),
        Segment::Acquisition | Segment::Growth | Segment::Strategic | Segment::Retention => Day::MIN,
    };
    entered.max(company.strategies.line_since(segment, &line.kinds)).max(became_customer)
}

struct Care<'a> {
    facts: &'a Facts,
    on: Day,
    calendar: &'a Calendar,
}

impl Care<'_> {
    fn status(&self, line: &CareLine, since: Day) -> Option<CareStatus> {
        match line.rule {
            CareRule::Rhythm { per_year, after } => {
                let since = self.calendar.nth_working_day_after(since, after.into());
                (since <= self.on).then(|| self.rhythm_status(line, per_year, since))
            }
            CareRule::Entering { times, within } => self.entering_status(line, times, within.into(), since),
        }
    }

    fn rhythm_status(&self, line: &CareLine, per_year: u32, since: Day) -> CareStatus {
        let rhythm = line.rhythm();
        let grace = rhythm.times(GRACE).ceil().max(GRACE_DAYS_MIN);
        let done = self.done_days(&line.kinds);
        let last = done.last().copied().unwrap_or(Day::MIN).max(since);
        let due_from = self.calendar.nth_working_day_after(last, rhythm.times(Ratio::FOUR_FIFTHS).ceil());
        let late_from = self.calendar.nth_working_day_after(last, rhythm.plus(grace).floor() + 1);
        let state = self.state(due_from, late_from);
        let planned_for = self.plans(&line.kinds).first().copied();
        let counted_from = since.max(first_of_year(self.on));
        let expected_days = self.calendar.working_days(counted_from, self.on);

        CareStatus {
            line: line.clone(),
            in_force_since: since,
            state,
            is_covered: planned_for.is_some_and(|day| day <= self.covers_until(state, late_from)),
            last,
            age: self.calendar.working_days(last, self.on),
            rhythm,
            counted_from: last,
            due_from,
            late_from,
            expected_to_date: Ratio::new(
                i128::from(per_year) * i128::from(expected_days),
                i128::from(WORKING_DAYS_A_YEAR),
            ),
            done: done.iter().filter(|day| counted_from <= **day).count() as i64,
            closes_on: None,
            planned_for,
        }
    }

    /// `None` once it has closed uncompleted.
    fn entering_status(&self, line: &CareLine, times: u32, within: i64, since: Day) -> Option<CareStatus> {
        let times = i64::from(times);
        let closes_on = self.calendar.nth_working_day_after(since, 2 * within);
        let done: Vec<Day> = self.done_days(&line.kinds).into_iter().filter(|day| since <= *day).collect();
        let completed = usize::try_from(times - 1).ok().and_then(|index| done.get(index)).copied();
        let is_complete = completed.is_some_and(|day| day <= closes_on);
        if since > self.on || (!is_complete && closes_on <= self.on) {
            return None;
        }

        let rhythm = line.rhythm();
        let due_from = self.calendar.nth_working_day_after(since, rhythm.times(Ratio::FOUR_FIFTHS).ceil());
        let late_from = self.calendar.nth_working_day_after(since, within + 1);
        let state = if is_complete { CareState::Kept } else { self.state(due_from, late_from) };
        let covers_until = self.covers_until(state, late_from);
        let planned: Vec<Day> =
            self.plans(&line.kinds).into_iter().filter(|day| *day <= covers_until).collect();
        let age = self.calendar.working_days(since, self.on);
        let count = done.len() as i64;

        Some(CareStatus {
            line: line.clone(),
            in_force_since: since,
            state,
            is_covered: times <= count + planned.len() as i64,
            last: done.last().copied().unwrap_or(Day::MIN).max(since),
            age,
            rhythm,
            counted_from: since,
            due_from,
            late_from,
            expected_to_date: Ratio::new(i128::from(times) * i128::from(age.min(within)), i128::from(within)),
            done: count,
            closes_on: (!is_complete).then_some(closes_on),
            planned_for: planned.first().copied(),
        })
    }

    fn state(&self, due_from: Day, late_from: Day) -> CareState {
        match (due_from <= self.on, late_from <= self.on) {
            (_, true) => CareState::Late,
            (true, false) => CareState::Due,
            (false, false) => CareState::Kept,
        }
    }

    /// Up to the first day the line would be late; of a late line up to the 10th working day.
    fn covers_until(&self, state: CareState, late_from: Day) -> Day {
        match state {
            CareState::Kept | CareState::Due => late_from,
            CareState::Late => self.calendar.nth_working_day_after(self.on, COVER_WORKING_DAYS),
        }
    }

    /// The days of what was done that counts, in order; a person's estimates of one day are one potential estimate.
    fn done_days(&self, kinds: &[ActivityKind]) -> Vec<Day> {
        let mut days: Vec<Day> = (self.facts.activities.iter())
            .filter(|activity| kinds.contains(&activity.kind) && activity.is_done(self.on))
            .map(|activity| activity.day)
            .collect();
        if kinds.contains(&ActivityKind::PotentialEstimate) {
            days.extend(self.estimate_days().into_iter().map(|(day, _)| day));
        }
        days.sort_unstable();
        days
    }

    fn estimate_days(&self) -> BTreeSet<(Day, PersonNo)> {
        (self.facts.estimates.iter())
            .filter(|estimate| estimate.day <= self.on && estimate.known.on(self.on))
            .filter_map(|estimate| Some((estimate.day, estimate.person?)))
            .collect()
    }

    fn plans(&self, kinds: &[ActivityKind]) -> Vec<Day> {
        planned_days(self.facts, self.on, |activity| kinds.contains(&activity.kind))
    }
}

/// The days of plans from `on` on that `count`, in order.
fn planned_days(facts: &Facts, on: Day, count: impl Fn(&Activity) -> bool) -> Vec<Day> {
    let mut days: Vec<Day> = (facts.activities.iter())
        .filter(|activity| activity.is_planned(on) && count(activity))
        .map(|activity| activity.day)
        .collect();
    days.sort_unstable();
    days
}

fn first_of_year(on: Day) -> Day {
    Day::new(on.year(), 1, 1).unwrap_or(on)
}
