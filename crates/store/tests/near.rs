//! Who is near an account's owner is asked of the database where a list needs a condition, and worked out in `core`
//! where everybody is at hand: of companies drawn at random, on both engines, both say the same.
#![allow(clippy::unwrap_used)]

use luotsi_core::{
    account::AccountId,
    history::Actor,
    people::{
        People, Person, PersonId, PersonNo, Role,
        policy::{Relation, Scope, Viewer},
    },
    units::Day,
};
use luotsi_store::{
    Store, StoreError, Value, Work,
    people::{self, policy},
    testing::both,
};
use proptest::{collection::vec, option, prelude::*, strategy::ValueTree, test_runner::TestRunner};
use std::collections::HashMap;
use uuid::Uuid;

const PEOPLE: usize = 24;
/// Something new may hold of a person, and somebody else own an account, from each of these on.
const CHANGES: [&str; 3] = ["2026-03-01", "2026-06-01", "2026-09-01"];
const ASKED_ON: [&str; 4] = ["2026-02-28", "2026-03-01", "2026-07-15", "2026-11-23"];

/// What holds of a person from a day on.
#[derive(Clone, Debug)]
struct Drawn {
    team: Option<usize>,
    manager: Option<usize>,
    is_active: bool,
}

/// By number of the person or account: what is so at first, and what each day of `CHANGES` changes, if anything.
/// An account has an owner or nobody.
#[derive(Clone, Debug)]
struct Company {
    people: Vec<Vec<Option<Drawn>>>,
    accounts: Vec<Vec<Option<Option<usize>>>>,
}

/// Managers are drawn from everybody: some lead in circles, some themselves, some nobody. Some people begin later.
fn company() -> impl Strategy<Value = Company> {
    let version = (option::of(0..5_usize), option::of(0..PEOPLE), prop::bool::weighted(0.7))
        .prop_map(|(team, manager, is_active)| Drawn { team, manager, is_active });
    let people = vec(vec(option::of(version), CHANGES.len() + 1), PEOPLE);
    let accounts = vec(vec(option::of(option::weighted(0.8, 0..PEOPLE)), CHANGES.len() + 1), 2 * PEOPLE);
    (people, accounts).prop_map(|(people, accounts)| Company { people, accounts })
}

fn from_days() -> impl Iterator<Item = Day> {
    std::iter::once(Day::MIN).chain(CHANGES.map(day))
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn person(number: usize) -> Uuid {
    Uuid::from_u128(1 + number as u128)
}

fn account(number: usize) -> Uuid {
    Uuid::from_u128(1_000 + number as u128)
}

fn keep(work: &mut Work<'_>, company: &Company) -> Result<(), StoreError> {
    work.insert(
        "person",
        ["id", "source", "external_id", "name"],
        (0..PEOPLE)
            .map(|number| [person(number).into(), "erp".into(), format!("{number:02}").into(), "A".into()]),
    )?;
    let versions = company.people.iter().enumerate().flat_map(|(number, versions)| {
        from_days().zip(versions).filter_map(move |(from, version)| {
            let Drawn { team, manager, is_active } = version.as_ref()?;
            Some([
                person(number).into(),
                from.into(),
                Role::Manager.name().into(),
                team.map(|team| format!("team {team}")).into(),
                manager.map(person).into(),
                (*is_active).into(),
            ])
        })
    });
    work.insert(
        "person_version",
        ["person_id", "from_day", "role", "team", "manager_id", "is_active"],
        versions,
    )?;
    work.insert(
        "account",
        ["id", "source", "external_id", "name", "name_sort", "search_text", "edition"],
        (0..company.accounts.len()).map(|number| {
            let name = || Value::from(number.to_string());
            [account(number).into(), "erp".into(), name(), name(), name(), name(), 1_i64.into()]
        }),
    )?;
    let owners = company.accounts.iter().enumerate().flat_map(|(number, owners)| {
        from_days().zip(owners).filter_map(move |(from, owner)| {
            Some([account(number).into(), from.into(), (*owner)?.map(person).into(), true.into()])
        })
    });
    work.insert("account_version", ["account_id", "from_day", "owner_id", "is_active"], owners)
}

/// Whose each account is on a day.
fn owners(company: &Company, on: Day, numbers: &HashMap<PersonId, PersonNo>) -> Vec<Option<PersonNo>> {
    let owner = |owners: &Vec<Option<Option<usize>>>| {
        let told = from_days().zip(owners).filter(|(from, owner)| *from <= on && owner.is_some());
        let last = told.last().and_then(|(_, owner)| *owner).flatten();
        last.map(|owner| numbers[&PersonId(person(owner))])
    };
    company.accounts.iter().map(owner).collect()
}

#[test]
fn who_is_near_an_owner_is_the_same_to_the_database_and_to_the_rules() {
    let mut runner = TestRunner::deterministic();
    let company = company().new_tree(&mut runner).unwrap().current();
    both(|store| {
        let drawn = company.clone();
        store.write(Actor::Demo, move |work| keep(work, &drawn)).unwrap();
        let (people, numbers) = store.read(|reader| people::load(reader)).unwrap();
        for on in ASKED_ON.map(day) {
            check_accounts(store, &people, &owners(&company, on, &numbers), on);
        }
        check_people(store, &people, day(ASKED_ON[2]));
    });
}

fn viewers(people: &People) -> impl Iterator<Item = (PersonNo, Viewer)> {
    let viewer = |person: &Person| Viewer { person: person.id, role: Role::Manager };
    (0..).map(PersonNo).zip(people.people.iter().map(viewer))
}

fn check_accounts(store: &Store, people: &People, owners: &[Option<PersonNo>], on: Day) {
    let accounts: Vec<AccountId> = (0..owners.len()).map(|number| AccountId(account(number))).collect();
    for (number, viewer) in viewers(people) {
        let reached = store.read(|reader| policy::within(reader, Scope::Team, &viewer, on, &accounts));

        let near = accounts.iter().zip(owners);
        let near = near.filter(|(_, owner)| people.is_near_what_is_of(**owner, number, on));
        let near: Vec<AccountId> = near.map(|(account, _)| *account).collect();
        assert_eq!(reached.unwrap(), near, "{number:?} on {on}");
    }
}

fn check_people(store: &Store, people: &People, on: Day) {
    for (number, viewer) in viewers(people) {
        for (other, person) in (0..).map(PersonNo).zip(&people.people) {
            let told =
                store.read(|reader| policy::relation_to_person(reader, &viewer, person.id, on)).unwrap();

            let is_near = told.is_some_and(|relation| relation <= Relation::Team);
            assert_eq!(is_near, people.is_near(number, other, on), "{number:?} to {other:?}");
        }
    }
}
