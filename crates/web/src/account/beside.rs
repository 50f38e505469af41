//! The list one came from, and who stands before and after the account in it.

use super::{
    list::{filter, listed},
    listed::{Asked, query},
    view::AccountView,
};
use crate::{
    base,
    error::WebError,
    scope::Scope,
    strategy::{self, MOVERS},
    texts::Texts,
    web::Visit,
};
use luotsi_core::account::AccountId;
use luotsi_store::{
    Reader,
    account::list::{Neighbour, neighbours, some},
};
use std::collections::HashSet;
use uuid::Uuid;

/// As many as a page shows of accounts that no list holds; `LIST_MAX` has room for them.
const SHOWN_MAX: usize = 50;

/// A page that showed accounts in an order of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    Day(Scope),
    /// The customer base and the movers between segments, each with the query of its address.
    Base(String),
    Movers(String),
}

impl Shown {
    fn of(asked: &Asked) -> Self {
        let query = |name| asked.text(name).map(str::to_owned);
        match (query("base"), query("movers")) {
            (Some(base), _) => Self::Base(base),
            (None, Some(movers)) => Self::Movers(movers),
            (None, None) => Self::Day(asked.text("day").and_then(Scope::parse).unwrap_or(Scope::Me)),
        }
    }

    fn pair(&self) -> (&'static str, String) {
        match self {
            Self::Day(scope) => ("day", scope.name()),
            Self::Base(query) => ("base", query.clone()),
            Self::Movers(query) => ("movers", query.clone()),
        }
    }

    fn address(&self) -> String {
        match self {
            Self::Day(scope) => format!("/?scope={}", scope.name()),
            Self::Base(query) => format!("/base?{query}"),
            Self::Movers(query) => format!("{MOVERS}?{query}"),
        }
    }

    /// The accounts of the page before or behind this one, if there is one, with what an address carries of it.
    fn turned(
        &self,
        reader: &Reader<'_>,
        visit: &Visit<'_>,
        turn: Turn,
    ) -> Result<Option<(String, Vec<AccountId>)>, WebError> {
        let (turned, shown): (_, fn(String) -> Self) = match self {
            Self::Day(_) => return Ok(None),
            Self::Base(query) => (base::turned(reader, visit, query, turn)?, Self::Base),
            Self::Movers(query) => (strategy::turned(reader, visit, query, turn)?, Self::Movers),
        };
        Ok(turned.map(|(query, accounts)| (among(&shown(query), accounts.iter().copied()), accounts)))
    }

    fn label(&self, t: Texts) -> &'static str {
        match self {
            Self::Day(_) => t.my_day(),
            Self::Base(_) => t.whole_base(),
            Self::Movers(_) => t.thresholds(),
        }
    }
}

/// From a page to one beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Back,
    On,
}

impl Turn {
    /// The number of the page, from 1; before the first there is none.
    pub fn page(self, from: usize) -> Option<usize> {
        match self {
            Self::Back => from.checked_sub(1).filter(|page| *page > 0),
            Self::On => from.checked_add(1),
        }
    }
}

/// Drawn at the head of an account's page.
pub struct Beside {
    pub list: String,
    pub label: &'static str,
    pub previous: Option<Step>,
    pub next: Option<Step>,
}

pub struct Step {
    pub name: String,
    pub href: String,
}

/// `None`: one did not come from a list.
pub fn beside(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    id: AccountId,
    view: &AccountView,
) -> Result<Option<Beside>, WebError> {
    let Some(list) = &view.list else { return Ok(None) };
    let asked = Asked::parse(list);
    if let Some(among) = asked.text("among") {
        return among_shown(reader, visit, id, view, among, &Shown::of(&asked)).map(Some);
    }
    let listed = listed(visit, &asked);
    let found = neighbours(reader, &filter(visit, &listed), (listed.sort, listed.order), id)?;
    // The timeline of another account is seen from its newest, narrowed down alike.
    let step = |neighbour: Neighbour| Step {
        href: AccountView { list: Some(listed.query()), ..view.first_page() }.url(neighbour.id),
        name: neighbour.name,
    };
    Ok(Some(Beside {
        list: listed.url(),
        label: visit.t.beside_list(),
        previous: found.previous.map(step),
        next: found.next.map(step),
    }))
}

/// What the address of an account carries of a page: the accounts in the order in which they were seen. That order is
/// kept while one goes through them, though what is done leaves a day.
pub fn among(shown: &Shown, accounts: impl Iterator<Item = AccountId>) -> String {
    let mut seen = HashSet::new();
    let accounts: Vec<String> = accounts
        .filter(|account| seen.insert(*account))
        .take(SHOWN_MAX)
        .map(|account| account.0.simple().to_string())
        .collect();
    query(&[("among", accounts.join(".")), shown.pair()])
}

fn among_shown(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    id: AccountId,
    view: &AccountView,
    among: &str,
    shown: &Shown,
) -> Result<Beside, WebError> {
    let accounts: Vec<AccountId> = among
        .split('.')
        .filter_map(|account| Uuid::parse_str(account).ok().map(AccountId))
        .take(SHOWN_MAX)
        .collect();
    let here = |account: &AccountId| (*account, view.list.clone());
    let (previous, next) = match accounts.iter().position(|account| *account == id) {
        None => (None, None),
        Some(place) => {
            let previous = match place.checked_sub(1) {
                Some(before) => accounts.get(before).map(here),
                None => shown
                    .turned(reader, visit, Turn::Back)?
                    .and_then(|(list, accounts)| Some((*accounts.last()?, Some(list)))),
            };
            let next = match accounts.get(place + 1) {
                Some(account) => Some(here(account)),
                None if accounts.len() < SHOWN_MAX => None,
                None => shown
                    .turned(reader, visit, Turn::On)?
                    .and_then(|(list, accounts)| Some((*accounts.first()?, Some(list)))),
            };
            (previous, next)
        }
    };
    let beside: Vec<AccountId> = previous.iter().chain(&next).map(|(account, _)| *account).collect();
    let rows = some(reader, &beside)?;
    let step = |(account, list): (AccountId, Option<String>)| {
        let row = rows.iter().find(|row| row.id == account)?;
        Some(Step { href: AccountView { list, ..view.first_page() }.url(row.id), name: row.name.clone() })
    };
    Ok(Beside {
        list: shown.address(),
        label: shown.label(visit.t),
        previous: previous.and_then(step),
        next: next.and_then(step),
    })
}
