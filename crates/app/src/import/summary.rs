//! What an import did, in numbers.

use luotsi_store::recording::Outcome;
use serde::Serialize;
use std::path::PathBuf;

/// Every row is counted once: created + updated + unchanged + skipped + rejected = rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    pub rows: u64,
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub skipped: u64,
    pub rejected: u64,
    pub seconds: f64,
    /// Of all accounts, those that have a business id in common with another, counted after accounts came in. A file
    /// is taken as it is: its customers' invoices follow.
    #[serde(skip)]
    pub sharing_business_ids: u64,
    /// Where the rejected rows stand, when there are any and it was no dry run.
    #[serde(skip)]
    pub rejected_file: Option<PathBuf>,
    /// The first rejected rows, a sentence each.
    #[serde(skip)]
    pub first_rejected: Vec<String>,
}

impl Summary {
    /// Counts what became of a row; one that waits is counted when it is decided.
    pub(super) fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Created => self.created += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Refused { .. } => self.rejected += 1,
            Outcome::Waiting { .. } => {}
        }
    }
}
