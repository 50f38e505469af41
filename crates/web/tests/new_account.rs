//! Stories of making an account: only the name is needed, and nobody makes twice what is there.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod cast;

use axum_test::TestResponse;
use cast::{AINO, Company, MAIJA, PARENT, Page, QUIET, id};
use luotsi_store::Query;

fn accounts(company: &Company) -> i64 {
    company
        .store
        .read(|reader| reader.one("select count(*) from account", &[], |row| row.int(0)))
        .unwrap()
        .unwrap()
}

fn location(answer: &TestResponse) -> String {
    assert_eq!(answer.status_code(), 303, "{}", answer.text());
    answer.headers()["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_name_is_enough_and_a_seller_owns_what_they_make() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let form = company.page(&cookie, "/accounts/new").await;

    let made = location(&company.send(&cookie, &form, "#account", &[("name", " Kaukolan Sora Oy ")]).await);
    let again = location(&company.send(&cookie, &form, "#account", &[("name", " Kaukolan Sora Oy ")]).await);

    assert_eq!(made, again, "sent twice, made once");
    let page = company.page(&cookie, &made).await;
    assert_eq!(page.text("h1"), "Kaukolan Sora Oy");
    assert_eq!(page.text("#fact-owner-editor > summary > span:first-child"), "Aino Mäkelä");
    assert!(page.texts(".event__kind").contains(&"Asiakkuus perustettiin".to_owned()));
    let list = company.page(&cookie, "/accounts?scope=me&q=kaukola").await;
    assert_eq!(list.texts(".accounts__name a"), ["Kaukolan Sora Oy"]);
}

#[tokio::test]
async fn all_of_it_can_be_told_at_once() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    let form = company.page(&cookie, "/accounts/new").await;
    let typed = [
        ("name", "Kaukolan Sora Oy"),
        ("business_id", "7654321-7"),
        ("city", "Kaukola"),
        ("industry", "kaivos"),
        ("parent_name", "Rakennus-Salmi"),
    ];

    let wrong = company.send(&cookie, &form, "#account", &typed).await;
    assert_eq!(wrong.status_code(), 422);
    let form = Page::of(&wrong);
    assert_eq!(form.attributes("[aria-invalid=true]", "id"), ["account-business_id"]);
    assert_eq!(form.attributes("#account-city", "value"), ["Kaukola"]);
    assert_eq!(form.attributes("#account-more", "open"), [""]);

    let made = location(&company.send(&cookie, &form, "#account", &[("business_id", "2345678-0")]).await);
    let page = company.page(&cookie, &made).await;
    assert!(page.texts(".fact dd").iter().any(|fact| fact.starts_with("Rakennus-Salmi Oy")));
}

#[tokio::test]
async fn what_is_there_is_shown_before_it_is_made_again() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let form = company.page(&cookie, "/accounts/new").await;
    let before = accounts(&company);
    assert!(form.texts(".alike").is_empty());

    let nameless = company.send(&cookie, &form, "#account", &[("name", "  ")]).await;
    assert_eq!(Page::of(&nameless).attributes("[aria-invalid=true]", "id"), ["account-name"]);

    let alike = company.send(&cookie, &form, "#account", &[("name", "Rakennus Salmi Ab")]).await;
    assert_eq!((alike.status_code().as_u16(), accounts(&company)), (422, before));
    let form = Page::of(&alike);
    assert_eq!(form.attributes(".alike a", "href"), [format!("/accounts/{}", id(PARENT))]);
    assert_eq!(form.attributes("#account-name", "value"), ["Rakennus Salmi Ab"]);

    location(&company.send(&cookie, &form, "#account", &[("anyway", "yes")]).await);
    assert_eq!(accounts(&company), before + 1);
}

#[tokio::test]
async fn all_that_is_wrong_with_a_new_account_is_said_at_once() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let form = company.page(&cookie, "/accounts/new").await;

    let typed = [("name", "  "), ("business_id", "1234567-8"), ("parent_name", "Ei tällaista ole")];
    let answer = company.send(&cookie, &form, "#account", &typed).await;

    let mut said = Page::of(&answer).attributes("[aria-invalid=true]", "name");
    said.sort();
    assert_eq!(said, ["business_id", "name", "parent_name"]);
}

#[tokio::test]
async fn a_business_id_is_one_companys() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let form = company.page(&cookie, "/accounts/new").await;
    let first = [("name", "Kaukolan Sora Oy"), ("business_id", "23456780"), ("anyway", "yes")];
    let made = location(&company.send(&cookie, &form, "#account", &first).await);
    let before = accounts(&company);

    let typed = [("name", "Aivan Toinen Oy"), ("business_id", "2345678-0"), ("anyway", "yes")];
    let taken = company.send(&cookie, &form, "#account", &typed).await;

    assert_eq!((taken.status_code().as_u16(), accounts(&company)), (422, before));
    let page = Page::of(&taken);
    assert_eq!(page.attributes("[aria-invalid=true]", "id"), ["account-business_id"]);
    assert!(page.text(".entry__error").contains("Kaukolan Sora Oy"), "{}", page.text(".entry__error"));
    assert_eq!(page.attributes(".alike a", "href"), std::slice::from_ref(&made));

    // Nor can another account be given it later; its own can be written otherwise.
    for (account, status) in [(format!("/accounts/{}", id(QUIET)), 422), (made, 303)] {
        let page = company.page(&cookie, &account).await;
        let typed = [("business_id", "FI23456780")];
        let told = company.send(&cookie, &page, "/facts/business_id", &typed).await;
        assert_eq!(told.status_code(), status, "{}", told.text());
    }
}

#[tokio::test]
async fn a_shorter_name_that_is_there_is_shown_when_a_longer_one_is_typed() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let form = company.page(&cookie, "/accounts/new").await;
    for (there, typed, is_alike) in [
        ("Betoni Virtanen", "Betoni Virtanen Oy Ab", true),
        ("Sora Lehtinen Oy", "Turun Sora Lehtinen ja Pojat Oy", true),
        ("Pihakivi Salonen", "Salonen Pihat Oy", false),
    ] {
        let first = [("name", there), ("anyway", "yes")];
        let made = location(&company.send(&cookie, &form, "#account", &first).await);

        let answer = company.send(&cookie, &form, "#account", &[("name", typed)]).await;

        let shown = Page::of(&answer).attributes(".alike a", "href");
        assert_eq!(shown.contains(&made), is_alike, "{typed}");
    }
}
