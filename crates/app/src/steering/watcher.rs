//! Looking at what has just changed, for everybody who changes something: those who ask while a look is on share the
//! next one.

use super::{Extent, WatchError, progress::Silent, watch::watch};
use crate::today;
use luotsi_core::units::Day;
use luotsi_store::{Store, StoreError, steering::last_run};
use std::{
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// Those who do not wait for the outcome are looked at together after so long.
const GATHER: Duration = Duration::from_millis(200);
/// While another program changes very much, looking takes a third of the time at most, so that there is room for
/// changing and reading ...
const REST: u32 = 2;
/// ... but nobody waits longer than this for the next look.
const REST_MAX: Duration = Duration::from_secs(5);
/// A look at all accounts, after another strategy, takes minutes where there are many. Whoever waits for another's look
/// goes on after so long; what they changed is looked at behind.
const PATIENCE: Duration = Duration::from_secs(5);
/// The nightly watch, or one of the command line, may finish in between.
const TRIES: usize = 3;

/// Cheap to clone: all clones are the same.
#[derive(Clone)]
pub struct Watcher {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    /// The day it is; `None`: the current day where the company is.
    today: Option<Day>,
    patience: Duration,
    turns: Mutex<Turns>,
    turned: Condvar,
}

/// Those who ask are numbered; a look serves all that asked before it began.
#[derive(Default)]
struct Turns {
    asked: u64,
    served: u64,
    is_looking: bool,
    is_noticed: bool,
    /// How long the last look took.
    took: Duration,
}

impl Watcher {
    pub fn new(store: Store, today: Option<Day>) -> Self {
        Self::with_patience(store, today, PATIENCE)
    }

    fn with_patience(store: Store, today: Option<Day>, patience: Duration) -> Self {
        let (turns, turned) = (Mutex::default(), Condvar::new());
        Self { inner: Arc::new(Inner { store, today, patience, turns, turned }) }
    }

    /// Waits until all accounts touched so far have been looked at, but not long for the look of somebody else. Before a
    /// first watch nothing is looked at.
    pub fn look(&self) -> Result<(), WatchError> {
        let inner = &self.inner;
        let mut turns = inner.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.asked += 1;
        let mine = turns.asked;
        let begun_to_wait = Instant::now();
        while turns.served < mine {
            if turns.is_looking {
                let Some(patience) = inner.patience.checked_sub(begun_to_wait.elapsed()) else {
                    drop(turns);
                    self.notice();
                    return Ok(());
                };
                let waited = inner.turned.wait_timeout(turns, patience);
                turns = waited.unwrap_or_else(PoisonError::into_inner).0;
                continue;
            }
            let serves = turns.asked;
            turns.is_looking = true;
            drop(turns);
            let begun = Instant::now();
            let outcome = inner.watch();
            turns = inner.turns.lock().unwrap_or_else(PoisonError::into_inner);
            turns.took = begun.elapsed();
            turns.is_looking = false;
            if outcome.is_ok() {
                turns.served = serves;
            }
            inner.turned.notify_all();
            outcome?;
        }
        Ok(())
    }

    /// The same for whoever can do nothing about what goes wrong: it is logged, and the nightly watch looks again.
    pub fn look_or_log(&self) {
        if let Err(error) = self.look() {
            tracing::warn!(%error, "what has just changed could not be looked at");
        }
    }

    /// Has the accounts touched looked at soon, and does not wait for it.
    pub fn notice(&self) {
        let mut turns = self.inner.turns.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut turns.is_noticed, true) {
            return;
        }
        let rest = GATHER.max((turns.took * REST).min(REST_MAX));
        drop(turns);
        let watcher = self.clone();
        thread::spawn(move || {
            thread::sleep(rest);
            watcher.inner.turns.lock().unwrap_or_else(PoisonError::into_inner).is_noticed = false;
            watcher.look_or_log();
        });
    }
}

impl Inner {
    fn watch(&self) -> Result<(), WatchError> {
        let mut outcome = self.watch_once();
        for _ in 1..TRIES {
            if !matches!(outcome, Err(WatchError::Overtaken)) {
                break;
            }
            outcome = self.watch_once();
        }
        outcome
    }

    /// As of today: what a person has just said is known from today on.
    fn watch_once(&self) -> Result<(), WatchError> {
        let on = self.store.read(|reader| {
            let today = self.today.map_or_else(|| today::today(reader), Ok)?;
            Ok::<_, StoreError>(last_run(reader)?.map(|last| last.on.max(today)))
        })?;
        match on {
            Some(on) => watch(&self.store, on, Extent::Changed, &Silent).map(drop),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a story that cannot be told fails")]

    use super::*;
    use luotsi_store::testing::FreshDatabase;

    #[test]
    fn whoever_has_no_patience_goes_on_and_what_they_changed_is_looked_at_behind() {
        let fresh = FreshDatabase::sqlite();
        let store = Store::open(&fresh.url).unwrap();
        let watcher = Watcher::with_patience(store, None, Duration::ZERO);
        // Somebody else's look, which takes its time.
        watcher.inner.turns.lock().unwrap().is_looking = true;

        watcher.look().unwrap();

        let mut turns = watcher.inner.turns.lock().unwrap();
        let mine = turns.asked;
        assert!(turns.is_looking && turns.served < mine);
        turns.is_looking = false;
        while turns.served < mine {
            turns = watcher.inner.turned.wait(turns).unwrap();
        }
    }
}
