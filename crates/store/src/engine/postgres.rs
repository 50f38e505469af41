//! PostgreSQL: an asynchronous client driven by the plain thread that asks, on a runtime of each connection's own. So an
//! answer is read where it is waited for, and no other thread has to be woken on its way.

mod column;
mod deferred;
mod failure;

pub(super) use column::Raw;

use super::{
    Engine, Row, StoreError, Value,
    session::{EachRow, HandingOver, Session},
    sql,
};
use deferred::{Given, KeptBack, Rows, Sent, What};
use failure::{reason, store_error};
use futures_util::{StreamExt, future::join, pin_mut};
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    future::{Future, poll_fn},
    pin::Pin,
    sync::Arc,
    task::Poll,
};
use tokio::{
    runtime::{Builder, Runtime},
    task::yield_now,
};
use tokio_postgres::{
    Client, Config, NoTls, RowStream, Statement, binary_copy::BinaryCopyInWriter, types::Type,
};

/// Rows fetched before they are handed over together.
const ROWS_AT_ONCE: usize = 1024;
/// Statements kept prepared on each connection; above that all are forgotten and prepared anew.
const STATEMENTS_MAX: usize = 512;
/// From so many rows on, copying beats inserting.
const COPY_FROM: usize = 32;
/// New rows after which statistics of a table are made for the first time.
const STATISTICS_FROM: usize = 1_000;
/// So many values of new rows are kept back at most.
const KEPT_BACK_MAX: usize = 32_768;
/// How long a transaction waits for another program's.
const WAIT_MAX: &str = "10s";
/// Reading by key is what we do, from memory or from disks without a moving arm; and no query of ours is long enough
/// to be worth compiling. Every search reads whole what a few changes have put before the index of words, so it is short.
const SETTINGS: &str =
    "set client_min_messages = warning; set timezone = 'UTC'; set random_page_cost = 1.1; set jit = off;
    set gin_pending_list_limit = '256kB'";
/// Many rows are put into that index in large pieces, which is twice as fast; imports put the last one in its place.
const SETTINGS_FOR_MANY: &str = "set local gin_pending_list_limit = '4MB'";

pub(super) struct PostgresSession {
    config: Config,
    client: RefCell<Arc<Client>>,
    /// `None` only while it ends.
    runtime: Option<Runtime>,
    statements: RefCell<HashMap<String, Statement>>,
    /// Of the columns of a table, by the text that tells them.
    kinds: RefCell<HashMap<String, Vec<Type>>>,
    /// What nobody waits for an answer to: it goes to the server together with what is asked next.
    kept_back: RefCell<KeptBack>,
    sent: RefCell<Sent>,
    is_streaming: Cell<bool>,
    /// Nothing has been asked since the reader began.
    is_fresh: Cell<bool>,
    inserted: RefCell<HashMap<String, Inserted>>,
    failure: RefCell<Option<StoreError>>,
    lost: RefCell<Option<StoreError>>,
}

/// What this connection has put into a table.
struct Inserted {
    rows: usize,
    /// Statistics are made when so many rows have come.
    statistics_at: usize,
}

impl PostgresSession {
    /// Never called from within an asynchronous function: it waits.
    pub fn open(config: &Config) -> Result<Self, StoreError> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| StoreError::CannotConnect(error.to_string()))?;
        let client = runtime.block_on(connect(config))?;
        let session = Self {
            config: config.clone(),
            client: RefCell::new(Arc::new(client)),
            runtime: Some(runtime),
            statements: RefCell::default(),
            kinds: RefCell::default(),
            kept_back: RefCell::default(),
            sent: RefCell::default(),
            is_streaming: Cell::new(false),
            is_fresh: Cell::new(false),
            inserted: RefCell::default(),
            failure: RefCell::default(),
            lost: RefCell::default(),
        };
        session.set_up()?;
        Ok(session)
    }

    fn set_up(&self) -> Result<(), StoreError> {
        self.script(&format!("{SETTINGS}; set lock_timeout = '{WAIT_MAX}'"))
    }

    /// The server was started anew since this connection was used last.
    fn connect_anew(&self) -> Result<(), StoreError> {
        // Settings made after a beginning that is still kept back would end with the reader.
        self.kept_back.take();
        self.sent.take();
        let runtime = self.runtime.as_ref().ok_or(StoreError::ConnectionLost)?;
        self.client.replace(Arc::new(runtime.block_on(connect(&self.config))?));
        self.statements.take();
        self.set_up()
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
        self.dispatch()?;
        self.drive(asked)
    }

    /// Waits for what has been sent and for `asked`.
    fn drive<T>(
        &self,
        asked: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, StoreError> {
        let runtime = self.runtime.as_ref().ok_or(StoreError::ConnectionLost)?;
        let (before, answer) = runtime.block_on(join(self.sent.take(), asked));
        before.map_err(|error| self.remember(error))?;
        answer.map_err(|error| self.remember(store_error(&error)))
    }

    fn client(&self) -> Arc<Client> {
        Arc::clone(&self.client.borrow())
    }

    /// Hands over what was kept back; it leaves with the next statement.
    fn dispatch(&self) -> Result<(), StoreError> {
        let statements = self.kept_back.borrow_mut().take();
        for statement in statements {
            let (client, is_past) = (self.client(), statement.is_past);
            match statement.what {
                What::Script(sql) => {
                    let asked = async move { client.batch_execute(sql).await };
                    self.sent.borrow_mut().add(asked, is_past);
                }
                What::Rows(rows) => self.dispatch_rows(rows, is_past)?,
            }
        }
        Ok(())
    }

    fn dispatch_rows(&self, rows: Rows, is_past: bool) -> Result<(), StoreError> {
        self.refuse_while_streaming()?;
        let kinds: Result<Vec<Vec<Type>>, StoreError> =
            rows.tables.iter().map(|table| self.kinds(&table.name, &table.columns.join(", "))).collect();
        let (sql, given) = rows.statement(&kinds?);
        let (client, prepared) = (self.client(), self.prepared(&sql)?);
        let asked = async move {
            match given {
                Given::Values(values) => client.execute_raw(&prepared, values.iter()).await.map(drop),
                Given::Columns(columns) => client.execute_raw(&prepared, columns.iter()).await.map(drop),
            }
        };
        self.sent.borrow_mut().add(asked, is_past);
        Ok(())
    }

    /// Of these columns of a table.
    fn kinds(&self, table: &str, columns: &str) -> Result<Vec<Type>, StoreError> {
        let sql = format!("select {columns} from {table} where false");
        if let Some(known) = self.kinds.borrow().get(&sql) {
            return Ok(known.clone());
        }
        let kinds: Vec<Type> =
            self.prepared(&sql)?.columns().iter().map(|column| column.type_().clone()).collect();
        self.kinds.borrow_mut().insert(sql, kinds.clone());
        Ok(kinds)
    }

    /// Has what was kept back leave, and waits for no answer.
    fn send(&self) -> Result<(), StoreError> {
        self.dispatch()?;
        let runtime = self.runtime.as_ref().ok_or(StoreError::ConnectionLost)?;
        runtime.block_on(async {
            poll_fn(|context| {
                // A failure shows with the next statement.
                let _ = Pin::new(&mut *self.sent.borrow_mut()).poll(context);
                Poll::Ready(())
            })
            .await;
            // The connection's own task writes it out.
            yield_now().await;
        });
        Ok(())
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
        let (client, runtime) = (self.client(), self.runtime.as_ref().ok_or(StoreError::ConnectionLost)?);
        let prepared = runtime.block_on(client.prepare(sql));
        let statement = prepared.map_err(|error| self.remember(store_error(&error)))?;
        let mut statements = self.statements.borrow_mut();
        if statements.len() >= STATEMENTS_MAX {
            statements.clear();
        }
        statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    fn refuse_while_streaming(&self) -> Result<(), StoreError> {
        match self.is_streaming.get() {
            true => Err(StoreError::Statement("a statement while another's rows are being read".to_owned())),
            false => Ok(()),
        }
    }

    fn checked(&self, sql: &str, params: &[Value]) -> Result<Statement, StoreError> {
        self.refuse_while_streaming()?;
        let statement = self.prepared(sql)?;
        match (statement.params().len(), params.len()) {
            (asks, given) if asks == given => Ok(statement),
            (asks, given) => {
                Err(StoreError::Statement(format!("{asks} values asked for, {given} given: {sql}")))
            }
        }
    }

    fn ask(&self, sql: &str, params: &[Value]) -> Result<RowStream, StoreError> {
        let statement = self.checked(sql, params)?;
        let client = self.client();
        let asked = client.query_raw(&statement, params.iter());
        let is_concerned = self.kept_back.borrow().concerns(sql);
        if is_concerned { self.wait(asked) } else { self.drive(asked) }
    }

    /// A connection that was lost while nobody used it is made anew: the first statement notices.
    fn ask_first(&self, sql: &str, params: &[Value]) -> Result<RowStream, StoreError> {
        match self.ask(sql, params) {
            Err(StoreError::ConnectionLost) => {
                self.connect_anew()?;
                self.begin_read()?;
                self.is_fresh.set(false);
                self.ask(sql, params)
            }
            asked => asked,
        }
    }

    /// The rows are handed over outside of the runtime, so that the receiver may use the store.
    fn hand_over(&self, stream: RowStream, row: &mut EachRow<'_>) -> Result<(), StoreError> {
        pin_mut!(stream);
        let mut fetched = Vec::new();
        loop {
            fetched.clear();
            self.drive(async {
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

    /// Does not keep back more than is good.
    fn settle_much(&self) -> Result<(), StoreError> {
        let is_much = KEPT_BACK_MAX <= self.kept_back.borrow().len();
        if is_much { self.settle() } else { Ok(()) }
    }

    fn count_inserted(&self, table: &str, rows: usize) {
        let mut inserted = self.inserted.borrow_mut();
        match inserted.get_mut(table) {
            Some(inserted) => inserted.rows += rows,
            None => {
                inserted.insert(table.to_owned(), Inserted { rows, statistics_at: STATISTICS_FROM });
            }
        }
    }

    fn copy(&self, table: &str, columns: &[&str], values: &[Value]) -> Result<(), StoreError> {
        let columns = columns.join(", ");
        let types = self.kinds(table, &columns)?;
        let copy = self.prepared(&format!("copy {table} ({columns}) from stdin (format binary)"))?;
        self.kept_back.borrow_mut().script(SETTINGS_FOR_MANY);
        let client = self.client();
        self.wait(async {
            let sink = client.copy_in(&copy).await?;
            let writer = BinaryCopyInWriter::new(sink, &types);
            pin_mut!(writer);
            for row in values.chunks(types.len()) {
                writer.as_mut().write_raw(row).await?;
            }
            writer.finish().await.map(drop)
        })
    }
}

impl Drop for PostgresSession {
    /// The last to let go of a store may be an asynchronous function, which must not wait.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
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
    fn engine(&self) -> Engine {
        Engine::Postgres
    }

    fn begin_read(&self) -> Result<(), StoreError> {
        self.is_fresh.set(true);
        self.kept_back.borrow_mut().script("begin isolation level repeatable read read only");
        Ok(())
    }

    /// Nobody waits for the answer: the connection is free for the next reader at once.
    fn end_read(&self) {
        if self.is_fresh.take() {
            // Nothing was asked, so that nothing has begun.
            self.kept_back.take();
        } else {
            self.kept_back.borrow_mut().script("rollback");
            // A connection that cannot send any more is not used again.
            drop(self.send());
        }
    }

    /// Waits for its turn: the one row of `writer` is held by whoever writes.
    fn begin_write(&self) -> Result<(), StoreError> {
        self.lost.take();
        self.failure.take();
        self.script("begin isolation level read committed; select id from writer where id = 1 for update")
    }

    fn begin_request(&self) {
        self.kept_back.borrow_mut().end_request();
    }

    fn savepoint(&self) -> Result<(), StoreError> {
        self.kept_back.borrow_mut().script("savepoint request");
        Ok(())
    }

    fn keep_savepoint(&self) -> Result<(), StoreError> {
        self.kept_back.borrow_mut().script("release savepoint request");
        Ok(())
    }

    fn settle(&self) -> Result<(), StoreError> {
        let is_settled = self.kept_back.borrow().is_empty();
        if is_settled { Ok(()) } else { self.wait(async { Ok(()) }) }
    }

    fn undo_to_savepoint(&self) -> Result<(), StoreError> {
        // What failed is undone with the rest.
        drop(self.settle());
        self.script("rollback to savepoint request; release savepoint request")?;
        self.failure.take();
        Ok(())
    }

    fn commit(&self) -> Result<(), StoreError> {
        self.kept_back.borrow_mut().end_request();
        match self.script("commit") {
            Err(StoreError::ConnectionLost) => Err(StoreError::OutcomeUnknown),
            outcome => outcome,
        }
    }

    fn rollback(&self) -> Result<(), StoreError> {
        // What was not sent need not be undone.
        self.kept_back.take();
        self.sent.take();
        self.script("rollback")
    }

    fn each(&self, sql: &str, params: &[Value], row: &mut EachRow<'_>) -> Result<(), StoreError> {
        let stream = match self.is_fresh.take() {
            true => self.ask_first(sql, params)?,
            false => self.ask(sql, params)?,
        };
        let _handing_over = HandingOver::begin(&self.is_streaming);
        self.hand_over(stream, row)
    }

    fn execute(&self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let statement = self.checked(sql, params)?;
        let client = self.client();
        self.wait(client.execute_raw(&statement, params.iter()))
    }

    fn insert(
        &self,
        table: &str,
        columns: &[&str],
        values: &mut dyn Iterator<Item = Value>,
    ) -> Result<(), StoreError> {
        let values: Vec<Value> = values.collect();
        self.count_inserted(table, values.len() / columns.len());
        if values.len() >= COPY_FROM * columns.len() {
            return self.copy(table, columns, &values);
        }
        self.kept_back.borrow_mut().insert(table, columns, &values);
        self.settle_much()
    }

    fn insert_unread(&self, table: &str, columns: &[&str], values: &[Value]) -> Result<(), StoreError> {
        self.count_inserted(table, 1);
        self.kept_back.borrow_mut().insert_unread(table, columns, values);
        self.settle_much()
    }

    fn keeps_back(&self) -> bool {
        true
    }

    fn script(&self, sql: &str) -> Result<(), StoreError> {
        let client = self.client();
        self.wait(client.batch_execute(sql))
    }

    /// The server itself looks once a minute: an import of seconds would be read as if the tables were empty. Each
    /// time twice as many rows have come into a table, so that it is done a few times only.
    fn keep_statistics(&self) -> Result<(), StoreError> {
        let mut grown = Vec::new();
        for (table, inserted) in self.inserted.borrow_mut().iter_mut() {
            if inserted.statistics_at <= inserted.rows {
                inserted.statistics_at = inserted.rows * 2;
                grown.push(table.clone());
            }
        }
        match grown.is_empty() {
            true => Ok(()),
            false => self.script(&format!("analyze {}", grown.join(", "))),
        }
    }

    fn lost(&self) -> Option<StoreError> {
        self.lost.borrow().clone()
    }

    fn take_failure(&self) -> Option<StoreError> {
        self.failure.take()
    }

    fn is_usable(&self) -> bool {
        !self.client.borrow().is_closed()
    }
}
