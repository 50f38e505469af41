//! The server as a person meets it: it starts at once, says where it is, lets the first person in, and stops.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use luotsi_store::testing::FreshDatabase;
use std::time::{Duration, Instant};
use support::{Luotsi, server::Server, small_company};

#[test]
fn a_new_base_says_where_it_is_and_lets_the_first_person_in_once() {
    let fresh = FreshDatabase::sqlite();
    let luotsi = Luotsi::on(&fresh.url);

    let server = Server::start(&luotsi, &["serve", "--listen", "127.0.0.1:0"], 2);
    let addresses = server.addresses();
    let [at, link] = addresses[..] else { panic!("two addresses in {}", server.said) };
    let before = server.ask("GET", at, "");
    let page = server.ask("GET", link, "");
    let form = "name=Betoni+Oy&language=fi&time_zone=Europe%2FHelsinki&currency=EUR&own_name=Outi+Salonen\
         &email=outi%40betoni.example&password=korppi+viuhka+tahdas&password_again=korppi+viuhka+tahdas&request=";
    // The line end that `ask` writes behind it belongs to the last field.
    let sent = format!(
        "Origin: {at}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{form}",
        form.len() + 2
    );
    let logged_in = server.ask("POST", link, &sent);
    let again = server.ask("POST", link, &sent);

    assert!(!before.starts_with("HTTP/1.1 200"), "a page without log-in: {before}");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(logged_in.starts_with("HTTP/1.1 303"), "{logged_in}");
    assert!(!again.starts_with("HTTP/1.1 303"), "the link worked twice");
    let (command, start) = ("<code>luotsi ", "malliyhtiöllä: <a href=\"/start\">");
    for (path, next) in [("/", command), ("/accounts", start), ("/start", command)] {
        let page = server.ask("GET", &format!("{at}{path}"), &format!("Cookie: {}\r\n", session(&logged_in)));
        assert!(page.starts_with("HTTP/1.1 200"), "{path}: {page}");
        assert!(page.contains(next), "{path} of an empty base does not say what to do next");
    }
    assert_eq!(server.stop(), Some(0));
}

/// The cookie that an answer lets somebody in with.
fn session(logged_in: &str) -> &str {
    let cookie = logged_in.lines().find(|line| line.to_lowercase().starts_with("set-cookie:"));
    let value = cookie.and_then(|line| line.split_once(':')).and_then(|(_, value)| value.split(';').next());
    value.unwrap().trim()
}

#[test]
fn it_serves_within_a_second_and_watches_what_has_not_been_watched() {
    let fresh = FreshDatabase::sqlite();
    let luotsi = Luotsi::on(&fresh.url);
    let company = small_company(40);
    luotsi.import_all(&company);

    let started = Instant::now();
    let server = Server::start(&luotsi, &["serve", "--listen", "127.0.0.1:0"], 2);
    let answer = server.ask("GET", server.addresses()[0], "");
    let took = started.elapsed();

    assert!(answer.starts_with("HTTP/1.1"), "{answer}");
    assert!(took < Duration::from_secs(5), "{took:?} until the first answer");
    let watched = (0..600).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        luotsi.ok(&["export", "deviations"]).lines().count() > 1
    });
    assert!(watched, "nothing was watched");
    assert_eq!(server.stop(), Some(0));
}

#[test]
fn the_sample_company_is_made_once_and_served_with_links_that_each_log_in_once() {
    let fresh = FreshDatabase::sqlite();
    let luotsi = Luotsi::on(&fresh.url);
    let demo = ["demo", "--accounts", "60", "--on", "2026-11-20", "--listen", "127.0.0.1:0"];

    let first = Server::start(&luotsi, &demo, 4);
    let [at, links @ ..] = &first.addresses()[..] else { panic!("no address in {}", first.said) };
    assert_eq!(links.len(), 2, "for a seller and a manager");
    let mut cookie = String::new();
    for link in links {
        let page = first.ask("GET", link, "");
        let sent = format!("Origin: {at}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 0\r\n");
        let logged_in = first.ask("POST", link, &sent);
        let again = first.ask("POST", link, &sent);
        cookie = format!("Cookie: {}\r\n", session(&logged_in));
        let day = first.ask("GET", at, &cookie);

        assert!(page.starts_with("HTTP/1.1 200"), "looking at the link uses it up: {page}");
        assert!(logged_in.starts_with("HTTP/1.1 303"), "{logged_in}");
        assert!(
            !again.starts_with("HTTP/1.1 303") && !again.contains("set-cookie"),
            "it worked twice: {again}"
        );
        assert!(day.starts_with("HTTP/1.1 200") && day.contains("proposal"), "{day}");
    }
    first.ask("GET", &format!("{at}/accounts?scope=all&sort=city"), &cookie);
    assert_eq!(first.stop(), Some(0));
    let before = luotsi.exports("2026-11-20");
    let second = Server::start(&luotsi, &demo[..1].iter().chain(&demo[5..]).copied().collect::<Vec<_>>(), 4);
    let list = second.ask("GET", &format!("{}/accounts", second.addresses()[0]), &cookie);

    assert!(list.contains("location: /accounts?scope=all&sort=city"), "as it was left: {list}");
    assert_eq!(second.stop(), Some(0));
    assert_eq!(luotsi.exports("2026-11-20"), before);
    let other = luotsi.refused(&["demo", "--accounts", "61", "--listen", "127.0.0.1:0"]);
    assert!(other.contains("--anew"), "{other}");
}

#[test]
fn the_sample_company_is_kept_apart_from_a_companys_own_data() {
    let fresh = FreshDatabase::sqlite();
    let luotsi = Luotsi::on(&fresh.url);
    luotsi.import("people", &small_company(1));

    let sentence = luotsi.refused(&["demo", "--listen", "127.0.0.1:0"]);

    assert!(sentence.contains("other data"), "{sentence}");
}

#[test]
fn a_supervisor_hears_whether_it_lives_and_whether_it_can_serve() {
    let fresh = FreshDatabase::sqlite();
    let luotsi = Luotsi::on(&fresh.url);

    let server = Server::start(&luotsi, &["serve", "--listen", "127.0.0.1:0"], 2);
    let at = server.addresses()[0];
    let lives = server.ask("GET", &format!("{at}/health/live"), "");
    let serves = server.ask("GET", &format!("{at}/health"), "");

    assert!(lives.starts_with("HTTP/1.1 200"), "{lives}");
    assert!(serves.starts_with("HTTP/1.1 200"), "{serves}");
    assert!(serves.ends_with(r#"{"database":true,"live":true,"ready":true}"#), "{serves}");
    assert_eq!(server.stop(), Some(0));
}
