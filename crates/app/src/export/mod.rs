//! What Luotsi knows and finds, as of any day, for other programs to read. An export writes nothing to the database.

mod care;
mod deviations;
mod facts;
mod proposals;
mod rows;
mod segments;
mod sheet;
pub mod view;
mod values;
mod wording;

pub use rows::rows_of;
pub use sheet::Format;

use crate::today::today;
use luotsi_core::units::Day;
use luotsi_store::{Store, StoreError};
use sheet::Sheet;
use std::io::{self, Write};

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Accounts,
    Values,
    Segments,
    Care,
    Deviations,
    Proposals,
    Sales,
    Activities,
}

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("The export cannot be written: {0}. Give it a place with room, and the right to write there.")]
    Write(#[from] io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl What {
    pub const ALL: [Self; 8] = [
        Self::Accounts,
        Self::Values,
        Self::Segments,
        Self::Care,
        Self::Deviations,
        Self::Proposals,
        Self::Sales,
        Self::Activities,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::Values => "values",
            Self::Segments => "segments",
            Self::Care => "care",
            Self::Deviations => "deviations",
            Self::Proposals => "proposals",
            Self::Sales => "sales",
            Self::Activities => "activities",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.name() == name)
    }

    /// What is found of accounts rather than told of them, so that it can be asked for any day.
    pub const FOUND: [Self; 5] =
        [Self::Values, Self::Segments, Self::Care, Self::Deviations, Self::Proposals];

    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Accounts => facts::ACCOUNTS,
            Self::Values => values::COLUMNS,
            Self::Segments => segments::COLUMNS,
            Self::Care => care::COLUMNS,
            Self::Deviations => deviations::COLUMNS,
            Self::Proposals => proposals::COLUMNS,
            Self::Sales => facts::SALES,
            Self::Activities => facts::ACTIVITIES,
        }
    }
}

/// Writes `what` as of `on` (without a day: today) to `out`, in order of external id.
pub fn export(
    store: &Store,
    what: What,
    on: Option<Day>,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let on = match on {
        Some(on) => on,
        None => store.read(|reader| today(reader))?,
    };
    let mut sheet = Sheet::new(what.columns(), format, out)?;
    match what {
        What::Accounts => store.read(|reader| facts::accounts(reader, on, &mut sheet))?,
        What::Sales => store.read(|reader| facts::sales(reader, on, &mut sheet))?,
        What::Activities => store.read(|reader| facts::activities(reader, on, &mut sheet))?,
        What::Values | What::Segments | What::Care | What::Deviations | What::Proposals => {
            rows::write(store, what, on, &mut sheet)?;
        }
    }
    sheet.finish()?;
    Ok(())
}

#[cfg(test)]
mod tests;
