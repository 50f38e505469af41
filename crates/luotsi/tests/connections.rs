//! The running server among peers that speak HTTP badly, slowly or too much: each gets its answer or is left, and the
//! others notice nothing.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use luotsi_store::testing::FreshDatabase;
use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpStream},
    time::{Duration, Instant},
};
use support::{Luotsi, server::Server};
use tokio::net::TcpSocket;

fn start(fresh: &FreshDatabase) -> Server {
    Server::start(&Luotsi::on(&fresh.url), &["serve", "--listen", "127.0.0.1:0"], 2)
}

/// Everything the server says to these bytes before it closes the connection. A server that neither answers nor closes
/// for five seconds fails the story.
fn say(server: &Server, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.host()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    loop {
        match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => answer.extend(&piece[..read]),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => break,
            Err(error) => panic!("{error} after {}", String::from_utf8_lossy(&answer)),
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}

fn statuses(answer: &str) -> Vec<&str> {
    let heads = answer.split("HTTP/1.1 ").skip(1);
    heads.map(|head| head.split_whitespace().next().unwrap_or_default()).collect()
}

#[test]
fn what_is_no_http_is_refused_and_left() {
    let fresh = FreshDatabase::sqlite();
    let server = start(&fresh);
    let giant = format!("GET /health HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n", "x".repeat(200_000));
    let many = format!("GET /health HTTP/1.1\r\nHost: a\r\n{}\r\n", "X: y\r\n".repeat(500));
    let long = format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "x".repeat(100_000));
    let wrong: [(&str, &[&str]); 12] = [
        ("\r\n\r\nhello\r\n\r\n", &["400"]),
        ("\0\u{1}\u{2}\u{3}\r\n\r\n", &["400"]),
        ("GET /health HTTP/1.1\r\n\r\n", &["400"]),
        ("GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n", &["400"]),
        ("GET /health HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n", &["400"]),
        ("GET /health HTTP/1.1\r\nHost: a\r\n folded: x\r\n\r\n", &["400"]),
        ("GET /he alth HTTP/1.1\r\nHost: a\r\n\r\n", &["400"]),
        ("POST /login/x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabc", &["400"]),
        ("POST /login/x HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\nabc", &["400"]),
        (&giant, &["431", "400"]),
        (&many, &["431", "400"]),
        (&long, &["431", "414", "400"]),
    ];

    for (bytes, expected) in wrong {
        let answer = say(&server, bytes.as_bytes());
        let shown: String = bytes.chars().take(60).collect();

        assert_eq!(statuses(&answer).len(), 1, "{shown:?}: {answer}");
        assert!(expected.contains(&statuses(&answer)[0]), "{shown:?}: {answer}");
    }
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn http_2_without_its_handshake_is_not_spoken() {
    let fresh = FreshDatabase::sqlite();
    let server = start(&fresh);

    let answer = say(&server, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    assert!(statuses(&answer).iter().all(|status| *status == "400"), "{answer}");
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn nothing_is_smuggled_in_behind_a_request() {
    let fresh = FreshDatabase::sqlite();
    let server = start(&fresh);
    let smuggled = "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let shapes = [
        format!(
            "Content-Length: {}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{smuggled}",
            smuggled.len() + 5
        ),
        format!(
            "Transfer-Encoding: chunked\r\nContent-Length: {}\r\n\r\n0\r\n\r\n{smuggled}",
            smuggled.len() + 5
        ),
        format!("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{smuggled}"),
        format!("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{smuggled}"),
        format!("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{smuggled}"),
        format!("Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n{smuggled}"),
        format!("Transfer-Encoding: chunked\r\n\r\nzz\r\n{smuggled}"),
        format!("Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{smuggled}"),
        format!("Transfer-Encoding: chunked\r\n\r\n5;{}\r\n{smuggled}", "x".repeat(100_000)),
    ];

    for shape in shapes {
        let answer = say(&server, format!("POST /language HTTP/1.1\r\nHost: a\r\n{shape}").as_bytes());

        let shown: String = shape.chars().take(80).collect();
        assert_eq!(statuses(&answer).len(), 1, "{shown:?}: {answer}");
        assert!(!answer.contains("\"live\""), "{shown:?}: {answer}");
    }
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn requests_sent_at_once_are_answered_in_their_order() {
    let fresh = FreshDatabase::sqlite();
    let server = start(&fresh);
    let live = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";
    let nowhere = "GET /assets/nowhere HTTP/1.1\r\nHost: a\r\n\r\n";
    let last = "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    let answer = say(&server, format!("{live}{nowhere}{live}{last}").as_bytes());

    assert_eq!(statuses(&answer), ["200", "404", "200", "200"]);
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn every_answer_wears_the_headers_that_keep_browsers_safe() {
    let fresh = FreshDatabase::sqlite();
    let server = start(&fresh);
    let asked = [
        "GET /",
        "GET /login",
        "GET /health",
        "GET /nowhere",
        "GET /assets/x",
        "DELETE /accounts",
        "GET /%ff",
    ];

    for line in asked {
        let answer =
            say(&server, format!("{line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").as_bytes());
        let head = answer.split("\r\n\r\n").next().unwrap().to_lowercase();

        for wanted in [
            "content-security-policy: default-src 'none'",
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "referrer-policy: same-origin",
            "cross-origin-opener-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(head.contains(wanted), "{line}: no {wanted} in {head}");
        }
    }
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn half_a_request_holds_nothing_up_when_the_server_stops() {
    let fresh = FreshDatabase::sqlite();
    let server = start(&fresh);
    let mut half = TcpStream::connect(server.host()).unwrap();
    half.write_all(b"GET / HTTP/1.1\r\nHos").unwrap();
    let mut gone = TcpStream::connect(server.host()).unwrap();
    gone.write_all(b"POST /language HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nabc").unwrap();
    gone.shutdown(Shutdown::Both).unwrap();

    let begun = Instant::now();

    assert_eq!(server.stop(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn ten_thousand_slow_connections_do_not_hurt_the_others() {
    let fresh = FreshDatabase::sqlite();
    let server = start(&fresh);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let at: SocketAddr = server.host().parse().unwrap();

    let mut slow = Vec::new();
    let mut slowest = Duration::ZERO;

    for n in 0..10_000_u32 {
        // What this process holds open is what it may; the server meets ten thousand all the same.
        if slow.len() == 900 {
            slow.drain(..450);
        }
        if let Ok(connection) = runtime.block_on(connect_from(1 + (n % 200) as u8, at)) {
            slow.push(connection);
        }
        if n % 500 == 499 {
            let begun = Instant::now();
            let answer = say(&server, b"GET /login HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            slowest = slowest.max(begun.elapsed());

            assert_eq!(statuses(&answer), ["200"], "after {n} slow connections: {answer}");
        }
    }

    assert!(slowest < Duration::from_secs(2), "{slowest:?} for a page among slow connections");
    drop(slow);
    assert_eq!(server.stop(), Some(0));
}

/// A connection from another address of this machine, with half a request sent.
async fn connect_from(last_byte: u8, at: SocketAddr) -> std::io::Result<tokio::net::TcpStream> {
    use tokio::io::AsyncWriteExt;
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from(([127, 0, 1, last_byte], 0)))?;
    let mut stream = socket.connect(at).await?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: slow\r\nX-Slow: ").await?;
    Ok(stream)
}
