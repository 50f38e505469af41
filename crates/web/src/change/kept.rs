//! The session ended while something was being written, the database is away, or what it was written about is gone: the
//! page that holds what was typed.

use super::{SentForm, Typed};
use crate::{
    Web, answer,
    ask::Ask,
    error::{self, WebError},
    page::Page,
};
use askama::Template;
use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

#[derive(Template)]
#[template(path = "people/kept.html")]
struct KeptPage {
    page: Page,
    lines: Vec<String>,
    logs_in: bool,
    /// Where it can be sent again; else it can only be copied, and one goes on.
    action: Option<String>,
    on: String,
    hidden: Vec<(String, String)>,
    /// What a person wrote, to be read and copied.
    written: Vec<String>,
}

/// Shorter than this is a choice or a number, not writing.
const WRITING_MIN: usize = 20;

/// Why a form could not be taken yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsent {
    SessionEnded,
    DatabaseAway,
    /// Its form is no more, for these reasons, where there are any to tell.
    Gone(StatusCode, Vec<String>),
}

/// What no person writes.
const HIDDEN: [&str; 3] = ["request", "version", "back"];

/// Whether something was written that would have to be thought of again.
pub fn holds_writing(typed: &Typed) -> bool {
    typed.fields().any(|(name, value)| is_written(name, value))
}

/// Words, or where somebody is reached; no choice, number or password.
fn is_written(name: &str, value: &str) -> bool {
    let has_words = value.trim().contains(char::is_whitespace) || value.contains('@');
    has_words && !HIDDEN.contains(&name) && !is_secret(name)
}

fn is_secret(name: &str) -> bool {
    name.contains("password")
}

pub fn page(web: &Web, ask: &Ask, form: &SentForm, why: Unsent) -> Result<Response, WebError> {
    let t = web.texts(ask.language);
    let fields = || form.typed.fields().filter(|(name, _)| !is_secret(name));
    let logs_in = why == Unsent::SessionEnded;
    let sent_again = (Some(form.action.clone()), WRITING_MIN);
    let (status, title, lines, (action, shortest)) = match why {
        Unsent::SessionEnded => {
            let lines = vec![t.session_ended_text().to_owned()];
            (StatusCode::UNAUTHORIZED, t.session_ended_title(), lines, sent_again)
        }
        Unsent::DatabaseAway => {
            let lines = vec![t.unsent_text().to_owned()];
            (StatusCode::SERVICE_UNAVAILABLE, t.unsent_title(), lines, sent_again)
        }
        Unsent::Gone(status, mut lines) => {
            if lines.is_empty() {
                lines.push(t.gone_text().to_owned());
            }
            if holds_writing(&form.typed) {
                lines.push(t.gone_copy().to_owned());
            }
            (status, t.gone_title(), lines, (None, 0))
        }
    };
    let kept = KeptPage {
        page: error::bare(ask, t).titled(title),
        lines,
        logs_in,
        on: if status == StatusCode::NOT_FOUND { "/".to_owned() } else { ask.url.clone() },
        written: fields()
            .filter(|(name, value)| shortest <= value.len() && is_written(name, value))
            .map(|(_, value)| value.to_owned())
            .collect(),
        hidden: match action {
            Some(_) => fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            None => Vec::new(),
        },
        action,
    };
    let html = answer::render(&kept)?;
    let mut response = (status, axum::response::Html(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("hx-push-url"), HeaderValue::from_static("false"));
    Ok(response)
}
