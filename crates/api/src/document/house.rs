//! What the OpenAPI document says of the house: the company, the views that people keep, how they like it, who is invited,
//! tokens and sessions.

use super::{
    Has,
    acts::taken_back,
    answered_schema, body, reference, responses,
    schema::{Telling, object},
    with_tag,
};
use crate::{access, company, field::Field, preferences, problem::What, views};
use serde_json::{Map, Value as Json, json};

pub fn describe(paths: &mut Map<String, Json>) {
    let mut also = |address: &str, method: &str, operation: Json| {
        let path = paths.entry(address.to_owned()).or_insert_with(|| json!({}));
        path[method] = operation;
    };
    also("/saved-views", "post", kept_view());
    also("/saved-views/{id}", "patch", changed_view());
    also("/saved-views/{id}", "delete", removed_view());
    also("/invitations", "post", invitation());
    also("/invitations/{person}/withdrawal", "post", invitation_taken_back());
    let token = taken_back("withdraw_token", "tokens", "Take a token back; it may be the one that is sent");
    also("/tokens/{id}/withdrawal", "post", token);
    also("/sessions/{session}/withdrawal", "post", session_ended());
    also("/people/{person}/sessions/withdrawal", "post", sessions_ended());
    let likes = "how the person of the token likes to use Luotsi";
    let preferences = settings("preferences", likes, preferences::FIELDS, "For everybody.");
    paths.insert("/preferences".to_owned(), preferences);
    let company = settings("company", "the company's settings", company::FIELDS, "For administrators.");
    paths.insert("/company".to_owned(), company);
}

fn kept_view() -> Json {
    json!({
        "operationId": "keep_view",
        "tags": ["saved-views"],
        "summary": "Keep a view for the person of the token",
        "description": "Nobody has two of one name.",
        "parameters": [reference("parameters", "Idempotency-Key")],
        "requestBody": body(&object(views::FIELDS, Vec::new(), Telling::Whole)),
        "responses": responses(
            &[What::BadRequest, What::Running],
            Some(("201", answered_schema("The view."))),
            Has::Body,
        ),
    })
}

fn changed_view() -> Json {
    json!({
        "operationId": "change_view",
        "tags": ["saved-views"],
        "summary": "Give an own view another name, share it or take it back",
        "description": "Only what is told changes (RFC 7396).",
        "parameters": [reference("parameters", "If-Match")],
        "requestBody": body(&object(views::FIELDS, Vec::new(), Telling::Part)),
        "responses": responses(
            &[What::NotThere, What::BadRequest, What::NoVersion, What::Stale],
            Some(("200", with_tag(json!({
                "description": "The view.",
                "content": { "application/json": { "schema": reference("schemas", "saved-views") } },
            })))),
            Has::Body,
        ),
    })
}

fn removed_view() -> Json {
    json!({
        "operationId": "remove_view",
        "tags": ["saved-views"],
        "summary": "Remove an own view",
        "parameters": [reference("parameters", "If-Match")],
        "responses": responses(
            &[What::NotThere, What::BadRequest, What::NoVersion, What::Stale, What::Invalid],
            Some(("204", json!({ "description": "It is no longer kept." }))),
            Has::Reading,
        ),
    })
}

fn invitation() -> Json {
    json!({
        "operationId": "invite",
        "tags": ["invitations"],
        "summary": "Invite a person",
        "description": "Makes a link by which the person chooses a password; earlier links of theirs no longer work. Who \
            manages people is invited by a person in the settings, by no token.",
        "parameters": [reference("parameters", "Idempotency-Key")],
        "requestBody": body(&object(access::FIELDS, Vec::new(), Telling::Whole)),
        "responses": responses(
            &[What::NotThere, What::BadRequest, What::Running],
            Some(("201", json!({
                "description": "The link's address on this server, shown once: null when the request is sent again.",
                "content": { "application/json": { "schema": {
                    "type": "object",
                    "required": ["person", "link"],
                    "additionalProperties": false,
                    "properties": {
                        "person": { "type": "string", "format": "uuid" },
                        "link": { "type": ["string", "null"] },
                    },
                } } },
            }))),
            Has::Body,
        ),
    })
}

fn invitation_taken_back() -> Json {
    of_a_person("withdraw_invitation", "invitations", "Take the invitation of a person back")
}

fn sessions_ended() -> Json {
    let summary = "Log a person out of every browser: oneself, or whom one manages";
    of_a_person("log_out_everywhere", "sessions", summary)
}

/// What is done about a person and answers who it was.
fn of_a_person(operation: &str, tag: &str, summary: &str) -> Json {
    let parameters = [reference("parameters", "person"), reference("parameters", "Idempotency-Key")];
    json!({
        "operationId": operation,
        "tags": [tag],
        "summary": summary,
        "parameters": parameters,
        "responses": responses(
            &[What::NotThere, What::BadRequest, What::Invalid],
            Some(("200", json!({
                "description": "The person.",
                "content": { "application/json": { "schema": {
                    "type": "object",
                    "required": ["person"],
                    "additionalProperties": false,
                    "properties": { "person": { "type": "string", "format": "uuid" } },
                } } },
            }))),
            Has::Reading,
        ),
    })
}

fn session_ended() -> Json {
    json!({
        "operationId": "log_out",
        "tags": ["sessions"],
        "summary": "Log the person of the token out of one browser",
        "parameters": [reference("parameters", "session"), reference("parameters", "Idempotency-Key")],
        "responses": responses(
            &[What::NotThere, What::BadRequest, What::Invalid],
            Some(("200", json!({
                "description": "The session.",
                "content": { "application/json": { "schema": {
                    "type": "object",
                    "required": ["id"],
                    "additionalProperties": false,
                    "properties": { "id": { "type": "string" } },
                } } },
            }))),
            Has::Reading,
        ),
    })
}

/// What is read and changed whole: `GET` and `PATCH`.
fn settings(name: &str, of: &str, fields: &[Field], changed_by: &str) -> Json {
    let shown = || {
        with_tag(json!({
            "description": format!("The {name}."),
            "content": { "application/json": { "schema": object(fields, Vec::new(), Telling::Whole) } },
        }))
    };
    json!({
        "get": {
            "operationId": format!("get_{name}"),
            "tags": [name],
            "summary": format!("Get {of}"),
            "responses": responses(&[What::BadRequest], Some(("200", shown())), Has::Reading),
        },
        "patch": {
            "operationId": format!("change_{name}"),
            "tags": [name],
            "summary": format!("Change {of}"),
            "description": format!("Only what is told changes (RFC 7396). {changed_by}"),
            "parameters": [reference("parameters", "If-Match")],
            "requestBody": body(&object(fields, Vec::new(), Telling::Part)),
            "responses": responses(
                &[What::BadRequest, What::NoVersion, What::Stale],
                Some(("200", shown())),
                Has::Body,
            ),
        },
    })
}
