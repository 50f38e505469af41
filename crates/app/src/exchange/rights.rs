//! What a person must be allowed to do for a told record to be taken in.

use super::{
    Telling, Told,
    place::{Place, known},
};
use crate::{
    act::{About, ActError, FieldError, Permit, Problem},
    import::records::ActivityRecord,
    people::edit,
};
use luotsi_core::{
    account::AccountId,
    activity::{ActivityState, Doing, right_to_tell},
    people::{PersonId, policy::Action},
};
use luotsi_store::{
    Query, Value,
    account::entry::{account_having, is_contact_of},
    people::policy,
    recording::{Found, Named, references},
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

/// Whose an account is told to become, or nobody's, where that is another than now.
pub type NewOwner = Option<Option<Uuid>>;

/// All rights: to be asked before anything else is said of the record.
pub fn check(
    query: &impl Query,
    permit: &Permit,
    telling: &Telling,
    place: &Place,
) -> Result<NewOwner, (Action, About, ActError)> {
    let needed = needed(&telling.record, place);
    for (action, about) in &needed {
        permit.also(query, *action, *about).map_err(|error| (*action, *about, error))?;
    }
    if let Told::Activity(record) = &telling.record {
        let failed = |error| (Action::LogActivity, About::Company, error);
        if let Some((before, now)) = doings(query, telling, place, record).map_err(failed)? {
            let action = right_to_tell(permit.viewer.person, before, now);
            for (_, about) in needed {
                permit.also(query, action, about).map_err(|error| (action, about, error))?;
            }
        }
    }
    let held = place.held_id(&telling.record, "id");
    let (action, about) = (Action::ChangeOwner, About::from(held.map(AccountId)));
    let failed = |error| (action, about, error);
    let owner = new_owner(query, telling, place).map_err(failed)?;
    if owner.is_some() && held.is_some() {
        permit.also(query, action, about).map_err(failed)?;
    }
    Ok(owner)
}

/// Whose an activity was believed to be, and whose it is told to be; `None`: of somebody unknown.
fn doings(
    query: &impl Query,
    telling: &Telling,
    place: &Place,
    record: &ActivityRecord,
) -> Result<Option<(Option<Doing>, Doing)>, ActError> {
    let state = match place.held(&telling.record, "state") {
        Some(Value::Text(state)) => ActivityState::parse(state),
        Some(Value::Null | Value::Int(_) | Value::Real(_) | Value::Id(_) | Value::Day(_)) | None => None,
    };
    let held = place.held_id(&telling.record, "person").map(PersonId);
    let before = state.map(|state| Doing { person: held, state });
    let now = |person| (before, Doing { person, state: record.state });
    Ok(match &record.person {
        None => Some(now(None)),
        Some(name) => person(query, telling, "person", name)?.map(|person| now(Some(PersonId(person)))),
    })
}

/// Giving an account to somebody else, or to nobody, is a right of its own; `None`: it stays as it is, or is told to be
/// somebody unknown's.
fn new_owner(query: &impl Query, telling: &Telling, place: &Place) -> Result<NewOwner, ActError> {
    match &telling.record {
        Told::Account(record) if telling.tells("owner") => {
            let owner = match &record.owner {
                Some(name) => match person(query, telling, "owner", name)? {
                    Some(owner) => Some(owner),
                    None => return Ok(None),
                },
                None => None,
            };
            Ok(Some(owner).filter(|owner| place.held_id(&telling.record, "owner") != *owner))
        }
        Told::Account(_)
        | Told::Contact(_)
        | Told::TeamMember(_)
        | Told::Activity(_)
        | Told::Sale(_)
        | Told::Estimate(_)
        | Told::Ability(_)
        | Told::Target(_)
        | Told::Override(_)
        | Told::Person(_)
        | Told::Product(_) => Ok(None),
    }
}

/// What is wrong with the record among the others: nobody is given anything who does not work here, no two accounts are
/// the same company, nobody of another customer is talked with about this one, and people keep their house in order.
pub fn misfits(
    query: &impl Query,
    permit: &Permit,
    telling: &Telling,
    place: &Place,
    owner: NewOwner,
) -> Result<Vec<FieldError>, ActError> {
    match &telling.record {
        Told::Account(record) => {
            let mut wrong = works_here(query, permit, "owner", owner.flatten())?;
            wrong.extend(id_of_another(query, telling, place, record.business_id.as_deref())?);
            Ok(wrong)
        }
        Told::TeamMember(record) if record.until.is_none_or(|until| permit.today <= until) => {
            let person = person(query, telling, "person", &record.person)?;
            works_here(query, permit, "person", person)
        }
        Told::Activity(record) => contact_of_the_account(query, telling, place, record.contact.as_deref()),
        Told::Person(record) => {
            let of = place.held_id(&telling.record, "id").map(PersonId);
            let manager = match &record.manager {
                Some(name) => person(query, telling, "manager", name)?.map(PersonId),
                None => None,
            };
            edit::misfits(query, permit, of, record, manager)
        }
        Told::Contact(_)
        | Told::TeamMember(_)
        | Told::Sale(_)
        | Told::Estimate(_)
        | Told::Ability(_)
        | Told::Target(_)
        | Told::Override(_)
        | Told::Product(_) => Ok(Vec::new()),
    }
}

/// The names in a record that stand for nothing, which whoever takes it in would tell one by one.
pub fn unknown(query: &impl Query, telling: &Telling) -> Result<Vec<FieldError>, ActError> {
    let (account, person) = (Named::Account, Named::Person);
    let names = match &telling.record {
        Told::Account(record) => vec![(person, "owner", &record.owner), (account, "parent", &record.parent)],
        Told::Activity(record) => vec![(person, "person", &record.person)],
        Told::Person(record) => vec![(person, "manager", &record.manager)],
        // Of the others the place is looked up first, and they name one thing more at most.
        Told::Contact(_)
        | Told::TeamMember(_)
        | Told::Sale(_)
        | Told::Estimate(_)
        | Told::Ability(_)
        | Told::Target(_)
        | Told::Override(_)
        | Told::Product(_) => Vec::new(),
    };
    let mut unknown = Vec::new();
    for (named, field, name) in names {
        if let Some(name) = name.as_deref().filter(|_| telling.tells(field)) {
            known(query, named, (field, name), telling, &mut unknown)?;
        }
    }
    Ok(unknown)
}

/// The person that a field names; `None`: nobody is of that name.
fn person(
    query: &impl Query,
    telling: &Telling,
    field: &'static str,
    name: &str,
) -> Result<Option<Uuid>, ActError> {
    known(query, Named::Person, (field, name), telling, &mut Vec::new())
}

fn works_here(
    query: &impl Query,
    permit: &Permit,
    field: &'static str,
    person: Option<Uuid>,
) -> Result<Vec<FieldError>, ActError> {
    let Some(person) = person else { return Ok(Vec::new()) };
    match policy::viewer(query, PersonId(person), permit.today)? {
        Some(_) => Ok(Vec::new()),
        None => Ok(vec![FieldError { field, problem: Problem::NotActive }]),
    }
}

/// A business id is one company's. What came from a file may say otherwise: one that is kept is not asked about again.
fn id_of_another(
    query: &impl Query,
    telling: &Telling,
    place: &Place,
    business_id: Option<&str>,
) -> Result<Option<FieldError>, ActError> {
    let Some(id) = business_id else { return Ok(None) };
    if place.held(&telling.record, "business_id") == Some(&Value::Text(id.to_owned())) {
        return Ok(None);
    }
    let own = place.held_id(&telling.record, "id").map(AccountId);
    let other = account_having(query, id, own)?;
    Ok(other.map(|account| FieldError { field: "business_id", problem: Problem::TakenBy { account } }))
}

fn contact_of_the_account(
    query: &impl Query,
    telling: &Telling,
    place: &Place,
    contact: Option<&str>,
) -> Result<Vec<FieldError>, ActError> {
    let Some(contact) = contact else { return Ok(Vec::new()) };
    let unknown = vec![FieldError { field: "contact", problem: Problem::Unknown }];
    let (Some(Found::One(contact)), Some(account)) =
        (references(query, Named::Contact, &telling.source, [contact])?.get(contact).copied(), place.account)
    else {
        return Ok(unknown);
    };
    Ok(if is_contact_of(query, contact, account)? { Vec::new() } else { unknown })
}
