//! What a page says where it has nothing to show: why, and where to go on.

use crate::{page::Choice, people::may, scope::Scope, web::Visit};
use luotsi_core::people::policy::Action;

#[derive(Default)]
pub struct Empty {
    pub title: &'static str,
    pub next: Option<String>,
    pub command: Option<&'static str>,
    pub way: Option<Choice>,
}

impl Empty {
    pub fn leading(title: &'static str, label: &str, href: &str) -> Self {
        let way = Choice { label: label.to_owned(), href: href.to_owned(), is_here: false };
        Self { title, next: None, command: None, way: Some(way) }
    }

    /// Of a scope without accounts, where nothing else kept them out: others have some, or nobody has yet.
    pub fn of_scope(visit: &Visit<'_>, scope: Scope, all_href: &str) -> Self {
        let t = visit.t;
        match scope {
            Scope::Me | Scope::Team | Scope::Person(_) => {
                Self::leading(t.accounts_none_of_yours(), t.accounts_see_all(), all_href)
            }
            Scope::All => match may(visit, Action::ManageCompany) {
                Ok(()) => Self {
                    next: Some(t.accounts_empty_way().to_owned()),
                    ..Self::leading(t.accounts_empty(), t.start(), "/start")
                },
                Err(_) => Self {
                    title: t.accounts_empty(),
                    next: Some(t.accounts_empty_theirs().to_owned()),
                    command: Some("luotsi import accounts"),
                    way: None,
                },
            },
        }
    }
}
