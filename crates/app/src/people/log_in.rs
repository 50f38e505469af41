//! Logging in: with email and password, or by a one-time link, which may also be an invitation that asks for a password
//! to be chosen. Every log-in begins a new session.

use super::{
    DAY, SESSION_DAYS,
    attempts::{self, Attempt},
    hash, now, password, record, secret,
};
use crate::act::{ActError, FieldError, Problem};
use luotsi_core::{history::Actor, people::PersonId, units::Day};
use luotsi_store::{
    Query, Store, StoreError, Work,
    people::{
        self, access, policy,
        request::{self, NewRefusal},
        session::{self, Link},
    },
};

/// What a browser brings with it when somebody logs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub user_agent: String,
    /// Where it comes from, for counting attempts; empty where it is not known.
    pub address: String,
    /// The secret of a session it has already: it ends, so that nobody goes on with one that was put there.
    pub session: Option<String>,
    pub today: Day,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LogInError {
    #[error("The email or the password is not right: try again.")]
    Wrong,
    /// Microseconds since 1970 UTC.
    #[error("Too many attempts: wait and try again.")]
    Wait { until: i64 },
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A new session's secret, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedIn {
    pub person: PersonId,
    pub secret: String,
}

/// Logs in by email and password. An unknown email takes as long as a wrong password and answers the same.
pub fn by_password(store: &Store, email: &str, typed: &str, caller: &Caller) -> Result<LoggedIn, LogInError> {
    let attempt = Attempt { email: email.trim().to_lowercase(), address: caller.address.clone() };
    let (now, today) = (now(), caller.today);
    let asked = attempt.clone();
    let known = store.write(Actor::Setup, move |work| {
        if let Some(until) = attempts::begin(work, &asked, now)? {
            return Err(LogInError::Wait { until });
        }
        Ok(access::by_email(work, &asked.email, today)?)
    })?;

    let kept = known.as_ref().map(|known| known.password_hash.as_str());
    let is_right = typed.chars().count() <= password::LENGTH_MAX && password::is_right(typed, kept);
    let Some(known) = known.clone().filter(|_| is_right) else {
        let refusal = NewRefusal {
            person: known.map(|known| known.person),
            action: "log_in",
            about: None,
            why: "wrong_password",
            at: now,
        };
        store.write(Actor::Setup, move |work| request::insert_refusal(work, &refusal))?;
        return Err(LogInError::Wrong);
    };

    let secret = secret()?;
    let (begun, caller) = (hash(&secret), caller.clone());
    store.write(Actor::Person(known.person), move |work| {
        // The password may have been changed and the person left since it was read.
        let still = access::by_email(work, &attempt.email, today)?;
        if still.as_ref() != Some(&known) {
            return Err(LogInError::Wrong);
        }
        attempts::went_well(work, &attempt)?;
        begin(work, known.person, &begun, &caller)?;
        Ok(LoggedIn { person: known.person, secret: secret.clone() })
    })
}

/// What an unused link is for; `None` when it no longer works.
pub fn link(query: &impl Query, link: &str) -> Result<Option<Link>, StoreError> {
    session::link(query, &hash(link), now())
}

/// Uses the link up and begins a session; `None` when it no longer works.
pub fn by_link(store: &Store, link: &str, caller: &Caller) -> Result<Option<LoggedIn>, StoreError> {
    let secret = secret()?;
    let (link, caller, now) = (hash(link), caller.clone(), now());
    store.write(Actor::Setup, move |work| {
        let Some(person) = used(work, &link, caller.today, now)? else { return Ok(None) };
        begin(work, person, &hash(&secret), &caller)?;
        Ok(Some(LoggedIn { person, secret: secret.clone() }))
    })
}

/// Uses the link up, keeps the password that was chosen and begins a session. All other sessions end: a link for a new
/// password is also how one gets rid of somebody who knows the old one.
pub fn by_invitation(
    store: &Store,
    link: &str,
    chosen: &str,
    again: &str,
    caller: &Caller,
) -> Result<LoggedIn, ActError> {
    let invited = store.read(|reader| self::link(reader, link))?.ok_or(ActError::NotThere)?;
    let company = store.read(|reader| people::company(reader))?.name;
    chosen_well(chosen, again, &[&invited.name, invited.email.as_deref().unwrap_or(""), &company])?;
    let (kept, secret) = (password::hash(chosen)?, secret()?);

    let (link, caller, now) = (hash(link), caller.clone(), now());
    store.write(Actor::Setup, move |work| {
        let person = used(work, &link, caller.today, now)?.ok_or(ActError::NotThere)?;
        access::set_password(work, person, &kept, now)?;
        let begun = hash(&secret);
        begin(work, person, &begun, &caller)?;
        session::end_others(work, person, &begun)?;
        record(work, person, "password")?;
        Ok(LoggedIn { person, secret: secret.clone() })
    })
}

/// Whether a new password can be taken.
pub fn chosen_well(chosen: &str, again: &str, names: &[&str]) -> Result<(), ActError> {
    let easy = password::check(chosen, names).err().map(|problem| FieldError { field: "password", problem });
    let differs =
        (chosen != again).then_some(FieldError { field: "password_again", problem: Problem::Different });
    let wrong: Vec<FieldError> = easy.into_iter().chain(differs).collect();
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(ActError::Invalid(wrong)),
    }
}

/// Whose link it was, used up now, if they work here.
pub(super) fn used(
    work: &Work<'_>,
    link: &str,
    today: Day,
    now: i64,
) -> Result<Option<PersonId>, StoreError> {
    let Some(person) = session::use_link(work, link, now)? else { return Ok(None) };
    Ok(policy::viewer(work, person, today)?.map(|viewer| viewer.person))
}

/// Begins a session, and ends the one the browser came with.
pub(super) fn begin(
    work: &mut Work<'_>,
    person: PersonId,
    begun: &str,
    caller: &Caller,
) -> Result<(), StoreError> {
    if let Some(old) = &caller.session {
        session::delete_session(work, &hash(old))?;
    }
    let now = now();
    session::insert_session(work, begun, person, now, now + SESSION_DAYS * DAY, &caller.user_agent)?;
    record(work, person, "logged_in")
}
