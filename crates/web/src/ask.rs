//! What a request asks for, before anything is looked up: address, language, session, what the browser has already.

use crate::{Web, texts::Language};
use axum::{
    extract::{ConnectInfo, FromRequestParts, Query, RawPathParams},
    http::{HeaderMap, header, request::Parts},
    response::Response,
};
use serde::de::DeserializeOwned;
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};
use uuid::Uuid;

pub const LANGUAGE_COOKIE: &str = "luotsi_language";
/// Behind https browsers keep a `__Host-` cookie from being set or sent by anybody else.
pub const SECURE_SESSION_COOKIE: &str = "__Host-luotsi";
pub const SESSION_COOKIE: &str = "luotsi";

/// A request for a page. Anything can be asked: reading it never fails.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Path and query, as the browser sent them.
    pub url: String,
    pub language: Language,
    pub session: Option<String>,
    /// It came in the cookie that nobody but us can have set; behind https no other is believed.
    pub is_session_ours: bool,
    pub user_agent: String,
    pub has_etag: Option<String>,
    /// A proxy in front of us says the browser came by https. Believed only where the settings say so.
    pub is_forwarded_https: bool,
    /// The other end of the connection; `None` where no connection is, as in tests.
    pub peer: Option<IpAddr>,
    /// For whom a proxy in front of us says it asks: the last it names, for the others anybody can make up. Believed
    /// only where the settings say so.
    pub forwarded_for: Option<IpAddr>,
}

impl<S: Sync> FromRequestParts<S> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let headers = &parts.headers;
        let secure = cookie(headers, SECURE_SESSION_COOKIE);
        let url = parts.uri.path_and_query().map_or("/", |url| url.as_str());
        Ok(Self {
            url: url.to_owned(),
            language: language(headers),
            is_session_ours: secure.is_some(),
            session: secure.or_else(|| cookie(headers, SESSION_COOKIE)),
            user_agent: text(headers, header::USER_AGENT).chars().take(200).collect(),
            has_etag: headers.get(header::IF_NONE_MATCH).and_then(|tag| tag.to_str().ok()).map(str::to_owned),
            is_forwarded_https: headers.get("x-forwarded-proto").is_some_and(|value| value == "https"),
            peer: parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip()),
            forwarded_for: forwarded_for(headers),
        })
    }
}

/// What a page's address asks. One that cannot be read, or asks the same twice, asks nothing.
#[derive(Clone, Debug, Default)]
pub struct Wish<T>(pub T);

impl<S: Sync, T: DeserializeOwned + Default> FromRequestParts<S> for Wish<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(Query::try_from_uri(&parts.uri).map(|Query(wish)| wish).unwrap_or_default()))
    }
}

fn language(headers: &HeaderMap) -> Language {
    cookie(headers, LANGUAGE_COOKIE)
        .and_then(|tag| Language::parse(&tag))
        .unwrap_or_else(|| Language::accepted(text(headers, header::ACCEPT_LANGUAGE)))
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    last.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
}

/// The ids in an address, in their order. An address with anything else in their places leads nowhere.
pub struct Ids<const N: usize>(pub [Uuid; N]);

impl<const N: usize> FromRequestParts<Web> for Ids<N> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let Ok(ask) = Ask::from_request_parts(parts, web).await;
        let params = RawPathParams::from_request_parts(parts, web).await.ok();
        let ids: Option<Vec<Uuid>> =
            params.and_then(|params| params.iter().map(|(_, value)| Uuid::parse_str(value).ok()).collect());
        let ids = ids.and_then(|ids| <[Uuid; N]>::try_from(ids).ok());
        match ids {
            Some(ids) => Ok(Self(ids)),
            None => Err(web.nothing(ask).await),
        }
    }
}
