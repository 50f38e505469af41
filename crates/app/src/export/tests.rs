//! Exports of a small base, on both engines.

mod base;
mod round_trip;

use super::{Format, What, export};
use base::{MAKELA, day, small_base};
use luotsi_core::units::Day;
use luotsi_store::{Store, testing::both};

fn csv(store: &Store, what: What, on: &str) -> String {
    let mut out = Vec::new();
    export(store, what, Day::parse(on), Format::Csv, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The rows without the heading.
#[track_caller]
fn check(store: &Store, what: What, on: &str, rows: &[&str]) {
    let text = csv(store, what, on);
    let found: Vec<&str> = text.lines().skip(1).collect();

    assert_eq!(found, rows, "{} on {on}", what.name());
}

#[test]
fn accounts_are_as_they_were_on_the_day() {
    both(|store| {
        small_base(store);

        check(
            store,
            What::Accounts,
            "2026-01-01",
            &["A1,Rakennus Oy,0116297-6,,building,small,anna,Tehtaankatu 1,00140,Helsinki,FI,yes"],
        );
        check(
            store,
            What::Accounts,
            "2026-06-01",
            &[
                "A1,Rakennus Oy,0116297-6,,building,large,,Tehtaankatu 1,00140,Helsinki,FI,yes",
                "A10,'=Mäkelä,,A1,,,anna,,,,,no",
            ],
        );
        check(store, What::Accounts, "2025-12-31", &[]);
    });
}

#[test]
fn sales_are_as_they_were_known_on_the_day() {
    both(|store| {
        small_base(store);

        check(
            store,
            What::Sales,
            "2026-02-28",
            &["100,1,2026-02-01,A1,P1,2.5,1000.50,600.00", "100,2,2026-02-01,A1,,1,-10.00,"],
        );
        // In March the first line was corrected; one of April was not yet invoiced.
        check(
            store,
            What::Sales,
            "2026-03-01",
            &["100,1,2026-02-01,A1,P1,2.5,900.50,600.00", "100,2,2026-02-01,A1,,1,-10.00,"],
        );
    });
}

#[test]
fn a_planned_activity_is_exported_until_it_is_done() {
    both(|store| {
        small_base(store);

        check(store, What::Activities, "2026-01-31", &[]);
        check(
            store,
            What::Activities,
            "2026-02-01",
            &["V1,A1,visit,anna,2026-02-10,120,planned,,,,'-bring samples,2026-02-01"],
        );
        check(
            store,
            What::Activities,
            "2026-02-10",
            &["V1,A1,visit,anna,2026-02-10,90,done,out,liisa,agreed,'-bring samples,2026-02-01"],
        );
    });
}

#[test]
fn an_export_without_a_database_of_facts_has_a_heading_only() {
    both(|store| {
        for what in What::ALL {
            let text = csv(store, what, "2026-11-22");

            assert_eq!(text, what.columns().join(",") + "\n");
        }
    });
}

#[test]
fn an_export_writes_nothing_to_the_database() {
    both(|store| {
        small_base(store);
        let before = base::log_position(store);

        for what in What::ALL {
            let mut out = Vec::new();
            export(store, what, Some(day("2026-06-01")), Format::Json, &mut out).unwrap();
            let rows: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_slice(&out).unwrap();
            assert!(rows.iter().all(|row| row.len() == what.columns().len()), "{}", what.name());
        }

        assert_eq!(base::log_position(store), before);
    });
}

#[test]
fn values_and_segments_tell_what_they_follow_from() {
    both(|store| {
        small_base(store);

        check(
            store,
            What::Values,
            "2026-06-01",
            &[
                "A1,Rakennus Oy,,customer,890.50,0.00,,2026-02-01,,5109.50,customer,0.500000,2554.75,0.148417,,\
                 growth,not_assessed,decided by a person from 2026-03-01 on; the model: not assessed on 2026-05-31: \
                 no thresholds are set",
                "A10,'=Mäkelä,anna,prospect,0.00,0.00,,,,,,0.500000,,0.000000,,,,inactive",
            ],
        );
        check(
            store,
            What::Segments,
            "2026-06-01",
            &[
                "A1,Rakennus Oy,,growth,not_assessed,2026-03-01,decided by a person from 2026-03-01 on; the model: \
                 not assessed on 2026-05-31: no thresholds are set,anna,2026-03-01,2027-03-01,'+ new site",
                "A10,'=Mäkelä,anna,,,,inactive,,,,",
            ],
        );
    });
}

#[test]
fn proposals_are_in_order_of_their_own_external_id() {
    both(|store| {
        small_base(store);
        base::take_up_again(store, MAKELA);

        let text = csv(store, What::Proposals, "2026-06-01");
        let ids: Vec<&str> = text.lines().skip(1).filter_map(|row| row.split(',').next()).collect();

        let mut sorted = ids.clone();
        sorted.sort_unstable();
        assert_eq!(ids, sorted);
        assert!(
            ids.iter().any(|id| id.starts_with("A10:")) && ids.iter().any(|id| id.starts_with("A1:")),
            "{text}"
        );
    });
}
