//! The session ended while something was being written: the page that holds what was typed until it can be sent.

use super::Typed;
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
    action: String,
    hidden: Vec<(String, String)>,
    /// What a person wrote, to be read and copied.
    written: Vec<String>,
}

/// Shorter than this is a choice or a number, not writing.
const WRITING_MIN: usize = 20;

pub fn page(web: &Web, ask: &Ask, action: &str, typed: &Typed) -> Result<Response, WebError> {
    let t = web.texts(ask.language);
    let page = error::bare(ask, t).titled(t.session_ended_title());
    let is_secret = |name: &str| name.contains("password");
    let fields = || typed.fields().filter(|(name, _)| !is_secret(name));
    let kept = KeptPage {
        page,
        action: action.to_owned(),
        written: fields()
            .map(|(_, value)| value.to_owned())
            .filter(|value| WRITING_MIN <= value.len() && value.contains(char::is_whitespace))
            .collect(),
        hidden: fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
    };
    let html = answer::render(&kept)?;
    let mut response = (StatusCode::UNAUTHORIZED, axum::response::Html(html)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("hx-push-url"), HeaderValue::from_static("false"));
    Ok(response)
}
