//! Connections for reading, kept for the next reader.

use super::{Reader, StoreError, session::Session};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// More readers than this wait for one another.
const SESSIONS_MAX: usize = 16;

type Open = dyn Fn() -> Result<Box<dyn Session>, StoreError> + Send + Sync;

pub(crate) struct Pool {
    open: Box<Open>,
    state: Mutex<State>,
    given_back: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Box<dyn Session>>,
    lent: usize,
}

/// A session with a read transaction; given back when dropped.
struct Lent<'a> {
    pool: &'a Pool,
    session: Option<Box<dyn Session>>,
}

impl Pool {
    pub fn new(open: Box<Open>) -> Self {
        Self { open, state: Mutex::default(), given_back: Condvar::new() }
    }

    /// A consistent state for `f`. Waits while all sessions are lent.
    pub fn read<T, E: From<StoreError>>(&self, f: impl FnOnce(&Reader<'_>) -> Result<T, E>) -> Result<T, E> {
        let lent = self.lend()?;
        f(&Reader { session: lent.session()? })
    }

    fn lend(&self) -> Result<Lent<'_>, StoreError> {
        let idle = self.take();
        let mut lent = Lent { pool: self, session: None };
        let session = match idle.filter(|session| session.is_usable()) {
            Some(session) => session,
            None => (self.open)()?,
        };
        session.begin_read()?;
        lent.session = Some(session);
        Ok(lent)
    }

    fn take(&self) -> Option<Box<dyn Session>> {
        let mut state = self.state();
        while state.lent == SESSIONS_MAX {
            state = self.given_back.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.lent += 1;
        state.idle.pop()
    }

    fn give_back(&self, session: Option<Box<dyn Session>>) {
        let mut state = self.state();
        state.lent -= 1;
        state.idle.extend(session);
        self.given_back.notify_one();
    }

    /// Nothing panics while it is held, so that a poisoned one is as good.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lent<'_> {
    fn session(&self) -> Result<&dyn Session, StoreError> {
        self.session.as_deref().ok_or(StoreError::ConnectionLost)
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let clean = self.session.take().filter(|session| {
            session.end_read();
            session.is_usable()
        });
        self.pool.give_back(clean);
    }
}
