//! The two cookies: whose session it is, and which language the browser's person reads.

use crate::{
    ask::{LANGUAGE_COOKIE, SECURE_SESSION_COOKIE, SESSION_COOKIE},
    texts::Language,
};
use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use luotsi_app::people;

const SESSION_SECONDS: i64 = people::SESSION_DAYS * 24 * 60 * 60;
const LANGUAGE_SECONDS: i64 = 365 * 24 * 60 * 60;

pub fn session(secret: &str, is_https: bool) -> String {
    of_session(secret, SESSION_SECONDS, is_https)
}

/// Takes the session's cookie away.
pub fn no_session(is_https: bool) -> String {
    of_session("", 0, is_https)
}

fn of_session(secret: &str, seconds: i64, is_https: bool) -> String {
    match is_https {
        true => format!(
            "{SECURE_SESSION_COOKIE}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax; Secure"
        ),
        false => format!("{SESSION_COOKIE}={secret}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"),
    }
}

pub fn language(language: Language) -> String {
    let tag = language.tag();
    format!("{LANGUAGE_COOKIE}={tag}; Path=/; Max-Age={LANGUAGE_SECONDS}; HttpOnly; SameSite=Lax")
}

/// An answer that nobody keeps, with the cookie.
pub fn with(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    never_kept(response)
}

pub fn never_kept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
