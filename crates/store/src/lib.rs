//! Keeps what Luotsi knows: SQL for SQLite and PostgreSQL, migrations, the unit of work. Plain synchronous code.
//!
//! The modules stand in the order of the operating process; each may use only those above it.

pub mod engine;
pub mod recording;
pub mod people;
mod store;
pub mod account;
pub mod history;
pub mod offering;
pub mod sales;
pub mod activity;
pub mod strategy;
pub mod base;
pub mod segmentation;
pub mod steering;
pub mod many;
pub mod timeline;
pub mod export;
pub mod sample;
pub mod listing;
#[cfg(feature = "testing")]
pub mod testing;

pub use engine::{Answered, Asking, Engine, Known, Query, Reader, Row, StoreError, Value, Work};
pub use store::Store;
