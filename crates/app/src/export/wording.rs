//! The free text of the exports, in English: why a segment is what it is, and what a proposal is to take up.

use crate::steering::AccountPicture;
use luotsi_core::{
    segmentation::{Evaluation, decision_in_force, plain_sides},
    steering::{Deviation, DeviationKind, Measured},
    strategy::{Segment, Strategy, Thresholds},
    units::{Day, Money},
};

/// From which values, thresholds or decision the segment follows.
pub fn segment_reason(account: &AccountPicture, on: Day) -> String {
    if !account.facts.account.is_active(on) {
        return "inactive".to_owned();
    }
    let Some(last) = account.picture.history.last() else {
        return "not evaluated yet".to_owned();
    };
    let by_model = by_model(last);
    match decision_in_force(&account.facts, on) {
        Some(decision) => format!("decided by a person from {} on; the model: {by_model}", decision.from),
        None => by_model,
    }
}

fn by_model(evaluation: &Evaluation) -> String {
    let (Some(thresholds), Some(potential), Some(sides)) =
        (evaluation.thresholds, evaluation.potential_value, evaluation.sides)
    else {
        return match evaluation.thresholds {
            None => format!("not assessed on {}: no thresholds are set", evaluation.day),
            Some(_) => format!("not assessed on {}: no potential is known", evaluation.day),
        };
    };
    let current = evaluation.current_value;
    let is_held = plain_sides(current, potential, thresholds) != sides;
    let (current_from, potential_from) = compared(sides.segment(), thresholds);
    format!(
        "on {} {}, {}{}",
        evaluation.day,
        against("current value", current, current_from),
        against("potential", potential, potential_from),
        if is_held { "; kept on its earlier side near a threshold" } else { "" }
    )
}

/// The thresholds that the segment is told apart by.
fn compared(segment: Segment, thresholds: Thresholds) -> (Money, Money) {
    match segment {
        Segment::Strategic => (thresholds.strategic_current, thresholds.strategic_potential),
        Segment::Growth | Segment::Retention | Segment::Efficiency | Segment::Acquisition => {
            (thresholds.current, thresholds.potential)
        }
    }
}

fn against(what: &str, value: Money, threshold: Money) -> String {
    let sign = if threshold <= value { ">=" } else { "<" };
    format!("{what} {value} {sign} {threshold}")
}

/// One thing to take up: the care line's own agenda where it has one, and the fact.
pub fn agenda_line(account: &AccountPicture, deviation: &Deviation, on: Day, strategy: &Strategy) -> String {
    let shown = |measured: Option<Measured>| measured.map(|m| m.to_string()).unwrap_or_default();
    let (expected, actual) = (shown(deviation.expected), shown(deviation.actual.on(on, strategy)));
    let subject = &deviation.subject;
    match deviation.kind {
        DeviationKind::CareLate => {
            format!("{}: late, {actual} working days of {expected}", care_topic(account, subject))
        }
        DeviationKind::CareNotPlanned => {
            format!(
                "{}: due and not planned, {actual} working days of {expected}",
                care_topic(account, subject)
            )
        }
        DeviationKind::OverrideReview => {
            format!("the decision on the segment is to be reviewed since {expected}")
        }
        DeviationKind::OwnerMissing => "nobody active owns the account".to_owned(),
        DeviationKind::PotentialMissing => "nobody has estimated the potential".to_owned(),
        DeviationKind::PotentialStale if subject.is_empty() => {
            format!("the estimate of the potential is {actual} days old")
        }
        DeviationKind::PotentialStale => format!("the estimate of {subject} is {actual} days old"),
        DeviationKind::RhythmBroken => format!("no order for {actual} days, at most {expected} are usual"),
        DeviationKind::SegmentChanged => format!("the segment has become {actual}, it was {expected}"),
        DeviationKind::Silence => format!("silent for {actual} days, at most {expected} are promised"),
        DeviationKind::ValueDeclining => {
            format!("the last three months are worth {actual}, the same a year before were worth {expected}")
        }
    }
}

fn care_topic(account: &AccountPicture, line: &str) -> String {
    let agenda =
        account.picture.care.iter().find(|status| status.line.name == line).map(|s| s.line.agenda.as_str());
    match agenda {
        Some(agenda) if !agenda.is_empty() => format!("{line} ({agenda})"),
        Some(_) | None => line.to_owned(),
    }
}
