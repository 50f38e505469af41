//! The list one came from, and who stands before and after the account in it.

use super::{
    list::{filter, listed},
    listed::{Asked, query},
    view::AccountView,
};
use crate::{error::WebError, scope::Scope, web::Visit};
use luotsi_core::account::AccountId;
use luotsi_store::{
    Reader,
    account::list::{Neighbour, neighbours, some},
};
use std::collections::HashSet;
use uuid::Uuid;

/// A day holds no more proposals, and an address no more accounts without growing long.
const DAY_MAX: usize = 12;

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
        return among_day(reader, visit, id, view, among, asked.text("day")).map(Some);
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

/// What the address of an account carries of a day: the accounts of its proposals in the order in which they were seen.
/// That order is kept while one goes through them, though what is done leaves the day.
pub fn of_day(scope: Scope, accounts: impl Iterator<Item = AccountId>) -> String {
    let mut seen = HashSet::new();
    let shown: Vec<String> = accounts
        .filter(|account| seen.insert(*account))
        .take(DAY_MAX)
        .map(|account| account.0.simple().to_string())
        .collect();
    query(&[("among", shown.join(".")), ("day", scope.name())])
}

fn among_day(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    id: AccountId,
    view: &AccountView,
    among: &str,
    day: Option<&str>,
) -> Result<Beside, WebError> {
    let accounts: Vec<AccountId> = among
        .split('.')
        .filter_map(|account| Uuid::parse_str(account).ok().map(AccountId))
        .take(DAY_MAX)
        .collect();
    let place = accounts.iter().position(|account| *account == id);
    let previous = place.and_then(|place| accounts.get(place.checked_sub(1)?)).copied();
    let next = place.and_then(|place| accounts.get(place + 1)).copied();
    let beside: Vec<AccountId> = previous.into_iter().chain(next).collect();
    let rows = some(reader, &beside)?;
    let step = |account: Option<AccountId>| {
        let row = rows.iter().find(|row| Some(row.id) == account)?;
        Some(Step { href: view.first_page().url(row.id), name: row.name.clone() })
    };
    let scope = day.and_then(Scope::parse).unwrap_or(Scope::Me);
    Ok(Beside {
        list: format!("/?scope={}", scope.name()),
        label: visit.t.my_day(),
        previous: step(previous),
        next: step(next),
    })
}
