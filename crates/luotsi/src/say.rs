//! Speaking on standard output: `println!` would panic when the reader has gone.

use crate::failure::Failure;
use std::io::{self, Write};

/// Prints a line.
pub fn say(line: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

/// The number with its noun: `1 row`, `2 rows`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
