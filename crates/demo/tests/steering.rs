//! What the demo company shows when it is watched as `luotsi demo` watches it: every segment, every kind of deviation,
//! the cast in its parts, and lists that a person could work through.

#![allow(clippy::unwrap_used)]

use luotsi_app::{
    export::{self, Format, What},
    import::{self, records::Records},
    steering::{self, Extent},
};
use luotsi_core::{care::minutes_asked_of, history::Actor, units::Day};
use luotsi_demo::{ACCOUNTS, SEED, cast, generate, watch_days};
use luotsi_store::Store;
use std::collections::{BTreeMap, BTreeSet};

type Row = BTreeMap<String, String>;

/// The exports of the last day.
struct Watched {
    values: Vec<Row>,
    deviations: Vec<Row>,
    proposals: Vec<Row>,
    /// Minutes a year asked of each person, one account after the other, and of accounts alike together.
    asked: BTreeMap<String, i64>,
    asked_together: BTreeMap<String, i64>,
}

fn watched() -> Watched {
    let ending = Day::new(2026, 11, 22).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite:{}", folder.path().join("demo.db").display())).unwrap();
    let records: Records = generate(ACCOUNTS, ending, SEED);
    import::load(&store, &records, "demo", ending, Actor::Demo, &import::Silent).unwrap();
    for on in watch_days(ending) {
        steering::watch(&store, on, Extent::Changed, &steering::Silent).unwrap();
    }

    let rows = |what| {
        let mut written = Vec::new();
        export::export(&store, what, Some(ending), Format::Csv, &mut written).unwrap();
        csv::Reader::from_reader(written.as_slice()).deserialize().map(Result::unwrap).collect()
    };
    Watched {
        values: rows(What::Values),
        deviations: rows(What::Deviations),
        proposals: rows(What::Proposals),
        asked: asked(&store, ending),
        asked_together: asked_together(&store, ending),
    }
}

fn asked(store: &Store, on: Day) -> BTreeMap<String, i64> {
    let everybody = steering::capacity(store, on).unwrap().into_iter();
    let asked = everybody.map(|person| (person.external_id, person.capacity.minutes_asked));
    asked.filter(|(_, minutes)| *minutes > 0).collect()
}

fn asked_together(store: &Store, on: Day) -> BTreeMap<String, i64> {
    let minutes = store.read(|reader| {
        let base = steering::Base::load(reader)?;
        let alike = steering::accounts_alike(reader, &base, on)?;
        let minutes = minutes_asked_of(&alike, base.company.strategies.on(on), on, &base.company);
        let name = |person| base.company.people.get(person).unwrap().external_id.clone();
        Ok::<_, luotsi_store::StoreError>(
            minutes.into_iter().map(|(person, minutes)| (name(person), minutes)).collect(),
        )
    });
    minutes.unwrap()
}

impl Watched {
    fn segment(&self, account: &str) -> &str {
        &self.values.iter().find(|row| row["external_id"] == account).unwrap()["segment"]
    }

    /// `care_late:visit` and the like of an account.
    fn deviations_of(&self, account: &str) -> BTreeSet<String> {
        self.deviations
            .iter()
            .filter(|row| row["external_id"] == account)
            .map(|row| match row["subject"].as_str() {
                "" => row["kind"].clone(),
                subject => format!("{}:{subject}", row["kind"]),
            })
            .collect()
    }

    fn check(&self, account: cast::CastAccount, segment: &str, shows: &[&str]) {
        let deviations = self.deviations_of(account.external_id);

        assert_eq!(self.segment(account.external_id), segment, "{}", account.name);
        match shows {
            [] => assert!(deviations.is_empty(), "{}: {deviations:?}", account.name),
            shows => assert!(
                shows.iter().all(|kind| deviations.contains(*kind)),
                "{}: {deviations:?}",
                account.name
            ),
        }
    }
}

#[test]
fn the_demo_shows_every_segment_every_kind_of_deviation_and_the_cast_in_its_parts() {
    let watched = watched();

    let segments: BTreeSet<&str> = watched.values.iter().map(|row| row["segment"].as_str()).collect();
    let of_rules = ["", "acquisition", "efficiency", "growth", "not_assessed", "retention", "strategic"];
    assert_eq!(segments, BTreeSet::from(of_rules));

    let kinds: BTreeSet<&str> = watched.deviations.iter().map(|row| row["kind"].as_str()).collect();
    let of_rules = [
        "care_late",
        "care_not_planned",
        "override_review",
        "owner_missing",
        "potential_missing",
        "potential_stale",
        "rhythm_broken",
        "segment_changed",
        "silence",
        "value_declining",
    ];
    assert_eq!(kinds, BTreeSet::from(of_rules));

    assert_eq!(watched.asked_together, watched.asked, "hours asked of accounts alike, and of each account");
    the_cast_plays_its_parts(&watched);
    a_person_can_work_through_the_list(&watched);
}

fn the_cast_plays_its_parts(watched: &Watched) {
    watched.check(cast::SALMI_GROUP, "not_assessed", &[]);
    watched.check(cast::SALMI, "strategic", &["care_late:plan_review", "value_declining"]);
    watched.check(cast::SALMI_INFRA, "growth", &["care_not_planned:visit"]);
    watched.check(cast::ELEMENTTI, "strategic", &[]);
    watched.check(cast::MAANRAKENNUS, "growth", &["care_late:visit", "care_late:call", "silence"]);
    watched.check(cast::BETONITYO, "retention", &["rhythm_broken"]);
    watched.check(cast::KAUPUNKI, "retention", &["potential_stale"]);
    watched.check(cast::MAATILA, "efficiency", &["care_late:email_or_letter"]);
    watched.check(cast::TALOYHTIO, "efficiency", &["silence"]);
    watched.check(cast::TERMINAALI, "acquisition", &["care_late:entering_contacts"]);
    watched.check(cast::PIHAKIVI, "acquisition", &["segment_changed"]);
    watched.check(cast::VAYLA, "growth", &["owner_missing"]);
    watched.check(cast::RAKENNUS, "strategic", &["care_late:account_plan"]);
    watched.check(cast::KONEPAJA, "retention", &["override_review"]);
    watched.check(cast::HALLIT, "growth", &["potential_missing"]);
    watched.check(cast::VALU, "not_assessed", &[]);
    watched.check(cast::KALUSTO, "", &[]);
    watched.check(cast::TALOT, "efficiency", &[]);
}

fn a_person_can_work_through_the_list(watched: &Watched) {
    for person in [cast::SELLER_WEST, cast::SELLER_EAST, cast::KAM, cast::INSIDE_SALES, cast::MANAGER] {
        let own: Vec<&Row> = watched.proposals.iter().filter(|row| row["person"] == person).collect();
        assert!((5..=60).contains(&own.len()), "{person} has {} proposals", own.len());
    }

    let stake =
        |row: &Row| row["stake_at_risk"].parse::<f64>().unwrap().max(row["stake_to_gain"].parse().unwrap());
    for seller in [cast::SELLER_WEST, cast::SELLER_EAST] {
        let largest =
            watched.proposals.iter().filter(|row| row["person"] == seller).map(stake).fold(0.0, f64::max);
        assert!((10_000.0..200_000.0).contains(&largest), "{seller}: {largest}");
    }
}
