//! What a person does with their own access: changing the password, ending sessions.

use super::{hash, log_in, now, password, record};
use crate::act::{ActError, By, Problem, act, version_of_texts};
use luotsi_core::people::{PersonId, policy::Action};
use luotsi_store::{
    Store, StoreError,
    people::{
        self, access, edit,
        preference::{self, Preference},
        session,
    },
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
    let names = [person.name.as_str(), person.email.as_deref().unwrap_or(""), &company];
    let chosen = log_in::chosen_well(&typed.chosen, &typed.again, &names);
    // Who has a session but not the password is not to lock its owner out.
    if kept.is_some() && !password::is_right(&typed.current, kept.as_deref()) {
        let wrong = ActError::invalid("current_password", Problem::WrongPassword);
        return Err(match chosen {
            Err(ActError::Invalid(others)) => wrong.with(others),
            Ok(()) | Err(_) => wrong,
        });
    }
    chosen?;

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

/// Ends all sessions of a person but the one with the secret `but`, or simply all where it is empty; also another's, for
/// whoever may manage people.
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
pub fn prefer(store: &Store, by: &By, wanted: Preference) -> Result<(), ActError> {
    check(&wanted)?;
    act(store, by, Action::ManageAccess, by.person, move |work, permit| {
        Ok(preference::save(work, permit.viewer.person, &wanted)?)
    })
}

/// The same for whoever has read how it was: `version` is of that, and it is refused as stale when it is another now.
pub fn prefer_instead(store: &Store, by: &By, version: &str, wanted: Preference) -> Result<(), ActError> {
    check(&wanted)?;
    let version = version.to_owned();
    act(store, by, Action::ManageAccess, by.person, move |work, permit| {
        let person = permit.viewer.person;
        if version != version_of(&preference::of(work, person)?) {
            return Err(ActError::Stale(Vec::new()));
        }
        Ok(preference::save(work, person, &wanted)?)
    })
}

/// What a change of it has read.
pub fn version_of(preference: &Preference) -> String {
    let Preference { language, day_minutes, has_keys } = preference;
    let minutes = day_minutes.map(|minutes| minutes.to_string());
    version_of_texts([
        language.as_deref().unwrap_or_default(),
        minutes.as_deref().unwrap_or_default(),
        &has_keys.to_string(),
    ])
}

fn check(wanted: &Preference) -> Result<(), ActError> {
    let (min, max) = DAY_MINUTES;
    match wanted.day_minutes {
        Some(minutes) if !(min..=max).contains(&minutes.into()) => {
            Err(ActError::invalid("day_minutes", Problem::OutOfRange { min, max }))
        }
        Some(_) | None => Ok(()),
    }
}
