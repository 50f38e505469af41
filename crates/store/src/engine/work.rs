//! A unit of work: what one request reads and changes, with the entries it leaves in the log.

use super::{Engine, Query, Row, StoreError, Value, session::Session, sql};
use crate::history;
use luotsi_core::history::{Actor, Entry};
use std::cell::Cell;
use uuid::Uuid;

/// What changes something and gives rows back says so.
const CHANGING: &str = "returning";

/// Exists only inside a transaction of the writer. It may be run more than once, so it does nothing but ask and change.
pub struct Work<'a> {
    session: &'a dyn Session,
    actor: Actor,
    memory: &'a Memory,
}

/// What a transaction knows from one unit of work to the next.
#[derive(Default)]
pub(super) struct Memory {
    /// The last position in the log; `None`: to be asked for.
    pub last_position: Cell<Option<i64>>,
    /// Since the unit of work began.
    pub has_changed_anything: Cell<bool>,
}

impl<'a> Work<'a> {
    pub(super) fn new(session: &'a dyn Session, actor: Actor, memory: &'a Memory) -> Self {
        Self { session, actor, memory }
    }

    pub fn actor(&self) -> Actor {
        self.actor
    }

    /// Ordered by the time of making, so that new rows land beside one another.
    pub fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }

    /// Number of rows changed.
    pub fn execute(&self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        self.memory.has_changed_anything.set(true);
        self.session.execute(sql, params)
    }

    /// Many rows into a table, by the fastest way the engine has.
    pub fn insert<const N: usize>(
        &self,
        table: &str,
        columns: [&str; N],
        rows: impl IntoIterator<Item = [Value; N]>,
    ) -> Result<(), StoreError> {
        let mut values = rows.into_iter().flatten().peekable();
        match values.peek() {
            None => Ok(()),
            Some(_) => {
                self.memory.has_changed_anything.set(true);
                self.session.insert(table, &columns, &mut values)
            }
        }
    }

    /// A change for many rows, slice by slice: `{wanted}` in the text stands for the rows as a table's content
    /// (`with wanted (id, day) as ({wanted}) update ... from wanted`), whose columns are of the PostgreSQL `kinds`.
    pub fn execute_for<const N: usize>(
        &self,
        sql: &str,
        kinds: [&str; N],
        rows: &[[Value; N]],
    ) -> Result<u64, StoreError> {
        let mut changed = 0;
        let mut rest = rows;
        while !rest.is_empty() {
            let (slice, later) = rest.split_at(sql::rows_at_once(rest.len()));
            let text = sql.replace("{wanted}", &sql::values(1, slice.len(), &kinds));
            let params: Vec<Value> = slice.iter().flatten().cloned().collect();
            changed += self.execute(&text, &params)?;
            rest = later;
        }
        Ok(changed)
    }

    /// Writes the entry into the log, in this transaction.
    pub fn record(&mut self, entry: Entry) -> Result<(), StoreError> {
        self.record_all(&[entry])
    }

    /// Writes many entries into the log, in their order.
    pub fn record_all(&mut self, entries: &[Entry]) -> Result<(), StoreError> {
        if entries.is_empty() {
            return Ok(());
        }
        let first = match self.memory.last_position.get() {
            Some(last) => last + 1,
            None => history::last_position(self)? + 1,
        };
        self.memory.last_position.set(Some(first + entries.len() as i64 - 1));
        history::append(self, first, entries)
    }
}

impl Query for Work<'_> {
    fn engine(&self) -> Engine {
        self.session.engine()
    }

    fn each(
        &self,
        sql: &str,
        params: &[Value],
        mut row: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if sql.contains(CHANGING) {
            self.memory.has_changed_anything.set(true);
        }
        self.session.each(sql, params, &mut row)
    }
}
