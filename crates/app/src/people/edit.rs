//! People as whoever manages them adds and changes them: what holds from which day on, and links that invite.

use super::{Purpose, hash, now, record, secret};
use crate::{
    act::{ActError, By, FieldError, Meanwhile, Permit, Problem, act, is_stale, version_of_texts},
    exchange::{Telling, Told as Record, tell_in},
    import::records::PersonRecord,
};
use luotsi_core::{
    people::{
        People, PersonId, Role,
        policy::{Action, Scope, scope},
    },
    units::{Day, Money},
};
use luotsi_store::{
    Query, Store, StoreError,
    people::{
        edit::{self, Duties, Person},
        load, policy, session,
    },
    recording::{Named, names_of},
};

/// A person as a form tells of them, parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub team: String,
    pub manager: Option<PersonId>,
    pub is_active: bool,
    pub hourly_cost: Option<Money>,
    pub customer_hours: Option<u32>,
    /// From which day on it holds.
    pub from: Day,
}

/// Adds a person, from the first on what is told.
pub fn add(store: &Store, by: &By, told: &Told) -> Result<PersonId, ActError> {
    let told = told.clone();
    act(store, by, Action::ManagePeople, None, move |work, permit| {
        let telling = Telling::here(Record::Person(recorded(&told, "")));
        let person = tell_in(work, permit, &telling).map_err(in_form)?.id();
        person.map(PersonId).ok_or(ActError::NotThere)
    })
}

/// Changes a person from a day on. `version` is what the form was drawn from.
pub fn change(store: &Store, by: &By, person: PersonId, version: &str, told: &Told) -> Result<(), ActError> {
    let (version, told) = (version.to_owned(), told.clone());
    act(store, by, Action::ManagePeople, None, move |work, permit| {
        let before = edit::one(work, person)?.ok_or(ActError::NotThere)?;
        let (source, id) = names_of(work, Named::Person, person.0)?.ok_or(ActError::NotThere)?;
        let meanwhile = meanwhile(work, &before, &told)?;
        if is_stale(&version, &version_of(&before), &meanwhile) {
            return Err(ActError::Stale(meanwhile));
        }
        let earliest = before.duties.from;
        let too_early = (told.from < earliest)
            .then_some(FieldError { field: "from", problem: Problem::TooEarly { earliest } });
        let telling = Telling { source, ..Telling::here(Record::Person(recorded(&told, &id))) };
        tell_in(work, &permit.having_found(too_early), &telling).map(drop).map_err(in_form)
    })
}

fn recorded(told: &Told, external_id: &str) -> PersonRecord {
    PersonRecord {
        external_id: external_id.to_owned(),
        name: told.name.clone(),
        email: Some(told.email.clone()),
        role: told.role,
        team: Some(told.team.clone()),
        manager: told.manager.map(|manager| manager.0.to_string()),
        is_active: told.is_active,
        hourly_cost: told.hourly_cost,
        customer_hours: told.customer_hours,
        known_on: Some(told.from),
    }
}

/// The form asks from when on it holds.
fn in_form(error: ActError) -> ActError {
    error.told_of(|field| if field == "known_on" { "from" } else { field })
}

/// A link that lets the person choose a password and logs them in; earlier links no longer work. Its secret, to be shown
/// once; `None`: this request made it already.
pub fn invite(store: &Store, by: &By, person: PersonId) -> Result<Option<String>, ActError> {
    let secret = secret()?;
    let (kept, now) = (hash(&secret), now());
    let made = kept.clone();
    let answer = act(store, by, Action::ManagePeople, None, move |work, permit| {
        let invited = edit::one(work, person)?.ok_or(ActError::NotThere)?;
        let Some(viewer) = policy::viewer(work, person, permit.today)? else {
            return Err(ActError::invalid("", Problem::NotActive));
        };
        // Whoever manages people makes tokens for whom they like.
        if scope(viewer.role, Action::ManagePeople) != Scope::Nothing {
            permit.in_person()?;
        }
        if invited.email.is_none() {
            return Err(ActError::invalid("email", Problem::Missing));
        }
        session::delete_links(work, person)?;
        let purpose = Purpose::Invitation;
        session::insert_link(work, &kept, person, purpose.name(), now, now + purpose.holds_for())?;
        record(work, person, "link_created")?;
        Ok(kept.clone())
    })?;
    Ok((answer == made).then_some(secret))
}

/// The person's invitation lets nobody in any more. `false`: there was none that was not used.
pub fn take_invitation_back(store: &Store, by: &By, person: PersonId) -> Result<bool, ActError> {
    act(store, by, Action::ManagePeople, None, move |work, _| {
        edit::one(work, person)?.ok_or(ActError::NotThere)?;
        match session::delete_invitation(work, person)? {
            true => record(work, person, "link_withdrawn")?,
            false => return Ok(false),
        }
        Ok(true)
    })
}

/// What a form about the person is drawn from.
pub fn version_of(person: &Person) -> String {
    let named = [person.name.clone(), person.email.clone().unwrap_or_default()];
    let duties = texts(&person.duties).map(Option::unwrap_or_default);
    version_of_texts(named.into_iter().chain([person.duties.from.to_string()]).chain(duties))
}

/// What is wrong with what is told of a person, among the others. `person`: who is there already.
pub(crate) fn misfits(
    query: &impl Query,
    permit: &Permit,
    person: Option<PersonId>,
    told: &PersonRecord,
    manager: Option<PersonId>,
) -> Result<Vec<FieldError>, ActError> {
    let mut errors = Vec::new();
    let mut wrong = |field, problem| errors.push(FieldError { field, problem });
    let from = told.known_on.unwrap_or(permit.today);
    if person.is_none() && permit.today < from {
        wrong("known_on", Problem::TooLate { latest: permit.today });
    }
    if let Some(email) = &told.email
        && edit::is_email_taken(query, email, person)?
    {
        wrong("email", Problem::Taken);
    }
    let (people, numbers) = load(query)?;
    if let Some(manager) = manager.filter(|manager| Some(*manager) != person)
        && !numbers.get(&manager).is_some_and(|number| people.is_active(*number, from))
    {
        wrong("manager", Problem::NotActive);
    }
    if let Some(person) = person
        && let Some(before) = edit::one(query, person)?
    {
        let is_raised = told.role != before.duties.role || told.is_active != before.duties.is_active;
        if permit.viewer.person == person && is_raised {
            let field = if told.role == before.duties.role { "active" } else { "role" };
            wrong(field, Problem::OwnRights);
        } else if !is_admin_left(&people, person, told, from) {
            wrong(if told.is_active { "role" } else { "active" }, Problem::LastAdmin);
        }
    }
    Ok(errors)
}

/// On every day from the change on some active admin is left.
fn is_admin_left(people: &People, changed: PersonId, told: &PersonRecord, from: Day) -> bool {
    let stays = told.role == Role::Admin && told.is_active;
    let is_admin = |on: Day| {
        people
            .people
            .iter()
            .filter(|person| person.id != changed)
            .filter_map(|person| person.on(on))
            .any(|version| version.is_active && version.role == Role::Admin)
    };
    let later = people.people.iter().flat_map(|person| &person.versions).map(|version| version.from);
    let days = std::iter::once(from).chain(later.filter(|day| from < *day));
    stays || days.into_iter().all(is_admin)
}

fn duties(told: &Told) -> Duties {
    Duties {
        from: told.from,
        role: told.role,
        team: (!told.team.is_empty()).then(|| told.team.clone()),
        manager: told.manager,
        is_active: told.is_active,
        hourly_cost: told.hourly_cost,
        customer_hours: told.customer_hours,
    }
}

/// As the log names what is dated of a person.
const FIELDS: [&str; 6] = ["role", "team", "manager", "active", "hourly_cost", "customer_hours"];

fn texts(duties: &Duties) -> [Option<String>; 6] {
    [
        Some(duties.role.name().to_owned()),
        duties.team.clone(),
        duties.manager.map(|manager| manager.0.to_string()),
        Some(if duties.is_active { "yes" } else { "no" }.to_owned()),
        duties.hourly_cost.map(|cost| cost.to_string()),
        duties.customer_hours.map(|hours| hours.to_string()),
    ]
}

/// What differs from what the form says, as it is now.
fn meanwhile(query: &impl Query, before: &Person, told: &Told) -> Result<Vec<Meanwhile>, StoreError> {
    let manager = |person: Option<PersonId>| -> Result<String, StoreError> {
        let found = person.map(|person| edit::one(query, person)).transpose()?.flatten();
        Ok(found.map_or_else(String::new, |person| person.name))
    };
    let text = |text: Option<String>| text.unwrap_or_default();
    let (now, typed) = (texts(&before.duties), texts(&duties(told)));
    let mut all = vec![
        ("name", before.name.clone(), told.name.clone()),
        ("email", text(before.email.clone()), told.email.clone()),
    ];
    for ((field, now), typed) in FIELDS.iter().zip(now).zip(typed) {
        all.push((field, text(now), text(typed)));
    }
    let mut found = Vec::new();
    for (field, now, typed) in all {
        if now != typed {
            let now = if field == "manager" { manager(before.duties.manager)? } else { now };
            found.push(Meanwhile { field, now });
        }
    }
    Ok(found)
}
