//! Proposals of a person or a team in one list, from which those that are picked are handed to somebody else.

use super::{Asked, StakeView, open_days, scope, stake};
use crate::{
    Web,
    account::filters::active_people,
    ask::{Ask, Wish},
    change::{Attempt, Change, Fault, Field, Form, Place, Sent, Wrong},
    error::WebError,
    many::fresh_undo,
    page::{Choice, Page, Section},
    parts::SegmentChip,
    scope::{Scope, offered_for_days},
    texts::Texts,
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_app::{
    act::ActError,
    many::{self, Became},
};
use luotsi_core::{
    account::AccountId,
    people::{
        PersonId,
        policy::{Action, Refusal, Viewer, scope as reach},
    },
    steering::{ProposalState, Side},
};
use luotsi_store::{
    Reader,
    account::page::names,
    people::policy,
    steering::{
        open_proposals_among,
        page::{OpenProposal, ProposalOrder, count_held_by, held_by},
    },
};
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

const PAGE: &str = "/proposals";
/// More than most people have; the rest come up when these are handed on, or on the next page.
const PAGE_SIZE: i64 = 100;
/// As many of the proposals that were left out as an address holds.
const LEFT_OUT_MAX: usize = 40;
/// Named on the page; the others are counted.
const NAMED_MAX: usize = 5;

#[derive(Template)]
#[template(path = "steering/handing.html")]
struct Handing {
    page: Page,
    count_line: String,
    orders: [Choice; 2],
    whose: Vec<Choice>,
    left_out: Option<LeftOut>,
    form: Form,
    /// What is wrong with what was picked.
    picked_fault: Option<String>,
    to: Field,
    names_people: bool,
    rows: Vec<Row>,
    next: Option<String>,
}

/// What could not be handed on: why, and the accounts it is about.
struct LeftOut {
    sentence: String,
    accounts: Vec<(String, String)>,
    more: Option<String>,
}

struct Row {
    id: Uuid,
    /// `None`: the viewer may not hand it on.
    pick: Option<String>,
    is_picked: bool,
    act: &'static str,
    href: String,
    account: String,
    account_href: String,
    segment: SegmentChip,
    due: String,
    is_late: bool,
    opened_on: String,
    open_for: String,
    standing: Option<String>,
    person: String,
    stake: Option<StakeView>,
}

pub async fn list(State(web): State<Web>, Wish(asked): Wish<Asked>, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| fill(reader, visit, &asked, &Attempt::none())).await
}

pub async fn hand_on(State(web): State<Web>, Wish(asked): Wish<Asked>, sent: Sent) -> Response {
    let scope = asked.scope.clone().unwrap_or_default();
    let order = order(&asked);
    let place = Place { page: address(&scope, order, offset(&asked)), fields: &["proposal+", "to"] };
    let write = move |change: &Change<'_>| write(change, &scope, order);
    web.change(sent, place, write, move |reader, visit, attempt| fill(reader, visit, &asked, attempt)).await
}

fn write(change: &Change<'_>, scope: &str, order: ProposalOrder) -> Result<String, Fault> {
    let (typed, t) = (change.typed, change.visit.t);
    let mut picked = ids(typed.all("proposal"));
    picked.sort_unstable();
    picked.dedup();
    let to = person(typed.text("to"));
    let wrong: Vec<Wrong> = [
        picked.is_empty().then(|| Wrong::field("proposal", t.hand_on_pick())),
        to.is_none().then(|| Wrong::field("to", t.choose_one())),
    ]
    .into_iter()
    .flatten()
    .collect();
    let Some(to) = to.filter(|_| wrong.is_empty()) else { return Err(Fault::Wrong(wrong)) };

    let made = many::hand_on(change.store, &change.by(), &picked, to)?;
    let left = made.count(Became::Refused) + made.count(Became::Unfit);
    if left == picked.len() {
        return Err(match made.count(Became::Refused) {
            0 => Wrong::field("to", t.hand_on_may_not()).into(),
            _ => Fault::Act(ActError::Refused(Refusal::NotYours)),
        });
    }
    let out = made.became.iter().filter(|(_, became)| matches!(became, Became::Refused | Became::Unfit));
    let out: Vec<String> = out.take(LEFT_OUT_MAX).map(|(id, _)| id.simple().to_string()).collect();
    let left = if left == 0 { String::new() } else { format!("&left={left}&out={}", out.join(".")) };
    Ok(format!("{}&change={}{left}", address(&in_scope(scope), order, 0), made.id))
}

fn ids<'a>(given: impl Iterator<Item = &'a str>) -> Vec<Uuid> {
    given.filter_map(|id| Uuid::parse_str(id).ok()).collect()
}

fn person(given: &str) -> Option<PersonId> {
    Uuid::parse_str(given).ok().map(PersonId)
}

/// How many proposals stand on the pages before this one.
fn offset(asked: &Asked) -> i64 {
    asked.behind.as_deref().and_then(|turned| turned.parse().ok()).unwrap_or(0).max(0)
}

/// As the list of accounts is ordered: behind a minus the greatest comes first.
fn order(asked: &Asked) -> ProposalOrder {
    match asked.sort.as_deref() {
        Some("-age") => ProposalOrder::Age,
        Some(_) | None => ProposalOrder::Stake,
    }
}

pub(super) fn address(scope: &str, order: ProposalOrder, offset: i64) -> String {
    let sort = match order {
        ProposalOrder::Stake => "",
        ProposalOrder::Age => "&sort=-age",
    };
    match offset {
        0 => format!("{PAGE}?scope={scope}{sort}"),
        offset => format!("{PAGE}?scope={scope}{sort}&behind={offset}"),
    }
}

/// A scope's name as it may stand in an address.
fn in_scope(scope: &str) -> String {
    Scope::parse(scope).unwrap_or(Scope::Me).name()
}

fn fill(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    asked: &Asked,
    attempt: &Attempt,
) -> Result<Handing, WebError> {
    let t = visit.t;
    let offered = offered_for_days(visit);
    let scope = scope(visit, asked, &offered);
    let whose = scope.whose(visit);
    let (order, offset) = (order(asked), offset(asked));
    let found = held_by(reader, &whose, order, PAGE_SIZE, offset)?;
    let all: i64 = count_held_by(reader, &whose)?.iter().map(|(_, count)| count).sum();
    let of_many = match scope {
        Scope::Team | Scope::All => scope,
        Scope::Me | Scope::Person(_) => offered.get(1).copied().unwrap_or(Scope::Me),
    };
    let mine = answerable(reader, visit, &found)?;
    // What could not be handed on stays picked, for another.
    let out = ids(asked.out.iter().flat_map(|out| out.split('.')).take(LEFT_OUT_MAX));
    let sent = ids(attempt.sent("proposal").into_iter());
    let left_out = match attempt.typed("to").and_then(person) {
        Some(to) => closed_to(reader, visit, &sent, to)?,
        None => left(reader, visit, asked, &out)?,
    };
    let picked: HashSet<Uuid> = sent.into_iter().chain(out).collect();

    let form = attempt.form("hand-on", &address(&scope.name(), order, offset), t);
    let nobody = (String::new(), t.choose().to_owned());
    let people = active_people(visit).map(|person| (person.id.0.to_string(), person.name.clone()));
    let to_scope = |scope: Scope| address(&scope.name(), order, 0);
    let scopes = scope.choices(visit, &offered, to_scope);
    let page = visit.page(Section::MyDay, &title(visit, scope), scopes);
    let undo = fresh_undo(reader, visit, asked.change.as_deref())?;
    let last = offset + found.len() as i64;
    Ok(Handing {
        page: Page { undo: undo.or(page.undo.clone()), ..page },
        count_line: t.hand_on_line(&t.number(found.len() as i64), &t.number(all), first(t, order)),
        orders: orders(t, scope, order),
        whose: match offered.len() {
            1 => Vec::new(),
            _ => whose_choices(visit, scope, order, &count_held_by(reader, &of_many.whose(visit))?),
        },
        left_out,
        picked_fault: form.line("proposal", "", "").error,
        to: form.choice("to", t.delegate_to(), "", [nobody].into_iter().chain(people)),
        form,
        names_people: matches!(scope, Scope::Team | Scope::All),
        rows: found
            .iter()
            .map(|proposal| row(visit, proposal, mine.contains(&proposal.account), &picked))
            .collect(),
        next: (last < all).then(|| address(&scope.name(), order, last)),
    })
}

/// The accounts of what was picked that the receiver may not edit.
fn closed_to(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    picked: &[Uuid],
    to: PersonId,
) -> Result<Option<LeftOut>, WebError> {
    let closed = many::closed_to(reader, picked, to, visit.today)?;
    let sentence = visit.t.hand_on_closed_to(&visit.person_name(Some(to)));
    Ok(match closed.is_empty() {
        true => None,
        false => Some(LeftOut::named(reader, visit.t, sentence, &closed)?),
    })
}

/// What was left out of the last change.
fn left(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    asked: &Asked,
    out: &[Uuid],
) -> Result<Option<LeftOut>, WebError> {
    let Some(count) = asked.left.as_deref().and_then(|left| left.parse().ok()) else { return Ok(None) };
    let accounts: BTreeSet<AccountId> =
        open_proposals_among(reader, out)?.values().map(|open| open.row.account).collect();
    let accounts: Vec<AccountId> = accounts.into_iter().collect();
    Ok(Some(LeftOut::named(reader, visit.t, visit.t.hand_on_left_out(count), &accounts)?))
}

impl LeftOut {
    fn named(
        reader: &Reader<'_>,
        t: Texts,
        sentence: String,
        accounts: &[AccountId],
    ) -> Result<Self, WebError> {
        let mut named: Vec<(String, String)> = names(reader, accounts)?
            .into_iter()
            .map(|(account, name)| (name, format!("/accounts/{account}")))
            .collect();
        named.sort();
        let beyond = named.len().saturating_sub(NAMED_MAX);
        named.truncate(NAMED_MAX);
        let more = (0 < beyond).then(|| t.group_more(&t.number(beyond as i64)));
        Ok(Self { sentence, accounts: named, more })
    }
}

fn first(t: Texts, order: ProposalOrder) -> &'static str {
    match order {
        ProposalOrder::Stake => t.most_at_stake_first(),
        ProposalOrder::Age => t.oldest_first(),
    }
}

fn orders(t: Texts, scope: Scope, order: ProposalOrder) -> [Choice; 2] {
    let choice = |offered: ProposalOrder, label: &str| Choice {
        label: label.to_owned(),
        href: address(&scope.name(), offered, 0),
        is_here: offered == order,
    };
    [choice(ProposalOrder::Stake, t.most_at_stake()), choice(ProposalOrder::Age, t.oldest_proposal())]
}

fn title(visit: &Visit<'_>, scope: Scope) -> String {
    match scope {
        Scope::Person(person) => visit.t.hand_on_of(&visit.person_name(Some(person))),
        Scope::Me | Scope::Team | Scope::All => visit.t.hand_on_title().to_owned(),
    }
}

/// Everybody who has proposals, those with most of them first.
fn whose_choices(
    visit: &Visit<'_>,
    scope: Scope,
    order: ProposalOrder,
    counts: &[(PersonId, i64)],
) -> Vec<Choice> {
    let mut counts = counts.to_vec();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let choice = |(person, count): &(PersonId, i64)| Choice {
        label: format!("{} {}", visit.person_name(Some(*person)), visit.t.number(*count)),
        href: address(&person.0.to_string(), order, 0),
        is_here: scope == Scope::Person(*person),
    };
    counts.iter().map(choice).collect()
}

/// The accounts whose proposals the viewer may answer.
fn answerable(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    found: &[OpenProposal],
) -> Result<HashSet<AccountId>, WebError> {
    let viewer = Viewer { person: visit.viewer.id, role: visit.viewer.role };
    let mut accounts: Vec<AccountId> = found.iter().map(|proposal| proposal.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let scope = reach(viewer.role, Action::AnswerProposal);
    Ok(policy::within(reader, scope, &viewer, visit.today, &accounts)?.into_iter().collect())
}

fn row(visit: &Visit<'_>, proposal: &OpenProposal, is_mine: bool, picked: &HashSet<Uuid>) -> Row {
    let t = visit.t;
    let act = t.act(proposal.what);
    let (side, amount) = match proposal.stake_to_gain <= proposal.stake_at_risk {
        true => (Side::AtRisk, proposal.stake_at_risk),
        false => (Side::ToGain, proposal.stake_to_gain),
    };
    let is_late = proposal.due_on < visit.today;
    Row {
        id: proposal.id,
        pick: is_mine.then(|| t.pick_proposal(act, &proposal.account_name)),
        is_picked: is_mine && picked.contains(&proposal.id),
        act,
        href: format!("{PAGE}/{}", proposal.id),
        account: proposal.account_name.clone(),
        account_href: format!("/accounts/{}", proposal.account.0),
        segment: SegmentChip::new(proposal.segment, t),
        due: match is_late {
            true => t.overdue(visit.today.days_since(proposal.due_on)),
            false => t.day(proposal.due_on),
        },
        is_late,
        opened_on: proposal.opened_on.to_string(),
        open_for: t.days(open_days(visit, proposal.opened_on)),
        standing: match proposal.state {
            ProposalState::Open => None,
            ProposalState::Planned { day, .. } => Some(t.planned_for(&t.day(day))),
            ProposalState::Snoozed { until } => Some(t.snoozed_until(&t.day(until))),
        },
        person: visit.person_name(Some(proposal.holder())),
        stake: amount.is_positive().then(|| stake(t, side, amount)),
    }
}
