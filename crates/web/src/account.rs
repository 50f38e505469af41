//! The list of accounts, and one account: is it on course, and what is next?

mod columns;
pub mod listed;
pub mod filters;
mod saved;
pub mod list;
mod file;
mod selection;
mod one;
mod view;
mod timeline;
mod happening;
mod facts;
mod new;
mod judged;
mod there;
mod months;
mod group;
mod peek;
mod beside;
mod values;
mod why;

pub use beside::{Shown, Turn, among};
pub use facts::tell_fact;
pub use file::csv;
pub use judged::{take_ability, take_estimate, take_override, take_override_back, take_target};
pub use list::list;
pub use new::{add_account, new_account};
pub use one::{account, account_page};
pub use peek::peek;
pub use saved::{change as change_view, keep as keep_view, remove as remove_view, views};
pub use selection::{change as change_selection, selection};
pub use there::{add_a_contact, add_a_member, change_a_contact, remove_a_contact, remove_a_member};

use crate::{
    Web,
    change::{Change, Fault, Place, Sent},
};
use axum::response::Response;
use luotsi_core::account::AccountId;
use uuid::Uuid;
use view::AccountView;

/// Where an account is seen by somebody who comes from a list of this query, and may go on to the next one of it.
pub fn address_in(account: AccountId, list: Option<&str>) -> String {
    AccountView { list: list.map(str::to_owned), ..AccountView::default() }.url(account)
}

/// The page that a form of an account stands on: the form carries on its address what of the page is looked at.
pub fn page_of(sent: &Sent, id: AccountId) -> String {
    AccountView::of(&sent.ask.url).first_page().url(id)
}

/// Takes a form that stands on an account's page, and shows the page again.
async fn take(
    web: Web,
    id: Uuid,
    sent: Sent,
    fields: &'static [&'static str],
    write: impl FnOnce(&Change<'_>, AccountId) -> Result<(), Fault> + Send + 'static,
) -> Response {
    let id = AccountId(id);
    let page = page_of(&sent, id);
    web.change(
        sent,
        Place { page: page.clone(), fields },
        move |change| write(change, id).map(|()| page),
        move |reader, visit, attempt| account_page(reader, visit, id, attempt),
    )
    .await
}
