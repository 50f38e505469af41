//! Stories of the strategy: what other thresholds would change is seen by everybody, decided by those who may.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod cast;

use cast::{AINO, Company, MAIJA, Page, QUIET, TODAY, id};
use luotsi_core::{history::Actor, units::Day};
use luotsi_store::{StoreError, testing::FreshDatabase};

const PLACE: &str = "/settings/strategy";
const NUMBERS: &str = "/settings/strategy/numbers";
const HIGH: &str = "current=9000000&potential=9000000&strategic_current=9000000&strategic_potential=9000000";
const DECIDED: [(&str, &str); 6] = [
    ("current", "60 000"),
    ("potential", "50 000"),
    ("strategic_current", "500000"),
    ("strategic_potential", "500000,50"),
    ("from", TODAY),
    ("why", "Ohjausryhmä 23.11."),
];

/// Maija becomes the process owner.
async fn decider(company: &Company) -> String {
    let store = company.store.clone();
    let made = move || {
        store.write(Actor::Demo, |work| {
            work.execute(
                "update person_version set role = 'process_owner' where person_id = $1 and from_day = $2",
                &[id(MAIJA).into(), Day::MIN.into()],
            )?;
            Ok::<_, StoreError>(())
        })
    };
    tokio::task::spawn_blocking(made).await.unwrap().unwrap();
    company.log_in(MAIJA).await
}

fn with<'a>(typed: &[(&'a str, &'a str)], name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let others = typed.iter().copied().filter(|(other, _)| *other != name);
    others.chain([(name, value)]).collect()
}

#[tokio::test]
async fn everybody_sees_who_would_move_and_nothing_is_changed_by_looking() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let plain = company.page(&cookie, PLACE).await;
    let page = company.page(&cookie, &format!("{PLACE}?{HIGH}")).await;
    let again = company.page(&cookie, PLACE).await;

    assert!(plain.text("#preview [role=status]").contains("Yksikään asiakkuus ei vaihda"));
    assert_eq!(page.texts("#preview .strategy__segments tbody tr").len(), 6);
    assert!(page.text("#preview [role=status]").contains("vaihtaa segmenttiä"));
    let movers = page.attributes(".strategy__move tbody a", "href");
    assert!(movers.contains(&format!("/accounts/{}", id(QUIET))), "{movers:?}");
    assert!(page.text(".strategy__move summary").contains('€'));
    assert_eq!(page.attributes("#strategy-current", "value"), ["9000000"]);
    assert_eq!(
        plain.attributes("#strategy-current", "value"),
        again.attributes("#strategy-current", "value")
    );
    assert!(page.text("form.strategy").contains("Strategiasta päättävät prosessin omistaja"));
    assert!(page.texts("form.strategy .button--filled").is_empty());
}

#[test]
fn both_engines_tell_the_same_of_the_strategy() {
    // PostgreSQL's connections are made and ended outside of any runtime, as the program does it.
    let sqlite = Company::watched();
    let postgres = Company::watched_on(FreshDatabase::postgres());

    tokio::runtime::Runtime::new().unwrap().block_on(compare(&sqlite, &postgres));
}

async fn compare(sqlite: &Company, postgres: &Company) {
    let (here, there) = (sqlite.log_in(AINO).await, postgres.log_in(AINO).await);
    for url in [format!("{PLACE}?{HIGH}"), "/care-models".to_owned()] {
        let (one, other) = (sqlite.page(&here, &url).await, postgres.page(&there, &url).await);
        assert_eq!(one.texts("main"), other.texts("main"), "{url}");
    }
}

#[tokio::test]
async fn everybody_who_would_move_is_reached_from_the_preview() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, &format!("{PLACE}?{HIGH}")).await;
    let largest = page.texts(".strategy__movers tbody th");
    let ways = page.attributes(".strategy__move p a", "href");
    assert!(!ways.is_empty(), "some way has more than the ten largest");

    let (mut named, mut next) = (Vec::new(), Some(ways[0].clone()));
    let line = company.page(&cookie, &ways[0]).await.text(".head__line");
    while let Some(address) = next {
        let page = company.page(&cookie, &address).await;
        named.extend(page.texts("tbody th"));
        next = page.attributes("a[rel=next]", "href").into_iter().next();
    }

    let count: usize = line.split_whitespace().next().unwrap().parse().unwrap();
    assert!(count > 10 && named.len() == count, "{line}: {}", named.len());
    assert!(largest.iter().any(|name| *name == named[0]));
    let nobody = ways[0].replace(HIGH, "current=1&potential=1&strategic_current=1&strategic_potential=1");
    for wrong in
        [format!("{PLACE}/movers"), format!("{}x", ways[0]), nobody.replace("current=1&", "current=x&")]
    {
        assert_eq!(company.get(&cookie, &wrong).await.status_code(), 404, "{wrong}");
    }
}

#[tokio::test]
async fn thresholds_are_suggested_from_the_base() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let page = company.page(&cookie, PLACE).await;

    assert!(page.text("#strategy-current-hint").contains("Luotsi ehdottaa"), "five customers are enough");
}

#[tokio::test]
async fn who_may_decides_on_a_version_with_a_start_day_and_a_why() {
    let company = Company::watched();
    let cookie = decider(&company).await;
    let page = company.page(&cookie, PLACE).await;

    let done = company.send(&cookie, &page, "form.strategy", &DECIDED).await;
    let again = company.send(&cookie, &page, "form.strategy", &DECIDED).await;
    let after = company.page(&cookie, PLACE).await;

    assert_eq!((done.status_code(), again.status_code()), (303.try_into().unwrap(), 303.try_into().unwrap()));
    assert_eq!(after.attributes("#strategy-current", "value"), ["60\u{a0}000"]);
    assert_eq!(after.texts(".decisions > li").len(), 2, "a double click decides once, after the suggestion");
    let decision = after.text(".decisions > li");
    assert!(decision.contains("Maija Koskela") && decision.contains("Ohjausryhmä 23.11."), "{decision}");
    assert!(decision.contains("→ 60 000 €"), "{decision}");
}

#[tokio::test]
async fn until_the_accounts_have_been_looked_at_with_a_new_strategy_the_page_says_so() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let before = company.page(&cookie, "/care-models").await;

    // At the command line: nothing looks at the accounts before the next watch.
    let store = company.store.clone();
    let set = move || {
        luotsi_app::strategy::set(&store, "from = 2026-12-01\nday_minutes = 200", Actor::Setup).map(drop)
    };
    tokio::task::spawn_blocking(set).await.unwrap().unwrap();
    let after = company.page(&cookie, "/care-models").await;
    let decided = company.page(&cookie, &format!("{PLACE}?saved=yes")).await;

    assert!(before.texts("main .notice[role=status]:not([hidden])").is_empty());
    assert!(after.texts("main .notice")[1].contains("Luotsi käy asiakaskantaa läpi"));
    assert_eq!(decided.text(".notice--done"), "Tallennettu.");
    assert_eq!(decided.attributes("main", "hx-trigger"), ["refresh from:body, every 2s"], "until it is over");
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once_beside_its_field() {
    let company = Company::watched();
    let cookie = decider(&company).await;
    let page = company.page(&cookie, PLACE).await;
    let wrong = with(&with(&DECIDED, "current", "paljon"), "strategic_potential", "10");

    let answer = company.send(&cookie, &page, "form.strategy", &wrong).await;

    assert_eq!(answer.status_code(), 422);
    let page = Page::of(&answer);
    assert_eq!(page.attributes("#strategy-current", "value"), ["paljon"]);
    assert_eq!(page.attributes("#strategy-why", "value"), ["Ohjausryhmä 23.11."]);
    assert_eq!(
        page.texts(".entry__error"),
        [
            "Kirjoita rahamäärä, esimerkiksi 12 000 tai 12,50.",
            "Strategisen raja ei voi olla tavallista pienempi: kirjoita vähintään 50 000 €.",
        ]
    );
    assert!(page.text("#preview").contains("Kun rajat on korjattu"), "{}", page.text("#preview"));
}

#[tokio::test]
async fn who_decides_later_is_told_what_was_decided_meanwhile_and_loses_nothing() {
    let company = Company::watched();
    let cookie = decider(&company).await;
    let page = company.page(&cookie, PLACE).await;
    company.send(&cookie, &page, "form.strategy", &DECIDED).await;

    let late = with(&with(&DECIDED, "current", "70000"), "why", "Toinen mieli");
    let answer = company.send(&cookie, &page, "form.strategy", &late).await;
    let told = Page::of(&answer);
    let knowing = company.send(&cookie, &told, "form.strategy", &[]).await;

    assert_eq!(answer.status_code(), 422);
    let notice = told.text("form .notice--late");
    assert!(notice.contains("Maija Koskela") && notice.contains("→ 60 000 €"), "{notice}");
    assert_eq!(told.attributes("#strategy-current", "value"), ["70000"]);
    assert_eq!(knowing.status_code(), 303);
}

#[tokio::test]
async fn a_threshold_nobody_touched_takes_what_was_decided_meanwhile() {
    let company = Company::watched();
    let cookie = decider(&company).await;
    let page = company.page(&cookie, PLACE).await;
    let drawn = page.attributes("#strategy-potential", "value");
    company.send(&cookie, &page, "form.strategy", &DECIDED).await;
    let mine = [("current", "70000"), ("why", "Toinen mieli")];
    let version = page.attributes("form.strategy [name=version]", "value").concat();
    let looked = company.page(&cookie, &format!("{PLACE}?version={version}&current=70000")).await;

    let answer = company.send(&cookie, &page, "form.strategy", &mine).await;
    let told = Page::of(&answer);
    let of = |name: &str| told.attributes(&format!("form.strategy [name={name}]"), "value").concat();
    let typing_on = format!("{PLACE}?version={}&since={}&current=71000", of("version"), of("since"));
    let typing_on = company.page(&cookie, &typing_on).await;
    let unaware = company.send(&cookie, &typing_on, "form.strategy", &[("why", "Toinen mieli")]).await;
    let knowing = company.send(&cookie, &told, "form.strategy", &[]).await;
    let after = company.page(&cookie, PLACE).await;

    assert_eq!(typing_on.attributes("form.strategy [name=version]", "value"), [version.as_str()]);
    assert_eq!(unaware.status_code(), 422, "what was told before one typed on is told again");
    assert_eq!(looked.attributes("form.strategy [name=version]", "value"), [version], "it only looked");
    assert_eq!(answer.status_code(), 422);
    assert_ne!(drawn, ["50\u{a0}000"]);
    assert_eq!(told.attributes("#strategy-current", "value"), ["70000"]);
    assert_eq!(told.attributes("#strategy-potential", "value"), ["50\u{a0}000"]);
    assert_eq!(told.text("#strategy-current-now"), "Nyt tallennettuna: 60 000");
    assert_eq!(knowing.status_code(), 303);
    assert_eq!(after.attributes("#strategy-current", "value"), ["70\u{a0}000"]);
    assert_eq!(after.attributes("#strategy-potential", "value"), ["50\u{a0}000"]);
}

#[tokio::test]
async fn the_other_numbers_are_looked_at_and_decided_on() {
    let company = Company::watched();
    let cookie = decider(&company).await;
    let page = company.page(&cookie, NUMBERS).await;
    let typed = [("day_minutes", "200"), ("exposures/silence", "12,5"), ("costs/kam", "80")];

    let looked = company.send(&cookie, &page, "form.strategy", &with(&typed, "act", "look")).await;
    let wrong = with(&with(&typed, "exposures/silence", "150"), "act", "decide");
    let wrong = company.send(&cookie, &page, "form.strategy", &wrong).await;
    let done = company.send(&cookie, &page, "form.strategy", &with(&typed, "act", "decide")).await;
    let after = company.page(&cookie, NUMBERS).await;

    assert_eq!(looked.status_code(), 200);
    let changes = Page::of(&looked).texts("#changes li");
    assert_eq!(changes.len(), 3, "{changes:?}");
    assert_eq!(wrong.status_code(), 422);
    assert_eq!(Page::of(&wrong).texts(".entry__error").len(), 1);
    assert_eq!(done.status_code(), 303);
    assert_eq!(after.attributes("[name='exposures/silence']", "value"), ["12,5"]);
    assert_eq!(after.attributes("[name='costs/kam']", "value"), ["80"]);
}

#[tokio::test]
async fn nobody_else_decides() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, PLACE).await;

    let refused = company.send(&cookie, &page, "form.strategy", &DECIDED).await;

    assert_eq!(refused.status_code(), 403);
    let after = company.page(&cookie, PLACE).await;
    assert_ne!(after.attributes("#strategy-current", "value"), ["60\u{a0}000"]);
    let numbers = company.page(&cookie, NUMBERS).await;
    assert!(numbers.texts("fieldset:not([disabled])").is_empty(), "read, not written");
}

#[tokio::test]
async fn care_models_are_shown_to_everybody_with_the_hours_they_ask() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;

    let page = company.page(&cookie, "/care-models").await;
    let edit = company.get(&cookie, "/care-models/growth").await;

    assert_eq!(page.texts(".models section[id^=model-]").len(), 5);
    assert!(page.text("#model-growth").contains("Käynti"), "{}", page.text("#model-growth"));
    assert!(page.attributes("#model-growth a", "href").iter().all(|href| href.starts_with("/accounts?")));
    assert!(!page.texts("#hours-title").is_empty());
    assert_eq!(edit.status_code(), 403);
}

#[tokio::test]
async fn a_care_line_is_changed_looked_at_and_decided_on() {
    let company = Company::watched();
    let cookie = decider(&company).await;
    let page = company.page(&cookie, "/care-models/retention").await;
    let typed =
        [("line-0-times", "6"), ("line-0-agenda", "Kysy rakennushankkeista"), ("why", "Kevään kiertue")];

    let looked = company.send(&cookie, &page, "form#model", &with(&typed, "act", "look")).await;
    let done = company.send(&cookie, &page, "form#model", &with(&typed, "act", "decide")).await;
    let after = company.page(&cookie, done.header("location").to_str().unwrap()).await;
    let decisions = company.page(&cookie, PLACE).await;

    assert_eq!(after.text(".notice--done"), "Tallennettu.");
    assert_eq!(looked.status_code(), 200);
    let changes = Page::of(&looked).texts("#changes li");
    assert!(changes[0].contains("4 kertaa vuodessa → 6 kertaa vuodessa"), "{changes:?}");
    assert_eq!(done.status_code(), 303);
    assert!(after.text("#model-retention").contains("6 kertaa vuodessa"));
    assert!(after.text("#model-retention").contains("Kysy rakennushankkeista"));
    assert!(decisions.text(".decisions > li").contains("Kevään kiertue"));
}

#[tokio::test]
async fn lines_come_and_go_by_buttons_and_nothing_typed_is_lost() {
    let company = Company::watched();
    let cookie = decider(&company).await;
    let page = company.page(&cookie, "/care-models/retention").await;
    let lines = page.texts(".care-line").len();

    let more = company.send(&cookie, &page, "form#model", &[("silence_days", "33"), ("act", "add")]).await;
    let more = Page::of(&more);
    let wrong = company.send(&cookie, &more, "form#model", &[("act", "decide"), ("silence_days", "0")]).await;
    let wrong = Page::of(&wrong);
    let new = format!("line-{lines}");
    let filled = [
        (format!("{new}-kind"), "call"),
        (format!("{new}-rule"), "entering"),
        (format!("{new}-times"), "2"),
        (format!("{new}-days"), "10"),
        (format!("{new}-minutes"), "20"),
    ];
    let filled: Vec<(&str, &str)> = filled.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let filled = with(&with(&filled, "silence_days", "33"), "act", "decide");
    let done = company.send(&cookie, &wrong, "form#model", &filled).await;
    let after = company.page(&cookie, "/care-models/retention").await;
    let fewer = company.send(&cookie, &after, "form#model", &[("act", "remove-0")]).await;

    assert_eq!(
        (more.texts(".care-line").len(), more.attributes("#model-silence_days", "value")[0].as_str()),
        (lines + 1, "33")
    );
    assert_eq!(wrong.texts(".entry__error").len(), 3, "{:?}", wrong.texts(".entry__error"));
    assert_eq!(done.status_code(), 303);
    assert_eq!(after.texts(".care-line").len(), lines + 1);
    assert!(
        after.texts(".care-line > legend").contains(&"Puhelu 2".to_owned()),
        "{:?}",
        after.texts(".care-line > legend")
    );
    assert_eq!(Page::of(&fewer).texts(".care-line").len(), lines);
}
