//! What both engines can do with one connection.

use super::{Engine, Row, StoreError, Value};
use std::cell::Cell;

pub(super) type EachRow<'a> = dyn FnMut(&Row<'_>) -> Result<(), StoreError> + 'a;

/// While it lives, a statement's rows are being handed over; a receiver that panics ends it as well.
pub(super) struct HandingOver<'a>(&'a Cell<bool>);

impl<'a> HandingOver<'a> {
    pub fn begin(is_streaming: &'a Cell<bool>) -> Self {
        is_streaming.set(true);
        Self(is_streaming)
    }
}

impl Drop for HandingOver<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}

pub(crate) trait Session: Send {
    fn engine(&self) -> Engine;

    /// A transaction that sees one state of the database throughout.
    fn begin_read(&self) -> Result<(), StoreError>;
    fn end_read(&self);
    /// A transaction that alone may write, in this and all other programs.
    fn begin_write(&self) -> Result<(), StoreError>;
    /// What changes from now on is of another request.
    fn begin_request(&self);
    fn savepoint(&self) -> Result<(), StoreError>;
    fn keep_savepoint(&self) -> Result<(), StoreError>;
    /// Waits until all that was changed is known to have succeeded or not; else a failure may show later.
    fn settle(&self) -> Result<(), StoreError>;
    fn undo_to_savepoint(&self) -> Result<(), StoreError>;
    fn commit(&self) -> Result<(), StoreError>;
    fn rollback(&self) -> Result<(), StoreError>;

    /// Hands the rows over as they come. No other statement may run before the last has come.
    fn each(&self, sql: &str, params: &[Value], row: &mut EachRow<'_>) -> Result<(), StoreError>;
    /// Number of rows changed.
    fn execute(&self, sql: &str, params: &[Value]) -> Result<u64, StoreError>;
    /// Rows of `columns`, one after the other in `values`, into `table`: by the fastest way the engine has.
    fn insert(
        &self,
        table: &str,
        columns: &[&str],
        values: &mut dyn Iterator<Item = Value>,
    ) -> Result<(), StoreError>;
    /// A row that nothing in this transaction reads again.
    fn insert_unread(&self, table: &str, columns: &[&str], values: &[Value]) -> Result<(), StoreError>;
    /// New rows may go to the database with the end of the transaction, so that what fails of them shows then.
    fn keeps_back(&self) -> bool;
    /// Several statements without parameters.
    fn script(&self, sql: &str) -> Result<(), StoreError>;

    /// Between two transactions: lets the engine count anew how rows are spread, when many have come.
    fn keep_statistics(&self) -> Result<(), StoreError>;

    /// Why the running transaction is lost as a whole, when it is.
    fn lost(&self) -> Option<StoreError>;
    /// The first error of a statement since the last call.
    fn take_failure(&self) -> Option<StoreError>;
    /// The connection can be used for another transaction.
    fn is_usable(&self) -> bool;
}
