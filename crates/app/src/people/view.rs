//! Keeping views of lists: whoever may read the list may keep views of it.

use crate::{
    act::{About, ActError, By, FieldError, Meanwhile, Permit, Problem, act, is_stale, version_of_texts},
    text::line,
};
use luotsi_core::{
    history::Actor,
    people::{PersonId, policy::Action},
};
use luotsi_store::{
    Query, Store, StoreError,
    people::view::{self, SavedView},
};
use uuid::Uuid;

/// In characters.
pub const NAME_MAX: usize = 80;

/// Longer than any view that one comes to by clicking.
pub const QUERY_MAX: usize = 3_000;

/// What one says of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub name: String,
    pub is_shared: bool,
}

/// Keeps the query of a list's URL under a name: the view's id.
pub fn keep(
    store: &Store,
    by: &By,
    section: &'static str,
    query: String,
    told: &Told,
) -> Result<Uuid, ActError> {
    let no_query = (!is_query(&query))
        .then_some(FieldError { field: "query", problem: Problem::NotAQuery { max: QUERY_MAX } });
    let Told { name, is_shared } = match (checked(told), no_query) {
        (Ok(told), None) => told,
        (Ok(_), Some(no_query)) => return Err(ActError::Invalid(vec![no_query])),
        (Err(error), no_query) => return Err(error.with(no_query)),
    };
    act(store, by, Action::ReadAccount, About::Company, move |work, permit| {
        permit.changes()?;
        let person = permit.viewer.person;
        refuse_taken(work, person, section, &name, None)?;
        let kept =
            SavedView { id: work.new_id(), person, name: name.clone(), query: query.clone(), is_shared };
        view::insert(work, &kept, section)?;
        Ok(kept.id)
    })
}

/// Notes how a person left a list, so that it is there again wherever they log in.
pub fn leave(
    store: &Store,
    person: PersonId,
    section: &'static str,
    query: String,
) -> Result<(), StoreError> {
    if query.is_empty() || QUERY_MAX < query.len() {
        return Ok(());
    }
    store.write(Actor::Setup, move |work| view::leave(work, person, section, &query))
}

/// Gives an own view another name, shares it or takes it back. `version` is what was read of it.
pub fn change(
    store: &Store,
    by: &By,
    section: &'static str,
    id: Uuid,
    version: &str,
    told: &Told,
) -> Result<(), ActError> {
    let (version, told) = (version.to_owned(), checked(told)?);
    act(store, by, Action::ReadAccount, About::Company, move |work, permit| {
        let before = own(work, permit, id)?;
        let meanwhile = meanwhile(&before, &told);
        if is_stale(&version, &version_of(&before), &meanwhile) {
            return Err(ActError::Stale(meanwhile));
        }
        refuse_taken(work, before.person, section, &told.name, Some(id))?;
        Ok(view::change(work, id, &told.name, told.is_shared)?)
    })
}

fn meanwhile(before: &SavedView, told: &Told) -> Vec<Meanwhile> {
    let shared = if before.is_shared { "yes" } else { "no" };
    let name = (before.name != told.name).then(|| Meanwhile { field: "name", now: before.name.clone() });
    let shared =
        (before.is_shared != told.is_shared).then(|| Meanwhile { field: "shared", now: shared.to_owned() });
    name.into_iter().chain(shared).collect()
}

/// Removes an own view. `version` is what was read of it.
pub fn remove(store: &Store, by: &By, id: Uuid, version: &str) -> Result<(), ActError> {
    let version = version.to_owned();
    act(store, by, Action::ReadAccount, About::Company, move |work, permit| {
        match version_of(&own(work, permit, id)?) == version {
            true => Ok(view::remove(work, id)?),
            false => Err(ActError::Stale(Vec::new())),
        }
    })
}

/// Another one when anything has changed of the view.
pub fn version_of(view: &SavedView) -> String {
    let shared = if view.is_shared { "shared" } else { "" };
    version_of_texts([&view.name, &view.query, shared])
}

/// What others keep, shared or not, is not there to be changed.
fn own(query: &impl Query, permit: &Permit, id: Uuid) -> Result<SavedView, ActError> {
    permit.changes()?;
    let view = view::one(query, id)?.filter(|view| view.person == permit.viewer.person);
    view.ok_or(ActError::NotThere)
}

/// What can stand behind the `?` of an address.
fn is_query(text: &str) -> bool {
    text.len() <= QUERY_MAX && text.bytes().all(|sign| sign.is_ascii_graphic() && sign != b'#')
}

fn checked(told: &Told) -> Result<Told, ActError> {
    let name = line(&told.name, NAME_MAX).map_err(|fault| ActError::invalid("name", fault.into()))?;
    match name.is_empty() {
        true => Err(ActError::invalid("name", Problem::Missing)),
        false => Ok(Told { name: name.into_owned(), is_shared: told.is_shared }),
    }
}

fn refuse_taken(
    query: &impl Query,
    person: PersonId,
    section: &str,
    name: &str,
    but: Option<Uuid>,
) -> Result<(), ActError> {
    match view::is_taken(query, person, section, name, but)? {
        true => Err(ActError::invalid("name", Problem::Taken)),
        false => Ok(()),
    }
}
