//! `luotsi watch`.

use crate::{arguments, failure::Failure, interruption::Interruption, progress::Bar, say::counted, say::say};
use luotsi_app::{
    steering::{self, Extent, WatchSummary},
    today,
};
use luotsi_core::units::Day;
use luotsi_store::{Store, people::company};
use serde_json::json;

pub fn watch(database: &str, asked: &arguments::Watch) -> Result<(), Failure> {
    let store = Store::open(database)?;
    let today = store.read(|reader| today::today(reader))?;
    let on = asked.on.unwrap_or(today);
    let extent = if asked.full { Extent::Full } else { Extent::Changed };

    let summary = steering::watch(&store, on, extent, &Bar::new("Watching", Interruption::listen()))?;
    match asked.json {
        true => say(&as_json(&summary).to_string()),
        false => say(&in_words(&summary, today, &store.read(|reader| company(reader))?.currency)),
    }
}

fn as_json(summary: &WatchSummary) -> serde_json::Value {
    let thresholds = |thresholds: &luotsi_core::strategy::Thresholds| {
        json!({
            "current": thresholds.current.to_string(),
            "potential": thresholds.potential.to_string(),
            "strategic_current": thresholds.strategic_current.to_string(),
            "strategic_potential": thresholds.strategic_potential.to_string(),
        })
    };
    json!({
        "on": summary.on.to_string(),
        "full": summary.is_full,
        "accounts": summary.accounts,
        "opened": summary.opened,
        "closed": summary.closed,
        "proposed": summary.proposed,
        "withdrawn": summary.withdrawn,
        "thresholds_set": summary.thresholds_set.as_ref().map(thresholds),
        "thresholds_suggested": summary.thresholds_suggested.as_ref().map(thresholds),
    })
}

fn in_words(summary: &WatchSummary, today: Day, currency: &str) -> String {
    let mut text = format!(
        "{}: looked at {}; {} opened and {} closed; {} made and {} withdrawn.",
        summary.on,
        counted(summary.accounts, "account", "accounts"),
        counted(summary.opened, "deviation", "deviations"),
        summary.closed,
        counted(summary.proposed, "proposal", "proposals"),
        summary.withdrawn
    );
    let thresholds = |thresholds: &luotsi_core::strategy::Thresholds| {
        format!(
            "current value {}, potential {}, strategic {} and {} {currency}",
            thresholds.current,
            thresholds.potential,
            thresholds.strategic_current,
            thresholds.strategic_potential
        )
    };
    if today < summary.on {
        text += concat!(
            "\nThat day is still to come: the nightly watch rests until then, ",
            "and no earlier day can be watched any more."
        );
    }
    if let Some(set) = &summary.thresholds_set {
        text += &format!(
            "\nThe strategy had no thresholds and now has those that fit this base: {}.",
            thresholds(set)
        );
    }
    if let Some(suggested) = &summary.thresholds_suggested {
        text += &format!("\nThresholds that would fit the base now: {}.", thresholds(suggested));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(on: &str, accounts: usize) -> String {
        let day = |text| Day::parse(text).unwrap();
        let summary = WatchSummary {
            on: day(on),
            is_full: false,
            accounts,
            opened: 1,
            closed: 0,
            proposed: 2,
            withdrawn: 0,
            thresholds_set: None,
            thresholds_suggested: None,
        };
        in_words(&summary, day("2026-11-23"), "EUR")
    }

    #[test]
    fn what_was_looked_at_is_counted_in_words() {
        assert_eq!(
            said("2026-11-23", 1),
            "2026-11-23: looked at 1 account; 1 deviation opened and 0 closed; 2 proposals made and 0 withdrawn."
        );
    }

    #[test]
    fn a_watch_of_a_day_to_come_tells_that_the_nights_rest_until_then() {
        assert!(said("2026-12-01", 5).contains("the nightly watch rests until then"));
        assert!(!said("2026-11-22", 5).contains("rests"));
    }
}
