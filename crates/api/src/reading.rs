//! Lists and single records.

use crate::{
    asked,
    call::{Call, put},
    kind::{At, Kind},
    problem::{Problem, What},
};
use axum::{
    http::{StatusCode, header},
    response::Response,
};
use luotsi_app::{
    act::ActError,
    exchange::{Shown, tag},
};
use luotsi_core::{
    account::AccountId,
    people::policy::{Action, Decision, Relation, Scope, Viewer, decide, scope},
};
use luotsi_store::{
    Reader, Value,
    listing::{self, Asked, Column, Listed, Resource},
    people::policy,
};
use std::collections::HashSet;
use uuid::Uuid;

/// One page of a list: `{ "items": [...], "next": "..." }`.
pub fn list(call: &Call, kind: &'static Kind) -> Result<Response, Problem> {
    let asked = asked::read(kind.resource, &call.query)?;
    let one_more = Asked { limit: asked.limit + 1, ..asked.clone() };
    let (mut rows, unlocked) = call.reading(|reader, viewer| {
        may_read(call, kind, viewer)?;
        let rows = listing::list(reader, kind.resource, call.seen(), &one_more)?;
        let unlocked = Unlocked::of(call, reader, viewer, kind, &rows)?;
        Ok((rows, unlocked))
    })?;

    let has_more = asked.limit < rows.len();
    rows.truncate(asked.limit);
    let next = rows.last().filter(|_| has_more).map(|last| asked::cursor(&asked, &last.place));
    let items: Vec<String> = rows.iter().map(|row| json(kind, &asked.columns, row, &unlocked)).collect();
    let written = next.as_deref().map_or_else(|| "null".to_owned(), |next| format!("\"{next}\""));
    let body = format!("{{\"items\":[{}],\"next\":{written}}}", items.join(","));
    let tag = tag(&body);
    let mut response = call.tagged(StatusCode::OK, body, &tag)?;
    if let Some(next) = next {
        let address = next_address(call, &next);
        put(&mut response, header::LINK, &format!("<{address}>; rel=\"next\""));
    }
    Ok(response)
}

/// What not everybody reads is read with the right to change it, so a token for reading does not.
fn may_read(call: &Call, kind: &Kind, viewer: &Viewer) -> Result<(), Problem> {
    let Some(action) = kind.needs else { return Ok(()) };
    call.may_write()?;
    let relation = if kind.resource.is_of_viewer() { Relation::Owner } else { Relation::None };
    match decide(viewer, action, relation) {
        Decision::Allowed => Ok(()),
        Decision::Refused(why) => Err(ActError::Refused(why).into()),
    }
}

fn next_address(call: &Call, cursor: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(call.query.as_bytes()).filter(|(name, _)| name != "cursor") {
        query.append_pair(&name, &value);
    }
    query.append_pair("cursor", cursor);
    format!("{}?{}", call.path, query.finish())
}

/// One record, with the tag by which it can be changed.
pub fn one(call: &Call, kind: &'static Kind, path: &[String]) -> Result<Response, Problem> {
    call.no_parameters()?;
    let columns: Vec<&Column> = kind.resource.shown().collect();
    let json = call.reading(|reader, viewer| {
        may_read(call, kind, viewer)?;
        let row = row(reader, call, kind, path)?;
        let unlocked = Unlocked::of(call, reader, viewer, kind, std::slice::from_ref(&row))?;
        Ok(json(kind, &columns, &row, &unlocked))
    })?;
    let tag = tag(&json);
    call.tagged(StatusCode::OK, json, &tag)
}

/// One record by the external id of its source.
pub fn by_external_id(call: &Call, kind: &'static Kind, path: &[String]) -> Result<Response, Problem> {
    call.no_parameters()?;
    let [source, external_id] = path else { return Err(Problem::of(What::NotThere)) };
    let read = |text: &str| {
        let value = asked::value(listing::Kind::Text, text).filter(|value| *value == Value::from(text));
        value.ok_or(Problem::of(What::NotThere))
    };
    let wanted = [("source", read(source)?), ("external_id", read(external_id)?)];
    let found = call.reading(|reader, _| shown(reader, call, kind.resource, &wanted))?;
    let (json, tag) = found.ok_or(Problem::of(What::NotThere))?;
    call.tagged(StatusCode::OK, json, &tag)
}

/// The row with these values as everybody may see it, and its tag.
pub fn shown(
    reader: &Reader<'_>,
    call: &Call,
    resource: &'static Resource,
    wanted: &[(&'static str, Value)],
) -> Result<Option<(String, String)>, Problem> {
    let columns: Vec<&Column> = resource.shown().collect();
    let row = listing::one(reader, resource, call.seen(), wanted)?;
    Ok(row.map(|row| {
        let shown = Shown { columns: &columns, cells: &row.cells, is_unlocked: false };
        let json = serde_json::to_string(&shown).unwrap_or_default();
        let tag = tag(&json);
        (json, tag)
    }))
}

/// What the address names. What is not there and what may not be seen are answered alike.
pub fn row(
    reader: &Reader<'_>,
    call: &Call,
    kind: &'static Kind,
    path: &[String],
) -> Result<Listed, Problem> {
    let found = match key(kind.at, path) {
        Some(key) => listing::one(reader, kind.resource, call.seen(), &key)?,
        None => None,
    };
    found.ok_or(Problem::of(What::NotThere))
}

/// The ids of an address with their columns; `None` where it can name nothing.
pub fn key(at: At, path: &[String]) -> Option<Vec<(&'static str, Value)>> {
    let names: &[&'static str] = match at {
        At::Id => &["id"],
        At::Account => &["account", "id"],
        At::OneAnAccount => &["account"],
        At::OneAPerson => &["person"],
        At::List => &[],
    };
    let ids = names.iter().zip(path).map(|(name, id)| Some((*name, Uuid::try_parse(id).ok()?.into())));
    ids.collect::<Option<Vec<_>>>().filter(|ids| !ids.is_empty())
}

fn json(kind: &Kind, columns: &[&'static Column], row: &Listed, unlocked: &Unlocked) -> String {
    let is_unlocked = unlocked.is_of(kind, row);
    let shown = Shown { columns, cells: &row.cells, is_unlocked };
    serde_json::to_string(&shown).unwrap_or_default()
}

/// Of which accounts the viewer may see what only some may see.
pub enum Unlocked {
    All,
    Of(HashSet<Uuid>),
}

impl Unlocked {
    fn nothing() -> Self {
        Self::Of(HashSet::new())
    }

    fn of(
        call: &Call,
        reader: &Reader<'_>,
        viewer: &Viewer,
        kind: &Kind,
        rows: &[Listed],
    ) -> Result<Self, Problem> {
        if !kind.resource.columns.iter().any(|column| column.is_locked) {
            return Ok(Self::nothing());
        }
        match scope(viewer.role, Action::ReadCosts) {
            Scope::All => Ok(Self::All),
            Scope::Nothing => Ok(Self::nothing()),
            scope @ (Scope::Own | Scope::AccountTeam | Scope::Team) => {
                let accounts: HashSet<AccountId> =
                    rows.iter().filter_map(|row| account(kind, row)).map(AccountId).collect();
                let accounts: Vec<AccountId> = accounts.into_iter().collect();
                let allowed = policy::within(reader, scope, viewer, call.by.today, &accounts)?;
                Ok(Self::Of(allowed.into_iter().map(|account| account.0).collect()))
            }
        }
    }

    fn is_of(&self, kind: &Kind, row: &Listed) -> bool {
        match self {
            Self::All => true,
            Self::Of(accounts) => account(kind, row).is_some_and(|account| accounts.contains(&account)),
        }
    }
}

/// The account that a row's key names.
fn account(kind: &Kind, row: &Listed) -> Option<Uuid> {
    let at = kind.resource.key.iter().position(|name| *name == "account")?;
    match row.place.key.get(at)? {
        Value::Id(id) => Some(*id),
        Value::Null | Value::Int(_) | Value::Real(_) | Value::Text(_) | Value::Day(_) => None,
    }
}
