//! Views of the list of accounts, as people keep and share them on its page.

use crate::{
    call::{Call, answered, put},
    field::{Field, Given, Input, Shape, needed, optional},
    problem::{Problem, What},
    reading,
};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use luotsi_app::{
    act::CHANGED,
    people::view::{self as keeping, NAME_MAX, Told},
};
use luotsi_store::{
    Reader,
    listing::SAVED_VIEWS,
    people::view::{ACCOUNTS, one},
};
use uuid::Uuid;

pub static FIELDS: &[Field] = &[
    Field {
        is_fixed: true,
        ..needed(
            "query",
            Shape::Query,
            "The query of the list's address, as a page shows it: `scope=all&sort=name`.",
        )
    },
    needed("name", Shape::Title { most: NAME_MAX }, "What it is called."),
    optional("shared", Shape::Truth, "Whether others see it too; false unless told."),
];

/// Keeps a view for the person of the token.
pub fn create(call: &Call) -> Result<Response, Problem> {
    let key = call.to_do_once()?;
    let input = Input::whole(FIELDS, call.json()?)?;
    let told = Told { name: input.needed("name"), is_shared: input.truth("shared").unwrap_or(false) };
    let Some(_in_use) = call.api.running.begin(call.by.person, &key.key) else {
        return Err(Problem::of(What::Running));
    };
    let by = call.by.clone().with_request(Some(key));
    let id =
        input.ask(&by, |by| keeping::keep(&call.api.store, by, ACCOUNTS, input.needed("query"), &told))?;
    let mut response = answered(StatusCode::CREATED, format!("{{\"id\":\"{id}\"}}"));
    put(&mut response, header::LOCATION, &format!("/api/v1/saved-views/{id}"));
    Ok(response)
}

/// Gives an own view another name, shares it or takes it back.
pub fn change(call: &Call, id: &str) -> Result<Response, Problem> {
    let tag = call.to_change()?;
    let part = Input::part(FIELDS, call.json()?)?;
    let id = Uuid::try_parse(id).map_err(|_| Problem::of(What::NotThere))?;
    let view = call.reading(|reader, _| Ok(one(reader, id)?))?.ok_or(Problem::of(What::NotThere))?;
    let shared = part.given.get("shared");
    let told = Told {
        name: part.text("name").unwrap_or(view.name),
        is_shared: shared.map_or(view.is_shared, |shared| *shared == Given::Truth(true)),
    };
    let by = call.by.clone().with_request(call.once()?);
    let version = version_seen(call, id, &tag)?;
    part.ask(&by, |by| keeping::change(&call.api.store, by, ACCOUNTS, id, &version, &told))?;
    let shown = call.reading(|reader, _| shown(reader, call, id))?;
    let (json, tag) = shown.ok_or(Problem::of(What::NotThere))?;
    call.tagged(StatusCode::OK, json, &tag)
}

/// Removes an own view.
pub fn remove(call: &Call, id: &str) -> Result<Response, Problem> {
    let tag = call.to_change()?;
    let id = Uuid::try_parse(id).map_err(|_| Problem::of(What::NotThere))?;
    let by = call.by.clone().with_request(call.once()?);
    keeping::remove(&call.api.store, &by, id, &version_seen(call, id, &tag)?)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// By which a change knows whether the view still is as it was when it had this tag.
fn version_seen(call: &Call, id: Uuid, tag: &str) -> Result<String, Problem> {
    call.reading(|reader, _| {
        let now = shown(reader, call, id)?.filter(|(_, now)| now == tag);
        let view = if now.is_some() { one(reader, id)? } else { None };
        Ok(view.as_ref().map_or_else(|| CHANGED.to_owned(), keeping::version_of))
    })
}

fn shown(reader: &Reader<'_>, call: &Call, id: Uuid) -> Result<Option<(String, String)>, Problem> {
    reading::shown(reader, call, &SAVED_VIEWS, &[("id", id.into())])
}
