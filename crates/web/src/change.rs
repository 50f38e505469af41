//! From a form to a change: who asks, what was typed, and the answer: on to another page (303), or the same page with
//! what is wrong beside each field and everything typed still there (422). Nothing typed is lost to an expired session or to
//! a database that is away.
//!
//! A handler takes `Sent` and calls `Web::change`; a page draws its forms through `Attempt::form`.

mod field;
mod form;
mod kept;
mod reading;
mod typed;

pub use field::{Chosen, Field};
pub use form::{Attempt, Form};
pub use reading::{Reading, day as read_day, money as read_money, plain_number};
pub use typed::{Sent, Typed};

use kept::Unsent;

use crate::{Web, answer, ask::Ask, error::WebError, page, texts::Texts, web::Visit};
use askama::Template;
use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use luotsi_app::act::{ActError, By, FieldError, RequestKey};
use luotsi_store::{Reader, Store, StoreError};
use sha2::{Digest, Sha256};

/// What a form's handler may use.
pub struct Change<'a> {
    pub store: &'a Store,
    pub visit: &'a Visit<'a>,
    pub typed: &'a Typed,
    /// What makes a repeat of the same form harmless.
    pub request: Option<String>,
}

/// Why a form was not taken.
#[derive(Debug)]
pub enum Fault {
    /// Told on a page of its own.
    Page(WebError),
    /// Told beside the fields.
    Wrong(Vec<Wrong>),
    /// Somebody else changed it since the form was drawn: what each field holds now.
    Stale(Vec<Now>),
    /// The policy says no: why, as a sentence.
    Refused(String),
    /// Too often: when again, as a sentence and in seconds.
    Wait { sentence: String, seconds: u64 },
    /// What `act` answered; its words depend on the reader's language.
    Act(ActError),
}

impl Change<'_> {
    /// Who asks, for `act`.
    pub fn by(&self) -> By {
        let key = self.request.as_deref().and_then(|request| RequestKey::of(request, ""));
        By::person(self.visit.viewer.id, self.visit.today).with_request(key)
    }
}

/// What becomes of a form that was taken.
pub enum Done {
    /// On to this page.
    To(String),
    /// The same where all accounts have to be looked at for it: that takes its time, and nobody waits for it.
    Later(String),
    /// Shown at once, for what is not kept anywhere and so cannot be asked for again.
    Shown(String),
}

impl From<String> for Done {
    fn from(to: String) -> Self {
        Self::To(to)
    }
}

/// What is wrong with a field and what to do, as a sentence. A field of no name: with the whole form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub field: String,
    pub sentence: String,
}

/// What a field holds now, as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Now {
    pub field: String,
    pub value: String,
}

impl Wrong {
    pub fn field(field: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { field: field.into(), sentence: sentence.into() }
    }

    pub fn form(sentence: impl Into<String>) -> Self {
        Self::field("", sentence)
    }
}

impl From<WebError> for Fault {
    fn from(error: WebError) -> Self {
        Self::Page(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Page(error.into())
    }
}

impl From<ActError> for Fault {
    fn from(error: ActError) -> Self {
        Self::Act(error)
    }
}

/// One wrong field is a whole fault.
impl From<Wrong> for Fault {
    fn from(wrong: Wrong) -> Self {
        Self::Wrong(vec![wrong])
    }
}

/// A form's place: the page it stands on and the names of its fields.
#[derive(Clone, Debug)]
pub struct Place {
    /// The page's own address: where it is shown again.
    pub page: String,
    /// `name`, `name*` for all that begin so, `name+` where several may be given. `request` and `version` are known.
    pub fields: &'static [&'static str],
}

/// A form as it was sent, and where.
struct SentForm {
    action: String,
    typed: Typed,
    fields: &'static [&'static str],
}

impl Web {
    /// Takes a form. `write` changes something and says where to go on; where it cannot, `again` draws the form's page
    /// once more with what was typed.
    pub async fn change<T: Template, D: Into<Done>>(
        &self,
        sent: Sent,
        place: Place,
        write: impl FnOnce(&Change<'_>) -> Result<D, Fault> + Send + 'static,
        again: impl FnOnce(&Reader<'_>, &Visit<'_>, &Attempt) -> Result<T, WebError> + Send + 'static,
    ) -> Response {
        let web = self.clone();
        let action = sent.ask.url.clone();
        let ask = Ask { url: place.page, has_etag: None, ..sent.ask };
        let typed = sent.typed;
        self.blocking(ask, move |ask| {
            let form = SentForm { action, typed: typed?, fields: place.fields };
            match web.take(ask, &form, write, again) {
                Err(WebError::NotLoggedIn) => kept::page(&web, ask, &form, Unsent::SessionEnded),
                Err(WebError::Store(error)) if error.is_passing() => {
                    tracing::warn!(%error, url = form.action, "a form had to be put off");
                    kept::page(&web, ask, &form, Unsent::DatabaseAway)
                }
                Err(WebError::NotFound) if kept::holds_writing(&form.typed) => {
                    kept::page(&web, ask, &form, Unsent::Gone(StatusCode::NOT_FOUND, Vec::new()))
                }
                answer => answer,
            }
        })
        .await
    }

    fn take<T: Template, D: Into<Done>>(
        &self,
        ask: &Ask,
        form: &SentForm,
        write: impl FnOnce(&Change<'_>) -> Result<D, Fault>,
        again: impl FnOnce(&Reader<'_>, &Visit<'_>, &Attempt) -> Result<T, WebError>,
    ) -> Result<Response, WebError> {
        let SentForm { action, typed, fields } = form;
        let visit = self.store().read(|reader| self.visit(reader, ask))?;
        let request = request_key(action, typed);
        let change = Change { store: self.store(), visit: &visit, typed, request };
        let written = typed.only(fields, visit.t).map_err(Fault::from).and_then(|()| write(&change));
        let fault = match written {
            Ok(done) => {
                return Ok(match done.into() {
                    Done::To(to) => {
                        // The next page shows what follows from the change.
                        self.watcher().look_or_log();
                        see(&to)
                    }
                    Done::Later(to) => {
                        self.watcher().notice();
                        see(&to)
                    }
                    Done::Shown(html) => once_more(StatusCode::OK, html),
                });
            }
            Err(fault) => fault,
        };
        let (status, attempt) = attempt(fault, action.clone(), typed.clone(), visit.t)?;
        let html = self.store().read(|reader| {
            let visit = Visit { is_live: false, ..self.visit(reader, ask)? };
            Ok::<_, WebError>(answer::render(&again(reader, &visit, &attempt)?)?)
        })?;
        let faults = attempt.faults();
        if !attempt.is_drawn() && (!faults.is_empty() || kept::holds_writing(typed)) {
            return kept::page(self, ask, form, Unsent::Gone(status, faults));
        }
        Ok(once_more(status, html))
    }

    /// Takes a form of a page that nobody needs to be logged in for. `enter` answers whatever follows from it; where it
    /// cannot, `again` draws the page once more with what was typed.
    pub async fn enter<T: Template>(
        &self,
        sent: Sent,
        place: Place,
        enter: impl FnOnce(&Web, &Ask, &Typed) -> Result<Response, Fault> + Send + 'static,
        again: impl FnOnce(&Web, &Ask, &Attempt) -> Result<T, WebError> + Send + 'static,
    ) -> Response {
        let web = self.clone();
        let action = sent.ask.url.clone();
        let ask = Ask { url: place.page, has_etag: None, ..sent.ask };
        let typed = sent.typed;
        self.blocking(ask, move |ask| {
            let typed = typed?;
            let t = web.texts(ask.language);
            let entered =
                typed.only(place.fields, t).map_err(Fault::from).and_then(|()| enter(&web, ask, &typed));
            let fault = match entered {
                Ok(response) => return Ok(response),
                Err(fault) => fault,
            };
            let wait = match &fault {
                Fault::Wait { seconds, .. } => Some(*seconds),
                Fault::Page(_) | Fault::Wrong(_) | Fault::Stale(_) | Fault::Refused(_) | Fault::Act(_) => {
                    None
                }
            };
            let (status, attempt) = attempt(fault, action, typed, t)?;
            let mut response = once_more(status, answer::render(&again(&web, ask, &attempt)?)?);
            if let Some(seconds) = wait {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            Ok(response)
        })
        .await
    }
}

fn attempt(fault: Fault, action: String, typed: Typed, t: Texts) -> Result<(StatusCode, Attempt), WebError> {
    let attempt = |status, wrong, now| Ok((status, Attempt::made(action, typed, wrong, now)));
    let unusable = StatusCode::UNPROCESSABLE_ENTITY;
    match fault {
        Fault::Page(error) => Err(error),
        Fault::Act(ActError::Store(error)) => Err(error.into()),
        Fault::Act(ActError::NotThere) => Err(WebError::NotFound),
        Fault::Wrong(wrong) => attempt(unusable, wrong, Vec::new()),
        Fault::Act(ActError::Invalid(errors)) => attempt(unusable, errors_said(errors, t), Vec::new()),
        Fault::Act(ActError::OtherPayload) => {
            attempt(unusable, vec![Wrong::form(t.other_payload())], Vec::new())
        }
        Fault::Stale(now) => attempt(unusable, Vec::new(), now),
        Fault::Act(ActError::Stale(meanwhile)) => {
            let now = meanwhile.into_iter().map(|now| Now { field: now.field.to_owned(), value: now.now });
            attempt(unusable, Vec::new(), now.collect())
        }
        Fault::Wait { sentence, .. } => {
            attempt(StatusCode::TOO_MANY_REQUESTS, vec![Wrong::form(sentence)], Vec::new())
        }
        Fault::Refused(why) => attempt(StatusCode::FORBIDDEN, vec![Wrong::form(why)], Vec::new()),
        Fault::Act(ActError::Refused(why)) => {
            attempt(StatusCode::FORBIDDEN, vec![Wrong::form(t.refusal(why))], Vec::new())
        }
    }
}

fn errors_said(errors: Vec<FieldError>, t: Texts) -> Vec<Wrong> {
    errors.iter().map(|error| Wrong::field(error.field, t.problem(&error.problem))).collect()
}

/// On to a page that shows what was changed, and what the change brings with it.
fn see(to: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The form's page with what was typed. Its address stays that of the page, not of the form.
fn once_more(status: StatusCode, html: String) -> Response {
    let mut response = (status, axum::response::Html(page::with_request_id(html))).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("hx-push-url"), HeaderValue::from_static("false"));
    response
}

/// What makes a repeat of the same form harmless: its id, and all that was typed. Another text under the same id is
/// another wish, not a repeat: a browser may show a page again from what it kept.
fn request_key(action: &str, typed: &Typed) -> Option<String> {
    let id = typed.text("request");
    if id.is_empty() || id.len() > 64 {
        return None;
    }
    let digest = Sha256::digest(format!("{action}\n{}", typed.encoded()).as_bytes());
    let print: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    Some(format!("{id}:{print}"))
}
