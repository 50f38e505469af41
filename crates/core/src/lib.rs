//! What Luotsi knows and decides. Pure: functions of facts and a day, that return decisions with their reasons
//! as data. No input or output, clock, randomness, SQL or language of the reader in here.
//!
//! The modules stand in the order of the operating process; each may use only those above it.

pub mod units;
pub mod people;
pub mod account;
pub mod history;
pub mod offering;
pub mod sales;
pub mod activity;
pub mod strategy;
pub mod base;
pub mod segmentation;
pub mod care;
pub mod steering;
