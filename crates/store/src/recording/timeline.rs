//! What of a person or account is dated: versions, each from a day on.

use luotsi_core::units::Day;
use std::collections::{BTreeMap, BTreeSet};

/// The versions of one record, and those that a slice has put in.
#[derive(Clone, Debug)]
pub struct Timeline<V> {
    versions: BTreeMap<Day, V>,
    put_in: BTreeSet<Day>,
}

impl<V: Clone + PartialEq> Timeline<V> {
    pub fn new(versions: BTreeMap<Day, V>) -> Self {
        Self { versions, put_in: BTreeSet::new() }
    }

    pub fn is_empty(&self) -> bool {
        self.versions.is_empty()
    }

    pub fn add_kept(&mut self, from: Day, version: V) {
        self.versions.insert(from, version);
    }

    pub fn on(&self, day: Day) -> Option<&V> {
        self.versions.range(..=day).next_back().map(|(_, version)| version)
    }

    /// Puts `version` in from a day on, later ones stay; `false` when just that is in force on that day anyway.
    pub fn put(&mut self, from: Day, version: V) -> bool {
        if self.on(from) == Some(&version) {
            return false;
        }
        self.versions.insert(from, version);
        self.put_in.insert(from);
        true
    }

    pub fn put_in(&self) -> impl Iterator<Item = (Day, &V)> {
        self.put_in.iter().filter_map(|day| self.versions.get(day).map(|version| (*day, version)))
    }
}

/// From which day what an undated row tells holds: of something new for all time, of something known from today on,
/// unless the same delivery tells its changes by day: then it is what was before them.
pub fn from_day(known_on: Option<Day>, is_new: bool, has_dated_rows: bool, today: Day) -> Day {
    match (known_on, is_new || has_dated_rows) {
        (Some(day), _) => day,
        (None, true) => Day::MIN,
        (None, false) => today,
    }
}
