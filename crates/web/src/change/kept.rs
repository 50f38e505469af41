//! The session ended while something was being written, or the database is away: the page that holds what was typed until
//! it can be sent.

use super::SentForm;
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
    text: &'static str,
    logs_in: bool,
    action: String,
    hidden: Vec<(String, String)>,
    /// What a person wrote, to be read and copied.
    written: Vec<String>,
}

/// Shorter than this is a choice or a number, not writing.
const WRITING_MIN: usize = 20;

/// Why a form could not be taken yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    SessionEnded,
    DatabaseAway,
}

pub fn page(web: &Web, ask: &Ask, form: &SentForm, why: Unsent) -> Result<Response, WebError> {
    let t = web.texts(ask.language);
    let (status, title, text) = match why {
        Unsent::SessionEnded => (StatusCode::UNAUTHORIZED, t.session_ended_title(), t.session_ended_text()),
        Unsent::DatabaseAway => (StatusCode::SERVICE_UNAVAILABLE, t.unsent_title(), t.unsent_text()),
    };
    let page = error::bare(ask, t).titled(title);
    let is_secret = |name: &str| name.contains("password");
    let fields = || form.typed.fields().filter(|(name, _)| !is_secret(name));
    let kept = KeptPage {
        page,
        text,
        logs_in: why == Unsent::SessionEnded,
        action: form.action.clone(),
        written: fields()
            .map(|(_, value)| value.to_owned())
            .filter(|value| WRITING_MIN <= value.len() && value.contains(char::is_whitespace))
            .collect(),
        hidden: fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    };
    let html = answer::render(&kept)?;
    let mut response = (status, axum::response::Html(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("hx-push-url"), HeaderValue::from_static("false"));
    Ok(response)
}
