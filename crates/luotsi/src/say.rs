//! Speaking on standard output: `println!` would panic when the reader has gone.

use crate::failure::Failure;
use std::io::{self, Write};

/// Prints a line.
pub fn say(line: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
