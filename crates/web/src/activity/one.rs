//! One activity: told otherwise, or taken back.

use super::{
    line::{self, LogLine, Usual},
    receipt,
};
use crate::{
    Web,
    account::account_page,
    ask::{Ask, Ids},
    change::{Attempt, Change, Fault, Place, Reading, Sent, Wrong},
    error::WebError,
    page::{Page, Section},
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_app::{act::ActError, activity, steering::answer::undo_activity};
use luotsi_core::{
    account::AccountId,
    activity::{ActivityId, ActivityState, Direction},
};
use luotsi_store::{
    Reader,
    account::page as accounts,
    activity::entry::{Version, believed},
};

#[derive(Template)]
#[template(path = "activity/one.html")]
struct OneActivity {
    page: Page,
    line: LogLine,
    version: String,
    /// A plan can be told to be done, right here.
    done: Option<LogLine>,
    undo_action: String,
}

pub async fn one(State(web): State<Web>, Ids([account, id]): Ids<2>, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| {
        draw(reader, visit, AccountId(account), ActivityId(id), &Attempt::none())
    })
    .await
}

pub async fn change(State(web): State<Web>, Ids([account, id]): Ids<2>, sent: Sent) -> Response {
    let (account, id) = (AccountId(account), ActivityId(id));
    let place = Place { page: address(account, id), fields: line::FIELDS };
    web.change(
        sent,
        place,
        move |change| {
            let mut reading = Reading::new(change.typed, change.visit.t);
            let told = line::told(&mut reading, change.visit.today);
            reading
                .ask(change, |by| activity::change(change.store, by, account, id, version(change), told))
                .map_err(|fault| match fault {
                    Fault::Act(error) => stale(change, error),
                    fault @ (Fault::Page(_)
                    | Fault::Wrong(_)
                    | Fault::Stale(_)
                    | Fault::Refused(_)
                    | Fault::Wait { .. }) => fault,
                })?;
            Ok(receipt::address(change.typed.opt("back"), account, None))
        },
        move |reader, visit, attempt| draw(reader, visit, account, id, attempt),
    )
    .await
}

pub async fn undo(State(web): State<Web>, Ids([account, id]): Ids<2>, sent: Sent) -> Response {
    let (account, id) = (AccountId(account), ActivityId(id));
    let place = Place { page: format!("/accounts/{}", account.0), fields: &["back"] };
    web.change(
        sent,
        place,
        move |change| {
            match undo_activity(change.store, &change.by(), account, id, version(change)) {
                // Undone already, perhaps in another tab: what was wished for is so.
                Ok(()) | Err(ActError::NotThere) => {}
                Err(error) => return Err(stale(change, error)),
            }
            Ok(receipt::address(change.typed.opt("back"), account, None))
        },
        move |reader, visit, attempt| account_page(reader, visit, account, attempt),
    )
    .await
}

fn address(account: AccountId, id: ActivityId) -> String {
    format!("/accounts/{}/activities/{}", account.0, id.0)
}

fn version(change: &Change<'_>) -> i64 {
    change.typed.text("version").parse().unwrap_or(0)
}

fn stale(change: &Change<'_>, error: ActError) -> Fault {
    match error {
        ActError::Stale(_) => Wrong::form(change.visit.t.stale_activity()).into(),
        ActError::NotThere
        | ActError::Refused(_)
        | ActError::Invalid(_)
        | ActError::OtherPayload
        | ActError::Store(_) => error.into(),
    }
}

fn draw(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    account: AccountId,
    id: ActivityId,
    attempt: &Attempt,
) -> Result<OneActivity, WebError> {
    let t = visit.t;
    let version = believed(reader, account, id)?.ok_or(WebError::NotFound)?;
    let name = accounts::name(reader, account)?.ok_or(WebError::NotFound)?;
    let title = t.change_activity_of(t.activity_kind(version.content.kind), &name);

    let form = attempt.form("activity", &address(account, id), t);
    let line = LogLine::with_account(reader, visit, form, account, &name, as_told(&version))?;
    let done = match version.content.state {
        ActivityState::Done => None,
        ActivityState::Planned => {
            let form = Attempt::none().form("done", "/activities", t);
            let usual = Usual { day: Some(visit.today), plan: Some(id.0), ..as_told(&version) };
            Some(LogLine::with_account(reader, visit, form, account, &name, usual)?)
        }
    };
    Ok(OneActivity {
        page: visit.page(Section::Accounts, &title, Vec::new()),
        line,
        version: version.number.to_string(),
        done,
        undo_action: format!("{}/undo", address(account, id)),
    })
}

fn as_told(version: &Version) -> Usual {
    let content = &version.content;
    Usual {
        kind: Some(content.kind),
        day: Some(content.day),
        minutes: Some(content.minutes.into()),
        contact: content.contact,
        is_inbound: content.direction == Some(Direction::In),
        is_unanswered: content.is_unanswered(),
        note: content.note.clone(),
        plan: None,
    }
}
