//! The file beside: rows that were not taken in, each with its line, column and the reason, for mending.

use super::{error::ImportError, fault::Fault, file::RawRow};
use std::{
    ffi::{OsStr, OsString},
    fs::File,
    io,
    path::{Path, PathBuf},
};
use uuid::Uuid;

/// How many rejected rows are also told in the summary.
const TOLD: usize = 10;

/// Collects rejected rows.
pub struct Rejected {
    rows: u64,
    told: Vec<String>,
    beside: Beside,
}

enum Beside {
    /// Nothing is written: a dry run, or records that come from no file.
    Nowhere,
    /// Made with the first rejected row.
    NotYet {
        path: PathBuf,
        header: Vec<String>,
    },
    Open {
        path: PathBuf,
        writer: Box<csv::Writer<File>>,
    },
}

impl Rejected {
    pub fn beside(path: &Path, header: &[String]) -> Self {
        Self::new(Beside::NotYet { path: path_beside(path), header: header.to_vec() })
    }

    pub fn nowhere() -> Self {
        Self::new(Beside::Nowhere)
    }

    fn new(beside: Beside) -> Self {
        Self { rows: 0, told: Vec::new(), beside }
    }

    pub fn add(&mut self, row: &RawRow, fault: &Fault) -> Result<(), ImportError> {
        self.rows += 1;
        if self.told.len() < TOLD {
            self.told.push(format!("Line {}: {fault}", row.line));
        }
        let Some((path, writer)) = self.writer()? else {
            return Ok(());
        };
        let reason = format!("{fault}");
        let told = [row.line.to_string(), fault.column.clone(), reason].map(String::into_bytes);
        let fields = told.iter().map(Vec::as_slice).chain(row.fields.iter());
        writer.write_record(fields).map_err(|error| failed(path, error.into()))
    }

    /// What was added so far is on its way to the disk.
    pub fn flush(&mut self) -> Result<(), ImportError> {
        match &mut self.beside {
            Beside::Nowhere | Beside::NotYet { .. } => Ok(()),
            Beside::Open { path, writer } => writer.flush().map_err(|error| failed(path, error)),
        }
    }

    pub fn told(&self) -> &[String] {
        &self.told
    }

    pub fn path(&self) -> Option<&Path> {
        match &self.beside {
            Beside::Nowhere | Beside::NotYet { .. } => None,
            Beside::Open { path, .. } => Some(path),
        }
    }

    fn writer(&mut self) -> Result<Option<(&Path, &mut csv::Writer<File>)>, ImportError> {
        if let Beside::NotYet { path, header } = &self.beside {
            let (path, file) = create(path)?;
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(file);
            let names = ["line", "column", "reason"].into_iter().chain(header.iter().map(String::as_str));
            writer.write_record(names).map_err(|error| failed(&path, error.into()))?;
            self.beside = Beside::Open { path, writer: Box::new(writer) };
        }
        Ok(match &mut self.beside {
            Beside::Nowhere | Beside::NotYet { .. } => None,
            Beside::Open { path, writer } => Some((path.as_path(), writer)),
        })
    }
}

fn path_beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".rejected.csv");
    PathBuf::from(name)
}

/// Beside the file; where that folder takes no files, in the current one, or among the temporary ones.
fn create(path: &Path) -> Result<(PathBuf, File), ImportError> {
    let error = match File::create(path) {
        Ok(file) => return Ok((path.to_owned(), file)),
        Err(error) => error,
    };
    let name = path.file_name().unwrap_or(path.as_os_str());
    let here = PathBuf::from(name);
    match File::create(&here) {
        Ok(file) => Ok((here, file)),
        Err(_) => temporary(name).map_err(|_| failed(path, error)),
    }
}

/// Where everybody may write, under a name that nobody has laid a link to, and read by nobody else.
fn temporary(name: &OsStr) -> io::Result<(PathBuf, File)> {
    let mut own_name = OsString::from(format!("{}-", Uuid::now_v7().simple()));
    own_name.push(name);
    let path = std::env::temp_dir().join(own_name);
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&path)?;
    Ok((path, file))
}

fn failed(path: &Path, error: io::Error) -> ImportError {
    ImportError::Rejected { path: path.to_owned(), error }
}
