//! Why an import ended before the end of its file.

use super::{columns::ColumnOrTableFault, file::TableFault, map::MapFault};
use crate::steering::WatchError;
use luotsi_store::StoreError;
use std::{io, path::PathBuf};

/// Each is a sentence to the person who asked for the import. What was taken in before stays, in whole slices.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{} {fault}.", path.display())]
    File { path: PathBuf, fault: ColumnOrTableFault },
    #[error(transparent)]
    Map(#[from] MapFault),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(
        "The rejected rows cannot be written to {}: is the disk full? Run the import again where there is room.",
        path.display()
    )]
    Rejected { path: PathBuf, error: io::Error },
    #[error(
        "Rows that wait for others of the file cannot be read again ({0}): look after the disk of the folder for \
         temporary files, and run the import again."
    )]
    Waiting(#[source] io::Error),
    #[error("The import was stopped after row {rows}. What was taken in stays; run it again to go on.")]
    Cancelled { rows: u64 },
    #[error("The source has the name {0:?}; give it one of 1 to 100 characters on one line.")]
    Source(String),
    #[error("The file was taken in, but looking at the accounts it touched failed: {0} Run `luotsi watch`.")]
    Watch(#[from] WatchError),
}

impl ImportError {
    pub(super) fn in_file(path: &std::path::Path) -> impl Fn(ColumnOrTableFault) -> Self {
        move |fault| Self::File { path: path.to_owned(), fault }
    }

    pub(super) fn table(path: &std::path::Path) -> impl Fn(TableFault) -> Self {
        move |fault| Self::File { path: path.to_owned(), fault: fault.into() }
    }
}
