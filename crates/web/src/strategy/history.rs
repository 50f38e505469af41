//! What was decided, by whom, when, why, and what it changed.

use super::words::in_words;
use crate::{error::WebError, people::clock::Clock, web::Visit};
use luotsi_app::strategy::parse;
use luotsi_core::{
    strategy::{Strategy, differences},
    units::Day,
};
use luotsi_store::{
    Reader,
    strategy::{Decision, decisions},
};

/// So many of the newest are shown.
const SHOWN_MAX: i64 = 20;

pub struct PastDecision {
    pub from: String,
    pub who: String,
    pub when: String,
    pub why: String,
    pub changes: Vec<String>,
}

/// The newest first.
pub fn past(reader: &Reader<'_>, visit: &Visit<'_>) -> Result<Vec<PastDecision>, WebError> {
    let found = decisions(reader, SHOWN_MAX + 1)?;
    let shown = found.len().min(SHOWN_MAX as usize);
    Ok((0..shown).filter_map(|place| told(visit, found.get(place)?, found.get(place + 1))).collect())
}

/// The accounts are still being looked at with the newest decision.
pub fn is_looking(reader: &Reader<'_>, visit: &Visit<'_>) -> Result<bool, WebError> {
    let newest = decisions(reader, 1)?.first().map(|decision| decision.recorded_at);
    let watched = visit.watch.as_ref().map(|watch| watch.finished_at);
    Ok(newest.zip(watched).is_some_and(|(decided, watched)| watched < decided))
}

/// Those made after the decision of that number, as a sentence each.
pub fn since(reader: &Reader<'_>, visit: &Visit<'_>, number: i64) -> Result<Vec<String>, WebError> {
    let found = decisions(reader, SHOWN_MAX + 1)?;
    let newer = found.iter().enumerate().filter(|(_, decision)| number < decision.number);
    let told = newer.filter_map(|(place, decision)| told(visit, decision, found.get(place + 1)));
    Ok(told.map(|past| format!("{}, {}: {}", past.who, past.when, past.changes.join("; "))).collect())
}

fn told(visit: &Visit<'_>, decision: &Decision, before: Option<&Decision>) -> Option<PastDecision> {
    let t = visit.t;
    // Before the first decision Luotsi's own strategy held.
    let before = before.and_then(read).unwrap_or_default();
    let now = read(decision)?;
    Some(PastDecision {
        from: match decision.from {
            Day::MIN => t.strategy_always().to_owned(),
            from => t.strategy_since(&t.day(from)),
        },
        who: match decision.person {
            Some(person) => visit.person_name(Some(person)),
            None => t.product_name().to_owned(),
        },
        when: Clock::of(visit).date(decision.recorded_at),
        why: decision.why.clone().unwrap_or_default(),
        changes: differences(&before, &now).iter().map(|difference| in_words(t, difference)).collect(),
    })
}

fn read(decision: &Decision) -> Option<Strategy> {
    parse(&decision.toml).ok().map(|(_, strategy)| strategy)
}
