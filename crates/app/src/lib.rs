//! What a person or the clock can do: one function, one transaction, one entry in the log.

pub mod import;
