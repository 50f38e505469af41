//! What the OpenAPI document says of the house: the company, the views that people keep, how they like it, who is invited,
//! tokens and sessions.

use super::{
    Has, answered_schema, body, reference, responses,
    schema::{Telling, object},
    taken_back, with_tag,
};
use crate::{access, company, preferences, problem::What, views};
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
    also("/preferences", "get", preferences_read());
    also("/preferences", "patch", preferences_changed());
    also("/company", "get", company_read());
    also("/company", "patch", company_changed());
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

fn preferences_read() -> Json {
    json!({
        "operationId": "get_preferences",
        "tags": ["preferences"],
        "summary": "Get how the person of the token likes to use Luotsi",
        "responses": responses(&[What::BadRequest], Some(("200", preferences_shown())), Has::Reading),
    })
}

fn preferences_changed() -> Json {
    json!({
        "operationId": "change_preferences",
        "tags": ["preferences"],
        "summary": "Change how the person of the token likes to use Luotsi",
        "description": "Only what is told changes (RFC 7396).",
        "parameters": [reference("parameters", "If-Match")],
        "requestBody": body(&object(preferences::FIELDS, Vec::new(), Telling::Part)),
        "responses": responses(
            &[What::BadRequest, What::NoVersion, What::Stale],
            Some(("200", preferences_shown())),
            Has::Body,
        ),
    })
}

fn preferences_shown() -> Json {
    with_tag(json!({
        "description": "The preferences.",
        "content": { "application/json": { "schema": object(preferences::FIELDS, Vec::new(), Telling::Whole) } },
    }))
}

fn company_read() -> Json {
    json!({
        "operationId": "get_company",
        "tags": ["company"],
        "summary": "Get the company's settings",
        "responses": responses(&[What::BadRequest], Some(("200", company_shown())), Has::Reading),
    })
}

fn company_changed() -> Json {
    json!({
        "operationId": "change_company",
        "tags": ["company"],
        "summary": "Change the company's settings",
        "description": "Only what is told changes (RFC 7396). For administrators.",
        "parameters": [reference("parameters", "If-Match")],
        "requestBody": body(&object(company::FIELDS, Vec::new(), Telling::Part)),
        "responses": responses(
            &[What::BadRequest, What::NoVersion, What::Stale],
            Some(("200", company_shown())),
            Has::Body,
        ),
    })
}

fn company_shown() -> Json {
    with_tag(json!({
        "description": "The company.",
        "content": { "application/json": { "schema": object(company::FIELDS, Vec::new(), Telling::Whole) } },
    }))
}
