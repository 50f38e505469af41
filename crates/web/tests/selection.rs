//! Stories of changing many accounts at once: each is decided on by itself, and the answer says what was left out.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod cast;

use cast::{AINO, Company, EERO, MAIJA, ODD, ORPHAN, PARENT, Page, QUIET, id};
use luotsi_store::testing::FreshDatabase;

fn on_both(story: impl AsyncFn(&Company)) {
    for database in [FreshDatabase::sqlite(), FreshDatabase::postgres()] {
        let company = Company::watched_on(database);
        tokio::runtime::Runtime::new().unwrap().block_on(story(&company));
    }
}

fn picked(accounts: &[u128]) -> String {
    accounts.iter().map(|account| id(*account).to_string()).collect::<Vec<_>>().join(".")
}

async fn change(
    company: &Company,
    cookie: &str,
    what: &str,
    form: &[(&str, &str)],
) -> axum_test::TestResponse {
    let url = format!("/accounts/selection?what={what}");
    company
        .server
        .post(&url)
        .add_header("cookie", cookie)
        .add_header("accept-language", "fi")
        .form(form)
        .await
}

async fn owners(company: &Company, cookie: &str, query: &str) -> Vec<String> {
    company.page(cookie, &format!("/accounts?scope=all&{query}")).await.texts("td.accounts__owner")
}

#[test]
fn a_manager_gives_many_accounts_to_another_owner_at_once() {
    on_both(async |company: &Company| {
        let cookie = company.log_in(MAIJA).await;
        let accounts = picked(&[QUIET, ODD, ORPHAN]);
        let eero = id(EERO).to_string();

        let before = company.page(&cookie, &format!("/accounts/selection?account={accounts}")).await;
        let form = [("request", "r1"), ("accounts", accounts.as_str()), ("owner", eero.as_str())];
        let done = change(company, &cookie, "owner", &form).await;
        let again = change(company, &cookie, "owner", &form).await;
        let after = company.get(&cookie, done.headers()["location"].to_str().unwrap()).await;

        assert_eq!(before.text("#change-owner p"), "Muuttaa 3 asiakkuutta.");
        assert_eq!((done.status_code().as_u16(), again.status_code().as_u16()), (303, 303));
        assert_eq!(done.headers()["location"], again.headers()["location"]);
        assert_eq!(
            Page::of(&after).text(".notice[role=status]:not(#offline)"),
            "Muutettu: 3 asiakkuutta. Takaisin luetteloon"
        );
        assert_eq!(owners(company, &cookie, "q=hiljainen").await, ["Eero Virtanen"]);
        assert_eq!(owners(company, &cookie, "q=%C3%B6ljym").await, ["Eero Virtanen"]);
    });
}

#[test]
fn what_a_seller_does_not_answer_for_is_left_out_and_told() {
    on_both(async |company: &Company| {
        let cookie = company.log_in(AINO).await;
        let accounts = picked(&[QUIET, PARENT]);
        let maija = id(MAIJA).to_string();

        let before = company.page(&cookie, &format!("/accounts/selection?account={accounts}")).await;
        let form = [("request", "r1"), ("accounts", accounts.as_str()), ("owner", maija.as_str())];
        let done = change(company, &cookie, "owner", &form).await;
        let after = company.page(&cookie, done.headers()["location"].to_str().unwrap()).await;

        assert_eq!(before.text("#change-owner p"), "Muuttaa 1 / 2: muista et vastaa.");
        assert_eq!(after.text(".notice[role=status]:not(#offline)"), "Muutettu: 1 asiakkuus.");
        assert!(
            after
                .text(".notice--late:not(#offline)")
                .starts_with("Muuttamatta jäi 1 asiakkuus: et vastaa niistä tai")
        );
        assert_eq!(after.texts(".split__side .plain-link"), ["Rakennus-Salmi Oy"]);
        assert_eq!(owners(company, &cookie, "q=hiljainen").await, ["Maija Koskela"]);
        assert_eq!(owners(company, &cookie, "q=rakennus-salmi").await, ["Eero Virtanen"]);
    });
}

#[test]
fn a_segment_is_set_by_hand_for_many_with_one_reason() {
    on_both(async |company: &Company| {
        let cookie = company.log_in(MAIJA).await;
        let accounts = picked(&[QUIET, PARENT]);
        let form = |reason, review| {
            [
                ("request", "r1"),
                ("accounts", accounts.as_str()),
                ("segment", "strategic"),
                ("reason", reason),
                ("review", review),
            ]
        };

        let none = change(company, &cookie, "override", &form("", "2027-01-01")).await;
        let late = change(company, &cookie, "override", &form("Yhteinen hanke", "2099-01-01")).await;
        let done = change(company, &cookie, "override", &form("Yhteinen hanke", "2027-01-01")).await;

        assert_eq!((none.status_code().as_u16(), late.status_code().as_u16()), (422, 422));
        assert_eq!(Page::of(&none).texts("#change-override .entry__error").len(), 1);
        assert_eq!(Page::of(&late).attributes("#override-reason", "value"), ["Yhteinen hanke"]);
        assert_eq!(done.status_code(), 303);
        let strategic = company.page(&cookie, "/accounts?scope=all&segment=strategic&sort=name").await;
        let names = strategic.texts(".accounts__name a");
        assert!(names.contains(&"Hiljainen Valu Oy".to_owned()), "{names:?}");
        assert!(names.contains(&"Rakennus-Salmi Oy".to_owned()), "{names:?}");
    });
}

#[tokio::test]
async fn somebody_joins_the_teams_of_many_accounts() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    let (accounts, aino) = (picked(&[PARENT, ORPHAN]), id(AINO).to_string());
    let form =
        [("request", "r1"), ("accounts", accounts.as_str()), ("person", aino.as_str()), ("role", "kam")];

    let done = change(&company, &cookie, "team", &form).await;

    assert_eq!(done.status_code(), 303);
    for account in [PARENT, ORPHAN] {
        let page = company.page(&cookie, &format!("/accounts/{}", id(account))).await;
        assert!(page.text("main").contains("Aino Mäkelä"));
    }
}

#[tokio::test]
async fn all_of_a_view_is_selected_with_its_sums_by_segment() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;

    let page = company.page(&cookie, "/accounts/selection?all=yes&scope=all&q=oulu").await;
    let none = company.page(&cookie, "/accounts/selection").await;

    assert!(page.text(".head__line").starts_with("7 asiakkuutta · Nykyarvo"));
    assert!(!page.texts(".split__side tbody tr").is_empty());
    assert!(none.text(".empty").contains("Mitään ei ole valittu."));
}

#[tokio::test]
async fn a_change_that_names_nothing_usable_changes_nothing() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    let accounts = picked(&[QUIET]);
    let form = |owner| [("request", "r1"), ("accounts", accounts.as_str()), ("owner", owner)];

    for owner in ["", "nobody", "00000000-0000-0000-0000-0000000000ff"] {
        let answer = change(&company, &cookie, "owner", &form(owner)).await;
        assert_eq!(answer.status_code(), 422, "{owner}");
        assert_eq!(Page::of(&answer).texts("#change-owner .entry__error").len(), 1, "{owner}");
    }
    assert_eq!(change(&company, &cookie, "everything", &form("")).await.status_code(), 404);
    let unknown = [("accounts", accounts.as_str()), ("owner_id", "1")];
    assert_eq!(change(&company, &cookie, "owner", &unknown).await.status_code(), 422);
    assert_eq!(owners(&company, &cookie, "q=hiljainen").await, ["Aino Mäkelä"]);
}

/// Changes many and lands on the page that tells so.
#[tokio::test]
async fn all_that_is_missing_from_a_change_is_said_at_once() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    let accounts = picked(&[QUIET]);
    let said = async |what: &str, form: &[(&str, &str)]| {
        let form = [&[("accounts", accounts.as_str())], form].concat();
        let answer = change(&company, &cookie, what, &form).await;
        assert_eq!(answer.status_code(), 422);
        Page::of(&answer).attributes("[aria-invalid=true]", "name")
    };

    assert_eq!(said("override", &[]).await, ["segment", "reason"]);
    assert_eq!(
        said("override", &[("segment", "growth"), ("review", "2020-01-01")]).await,
        ["reason", "review"]
    );
    assert_eq!(said("override", &[("reason", "Kasvaa"), ("review", "x")]).await, ["segment", "review"]);
    assert_eq!(said("team", &[]).await, ["person", "role"]);
    let page = company.page(&cookie, &format!("/accounts/{}", id(QUIET))).await;
    assert!(!page.text("main").contains("Käsin asetettu"));
}

async fn changed(company: &Company, cookie: &str, what: &str, form: &[(&str, &str)]) -> Page {
    let done = change(company, cookie, what, form).await;
    assert_eq!(done.status_code(), 303, "{}", done.text());
    company.page(cookie, done.headers()["location"].to_str().unwrap()).await
}

/// Takes the change back by the form on the page, and lands on the change's own page.
async fn undone(company: &Company, cookie: &str, page: &Page) -> Page {
    let done = company.send(cookie, page, "#toast form", &[]).await;
    assert_eq!(done.status_code(), 303, "{}", done.text());
    company.page(cookie, done.headers()["location"].to_str().unwrap()).await
}

async fn tell_fact(company: &Company, cookie: &str, account: u128, fact: &str, typed: &[(&str, &str)]) {
    let page = company.page(cookie, &format!("/accounts/{}", id(account))).await;
    let done = company.send(cookie, &page, &format!("/facts/{fact}"), typed).await;
    assert_eq!(done.status_code(), 303, "{}", done.text());
}

#[test]
fn a_change_of_owners_is_undone_but_for_what_somebody_has_changed_since() {
    on_both(async |company: &Company| {
        let cookie = company.log_in(MAIJA).await;
        let accounts = picked(&[QUIET, PARENT, ORPHAN]);
        let (eero, maija) = (id(EERO).to_string(), id(MAIJA).to_string());
        let form = [("request", "r1"), ("accounts", accounts.as_str()), ("owner", maija.as_str())];
        let told = changed(company, &cookie, "owner", &form).await;
        assert_eq!(told.text("#toast p"), "Vastuuhenkilöksi Maija Koskela · 3 asiakkuutta");
        // Meanwhile one is given to somebody else, and another is called by a new name.
        tell_fact(company, &cookie, PARENT, "owner", &[("owner", &eero)]).await;
        tell_fact(company, &cookie, QUIET, "name", &[("name", "Äänekäs Valu Oy")]).await;

        let page = undone(company, &cookie, &told).await;
        let again = undone(company, &cookie, &told).await;

        let as_before = "Maija Koskela kumosi muutoksen 23.11.: 2 asiakkuutta ennallaan.";
        assert_eq!(page.text(".notice--done"), as_before);
        assert_eq!(again.text(".notice--done"), as_before);
        assert_eq!(
            page.texts(".notice--late:not(#offline)"),
            ["Kumoamatta jäi 1 asiakkuus: joku on muuttanut niitä muutoksen jälkeen."]
        );
        assert_eq!(page.text("main li"), "Rakennus-Salmi Oy muutettu sen jälkeen");
        assert_eq!(owners(company, &cookie, "q=%C3%A4%C3%A4nek%C3%A4s").await, ["Aino Mäkelä"]);
        assert_eq!(owners(company, &cookie, "q=rakennus-salmi").await, ["Eero Virtanen"]);
        assert_eq!(owners(company, &cookie, "q=%C3%B6ljym").await, ["Ei vastuuhenkilöä"]);
    });
}

#[test]
fn undoing_takes_parts_and_decisions_away_and_gives_back_those_there_were() {
    on_both(async |company: &Company| {
        let cookie = company.log_in(MAIJA).await;
        let accounts = picked(&[QUIET, PARENT]);
        let eero = id(EERO).to_string();
        let segment = async |account: u128| {
            let page = company.page(&cookie, &format!("/accounts/{}", id(account))).await;
            page.text(".head .segment")
        };
        let before = (segment(QUIET).await, segment(PARENT).await);
        // One of them had been decided on this very day.
        let decide = |request, accounts, segment, reason| {
            [("request", request), ("accounts", accounts), ("segment", segment), ("reason", reason)]
        };
        let first = picked(&[QUIET]);
        changed(company, &cookie, "override", &decide("r0", &first, "acquisition", "Uusi tontti")).await;

        let form = decide("r1", accounts.as_str(), "strategic", "Yhteinen hanke");
        let told = changed(company, &cookie, "override", &form).await;
        assert_eq!(
            (segment(QUIET).await, segment(PARENT).await),
            ("Strateginen".into(), "Strateginen".into())
        );
        undone(company, &cookie, &told).await;

        assert_eq!((segment(QUIET).await, segment(PARENT).await), ("Hankinta".into(), before.1));

        let joining =
            [("request", "r2"), ("accounts", accounts.as_str()), ("person", eero.as_str()), ("role", "kam")];
        let told = changed(company, &cookie, "team", &joining).await;
        let team = async || {
            let page = company.page(&cookie, &format!("/accounts/{}", id(QUIET))).await;
            page.texts("section[aria-labelledby=team] .member")
                .iter()
                .any(|member| member.contains("Eero Virtanen"))
        };
        assert!(team().await);
        undone(company, &cookie, &told).await;
        assert!(!team().await);
    });
}

#[tokio::test]
async fn whoever_gave_accounts_away_takes_them_back_the_same_day_and_others_only_those_they_answer_for() {
    let company = Company::watched();
    let (aino, eero) = (company.log_in(AINO).await, company.log_in(EERO).await);
    let (accounts, maija) = (picked(&[QUIET, ODD]), id(MAIJA).to_string());
    let form = [("request", "r1"), ("accounts", accounts.as_str()), ("owner", maija.as_str())];
    let told = changed(&company, &aino, "owner", &form).await;
    let change = told.attributes("#toast form", "action")[0].clone();
    let one = change.trim_end_matches("/undo").to_owned();

    let refused = company.post(&eero, &change, &[("request".into(), "r2".into())]).await;
    let seen = company.page(&eero, &one).await;
    assert_eq!(refused.status_code(), 403);
    assert!(seen.texts("main form[action$='/undo']").is_empty());
    assert_eq!(owners(&company, &aino, "q=hiljainen").await, ["Maija Koskela"]);
    let nowhere = company.get(&eero, &format!("/changes/{}", id(7))).await;
    assert_eq!(nowhere.status_code(), 404);

    // Later too, from the history of what she has changed.
    let history = company.page(&aino, "/changes").await;
    assert_eq!(history.texts(".accounts tbody th"), ["Vastuuhenkilöksi Maija Koskela"]);
    assert!(company.page(&eero, "/changes").await.text(".empty").contains("ei ole muutettu mitään"));
    let page = company.page(&aino, &history.attributes(".accounts tbody th a", "href")[0]).await;
    let done = company.send(&aino, &page, "/undo", &[]).await;
    assert_eq!(done.status_code(), 303);
    assert_eq!(owners(&company, &aino, "q=hiljainen").await, ["Aino Mäkelä"]);
    assert!(
        company.page(&aino, "/changes").await.text(".accounts tbody tr").contains("kumottu 23.11., 2 / 2")
    );
}

#[tokio::test]
async fn who_is_in_the_team_already_stays_there_when_the_change_is_undone() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    let aino = id(AINO).to_string();
    let joining = |request, accounts| {
        [("request", request), ("accounts", accounts), ("person", aino.as_str()), ("role", "kam")]
    };
    let (first, both) = (picked(&[PARENT]), picked(&[PARENT, ORPHAN]));
    changed(&company, &cookie, "team", &joining("r1", &first)).await;

    let told = changed(&company, &cookie, "team", &joining("r2", &both)).await;
    assert!(told.text("#toast p").ends_with("1 asiakkuus"));
    undone(&company, &cookie, &told).await;

    for (account, is_there) in [(PARENT, true), (ORPHAN, false)] {
        let page = company.page(&cookie, &format!("/accounts/{}", id(account))).await;
        let members = page.texts("section[aria-labelledby=team] .member");
        assert_eq!(members.iter().any(|member| member.contains("Aino Mäkelä")), is_there);
    }
}
