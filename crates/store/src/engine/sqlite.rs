//! SQLite: one file, write-ahead log, every commit on disk before it is confirmed.

use super::{
    Engine, Row, StoreError, Value,
    session::{EachRow, HandingOver, Session},
    sql,
};
use rusqlite::{
    CachedStatement, Connection, OpenFlags, ToSql,
    config::DbConfig,
    ffi,
    types::{ToSqlOutput, ValueRef},
};
use std::{
    cell::{Cell, RefCell},
    path::Path,
    thread,
    time::Duration,
};

/// How long a transaction waits for another program's.
const WAIT_MAX_MS: i32 = 10_000;
/// A look at the lock every millisecond: SQLite's own waiting grows to 100 ms, and a program that writes slice after
/// slice would hardly ever be found idle.
const WAIT_STEP: Duration = Duration::from_millis(1);
/// Statements kept prepared on each connection.
const STATEMENTS_MAX: usize = 256;
/// "LUOT": marks the file as ours.
const APPLICATION_ID: i64 = 0x4c55_4f54;

pub(super) struct SqliteSession {
    connection: Connection,
    is_streaming: Cell<bool>,
    in_transaction: Cell<bool>,
    failure: RefCell<Option<StoreError>>,
    lost: RefCell<Option<StoreError>>,
}

impl SqliteSession {
    /// Opens for writing and makes the file when there is none.
    pub fn open_writer(path: &Path) -> Result<Self, StoreError> {
        let session = Self::open(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        let is_new = session.is_new(path)?;
        let mode = session.pragma_text("journal_mode = wal")?;
        if mode != "wal" {
            return Err(StoreError::CannotOpen {
                what: path.display().to_string(),
                why: format!("its folder does not allow a write-ahead log (journal mode {mode})"),
            });
        }
        if is_new {
            session.script(&format!("pragma application_id = {APPLICATION_ID}"))?;
        }
        // Imports touch pages all over the file: 64 MB of log take in many of them twice before they are carried over.
        session.script(
            "pragma synchronous = full;
             pragma wal_autocheckpoint = 16000;
             pragma journal_size_limit = 67108864;
             pragma cache_size = -32768;",
        )?;
        Ok(session)
    }

    pub fn open_reader(path: &Path) -> Result<Self, StoreError> {
        let session = Self::open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        session.script("pragma query_only = on; pragma cache_size = -8192;")?;
        Ok(session)
    }

    fn open(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let mut connection =
            Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(|error| {
                StoreError::CannotOpen { what: path.display().to_string(), why: reason(&error) }
            })?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
        connection.busy_handler(Some(wait_for_lock)).map_err(store_error)?;
        // A plan that looks at values is made anew for each of them, which costs more than it finds.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(store_error)?;
        let session = Self {
            connection,
            is_streaming: Cell::new(false),
            in_transaction: Cell::new(false),
            failure: RefCell::default(),
            lost: RefCell::default(),
        };
        // PostgreSQL's `like` minds the case; so does ours, then. Several hundred rows that are handed over are looked up
        // in their table: SQLite would else rather make an index of them and walk the whole table along it.
        session.script(
            "pragma foreign_keys = on; pragma case_sensitive_like = on; pragma automatic_index = off;",
        )?;
        Ok(session)
    }

    /// A new file is empty; any other must carry our mark.
    fn is_new(&self, path: &Path) -> Result<bool, StoreError> {
        let not_ours = || StoreError::NotADatabase(path.display().to_string());
        let id = match self.pragma_int("application_id") {
            Err(StoreError::NotADatabase(_)) => return Err(not_ours()),
            answer => answer?,
        };
        let tables = self.one_int("select count(*) from sqlite_schema")?;
        match (id, tables) {
            (APPLICATION_ID, _) => Ok(false),
            (0, 0) => Ok(true),
            (_, _) => Err(not_ours()),
        }
    }

    fn pragma_text(&self, pragma: &str) -> Result<String, StoreError> {
        self.connection.query_row(&format!("pragma {pragma}"), [], |row| row.get(0)).map_err(store_error)
    }

    fn pragma_int(&self, pragma: &str) -> Result<i64, StoreError> {
        self.one_int(&format!("pragma {pragma}"))
    }

    fn one_int(&self, sql: &str) -> Result<i64, StoreError> {
        self.connection.query_row(sql, [], |row| row.get(0)).map_err(store_error)
    }

    fn prepared(&self, sql: &str, params: &[Value]) -> Result<CachedStatement<'_>, StoreError> {
        let mut statement = self.connection.prepare_cached(&sql::for_sqlite(sql)).map_err(store_error)?;
        if statement.parameter_count() != params.len() {
            let (asks, given) = (statement.parameter_count(), params.len());
            return Err(StoreError::Statement(format!("{asks} values asked for, {given} given: {sql}")));
        }
        bind(&mut statement, params)?;
        Ok(statement)
    }

    fn control(&self, sql: &str) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(store_error)?;
        statement.execute([]).map(drop).map_err(store_error)
    }

    /// After some errors (full disk, failed reading or writing) SQLite itself gives up the whole transaction.
    fn remember(&self, error: StoreError) -> StoreError {
        self.failure.borrow_mut().get_or_insert_with(|| error.clone());
        if self.in_transaction.get() && self.connection.is_autocommit() {
            self.lost.borrow_mut().get_or_insert_with(|| error.clone());
        }
        error
    }

    fn refuse_while_streaming(&self) -> Result<(), StoreError> {
        match self.is_streaming.get() {
            true => Err(StoreError::Statement("a statement while another's rows are being read".to_owned())),
            false => Ok(()),
        }
    }

    fn stream(&self, sql: &str, params: &[Value], row: &mut EachRow<'_>) -> Result<(), StoreError> {
        let mut statement = self.prepared(sql, params)?;
        let mut rows = statement.raw_query();
        while let Some(found) = rows.next().map_err(store_error)? {
            row(&Row::Sqlite(found))?;
        }
        Ok(())
    }
}

impl Session for SqliteSession {
    fn engine(&self) -> Engine {
        Engine::Sqlite
    }

    fn begin_read(&self) -> Result<(), StoreError> {
        self.control("begin deferred")
    }

    /// A connection that cannot end it is no longer usable.
    fn end_read(&self) {
        drop(self.rollback());
    }

    fn begin_write(&self) -> Result<(), StoreError> {
        self.lost.take();
        self.failure.take();
        self.control("begin immediate")?;
        self.in_transaction.set(true);
        Ok(())
    }

    fn begin_request(&self) {}

    fn savepoint(&self) -> Result<(), StoreError> {
        self.control("savepoint request")
    }

    fn keep_savepoint(&self) -> Result<(), StoreError> {
        self.control("release request")
    }

    /// Every statement is waited for here.
    fn settle(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn undo_to_savepoint(&self) -> Result<(), StoreError> {
        self.control("rollback to request")?;
        self.control("release request")
    }

    fn commit(&self) -> Result<(), StoreError> {
        self.in_transaction.set(false);
        self.control("commit")
    }

    fn rollback(&self) -> Result<(), StoreError> {
        self.in_transaction.set(false);
        match self.connection.is_autocommit() {
            true => Ok(()),
            false => self.control("rollback"),
        }
    }

    fn each(&self, sql: &str, params: &[Value], row: &mut EachRow<'_>) -> Result<(), StoreError> {
        self.refuse_while_streaming()?;
        let _handing_over = HandingOver::begin(&self.is_streaming);
        self.stream(sql, params, row).map_err(|error| self.remember(error))
    }

    fn execute(&self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        self.refuse_while_streaming()?;
        self.prepared(sql, params)
            .and_then(|mut statement| statement.raw_execute().map_err(store_error))
            .map(|count| count as u64)
            .map_err(|error| self.remember(error))
    }

    fn insert(
        &self,
        table: &str,
        columns: &[&str],
        values: &mut dyn Iterator<Item = Value>,
    ) -> Result<(), StoreError> {
        self.refuse_while_streaming()?;
        let list = sql::in_list(1, columns.len());
        let sql = format!("insert into {table} ({}) values {list}", columns.join(", "));
        let mut statement = self
            .connection
            .prepare_cached(&sql::for_sqlite(&sql))
            .map_err(|e| self.remember(store_error(e)))?;
        let mut position = 0;
        for value in values {
            position += 1;
            statement.raw_bind_parameter(position, value).map_err(store_error)?;
            if position == columns.len() {
                statement.raw_execute().map_err(|error| self.remember(store_error(error)))?;
                position = 0;
            }
        }
        Ok(())
    }

    fn insert_unread(&self, table: &str, columns: &[&str], values: &[Value]) -> Result<(), StoreError> {
        self.insert(table, columns, &mut values.iter().cloned())
    }

    fn keeps_back(&self) -> bool {
        false
    }

    fn script(&self, sql: &str) -> Result<(), StoreError> {
        self.connection.execute_batch(sql).map_err(store_error)
    }

    /// SQLite chooses well by the shape of its keys alone.
    fn keep_statistics(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn lost(&self) -> Option<StoreError> {
        self.lost.borrow().clone()
    }

    fn take_failure(&self) -> Option<StoreError> {
        self.failure.take()
    }

    fn is_usable(&self) -> bool {
        self.connection.is_autocommit()
    }
}

fn wait_for_lock(times: i32) -> bool {
    thread::sleep(WAIT_STEP);
    times < WAIT_MAX_MS
}

fn bind(statement: &mut CachedStatement<'_>, params: &[Value]) -> Result<(), StoreError> {
    for (position, value) in params.iter().enumerate() {
        statement.raw_bind_parameter(position + 1, value).map_err(store_error)?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Int(int) => ToSqlOutput::Borrowed(ValueRef::Integer(*int)),
            Self::Real(real) => ToSqlOutput::Borrowed(ValueRef::Real(*real)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Id(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Self::Day(day) => ToSqlOutput::Owned(rusqlite::types::Value::Text(day.to_string())),
        })
    }
}

fn store_error(error: rusqlite::Error) -> StoreError {
    let Some(failure) = error.sqlite_error().copied() else {
        return StoreError::Statement(error.to_string());
    };
    let why = reason(&error);
    match failure.extended_code & 0xff {
        ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => StoreError::Locked,
        ffi::SQLITE_READONLY | ffi::SQLITE_PERM => StoreError::ReadOnly,
        ffi::SQLITE_FULL => StoreError::Full,
        ffi::SQLITE_NOTADB => StoreError::NotADatabase("This file".to_owned()),
        ffi::SQLITE_CORRUPT => StoreError::Damaged(why),
        ffi::SQLITE_IOERR => StoreError::Stopped(why),
        ffi::SQLITE_CANTOPEN => StoreError::CannotOpen { what: "The database".to_owned(), why },
        ffi::SQLITE_CONSTRAINT if is_uniqueness(failure.extended_code) => StoreError::Taken(why),
        ffi::SQLITE_CONSTRAINT => StoreError::Constraint(why),
        _ => StoreError::Statement(error.to_string()),
    }
}

fn is_uniqueness(extended_code: i32) -> bool {
    [ffi::SQLITE_CONSTRAINT_UNIQUE, ffi::SQLITE_CONSTRAINT_PRIMARYKEY].contains(&extended_code)
}

fn reason(error: &rusqlite::Error) -> String {
    if let rusqlite::Error::SqliteFailure(_, Some(message)) = error {
        return message.clone();
    }
    error.to_string()
}
