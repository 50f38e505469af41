//! Stories of an account's page: facts told anew in place, judgements, decisions, the people there, and two who edit at
//! once.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod cast;

use axum_test::TestResponse;
use cast::{AINO, CHILD, Company, EERO, MAIJA, PARENT, Page, QUIET, id};

fn account(number: u128) -> String {
    format!("/accounts/{}", id(number))
}

fn taken(answer: &TestResponse) {
    assert_eq!(answer.status_code(), 303, "{}", answer.text());
}

/// The value of a fact as the page shows it.
fn fact(page: &Page, name: &str) -> String {
    page.text(&format!("#fact-{name}-editor > summary > span:first-child"))
}

fn form(fact: &str) -> String {
    format!("/facts/{fact}")
}

#[tokio::test]
async fn a_fact_is_told_in_place_and_says_who_told_it() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, &account(QUIET)).await;
    assert_eq!(fact(&page, "industry"), "rakentaminen");

    taken(&company.send(&cookie, &page, &form("industry"), &[("industry", "Teollisuus")]).await);
    taken(
        &company.send(&cookie, &page, &form("address"), &[("city", "Mäntsälä"), ("street", "Tie 1")]).await,
    );

    let page = company.page(&cookie, &account(QUIET)).await;
    assert_eq!(fact(&page, "industry"), "Teollisuus");
    assert_eq!(fact(&page, "address"), "Tie 1, Mäntsälä");
    assert!(page.texts(".fact__source").iter().any(|source| source.starts_with("Aino Mäkelä")));
    let found = company.get(&cookie, "/search/accounts?q=mantsala").await;
    assert!(found.text().contains("Hiljainen"), "an edited account is found by its new place");
}

#[tokio::test]
async fn of_two_who_edit_one_fact_the_later_sees_both_values_and_loses_nothing() {
    let company = Company::watched();
    let (aino, maija) = (company.log_in(AINO).await, company.log_in(MAIJA).await);
    let ainos = company.page(&aino, &account(QUIET)).await;
    let maijas = company.page(&maija, &account(QUIET)).await;

    taken(&company.send(&aino, &ainos, &form("name"), &[("name", "Hiljainen Valimo Oy")]).await);
    let stale = company.send(&maija, &maijas, &form("name"), &[("name", "Valu Hiljainen Oy")]).await;
    let other = company.send(&maija, &maijas, &form("size_class"), &[("size_class", "suuri")]).await;

    assert_eq!(stale.status_code(), 422);
    let page = Page::of(&stale);
    assert_eq!(page.attributes("#fact-name-name", "value"), ["Valu Hiljainen Oy"]);
    assert_eq!(page.text("#fact-name-name-now"), "Nyt tallennettuna: Hiljainen Valimo Oy");
    taken(&other);

    taken(&company.send(&maija, &page, &form("name"), &[]).await);
    assert_eq!(company.page(&aino, &account(QUIET)).await.text("h1"), "Valu Hiljainen Oy");
}

#[tokio::test]
async fn what_cannot_be_is_told_beside_the_field() {
    let company = Company::watched();
    let cookie = company.log_in(EERO).await;
    let page = company.page(&cookie, &account(PARENT)).await;
    let check = async |fact: &str, typed: (&str, &str), wrong: &str| {
        let answer = company.send(&cookie, &page, &form(fact), &[typed]).await;
        assert_eq!(answer.status_code(), 422, "{fact}");
        let page = Page::of(&answer);
        assert_eq!(page.attributes("[aria-invalid=true]", "id"), [wrong], "{fact}");
        assert!(page.attributes("details[open]", "id").contains(&format!("fact-{fact}-editor")));
    };

    check("name", ("name", "  "), "fact-name-name").await;
    check("name", ("name", &"x".repeat(201)), "fact-name-name").await;
    check("business_id", ("business_id", "0112038-8"), "fact-business_id-business_id").await;
    check("owner", ("owner", "joku"), "fact-owner-owner").await;
    check("parent", ("parent_name", "Salmen Elementti"), "fact-parent-parent_name").await;
    check("parent", ("parent_name", "zzz"), "fact-parent-parent_name").await;
}

#[tokio::test]
async fn a_group_of_companies_is_rolled_up_on_the_page_of_each_of_its_accounts() {
    let company = Company::watched();
    let cookie = company.log_in(EERO).await;

    let parent = company.page(&cookie, &account(PARENT)).await;
    let child = company.page(&cookie, &account(CHILD)).await;

    for page in [&parent, &child] {
        let names = page.texts(".group tbody th");
        assert!(names[0].starts_with("Rakennus-Salmi Oy ") && names[1].starts_with("Salmen Elementti Oy "));
        assert_eq!(page.text(".group tfoot th"), "Yhteensä, 2 asiakkuutta");
        assert_eq!(page.texts(".group tfoot td").len(), 3);
    }
    assert_eq!(parent.attributes(".group a", "href"), [account(CHILD)]);
    assert_eq!(child.attributes(".group a", "href"), [account(PARENT)]);
}

#[tokio::test]
async fn a_subsidiary_changes_its_parent_and_the_group_its_sum() {
    let company = Company::watched();
    let cookie = company.log_in(EERO).await;
    let page = company.page(&cookie, &account(CHILD)).await;
    assert_eq!(fact(&page, "parent"), "Rakennus-Salmi Oy");

    taken(&company.send(&cookie, &page, &form("parent"), &[("parent_name", "")]).await);

    let page = company.page(&cookie, &account(CHILD)).await;
    assert_eq!(fact(&page, "parent"), "ei tiedossa");
    assert!(page.texts(".group").is_empty());
}

#[tokio::test]
async fn an_owner_gives_an_account_away_and_may_then_not_edit_it() {
    let company = Company::watched();
    let (aino, eero) = (company.log_in(AINO).await, company.log_in(EERO).await);
    let page = company.page(&aino, &account(QUIET)).await;
    let eeros = id(EERO).to_string();

    taken(&company.send(&aino, &page, &form("owner"), &[("owner", &eeros)]).await);
    let refused = company.send(&aino, &page, &form("name"), &[("name", "Toinen")]).await;

    assert_eq!(refused.status_code(), 403);
    assert!(Page::of(&refused).texts("#fact-name-editor").is_empty());
    let page = company.page(&eero, &account(QUIET)).await;
    assert_eq!(
        (fact(&page, "owner"), page.text("h1")),
        ("Eero Virtanen".to_owned(), "Hiljainen Valu Oy".to_owned())
    );
}

#[tokio::test]
async fn nobody_is_offered_what_they_may_not_do() {
    let company = Company::watched();
    let cookie = company.log_in(EERO).await;

    let page = company.page(&cookie, &account(QUIET)).await;

    assert_eq!(page.texts("main form[method=post]"), Vec::<String>::new());
    assert_eq!(page.text(".facts dd"), "Hiljainen Valu Oy");
}

#[tokio::test]
async fn an_estimate_changes_the_potential_at_once() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, &account(QUIET)).await;

    let both_missing = company.send(&cookie, &page, "/estimates", &[]).await;
    let wrong = company.send(&cookie, &page, "/estimates", &[("need-total", "paljon")]).await;
    taken(&company.send(&cookie, &page, "/estimates", &[("need-total", "1 200 000,50 €")]).await);
    taken(
        &company
            .send(
                &cookie,
                &page,
                "/ability",
                &[("people", "5"), ("offering", "4"), ("processes", "3"), ("relationship", "4")],
            )
            .await,
    );
    taken(&company.send(&cookie, &page, "/target", &[("target", "300000")]).await);

    assert_eq!(Page::of(&both_missing).attributes("[aria-invalid=true]", "id"), ["estimates-need-total"]);
    assert_eq!(Page::of(&wrong).attributes("[aria-invalid=true]", "value"), ["paljon"]);
    let page = company.page(&cookie, &account(QUIET)).await;
    assert!(page.text(".values").contains("oma arvio · 23.11."), "{}", page.text(".values"));
    assert!(page.text(".values").contains("arvonluontikyky 75"), "{}", page.text(".values"));
    assert!(
        page.text(".values").contains("300\u{a0}000\u{a0}€") || page.text(".values").contains("300 000 €")
    );
    assert_eq!(page.attributes("#estimates-need-total", "value"), ["1\u{a0}200\u{a0}000,50"]);
}

#[tokio::test]
async fn of_the_whole_need_and_that_of_the_groups_what_was_typed_now_counts() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, &account(QUIET)).await;
    let group = page.attributes("#estimates-editor fieldset input", "name")[0].clone();
    let needs = |page: &Page| {
        let of = |name: &str| page.attributes(&format!("#estimates-editor input[name={name}]"), "value");
        [of("need-total"), of(&group)].concat()
    };

    taken(&company.send(&cookie, &page, "/estimates", &[(group.as_str(), "41000")]).await);
    let page = company.page(&cookie, &account(QUIET)).await;
    assert_eq!(needs(&page), ["", "41\u{a0}000"]);
    let below = company.send(&cookie, &page, "/estimates", &[(group.as_str(), "-5")]).await;
    assert!(Page::of(&below).text("#estimates-editor .entry__error").contains("vähintään 0"));
    let both = [("need-total", "400000"), (group.as_str(), "42000")];
    let unclear = company.send(&cookie, &page, "/estimates", &both).await;
    assert_eq!(Page::of(&unclear).attributes("[aria-invalid=true]", "id"), ["estimates-need-total"]);
    let whole = [("need-total", "400000"), (group.as_str(), "41000")];
    taken(&company.send(&cookie, &page, "/estimates", &whole).await);

    let page = company.page(&cookie, &account(QUIET)).await;
    assert_eq!(needs(&page), ["400\u{a0}000", ""]);

    // By groups after all, on the same day.
    taken(
        &company.send(&cookie, &page, "/estimates", &[("need-total", ""), (group.as_str(), "43000")]).await,
    );
    assert_eq!(needs(&company.page(&cookie, &account(QUIET)).await), ["", "43\u{a0}000"]);
}

#[tokio::test]
async fn a_segment_set_by_hand_needs_a_reason_and_is_taken_back() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, &account(QUIET)).await;

    let hasty = company.send(&cookie, &page, "/override", &[("segment", "strategic")]).await;
    let typed = [("segment", "strategic"), ("reason", "Uusi tehdas nousee"), ("review", "2027-05-01")];
    taken(&company.send(&cookie, &page, "/override", &typed).await);

    assert_eq!(Page::of(&hasty).attributes("[aria-invalid=true]", "id"), ["override-reason"]);
    let page = company.page(&cookie, &account(QUIET)).await;
    assert_eq!(page.text(".head--account .segment"), "Strateginen");
    assert!(page.text("#segment-why").contains("Uusi tehdas nousee"));

    taken(&company.send(&cookie, &page, "/override/removal", &[]).await);
    let page = company.page(&cookie, &account(QUIET)).await;
    assert_ne!(page.text(".head--account .segment"), "Strateginen");
}

#[tokio::test]
async fn who_judges_after_somebody_else_is_told_what_they_said() {
    let company = Company::watched();
    let (aino, maija) = (company.log_in(AINO).await, company.log_in(MAIJA).await);
    let page = company.page(&maija, &account(QUIET)).await;
    let group = page.attributes("#estimates-editor fieldset input", "name")[0].clone();
    let strategic = [("segment", "strategic"), ("reason", "Uusi tehdas"), ("review", "2027-05-01")];
    let scores = |score| ["people", "offering", "processes", "relationship"].map(|name| (name, score));

    for (form, typed) in [
        ("/estimates", vec![(group.as_str(), "41000")]),
        ("/ability", scores("5").to_vec()),
        ("/target", vec![("target", "300000")]),
        ("/override", strategic.to_vec()),
    ] {
        let hers = company.page(&aino, &account(QUIET)).await;
        taken(&company.send(&aino, &hers, form, &typed).await);
    }

    let need = company.send(&maija, &page, "/estimates", &[("need-total", "90000")]).await;
    let ability = company.send(&maija, &page, "/ability", &scores("2")).await;
    let target = company.send(&maija, &page, "/target", &[("target", "77000")]).await;
    let growth = [("segment", "growth"), ("reason", "Tilaa kasvaa")];
    let segment = company.send(&maija, &page, "/override", &growth).await;
    let stale = [&need, &ability, &target, &segment].map(|answer| {
        assert_eq!(answer.status_code(), 422);
        Page::of(answer)
    });
    let [need, ability, target, segment] = &stale;

    assert_eq!(need.text(&format!("#estimates-{group}-now")), "Nyt tallennettuna: 41 000 €");
    assert_eq!(need.attributes("#estimates-need-total", "value"), ["90000"]);
    assert_eq!(ability.text("#ability-people-now"), "Nyt tallennettuna: 5 · vahva");
    assert_eq!(target.text("#target-target-now"), "Nyt tallennettuna: 300 000 €");
    assert_eq!(target.attributes("#target-target", "value"), ["77000"]);
    assert_eq!(segment.text("#override-segment-now"), "Nyt tallennettuna: Strateginen");
    assert_eq!(segment.text("#override-reason"), "Tilaa kasvaa");
    for page in &stale {
        assert!(page.text("details[open] .notice").contains("Joku muu muutti"), "{}", page.text("main"));
    }

    // Whoever has read it and still holds by their own judgement sends it again.
    taken(&company.send(&maija, target, "/target", &[("target", "77000")]).await);
    let page = company.page(&maija, &account(QUIET)).await;
    assert_eq!(page.attributes("#target-target", "value"), ["77\u{a0}000"]);
}

#[tokio::test]
async fn of_two_who_judge_the_same_on_one_day_the_later_counts_whoever_that_is() {
    let company = Company::watched();
    let (aino, maija) = (company.log_in(AINO).await, company.log_in(MAIJA).await);
    let group =
        company.page(&aino, &account(QUIET)).await.attributes("#estimates-editor fieldset input", "name")[0]
            .clone();

    for (who, target, need, score) in [
        (&aino, "300\u{a0}000", "41\u{a0}000", "5"),
        (&maija, "77\u{a0}000", "52\u{a0}000", "2"),
        (&aino, "90\u{a0}000", "63\u{a0}000", "4"),
    ] {
        for (form, typed) in [
            ("/target", vec![("target", target)]),
            ("/estimates", vec![(group.as_str(), need)]),
            (
                "/ability",
                ["people", "offering", "processes", "relationship"].map(|name| (name, score)).to_vec(),
            ),
        ] {
            let page = company.page(who, &account(QUIET)).await;
            taken(&company.send(who, &page, form, &typed).await);
        }
        let page = company.page(who, &account(QUIET)).await;
        assert_eq!(page.attributes("#target-target", "value"), [target]);
        assert_eq!(page.attributes(&format!("#estimates-{group}"), "value"), [need]);
        assert_eq!(page.attributes("#ability-people option[selected]", "value"), [score]);
    }
}

#[tokio::test]
async fn what_was_written_about_what_is_gone_is_shown_to_be_copied() {
    let company = Company::watched();
    let (aino, maija) = (company.log_in(AINO).await, company.log_in(MAIJA).await);
    let page = company.page(&aino, &account(QUIET)).await;
    let hers = company.page(&maija, &account(QUIET)).await;
    let removal = page.attributes(".editor form[action*=removal]", "action");
    let removal = removal.iter().find(|action| action.contains("/contacts/")).unwrap();
    let contact = removal.trim_end_matches("/removal").rsplit_once("/contacts").unwrap().1;

    taken(&company.send(&maija, &hers, &format!("/contacts{contact}/removal"), &[]).await);
    let typed = [("name", "Liisa Lahti-Mäki"), ("title", "Tuotantojohtaja")];
    let changed = company.send(&aino, &page, &format!("/contacts{contact}"), &typed).await;
    // The account goes to somebody else while she writes a note.
    let eeros = id(EERO).to_string();
    let hers = company.page(&maija, &account(QUIET)).await;
    taken(&company.send(&maija, &hers, &form("owner"), &[("owner", &eeros)]).await);
    let named = company.send(&aino, &page, &form("name"), &[("name", "Hiljainen Valimo Oy")]).await;

    assert_eq!(changed.status_code(), 404);
    let written = ["liisa@example.test", "+358 40 123 4567", "Liisa Lahti-Mäki"];
    assert_eq!(Page::of(&changed).texts(".message__written"), written);
    assert_eq!(named.status_code(), 403);
    let named = Page::of(&named);
    assert_eq!(named.texts(".message__written"), ["Hiljainen Valimo Oy"]);
    assert!(named.text(".message").contains("Tämän voi tehdä vastuuhenkilö"), "{}", named.text(".message"));
}

#[tokio::test]
async fn people_there_are_added_changed_and_taken_out() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, &account(QUIET)).await;

    let wrong =
        company.send(&cookie, &page, "#contact-new-editor form", &[("name", ""), ("email", "x")]).await;
    taken(
        &company
            .send(
                &cookie,
                &page,
                "#contact-new-editor form",
                &[("name", "Ville Niemi"), ("email", "ville@valu.example")],
            )
            .await,
    );
    let liisa = format!("/contacts/{}", id(900));
    taken(&company.send(&cookie, &page, &liisa, &[("title", "johtaja")]).await);
    let stale = company.send(&cookie, &page, &liisa, &[("title", "pomo")]).await;

    let said = Page::of(&wrong).attributes("[aria-invalid=true]", "id");
    assert_eq!(said, ["contact-new-name", "contact-new-email"]);
    assert!(
        Page::of(&stale).text(".entry__now").contains("johtaja")
            || Page::of(&stale).text("[role=alert]").contains("muutti")
    );
    let page = company.page(&cookie, &account(QUIET)).await;
    let people = page.texts(".contacts > li > p:first-child");
    assert_eq!(people, ["Liisa Lahti johtaja", "Ville Niemi"]);

    taken(&company.send(&cookie, &page, &format!("{liisa}/removal"), &[]).await);
    let page = company.page(&cookie, &account(QUIET)).await;
    assert_eq!(page.texts(".contacts > li > p:first-child"), ["Ville Niemi"]);
    assert!(page.text(".timeline").contains("Liisa Lahti"), "what was done together keeps the name");
}

#[tokio::test]
async fn the_account_team_lets_its_members_work_with_the_account() {
    let company = Company::watched();
    let (aino, eero) = (company.log_in(AINO).await, company.log_in(EERO).await);
    let page = company.page(&aino, &account(QUIET)).await;
    let eeros = id(EERO).to_string();

    taken(&company.send(&aino, &page, "/team", &[("person", &eeros), ("role", "kam")]).await);
    let seen = company.page(&eero, &account(QUIET)).await;
    assert!(!seen.texts("#log").is_empty());

    let page = company.page(&aino, &account(QUIET)).await;
    assert!(page.text(".member").contains("Eero Virtanen"));
    taken(&company.send(&aino, &page, "/team/removal", &[]).await);
    let seen = company.page(&eero, &account(QUIET)).await;
    assert!(seen.texts("#log").is_empty());
}

#[tokio::test]
async fn sales_by_month_are_a_picture_and_a_table() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let page = company.page(&cookie, &account(QUIET)).await;

    assert_eq!(page.texts(".months-table tbody tr").len(), 12);
    assert_eq!(page.texts(".months .months__name").len(), 12);
    assert!(
        page.attributes(".months", "aria-label")[0].starts_with("Arvo kuukausittain: viimeiset 12 kuukautta")
    );
}

#[tokio::test]
async fn one_steps_through_the_list_one_came_from_whatever_one_tells_on_the_way() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    let list = company.page(&cookie, "/accounts?scope=all&q=oy&sort=name").await;
    let hrefs = list.attributes(".accounts__name a", "href");
    let names = list.texts(".accounts__name a");

    let first = company.page(&cookie, &hrefs[0]).await;
    assert_eq!((first.text("h1"), first.texts(".beside a[rel=prev]").len()), (names[0].clone(), 0));
    let second = company.page(&cookie, &first.attributes(".beside a[rel=next]", "href")[0]).await;
    assert_eq!(second.text("h1"), names[1]);
    assert_eq!(second.attributes(".beside a[rel=prev]", "title"), [names[0].clone()]);

    let told = company
        .send(&cookie, &second, "#fact-industry-editor form", &[("industry", "Piharakentaminen")])
        .await;
    taken(&told);
    let again = company.page(&cookie, told.headers()["location"].to_str().unwrap()).await;
    assert_eq!(fact(&again, "industry"), "Piharakentaminen");
    assert_eq!(again.attributes(".beside a[rel=next]", "title"), [names[2].clone()]);

    let wrong = company.send(&cookie, &again, "#fact-name-editor form", &[("name", "")]).await;
    assert_eq!(Page::of(&wrong).attributes(".beside a[rel=next]", "title"), [names[2].clone()]);
    let back = company.page(&cookie, &again.attributes(".beside a:not([rel])", "href")[0]).await;
    assert_eq!(back.texts(".accounts__name a"), names);
}

#[tokio::test]
async fn who_came_from_no_list_has_no_neighbours() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    assert!(company.page(&cookie, &account(QUIET)).await.texts(".beside").is_empty());
    // What is no list is the usual one.
    let page = company.page(&cookie, &format!("{}?in=%00%22%3E;drop", account(QUIET))).await;
    assert_eq!(page.attributes(".beside a:not([rel])", "href"), ["/accounts?scope=me"]);
}
