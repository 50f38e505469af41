//! Why an account is in its segment: its values against the thresholds, or a person's decision.

use crate::{texts::Texts, web::Visit};
use luotsi_core::{
    segmentation::{Evaluation, History, Sides},
    strategy::Thresholds,
    units::Money,
};

/// The reasons, one a line. `reason`: what the person who set the segment wrote.
pub fn why(visit: &Visit<'_>, history: &History, reason: Option<&str>) -> Vec<String> {
    let t = visit.t;
    let Some(evaluation) = history.last() else { return vec![t.segment_why_no_potential().to_owned()] };
    if !evaluation.is_active {
        return vec![t.segment_why_inactive().to_owned()];
    }

    let mut lines = decision(visit, evaluation, reason);
    if let Some(day) = history.entered() {
        lines.push(format!("{} {}", t.segment_name(evaluation.effective()), t.segment_since(&t.date(day))));
    }
    lines.extend(model(t, evaluation));
    lines
}

fn decision(visit: &Visit<'_>, evaluation: &Evaluation, reason: Option<&str>) -> Vec<String> {
    let t = visit.t;
    let Some(decision) = evaluation.decision else { return Vec::new() };
    let who = decision.person.and_then(|person| visit.base.company.people.get(person));
    let by = who.map_or_else(String::new, |person| format!(", {}", person.name));
    let set = t.segment_why_by_hand(
        t.segment_name(decision.segment),
        &t.date(decision.from),
        &t.date(decision.review),
    );
    let reason = reason.filter(|reason| !reason.is_empty()).map(|reason| t.segment_why_reason(reason));
    [format!("{set}{by}")]
        .into_iter()
        .chain(reason)
        .chain([t.segment_model_says(t.segment_name(evaluation.automatic()))])
        .collect()
}

/// What the model goes by; the strategic thresholds are said only where the value is near them.
fn model(t: Texts, evaluation: &Evaluation) -> Vec<String> {
    let (Some(thresholds), Some(sides)) = (evaluation.thresholds, evaluation.sides) else {
        let missing = match (evaluation.potential_value, evaluation.thresholds) {
            (None, _) => t.segment_why_no_potential(),
            (Some(_), _) => t.segment_why_no_thresholds(),
        };
        return vec![missing.to_owned()];
    };
    let potential = evaluation.potential_value.unwrap_or(Money::ZERO);
    let Thresholds { current, potential: potential_threshold, strategic_current, strategic_potential } =
        thresholds;
    let mut lines = vec![
        side(t, t.current_value(), evaluation.current_value, current, sides.current),
        side(t, t.potential_value(), potential, potential_threshold, sides.potential),
    ];
    if is_in_the_far_corner(sides) {
        lines.push(side(
            t,
            t.current_value(),
            evaluation.current_value,
            strategic_current,
            sides.strategic_current,
        ));
        lines.push(side(t, t.potential_value(), potential, strategic_potential, sides.strategic_potential));
    }
    lines
}

fn is_in_the_far_corner(sides: Sides) -> bool {
    sides.strategic_current || sides.strategic_potential
}

/// A value near a threshold keeps its side for a while; that is said.
fn side(t: Texts, what: &str, value: Money, threshold: Money, is_high: bool) -> String {
    let (value_text, threshold_text) = (t.money(value), t.money(threshold));
    let is_above = value.is_positive() && threshold <= value;
    match (is_high, is_above) {
        (true, true) => t.segment_why_high(what, &value_text, &threshold_text),
        (false, false) => t.segment_why_low(what, &value_text, &threshold_text),
        (true, false) => t.segment_why_held_high(what, &value_text, &threshold_text),
        (false, true) => t.segment_why_held_low(what, &value_text, &threshold_text),
    }
}
