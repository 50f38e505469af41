//! One row of a file, asked for values of the kinds that records are made of.

use super::{
    columns::{Columns, Origin},
    fault::{Fault, Reason},
    map::{self, Formula, NoValue},
    number::{self, Exact},
};
use crate::{
    rules::{AMOUNT_MAX, QUANTITY_MAX, YEARS},
    spreadsheet::unguarded,
    text,
};
use csv::StringRecord;
use luotsi_core::units::{Day, Money};
use std::{
    borrow::Cow,
    hash::{DefaultHasher, Hash, Hasher},
};

/// A row whose fields are text.
pub struct Row<'a> {
    pub columns: &'a Columns,
    pub fields: &'a StringRecord,
    /// The row's place within its invoice.
    pub number: u32,
}

impl<'a> Row<'a> {
    /// Whether the map says to leave the row out.
    pub fn is_skipped(&self) -> bool {
        self.columns.skip.iter().any(|(column, test)| test.holds(self.cell(*column), self.columns.mark))
    }

    /// A hash of what says which record the row tells of; `None` of an invoice line without a number.
    pub fn key(&self) -> Option<u64> {
        let mut hasher = DefaultHasher::new();
        for field in self.columns.kind.key() {
            let value = self.value(field);
            if value.is_none() && *field == "line" {
                return None;
            }
            value.hash(&mut hasher);
        }
        Some(hasher.finish())
    }

    /// A single line; `None` also of one in which nothing can be seen.
    pub fn text(&self, field: &'static str) -> Result<Option<String>, Fault> {
        let line = self.value(field).map(|value| self.line(field, &value)).transpose()?;
        Ok(line.filter(|line| !line.is_empty()))
    }

    pub fn needed_text(&self, field: &'static str) -> Result<String, Fault> {
        self.text(field)?.ok_or_else(|| self.fault(field, Reason::Empty))
    }

    /// Text of several lines.
    pub fn note(&self, field: &'static str) -> Result<Option<String>, Fault> {
        let checked = |value: Cow<'_, str>| {
            text::paragraph(unguarded(&value), text::NOTE_MAX)
                .map(Cow::into_owned)
                .map_err(|fault| self.fault(field, fault.into()))
        };
        Ok(self.value(field).map(checked).transpose()?.filter(|note| !note.is_empty()))
    }

    pub fn day(&self, field: &'static str) -> Result<Option<Day>, Fault> {
        self.value(field).map(|value| self.parsed_day(field, &value)).transpose()
    }

    pub fn needed_day(&self, field: &'static str) -> Result<Day, Fault> {
        self.day(field)?.ok_or_else(|| self.fault(field, Reason::Empty))
    }

    pub fn money(&self, field: &'static str) -> Result<Option<Money>, Fault> {
        let cents = self.scaled(field, 100, AMOUNT_MAX.cents)?;
        Ok(cents.map(Money::cents))
    }

    pub fn needed_money(&self, field: &'static str) -> Result<Money, Fault> {
        self.money(field)?.ok_or_else(|| self.fault(field, Reason::Empty))
    }

    pub fn millionths(&self, field: &'static str) -> Result<Option<i64>, Fault> {
        self.scaled(field, 1_000_000, QUANTITY_MAX * 1_000_000)
    }

    /// A whole number from `least` to `most`.
    pub fn whole(&self, field: &'static str, least: i64, most: i64) -> Result<Option<i64>, Fault> {
        let Some(number) = self.number(field)? else {
            return Ok(None);
        };
        let whole =
            number::rounded(&number, 1).filter(|whole| Exact::from_integer((*whole).into()) == number);
        match whole.filter(|whole| (least..=most).contains(whole)) {
            Some(whole) => Ok(Some(whole)),
            None => {
                let value = self.value(field).unwrap_or_default().into_owned();
                Err(self.fault(field, Reason::NotWithin { value, least, most }))
            }
        }
    }

    /// How many, or how long.
    pub fn count(&self, field: &'static str) -> Result<Option<u32>, Fault> {
        Ok(self.whole(field, 0, u32::MAX.into())?.map(|count| count as u32))
    }

    /// One of a few names, found by `parse` from its lower-case form.
    pub fn name<T>(
        &self,
        field: &'static str,
        parse: impl Fn(&str) -> Option<T>,
        allowed: impl FnOnce() -> String,
    ) -> Result<Option<T>, Fault> {
        let Some(value) = self.value(field) else {
            return Ok(None);
        };
        match parse(&value.to_lowercase().replace([' ', '-'], "_")) {
            Some(found) => Ok(Some(found)),
            None => {
                let value = value.chars().take(text::NAME_MAX).collect();
                Err(self.fault(field, Reason::NoneOf { value, allowed: allowed() }))
            }
        }
    }

    /// The text of the file's own `columns`, joined with a space, as a line.
    pub fn joined_line(&self, field: &str, columns: &[usize]) -> Result<Option<String>, Fault> {
        let joined = self.joined(columns);
        let in_column = |fault: text::TextFault| {
            Reason::from(fault).in_column(columns.first().map_or("", |column| &self.columns.header[*column]))
        };
        match text::line(unguarded(&joined), text::line_max(field)).map_err(in_column)? {
            line if line.is_empty() => Ok(None),
            line => Ok(Some(line.into_owned())),
        }
    }

    pub fn fault(&self, field: &'static str, reason: Reason) -> Fault {
        reason.in_column(self.columns.name_in_file(field))
    }

    fn line(&self, field: &'static str, value: &str) -> Result<String, Fault> {
        text::line(unguarded(value), text::line_max(field))
            .map(Cow::into_owned)
            .map_err(|fault| self.fault(field, fault.into()))
    }

    fn joined(&self, columns: &[usize]) -> String {
        let cells = columns.iter().map(|column| self.cell(*column)).filter(|cell| !cell.is_empty());
        cells.collect::<Vec<_>>().join(" ")
    }

    /// The trimmed value after translation; `None` when empty.
    fn value(&self, field: &'static str) -> Option<Cow<'a, str>> {
        let value = match self.columns.origin(field) {
            Origin::Absent | Origin::Formula(_) => return None,
            Origin::Column(column) => Cow::Borrowed(self.cell(*column)),
            Origin::Columns(columns) => Cow::Owned(self.joined(columns)),
            Origin::Constant(constant) => Cow::Borrowed(constant.as_str()),
        };
        let value = match self.columns.meaning(field, &value) {
            Some(meaning) => Cow::Borrowed(meaning),
            None => value,
        };
        (!value.is_empty()).then_some(value)
    }

    fn cell(&self, column: usize) -> &'a str {
        self.fields.get(column).unwrap_or_default().trim()
    }

    fn parsed_day(&self, field: &'static str, value: &str) -> Result<Day, Fault> {
        let parsed = match &self.columns.date_form {
            Some(form) => map::day_in_form(value, form)
                .or_else(|| Day::parse(value))
                .ok_or_else(|| Reason::NoDayInForm { value: value.to_owned(), form: form.clone() }),
            None => common_day(value).ok_or_else(|| Reason::NoDay { value: value.to_owned() }),
        };
        match parsed {
            Ok(day) if YEARS.contains(&day.year()) => Ok(day),
            Ok(day) => Err(self.fault(field, Reason::DayOutOfRange(day))),
            Err(reason) => Err(self.fault(field, reason)),
        }
    }

    fn scaled(&self, field: &'static str, factor: i128, max: i64) -> Result<Option<i64>, Fault> {
        let Some(number) = self.number(field)? else {
            return Ok(None);
        };
        match number::rounded(&number, factor).filter(|scaled| (-max..=max).contains(scaled)) {
            Some(scaled) => Ok(Some(scaled)),
            None => {
                let value = self.value(field).map_or_else(|| "the result".to_owned(), Cow::into_owned);
                Err(self.fault(field, Reason::TooLarge(value)))
            }
        }
    }

    fn number(&self, field: &'static str) -> Result<Option<Exact>, Fault> {
        match self.columns.origin(field) {
            Origin::Formula(formula) => self.worked_out(field, formula).map(Some),
            Origin::Constant(constant) => self.parsed(field, constant, number::DecimalMark::Point).map(Some),
            Origin::Absent | Origin::Column(_) | Origin::Columns(_) => {
                self.value(field).map(|value| self.parsed(field, &value, self.columns.mark)).transpose()
            }
        }
    }

    fn parsed(&self, field: &'static str, value: &str, mark: number::DecimalMark) -> Result<Exact, Fault> {
        number::parse(value, mark)
            .ok_or_else(|| self.fault(field, Reason::NoNumber(value.chars().take(text::NAME_MAX).collect())))
    }

    fn worked_out(&self, field: &'static str, formula: &Formula) -> Result<Exact, Fault> {
        let in_column = |column: usize, reason: Reason| reason.in_column(self.columns.header[column].clone());
        let number = |column: usize| match self.cell(column) {
            "" => Err(in_column(column, Reason::Empty)),
            cell => number::parse(cell, self.columns.mark)
                .ok_or_else(|| in_column(column, Reason::NoNumber(cell.to_owned()))),
        };
        formula.value(&number).map_err(|fault| match fault {
            NoValue::Column(fault) => fault,
            NoValue::DivisionByZero => self.fault(field, Reason::DivisionByZero),
            NoValue::TooLarge => self.fault(field, Reason::TooLarge("the result".to_owned())),
        })
    }
}

/// `2026-11-30`, also with a time behind it, and `30.11.2026`: forms that nobody reads in two ways.
fn common_day(value: &str) -> Option<Day> {
    if let Some(day) = Day::parse(value) {
        return Some(day);
    }
    if let Some((day, _)) = value.split_once(['T', ' ']) {
        return Day::parse(day).or_else(|| dotted_day(day));
    }
    dotted_day(value)
}

fn dotted_day(value: &str) -> Option<Day> {
    let mut parts = value.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_digits = |part: &str, least, most| {
        (least..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_day = is_digits(day, 1, 2) && is_digits(month, 1, 2) && is_digits(year, 4, 4);
    match (is_day, parts.next()) {
        (true, None) => Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
        (true, Some(_)) | (false, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_forms_that_are_plain() {
        let check = |value: &str, expected: Option<(i16, i8, i8)>| {
            let expected = expected.and_then(|(year, month, day)| Day::new(year, month, day));
            assert_eq!(common_day(value), expected, "{value:?}");
        };

        check("2026-11-30", Some((2026, 11, 30)));
        check("2026-11-30T07:45:00Z", Some((2026, 11, 30)));
        check("2026-11-30 07:45", Some((2026, 11, 30)));
        check("1.2.2026", Some((2026, 2, 1)));
        check("30.11.2026 7.45", Some((2026, 11, 30)));
        check("11/30/2026", None);
        check("31.2.2026", None);
        check("1.2.26", None);
        check("+1.2.2026", None);
        check("2026-1é-1", None);
    }
}
