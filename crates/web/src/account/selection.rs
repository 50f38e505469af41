//! Many accounts at once: what they are together, what would change for how many of them, and what became of it.

use super::{
    filters::active_people,
    list::{filter, listed},
    listed::Asked,
};
use crate::{
    Web,
    ask::Ask,
    change::{Attempt, Change, Fault, Field, Form, Place, Reading, Sent},
    error::WebError,
    many::fresh_undo,
    page::{Page, Section},
    parts::SegmentChip,
    texts::Texts,
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_app::{
    many::{self, Became, MANY_MAX},
    text::NOTE_MAX,
};
use luotsi_core::{
    account::AccountId,
    people::{
        PersonId, Role,
        policy::{Action, Viewer, scope},
    },
    strategy::Segment,
    units::Money,
};
use luotsi_store::{
    Reader,
    account::list::{self as accounts, ListRow},
    people::policy,
};
use uuid::Uuid;

const ACTION: &str = "/accounts/selection";
/// Named on the page; the others are counted.
const NAMED_MAX: usize = 12;
/// As many of the accounts that were left out as an address holds.
const LEFT_OUT_MAX: usize = 40;

#[derive(Template)]
#[template(path = "account/selection.html")]
pub struct Selection {
    page: Page,
    /// Not where nothing is selected.
    count_line: Option<String>,
    /// What became of the last change.
    outcome: Option<String>,
    left_out: Option<String>,
    is_cut: Option<String>,
    names: Vec<(String, String)>,
    more: Option<String>,
    segments: Vec<SegmentSum>,
    changes: Vec<Offered>,
}

impl Selection {
    /// Something can be changed: else that is said once, and no change is offered.
    fn may_change(&self) -> bool {
        self.changes.iter().any(|change| change.is_allowed)
    }
}

struct SegmentSum {
    segment: SegmentChip,
    count: String,
    current_value: String,
    potential: String,
}

/// A change with the form that makes it.
struct Offered {
    title: &'static str,
    /// For how many it would hold.
    reach: String,
    is_allowed: bool,
    what: &'static str,
    form: Form,
    fields: Vec<Field>,
    accounts: String,
    act: &'static str,
}

pub async fn selection(State(web): State<Web>, asked: Asked, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| fill(reader, visit, &asked, &Attempt::none())).await
}

fn fill(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    asked: &Asked,
    attempt: &Attempt,
) -> Result<Selection, WebError> {
    let t = visit.t;
    let (rows, is_cut) = selected(reader, visit, asked)?;
    let current: Money = rows.iter().filter_map(|row| Some(row.standing.as_ref()?.current_value)).sum();
    let count = rows.len() as i64;
    let told = |name| asked.text(name).and_then(|count| count.parse::<i64>().ok());
    let changed = told("changed");
    let named = rows.iter().take(NAMED_MAX);
    let page = visit.page(Section::Accounts, t.selection_title(), Vec::new());
    let undo = fresh_undo(reader, visit, asked.text("change"))?;
    Ok(Selection {
        page: Page { undo: undo.or(page.undo.clone()), ..page },
        count_line: (count > 0)
            .then(|| format!("{} · {} {}", t.accounts_count(count), t.current_value(), t.money(current))),
        outcome: changed.map(|count| t.selection_changed(count, told("same").unwrap_or(0))),
        left_out: told("left").filter(|left| 0 < *left).map(|left| t.selection_left_out(left)),
        is_cut: is_cut.then(|| t.selection_cut(&t.number(MANY_MAX as i64))),
        names: named.map(|row| (row.name.clone(), format!("/accounts/{}", row.id.0))).collect(),
        more: (rows.len() > NAMED_MAX).then(|| t.group_more(&t.number(count - NAMED_MAX as i64))),
        segments: segments(&rows, t),
        changes: match rows.is_empty() {
            true => Vec::new(),
            false => offered(reader, visit, &rows, attempt)?,
        },
    })
}

/// The accounts that were ticked, or all of a view, as many as are changed at once; whether there are more.
fn selected(reader: &Reader<'_>, visit: &Visit<'_>, asked: &Asked) -> Result<(Vec<ListRow>, bool), WebError> {
    if asked.text("all").is_some() {
        let listed = listed(visit, asked);
        let most = MANY_MAX as i64;
        let order = (listed.sort, listed.order);
        let (count, rows) = accounts::page(reader, &filter(visit, &listed), order, most, 0)?;
        return Ok((rows, most < count.least()));
    }
    let mut ticked = ids(asked.all("account"));
    let is_cut = MANY_MAX < ticked.len();
    ticked.truncate(MANY_MAX);
    Ok((accounts::some(reader, &ticked)?, is_cut))
}

/// Ids with points between them, given once or several times.
fn ids<'a>(given: impl Iterator<Item = &'a str>) -> Vec<AccountId> {
    let parsed = given.flat_map(|ids| ids.split('.')).filter_map(|id| Uuid::parse_str(id).ok());
    let mut ids: Vec<AccountId> = parsed.map(AccountId).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn segments(rows: &[ListRow], t: Texts) -> Vec<SegmentSum> {
    let of = |segment: Option<Segment>| {
        let held = rows
            .iter()
            .filter(move |row| row.standing.as_ref().and_then(|standing| standing.segment) == segment);
        let standings: Vec<_> = held.clone().filter_map(|row| row.standing.as_ref()).collect();
        SegmentSum {
            segment: SegmentChip::new(segment, t),
            count: t.number(held.count() as i64),
            current_value: t.money(standings.iter().map(|standing| standing.current_value).sum()),
            potential: t.money(standings.iter().filter_map(|standing| standing.potential).sum()),
        }
    };
    let is_there = |segment: &Option<Segment>| {
        rows.iter().any(|row| row.standing.as_ref().and_then(|standing| standing.segment) == *segment)
    };
    Segment::ALL.into_iter().map(Some).chain([None]).filter(is_there).map(of).collect()
}

fn offered(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    rows: &[ListRow],
    attempt: &Attempt,
) -> Result<Vec<Offered>, WebError> {
    let t = visit.t;
    let people = || active_people(visit).map(|person| (person.id.0.to_string(), person.name.clone()));
    let nobody = || [(String::new(), t.choose().to_owned())].into_iter();
    let roles = Role::ALL.map(|role| (role.name().to_owned(), t.role(role).to_owned()));
    let segments =
        Segment::ALL.map(|segment| (segment.name().to_owned(), t.segment_name(Some(segment)).to_owned()));
    let form = |what: &'static str| attempt.form(what, &format!("{ACTION}?what={what}"), t);

    let owner = form("owner");
    let team = form("team");
    let decided = form("override");
    let changes = [
        (
            t.selection_owner(),
            Action::ChangeOwner,
            "owner",
            vec![owner.choice("owner", t.new_owner(), "", nobody().chain(people()))],
            owner,
        ),
        (
            t.selection_team(),
            Action::EditTeam,
            "team",
            vec![
                team.choice("person", t.person(), "", nobody().chain(people())),
                team.choice("role", t.part_in_team(), Role::Seller.name(), roles),
            ],
            team,
        ),
        (
            t.selection_override(),
            Action::SetOverride,
            "override",
            vec![
                decided.choice("segment", t.segment(), "", nobody().chain(segments)),
                decided.line("reason", t.reason_why(), ""),
                decided.day("review", t.review_day(), visit.today.plus_months(12).to_string()),
            ],
            decided,
        ),
    ];
    let every: Vec<AccountId> = rows.iter().map(|row| row.id).collect();
    let accounts: Vec<String> = every.iter().map(|id| id.0.simple().to_string()).collect();
    let accounts = accounts.join(".");
    let viewer = Viewer { person: visit.viewer.id, role: visit.viewer.role };
    let mut offered = Vec::with_capacity(changes.len());
    for (title, action, what, fields, form) in changes {
        let may = policy::within(reader, scope(viewer.role, action), &viewer, visit.today, &every)?.len();
        offered.push(Offered {
            title,
            reach: match may {
                0 => t.selection_reaches_none().to_owned(),
                _ if may == every.len() => t.selection_reaches_all(may as i64),
                _ => t.selection_reaches(&t.number(may as i64), &t.number(every.len() as i64)),
            },
            is_allowed: may > 0,
            what,
            form,
            fields,
            accounts: accounts.clone(),
            act: t.selection_act(),
        });
    }
    Ok(offered)
}

/// Makes one of the changes for those of the accounts that the person answers for.
pub async fn change(State(web): State<Web>, asked: Asked, sent: Sent) -> Response {
    let what = asked.text("what").unwrap_or_default().to_owned();
    let accounts = match &sent.typed {
        Ok(typed) => typed.text("accounts").to_owned(),
        Err(_) => String::new(),
    };
    let page = format!("{ACTION}?account={accounts}");
    let fields = &["accounts", "owner", "person", "role", "segment", "reason", "review"];
    let again = move |reader: &Reader<'_>, visit: &Visit<'_>, attempt: &Attempt| {
        fill(reader, visit, &Asked::parse(&format!("account={accounts}")), attempt)
    };
    web.change(sent, Place { page, fields }, move |change| write(change, &what), again).await
}

fn write(change: &Change<'_>, what: &str) -> Result<String, Fault> {
    let mut reading = Reading::new(change.typed, change.visit.t);
    let wish = wish(&mut reading, what).ok_or(WebError::NotFound)?;
    let accounts = ids(change.typed.all("accounts"));
    let made = reading.ask(change, |by| many::change_all(change.store, by, &accounts, &wish))?;
    let left_out = made
        .became
        .iter()
        .filter(|(_, became)| matches!(became, Became::Refused | Became::Unfit))
        .take(LEFT_OUT_MAX)
        .map(|(id, _)| id.0.simple().to_string());
    let left_out: Vec<String> = left_out.collect();
    Ok(format!(
        "{ACTION}?changed={}&same={}&left={}&change={}&account={}",
        made.count(Became::Changed),
        made.count(Became::Unchanged),
        made.count(Became::Refused) + made.count(Became::Unfit),
        made.id,
        left_out.join(".")
    ))
}

/// `None`: no such change.
fn wish(reading: &mut Reading<'_>, what: &str) -> Option<many::Change> {
    let nobody = PersonId(Uuid::nil());
    let person = |id: &str| Uuid::parse_str(id).ok().map(PersonId);
    Some(match what {
        "owner" => many::Change::Owner(reading.chosen("owner", person).unwrap_or(nobody)),
        "team" => many::Change::TeamMember {
            person: reading.chosen("person", person).unwrap_or(nobody),
            role: reading.chosen("role", Role::parse).unwrap_or(Role::Seller),
        },
        "override" => many::Change::Override {
            segment: reading.chosen("segment", Segment::parse).unwrap_or(Segment::Efficiency),
            reason: reading.lines("reason", NOTE_MAX).unwrap_or_default(),
            review: reading.day("review"),
        },
        _ => return None,
    })
}
