//! Stories of the list of accounts: found, narrowed down, ordered, shaped, kept as views and taken along.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod cast;

use axum::http::StatusCode;
use cast::{AINO, Company, EERO, HOSTILE, MAIJA, Page, QUIET, id};
use luotsi_store::testing::FreshDatabase;

const ALL: &str = "/accounts?scope=all";

/// PostgreSQL's connections are made and ended outside of any runtime, as the program does it.
fn on_both(story: impl AsyncFn(&Company)) {
    for database in [FreshDatabase::sqlite(), FreshDatabase::postgres()] {
        let company = Company::watched_on(database);
        tokio::runtime::Runtime::new().unwrap().block_on(story(&company));
    }
}

async fn names(company: &Company, cookie: &str, url: &str) -> Vec<String> {
    company.page(cookie, url).await.texts("th.accounts__name a:not(.sort)")
}

async fn post(company: &Company, cookie: &str, url: &str, form: &[(&str, &str)]) -> axum_test::TestResponse {
    company.server.post(url).add_header("cookie", cookie).add_header("accept-language", "fi").form(form).await
}

#[test]
fn an_account_is_found_by_name_city_business_id_and_contact() {
    on_both(async |company: &Company| {
        let cookie = company.log_in(AINO).await;

        assert_eq!(names(company, &cookie, &format!("{ALL}&q=%C3%96LJYM")).await, ["Öljymäen Betoni"]);
        assert_eq!(names(company, &cookie, &format!("{ALL}&q=jainen")).await, ["Hiljainen Valu Oy"]);
        assert_eq!(names(company, &cookie, &format!("{ALL}&q=liisa+lahti")).await, ["Hiljainen Valu Oy"]);
        assert_eq!(
            company.page(&cookie, &format!("{ALL}&q=hels")).await.text(".head__line"),
            "60 asiakkuutta"
        );
        assert_eq!(names(company, &cookie, &format!("{ALL}&q=0112038-9&page=2")).await.len(), 10);
        let none = company.page(&cookie, &format!("{ALL}&q=ei%25_mit%C3%A4%C3%A4n")).await;
        assert!(none.text(".empty").contains("Rajauksilla ei löydy"));
    });
}

#[test]
fn who_has_not_been_met_is_found_until_somebody_has() {
    on_both(async |company: &Company| {
        let cookie = company.log_in(AINO).await;
        let is_found = async |unmet: &str| {
            !names(company, &cookie, &format!("{ALL}&q=hiljainen&unmet={unmet}")).await.is_empty()
        };
        let met = async |on: &str| {
            let page = company.page(&cookie, &format!("/accounts/{}", id(QUIET))).await;
            let typed = [("kind", "visit"), ("day", on), ("note", "Käytiin.")];
            company.send(&cookie, &page, "#log", &typed).await.assert_status(StatusCode::SEE_OTHER);
        };
        assert!(is_found("year").await, "calls are no meetings");

        met("2026-09-30").await;
        assert!(is_found("quarter").await && !is_found("half_year").await && !is_found("year").await);

        met("2026-10-01").await;
        assert!(!is_found("quarter").await);
    });
}

#[tokio::test]
async fn each_filter_is_a_chip_that_takes_it_away() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;

    let page =
        company.page(&cookie, &format!("{ALL}&q=betoni&segment=growth&owner=none&care=late&sort=name")).await;

    assert_eq!(
        page.texts(".chip"),
        ["”betoni”", "Kasvu", "Ei vastuuhenkilöä", "Hoito myöhässä", "Tyhjennä rajaukset"]
    );
    assert_eq!(
        page.attributes(".chip", "href")[1],
        "/accounts?scope=all&q=betoni&owner=none&care=late&sort=name"
    );
    assert_eq!(page.attributes(".chip", "aria-label")[1], "Poista rajaus: Kasvu");
    assert_eq!(page.attributes(".chip", "href")[4], "/accounts?scope=all&sort=name");
    assert_eq!(page.text("#tools-filter summary"), "Rajaa 3");
}

#[tokio::test]
async fn columns_are_chosen_in_the_url_and_only_those_are_shown() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;

    let page =
        company.page(&cookie, &format!("{ALL}&columns=name&columns=city&columns=last_order&columns=x")).await;
    let bare = company.page(&cookie, &format!("{ALL}&columns=name")).await;

    assert_eq!(page.texts("thead th"), ["Asiakkuus", "Paikkakunta", "Viimeisin tilaus"]);
    assert!(page.attributes(".pager a", "href")[0].ends_with("&columns=name.city.last_order&page=2"));
    assert_eq!(bare.texts("thead th"), ["Asiakkuus"]);
}

#[tokio::test]
async fn every_column_with_an_order_orders_the_list_both_ways() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    let all = "segment.owner.customer_state.industry.current_value.trend.potential_value.share_of_wallet.last_order.care_kept.stake";
    let page = company.page(&cookie, &format!("{ALL}&columns={all}")).await;

    for href in page.attributes("thead .sort", "href") {
        let first = company.page(&cookie, &href).await;
        let sorted = first.attributes("th[aria-sort] .sort", "href");
        let reversed = company.page(&cookie, &sorted[0]).await;

        assert_eq!(sorted.len(), 1, "{href}");
        assert_ne!(
            first.attributes("[aria-sort]", "aria-sort"),
            reversed.attributes("[aria-sort]", "aria-sort"),
            "{href}"
        );
    }
}

#[test]
fn the_list_is_shown_as_it_was_left_to_the_same_person_wherever_they_log_in() {
    on_both(async |company: &Company| {
        let (aino, eero) = (company.log_in(AINO).await, company.log_in(EERO).await);
        let view = "/accounts?scope=all&segment=growth&sort=city&columns=name.city";

        company.get(&aino, &format!("{view}&page=2")).await;
        let elsewhere = company.log_in(AINO).await;
        let again = company.get(&elsewhere, "/accounts").await;
        let other = company.get(&eero, "/accounts").await;

        assert_eq!(
            (again.status_code().as_u16(), again.headers()["location"].to_str().unwrap()),
            (303, view)
        );
        assert_eq!(other.status_code(), 200);
    });
}

#[test]
fn a_view_is_kept_under_a_name_and_shared_on_purpose() {
    on_both(async |company: &Company| {
        let (aino, eero) = (company.log_in(AINO).await, company.log_in(EERO).await);
        let query = "scope=all&segment=growth&sort=name";
        let form = [("request", "r1"), ("query", query), ("name", "Kasvavat <b>")];

        let kept = post(company, &aino, "/accounts/views", &form).await;
        let twice = post(company, &aino, "/accounts/views", &form).await;
        let own = company.page(&aino, &format!("/accounts?{query}")).await;
        let others = company.page(&eero, ALL).await;

        assert_eq!((kept.status_code().as_u16(), twice.status_code().as_u16()), (303, 303));
        assert_eq!(kept.headers()["location"], format!("/accounts?{query}"));
        assert_eq!(own.texts("#tools-views .menu__item[aria-current]"), ["Kasvavat <b>"]);
        assert!(own.text(".head__line").starts_with("Kasvavat <b> ·"));
        assert!(!others.text("#tools-views").contains("Kasvavat"));

        let views = company.page(&aino, "/accounts/views").await;
        let action = views.attributes(".kept-view__form", "action")[0].clone();
        let version = views.attributes(".kept-view__form [name=version]", "value")[0].clone();
        let shared =
            [("request", "r2"), ("version", &version), ("name", "Kasvu aakkosin"), ("shared", "yes")];
        assert_eq!(post(company, &aino, &action, &shared).await.status_code(), 303);
        let others = company.page(&eero, ALL).await;
        assert!(others.text("#tools-views").contains("Kasvu aakkosin · Aino Mäkelä"));
    });
}

#[tokio::test]
async fn nobody_changes_or_removes_anothers_view() {
    let company = Company::watched();
    let (aino, eero) = (company.log_in(AINO).await, company.log_in(EERO).await);
    let form = [("request", "r1"), ("query", "scope=all"), ("name", "Yhteinen"), ("shared", "yes")];
    post(&company, &aino, "/accounts/views", &form).await;
    let views = company.page(&aino, "/accounts/views").await;
    let action = views.attributes(".kept-view__form", "action")[0].clone();
    let version = views.attributes(".kept-view__form [name=version]", "value")[0].clone();

    let renaming = [("request", "r2"), ("version", &version), ("name", "Minun")];
    let renamed = post(&company, &eero, &action, &renaming).await;
    let removal = |request| [("request", request), ("version", version.as_str())];
    let removed = post(&company, &eero, &format!("{action}/removal"), &removal("r3")).await;

    assert_eq!((renamed.status_code().as_u16(), removed.status_code().as_u16()), (404, 404));
    assert!(company.page(&eero, "/accounts/views").await.texts(".kept-view").is_empty());
    assert!(company.page(&aino, ALL).await.text("#tools-views").contains("Yhteinen"));

    let old = [("request", "r5"), ("version", "0")];
    let refused = post(&company, &aino, &format!("{action}/removal"), &old).await;
    assert_eq!(refused.status_code(), 422);
    assert!(Page::of(&refused).text(".kept-view__removal [role=alert]").contains("muutettiin"));

    let removed = post(&company, &aino, &format!("{action}/removal"), &removal("r4")).await;
    assert_eq!(removed.status_code(), 303);
    assert!(!company.page(&aino, ALL).await.text("#tools-views").contains("Yhteinen"));
}

#[tokio::test]
async fn a_view_without_a_name_or_of_a_taken_one_is_told_beside_the_field() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let form = |request, name| [("request", request), ("query", "scope=all&q=betoni"), ("name", name)];
    post(&company, &cookie, "/accounts/views", &form("r1", "Betonit")).await;

    let empty = post(&company, &cookie, "/accounts/views", &form("r2", "  ")).await;
    let taken = post(&company, &cookie, "/accounts/views", &form("r3", "Betonit")).await;
    let long = post(&company, &cookie, "/accounts/views", &form("r4", &"x".repeat(81))).await;
    let unknown = post(&company, &cookie, "/accounts/views", &[("query", "x"), ("person", "2")]).await;

    for answer in [&empty, &taken, &long] {
        assert_eq!(answer.status_code(), 422);
        let page = Page::of(answer);
        assert_eq!(page.texts("#tools-views .entry__error").len(), 1);
        assert_eq!(page.attributes("#q", "value"), ["betoni"]);
    }
    assert_eq!(Page::of(&taken).attributes("#view-name", "value"), ["Betonit"]);
    assert_eq!(unknown.status_code(), 422);
}

#[tokio::test]
async fn the_same_view_comes_as_a_table_that_holds_no_formulas() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;

    let answer =
        company.get(&cookie, "/accounts.csv?scope=all&q=script&columns=name.owner.city.current_value").await;
    let text = answer.text();
    let mut lines = text.lines();

    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    assert!(answer.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert_eq!(lines.next(), Some("external_id,name,owner,city,current_value"));
    let row = lines.next().unwrap();
    assert!(
        row.starts_with(&format!("102,\"{}\",Aino Mäkelä,Helsinki,", HOSTILE.replace('"', "\"\""))),
        "{row}"
    );
    assert!(row.ends_with(".00") && lines.next().is_none(), "{row}");
}

#[test]
fn a_seller_carries_away_only_what_they_answer_for() {
    on_both(async |company: &Company| {
        let aino = company.log_in(AINO).await;

        let own = names(company, &aino, "/accounts?scope=me&columns=name&sort=name").await.len()
            + names(company, &aino, "/accounts?scope=me&columns=name&sort=name&page=2").await.len();
        let file = company.get(&aino, "/accounts.csv?scope=all&sort=name&columns=name").await.text();

        assert!(own > 30 && own < 60);
        assert_eq!(file.lines().count(), own + 1);
        assert!(!file.contains("Rakennus-Salmi"));
    });
}

#[test]
fn anything_may_stand_in_the_url_of_the_list() {
    on_both(async |company: &Company| {
        let cookie = company.log_in(AINO).await;

        for query in [
            "q=%00",
            "q=%22+OR+1%3D1",
            "q=*&q=x",
            "page=999999999999999999999",
            "page=200",
            "sort=%27",
            "owner=00000000-0000-0000-0000-000000000000",
            "segment[]=growth",
            "%ff=%ff",
            "q=%ff%fe",
            "scope=%27+or+1=1",
            "columns=....",
            "industry=%00",
            "value_min=-1e12&value_max=1e12&sort=trend",
            &format!("q={}", "a+".repeat(900)),
        ] {
            let answer = company.get(&cookie, &format!("/accounts?{query}")).await;
            assert_eq!(answer.status_code(), 200, "{query}");
        }
        assert_eq!(company.get(&cookie, "/accounts/views/nonsense").await.status_code(), 405);
    });
}
