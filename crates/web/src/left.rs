//! How people left their lists, in memory until it is written: whoever looks for something asks for one list after the
//! other, and none waits for a transaction.

use luotsi_app::people::view::leave;
use luotsi_core::people::PersonId;
use luotsi_store::{
    Reader, Store, StoreError,
    people::view::{self, ACCOUNTS},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// So much is forgotten at most where the program is killed.
const PAUSE: Duration = Duration::from_secs(1);

/// How people left their lists and it is not written yet.
#[derive(Clone, Default)]
pub struct Left(Arc<Mutex<HashMap<PersonId, String>>>);

impl Left {
    pub fn of(&self, reader: &Reader<'_>, person: PersonId) -> Result<Option<String>, StoreError> {
        let waiting = self.waiting().get(&person).cloned();
        match waiting {
            Some(query) => Ok(Some(query)),
            None => view::left(reader, person, ACCOUNTS),
        }
    }

    /// To be called within the runtime.
    pub fn note(&self, store: &Store, person: PersonId, query: String) {
        let is_first = {
            let mut waiting = self.waiting();
            let is_first = waiting.is_empty();
            waiting.insert(person, query);
            is_first
        };
        if is_first {
            tokio::spawn(self.clone().write_by_and_by(store.clone()));
        }
    }

    /// Writes what waits, as the server does when it stops, too. A list is seen even where it cannot be noted how it was
    /// left.
    pub fn write(&self, store: &Store) {
        let left = self.waiting().clone();
        for (person, query) in left {
            if let Err(error) = leave(store, person, ACCOUNTS, query.clone()) {
                tracing::warn!(%error, "it could not be noted how somebody left the list");
            }
            let mut waiting = self.waiting();
            // It may have been left otherwise meanwhile.
            if waiting.get(&person) == Some(&query) {
                waiting.remove(&person);
            }
        }
    }

    async fn write_by_and_by(self, store: Store) {
        while !self.waiting().is_empty() {
            tokio::time::sleep(PAUSE).await;
            let (left, store) = (self.clone(), store.clone());
            if tokio::task::spawn_blocking(move || left.write(&store)).await.is_err() {
                return;
            }
        }
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<PersonId, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
