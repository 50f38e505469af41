//! `luotsi watch`.

use crate::{arguments, failure::Failure, interruption::Interruption, progress::Bar, say::say};
use luotsi_app::{
    steering::{self, Extent, WatchSummary},
    today,
};
use luotsi_store::{Store, people::company};
use serde_json::json;

pub fn watch(database: &str, asked: &arguments::Watch) -> Result<(), Failure> {
    let store = Store::open(database)?;
    let on = match asked.on {
        Some(on) => on,
        None => store.read(|reader| today::today(reader))?,
    };
    let extent = if asked.full { Extent::Full } else { Extent::Changed };

    let summary = steering::watch(&store, on, extent, &Bar::new("Watching", Interruption::listen()))?;
    match asked.json {
        true => say(&as_json(&summary).to_string()),
        false => say(&in_words(&summary, &store.read(|reader| company(reader))?.currency)),
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

fn in_words(summary: &WatchSummary, currency: &str) -> String {
    let mut text = format!(
        "{}: looked at {} accounts; {} deviations opened and {} closed; {} proposals made and {} withdrawn.",
        summary.on, summary.accounts, summary.opened, summary.closed, summary.proposed, summary.withdrawn
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
