//! What the OpenAPI document says of the house: the company, the views that people keep, who is invited, and tokens.

use super::{
    Has, answered_schema, body, reference, responses,
    schema::{Telling, object},
    taken_back, with_tag,
};
use crate::{access, company, problem::What, views};
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
    let parameters = [reference("parameters", "person"), reference("parameters", "Idempotency-Key")];
    json!({
        "operationId": "withdraw_invitation",
        "tags": ["invitations"],
        "summary": "Take the invitation of a person back",
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
