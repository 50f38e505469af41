//! From the rows of a file to records, in slices.

use super::{
    columns::Columns,
    doubled::doubled,
    fault::{Fault, Reason},
    file::{RawRow, TableFault, TableFile},
    kind::Kind,
    numbering::Numbering,
    recordable::Recordable,
    row::Row,
};
use csv::{ByteRecord, StringRecord};
use luotsi_core::units::Day;
use std::collections::HashSet;

/// Rows of one unit of work: enough that the disk is not waited for too often, few enough that a running server waits a
/// tenth of a second or so for its turn to write. Invoice lines of all accounts lie mixed in most files, and each slice
/// writes every page that it touches once: the more of them together, the fewer pages.
pub const fn slice(kind: Kind) -> usize {
    match kind {
        Kind::Sales => 8192,
        Kind::People
        | Kind::Products
        | Kind::Accounts
        | Kind::AccountTeam
        | Kind::Contacts
        | Kind::Activities
        | Kind::Estimates
        | Kind::Abilities
        | Kind::Targets
        | Kind::Overrides => 2048,
    }
}

/// Rows of doubled keys held back at most; beyond it those read so far are taken in.
const HELD_MAX: usize = 50_000;

/// Rows read from a file one after the other.
#[derive(Debug)]
pub struct Batch<R> {
    pub records: Vec<(RawRow, R)>,
    pub rejected: Vec<(RawRow, Fault)>,
    pub skipped: u64,
}

impl<R: Recordable> Batch<R> {
    pub fn new() -> Self {
        Self { records: Vec::with_capacity(slice(R::KIND)), rejected: Vec::new(), skipped: 0 }
    }

    fn is_full(&self) -> bool {
        self.records.len().max(self.rejected.len()) >= slice(R::KIND)
    }
}

/// What a row turned out to be.
enum Read<R> {
    Record(R),
    /// One of several rows with this key.
    Doubled(u64, R),
    Skipped,
    Rejected(Fault),
}

/// Hands over the file's rows in batches, until the end or until `hand_over` wants no more. Rows whose key comes more
/// than once come at the end, those of one key in one batch.
pub fn read<R: Recordable>(
    file: &TableFile,
    columns: &Columns,
    today: Day,
    hand_over: impl FnMut(Batch<R>) -> bool,
) -> Result<(), TableFault> {
    let doubled = doubled(file, columns);
    let mut rows = file.rows(columns.separator)?;
    rows.read(&mut RawRow::default())?;
    let mut reader = RowReader {
        columns,
        marks_broken_bytes: file.marks_broken_bytes(),
        today,
        doubled,
        numbering: Numbering::default(),
    };
    let mut batches = Batches { batch: Batch::new(), held: Vec::new(), hand_over };
    let mut raw = RawRow::default();
    loop {
        if !rows.read(&mut raw)? {
            batches.finish();
            return Ok(());
        }
        let read = reader.read(&mut raw);
        let next = raw.room_for_another();
        if !batches.add(std::mem::replace(&mut raw, next), read) {
            return Ok(());
        }
    }
}

/// Rows on their way into batches.
struct Batches<R, F> {
    batch: Batch<R>,
    held: Vec<(u64, RawRow, R)>,
    hand_over: F,
}

impl<R: Recordable, F: FnMut(Batch<R>) -> bool> Batches<R, F> {
    /// `false` when no more rows are wanted.
    fn add(&mut self, raw: RawRow, read: Read<R>) -> bool {
        match read {
            Read::Record(record) => self.batch.records.push((raw, record)),
            Read::Doubled(key, record) => self.held.push((key, raw, record)),
            Read::Skipped => self.batch.skipped += 1,
            Read::Rejected(fault) => self.batch.rejected.push((raw, fault)),
        }
        let goes_on = !self.batch.is_full() || self.hand_over_batch();
        goes_on && (self.held.len() < HELD_MAX || self.hand_over_held())
    }

    fn finish(mut self) {
        if self.hand_over_batch() {
            self.hand_over_held();
        }
    }

    fn hand_over_batch(&mut self) -> bool {
        (self.hand_over)(std::mem::replace(&mut self.batch, Batch::new()))
    }

    fn hand_over_held(&mut self) -> bool {
        let mut held = std::mem::take(&mut self.held);
        // Stable: the rows of a key stay in order of the file.
        held.sort_by_key(|(key, ..)| *key);
        let mut last = None;
        for (key, raw, record) in held {
            if self.batch.records.len() >= slice(R::KIND) && last != Some(key) && !self.hand_over_batch() {
                return false;
            }
            last = Some(key);
            self.batch.records.push((raw, record));
        }
        self.hand_over_batch()
    }
}

struct RowReader<'a> {
    columns: &'a Columns,
    marks_broken_bytes: bool,
    today: Day,
    doubled: HashSet<u64>,
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
            && let Ok(Some(invoice)) = row.text("invoice")
        {
            row.number = self.numbering.next(&invoice);
        }
        match R::parse(&row) {
            Ok(None) => Read::Skipped,
            Err(fault) => Read::Rejected(fault),
            Ok(Some(record)) => match record.faults(self.today).into_iter().next() {
                Some(fault) => Read::Rejected(row.fault(fault.field, Reason::Rule(fault.problem))),
                None => self.once_or_doubled(&row, record),
            },
        }
    }

    fn once_or_doubled<R>(&self, row: &Row<'_>, record: R) -> Read<R> {
        let key = (!self.doubled.is_empty()).then(|| row.key()).flatten();
        match key.filter(|key| self.doubled.contains(key)) {
            Some(key) => Read::Doubled(key, record),
            None => Read::Record(record),
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
