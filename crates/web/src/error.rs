//! Why a page cannot be shown, and the page that says so in the reader's language.

use crate::{
    Web, answer,
    ask::Ask,
    page::{Choice, Page, Section},
    texts::Texts,
};
use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use luotsi_app::strategy::StrategyError;
use luotsi_store::StoreError;
use uuid::Uuid;

#[derive(Debug, thiserror::Error)]
pub enum WebError {
    #[error("there is no such page")]
    NotFound,
    #[error("nobody is logged in")]
    NotLoggedIn,
    #[error("the policy says no")]
    Refused,
    #[error("the log-in link has been used, has expired or never was")]
    DeadLink,
    #[error("the request came from another site")]
    CrossSite,
    #[error("what was sent is no form")]
    NotAForm,
    #[error("the form is too large")]
    FormTooLarge,
    #[error("the form broke off")]
    FormBrokenOff,
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("{0}")]
    Strategy(#[from] StrategyError),
    #[error("a page could not be written: {0}")]
    Template(#[from] askama::Error),
    #[error("the work on a page ended before its time")]
    Ended,
}

/// A page with a heading, what is the matter, and a way on.
#[derive(Template)]
#[template(path = "house/message.html")]
struct Message {
    page: Page,
    lines: Vec<String>,
    way: Option<Choice>,
}

/// The page that says what `error` means to the reader. What is our fault is logged with the code that it shows. It may
/// wait for the database: `Web::blocking` asks for it where that is fine.
pub fn answer(web: &Web, ask: &Ask, error: &WebError) -> Response {
    let t = web.texts(ask.language);
    match error {
        WebError::NotLoggedIn => Redirect::to(&log_in_address(&ask.url)).into_response(),
        WebError::Refused => {
            let page = frame(web, ask, t).titled(t.not_allowed_title());
            let lines = vec![t.not_allowed_text().to_owned()];
            write(StatusCode::FORBIDDEN, Message { page, lines, way: way(t.not_found_way(), "/") })
        }
        WebError::NotFound => {
            let page = frame(web, ask, t).titled(t.not_found_title());
            let lines = vec![t.not_found_text().to_owned()];
            write(StatusCode::NOT_FOUND, Message { page, lines, way: way(t.not_found_way(), "/") })
        }
        WebError::DeadLink => {
            let lines = vec![t.used_link_text().to_owned(), t.used_link_way().to_owned()];
            let page = bare(ask, t).titled(t.used_link_title());
            let log_in = way(t.log_in(), "/login");
            write(StatusCode::GONE, Message { page, lines, way: log_in })
        }
        WebError::CrossSite => {
            let home = way(t.not_found_way(), "/");
            say(ask, t, StatusCode::FORBIDDEN, t.refused_title(), vec![t.refused_text().to_owned()], home)
        }
        WebError::NotAForm => {
            let home = way(t.not_found_way(), "/");
            let text = vec![t.not_a_form_text().to_owned()];
            say(ask, t, StatusCode::UNSUPPORTED_MEDIA_TYPE, t.not_a_form_title(), text, home)
        }
        WebError::FormTooLarge => {
            let text = vec![t.form_too_large_text().to_owned()];
            say(ask, t, StatusCode::PAYLOAD_TOO_LARGE, t.form_too_large_title(), text, None)
        }
        WebError::FormBrokenOff => {
            let text = vec![t.form_broken_off_text().to_owned()];
            say(ask, t, StatusCode::BAD_REQUEST, t.form_broken_off_title(), text, None)
        }
        WebError::Store(store) if store.is_passing() => {
            tracing::warn!(%error, url = ask.url, "a page had to wait for the database");
            let again = way(t.try_again(), &ask.url);
            let text = vec![t.busy_text().to_owned()];
            let mut response = say(ask, t, StatusCode::SERVICE_UNAVAILABLE, t.busy_title(), text, again);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            response
        }
        WebError::Store(_) | WebError::Strategy(_) | WebError::Template(_) | WebError::Ended => {
            let request = Uuid::new_v4().simple().to_string();
            let request = &request[..12];
            tracing::error!(%error, request, url = ask.url, "a page could not be shown");
            let again = way(t.try_again(), &ask.url);
            let text = vec![t.failed_text(request)];
            say(ask, t, StatusCode::INTERNAL_SERVER_ERROR, t.failed_title(), text, again)
        }
    }
}

/// The frame of a page that is not there for the reader: with the ways to those that are, where somebody is logged in.
fn frame(web: &Web, ask: &Ask, t: Texts) -> Page {
    let seen = web.store().read(|reader| {
        let visit = web.visit(reader, ask)?.still();
        Ok::<_, WebError>(Page { here: None, undo: None, ..visit.page(Section::MyDay, "", Vec::new()) })
    });
    seen.unwrap_or_else(|_| bare(ask, t))
}

/// The frame of a page without a viewer.
pub fn bare(ask: &Ask, t: Texts) -> Page {
    Page {
        t,
        title: String::new(),
        url: ask.url.clone(),
        here: None,
        viewer: None,
        open_proposals: 0,
        scopes: Vec::new(),
        is_live: false,
        undo: None,
        is_busy: false,
        is_saved: false,
    }
}

fn way(label: &str, href: &str) -> Option<Choice> {
    Some(Choice { label: label.to_owned(), href: href.to_owned(), is_here: false })
}

fn say(
    ask: &Ask,
    t: Texts,
    status: StatusCode,
    title: &str,
    lines: Vec<String>,
    way: Option<Choice>,
) -> Response {
    write(status, Message { page: bare(ask, t).titled(title), lines, way })
}

fn write(status: StatusCode, message: Message) -> Response {
    let mut response = match answer::render(&message) {
        Ok(html) => (status, axum::response::Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "the page that says what is wrong could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Where to log in, to be led back to `url`.
fn log_in_address(url: &str) -> String {
    match url {
        "/" => "/login".to_owned(),
        url => format!(
            "/login?{}",
            form_urlencoded::Serializer::new(String::new()).append_pair("back", url).finish()
        ),
    }
}
