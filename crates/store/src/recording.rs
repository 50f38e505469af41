//! Taking in facts that come in slices: what every kind of record has in common, and the writing of the log.
//!
//! A slice is first planned (`Plan`: what is new, what changes, what is refused), then saved. Planning only asks, so
//! that a dry run is planning without saving.

mod above;
mod belief;
mod circle;
mod external_id;
mod log;
mod lookup;
mod number;
mod timeline;

pub use belief::{Beliefs, Fact, Held, take_back};
pub use external_id::{Found, Named, names_of, references};
pub use log::{PEERS, last_position};
pub(crate) use number::keep_numbers;
pub use number::{Numbered, OWN_SOURCE, next_external_id};

pub(crate) use above::{Below, above};
pub(crate) use belief::by_day;
pub(crate) use circle::standing;
pub(crate) use log::now_micros;
pub(crate) use lookup::{Lookup, accounts_and_people};
pub(crate) use timeline::{Timeline, from_day};

use crate::engine::Value;
use luotsi_core::units::Day;
use std::collections::{HashMap, HashSet};

/// Where the records of a slice come from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// External ids are unique within their source.
    pub source: String,
    pub today: Day,
    /// The columns the file has; what it does not tell of a known person, account, contact or product stays.
    /// `None`: it tells everything.
    pub told: Option<HashSet<&'static str>>,
    /// External ids that a dry run would have made by now.
    pub assumed: HashSet<String>,
    /// Whether somebody tells each record by itself, so that the log keeps what it says.
    pub is_spoken: bool,
    /// The records have just been given their external ids: nothing is known of them.
    pub is_new: bool,
}

impl Origin {
    pub fn tells(&self, column: &str) -> bool {
        self.told.as_ref().is_none_or(|told| told.contains(column))
    }

    /// The rows of keys by which records that may be known are looked up.
    pub(crate) fn names<'a>(&self, external_ids: impl Iterator<Item = &'a str>) -> Vec<[Value; 2]> {
        let may_be_known = external_ids.filter(|_| !self.is_new);
        may_be_known.map(|id| [self.source.as_str().into(), id.into()]).collect()
    }
}

/// What became of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Created,
    Updated,
    Unchanged,
    /// It names in `column` what is not known.
    Refused {
        column: &'static str,
        why: Refusal,
    },
    /// It names in `column` an external id that may yet come in a later slice.
    Waiting {
        column: &'static str,
        id: String,
    },
}

/// Why a record is not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    Unknown {
        what: Named,
        id: String,
    },
    UnknownGroup(String),
    /// Several of other sources have this id, and none of this source.
    Ambiguous {
        what: Named,
        id: String,
    },
    /// It would stand above itself.
    Circle {
        what: Named,
        id: String,
    },
}

/// The rows of a slice that tell of the same thing are one delivery: of those known from the same day the last counts.
/// The outdone ones count as what the last of them did: one created, the others updates, unless equal.
pub(crate) fn spread_over_outdone<R: PartialEq>(
    rows: &[R],
    outcomes: &mut [Option<Outcome>],
    outdone: &[usize],
    last: usize,
) {
    let decision = outcomes[last].clone().unwrap_or(Outcome::Unchanged);
    let mut previous: Option<usize> = None;
    for row in outdone.iter().copied().chain([last]) {
        let is_same = previous.is_some_and(|previous| rows[previous] == rows[row]);
        let outcome = match (&decision, previous) {
            (Outcome::Created, None) => Outcome::Created,
            (Outcome::Created | Outcome::Updated, _) if is_same => Outcome::Unchanged,
            (Outcome::Created | Outcome::Updated, _) => Outcome::Updated,
            (Outcome::Unchanged | Outcome::Refused { .. } | Outcome::Waiting { .. }, _) => decision.clone(),
        };
        outcomes[row] = Some(outcome);
        previous = Some(row);
    }
}

/// The rows still to be decided, those of the same key together; in order of first appearance.
pub(crate) fn undecided<'a, R>(
    rows: &'a [R],
    outcomes: &[Option<Outcome>],
    key: impl Fn(&'a R) -> &'a str,
) -> Vec<(&'a str, Vec<usize>)> {
    let mut places: HashMap<&str, usize> = HashMap::with_capacity(rows.len());
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::with_capacity(rows.len());
    for (row, record) in rows.iter().enumerate().filter(|(row, _)| outcomes[*row].is_none()) {
        let key = key(record);
        let place = *places.entry(key).or_insert_with(|| {
            groups.push((key, Vec::with_capacity(1)));
            groups.len() - 1
        });
        groups[place].1.push(row);
    }
    groups
}

/// The day from which a fact is known: the one told, and not before the day it was true on.
pub(crate) fn known_from(known_on: Option<Day>, day: Day) -> Day {
    known_on.unwrap_or(day).max(day)
}
