//! What the company has decided: read whole, and decided on whole.

use crate::{
    call::Call,
    problem::{Problem, What},
};
use axum::{http::StatusCode, response::Response};
use luotsi_app::{
    exchange::tag,
    strategy::{Decided, Draft, Mistake, decide, print, versions},
};
use luotsi_core::{strategy::Strategy, units::Day};
use luotsi_store::{Reader, strategy::newest_number};
use serde_json::{Map, Value as Json, json};

/// `GET /strategy`: the one in force, in the words in which it is set.
pub fn read(call: &Call) -> Result<Response, Problem> {
    call.no_parameters()?;
    let (body, tag) = call.reading(|reader, _| shown(reader, call.by.today))?;
    call.tagged(StatusCode::OK, body, &tag)
}

/// `PUT /strategy`: from its start day on, the strategy told holds. What is left out has Luotsi's own value.
pub fn put(call: &Call) -> Result<Response, Problem> {
    let expected = call.to_change()?;
    let told = told(call.json()?)?;
    let (number, now) = call.reading(|reader, _| {
        let number = newest_number(reader)?;
        Ok((number, version_tag(number, call.by.today)))
    })?;
    let by = call.by.clone().with_request(call.once()?);
    // What was read before cannot be what is newest now: such a number is never reached.
    let drawn_from = if expected == now { number } else { -1 };
    let Told { strategy, from, why } = told;
    decide(&call.api.store, &by, Decided { drawn_from, from, strategy, why })?;
    call.api.look_soon();
    let (body, tag) = call.reading(|reader, _| shown(reader, call.by.today))?;
    call.tagged(StatusCode::OK, body, &tag)
}

struct Told {
    strategy: Strategy,
    from: Option<Day>,
    why: String,
}

fn told(body: Json) -> Result<Told, Problem> {
    let wrong = |pointer: &str, sentence: &str| (pointer.to_owned(), sentence.to_owned());
    let Json::Object(mut body) = body else {
        return Err(Problem::invalid(vec![wrong("", "is not an object: write { \"strategy\": { ... } }")]));
    };
    let mut errors = Vec::new();
    let strategy = match body.remove("strategy") {
        Some(Json::Object(strategy)) => read_strategy(strategy, &mut errors),
        Some(_) => {
            errors.push(wrong("/strategy", "is not an object"));
            None
        }
        None => {
            errors.push(wrong("/strategy", "is missing: give a value"));
            None
        }
    };
    let from = match body.remove("from") {
        None | Some(Json::Null) => None,
        Some(from) => {
            let day = from.as_str().and_then(Day::parse).filter(|day| *day < Day::MAX);
            if day.is_none() {
                errors.push(wrong("/from", "is not a day: write it as 2026-11-22"));
            }
            day
        }
    };
    let why = match body.remove("why") {
        None | Some(Json::Null) => String::new(),
        Some(Json::String(why)) => why,
        Some(_) => {
            errors.push(wrong("/why", "is not text"));
            String::new()
        }
    };
    errors.extend(body.keys().map(|name| wrong(&format!("/{name}"), "is not known here: leave it out")));
    match strategy {
        Some(strategy) if errors.is_empty() => Ok(Told { strategy, from, why }),
        Some(_) | None => Err(Problem::invalid(errors)),
    }
}

fn read_strategy(told: Map<String, Json>, errors: &mut Vec<(String, String)>) -> Option<Strategy> {
    if told.contains_key("from") {
        errors.push(("/strategy/from".to_owned(), "stands beside the strategy, not in it".to_owned()));
    }
    match Draft::told(told).read() {
        Ok(strategy) => Some(strategy),
        Err(mistakes) => {
            errors.extend(mistakes.into_iter().map(pointed));
            None
        }
    }
}

fn pointed(mistake: Mistake) -> (String, String) {
    (format!("/strategy{}", mistake.at), mistake.sentence)
}

/// The strategy of the day.
pub fn in_force(reader: &Reader<'_>, today: Day) -> Result<Strategy, Problem> {
    Ok(versions(reader).map_err(unreadable)?.on(today).clone())
}

fn unreadable(error: impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "the strategy cannot be read");
    Problem::of(What::Failed)
}

fn shown(reader: &Reader<'_>, today: Day) -> Result<(String, String), Problem> {
    let versions = versions(reader).map_err(unreadable)?;
    let starts: Vec<String> = versions.all().map(|version| version.from.to_string()).collect();
    let in_force = versions.on(today);
    let strategy = Draft::of(in_force).map_err(|mistake| unreadable(mistake.sentence))?.shown();
    let toml = print(in_force, None);
    let body =
        json!({ "on": today.to_string(), "strategy": strategy, "toml": toml, "versions_from": starts });
    Ok((body.to_string(), version_tag(newest_number(reader)?, today)))
}

/// Another one after each decision, and on each day: another version may be in force.
fn version_tag(number: i64, today: Day) -> String {
    tag(&format!("{number} {today}"))
}
