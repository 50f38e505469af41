//! Logging in by a one-time link, staying logged in, logging out. Secrets are 32 random bytes; only their hashes are kept.

pub mod substitution;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use jiff::Timestamp;
use luotsi_core::{
    history::{Actor, Entry, Subject},
    people::PersonId,
};
use luotsi_store::{Query, Store, StoreError, Work, people::session};
use sha2::{Digest, Sha256};

/// A session ends when it has not been used for so long.
pub const SESSION_DAYS: i64 = 30;

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

/// What a link was made for decides how long it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The first log-in to a new database.
    Setup,
    /// A look at the sample company.
    Demo,
    LogIn,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Demo => "demo",
            Self::LogIn => "log_in",
        }
    }

    fn holds_for(self) -> i64 {
        match self {
            Self::Setup | Self::Demo => 7 * DAY,
            Self::LogIn => DAY,
        }
    }
}

/// Microseconds since 1970 UTC.
pub fn now() -> i64 {
    Timestamp::now().as_microsecond()
}

/// What is kept of a secret.
pub fn hash(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

/// A new one-time link's secret: the link is `/login/` and this.
pub fn login_link(store: &Store, person: PersonId, purpose: Purpose) -> Result<String, StoreError> {
    let token = secret()?;
    let (kept, now) = (hash(&token), now());
    store.write(Actor::Setup, move |work| {
        session::insert_link(work, &kept, person, purpose.name(), now, now + purpose.holds_for())?;
        record(work, person, "link_created")
    })?;
    Ok(token)
}

/// The person of this external id or email.
pub fn find(query: &impl Query, who: &str) -> Result<Option<PersonId>, StoreError> {
    session::find(query, who)
}

/// Uses the link up and begins a session; its secret, or `None` when the link no longer works.
pub fn log_in(store: &Store, link: &str, user_agent: &str) -> Result<Option<String>, StoreError> {
    let token = secret()?;
    let (link, kept, now, user_agent) = (hash(link), hash(&token), now(), user_agent.to_owned());
    let person = store.write(Actor::Setup, move |work| {
        let Some(person) = session::use_link(work, &link, now)? else { return Ok::<_, StoreError>(None) };
        session::insert_session(work, &kept, person, now, now + SESSION_DAYS * DAY, &user_agent)?;
        record(work, person, "logged_in")?;
        Ok(Some(person))
    })?;
    Ok(person.map(|_| token))
}

pub fn log_out(store: &Store, token: &str) -> Result<(), StoreError> {
    let kept = hash(token);
    store.write(Actor::Setup, move |work| match session::delete_session(work, &kept)? {
        Some(person) => record(work, person, "logged_out"),
        None => Ok(()),
    })
}

/// A session in use goes on for its days from now.
pub fn touch_session(store: &Store, token: &str, now: i64) -> Result<(), StoreError> {
    let kept = hash(token);
    store.write(Actor::Setup, move |work| session::touch_session(work, &kept, now, now + SESSION_DAYS * DAY))
}

fn record(work: &mut Work<'_>, person: PersonId, what: &'static str) -> Result<(), StoreError> {
    work.record(Entry {
        subject: Subject::Session,
        subject_id: Some(person.0),
        what,
        before: None,
        after: None,
        why: None,
        touched: Vec::new(),
    })
}

fn secret() -> Result<String, StoreError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| StoreError::Stopped(error.to_string()))?;
    Ok(BASE64URL_NOPAD.encode(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_differ_and_are_not_what_is_kept() {
        let (one, other) = (secret().unwrap(), secret().unwrap());

        assert_eq!(one.len(), 43);
        assert_ne!(one, other);
        assert_eq!(hash("luotsi").len(), 64);
        assert_ne!(hash(&one), hash(&other));
    }
}
