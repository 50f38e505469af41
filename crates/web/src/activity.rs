//! Writing down what was done and what is planned: one line, and what it brought with it.

mod line;
mod note;
mod one;
mod receipt;

pub use line::{FIELDS as LINE_FIELDS, LogLine, Usual, told};
pub use note::note;
pub use one::{change, one, undo};
pub use receipt::{Receipt, address as receipt_address, receipt, without_receipt};

use crate::{
    Web,
    account::{account_page, page_of},
    ask::{Ask, Ids, Wish},
    change::{Attempt, Change, Fault, Place, Reading, Sent, Wrong},
    error::WebError,
    page::{Page, Section},
    search::people_found,
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_app::{
    act::ActError,
    activity::{fulfil, log, plan},
};
use luotsi_core::{account::AccountId, activity::ActivityId, people::policy::Action};
use luotsi_store::{
    Reader,
    account::{list, page as accounts, search},
};
use serde::Deserialize;
use uuid::Uuid;

/// Accounts offered where what was typed fits several.
const OFFERED_MAX: i64 = 8;

#[derive(Default, Deserialize)]
pub struct Asked {
    account: Option<String>,
    kind: Option<String>,
    back: Option<String>,
}

#[derive(Template)]
#[template(path = "activity/new.html")]
struct NewActivity {
    page: Page,
    line: LogLine,
}

/// A page for logging with any account.
pub async fn new(State(web): State<Web>, Wish(asked): Wish<Asked>, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| {
        let usual = Usual {
            kind: asked.kind.as_deref().and_then(luotsi_core::activity::ActivityKind::parse),
            ..Usual::default()
        };
        let account = asked.account.as_deref().and_then(|id| Uuid::parse_str(id).ok());
        draw(reader, visit, &Attempt::none(), account.map(AccountId), usual, asked.back)
    })
    .await
}

/// From the page for any account, and from every page that names one in its form.
pub async fn log_any(State(web): State<Web>, sent: Sent) -> Response {
    let place = Place { page: "/activities/new".to_owned(), fields: line::FIELDS };
    let account = sent.typed.as_ref().ok().and_then(|typed| Uuid::parse_str(typed.text("account")).ok());
    let back = sent.typed.as_ref().ok().and_then(|typed| typed.opt("back")).map(str::to_owned);
    let plan = sent.typed.as_ref().ok().and_then(|typed| Uuid::parse_str(typed.text("plan")).ok());
    web.change(
        sent,
        place,
        move |change| {
            let mut reading = Reading::new(change.typed, change.visit.t);
            let account = match account {
                Some(account) => Some(AccountId(account)),
                None => meant(change, &mut reading, "account_name")?,
            };
            write(change, reading, account)
        },
        move |reader, visit, attempt| {
            let usual = Usual { plan, ..Usual::default() };
            draw(reader, visit, attempt, account.map(AccountId), usual, back)
        },
    )
    .await
}

/// From an account's own page.
pub async fn log_with(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    let id = AccountId(id);
    let place = Place { page: page_of(&sent, id), fields: line::FIELDS };
    web.change(
        sent,
        place,
        move |change| write(change, Reading::new(change.typed, change.visit.t), Some(id)),
        move |reader, visit, attempt| account_page(reader, visit, id, attempt),
    )
    .await
}

fn draw(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    attempt: &Attempt,
    account: Option<AccountId>,
    usual: Usual,
    back: Option<String>,
) -> Result<NewActivity, WebError> {
    let form = attempt.form("log", "/activities", visit.t);
    let line = match account {
        Some(account) => {
            let name = accounts::name(reader, account)?.ok_or(WebError::NotFound)?;
            LogLine::with_account(reader, visit, form, account, &name, usual)?
        }
        None => {
            let typed = form.line("account_name", visit.t.which_account(), "");
            let hits = match typed.value.trim() {
                "" => Vec::new(),
                text => found(reader, &search::words_sought(text), visit.within(Action::LogActivity))?,
            };
            LogLine::with_any(visit, form, typed, hits, usual)
        }
    };
    Ok(NewActivity {
        page: visit.page(Section::Accounts, visit.t.log_activity(), Vec::new()),
        line: LogLine { back, ..line },
    })
}

/// The account that was meant by what was typed; told beside the field where none or several fit.
pub fn meant(
    change: &Change<'_>,
    reading: &mut Reading<'_>,
    field: &'static str,
) -> Result<Option<AccountId>, Fault> {
    let t = change.visit.t;
    let text = change.typed.text(field);
    if text.is_empty() {
        reading.needed(field);
        return Ok(None);
    }
    let found = change.store.read(|reader| found(reader, &search::words_sought(text), None))?;
    let folded = search::words(text);
    let exact: Vec<_> = found.iter().filter(|row| search::words(&row.name) == folded).collect();
    match (&found[..], &exact[..]) {
        ([only], _) => return Ok(Some(only.id)),
        (_, [exact]) => return Ok(Some(exact.id)),
        ([], _) => reading.wrong(Wrong::field(field, t.account_not_found(text))),
        (_, _) => reading.wrong(Wrong::field(field, t.account_several())),
    }
    Ok(None)
}

/// Accounts found by some words, the dearest first.
fn found(
    reader: &Reader<'_>,
    words: &[String],
    within: Option<list::Within>,
) -> Result<Vec<list::ListRow>, WebError> {
    let filter = list::Filter { within, ..list::Filter::of_words(words.to_vec()) };
    if filter.words.is_empty() {
        return Ok(Vec::new());
    }
    let order = (list::Sort::CurrentValue, list::Order::Descending);
    let (_, rows) = list::page(reader, &filter, order, OFFERED_MAX, 0)?;
    Ok(rows)
}

/// Logs what was done; a day to come is a plan, and a plan that was done is done.
fn write(change: &Change<'_>, mut reading: Reading<'_>, account: Option<AccountId>) -> Result<String, Fault> {
    let (store, visit) = (change.store, change.visit);
    let told = line::told(&mut reading, visit.today);
    let Some(account) = account else { return Err(reading.end().err().unwrap_or(WebError::NotFound.into())) };
    let of_plan = change.typed.opt("plan").and_then(|plan| Uuid::parse_str(plan).ok()).map(ActivityId);
    let activity = reading.ask(change, |by| match of_plan {
        Some(of_plan) => fulfil(store, by, account, of_plan, told),
        None if visit.today < told.day => plan(store, by, account, visit.viewer.id, told),
        None => log(store, by, account, told),
    });
    let activity = match activity {
        Err(Fault::Act(ActError::Stale(_))) => return Err(Wrong::form(visit.t.plan_done_meanwhile()).into()),
        outcome => outcome?,
    };
    Ok(receipt::address(change.typed.opt("back"), account, Some(activity)))
}

#[derive(Default, Deserialize)]
pub struct Sought {
    q: Option<String>,
}

/// What completes the field for any account: at most eight, as JSON; who was found where it is somebody there.
pub async fn accounts_found(State(web): State<Web>, Wish(sought): Wish<Sought>, ask: Ask) -> Response {
    completed(web, sought, ask, |_| None).await
}

/// The same where something is to be logged: those with which the viewer may.
pub async fn accounts_to_log(State(web): State<Web>, Wish(sought): Wish<Sought>, ask: Ask) -> Response {
    completed(web, sought, ask, |visit| visit.within(Action::LogActivity)).await
}

/// With whom it was, once the account is chosen: the field that the line has from the beginning where the account is known.
pub async fn contacts_to_log(State(web): State<Web>, Wish(asked): Wish<Asked>, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| {
        let account = asked.account.as_deref().and_then(|id| Uuid::parse_str(id).ok()).map(AccountId);
        let account = account.ok_or(WebError::NotFound)?;
        accounts::name(reader, account)?.ok_or(WebError::NotFound)?;
        let form = Attempt::none().form("log", "/activities", visit.t);
        line::with_whom_there(reader, &form, visit.t, account)
    })
    .await
}

async fn completed(
    web: Web,
    sought: Sought,
    ask: Ask,
    within: fn(&Visit<'_>) -> Option<list::Within>,
) -> Response {
    let asked = web.clone();
    web.blocking(ask, move |ask| {
        let words = search::words_sought(sought.q.as_deref().unwrap_or(""));
        let (found, people) = asked.store().read(|reader| {
            let visit = asked.visit(reader, ask)?;
            let found = found(reader, &words, within(&visit))?;
            let people = people_found(reader, &words, &found)?;
            Ok::<_, WebError>((found, people))
        })?;
        let rows: Vec<serde_json::Value> = found
            .into_iter()
            .map(|row| {
                let who = people.get(&row.id);
                serde_json::json!({ "value": row.id.0.to_string(), "label": row.name, "who": who })
            })
            .collect();
        Ok(crate::answer::json(&serde_json::Value::from(rows)))
    })
    .await
}
