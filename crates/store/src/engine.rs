//! Sessions of SQLite and PostgreSQL behind one door: how they are opened and brought to the schema, and what is asked
//! and changed in them, the same on both.

mod error;
mod value;
mod sql;
mod row;
mod session;
mod sqlite;
mod postgres;
mod asking;
mod query;
mod work;
mod pool;
mod migration;

pub use asking::{Answered, Asking, Known};
pub use error::StoreError;
pub(crate) use pool::Pool;
pub use query::{Query, Reader};
pub use row::Row;
pub(crate) use session::Session;
pub use sql::{LIST_MAX, in_list, list_size, padded, values};
pub use value::Value;
pub(crate) use work::Memory;
pub use work::Work;

use migration::{POSTGRES, POSTGRES_DIALECT, SQLITE, SQLITE_DIALECT, migrate};
use postgres::PostgresSession;
use sqlite::SqliteSession;
use std::path::PathBuf;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// How a session that may write is opened anew.
pub(crate) type Reopen = dyn Fn() -> Result<Box<dyn Session>, StoreError> + Send;

/// A database of this program's schema.
pub(crate) struct Opened {
    pub engine: Engine,
    pub readers: Pool,
    pub writer: Box<dyn Session>,
    pub reopen: Box<Reopen>,
}

/// Opens `sqlite:PATH` or `postgres://...`, and brings it to this program's schema; a SQLite file is made when there is
/// none.
pub(crate) fn open(database: &str) -> Result<Opened, StoreError> {
    match database.split_once(':') {
        Some(("sqlite", path)) if !path.is_empty() => open_sqlite(PathBuf::from(path)),
        Some(("postgres" | "postgresql", _)) => open_postgres(database),
        Some(_) | None => Err(StoreError::Address(without_password(database))),
    }
}

fn open_sqlite(path: PathBuf) -> Result<Opened, StoreError> {
    let writer = SqliteSession::open_writer(&path)?;
    migrate(&writer, &SQLITE_DIALECT, SQLITE)?;

    let reader_path = path.clone();
    let readers = Pool::new(Box::new(move || SqliteSession::open_reader(&reader_path).map(boxed)));
    let reopen = Box::new(move || SqliteSession::open_writer(&path).map(boxed));
    Ok(Opened { engine: Engine::Sqlite, readers, writer: boxed(writer), reopen })
}

fn open_postgres(url: &str) -> Result<Opened, StoreError> {
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
    let reopen = Box::new(move || reopen().map(boxed));
    Ok(Opened { engine: Engine::Postgres, readers, writer: boxed(writer), reopen })
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
