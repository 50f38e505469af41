//! Keys that come more than once in a file. Their rows are taken in together, after the others, so that of all that
//! the file tells of one thing the last counts, however far apart the rows stand; importing it again then changes
//! nothing.

use super::{
    columns::Columns,
    file::{RawRow, TableFile},
    row::Row,
};
use csv::StringRecord;
use std::collections::HashSet;

/// How many rows are looked at: 128 MB of hashes. In longer files far-apart rows of one key count in their order.
const ROWS_MAX: usize = 16 * 1024 * 1024;

/// The hashes of the keys that come more than once.
pub fn doubled(file: &TableFile, columns: &Columns) -> HashSet<u64> {
    let mut hashes = hashes(file, columns);
    hashes.sort_unstable();
    hashes.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect()
}

/// Faults are left to the reading that takes the rows in.
fn hashes(file: &TableFile, columns: &Columns) -> Vec<u64> {
    let mut hashes = Vec::new();
    if !columns.has_keys() {
        return hashes;
    }
    let Ok(mut rows) = file.rows(columns.separator) else {
        return hashes;
    };
    let mut raw = RawRow::default();
    let mut is_header = true;
    while hashes.len() < ROWS_MAX && rows.read(&mut raw).unwrap_or(false) {
        if std::mem::take(&mut is_header) {
            continue;
        }
        // The bytes become text and bytes again, so that nothing is allocated anew for each row.
        raw.fields = match StringRecord::from_byte_record(std::mem::take(&mut raw.fields)) {
            Ok(fields) => {
                hashes.extend(Row { columns, fields: &fields, number: 0 }.key());
                fields.into_byte_record()
            }
            Err(error) => error.into_byte_record(),
        };
    }
    hashes
}
