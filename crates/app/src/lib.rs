//! What a person or the clock can do: one function, one transaction, one entry in the log.

pub mod text;
pub mod file;
pub mod rules;
pub mod spreadsheet;
pub mod today;
pub mod people;
pub mod act;
pub mod account;
pub mod search;
pub mod activity;
pub mod import;
pub mod strategy;
pub mod base;
pub mod segmentation;
pub mod steering;
pub mod export;
pub mod sample;
pub mod exchange;
pub mod many;
