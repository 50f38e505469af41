//! The settings: people and the company as an administrator changes them, the first start, and everybody else kept out.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod cast;
mod house;

use axum_test::{TestResponse, TestServer};
use cast::{AINO, Company, EERO, MAIJA, Page, TODAY, day, id};
use house::{OUTI, PASSWORD, ask, on_store, send, watched_with_admin, with_admin};
use luotsi_app::people::{Purpose, login_link};
use luotsi_core::{history::Actor, people::PersonId};
use luotsi_store::{
    Query, Store,
    people::{self, edit},
    testing::FreshDatabase,
};
use luotsi_web::{Making, Settings, Web, router};
use std::sync::Arc;

fn person(number: u128) -> String {
    format!("/settings/people/{}", id(number))
}

#[tokio::test]
async fn a_person_is_added_with_a_role_a_team_and_a_manager_and_can_then_be_invited() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;
    let maija = id(MAIJA).to_string();

    let form = [
        ("name", "Sami Ojala"),
        ("email", "Sami@Betoni.example"),
        ("role", "inside_sales"),
        ("team", "Myyntipalvelu"),
        ("manager", maija.as_str()),
        ("hourly_cost", "42,50"),
        ("customer_hours", "1300"),
    ];
    let added = send(&company, &outi, "/settings/people/new", &form).await;

    assert_eq!(added.status_code(), 303, "{}", added.text());
    let url = added.headers()["location"].to_str().unwrap().to_owned();
    let page = company.page(&outi, &url).await;
    assert_eq!(page.attributes("#person-email", "value"), ["sami@betoni.example"]);
    assert_eq!(page.attributes("#person-hourly_cost", "value"), ["42,50"]);
    assert_eq!(page.attributes("#person-role option[selected]", "value"), ["inside_sales"]);
    assert_eq!(page.attributes("#person-manager option[selected]", "value"), [maija]);
    let everyone = company.page(&outi, "/settings/people").await;
    assert!(everyone.text("table").contains("Sami Ojala") && everyone.text("table").contains("ei kutsuttu"));

    let invited = send(&company, &outi, &format!("{url}/invitation"), &[]).await;
    assert_eq!(invited.status_code(), 200, "{}", invited.text());
    assert!(Page::of(&invited).text(".secret__text").contains("/login/"));
}

#[tokio::test]
async fn whoever_has_no_email_is_not_invited_and_the_page_says_what_is_missing() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;
    let added =
        send(&company, &outi, "/settings/people/new", &[("name", "Sami Ojala"), ("role", "seller")]).await;
    let url = added.headers()["location"].to_str().unwrap().to_owned();

    let refused = send(&company, &outi, &format!("{url}/invitation"), &[]).await;

    assert_eq!(refused.status_code(), 422);
    assert!(Page::of(&refused).text("[aria-labelledby=access]").contains("sähköpostiosoite"));
}

#[tokio::test]
async fn what_cannot_be_is_said_beside_its_field_and_everything_typed_stays() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;

    let form = [
        ("name", " "),
        ("email", "aino@betoni.example"),
        ("role", "emperor"),
        ("team", "Länsi"),
        ("hourly_cost", "paljon"),
        ("customer_hours", "1300"),
    ];
    let answer = send(&company, &outi, "/settings/people/new", &form).await;
    let form = [("name", ""), ("email", "not an email"), ("role", "seller"), ("customer_hours", "9999")];
    let other = send(&company, &outi, "/settings/people/new", &form).await;

    let page = Page::of(&answer);
    assert_eq!(answer.status_code(), 422);
    assert_eq!(page.texts(".entry__error").len(), 4, "no name, a taken email, no role and no amount");
    assert_eq!(page.attributes("#person-team", "value"), ["Länsi"]);
    assert_eq!(page.attributes("#person-hourly_cost", "value"), ["paljon"]);
    assert_eq!(Page::of(&other).texts(".entry__error").len(), 3);
}

#[tokio::test]
async fn only_an_administrator_sees_and_changes_people_and_the_company() {
    let company = with_admin().await;
    let before = everybody(&company).await;

    for who in [AINO, MAIJA] {
        let cookie = company.log_in(who).await;
        for url in ["/settings/people", "/settings/people/new", &person(AINO), "/settings/company", "/start"]
        {
            assert_eq!(company.get(&cookie, url).await.status_code(), 403, "{who} {url}");
        }
        let raise = [("name", "Aino Mäkelä"), ("email", ""), ("role", "admin"), ("active", "yes")];
        for url in [person(AINO), "/settings/people/new".to_owned()] {
            assert_eq!(send(&company, &cookie, &url, &raise).await.status_code(), 403, "{who} {url}");
        }
        for url in [format!("{}/invitation", person(OUTI)), format!("{}/sessions", person(OUTI))] {
            assert_eq!(send(&company, &cookie, &url, &[]).await.status_code(), 403, "{who} {url}");
        }
        let rename =
            [("name", "Oma Oy"), ("language", "fi"), ("time_zone", "Europe/Oslo"), ("currency", "EUR")];
        assert_eq!(send(&company, &cookie, "/settings/company", &rename).await.status_code(), 403);
        assert_eq!(send(&company, &cookie, "/start/sample", &[]).await.status_code(), 403);
        assert_eq!(send(&company, &cookie, "/start/sample/removal", &[]).await.status_code(), 403);
    }
    assert_eq!(everybody(&company).await, before);
}

#[tokio::test]
async fn what_cannot_be_read_and_what_cannot_be_are_said_at_once() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;
    let before = everybody(&company).await;
    let wrong = [
        ("name", ""),
        ("email", "aino"),
        ("role", "seller"),
        ("hourly_cost", "paljon"),
        ("customer_hours", "9000"),
    ];
    let said = |answer: &TestResponse| {
        assert_eq!(answer.status_code(), 422);
        let mut said = Page::of(answer).attributes("[aria-invalid=true]", "name");
        said.sort();
        said
    };

    let page = company.page(&outi, "/settings/people/new").await;
    let added = company.send(&outi, &page, "/settings/people/new", &wrong).await;
    let version = version(&company, &outi, AINO).await;
    let form = [&[("version", version.as_str()), ("from", "huomenna")], &wrong[..]].concat();
    let changed = send(&company, &outi, &person(AINO), &form).await;

    assert_eq!(said(&added), ["customer_hours", "email", "hourly_cost", "name"]);
    assert_eq!(said(&changed), ["customer_hours", "email", "from", "hourly_cost", "name"]);
    assert_eq!(everybody(&company).await, before);
}

#[tokio::test]
async fn nobody_changes_the_own_role_or_leaves_by_oneself() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;
    let before = everybody(&company).await;

    let demoted = change(&company, &outi, OUTI, &[("role", "manager"), ("active", "yes")]).await;
    let gone = change(&company, &outi, OUTI, &[("role", "admin")]).await;

    assert_eq!((demoted.status_code().as_u16(), gone.status_code().as_u16()), (422, 422));
    assert_eq!(Page::of(&demoted).texts("#person-role-error").len(), 1);
    assert_eq!(Page::of(&gone).texts("#person-active-error").len(), 1);
    assert_eq!(everybody(&company).await, before);
}

#[tokio::test]
async fn whoever_leaves_is_told_to_leave_accounts_without_an_owner() {
    let company = watched_with_admin().await;
    let outi = company.log_in(OUTI).await;
    let here = company.page(&outi, &person(AINO)).await;
    let accounts = here.attributes("form .hint a", "href")[0].clone();
    let owned = company.page(&outi, &accounts).await.texts("td.accounts__owner").len();
    assert!(here.text("form .hint:has(a)").contains(&format!("Vastuulla {owned} asiakkuutta")));
    let nobodys = company.page(&outi, &person(OUTI)).await;
    assert_eq!(nobodys.texts("form .hint a"), [] as [String; 0]);

    let later = change(&company, &outi, AINO, &[("role", "seller"), ("from", "2026-12-01")]).await;
    let to_leave = company.get(&outi, later.headers()["location"].to_str().unwrap()).await;
    let version = version(&company, &outi, AINO).await;
    let stays = [
        ("version", version.as_str()),
        ("name", "Aino"),
        ("role", "seller"),
        ("active", "yes"),
        ("from", "2026-12-01"),
    ];
    send(&company, &outi, &person(AINO), &stays).await;

    let sentence = Page::of(&to_leave).text(".notice--late[role=status]:not(#offline)");
    let expected = format!("{owned} asiakkuutta jää ilman vastuuhenkilöä 1.12. alkaen. Näytä asiakkuudet");
    assert_eq!(sentence, expected);
    assert_eq!(
        Page::of(&to_leave).attributes(".notice--late[role=status]:not(#offline) a", "href"),
        [accounts]
    );

    let gone = change(&company, &outi, EERO, &[("role", "seller")]).await;
    let left = company.get(&outi, gone.headers()["location"].to_str().unwrap()).await;
    let list = Page::of(&left).attributes(".notice--late[role=status]:not(#offline) a", "href")[0].clone();
    assert!(
        Page::of(&left)
            .text(".notice--late[role=status]:not(#offline)")
            .contains("on jäänyt ilman vastuuhenkilöä.")
    );
    let list = company.page(&outi, &list).await;
    assert!(!list.texts("td.accounts__owner").is_empty(), "those of whoever has left are found");
    assert_eq!(list.texts("select[name=owner] option[selected]"), ["Joku Muu"]);
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;
    let second = change(&company, &outi, AINO, &[("role", "admin"), ("active", "yes")]).await;
    assert_eq!(second.status_code(), 303, "{}", second.text());
    let aino = company.log_in(AINO).await;

    // Two who send each other away on the same day: the second is refused.
    let first = change(&company, &aino, OUTI, &[("role", "admin"), ("from", "2026-12-01")]).await;
    let other = change(&company, &outi, AINO, &[("role", "admin")]).await;

    assert_eq!(first.status_code(), 303, "{}", first.text());
    assert_eq!(other.status_code(), 422);
    assert_eq!(Page::of(&other).texts("#person-active-error").len(), 1);
}

#[tokio::test]
async fn a_role_changes_from_a_day_on_and_the_past_stays() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;

    let changed = change(
        &company,
        &outi,
        EERO,
        &[("role", "kam"), ("team", "Avainasiakkaat"), ("active", "yes"), ("from", "2026-12-01")],
    )
    .await;
    let earlier =
        change(&company, &outi, EERO, &[("role", "seller"), ("active", "yes"), ("from", "2026-11-25")]).await;

    assert_eq!(changed.status_code(), 303, "{}", changed.text());
    let roles = on_store(&company, |store| {
        store
            .read(|reader| {
                let (people, numbers) = people::load(reader)?;
                let eero = people.get(numbers[&PersonId(id(EERO))]).unwrap();
                Ok::<_, luotsi_store::StoreError>(
                    ["2026-11-30", "2026-12-01"].map(|on| eero.on(day(on)).unwrap().role.name()),
                )
            })
            .unwrap()
    })
    .await;
    assert_eq!(roles, ["seller", "kam"]);
    assert_eq!(earlier.status_code(), 422, "what is planned already is not overtaken");
    assert_eq!(Page::of(&earlier).texts("#person-from-error").len(), 1);
}

#[tokio::test]
async fn of_two_who_edit_one_person_the_second_sees_what_the_first_saved_and_loses_nothing() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;
    let version = version(&company, &outi, AINO).await;
    let form = |team| {
        [
            ("version", version.as_str()),
            ("name", "Aino Mäkelä"),
            ("email", "aino@betoni.example"),
            ("role", "seller"),
            ("team", team),
            ("active", "yes"),
            ("from", TODAY),
        ]
    };

    let first = send(&company, &outi, &person(AINO), &form("Länsi")).await;
    let second = send(&company, &outi, &person(AINO), &form("Itä")).await;

    assert_eq!(first.status_code(), 303, "{}", first.text());
    assert_eq!(second.status_code(), 422);
    let page = Page::of(&second);
    assert_eq!(page.attributes("#person-team", "value"), ["Itä"]);
    assert_eq!(page.text("#person-team-now"), "Nyt tallennettuna: Länsi");
}

#[tokio::test]
async fn a_form_with_a_field_of_its_own_making_is_refused() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;

    for (field, value) in [("source", "erp"), ("external_id", "1"), ("id", "1"), ("password", PASSWORD)] {
        let form = [("name", "Sami Ojala"), ("role", "seller"), (field, value)];
        let answer = send(&company, &outi, "/settings/people/new", &form).await;
        assert_eq!(answer.status_code(), 422, "{field}");
    }
    assert_eq!(everybody(&company).await.len(), 4);
}

#[tokio::test]
async fn a_manager_is_never_below_those_they_lead() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;
    let (aino, maija) = (id(AINO).to_string(), id(MAIJA).to_string());

    for manager in [&aino, &maija] {
        let form = [("role", "manager"), ("manager", manager.as_str()), ("active", "yes")];
        let answer = change(&company, &outi, MAIJA, &form).await;
        assert_eq!(answer.status_code(), 422);
        assert_eq!(Page::of(&answer).texts("#person-manager-error").len(), 1);
    }
}

#[tokio::test]
async fn the_hourly_cost_is_read_as_it_is_written() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;
    let costing =
        [("role", "seller"), ("active", "yes"), ("hourly_cost", "1250,50"), ("customer_hours", "1 100")];

    let saved = change(&company, &outi, AINO, &costing).await;
    let written =
        company.page(&outi, &person(AINO)).await.attributes("#person-hourly_cost", "value").concat();
    let again = [("role", "seller"), ("active", "yes"), ("hourly_cost", written.as_str()), ("team", "Länsi")];
    let again = change(&company, &outi, AINO, &again).await;

    assert_eq!(written, "1\u{a0}250,50");
    assert_eq!((saved.status_code().as_u16(), again.status_code().as_u16()), (303, 303));
}

#[tokio::test]
async fn a_person_who_is_not_there_is_not_there() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;

    for id in ["00000000-0000-0000-0000-00000000ffff", "x", "1'--"] {
        let url = format!("/settings/people/{id}");
        assert_eq!(company.get(&outi, &url).await.status_code(), 404, "{id}");
        let form = [("name", "A"), ("role", "seller"), ("active", "yes")];
        assert_eq!(send(&company, &outi, &url, &form).await.status_code(), 404, "{id}");
    }
}

#[tokio::test]
async fn the_company_is_changed_and_what_cannot_be_chosen_is_refused() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;
    let url = "/settings/company";
    let version = company.page(&outi, url).await.attributes("[name=version]", "value")[0].clone();
    let form = |zone, currency| {
        [
            ("version", version.as_str()),
            ("name", "Uusi Betoni Oy"),
            ("language", "en"),
            ("time_zone", zone),
            ("currency", currency),
        ]
    };

    let wrong = send(&company, &outi, url, &form("Europe/Atlantis", "DOGE")).await;
    let saved = send(&company, &outi, url, &form("Europe/Stockholm", "EUR")).await;

    assert_eq!(Page::of(&wrong).texts(".entry__error").len(), 2);
    assert_eq!(saved.status_code(), 303, "{}", saved.text());
    let kept = on_store(&company, |store| store.read(|reader| people::company(reader)).unwrap()).await;
    assert_eq!((kept.name.as_str(), kept.time_zone.as_str()), ("Uusi Betoni Oy", "Europe/Stockholm"));
    assert_eq!((kept.language.as_str(), kept.currency.as_str()), ("en", "EUR"));
}

#[tokio::test]
async fn the_first_start_names_company_and_beginner_and_leads_on() {
    let (server, store, _database, path) = new_house(|_, _, _| Ok(())).await;
    let opened = server.get(&path).add_header("accept-language", "fi").await;
    let form = |name, password| {
        [
            ("language", "fi"),
            ("name", name),
            ("time_zone", "Europe/Helsinki"),
            ("currency", "EUR"),
            ("own_name", "Outi Salonen"),
            ("email", "outi@betoni.example"),
            ("password", password),
            ("password_again", password),
        ]
    };

    let wrong = server.post(&path).form(&form("", "salasana123")).await;
    let begun = server.post(&path).form(&form("Betoni Oy", PASSWORD)).await;
    let again = server.post(&path).form(&form("Toinen Oy", PASSWORD)).await;

    assert_eq!(Page::of(&opened).text("h1"), "Ota Luotsi käyttöön");
    assert_eq!(wrong.status_code(), 422);
    assert_eq!(Page::of(&wrong).texts(".entry__error").len(), 2);
    assert_eq!(Page::of(&wrong).attributes("#set-up-email", "value"), ["outi@betoni.example"]);
    assert_eq!(begun.headers()["location"], "/start");
    assert_eq!(again.status_code(), 410);
    let cookie = begun.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let start = server.get("/start").add_header("cookie", &cookie).add_header("accept-language", "fi").await;
    assert_eq!(start.status_code(), 200);
    assert!(Page::of(&start).text("main").contains("luotsi import accounts accounts.csv"));
    let company = tokio::task::spawn_blocking(move || store.read(|reader| people::company(reader)).unwrap());
    assert_eq!(company.await.unwrap().name, "Betoni Oy");
}

#[tokio::test]
async fn the_sample_company_is_made_in_the_background_once_and_a_failure_is_told() {
    let (server, _store, _database, path) = new_house(|_, _, _| Err("no room".to_owned())).await;
    let form = [
        ("language", "en"),
        ("name", "Betoni Oy"),
        ("time_zone", "Europe/Helsinki"),
        ("currency", "EUR"),
        ("own_name", "Outi Salonen"),
        ("email", "outi@betoni.example"),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ];
    let begun = server.post(&path).form(&form).await;
    let cookie = begun.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();

    let asked = server.post("/start/sample").add_header("cookie", &cookie).form(&[("request", "r")]).await;

    assert_eq!(asked.status_code(), 303);
    let page = server.get("/start").add_header("cookie", &cookie).await;
    assert_eq!(page.status_code(), 200);
}

/// A database nobody has used, its server, and the link that sets it up.
async fn new_house(
    make: fn(&Store, luotsi_core::units::Day, &Making) -> Result<(), String>,
) -> (TestServer, Store, FreshDatabase, String) {
    let database = FreshDatabase::sqlite();
    let url = database.url.clone();
    let (store, token) = tokio::task::spawn_blocking(move || {
        let store = Store::open(&url).unwrap();
        let beginner = |work: &mut luotsi_store::Work<'_>| {
            let person = PersonId(work.new_id());
            work.insert(
                "person",
                ["id", "source", "external_id", "name"],
                [[person.into(), "luotsi".into(), "1".into(), "Admin".into()]],
            )?;
            work.insert(
                "person_version",
                ["person_id", "from_day", "role", "is_active"],
                [[person.into(), luotsi_core::units::Day::MIN.into(), "admin".into(), true.into()]],
            )?;
            Ok::<_, luotsi_store::StoreError>(person)
        };
        let person = store.write(Actor::Setup, beginner).unwrap();
        let token = login_link(&store, person, Purpose::Setup).unwrap();
        (store, token)
    })
    .await
    .unwrap();
    let web = Web::new(store.clone(), Settings { behind_https_proxy: false, today: Some(day(TODAY)) });
    let server = TestServer::new(router(web.with_sample(Arc::new(make))));
    (server, store, database, format!("/login/{token}"))
}

/// A change of one of the cast: what is not given stays as it is told here.
async fn change(company: &Company, cookie: &str, number: u128, fields: &[(&str, &str)]) -> TestResponse {
    let version = version(company, cookie, number).await;
    let mut form = vec![("version", version.as_str()), ("name", "Joku Muu"), ("email", "")];
    if !fields.iter().any(|(name, _)| *name == "from") {
        form.push(("from", TODAY));
    }
    form.extend(fields);
    send(company, cookie, &person(number), &form).await
}

async fn version(company: &Company, cookie: &str, number: u128) -> String {
    company.page(cookie, &person(number)).await.attributes("[name=version]", "value")[0].clone()
}

/// Everybody's name, role and whether they work here.
async fn everybody(company: &Company) -> Vec<(String, String, bool)> {
    on_store(company, |store| {
        let people = store.read(|reader| edit::all(reader)).unwrap();
        people
            .into_iter()
            .map(|person| (person.name, person.duties.role.name().to_owned(), person.duties.is_active))
            .collect()
    })
    .await
}

#[tokio::test]
async fn what_was_refused_stands_in_the_security_log_and_nowhere_else() {
    let company = with_admin().await;
    let aino = company.log_in(AINO).await;
    let entries = |company: &Company| {
        let store = company.store.clone();
        tokio::task::spawn_blocking(move || {
            store.read(|reader| luotsi_store::history::last_position(reader)).unwrap()
        })
    };
    let before = entries(&company).await.unwrap();

    send(&company, &aino, &format!("{}/invitation", person(OUTI)), &[]).await;

    assert_eq!(entries(&company).await.unwrap(), before);
    let refused =
        on_store(&company, |store| store.read(|reader| people::request::refusals(reader, 10)).unwrap()).await;
    assert_eq!(refused[0].person, Some(PersonId(id(AINO))));
    assert_eq!((refused[0].action.as_str(), refused[0].why.as_str()), ("manage_people", "not_of_this_role"));
    let links = on_store(&company, |store| {
        let unused = "select count(*) from login_link where used_at is null";
        store.read(|reader| reader.one(unused, &[], |row| row.int(0))).unwrap()
    })
    .await;
    assert_eq!(links, Some(0));
}

#[tokio::test]
async fn every_page_of_the_settings_speaks_both_languages_and_says_where_one_is() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;

    for (url, fi, en) in [
        ("/settings/me", "Omat asetukset", "My settings"),
        ("/settings/people", "Henkilöt", "People"),
        ("/settings/people/new", "Uusi henkilö", "New person"),
        ("/settings/company", "Yhtiö", "Company"),
        ("/start", "Käyttöönotto", "Getting started"),
    ] {
        for (language, title) in [("fi", fi), ("en", en)] {
            let answer = company
                .server
                .get(url)
                .add_header("cookie", &outi)
                .add_header("accept-language", language)
                .await;
            let page = Page::of(&answer);
            assert_eq!(page.text("h1"), title);
            assert_eq!(page.texts(".tabs__tab[aria-current]").len(), 1, "{url}");
        }
    }
    assert_eq!(ask(&company, &outi, "/settings/me", &[("has_keys", "yes")]).await.status_code(), 303);
}
