//! The rows of other systems, read, checked and recorded as facts.

pub mod records;
