//! Tokens: what lets a program in on a person's behalf, for reading unless said otherwise, until a day. A token is shown
//! once; only its hash is kept.

use super::{DAY, HOUR, hash, now, secret};
use crate::{
    act::{ActError, By, FieldError, Legible, Problem, act},
    text,
    today::today_in,
};
use luotsi_core::{
    history::{Actor, Entry, Subject},
    people::{PersonId, policy::Action},
    units::Day,
};
use luotsi_store::{
    Store, StoreError, Work,
    people::access::{self, Token},
};
use uuid::Uuid;

/// So that a token is known for what it is wherever it turns up.
const BEGINNING: &str = "luotsi_";
/// How long a token may work.
pub const DAYS: [i64; 4] = [30, 90, 365, 730];
const NAME_MAX: usize = 60;
/// A program of a company has a handful.
const WORKING_MAX: usize = 50;

/// A token that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// What it is for.
    pub name: String,
    pub may_write: bool,
    pub days: i64,
}

/// Makes a token for the person who asks, at a page; its secret, to be shown once. `None`: this request made it already.
pub fn make(store: &Store, by: &By, wanted: &NewToken) -> Result<Option<String>, ActError> {
    let name = checked(wanted)?;

    let secret = format!("{BEGINNING}{}", secret()?);
    let (kept, now, id) = (hash(&secret), now(), Uuid::now_v7());
    let token = Token {
        id,
        name,
        may_write: wanted.may_write,
        created_at: now,
        expires_at: now + wanted.days * DAY,
        last_used_at: None,
        revoked_at: None,
    };
    let made = act(store, by, Action::ManageAccess, by.person, move |work, permit| {
        permit.in_person()?;
        let person = permit.viewer.person;
        let working = access::tokens(work, person)?;
        if WORKING_MAX <= working.iter().filter(|token| works(token, now)).count() {
            return Err(ActError::invalid("name", Problem::TooMany { max: WORKING_MAX }));
        }
        access::insert_token(work, person, &kept, &token)?;
        record(work, person, "token_created", &token.name)?;
        Ok(token.id)
    })?;
    Ok((made == id).then_some(secret))
}

/// The name as it is kept.
fn checked(wanted: &NewToken) -> Result<String, ActError> {
    let mut errors = Vec::new();
    let mut wrong = |field, problem| errors.push(FieldError { field, problem });
    let name = text::line(&wanted.name, NAME_MAX);
    match &name {
        Ok(name) if name.is_empty() => wrong("name", Problem::Missing),
        Ok(_) => (),
        Err(fault) => wrong("name", fault.clone().into()),
    }
    if !DAYS.contains(&wanted.days) {
        wrong("days", Problem::NotAChoice);
    }
    match name {
        Ok(name) if errors.is_empty() => Ok(name.into_owned()),
        Ok(_) | Err(_) => Err(ActError::Invalid(errors)),
    }
}

/// Takes a token back: it lets nobody in any more.
pub fn revoke(store: &Store, by: &By, id: Uuid) -> Result<(), ActError> {
    let now = now();
    act(store, by, Action::ManageAccess, by.person, move |work, permit| {
        let person = permit.viewer.person;
        let name = access::revoke_token(work, person, id, now)?.ok_or(ActError::NotThere)?;
        Ok(record(work, person, "token_revoked", &name)?)
    })
}

/// Whom a token lets in, on `today` or else the current day; `None` when it has expired, was taken back or never was.
/// Whether the person still works here is decided with everything they ask for.
pub fn verify(store: &Store, secret: &str, today: Option<Day>) -> Result<Option<By>, StoreError> {
    if !secret.starts_with(BEGINNING) {
        return Ok(None);
    }
    let (kept, now) = (hash(secret), now());
    let Some(bearer) = store.read(|reader| access::bearer(reader, &kept, now))? else { return Ok(None) };
    // So that reading stays reading, the use is noted once an hour.
    if bearer.last_used_at.is_none_or(|last| last + HOUR < now) {
        store.write(Actor::Person(bearer.person), move |work| access::touch_token(work, &kept, now))?;
    }
    let today = today.unwrap_or_else(|| today_in(&bearer.time_zone));
    Ok(Some(By {
        person: bearer.person,
        today,
        may_write: bearer.may_write,
        is_program: true,
        request: None,
        legible: Legible::Whole,
    }))
}

/// It lets somebody in.
pub fn works(token: &Token, now: i64) -> bool {
    token.revoked_at.is_none() && now < token.expires_at
}

fn record(work: &mut Work<'_>, person: PersonId, what: &'static str, name: &str) -> Result<(), StoreError> {
    work.record(Entry {
        subject: Subject::Session,
        subject_id: Some(person.0),
        what,
        before: None,
        after: Some(name.to_owned()),
        why: None,
        touched: Vec::new(),
    })
}
