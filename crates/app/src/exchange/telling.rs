//! Telling a record: rights, what was expected to be there, taking in, and the row as it is then, in one transaction.

use super::{Shown, Told, place::Place, rights, tag};
use crate::{
    act::{About, ActError, By, FieldError, Kept, Legible, Permit, Problem, act},
    today::now,
};
use luotsi_core::people::policy::Action;
use luotsi_store::{
    Store, StoreError, Work,
    base::record::{AbilityFact, EstimateFact, TargetFact, estimates, take_place},
    listing::{self, Column, Listed, Seen},
    people::{
        access,
        request::{NewRefusal, insert_refusal},
    },
    recording::{Numbered, OWN_SOURCE, Origin, Outcome, next_external_id},
};
use serde_json::{Value as Json, json};
use std::collections::HashSet;
use uuid::Uuid;

/// A record as another program tells it. Without an external id it gets a number of ours.
#[derive(Clone, Debug)]
pub struct Telling {
    pub record: Told,
    /// The system its external ids are of.
    pub source: String,
    /// The fields that it tells, the others stay; `None`: it tells all.
    pub told: Option<HashSet<&'static str>>,
    pub expects: Expects,
}

/// What is there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expects {
    /// Nothing of its external id. What has none of its own may be there: it is told again.
    New,
    Anything,
    /// The row in the state that has this tag.
    Tag(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    Created,
    Updated,
    Unchanged,
}

/// What became of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub happened: Happened,
    /// The row, a JSON object.
    pub shown: String,
    pub tag: String,
    /// The values of its key, as addresses write them.
    pub key: Vec<String>,
}

impl Telling {
    /// What somebody writes down here of a record that gets our number, or that is known by what it says.
    pub(crate) fn here(record: Told) -> Self {
        Self { record, source: OWN_SOURCE.to_owned(), told: None, expects: Expects::Anything }
    }

    pub fn tells(&self, field: &str) -> bool {
        self.told.as_ref().is_none_or(|told| told.contains(field))
    }
}

/// Takes one record in, once for each request key.
pub fn tell(store: &Store, by: &By, telling: Telling) -> Result<Reply, ActError> {
    let seen = Seen { by: by.person, on: by.today };
    let (action, about) = match &telling {
        // Nothing to look up: who may create an account may always.
        Telling { record: Told::Account(_), expects: Expects::New, .. } => {
            (Action::CreateAccount, About::Company)
        }
        telling => store.read(|reader| {
            let needed = match Place::find(reader, seen, telling) {
                Ok(place) => rights::needed(&telling.record, &place),
                // Told with all else that is wrong.
                Err(ActError::Invalid(_)) => Vec::new(),
                Err(error) => return Err(error),
            };
            Ok::<_, ActError>(needed.first().copied().unwrap_or((Action::ReadAccount, About::Company)))
        })?,
    };
    act(store, by, action, about, move |work, permit| tell_in(work, permit, &telling))
}

/// Takes many records in, in one transaction and each for itself: what is wrong with one keeps no other out. `answer`
/// puts each outcome into the words that a repeat gets again, by its number; what cannot even be told has its answer
/// already.
pub fn tell_all(
    store: &Store,
    by: &By,
    tellings: Vec<Result<(Telling, Legible), String>>,
    answer: impl Fn(usize, Result<Reply, ActError>) -> String + Send + 'static,
) -> Result<Vec<String>, ActError> {
    let now = now();
    act(store, by, Action::ReadAccount, About::Company, move |work, permit| {
        let mut answers = Vec::with_capacity(tellings.len());
        for (number, telling) in tellings.iter().enumerate() {
            answers.push(match telling {
                Ok((telling, legible)) => {
                    answer(number, tell_apart_in(work, &permit.reading(*legible), telling, now)?)
                }
                Err(answered) => answered.clone(),
            });
        }
        Ok(answers)
    })
}

/// Takes one of many records in: what is wrong with it keeps no other out, and a refusal is noted. Fails with the
/// database only.
pub(crate) fn tell_apart_in(
    work: &mut Work<'_>,
    permit: &Permit,
    telling: &Telling,
    now: i64,
) -> Result<Result<Reply, ActError>, ActError> {
    match take_in(work, permit, telling) {
        Ok(reply) => Ok(Ok(reply)),
        Err((_, _, ActError::Store(error))) => Err(ActError::Store(error)),
        Err((action, about, ActError::Refused(why))) => {
            let person = Some(permit.viewer.person);
            let (action, about, why_not) = (action.name(), about.id(), why.name());
            insert_refusal(work, &NewRefusal { person, action, about, why: why_not, at: now })?;
            Ok(Err(ActError::Refused(why)))
        }
        Err((_, _, error)) => Ok(Err(error)),
    }
}

/// Tells again what was so before, where whoever asks was asked for the right to already.
pub(crate) fn restore_in(work: &mut Work<'_>, permit: &Permit, telling: &Telling) -> Result<(), ActError> {
    let place = Place::find(work, permit.seen(), telling)?;
    save(work, telling, &origin(permit, telling, Numbering::Told), permit.seen(), &place).map(drop)
}

type Failed = (Action, About, ActError);

/// Fails before it has written anything, or with the database.
fn take_in(work: &mut Work<'_>, permit: &Permit, telling: &Telling) -> Result<Reply, Failed> {
    let failed = |error: ActError| (Action::ReadAccount, About::Company, error);
    let mut telling = telling.clone();
    let numbering = number(work, &mut telling).map_err(failed)?;
    let place = match numbering {
        Numbering::New => Place::new(work, &telling),
        Numbering::Told => Place::find(work, permit.seen(), &telling),
    };
    let told = telling.told.clone();
    let tells = |field: &str| told.as_ref().is_none_or(|told| told.contains(field));
    let place = match place {
        Ok(place) => place,
        // Whom it is about is not known, but what it says can be looked at.
        Err(unplaced) => {
            let wrong = telling.record.proofread(permit.today, tells);
            return Err(failed(permit.having_found(wrong).added_to(unplaced)));
        }
    };
    let owner = rights::check(work, permit, &telling, &place)?;
    let mut wrong: Vec<FieldError> = expected(&telling, &place).map_err(failed)?.into_iter().collect();
    wrong.extend(telling.record.proofread(permit.today, tells));
    let misfits = rights::misfits(work, permit, &telling, &place, owner).map_err(failed)?;
    wrong.extend(misfits.into_iter().filter(|error| tells(error.field)));
    let origin = origin(permit, &telling, numbering);
    let saved = match permit.free_of(wrong) {
        Ok(()) => save(work, &telling, &origin, permit.seen(), &place).and_then(|reply| {
            count_as_later(work, permit, &telling, &place)?;
            Ok(reply)
        }),
        Err(wrong) => telling.record.refusal(work, &origin).and_then(|refusal| Err(wrong.with(refusal))),
    };
    saved.map_err(|error| failed(with_unknown(work, &telling, error)))
}

/// The same with every name that stands for nothing: whoever takes the record in stops at the first.
fn with_unknown(work: &Work<'_>, telling: &Telling, error: ActError) -> ActError {
    match &error {
        ActError::Invalid(_) => match rights::unknown(work, telling) {
            Ok(unknown) => error.with(unknown),
            Err(failed) => failed,
        },
        ActError::NotThere
        | ActError::Refused(_)
        | ActError::Stale(_)
        | ActError::OtherPayload
        | ActError::Store(_) => error,
    }
}

/// Takes one record in as a part of another authorised change, with its own rights asked as well.
pub(crate) fn tell_in(work: &mut Work<'_>, permit: &Permit, telling: &Telling) -> Result<Reply, ActError> {
    take_in(work, permit, telling).map_err(|(_, _, error)| error)
}

/// Whether a record has just got its number, so that nothing can be there of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    New,
    Told,
}

fn number(work: &Work<'_>, telling: &mut Telling) -> Result<Numbering, ActError> {
    if telling.source != OWN_SOURCE || telling.record.external_id() != Some("") {
        return Ok(Numbering::Told);
    }
    let numbered = match &telling.record {
        Told::Account(_) => Numbered::Account,
        Told::Contact(_) => Numbered::Contact,
        Told::Activity(_) => Numbered::Activity,
        Told::Person(_) => Numbered::Person,
        Told::TeamMember(_)
        | Told::Sale(_)
        | Told::Estimate(_)
        | Told::Ability(_)
        | Told::Target(_)
        | Told::Override(_)
        | Told::Product(_) => return Err(ActError::invalid("external_id", Problem::Missing)),
    };
    let id = next_external_id(work, numbered)?;
    telling.record.set_external_id(id);
    Ok(Numbering::New)
}

/// Whether what should be new is there already.
fn expected(telling: &Telling, place: &Place) -> Result<Option<FieldError>, ActError> {
    match (&telling.expects, &place.held) {
        (Expects::New, Some(_)) if telling.record.external_id().is_some() => {
            Ok(Some(FieldError { field: "external_id", problem: Problem::Taken }))
        }
        (Expects::Tag(_), None) => Err(ActError::NotThere),
        (Expects::Tag(tag), Some(held)) if *tag != shown(telling, held).1 => Err(ActError::Stale(Vec::new())),
        (Expects::New | Expects::Anything | Expects::Tag(_), _) => Ok(None),
    }
}

fn origin(permit: &Permit, telling: &Telling, numbering: Numbering) -> Origin {
    Origin {
        source: telling.source.clone(),
        today: permit.today,
        told: telling.told.clone(),
        assumed: HashSet::new(),
        is_spoken: true,
        is_new: numbering == Numbering::New,
    }
}

fn save(
    work: &mut Work<'_>,
    telling: &Telling,
    origin: &Origin,
    seen: Seen,
    place: &Place,
) -> Result<Reply, ActError> {
    let (outcome, made) = telling.record.take_in(work, origin)?;
    let happened = match outcome {
        Outcome::Created => Happened::Created,
        Outcome::Updated => Happened::Updated,
        Outcome::Unchanged | Outcome::Refused { .. } | Outcome::Waiting { .. } => Happened::Unchanged,
    };
    if let Told::Person(_) = telling.record {
        access::end_of_inactive(work, seen.on, now())?;
    }
    let resource = telling.record.resource();
    let row = match made {
        Some(row) => row,
        None => listing::one(work, resource, seen, &place.key)?.ok_or_else(|| {
            StoreError::Statement(format!("what was told of {} is not there", resource.name))
        })?,
    };
    let (shown, tag) = shown(telling, &row);
    let key = row.place.key.iter().map(text).collect();
    Ok(Reply { happened, shown, tag, key })
}

/// What the asking person judges today is the later word: it takes the place of what others judged of the same today, and
/// needs by group that of a whole need.
fn count_as_later(
    work: &mut Work<'_>,
    permit: &Permit,
    telling: &Telling,
    place: &Place,
) -> Result<(), ActError> {
    let (person, today) = (permit.viewer.person, permit.today);
    let Some(account) = place.account.filter(|_| place.key.contains(&("person", person.0.into()))) else {
        return Ok(());
    };
    match &telling.record {
        Told::Estimate(record) if record.day == today => {
            if record.group.is_some() {
                estimates::take_place_of_whole(work, account, record.estimator, today)?;
            }
            take_place::<EstimateFact>(work, account, person, today)?;
        }
        Told::Ability(record) if record.day == today => {
            take_place::<AbilityFact>(work, account, person, today)?;
        }
        Told::Target(record) if record.day == today => {
            take_place::<TargetFact>(work, account, person, today)?;
        }
        Told::Account(_)
        | Told::Contact(_)
        | Told::TeamMember(_)
        | Told::Activity(_)
        | Told::Sale(_)
        | Told::Estimate(_)
        | Told::Ability(_)
        | Told::Target(_)
        | Told::Override(_)
        | Told::Person(_)
        | Told::Product(_) => (),
    }
    Ok(())
}

fn shown(telling: &Telling, row: &Listed) -> (String, String) {
    let columns: Vec<&Column> = telling.record.resource().shown().collect();
    let shown = Shown { columns: &columns, cells: &row.cells, is_unlocked: true };
    let json = serde_json::to_string(&shown).unwrap_or_default();
    let tag = tag(&json);
    (json, tag)
}

fn text(value: &luotsi_store::Value) -> String {
    match value {
        luotsi_store::Value::Id(id) => id.to_string(),
        luotsi_store::Value::Day(day) => day.to_string(),
        luotsi_store::Value::Text(text) => text.clone(),
        luotsi_store::Value::Int(int) => int.to_string(),
        luotsi_store::Value::Null | luotsi_store::Value::Real(_) => String::new(),
    }
}

impl Reply {
    /// Our own id of the record.
    pub(crate) fn id(&self) -> Option<Uuid> {
        self.key.last().and_then(|id| Uuid::try_parse(id).ok())
    }
}

impl Happened {
    fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Created, Self::Updated, Self::Unchanged].into_iter().find(|happened| happened.name() == name)
    }
}

impl Kept for Reply {
    fn kept(&self) -> Json {
        json!([self.happened.name(), self.shown, self.tag, self.key.kept()])
    }

    fn again(kept: Json) -> Option<Self> {
        let Json::Array(parts) = kept else { return None };
        let [happened, shown, tag, key] = <[Json; 4]>::try_from(parts).ok()?;
        Some(Self {
            happened: Happened::parse(happened.as_str()?)?,
            shown: String::again(shown)?,
            tag: String::again(tag)?,
            key: Vec::again(key)?,
        })
    }
}
