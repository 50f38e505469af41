//! Rights on both engines: a person's relation to an account is found on the day, and a list within a scope holds
//! exactly the accounts that the policy allows one by one.
#![allow(clippy::unwrap_used)]

use luotsi_core::{
    account::AccountId,
    history::Actor,
    people::{
        PersonId, Role,
        policy::{Action, Decision, Relation, Scope, Viewer, decide, scope},
    },
    units::Day,
};
use luotsi_store::{Query, Store, StoreError, Value, Work, people::policy, testing::both};
use uuid::Uuid;

const MAIJA: u128 = 1;
const AINO: u128 = 2;
const EERO: u128 = 3;
const PEKKA: u128 = 4;
const LIISA: u128 = 5;
const GONE: u128 = 6;

/// Owned by Aino, Eero, one who left, nobody, Pekka; and Aino's until the spring.
const AINOS: u128 = 101;
const EEROS: u128 = 102;
const LEFT: u128 = 103;
const NOBODYS: u128 = 104;
const PEKKAS: u128 = 105;
const MOVED: u128 = 106;
const ACCOUNTS: [u128; 6] = [AINOS, EEROS, LEFT, NOBODYS, PEKKAS, MOVED];

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn today() -> Day {
    day("2026-11-23")
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Maija leads Aino, who leads Eero; Pekka is in another team, Liisa in Pekka's; one has left.
fn company(work: &mut Work<'_>) -> Result<(), StoreError> {
    let people = [
        (MAIJA, "manager", "west", None, true),
        (AINO, "seller", "west", Some(MAIJA), true),
        (EERO, "kam", "north", Some(AINO), true),
        (PEKKA, "seller", "east", None, true),
        (LIISA, "manager", "east", None, true),
        (GONE, "seller", "south", None, false),
    ];
    work.insert(
        "person",
        ["id", "source", "external_id", "name"],
        people.map(|(number, ..)| [id(number).into(), "erp".into(), number.to_string().into(), "A".into()]),
    )?;
    work.insert(
        "person_version",
        ["person_id", "from_day", "role", "team", "manager_id", "is_active"],
        people.map(|(number, role, team, manager, is_active)| {
            [
                id(number).into(),
                Day::MIN.into(),
                role.into(),
                team.into(),
                manager.map(id).into(),
                is_active.into(),
            ]
        }),
    )?;
    work.insert(
        "account",
        ["id", "source", "external_id", "name", "name_sort", "search_text", "edition"],
        ACCOUNTS.map(|number| {
            let name = number.to_string();
            let name = || Value::from(&name);
            [id(number).into(), "erp".into(), name(), name(), name(), name(), 1_i64.into()]
        }),
    )?;
    let spring = day("2026-04-01");
    let owners = [
        (AINOS, Day::MIN, Some(AINO)),
        (EEROS, Day::MIN, Some(EERO)),
        (LEFT, Day::MIN, Some(GONE)),
        (NOBODYS, Day::MIN, None),
        (PEKKAS, Day::MIN, Some(PEKKA)),
        (MOVED, Day::MIN, Some(AINO)),
        (MOVED, spring, Some(PEKKA)),
    ];
    work.insert(
        "account_version",
        ["account_id", "from_day", "owner_id", "is_active"],
        owners
            .map(|(number, from, owner)| [id(number).into(), from.into(), owner.map(id).into(), true.into()]),
    )
}

/// Eero is in the team of Pekka's account until the end of the year.
fn join_team(work: &mut Work<'_>) -> Result<(), StoreError> {
    work.insert(
        "account_team",
        ["account_id", "id", "person_id", "role", "from_day", "until_day", "known_from", "known_until"],
        [[
            id(PEKKAS).into(),
            id(900).into(),
            id(EERO).into(),
            "kam".into(),
            day("2026-10-01").into(),
            day("2026-12-31").into(),
            day("2026-10-01").into(),
            Day::MAX.into(),
        ]],
    )
}

fn with_company(story: impl Fn(&Store)) {
    both(|store| {
        store.write(Actor::Demo, |work| company(work).and_then(|()| join_team(work))).unwrap();
        story(store);
    });
}

fn relation(store: &Store, person: u128, account: u128, on: Day) -> Option<Relation> {
    let account = AccountId(id(account));
    store
        .read(|reader| {
            let viewer = Viewer { person: PersonId(id(person)), role: Role::Seller };
            policy::relation(reader, &viewer, account, on)
        })
        .unwrap()
}

/// Who is in the teams of the accounts, and that each relation told of many is that told of one.
fn teams(store: &Store, on: Day) -> Vec<(u128, u128)> {
    let accounts = ACCOUNTS.map(|number| AccountId(id(number)));
    let viewer = Viewer { person: PersonId(id(MAIJA)), role: Role::Manager };
    let mut found = Vec::new();
    let read = |reader: &luotsi_store::Reader<'_>| {
        policy::each_relation(reader, &viewer, on, &accounts, |account, person, relation| {
            found.push((account.0.as_u128(), person.0.as_u128(), relation));
        })
    };
    store.read(read).unwrap();
    for (account, person, told) in &found {
        assert_eq!(relation(store, *person, *account, on), Some(*told));
    }
    assert!(ACCOUNTS.iter().all(|account| found.iter().any(|row| row.0 == *account && row.1 == MAIJA)));
    found.retain(|row| row.2 == Relation::AccountTeam);
    found.into_iter().map(|(account, person, _)| (account, person)).collect()
}

#[test]
fn one_owns_leads_shares_a_team_or_has_nothing_to_do_with_an_account() {
    with_company(|store| {
        let check = |person, account, expected| {
            assert_eq!(relation(store, person, account, today()), Some(expected), "{person} {account}");
        };
        check(AINO, AINOS, Relation::Owner);
        check(MAIJA, AINOS, Relation::Team);
        check(MAIJA, EEROS, Relation::Team);
        check(EERO, AINOS, Relation::None);
        check(LIISA, PEKKAS, Relation::Team);
        check(LIISA, AINOS, Relation::None);
        check(EERO, PEKKAS, Relation::AccountTeam);
    });
}

#[test]
fn what_nobody_active_owns_is_near_every_leader() {
    with_company(|store| {
        assert_eq!(relation(store, LIISA, LEFT, today()), Some(Relation::Team));
        assert_eq!(relation(store, LIISA, NOBODYS, today()), Some(Relation::Team));
    });
}

#[test]
fn the_owner_and_the_team_are_those_of_the_day() {
    with_company(|store| {
        assert_eq!(relation(store, AINO, MOVED, day("2026-03-31")), Some(Relation::Owner));
        assert_eq!(relation(store, AINO, MOVED, day("2026-04-01")), Some(Relation::None));
        assert_eq!(relation(store, EERO, PEKKAS, day("2027-01-01")), Some(Relation::None));
    });
}

#[test]
fn whoever_luotsi_asks_to_do_something_for_an_account_belongs_to_its_team_until_it_is_answered() {
    with_company(|store| {
        let proposed = |work: &mut Work<'_>| -> Result<(), StoreError> {
            work.execute(
                "insert into proposal (id, account_id, person_id, action, what, due_on, stake_at_risk_cents,
                   stake_to_gain_cents, minutes, opened_on)
                 values ($1, $2, $3, 'call', '', $4, 0, 0, 15, $4)",
                &[id(7).into(), id(AINOS).into(), id(PEKKA).into(), today().into()],
            )
            .map(drop)
        };
        store.write(Actor::Demo, proposed).unwrap();
        assert_eq!(relation(store, PEKKA, AINOS, today()), Some(Relation::AccountTeam));
        assert_eq!(teams(store, today()), [(AINOS, PEKKA), (PEKKAS, EERO)]);

        let closed = |work: &mut Work<'_>| {
            work.execute("update proposal set closed_on = $1, cause = 'done'", &[today().into()])
        };
        store.write(Actor::Demo, closed).unwrap();
        assert_eq!(relation(store, PEKKA, AINOS, today()), Some(Relation::None));
    });
}

#[test]
fn who_stands_in_for_the_owner_belongs_to_the_team_for_those_days() {
    with_company(|store| {
        let away = |work: &mut Work<'_>| -> Result<(), StoreError> {
            work.execute(
                "insert into substitution (id, person_id, substitute_id, from_day, until_day, set_by_id, recorded_at)
                 values ($1, $2, $3, $4, $5, $2, 0)",
                &[
                    id(8).into(),
                    id(AINO).into(),
                    id(PEKKA).into(),
                    day("2026-11-20").into(),
                    day("2026-11-30").into(),
                ],
            )
            .map(drop)
        };
        store.write(Actor::Demo, away).unwrap();

        assert_eq!(relation(store, PEKKA, AINOS, today()), Some(Relation::AccountTeam));
        assert_eq!(relation(store, PEKKA, AINOS, day("2026-12-01")), Some(Relation::None));
        assert_eq!(relation(store, PEKKA, EEROS, today()), Some(Relation::None));
        assert_eq!(teams(store, today()), [(AINOS, PEKKA), (PEKKAS, EERO)]);
        assert_eq!(teams(store, day("2026-12-01")), [(PEKKAS, EERO)]);
        assert_eq!(teams(store, day("2027-01-01")), []);
    });
}

#[test]
fn an_account_that_is_not_there_has_no_relation_and_who_left_is_no_viewer() {
    with_company(|store| {
        let viewer =
            |person| store.read(|reader| policy::viewer(reader, PersonId(id(person)), today())).unwrap();

        assert_eq!(relation(store, AINO, 999, today()), None);
        assert_eq!(viewer(GONE), None);
        assert_eq!(viewer(999), None);
        assert_eq!(viewer(EERO).unwrap().role, Role::Kam);
    });
}

#[test]
fn one_leads_people_over_several_managers_and_shares_a_team_with_others() {
    with_company(|store| {
        let check = |person, other, expected| {
            let viewer = Viewer { person: PersonId(id(person)), role: Role::Manager };
            let found = store
                .read(|reader| policy::relation_to_person(reader, &viewer, PersonId(id(other)), today()));
            assert_eq!(found.unwrap(), expected, "{person} {other}");
        };
        check(MAIJA, MAIJA, Some(Relation::Owner));
        check(MAIJA, EERO, Some(Relation::Team));
        check(LIISA, PEKKA, Some(Relation::Team));
        check(LIISA, AINO, Some(Relation::None));
        check(LIISA, 999, None);
    });
}

#[test]
fn managers_in_a_circle_lead_each_other_and_nothing_hangs() {
    with_company(|store| {
        let circle = |work: &mut Work<'_>| {
            work.execute(
                "update person_version set manager_id = $1 where person_id = $2",
                &[id(EERO).into(), id(MAIJA).into()],
            )
        };
        store.write(Actor::Demo, circle).unwrap();

        assert_eq!(relation(store, EERO, AINOS, today()), Some(Relation::Team));
        assert_eq!(relation(store, MAIJA, PEKKAS, today()), Some(Relation::None));
    });
}

#[test]
fn a_list_within_a_scope_holds_exactly_what_the_policy_allows_one_by_one() {
    with_company(|store| {
        for person in [MAIJA, AINO, EERO, PEKKA, LIISA] {
            for role in Role::ALL {
                let viewer = Viewer { person: PersonId(id(person)), role };
                for action in Action::ALL {
                    check_list(store, &viewer, action);
                }
            }
        }
    });
}

fn check_list(store: &Store, viewer: &Viewer, action: Action) {
    let all = ACCOUNTS.map(|number| AccountId(id(number)));
    let reached = scope(viewer.role, action);

    let (listed, within) = store
        .read(|reader| {
            Ok::<_, StoreError>((
                list(reader, reached, viewer)?,
                policy::within(reader, reached, viewer, today(), &all)?,
            ))
        })
        .unwrap();

    let allowed: Vec<AccountId> = all
        .into_iter()
        .filter(|account| {
            let relation = store.read(|reader| policy::relation(reader, viewer, *account, today()));
            decide(viewer, action, relation.unwrap().unwrap()) == Decision::Allowed
        })
        .collect();
    assert_eq!(listed, allowed, "{viewer:?} {action:?}");
    assert_eq!(within, allowed, "{viewer:?} {action:?}");
}

fn list(query: &impl Query, scope: Scope, viewer: &Viewer) -> Result<Vec<AccountId>, StoreError> {
    let (condition, mut params) = policy::condition(scope, viewer, today(), "account.id", 2);
    params.insert(0, 1_i64.into());
    let sql =
        format!("select account.id from account where account.edition = $1{condition} order by account.id");
    query.all(&sql, &params, |row| Ok(AccountId(row.id(0)?)))
}
