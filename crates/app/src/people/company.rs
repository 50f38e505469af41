//! The company's own settings, and the first start: whoever has the set-up link names the company and themselves.

use super::{
    hash,
    log_in::{self, Caller, LoggedIn, chosen_well},
    now, password, record, secret,
};
use crate::{
    act::{ActError, By, FieldError, Meanwhile, Problem, act, is_stale, version_of_texts},
    rules::is_email,
    text,
};
use jiff::tz::TimeZone;
use luotsi_core::{
    history::{Actor, Entry, Subject},
    people::policy::Action,
};
use luotsi_store::{
    Store, StoreError, Work,
    people::{self, CompanySettings, access, edit, session},
};

/// The company as a form tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub name: String,
    pub language: String,
    pub time_zone: String,
    pub currency: String,
}

/// The person who begins, as the first form tells of them.
#[derive(Clone, Debug)]
pub struct Beginner {
    pub name: String,
    pub email: String,
    pub password: String,
    pub password_again: String,
}

/// What money can be counted in, by codes of ISO 4217: those with hundredths and those without.
pub const CURRENCIES: [&str; 52] = [
    "EUR", "SEK", "NOK", "DKK", "ISK", "GBP", "CHF", "PLN", "CZK", "HUF", "RON", "BGN", "ALL", "AMD", "AZN",
    "BAM", "GEL", "MDL", "MKD", "RSD", "TRY", "UAH", "AED", "ARS", "AUD", "BRL", "CAD", "CLP", "CNY", "COP",
    "EGP", "HKD", "IDR", "ILS", "INR", "JPY", "KES", "KRW", "KZT", "MAD", "MXN", "MYR", "NZD", "PEN", "PHP",
    "QAR", "SAR", "SGD", "THB", "TWD", "USD", "ZAR",
];
pub const LANGUAGES: [&str; 2] = ["fi", "en"];

/// Changes the company's settings. `version` is what the form was drawn from.
pub fn change(store: &Store, by: &By, version: &str, told: &Told) -> Result<(), ActError> {
    let told = checked(told)?;
    let version = version.to_owned();
    act(store, by, Action::ManageCompany, None, move |work, _| {
        let before = people::company(work)?;
        let meanwhile = meanwhile(&before, &told);
        if is_stale(&version, &version_of(&before), &meanwhile) {
            return Err(ActError::Stale(meanwhile));
        }
        Ok(save(work, &before, &told)?)
    })
}

/// What a form about the company is drawn from.
pub fn version_of(company: &CompanySettings) -> String {
    version_of_texts(texts(company))
}

/// The first start: uses the set-up link up, names company and beginner, keeps the password and begins a session.
pub fn begin(
    store: &Store,
    link: &str,
    told: &Told,
    beginner: &Beginner,
    caller: &Caller,
) -> Result<LoggedIn, ActError> {
    let mut errors = match checked(told) {
        Err(ActError::Invalid(errors)) => errors,
        Ok(_) => Vec::new(),
        Err(other) => return Err(other),
    };
    let (name, email) = person_checked(beginner, &mut errors);
    let names = [name.as_str(), email.as_str(), told.name.as_str()];
    if let Err(ActError::Invalid(wrong)) = chosen_well(&beginner.password, &beginner.password_again, &names) {
        errors.extend(wrong);
    }
    if !errors.is_empty() {
        return Err(ActError::Invalid(errors));
    }

    let told = checked(told)?;
    let (kept, secret) = (password::hash(&beginner.password)?, secret()?);
    let (link, caller, now) = (hash(link), caller.clone(), now());
    store.write(Actor::Setup, move |work| {
        let person = log_in::used(work, &link, caller.today, now)?.ok_or(ActError::NotThere)?;
        let before = people::company(work)?;
        save(work, &before, &told)?;
        edit::rename(work, person, &name, Some(&email))?;
        work.record(named(person.0, "name", &name))?;
        work.record(named(person.0, "email", &email))?;
        access::set_password(work, person, &kept, now)?;
        let begun = hash(&secret);
        log_in::begin(work, person, &begun, &caller)?;
        session::end_others(work, person, &begun)?;
        record(work, person, "password")?;
        Ok(LoggedIn { person, secret: secret.clone() })
    })
}

fn person_checked(beginner: &Beginner, errors: &mut Vec<FieldError>) -> (String, String) {
    let mut line = |field: &'static str, text: &str| match text::line(text, text::NAME_MAX) {
        Ok(line) if !line.is_empty() => line.into_owned(),
        Ok(_) => {
            errors.push(FieldError { field, problem: Problem::Missing });
            String::new()
        }
        Err(fault) => {
            errors.push(FieldError { field, problem: fault.into() });
            String::new()
        }
    };
    let (name, email) = (line("own_name", &beginner.name), line("email", &beginner.email).to_lowercase());
    if !email.is_empty() && !is_email(&email) {
        errors.push(FieldError { field: "email", problem: Problem::NotAnEmail });
    }
    (name, email)
}

fn checked(told: &Told) -> Result<Told, ActError> {
    let mut errors = Vec::new();
    let mut wrong = |field, problem| errors.push(FieldError { field, problem });
    let name = text::line(&told.name, text::NAME_MAX);
    match &name {
        Ok(name) if name.is_empty() => wrong("name", Problem::Missing),
        Ok(_) => (),
        Err(fault) => wrong("name", fault.clone().into()),
    }
    if !LANGUAGES.contains(&told.language.as_str()) {
        wrong("language", Problem::NotAChoice);
    }
    // As the database of time zones writes it, however it was told.
    let zone = TimeZone::get(&told.time_zone).ok();
    let zone = zone.as_ref().and_then(TimeZone::iana_name).map(str::to_owned);
    if zone.is_none() {
        wrong("time_zone", Problem::NotAChoice);
    }
    if !CURRENCIES.contains(&told.currency.as_str()) {
        wrong("currency", Problem::NotAChoice);
    }
    match (name, zone, errors.is_empty()) {
        (Ok(name), Some(time_zone), true) => Ok(Told { name: name.into_owned(), time_zone, ..told.clone() }),
        (Ok(_) | Err(_), _, _) => Err(ActError::Invalid(errors)),
    }
}

fn save(work: &mut Work<'_>, before: &CompanySettings, told: &Told) -> Result<(), StoreError> {
    let after = CompanySettings {
        name: told.name.clone(),
        language: told.language.clone(),
        time_zone: told.time_zone.clone(),
        currency: told.currency.clone(),
        ..before.clone()
    };
    people::set_company(work, &after)?;
    for ((what, old), new) in FIELDS.into_iter().zip(texts(before)).zip(texts(&after)) {
        if old != new {
            work.record(Entry {
                subject: Subject::Company,
                subject_id: None,
                what,
                before: Some(old),
                after: Some(new),
                why: None,
                touched: Vec::new(),
            })?;
        }
    }
    Ok(())
}

const FIELDS: [&str; 4] = ["name", "language", "time_zone", "currency"];

fn texts(company: &CompanySettings) -> [String; 4] {
    [company.name.clone(), company.language.clone(), company.time_zone.clone(), company.currency.clone()]
}

fn meanwhile(before: &CompanySettings, told: &Told) -> Vec<Meanwhile> {
    let typed = [&told.name, &told.language, &told.time_zone, &told.currency];
    let differs = FIELDS.into_iter().zip(texts(before)).zip(typed).filter(|((_, now), typed)| now != *typed);
    differs.map(|((field, now), _)| Meanwhile { field, now }).collect()
}

fn named(person: uuid::Uuid, what: &'static str, after: &str) -> Entry {
    Entry {
        subject: Subject::Person,
        subject_id: Some(person),
        what,
        before: None,
        after: Some(after.to_owned()),
        why: None,
        touched: Vec::new(),
    }
}
