//! Why a request was not done, as a problem document (RFC 9457): a status, a sentence, and for each wrong part of the
//! request where it is and what to do about it.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use luotsi_app::act::{ActError, FieldError};
use luotsi_core::people::policy::Refusal;
use luotsi_store::StoreError;
use serde_json::{Value as Json, json};

#[derive(Clone, Debug)]
pub struct Problem {
    pub what: What,
    detail: String,
    errors: Vec<Json>,
}

/// What kinds of problems there are: each has its status and its place in the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    BadRequest,
    NotJson,
    NoToken,
    Refused,
    NotThere,
    NoSuchMethod,
    TooSlow,
    Running,
    Stale,
    TooLarge,
    WrongMediaType,
    Invalid,
    OtherPayload,
    NoVersion,
    TooMany,
    Failed,
    Busy,
}

impl What {
    pub const ALL: [Self; 17] = [
        Self::BadRequest,
        Self::NotJson,
        Self::NoToken,
        Self::Refused,
        Self::NotThere,
        Self::NoSuchMethod,
        Self::TooSlow,
        Self::Running,
        Self::Stale,
        Self::TooLarge,
        Self::WrongMediaType,
        Self::Invalid,
        Self::OtherPayload,
        Self::NoVersion,
        Self::TooMany,
        Self::Failed,
        Self::Busy,
    ];

    pub fn status(self) -> StatusCode {
        match self {
            Self::BadRequest | Self::NotJson => StatusCode::BAD_REQUEST,
            Self::NoToken => StatusCode::UNAUTHORIZED,
            Self::Refused => StatusCode::FORBIDDEN,
            Self::NotThere => StatusCode::NOT_FOUND,
            Self::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Running => StatusCode::CONFLICT,
            Self::Stale => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::WrongMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Invalid | Self::OtherPayload => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NoVersion => StatusCode::PRECONDITION_REQUIRED,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::NotJson => "not-json",
            Self::NoToken => "no-token",
            Self::Refused => "refused",
            Self::NotThere => "not-there",
            Self::NoSuchMethod => "no-such-method",
            Self::TooSlow => "too-slow",
            Self::Running => "running",
            Self::Stale => "stale",
            Self::TooLarge => "too-large",
            Self::WrongMediaType => "wrong-media-type",
            Self::Invalid => "invalid",
            Self::OtherPayload => "other-payload",
            Self::NoVersion => "no-version",
            Self::TooMany => "too-many",
            Self::Failed => "failed",
            Self::Busy => "busy",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::BadRequest => "The request cannot be understood",
            Self::NotJson => "The body is not JSON",
            Self::NoToken => "No valid token",
            Self::Refused => "You may not do this",
            Self::NotThere => "There is no such thing",
            Self::NoSuchMethod => "This cannot be done here",
            Self::TooSlow => "The request did not come in time",
            Self::Running => "The same request is being done",
            Self::Stale => "It has changed meanwhile",
            Self::TooLarge => "The body is too large",
            Self::WrongMediaType => "The body is of another kind than JSON",
            Self::Invalid => "Some values cannot be used",
            Self::OtherPayload => "The key was used for something else",
            Self::NoVersion => "The header If-Match is missing",
            Self::TooMany => "Too many requests at once",
            Self::Failed => "Luotsi made a mistake",
            Self::Busy => "Luotsi is busy",
        }
    }

    /// What to do about it.
    pub fn advice(self) -> &'static str {
        match self {
            Self::BadRequest => "Correct the part of the request that `errors` names.",
            Self::NotJson => "Send one JSON value in UTF-8, each name once in its object.",
            Self::NoToken => {
                "Send `Authorization: Bearer TOKEN` with a token that has neither expired nor been taken back."
            }
            Self::Refused => "Ask whoever answers for it, or use a token that may write.",
            Self::NotThere => "Look whether the address is right.",
            Self::NoSuchMethod => "The header Allow says what can be done here.",
            Self::TooSlow => "Send the request again in one go.",
            Self::Running => "Wait for its answer, then ask again with the same key.",
            Self::Stale => "Read it again, decide again, and send the ETag that came with it.",
            Self::TooLarge => "Send at most 2 MiB at a time.",
            Self::WrongMediaType => "Say `Content-Type: application/json`.",
            Self::Invalid => "Correct the values that `errors` points at.",
            Self::OtherPayload => "Send it with an Idempotency-Key of its own.",
            Self::NoVersion => {
                "Read it first and send its ETag in If-Match, so that nobody's change is lost."
            }
            Self::TooMany => "Wait for some answers before asking more.",
            Self::Failed => "Try again later; the log of the server says more.",
            Self::Busy => "Try again shortly.",
        }
    }
}

impl Problem {
    pub fn of(what: What) -> Self {
        Self { what, detail: what.advice().to_owned(), errors: Vec::new() }
    }

    pub fn saying(what: What, detail: impl Into<String>) -> Self {
        Self { what, detail: detail.into(), errors: Vec::new() }
    }

    pub fn parameter(name: &str, sentence: impl Into<String>) -> Self {
        let error = json!({ "parameter": name, "detail": sentence.into() });
        Self { errors: vec![error], ..Self::of(What::BadRequest) }
    }

    /// A parameter of the right shape whose value cannot be used.
    pub fn unusable(name: &str, sentence: impl Into<String>) -> Self {
        Self { what: What::Invalid, ..Self::parameter(name, sentence) }
    }

    pub fn header(name: &str, sentence: impl Into<String>) -> Self {
        let error = json!({ "header": name, "detail": sentence.into() });
        Self { errors: vec![error], ..Self::of(What::BadRequest) }
    }

    /// Each with the JSON pointer of the value.
    pub fn invalid(errors: Vec<(String, String)>) -> Self {
        let errors = errors.into_iter();
        let errors =
            errors.map(|(pointer, detail)| json!({ "pointer": pointer, "detail": detail })).collect();
        Self { errors, ..Self::of(What::Invalid) }
    }

    pub fn json(&self) -> Json {
        let mut json = json!({
            "type": format!("/api#{}", self.what.name()),
            "title": self.what.title(),
            "status": self.what.status().as_u16(),
            "detail": self.detail,
        });
        if !self.errors.is_empty() {
            json["errors"] = self.errors.clone().into();
        }
        json
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        ActError::Store(error).into()
    }
}

impl From<ActError> for Problem {
    fn from(error: ActError) -> Self {
        match error {
            ActError::NotThere => Self::of(What::NotThere),
            ActError::Refused(why) => Self::saying(What::Refused, refused(why)),
            ActError::Stale(_) => Self::of(What::Stale),
            ActError::Invalid(fields) => Self::invalid(fields.iter().map(pointed).collect()),
            ActError::OtherPayload => Self::of(What::OtherPayload),
            ActError::Store(error) if error.is_passing() => {
                tracing::warn!(%error, "a request to the API had to be put off");
                Self::of(What::Busy)
            }
            ActError::Store(error) => {
                tracing::error!(%error, "a request to the API could not be done");
                Self::of(What::Failed)
            }
        }
    }
}

/// Where a field stands, and what is wrong with it.
pub fn pointed(error: &FieldError) -> (String, String) {
    (format!("/{}", error.field), error.problem.to_string())
}

fn refused(why: Refusal) -> &'static str {
    match why {
        Refusal::NotActive => "The person of this token does not work here any more.",
        Refusal::ReadOnly => "This token is for reading only: make one that may write.",
        Refusal::NotOfThisRole => "Nobody of your role may do this.",
        Refusal::NotYours => "Only those may who answer for it.",
        Refusal::NotInPerson => "A person does this at a page: no token does.",
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.what.status(), Body::from(self.json().to_string())).into_response();
        let mut say = |name: HeaderName, value: &'static str| {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        };
        say(header::CONTENT_TYPE, "application/problem+json");
        say(header::CACHE_CONTROL, "no-store");
        match self.what {
            What::NoToken => say(header::WWW_AUTHENTICATE, "Bearer"),
            What::Busy | What::TooMany | What::Running => say(header::RETRY_AFTER, "1"),
            // What is left of the body is not waited for.
            What::TooLarge | What::TooSlow => say(header::CONNECTION, "close"),
            What::BadRequest
            | What::NotJson
            | What::Refused
            | What::NotThere
            | What::NoSuchMethod
            | What::Stale
            | What::WrongMediaType
            | What::Invalid
            | What::OtherPayload
            | What::NoVersion
            | What::Failed => (),
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_is_away_is_no_mistake_of_ours() {
        for away in
            [StoreError::CannotConnect("refused".to_owned()), StoreError::OutcomeUnknown, StoreError::Full]
        {
            assert_eq!(Problem::from(away).what, What::Busy);
        }
        assert_eq!(Problem::from(StoreError::Statement("x".to_owned())).what, What::Failed);
    }
}
