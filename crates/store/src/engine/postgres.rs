//! PostgreSQL: an asynchronous client driven from plain threads, on a runtime of the store's own.

use super::{Row, StoreError, Value, session::EachRow, session::Session};
use futures_util::{StreamExt, pin_mut};
use luotsi_core::units::Day;
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    error::Error,
    future::Future,
};
use tokio::runtime::Handle;
use tokio_postgres::{
    Client, Config, NoTls, Statement,
    binary_copy::BinaryCopyInWriter,
    error::SqlState,
    types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};
use uuid::Uuid;

/// Rows fetched before they are handed over together.
const ROWS_AT_ONCE: usize = 1024;
/// Statements kept prepared on each connection; above that all are forgotten and prepared anew.
const STATEMENTS_MAX: usize = 512;
/// From so many rows on, copying beats inserting.
const COPY_FROM: usize = 32;
/// New rows after which statistics are made for the first time.
const STATISTICS_FROM: usize = 5_000;
/// How long a transaction waits for another program's.
const WAIT_MAX: &str = "10s";
/// Reading by key is what we do, from memory or from disks without a moving arm; and no query of ours is long enough
/// to be worth compiling.
const SETTINGS: &str =
    "set client_min_messages = warning; set timezone = 'UTC'; set random_page_cost = 1.1; set jit = off";
/// PostgreSQL counts days from 2000-01-01.
const POSTGRES_EPOCH: i32 = 10_957;

pub(super) struct PostgresSession {
    runtime: Handle,
    client: Client,
    statements: RefCell<HashMap<String, Statement>>,
    is_streaming: Cell<bool>,
    rows_inserted: Cell<usize>,
    /// Statistics are made when so many rows have been inserted.
    statistics_at: Cell<usize>,
    failure: RefCell<Option<StoreError>>,
    lost: RefCell<Option<StoreError>>,
}

impl PostgresSession {
    /// Never called from within an asynchronous function: it waits.
    pub fn open(runtime: &Handle, config: &Config) -> Result<Self, StoreError> {
        let client = runtime.block_on(connect(config))?;
        let session = Self {
            runtime: runtime.clone(),
            client,
            statements: RefCell::default(),
            is_streaming: Cell::new(false),
            rows_inserted: Cell::new(0),
            statistics_at: Cell::new(STATISTICS_FROM),
            failure: RefCell::default(),
            lost: RefCell::default(),
        };
        session.script(&format!("{SETTINGS}; set lock_timeout = '{WAIT_MAX}'"))?;
        Ok(session)
    }

    /// A server that confirms before the disk has it is refused, as is one that cannot keep all of Unicode.
    pub fn check_settings(&self) -> Result<(), StoreError> {
        let durable = ["fsync", "synchronous_commit", "full_page_writes"];
        for setting in durable {
            let found = self.setting(setting)?;
            if found == "off" {
                return Err(StoreError::Unsafe { setting, found, wanted: "on" });
            }
        }
        let found = self.setting("server_encoding")?;
        match found == "UTF8" {
            true => Ok(()),
            false => Err(StoreError::Unsafe { setting: "server_encoding", found, wanted: "UTF8" }),
        }
    }

    /// Tables without our list of migrations are another program's.
    pub fn is_ours_or_new(&self) -> Result<bool, StoreError> {
        let mut tables = Vec::new();
        self.each(
            "select table_name from information_schema.tables where table_schema = current_schema()",
            &[],
            &mut |row| {
                tables.push(row.string(0)?);
                Ok(())
            },
        )?;
        Ok(tables.is_empty() || tables.iter().any(|table| table == "migration"))
    }

    fn setting(&self, name: &str) -> Result<String, StoreError> {
        let mut found = String::new();
        self.each(&format!("show {name}"), &[], &mut |row| {
            found = row.string(0)?;
            Ok(())
        })?;
        Ok(found)
    }

    fn wait<T>(
        &self,
        asked: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, StoreError> {
        self.runtime.block_on(asked).map_err(|error| self.remember(store_error(&error)))
    }

    /// After any error PostgreSQL refuses the rest of the transaction; of interest are those that another try may
    /// heal, and a lost connection.
    fn remember(&self, error: StoreError) -> StoreError {
        self.failure.borrow_mut().get_or_insert_with(|| error.clone());
        if error.is_worth_another_try() || matches!(error, StoreError::Locked | StoreError::Full) {
            self.lost.borrow_mut().get_or_insert_with(|| error.clone());
        }
        error
    }

    fn prepared(&self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.borrow().get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.wait(self.client.prepare(sql))?;
        let mut statements = self.statements.borrow_mut();
        if statements.len() >= STATEMENTS_MAX {
            statements.clear();
        }
        statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    fn checked(&self, sql: &str, params: &[Value]) -> Result<Statement, StoreError> {
        if self.is_streaming.get() {
            return Err(StoreError::Statement("a statement while another's rows are being read".to_owned()));
        }
        let statement = self.prepared(sql)?;
        match (statement.params().len(), params.len()) {
            (asks, given) if asks == given => Ok(statement),
            (asks, given) => {
                Err(StoreError::Statement(format!("{asks} values asked for, {given} given: {sql}")))
            }
        }
    }

    /// The rows are handed over outside of the runtime, so that the receiver may use the store.
    fn stream(
        &self,
        statement: &Statement,
        params: &[Value],
        row: &mut EachRow<'_>,
    ) -> Result<(), StoreError> {
        let stream = self.wait(self.client.query_raw(statement, params.iter()))?;
        pin_mut!(stream);
        let mut fetched = Vec::new();
        loop {
            fetched.clear();
            self.wait(async {
                while fetched.len() < ROWS_AT_ONCE {
                    match stream.next().await.transpose()? {
                        Some(next) => fetched.push(next),
                        None => break,
                    }
                }
                Ok(())
            })?;
            for next in &fetched {
                row(&Row::Postgres(next))?;
            }
            if fetched.len() < ROWS_AT_ONCE {
                return Ok(());
            }
        }
    }

    fn copy(&self, table: &str, columns: &[&str], values: &[Value]) -> Result<(), StoreError> {
        let columns = columns.join(", ");
        let types: Vec<Type> = self
            .checked(&format!("select {columns} from {table} where false"), &[])?
            .columns()
            .iter()
            .map(|column| column.type_().clone())
            .collect();
        let copy = self.prepared(&format!("copy {table} ({columns}) from stdin (format binary)"))?;
        self.wait(async {
            let sink = self.client.copy_in(&copy).await?;
            let writer = BinaryCopyInWriter::new(sink, &types);
            pin_mut!(writer);
            for row in values.chunks(types.len()) {
                writer.as_mut().write_raw(row).await?;
            }
            writer.finish().await.map(drop)
        })
    }
}

async fn connect(config: &Config) -> Result<Client, StoreError> {
    let (client, connection) =
        config.connect(NoTls).await.map_err(|error| StoreError::CannotConnect(reason(&error)))?;
    tokio::spawn(async move {
        // Its end is seen by the client's next statement.
        if let Err(error) = connection.await {
            tracing::warn!("connection to PostgreSQL ended: {}", reason(&error));
        }
    });
    Ok(client)
}

impl Session for PostgresSession {
    fn begin_read(&self) -> Result<(), StoreError> {
        self.script("begin isolation level repeatable read read only")
    }

    /// Waits for its turn: the one row of `writer` is held by whoever writes.
    fn begin_write(&self) -> Result<(), StoreError> {
        self.lost.take();
        self.failure.take();
        self.script("begin isolation level read committed; select id from writer where id = 1 for update")
    }

    fn savepoint(&self) -> Result<(), StoreError> {
        self.script("savepoint request")
    }

    fn keep_savepoint(&self) -> Result<(), StoreError> {
        self.script("release savepoint request")
    }

    fn undo_to_savepoint(&self) -> Result<(), StoreError> {
        self.script("rollback to savepoint request; release savepoint request")
    }

    fn commit(&self) -> Result<(), StoreError> {
        match self.script("commit") {
            Err(StoreError::ConnectionLost) => Err(StoreError::OutcomeUnknown),
            outcome => outcome,
        }
    }

    fn rollback(&self) -> Result<(), StoreError> {
        self.is_streaming.set(false);
        self.script("rollback")
    }

    fn each(&self, sql: &str, params: &[Value], row: &mut EachRow<'_>) -> Result<(), StoreError> {
        let statement = self.checked(sql, params)?;
        self.is_streaming.set(true);
        let outcome = self.stream(&statement, params, row);
        self.is_streaming.set(false);
        outcome
    }

    fn execute(&self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let statement = self.checked(sql, params)?;
        self.wait(self.client.execute_raw(&statement, params.iter()))
    }

    fn insert(&self, table: &str, columns: &[&str], values: &[Value]) -> Result<(), StoreError> {
        self.rows_inserted.set(self.rows_inserted.get() + values.len() / columns.len());
        let mut rest = values;
        if values.len() >= COPY_FROM * columns.len() {
            return self.copy(table, columns, values);
        }
        while !rest.is_empty() {
            let rows = super::sql::rows_at_once(rest.len() / columns.len());
            let (slice, later) = rest.split_at(rows * columns.len());
            let lists: Vec<String> =
                (0..rows).map(|row| super::sql::in_list(1 + row * columns.len(), columns.len())).collect();
            let sql = format!("insert into {table} ({}) values {}", columns.join(", "), lists.join(", "));
            self.execute(&sql, slice)?;
            rest = later;
        }
        Ok(())
    }

    fn script(&self, sql: &str) -> Result<(), StoreError> {
        self.wait(self.client.batch_execute(sql))
    }

    /// The server itself looks once a minute: an import of seconds would be read as if the tables were empty. Each
    /// time twice as many rows have come, so that it is done a few times only.
    fn keep_statistics(&self) -> Result<(), StoreError> {
        let inserted = self.rows_inserted.get();
        if inserted < self.statistics_at.get() {
            return Ok(());
        }
        self.statistics_at.set(inserted * 2);
        self.script("analyze")
    }

    fn lost(&self) -> Option<StoreError> {
        self.lost.borrow().clone()
    }

    fn take_failure(&self) -> Option<StoreError> {
        self.failure.take()
    }

    fn is_usable(&self) -> bool {
        !self.client.is_closed()
    }
}

fn store_error(error: &tokio_postgres::Error) -> StoreError {
    let Some(refusal) = error.as_db_error() else {
        return match error.is_closed() || error.source().is_some_and(|source| source.is::<std::io::Error>()) {
            true => StoreError::ConnectionLost,
            false => StoreError::Statement(reason(error)),
        };
    };
    let why = refusal.message().to_owned();
    let state = refusal.code();
    if [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(state) {
        StoreError::Busy
    } else if *state == SqlState::LOCK_NOT_AVAILABLE {
        StoreError::Locked
    } else if *state == SqlState::DISK_FULL {
        StoreError::Full
    } else if *state == SqlState::READ_ONLY_SQL_TRANSACTION || *state == SqlState::INSUFFICIENT_PRIVILEGE {
        StoreError::ReadOnly
    } else if *state == SqlState::UNIQUE_VIOLATION {
        StoreError::Taken(why)
    } else if state.code().starts_with("23") || state.code().starts_with("22") {
        StoreError::Constraint(why)
    } else if state.code().starts_with("57P") || state.code().starts_with("08") {
        StoreError::ConnectionLost
    } else {
        StoreError::Statement(why)
    }
}

fn reason(error: &tokio_postgres::Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(refusal), _) => refusal.message().to_owned(),
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self, kind) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Int(int), &Type::INT8) => int.to_sql(kind, out),
            (Self::Int(int), &Type::INT4) => i32::try_from(*int)?.to_sql(kind, out),
            (Self::Int(int), &Type::FLOAT8) => (*int as f64).to_sql(kind, out),
            (Self::Int(int), &Type::BOOL) => (*int != 0).to_sql(kind, out),
            (Self::Real(real), &Type::FLOAT8) => real.to_sql(kind, out),
            (Self::Text(text), &Type::TEXT | &Type::VARCHAR) => text.to_sql(kind, out),
            (Self::Id(id), &Type::UUID) => id.to_sql(kind, out),
            (Self::Day(day), &Type::DATE) => (day.since_epoch() - POSTGRES_EPOCH).to_sql(&Type::INT4, out),
            (Self::Int(_) | Self::Real(_) | Self::Text(_) | Self::Id(_) | Self::Day(_), other) => {
                Err(format!("{self:?} given where {other} was asked for").into())
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A column as PostgreSQL sent it.
pub(super) enum Raw<'a> {
    Null,
    Int(i64),
    Real(f64),
    Text(&'a str),
    Id(Uuid),
    Day(Day),
}

impl<'a> FromSql<'a> for Raw<'a> {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        match *kind {
            Type::INT8 => i64::from_sql(kind, raw).map(Self::Int),
            Type::INT4 => i32::from_sql(kind, raw).map(i64::from).map(Self::Int),
            Type::BOOL => bool::from_sql(kind, raw).map(i64::from).map(Self::Int),
            Type::FLOAT8 => f64::from_sql(kind, raw).map(Self::Real),
            Type::NUMERIC => whole_number(raw).map(Self::Int),
            Type::UUID => Ok(Self::Id(Uuid::from_slice(raw)?)),
            Type::DATE => i32::from_sql(&Type::INT4, raw)
                .map(|days| Self::Day(Day::from_since_epoch(days.saturating_add(POSTGRES_EPOCH)))),
            Type::TEXT | Type::VARCHAR | Type::NAME | Type::UNKNOWN => {
                <&str>::from_sql(kind, raw).map(Self::Text)
            }
            _ => Err(format!("a column of type {kind} is not foreseen").into()),
        }
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// Sums of bigint come as numeric: digits to the base 10,000 after a head of four numbers of two bytes.
fn whole_number(raw: &[u8]) -> Result<i64, Box<dyn Error + Sync + Send>> {
    let words: Vec<i16> = raw.chunks_exact(2).map(|pair| i16::from_be_bytes([pair[0], pair[1]])).collect();
    let [count, weight, sign, _, digits @ ..] = words.as_slice() else {
        return Err("a numeric without head".into());
    };
    if *count > *weight + 1 || *weight > 4 {
        return Err("a numeric that is no whole number of 64 bits".into());
    }
    let places = usize::try_from(*weight + 1).unwrap_or(0);
    let digit = |place: usize| digits.get(place).copied().map_or(0, i128::from);
    let size = (0..places).fold(0_i128, |sum, place| sum * 10_000 + digit(place));
    Ok(i64::try_from(if *sign == 0 { size } else { -size })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_as_whole_numbers() {
        let raw = |words: &[i16]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();

        assert_eq!(whole_number(&raw(&[2, 1, 0, 0, 12, 3456])).unwrap(), 123_456);
        assert_eq!(whole_number(&raw(&[1, 1, 0x4000, 0, 12])).unwrap(), -120_000);
        assert_eq!(whole_number(&raw(&[0, 0, 0, 0])).unwrap(), 0);
        assert!(whole_number(&raw(&[2, 0, 0, 2, 1, 5000])).is_err());
    }
}
