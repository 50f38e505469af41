//! Why a row is not taken in, as data that makes one sentence.

use crate::{act::Problem, text::TextFault};
use luotsi_core::units::Day;

/// What is wrong with a row, and in which column of the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{column} {reason}{}", end(reason))]
pub struct Fault {
    pub column: String,
    pub reason: Reason,
}

/// Some reasons ask something.
fn end(reason: &Reason) -> &'static str {
    if reason.to_string().ends_with('?') { "" } else { "." }
}

/// The end of a sentence that begins with the column's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    #[error("has bytes that are broken in the file's encoding; save the file as UTF-8")]
    BrokenEncoding,
    #[error("has a NUL character; remove it")]
    Nul,
    #[error(
        "is where the row ends (fields in it: {found}, in the header: {expected}); is a separator or a quotation mark missing?"
    )]
    FieldCount { found: usize, expected: usize },
    #[error("is empty, but is needed")]
    Empty,
    #[error(transparent)]
    Text(#[from] TextFault),
    #[error("is no day: {value:?}; write it as 2026-11-30, or tell the form with date_form in a map file")]
    NoDay { value: String },
    #[error("is no day in the form {form}: {value:?}")]
    NoDayInForm { value: String, form: String },
    #[error("is {0}; days are from 1900-01-01 to 2199-12-31")]
    DayOutOfRange(Day),
    /// It breaks a rule that holds for every door.
    #[error("{0}")]
    Rule(Problem),
    #[error("is no number: {0:?}")]
    NoNumber(String),
    #[error("is no whole number from {least} to {most}: {value:?}")]
    NotWithin { value: String, least: i64, most: i64 },
    #[error("is out of range: {0:?}; amounts go to a million million euros")]
    TooLarge(String),
    #[error("is {value:?}, which is none of {allowed}")]
    NoneOf { value: String, allowed: String },
    #[error("cannot be worked out: it divides by zero")]
    DivisionByZero,
    #[error("is {0:?}, which no {1} has as external id; import it first")]
    Unknown(String, &'static str),
    #[error("is {0:?}, which no product group is called; import the products first")]
    UnknownGroup(String),
    #[error(
        "is {0:?}, which several {1} of other sources have as external id; tell the source with --source"
    )]
    Ambiguous(String, &'static str),
    #[error("is {0:?}, which would make a circle of {1}")]
    Circle(String, &'static str),
}

impl Reason {
    pub fn in_column(self, column: impl Into<String>) -> Fault {
        Fault { column: column.into(), reason: self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_that_asks_something_ends_with_its_question() {
        let check = |reason: Reason, sentence: &str| {
            assert_eq!(reason.in_column("name").to_string(), sentence);
        };
        check(Reason::Empty, "name is empty, but is needed.");
        check(TextFault::LineBreak.into(), "name has a line break; is a quotation mark not closed?");
    }
}
