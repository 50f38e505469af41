//! Stories of going about: the search that the palette shows, and the page of keys.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod cast;

use cast::{AINO, Company, MAIJA, QUIET, id};
use luotsi_core::history::Actor;
use luotsi_store::Work;

#[tokio::test]
async fn pages_are_found_by_the_words_of_either_language() {
    let company = Company::empty();
    let cookie = company.log_in(AINO).await;

    for (query, way) in [
        ("oma%20p", "/"),
        ("my%20d", "/"),
        ("omat", "/settings/me"),
        ("substitu", "/substitutions"),
        ("asiakask", "/base"),
        ("customer", "/base"),
        ("short", "/keys"),
        ("kirjaa", "/activities/new"),
    ] {
        let found = company.page(&cookie, &format!("/search?q={query}")).await;
        assert_eq!(found.attributes("#found a", "href"), [way], "{query}");
    }
}

#[tokio::test]
async fn accounts_are_found_by_parts_of_their_names_whoever_owns_them() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let quiet = company.page(&cookie, "/search?q=hilj").await;
    let many = company.page(&cookie, "/search?q=oy").await;
    let hostile = company.page(&cookie, "/search?q=%3Cscript%3E%27").await;
    let nothing = company.page(&cookie, "/search?q=zzzz").await;

    assert_eq!(quiet.attributes("#found a", "href"), [format!("/accounts/{}", id(QUIET))]);
    assert!(quiet.text("#found li").contains("Asiakkuus"));
    let many = many.attributes("#found a", "href");
    assert_eq!((many.len(), many.last().unwrap().as_str()), (9, "/accounts?scope=all&q=oy"));
    assert_eq!(hostile.attributes("#search-q", "value"), ["<script>'"]);
    assert_eq!(nothing.text("#found-none"), "Mitään ei löytynyt.");
}

#[tokio::test]
async fn whoever_calls_is_found_by_their_number_and_told_with_it() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    for query in
        ["%2B358%2040%20123%204567", "040%201234567", "0401234567", "358401234567", "234567", "liisa"]
    {
        let found = company.page(&cookie, &format!("/search?q={query}")).await;
        assert_eq!(found.attributes("#found a", "href"), [format!("/accounts/{}", id(QUIET))], "{query}");
        assert_eq!(found.text("#found .found__kind"), "Liisa Lahti · +358 40 123 4567", "{query}");
    }
    let listed = company.page(&cookie, "/accounts?scope=all&q=%2B358%2040%20123%204567").await;
    assert_eq!(listed.texts("tbody th a"), ["Hiljainen Valu Oy"]);
    let nobody = company.page(&cookie, "/search?q=050%201234567").await;
    assert_eq!(nobody.text("#found-none"), "Mitään ei löytynyt.");
}

#[tokio::test]
async fn an_account_whose_name_begins_with_what_was_typed_comes_before_more_valuable_ones_that_hold_it() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let many = company.page(&cookie, "/search?q=sa").await;
    let names = many.texts("#found a");

    assert!(names[0].starts_with("Salmen Elementti Oy"), "{names:?}");
    assert!(1 < names.len(), "{names:?}");
}

#[tokio::test]
async fn from_a_day_and_from_a_search_one_steps_to_the_next_account_in_their_order() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let account = |address: &String| address.split('?').next().unwrap().to_owned();

    let day = company.page(&cookie, "/").await;
    let mut ways = day.attributes(".proposal__for a", "href");
    ways.dedup_by_key(|way| account(way));
    assert!(ways.len() > 1, "{ways:?}");
    let first = company.page(&cookie, &ways[0]).await;
    let next = first.attributes(".beside a[rel=next]", "href");
    assert_eq!(account(&next[0]), account(&ways[1]));
    assert!(first.texts(".beside a[rel=prev]").is_empty());
    assert_eq!(first.texts(".beside a")[0], "Oma päivä");
    let second = company.page(&cookie, &next[0]).await;
    assert_eq!(account(&second.attributes(".beside a[rel=prev]", "href")[0]), account(&ways[0]));

    let found = company.page(&cookie, "/search?q=oy").await.attributes("#found a", "href");
    let second = company.page(&cookie, &found[1]).await;
    let beside = |rel: &str| account(&second.attributes(&format!(".beside a[rel={rel}]"), "href")[0]);
    assert_eq!((beside("prev"), beside("next")), (account(&found[0]), account(&found[2])));
    let nonsense =
        company.page(&cookie, &format!("{}?in=among%3Dx.y%26day%3Dnobody", account(&ways[0]))).await;
    assert!(nonsense.texts(".beside a[rel=prev], .beside a[rel=next]").is_empty());
}

#[tokio::test]
async fn from_the_customer_base_and_from_the_movers_one_steps_to_the_next_account_they_show() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    let account = |address: &String| address.split('?').next().unwrap().to_owned();

    let base = company.page(&cookie, "/base?scope=all&from=2025-11-23&to=2026-11-23").await;
    let ways = base.attributes(".moves td a", "href");
    let moved = company.page(&cookie, ways[0].split('#').next().unwrap()).await;
    let high = "current=9000000&potential=9000000&strategic_current=9000000&strategic_potential=9000000";
    let preview = company.page(&cookie, &format!("/settings/strategy?{high}")).await;
    let movers = company.page(&cookie, &preview.attributes(".strategy__move p a", "href")[0]).await;
    for (page, rows) in [(&moved, "#moved .line a"), (&movers, "tbody th a")] {
        let shown = page.attributes(rows, "href");
        assert!(1 < shown.len(), "{shown:?}");
        let second = company.page(&cookie, &shown[1]).await;
        let beside = |rel: &str| second.attributes(&format!(".beside a[rel={rel}]"), "href");

        assert_eq!(account(&beside("prev")[0]), account(&shown[0]));
        assert_eq!(beside("next").first().map(account), shown.get(2).map(account));
        let back = &second.attributes(".beside a:not([rel])", "href")[0];
        assert_eq!(company.page(&cookie, back).await.attributes(rows, "href"), shown);
    }
}

#[tokio::test]
async fn stepping_goes_on_over_the_end_of_a_page_of_the_customer_base_and_of_the_movers() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    let all_of_one_segment = |work: &mut Work<'_>| {
        work.execute("delete from segment_change", &[])?;
        work.execute("update account_standing set segment = 'growth', segment_since = '2026-06-01'", &[])
    };
    company.store.write(Actor::Demo, all_of_one_segment).unwrap();
    let base = company.page(&cookie, "/base?scope=all").await;
    let ways = base.attributes(".moves td a", "href");
    let moved = company.page(&cookie, ways[0].split('#').next().unwrap()).await;
    let high = "current=9000000&potential=9000000&strategic_current=9000000&strategic_potential=9000000";
    let preview = company.page(&cookie, &format!("/settings/strategy?{high}")).await;
    let movers = company.page(&cookie, &preview.attributes(".strategy__move p a", "href")[0]).await;
    for (first, rows) in [(&moved, "#moved .line a"), (&movers, "tbody th a")] {
        let further = &first.attributes(".pager a[rel=next]", "href")[0];
        let further = company.page(&cookie, further.split('#').next().unwrap()).await;
        let (first, further) = (first.attributes(rows, "href"), further.attributes(rows, "href"));
        let beside = async |way: &str, rel: &str| {
            let page = company.page(&cookie, way).await;
            page.attributes(&format!(".beside a[rel={rel}]"), "href").first().cloned()
        };

        assert_eq!(beside(first.last().unwrap(), "next").await.as_ref(), further.first());
        assert_eq!(beside(&further[0], "prev").await.as_ref(), first.last());
        assert_eq!(beside(&first[0], "prev").await, None);
        assert_eq!(beside(further.last().unwrap(), "next").await, None);
    }
}

#[tokio::test]
async fn each_key_of_the_navigation_is_explained() {
    let company = Company::empty();
    let cookie = company.log_in(AINO).await;

    let keys = company.page(&cookie, "/keys").await;

    let explained = keys.texts(".keys__key dt");
    for key in keys.attributes("[data-go]", "data-go") {
        assert!(explained.contains(&format!("g{key}")), "g {key}: {explained:?}");
    }
}

#[tokio::test]
async fn an_account_is_told_at_a_glance() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let glance = company.page(&cookie, &format!("/accounts/{}/peek", id(QUIET))).await;
    let nobody = company.get(&cookie, &format!("/accounts/{}/peek", id(999))).await;

    assert_eq!(glance.text("#peek h1"), "Hiljainen Valu Oy");
    assert!(glance.text("#peek").contains("Puhuttiin toimituksista."));
    assert!(glance.text("#peek").contains("Liisa Lahti, ostopäällikkö"));
    assert!(!glance.texts(".glance__stake").is_empty());
    assert_eq!(nobody.status_code(), 404);
}

#[tokio::test]
async fn an_address_that_cannot_be_read_asks_nothing() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    for url in [
        "/?behind=x",
        "/?scope=me&scope=all",
        "/?log=%FF",
        "/search?q=a&q=b",
        "/base?colour=a&colour=b",
        "/activities/new?kind=a&kind=b",
    ] {
        assert_eq!(company.get(&cookie, url).await.status_code(), 200, "{url}");
    }
}

#[tokio::test]
async fn nobody_finds_anything_without_logging_in() {
    let company = Company::empty();

    for url in ["/search?q=oy", "/keys", "/base", "/base/points", "/base/point?number=0"] {
        let answer = company.server.get(url).await;
        assert!(answer.headers()["location"].to_str().unwrap().starts_with("/login"), "{url}");
    }
}
