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

        assert_eq!(before.text("#change-owner p"), "Muuttaa kaikki, 3 asiakkuutta.");
        assert_eq!((done.status_code().as_u16(), again.status_code().as_u16()), (303, 303));
        assert_eq!(done.headers()["location"], again.headers()["location"]);
        assert_eq!(
            Page::of(&after).text(".notice[role=status]:not(#offline)"),
            "Muutos on voimassa: 3 asiakkuutta. Takaisin luetteloon"
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
        assert_eq!(after.text(".notice[role=status]:not(#offline)"), "Muutos on voimassa: 1 asiakkuus.");
        assert!(
            after
                .text(".notice--late:not(#offline)")
                .starts_with("Muuttamatta jäi 1 asiakkuus: et vastaa niistä.")
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
