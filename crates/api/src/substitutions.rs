//! Who stands in for whom, as people tell it on their page.

use crate::{
    answers::person_of,
    call::{Call, answered, put},
    field::{Field, Given, Input, Shape, needed, optional},
    problem::{Problem, What},
};
use axum::{
    http::{StatusCode, header},
    response::Response,
};
use luotsi_app::people::substitution::{appoint, call_off};
use luotsi_core::people::substitution::Wish;
use luotsi_store::people::substitution::person_stood_in_for;
use uuid::Uuid;

pub static FIELDS: &[Field] = &[
    optional(
        "person",
        Shape::Name,
        "Who is away, by our id or an external id; the person of the token unless told.",
    ),
    needed("substitute", Shape::Name, "Who has their proposals meanwhile, by our id or an external id."),
    optional("from", Shape::Day, "The first day; today unless told."),
    needed("until", Shape::Day, "The last day."),
];

pub fn create(call: &Call) -> Result<Response, Problem> {
    let key = call.to_do_once()?;
    let mut input = Input::whole(FIELDS, call.json()?)?;
    input.put_if_absent("person", Given::Text(call.by.person.0.to_string()));
    input.put_if_absent("from", Given::Day(call.by.today));
    let wish = Wish {
        person: person_of(call, &mut input, "person")?,
        substitute: person_of(call, &mut input, "substitute")?,
        from: input.day("from"),
        until: input.day("until"),
    };
    let Some(_in_use) = call.api.running.begin(call.by.person, &key.key) else {
        return Err(Problem::of(What::Running));
    };
    let by = call.by.clone().with_request(Some(key));
    let id = input.ask(&by, |by| appoint(&call.api.store, by, wish))?;
    let mut response = answered(StatusCode::CREATED, format!("{{\"id\":\"{id}\"}}"));
    put(&mut response, header::LOCATION, &format!("/api/v1/substitutions/{id}"));
    Ok(response)
}

/// It holds no longer. What has been called off already stays so.
pub fn withdraw(call: &Call, id: &str) -> Result<Response, Problem> {
    let key = call.to_do_once()?;
    let id = Uuid::try_parse(id).map_err(|_| Problem::of(What::NotThere))?;
    let person = call.reading(|reader, _| Ok(person_stood_in_for(reader, id)?))?;
    let person = person.ok_or(Problem::of(What::NotThere))?;
    call_off(&call.api.store, &call.by.clone().with_request(Some(key)), person, id)?;
    Ok(answered(StatusCode::OK, format!("{{\"id\":\"{id}\"}}")))
}
