//! Who is here: logging in and out, one's own account, the people and the company, and addresses that lead nowhere.

pub mod clock;
mod cookie;
mod log_in;
mod set_up;
mod start;
pub mod settings;
mod own;
pub mod everyone;
mod person;
mod company;

pub use company::{change_company, company};
pub use everyone::{everyone, may};
pub use log_in::{log_in, log_in_page, open_link, use_link};
pub use own::{
    change_password, end_other_sessions, end_session, make_token, own_account, prefer, revoke_token,
};
pub use person::{add_person, change_person, end_sessions, invite, new_person, person};
pub use start::{MakeSample, Making, make_sample, remove_sample, start};

use crate::{Web, ask::Ask, error::WebError, texts::Language};
use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use luotsi_app::{act::By, people, today};
use luotsi_store::people::{preference, session};
use serde::Deserialize;

pub async fn nowhere(State(web): State<Web>, ask: Ask) -> Response {
    web.nothing(ask).await
}

pub async fn log_out(State(web): State<Web>, ask: Ask) -> Response {
    let store = web.store().clone();
    let is_https = web.is_https(&ask);
    web.blocking(ask, move |ask| {
        if let Some(token) = &ask.session {
            people::log_out(&store, token)?;
        }
        Ok(cookie::with(Redirect::to("/login").into_response(), &cookie::no_session(is_https)))
    })
    .await
}

#[derive(Deserialize)]
pub struct LanguageForm {
    language: String,
    back: String,
}

/// Of this browser, and of the person where somebody is logged in.
pub async fn choose_language(State(web): State<Web>, ask: Ask, Form(form): Form<LanguageForm>) -> Response {
    let back = if is_our_path(&form.back) { form.back } else { "/".to_owned() };
    let Some(language) = Language::parse(&form.language) else { return Redirect::to(&back).into_response() };
    let kept = web.clone();
    let response = web
        .blocking(ask, move |ask| {
            remember_language(&kept, ask, language)?;
            Ok(Redirect::to(&back).into_response())
        })
        .await;
    cookie::with(response, &cookie::language(language))
}

fn remember_language(web: &Web, ask: &Ask, language: Language) -> Result<(), WebError> {
    let Some(token) = &ask.session else { return Ok(()) };
    let (session, today) = web.store().read(|reader| {
        let session = session::session(reader, &people::hash(token), today::now())?;
        Ok::<_, WebError>((session, web.today(reader)?))
    })?;
    let Some(session) = session else { return Ok(()) };
    let wanted = web.store().read(|reader| preference::of(reader, session.person))?;
    let wanted = preference::Preference { language: Some(language.tag().to_owned()), ..wanted };
    // Whoever may not any more keeps the choice in the browser.
    match people::access::prefer(web.store(), &By::person(session.person, today), wanted) {
        Ok(()) => Ok(()),
        Err(luotsi_app::act::ActError::Store(error)) => Err(error.into()),
        Err(error) => {
            tracing::warn!(%error, "a language could not be remembered");
            Ok(())
        }
    }
}

/// A path of ours, never another site: `//evil.test` and `/\evil.test` are addresses to browsers.
pub fn is_our_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.bytes().all(|byte| byte.is_ascii_graphic())
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
