//! Stories of the customer base's page: what the picture, the table, the selection and the moves say and lead to.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod cast;

use cast::{AINO, Company, MAIJA, ODD, Page, QUIET, day, id};
use luotsi_app::steering::{Extent, Silent, watch};
use luotsi_core::{history::Actor, units::Day};
use luotsi_store::{StoreError, testing::FreshDatabase};

#[tokio::test]
async fn a_range_of_values_lists_the_accounts_from_its_lower_limit_to_below_its_upper_one() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    let all = company.page(&cookie, "/accounts?scope=all&sort=-current").await;
    let largest = all.texts("td[data-label=Nykyarvo]")[0].replace([' ', '€'], "");

    let from = company.page(&cookie, &format!("/accounts?scope=all&value_min={largest}")).await;
    let below = company.page(&cookie, &format!("/accounts?scope=all&value_max={largest}&base=yes")).await;

    let names = all.texts("tr[data-row] th");
    assert_eq!(from.texts("tr[data-row] th"), names[..1]);
    let kept = from.attributes("#filter-value_min", "value");
    assert_eq!(kept.concat().replace('\u{a0}', ""), largest);
    assert!(from.text(".chips").starts_with("Nykyarvo vähintään"));
    assert!(!below.texts("tr[data-row] th").contains(&names[0]));
    assert_eq!(below.attributes(".tools__filters input[name=base]", "value"), ["yes"]);
}

#[tokio::test]
async fn every_number_of_the_table_leads_to_the_accounts_it_counts() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;

    let base = company.page(&cookie, "/base?scope=all").await;

    let ways = base.attributes(".base-table tbody td:nth-child(2) a", "href");
    let counts = base.texts(".base-table tbody td:nth-child(2) a");
    assert!(ways.len() >= 4, "{ways:?}");
    for (way, count) in ways.iter().zip(&counts) {
        let listed = company.page(&cookie, way).await;
        assert!(listed.text(".head__line").starts_with(&format!("{count} asiakkuu")), "{way}: {count}");
    }
    let shares = base.texts(".base-table tbody td:nth-child(4)");
    assert_eq!(shares.last().unwrap(), "100 %");
}

#[tokio::test]
async fn a_seller_sees_the_own_base_first_and_all_of_it_on_asking() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let own = company.page(&cookie, "/base").await;
    let all = company.page(&cookie, "/base?scope=all").await;

    assert_eq!(own.text(".switch [aria-current]"), "Minä");
    let count = |page: &Page| page.texts(".base-table__total a")[0].parse::<u32>().unwrap();
    assert!(count(&own) < count(&all));
    assert_eq!(count(&all), 60);
}

#[tokio::test]
async fn a_selected_area_says_what_is_in_it_and_lists_exactly_those() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;

    let page = company.page(&cookie, "/base?scope=all&value_min=100000&value_max=400000").await;
    let listed = company.page(&cookie, &page.attributes(".selection__ways a", "href")[0]).await;

    assert_eq!(page.text(".selection__sum"), listed.text(".head__line"));
    assert!(page.text(".selection__sums").contains("€"));
    assert_eq!(page.attributes(".matrix__selection", "x").len(), 1);
    assert_eq!(page.attributes("#area-value_min", "value"), ["100\u{a0}000"]);
    let cleared = company.page(&cookie, &page.attributes("#selection-clear", "href")[0]).await;
    assert!(cleared.texts(".selection__sum").is_empty());
}

#[tokio::test]
async fn a_limit_that_is_no_amount_stays_as_typed_with_what_to_do() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;

    for (address, field) in [("/base", "#area-value_min"), ("/accounts", "#filter-value_min")] {
        let page = company.page(&cookie, &format!("{address}?scope=all&value_min=paljon")).await;

        assert_eq!(page.attributes(field, "value"), ["paljon"], "{address}");
        assert_eq!(page.attributes(field, "aria-invalid"), ["true"], "{address}");
        assert!(page.text(&format!("{field}-error")).contains("Kirjoita rahamäärä"), "{address}");
    }
}

#[tokio::test]
async fn each_point_takes_five_bytes_and_is_sent_again_only_when_it_has_moved() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    let base = company.page(&cookie, "/base?scope=all").await;
    let source = &base.attributes("luotsi-matrix", "data-source")[0];
    let placed: usize =
        base.texts(".legend__count").iter().map(|count| count.parse::<usize>().unwrap()).sum();

    let points = company.get(&cookie, source).await;
    let tag = points.headers()["etag"].to_str().unwrap().to_owned();
    let again =
        company.server.get(source).add_header("cookie", &cookie).add_header("if-none-match", &tag).await;
    let of_aino = company.get(&cookie, &format!("{source}&owner={}", id(AINO))).await;
    let by_owner = company.get(&cookie, &format!("{source}&colour=owner")).await;

    assert_eq!(points.as_bytes().len(), placed * 5);
    assert_eq!(again.status_code(), 304);
    assert!(of_aino.as_bytes().len() < points.as_bytes().len());
    assert_ne!(by_owner.headers()["etag"].to_str().unwrap(), tag);
}

#[tokio::test]
async fn a_point_tells_its_account_until_the_points_have_changed() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    let base = company.page(&cookie, &format!("/base?scope=all&owner={}", id(AINO))).await;
    let one = &base.attributes("luotsi-matrix", "data-one")[0];

    let card = company.page(&cookie, &format!("{one}0")).await;
    let beyond = company.get(&cookie, &format!("{one}100000")).await;
    let negative = company.get(&cookie, &format!("{one}-1")).await;
    let changed = company.get(&cookie, &format!("{}0", one.replace("v=", "v=0"))).await;

    assert_eq!(card.attributes(".card__name a", "href"), [format!("/accounts/{}", id(QUIET))]);
    assert!(card.text(".card__line").contains("Aino Mäkelä"));
    assert_eq!(beyond.status_code(), 404);
    assert_eq!(negative.status_code(), 404);
    assert_eq!(changed.status_code(), 409);
}

#[tokio::test]
async fn colours_tell_owners_or_care_and_the_legend_counts_them() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;

    let by_owner = company.page(&cookie, "/base?scope=all&colour=owner").await;
    let by_care = company.page(&cookie, "/base?scope=all&colour=care").await;

    assert!(by_owner.texts(".legend li").iter().any(|item| item.starts_with("Aino Mäkelä")));
    assert!(by_owner.texts(".legend li").iter().any(|item| item.starts_with("Ei vastuuhenkilöä 1")));
    assert!(by_care.texts(".legend li").iter().any(|item| item.starts_with("Hoito myöhässä")));
}

#[tokio::test]
async fn a_decision_against_the_model_is_listed_and_its_move_leads_to_the_account() {
    let company = Company::watched();
    decide_strategic(&company).await;
    let cookie = company.log_in(MAIJA).await;

    let base = company.page(&cookie, "/base?scope=all&from=2026-11-22&to=2026-11-24").await;
    let way = base
        .attributes(".moves td:not(.moves__stayed) a", "href")
        .into_iter()
        .find(|way| way.contains("-strategic"))
        .unwrap();
    let moved = company.page(&cookie, way.split('#').next().unwrap()).await;

    let conflicts = base.texts("section[aria-labelledby=conflicts] tbody tr");
    assert!(
        conflicts.iter().any(|row| row.starts_with("<script>") && row.contains("Strateginen")),
        "{conflicts:?}"
    );
    assert_eq!(moved.attributes("#moved .line a", "href"), [format!("/accounts/{}", id(ODD))]);
}

#[tokio::test]
async fn whoever_has_not_been_met_is_in_the_picture_until_somebody_has() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let unmet = "/base?scope=all&q=hiljainen&unmet=year";

    let before = company.page(&cookie, unmet).await;
    let account = company.page(&cookie, &format!("/accounts/{}", id(QUIET))).await;
    let typed = [("kind", "visit"), ("day", "2026-10-01"), ("note", "Käytiin.")];
    company.send(&cookie, &account, "#log", &typed).await;
    let after = company.page(&cookie, unmet).await;

    assert_eq!(before.texts(".base-table__total a")[0], "1");
    assert!(before.text(".chips").contains("Ei tavattu vuoteen"));
    assert_eq!(before.attributes("#filter-unmet option[selected]", "value"), ["year"]);
    assert!(before.attributes(".base-table tbody a", "href").iter().all(|way| way.contains("unmet=year")));
    assert!(after.texts(".base-table tbody tr").is_empty());
    let source = |page: &Page| page.attributes("luotsi-matrix", "data-source");
    assert_ne!(source(&before), source(&after), "its points are asked for again");
}

async fn decide_strategic(company: &Company) {
    let store = company.store.clone();
    let decided = move || {
        store
            .write(Actor::Demo, |work| {
                let columns = [
                    "account_id",
                    "id",
                    "segment",
                    "reason",
                    "person_id",
                    "from_day",
                    "review_on",
                    "known_from",
                    "known_until",
                ];
                work.insert(
                    "segment_override",
                    columns,
                    [[
                        id(ODD).into(),
                        work.new_id().into(),
                        "strategic".into(),
                        "Yhteinen tuotekehitys".into(),
                        id(MAIJA).into(),
                        day("2026-11-23").into(),
                        day("2027-11-23").into(),
                        day("2026-11-23").into(),
                        Day::MAX.into(),
                    ]],
                )?;
                Ok::<_, StoreError>(())
            })
            .unwrap();
        watch(&store, day("2026-11-23"), Extent::Full, &Silent).unwrap();
    };
    tokio::task::spawn_blocking(decided).await.unwrap();
}

#[tokio::test]
async fn nonsense_in_the_address_is_not_asked_and_no_accounts_are_no_failure() {
    let company = Company::watched();
    let empty = Company::empty();
    let cookie = company.log_in(MAIJA).await;
    let cookie_of_empty = empty.log_in(MAIJA).await;

    let odd = company
        .page(&cookie, "/base?scope=x&colour=%3Cb%3E&from=x&to=9999-99-99&moved=a-b&value_min=NaN&segment='")
        .await;
    let nobodys = company.page(&cookie, "/base?scope=all&industry=nowhere&q=%27%22").await;
    let nothing = empty.page(&cookie_of_empty, "/base").await;

    assert_eq!(odd.texts(".base-table__total a")[0], "60");
    assert!(nobodys.texts(".base-table tbody tr").is_empty());
    assert!(nothing.text(".empty").contains("Asiakkuuksia ei vielä ole"));
}

#[test]
fn the_base_is_the_same_on_both_engines() {
    // PostgreSQL's connections are made and ended outside of any runtime, as the program does it.
    let sqlite = Company::watched_on(FreshDatabase::sqlite());
    let postgres = Company::watched_on(FreshDatabase::postgres());

    tokio::runtime::Runtime::new().unwrap().block_on(compare(&sqlite, &postgres));
}

async fn compare(sqlite: &Company, postgres: &Company) {
    let (here, there) = (sqlite.log_in(MAIJA).await, postgres.log_in(MAIJA).await);
    for url in [
        "/base?scope=all&unmet=quarter",
        "/base?scope=team&colour=owner&value_min=1000&moved=none-growth&q=oy",
    ] {
        let (one, other) = (sqlite.page(&here, url).await, postgres.page(&there, url).await);
        assert_eq!(one.texts("main"), other.texts("main"), "{url}");

        let source = |page: &Page| page.attributes("luotsi-matrix", "data-source")[0].clone();
        let (one, other) =
            (sqlite.get(&here, &source(&one)).await, postgres.get(&there, &source(&other)).await);
        assert_eq!(one.as_bytes(), other.as_bytes(), "{url}");
    }
}
