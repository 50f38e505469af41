//! Which row a told record is about: what it names is looked up, and the row that it would change is found.

use super::{Telling, Told};
use crate::act::{ActError, FieldError, Problem};
use luotsi_core::account::AccountId;
use luotsi_store::{
    Query, Value,
    listing::{self, Listed, Seen},
    recording::{Found, Named, references},
};
use uuid::Uuid;

/// Where a told record belongs.
#[derive(Debug)]
pub struct Place {
    /// The account it names.
    pub account: Option<AccountId>,
    /// The columns and values by which the row is found.
    pub key: Vec<(&'static str, Value)>,
    /// The row as it is.
    pub held: Option<Listed>,
}

impl Place {
    pub fn find(query: &impl Query, seen: Seen, telling: &Telling) -> Result<Self, ActError> {
        let place = Self::new(query, telling)?;
        let held = listing::one(query, telling.record.resource(), seen, &place.key)?;
        Ok(Self { held, ..place })
    }

    /// Of a record of which nothing is there. Fails with all the names that stand for nothing.
    pub fn new(query: &impl Query, telling: &Telling) -> Result<Self, ActError> {
        let mut unknown = Vec::new();
        let account = match telling.record.account() {
            Some(name) => {
                known(query, Named::Account, ("account", name), telling, &mut unknown)?.map(AccountId)
            }
            None => None,
        };
        let key = key(query, telling, account, &mut unknown)?;
        match unknown.is_empty() {
            true => Ok(Self { account, key, held: None }),
            false => Err(ActError::Invalid(unknown)),
        }
    }

    /// What the row holds in a column.
    pub fn held(&self, told: &Told, column: &str) -> Option<&Value> {
        let at = told.resource().shown().position(|shown| shown.name == column)?;
        self.held.as_ref()?.cells.get(at)
    }

    pub fn held_id(&self, told: &Told, column: &str) -> Option<Uuid> {
        match self.held(told, column)? {
            Value::Id(id) => Some(*id),
            Value::Null | Value::Int(_) | Value::Real(_) | Value::Text(_) | Value::Day(_) => None,
        }
    }
}

fn key(
    query: &impl Query,
    telling: &Telling,
    account: Option<AccountId>,
    unknown: &mut Vec<FieldError>,
) -> Result<Vec<(&'static str, Value)>, ActError> {
    let source = &telling.source;
    let in_source = |id: &str| vec![("source", source.as_str().into()), ("external_id", id.into())];
    let mut person = |name: Option<&str>| -> Result<Value, ActError> {
        let Some(name) = name else { return Ok(Value::Null) };
        Ok(known(query, Named::Person, ("person", name), telling, unknown)?.into())
    };
    let of_account = |others: Vec<(&'static str, Value)>| {
        [("account", account.into())].into_iter().chain(others).collect::<Vec<_>>()
    };
    Ok(match &telling.record {
        Told::Account(record) => in_source(&record.external_id),
        Told::Contact(record) => in_source(&record.external_id),
        Told::Person(record) => in_source(&record.external_id),
        Told::Product(record) => in_source(&record.external_id),
        Told::Activity(record) => in_source(&record.external_id),
        Told::Sale(row) => vec![
            ("source", source.as_str().into()),
            ("invoice", row.record.invoice.as_str().into()),
            ("line", row.line.as_str().into()),
        ],
        Told::TeamMember(record) => {
            of_account(vec![("person", person(Some(&record.person))?), ("role", record.role.name().into())])
        }
        Told::Estimate(record) => of_account(vec![
            ("group", record.group.clone().into()),
            ("estimator", record.estimator.name().into()),
            ("person", person(record.person.as_deref())?),
            ("day", record.day.into()),
        ]),
        Told::Ability(record) => {
            of_account(vec![("person", person(record.person.as_deref())?), ("day", record.day.into())])
        }
        Told::Target(record) => of_account(vec![
            ("year", record.year.into()),
            ("person", person(record.person.as_deref())?),
            ("day", record.day.into()),
        ]),
        Told::Override(record) => of_account(vec![("from", record.from.into())]),
    })
}

/// What a field's name in a record stands for; one that stands for nothing, or for several, is told.
pub fn known(
    query: &impl Query,
    named: Named,
    (field, name): (&'static str, &str),
    telling: &Telling,
    unknown: &mut Vec<FieldError>,
) -> Result<Option<Uuid>, ActError> {
    match references(query, named, &telling.source, [name])?.get(name) {
        Some(Found::One(id)) => Ok(Some(*id)),
        Some(Found::Several) | None => {
            unknown.push(FieldError { field, problem: Problem::Unknown });
            Ok(None)
        }
    }
}
