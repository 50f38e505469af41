//! What other thresholds would make of the base, before anybody decides on them.

use crate::{
    call::Call,
    problem::{Problem, What},
    strategy::in_force,
};
use axum::{http::StatusCode, response::Response};
use luotsi_app::{
    exchange::tag,
    strategy::{Draft, THRESHOLD_KEYS},
};
use luotsi_core::{
    segmentation::{Holds, Move, Placed, Preview, Suggestion, Sum, Way},
    strategy::{GivenThresholds, Segment, Strategy, Thresholds},
    units::Money,
};
use luotsi_store::steering::{each_placed, last_run};
use serde_json::{Value as Json, json};

/// `GET /strategy/preview`: as of the last watch. A threshold that is not told stays as it is.
pub fn read(call: &Call) -> Result<Response, Problem> {
    let told = told(call)?;
    let body = call.reading(|reader, _| {
        let strategy = in_force(reader, call.by.today)?;
        let thresholds = with(&strategy, &told)?;
        let on = last_run(reader)?.map_or(call.by.today, |run| run.on);

        let mut suggestion = Suggestion::default();
        let mut preview =
            thresholds.complete().map(|thresholds| Preview::of(thresholds, strategy.thresholds.complete()));
        each_placed(reader, on, |placed| {
            suggestion.add(placed.state, placed.current_value, placed.potential_value);
            if let Some(preview) = &mut preview {
                preview.add(placed);
            }
        })?;
        Ok(json!({
            "on": on.to_string(),
            "suggested": suggestion.thresholds().map(suggested),
            "segments": preview.as_ref().map(segments),
            "moves": preview.as_ref().map(|preview| preview.moves.iter().map(moved).collect::<Vec<_>>()),
        }))
    })?;
    let body = body.to_string();
    let tag = tag(&body);
    call.tagged(StatusCode::OK, body, &tag)
}

/// The thresholds that the address tells, as they are written there.
fn told(call: &Call) -> Result<Vec<(&'static str, String)>, Problem> {
    let mut told: Vec<(&'static str, String)> = Vec::new();
    for (name, value) in form_urlencoded::parse(call.query.as_bytes()) {
        let known = THRESHOLD_KEYS.into_iter().find(|known| *known == name);
        let known = known.ok_or_else(|| Problem::parameter(&name, "means nothing here: leave it out"))?;
        if told.iter().any(|(said, _)| *said == known) {
            return Err(Problem::parameter(known, "is given twice: give it once"));
        }
        told.push((known, value.into_owned()));
    }
    Ok(told)
}

fn with(strategy: &Strategy, told: &[(&'static str, String)]) -> Result<GivenThresholds, Problem> {
    let mistaken =
        |at: &str, sentence: &str| Problem::unusable(at.trim_start_matches("/thresholds/"), sentence);
    let mut draft = Draft::of(strategy).map_err(|mistake| mistaken(&mistake.at, &mistake.sentence))?;
    for (name, value) in told {
        draft.write(&format!("/thresholds/{name}"), value);
    }
    match draft.read() {
        Ok(strategy) => Ok(strategy.thresholds),
        Err(mistakes) => Err(mistakes
            .first()
            .map_or_else(|| Problem::of(What::Invalid), |mistake| mistaken(&mistake.at, &mistake.sentence))),
    }
}

fn suggested(thresholds: Thresholds) -> Json {
    let Thresholds { current, potential, strategic_current, strategic_potential } = thresholds;
    json!({
        "current": euros(current),
        "potential": euros(potential),
        "strategic_current": euros(strategic_current),
        "strategic_potential": euros(strategic_potential),
    })
}

/// Each segment, and last those that are not assessed.
fn segments(preview: &Preview) -> Vec<Json> {
    let row = |segment: Option<Segment>| {
        let Holds { now, then } = preview.segments.get(&segment).copied().unwrap_or_default();
        json!({ "segment": segment.map(Segment::name), "now": sum(now), "then": sum(then) })
    };
    Segment::ALL.into_iter().map(Some).chain([None]).map(row).collect()
}

fn moved(((from, to), moved): (&Way, &Move)) -> Json {
    let largest: Vec<Json> = moved.largest.iter().map(account).collect();
    json!({
        "from": from.map(Segment::name),
        "to": to.map(Segment::name),
        "moved": sum(moved.sum),
        "largest": largest,
    })
}

fn account(placed: &Placed) -> Json {
    json!({
        "account": placed.account.0.to_string(),
        "current_value": euros(placed.current_value),
        "potential_value": placed.potential_value.map(euros),
    })
}

fn sum(sum: Sum) -> Json {
    json!({
        "accounts": sum.accounts,
        "current_value": euros(sum.current_value),
        "potential_value": euros(sum.potential_value),
    })
}

fn euros(money: Money) -> f64 {
    money.cents as f64 / 100.0
}
