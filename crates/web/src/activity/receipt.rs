//! What came of writing something down: what it covers, what comes next, and a way back.

use crate::{
    change::{Attempt, Field, Form},
    error::WebError,
    web::Visit,
};
use luotsi_app::steering::picture_of;
use luotsi_core::{
    account::AccountId,
    activity::{ActivityId, ActivityState},
    care::next_step,
    steering::Picture,
};
use luotsi_store::{
    Reader,
    activity::entry::{Content, believed},
};
use uuid::Uuid;

/// Ready to be drawn by `parts/receipt.html`.
pub struct Receipt {
    pub sentence: String,
    pub account: (Uuid, String),
    /// What of the care model it covers.
    pub covers: Option<String>,
    pub undo: Undo,
    pub next: Option<NextView>,
    /// The page without it.
    pub close: String,
}

pub struct Undo {
    pub action: String,
    pub version: i64,
    pub back: Option<String>,
}

/// The next step, ready to be scheduled.
pub struct NextView {
    pub sentence: String,
    pub form: Form,
    pub kind: &'static str,
    pub minutes: u32,
    pub day: Field,
    pub agenda: String,
    pub back: String,
}

/// The address to go on to after something was written down: `back` where it is ours, else the account's page.
pub fn address(back: Option<&str>, account: AccountId, activity: Option<ActivityId>) -> String {
    let back = back.filter(|back| crate::people::is_our_path(back));
    let page = back.map_or_else(|| format!("/accounts/{}", account.0), str::to_owned);
    let page = without_receipt(&page);
    match activity {
        Some(activity) => {
            let sign = if page.contains('?') { '&' } else { '?' };
            format!("{page}{sign}logged={}.{}", account.0, activity.0)
        }
        None => page,
    }
}

/// The page's address without what it tells was written down.
pub fn without_receipt(page: &str) -> String {
    let Some((path, query)) = page.split_once('?') else { return page.to_owned() };
    let kept: Vec<&str> = query.split('&').filter(|part| !part.starts_with("logged=")).collect();
    match kept.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", kept.join("&")),
    }
}

/// What the address says was just written down; nothing when it was taken back meanwhile. `page`: where one is.
pub fn receipt(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    logged: Option<&str>,
    page: &str,
) -> Result<Option<Receipt>, WebError> {
    let Some((account, activity)) = logged.and_then(parse) else { return Ok(None) };
    let Some(version) = believed(reader, account, activity)? else { return Ok(None) };
    let Some((facts, picture)) = picture_of(reader, &visit.base, account, visit.on())? else {
        return Ok(None);
    };

    let t = visit.t;
    let content = &version.content;
    let (kind, day) = (t.activity_kind(content.kind), t.day(content.day));
    let sentence = match content.state {
        ActivityState::Done => t.logged(kind, &day),
        ActivityState::Planned => t.now_planned(kind, &day),
    };
    let next = match content.state {
        ActivityState::Done => next(visit, &picture, page),
        ActivityState::Planned => None,
    };
    Ok(Some(Receipt {
        sentence,
        account: (account.0, facts.account.name),
        covers: covers(visit, content, &picture),
        undo: Undo {
            action: match visit.undo.as_ref().filter(|undo| undo.activity == Some(activity)) {
                Some(answer) => answer.action.clone(),
                None => format!("/accounts/{}/activities/{}/undo", account.0, activity.0),
            },
            version: version.number,
            back: Some(page.to_owned()),
        },
        next,
        close: page.to_owned(),
    }))
}

fn parse(logged: &str) -> Option<(AccountId, ActivityId)> {
    let (account, activity) = logged.split_once('.')?;
    Some((AccountId(Uuid::parse_str(account).ok()?), ActivityId(Uuid::parse_str(activity).ok()?)))
}

/// The care lines that an activity of its kind counts for; where a later one counts already, it covers nothing.
fn covers(visit: &Visit<'_>, content: &Content, picture: &Picture) -> Option<String> {
    let t = visit.t;
    let lines: Vec<String> = picture
        .care
        .iter()
        .filter(|status| status.line.kinds.contains(&content.kind))
        .filter(|status| content.state == ActivityState::Planned || status.last <= content.day)
        .map(|status| t.care_line_name(&status.line.name).to_lowercase())
        .collect();
    match (lines.is_empty(), content.is_unanswered()) {
        (true, _) => None,
        (false, true) => Some(t.covers_nothing().to_owned()),
        (false, false) => picture.segment().map(|segment| t.covers(&lines.join(", "), t.model_of(segment))),
    }
}

fn next(visit: &Visit<'_>, picture: &Picture, page: &str) -> Option<NextView> {
    let step = next_step(&picture.care, visit.today, &visit.strategy().calendar)?;
    let t = visit.t;
    let form = Attempt::none().form("next-step", "/activities", t);
    Some(NextView {
        sentence: t.next_step_planned(t.activity_kind(step.kind), &t.day(step.on)),
        kind: step.kind.name(),
        minutes: step.line.line.minutes,
        day: form.day("day", t.day_done(), step.on.to_string()).unlabelled(),
        agenda: step.line.line.agenda.clone(),
        back: page.to_owned(),
        form,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_comes_back_to_where_one_was_with_one_receipt() {
        let account = AccountId(Uuid::from_u128(1));
        let activity = Some(ActivityId(Uuid::from_u128(2)));
        let logged = format!("logged={}.{}", Uuid::from_u128(1), Uuid::from_u128(2));

        let check =
            |back: Option<&str>, expected: String| assert_eq!(address(back, account, activity), expected);

        check(None, format!("/accounts/{}?{logged}", Uuid::from_u128(1)));
        check(Some("/"), format!("/?{logged}"));
        check(Some("/?scope=team&logged=x.y"), format!("/?scope=team&{logged}"));
        check(Some("https://evil.test"), format!("/accounts/{}?{logged}", Uuid::from_u128(1)));
    }
}
