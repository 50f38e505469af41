//! The strategy in the OpenAPI document.

use super::{Has, body, query, reference, responses, with_tag};
use crate::problem::What;
use luotsi_app::strategy::THRESHOLD_KEYS;
use luotsi_core::{
    activity::ActivityKind,
    people::Role,
    segmentation::LARGEST_MAX,
    strategy::{Exposures, Measure, Segment},
};
use serde_json::{Map, Value as Json, json};

pub fn described() -> Json {
    json!({ "get": get(), "put": put() })
}

fn get() -> Json {
    json!({
        "operationId": "get_strategy",
        "tags": ["strategy"],
        "summary": "The strategy in force",
        "description": "Measure, margins, thresholds, care models, exposures and calendar; the same as TOML.",
        "responses": responses(&[What::BadRequest], Some(("200", shown())), Has::Reading),
    })
}

fn put() -> Json {
    json!({
        "operationId": "put_strategy",
        "tags": ["strategy"],
        "summary": "Decide on the strategy",
        "description": "From its start day on the strategy told holds, and all accounts are looked at anew soon. What is \
    left out has Luotsi's own value: read the strategy first and send it back changed. A strategic threshold is not below the \
    ordinary one. For process owners and administrators.",
        "parameters": [reference("parameters", "If-Match")],
        "requestBody": body(&json!({
            "type": "object",
            "additionalProperties": false,
            "required": ["strategy"],
            "properties": {
                "strategy": schema(),
                "from": {
                    "type": ["string", "null"],
                    "format": "date",
                    "description": "The first day on which it holds; null: from today on.",
                },
                "why": { "type": ["string", "null"] },
            },
        })),
        "responses": responses(
            &[What::BadRequest, What::Stale, What::NoVersion],
            Some(("200", shown())),
            Has::Body,
        ),
    })
}

pub fn previewed() -> Json {
    let threshold = |name: &&str| {
        let says = format!("`{name}` of the thresholds; left out, it stays as it is.");
        query(name, &says, euros(1_000_000_000_000))
    };
    json!({ "get": {
        "operationId": "preview_thresholds",
        "tags": ["strategy"],
        "summary": "What other thresholds would make of the base",
        "description": "As of the last watch: what each segment holds and would hold, who would move, and the thresholds that \
    fit the base. `segments` and `moves` are null while a threshold is missing; a `segment` of null is not assessed. A strategic \
    threshold is not below the ordinary one.",
        "parameters": THRESHOLD_KEYS.iter().map(threshold).collect::<Vec<_>>(),
        "responses": responses(
            &[What::BadRequest, What::Invalid],
            Some(("200", with_tag(json!({
                "description": "The base as it would be.",
                "content": { "application/json": { "schema": preview() } },
            })))),
            Has::Reading,
        ),
    } })
}

fn preview() -> Json {
    let amount = || json!({ "type": "number" });
    let segment = || json!({ "enum": Segment::ALL.map(|segment| Some(segment.name())).into_iter().chain([None]).collect::<Vec<_>>() });
    let sum = || {
        whole_object(&[
            ("accounts", json!({ "type": "integer" })),
            ("current_value", amount()),
            ("potential_value", amount()),
        ])
    };
    let account = whole_object(&[
        ("account", json!({ "type": "string", "format": "uuid" })),
        ("current_value", amount()),
        ("potential_value", json!({ "type": ["number", "null"] })),
    ]);
    let mut suggested = whole_object(&THRESHOLD_KEYS.map(|name| (name, amount())));
    suggested["type"] = json!(["object", "null"]);
    let list = |items: Json| json!({ "type": ["array", "null"], "items": items });
    let segments = list(whole_object(&[("segment", segment()), ("now", sum()), ("then", sum())]));
    let largest = json!({ "type": "array", "maxItems": LARGEST_MAX, "items": account });
    let moves =
        list(whole_object(&[("from", segment()), ("to", segment()), ("moved", sum()), ("largest", largest)]));
    whole_object(&[
        ("on", json!({ "type": "string", "format": "date" })),
        ("suggested", suggested),
        ("segments", segments),
        ("moves", moves),
    ])
}

/// With all of its properties.
fn whole_object(properties: &[(&str, Json)]) -> Json {
    let mut whole = object(properties);
    whole["required"] = properties.iter().map(|(name, _)| *name).collect();
    whole
}

fn shown() -> Json {
    with_tag(json!({
        "description": "The version in force, and the first days of all versions.",
        "content": { "application/json": { "schema": {
            "type": "object",
            "required": ["on", "strategy", "toml", "versions_from"],
            "properties": {
                "on": { "type": "string", "format": "date" },
                "strategy": schema(),
                "toml": { "type": "string" },
                "versions_from": { "type": "array", "items": { "type": "string" } },
            },
        } } },
    }))
}

fn schema() -> Json {
    object(&[
        ("measure", json!({ "enum": Measure::ALL.map(Measure::name) })),
        ("default_margin", share()),
        ("hysteresis", share()),
        ("likelihood_prior", share()),
        ("day_minutes", whole(1, 1440)),
        ("customer_hours", whole(1, 8784)),
        ("days_off", json!({ "type": "array", "items": { "type": "string", "format": "date" } })),
        ("costs", same(std::iter::once("default_hourly").chain(Role::ALL.map(Role::name)), &euros(10_000))),
        ("ability_weights", ability_weights()),
        ("thresholds", same(THRESHOLD_KEYS, &euros(1_000_000_000_000))),
        ("exposures", same(Exposures::NAMES, &share())),
        (
            "care_model",
            json!({
                "type": "array",
                "maxItems": Segment::ALL.len(),
                "uniqueItems": true,
                "items": care_model(),
                "description": "One of each segment at most.",
            }),
        ),
    ])
}

/// One at least weighs something.
fn ability_weights() -> Json {
    const SCORES: [&str; 4] = ["people", "offering", "processes", "relationship"];
    let nothing: Map<String, Json> =
        SCORES.map(|score| (score.to_owned(), json!({ "const": 0 }))).into_iter().collect();
    let mut weights = same(SCORES, &whole(0, 1000));
    weights["not"] = json!({ "required": SCORES, "properties": nothing });
    weights
}

fn care_model() -> Json {
    let mut model = object(&[
        ("segment", json!({ "enum": Segment::ALL.map(Segment::name) })),
        ("silence_days", whole(1, 3650)),
        ("line", care_lines()),
    ]);
    model["required"] = json!(["segment"]);
    model
}

fn care_lines() -> Json {
    json!({
        "type": "array",
        "maxItems": 50,
        "uniqueItems": true,
        "items": care_line(),
        "description": "Each has a name of its own, one without is named after its first kind; of the lines that are for \
    entering one at most is of contacts.",
    })
}

/// Either so many times a year, or so many times on entering the segment.
fn care_line() -> Json {
    let answering: Vec<&str> = std::iter::once("owner").chain(Role::ALL.map(Role::name)).collect();
    let kinds = json!({ "enum": ActivityKind::ALL.map(ActivityKind::name) });
    let agenda = json!({
        "type": "string",
        "maxLength": 10_000,
        "pattern": "^[^\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f]*$",
    });
    let mut entering = object(&[("times", whole(1, 100)), ("within", whole(1, 250))]);
    entering["required"] = json!(["times", "within"]);
    let mut line = object(&[
        ("name", json!({ "type": "string", "pattern": "^[a-z0-9_]{1,60}$" })),
        ("kinds", json!({ "type": "array", "minItems": 1, "uniqueItems": true, "items": kinds })),
        ("per_year", whole(1, 365)),
        ("after", whole(0, 250)),
        ("entering", entering),
        ("answering", json!({ "enum": answering })),
        ("minutes", whole(1, 1440)),
        ("agenda", agenda),
    ]);
    line["required"] = json!(["kinds", "minutes"]);
    line["oneOf"] = json!([
        { "required": ["per_year"], "not": { "required": ["entering"] } },
        {
            "required": ["entering"],
            "not": { "anyOf": [{ "required": ["per_year"] }, { "required": ["after"] }] },
        },
    ]);
    line
}

fn object(properties: &[(&str, Json)]) -> Json {
    let properties: Map<String, Json> =
        properties.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

/// All of the same kind.
fn same<'a>(names: impl IntoIterator<Item = &'a str>, schema: &Json) -> Json {
    let properties: Vec<(&str, Json)> = names.into_iter().map(|name| (name, schema.clone())).collect();
    object(&properties)
}

fn share() -> Json {
    json!({ "type": "number", "minimum": 0, "maximum": 1, "description": "A part of 1, six decimals at most." })
}

fn euros(most: i64) -> Json {
    json!({ "type": "number", "minimum": 0, "maximum": most, "description": "Euros, two decimals at most." })
}

fn whole(least: i64, most: i64) -> Json {
    json!({ "type": "integer", "minimum": least, "maximum": most })
}
