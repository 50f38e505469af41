//! Finding accounts by words stays fast.

use luotsi_core::history::Actor;
use luotsi_store::{Store, StoreError, account::search};

/// Joins up what the search has been told piece by piece, in short steps that let others write between them: worth it
/// after many accounts or contacts came in, and each night.
pub fn tidy(store: &Store) -> Result<(), StoreError> {
    let mut has_more = store.write(Actor::Setup, |work| search::merge(work, true))?;
    while has_more {
        has_more = store.write(Actor::Setup, |work| search::merge(work, false))?;
    }
    Ok(())
}
