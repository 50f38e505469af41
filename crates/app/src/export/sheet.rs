//! Rows written as CSV or JSON, one at a time, so that an export of any size needs little memory.

use crate::spreadsheet::guarded;
use luotsi_core::units::{Day, Money, Ratio};
use std::{
    borrow::Cow,
    io::{self, BufWriter, Write},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// UTF-8, commas, decimals with a point, a heading.
    Csv,
    /// An array with an object a row, numbers as numbers.
    Json,
}

impl Format {
    pub const ALL: [Self; 2] = [Self::Csv, Self::Json];

    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    Empty,
    /// Text that came from outside, which a spreadsheet must not take for a formula.
    Text(Cow<'a, str>),
    /// One of our own words, or a day.
    Word(Cow<'a, str>),
    /// An exact decimal, written as it is.
    Number(String),
}

impl<'a> Cell<'a> {
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    pub fn opt_text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    pub fn word(word: impl Into<Cow<'a, str>>) -> Self {
        Self::Word(word.into())
    }

    pub fn opt_word(word: Option<&'a str>) -> Self {
        word.map_or(Self::Empty, Self::word)
    }

    pub fn yes_or_no(truth: bool) -> Self {
        Self::word(if truth { "yes" } else { "no" })
    }

    pub fn day(day: Option<Day>) -> Self {
        day.map_or(Self::Empty, |day| Self::word(day.to_string()))
    }

    pub fn money(money: Option<Money>) -> Self {
        money.map_or(Self::Empty, |money| Self::Number(money.to_string()))
    }

    pub fn fraction(ratio: Option<Ratio>) -> Self {
        ratio.map_or(Self::Empty, |ratio| Self::Number(ratio.to_string()))
    }

    pub fn whole(number: i64) -> Self {
        Self::Number(number.to_string())
    }

    /// With as many decimals as it needs: `5`, `0.25`.
    pub fn quantity(millionths: i64) -> Self {
        let six = Ratio::new(millionths.into(), 1_000_000).to_string();
        Self::Number(six.trim_end_matches('0').trim_end_matches('.').to_owned())
    }
}

/// Where the rows go.
pub struct Sheet<'w> {
    columns: Vec<&'static str>,
    form: Form<'w>,
}

enum Form<'w> {
    Csv(Box<csv::Writer<&'w mut dyn Write>>),
    Json { out: BufWriter<&'w mut dyn Write>, has_rows: bool },
}

impl<'w> Sheet<'w> {
    /// Writes the heading.
    pub fn new(columns: &[&'static str], format: Format, out: &'w mut dyn Write) -> io::Result<Self> {
        let form = match format {
            Format::Csv => {
                let mut csv = csv::Writer::from_writer(out);
                csv.write_record(columns).map_err(written)?;
                Form::Csv(Box::new(csv))
            }
            Format::Json => {
                let mut out = BufWriter::new(out);
                out.write_all(b"[")?;
                Form::Json { out, has_rows: false }
            }
        };
        Ok(Self { columns: columns.to_vec(), form })
    }

    /// `cells` in the order of the columns.
    pub fn write(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        debug_assert_eq!(cells.len(), self.columns.len());
        match &mut self.form {
            Form::Csv(csv) => {
                for cell in cells {
                    csv.write_field(for_csv(cell).as_ref()).map_err(written)?;
                }
                csv.write_record(None::<&[u8]>).map_err(written)?;
            }
            Form::Json { out, has_rows } => {
                out.write_all(if *has_rows { b",\n" } else { b"\n" })?;
                *has_rows = true;
                write_object(out, &self.columns, cells)?;
            }
        }
        Ok(())
    }

    pub fn finish(self) -> io::Result<()> {
        match self.form {
            Form::Csv(mut csv) => csv.flush(),
            Form::Json { mut out, has_rows } => {
                out.write_all(if has_rows { b"\n]\n" } else { b"]\n" })?;
                out.flush()
            }
        }
    }
}

/// What went wrong with the place that is written to; `io::Error::from` would hide its kind.
fn written(error: csv::Error) -> io::Error {
    let told = error.to_string();
    if let csv::ErrorKind::Io(error) = error.into_kind() { error } else { io::Error::other(told) }
}

fn for_csv<'a>(cell: &'a Cell<'_>) -> Cow<'a, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => guarded(text),
        Cell::Word(word) => Cow::Borrowed(word),
        Cell::Number(number) => Cow::Borrowed(number),
    }
}

fn write_object(out: &mut impl Write, columns: &[&str], cells: &[Cell<'_>]) -> io::Result<()> {
    for (place, (column, cell)) in columns.iter().zip(cells).enumerate() {
        write!(out, "{}\"{column}\":", if place == 0 { "{" } else { "," })?;
        match cell {
            Cell::Empty => out.write_all(b"null")?,
            Cell::Text(text) => serde_json::to_writer(&mut *out, text)?,
            Cell::Word(word) => serde_json::to_writer(&mut *out, word)?,
            Cell::Number(number) => out.write_all(number.as_bytes())?,
        }
    }
    out.write_all(b"}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(format: Format, rows: &[[Cell<'_>; 3]], expected: &str) {
        let mut out = Vec::new();

        let mut sheet = Sheet::new(&["name", "state", "stake"], format, &mut out).unwrap();
        rows.iter().for_each(|row| sheet.write(row).unwrap());
        sheet.finish().unwrap();

        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    fn rows() -> [[Cell<'static>; 3]; 2] {
        [
            [Cell::text("=1+1, \"x\"\n"), Cell::yes_or_no(true), Cell::money(Some(Money::cents(-5)))],
            [Cell::text("Mäki"), Cell::Empty, Cell::fraction(Some(Ratio::new(1, 3)))],
        ]
    }

    #[test]
    fn csv_quotes_what_needs_it_and_guards_formulas() {
        check(Format::Csv, &rows(), "name,state,stake\n\"'=1+1, \"\"x\"\"\n\",yes,-0.05\nMäki,,0.333333\n");
        check(Format::Csv, &[], "name,state,stake\n");
    }

    #[test]
    fn json_keeps_decimals_exact_and_writes_null_for_none() {
        check(
            Format::Json,
            &rows(),
            "[\n{\"name\":\"=1+1, \\\"x\\\"\\n\",\"state\":\"yes\",\"stake\":-0.05},\n\
             {\"name\":\"Mäki\",\"state\":null,\"stake\":0.333333}\n]\n",
        );
        check(Format::Json, &[], "[]\n");
    }

    #[test]
    fn quantities_have_the_decimals_they_need() {
        assert_eq!(Cell::quantity(5_000_000), Cell::Number("5".to_owned()));
        assert_eq!(Cell::quantity(-250_000), Cell::Number("-0.25".to_owned()));
        assert_eq!(Cell::quantity(100_000_000), Cell::Number("100".to_owned()));
        assert_eq!(Cell::quantity(0), Cell::Number("0".to_owned()));
    }
}
