//! The way of every request: who asks, what came with it, the work on a thread that may wait, and the answer.

use crate::{
    Api, json,
    problem::{Problem, What},
};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt;
use luotsi_app::{
    act::{By, RequestKey},
    people::tokens,
};
use luotsi_core::people::policy::Viewer;
use luotsi_store::{Reader, listing::Seen, people::policy};
use serde_json::Value as Json;

/// More than that in one request is not read.
pub const BODY_MAX: usize = 2 * 1024 * 1024;
/// So much of a body that is too large is still taken, so that its sender hears why it was refused.
const POLITE_MAX: usize = 16 * 1024 * 1024;
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A request whose sender is known, and all that came with it.
pub struct Call {
    pub api: Api,
    pub by: By,
    pub method: Method,
    pub path: String,
    pub query: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Does `work` for whoever sent the request. What is wrong is answered with a problem document.
pub async fn answer(
    api: Api,
    request: Request<Body>,
    work: impl FnOnce(&Call) -> Result<Response, Problem> + Send + 'static,
) -> Response {
    match answer_or_problem(api, request, work).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn answer_or_problem(
    api: Api,
    request: Request<Body>,
    work: impl FnOnce(&Call) -> Result<Response, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let token = bearer(&parts.headers)?;
    let _turn = api.turns.enter(&token).ok_or(Problem::of(What::TooMany))?;
    let asked = api.clone();
    let by = wait_for(move || who(&asked, &token)).await?;
    let body = read(body).await?;
    let Parts { method, uri, headers, .. } = parts;
    let call = Call {
        api,
        by,
        method,
        path: uri.path().to_owned(),
        query: uri.query().unwrap_or_default().to_owned(),
        headers,
        body,
    };
    wait_for(move || work(&call)).await
}

async fn wait_for<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        tracing::error!(%error, "the work on a request to the API ended before its time");
        Err(Problem::of(What::Failed))
    })
}

/// A cookie lets nobody in here: another site's page could send it.
fn bearer(headers: &HeaderMap) -> Result<String, Problem> {
    let mut sent = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(sent), None) = (sent.next(), sent.next()) else {
        return Err(Problem::of(What::NoToken));
    };
    let token = sent.to_str().ok().and_then(|sent| sent.split_once(' ')).filter(|(scheme, token)| {
        scheme.eq_ignore_ascii_case("bearer") && (1..=200).contains(&token.trim().len())
    });
    token.map(|(_, token)| token.trim().to_owned()).ok_or(Problem::of(What::NoToken))
}

fn who(api: &Api, token: &str) -> Result<By, Problem> {
    tokens::verify(&api.store, token, api.today)?.ok_or(Problem::of(What::NoToken))
}

async fn read(mut body: Body) -> Result<Bytes, Problem> {
    use axum::body::HttpBody;
    if POLITE_MAX as u64 <= body.size_hint().lower() {
        return Err(Problem::of(What::TooLarge));
    }
    let mut read = Vec::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Problem::of(What::TooSlow))?;
        let Ok(piece) = frame.into_data() else { continue };
        length += piece.len();
        match (length <= BODY_MAX, length <= POLITE_MAX) {
            (true, _) => read.extend_from_slice(&piece),
            (false, true) => read = Vec::new(),
            (false, false) => break,
        }
    }
    match length <= BODY_MAX {
        true => Ok(read.into()),
        false => Err(Problem::of(What::TooLarge)),
    }
}

impl Call {
    /// The person of the token as of today.
    pub fn viewer(&self, reader: &Reader<'_>) -> Result<Viewer, Problem> {
        let viewer = policy::viewer(reader, self.by.person, self.by.today)?;
        viewer.ok_or_else(|| {
            Problem::saying(What::Refused, "The person of this token does not work here any more.")
        })
    }

    /// By whom and when rows are read.
    pub fn seen(&self) -> Seen {
        Seen { by: self.by.person, on: self.by.today }
    }

    /// Reads within one consistent state.
    pub fn reading<T>(
        &self,
        read: impl FnOnce(&Reader<'_>, &Viewer) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.api.store.read(|reader| {
            let viewer = self.viewer(reader)?;
            read(reader, &viewer)
        })
    }

    /// A token for reading writes nothing, whatever else is wrong with the request.
    pub fn may_write(&self) -> Result<(), Problem> {
        match self.by.may_write {
            true => Ok(()),
            false => Err(Problem::saying(
                What::Refused,
                "This token is for reading only: make one that may write.",
            )),
        }
    }

    pub fn no_parameters(&self) -> Result<(), Problem> {
        match form_urlencoded::parse(self.query.as_bytes()).next() {
            Some((name, _)) => Err(Problem::parameter(&name, "means nothing here: leave it out")),
            None => Ok(()),
        }
    }

    pub fn json(&self) -> Result<Json, Problem> {
        let kind = self.header(&header::CONTENT_TYPE)?.unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_lowercase();
        let is_json = kind == "application/json"
            || (self.method == Method::PATCH && kind == "application/merge-patch+json");
        if !is_json {
            return Err(Problem::of(What::WrongMediaType));
        }
        json::read(&self.body).map_err(|why| Problem::saying(What::NotJson, format!("{why}.")))
    }

    /// A header that may be there once.
    pub fn header(&self, name: &HeaderName) -> Result<Option<&str>, Problem> {
        let wrong = |sentence: &str| Err(Problem::header(name.as_str(), sentence));
        let mut values = self.headers.get_all(name).iter();
        match (values.next(), values.next()) {
            (None, _) => Ok(None),
            (Some(value), None) => match value.to_str() {
                Ok(value) => Ok(Some(value)),
                Err(_) => wrong("has signs that are no ASCII"),
            },
            (Some(_), Some(_)) => wrong("is there twice: send it once"),
        }
    }

    /// What every change of something that was read begins with: the token may write, and the state that was read has come.
    pub fn to_change(&self) -> Result<String, Problem> {
        self.may_write()?;
        self.no_parameters()?;
        self.needed_tag()
    }

    /// Which state of it the sender has read.
    pub fn needed_tag(&self) -> Result<String, Problem> {
        let tag = self.header(&header::IF_MATCH)?.ok_or(Problem::of(What::NoVersion))?;
        Ok(tag.trim().to_owned())
    }

    /// The request key of what may be sent again: the same key with the same request has its effect once.
    pub fn once(&self) -> Result<Option<RequestKey>, Problem> {
        let Some(key) = self.header(&IDEMPOTENCY_KEY)? else { return Ok(None) };
        let payload =
            format!("{} {}?{}\n{}", self.method, self.path, self.query, String::from_utf8_lossy(&self.body));
        match RequestKey::of(key, &payload) {
            Some(key) => Ok(Some(key)),
            None => Err(Problem::header(
                "Idempotency-Key",
                "is 1 to 200 visible ASCII signs, a uuid for instance",
            )),
        }
    }

    /// What everything begins with that is done once: the token may write, and a key has come, and nothing else.
    pub fn to_do_once(&self) -> Result<RequestKey, Problem> {
        self.may_write()?;
        self.no_parameters()?;
        self.needed_once()
    }

    /// The same where a key must come with the request.
    fn needed_once(&self) -> Result<RequestKey, Problem> {
        self.once()?.ok_or_else(|| {
            Problem::header(
                "Idempotency-Key",
                "is missing: send a key of your own with every POST, a uuid for instance",
            )
        })
    }

    /// The answer with its tag, or 304 when the sender has it already.
    pub fn tagged(&self, status: StatusCode, json: String, tag: &str) -> Result<Response, Problem> {
        let known = self.header(&header::IF_NONE_MATCH)?.unwrap_or_default();
        let is_known = known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag);
        let is_reading = self.method == Method::GET || self.method == Method::HEAD;
        let mut response = match is_reading && is_known {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => answered(status, json),
        };
        put(&mut response, header::ETAG, tag);
        Ok(response)
    }
}

pub fn answered(status: StatusCode, json: String) -> Response {
    let mut response = (status, Body::from(json)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("authorization"));
    response
}

pub fn put(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
