//! The history of what was changed of many at once: each change with whom it changed, and the way back.

use crate::{
    Web,
    ask::{Ask, Ids, Wish},
    change::{Attempt, Change, Form, Place, Sent},
    error::WebError,
    page::{Page, Section, Undo},
    scope::{Scope, offered_for_accounts},
    texts::Texts,
    web::{UNDO_SECONDS, Visit},
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_app::{
    many::{reach, take_back},
    today,
};
use luotsi_core::{account::AccountId, people::policy::Viewer, strategy::Segment};
use luotsi_store::{
    Reader,
    many::{self, BulkChange, Kind, PartOutcome},
};
use serde::Deserialize;
use uuid::Uuid;

const PAGE_SIZE: i64 = 50;
/// Named on a change's page; the others are counted.
const NAMED_MAX: i64 = 100;

#[derive(Template)]
#[template(path = "many/changes.html")]
struct Changes {
    page: Page,
    rows: Vec<Row>,
    next: Option<String>,
}

struct Row {
    id: String,
    href: String,
    day: String,
    what: String,
    person: String,
    count: String,
    state: String,
}

#[derive(Template)]
#[template(path = "many/change.html")]
pub struct OneChange {
    page: Page,
    made: String,
    reason: Option<String>,
    undone: Option<String>,
    left: Vec<String>,
    undo: Option<(Form, String)>,
    not_yours: bool,
    accounts_title: String,
    accounts: Vec<Named>,
    more: Option<String>,
}

struct Named {
    href: String,
    name: String,
    note: Option<&'static str>,
}

#[derive(Default, Deserialize)]
pub struct Asked {
    scope: Option<String>,
    after: Option<String>,
}

pub async fn changes(State(web): State<Web>, Wish(asked): Wish<Asked>, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| fill(reader, visit, &asked)).await
}

fn fill(reader: &Reader<'_>, visit: &Visit<'_>, asked: &Asked) -> Result<Changes, WebError> {
    let t = visit.t;
    let offered = offered_for_accounts(visit);
    let wished = asked.scope.as_deref().and_then(Scope::parse);
    let scope = wished.filter(|scope| offered.contains(scope)).unwrap_or(Scope::Me);
    let after = asked.after.as_deref().and_then(|after| after.parse::<i64>().ok()).unwrap_or(0).max(0);
    let found = many::changes(reader, &scope.whose(visit), PAGE_SIZE + 1, after)?;
    let scopes = scope.choices(visit, &offered, |scope| format!("/changes?scope={}", scope.name()));
    let next = (PAGE_SIZE < found.len() as i64)
        .then(|| format!("/changes?scope={}&after={}", scope.name(), after + PAGE_SIZE));
    Ok(Changes {
        page: visit.page(Section::Accounts, t.changes_title(), scopes),
        rows: found.iter().take(PAGE_SIZE as usize).map(|change| row(visit, change)).collect(),
        next,
    })
}

fn row(visit: &Visit<'_>, change: &BulkChange) -> Row {
    let t = visit.t;
    Row {
        id: format!("change-{}", change.id),
        href: format!("/changes/{}", change.id),
        day: t.day(change.on),
        what: sentence(visit, &change.kind),
        person: visit.person_name(Some(change.person)),
        count: counted(t, &change.kind, change.parts),
        state: match change.taken_back {
            None => t.change_holds().to_owned(),
            Some(taken) => {
                t.change_taken_back(&t.date(taken.on), &t.number(taken.given_back), &t.number(change.parts))
            }
        },
    }
}

/// What was changed, in words.
fn sentence(visit: &Visit<'_>, kind: &Kind) -> String {
    let t = visit.t;
    let name = visit.person_name(kind.to());
    match kind {
        Kind::Owner { .. } => t.change_owner(&name),
        Kind::Team { role, .. } => t.change_team(&name, &t.role(*role).to_lowercase()),
        Kind::Override { segment, .. } => t.change_override(&segment_word(t, *segment)),
        Kind::Delegation { .. } => t.change_delegation(&name),
    }
}

fn segment_word(t: Texts, segment: Segment) -> String {
    t.segment_name(Some(segment)).to_lowercase()
}

fn counted(t: Texts, kind: &Kind, count: i64) -> String {
    match kind {
        Kind::Owner { .. } | Kind::Team { .. } | Kind::Override { .. } => t.change_accounts(count),
        Kind::Delegation { .. } => t.change_proposals(count),
    }
}

pub async fn one(State(web): State<Web>, Ids([id]): Ids<1>, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| draw(reader, visit, id, &Attempt::none())).await
}

fn draw(reader: &Reader<'_>, visit: &Visit<'_>, id: Uuid, attempt: &Attempt) -> Result<OneChange, WebError> {
    let t = visit.t;
    let change = many::change(reader, id)?.ok_or(WebError::NotFound)?;
    let counted = |count| counted(t, &change.kind, count);
    let named = many::named_parts(reader, id, NAMED_MAX)?;
    let mine = open_to(reader, visit, &change)?;
    let came_to = many::outcomes(reader, id)?;
    let of = |wanted| came_to.iter().find(|(outcome, _)| *outcome == wanted).map_or(0, |(_, count)| *count);
    let settled: i64 = came_to.iter().map(|(_, count)| count).sum();
    let others = change.parts - settled - mine;
    let left = [
        (of(PartOutcome::ChangedSince), t.change_left_changed(&counted(of(PartOutcome::ChangedSince)))),
        (of(PartOutcome::Unfit), t.change_left_unfit(&counted(of(PartOutcome::Unfit)))),
        (others, t.change_left_others(&counted(others))),
    ];
    let form = attempt.form("undo", &format!("/changes/{id}/undo"), t);
    Ok(OneChange {
        page: visit.page(Section::Accounts, &sentence(visit, &change.kind), Vec::new()),
        made: format!("{} · {}", t.day(change.on), visit.person_name(Some(change.person))),
        reason: match &change.kind {
            Kind::Override { reason, .. } => reason.clone(),
            Kind::Owner { .. } | Kind::Team { .. } | Kind::Delegation { .. } => None,
        },
        undone: change.taken_back.map(|taken| {
            let by = visit.person_name(Some(taken.by));
            t.change_undone(&t.date(taken.on), &by, &counted(taken.given_back))
        }),
        left: match change.taken_back {
            Some(_) => left.into_iter().filter(|(count, _)| *count > 0).map(|(_, told)| told).collect(),
            None => Vec::new(),
        },
        undo: (mine > 0).then(|| (form, t.change_undo_some(&counted(mine)))),
        not_yours: mine == 0 && change.taken_back.is_none(),
        accounts_title: counted(change.parts),
        accounts: named
            .iter()
            .map(|part| Named {
                href: format!("/accounts/{}", part.account.0),
                name: part.name.clone(),
                note: part.outcome.map(|outcome| t.part_outcome(outcome)),
            })
            .collect(),
        more: (NAMED_MAX < change.parts).then(|| t.group_more(&t.number(change.parts - NAMED_MAX))),
    })
}

/// How many parts of a change the viewer may still take back.
fn open_to(reader: &Reader<'_>, visit: &Visit<'_>, change: &BulkChange) -> Result<i64, WebError> {
    let open: Vec<AccountId> = many::open_parts(reader, change.id)?.iter().map(|part| part.account).collect();
    let viewer = Viewer { person: visit.viewer.id, role: visit.viewer.role };
    let reached = reach(reader, &viewer, visit.today, change, &open)?;
    Ok(open.iter().filter(|account| reached.contains(account)).count() as i64)
}

impl Texts {
    fn part_outcome(self, outcome: PartOutcome) -> &'static str {
        match outcome {
            PartOutcome::GivenBack => self.part_given_back(),
            PartOutcome::ChangedSince => self.part_changed_since(),
            PartOutcome::Unfit => self.part_unfit(),
        }
    }
}

pub async fn undo(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    let place = Place { page: format!("/changes/{id}"), fields: &["back"] };
    let write = move |change: &Change<'_>| {
        take_back(change.store, &change.by(), id)?;
        Ok(format!("/changes/{id}"))
    };
    web.change(sent, place, write, move |reader, visit, attempt| draw(reader, visit, id, attempt)).await
}

/// The way back of the change that the viewer has just made, for the page on which its form ends up.
pub fn fresh_undo(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    id: Option<&str>,
) -> Result<Option<Undo>, WebError> {
    let Some(id) = id.and_then(|id| Uuid::parse_str(id).ok()) else { return Ok(None) };
    let Some(change) = many::change(reader, id)? else { return Ok(None) };
    let age = today::now() - change.recorded_at;
    let is_fresh =
        change.person == visit.viewer.id && change.taken_back.is_none() && age < UNDO_SECONDS * 1_000_000;
    let counted = counted(visit.t, &change.kind, change.parts);
    Ok(is_fresh.then(|| Undo {
        sentence: format!("{} · {counted}", sentence(visit, &change.kind)),
        action: format!("/changes/{id}/undo"),
        activity: None,
    }))
}
