//! From the rows of a file to records, in slices.

use super::{
    columns::Columns,
    fault::{Fault, Reason},
    file::{RawRow, TableFault, TableFile},
    kind::Kind,
    numbering::Numbering,
    recordable::Recordable,
    row::Row,
};
use csv::{ByteRecord, StringRecord};
use luotsi_core::units::Day;

/// Rows of one unit of work: enough to be quick, few enough that a running server is not kept waiting.
pub const SLICE: usize = 512;

/// Rows read from a file one after the other.
#[derive(Debug)]
pub struct Batch<R> {
    pub records: Vec<(RawRow, R)>,
    pub rejected: Vec<(RawRow, Fault)>,
    pub skipped: u64,
}

impl<R> Batch<R> {
    fn new() -> Self {
        Self { records: Vec::with_capacity(SLICE), rejected: Vec::new(), skipped: 0 }
    }

    fn is_full(&self) -> bool {
        self.records.len() == SLICE || self.rejected.len() == SLICE
    }
}

/// What a row turned out to be.
enum Read<R> {
    Record(R),
    Skipped,
    Rejected(Fault),
}

/// Hands over the file's rows in batches, until the end or until `hand_over` wants no more.
pub fn read<R: Recordable>(
    file: &TableFile,
    columns: &Columns,
    today: Day,
    mut hand_over: impl FnMut(Batch<R>) -> bool,
) -> Result<(), TableFault> {
    let mut rows = file.rows(columns.separator)?;
    rows.read(&mut RawRow::default())?;
    let mut reader = RowReader {
        columns,
        marks_broken_bytes: file.marks_broken_bytes(),
        today,
        numbering: Numbering::default(),
    };
    let mut batch = Batch::new();
    loop {
        let mut raw = RawRow::default();
        if !rows.read(&mut raw)? {
            hand_over(batch);
            return Ok(());
        }
        match reader.read(&mut raw) {
            Read::Record(record) => batch.records.push((raw, record)),
            Read::Skipped => batch.skipped += 1,
            Read::Rejected(fault) => batch.rejected.push((raw, fault)),
        }
        if batch.is_full() && !hand_over(std::mem::replace(&mut batch, Batch::new())) {
            return Ok(());
        }
    }
}

struct RowReader<'a> {
    columns: &'a Columns,
    marks_broken_bytes: bool,
    today: Day,
    numbering: Numbering,
}

impl RowReader<'_> {
    fn read<R: Recordable>(&mut self, raw: &mut RawRow) -> Read<R> {
        if let Some(fault) = self.broken(&raw.fields) {
            return Read::Rejected(fault);
        }
        let fields = match StringRecord::from_byte_record(std::mem::take(&mut raw.fields)) {
            Ok(fields) => fields,
            Err(error) => {
                let column = error.utf8_error().field();
                raw.fields = error.into_byte_record();
                return Read::Rejected(Reason::BrokenEncoding.in_column(self.name(column)));
            }
        };
        let read = self.record(&fields);
        raw.fields = fields.into_byte_record();
        read
    }

    fn record<R: Recordable>(&mut self, fields: &StringRecord) -> Read<R> {
        let mut row = Row { columns: self.columns, fields, number: 0 };
        if row.is_skipped() {
            return Read::Skipped;
        }
        if R::KIND == Kind::Sales
            && let Ok(Some(invoice)) = row.text("invoice", usize::MAX)
        {
            row.number = self.numbering.next(&invoice);
        }
        match R::parse(&row) {
            Ok(None) => Read::Skipped,
            Err(fault) => Read::Rejected(fault),
            Ok(Some(record)) => match record.forbidden(self.today) {
                Some((field, reason)) => Read::Rejected(row.fault(field, reason)),
                None => Read::Record(record),
            },
        }
    }

    /// What makes a row unreadable as a whole.
    fn broken(&self, fields: &ByteRecord) -> Option<Fault> {
        let expected = self.columns.header.len();
        let is_longer = fields.iter().skip(expected).any(|field| !field.trim_ascii().is_empty());
        if fields.len() < expected || is_longer {
            let last = self.name(fields.len().min(expected).saturating_sub(1));
            return Some(Reason::FieldCount { found: fields.len(), expected }.in_column(last));
        }
        let with =
            |is_bad: &dyn Fn(&[u8]) -> bool| fields.iter().position(is_bad).map(|column| self.name(column));
        if fields.as_slice().contains(&0) {
            return with(&|field| field.contains(&0)).map(|column| Reason::Nul.in_column(column));
        }
        if self.marks_broken_bytes {
            let is_marked = |field: &[u8]| field.windows(3).any(|bytes| bytes == "\u{fffd}".as_bytes());
            return with(&is_marked).map(|column| Reason::BrokenEncoding.in_column(column));
        }
        None
    }

    fn name(&self, column: usize) -> String {
        self.columns.header.get(column).cloned().unwrap_or_default()
    }
}
