//! The database behind one door: snapshots for reading, units of work for writing, the same on SQLite and PostgreSQL.

mod error;
mod value;
mod sql;
mod row;
mod session;
mod sqlite;
mod postgres;
mod query;
mod work;
mod pool;
mod writer;
mod migration;

pub use error::StoreError;
pub use query::{Query, Reader};
pub use row::Row;
pub use sql::{LIST_MAX, in_list, list_size, padded, values};
pub use value::Value;
pub use work::Work;

use crate::people::request::Asking;
use luotsi_core::history::Actor;
use migration::{POSTGRES, POSTGRES_DIALECT, SQLITE, SQLITE_DIALECT, migrate};
use pool::Pool;
use postgres::PostgresSession;
use session::Session;
use sqlite::SqliteSession;
use std::{
    path::PathBuf,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://...`, and brings it to this program's schema; a SQLite file is made when
    /// there is none. Waits, so not to be called from an asynchronous function.
    pub fn open(database: &str) -> Result<Self, StoreError> {
        match database.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() => Self::open_sqlite(PathBuf::from(path)),
            Some(("postgres" | "postgresql", _)) => Self::open_postgres(database),
            Some(_) | None => Err(StoreError::Address(without_password(database))),
        }
    }

    pub fn engine(&self) -> Engine {
        self.inner.engine
    }

    /// A consistent state for reading. Waits, so to be called on a thread that may block.
    pub fn read<T, E: From<StoreError>>(&self, f: impl FnOnce(&Reader<'_>) -> Result<T, E>) -> Result<T, E> {
        let lent = self.inner.readers.lend()?;
        f(&Reader { session: lent.session()? })
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

    fn open_sqlite(path: PathBuf) -> Result<Self, StoreError> {
        let writer = SqliteSession::open_writer(&path)?;
        migrate(&writer, &SQLITE_DIALECT, SQLITE)?;

        let reader_path = path.clone();
        let readers = Pool::new(Box::new(move || Ok(Box::new(SqliteSession::open_reader(&reader_path)?))));
        let reopen = Box::new(move || SqliteSession::open_writer(&path).map(boxed));
        Self::start(Engine::Sqlite, readers, Writer::new(reopen, Box::new(writer)))
    }

    fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let config: tokio_postgres::Config =
            url.parse().map_err(|_| StoreError::Address(without_password(url)))?;
        let open = move || PostgresSession::open(&config);
        let writer = open()?;
        writer.check_settings()?;
        if !writer.is_ours_or_new()? {
            return Err(StoreError::NotADatabase(without_password(url)));
        }
        migrate(&writer, &POSTGRES_DIALECT, POSTGRES)?;

        let reopen = open.clone();
        let readers = Pool::new(Box::new(move || open().map(boxed)));
        let writer = Writer::new(Box::new(move || reopen().map(boxed)), Box::new(writer));
        Self::start(Engine::Postgres, readers, writer)
    }

    fn start(engine: Engine, readers: Pool, writer: Writer) -> Result<Self, StoreError> {
        let (requests, waiting) = channel();
        let writer = thread::Builder::new()
            .name("luotsi-writer".to_owned())
            .spawn(move || writer.serve(&waiting))
            .map_err(|error| StoreError::Stopped(error.to_string()))?;
        let inner = Inner { engine, readers, requests: Some(requests), writer: Some(writer) };
        Ok(Self { inner: Arc::new(inner) })
    }
}

/// Statements past the store, as another program would run them: for tests.
#[cfg(feature = "testing")]
pub(crate) fn run_on_sqlite(path: &std::path::Path, sql: &str) -> Result<(), StoreError> {
    let connection =
        rusqlite::Connection::open(path).map_err(|error| StoreError::Statement(error.to_string()))?;
    connection.execute_batch(sql).map_err(|error| StoreError::Statement(error.to_string()))
}

/// Statements outside of any unit of work, on a database that need not be ours: for tests, that make databases.
#[cfg(feature = "testing")]
pub(crate) fn run_on_postgres(url: &str, sql: &str) -> Result<(), StoreError> {
    let config: tokio_postgres::Config =
        url.parse().map_err(|_| StoreError::Address(without_password(url)))?;
    PostgresSession::open(&config)?.script(sql)
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

fn boxed(session: impl Session + 'static) -> Box<dyn Session> {
    Box::new(session)
}

/// An address fit for showing: `postgres://user:***@host/database`.
fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return address.to_owned();
    };
    match rest.split_once('@').map(|(who, place)| (who.split_once(':'), place)) {
        Some((Some((user, _)), place)) => format!("{scheme}://{user}:***@{place}"),
        Some((None, _)) | None => address.to_owned(),
    }
}
