//! Stories of imports: files go in, and what is known afterwards is asked of the database.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bad_input;
mod desk;
mod encodings;
mod facts;
mod figures;
mod masters;
mod twice;
