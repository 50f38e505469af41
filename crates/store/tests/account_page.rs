//! What an account's page shows of its group of companies.
#![allow(clippy::unwrap_used)]

use luotsi_core::{account::AccountId, history::Actor, units::Day};
use luotsi_store::{Store, StoreError, Value, Work, account::page::group, testing::both};
use uuid::Uuid;

fn account(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(number))
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Below 1 stand 2 and 3, below 3 stands 4; on the last day 2 stands below nobody, and 1 below 4.
fn companies(work: &mut Work<'_>) -> Result<(), StoreError> {
    work.insert(
        "account",
        ["id", "source", "external_id", "name", "name_sort", "search_text", "edition"],
        [1_u128, 2, 3, 4].map(|number| {
            let name: Value = format!("yhtiö {number}").into();
            [
                account(number).into(),
                "erp".into(),
                number.to_string().into(),
                name.clone(),
                name,
                "".into(),
                1_i64.into(),
            ]
        }),
    )?;
    let told = [
        (1, "2020-01-01", None),
        (2, "2020-01-01", Some(1)),
        (3, "2020-01-01", Some(1)),
        (4, "2020-01-01", Some(3)),
        (2, "2026-01-01", None),
        (1, "2026-01-01", Some(4)),
    ];
    work.insert(
        "account_version",
        ["account_id", "from_day", "parent_id", "is_active"],
        told.map(|(number, from, parent): (u128, &str, Option<u128>)| {
            [account(number).into(), day(from).into(), parent.map(account).into(), true.into()]
        }),
    )
}

#[track_caller]
fn check(store: &Store, top: u128, on: &str, expected: &[u128]) {
    let members = store.read(|reader| group(reader, account(top), day(on))).unwrap();

    let found: Vec<u128> = members.iter().map(|member| member.id.0.as_u128()).collect();
    assert_eq!(found, expected, "{top} on {on}");
}

#[test]
fn a_group_is_an_account_and_all_that_stand_below_it_on_the_day() {
    both(|store| {
        store.write(Actor::Demo, companies).unwrap();

        check(store, 1, "2025-12-31", &[1, 2, 3, 4]);
        check(store, 3, "2025-12-31", &[3, 4]);
        check(store, 2, "2025-12-31", &[2]);
        check(store, 1, "2019-12-31", &[1]);
        // Even a circle comes to an end.
        check(store, 4, "2026-01-01", &[4, 1, 3]);
    });
}
