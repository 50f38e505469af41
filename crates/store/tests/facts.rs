//! The facts of accounts come back as they were kept: every version, in the order asked, known by number.
#![allow(clippy::unwrap_used)]

use luotsi_core::{
    account::AccountId,
    activity::{ActivityKind, ActivityState, Direction},
    base::{Estimator, Facts},
    history::Actor,
    people::{PersonNo, Role},
    strategy::Segment,
    units::{Day, Known, Money},
};
use luotsi_store::{Store, StoreError, Value, Work, account, base, testing::both};
use uuid::Uuid;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The cast: a manager and a seller, two product groups, and as many accounts as asked.
#[derive(Clone)]
struct Cast {
    anna: Uuid,
    bertta: Uuid,
    gravel: Uuid,
    accounts: Vec<AccountId>,
}

fn cast(store: &Store, accounts: usize) -> Cast {
    store.write(Actor::Setup, move |work| make_cast(work, accounts)).unwrap()
}

fn make_cast(work: &mut Work<'_>, accounts: usize) -> Result<Cast, StoreError> {
    let [bertta, anna, sand, stone, gravel] = std::array::from_fn(|_| work.new_id());
    let person = |id: Uuid, name: &str| [id.into(), "test".into(), name.into(), name.into()];
    work.insert("person", ["id", "source", "external_id", "name"], [person(bertta, "b"), person(anna, "a")])?;
    let version = |id: Uuid, from: Day, role: &str, manager: Option<Uuid>| {
        [id.into(), from.into(), role.into(), manager.into(), true.into()]
    };
    let later = day("2026-06-01");
    work.insert(
        "person_version",
        ["person_id", "from_day", "role", "manager_id", "is_active"],
        [
            version(bertta, later, "kam", Some(anna)),
            version(bertta, Day::MIN, "seller", Some(anna)),
            version(anna, Day::MIN, "manager", None),
        ],
    )?;
    let groups = [[sand.into(), "Sora".into()], [stone.into(), "Murske".into()]];
    work.insert("product_group", ["id", "name"], groups)?;
    let product = [gravel.into(), "test".into(), "1".into(), "Sora 0-8".into(), sand.into()];
    work.insert("product", ["id", "source", "external_id", "name", "group_id"], [product])?;

    let accounts: Vec<AccountId> = (0..accounts).map(|_| AccountId(work.new_id())).collect();
    let columns = ["id", "source", "external_id", "name", "name_sort", "search_text", "edition"];
    let row = |(number, id): (i64, &AccountId)| {
        let name: Value = format!("{number:04}").into();
        [(*id).into(), "test".into(), name.clone(), name.clone(), name.clone(), name, 1_i64.into()]
    };
    work.insert("account", columns, (0..).zip(&accounts).map(row))?;
    Ok(Cast { anna, bertta, gravel, accounts })
}

fn facts(store: &Store, ids: &[AccountId]) -> Vec<Facts> {
    store.read(|reader| base::facts(reader, &base::Context::load(reader)?, ids)).unwrap()
}

#[test]
fn people_are_numbered_by_external_id_and_know_their_versions_in_order() {
    both(|store| {
        let cast = cast(store, 0);

        let context = store.read(|reader| base::Context::load(reader)).unwrap();

        let [anna, bertta] = context.people.people.as_slice() else { panic!() };
        assert_eq!((anna.id.0, bertta.id.0), (cast.anna, cast.bertta));
        assert_eq!(anna.versions[0].role, Role::Manager);
        assert_eq!(bertta.versions.iter().map(|v| v.role).collect::<Vec<_>>(), [Role::Seller, Role::Kam]);
        assert_eq!(bertta.versions[0].manager, Some(PersonNo(0)));
        assert_eq!(
            context.offering.groups.iter().map(|g| g.name.as_str()).collect::<Vec<_>>(),
            ["Murske", "Sora"]
        );
    });
}

#[test]
fn facts_come_in_the_order_asked_and_unknown_accounts_are_left_out() {
    both(|store| {
        let mut asked = cast(store, 700).accounts;
        asked.reverse();
        asked.insert(3, AccountId(Uuid::now_v7()));

        let found: Vec<AccountId> = facts(store, &asked).iter().map(|facts| facts.account.id).collect();

        asked.remove(3);
        assert_eq!(found, asked);
        asked.reverse();
        assert_eq!(store.read(|reader| account::ids_in_order(reader)).unwrap(), asked);
    });
}

#[test]
fn every_version_of_a_sales_line_is_there_in_order_of_day() {
    both(|store| {
        let cast = cast(store, 2);
        let (account, other) = (cast.accounts[0], cast.accounts[1]);
        let gravel = cast.gravel;
        let line = move |account: AccountId, number: i64, on: &str, product: Option<Uuid>, until: Day| {
            [
                account.into(),
                Uuid::now_v7().into(),
                "test".into(),
                "1".into(),
                number.to_string().into(),
                day(on).into(),
                product.into(),
                1_000_000_i64.into(),
                (number * 100).into(),
                (number == 1).then_some(50_i64).into(),
                day(on).into(),
                until.into(),
            ]
        };
        store
            .write(Actor::Import, move |work| {
                let columns = [
                    "account_id",
                    "id",
                    "source",
                    "invoice",
                    "line",
                    "day",
                    "product_id",
                    "quantity_millionths",
                    "net_cents",
                    "cost_cents",
                    "known_from",
                    "known_until",
                ];
                let corrected = day("2026-05-01");
                let rows = [
                    line(account, 2, "2026-04-01", None, Day::MAX),
                    line(account, 1, "2026-02-01", Some(gravel), corrected),
                    line(other, 3, "2026-01-01", None, Day::MAX),
                ];
                work.insert("sales_line", columns, rows)
            })
            .unwrap();

        let found = facts(store, &[account, other]);

        let sold: Vec<_> =
            found[0].sales.iter().map(|line| (line.net, line.cost, line.group.map(|g| g.0))).collect();
        assert_eq!(
            sold,
            [(Money::cents(100), Some(Money::cents(50)), Some(1)), (Money::cents(200), None, None),]
        );
        assert_eq!(found[0].sales[0].known, Known { from: day("2026-02-01"), until: day("2026-05-01") });
        assert_eq!(found[1].sales.len(), 1);
    });
}

#[test]
fn what_was_done_and_judged_comes_back_with_its_people() {
    both(|store| {
        let cast = cast(store, 1);
        let account = cast.accounts[0];
        let made = cast.clone();
        store.write(Actor::Import, move |work| record_one_of_each(work, &made)).unwrap();

        let found = facts(store, &[account]).remove(0);

        let bertta = Some(PersonNo(1));
        let activity = found.activities[0];
        assert_eq!((activity.kind, activity.state), (ActivityKind::RemoteMeeting, ActivityState::Done));
        assert_eq!((activity.person, activity.direction), (bertta, Some(Direction::Out)));
        assert!(activity.is_unanswered);
        let estimate = found.estimates[0];
        assert_eq!((estimate.yearly_need, estimate.estimator), (Money::euros(5), Estimator::Customer));
        assert_eq!((estimate.group, estimate.person), (None, None));
        assert_eq!((found.abilities[0].people, found.abilities[0].relationship), (1, 4));
        assert_eq!((found.targets[0].year, found.targets[0].person), (2026, bertta));
        assert_eq!(found.overrides[0].segment, Some(Segment::Strategic));
        assert_eq!((found.team[0].person, found.team[0].role), (PersonNo(1), Role::Kam));
        assert_eq!((found.team[0].from, found.team[0].until), (Day::MIN, Day::MAX));
    });
}

fn record_one_of_each(work: &mut Work<'_>, cast: &Cast) -> Result<(), StoreError> {
    let account = cast.accounts[0];
    let on = day("2026-03-01");
    let id = || -> Value { Uuid::now_v7().into() };
    work.execute(
        "insert into activity (account_id, id, version, source, external_id, kind, person_id, day, minutes, state,
                               direction, outcome, known_from, known_until)
         values ($1, $2, 1, 'test', '1', 'remote_meeting', $3, $4, 45, 'done', 'out', 'no_answer', $4, '9999-12-31')",
        &[account.into(), id(), cast.bertta.into(), on.into()],
    )?;
    work.execute(
        "insert into estimate (account_id, id, yearly_need_cents, estimator, day, known_from, known_until)
         values ($1, $2, 500, 'customer', $3, $3, '9999-12-31')",
        &[account.into(), id(), on.into()],
    )?;
    work.execute(
        "insert into ability (account_id, id, people, offering, processes, relationship, day, known_from, known_until)
         values ($1, $2, 1, 2, 3, 4, $3, $3, '9999-12-31')",
        &[account.into(), id(), on.into()],
    )?;
    work.execute(
        "insert into target (account_id, id, year, target_cents, person_id, day, known_from, known_until)
         values ($1, $2, 2026, 900, $3, $4, $4, '9999-12-31')",
        &[account.into(), id(), cast.bertta.into(), on.into()],
    )?;
    work.execute(
        "insert into segment_override (account_id, id, segment, from_day, review_on, known_from, known_until)
         values ($1, $2, 'strategic', $3, $3, $3, '9999-12-31')",
        &[account.into(), id(), on.into()],
    )?;
    work.execute(
        "insert into account_team (account_id, id, person_id, role, from_day, until_day, known_from, known_until)
         values ($1, $2, $3, 'kam', '0001-01-01', '9999-12-31', '0001-01-01', '9999-12-31')",
        &[account.into(), id(), cast.bertta.into()],
    )
    .map(drop)
}

#[test]
fn one_believed_fact_a_key_is_all_the_schema_takes() {
    both(|store| {
        let cast = cast(store, 1);
        let made = cast.clone();
        store.write(Actor::Import, move |work| record_one_of_each(work, &made)).unwrap();

        let again = store.write(Actor::Import, move |work| record_one_of_each(work, &cast));

        assert!(matches!(again, Err(StoreError::Taken(_))), "{again:?}");
    });
}
