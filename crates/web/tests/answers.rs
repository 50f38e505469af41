//! Stories of answering proposals: from My day, in place, once, and with a way back.
#![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

mod cast;

use axum_test::TestResponse;
use cast::{AINO, Company, EERO, MAIJA, Page, id};
use luotsi_store::Query;

fn location(answer: &TestResponse) -> String {
    assert_eq!(answer.status_code(), 303, "{}", answer.text());
    answer.headers()["location"].to_str().unwrap().to_owned()
}

fn count(company: &Company, sql: &str) -> i64 {
    company.store.read(|reader| reader.one(sql, &[], |row| row.int(0))).unwrap().unwrap()
}

const OPEN: &str = "select count(*) from proposal where closed_on is null and state = 'open'";
const DONE: &str =
    "select count(*) from activity where source = 'luotsi' and known_until = '9999-12-31' and state = 'done'";
const PLANNED: &str = "select count(*) from activity where source = 'luotsi' and known_until = '9999-12-31' and state = 'planned'";

/// The address of the lead proposal's form that ends so.
fn lead(page: &Page, what: &str) -> String {
    let forms = page.attributes(".proposal--lead form", "action");
    forms.into_iter().find(|action| action.ends_with(what)).unwrap_or_else(|| panic!("no form {what}"))
}

fn lead_account(page: &Page) -> String {
    page.text(".proposal--lead .proposal__for a")
}

#[tokio::test]
async fn the_lead_proposal_is_done_from_my_day_and_the_next_best_moves_up() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, "/").await;
    let (first, open) = (lead_account(&page), count(&company, OPEN));

    let typed = [("note", "Puhuttiin keväästä"), ("back", "/")];
    let answer = company.send(&cookie, &page, &lead(&page, "completion"), &typed).await;
    let page = company.page(&cookie, &location(&answer)).await;

    assert_ne!(lead_account(&page), first);
    assert_eq!((count(&company, DONE), count(&company, OPEN)), (1, open - 1));
    assert!(page.text("#receipt .receipt__what").contains(&first));
    assert!(page.texts("#toast").is_empty(), "two ways back of one answer");
    assert_eq!(page.text(".results dd"), "1");
}

#[tokio::test]
async fn what_was_done_is_undone_where_it_is_told_and_the_same_proposal_is_back() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, "/").await;
    let (first, id) = (lead_account(&page), page.attributes(".proposal--lead", "id"));
    let answer = company.send(&cookie, &page, &lead(&page, "completion"), &[]).await;
    let page = company.page(&cookie, &location(&answer)).await;

    let answer = company.send(&cookie, &page, "#receipt form", &[]).await;
    let page = company.page(&cookie, &location(&answer)).await;

    assert_eq!((lead_account(&page), page.attributes(".proposal--lead", "id")), (first, id));
    assert_eq!(count(&company, DONE), 0);
    assert!(page.texts("#toast, #receipt").is_empty());
}

#[tokio::test]
async fn a_scheduled_proposal_moves_to_the_plans_and_keeps_its_agenda() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, "/").await;
    let first = lead_account(&page);

    let typed = [("day", "2026-11-25"), ("agenda", "Talven tarve")];
    let answer = company.send(&cookie, &page, &lead(&page, "acceptance"), &typed).await;
    let page = company.page(&cookie, &location(&answer)).await;

    assert_ne!(lead_account(&page), first);
    assert!(page.texts(".plan__what").iter().any(|plan| plan.contains(&first)));
    assert_eq!(count(&company, PLANNED), 1);
    let noted = "select count(*) from activity where note = 'Talven tarve'";
    assert_eq!(count(&company, noted), 1);
}

#[tokio::test]
async fn a_day_gone_by_is_told_beside_the_field_and_what_was_typed_stays() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, "/").await;

    let typed = [("day", "2026-11-20"), ("agenda", "Talven tarve")];
    let answer = company.send(&cookie, &page, &lead(&page, "acceptance"), &typed).await;

    assert_eq!(answer.status_code(), 422);
    let page = Page::of(&answer);
    assert!(page.text(".entry__error").contains("23.11."), "{}", page.text(".entry__error"));
    assert_eq!(page.text("textarea[name=agenda]"), "Talven tarve");
    assert_eq!(count(&company, PLANNED), 0);
}

#[tokio::test]
async fn what_is_put_off_waits_in_sight() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, "/").await;
    let first = lead_account(&page);

    let typed = [("until", "2026-12-07"), ("reason", "Loma")];
    let answer = company.send(&cookie, &page, &lead(&page, "snooze"), &typed).await;
    let page = company.page(&cookie, &location(&answer)).await;

    assert_eq!(page.text("#put-off .proposal__for a"), first);
    assert!(page.text("#put-off .proposal__standing").contains("7.12."));
}

#[tokio::test]
async fn a_manager_hands_a_proposal_on_and_its_new_holder_sees_it() {
    let company = Company::watched();
    let manager = company.log_in(MAIJA).await;
    let page = company.page(&manager, "/?scope=team").await;
    let (first, mine) = (lead_account(&page), id(MAIJA).to_string());

    let typed = [("to", mine.as_str()), ("back", "/?scope=team")];
    let answer = company.send(&manager, &page, &lead(&page, "delegation"), &typed).await;
    assert_eq!(location(&answer), "/?scope=team");
    let own = company.page(&manager, "/?scope=me").await;

    assert!(own.texts(".proposal__for a").contains(&first));
}

#[tokio::test]
async fn dismissing_for_another_reason_asks_for_the_reason() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, "/").await;
    let (form, open) = (lead(&page, "dismissal"), count(&company, OPEN));

    let answer = company.send(&cookie, &page, &form, &[("reason", "other")]).await;
    assert_eq!(answer.status_code(), 422);
    let again = Page::of(&answer);
    let typed = [("reason", "other"), ("note", "Asiakas lopettaa")];
    let back = location(&company.send(&cookie, &again, &form, &typed).await);

    assert_eq!(back, "/", "it leads back to where one came from");
    assert_eq!(count(&company, OPEN), open - 1);
    let kept = "select count(*) from answer where reason = 'other' and note = 'Asiakas lopettaa'";
    assert_eq!(count(&company, kept), 1);
}

#[tokio::test]
async fn what_was_dismissed_is_taken_back_in_the_accounts_history_by_whoever_did_it() {
    let company = Company::watched();
    let (aino, maija) = (company.log_in(AINO).await, company.log_in(MAIJA).await);
    let page = company.page(&aino, "/").await;
    let (form, open) = (lead(&page, "dismissal"), count(&company, OPEN));
    let proposal = form.trim_end_matches("/dismissal").to_owned();
    let account = page.attributes(".proposal--lead .proposal__for a", "href").remove(0);
    let account = account.split('?').next().unwrap();

    location(&company.send(&aino, &page, &form, &[("reason", "not_relevant")]).await);
    let closed = company.page(&aino, &proposal).await;
    let (own, others) = (company.page(&aino, account).await, company.page(&maija, account).await);
    let back = location(&company.send(&aino, &own, ".event__undo", &[]).await);

    assert!(!closed.text(".segment").contains("Luokittelematon"), "{}", closed.text(".segment"));
    assert!(others.texts(".event__undo").is_empty());
    assert_eq!((back.split('?').next().unwrap(), count(&company, OPEN)), (account, open));
}

#[tokio::test]
async fn a_double_click_answers_once() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, "/").await;
    let form = lead(&page, "completion");

    let (one, other) =
        (company.send(&cookie, &page, &form, &[]).await, company.send(&cookie, &page, &form, &[]).await);

    assert!(location(&one).starts_with("/?logged="), "{}", location(&one));
    assert_eq!(location(&one), location(&other));
    assert_eq!(count(&company, DONE), 1);
}

#[tokio::test]
async fn somebody_elses_proposal_shows_no_forms_and_takes_no_answer() {
    let company = Company::watched();
    let (aino, eero) = (company.log_in(AINO).await, company.log_in(EERO).await);
    company
        .store
        .write(luotsi_core::history::Actor::Setup, |work| {
            let sql = "update person_version set team = 'pohjoinen' where person_id = $1";
            work.execute(sql, &[id(EERO).into()]).map(drop)
        })
        .unwrap();
    let page = company.page(&aino, "/").await;
    let form = lead(&page, "dismissal");
    let address = form.trim_end_matches("/dismissal").to_owned();

    let theirs = company.page(&eero, &address).await;
    let answer = company.send(&eero, &page, &form, &[]).await;

    assert!(theirs.texts(".answer").is_empty());
    assert!(theirs.texts(".answers a").is_empty(), "a way that leads nowhere");
    assert_eq!(answer.status_code(), 403);
    assert_eq!(count(&company, "select count(*) from answer"), 0);
}

#[tokio::test]
async fn what_was_typed_into_a_proposal_that_closed_meanwhile_is_not_lost() {
    let company = Company::watched();
    let (aino, maija) = (company.log_in(AINO).await, company.log_in(MAIJA).await);
    let page = company.page(&aino, "/").await;
    let hers = company.page(&maija, &format!("/?scope={}", id(AINO))).await;
    let done = lead(&page, "completion");
    let dismissed = [("reason", "not_relevant")];
    location(&company.send(&maija, &hers, &done.replace("completion", "dismissal"), &dismissed).await);

    let agenda = [("day", "2026-11-30"), ("agenda", "Keväthankinnat ja uusi halli")];
    let planned = company.send(&aino, &page, &lead(&page, "acceptance"), &agenda).await;
    let note = [("note", "Puhuttiin keväästä"), ("minutes", "25")];
    let logged = company.send(&aino, &page, &done, &note).await;

    assert_eq!(planned.status_code(), 422);
    assert_eq!(logged.status_code(), 422);
    assert_eq!(Page::of(&planned).texts(".message__written"), ["Keväthankinnat ja uusi halli"]);
    let logged = Page::of(&logged);
    assert!(logged.text("main").contains("on sulkeutunut 23.11.: ohitettu"), "{}", logged.text("main"));
    assert_eq!(logged.text("form.log-line textarea"), "Puhuttiin keväästä");
    let line = logged.attributes("form.log-line", "action")[0].clone();
    location(&company.send(&aino, &logged, &line, &note).await);
    assert_eq!(count(&company, DONE), 1);
}

#[tokio::test]
async fn an_unknown_or_closed_proposal_says_so() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, "/").await;
    let form = lead(&page, "dismissal");
    location(&company.send(&cookie, &page, &form, &[]).await);

    let closed = company.page(&cookie, form.trim_end_matches("/dismissal")).await;

    assert!(closed.text(".empty").contains("ohitettu"), "{}", closed.text(".empty"));
    assert_eq!(company.get(&cookie, &format!("/proposals/{}", id(999))).await.status_code(), 404);
    assert_eq!(company.get(&cookie, "/proposals/x").await.status_code(), 404);
}

#[tokio::test]
async fn a_substitute_has_the_proposals_of_whoever_is_away() {
    let company = Company::watched();
    let (aino, eero) = (company.log_in(AINO).await, company.log_in(EERO).await);
    let offered = |page: &Page| {
        page.texts(".proposal:first-child form[action$='/delegation'] option")
            .contains(&"Eero Virtanen".to_owned())
    };
    let before = company.page(&aino, "/").await;
    let first = lead_account(&before);
    assert!(!offered(&before));
    let likes = company.page(&eero, "/settings/me").await;
    let own = [("language", "fi"), ("day_minutes", "90")];
    location(&company.send(&eero, &likes, "/settings/me", &own).await);
    let page = company.page(&aino, "/substitutions").await;
    let (away, substitute) = (id(AINO).to_string(), id(EERO).to_string());

    let typed = [
        ("person", away.as_str()),
        ("substitute", substitute.as_str()),
        ("from", "2026-11-23"),
        ("until", "2026-11-27"),
    ];
    location(&company.send(&aino, &page, "/substitutions", &typed).await);
    let day = company.page(&eero, "/").await;

    assert!(day.texts(".notice").iter().any(|notice| notice.contains("Aino Mäkelä")));
    assert!(day.texts(".proposal__for a").contains(&first));
    let hours = day.text("#proposals + p");
    assert!(hours.contains("aikaa 60 min"), "of 90 minutes 30 are planned: {hours}");
    assert!(offered(&company.page(&aino, "/").await), "who stands in may be handed one");

    let page = company.page(&aino, "/substitutions").await;
    location(&company.send(&aino, &page, "/end", &[]).await);
    assert!(!company.page(&eero, "/").await.texts(".proposal__for a").contains(&first));
}

#[tokio::test]
async fn a_substitution_has_days_in_order_and_in_reach() {
    let company = Company::watched();
    let cookie = company.log_in(AINO).await;
    let page = company.page(&cookie, "/substitutions").await;
    let substitute = id(EERO).to_string();

    let refused = async |from: &str, until: &str, told: &str| {
        let typed = [("substitute", substitute.as_str()), ("from", from), ("until", until)];
        let answer = company.send(&cookie, &page, "/substitutions", &typed).await;
        assert_eq!(answer.status_code(), 422);
        assert!(Page::of(&answer).text(".entry__error").contains(told), "{from} {until}");
    };
    refused("2026-11-27", "2026-11-25", "27.11.").await;
    let own = [("substitute", id(AINO).to_string()), ("until", "2026-11-01".to_owned())];
    let own: Vec<(&str, &str)> = own.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = company.send(&cookie, &page, "/substitutions", &own).await;
    assert_eq!(Page::of(&answer).texts(".entry__error").len(), 2, "all that is wrong at once");
    refused("9999-12-30", "9999-12-31", "2029").await;

    let nobody = [("substitute", ""), ("from", "2026-11-01"), ("until", "joskus")];
    let answer = company.send(&cookie, &page, "/substitutions", &nobody).await;
    assert_eq!(
        Page::of(&answer).attributes("[aria-invalid=true]", "name"),
        ["substitute", "from", "until"],
        "who is missing and what cannot be are said at once"
    );
}

#[tokio::test]
async fn nobody_is_stood_in_for_by_two_on_the_same_day() {
    let company = Company::watched();
    let cookie = company.log_in(MAIJA).await;
    let page = company.page(&cookie, "/substitutions").await;
    let (aino, eero, maija) = (id(AINO).to_string(), id(EERO).to_string(), id(MAIJA).to_string());
    let appoint = async |substitute: &str, from: &str, until: &str| {
        let typed = [("person", aino.as_str()), ("substitute", substitute), ("from", from), ("until", until)];
        company.send(&cookie, &page, "/substitutions", &typed).await
    };
    location(&appoint(&eero, "2026-11-23", "2026-11-27").await);

    let second = appoint(&maija, "2026-11-27", "2026-12-04").await;
    let after = appoint(&maija, "2026-11-28", "2026-12-04").await;

    assert_eq!(second.status_code(), 422);
    let told = Page::of(&second);
    assert_eq!(told.attributes("[aria-invalid=true]", "name"), ["from"]);
    let sentence = told.text(".entry__error");
    assert!(sentence.contains("Eero Virtanen 23.11. – 27.11."), "{sentence}");
    location(&after);
}

#[tokio::test]
async fn a_manager_sees_who_is_away_and_who_stands_in() {
    let company = Company::watched();
    let (aino, maija) = (company.log_in(AINO).await, company.log_in(MAIJA).await);
    let away = async || company.page(&maija, "/?scope=team").await.texts("th > .hint");
    let (page, eero) = (company.page(&aino, "/substitutions").await, id(EERO).to_string());
    let to_come = [("substitute", eero.as_str()), ("from", "2026-11-24"), ("until", "2026-11-30")];
    location(&company.send(&aino, &page, "/substitutions", &to_come).await);
    assert_eq!(away().await, [] as [String; 0], "still there today");

    let page = company.page(&aino, "/substitutions").await;
    location(&company.send(&aino, &page, "/end", &[]).await);
    let today = [("substitute", eero.as_str()), ("from", "2026-11-23"), ("until", "2026-11-30")];
    location(&company.send(&aino, &page, "/substitutions", &today).await);

    assert_eq!(away().await, ["poissa 30.11. asti, sijainen Eero Virtanen"]);
}

/// The addresses by which some proposals of a list are picked.
fn picks(page: &Page) -> Vec<String> {
    page.attributes("input[name=proposal]", "value")
}

fn hand(to: u128, proposals: &[String]) -> Vec<(String, String)> {
    let picked = proposals.iter().map(|proposal| ("proposal".to_owned(), proposal.clone()));
    let to = ("to".to_owned(), id(to).to_string());
    [("request".to_owned(), "r1".to_owned()), to].into_iter().chain(picked).collect()
}

#[tokio::test]
async fn a_manager_hands_several_proposals_on_at_once_and_takes_them_back() {
    let company = Company::watched();
    let (maija, aino) = (company.log_in(MAIJA).await, company.log_in(AINO).await);
    let ainos = format!("/proposals?scope={}", id(AINO));
    let day = company.page(&maija, &format!("/?scope={}", id(AINO))).await;
    assert!(day.attributes(".section-head a", "href").contains(&ainos));
    let list = company.page(&maija, &ainos).await;
    let (all, before) =
        (picks(&list), company.page(&aino, "/proposals").await.texts(".accounts__name").len());
    assert!(all.len() > 3);

    let form = hand(MAIJA, &all[..3]);
    let done = company.post(&maija, &ainos, &form).await;
    let again = company.post(&maija, &ainos, &form).await;
    assert_eq!(location(&done), location(&again));
    let page = company.page(&maija, &location(&done)).await;
    assert_eq!(page.text("#toast p"), "Ehdotukset annettu: Maija Koskela · 3 ehdotusta");
    assert_eq!(picks(&page), all[3..]);
    assert_eq!(company.page(&aino, "/proposals").await.texts(".accounts__name").len(), before - 3);

    // One of them is put off meanwhile: that stays as it is.
    let one = company.page(&maija, &format!("/proposals/{}", all[0])).await;
    let typed = [("until", "2026-12-01"), ("reason", "Loma")];
    location(&company.send(&maija, &one, "/snooze", &typed).await);
    let undone = company.send(&maija, &page, "#toast form", &[]).await;
    let told = company.page(&maija, &location(&undone)).await;
    assert!(told.text(".notice--done").contains("2 ehdotusta ennallaan"));
    assert!(told.text(".notice--late:not(#offline)").starts_with("Kumoamatta jäi 1 ehdotus"));
    let mut back = picks(&company.page(&maija, &ainos).await);
    back.sort();
    let mut expected = all[1..].to_vec();
    expected.sort();
    assert_eq!(back, expected);
}

#[tokio::test]
async fn proposals_are_handed_on_by_those_who_may_answer_them_to_those_who_may_edit_the_account() {
    let company = Company::watched();
    let (maija, aino, eero) =
        (company.log_in(MAIJA).await, company.log_in(AINO).await, company.log_in(EERO).await);
    let ainos = format!("/proposals?scope={}", id(AINO));
    let all = picks(&company.page(&maija, &ainos).await);

    // A seller sees the own ones, and cannot hand on another's.
    assert_ne!(company.page(&eero, &ainos).await.text("h1"), "Anna toiselle: Aino Mäkelä");
    let others = company.post(&eero, "/proposals?scope=me", &hand(EERO, &all[..2])).await;
    assert_eq!(others.status_code(), 403);
    // To somebody who may not edit the account: told beside the person, with what was picked.
    let unfit = company.post(&aino, "/proposals?scope=me", &hand(EERO, &all[..2])).await;
    assert_eq!(unfit.status_code(), 422);
    assert!(Page::of(&unfit).text(".picked .entry__error").starts_with("Hän ei saa muokata"));
    assert_eq!(Page::of(&unfit).attributes("input[name=proposal][checked]", "value").len(), 2);
    let accounts = |page: &Page| page.attributes(".notice--late[role=alert] a", "href");
    let named = accounts(&Page::of(&unfit));
    assert!(!named.is_empty() && named.iter().all(|href| href.starts_with("/accounts/")), "{named:?}");
    let many = Page::of(&company.post(&aino, "/proposals?scope=me", &hand(EERO, &all)).await);
    let sentence = many.text(".notice--late[role=alert]");
    assert!(sentence.starts_with("Eero Virtanen ei saa muokata näitä: "), "{sentence}");
    assert!(sentence.contains(" ja ") && sentence.ends_with(" muuta"), "{sentence}");
    assert_eq!(accounts(&many).len(), 5);
    // On the list's next page just as well.
    let mine = picks(&company.page(&aino, "/proposals?scope=me&behind=1").await);
    let unfit = company.post(&aino, "/proposals?scope=me&behind=1", &hand(EERO, &mine[..1])).await;
    let told = Page::of(&unfit);
    assert_eq!(picks(&told), mine);
    assert_eq!(told.attributes("input[name=proposal][checked]", "value"), mine[..1]);
    assert!(told.text(".picked .entry__error").starts_with("Hän ei saa muokata"));
    // Nobody picked, nothing picked.
    let nothing = company.post(&maija, &ainos, &hand(EERO, &[])).await;
    assert_eq!(nothing.status_code(), 422);
    assert!(Page::of(&nothing).text("[role=alert]").contains("ainakin yksi"));
    let nobody = company.post(&maija, &ainos, &[("proposal".to_owned(), all[0].clone())]).await;
    assert_eq!(nobody.status_code(), 422);
    let gone = company.post(&maija, &ainos, &hand(0xff, &all[..1])).await;
    assert_eq!(gone.status_code(), 422);
    assert_eq!(count(&company, "select count(*) from answer"), 0);
    assert_eq!(count(&company, "select count(*) from bulk_change"), 0);
    // Where some are his already, what was left out is named and stays picked.
    let eeros = picks(&company.page(&maija, &format!("/proposals?scope={}", id(EERO))).await);
    let some =
        company.post(&maija, "/proposals?scope=all", &hand(EERO, &[all[0].clone(), eeros[0].clone()])).await;
    let some = company.page(&maija, &location(&some)).await;
    assert!(some.text(".notice--late[role=alert]").starts_with("Antamatta jäi 1 ehdotus"));
    assert_eq!(accounts(&some).len(), 1);
    assert_eq!(some.attributes("input[name=proposal][checked]", "value"), all[..1]);
}
