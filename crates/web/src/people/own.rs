//! One's own account: how one likes it, the password, where one is logged in, and tokens for programs.

use super::{
    clock::Clock,
    settings::{Tab, tabs},
};
use crate::{
    Web, answer,
    ask::Ask,
    change::{Attempt, Change, Done, Fault, Field, Form, Place, Reading, Sent},
    error::WebError,
    page::{Choice, Page, Section},
    texts::{Language, Texts},
    web::{SAVED, Visit},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use luotsi_app::{
    act::By,
    people::{
        self,
        access::{self, NewPassword},
        tokens::{self, NewToken},
    },
    today,
};
use luotsi_store::{
    Reader,
    people::{
        access::{Token, password_hash, tokens as tokens_of},
        edit,
        preference::{self, Preference},
        session,
    },
};
use uuid::Uuid;

const HERE: &str = "/settings/me";

#[derive(Template)]
#[template(path = "people/own.html")]
pub struct OwnPage {
    page: Page,
    tabs: Vec<Choice>,
    who: Vec<(&'static str, String)>,
    likes: Likes,
    password: PasswordForm,
    sessions: Vec<SessionRow>,
    end_others: Option<Form>,
    tokens: Vec<TokenRow>,
    token_form: Form,
    token_name: Field,
    token_days: Field,
    token_write: Field,
    /// A token that was made just now, and is shown this once.
    secret: Option<String>,
    /// The token was made by an earlier sending of the same form.
    is_shown_before: bool,
}

struct Likes {
    form: Form,
    language: Field,
    day_minutes: Field,
    has_keys: Field,
}

struct PasswordForm {
    form: Form,
    title: &'static str,
    current: Option<Field>,
    chosen: Field,
    again: Field,
}

struct SessionRow {
    id: String,
    browser: String,
    since: String,
    seen: String,
    /// `None`: the one this page is read in.
    end: Option<Form>,
}

struct TokenRow {
    id: Uuid,
    name: String,
    may: &'static str,
    until: String,
    used: String,
    /// `None`: it lets nobody in any more.
    revoke: Option<Form>,
}

pub async fn own_account(State(web): State<Web>, ask: Ask) -> Response {
    web.page(ask, |reader, visit| draw(reader, visit, &Attempt::none())).await
}

fn draw(reader: &Reader<'_>, visit: &Visit<'_>, attempt: &Attempt) -> Result<OwnPage, WebError> {
    let (t, now, person) = (visit.t, today::now(), visit.viewer.id);
    let clock = Clock::of(visit);
    let token_form = attempt.form("token", "/settings/me/tokens", t);
    let sessions = session_rows(reader, visit, attempt, (now, &clock))?;
    let others = sessions.iter().filter(|session| session.end.is_some()).count();
    Ok(OwnPage {
        page: visit.page(Section::Settings, t.own_account(), Vec::new()),
        tabs: tabs(visit, Tab::Own),
        who: who(reader, visit)?,
        likes: likes(&preference::of(reader, person)?, attempt, t),
        password: password_form(password_hash(reader, person)?.is_some(), attempt, t),
        end_others: (1 < others).then(|| attempt.form("sessions", "/settings/me/sessions", t)),
        sessions,
        tokens: tokens_of(reader, person)?
            .into_iter()
            .map(|token| token_row(token, attempt, t, (now, &clock)))
            .collect(),
        token_name: token_form.line("name", t.token_name(), "").hint(t.token_name_hint()),
        token_days: token_form.choice("days", t.token_days(), "90", token_days(t)),
        token_write: token_form.tick("may_write", t.token_may_write(), false),
        token_form,
        secret: None,
        is_shown_before: false,
    })
}

fn who(reader: &Reader<'_>, visit: &Visit<'_>) -> Result<Vec<(&'static str, String)>, WebError> {
    let t = visit.t;
    let Some(person) = edit::one(reader, visit.viewer.id)? else { return Ok(Vec::new()) };
    let rows = [
        (t.name(), person.name),
        (t.email(), person.email.unwrap_or_default()),
        (t.role_label(), t.role(visit.viewer.role).to_owned()),
        (t.team(), person.duties.team.unwrap_or_default()),
        (t.manager(), visit.person_name(person.duties.manager)),
    ];
    Ok(rows.into_iter().filter(|(_, value)| !value.is_empty()).collect())
}

fn likes(kept: &Preference, attempt: &Attempt, t: Texts) -> Likes {
    let form = attempt.form("likes", "/settings/me", t);
    let minutes = kept.day_minutes.map_or_else(String::new, |minutes| minutes.to_string());
    let language = kept.language.clone().unwrap_or_default();
    let languages = std::iter::once((String::new(), t.language_of_browser().to_owned()))
        .chain(super::set_up::languages(t));
    Likes {
        language: form.choice("language", t.language_label(), language, languages),
        day_minutes: form.number("day_minutes", t.day_minutes(), minutes).hint(t.day_minutes_hint()),
        has_keys: form.tick("has_keys", t.has_keys(), kept.has_keys).hint(t.has_keys_hint()),
        form,
    }
}

fn password_form(has_one: bool, attempt: &Attempt, t: Texts) -> PasswordForm {
    let form = attempt.form("password", "/settings/me/password", t);
    PasswordForm {
        title: if has_one { t.change_password() } else { t.choose_password() },
        current: has_one
            .then(|| form.password("current_password", t.current_password()).completed("current-password")),
        chosen: form
            .password("password", t.new_password())
            .completed("new-password")
            .hint(t.password_advice()),
        again: form.password("password_again", t.password_again()).completed("new-password"),
        form,
    }
}

fn session_rows(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    attempt: &Attempt,
    (now, clock): (i64, &Clock),
) -> Result<Vec<SessionRow>, WebError> {
    let t = visit.t;
    let ours = visit.ask.session.as_deref().map(people::hash);
    let rows = session::of_person(reader, visit.viewer.id, now)?.into_iter().map(|open| {
        let is_ours = ours.as_deref() == Some(open.token_hash.as_str());
        let id = open.token_hash[..16].to_owned();
        let end = || {
            attempt.form(&format!("session-{id}"), &format!("/settings/me/sessions/{}", open.token_hash), t)
        };
        SessionRow {
            browser: browser(&open.user_agent, t),
            since: clock.moment(open.created_at),
            seen: clock.moment(open.last_seen_at),
            end: (!is_ours).then(end),
            id,
        }
    });
    Ok(rows.collect())
}

/// A browser and a system in the words of people, as far as they can be told.
fn browser(user_agent: &str, t: Texts) -> String {
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => t.unknown_browser().to_owned(),
    }
}

fn token_days(t: Texts) -> Vec<(String, String)> {
    tokens::DAYS.into_iter().map(|days| (days.to_string(), t.days(days))).collect()
}

fn token_row(token: Token, attempt: &Attempt, t: Texts, (now, clock): (i64, &Clock)) -> TokenRow {
    let day = |at: i64| clock.date(at);
    let form =
        || attempt.form(&format!("token-{}", token.id), &format!("/settings/me/tokens/{}", token.id), t);
    let until = match token.revoked_at {
        Some(at) => t.token_revoked(&day(at)),
        None if token.expires_at <= now => t.token_expired(&day(token.expires_at)),
        None => t.token_until(&clock.moment(token.expires_at)),
    };
    TokenRow {
        may: if token.may_write { t.token_writes() } else { t.token_reads() },
        used: token.last_used_at.map_or_else(|| t.token_unused().to_owned(), |at| t.token_used(&day(at))),
        revoke: tokens::works(&token, now).then(form),
        until,
        id: token.id,
        name: token.name,
    }
}

pub async fn prefer(State(web): State<Web>, sent: Sent) -> Response {
    let place = Place { page: HERE.to_owned(), fields: &["language", "day_minutes", "has_keys"] };
    web.change(sent, place, save_likes, draw).await
}

fn save_likes(change: &Change<'_>) -> Result<String, Fault> {
    let mut reading = Reading::new(change.typed, change.visit.t);
    let (least, most) = access::DAY_MINUTES;
    let wanted = Preference {
        language: reading.choice("language", Language::parse).map(|language| language.tag().to_owned()),
        day_minutes: reading.whole("day_minutes", least, most).map(|minutes| minutes as u32),
        has_keys: reading.is_ticked("has_keys"),
    };
    reading.end()?;
    access::prefer(change.store, &change.by(), wanted)?;
    Ok(format!("{HERE}{SAVED}"))
}

/// Without the request's key: what it would keep of a form is hashed too quickly for passwords, and the change may be
/// repeated without harm.
fn by_without_key(change: &Change<'_>) -> By {
    By::person(change.visit.viewer.id, change.visit.today)
}

pub async fn change_password(State(web): State<Web>, sent: Sent) -> Response {
    let place = Place { page: HERE.to_owned(), fields: &["current_password", "password", "password_again"] };
    let write = |change: &Change<'_>| {
        let as_typed = |field: &str| change.typed.as_typed(field).unwrap_or("").to_owned();
        let typed = NewPassword {
            current: as_typed("current_password"),
            chosen: as_typed("password"),
            again: as_typed("password_again"),
        };
        let session = change.visit.ask.session.clone().unwrap_or_default();
        access::change_password(change.store, &by_without_key(change), &typed, &session)?;
        Ok::<_, Fault>(format!("{HERE}{SAVED}"))
    };
    web.change(sent, place, write, draw).await
}

pub async fn end_session(State(web): State<Web>, Path(id): Path<String>, sent: Sent) -> Response {
    let place = Place { page: HERE.to_owned(), fields: &[] };
    let write = move |change: &Change<'_>| {
        access::end_session(change.store, &change.by(), &id)?;
        Ok::<_, Fault>(HERE.to_owned())
    };
    web.change(sent, place, write, draw).await
}

pub async fn end_other_sessions(State(web): State<Web>, sent: Sent) -> Response {
    let place = Place { page: HERE.to_owned(), fields: &[] };
    let write = |change: &Change<'_>| {
        let session = change.visit.ask.session.clone().unwrap_or_default();
        access::end_sessions(change.store, &change.by(), change.visit.viewer.id, &session)?;
        Ok::<_, Fault>(HERE.to_owned())
    };
    web.change(sent, place, write, draw).await
}

pub async fn make_token(State(web): State<Web>, sent: Sent) -> Response {
    let place = Place { page: HERE.to_owned(), fields: &["name", "days", "may_write"] };
    web.change(sent, place, show_token, draw).await
}

/// The token stands on the page that answers, and nowhere else.
fn show_token(change: &Change<'_>) -> Result<Done, Fault> {
    let wanted = NewToken {
        name: change.typed.text("name").to_owned(),
        may_write: change.typed.as_typed("may_write").is_some(),
        days: change.typed.text("days").parse().unwrap_or(0),
    };
    let secret = tokens::make(change.store, &change.by(), &wanted)?;
    let html = change.store.read(|reader| {
        let visit = change.visit.still();
        let page = draw(reader, &visit, &Attempt::none())?;
        Ok::<_, WebError>(answer::render(&OwnPage { is_shown_before: secret.is_none(), secret, ..page })?)
    })?;
    Ok(Done::Shown(html))
}

pub async fn revoke_token(State(web): State<Web>, Path(id): Path<String>, sent: Sent) -> Response {
    let place = Place { page: HERE.to_owned(), fields: &[] };
    let id = Uuid::parse_str(&id).unwrap_or_default();
    let write = move |change: &Change<'_>| {
        tokens::revoke(change.store, &change.by(), id)?;
        Ok::<_, Fault>(HERE.to_owned())
    };
    web.change(sent, place, write, draw).await
}
