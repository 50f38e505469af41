//! What a person does with their own access: changing the password, ending sessions.

use super::{hash, log_in, now, password, record};
use crate::act::{ActError, By, Problem, act};
use luotsi_core::people::{PersonId, policy::Action};
use luotsi_store::{
    Store, StoreError,
    people::{self, access, edit, preference, session},
};

/// A new password as it was typed.
#[derive(Clone, Debug)]
pub struct NewPassword {
    /// The one so far; nothing of a person who has none yet.
    pub current: String,
    pub chosen: String,
    pub again: String,
}

/// Changes the person's own password; whoever is logged in elsewhere with the old one is logged out. `session` is the
/// secret of the session that goes on.
pub fn change_password(store: &Store, by: &By, typed: &NewPassword, session: &str) -> Result<(), ActError> {
    let (person, company, kept) = store.read(|reader| {
        Ok::<_, StoreError>((
            edit::one(reader, by.person)?,
            people::company(reader)?.name,
            access::password_hash(reader, by.person)?,
        ))
    })?;
    let person = person.ok_or(ActError::NotThere)?;
    // Who has a session but not the password is not to lock its owner out.
    if kept.is_some() && !password::is_right(&typed.current, kept.as_deref()) {
        return Err(ActError::invalid("current_password", Problem::WrongPassword));
    }
    let names = [person.name.as_str(), person.email.as_deref().unwrap_or(""), &company];
    log_in::chosen_well(&typed.chosen, &typed.again, &names)?;

    let (new, ours, now) = (password::hash(&typed.chosen)?, hash(session), now());
    act(store, by, Action::ManageAccess, by.person, move |work, permit| {
        let person = permit.viewer.person;
        if access::password_hash(work, person)? != kept {
            return Err(ActError::invalid("current_password", Problem::WrongPassword));
        }
        access::set_password(work, person, &new, now)?;
        session::end_others(work, person, &ours)?;
        Ok(record(work, person, "password")?)
    })
}

/// Ends one of the person's sessions, named by its hash.
pub fn end_session(store: &Store, by: &By, token_hash: &str) -> Result<(), ActError> {
    let ended = token_hash.to_owned();
    act(store, by, Action::ManageAccess, by.person, move |work, permit| {
        let person = permit.viewer.person;
        match session::end_one(work, person, &ended)? {
            true => Ok(record(work, person, "logged_out")?),
            false => Err(ActError::NotThere),
        }
    })
}

/// Ends all sessions of a person but the one with the secret `but`; also another's, for whoever may manage people.
pub fn end_sessions(store: &Store, by: &By, of: PersonId, but: &str) -> Result<(), ActError> {
    let ours = hash(but);
    act(store, by, Action::ManageAccess, of, move |work, _| {
        session::end_others(work, of, &ours)?;
        Ok(record(work, of, "logged_out")?)
    })
}

/// The least and the most of a day that a person can keep for proposals.
pub const DAY_MINUTES: (i64, i64) = (15, 720);

/// How the person likes to use Luotsi.
pub fn prefer(store: &Store, by: &By, wanted: preference::Preference) -> Result<(), ActError> {
    let (min, max) = DAY_MINUTES;
    if wanted.day_minutes.is_some_and(|minutes| !(min..=max).contains(&minutes.into())) {
        return Err(ActError::invalid("day_minutes", Problem::OutOfRange { min, max }));
    }
    act(store, by, Action::ManageAccess, by.person, move |work, permit| {
        Ok(preference::save(work, permit.viewer.person, &wanted)?)
    })
}
