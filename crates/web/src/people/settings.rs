//! The pages of the settings and the way between them.

use crate::{page::Choice, texts::Texts, web::Visit};
use luotsi_core::people::policy::{Action, Scope, scope};

/// A page of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Own,
    Strategy,
    People,
    Company,
    Start,
}

/// The pages that the viewer may open, with the one that is shown.
pub fn tabs(visit: &Visit<'_>, here: Tab) -> Vec<Choice> {
    let tab = |tab| Choice {
        label: label(tab, visit.t).to_owned(),
        href: href(tab).to_owned(),
        is_here: tab == here,
    };
    open_to(visit).into_iter().map(tab).collect()
}

/// The pages that the viewer may open.
pub fn open_to(visit: &Visit<'_>) -> Vec<Tab> {
    let may = |action| scope(visit.viewer.role, action) != Scope::Nothing;
    let pages = [
        (Tab::Own, true),
        (Tab::Strategy, true),
        (Tab::People, may(Action::ManagePeople)),
        (Tab::Company, may(Action::ManageCompany)),
        (Tab::Start, may(Action::ManageCompany)),
    ];
    pages.into_iter().filter(|(_, is_open)| *is_open).map(|(tab, _)| tab).collect()
}

pub fn label(tab: Tab, t: Texts) -> &'static str {
    match tab {
        Tab::Own => t.own_account(),
        Tab::Strategy => t.strategy(),
        Tab::People => t.people(),
        Tab::Company => t.company(),
        Tab::Start => t.start(),
    }
}

pub fn href(tab: Tab) -> &'static str {
    match tab {
        Tab::Own => "/settings/me",
        Tab::Strategy => "/settings/strategy",
        Tab::People => "/settings/people",
        Tab::Company => "/settings/company",
        Tab::Start => "/start",
    }
}
