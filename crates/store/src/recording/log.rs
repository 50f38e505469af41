//! How a unit of work appends to the one log: in its own transaction, with the values that can be erased beside it.

use crate::engine::{Query, StoreError, Value, Work};
use luotsi_core::{
    account::AccountId,
    history::{Actor, Entry, Subject},
    people::PersonId,
    units::Day,
};
use std::time::{SystemTime, UNIX_EPOCH};

/// The log's word for new figures of peers, which the watch has worked out.
pub const PEERS: &str = "peers";

/// The position of the newest entry; 0 before the first.
pub fn last_position(query: &impl Query) -> Result<i64, StoreError> {
    let newest = query.one("select max(position) from log_entry", &[], |row| row.opt_int(0))?;
    Ok(newest.flatten().unwrap_or(0))
}

impl Work<'_> {
    /// Writes the entry into the log, in this transaction.
    pub fn record(&mut self, entry: Entry) -> Result<(), StoreError> {
        self.record_all(&[entry])
    }

    /// Writes many entries into the log, in their order.
    pub fn record_all(&mut self, entries: &[Entry]) -> Result<(), StoreError> {
        if entries.is_empty() {
            return Ok(());
        }
        let last = match self.last_position() {
            Some(last) => last,
            None => last_position(self)?,
        };
        self.remember_position(last + entries.len() as i64);
        append(self, last + 1, entries)
    }
}

fn append(work: &Work<'_>, first: i64, entries: &[Entry]) -> Result<(), StoreError> {
    let numbered = || (first..).zip(entries);
    work.insert(
        "log_entry",
        [
            "position",
            "recorded_at",
            "actor",
            "person_id",
            "subject",
            "subject_id",
            "what",
            "before",
            "after",
            "why",
        ],
        numbered().map(|(position, entry)| line(work.actor(), position, entry)),
    )?;
    work.insert(
        "log_personal",
        ["position", "before", "after"],
        numbered().filter_map(|(position, entry)| personal(position, entry)),
    )?;
    work.insert(
        "log_touched",
        ["position", "account_id", "known_from"],
        numbered().flat_map(|(position, entry)| touched(position, entry)),
    )?;
    let newest = numbered().filter(|(_, entry)| is_judged_with(entry)).last();
    note_judged_with(work, newest.map(|(position, _)| position))
}

fn note_judged_with(work: &Work<'_>, position: Option<i64>) -> Result<(), StoreError> {
    if let Some(position) = position {
        work.execute("update company set judged_with_position = $1 where id = 1", &[position.into()])?;
    }
    Ok(())
}

/// Whether an entry is about something that every account is judged with.
fn is_judged_with(entry: &Entry) -> bool {
    match entry.subject {
        Subject::Person | Subject::ProductGroup | Subject::Product | Subject::Strategy => true,
        Subject::Watch => entry.what == PEERS,
        Subject::Company
        | Subject::Account
        | Subject::AccountTeam
        | Subject::Contact
        | Subject::Sales
        | Subject::Activity
        | Subject::Estimate
        | Subject::Ability
        | Subject::Target
        | Subject::SegmentOverride
        | Subject::Proposal
        | Subject::Substitution
        | Subject::Session => false,
    }
}

fn line(actor: Actor, position: i64, entry: &Entry) -> [Value; 10] {
    let is_personal = is_personal(entry.subject, entry.what);
    let shown = |value: &Option<String>| if is_personal { Value::Null } else { value.clone().into() };
    [
        position.into(),
        now_micros().into(),
        actor.name().into(),
        person(actor).into(),
        entry.subject.name().into(),
        entry.subject_id.into(),
        entry.what.into(),
        shown(&entry.before),
        shown(&entry.after),
        entry.why.clone().into(),
    ]
}

fn personal(position: i64, entry: &Entry) -> Option<[Value; 3]> {
    is_personal(entry.subject, entry.what)
        .then(|| [position.into(), entry.before.clone().into(), entry.after.clone().into()])
}

/// An account named twice counts from the earlier day.
fn touched(position: i64, entry: &Entry) -> Vec<[Value; 3]> {
    let mut touched: Vec<(AccountId, Day)> =
        entry.touched.iter().map(|touched| (touched.account, touched.known_from)).collect();
    touched.sort_unstable();
    touched.dedup_by_key(|(account, _)| *account);
    touched.into_iter().map(|(account, day)| [position.into(), account.into(), day.into()]).collect()
}

fn person(actor: Actor) -> Option<PersonId> {
    match actor {
        Actor::Person(person) => Some(person),
        Actor::Import | Actor::Watch | Actor::Setup | Actor::Demo => None,
    }
}

/// Values that can be erased without breaking the log: kept beside it.
fn is_personal(subject: Subject, what: &str) -> bool {
    match subject {
        Subject::Contact => ["created", "name", "email", "phone", "title"].contains(&what),
        Subject::Person => ["created", "name", "email"].contains(&what),
        Subject::Company
        | Subject::Account
        | Subject::AccountTeam
        | Subject::ProductGroup
        | Subject::Product
        | Subject::Sales
        | Subject::Activity
        | Subject::Estimate
        | Subject::Ability
        | Subject::Target
        | Subject::SegmentOverride
        | Subject::Proposal
        | Subject::Substitution
        | Subject::Strategy
        | Subject::Watch
        | Subject::Session => false,
    }
}

/// Microseconds since 1970 in UTC.
pub(crate) fn now_micros() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_micros() as i64)
}
