//! What the customer base's page asks of the store: sums, points, moves and conflicts, alike on both engines.
#![allow(clippy::unwrap_used)]

use luotsi_core::{
    account::AccountId,
    history::Actor,
    strategy::Segment::{self, Efficiency, Growth, Retention},
    units::{Day, Money},
};
use luotsi_store::{
    Store, StoreError, Value, Work,
    account::list::{Filter, Reach},
    base::page::{accounts_by_owner, conflicts, each_point, nth, sums_by_segment},
    segmentation::page::{moved, moves},
    testing::both,
};
use uuid::Uuid;

/// Three accounts: one that grew and fell back, one that was decided by hand, one that nobody has assessed.
const GROWN: u128 = 1;
const DECIDED: u128 = 2;
const UNKNOWN: u128 = 3;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn id(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(number))
}

fn everything() -> Filter {
    Filter { reach: Reach::Base, ..Filter::of_words(Vec::new()) }
}

fn make(store: &Store) {
    store
        .write(Actor::Setup, |work| {
            accounts(work)?;
            standing(work, GROWN, -500, Some(90_000), Some((Retention, "2026-09-30")), Some(Retention))?;
            standing(work, DECIDED, 20_000, Some(10_000), Some((Growth, "2026-02-10")), Some(Efficiency))?;
            standing(work, UNKNOWN, 0, None, None, None)?;
            change(work, GROWN, "2026-01-31", Some(Efficiency))?;
            change(work, GROWN, "2026-06-30", Some(Growth))?;
            change(work, GROWN, "2026-09-30", Some(Retention))?;
            change(work, DECIDED, "2026-02-10", Some(Growth))
        })
        .unwrap();
}

fn accounts(work: &Work<'_>) -> Result<(), StoreError> {
    let columns = ["id", "source", "external_id", "name", "name_sort", "search_text", "edition"];
    let row = |number: u128| {
        let name: Value = format!("Valimo {number}").into();
        [id(number).into(), "erp".into(), name.clone(), name.clone(), name.clone(), name, 1_i64.into()]
    };
    work.insert("account", columns, [GROWN, DECIDED, UNKNOWN].map(row))
}

fn standing(
    work: &Work<'_>,
    number: u128,
    current: i64,
    potential: Option<i64>,
    segment: Option<(Segment, &str)>,
    automatic: Option<Segment>,
) -> Result<(), StoreError> {
    let (segment, since) = segment.unzip();
    let today = day("2026-11-23");
    let care_lines = i64::from(segment.is_some()) * 4;
    let columns = [
        "account_id",
        "evaluated_on",
        "next_check_on",
        "is_active",
        "customer_state",
        "current_value_cents",
        "previous_value_cents",
        "potential_cents",
        "ability_millionths",
        "is_ability_assumed",
        "segment",
        "segment_automatic",
        "segment_since",
        "care_lines",
        "care_lines_kept",
        "open_deviations",
        "stake_at_risk_cents",
        "stake_to_gain_cents",
    ];
    let row: [Value; 18] = [
        id(number).into(),
        today.into(),
        today.into(),
        1_i64.into(),
        "customer".into(),
        current.into(),
        0_i64.into(),
        potential.into(),
        500_000_i64.into(),
        1_i64.into(),
        segment.map(Segment::name).into(),
        automatic.map(Segment::name).into(),
        since.map(day).into(),
        care_lines.into(),
        (care_lines / 2).into(),
        0_i64.into(),
        0_i64.into(),
        0_i64.into(),
    ];
    work.insert("account_standing", columns, [row])
}

fn change(work: &Work<'_>, number: u128, on: &str, segment: Option<Segment>) -> Result<(), StoreError> {
    let name = segment.map(Segment::name);
    let row: [Value; 4] = [id(number).into(), day(on).into(), name.into(), name.into()];
    work.insert("segment_change", ["account_id", "day", "automatic", "effective"], [row])
}

#[test]
fn sums_tell_what_each_segment_comes_to() {
    both(|store: &Store| {
        make(store);

        let sums = store.read(|reader| sums_by_segment(reader, &everything())).unwrap();

        let told: Vec<_> = sums
            .iter()
            .map(|sum| (sum.segment, sum.accounts, sum.with_potential, sum.current_value))
            .collect();
        let cents = Money::cents;
        assert_eq!(
            told,
            [
                (Some(Growth), 1, 1, cents(20_000)),
                (Some(Retention), 1, 1, cents(-500)),
                (None, 1, 0, cents(0))
            ]
        );
        assert_eq!((sums[1].current_min, sums[1].potential_max), (cents(-500), cents(90_000)));
        assert_eq!((sums[0].accounts_late, sums[2].accounts_late), (1, 0));
    });
}

#[test]
fn a_point_counted_is_the_account_told_and_no_potential_is_no_point() {
    both(|store: &Store| {
        make(store);

        store
            .read(|reader| {
                let mut values = Vec::new();
                each_point(reader, &everything(), |point| values.push(point.current_value.cents))?;
                let told = |number| {
                    Ok::<_, StoreError>(nth(reader, &everything(), number)?.map(|account| account.id))
                };

                assert_eq!(values, [-500, 20_000]);
                assert_eq!([told(0)?, told(1)?, told(2)?], [Some(id(GROWN)), Some(id(DECIDED)), None]);
                assert_eq!(accounts_by_owner(reader, &everything())?.len(), 1);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
fn moves_compare_the_segments_of_two_days() {
    both(|store: &Store| {
        make(store);
        let check = |from: &str, to: &str, expected: &[(Option<Segment>, Option<Segment>)]| {
            let between = (day(from), day(to));
            let found = store.read(|reader| moves(reader, &everything(), between)).unwrap();
            let routes: Vec<_> = found.iter().map(|going| (going.from, going.to)).collect();
            assert_eq!(routes, expected, "{from} {to}");
        };

        check("2025-12-31", "2026-01-30", &[]);
        check("2026-01-31", "2026-02-09", &[(Some(Efficiency), Some(Efficiency))]);
        check("2026-01-31", "2026-06-30", &[(Some(Efficiency), Some(Growth)), (None, Some(Growth))]);
        check(
            "2026-06-29",
            "2026-11-23",
            &[(Some(Efficiency), Some(Retention)), (Some(Growth), Some(Growth))],
        );

        let between = (day("2026-06-29"), day("2026-11-23"));
        let route = (Some(Efficiency), Some(Retention));
        let who = store.read(|reader| moved(reader, &everything(), between, route, (10, 0))).unwrap();
        assert_eq!(who.iter().map(|account| account.id).collect::<Vec<_>>(), [id(GROWN)]);
    });
}

#[test]
fn a_decision_against_the_model_is_a_conflict() {
    both(|store: &Store| {
        make(store);

        let found = store.read(|reader| conflicts(reader, &everything(), 10)).unwrap();

        let told: Vec<_> =
            found.iter().map(|account| (account.id, account.segment, account.segment_automatic)).collect();
        assert_eq!(told, [(id(DECIDED), Some(Growth), Some(Efficiency))]);
    });
}
