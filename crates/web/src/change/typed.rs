//! What was typed into a form, as the browser sent it.

use super::Wrong;
use crate::{ask::Ask, error::WebError, texts::Texts};
use axum::{
    body::Body,
    extract::{FromRequest, FromRequestParts, Request},
    http::header,
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use std::{collections::HashSet, convert::Infallible};

/// The longest form: a note of the greatest length in Finnish fits three times over.
pub const BYTES_MAX: usize = 64 * 1024;

/// A form that was sent. Anything can be sent: reading it never fails, using it may.
pub struct Sent {
    pub ask: Ask,
    pub typed: Result<Typed, WebError>,
}

/// The fields by name, in the order they were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    fields: Vec<(String, String)>,
}

impl<S: Sync> FromRequest<S> for Sent {
    type Rejection = Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Infallible> {
        let (mut parts, body) = request.into_parts();
        let Ok(ask) = Ask::from_request_parts(&mut parts, state).await;
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let is_form = kind.is_none_or(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        Ok(Self { ask, typed: if is_form { read(body).await } else { Err(WebError::NotAForm) } })
    }
}

async fn read(body: Body) -> Result<Typed, WebError> {
    match Limited::new(body, BYTES_MAX).collect().await {
        Ok(whole) => Ok(Typed::parse(&whole.to_bytes())),
        Err(error) if error.is::<LengthLimitError>() => Err(WebError::FormTooLarge),
        Err(_) => Err(WebError::FormBrokenOff),
    }
}

impl Typed {
    pub fn parse(bytes: &[u8]) -> Self {
        Self { fields: form_urlencoded::parse(bytes).into_owned().collect() }
    }

    /// What was typed, without space at its ends; empty where nothing was.
    pub fn text(&self, name: &str) -> &str {
        self.opt(name).unwrap_or("")
    }

    /// `None` where nothing was typed.
    pub fn opt(&self, name: &str) -> Option<&str> {
        self.as_typed(name).map(str::trim).filter(|text| !text.is_empty())
    }

    /// To the letter; `None`: the form was sent without the field.
    pub fn as_typed(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All values of a field that may be given several times.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The fields whose names begin with `prefix`, with the rest of the name.
    pub fn beginning<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.fields.iter().filter_map(move |(key, value)| Some((key.strip_prefix(prefix)?, value.trim())))
    }

    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The same with another text in a field.
    pub fn with(mut self, name: &str, text: &str) -> Self {
        let fields = self.fields.iter_mut().filter(|(key, _)| key == name);
        fields.for_each(|(_, value)| text.clone_into(value));
        self
    }

    pub fn encoded(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.fields).finish()
    }

    /// Nothing but these, and each once unless it may come several times: see `Place`.
    pub fn only(&self, known: &[&str], t: Texts) -> Result<(), Wrong> {
        let is_known = |name: &str| {
            ["request", "version"].contains(&name)
                || known.iter().any(|known| match (known.strip_suffix('*'), known.strip_suffix('+')) {
                    (Some(prefix), _) => name.starts_with(prefix),
                    (None, Some(several)) => name == several,
                    (None, None) => name == *known,
                })
        };
        if let Some((unknown, _)) = self.fields().find(|(name, _)| !is_known(name)) {
            return Err(Wrong::form(t.unknown_field(unknown)));
        }

        let is_several = |name: &str| known.iter().any(|known| known.strip_suffix('+') == Some(name));
        let mut seen = HashSet::new();
        match self.fields().find(|(name, _)| !is_several(name) && !seen.insert(*name)) {
            Some((doubled, _)) => Err(Wrong::form(t.doubled_field(doubled))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::{Currency, Language};
    use futures_core::Stream;
    use luotsi_core::units::Day;
    use std::{
        io,
        pin::Pin,
        task::{Context, Poll},
    };

    const T: Texts = Texts { language: Language::English, today: Day::MIN, currency: Currency::EURO };

    #[test]
    fn what_was_typed_is_kept_to_the_letter_and_read_without_its_ends() {
        let typed = Typed::parse(b"note=+M%C3%A4ki%0D%0A&empty=++");

        assert_eq!(typed.as_typed("note"), Some(" Mäki\r\n"));
        assert_eq!(typed.text("note"), "Mäki");
        assert_eq!(typed.opt("empty"), None);
        assert_eq!(typed.as_typed("missing"), None);
        assert_eq!(Typed::parse(typed.encoded().as_bytes()), typed);
    }

    #[tokio::test]
    async fn a_form_that_broke_off_is_not_called_too_large() {
        struct BrokenOff;

        impl Stream for BrokenOff {
            type Item = io::Result<&'static str>;

            fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
                Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())))
            }
        }

        assert!(matches!(read(Body::from_stream(BrokenOff)).await, Err(WebError::FormBrokenOff)));
        let long = "x".repeat(BYTES_MAX + 1);
        assert!(matches!(read(Body::from(long)).await, Err(WebError::FormTooLarge)));
    }

    #[test]
    fn a_form_holds_its_own_fields_and_each_once() {
        let check = |sent: &str, taken: bool| {
            let typed = Typed::parse(sent.as_bytes());
            assert_eq!(typed.only(&["name", "need-*", "tag+"], T).is_ok(), taken, "{sent}");
        };

        check("request=1&version=2&name=a&need-x=1&need-y=2&tag=1&tag=2", true);
        check("name=a&role=admin", false);
        check("name=a&name=b", false);
        check("name[]=a", false);
    }
}
