//! A deviation as a sentence: what was expected, what is.

use crate::{texts::Texts, web::Visit};
use luotsi_core::{
    steering::DeviationKind,
    strategy::{CareRule, Segment},
    units::{Day, Money},
};
use luotsi_store::steering::DeviationRow;

/// Counts that grow with time are told as of the day of the last watch, like everything it found.
pub fn sentence(visit: &Visit<'_>, deviation: &DeviationRow) -> String {
    sentence_as_of(visit, deviation, visit.on())
}

/// The same as of another day, as a history tells it.
pub fn sentence_as_of(visit: &Visit<'_>, deviation: &DeviationRow, on: Day) -> String {
    let t = visit.t;
    let expected = deviation.expected.as_deref().unwrap_or("");
    let actual = deviation.actual.as_deref().unwrap_or("");
    match deviation.kind {
        DeviationKind::CareLate if is_entering(visit, &deviation.subject) => {
            let (line, age) = (t.care_line_name(&deviation.subject), working_days(visit, deviation, on));
            t.entering_late(&line, &age, &rounded(t, expected))
        }
        DeviationKind::CareLate => {
            let (line, age) = (t.care_line_name(&deviation.subject), working_days(visit, deviation, on));
            t.care_late(&line, &age, &rounded(t, expected))
        }
        DeviationKind::CareNotPlanned => {
            let (line, age) = (t.care_line_name(&deviation.subject), working_days(visit, deviation, on));
            t.care_not_planned(&line, &age, &rounded(t, expected))
        }
        DeviationKind::Silence => t.silence_too_long(&days(visit, deviation, on), &rounded(t, expected)),
        DeviationKind::RhythmBroken => t.rhythm_broken(&days(visit, deviation, on), &rounded(t, expected)),
        DeviationKind::ValueDeclining => declining(t, expected, actual),
        DeviationKind::SegmentChanged => {
            let name = |text: &str| t.segment_name(Segment::parse(text));
            t.segment_changed(name(expected), name(actual))
        }
        DeviationKind::OverrideReview => {
            t.override_review(&Day::parse(expected).map_or_else(String::new, |day| t.date(day)))
        }
        DeviationKind::PotentialMissing => t.potential_missing().to_owned(),
        DeviationKind::PotentialStale => {
            let group = match deviation.subject.as_str() {
                "" => String::new(),
                group => format!(" ({group})"),
            };
            t.potential_stale(&group, &days(visit, deviation, on))
        }
        DeviationKind::OwnerMissing => t.owner_missing().to_owned(),
    }
}

fn is_entering(visit: &Visit<'_>, line: &str) -> bool {
    let mut lines = visit.strategy().care_models.iter().flat_map(|model| &model.lines);
    lines.any(|candidate| candidate.name == line && matches!(candidate.rule, CareRule::Entering { .. }))
}

fn working_days(visit: &Visit<'_>, deviation: &DeviationRow, on: Day) -> String {
    let count = deviation.actual_from.map_or(0, |from| visit.strategy().calendar.working_days(from, on));
    visit.t.number(count)
}

fn days(visit: &Visit<'_>, deviation: &DeviationRow, on: Day) -> String {
    visit.t.number(deviation.actual_from.map_or(0, |from| on.days_since(from)))
}

/// Limits are kept with six decimals and said in whole days.
fn rounded(t: Texts, number: &str) -> String {
    t.decimal(number.parse().unwrap_or(0.0), 0)
}

fn declining(t: Texts, before: &str, now: &str) -> String {
    let (before, now) = (euros(before), euros(now));
    let change = match before.cents {
        0 => 0,
        cents => ((now.cents - cents) as f64 * 1e6 / cents as f64).round() as i64,
    };
    t.value_declining(&t.money(before), &t.money(now), &t.change(change))
}

/// Euros with two decimals and a point, as `Money` writes itself.
fn euros(text: &str) -> Money {
    let cents: i64 = text.replace('.', "").parse().unwrap_or(0);
    Money::cents(cents)
}
