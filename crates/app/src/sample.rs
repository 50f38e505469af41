//! The sample company in a database: whether it is there, and taking it out again. Making it is the program's.

use crate::act::{ActError, By, act};
use luotsi_core::{
    history::{Actor, Entry, Subject},
    people::policy::Action,
};
use luotsi_store::{Query, Store, StoreError, Work, history, sample};

/// What the sample company's people and customers are told by.
pub const SOURCE: &str = sample::SOURCE;

/// The log's words for its making, for its being whole and for its removal.
const BEGUN: &str = "demo_begun";
const WHOLE: &str = "demo_whole";
const REMOVED: &str = "demo_removed";

/// The sample company in this database, with the text that tells which it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sample {
    None,
    /// Its making has begun, and may have been broken off.
    Begun(String),
    Whole(String),
}

pub fn state(query: &impl Query) -> Result<Sample, StoreError> {
    let newest = history::newest_of(query, Subject::Company, [BEGUN, WHOLE, REMOVED])?;
    Ok(match newest {
        Some((what, Some(which))) if what == BEGUN => Sample::Begun(which),
        Some((what, Some(which))) if what == WHOLE => Sample::Whole(which),
        Some(_) | None => Sample::None,
    })
}

/// Notes that the making begins, before anything of it is there.
pub fn note_begun(store: &Store, which: &str) -> Result<(), StoreError> {
    note(store, BEGUN, which)
}

pub fn note_whole(store: &Store, which: &str) -> Result<(), StoreError> {
    note(store, WHOLE, which)
}

/// Takes it out with everything that was done with it.
pub fn remove(store: &Store, by: &By) -> Result<(), ActError> {
    act(store, by, Action::ManageCompany, None, |work, permit| {
        if state(work)? == Sample::None || sample::is_mixed(work)? {
            return Err(ActError::NotThere);
        }
        sample::remove(work, permit.today)?;
        // What every account is judged with is gone as well: whoever keeps it in memory reads it again.
        record(work, Subject::Strategy, REMOVED, None)?;
        Ok(record(work, Subject::Company, REMOVED, None)?)
    })
}

fn note(store: &Store, what: &'static str, which: &str) -> Result<(), StoreError> {
    let which = which.to_owned();
    store.write(Actor::Demo, move |work| record(work, Subject::Company, what, Some(which.clone())))
}

fn record(
    work: &mut Work<'_>,
    subject: Subject,
    what: &'static str,
    after: Option<String>,
) -> Result<(), StoreError> {
    work.record(Entry {
        subject,
        subject_id: None,
        what,
        before: None,
        after,
        why: None,
        touched: Vec::new(),
    })
}
