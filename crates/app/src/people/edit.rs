//! People as whoever manages them adds and changes them: what holds from which day on, and links that invite.

use super::{Purpose, hash, now, record, secret};
use crate::{
    act::{ActError, By, FieldError, Meanwhile, Permit, Problem, act},
    text,
};
use luotsi_core::{
    history::{Entry, Subject},
    people::{People, PersonId, Role, policy::Action},
    units::{Day, Money},
};
use luotsi_store::{
    Query, Store, StoreError, Work,
    people::{
        access,
        edit::{self, Duties, Person},
        load, session,
    },
};
use sha2::{Digest, Sha256};

const EMAIL_MAX: usize = 254;
const HOURS_MAX: i64 = 3_000;
const COST_MAX: Money = Money::euros(10_000);

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
    pub customer_hours: Option<i64>,
    /// From which day on it holds.
    pub from: Day,
}

/// Adds a person, from the first on what is told.
pub fn add(store: &Store, by: &By, told: &Told) -> Result<PersonId, ActError> {
    let told = checked(told)?;
    act(store, by, Action::ManagePeople, None, move |work, permit| {
        fits(work, permit, None, &told)?;
        let person = edit::insert(work, &told.name, email(&told))?;
        edit::set_duties(work, person, &duties(&told))?;
        work.record(entry(person, "created", None, Some(told.name.clone()), None))?;
        Ok(person)
    })
}

/// Changes a person from a day on. `version` is what the form was drawn from.
pub fn change(store: &Store, by: &By, person: PersonId, version: &str, told: &Told) -> Result<(), ActError> {
    let told = checked(told)?;
    let (version, now) = (version.to_owned(), now());
    act(store, by, Action::ManagePeople, None, move |work, permit| {
        let before = edit::one(work, person)?.ok_or(ActError::NotThere)?;
        if version_of(&before) != version {
            return Err(ActError::Stale(meanwhile(work, &before, &told)?));
        }
        fits(work, permit, Some(&before), &told)?;
        save(work, &before, &told)?;
        Ok(access::end_of_inactive(work, permit.today, now)?)
    })
}

/// A link that lets the person choose a password and logs them in; earlier links no longer work. Its secret, to be shown
/// once; `None`: this request made it already.
pub fn invite(store: &Store, by: &By, person: PersonId) -> Result<Option<String>, ActError> {
    let secret = secret()?;
    let (kept, now) = (hash(&secret), now());
    let made = kept.clone();
    let answer = act(store, by, Action::ManagePeople, None, move |work, permit| {
        let invited = edit::one(work, person)?.ok_or(ActError::NotThere)?;
        if !is_active(work, person, permit.today)? {
            return Err(ActError::invalid("", Problem::NotActive));
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

/// What a form about the person is drawn from.
pub fn version_of(person: &Person) -> String {
    let digest = Sha256::digest(format!("{person:?}").as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The fields by themselves.
fn checked(told: &Told) -> Result<Told, ActError> {
    let mut errors = Vec::new();
    let mut line = |field: &'static str, text: &str, max: usize| match text::line(text, max) {
        Ok(line) => line.into_owned(),
        Err(fault) => {
            errors.push(FieldError { field, problem: fault.into() });
            String::new()
        }
    };
    let checked = Told {
        name: line("name", &told.name, text::NAME_MAX),
        email: line("email", &told.email, EMAIL_MAX).to_lowercase(),
        team: line("team", &told.team, text::NAME_MAX),
        ..told.clone()
    };
    let mut wrong = |field, problem| errors.push(FieldError { field, problem });
    if told.name.trim().is_empty() {
        wrong("name", Problem::Missing);
    }
    if !checked.email.is_empty() && !is_email(&checked.email) {
        wrong("email", Problem::NotAnEmail);
    }
    if checked.hourly_cost.is_some_and(|cost| cost < Money::ZERO || COST_MAX < cost) {
        wrong("hourly_cost", Problem::OutOfRange { min: 0, max: COST_MAX.cents / 100 });
    }
    if checked.customer_hours.is_some_and(|hours| !(0..=HOURS_MAX).contains(&hours)) {
        wrong("customer_hours", Problem::OutOfRange { min: 0, max: HOURS_MAX });
    }
    match errors.is_empty() {
        true => Ok(checked),
        false => Err(ActError::Invalid(errors)),
    }
}

/// Something before and after one `@`, with a dot behind it: more only sending a mail would tell.
pub(super) fn is_email(text: &str) -> bool {
    let is_plain = |part: &str| {
        !part.is_empty()
            && !part.contains(|sign: char| sign.is_whitespace() || sign == '@' || sign.is_control())
    };
    text.split_once('@').is_some_and(|(name, host)| {
        is_plain(name)
            && is_plain(host)
            && host.split('.').count() > 1
            && host.split('.').all(|part| !part.is_empty())
    })
}

/// Against everybody else, in the transaction.
fn fits(work: &Work<'_>, permit: &Permit, before: Option<&Person>, told: &Told) -> Result<(), ActError> {
    let own = before.map(|person| person.id);
    let mut errors = Vec::new();
    let mut wrong = |field, problem| errors.push(FieldError { field, problem });
    if !told.email.is_empty() && edit::is_email_taken(work, &told.email, own)? {
        wrong("email", Problem::Taken);
    }
    if let Some(before) = before.filter(|before| told.from < before.duties.from) {
        wrong("from", Problem::TooEarly { earliest: before.duties.from });
    }
    let (people, numbers) = load(work)?;
    if let Some(manager) = told.manager {
        match numbers.get(&manager) {
            None => wrong("manager", Problem::Unknown),
            Some(_) if own == Some(manager) => wrong("manager", Problem::Circle),
            Some(_) if own.is_some_and(|own| is_above(&people, &numbers, own, manager, told.from)) => {
                wrong("manager", Problem::Circle);
            }
            Some(number) if !people.is_active(*number, told.from) => wrong("manager", Problem::NotActive),
            Some(_) => (),
        }
    }
    if let Some(before) = before {
        let is_raised = told.role != before.duties.role || told.is_active != before.duties.is_active;
        if permit.viewer.person == before.id && is_raised {
            let field = if told.role == before.duties.role { "active" } else { "role" };
            wrong(field, Problem::OwnRights);
        } else if !is_admin_left(&people, before.id, told) {
            wrong(if told.is_active { "role" } else { "active" }, Problem::LastAdmin);
        }
    }
    match errors.is_empty() {
        true => Ok(()),
        false => Err(ActError::Invalid(errors)),
    }
}

/// `person` stands above `other`, over however many managers.
fn is_above(
    people: &People,
    numbers: &std::collections::HashMap<PersonId, luotsi_core::people::PersonNo>,
    person: PersonId,
    other: PersonId,
    on: Day,
) -> bool {
    let Some(wanted) = numbers.get(&person) else { return false };
    let mut above = numbers.get(&other).copied();
    for _ in 0..people.people.len() {
        let Some(number) = above else { return false };
        above = people.on(number, on).and_then(|version| version.manager);
        if above == Some(*wanted) {
            return true;
        }
    }
    false
}

/// On every day from the change on some active admin is left.
fn is_admin_left(people: &People, changed: PersonId, told: &Told) -> bool {
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
    let days = std::iter::once(told.from).chain(later.filter(|day| told.from < *day));
    stays || days.into_iter().all(is_admin)
}

fn is_active(query: &impl Query, person: PersonId, on: Day) -> Result<bool, StoreError> {
    Ok(luotsi_store::people::policy::viewer(query, person, on)?.is_some())
}

fn save(work: &mut Work<'_>, before: &Person, told: &Told) -> Result<(), StoreError> {
    let after = duties(told);
    let from = Some(format!("from {}", after.from));
    let mut entries = Vec::new();
    let names = [
        ("name", Some(before.name.clone()), Some(told.name.clone())),
        ("email", before.email.clone(), email(told).map(str::to_owned)),
    ];
    for (what, old, new) in names {
        if old != new {
            entries.push(entry(before.id, what, old, new, None));
        }
    }
    if !entries.is_empty() {
        edit::rename(work, before.id, &told.name, email(told))?;
    }
    let named = entries.len();
    for ((what, new), old) in FIELDS.iter().zip(texts(&after)).zip(texts(&before.duties)) {
        if old != new {
            entries.push(entry(before.id, what, old, new, from.clone()));
        }
    }
    if named < entries.len() {
        edit::set_duties(work, before.id, &after)?;
    }
    work.record_all(&entries)
}

fn duties(told: &Told) -> Duties {
    Duties {
        from: told.from,
        role: told.role,
        team: (!told.team.is_empty()).then(|| told.team.clone()),
        manager: told.manager,
        is_active: told.is_active,
        hourly_cost: told.hourly_cost,
        customer_hours: told.customer_hours.map(|hours| hours as u32),
    }
}

fn email(told: &Told) -> Option<&str> {
    (!told.email.is_empty()).then_some(told.email.as_str())
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

fn entry(
    person: PersonId,
    what: &'static str,
    before: Option<String>,
    after: Option<String>,
    why: Option<String>,
) -> Entry {
    Entry {
        subject: Subject::Person,
        subject_id: Some(person.0),
        what,
        before,
        after,
        why,
        touched: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_has_something_on_both_sides_of_one_at() {
        for email in ["aino@yritys.fi", "a.b+c@x.y.example"] {
            assert!(is_email(email), "{email}");
        }
        for text in ["aino", "@yritys.fi", "aino@", "aino@yritys", "a b@c.d", "a@b@c.d", "a@.fi", "a@b..fi"] {
            assert!(!is_email(text), "{text}");
        }
    }
}
