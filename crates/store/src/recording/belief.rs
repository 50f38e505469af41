//! How an incoming fact is laid over what was believed: a correction supersedes, the superseded stays readable.

use super::{Origin, Outcome, spread_over_outdone};
use crate::engine::{StoreError, Value, Work};
use luotsi_core::{
    account::AccountId,
    history::{Entry, Subject, Touched},
    units::{Day, Known},
};
use std::{
    collections::{BTreeSet, HashMap},
    hash::Hash,
};
use uuid::Uuid;

/// A fact with a key: sales line, activity, estimate ... Two facts are equal when all they tell is.
pub trait Fact: Clone + PartialEq {
    const SUBJECT: Subject;
    /// Whether the versions of a key share one id.
    const KEEPS_ID: bool = false;
    /// Whether it is a part of the customer master, of which the log keeps each however it was told.
    const IS_MASTER: bool = false;

    type Key<'a>: Eq + Hash
    where
        Self: 'a;

    fn key(&self) -> Self::Key<'_>;
    fn account(&self) -> AccountId;

    /// What it says, as the log keeps it of a fact that somebody tells by itself.
    fn said(&self) -> String;

    /// Why, if that was told too.
    fn why(&self) -> Option<&str> {
        None
    }

    /// What happens by telling it, given what was believed.
    fn happens(&self, _before: Option<&Self>) -> &'static str {
        "told"
    }

    /// What the log's entry is about, of the version kept under `id`.
    fn subject_id(&self, _id: Uuid) -> Uuid {
        self.account().0
    }
}

/// A version of a fact as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Held<F> {
    pub id: Uuid,
    /// Counts the versions that share an id; 1 where each version has its own.
    pub version: i64,
    pub fact: F,
    pub known: Known,
}

/// What a slice of incoming facts changes.
#[derive(Clone, Debug)]
pub struct Beliefs<F> {
    pub inserted: Vec<Held<F>>,
    /// Versions kept before, with the new day on which the belief in them ended.
    pub ended: Vec<Held<F>>,
    pub outcomes: Vec<Outcome>,
    pub touched: Vec<Touched>,
}

/// What comes in of one key, and what is believed of it.
struct History<F> {
    /// The day from which each row is known, and its place in the slice.
    rows: Vec<(Day, usize)>,
    versions: Vec<Version<F>>,
}

/// A version under consideration.
struct Version<F> {
    held: Held<F>,
    is_new: bool,
    is_ended: bool,
}

impl<F: Fact> Beliefs<F> {
    /// `incoming`: for each row the fact with the day from which it is known, or what became of the row already.
    /// `held`: all versions of the incoming keys.
    pub fn of(incoming: Vec<Result<(F, Day), Outcome>>, held: Vec<Held<F>>) -> Self {
        let mut histories = histories(&incoming, held);
        let mut outcomes: Vec<Option<Outcome>> =
            incoming.iter().map(|row| row.as_ref().err().cloned()).collect();
        let mut touched = Vec::with_capacity(incoming.len());
        for history in &mut histories {
            for (last, outdone) in by_day(std::mem::take(&mut history.rows)) {
                if let Ok((fact, from)) = &incoming[last] {
                    let outcome = lay(&mut history.versions, fact, *from, &mut touched);
                    outcomes[last] = Some(outcome);
                    spread_over_outdone(&incoming, &mut outcomes, &outdone, last);
                }
            }
        }

        let outcomes = outcomes.into_iter().map(|outcome| outcome.unwrap_or(Outcome::Unchanged)).collect();
        let mut beliefs = Self { inserted: Vec::new(), ended: Vec::new(), outcomes, touched };
        for version in histories.into_iter().flat_map(|history| history.versions) {
            match (version.is_new, version.is_ended) {
                (true, _) => beliefs.inserted.push(version.held),
                (false, true) => beliefs.ended.push(version.held),
                (false, false) => {}
            }
        }
        beliefs
    }

    /// The accounts of the incoming facts, each once.
    pub fn accounts(incoming: &[Result<(F, Day), Outcome>]) -> Vec<AccountId> {
        let accounts: BTreeSet<AccountId> =
            incoming.iter().filter_map(|row| row.as_ref().ok().map(|(fact, _)| fact.account())).collect();
        accounts.into_iter().collect()
    }

    /// Brings `table` to what is believed now, and says so in the log.
    pub fn save<const N: usize>(
        &self,
        work: &mut Work<'_>,
        origin: &Origin,
        table: &'static str,
        columns: [&'static str; N],
        cells: impl Fn(&Held<F>) -> [Value; N],
    ) -> Result<(), StoreError> {
        if self.inserted.is_empty() && self.ended.is_empty() {
            return Ok(());
        }
        self.save_ended(work, table)?;
        // Facts of one account lie together: so each page is looked for once.
        let mut inserted: Vec<&Held<F>> = self.inserted.iter().collect();
        inserted.sort_by_key(|held| held.fact.account());
        work.insert(table, columns, inserted.into_iter().map(cells))?;
        work.record_all(&self.entries(origin))
    }

    /// Of many facts how many came and whose; of those that somebody tells what each says.
    fn entries(&self, origin: &Origin) -> Vec<Entry> {
        if origin.is_spoken || F::IS_MASTER {
            return self.inserted.iter().map(|held| self.entry(held)).collect();
        }
        let count = |wanted: &Outcome| self.outcomes.iter().filter(|outcome| *outcome == wanted).count();
        vec![Entry {
            subject: F::SUBJECT,
            subject_id: None,
            what: "batch",
            before: None,
            after: Some(format!(
                "{} created, {} updated",
                count(&Outcome::Created),
                count(&Outcome::Updated)
            )),
            why: Some(format!("source {}", origin.source)),
            touched: self.touched.clone(),
        }]
    }

    fn entry(&self, told: &Held<F>) -> Entry {
        let is_same = |held: &&Held<F>| held.fact.key() == told.fact.key();
        let before = self.ended.iter().filter(is_same).max_by_key(|held| held.known.from);
        let accounts = [Some(told), before].into_iter().flatten().map(|held| held.fact.account());
        let touched =
            self.touched.iter().filter(|touched| accounts.clone().any(|account| account == touched.account));
        Entry {
            subject: F::SUBJECT,
            subject_id: Some(told.fact.subject_id(told.id)),
            what: told.fact.happens(before.map(|held| &held.fact)),
            before: before.map(|held| held.fact.said()),
            after: Some(told.fact.said()),
            why: told.fact.why().map(str::to_owned),
            touched: touched.copied().collect(),
        }
    }

    /// Ends the belief in the versions of `table` that are superseded, before new ones of the same keys come in.
    fn save_ended(&self, work: &Work<'_>, table: &str) -> Result<(), StoreError> {
        let ended: Vec<[Value; 4]> = self
            .ended
            .iter()
            .map(|held| {
                [held.fact.account().into(), held.id.into(), held.version.into(), held.known.until.into()]
            })
            .collect();
        let version = match F::KEEPS_ID {
            true => format!("\n                and {table}.version = wanted.version"),
            false => String::new(),
        };
        let sql = format!(
            "with wanted (account_id, id, version, known_until) as ({{wanted}})
             update {table}
                set known_until = wanted.known_until
               from wanted
              where {table}.account_id = wanted.account_id and {table}.id = wanted.id{version}"
        );
        work.execute_for(&sql, ["uuid", "uuid", "bigint", "date"], &ended).map(drop)
    }
}

/// From `on` on these versions of `table` are believed no longer, and nothing instead of them; the log says so of each.
pub fn take_back<F: Fact>(
    work: &mut Work<'_>,
    table: &str,
    held: Vec<Held<F>>,
    on: Day,
) -> Result<(), StoreError> {
    let end = |held: Held<F>| {
        let known = Known { from: held.known.from, until: on.max(held.known.from) };
        Held { known, ..held }
    };
    let ended: Vec<Held<F>> = held.into_iter().map(end).collect();
    let entry = |held: &Held<F>| Entry {
        subject: F::SUBJECT,
        subject_id: Some(held.fact.subject_id(held.id)),
        what: "taken_back",
        before: Some(held.fact.said()),
        after: None,
        why: None,
        touched: vec![Touched { account: held.fact.account(), known_from: held.known.until }],
    };
    let entries: Vec<Entry> = ended.iter().map(entry).collect();
    Beliefs { inserted: Vec::new(), ended, outcomes: Vec::new(), touched: Vec::new() }
        .save_ended(work, table)?;
    work.record_all(&entries)
}

/// The histories of the incoming keys, in order of first appearance.
fn histories<F: Fact>(incoming: &[Result<(F, Day), Outcome>], held: Vec<Held<F>>) -> Vec<History<F>> {
    let mut places: HashMap<F::Key<'_>, usize> = HashMap::with_capacity(incoming.len());
    let mut histories: Vec<History<F>> = Vec::with_capacity(incoming.len());
    for (row, fact) in incoming.iter().enumerate() {
        let Ok((fact, from)) = fact else { continue };
        let place = *places.entry(fact.key()).or_insert_with(|| {
            histories.push(History { rows: Vec::with_capacity(1), versions: Vec::new() });
            histories.len() - 1
        });
        histories[place].rows.push((*from, row));
    }
    let held_places: Vec<Option<usize>> =
        held.iter().map(|held| places.get(&held.fact.key()).copied()).collect();
    drop(places);
    for (place, held) in held_places.into_iter().zip(held) {
        if let Some(place) = place {
            histories[place].versions.push(Version { held, is_new: false, is_ended: false });
        }
    }
    histories
}

/// Rows grouped by day, earliest first, each group as its last row and those that it outdoes.
pub fn by_day(mut rows: Vec<(Day, usize)>) -> Vec<(usize, Vec<usize>)> {
    rows.sort_unstable();
    rows.chunk_by(|one, next| one.0 == next.0)
        .filter_map(|group| {
            let (last, outdone) = group.split_last()?;
            Some((last.1, outdone.iter().map(|(_, row)| *row).collect()))
        })
        .collect()
}

/// Lays one fact over the versions of its key. Same as what is believed on that day: unchanged. Else it is believed
/// from that day on, and every older version at most until then; one known only later is superseded entirely.
fn lay<F: Fact>(versions: &mut Vec<Version<F>>, fact: &F, from: Day, touched: &mut Vec<Touched>) -> Outcome {
    let believed = versions.iter().find(|version| version.held.known.on(from));
    if believed.is_some_and(|version| version.held.fact == *fact) {
        return Outcome::Unchanged;
    }
    for version in versions.iter_mut() {
        let known = &mut version.held.known;
        let until = known.until.min(from.max(known.from));
        if until != known.until {
            touched.push(Touched { account: version.held.fact.account(), known_from: from });
            known.until = until;
            version.is_ended = true;
        }
    }
    touched.push(Touched { account: fact.account(), known_from: from });
    let outcome = if versions.is_empty() { Outcome::Created } else { Outcome::Updated };
    let newest = versions.iter().map(|version| (version.held.version, version.held.id)).max();
    let (version, id) = match newest.filter(|_| F::KEEPS_ID) {
        Some((version, id)) => (version + 1, id),
        None => (1, Uuid::now_v7()),
    };
    let held = Held { id, version, fact: fact.clone(), known: Known::since(from) };
    versions.push(Version { held, is_new: true, is_ended: false });
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Word(char, &'static str);

    impl Fact for Word {
        const SUBJECT: Subject = Subject::Estimate;

        type Key<'a> = char;

        fn key(&self) -> char {
            self.0
        }

        fn account(&self) -> AccountId {
            AccountId(Uuid::nil())
        }

        fn said(&self) -> String {
            self.1.to_owned()
        }
    }

    fn day(number: i32) -> Day {
        Day::from_since_epoch(number)
    }

    /// Takes in deliveries one after the other; each row is a key, a word and the day it is known from.
    fn take_in(deliveries: &[&[(char, &'static str, i32)]]) -> (Vec<Held<Word>>, Vec<Outcome>) {
        let mut kept: Vec<Held<Word>> = Vec::new();
        let mut last = Vec::new();
        for delivery in deliveries {
            let incoming =
                delivery.iter().map(|(key, word, from)| Ok((Word(*key, word), day(*from)))).collect();
            let beliefs = Beliefs::of(incoming, kept.clone());
            for ended in beliefs.ended {
                kept.iter_mut().filter(|held| held.id == ended.id).for_each(|held| *held = ended.clone());
            }
            kept.extend(beliefs.inserted);
            last = beliefs.outcomes;
        }
        (kept, last)
    }

    fn believed(kept: &[Held<Word>], on: i32) -> Vec<&'static str> {
        kept.iter().filter(|held| held.known.on(day(on))).map(|held| held.fact.1).collect()
    }

    #[test]
    fn a_correction_supersedes_from_the_day_it_is_known() {
        let (kept, last) = take_in(&[&[('a', "one", 10)], &[('a', "two", 20)]]);

        assert_eq!(last, [Outcome::Updated]);
        assert_eq!(believed(&kept, 9), Vec::<&str>::new());
        assert_eq!(believed(&kept, 19), ["one"]);
        assert_eq!(believed(&kept, 20), ["two"]);
    }

    #[test]
    fn a_backdated_correction_supersedes_entirely_what_was_known_later() {
        let (kept, _) = take_in(&[&[('a', "one", 10), ('a', "two", 20)], &[('a', "three", 5)]]);

        assert_eq!(kept.len(), 3);
        assert_eq!(believed(&kept, 5), ["three"]);
        assert_eq!(believed(&kept, 25), ["three"]);
    }

    #[test]
    fn the_same_again_changes_nothing() {
        let delivery: &[_] =
            &[('a', "one", 10), ('b', "x", 3), ('a', "two", 20), ('a', "late", 5), ('b', "y", 3)];
        let (once, _) = take_in(&[delivery]);
        let (twice, last) = take_in(&[delivery, delivery]);

        assert_eq!(last, vec![Outcome::Unchanged; 5]);
        assert_eq!(once.len(), twice.len());
        assert_eq!(believed(&twice, 3), ["y"]);
    }

    #[test]
    fn of_rows_known_from_the_same_day_the_last_counts() {
        let (kept, last) = take_in(&[&[('a', "one", 10), ('a', "one", 10), ('a', "two", 10)]]);

        assert_eq!(last, [Outcome::Created, Outcome::Unchanged, Outcome::Updated]);
        assert_eq!(believed(&kept, 10), ["two"]);
        assert_eq!(kept.len(), 1);
    }
}
