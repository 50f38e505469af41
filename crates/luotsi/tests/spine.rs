//! The whole loop through the program: facts come in, are watched, and go out the same from both engines.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use luotsi_store::testing::FreshDatabase;
use support::{KINDS, Luotsi, small_company};

const FIRST_WATCH: &str = "2025-10-31";
const SECOND_WATCH: &str = "2025-11-30";

#[test]
fn a_company_comes_in_is_watched_and_goes_out_the_same_from_both_engines() {
    let company = small_company(60);
    let databases = [FreshDatabase::sqlite(), FreshDatabase::postgres()];

    let exports = databases.each_ref().map(|fresh| {
        let luotsi = Luotsi::on(&fresh.url);
        luotsi.import_all(&company);
        luotsi.ok(&["watch", "--on", FIRST_WATCH]);
        luotsi.ok(&["watch", "--on", SECOND_WATCH]);
        [luotsi.exports(FIRST_WATCH), luotsi.exports(SECOND_WATCH)].concat()
    });

    assert!(exports[0].contains("care_late") && exports[0].contains("rhythm_broken"), "nothing to see");
    assert!(exports[0] == exports[1], "the engines differ: {}", first_difference(&exports[0], &exports[1]));
}

#[test]
fn the_same_files_again_change_nothing() {
    let company = small_company(20);
    let fresh = FreshDatabase::sqlite();
    let luotsi = Luotsi::on(&fresh.url);
    luotsi.import_all(&company);
    luotsi.ok(&["watch", "--on", SECOND_WATCH]);
    let before = luotsi.exports(SECOND_WATCH);

    for kind in KINDS {
        let again = luotsi.import(kind, &company);

        assert_eq!((&again["created"], &again["updated"]), (&0.into(), &0.into()), "{kind}: {again}");
        assert_eq!(again["unchanged"], again["rows"], "{kind}: {again}");
    }
    let watched: serde_json::Value =
        serde_json::from_str(&luotsi.ok(&["watch", "--on", SECOND_WATCH, "--full", "--json"])).unwrap();
    assert_eq!((&watched["opened"], &watched["closed"]), (&0.into(), &0.into()), "{watched}");
    assert_eq!(luotsi.exports(SECOND_WATCH), before);
}

#[test]
fn a_dry_run_tells_what_would_happen_and_changes_nothing() {
    let company = small_company(5);
    let fresh = FreshDatabase::sqlite();
    let luotsi = Luotsi::on(&fresh.url);
    luotsi.import("people", &company);

    let file = company.file("accounts");
    let dry = luotsi.ok(&["import", "accounts", file.to_str().unwrap(), "--json", "--dry-run"]);

    assert_eq!(serde_json::from_str::<serde_json::Value>(&dry).unwrap()["created"], 5, "{dry}");
    assert_eq!(luotsi.ok(&["export", "accounts"]).lines().count(), 1);
}

#[test]
fn the_hours_asked_of_each_person_are_told_against_the_hours_there_are() {
    let company = small_company(1);
    company.write(
        "people",
        "external_id,name,role,active,customer_hours\np1,Aino Salo,seller,yes,9\np2,Eero Koski,kam,yes,\n\
         p3,Heikki Vuori,seller,no,\n",
    );
    company.write("accounts", "external_id,name,owner\na1,Customer Oy,p1\n");
    company.write(
        "overrides",
        "account,segment,reason,person,from\na1,retention,Known for years,p1,2025-01-01\n",
    );
    let databases = [FreshDatabase::sqlite(), FreshDatabase::postgres()];

    for fresh in &databases {
        let luotsi = Luotsi::on(&fresh.url);
        assert!(luotsi.ok(&["capacity"]).contains("There are no people yet"));
        for kind in ["people", "accounts", "overrides"] {
            assert_eq!(luotsi.import(kind, &company)["rejected"], 0);
        }

        let said = luotsi.ok(&["capacity", "--on", SECOND_WATCH]);
        let json = luotsi.ok(&["capacity", "--on", SECOND_WATCH, "--json"]);

        // In a year four visits of 120 minutes, four calls and two surveys of 15.
        let lines = [
            "Aino Salo (p1): 10 of 9 customer hours a year: more than there is time for",
            "Eero Koski (p2): 0 of 1200 customer hours a year",
        ];
        assert_eq!(said.lines().collect::<Vec<_>>(), lines);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!((&json[0]["minutes_asked"], &json[0]["over"]), (&570.into(), &true.into()), "{json}");
        assert_eq!(luotsi.ok(&["capacity", "--on", "2024-12-31"]).lines().count(), 2);
    }
}

#[test]
fn what_is_exported_can_be_imported() {
    let company = small_company(12);
    let (here, there) = (FreshDatabase::sqlite(), FreshDatabase::sqlite());
    let (one, other) = (Luotsi::on(&here.url), Luotsi::on(&there.url));
    one.import_all(&company);

    for kind in ["people", "products"] {
        other.import(kind, &company);
    }
    for kind in ["accounts", "contacts", "sales", "activities"] {
        if kind != "contacts" {
            company.write(kind, &one.ok(&["export", kind]));
        }
        let summary = other.import(kind, &company);
        assert_eq!(summary["rejected"], 0, "{kind}: {summary}");
    }

    for what in ["accounts", "sales", "activities"] {
        assert_eq!(one.ok(&["export", what]), other.ok(&["export", what]), "{what}");
    }
}

#[test]
fn a_strategy_that_is_shown_can_be_set_and_changes_nothing() {
    let company = small_company(5);
    let fresh = FreshDatabase::sqlite();
    let luotsi = Luotsi::on(&fresh.url);
    let file = company.folder().join("strategy.toml");
    std::fs::write(&file, luotsi.ok(&["strategy", "show"])).unwrap();

    luotsi.ok(&["strategy", "set", file.to_str().unwrap()]);
    let again = luotsi.ok(&["strategy", "set", file.to_str().unwrap()]);

    assert!(again.contains("Nothing was changed"), "{again}");
}

fn first_difference(one: &str, other: &str) -> String {
    let pair = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    pair.map_or_else(|| "one has more lines".to_owned(), |(one, other)| format!("\n{one}\n{other}"))
}
