//! What there is one of: everybody reads it whole, and whoever has read it changes a part.

use crate::{
    call::Call,
    field::{Field, Input},
    problem::Problem,
};
use axum::{http::StatusCode, response::Response};
use luotsi_app::{
    act::{ActError, By, CHANGED},
    exchange::tag,
};
use luotsi_core::people::policy::Viewer;
use luotsi_store::{Reader, Store, StoreError};
use serde_json::Value as Json;

pub trait Setting: Sized {
    fn fields() -> &'static [Field];

    fn of(reader: &Reader<'_>, viewer: &Viewer) -> Result<Self, StoreError>;

    fn json(&self) -> Json;

    /// By which a change knows whether it still is so.
    fn version(&self) -> String;

    /// What it is to be: what is not told stays.
    fn with(self, part: &Input) -> Self;

    /// Makes it so unless its version is another by now.
    fn keep(self, store: &Store, by: &By, version: &str) -> Result<(), ActError>;
}

/// `GET`
pub fn read<S: Setting>(call: &Call) -> Result<Response, Problem> {
    call.no_parameters()?;
    let (_, json, tag) = shown::<S>(call)?;
    call.tagged(StatusCode::OK, json, &tag)
}

/// `PATCH`: only what is told changes.
pub fn change<S: Setting>(call: &Call) -> Result<Response, Problem> {
    let expected = call.to_change()?;
    let part = Input::part(S::fields(), call.json()?)?;
    let (before, _, now) = shown::<S>(call)?;
    let version = if expected == now { before.version() } else { CHANGED.to_owned() };
    let by = call.by.clone().with_request(call.once()?);
    let wanted = before.with(&part);
    part.ask(&by, |by| wanted.keep(&call.api.store, by, &version))?;
    let (_, json, tag) = shown::<S>(call)?;
    call.tagged(StatusCode::OK, json, &tag)
}

fn shown<S: Setting>(call: &Call) -> Result<(S, String, String), Problem> {
    let setting = call.reading(|reader, viewer| Ok(S::of(reader, viewer)?))?;
    let json = setting.json().to_string();
    let tag = tag(&json);
    Ok((setting, json, tag))
}
