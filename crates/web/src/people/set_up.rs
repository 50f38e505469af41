//! The first start: whoever has the set-up link names the company and themselves.

use crate::{
    ask::Ask,
    change::{Attempt, Field, Form, Typed},
    error,
    page::Page,
    texts::{Currency, Language, Texts},
};
use askama::Template;
use luotsi_app::{
    act::ActError,
    people::{
        company::{self, Beginner, CURRENCIES, Told},
        log_in::{Caller, LoggedIn},
    },
};
use luotsi_store::{Store, people::CompanySettings};

#[derive(Template)]
#[template(path = "people/set_up.html")]
pub struct SetUp {
    page: Page,
    form: Form,
    language: Field,
    company: Field,
    time_zone: Field,
    currency: Field,
    own_name: Field,
    email: Field,
    password: Field,
    password_again: Field,
}

/// All that a link's page may be sent with: it asks for this, for a password, or for nothing.
pub const FIELDS: [&str; 8] =
    ["language", "name", "time_zone", "currency", "own_name", "email", "password", "password_again"];

pub fn form(ask: &Ask, t: Texts, attempt: &Attempt, action: &str, kept: &CompanySettings) -> SetUp {
    let form = attempt.form("set-up", action, t);
    let company = form.line("name", t.company_name(), "").completed("organization");
    let company = if form.is_open() { company } else { company.focused() };
    SetUp {
        page: error::bare(ask, t).titled(t.set_up_title()),
        language: form.choice("language", t.company_language(), t.language.tag(), languages(t)),
        company,
        time_zone: form.choice("time_zone", t.time_zone(), &kept.time_zone, time_zones(&kept.time_zone)),
        currency: form.choice("currency", t.currency(), &kept.currency, currencies()).hint(t.currency_hint()),
        own_name: form.line("own_name", t.own_name(), "").completed("name"),
        email: form.email("email", t.email(), "").completed("username"),
        password: form
            .password("password", t.new_password())
            .completed("new-password")
            .hint(t.password_advice()),
        password_again: form.password("password_again", t.password_again()).completed("new-password"),
        form,
    }
}

pub fn begin(store: &Store, link: &str, typed: &Typed, caller: &Caller) -> Result<LoggedIn, ActError> {
    let as_typed = |field: &str| typed.as_typed(field).unwrap_or("").to_owned();
    let beginner = Beginner {
        name: as_typed("own_name"),
        email: as_typed("email"),
        password: as_typed("password"),
        password_again: as_typed("password_again"),
    };
    company::begin(store, link, &told(typed), &beginner, caller)
}

/// The company as a form tells of it.
pub fn told(typed: &Typed) -> Told {
    let text = |field: &str| typed.text(field).to_owned();
    Told {
        name: text("name"),
        language: text("language"),
        time_zone: text("time_zone"),
        currency: text("currency"),
    }
}

pub fn languages(t: Texts) -> Vec<(String, String)> {
    let name = |language| match language {
        Language::Finnish => t.finnish(),
        Language::English => t.english(),
    };
    Language::ALL.into_iter().map(|language| (language.tag().to_owned(), name(language).to_owned())).collect()
}

/// By their codes, with the sign where there is another.
pub fn currencies() -> Vec<(String, String)> {
    let label = |code: &str| match Currency::of(code).sign() {
        sign if sign == code => code.to_owned(),
        sign => format!("{code} ({sign})"),
    };
    CURRENCIES.into_iter().map(|code| (code.to_owned(), label(code))).collect()
}

/// The world's time zones by their own names, Europe's first.
pub fn time_zones(kept: &str) -> Vec<(String, String)> {
    let database = jiff::tz::db();
    let mut names: Vec<String> = database
        .available()
        .map(|name| name.as_str().to_owned())
        .filter(|name| is_place(name) || name == kept)
        .collect();
    if !names.iter().any(|name| name == kept) {
        names.push(kept.to_owned());
    }
    names.sort_by_key(|name| (!name.starts_with("Europe/"), name.clone()));
    names.dedup();
    names.into_iter().map(|name| (name.clone(), name.replace('_', " "))).collect()
}

/// `Europe/Helsinki`, and none of the old names kept for old programs.
fn is_place(name: &str) -> bool {
    const CONTINENTS: [&str; 9] =
        ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian"];
    name == "UTC"
        || name
            .split_once('/')
            .is_some_and(|(continent, _)| CONTINENTS.contains(&continent) || continent == "Pacific")
}
