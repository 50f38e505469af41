//! Keeps what Luotsi knows: SQL for SQLite and PostgreSQL, migrations, the unit of work. Plain synchronous code.
//!
//! The modules stand in the order of the operating process; each may use only those above it.

pub mod engine;
pub mod history;
pub mod strategy;
#[cfg(feature = "testing")]
pub mod testing;

pub use engine::{Engine, Query, Reader, Row, Store, StoreError, Value, Work};
