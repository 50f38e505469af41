//! Getting in and being kept out: passwords, links, sessions and tokens, told through the router, attacks included.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod cast;
mod house;

use cast::{AINO, Company, EERO, MAIJA, Page, TODAY, day, id};
use house::{OUTI, PASSWORD, ask, forms, on_store, send, with_admin};
use luotsi_app::people::tokens;
use luotsi_core::{history::Actor, people::PersonId};
use luotsi_store::{Query, people::access};

#[tokio::test]
async fn an_invitation_lets_a_person_choose_a_password_once_and_log_in_with_it() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;

    let made = send(&company, &outi, &format!("/settings/people/{}/invitation", id(AINO)), &[]).await;
    let link = Page::of(&made).text(".secret__text");
    let path = link.strip_prefix("https://crm.example").unwrap().to_owned();
    let opened = company.server.get(&path).await;
    let chosen = forms(&company, &path, &[("password", PASSWORD), ("password_again", PASSWORD)]).await;
    let again = forms(&company, &path, &[("password", PASSWORD), ("password_again", PASSWORD)]).await;

    assert_eq!(made.status_code(), 200);
    assert!(Page::of(&opened).text("main").contains("Aino Mäkelä"));
    assert_eq!((chosen.status_code().as_u16(), &chosen.headers()["location"]), (303, &"/".parse().unwrap()));
    assert!(chosen.headers()["set-cookie"].to_str().unwrap().starts_with("luotsi="));
    assert_eq!(again.status_code(), 410);
    let entered = log_in(&company, "aino@betoni.example", PASSWORD).await;
    assert_eq!(entered.status_code(), 303);
}

#[tokio::test]
async fn a_link_names_our_own_address_whatever_host_a_request_claims() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;

    let answer = company
        .server
        .post(&format!("/settings/people/{}/invitation", id(AINO)))
        .add_header("cookie", &outi)
        .add_header("host", "evil.test")
        .add_header("x-forwarded-host", "evil.test")
        .form(&[("request", "r-1")])
        .await;

    assert!(Page::of(&answer).text(".secret__text").starts_with("https://crm.example/login/"));
}

#[tokio::test]
async fn a_link_is_shown_once_and_a_second_sending_of_the_form_makes_no_other() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;
    let url = format!("/settings/people/{}/invitation", id(AINO));

    let first = ask(&company, &outi, &url, &[("request", "r-1")]).await;
    let second = ask(&company, &outi, &url, &[("request", "r-1")]).await;

    let path = Page::of(&first).text(".secret__text").replace("https://crm.example", "");
    assert!(Page::of(&second).texts(".secret__text").is_empty());
    assert_eq!(company.server.get(&path).await.status_code(), 200, "the first link still works");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_email_get_the_same_answer() {
    let company = with_password().await;

    let wrong = log_in(&company, "aino@betoni.example", "something else entirely").await;
    let unknown = log_in(&company, "nobody@betoni.example", "something else entirely").await;

    for answer in [&wrong, &unknown] {
        assert_eq!(answer.status_code(), 422);
        assert!(answer.headers().get("set-cookie").is_none());
    }
    let said = |answer| Page::of(answer).text("[role=alert]");
    assert_eq!(said(&wrong), said(&unknown));
    assert_eq!(Page::of(&wrong).attributes("input[type=email]", "value"), ["aino@betoni.example"]);
    assert_eq!(Page::of(&wrong).attributes("input[type=password]", "value"), [""]);
}

#[tokio::test]
async fn after_five_log_ins_in_vain_one_has_to_wait_even_with_the_right_password() {
    let company = with_password().await;

    for _ in 0..5 {
        assert_eq!(log_in(&company, "aino@betoni.example", "not this one").await.status_code(), 422);
    }
    let sixth = log_in(&company, "AINO@betoni.example ", "not this one").await;
    let right = log_in(&company, "aino@betoni.example", PASSWORD).await;
    let colleague = log_in(&company, "eero@betoni.example", "not this one").await;

    assert_eq!(right.status_code(), 429);
    assert!(sixth.status_code() == 422 || sixth.status_code() == 429);
    let seconds: u64 = right.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=20).contains(&seconds), "{seconds}");
    assert!(Page::of(&right).text("[role=alert]").contains(&seconds.to_string()));
    assert_eq!(colleague.status_code(), 422, "others are not held up");
}

#[tokio::test]
async fn a_log_in_begins_a_new_session_and_ends_the_one_the_browser_brought() {
    let company = with_password().await;
    let planted = company.log_in(EERO).await;

    let answer = company
        .server
        .post("/login")
        .add_header("cookie", &planted)
        .form(&[("email", "aino@betoni.example"), ("password", PASSWORD), ("back", "")])
        .await;

    let fresh = cookie(&answer);
    assert_ne!(fresh, planted);
    assert_eq!(company.get(&planted, "/").await.status_code(), 303, "the planted session is over");
    assert!(company.page(&fresh, "/settings/me").await.text("main").contains("Aino Mäkelä"));
}

#[tokio::test]
async fn behind_https_a_session_in_a_cookie_that_others_may_set_is_not_believed() {
    let company = Company::behind_proxy();
    let planted = company.log_in(EERO).await;
    let ask = |cookie: String| {
        company
            .server
            .get("/settings/me")
            .add_header("cookie", cookie)
            .add_header("x-forwarded-proto", "https")
    };

    let plain = ask(planted.clone()).await;
    let ours = ask(planted.replace("luotsi=", "__Host-luotsi=")).await;

    assert!(planted.starts_with("luotsi="));
    assert_eq!((plain.status_code().as_u16(), ours.status_code().as_u16()), (303, 200));
}

#[tokio::test]
async fn one_is_led_back_to_where_one_was_going_and_never_elsewhere() {
    let company = with_password().await;

    for (back, to) in [("/accounts?q=a", "/accounts?q=a"), ("//evil.test", "/"), ("https://evil.test", "/")] {
        let form = [("email", "aino@betoni.example"), ("password", PASSWORD), ("back", back)];
        let answer = company.server.post("/login").form(&form).await;
        assert_eq!(answer.headers()["location"], to, "{back}");
    }
}

#[tokio::test]
async fn an_easy_password_is_refused_beside_the_field_and_the_link_still_works() {
    let company = with_admin().await;
    let path = invitation(&company, AINO).await;

    for (one, other, field) in [
        ("lyhyt", "lyhyt", "invitation-password-error"),
        ("AinoMäkelä1", "AinoMäkelä1", "invitation-password-error"),
        (PASSWORD, "korppi viuhka toinen", "invitation-password_again-error"),
    ] {
        let answer = forms(&company, &path, &[("password", one), ("password_again", other)]).await;
        assert_eq!(answer.status_code(), 422, "{one}");
        assert_eq!(Page::of(&answer).texts(&format!("#{field}")).len(), 1, "{one}");
    }
    let chosen = forms(&company, &path, &[("password", PASSWORD), ("password_again", PASSWORD)]).await;
    assert_eq!(chosen.status_code(), 303);
}

#[tokio::test]
async fn who_no_longer_works_here_is_out_at_once_with_session_token_link_and_password() {
    let company = with_password().await;
    let (outi, aino) = (company.log_in(OUTI).await, company.log_in(AINO).await);
    let made = ask(&company, &aino, "/settings/me/tokens", &[("name", "raportti"), ("days", "90")]).await;
    let token = Page::of(&made).text(".secret__text");
    let link = company.link(AINO).await;
    assert!(verifies(&company, &token).await);

    let url = format!("/settings/people/{}", id(AINO));
    let version = company.page(&outi, &url).await.attributes("[name=version]", "value")[0].clone();
    let form = [
        ("version", version.as_str()),
        ("name", "Aino Mäkelä"),
        ("email", "aino@betoni.example"),
        ("role", "seller"),
        ("from", TODAY),
    ];
    let left = ask(&company, &outi, &url, &form).await;

    assert_eq!(left.status_code(), 303, "{}", left.text());
    assert_eq!(company.get(&aino, "/").await.status_code(), 303);
    assert!(!verifies(&company, &token).await);
    assert_eq!(company.server.post(&link).await.status_code(), 410);
    assert_eq!(log_in(&company, "aino@betoni.example", PASSWORD).await.status_code(), 422);
}

#[tokio::test]
async fn a_changed_password_asks_for_the_old_one_and_ends_the_other_sessions() {
    let company = with_password().await;
    let (here, elsewhere) = (company.log_in(AINO).await, company.log_in(AINO).await);
    let new = "hattu lammas ikkuna";
    let url = "/settings/me/password";
    let form = |current| [("current_password", current), ("password", new), ("password_again", new)];

    let wrong = ask(&company, &here, url, &form("not this one")).await;
    let right = ask(&company, &here, url, &form(PASSWORD)).await;

    assert_eq!(wrong.status_code(), 422);
    assert_eq!(Page::of(&wrong).texts("#password-current_password-error").len(), 1);
    assert_eq!(right.status_code(), 303);
    assert_eq!(company.get(&elsewhere, "/").await.status_code(), 303, "logged out elsewhere");
    assert_eq!(company.get(&here, "/").await.status_code(), 200);
    assert_eq!(log_in(&company, "aino@betoni.example", PASSWORD).await.status_code(), 422);
    assert_eq!(log_in(&company, "aino@betoni.example", new).await.status_code(), 303);
}

#[tokio::test]
async fn passwords_are_kept_nowhere_but_as_slow_hashes() {
    let company = with_password().await;
    let aino = company.log_in(AINO).await;
    let new = "hattu lammas ikkuna";
    let form = [("current_password", PASSWORD), ("password", new), ("password_again", new)];
    ask(&company, &aino, "/settings/me/password", &form).await;

    let (hash, requests) = on_store(&company, |store| {
        store
            .read(|reader| {
                let hash = access::password_hash(reader, PersonId(id(AINO)))?;
                Ok::<_, luotsi_store::StoreError>((
                    hash,
                    reader.all(
                        "select key from request where person_id = $1",
                        &[id(AINO).into()],
                        |row| row.string(0),
                    )?,
                ))
            })
            .unwrap()
    })
    .await;

    assert!(hash.unwrap().starts_with("$argon2id$"));
    assert_eq!(requests, Vec::<String>::new(), "no quick hash of the form is kept either");
}

#[tokio::test]
async fn ones_own_sessions_are_listed_and_ended_and_nobody_elses_can_be() {
    let company = with_admin().await;
    let (here, elsewhere) = (company.log_in(AINO).await, company.log_in(AINO).await);
    let eero = company.log_in(EERO).await;

    let page = company.page(&here, "/settings/me").await;
    let action = page
        .attributes("form", "action")
        .into_iter()
        .find(|action| action.starts_with("/settings/me/sessions/"))
        .unwrap();
    let by_eero = ask(&company, &eero, &action, &[]).await;
    let still_there = company.get(&elsewhere, "/").await.status_code();
    let by_aino = ask(&company, &here, &action, &[]).await;

    assert_eq!(page.texts("[id^=session-]").len(), 2);
    assert_eq!((by_eero.status_code().as_u16(), still_there.as_u16()), (404, 200));
    assert_eq!(by_aino.status_code(), 303);
    assert_eq!(company.get(&elsewhere, "/").await.status_code(), 303);
}

#[tokio::test]
async fn a_token_is_shown_once_reads_only_unless_asked_and_is_taken_back_by_its_owner_only() {
    let company = with_admin().await;
    let (aino, eero) = (company.log_in(AINO).await, company.log_in(EERO).await);
    let form = [("request", "r-1"), ("name", "raportti"), ("days", "90")];

    let made = ask(&company, &aino, "/settings/me/tokens", &form).await;
    let again = ask(&company, &aino, "/settings/me/tokens", &form).await;
    let token = Page::of(&made).text(".secret__text");
    let page = company.page(&aino, "/settings/me").await;
    let action = page
        .attributes("form", "action")
        .into_iter()
        .find(|action| action.starts_with("/settings/me/tokens/"))
        .unwrap();
    let by_eero = ask(&company, &eero, &action, &[]).await;

    assert!(token.starts_with("luotsi_"));
    assert_eq!(made.headers()["cache-control"], "no-store");
    assert!(Page::of(&again).texts(".secret__text").is_empty());
    assert_eq!(page.texts("[id^=token-] strong"), ["raportti"], "one token, not two");
    assert!(!page.text("main").contains(&token));
    let secret = token.clone();
    let by = on_store(&company, move |store| tokens::verify(store, &secret, Some(day(TODAY))).unwrap()).await;
    assert!(by.is_some_and(|by| by.person == PersonId(id(AINO)) && !by.may_write));
    assert_eq!(by_eero.status_code(), 404);
    assert!(verifies(&company, &token).await);
    assert_eq!(ask(&company, &aino, &action, &[]).await.status_code(), 303);
    assert!(!verifies(&company, &token).await);
}

#[tokio::test]
async fn another_sites_page_cannot_log_anybody_in_nor_make_tokens_or_people() {
    let company = with_admin().await;
    let outi = company.log_in(OUTI).await;

    for url in ["/login", "/settings/me/tokens", "/settings/me/password", "/settings/people/new"] {
        let answer = company
            .server
            .post(url)
            .add_header("cookie", &outi)
            .add_header("sec-fetch-site", "cross-site")
            .form(&[("name", "a")])
            .await;
        assert_eq!(answer.status_code(), 403, "{url}");
    }
}

#[tokio::test]
async fn what_one_likes_is_kept_and_the_language_comes_along_at_the_next_log_in() {
    let company = with_password().await;
    let aino = company.log_in(AINO).await;

    let wrong = ask(&company, &aino, "/settings/me", &[("language", "en"), ("day_minutes", "5")]).await;
    let saved = ask(&company, &aino, "/settings/me", &[("language", "en"), ("day_minutes", "180")]).await;
    let entered = log_in(&company, "aino@betoni.example", PASSWORD).await;

    assert_eq!(wrong.status_code(), 422);
    assert_eq!(Page::of(&wrong).attributes("#likes-day_minutes", "value"), ["5"]);
    assert_eq!(saved.status_code(), 303);
    let cookies: Vec<_> = entered.headers().get_all("set-cookie").iter().collect();
    assert!(cookies.iter().any(|cookie| cookie.to_str().unwrap().starts_with("luotsi_language=en")));
}

#[tokio::test]
async fn a_manager_and_a_seller_have_their_own_settings_and_read_the_strategy() {
    let company = with_admin().await;

    for person in [AINO, MAIJA] {
        let cookie = company.log_in(person).await;
        let tabs = company.page(&cookie, "/settings").await.texts(".tabs__tab");
        assert_eq!(tabs, ["Omat asetukset", "Strategia"]);
    }
}

async fn with_password() -> Company {
    let company = with_admin().await;
    let path = invitation(&company, AINO).await;
    let chosen = forms(&company, &path, &[("password", PASSWORD), ("password_again", PASSWORD)]).await;
    assert_eq!(chosen.status_code(), 303);
    company
}

async fn invitation(company: &Company, person: u128) -> String {
    let outi = company.log_in(OUTI).await;
    let made = send(company, &outi, &format!("/settings/people/{}/invitation", id(person)), &[]).await;
    Page::of(&made).text(".secret__text").replace("https://crm.example", "")
}

async fn log_in(company: &Company, email: &str, password: &str) -> axum_test::TestResponse {
    forms(company, "/login", &[("email", email), ("password", password), ("back", "")]).await
}

async fn verifies(company: &Company, token: &str) -> bool {
    let token = token.to_owned();
    on_store(company, move |store| {
        let by = tokens::verify(store, &token, Some(day(TODAY))).unwrap();
        by.is_some_and(|by| {
            let on = by.today;
            let viewer = store.read(|reader| luotsi_store::people::policy::viewer(reader, by.person, on));
            viewer.unwrap().is_some()
        })
    })
    .await
}

fn cookie(answer: &axum_test::TestResponse) -> String {
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_email_that_two_people_have_lets_nobody_in() {
    let company = with_password().await;
    on_store(&company, |store| {
        let double = |work: &mut luotsi_store::Work<'_>| {
            work.execute("update person set email = 'aino@betoni.example'", &[])
        };
        store.write(Actor::Demo, double).unwrap();
        let hash = |work: &mut luotsi_store::Work<'_>| {
            let kept = access::password_hash(work, PersonId(id(AINO)))?.unwrap();
            access::set_password(work, PersonId(id(EERO)), &kept, 0)
        };
        store.write(Actor::Demo, hash).unwrap();
    })
    .await;

    assert_eq!(log_in(&company, "aino@betoni.example", PASSWORD).await.status_code(), 422);
}
