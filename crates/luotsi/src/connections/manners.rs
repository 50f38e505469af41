//! What is asked of every request before a page sees it, and what every answer wears, whoever made it.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Request, Response, StatusCode, Version, header, uri::Authority},
    response::IntoResponse,
};
use luotsi_web::HEADERS_ALWAYS;

/// Why a request is not let in: a sentence to whoever writes programs.
#[derive(Debug, PartialEq, Eq)]
pub struct Impolite(pub &'static str);

/// What a proxy and we could read differently is read by neither.
pub fn check<B>(request: &Request<B>) -> Result<(), Impolite> {
    let headers = request.headers();
    if headers.contains_key(header::TRANSFER_ENCODING) && headers.contains_key(header::CONTENT_LENGTH) {
        return Err(Impolite("A request says its length in one way: Content-Length or Transfer-Encoding."));
    }
    let mut hosts = headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if is_host(host) => Ok(()),
        (None, None) if request.version() < Version::HTTP_11 => Ok(()),
        _ => Err(Impolite("A request names its host once, in the header Host.")),
    }
}

/// What stands behind a chunked body on the same connection is never read as a request: a proxy may have meant it as
/// part of the body.
pub fn is_chunked<B>(request: &Request<B>) -> bool {
    request.headers().contains_key(header::TRANSFER_ENCODING)
}

fn is_host(host: &HeaderValue) -> bool {
    host.to_str().is_ok_and(|host| !host.contains('@') && host.parse::<Authority>().is_ok())
}

/// A short answer of the door itself, after which the connection is closed.
pub fn refusal(status: StatusCode, sentence: &'static str) -> Response<Body> {
    let mut response = (status, sentence).into_response();
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

/// What an answer says, beside what the pages' own always do, when nobody has said otherwise: nothing of it is a page
/// or a script, and nobody keeps it.
const OF_NO_PAGE: [(HeaderName, &str); 2] = [
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (header::CACHE_CONTROL, "no-store"),
];

pub fn dress<B>(response: &mut Response<B>, is_last: bool) {
    let headers = response.headers_mut();
    for (name, value) in OF_NO_PAGE.into_iter().chain(HEADERS_ALWAYS) {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if is_last {
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_headers(headers: &[(&str, &str)], is_let_in: bool) {
        let request = headers
            .iter()
            .fold(Request::builder().uri("/"), |request, (name, value)| request.header(*name, *value));

        assert_eq!(check(&request.body(()).unwrap()).is_ok(), is_let_in, "{headers:?}");
    }

    #[test]
    fn a_request_names_its_host_once() {
        check_headers(&[("host", "luotsi.example")], true);
        check_headers(&[("host", "127.0.0.1:8080")], true);
        check_headers(&[("host", "[::1]:8080")], true);
        check_headers(&[], false);
        check_headers(&[("host", "")], false);
        check_headers(&[("host", "a"), ("host", "b")], false);
        check_headers(&[("host", "evil.example@luotsi.example")], false);
        check_headers(&[("host", "luotsi.example/evil")], false);
    }

    #[test]
    fn a_request_says_its_length_in_one_way() {
        check_headers(&[("host", "a"), ("content-length", "3")], true);
        check_headers(&[("host", "a"), ("transfer-encoding", "chunked")], true);
        check_headers(&[("host", "a"), ("content-length", "3"), ("transfer-encoding", "chunked")], false);
    }

    #[test]
    fn an_answer_keeps_what_it_says_itself() {
        let mut response = Response::builder().header("cache-control", "private").body(()).unwrap();

        dress(&mut response, false);

        assert_eq!(response.headers()["cache-control"], "private");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        assert!(!response.headers().contains_key("connection"));
    }
}
