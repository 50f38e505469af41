//! Answers from the command line: what they do to the proposals of the day, the same on both engines, and refusals.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use luotsi_store::testing::FreshDatabase;
use std::collections::HashMap;
use support::{Luotsi, small_company};

const FIRST_WATCH: &str = "2025-10-31";
const TODAY: &str = "2025-11-28";

fn watched(address: &str) -> Luotsi {
    let luotsi = Luotsi::on(address);
    luotsi.import_all(&small_company(60));
    luotsi.ok(&["watch", "--on", FIRST_WATCH]);
    luotsi.ok(&["watch", "--on", TODAY]);
    luotsi
}

/// The proposals of today by their names.
fn proposals(luotsi: &Luotsi) -> HashMap<String, serde_json::Value> {
    let text = luotsi.ok(&["export", "proposals", "--on", TODAY, "--format", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    rows.into_iter().map(|row| (row["external_id"].as_str().unwrap().to_owned(), row)).collect()
}

/// Contact proposals, the first by name first.
fn contacts(luotsi: &Luotsi) -> Vec<String> {
    let mut names: Vec<String> =
        proposals(luotsi).into_keys().filter(|name| name.ends_with(":contact")).collect();
    names.sort();
    names
}

#[test]
fn answers_change_what_is_exported_the_same_on_both_engines() {
    let databases = [FreshDatabase::sqlite(), FreshDatabase::postgres()];
    let after = databases.each_ref().map(|fresh| {
        let luotsi = watched(&fresh.url);
        let past = luotsi.exports(FIRST_WATCH);
        let names = contacts(&luotsi);
        let before = proposals(&luotsi);

        luotsi.ok(&["accept", &names[0], "--on", TODAY, "--day", "2025-12-02"]);
        luotsi.ok(&["done", &names[1], "--on", TODAY, "--note", "Sovittu"]);
        luotsi.ok(&["dismiss", &names[2], "--on", TODAY, "--reason", "not_relevant"]);

        let now = proposals(&luotsi);
        assert_eq!(now[&names[0]]["state"], "planned");
        assert_eq!(now[&names[0]]["deviations"], before[&names[0]]["deviations"]);
        assert!(!now.contains_key(&names[1]) && !now.contains_key(&names[2]));
        assert_eq!(luotsi.exports(FIRST_WATCH), past, "the past stays as it was");
        luotsi.exports(TODAY)
    });

    assert!(after[0] == after[1], "the engines differ");
}

#[test]
fn an_answer_that_cannot_be_taken_is_refused_with_a_sentence_and_changes_nothing() {
    let fresh = FreshDatabase::sqlite();
    let luotsi = watched(&fresh.url);
    let (names, before) = (contacts(&luotsi), luotsi.exports(TODAY));
    let all = proposals(&luotsi);
    let is_no_activity = |name: &&String| {
        [":segment_review", ":override_review", ":assign_owner"].iter().any(|action| name.ends_with(action))
    };
    let review = all.keys().find(is_no_activity).unwrap();

    let of_no_activity = luotsi.refused(&["done", review, "--on", TODAY, "--note", "Sovittu"]);
    let unknown = luotsi.refused(&["done", "nobody:nowhere:contact"]);
    let early = luotsi.refused(&["accept", &names[0], "--on", TODAY, "--day", "2025-11-01"]);
    let wordless = luotsi.refused(&["dismiss", &names[0], "--on", TODAY, "--reason", "other"]);
    let before_it = luotsi.refused(&["dismiss", &names[0], "--on", "2025-01-01", "--reason", "not_relevant"]);
    let nobody = luotsi.refused(&["done", &names[0], "--on", TODAY, "--as", "nobody"]);

    assert!(of_no_activity.contains("`--kind`"), "{of_no_activity}");
    assert!(unknown.contains("luotsi export proposals"), "{unknown}");
    assert!(early.contains("day is too early: 2025-11-28"), "{early}");
    assert!(before_it.contains("was proposed on 2025-"), "{before_it}");
    assert!(wordless.contains("note is missing"), "{wordless}");
    assert!(nobody.contains("external id or an email address"), "{nobody}");
    assert_eq!(luotsi.exports(TODAY), before);
}
