//! One row of an answer, read column by column. A column of another kind than asked for is a mistake of ours.

use super::{StoreError, postgres::Raw};
use luotsi_core::units::{Day, Money};
use rusqlite::types::ValueRef;
use uuid::Uuid;

pub enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

/// A column's value as the engines have it in common.
enum Column<'a> {
    Null,
    Int(i64),
    Real(f64),
    Text(&'a str),
    Id(Uuid),
    Day(Day),
}

impl Row<'_> {
    pub fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.opt_int(column)?.ok_or_else(|| wrong(column, "a whole number"))
    }

    pub fn opt_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self.column(column)? {
            Column::Null => Ok(None),
            Column::Int(int) => Ok(Some(int)),
            Column::Real(_) | Column::Text(_) | Column::Id(_) | Column::Day(_) => {
                Err(wrong(column, "a whole number"))
            }
        }
    }

    pub fn real(&self, column: usize) -> Result<f64, StoreError> {
        match self.column(column)? {
            Column::Real(real) => Ok(real),
            Column::Int(int) => Ok(int as f64),
            Column::Null | Column::Text(_) | Column::Id(_) | Column::Day(_) => Err(wrong(column, "a number")),
        }
    }

    pub fn text(&self, column: usize) -> Result<&str, StoreError> {
        self.opt_text(column)?.ok_or_else(|| wrong(column, "text"))
    }

    pub fn opt_text(&self, column: usize) -> Result<Option<&str>, StoreError> {
        match self.column(column)? {
            Column::Null => Ok(None),
            Column::Text(text) => Ok(Some(text)),
            Column::Int(_) | Column::Real(_) | Column::Id(_) | Column::Day(_) => Err(wrong(column, "text")),
        }
    }

    pub fn string(&self, column: usize) -> Result<String, StoreError> {
        self.text(column).map(str::to_owned)
    }

    pub fn opt_string(&self, column: usize) -> Result<Option<String>, StoreError> {
        Ok(self.opt_text(column)?.map(str::to_owned))
    }

    pub fn id(&self, column: usize) -> Result<Uuid, StoreError> {
        self.opt_id(column)?.ok_or_else(|| wrong(column, "an id"))
    }

    pub fn opt_id(&self, column: usize) -> Result<Option<Uuid>, StoreError> {
        match self.column(column)? {
            Column::Null => Ok(None),
            Column::Id(id) => Ok(Some(id)),
            Column::Int(_) | Column::Real(_) | Column::Text(_) | Column::Day(_) => {
                Err(wrong(column, "an id"))
            }
        }
    }

    pub fn day(&self, column: usize) -> Result<Day, StoreError> {
        self.opt_day(column)?.ok_or_else(|| wrong(column, "a day"))
    }

    pub fn opt_day(&self, column: usize) -> Result<Option<Day>, StoreError> {
        match self.column(column)? {
            Column::Null => Ok(None),
            Column::Day(day) => Ok(Some(day)),
            Column::Text(text) => day_of(text.as_bytes()).map(Some).ok_or_else(|| wrong(column, "a day")),
            Column::Int(_) | Column::Real(_) | Column::Id(_) => Err(wrong(column, "a day")),
        }
    }

    pub fn bool(&self, column: usize) -> Result<bool, StoreError> {
        self.int(column).map(|int| int != 0)
    }

    pub fn money(&self, column: usize) -> Result<Money, StoreError> {
        self.int(column).map(Money::cents)
    }

    pub fn opt_money(&self, column: usize) -> Result<Option<Money>, StoreError> {
        Ok(self.opt_int(column)?.map(Money::cents))
    }

    fn column(&self, column: usize) -> Result<Column<'_>, StoreError> {
        match self {
            Self::Sqlite(row) => sqlite_column(row, column),
            Self::Postgres(row) => postgres_column(row, column),
        }
    }
}

fn sqlite_column<'a>(row: &'a rusqlite::Row<'_>, column: usize) -> Result<Column<'a>, StoreError> {
    let value = row.get_ref(column).map_err(|error| StoreError::Statement(error.to_string()))?;
    match value {
        ValueRef::Null => Ok(Column::Null),
        ValueRef::Integer(int) => Ok(Column::Int(int)),
        ValueRef::Real(real) => Ok(Column::Real(real)),
        ValueRef::Text(text) => str::from_utf8(text).map(Column::Text).map_err(|_| wrong(column, "UTF-8")),
        ValueRef::Blob(bytes) => {
            Uuid::from_slice(bytes).map(Column::Id).map_err(|_| wrong(column, "an id of 16 bytes"))
        }
    }
}

fn postgres_column(row: &tokio_postgres::Row, column: usize) -> Result<Column<'_>, StoreError> {
    let raw: Raw<'_> = row.try_get(column).map_err(|error| StoreError::Statement(error.to_string()))?;
    Ok(match raw {
        Raw::Null => Column::Null,
        Raw::Int(int) => Column::Int(int),
        Raw::Real(real) => Column::Real(real),
        Raw::Text(text) => Column::Text(text),
        Raw::Id(id) => Column::Id(id),
        Raw::Day(day) => Column::Day(day),
    })
}

/// `2026-11-22`, as written by us: read digit by digit, since a full evaluation reads some tens of millions of days.
fn day_of(text: &[u8]) -> Option<Day> {
    let digits = |range: std::ops::Range<usize>| -> Option<i16> {
        text.get(range)?
            .iter()
            .try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i16::from(byte - b'0')))
    };
    match text.len() {
        10 => Day::new(digits(0..4)?, digits(5..7)? as i8, digits(8..10)? as i8),
        _ => None,
    }
}

fn wrong(column: usize, expected: &str) -> StoreError {
    StoreError::Statement(format!("column {column} is not {expected}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_written() {
        for text in ["0001-01-01", "2026-11-22", "9999-12-31"] {
            assert_eq!(day_of(text.as_bytes()).map(|day| day.to_string()).as_deref(), Some(text));
        }
        assert_eq!(day_of(b"2026-13-01"), None);
        assert_eq!(day_of(b"26-1-1"), None);
    }
}
