//! Who is let in: invitations of people, and the tokens and sessions of whoever asks. A program takes them back and makes
//! none.

use crate::{
    answers::person_of,
    call::{Call, answered, put},
    field::{Field, Input, Shape, needed},
    problem::{Problem, What},
};
use axum::{
    http::{StatusCode, header},
    response::Response,
};
use luotsi_app::{
    act::By,
    people::{access, edit, tokens},
};
use luotsi_core::people::PersonId;
use serde_json::json;
use uuid::Uuid;

pub static FIELDS: &[Field] = &[needed(
    "person",
    Shape::Name,
    "Who is invited, by our id or an external id; they need an email address.",
)];

/// Makes a link by which the person chooses a password; earlier links of theirs no longer work.
pub fn invite(call: &Call) -> Result<Response, Problem> {
    let key = call.to_do_once()?;
    let mut input = Input::whole(FIELDS, call.json()?)?;
    let person = person_of(call, &mut input, "person")?.unwrap_or(PersonId(Uuid::nil()));
    let Some(_in_use) = call.api.running.begin(call.by.person, &key.key) else {
        return Err(Problem::of(What::Running));
    };
    let by = call.by.clone().with_request(Some(key));
    let invite =
        |by: &By| edit::invite(&call.api.store, by, person).map_err(|error| error.told_of(|_| "person"));
    let secret = input.ask(&by, invite)?;
    let link = secret.map(|secret| format!("/login/{secret}"));
    let body = json!({ "person": person.0.to_string(), "link": link });
    let mut response = answered(StatusCode::CREATED, body.to_string());
    put(&mut response, header::CACHE_CONTROL, "no-store");
    put(&mut response, header::LOCATION, &format!("/api/v1/invitations/{}", person.0));
    Ok(response)
}

/// The link lets nobody in any more. What has been used or taken back already stays so.
pub fn take_invitation_back(call: &Call, person: &str) -> Result<Response, Problem> {
    let key = call.to_do_once()?;
    let person = Uuid::try_parse(person).map_err(|_| Problem::of(What::NotThere))?;
    edit::take_invitation_back(&call.api.store, &call.by.clone().with_request(Some(key)), PersonId(person))?;
    Ok(answered(StatusCode::OK, json!({ "person": person.to_string() }).to_string()))
}

/// The token lets nobody in any more, be it the one that is sent.
pub fn revoke_token(call: &Call, id: &str) -> Result<Response, Problem> {
    let key = call.to_do_once()?;
    let id = Uuid::try_parse(id).map_err(|_| Problem::of(What::NotThere))?;
    tokens::revoke(&call.api.store, &call.by.clone().with_request(Some(key)), id)?;
    Ok(answered(StatusCode::OK, json!({ "id": id.to_string() }).to_string()))
}

/// Logs the person of the token out of one browser.
pub fn end_session(call: &Call, session: &str) -> Result<Response, Problem> {
    let key = call.to_do_once()?;
    access::end_session(&call.api.store, &call.by.clone().with_request(Some(key)), session)?;
    Ok(answered(StatusCode::OK, json!({ "id": session }).to_string()))
}

/// Logs a person out of every browser: oneself, or whom one manages.
pub fn end_sessions(call: &Call, person: &str) -> Result<Response, Problem> {
    let key = call.to_do_once()?;
    let person = Uuid::try_parse(person).map_err(|_| Problem::of(What::NotThere))?;
    let by = call.by.clone().with_request(Some(key));
    access::end_sessions(&call.api.store, &by, PersonId(person), "")?;
    Ok(answered(StatusCode::OK, json!({ "person": person.to_string() }).to_string()))
}
