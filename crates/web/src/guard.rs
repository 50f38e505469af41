//! What holds for every answer: the headers that keep a browser from doing what our pages never ask it to do, and the
//! refusal of changes that another site's page asks for.

use crate::{Web, ask::Ask, error, error::WebError};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};

/// Scripts, styles, pictures and fonts of our own only; nothing inline; no frames, no plug-ins, no other site's forms.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Nothing of an answer is taken for another kind of file, shown in another's frame or handed to another site.
pub const ALWAYS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

pub async fn guard(State(web): State<Web>, ask: Ask, request: Request, next: Next) -> Response {
    let mut response = match is_safe(request.method()) || is_same_site(request.headers()) {
        true => next.run(request).await,
        false => error::answer(&web, &ask, &WebError::CrossSite),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if web.is_https(&ask) {
        let a_year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, a_year);
    }
    response
}

fn is_safe(method: &Method) -> bool {
    *method == Method::GET || *method == Method::HEAD
}

/// A browser says where a request comes from; a program that says nothing carries nobody's cookie by accident.
fn is_same_site(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            host.is_some() && host == text("host")
        }
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &[(&'static str, &'static str)], expected: bool) {
        let headers = headers
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();

        assert_eq!(is_same_site(&headers), expected);
    }

    #[test]
    fn a_change_is_taken_only_from_our_own_pages() {
        check(&[("sec-fetch-site", "same-origin")], true);
        check(&[("sec-fetch-site", "cross-site")], false);
        check(&[("sec-fetch-site", "same-site")], false);
        check(&[("origin", "http://luotsi.test"), ("host", "luotsi.test")], true);
        check(&[("origin", "http://evil.test"), ("host", "luotsi.test")], false);
        check(&[("origin", "null"), ("host", "luotsi.test")], false);
        check(&[], true);
    }
}
