//! How often pages ask the database: the same few times however many rows they show. The one test of its program, since
//! questions are counted for all of it.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod cast;

use cast::{Company, MAIJA, ORPHAN, QUIET, id};
use luotsi_store::testing::questions;

/// Of one page, the frame's own included.
const QUESTIONS_MAX: u64 = 12;
/// Of an account's page: each of its parts asks for itself, and each strand of its timeline.
const ACCOUNT_QUESTIONS_MAX: u64 = 25;

async fn asked(company: &Company, cookie: &str, url: &str) -> (u64, usize) {
    let before = questions();
    let page = company.page(cookie, url).await;
    (questions() - before, page.texts(".accounts tbody tr, .split__side li, .event").len())
}

#[tokio::test]
async fn pages_of_many_accounts_ask_as_often_for_one_row_as_for_fifty() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    // What all pages know of the company is read once.
    company.page(&cookie, "/accounts?scope=all").await;

    for (few, many) in [
        ("/accounts?scope=all&q=hiljainen", "/accounts?scope=all&q=oy"),
        ("/accounts?scope=all&page=2", "/accounts?scope=all"),
        ("/accounts?scope=all&owner=none", "/accounts?scope=all&state=customer&sort=-stake"),
        (
            "/accounts/selection?all=yes&scope=all&q=hiljainen",
            "/accounts/selection?all=yes&scope=all&q=turku",
        ),
    ] {
        let (for_few, few_rows) = asked(&company, &cookie, few).await;
        let (for_many, many_rows) = asked(&company, &cookie, many).await;

        assert!(few_rows < many_rows, "{few}: {few_rows} rows, {many}: {many_rows} rows");
        assert_eq!(for_few, for_many, "{few} {many}");
        assert!((1..=QUESTIONS_MAX).contains(&for_many), "{many}: {for_many}");
    }

    // Whatever has happened with it.
    let (quiet, orphan) =
        (format!("/accounts/{}", id(QUIET)), format!("/accounts/{}?period=month", id(ORPHAN)));
    let (for_few, few) = asked(&company, &cookie, &orphan).await;
    let (for_many, many) = asked(&company, &cookie, &quiet).await;
    assert!(few < many, "{few} happenings, {many} happenings");
    assert_eq!(for_few, for_many);
    assert!((1..=ACCOUNT_QUESTIONS_MAX).contains(&for_many), "{for_many}");
}
