//! A table in a file: what kind of file it is, its encoding and separator, and its rows.

mod encoding;
mod rows;
mod separator;
mod wrong_kind;

pub use rows::{RawRow, Rows};

use crate::file::unreadable;
use encoding_rs::Encoding;
use flate2::read::MultiGzDecoder;
use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// How many bytes of the beginning are looked at for columns, separator and decimal mark.
const LOOKED_AT: usize = 256 * 1024;
const GZIP: &[u8] = b"\x1f\x8b";

/// Why a file cannot be read as a table.
#[derive(Debug, thiserror::Error)]
pub enum TableFault {
    #[error("{}", unreadable(.0))]
    Unreadable(#[from] io::Error),
    #[error("is a folder; name the file in it")]
    Folder,
    #[error("is no file that can be read twice; write the rows into a file first")]
    Pipe,
    #[error("is empty; export it again with its header row")]
    Empty,
    #[error("is {0}")]
    WrongKind(&'static str),
    #[error(
        "has a row, beginning on line {line}, of more than 1 MB: a quotation mark on that line is probably not closed"
    )]
    RowTooLong { line: u64 },
}

/// A file that looks like a table.
#[derive(Clone, Debug)]
pub struct TableFile {
    pub path: PathBuf,
    /// Its first part as text, without a byte order mark.
    pub beginning: String,
    pub bytes_total: u64,
    encoding: &'static Encoding,
    /// How many of the file's bytes have been read, for a progress bar.
    bytes_read: Arc<AtomicU64>,
}

impl TableFile {
    pub fn open(path: &Path) -> Result<Self, TableFault> {
        let about = path.metadata()?;
        if about.is_dir() {
            return Err(TableFault::Folder);
        }
        if !about.is_file() {
            return Err(TableFault::Pipe);
        }
        let bytes_read = Arc::new(AtomicU64::new(0));
        let beginning = beginning(bytes(path, &bytes_read)?)?;
        if beginning.trim_ascii().is_empty() {
            return Err(TableFault::Empty);
        }
        if let Some(advice) = wrong_kind::recognise(&beginning) {
            return Err(TableFault::WrongKind(advice));
        }
        let encoding = encoding::recognise(bytes(path, &bytes_read)?)?;
        let beginning = self::beginning(encoding::decoded(Box::new(io::Cursor::new(beginning)), encoding))?;

        Ok(Self {
            path: path.to_owned(),
            beginning: String::from_utf8_lossy(&beginning).into_owned(),
            bytes_total: about.len(),
            encoding,
            bytes_read,
        })
    }

    /// The separator of the columns, chosen so that most names in the header satisfy `is_known`.
    pub fn separator(&self, is_known: impl Fn(&str) -> bool) -> u8 {
        match stated_separator(&self.beginning) {
            Some((separator, _)) => separator,
            None => separator::recognise(&self.beginning, is_known),
        }
    }

    /// All rows from the header on.
    pub fn rows(&self, separator: u8) -> Result<Rows, TableFault> {
        self.bytes_read.store(0, Ordering::Relaxed);
        let text = encoding::decoded(bytes(&self.path, &self.bytes_read)?, self.encoding);
        let mut rows = Rows::new(text, separator, self.beginning.contains('\n'));
        if stated_separator(&self.beginning).is_some() {
            rows.read(&mut RawRow::default())?;
        }
        Ok(rows)
    }

    /// The first rows from the header on, for looking at. The last may be cut.
    pub fn first_rows(&self, separator: u8) -> impl Iterator<Item = csv::StringRecord> {
        let text = stated_separator(&self.beginning).map_or(self.beginning.as_str(), |(_, rest)| rest);
        csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes())
            .into_records()
            .map_while(Result::ok)
            .filter(|row| !row.iter().all(|field| field.trim().is_empty()))
    }

    pub fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Ordering::Relaxed)
    }

    /// U+FFFD in a row shows bytes that were broken in the file's encoding. In UTF-8 broken bytes come as they are.
    pub fn marks_broken_bytes(&self) -> bool {
        self.encoding != encoding_rs::UTF_8
    }
}

/// Spreadsheets may say `sep=;` in a line before the header.
fn stated_separator(beginning: &str) -> Option<(u8, &str)> {
    let (first, rest) = beginning.split_once(['\n', '\r'])?;
    match first.trim_end().trim_matches('"').strip_prefix("sep=")?.as_bytes() {
        [separator] if separator.is_ascii() => Some((*separator, rest.trim_start_matches('\n'))),
        _ => None,
    }
}

/// The file's bytes, unpacked when it is gzipped.
fn bytes(path: &Path, bytes_read: &Arc<AtomicU64>) -> io::Result<Box<dyn Read + Send>> {
    let mut start = [0; GZIP.len()];
    let length = encoding::fill(&mut File::open(path)?, &mut start)?;
    let counted = Counted { file: File::open(path)?, bytes_read: Arc::clone(bytes_read) };
    Ok(match &start[..length] == GZIP {
        true => Box::new(MultiGzDecoder::new(BufReader::with_capacity(LOOKED_AT, counted))),
        false => Box::new(counted),
    })
}

fn beginning(mut bytes: impl Read) -> io::Result<Vec<u8>> {
    let mut beginning = vec![0; LOOKED_AT];
    let length = encoding::fill(&mut bytes, &mut beginning)?;
    beginning.truncate(length);
    Ok(beginning)
}

struct Counted {
    file: File,
    bytes_read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into)?;
        self.bytes_read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// csv-spectrum (npm): tables with the rows they must give. The data stands beside the repository.
    #[test]
    fn the_published_spectrum_of_csv_is_read_as_published() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/import/csv-spectrum");
        let Ok(tables) = std::fs::read_dir(folder.join("csvs")) else {
            eprintln!("skipped: {} is not there", folder.display());
            return;
        };
        for table in tables {
            let path = table.unwrap().path();
            let expected = folder.join("json").join(path.with_extension("json").file_name().unwrap());
            let expected: Vec<BTreeMap<String, String>> =
                serde_json::from_str(&std::fs::read_to_string(expected).unwrap()).unwrap();

            assert_eq!(read(&path), expected, "{}", path.display());
        }
    }

    fn read(path: &Path) -> Vec<BTreeMap<String, String>> {
        let mut rows = TableFile::open(path).unwrap().rows(b',').unwrap();
        let mut row = RawRow::default();
        let mut texts = Vec::new();
        while rows.read(&mut row).unwrap() {
            let fields = row.fields.iter().map(|field| String::from_utf8(field.to_vec()).unwrap());
            texts.push(fields.collect::<Vec<String>>());
        }
        let header = texts.remove(0);
        texts.into_iter().map(|row| header.iter().cloned().zip(row).collect()).collect()
    }
}
