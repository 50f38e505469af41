//! The rows of a table, one after the other, each with the line it begins on and none of unlimited size.

use super::TableFault;
use csv::ByteRecord;
use std::io::{self, Read};

/// The most bytes one row may have. A quotation mark that is never closed swallows the rest of the file into one row.
pub const ROW_BYTES_MAX: usize = 1024 * 1024;
const BUFFER: usize = 64 * 1024;

/// Reads rows in bounded memory.
pub struct Rows {
    reader: csv::Reader<Kept>,
    newline: u8,
    /// The line that the next unread byte stands on.
    line: u64,
}

/// A row as it stands in the file: its fields, not yet known to be text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawRow {
    /// The physical line on which the row begins; the file's first is 1.
    pub line: u64,
    pub fields: ByteRecord,
}

impl RawRow {
    /// A row to be read into, with the room this one took: so that it need not grow step by step.
    pub fn room_for_another(&self) -> Self {
        Self { line: 0, fields: ByteRecord::with_capacity(self.fields.as_slice().len(), self.fields.len()) }
    }
}

impl Rows {
    /// `has_newlines` is false of a file whose lines end with a carriage return alone.
    pub fn new(text: Box<dyn Read + Send>, separator: u8, has_newlines: bool) -> Self {
        let reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER)
            .from_reader(Kept { text, bytes: Vec::new(), from: 0 });
        Self { reader, newline: if has_newlines { b'\n' } else { b'\r' }, line: 1 }
    }

    /// The next row that is not blank; `false` at the end.
    pub fn read(&mut self, row: &mut RawRow) -> Result<bool, TableFault> {
        loop {
            let from = self.reader.position().byte();
            if !self.reader.read_byte_record(&mut row.fields).map_err(|error| self.fault(error))? {
                return Ok(false);
            }
            let until = self.reader.position().byte();
            row.line = self.pass(from, until);
            if !row.fields.iter().all(|field| field.trim_ascii().is_empty()) {
                return Ok(true);
            }
        }
    }

    /// Moves on to the byte at `until`; the line of the first byte from `from` on that ends no line.
    fn pass(&mut self, from: u64, until: u64) -> u64 {
        let newline = self.newline;
        let raw = self.reader.get_mut().take(from, until);
        let blank = raw.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let lines = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == newline).count() as u64;
        let (before, within) = (lines(&raw[..blank]), lines(&raw[blank..]));
        let begins = self.line + before;
        self.line = begins + within;
        begins
    }

    fn fault(&self, error: csv::Error) -> TableFault {
        if self.reader.get_ref().is_overfull() {
            return TableFault::RowTooLong { line: self.line };
        }
        let unclear = io::Error::other(error.to_string());
        if let csv::ErrorKind::Io(error) = error.into_kind() {
            return TableFault::Unreadable(error);
        }
        TableFault::Unreadable(unclear)
    }
}

/// Keeps what was read ahead, until the row it belongs to is known.
struct Kept {
    text: Box<dyn Read + Send>,
    bytes: Vec<u8>,
    /// Where in the text `bytes` begins.
    from: u64,
}

impl Kept {
    /// One row has taken all there is room for.
    fn is_overfull(&self) -> bool {
        self.bytes.len() > ROW_BYTES_MAX + 3 * BUFFER
    }

    /// The bytes from `from` up to `until`; those before `from` are forgotten.
    fn take(&mut self, from: u64, until: u64) -> &[u8] {
        let gone = (from - self.from) as usize;
        // Forgetting moves what is left: worth it once a buffer, not once a row.
        let (gone, until) = match gone > BUFFER {
            true => {
                self.bytes.drain(..gone);
                self.from = from;
                (0, (until - from) as usize)
            }
            false => (gone, (until - self.from) as usize),
        };
        &self.bytes[gone..until]
    }
}

impl Read for Kept {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.is_overfull() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let read = self.text.read(into)?;
        self.bytes.extend_from_slice(&into[..read]);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Rows {
        let bytes: Box<dyn Read + Send> = Box::new(io::Cursor::new(text.as_bytes().to_vec()));
        Rows::new(bytes, b',', text.contains('\n'))
    }

    fn lines(text: &str) -> Vec<(u64, String)> {
        let mut rows = rows(text);
        let mut row = RawRow::default();
        let mut found = Vec::new();
        while rows.read(&mut row).unwrap() {
            found.push((row.line, String::from_utf8(row.fields[0].to_vec()).unwrap()));
        }
        found
    }

    fn check(text: &str, expected: &[(u64, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(line, first)| (*line, (*first).to_owned())).collect();

        assert_eq!(lines(text), expected, "{text:?}");
    }

    #[test]
    fn a_row_tells_the_line_it_begins_on() {
        check("a,b\n1,2\n3,4\n", &[(1, "a"), (2, "1"), (3, "3")]);
        check("a,b\r\n1,2\r\n3,4", &[(1, "a"), (2, "1"), (3, "3")]);
        check("a,b\r1,2\r3,4", &[(1, "a"), (2, "1"), (3, "3")]);
        check("\n\na,b\n\n\n1,2\n", &[(3, "a"), (6, "1")]);
        check("a,b\r\n\r\n1,\"x\r\ny\"\r\n3,4\r\n", &[(1, "a"), (3, "1"), (5, "3")]);
    }

    #[test]
    fn rows_of_nothing_but_separators_are_no_rows() {
        check("a,b\n,\n  \n3,4\n,,\n", &[(1, "a"), (4, "3")]);
    }

    #[test]
    fn lines_are_counted_right_through_many_buffers() {
        let text: String =
            (1..=50_000).map(|line| format!("{line},\"{}\"\n", "x".repeat(line % 7))).collect();

        assert!(lines(&text).iter().all(|(line, first)| line.to_string() == *first));
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_does_not_swallow_the_memory() {
        let mut rows = rows(&format!("a,b\n1,\"{}", "x,y\n".repeat(2 * ROW_BYTES_MAX / 4)));
        let mut row = RawRow::default();

        assert!(rows.read(&mut row).unwrap());
        assert!(matches!(rows.read(&mut row), Err(TableFault::RowTooLong { line: 2 })));
    }
}
