//! The company's own settings: everybody's programs read them, since amounts are in its currency and days are its days.

use crate::{
    call::Call,
    field::{Field, Input, Shape, needed},
    problem::Problem,
};
use axum::{http::StatusCode, response::Response};
use luotsi_app::{
    act::CHANGED,
    exchange::tag,
    people::company::{self, CURRENCIES, LANGUAGES, Told},
};
use luotsi_store::people::{self, CompanySettings};
use serde_json::json;

pub static FIELDS: &[Field] = &[
    needed("name", Shape::Line, "What the company is called."),
    needed("language", Shape::Choice(|| LANGUAGES.to_vec()), "Of what nobody has chosen a language for."),
    needed(
        "time_zone",
        Shape::Line,
        "By its name in the IANA database, `Europe/Helsinki`: it says which day it is.",
    ),
    needed(
        "currency",
        Shape::Choice(|| CURRENCIES.to_vec()),
        "Of every amount, by ISO 4217; nothing is converted.",
    ),
];

/// `GET /company`
pub fn read(call: &Call) -> Result<Response, Problem> {
    call.no_parameters()?;
    let (_, json, tag) = shown(call)?;
    call.tagged(StatusCode::OK, json, &tag)
}

/// `PATCH /company`: only what is told changes.
pub fn change(call: &Call) -> Result<Response, Problem> {
    let expected = call.to_change()?;
    let part = Input::part(FIELDS, call.json()?)?;
    let (before, _, now) = shown(call)?;
    // By what was read now the change knows whether it still is so.
    let version = if expected == now { company::version_of(&before) } else { CHANGED.to_owned() };
    let told = Told {
        name: part.text("name").unwrap_or(before.name),
        language: part.text("language").unwrap_or(before.language),
        time_zone: part.text("time_zone").unwrap_or(before.time_zone),
        currency: part.text("currency").unwrap_or(before.currency),
    };
    company::change(&call.api.store, &call.by.clone().with_request(call.once()?), &version, &told)?;
    let (_, json, tag) = shown(call)?;
    call.tagged(StatusCode::OK, json, &tag)
}

fn shown(call: &Call) -> Result<(CompanySettings, String, String), Problem> {
    let company = call.reading(|reader, _| Ok(people::company(reader)?))?;
    let json = json!({
        "name": company.name,
        "language": company.language,
        "time_zone": company.time_zone,
        "currency": company.currency,
    });
    let json = json.to_string();
    let tag = tag(&json);
    Ok((company, json, tag))
}
