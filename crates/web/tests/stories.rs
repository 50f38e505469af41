//! Stories of the pages, told through the router and asked of the parsed pages.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod cast;

use cast::{AINO, CHILD, Company, EERO, HOSTILE, MAIJA, ODD, ORPHAN, Page, QUIET, id};
use luotsi_core::history::Actor;
use luotsi_store::{StoreError, testing::FreshDatabase};

fn account(number: u128) -> String {
    format!("/accounts/{}", id(number))
}

#[tokio::test]
async fn who_is_not_logged_in_is_told_how_to() {
    let company = Company::empty();

    for (url, to) in [("/", "/login"), ("/accounts?q=a", "/login?back=%2Faccounts%3Fq%3Da")] {
        let answer = company.server.get(url).await;
        assert_eq!(answer.status_code(), 303, "{url}");
        assert_eq!(answer.headers()["location"], to);
    }
    let page = Page::of(&company.server.get("/login").add_header("accept-language", "en").await);

    assert_eq!(page.text("h1"), "Log in to Luotsi");
    assert_eq!(page.text("code"), "luotsi login PERSON");
    assert!(page.texts("nav").is_empty());
}

#[tokio::test]
async fn looking_at_a_link_does_not_use_it_up_and_it_works_once() {
    let company = Company::empty();
    let link = company.link(AINO).await;

    let looked = company.server.get(&link).add_header("accept-language", "fi").await;
    let looked_again = company.server.get(&link).await;
    let used = company.server.post(&link).await;
    let used_again = company.server.post(&link).await;

    assert!(Page::of(&looked).text("main").contains("Aino Mäkelä"));
    assert_eq!(Page::of(&looked).attributes("form[method=post]", "action")[0], link);
    assert_eq!(looked_again.status_code(), 200);
    assert_eq!((used.status_code().as_u16(), used.headers()["location"].to_str().unwrap()), (303, "/"));
    assert_eq!(used_again.status_code(), 410);
    assert!(used_again.headers().get("set-cookie").is_none());
}

#[tokio::test]
async fn the_sessions_cookie_is_kept_from_scripts_and_behind_https_from_everybody_else() {
    let plain = Company::empty();
    let proxied = Company::behind_proxy();

    let cookie = plain.server.post(&plain.link(AINO).await).add_header("x-forwarded-proto", "https").await;
    let secure =
        proxied.server.post(&proxied.link(AINO).await).add_header("x-forwarded-proto", "https").await;

    let text = |answer: &axum_test::TestResponse| answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(text(&cookie).starts_with("luotsi=") && !text(&cookie).contains("Secure"));
    assert!(text(&secure).starts_with("__Host-luotsi=") && text(&secure).ends_with("Secure"));
    for cookie in [text(&cookie), text(&secure)] {
        assert!(cookie.contains("HttpOnly; SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    }
}

#[tokio::test]
async fn logging_out_ends_the_session_everywhere() {
    let company = Company::empty();
    let cookie = company.log_in(AINO).await;
    assert_eq!(company.get(&cookie, "/").await.status_code(), 200);

    company.server.post("/logout").add_header("cookie", &cookie).await;

    assert_eq!(company.get(&cookie, "/").await.status_code(), 303);
    assert_eq!(company.get("luotsi=made-up", "/").await.status_code(), 303);
}

#[tokio::test]
async fn another_sites_page_can_change_nothing() {
    let company = Company::empty();
    let cookie = company.log_in(AINO).await;

    let refused = company
        .server
        .post("/logout")
        .add_header("cookie", &cookie)
        .add_header("sec-fetch-site", "cross-site")
        .await;

    assert_eq!(refused.status_code(), 403);
    assert_eq!(company.get(&cookie, "/").await.status_code(), 200);
}

#[tokio::test]
async fn my_day_says_what_to_do_for_whom_why_and_for_how_many_euros() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let page = company.page(&cookie, "/").await;

    assert_eq!(page.text("h1"), "Oma päivä");
    assert_eq!(page.text(".head time"), "Maanantai 23.11. · vko 48");
    assert_eq!(page.text(".proposal--lead .proposal__act"), "Sovi käynti viimeistään ma 30.11.");
    assert_eq!(page.text(".proposal--lead .proposal__for a"), "Hiljainen Valu Oy");
    assert!(page.text(".proposal--lead .proposal__why").contains("Ei tilausta 203 päivään"));
    assert!(page.text(".proposal--lead .stake").ends_with("€ vaarassa"));
    assert_eq!(page.texts(".proposal--lead .factors dt").len(), 4);
    assert!(page.texts(".panel > .proposal").len() >= 3);
}

#[tokio::test]
async fn the_base_of_my_day_leads_to_just_the_accounts_it_counts() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let at_rest = |work: &mut luotsi_store::Work<'_>| -> Result<(), StoreError> {
        let sql = "update account_standing set is_active = 0 where account_id = $1";
        work.execute(sql, &[id(QUIET).into()]).map(drop)
    };
    company.store.write(Actor::Demo, at_rest).unwrap();

    let day = company.page(&cookie, "/").await;
    let list = company.page(&cookie, &day.attributes("#base + p a", "href")[0]).await;

    assert_eq!(list.text(".head p"), day.text("#base + p a"));
    assert!(!list.texts(".accounts tbody a").contains(&"Hiljainen Valu Oy".to_owned()));
}

#[tokio::test]
async fn plans_of_a_day_gone_by_do_not_vanish() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let page = company.page(&cookie, "/").await;

    assert_eq!(page.texts(".plan__when"), ["4 pv myöhässä", "Tänään"]);
    assert_eq!(page.text("#today + p"), "2 suunniteltua, 1 odottaa kirjausta");
}

#[tokio::test]
async fn a_manager_sees_the_team_and_a_seller_the_own_day() {
    let company = Company::watched();
    let (maija, aino) = (company.log_in(MAIJA).await, company.log_in(AINO).await);

    let team = company.page(&maija, "/?scope=team").await;
    let one = company.page(&maija, &format!("/?scope={}", id(EERO))).await;
    let own = company.page(&aino, "/?scope=team").await;

    assert_eq!(team.texts(".switch__choice"), ["Minä", "Tiimi", "Kaikki"]);
    assert!(
        team.texts("#people ~ *, section[aria-labelledby=people] tbody th")
            .contains(&"Aino Mäkelä".to_owned())
    );
    assert!(team.text(".proposal__person").starts_with("vastaa "));
    assert_eq!(one.text("h1"), "Päivä: Eero Virtanen");
    assert!(!one.texts(".proposal__for a").is_empty() && one.texts(".proposal__person").is_empty());
    assert!(own.texts(".switch").is_empty());
    assert!(own.texts(".proposal__person").is_empty());
}

#[tokio::test]
async fn a_manager_sees_whose_work_has_waited_longest_and_the_oldest_of_it_first() {
    let company = Company::watched();
    let opened = |proposal: String, on: &str| {
        let on = cast::day(on);
        let earlier = move |work: &mut luotsi_store::Work<'_>| -> Result<(), StoreError> {
            let sql = "update proposal set opened_on = $2::date where id = $1";
            work.execute(sql, &[proposal.parse::<uuid::Uuid>().unwrap().into(), on.into()]).map(drop)
        };
        company.store.write(Actor::Demo, earlier).unwrap();
    };
    let (picks, ages) = ("input[name=proposal]", ".accounts time");
    let maija = company.log_in(MAIJA).await;
    let ainos = format!("/proposals?scope={}", id(AINO));
    let by_stake = company.page(&maija, &ainos).await.attributes(picks, "value");
    let (last, one_before) = (by_stake[by_stake.len() - 1].clone(), by_stake[by_stake.len() - 2].clone());
    opened(last.clone(), "2026-10-09");
    opened(one_before.clone(), "2026-11-22");

    let team = company.page(&maija, "/?scope=team").await;
    let people = team.texts("section[aria-labelledby=people] tbody tr");
    assert!(people.iter().any(|row| row.starts_with("Aino Mäkelä") && row.contains(" 45 pv ")), "{people:?}");
    assert!(
        people.iter().any(|row| row.starts_with("Eero Virtanen") && row.contains(" 0 pv ")),
        "{people:?}"
    );
    let by_age = format!("{ainos}&sort=-age");
    assert!(team.attributes("section[aria-labelledby=people] a", "href").contains(&by_age));

    let list = company.page(&maija, &by_age).await;
    assert_eq!(list.texts(ages)[..3], ["45 päivää", "1 päivä", "0 päivää"]);
    assert_eq!(list.attributes(ages, "datetime")[0], "2026-10-09");
    let rest = by_stake.iter().filter(|proposal| ![&last, &one_before].contains(proposal));
    let expected: Vec<&String> = [&last, &one_before].into_iter().chain(rest).collect();
    assert_eq!(list.attributes(picks, "value").iter().collect::<Vec<_>>(), expected);
    assert!(list.text(".head__line").ends_with("vanhin ensin"));
    assert_eq!(list.texts(".switch [aria-current]")[..], ["Vanhin"]);

    // Whoever else is looked at, and the list once it is handed on, are in the same order.
    let kept = |href: &String| href.contains("&sort=-age");
    assert!(list.attributes(".chip--choice, #picking", "href").len() > 1);
    assert!(list.attributes(".chip--choice", "href").iter().all(kept));
    assert!(list.attributes("#picking", "action").iter().all(kept));
    let by_stake_again = company.page(&maija, &format!("{ainos}&sort=stäke")).await;
    assert_eq!(by_stake_again.attributes(picks, "value"), by_stake);
}

#[tokio::test]
async fn the_list_is_filtered_sorted_and_turned_by_its_url() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let all = company.page(&cookie, "/accounts?scope=all").await;
    let second = company.page(&cookie, "/accounts?scope=all&page=2").await;
    let found = company.page(&cookie, "/accounts?scope=all&q=%C3%96LJY").await;
    let by_name = company.page(&cookie, "/accounts?scope=all&sort=-name").await;
    let nobodys = company.page(&cookie, "/accounts?scope=all&owner=none").await;
    let none = company.page(&cookie, "/accounts?scope=all&q=%25&segment=strategic").await;

    assert_eq!(all.text(".head__line"), "60 asiakkuutta");
    assert_eq!(all.text(".accounts__name a"), "Rakennus-Salmi Oy");
    assert_eq!(all.texts(".accounts tbody tr").len(), 50);
    assert_eq!(second.texts(".accounts tbody tr").len(), 10);
    assert_eq!(second.text(".pager__where"), "51–60 / 60");
    assert_eq!(found.texts(".accounts__name a"), ["Öljymäen Betoni"]);
    assert_eq!(found.text(".chip"), "”ÖLJY”");
    assert_eq!(by_name.text(".accounts__name a"), "Öljymäen Betoni");
    assert_eq!(by_name.attributes("th[aria-sort]", "aria-sort"), ["descending"]);
    assert_eq!(nobodys.texts("tbody .accounts__owner"), ["Ei vastuuhenkilöä"]);
    assert_eq!(none.text(".head__line"), "0 asiakkuutta");
    assert!(none.text(".empty").starts_with("Rajauksilla ei löydy"));
}

#[tokio::test]
async fn an_account_explains_its_segment_values_and_care() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let page = company.page(&cookie, &account(QUIET)).await;

    assert_eq!(page.text("h1"), "Hiljainen Valu Oy");
    assert!(page.text(".segment-why").contains("Nykyarvo"), "{}", page.text(".segment-why"));
    assert_eq!(page.text(".values dt"), "Nykyarvo");
    assert!(page.texts(".deviation__what").iter().any(|what| what.starts_with("Ei tilausta 203 päivään")));
    assert!(page.texts(".care-line").len() >= 2);
    assert_eq!(page.attributes(".care-line svg", "role")[0], "img");
    assert!(page.text(".contacts").contains("ostopäällikkö"));
    assert_eq!(page.texts(".event").len(), 20);

    let calls = company.page(&cookie, &format!("{}?kind=activities", account(QUIET))).await;
    assert_eq!(calls.texts(".event").len(), 20);
    let older = calls.attributes(".pager a[rel=next]", "href").concat();
    assert_eq!(company.page(&cookie, &older).await.texts(".event").len(), 6);
}

#[tokio::test]
async fn an_account_without_an_owner_asks_for_one() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;

    let page = company.page(&cookie, &account(ORPHAN)).await;

    assert!(page.text(".proposal__act").starts_with("Nimeä vastuuhenkilö"));
    assert_eq!(page.text(".proposal__person"), "vastaa Maija Koskela");
}

#[tokio::test]
async fn names_from_outside_stay_text() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let one = company.get(&cookie, &account(ODD)).await;
    let list = company.get(&cookie, "/accounts?scope=me&q=%3Cscript%3E&industry=%22%3E%3Cb%3E").await;
    let found = company.page(&cookie, "/accounts?scope=me&q=%3Cscript%3E").await;

    assert_eq!(Page::of(&one).text("h1"), HOSTILE);
    assert_eq!(found.text(".accounts__name a"), HOSTILE);
    for answer in [one, list] {
        assert!(!answer.text().contains("<script>alert") && !answer.text().contains("<b>"));
        assert_eq!(Page::of(&answer).texts("script").len(), 1);
    }
}

#[tokio::test]
async fn a_wrong_address_says_so_in_the_readers_language() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    for url in ["/accounts/1", &account(999), "/nowhere", "/accounts/%00"] {
        let answer =
            company.server.get(url).add_header("cookie", &cookie).add_header("accept-language", "en").await;
        assert_eq!(answer.status_code(), 404, "{url}");
        let page = Page::of(&answer);
        assert_eq!(page.text("h1"), "There is no such page");
        assert!(
            page.attributes("nav a", "href").contains(&"/accounts".to_owned()),
            "the ways on are there: {url}"
        );
    }
    for url in
        ["/accounts?page=x&segment=x&sort=x&owner=x", "/?scope=x", "/accounts?page=99999999999999999999"]
    {
        assert_eq!(company.get(&cookie, url).await.status_code(), 200, "{url}");
    }
}

#[tokio::test]
async fn a_base_without_anything_still_says_what_to_do_next() {
    let company = Company::empty();
    let cookie = company.log_in(MAIJA).await;

    let day = company.page(&cookie, "/").await;
    let list = company.page(&cookie, "/accounts").await;

    assert_eq!(day.text(".notice code"), "luotsi watch");
    assert_eq!(list.text(".empty code"), "luotsi import accounts");
}

#[test]
fn both_engines_give_the_same_pages() {
    // PostgreSQL's connections are made and ended outside of any runtime, as the program does it.
    let sqlite = Company::watched_on(FreshDatabase::sqlite());
    let postgres = Company::watched_on(FreshDatabase::postgres());

    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(compare(&sqlite, &postgres));
}

async fn compare(sqlite: &Company, postgres: &Company) {
    let (here, there) = (sqlite.log_in(MAIJA).await, postgres.log_in(MAIJA).await);
    let account_parts = ["h1", "h2", ".head__line", ".deviation", ".care-line", ".event", ".group li"];
    let list_parts = [".accounts__name a", ".accounts td", ".plan", "section[aria-labelledby=people] td"];
    let urls = [
        "/".to_owned(),
        "/?scope=team".to_owned(),
        "/?scope=all".to_owned(),
        "/proposals?scope=team&sort=-age".to_owned(),
        "/accounts?scope=team&page=2".to_owned(),
        "/accounts?scope=all&q=oy&segment=retention&state=customer&industry=rakentaminen&sort=-stake"
            .to_owned(),
        "/accounts?scope=all&owner=none&sort=name".to_owned(),
        "/accounts?scope=all&segment=none&sort=potential".to_owned(),
        account(QUIET),
        account(CHILD),
    ];
    for url in urls {
        let (one, other) = (sqlite.page(&here, &url).await, postgres.page(&there, &url).await);
        for part in account_parts.iter().chain(&list_parts) {
            assert_eq!(one.texts(part), other.texts(part), "{url} {part}");
        }
    }
}

#[tokio::test]
async fn every_page_speaks_the_language_that_was_chosen() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let chosen =
        company.server.post("/language").form(&[("language", "en"), ("back", "/accounts?scope=me")]).await;
    let language = chosen.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let page = company.page(&format!("{cookie}; {language}"), "/accounts?scope=me").await;

    assert_eq!(chosen.headers()["location"], "/accounts?scope=me");
    assert_eq!(page.attributes("html", "lang"), ["en"]);
    assert_eq!(page.text("h1"), "Accounts");
    assert!(page.text(".accounts td.accounts__number").starts_with('€'));
}

#[tokio::test]
async fn a_page_that_has_not_changed_is_not_sent_again() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let first = company.get(&cookie, "/").await;
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();

    let again = company
        .server
        .get("/")
        .add_header("cookie", &cookie)
        .add_header("accept-language", "fi")
        .add_header("if-none-match", &tag)
        .await;
    let in_english = company
        .server
        .get("/")
        .add_header("cookie", &cookie)
        .add_header("accept-language", "en")
        .add_header("if-none-match", &tag)
        .await;

    assert_eq!((again.status_code().as_u16(), again.text().len()), (304, 0));
    assert_eq!(in_english.status_code(), 200);
    assert_eq!(first.headers()["cache-control"], "private, no-cache");
}

#[tokio::test]
async fn a_browser_is_told_to_run_nothing_but_our_files() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;

    for url in ["/", "/?scope=all", "/accounts?scope=all", &account(QUIET), "/login", "/nowhere"] {
        let answer = company.get(&cookie, url).await;
        let policy = answer.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");

        let page = Page::of(&answer);
        let inline = |name: &String| name.starts_with("on") || name == "style" || name.starts_with("hx-on");
        assert!(!page.all_attribute_names().iter().any(inline), "{url}");
        assert!(page.texts("script, style").iter().all(String::is_empty), "{url}");
    }
}

#[tokio::test]
async fn every_part_that_is_morphed_has_an_id_of_its_own() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;

    for url in ["/?scope=all", "/accounts?scope=all", &account(QUIET)] {
        let ids = company.page(&cookie, url).await.attributes("[id]", "id");
        let mut unique = ids.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), ids.len(), "{url}: {ids:?}");
    }
}

#[tokio::test]
async fn files_are_kept_for_ever_and_sent_packed() {
    let company = Company::empty();
    let style =
        Page::of(&company.server.get("/login").await).attributes("link[rel=stylesheet]", "href").remove(0);

    let packed = company.server.get(&style).add_header("accept-encoding", "gzip, br").await;
    let plain = company.server.get(&style).await;

    assert_eq!(packed.headers()["content-encoding"], "br");
    assert_eq!(packed.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(plain.headers()["content-type"], "text/css; charset=utf-8");
    assert!(plain.headers().get("content-encoding").is_none());
    assert_eq!(company.server.get("/assets/none.css").await.status_code(), 404);
}
