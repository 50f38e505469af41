//! What to do next for an account, when the care model has its say.

use super::CareStatus;
use crate::{
    activity::ActivityKind,
    strategy::CareRule,
    units::{Calendar, Day},
};

/// A next step is proposed within so many working days, unless its line falls due only later. Ours: a working week.
const WITHIN_WORKING_DAYS: i64 = 5;

/// The line to be seen to next, and a working day for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextStep<'a> {
    pub line: &'a CareStatus,
    pub kind: ActivityKind,
    pub on: Day,
}

/// Of the lines that no plan covers, the one that would be late first (ties in the model's order); on the day it falls
/// due, but never today or earlier, and within a working week when it is due already. `None`: everything is planned.
pub fn next_step<'a>(care: &'a [CareStatus], on: Day, calendar: &Calendar) -> Option<NextStep<'a>> {
    let line = care.iter().filter(|line| is_open(line)).min_by_key(|line| line.late_from)?;
    let latest = calendar.nth_working_day_after(on, WITHIN_WORKING_DAYS);
    let on = match line.due_from <= latest {
        true => latest,
        // The first working day from the day it falls due.
        false => calendar.nth_working_day_after(line.due_from.plus_days(-1), 1),
    };
    Some(NextStep { line, kind: *line.line.kinds.first()?, on })
}

fn is_open(status: &CareStatus) -> bool {
    let is_complete = match status.line.rule {
        CareRule::Rhythm { .. } => false,
        CareRule::Entering { times, .. } => i64::from(times) <= status.done,
    };
    !is_complete && status.planned_for.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{care::CareState, people::Answering, strategy::CareLine, units::Ratio};

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn line(kind: ActivityKind, due_from: &str, late_from: &str, planned_for: Option<&str>) -> CareStatus {
        CareStatus {
            line: CareLine {
                name: kind.name().to_owned(),
                kinds: vec![kind],
                rule: CareRule::Rhythm { per_year: 6, after: 0 },
                answering: Answering::Owner,
                minutes: 15,
                agenda: String::new(),
            },
            in_force_since: day("2026-01-01"),
            state: CareState::Kept,
            is_covered: planned_for.is_some(),
            last: day("2026-10-01"),
            age: 10,
            rhythm: Ratio::whole(42),
            counted_from: day("2026-10-01"),
            due_from: day(due_from),
            late_from: day(late_from),
            expected_to_date: Ratio::whole(5),
            done: 4,
            closes_on: None,
            planned_for: planned_for.map(day),
        }
    }

    fn check(care: &[CareStatus], expected: Option<(ActivityKind, &str)>) {
        let calendar = Calendar::finnish(&[]);

        let step = next_step(care, day("2026-11-23"), &calendar);

        assert_eq!(step.map(|step| (step.kind, step.on)), expected.map(|(kind, on)| (kind, day(on))));
    }

    #[test]
    fn the_line_that_would_be_late_first_comes_next_unless_it_is_planned() {
        let visit = |planned| line(ActivityKind::Visit, "2026-12-01", "2026-12-10", planned);
        let call = line(ActivityKind::Call, "2027-01-11", "2027-01-20", None);

        check(&[call.clone(), visit(None)], Some((ActivityKind::Visit, "2026-12-01")));
        check(&[call, visit(Some("2026-12-03"))], Some((ActivityKind::Call, "2027-01-11")));
    }

    #[test]
    fn what_is_due_is_proposed_within_a_working_week_and_never_on_a_day_off() {
        check(
            &[line(ActivityKind::Call, "2026-11-02", "2026-11-10", None)],
            Some((ActivityKind::Call, "2026-11-30")),
        );
        check(
            &[line(ActivityKind::Call, "2026-12-06", "2026-12-16", None)],
            Some((ActivityKind::Call, "2026-12-07")),
        );
    }

    #[test]
    fn where_everything_is_planned_nothing_is_proposed() {
        check(&[line(ActivityKind::Call, "2026-11-02", "2026-11-10", Some("2026-11-24"))], None);
        check(&[], None);
    }
}
