//! The doors: email and password, and one-time links. A link shows what it is for and does nothing until its button is
//! pressed, since programs that look into mails and chats open links.

use super::{
    cookie, is_our_path,
    set_up::{self, SetUp},
};
use crate::{
    Web, answer,
    ask::Ask,
    change::{Attempt, Fault, Field, Place, Sent, Typed, Wrong},
    error::{self, WebError},
    page::Page,
    texts::{Language, Texts},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::{Html, IntoResponse, Redirect, Response},
};
use luotsi_app::{
    people::{
        Purpose,
        log_in::{self, Caller, LogInError, LoggedIn},
    },
    today,
};
use luotsi_store::people::{company, preference, session::Link};

#[derive(Template)]
#[template(path = "people/log_in.html")]
struct LogInPage {
    page: Page,
    form: crate::change::Form,
    email: Field,
    password: Field,
    back: String,
}

#[derive(Template)]
#[template(path = "people/link.html")]
struct LinkPage {
    page: Page,
    greeting: String,
}

#[derive(Template)]
#[template(path = "people/invitation.html")]
struct InvitationPage {
    page: Page,
    form: crate::change::Form,
    greeting: String,
    email: String,
    password: Field,
    password_again: Field,
}

pub async fn log_in_page(State(web): State<Web>, ask: Ask) -> Response {
    let drawn = web.clone();
    web.blocking(ask, move |ask| {
        let html = answer::render(&log_in_form(&drawn, ask, &Attempt::none(), back_of(&ask.url)))?;
        Ok(cookie::never_kept(Html(html).into_response()))
    })
    .await
}

fn log_in_form(web: &Web, ask: &Ask, attempt: &Attempt, back: String) -> LogInPage {
    let t = web.texts(ask.language);
    let form = attempt.form("log-in", "/login", t);
    let email = form.email("email", t.email(), "").completed("username");
    let password = form.password("password", t.password()).completed("current-password");
    let page = error::bare(ask, t).titled(t.log_in_title());
    let email = if attempt.is_made() { email } else { email.focused() };
    LogInPage { page, form, email, password, back }
}

/// Where the address asks to be led back to.
fn back_of(url: &str) -> String {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let asked = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "back");
    asked.map(|(_, back)| back.into_owned()).filter(|back| is_our_path(back)).unwrap_or_default()
}

pub async fn log_in(State(web): State<Web>, sent: Sent) -> Response {
    let place = Place { page: "/login".to_owned(), fields: &["email", "password", "back"] };
    web.enter(sent, place, by_password, |web, ask, attempt| {
        let back = attempt.typed("back").filter(|back| is_our_path(back)).unwrap_or_default().to_owned();
        Ok(log_in_form(web, ask, attempt, back))
    })
    .await
}

fn by_password(web: &Web, ask: &Ask, typed: &Typed) -> Result<Response, Fault> {
    let t = web.texts(ask.language);
    let caller = caller(web, ask)?;
    let (email, password) = (typed.text("email"), typed.as_typed("password").unwrap_or(""));
    let missing: Vec<Wrong> = [("email", email), ("password", password)]
        .into_iter()
        .filter(|(_, text)| text.is_empty())
        .map(|(field, _)| Wrong::field(field, t.problem_missing()))
        .collect();
    if !missing.is_empty() {
        return Err(Fault::Wrong(missing));
    }
    match log_in::by_password(web.store(), email, password, &caller) {
        Ok(logged_in) => welcome(web, ask, &logged_in, typed.text("back")),
        Err(LogInError::Wrong) => Err(Wrong::form(t.log_in_wrong()).into()),
        Err(LogInError::Wait { until }) => Err(wait(t, until)),
        Err(LogInError::Store(error)) => Err(error.into()),
    }
}

fn wait(t: Texts, until: i64) -> Fault {
    const SECOND: i64 = 1_000_000;
    let seconds = ((until - today::now()) / SECOND + 1).max(1);
    let sentence = match seconds {
        ..=90 => t.log_in_wait_seconds(seconds),
        91.. => t.log_in_wait_minutes((seconds + 59) / 60),
    };
    Fault::Wait { sentence, seconds: seconds.unsigned_abs() }
}

/// What a link is for.
pub async fn open_link(State(web): State<Web>, Path(token): Path<String>, ask: Ask) -> Response {
    let drawn = web.clone();
    web.blocking(ask, move |ask| {
        let html = link_page(&drawn, ask, &token, &Attempt::none())?.render()?;
        Ok(cookie::never_kept(Html(crate::page::with_request_id(html)).into_response()))
    })
    .await
}

/// What a link asks before it lets one in.
enum Behind {
    Button(Box<LinkPage>),
    Invitation(Box<InvitationPage>),
    Start(Box<SetUp>),
}

impl Behind {
    fn render(&self) -> Result<String, askama::Error> {
        match self {
            Self::Button(page) => answer::render(page.as_ref()),
            Self::Invitation(page) => answer::render(page.as_ref()),
            Self::Start(page) => answer::render(page.as_ref()),
        }
    }
}

/// How the template engine sees whatever a link shows.
#[derive(Template)]
#[template(source = "{{ html|safe }}", ext = "html")]
struct Whole {
    html: String,
}

fn link_page(web: &Web, ask: &Ask, token: &str, attempt: &Attempt) -> Result<Behind, WebError> {
    let t = web.texts(ask.language);
    let (link, company) = web.store().read(|reader| {
        Ok::<_, WebError>((log_in::link(reader, token)?.ok_or(WebError::DeadLink)?, company(reader)?))
    })?;
    let action = format!("/login/{token}");
    Ok(match step(&link, &company.name) {
        Step::Begin => Behind::Start(Box::new(set_up::form(ask, t, attempt, &action, &company))),
        Step::Choose => Behind::Invitation(Box::new(invitation(ask, t, attempt, &action, &link))),
        Step::Enter => {
            let page = error::bare(ask, t).titled(t.log_in_title());
            Behind::Button(Box::new(LinkPage { page, greeting: t.log_in_as(&link.name) }))
        }
    })
}

/// What has to be done before a link lets one in.
enum Step {
    /// Name the company and oneself.
    Begin,
    /// Choose a password.
    Choose,
    Enter,
}

fn step(link: &Link, company: &str) -> Step {
    match Purpose::parse(&link.purpose) {
        Some(Purpose::Setup) if company.is_empty() => Step::Begin,
        Some(Purpose::Invitation) => Step::Choose,
        Some(Purpose::Setup | Purpose::Demo | Purpose::LogIn) | None => Step::Enter,
    }
}

fn invitation(ask: &Ask, t: Texts, attempt: &Attempt, action: &str, link: &Link) -> InvitationPage {
    let form = attempt.form("invitation", action, t);
    let password =
        form.password("password", t.new_password()).completed("new-password").hint(t.password_advice());
    let password_again = form.password("password_again", t.password_again()).completed("new-password");
    InvitationPage {
        page: error::bare(ask, t).titled(t.invitation_title()),
        greeting: t.invitation_text(&link.name),
        email: link.email.clone().unwrap_or_default(),
        password,
        password_again,
        form,
    }
}

pub async fn use_link(State(web): State<Web>, Path(token): Path<String>, sent: Sent) -> Response {
    let place = Place { page: format!("/login/{token}"), fields: &set_up::FIELDS };
    let used = token.clone();
    web.enter(
        sent,
        place,
        move |web, ask, typed| by_link(web, ask, &used, typed),
        move |web, ask, attempt| Ok(Whole { html: link_page(web, ask, &token, attempt)?.render()? }),
    )
    .await
}

fn by_link(web: &Web, ask: &Ask, token: &str, typed: &Typed) -> Result<Response, Fault> {
    let caller = caller(web, ask)?;
    let (link, company) = web.store().read(|reader| {
        Ok::<_, WebError>((log_in::link(reader, token)?.ok_or(WebError::DeadLink)?, company(reader)?))
    })?;
    let as_typed = |field: &str| typed.as_typed(field).unwrap_or("");
    match step(&link, &company.name) {
        Step::Begin => {
            let logged_in = set_up::begin(web.store(), token, typed, &caller)?;
            let response = welcome(web, ask, &logged_in, "/start")?;
            let language = Language::parse(typed.text("language")).unwrap_or(ask.language);
            Ok(cookie::with(response, &cookie::language(language)))
        }
        Step::Choose => {
            let (password, again) = (as_typed("password"), as_typed("password_again"));
            let logged_in = log_in::by_invitation(web.store(), token, password, again, &caller)?;
            welcome(web, ask, &logged_in, "/")
        }
        Step::Enter => {
            let logged_in = log_in::by_link(web.store(), token, &caller)?.ok_or(WebError::DeadLink)?;
            welcome(web, ask, &logged_in, "/")
        }
    }
}

fn caller(web: &Web, ask: &Ask) -> Result<Caller, WebError> {
    Ok(Caller {
        user_agent: ask.user_agent.clone(),
        address: web.address_of(ask).map(|address| address.to_string()).unwrap_or_default(),
        session: ask.session.clone(),
        today: web.store().read(|reader| web.today(reader))?,
    })
}

/// On to where one was going, with the new session and the person's own language.
fn welcome(web: &Web, ask: &Ask, logged_in: &LoggedIn, back: &str) -> Result<Response, Fault> {
    let to = if is_our_path(back) { back } else { "/" };
    let response = Redirect::to(to).into_response();
    let response = cookie::with(response, &cookie::session(&logged_in.secret, web.is_https(ask)));
    let preferred = web.store().read(|reader| preference::of(reader, logged_in.person))?.language;
    Ok(match preferred.as_deref().and_then(Language::parse) {
        Some(language) => cookie::with(response, &cookie::language(language)),
        None => response,
    })
}
