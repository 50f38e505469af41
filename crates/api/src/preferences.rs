//! How the person of the token likes to use Luotsi.

use crate::{
    call::Call,
    field::{Field, Given, Input, Shape, optional},
    problem::Problem,
};
use axum::{http::StatusCode, response::Response};
use luotsi_app::{
    act::CHANGED,
    exchange::tag,
    people::{
        access::{self, DAY_MINUTES},
        company::LANGUAGES,
    },
};
use luotsi_store::people::preference::{self, Preference};
use serde_json::json;

pub static FIELDS: &[Field] = &[
    optional(
        "language",
        Shape::Choice(|| LANGUAGES.to_vec()),
        "Of the pages; null: what the browser asks for.",
    ),
    optional(
        "day_minutes",
        Shape::Whole { least: DAY_MINUTES.0, most: DAY_MINUTES.1 },
        "Minutes for customers on a working day; null: as the company has it.",
    ),
    optional("keys", Shape::Truth, "Whether single keys do something on pages; true unless told."),
];

/// `GET /preferences`
pub fn read(call: &Call) -> Result<Response, Problem> {
    call.no_parameters()?;
    let (_, json, tag) = shown(call)?;
    call.tagged(StatusCode::OK, json, &tag)
}

/// `PATCH /preferences`: only what is told changes.
pub fn change(call: &Call) -> Result<Response, Problem> {
    let expected = call.to_change()?;
    let part = Input::part(FIELDS, call.json()?)?;
    let (before, _, now) = shown(call)?;
    // By what was read now the change knows whether it still is so.
    let version = if expected == now { access::version_of(&before) } else { CHANGED.to_owned() };
    let by = call.by.clone().with_request(call.once()?);
    access::prefer_instead(&call.api.store, &by, &version, told(&part, before))?;
    let (_, json, tag) = shown(call)?;
    call.tagged(StatusCode::OK, json, &tag)
}

fn told(part: &Input, before: Preference) -> Preference {
    let is_told = |name: &str| part.given.contains_key(name);
    Preference {
        language: if is_told("language") { part.text("language") } else { before.language },
        day_minutes: match is_told("day_minutes") {
            true => part.whole_number("day_minutes").map(|minutes| minutes as u32),
            false => before.day_minutes,
        },
        has_keys: part.given.get("keys").map_or(before.has_keys, |keys| *keys != Given::Truth(false)),
    }
}

fn shown(call: &Call) -> Result<(Preference, String, String), Problem> {
    let preference = call.reading(|reader, viewer| Ok(preference::of(reader, viewer.person)?))?;
    let json = json!({
        "language": preference.language,
        "day_minutes": preference.day_minutes,
        "keys": preference.has_keys,
    });
    let json = json.to_string();
    let tag = tag(&json);
    Ok((preference, json, tag))
}
