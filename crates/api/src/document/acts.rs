//! What the OpenAPI document says of what is done and taken back: answers, activities, substitutes, changes of many.

use super::{
    Has, answered_schema, body, ended, reference, responses,
    schema::{Telling, object},
};
use crate::{
    answers::{WAYS, Way},
    many,
    problem::What,
    substitutions,
};
use luotsi_app::{
    exchange::Ending,
    many::{Became, MANY_MAX as CHANGED_MAX},
};
use luotsi_store::many::PartOutcome;
use serde_json::{Map, Value as Json, json};

pub fn describe(paths: &mut Map<String, Json>) {
    let mut also = |address: &str, operation: Json| {
        let path = paths.entry(address.to_owned()).or_insert_with(|| json!({}));
        path["post"] = operation;
    };
    for way in WAYS {
        also(&format!("/proposals/{{id}}/{}", way.name), answer(way));
    }
    also("/answers/{id}/withdrawal", withdrawal());
    also("/accounts/{account}/activities/{id}/withdrawal", activity_taken_back());
    also("/substitutions", appointment());
    let called_off = taken_back("call_off_substitution", "substitutions", "Call a substitution off");
    also("/substitutions/{id}/withdrawal", called_off);
    for way in many::WAYS {
        also(way.address, change_many(way));
    }
    also("/changes/{id}/withdrawal", many_back());
}

/// Told of answers and of changes of many.
const FOLLOWS: &str =
    "What follows from it can be read once the request is answered, unless very much is changed just then.";

fn answer(way: &Way) -> Json {
    json!({
        "operationId": format!("give_{}", way.name),
        "tags": ["proposals"],
        "summary": format!("Answer a proposal: {}", way.name),
        "description": format!("{} {FOLLOWS}", way.says),
        "parameters": [reference("parameters", "id"), reference("parameters", "Idempotency-Key")],
        "requestBody": body(&object(way.fields, Vec::new(), Telling::Whole)),
        "responses": responses(
            &[What::NotThere, What::BadRequest, What::Running, What::Stale],
            Some(("201", answered_schema("The answer."))),
            Has::Body,
        ),
    })
}

fn withdrawal() -> Json {
    taken_back("withdraw_answer", "proposals", "Take an answer back, with what was planned or recorded by it")
}

/// A `POST` without a body that ends what was done by another, and may be sent twice.
pub fn taken_back(operation: &str, tag: &str, summary: &str) -> Json {
    json!({
        "operationId": operation,
        "tags": [tag],
        "summary": summary,
        "parameters": [reference("parameters", "id"), reference("parameters", "Idempotency-Key")],
        "responses": responses(
            &[What::NotThere, What::BadRequest, What::Invalid, What::Stale],
            Some(("200", answered_schema("Its id."))),
            Has::Reading,
        ),
    })
}

fn activity_taken_back() -> Json {
    let mut operation = taken_back("withdraw_activity", "activities", "Take an activity back");
    let says = format!("{} The answer that said it was done is taken back with it.", ended(Ending::Activity));
    operation["description"] = says.into();
    let parameters = ["account", "id", "If-Match", "Idempotency-Key"];
    operation["parameters"] = parameters.map(|name| reference("parameters", name)).to_vec().into();
    operation["responses"]["428"] = reference("responses", "428");
    operation
}

fn change_many(way: &many::Way) -> Json {
    let id = || json!({ "type": "string", "format": "uuid" });
    let mut told = object(way.fields, Vec::new(), Telling::Whole);
    told["properties"][way.of] = json!({
        "type": "array", "items": id(), "minItems": 1, "maxItems": CHANGED_MAX,
        "description": "By our ids; one that is there twice counts once.",
    });
    if let Some(required) = told["required"].as_array_mut() {
        required.push(way.of.into());
    }
    json!({
        "operationId": way.address.trim_start_matches('/').replace('/', "_"),
        "tags": ["changes"],
        "summary": format!("Change many {} at once", way.of),
        "description": format!("{} Each is decided on by itself. {FOLLOWS}", way.says),
        "parameters": [reference("parameters", "Idempotency-Key")],
        "requestBody": body(&told),
        "responses": responses(&[What::BadRequest, What::Running], Some(("200", json!({
            "description": "The change by which it is taken back, if anything changed, and what became of each.",
            "content": { "application/json": { "schema": {
                "type": "object",
                "required": ["id", "results"],
                "additionalProperties": false,
                "properties": {
                    "id": { "type": ["string", "null"], "format": "uuid" },
                    "results": { "type": "array", "minItems": 1, "maxItems": CHANGED_MAX, "items": {
                        "type": "object",
                        "required": ["id", "became"],
                        "additionalProperties": false,
                        "properties": { "id": id(), "became": { "enum": Became::ALL.map(Became::name) } },
                    } },
                },
            } } },
        }))), Has::Body),
    })
}

fn many_back() -> Json {
    let names = PartOutcome::ALL.map(PartOutcome::name).into_iter().chain([many::LEFT]);
    let names: Vec<&str> = names.collect();
    let mut properties: Map<String, Json> =
        names.iter().map(|name| ((*name).to_owned(), json!({ "type": "integer", "minimum": 0 }))).collect();
    properties.insert("id".to_owned(), json!({ "type": "string", "format": "uuid" }));
    let required: Vec<&str> = names.iter().copied().chain(["id"]).collect();
    json!({
        "operationId": "withdraw_change",
        "tags": ["changes"],
        "summary": "Take a change of many back",
        "description": "Each account or proposal is again what it was, unless somebody has changed it since. Whoever made \
            the change may on the same day, whoever answers for an account on any.",
        "parameters": [reference("parameters", "id"), reference("parameters", "Idempotency-Key")],
        "responses": responses(
            &[What::NotThere, What::BadRequest, What::Running, What::Invalid, What::Stale],
            Some(("200", json!({
                "description": "How many came to what, this time and before; `left` are for others to take back.",
                "content": { "application/json": { "schema": {
                    "type": "object", "required": required, "additionalProperties": false, "properties": properties,
                } } },
            }))),
            Has::Reading,
        ),
    })
}

fn appointment() -> Json {
    json!({
        "operationId": "appoint_substitute",
        "tags": ["substitutions"],
        "summary": "Have somebody stand in",
        "description": "From the first day to the last, the substitute has the proposals of whoever is away. Nobody is stood in for by two on one day.",
        "parameters": [reference("parameters", "Idempotency-Key")],
        "requestBody": body(&object(substitutions::FIELDS, Vec::new(), Telling::Whole)),
        "responses": responses(
            &[What::NotThere, What::BadRequest, What::Running],
            Some(("201", answered_schema("The substitution."))),
            Has::Body,
        ),
    })
}
