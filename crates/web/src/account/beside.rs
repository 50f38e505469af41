//! The list one came from, and who stands before and after the account in it.

use super::{
    list::{filter, listed},
    listed::Asked,
    view::AccountView,
};
use crate::{error::WebError, web::Visit};
use luotsi_core::account::AccountId;
use luotsi_store::{
    Reader,
    account::list::{Neighbour, neighbours},
};

/// Drawn at the head of an account's page.
pub struct Beside {
    pub list: String,
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
    let listed = listed(visit, &Asked::parse(list));
    let found = neighbours(reader, &filter(visit, &listed), (listed.sort, listed.order), id)?;
    // The timeline of another account is seen from its newest, narrowed down alike.
    let step = |neighbour: Neighbour| Step {
        href: AccountView { list: Some(listed.query()), ..view.first_page() }.url(neighbour.id),
        name: neighbour.name,
    };
    Ok(Some(Beside { list: listed.url(), previous: found.previous.map(step), next: found.next.map(step) }))
}
