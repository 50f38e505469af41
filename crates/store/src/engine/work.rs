//! A unit of work: what one request reads and changes, with the entries it leaves in the log.

use super::{Asking, Engine, Known, Query, Row, StoreError, Value, session::Session, sql};
use luotsi_core::history::Actor;
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, HashMap, HashSet},
};
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
pub(crate) struct Memory {
    pub counted: RefCell<Counted>,
    /// Whether what is known of earlier units of work is relied on, so that the database need not be asked. Where that
    /// turns out wrong, all of them are run again without it.
    pub is_relied_on: bool,
    /// Of rows that went unread into the database.
    pub unread: RefCell<HashSet<String>>,
    /// A unit of work needs to know more than can be relied on.
    pub is_too_little: Cell<bool>,
    /// Since the unit of work began.
    pub has_changed_anything: Cell<bool>,
    /// Of those who ask, until somebody who works here changes.
    pub known: RefCell<HashMap<Asking, Known>>,
}

/// What is known of those who ask stands in this table.
const WHO_ASKS: &str = "person_version";

/// How far the transaction has counted.
#[derive(Clone, Default)]
pub(crate) struct Counted {
    /// The last position in the log; `None`: to be asked for.
    last_position: Option<i64>,
    numbers: BTreeMap<&'static str, Numbers>,
}

/// The numbers given to a kind of record.
#[derive(Clone, Copy)]
struct Numbers {
    last: i64,
    /// The database knows of it.
    is_kept: bool,
}

impl<'a> Work<'a> {
    pub(crate) fn new(session: &'a dyn Session, actor: Actor, memory: &'a Memory) -> Self {
        Self { session, actor, memory }
    }

    /// What was asked of all who ask in this transaction before the first was served.
    pub(crate) fn known_beforehand(&self, asking: &Asking) -> Option<Known> {
        self.memory.known.borrow().get(asking).cloned()
    }

    /// `what` is changed: the text of a statement, or a table.
    fn changes(&self, what: &str) {
        self.memory.has_changed_anything.set(true);
        if what.contains(WHO_ASKS) {
            self.memory.known.borrow_mut().clear();
        }
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
        self.changes(sql);
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
                self.changes(table);
                self.session.insert(table, &columns, &mut values)
            }
        }
    }

    /// A row that nothing reads again in this transaction, which later units of work know by `key`.
    pub fn insert_unread<const N: usize>(
        &self,
        table: &str,
        columns: [&str; N],
        row: [Value; N],
        key: String,
    ) -> Result<(), StoreError> {
        self.changes(table);
        match self.memory.is_relied_on {
            true => {
                self.memory.unread.borrow_mut().insert(key);
                self.session.insert_unread(table, &columns, &row)
            }
            false => self.session.insert(table, &columns, &mut row.into_iter()),
        }
    }

    /// Fails, so that all is run again, when a row went unread with this key.
    pub fn not_among_unread(&self, key: &str) -> Result<(), StoreError> {
        match self.memory.unread.borrow().contains(key) {
            true => {
                self.memory.is_too_little.set(true);
                Err(StoreError::Busy)
            }
            false => Ok(()),
        }
    }

    /// The number after the last one given in this transaction; `None`: it has to be asked for.
    pub fn next_number(&self, kind: &'static str) -> Option<i64> {
        let mut counted = self.memory.counted.borrow_mut();
        let numbers = counted.numbers.get_mut(kind)?;
        *numbers = Numbers { last: numbers.last + 1, is_kept: false };
        Some(numbers.last)
    }

    /// The number that the database gave to a record of this kind.
    pub fn remember_number(&self, kind: &'static str, last: i64) {
        if self.memory.is_relied_on {
            self.memory.counted.borrow_mut().numbers.insert(kind, Numbers { last, is_kept: true });
        }
    }

    /// The last numbers given that the database does not know of, by kind.
    pub(crate) fn numbers_to_keep(&self) -> Vec<(&'static str, i64)> {
        let counted = self.memory.counted.borrow();
        let given = counted.numbers.iter().filter(|(_, numbers)| !numbers.is_kept);
        given.map(|(kind, numbers)| (*kind, numbers.last)).collect()
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

    /// The position of the log's newest entry, where this transaction knows it.
    pub(crate) fn last_position(&self) -> Option<i64> {
        self.memory.counted.borrow().last_position
    }

    pub(crate) fn remember_position(&self, last: i64) {
        self.memory.counted.borrow_mut().last_position = Some(last);
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
            self.changes(sql);
        }
        self.session.each(sql, params, &mut row)
    }
}
