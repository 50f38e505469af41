//! The database behind one door: snapshots for reading, units of work for writing, the same on SQLite and PostgreSQL.

mod writer;

use crate::{
    Asking, Engine, Reader, StoreError, Work,
    engine::{self, Opened, Pool},
};
use luotsi_core::history::Actor;
use std::{
    sync::{
        Arc,
        mpsc::{Sender, channel},
    },
    thread::{self, JoinHandle},
};
use writer::{Asked, Request, Writer};

/// An open database. Clones share it; it closes with the last.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    readers: Pool,
    requests: Option<Sender<Box<dyn Request>>>,
    writer: Option<JoinHandle<()>>,
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://...`, and brings it to this program's schema; a SQLite file is made when
    /// there is none. Waits, so not to be called from an asynchronous function.
    pub fn open(database: &str) -> Result<Self, StoreError> {
        let Opened { engine, readers, writer, reopen } = engine::open(database)?;
        let writer = Writer::new(reopen, writer);
        let (requests, waiting) = channel();
        let writer = thread::Builder::new()
            .name("luotsi-writer".to_owned())
            .spawn(move || writer.serve(&waiting))
            .map_err(|error| StoreError::Stopped(error.to_string()))?;
        let inner = Inner { engine, readers, requests: Some(requests), writer: Some(writer) };
        Ok(Self { inner: Arc::new(inner) })
    }

    pub fn engine(&self) -> Engine {
        self.inner.engine
    }

    /// A consistent state for reading. Waits, so to be called on a thread that may block.
    pub fn read<T, E: From<StoreError>>(&self, f: impl FnOnce(&Reader<'_>) -> Result<T, E>) -> Result<T, E> {
        self.inner.readers.read(f)
    }

    /// One unit of work: all of it is saved and on disk when this returns `Ok`, nothing of it after an error or a
    /// panic. `f` may be run more than once and does nothing but ask and change the database.
    pub fn write<T, E>(
        &self,
        actor: Actor,
        f: impl Fn(&mut Work<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.hand_over(actor, None, f)
    }

    /// The same for a person who asks: `f` begins with what is `known` of them, which is asked for all who wait at once.
    pub fn write_for<T, E>(
        &self,
        asking: Asking,
        f: impl Fn(&mut Work<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.hand_over(Actor::Person(asking.person), Some(asking), f)
    }

    fn hand_over<T, E>(
        &self,
        actor: Actor,
        asking: Option<Asking>,
        f: impl Fn(&mut Work<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let gone = || StoreError::Stopped("the writer has ended".to_owned());
        let (request, answer) = Asked::request(actor, asking, f);
        let requests = self.inner.requests.as_ref().ok_or_else(gone)?;
        requests.send(request).map_err(|_| gone())?;
        answer.recv().map_err(|_| gone())?
    }
}

impl Drop for Inner {
    /// What was asked is still saved.
    fn drop(&mut self) {
        drop(self.requests.take());
        // A unit of work may hold the last clone itself: the writer does not wait for itself.
        if let Some(writer) =
            self.writer.take().filter(|writer| writer.thread().id() != thread::current().id())
        {
            drop(writer.join());
        }
    }
}
