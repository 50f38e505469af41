//! What people write down themselves, on both engines: activities, and what is known and judged of an account.
#![allow(clippy::unwrap_used)]

mod activity;
mod judged;

use luotsi_app::act::By;
use luotsi_core::{account::AccountId, history::Actor, people::PersonId, units::Day};
use luotsi_store::{Store, StoreError, Value, Work, testing::both};
use uuid::Uuid;

pub const MAIJA: u128 = 1;
pub const AINO: u128 = 2;
pub const EERO: u128 = 3;
pub const SAMI: u128 = 4;
pub const LEFT: u128 = 5;
pub const AINOS: u128 = 101;
pub const EEROS: u128 = 102;
pub const LIISA: u128 = 201;

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn today() -> Day {
    day("2026-11-23")
}

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub fn account(number: u128) -> AccountId {
    AccountId(id(number))
}

pub fn person(number: u128) -> PersonId {
    PersonId(id(number))
}

pub fn by(number: u128) -> By {
    By::person(person(number), today())
}

/// A manager, two sellers below her, one of inside sales, one who left; an account of each seller, a contact at Aino's.
pub fn with_company(story: impl Fn(&Store)) {
    both(|store| {
        store.write(Actor::Demo, company).unwrap();
        story(store);
    });
}

fn company(work: &mut Work<'_>) -> Result<(), StoreError> {
    let people = [
        (MAIJA, "manager", None, true),
        (AINO, "seller", Some(MAIJA), true),
        (EERO, "seller", Some(MAIJA), true),
        (SAMI, "inside_sales", Some(MAIJA), true),
        (LEFT, "seller", Some(MAIJA), false),
    ];
    work.insert(
        "person",
        ["id", "source", "external_id", "name"],
        people.map(|(number, ..)| {
            [id(number).into(), "erp".into(), number.to_string().into(), number.to_string().into()]
        }),
    )?;
    work.insert(
        "person_version",
        ["person_id", "from_day", "role", "manager_id", "is_active"],
        people.map(|(number, role, manager, is_active)| {
            [id(number).into(), Day::MIN.into(), role.into(), manager.map(id).into(), is_active.into()]
        }),
    )?;
    let accounts = [(AINOS, AINO), (EEROS, EERO)];
    work.insert(
        "account",
        ["id", "source", "external_id", "name", "name_sort", "search_text", "edition"],
        accounts.map(|(number, _)| {
            let name = || Value::from(number.to_string());
            [id(number).into(), "erp".into(), name(), name(), name(), name(), 1_i64.into()]
        }),
    )?;
    work.insert(
        "account_external_id",
        ["source", "external_id", "account_id"],
        accounts.map(|(number, _)| ["erp".into(), number.to_string().into(), id(number).into()]),
    )?;
    work.insert(
        "account_version",
        ["account_id", "from_day", "owner_id", "is_active"],
        accounts.map(|(number, owner)| [id(number).into(), Day::MIN.into(), id(owner).into(), true.into()]),
    )?;
    work.insert(
        "contact",
        ["id", "account_id", "source", "external_id", "name"],
        [[id(LIISA).into(), id(AINOS).into(), "erp".into(), "c1".into(), "Liisa Lahti".into()]],
    )
}
