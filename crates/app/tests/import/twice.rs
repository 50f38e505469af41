//! Any file imported twice changes nothing the second time.

use crate::desk::{Desk, company, counts};
use luotsi_app::import::Kind;
use luotsi_store::{Store, testing::FreshDatabase};
use proptest::prelude::*;

/// Rows with few keys, so that many are of the same: invoice, line, day, account, net, known_on.
fn sales() -> impl Strategy<Value = Vec<(u8, u8, u8, bool, i16, Option<u8>)>> {
    proptest::collection::vec(
        (0..4_u8, 0..3_u8, 1..9_u8, any::<bool>(), -9..9_i16, proptest::option::of(1..9_u8)),
        1..60,
    )
}

fn activities() -> impl Strategy<Value = Vec<(u8, u8, bool, Option<u8>)>> {
    proptest::collection::vec((0..5_u8, 1..9_u8, any::<bool>(), proptest::option::of(1..9_u8)), 1..60)
}

fn accounts() -> impl Strategy<Value = Vec<(u8, u8, Option<u8>, Option<u8>)>> {
    proptest::collection::vec(
        (0..6_u8, 0..3_u8, proptest::option::of(0..6_u8), proptest::option::of(1..9_u8)),
        1..40,
    )
}

fn day(number: Option<u8>) -> String {
    number.map(|number| format!("2026-03-0{number}")).unwrap_or_default()
}

/// `padding` stands between the rows, so that they fall into several slices.
fn check(kind: Kind, header: &str, rows: Vec<String>, padding: &[String]) {
    let fresh = FreshDatabase::sqlite();
    let desk = Desk::with(&Store::open(&fresh.url).unwrap());
    company(&desk);
    let half = rows.len() / 2;
    let lines = [&rows[..half], padding, &rows[half..]].concat();
    let file = format!("{header}\n{}\n", lines.join("\n"));
    let first = desk.try_import(kind, &file, None, false).unwrap();
    let log = desk.count("log_entry");

    let second = desk.try_import(kind, &file, None, false).unwrap();

    let [created, updated, unchanged, _, rejected] = counts(&second);
    assert_eq!((created, updated, rejected), (0, 0, first.rejected), "{file}");
    assert_eq!(unchanged, first.created + first.updated + first.unchanged);
    assert_eq!(desk.count("log_entry"), log);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sales_twice(rows in sales(), is_long in any::<bool>()) {
        let row = |(invoice, line, day_of, is_first, net, known): (u8, u8, u8, bool, i16, Option<u8>)| {
            let account = if is_first { "a1" } else { "a2" };
            let line = if line == 0 { String::new() } else { format!("L{line}") };
            format!("{invoice},{line},{},{account},{net},{}", day(Some(day_of)), day(known))
        };
        let padding: Vec<String> = (0..2100).map(|number| format!("p{number},1,2026-01-01,a1,1,")).collect();
        let padding = if is_long { &padding[..] } else { &[] };
        check(Kind::Sales, "invoice,line,day,account,net,known_on", rows.into_iter().map(row).collect(), padding);
    }

    #[test]
    fn activities_twice(rows in activities()) {
        let row = |(id, day_of, is_done, planned): (u8, u8, bool, Option<u8>)| {
            let state = if is_done { "done" } else { "planned" };
            format!("v{id},a1,call,{},{state},{}", day(Some(day_of)), day(planned))
        };
        check(Kind::Activities, "external_id,account,kind,day,state,planned_on", rows.into_iter().map(row).collect(), &[]);
    }

    #[test]
    fn accounts_twice(rows in accounts(), is_long in any::<bool>()) {
        let row = |(id, name, parent, known): (u8, u8, Option<u8>, Option<u8>)| {
            let parent = parent.filter(|parent| *parent < id).map(|parent| format!("x{parent}")).unwrap_or_default();
            format!("x{id},Name {name},{parent},{}", day(known))
        };
        let padding: Vec<String> = (0..2100).map(|number| format!("p{number},P,,")).collect();
        let padding = if is_long { &padding[..] } else { &[] };
        check(Kind::Accounts, "external_id,name,parent,known_on", rows.into_iter().map(row).collect(), padding);
    }
}
