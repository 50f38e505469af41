//! Logging in by a one-time link, logging out, choosing the language, and addresses that lead nowhere.

use crate::{
    Web, answer,
    ask::{Ask, LANGUAGE_COOKIE, SECURE_SESSION_COOKIE, SESSION_COOKIE},
    error::{self, WebError},
    page::Page,
    texts::Language,
};
use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use luotsi_app::people;
use luotsi_store::people::session;
use serde::Deserialize;

const SESSION_SECONDS: i64 = people::SESSION_DAYS * 24 * 60 * 60;
const LANGUAGE_SECONDS: i64 = 365 * 24 * 60 * 60;

#[derive(Template)]
#[template(path = "people/log_in.html")]
struct LogIn {
    page: Page,
    greeting: String,
}

pub async fn nowhere(State(web): State<Web>, ask: Ask) -> Response {
    error::answer(&web, &ask, &WebError::NotFound)
}

pub async fn not_logged_in(State(web): State<Web>, ask: Ask) -> Response {
    error::not_logged_in(&web, &ask)
}

/// Only shows the button: programs that look into mails and chats open links, and would use this one up.
pub async fn log_in_page(State(web): State<Web>, Path(token): Path<String>, ask: Ask) -> Response {
    let store = web.store().clone();
    let texts = web.texts(ask.language);
    web.blocking(ask, move |ask| {
        let now = people::now();
        let name = store.read(|reader| session::name_behind_link(reader, &people::hash(&token), now))?;
        let name = name.ok_or(WebError::DeadLink)?;
        let page = error::bare(ask, texts).titled(texts.log_in_title());
        let html = answer::render(&LogIn { page, greeting: texts.log_in_as(&name) })?;
        Ok(never_kept(axum::response::Html(html).into_response()))
    })
    .await
}

pub async fn log_in(State(web): State<Web>, Path(token): Path<String>, ask: Ask) -> Response {
    let store = web.store().clone();
    let is_https = web.is_https(&ask);
    web.blocking(ask, move |ask| {
        let session = people::log_in(&store, &token, &ask.user_agent)?.ok_or(WebError::DeadLink)?;
        Ok(with_cookie(
            Redirect::to("/").into_response(),
            &session_cookie(&session, SESSION_SECONDS, is_https),
        ))
    })
    .await
}

pub async fn log_out(State(web): State<Web>, ask: Ask) -> Response {
    let store = web.store().clone();
    let is_https = web.is_https(&ask);
    web.blocking(ask, move |ask| {
        if let Some(token) = &ask.session {
            people::log_out(&store, token)?;
        }
        Ok(with_cookie(Redirect::to("/login").into_response(), &session_cookie("", 0, is_https)))
    })
    .await
}

#[derive(Deserialize)]
pub struct LanguageForm {
    language: String,
    back: String,
}

pub async fn choose_language(Form(form): Form<LanguageForm>) -> Response {
    let back = if is_our_path(&form.back) { form.back.as_str() } else { "/" };
    let response = Redirect::to(back).into_response();
    match Language::parse(&form.language) {
        Some(language) => {
            let tag = language.tag();
            let cookie = format!(
                "{LANGUAGE_COOKIE}={tag}; Path=/; Max-Age={LANGUAGE_SECONDS}; HttpOnly; SameSite=Lax"
            );
            with_cookie(response, &cookie)
        }
        None => response,
    }
}

/// A path of ours, never another site: `//evil.test` and `/\evil.test` are addresses to browsers.
pub fn is_our_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|byte| byte.is_ascii_graphic())
}

fn session_cookie(token: &str, seconds: i64, is_https: bool) -> String {
    match is_https {
        true => format!(
            "{SECURE_SESSION_COOKIE}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax; Secure"
        ),
        false => format!("{SESSION_COOKIE}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"),
    }
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    never_kept(response)
}

fn never_kept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choosing_a_language_never_leads_to_another_site() {
        assert!(is_our_path("/accounts?q=a&page=2"));
        for elsewhere in ["//evil.test", "/\\evil.test", "https://evil.test", "", "/a\r\nb"] {
            assert!(!is_our_path(elsewhere), "{elsewhere:?}");
        }
    }
}
