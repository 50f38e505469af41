//! Versions of the strategy in the database, on both engines.

use crate::strategy::{Outcome, Setting, StrategyError, complete_thresholds, set, show, versions};
use luotsi_core::{
    history::Actor,
    strategy::{Measure, StrategyVersions, Thresholds},
    units::{Day, Money},
};
use luotsi_store::{Query, Store, StoreError, Work, testing::both};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn set_as_setup(store: &Store, toml: &str) -> Result<Setting, StrategyError> {
    set(store, toml, Actor::Setup)
}

fn kept(store: &Store) -> StrategyVersions {
    store.read(|reader| versions(reader)).unwrap()
}

/// The watch has looked at the days up to `on`.
fn watched(store: &Store, on: Day) {
    let row = move |work: &mut Work<'_>| {
        let columns = [
            "id",
            "on_day",
            "is_full",
            "log_position",
            "started_at",
            "finished_at",
            "accounts",
            "opened",
            "closed",
        ];
        let zero = || 0_i64.into();
        let values =
            [work.new_id().into(), on.into(), zero(), zero(), zero(), zero(), zero(), zero(), zero()];
        work.insert("watch_run", columns, [values])
    };
    store.write::<_, StoreError>(Actor::Watch, row).unwrap();
}

fn log(store: &Store) -> Vec<(String, Option<String>, Option<String>)> {
    let entries = |query: &luotsi_store::Reader<'_>| {
        query.all("select what, before, after from log_entry order by position", &[], |row| {
            Ok((row.string(0)?, row.opt_string(1)?, row.opt_string(2)?))
        })
    };
    store.read::<_, StoreError>(entries).unwrap()
}

#[test]
fn without_a_strategy_of_its_own_a_company_has_the_one_that_is_shipped() {
    both(|store| {
        assert_eq!(kept(store).on(day("2026-11-22")).measure, Measure::Revenue);

        let shown = show(store).unwrap();

        assert!(shown.starts_with("# In force today, "), "{shown}");
        assert!(shown.contains(": the version for all time.\n"), "{shown}");
    });
}

#[test]
fn before_the_first_watch_the_first_version_is_set_and_set_again() {
    both(|store| {
        let first = set_as_setup(store, "measure = \"margin\"").unwrap();
        let again = set_as_setup(store, "measure = \"profit\"").unwrap();
        let same = set_as_setup(store, "measure = \"profit\" # as it is").unwrap();

        assert_eq!(first, Setting { from: Day::MIN, outcome: Outcome::New });
        assert_eq!(again, Setting { from: Day::MIN, outcome: Outcome::Corrected });
        assert_eq!(same, Setting { from: Day::MIN, outcome: Outcome::Unchanged });
        assert_eq!(kept(store).all().count(), 1);
        assert_eq!(kept(store).on(day("1998-05-06")).measure, Measure::Profit);
        let log = log(store);
        assert_eq!(log.len(), 2);
        assert!(log[1].1.as_ref().is_some_and(|before| before.contains("measure = \"margin\"")));
        assert!(log[1].2.as_ref().is_some_and(|after| after.contains("measure = \"profit\"")));
    });
}

#[test]
fn after_a_watch_a_version_holds_from_a_later_day_on() {
    both(|store| {
        set_as_setup(store, "measure = \"revenue\"").unwrap();
        watched(store, day("2026-11-22"));

        let set = set_as_setup(store, "from = 2026-12-01\nmeasure = \"margin\"").unwrap();

        assert_eq!(set.to_string(), "The strategy is set: it holds from 2026-12-01 on.");
        assert_eq!(kept(store).on(day("2026-11-30")).measure, Measure::Revenue);
        assert_eq!(kept(store).on(day("2026-12-01")).measure, Measure::Margin);
    });
}

#[test]
fn a_day_before_the_last_watch_is_refused_unless_a_version_is_corrected() {
    both(|store| {
        set_as_setup(store, "from = 2026-01-01\nmeasure = \"margin\"").unwrap();
        watched(store, day("2026-11-22"));

        let refused = set_as_setup(store, "from = 2026-11-21").unwrap_err();
        let corrected = set_as_setup(store, "from = 2026-01-01\nmeasure = \"profit\"").unwrap();
        let on_the_day = set_as_setup(store, "from = 2026-11-22").unwrap();

        assert_eq!(
            refused.to_string(),
            "A strategy cannot start on 2026-11-21: the watch has already looked at days up to 2026-11-22 with the one \
             in force then. Give `from = 2026-11-22` or a later day, or the start day of the version to correct \
             (0001-01-01, 2026-01-01)."
        );
        assert_eq!(corrected.outcome, Outcome::Corrected);
        assert_eq!(on_the_day.outcome, Outcome::New);
        assert_eq!(kept(store).on(day("2026-03-01")).measure, Measure::Profit);
    });
}

#[test]
fn a_strategy_with_a_mistake_changes_nothing() {
    both(|store| {
        let refused = set_as_setup(store, "hysteresis = 2").unwrap_err();

        assert!(refused.to_string().starts_with("The strategy has a mistake on line 1: `hysteresis` is 2;"));
        let empty = set_as_setup(store, "\n# nothing yet\n").unwrap_err();
        assert_eq!(
            empty.to_string(),
            "The strategy has a mistake on line 1: nothing is decided in here; start from what `luotsi strategy show` \
             prints."
        );
        assert_eq!(log(store), []);
    });
}

#[test]
fn suggested_thresholds_are_written_where_none_were_given() {
    both(|store| {
        let suggested = Thresholds {
            current: Money::euros(10_000),
            potential: Money::euros(5_000),
            strategic_current: Money::euros(100_000),
            strategic_potential: Money::euros(20_000),
        };
        set_as_setup(store, "[thresholds]\ncurrent = 12345.67").unwrap();
        set_as_setup(store, "from = 2026-11-22").unwrap();
        set_as_setup(store, "from = 2026-12-01").unwrap();

        let complete = move |work: &mut Work<'_>| complete_thresholds(work, day("2026-11-22"), suggested);
        let written = store.write(Actor::Watch, complete).unwrap();
        let again = store.write(Actor::Watch, complete).unwrap();

        let thresholds = |on| kept(store).on(day(on)).thresholds.complete();
        assert_eq!((written, again), (vec![Day::MIN, day("2026-11-22")], Vec::new()));
        assert_eq!(
            thresholds("2026-11-21"),
            Some(Thresholds { current: Money::cents(1_234_567), ..suggested })
        );
        assert_eq!(thresholds("2026-11-22"), Some(suggested));
        assert_eq!(thresholds("2026-12-01"), None);
        assert_eq!(log(store).iter().filter(|(what, ..)| what == "thresholds_suggested").count(), 2);
    });
}
