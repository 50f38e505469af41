//! From a template to an answer: rendered whole, with the tag by which a browser asks only for what changed.

use crate::{ask::Ask, page::with_request_id};
use askama::Template;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use std::hash::{DefaultHasher, Hasher};

/// A page as text, or the reason why not.
pub fn render(template: &impl Template) -> Result<String, askama::Error> {
    template.render()
}

/// The page, or 304 when the browser has it already. It is the viewer's own and asked for anew each time.
pub fn page(ask: &Ask, html: String) -> Response {
    let tag = tag(&html);
    match has(ask, &tag) {
        true => tagged(&tag, StatusCode::NOT_MODIFIED.into_response()),
        false => tagged(&tag, Html(with_request_id(html)).into_response()),
    }
}

/// Whether the browser has the version of this tag already.
pub fn has(ask: &Ask, tag: &str) -> bool {
    let written = written(tag);
    ask.has_etag.as_deref().is_some_and(|known| known.split(',').any(|one| one.trim() == written))
}

/// The viewer's own answer, with the tag of its version.
pub fn tagged(tag: &str, response: Response) -> Response {
    let mut response = own(response);
    if let Ok(tag) = HeaderValue::from_str(&written(tag)) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// The viewer's own answer: kept by nobody else, and asked for anew each time.
pub fn own(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("cookie, accept-language, accept-encoding"));
    response
}

/// Weak, since the same answer may be sent compressed or not.
fn written(tag: &str) -> String {
    format!("W/\"{tag}\"")
}

/// What a script asks for while somebody types.
pub fn json(value: &serde_json::Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "private, no-store")];
    (headers, value.to_string()).into_response()
}

fn tag(html: &str) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(html.as_bytes());
    format!("{:016x}", hasher.finish())
}
