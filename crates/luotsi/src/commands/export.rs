//! `luotsi export`.

use crate::{arguments, failure::Failure};
use luotsi_store::Store;
use std::io::{self, BufWriter, Write};

pub fn export(database: &str, asked: &arguments::Export) -> Result<(), Failure> {
    let store = Store::open(database)?;
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    luotsi_app::export::export(&store, asked.what, asked.on, asked.format, &mut out)?;
    Ok(out.flush()?)
}
