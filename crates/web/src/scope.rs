//! The scope switch: me, my team, all; in the same place on every list, and in its URL.

use crate::{page::Choice, web::Visit};
use luotsi_core::people::{PersonId, PersonNo, Role};
use luotsi_store::people::page::Whose;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Me,
    Team,
    All,
    /// One person, looked at from a list of people.
    Person(PersonId),
}

impl Scope {
    /// `me`, `team`, `all` or a person's id; anything else is none.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "me" => Some(Self::Me),
            "team" => Some(Self::Team),
            "all" => Some(Self::All),
            other => Uuid::parse_str(other).ok().map(|id| Self::Person(PersonId(id))),
        }
    }

    /// As in the URL.
    pub fn name(self) -> String {
        match self {
            Self::Me => "me".to_owned(),
            Self::Team => "team".to_owned(),
            Self::All => "all".to_owned(),
            Self::Person(person) => person.0.to_string(),
        }
    }

    pub fn whose(self, visit: &Visit<'_>) -> Whose {
        match self {
            Self::Me => Whose::Of(vec![visit.viewer.id]),
            Self::Team => Whose::Of(team(visit)),
            Self::All => Whose::Everyones,
            Self::Person(person) => Whose::Of(vec![person]),
        }
    }

    /// The switch's choices, each leading to `href` of it.
    pub fn choices(self, visit: &Visit<'_>, offered: &[Self], href: impl Fn(Self) -> String) -> Vec<Choice> {
        let label = |scope: Self| match scope {
            Self::Me | Self::Person(_) => visit.t.scope_me(),
            Self::Team => visit.t.scope_team(),
            Self::All => visit.t.scope_all(),
        };
        offered
            .iter()
            .map(|scope| Choice {
                label: label(*scope).to_owned(),
                href: href(*scope),
                is_here: *scope == self,
            })
            .collect()
    }
}

/// Whoever leads somebody sees the team; those who answer for the whole see all.
pub fn offered_for_days(visit: &Visit<'_>) -> Vec<Scope> {
    let sees_all = match visit.viewer.role {
        Role::Manager | Role::Management | Role::ProcessOwner | Role::Admin => true,
        Role::Seller | Role::Kam | Role::InsideSales | Role::Marketing | Role::Service => false,
    };
    let candidates = [(Scope::Me, true), (Scope::Team, leads_somebody(visit)), (Scope::All, sees_all)];
    candidates.into_iter().filter(|(_, is_offered)| *is_offered).map(|(scope, _)| scope).collect()
}

/// Whose day is shown where nobody's was asked for: those who steer the whole look at the whole, who leads a team at it.
pub fn first_for_days(visit: &Visit<'_>) -> Scope {
    match visit.viewer.role {
        Role::Management | Role::ProcessOwner => Scope::All,
        Role::Manager if leads_somebody(visit) => Scope::Team,
        Role::Seller
        | Role::Kam
        | Role::Manager
        | Role::InsideSales
        | Role::Marketing
        | Role::Service
        | Role::Admin => Scope::Me,
    }
}

/// Accounts are open to everybody in the company.
pub fn offered_for_accounts(visit: &Visit<'_>) -> Vec<Scope> {
    let candidates = [(Scope::Me, true), (Scope::Team, leads_somebody(visit)), (Scope::All, true)];
    candidates.into_iter().filter(|(_, is_offered)| *is_offered).map(|(scope, _)| scope).collect()
}

fn leads_somebody(visit: &Visit<'_>) -> bool {
    team(visit).len() > 1
}

/// The viewer and everybody whose chain of managers leads to the viewer.
fn team(visit: &Visit<'_>) -> Vec<PersonId> {
    let people = &visit.base.company.people;
    (0..people.people.len() as u32)
        .map(PersonNo)
        .filter(|person| {
            let viewer = visit.viewer.number;
            *person == viewer || people.leads(viewer, *person, visit.today)
        })
        .filter_map(|person| people.get(person).map(|person| person.id))
        .collect()
}

/// The active people whom the viewer leads or shares a team with, the viewer among them.
pub fn near(visit: &Visit<'_>) -> Vec<PersonId> {
    let people = &visit.base.company.people;
    (0..people.people.len() as u32)
        .map(PersonNo)
        .filter(|person| people.is_active(*person, visit.today))
        .filter(|person| people.is_near(visit.viewer.number, *person, visit.today))
        .filter_map(|person| people.get(person).map(|person| person.id))
        .collect()
}
