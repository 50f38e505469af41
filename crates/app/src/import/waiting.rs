//! Rows that wait for one above them who comes later in their file. Few wait in memory; of a file that has its parents at
//! its end, the others wait in a file without a name, which ends with the import.

use super::{columns::Columns, error::ImportError, file::RawRow, recordable::Recordable, row::Row};
use csv::{ByteRecord, ReaderBuilder, StringRecord, WriterBuilder};
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
};

/// A row takes a kilobyte or so once it is read.
pub const ROWS_IN_MEMORY: usize = 16 * 1024;

pub struct Waiting<R> {
    pub row: RawRow,
    pub record: R,
    /// Where it names the one above it, and whom.
    pub column: &'static str,
    pub id: String,
}

/// Rows in the order in which they came to wait.
pub struct WaitingRows<'a, R> {
    /// By which rows are read again; records that come from no file all wait in memory, where they are anyway.
    columns: Option<&'a Columns>,
    room: usize,
    places: Vec<Place<R>>,
    spool: Option<File>,
    spooled: u64,
}

enum Place<R> {
    Memory(Box<Waiting<R>>),
    Spool { line: u64, at: u64, bytes: usize },
}

impl<R> Place<R> {
    fn line(&self) -> u64 {
        match self {
            Self::Memory(waiting) => waiting.row.line,
            Self::Spool { line, .. } => *line,
        }
    }
}

impl<'a, R: Recordable> WaitingRows<'a, R> {
    pub fn new(columns: Option<&'a Columns>, room: usize) -> Self {
        Self { columns, room, places: Vec::new(), spool: None, spooled: 0 }
    }

    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// What there is no room for on disk either waits in memory.
    pub fn push(&mut self, waiting: Waiting<R>) {
        let is_kept_in_memory = self.columns.is_none() || self.places.len() < self.room;
        let place = match is_kept_in_memory {
            true => Place::Memory(Box::new(waiting)),
            false => match self.spooled(&waiting) {
                Ok((at, bytes)) => Place::Spool { line: waiting.row.line, at, bytes },
                Err(_) => Place::Memory(Box::new(waiting)),
            },
        };
        self.places.push(place);
    }

    /// All of them; none waits any more.
    pub fn take(&mut self) -> Self {
        std::mem::replace(self, Self::new(self.columns, self.room))
    }

    pub fn in_order_of_line(mut self) -> Self {
        self.places.sort_by_key(Place::line);
        self
    }

    pub fn each(&self, mut seen: impl FnMut(&Waiting<R>)) -> Result<(), ImportError> {
        for place in &self.places {
            match place {
                Place::Memory(waiting) => seen(waiting),
                Place::Spool { line, at, bytes } => seen(&self.read(*line, *at, *bytes)?),
            }
        }
        Ok(())
    }

    pub fn into_each(mut self) -> impl Iterator<Item = Result<Waiting<R>, ImportError>> {
        std::mem::take(&mut self.places).into_iter().map(move |place| match place {
            Place::Memory(waiting) => Ok(*waiting),
            Place::Spool { line, at, bytes } => self.read(line, at, bytes),
        })
    }

    /// Where it stands, and how long it is.
    fn spooled(&mut self, waiting: &Waiting<R>) -> io::Result<(u64, usize)> {
        let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let named = [waiting.column.as_bytes(), waiting.id.as_bytes()];
        writer.write_record(named.into_iter().chain(waiting.row.fields.iter()))?;
        let bytes = writer.into_inner().map_err(|error| error.into_error())?;
        let mut file = match &self.spool {
            Some(file) => file,
            None => self.spool.insert(tempfile::tempfile()?),
        };
        let at = self.spooled;
        file.seek(SeekFrom::Start(at))?;
        file.write_all(&bytes)?;
        self.spooled += bytes.len() as u64;
        Ok((at, bytes.len()))
    }

    fn read(&self, line: u64, at: u64, length: usize) -> Result<Waiting<R>, ImportError> {
        let read = self.read_bytes(at, length).and_then(|bytes| self.read_again(line, &bytes));
        read.map_err(ImportError::Waiting)
    }

    fn read_bytes(&self, at: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        let mut file = self.spool.as_ref().ok_or_else(lost)?;
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// The row was read once, so that it can be read again.
    fn read_again(&self, line: u64, bytes: &[u8]) -> io::Result<Waiting<R>> {
        let columns = self.columns.ok_or_else(lost)?;
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let mut whole = StringRecord::new();
        reader.read_record(&mut whole)?;
        let (column, id) = (whole.get(0).unwrap_or_default(), whole.get(1).unwrap_or_default().to_owned());
        let column = columns.kind.fields().iter().map(|field| field.name).find(|name| *name == column);
        let fields: StringRecord = whole.iter().skip(2).collect();
        let record = R::parse(&Row { columns, fields: &fields, number: 0 }).ok().flatten();
        let row = RawRow { line, fields: ByteRecord::from(fields) };
        Ok(Waiting { row, record: record.ok_or_else(lost)?, column: column.ok_or_else(lost)?, id })
    }
}

fn lost() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

#[cfg(test)]
mod tests {
    use crate::{
        export::{Format, What, export},
        import::{Kind, Options, Silent, Summary, import_with_room},
    };
    use luotsi_core::units::Day;
    use luotsi_store::{Store, testing::FreshDatabase};

    const ROOM: usize = 3;

    /// What an import came to: its summary, the rows it rejected, and each account with its parent.
    fn imported(file: &str, is_dry: bool, room: usize) -> (Vec<u64>, String, String) {
        let fresh = FreshDatabase::sqlite();
        let store = Store::open(&fresh.url).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("accounts.csv");
        std::fs::write(&path, file).unwrap();
        let options = Options { source: Some("erp".to_owned()), dry_run: is_dry, ..Options::default() };
        let today = Day::new(2026, 11, 22).unwrap();

        let kind = Kind::Accounts;
        let summary = import_with_room(&store, kind, &path, &options, today, &Silent, room).unwrap();

        let Summary { rows, created, updated, unchanged, skipped, rejected, .. } = summary;
        let beside = std::fs::read_to_string(folder.path().join("accounts.csv.rejected.csv"));
        let mut accounts = Vec::new();
        export(&store, What::Accounts, Some(today), Format::Csv, &mut accounts).unwrap();
        let counts = vec![rows, created, updated, unchanged, skipped, rejected];
        (counts, beside.unwrap_or_default(), String::from_utf8(accounts).unwrap())
    }

    #[test]
    fn rows_that_wait_on_disk_come_to_the_same_as_those_in_memory() {
        let mut file = String::from("external_id,name,parent\nlost,Lost,nowhere\norphan,Orphan,lost\n");
        file.extend((0..40).map(|number| format!("c{number},\"Child; \"\"{number}\"\"\",g{}\n", number % 7)));
        file += "round,Round,about\nabout,About,round\nc3,Told again,g1\nc5,Told again,\n";
        file.extend((0..2100).map(|number| format!("n{number},Number {number},\n")));
        file.extend((0..7).map(|number| format!("g{number},Group {number},top\n")));
        file += "lost,Lost again,nowhere\ntop,Top,\n";

        for is_dry in [true, false] {
            let on_disk = imported(&file, is_dry, ROOM);
            assert_eq!(on_disk, imported(&file, is_dry, usize::MAX));
            assert_eq!(on_disk.0.last(), Some(&5), "{:?}", on_disk.1);
        }
    }
}
