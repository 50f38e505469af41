//! Keeping views of lists: whoever may read the list may keep views of it.

use crate::{
    act::{About, ActError, By, Problem, act},
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
const LEFT_MAX: usize = 2_000;

/// Keeps the query of a list's URL under a name: the view's id.
pub fn keep(
    store: &Store,
    by: &By,
    section: &'static str,
    name: &str,
    query: String,
    is_shared: bool,
) -> Result<Uuid, ActError> {
    let name = checked(name)?;
    act(store, by, Action::ReadAccount, About::Company, move |work, permit| {
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
    if query.is_empty() || LEFT_MAX < query.len() {
        return Ok(());
    }
    store.write(Actor::Setup, move |work| view::leave(work, person, section, &query))
}

/// Gives an own view another name, shares it or takes it back.
pub fn change(
    store: &Store,
    by: &By,
    section: &'static str,
    id: Uuid,
    name: &str,
    is_shared: bool,
) -> Result<(), ActError> {
    let name = checked(name)?;
    act(store, by, Action::ReadAccount, About::Company, move |work, permit| {
        let person = permit.viewer.person;
        refuse_taken(work, person, section, &name, Some(id))?;
        match view::change(work, person, id, &name, is_shared)? {
            true => Ok(()),
            false => Err(ActError::NotThere),
        }
    })
}

/// Removes an own view.
pub fn remove(store: &Store, by: &By, id: Uuid) -> Result<(), ActError> {
    act(store, by, Action::ReadAccount, About::Company, move |work, permit| {
        match view::remove(work, permit.viewer.person, id)? {
            true => Ok(()),
            false => Err(ActError::NotThere),
        }
    })
}

fn checked(name: &str) -> Result<String, ActError> {
    let name = line(name, NAME_MAX).map_err(|fault| ActError::invalid("name", fault.into()))?;
    match name.is_empty() {
        true => Err(ActError::invalid("name", Problem::Missing)),
        false => Ok(name.into_owned()),
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
