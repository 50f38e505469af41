//! Showing the strategy in force and setting another.

use super::{Mistake, StrategyError, parse, print, versions};
use crate::{act::Problem, today::today};
use luotsi_core::{
    history::{Actor, Entry, Subject},
    segmentation::filled_up,
    strategy::{GivenThresholds, Strategy, StrategyVersion, Thresholds},
    units::Day,
};
use luotsi_store::{
    Query, Store, Work,
    strategy::{VersionRow, insert_version, last_watch_day},
};
use std::fmt;

/// The version in force today as TOML, with the start days of all versions.
pub fn show(store: &Store) -> Result<String, StrategyError> {
    store.read(|reader| {
        let (today, versions) = (today(reader)?, versions(reader)?);
        let in_force = in_force(versions.all(), today);
        let others: Vec<String> = versions
            .all()
            .map(|version| version.from)
            .filter(|from| Some(*from) != in_force.map(|version| version.from))
            .map(start)
            .collect();

        let mut text = format!(
            "# In force today, {today}: the version {}.\n",
            start(in_force.map_or(Day::MIN, |v| v.from))
        );
        if !others.is_empty() {
            text += &format!("# Other versions: {}.\n", others.join(", "));
        }
        Ok(text + "\n" + &print(versions.on(today), None))
    })
}

/// What setting a strategy did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The first day on which it holds; `Day::MIN`: for all time.
    pub from: Day,
    pub outcome: Outcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    New,
    /// A version with the same start day was replaced, and stays readable in the log.
    Corrected,
    /// It is what holds already; nothing was written.
    Unchanged,
}

/// A sentence to the person who set it.
impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = start(self.from);
        match self.outcome {
            Outcome::New => write!(f, "The strategy is set: it holds {start}."),
            Outcome::Corrected => write!(f, "The strategy that holds {start} is corrected."),
            Outcome::Unchanged => write!(f, "Nothing was changed: this is the strategy that holds {start}."),
        }
    }
}

/// Keeps `text` as a version of the strategy. Without a start day it holds from today on; before the first watch, for
/// all time, since nothing has been decided by another one yet.
pub fn set(store: &Store, text: &str, actor: Actor) -> Result<Setting, StrategyError> {
    let (from, strategy) = parse_what_is_there(text).map_err(StrategyError::Text)?;
    store.write(actor, move |work| set_version(work, from, &strategy, None))
}

/// An empty file is no decision to take all defaults.
fn parse_what_is_there(text: &str) -> Result<(Option<Day>, Strategy), Mistake> {
    let is_silent = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    match text.lines().all(is_silent) {
        true => Err(Mistake {
            line: 1,
            at: String::new(),
            problem: Problem::Missing,
            sentence: "nothing is decided in here; start from what `luotsi strategy show` prints.".to_owned(),
        }),
        false => parse(text),
    }
}

pub(super) fn set_version(
    work: &mut Work<'_>,
    given: Option<Day>,
    strategy: &Strategy,
    why: Option<&str>,
) -> Result<Setting, StrategyError> {
    let versions = versions(work)?;
    let toml = print(strategy, None);
    let holds = |version: Option<&StrategyVersion>| version.is_some_and(|v| print(&v.strategy, None) == toml);
    let starts: Vec<Day> = versions.all().map(|version| version.from).collect();
    let from = start_day(work, given, &starts)?;

    let replaced = versions.all().find(|version| version.from == from);
    let before = in_force(versions.all(), from);
    let is_kept = is_kept(work)?;
    if is_kept && (holds(replaced) || (given.is_none() && holds(before))) {
        let from = before.map_or(from, |version| version.from);
        return Ok(Setting { from, outcome: Outcome::Unchanged });
    }

    keep(work, from, before, strategy, "set", why)?;
    let outcome = if is_kept && replaced.is_some() { Outcome::Corrected } else { Outcome::New };
    Ok(Setting { from, outcome })
}

/// A version has been set before; otherwise what holds is the strategy that Luotsi ships.
fn is_kept(query: &impl Query) -> Result<bool, StrategyError> {
    Ok(!luotsi_store::strategy::versions(query)?.is_empty())
}

fn start_day(query: &impl Query, given: Option<Day>, starts: &[Day]) -> Result<Day, StrategyError> {
    let (from, last_watch) = match (given, last_watch_day(query)?) {
        (Some(from), None) => return Ok(from),
        (None, None) => return Ok(Day::MIN),
        (Some(from), Some(last_watch)) => (from, last_watch),
        (None, Some(last_watch)) => (today(query)?, last_watch),
    };
    match last_watch <= from || starts.contains(&from) {
        true => Ok(from),
        false => {
            let starts = starts.iter().map(Day::to_string).collect::<Vec<_>>().join(", ");
            Err(StrategyError::PastDay { from, last_watch, starts })
        }
    }
}

/// Writes what a watch suggests into every version that has started by `on` and leaves thresholds open. Returns their
/// start days.
pub fn complete_thresholds(
    work: &mut Work<'_>,
    on: Day,
    suggested: Thresholds,
) -> Result<Vec<Day>, StrategyError> {
    let versions = versions(work)?;
    let is_open = |version: &&StrategyVersion| version.strategy.thresholds.complete().is_none();
    let mut completed = Vec::new();
    for version in versions.all().filter(|version| version.from <= on).filter(is_open) {
        let thresholds = given(filled_up(version.strategy.thresholds, suggested));
        let strategy = Strategy { thresholds, ..version.strategy.clone() };
        keep(work, version.from, Some(version), &strategy, "thresholds_suggested", None)?;
        completed.push(version.from);
    }
    Ok(completed)
}

fn given(thresholds: Thresholds) -> GivenThresholds {
    GivenThresholds {
        current: Some(thresholds.current),
        potential: Some(thresholds.potential),
        strategic_current: Some(thresholds.strategic_current),
        strategic_potential: Some(thresholds.strategic_potential),
    }
}

fn keep(
    work: &mut Work<'_>,
    from: Day,
    before: Option<&StrategyVersion>,
    strategy: &Strategy,
    what: &'static str,
    why: Option<&str>,
) -> Result<(), StrategyError> {
    let row = VersionRow { from, toml: print(strategy, None) };
    insert_version(work, &row, why)?;
    work.record(Entry {
        subject: Subject::Strategy,
        subject_id: None,
        what,
        before: before.map(|version| print(&version.strategy, Some(version.from))),
        after: Some(print(strategy, Some(from))),
        why: why.map(str::to_owned),
        touched: Vec::new(),
    })?;
    Ok(())
}

fn in_force<'a>(
    versions: impl DoubleEndedIterator<Item = &'a StrategyVersion>,
    on: Day,
) -> Option<&'a StrategyVersion> {
    versions.rev().find(|version| version.from <= on)
}

fn start(from: Day) -> String {
    match from {
        Day::MIN => "for all time".to_owned(),
        from => format!("from {from} on"),
    }
}
