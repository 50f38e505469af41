//! One authorised change: one transaction that reads the facts it decides on, decides, writes, and is applied once
//! however often it is asked for. Pages, API and command line change nothing any other way.

mod error;
mod kept;

pub use error::{ActError, FieldError, Meanwhile, Problem};
pub use kept::Kept;

use crate::{
    people::{DAY, hash},
    today::now,
};
use luotsi_core::{
    account::AccountId,
    history::Actor,
    people::{
        PersonId,
        policy::{Action, Decision, Refusal, Relation, Scope, Viewer, decide, scope},
    },
    units::Day,
};
use luotsi_store::{
    Answered, Asking, Known, Query, Store, StoreError, Work,
    listing::Seen,
    people::{
        policy,
        request::{self, NewRefusal},
    },
};
use std::collections::HashMap;
use uuid::Uuid;

/// A request's answer is given again for so long.
const REQUEST_DAYS: i64 = 7;
/// The security log reaches back so far; thirteen months hold the same season of last year.
const REFUSAL_DAYS: i64 = 396;
/// A key is a uuid or something of its kind.
const KEY_MAX: usize = 200;

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    pub person: PersonId,
    pub today: Day,
    /// A token may be for reading only.
    pub may_write: bool,
    /// A program asks on their behalf, with a token.
    pub is_program: bool,
    /// Makes a repeat harmless.
    pub request: Option<RequestKey>,
    pub legible: Legible,
}

/// How much of what is asked could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Legible {
    Whole,
    /// Nothing is changed, and what is wrong with the rest is told all the same, so that everything can be put right at
    /// once. Something harmless stands in for what could not be read: what is said of that is left out by whoever asks.
    InPart,
}

/// What makes a request one and the same: its key, and a fingerprint of what it asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestKey {
    pub key: String,
    pub fingerprint: String,
}

/// What an action is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Only those may whose right has no limits.
    Company,
    Account(AccountId),
    Person(PersonId),
}

/// The policy has said yes: handed to what then changes something, made nowhere else.
#[derive(Clone, Debug)]
pub struct Permit {
    pub viewer: Viewer,
    pub today: Day,
    may_write: bool,
    is_program: bool,
    legible: Legible,
    /// What was found to be wrong before, told with the rest.
    found: Vec<FieldError>,
    /// How the person stands to some accounts, where that was asked of many at once.
    standing: HashMap<AccountId, Relation>,
}

impl By {
    /// A person at a page.
    pub fn person(person: PersonId, today: Day) -> Self {
        Self { person, today, may_write: true, is_program: false, request: None, legible: Legible::Whole }
    }

    pub fn with_request(self, request: Option<RequestKey>) -> Self {
        Self { request, ..self }
    }

    pub fn reading(self, legible: Legible) -> Self {
        Self { legible, ..self }
    }

    /// As `Permit::free_of`, for what is looked at before the first of several transactions.
    pub(crate) fn free_of(&self, wrong: Vec<FieldError>) -> Result<(), ActError> {
        match self.legible {
            Legible::Whole if wrong.is_empty() => Ok(()),
            Legible::Whole | Legible::InPart => Err(ActError::Invalid(wrong)),
        }
    }

    /// The same request, of which this is one transaction of several.
    pub(crate) fn step(&self, number: usize) -> Self {
        let request = self.request.as_ref().map(|request| RequestKey {
            key: format!("{}/{number}", request.key),
            fingerprint: request.fingerprint.clone(),
        });
        Self { request, ..self.clone() }
    }
}

impl RequestKey {
    /// Of a key as the request brings it and everything it asks for; `None` of an empty or overlong key.
    pub fn of(key: &str, payload: &str) -> Option<Self> {
        let is_key = (1..=KEY_MAX).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
        is_key.then(|| Self { key: key.to_owned(), fingerprint: hash(payload) })
    }
}

impl About {
    pub(crate) fn id(self) -> Option<Uuid> {
        match self {
            Self::Company => None,
            Self::Account(account) => Some(account.0),
            Self::Person(person) => Some(person.0),
        }
    }
}

impl From<AccountId> for About {
    fn from(account: AccountId) -> Self {
        Self::Account(account)
    }
}

impl From<Option<AccountId>> for About {
    fn from(account: Option<AccountId>) -> Self {
        account.map_or(Self::Company, Self::Account)
    }
}

impl From<PersonId> for About {
    fn from(person: PersonId) -> Self {
        Self::Person(person)
    }
}

/// Does `f` if `by` may do `what`, all or nothing and once for each request key. A refusal leaves a line in the
/// security log and nothing else.
///
/// `f` may be run more than once and does nothing but ask and change the database.
pub fn act<T: Kept>(
    store: &Store,
    by: &By,
    what: Action,
    about: impl Into<About>,
    f: impl Fn(&mut Work<'_>, &Permit) -> Result<T, ActError> + Send + 'static,
) -> Result<T, ActError> {
    let about = about.into();
    let (asked_by, now) = (by.clone(), now());
    let asking = Asking {
        person: by.person,
        on: by.today,
        key: by.request.as_ref().map(|request| request.key.clone()),
    };
    let outcome = store.write_for(asking.clone(), move |work| {
        let Known { viewer, answered } = request::known(work, &asking)?;
        let viewer = viewer.ok_or(ActError::Refused(Refusal::NotActive))?;
        if let Some(answer) = again(&asked_by, answered)? {
            return Ok(answer);
        }
        let By { today, may_write, is_program, legible, .. } = asked_by;
        let (found, standing) = (Vec::new(), HashMap::new());
        let permit = Permit { viewer, today, may_write, is_program, legible, found, standing };
        permit.also(work, what, about)?;
        let answer = f(work, &permit)?;
        // Whatever was done with what stood in for something is undone.
        permit.free_of(Vec::new())?;
        remember(work, &asked_by, &answer, now)?;
        Ok(answer)
    });
    if let Err(ActError::Refused(why)) = &outcome {
        tracing::warn!(person = %by.person.0, action = what.name(), why = why.name(), "refused");
        log_refusal(store, by.person, what, about.id(), *why, now)?;
    }
    outcome
}

/// Another text when anything has changed of what a form or a record is drawn from.
pub(crate) fn version_of_texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let mut together = String::new();
    for text in texts {
        together += text.as_ref();
        together.push('\u{1f}');
    }
    hash(&together)[..16].to_owned()
}

/// Of what is known to have changed since it was read: no state of anything has this version.
pub const CHANGED: &str = "";

/// Whether what was read in the state `version` must be read again, given its version now. Who tells at a form what it has
/// become meanwhile changes nothing and need not hear of it.
pub(crate) fn is_stale(version: &str, now: &str, meanwhile: &[Meanwhile]) -> bool {
    version != now && (version == CHANGED || !meanwhile.is_empty())
}

/// Forgets requests that nobody repeats any more, and refusals too old to be looked at.
pub fn forget_old_requests(store: &Store) -> Result<(), StoreError> {
    let now = now();
    store.write(Actor::Setup, move |work| {
        request::forget(work, now - REQUEST_DAYS * DAY)?;
        request::forget_refusals(work, now - REFUSAL_DAYS * DAY)?;
        Ok(())
    })
}

impl Permit {
    /// The same person may do this too, to go on in the same transaction.
    pub fn also(&self, query: &impl Query, what: Action, about: impl Into<About>) -> Result<(), ActError> {
        self.writes(what)?;
        let relation = self.relation(query, what, about.into())?;
        match decide(&self.viewer, what, relation) {
            Decision::Allowed => Ok(()),
            Decision::Refused(why) => Err(ActError::Refused(why)),
        }
    }

    /// The same, having asked once for all of these accounts how the person stands to them. Only for whoever asks for rights
    /// to each of them before changing it, and changes nothing else by which anybody stands to one.
    pub(crate) fn knowing(&self, query: &impl Query, accounts: &[AccountId]) -> Result<Self, StoreError> {
        let standing = policy::relations(query, &self.viewer, accounts, self.today)?;
        Ok(Self { standing, ..self.clone() })
    }

    /// The same, where something was found to be wrong already: it is told with the rest.
    pub(crate) fn having_found(&self, found: impl IntoIterator<Item = FieldError>) -> Self {
        let mut all = self.found.clone();
        all.extend(found.into_iter().filter(|new| self.found.iter().all(|told| told.field != new.field)));
        Self { found: all, ..self.clone() }
    }

    /// The same for one of several things that are asked at once.
    pub(crate) fn reading(&self, legible: Legible) -> Self {
        Self { legible, ..self.clone() }
    }

    /// What was found to be wrong, with what is the end of the matter.
    pub(crate) fn added_to(&self, error: ActError) -> ActError {
        error.with(self.found.iter().cloned())
    }

    /// On with the change where nothing is wrong with it, else all that is. Asked before anything is written.
    pub(crate) fn free_of(&self, wrong: Vec<FieldError>) -> Result<(), ActError> {
        match self.legible {
            Legible::Whole if wrong.is_empty() && self.found.is_empty() => Ok(()),
            Legible::Whole | Legible::InPart => Err(ActError::Invalid(self.found.clone()).with(wrong)),
        }
    }

    /// By whom and when rows are read to decide on.
    pub(crate) fn seen(&self) -> Seen {
        Seen { by: self.viewer.person, on: self.today }
    }

    pub(crate) fn writes(&self, what: Action) -> Result<(), ActError> {
        match what.is_reading() {
            true => Ok(()),
            false => self.changes(),
        }
    }

    /// A token for reading changes nothing, whatever it may read.
    pub(crate) fn changes(&self) -> Result<(), ActError> {
        match self.may_write {
            true => Ok(()),
            false => Err(ActError::Refused(Refusal::ReadOnly)),
        }
    }

    /// Nobody's program does this: a token could make itself a way in that outlives it.
    pub(crate) fn in_person(&self) -> Result<(), ActError> {
        match self.is_program {
            true => Err(ActError::Refused(Refusal::NotInPerson)),
            false => Ok(()),
        }
    }

    fn relation(&self, query: &impl Query, what: Action, about: About) -> Result<Relation, ActError> {
        let found = match about {
            About::Company => Some(Relation::None),
            // What the role cannot do at all needs no look at the account, and tells nothing of it.
            About::Account(_) | About::Person(_) if scope(self.viewer.role, what) == Scope::Nothing => {
                Some(Relation::None)
            }
            About::Account(account) => match self.standing.get(&account) {
                Some(known) => Some(*known),
                None => policy::relation(query, &self.viewer, account, self.today)?,
            },
            About::Person(person) => policy::relation_to_person(query, &self.viewer, person, self.today)?,
        };
        found.ok_or(ActError::NotThere)
    }
}

/// What was answered to the same request before.
fn again<T: Kept>(by: &By, before: Option<Answered>) -> Result<Option<T>, ActError> {
    let (Some(key), Some(before)) = (&by.request, before) else { return Ok(None) };
    if before.fingerprint != key.fingerprint {
        return Err(ActError::OtherPayload);
    }
    let answer = serde_json::from_str(&before.answer).ok().and_then(T::again);
    // An answer of another type: the key was used for something else.
    answer.map(Some).ok_or(ActError::OtherPayload)
}

fn remember<T: Kept>(work: &Work<'_>, by: &By, answer: &T, now: i64) -> Result<(), StoreError> {
    let Some(RequestKey { key, fingerprint }) = &by.request else { return Ok(()) };
    let answered = Answered { fingerprint: fingerprint.clone(), answer: answer.kept().to_string() };
    request::insert(work, by.person, key, &answered, now)
}

fn log_refusal(
    store: &Store,
    person: PersonId,
    what: Action,
    about: Option<Uuid>,
    why: Refusal,
    at: i64,
) -> Result<(), StoreError> {
    let refusal = NewRefusal { person: Some(person), action: what.name(), about, why: why.name(), at };
    store.write(Actor::Person(person), move |work| request::insert_refusal(work, &refusal))
}
