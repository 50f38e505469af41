//! What a person must be allowed to do for a told record to be taken in.

use super::{
    Telling, Told,
    place::{Place, find},
};
use crate::act::{About, ActError, Permit, Problem};
use luotsi_core::{
    account::AccountId,
    people::{PersonId, policy::Action},
    units::Day,
};
use luotsi_store::{
    Query, Value,
    listing::{self, CONTACTS},
    people::policy,
    recording::Named,
};
use uuid::Uuid;

/// The rights asked for, the first of them for what the record is mainly about. What it would take from another
/// account needs the same right there.
pub fn needed(told: &Told, place: &Place) -> Vec<(Action, About)> {
    let action = match told {
        Told::Account(_) => {
            return match place.held_id(told, "id") {
                Some(id) => vec![(Action::EditAccount, AccountId(id).into())],
                None => vec![(Action::CreateAccount, About::Company)],
            };
        }
        Told::Person(_) => return vec![(Action::ManagePeople, About::Company)],
        Told::Product(_) | Told::Sale(_) => return vec![(Action::ManageCompany, About::Company)],
        Told::Contact(_) => Action::EditContacts,
        Told::TeamMember(_) => Action::EditTeam,
        Told::Activity(_) => Action::LogActivity,
        Told::Estimate(_) | Told::Ability(_) => Action::Estimate,
        Told::Target(_) => Action::SetTarget,
        Told::Override(_) => Action::SetOverride,
    };
    let held = place.held_id(told, "account").map(AccountId).filter(|held| Some(*held) != place.account);
    place.account.into_iter().chain(held).map(|account| (action, About::Account(account))).collect()
}

/// All rights and all that people give each other: to be asked before anything is written.
pub fn check(
    query: &impl Query,
    permit: &Permit,
    telling: &Telling,
    place: &Place,
) -> Result<(), (Action, About, ActError)> {
    let told = &telling.record;
    let needed = needed(told, place);
    for (action, about) in &needed {
        permit.also(query, *action, *about).map_err(|error| (*action, *about, error))?;
    }
    let (action, about) = needed.first().copied().unwrap_or((Action::ReadAccount, About::Company));
    match told {
        Told::Account(record) if telling.tells("owner") => {
            let owner = record.owner.as_deref();
            new_owner(query, permit, telling, place, owner)
                .map_err(|error| (Action::ChangeOwner, about, error))
        }
        Told::Activity(record) => contact_of_the_account(query, telling, place, record.contact.as_deref())
            .map_err(|error| (action, about, error)),
        Told::Person(record) => {
            let is_self = place.held_id(told, "id") == Some(permit.viewer.person.0);
            let role =
                telling.tells("role").then_some(record.role).filter(|role| *role != permit.viewer.role);
            let raises = is_self && (role.is_some() || (telling.tells("active") && !record.is_active));
            match raises {
                true => Err((action, about, ActError::invalid("role", Problem::OwnRights))),
                false => Ok(()),
            }
        }
        Told::Account(_)
        | Told::Contact(_)
        | Told::TeamMember(_)
        | Told::Sale(_)
        | Told::Estimate(_)
        | Told::Ability(_)
        | Told::Target(_)
        | Told::Override(_)
        | Told::Product(_) => Ok(()),
    }
}

/// Giving an account to somebody else is a right of its own, and nobody gets one who does not work here.
fn new_owner(
    query: &impl Query,
    permit: &Permit,
    telling: &Telling,
    place: &Place,
    owner: Option<&str>,
) -> Result<(), ActError> {
    let told = &telling.record;
    let owner = owner.map(|name| find(query, Named::Person, "owner", &telling.source, name)).transpose()?;
    if place.held.is_some() && place.held_id(told, "owner") == owner {
        return Ok(());
    }
    if let Some(id) = place.held_id(told, "id") {
        permit.also(query, Action::ChangeOwner, AccountId(id))?;
    }
    match owner.map(PersonId) {
        Some(owner) if policy::viewer(query, owner, permit.today)?.is_none() => {
            Err(ActError::invalid("owner", Problem::NotActive))
        }
        Some(_) | None => Ok(()),
    }
}

/// Somebody of another customer is not talked with about this one.
fn contact_of_the_account(
    query: &impl Query,
    telling: &Telling,
    place: &Place,
    contact: Option<&str>,
) -> Result<(), ActError> {
    let Some(contact) = contact else { return Ok(()) };
    let contact: Uuid = find(query, Named::Contact, "contact", &telling.source, contact)?;
    let of_account = [("id", Value::from(contact)), ("account", place.account.into())];
    match listing::one(query, &CONTACTS, Day::MIN, &of_account)? {
        Some(_) => Ok(()),
        None => Err(ActError::invalid("contact", Problem::Unknown)),
    }
}
