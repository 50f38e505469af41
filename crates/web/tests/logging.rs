//! Stories of writing down what was done: one line, what it covers, what comes next, and a way back.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod cast;

use axum_test::TestResponse;
use cast::{AINO, Company, EERO, MAIJA, ODD, PARENT, Page, QUIET, id};
use luotsi_store::{Query, testing::FreshDatabase};

fn account(number: u128) -> String {
    format!("/accounts/{}", id(number))
}

fn location(answer: &TestResponse) -> String {
    assert_eq!(answer.status_code(), 303, "{}", answer.text());
    answer.headers()["location"].to_str().unwrap().to_owned()
}

fn activities(company: &Company) -> i64 {
    let sql = "select count(*) from activity where source = 'luotsi' and known_until = '9999-12-31'";
    company.store.read(|reader| reader.one(sql, &[], |row| row.int(0))).unwrap().unwrap()
}

async fn log_and_see(company: &Company) {
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, &account(QUIET)).await;
    assert_eq!(page.texts("#receipt"), Vec::<String>::new());

    let typed = [("kind", "call"), ("note", "Sovittiin **keväästä**.\r\n<b>x</b>"), ("minutes", "20")];
    let answer = company.send(&cookie, &page, "/activities", &typed).await;

    let page = company.page(&cookie, &location(&answer)).await;
    assert!(page.text(".receipt__what").starts_with("Kirjattu: Puhelu ma 23.11. Hiljainen Valu Oy"));
    assert!(page.text("#receipt").contains("hoitomalli"), "{}", page.text("#receipt"));
    assert!(page.text(".receipt__next").starts_with("Luotsi ehdottaa seuraavaksi"));
    assert_eq!(page.texts(".event__note strong"), ["keväästä"]);
    assert!(page.texts(".event__note b").is_empty());
}

#[test]
fn one_line_is_logged_and_something_comes_back_at_once() {
    for database in [FreshDatabase::sqlite(), FreshDatabase::postgres()] {
        // PostgreSQL's connections are made and ended outside of any runtime, as the program does it.
        let company = Company::watched_on(database);
        tokio::runtime::Runtime::new().unwrap().block_on(log_and_see(&company));
    }
}

#[tokio::test]
async fn the_next_step_is_scheduled_in_one_click_and_covers_its_line() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, &account(ODD)).await;
    let logged = location(&company.send(&cookie, &page, "/activities", &[("kind", "visit")]).await);
    let page = company.page(&cookie, &logged).await;
    let step = page.text(".receipt__next strong");

    let answer = company.send(&cookie, &page, ".receipt__plan", &[]).await;

    let page = company.page(&cookie, &location(&answer)).await;
    assert_eq!(page.text(".receipt__what strong"), format!("Suunniteltu: {step}"));
    assert!(
        page.texts(".event--planned").iter().any(|event| event.contains(step.split(' ').next().unwrap()))
    );
}

#[tokio::test]
async fn what_was_just_logged_is_undone_in_one_click_and_undoing_twice_does_no_harm() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, &account(QUIET)).await;
    let logged = location(&company.send(&cookie, &page, "/activities", &[("kind", "call")]).await);
    let page = company.page(&cookie, &logged).await;

    let undone = company.send(&cookie, &page, "/undo", &[]).await;
    let twice = company.send(&cookie, &page, "/undo", &[]).await;

    assert_eq!(location(&undone), account(QUIET));
    assert_eq!(location(&twice), account(QUIET));
    assert_eq!(activities(&company), 0);
}

#[tokio::test]
async fn a_double_click_logs_once_and_the_same_words_on_a_new_page_twice() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, &account(QUIET)).await;

    let one = company.send(&cookie, &page, "/activities", &[("kind", "call")]).await;
    let two = company.send(&cookie, &page, "/activities", &[("kind", "call")]).await;
    assert_eq!(location(&one), location(&two));
    assert_eq!(activities(&company), 1);

    let page = company.page(&cookie, &account(QUIET)).await;
    company.send(&cookie, &page, "/activities", &[("kind", "call")]).await;
    assert_eq!(activities(&company), 2);
}

#[tokio::test]
async fn everything_wrong_is_told_beside_its_field_and_nothing_typed_is_lost() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, &account(QUIET)).await;

    let typed =
        [("day", "31.2.2026"), ("minutes", "paljon"), ("kind", "juhlat"), ("note", "Pitkä\r\nmuistio <&>")];
    let answer = company.send(&cookie, &page, "/activities", &typed).await;

    assert_eq!(answer.status_code(), 422);
    assert_eq!(answer.headers()["hx-push-url"], "false");
    let page = Page::of(&answer);
    assert_eq!(page.text("h1"), "Hiljainen Valu Oy");
    assert_eq!(page.texts(".entry__error").len(), 3);
    assert_eq!(page.attributes("[aria-invalid=true]", "id"), ["log-kind", "log-day", "log-minutes"]);
    assert_eq!(page.attributes("#log-day", "value"), ["31.2.2026"]);
    assert_eq!(page.attributes("#log-day", "aria-describedby"), ["log-day-error log-day-hint"]);
    assert_eq!(page.text("#log-note"), "Pitkä muistio <&>");
    assert!(
        page.attributes("#main", "hx-trigger").is_empty()
            || page.attributes("#main", "hx-trigger")[0].is_empty()
    );
    assert_eq!(activities(&company), 0);
}

#[tokio::test]
async fn a_field_the_form_does_not_have_is_refused() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, &account(QUIET)).await;

    let answer = company.send(&cookie, &page, "/activities", &[("kind", "call"), ("person", "x")]).await;

    assert_eq!(answer.status_code(), 422);
    assert!(Page::of(&answer).text("[role=alert]").contains("person"));
    assert_eq!(activities(&company), 0);
}

#[tokio::test]
async fn who_does_not_answer_for_the_account_is_told_so_and_keeps_the_text() {
    let company = Company::watched();
    let (eero, maija) = (company.log_in(EERO).await, company.log_in(MAIJA).await);
    let page = company.page(&eero, &account(QUIET)).await;
    let fields = [("kind", "call"), ("note", "Kuulin messuilla."), ("request", "r1")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));

    let refused = company.post(&eero, &format!("{}/activities", account(QUIET)), &fields).await;
    let allowed = company.post(&maija, &format!("{}/activities", account(QUIET)), &fields).await;

    assert!(page.texts("#log").is_empty(), "no form for what one may not do");
    assert_eq!(refused.status_code(), 403);
    assert_eq!(allowed.status_code(), 303);
    assert_eq!(activities(&company), 1);
}

#[tokio::test]
async fn an_account_is_found_by_a_part_of_its_name_and_asked_back_where_several_fit() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, "/activities/new").await;

    let one =
        company.send(&cookie, &page, "/activities", &[("account_name", "hiljai"), ("kind", "call")]).await;
    let none =
        company.send(&cookie, &page, "/activities", &[("account_name", "zzz"), ("kind", "call")]).await;
    let several =
        company.send(&cookie, &page, "/activities", &[("account_name", "turku"), ("kind", "call")]).await;

    assert!(location(&one).starts_with(&account(QUIET)));
    assert_eq!(none.status_code(), 422);
    assert!(Page::of(&none).text(".entry__error").contains("zzz"));
    let page = Page::of(&several);
    assert!(page.texts("#log-account option").len() > 2);
    let chosen =
        page.attributes("#log-account option", "value").into_iter().find(|value| !value.is_empty()).unwrap();
    let answer = company.send(&cookie, &page, "/activities", &[("account", &chosen)]).await;
    assert_eq!(location(&answer).split('?').next().unwrap(), format!("/accounts/{chosen}"));
}

#[tokio::test]
async fn a_plan_is_marked_done_on_its_own_page_and_told_otherwise_there() {
    let company = Company::watched();
    let cookie = company.log_in(EERO).await;
    let page = company.page(&cookie, &account(PARENT)).await;
    let plan = page.attributes(".event--planned .event__kind", "href")[0].clone();
    let page = company.page(&cookie, &plan).await;
    assert_eq!(page.text("h1"), "Johdon tapaaminen, Rakennus-Salmi Oy");

    let done = company.send(&cookie, &page, "#done", &[("note", "Hyvä tapaaminen.")]).await;
    let stale = company.send(&cookie, &page, "#activity", &[("minutes", "45")]).await;

    let seen = company.page(&cookie, &location(&done)).await;
    assert!(seen.text(".receipt__what").starts_with("Kirjattu: Johdon tapaaminen"));
    assert!(seen.texts(".event--planned").is_empty());
    assert_eq!(stale.status_code(), 422);
    assert!(Page::of(&stale).text("[role=alert]").contains("muutettu"));
}

#[tokio::test]
async fn an_ended_session_keeps_what_was_typed_until_it_can_be_sent() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, &account(QUIET)).await;
    company.server.post("/logout").add_header("cookie", &cookie).await;

    let typed = [("kind", "visit"), ("note", "Kaksi sivua tärkeää asiaa <tästä>.")];
    let kept = company.send(&cookie, &page, "/activities", &typed).await;
    assert_eq!(kept.status_code(), 401);
    assert_eq!(activities(&company), 0);

    let again = company.log_in(AINO).await;
    let page = Page::of(&kept);
    assert!(page.text(".message__written").contains("<tästä>"));
    let answer = company.send(&again, &page, "/activities", &[]).await;

    assert!(location(&answer).starts_with(&account(QUIET)));
    assert_eq!(activities(&company), 1);
}

#[tokio::test]
async fn what_is_no_form_or_too_large_is_refused_without_an_error_of_ours() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let url = format!("{}/activities", account(QUIET));

    let large = [("note".to_owned(), "a".repeat(70_000))];
    let large = company.post(&cookie, &url, &large).await;
    let json = company
        .server
        .post(&url)
        .add_header("cookie", &cookie)
        .add_header("content-type", "application/json")
        .bytes("{}".into())
        .await;
    let nul = [("kind", "call"), ("note", "a\0b"), ("request", "r")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let nul = company.post(&cookie, &url, &nul).await;

    assert_eq!(large.status_code(), 413);
    assert_eq!(json.status_code(), 415);
    assert_eq!(nul.status_code(), 422);
    assert_eq!(Page::of(&nul).attributes("[aria-invalid=true]", "id"), ["log-note"]);
}

/// PostgreSQL's server can go away from under us.
#[test]
fn what_was_typed_is_kept_while_the_database_is_away() {
    let company = Company::watched_on(FreshDatabase::postgres());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let cookie = runtime.block_on(company.log_in(AINO));
    company.database.take_away();

    let note = "Tarjous on luvattu perjantaiksi.";
    let typed = [("kind", "call"), ("note", note), ("request", "r")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let url = format!("/accounts/{}/activities", id(QUIET));
    let answer = runtime.block_on(company.post(&cookie, &url, &typed));

    assert_eq!(answer.status_code(), 503);
    let page = Page::of(&answer);
    assert_eq!(page.text(".message__written"), note);
    assert_eq!(page.attributes("form[method=post] textarea", "name"), ["kind", "note", "request"]);
}

#[tokio::test]
async fn the_field_for_an_account_is_completed_for_those_who_are_logged_in() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let found = company.get(&cookie, "/search/accounts?q=salm").await;
    let nobody = company.server.get("/search/accounts?q=salm").await;

    let rows: Vec<serde_json::Value> = serde_json::from_str(&found.text()).unwrap();
    let labels: Vec<&str> = rows.iter().map(|row| row["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["Rakennus-Salmi Oy", "Salmen Elementti Oy"]);
    assert!(rows.iter().all(|row| row["who"].is_null()), "found by their own names: {rows:?}");
    assert_eq!(nobody.status_code(), 303);
}

#[tokio::test]
async fn whoever_calls_is_named_where_the_account_is_chosen() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let found = company.get(&cookie, "/activities/accounts?q=040%20123%204567").await;

    let rows: Vec<serde_json::Value> = serde_json::from_str(&found.text()).unwrap();
    let whose: Vec<&str> = rows.iter().map(|row| row["who"].as_str().unwrap()).collect();
    assert_eq!(whose, ["Liisa Lahti · +358 40 123 4567"]);
}

#[tokio::test]
async fn accounts_that_one_may_not_log_with_are_not_offered_for_it() {
    let company = Company::watched();
    let labels = async |person, words| {
        let cookie = company.log_in(person).await;
        let found = company.get(&cookie, &format!("/activities/accounts?q={words}")).await;
        let rows: Vec<serde_json::Value> = serde_json::from_str(&found.text()).unwrap();
        rows.iter().map(|row| row["label"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };

    assert!(labels(AINO, "salm").await.is_empty());
    assert_eq!(labels(AINO, "hiljai").await.len(), 1);
    assert_eq!(labels(MAIJA, "salm").await, ["Rakennus-Salmi Oy", "Salmen Elementti Oy"]);
}

#[tokio::test]
async fn with_whom_it_was_is_asked_once_the_account_is_chosen() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, &account(QUIET)).await;
    let known = page.texts("form#log [name=contact] option");

    let field = company.get(&cookie, &format!("/activities/contacts?account={}", id(QUIET))).await;
    let asked = Page::of(&field).texts("[name=contact] option");

    assert!(asked.len() > 1, "{asked:?}");
    assert_eq!(asked, known);
    for nothing in ["", "?account=x", "?account=018f0000-0000-7000-8000-000000000000"] {
        let answer = company.get(&cookie, &format!("/activities/contacts{nothing}")).await;
        assert_eq!(answer.status_code(), 404, "{nothing}");
    }
}

#[tokio::test]
async fn what_came_of_itself_is_logged_from_my_day_which_tells_what_it_covers() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, "/").await;

    let typed = [("account_name", "Hiljainen"), ("kind", "call")];
    let answer = company.send(&cookie, &page, "#log-any form", &typed).await;

    let address = location(&answer);
    assert!(address.starts_with("/?logged="), "{address}");
    let page = company.page(&cookie, &address).await;
    assert!(page.text("#receipt").contains("hoitomalli"), "{}", page.text("#receipt"));
    company.send(&cookie, &page, "#receipt form", &[]).await;
    assert_eq!(activities(&company), 0);
}

/// A visit is planned from it for tomorrow.
async fn my_day_with_a_plan(company: &Company, cookie: &str) -> Page {
    let page = company.page(cookie, "/").await;
    let planned = [("account_name", "Hiljainen"), ("day", "2026-11-25"), ("kind", "visit")];
    let answer = company.send(cookie, &page, "#log-any form", &planned).await;
    company.page(cookie, &location(&answer)).await
}

#[tokio::test]
async fn a_plan_is_logged_where_it_stands_on_my_day() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = my_day_with_a_plan(&company, &cookie).await;
    let (plans, way) = (page.texts(".plan").len(), page.attributes(".plan__log", "href").remove(0));

    let page = company.page(&cookie, way.split('#').next().unwrap()).await;
    let answer = company.send(&cookie, &page, ".plan__line form", &[("note", "Käyty")]).await;

    let page = company.page(&cookie, &location(&answer)).await;
    assert_eq!(page.texts(".plan").len(), plans - 1, "a plan that is done still waits");
    assert!(page.text(".receipt__what").starts_with("Kirjattu: "));
}

#[tokio::test]
async fn a_line_about_a_plan_that_was_refused_is_about_it_still() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = my_day_with_a_plan(&company, &cookie).await;
    let (plans, way) = (page.texts(".plan").len(), page.attributes(".plan__log", "href").remove(0));
    let opened = company.page(&cookie, way.split('#').next().unwrap()).await;
    let plan = opened.attributes(".plan__line [name=plan]", "value");

    let refused = company.send(&cookie, &opened, ".plan__line form", &[("minutes", "abc")]).await;
    let refused = Page::of(&refused);
    let named = refused.attributes("[name=plan]", "value");
    let done = company.send(&cookie, &refused, "form#log", &[("minutes", "30")]).await;
    let page = company.page(&cookie, &location(&done)).await;
    let later = [("minutes", "30"), ("note", "Toisesta ikkunasta")];
    let again = company.send(&cookie, &opened, ".plan__line form", &later).await;

    assert_eq!(named, plan);
    assert_eq!(page.texts(".plan").len(), plans - 1, "a plan that is done still waits");
    assert_eq!(again.status_code(), 422);
    assert!(Page::of(&again).text(".notice--late[role=alert]").contains("jo kirjattu tehdyksi"));
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_line_is_told_at_once() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, "/").await;

    let typed = [("account_name", "qqqq"), ("minutes", "-5x"), ("note", "Tärkeää")];
    let answer = company.send(&cookie, &page, "#log-any form", &typed).await;

    assert_eq!(answer.status_code(), 422);
    let page = Page::of(&answer);
    assert_eq!(page.texts(".entry__error").len(), 2, "{:?}", page.texts(".entry__error"));
    assert_eq!(page.text("textarea[name=note]"), "Tärkeää");
}

#[tokio::test]
async fn whoever_is_to_be_called_is_called_at_a_touch() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let page = company.page(&cookie, &format!("/activities/new?account={}&kind=call", id(QUIET))).await;
    let visit = company.page(&cookie, &format!("/activities/new?account={}&kind=visit", id(QUIET))).await;

    assert_eq!(page.attributes(".log-line__phones a", "href"), ["tel:+358401234567"]);
    assert_eq!(page.text(".log-line__phones"), "Liisa Lahti +358 40 123 4567");
    assert!(visit.texts(".log-line__phones").is_empty());
}
