//! The one entry in the log for the facts of a slice.

use super::{Beliefs, Outcome};
use luotsi_core::history::{Entry, Subject};

/// Counts of what a slice did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
}

impl Batch {
    pub fn of(outcomes: &[Outcome]) -> Self {
        let mut batch = Self::default();
        for outcome in outcomes {
            match outcome {
                Outcome::Created => batch.created += 1,
                Outcome::Updated => batch.updated += 1,
                Outcome::Unchanged => batch.unchanged += 1,
                Outcome::Refused { .. } | Outcome::Waiting { .. } => {}
            }
        }
        batch
    }
}

impl<F> Beliefs<F> {
    /// Says how many facts came, and whose.
    pub fn entry(&self, subject: Subject, source: &str) -> Entry {
        let batch = Batch::of(&self.outcomes);
        Entry {
            subject,
            subject_id: None,
            what: "batch",
            before: None,
            after: Some(format!("{} created, {} updated", batch.created, batch.updated)),
            why: Some(format!("source {source}")),
            touched: self.touched.clone(),
        }
    }
}
