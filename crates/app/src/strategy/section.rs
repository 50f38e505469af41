//! One table of the strategy's TOML, read strictly: a key that is not known, a value of the wrong kind or out of
//! range is a sentence with the line it stands on. Amounts and shares are read from the written digits, never by way
//! of a floating-point number.

use crate::act::Problem;
use luotsi_core::units::{Day, Money, Share};
use std::{cell::RefCell, ops::RangeInclusive};
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

/// What is wrong in the text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Counted from 1.
    pub line: usize,
    /// As a JSON pointer: `/care_model/1/line/0/minutes`.
    pub at: String,
    /// To whoever writes the text.
    pub sentence: String,
    /// The same for a form, which has its own words.
    pub problem: Problem,
}

/// All of one text, in the order they were met.
pub type Mistakes = RefCell<Vec<Mistake>>;

/// Whoever asks it for a value gets none where it is not given, and none where it is wrong, which is then among the
/// mistakes.
pub struct Section<'a> {
    source: Source<'a>,
    table: &'a DeTable<'a>,
    /// The line its heading stands on.
    line: usize,
    at: String,
}

/// A whole text as it is read.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub text: &'a str,
    pub writer: Writer,
    pub mistakes: &'a Mistakes,
}

/// Who has written it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    /// May put a number in quotes.
    Person,
    /// Says what is a number.
    Program,
}

impl<'a> Section<'a> {
    /// The text's outermost section. `known` are the keys it may have.
    pub fn whole(source: Source<'a>, table: &'a DeTable<'a>, known: &[&str]) -> Self {
        Self::new(source, table, 0, String::new(), known)
    }

    fn new(source: Source<'a>, table: &'a DeTable<'a>, start: usize, at: String, known: &[&str]) -> Self {
        let text = source.text;
        let section = Self { source, table, line: line_of(text, start), at };
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref();
            let sentence = format!("there is no `{name}` here. {}", suggestion(name, known));
            section.tell(line_of(text, key.span().start), name, sentence, Problem::Unknown);
        }
        section
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// `key` is wrong.
    pub fn wrong(&self, key: &str, sentence: String, problem: Problem) {
        let line =
            self.table.get(key).map_or(self.line, |value| line_of(self.source.text, value.span().start));
        self.tell(line, key, sentence, problem);
    }

    /// `owner` cannot be without `key`.
    pub fn missing(&self, owner: &str, key: &str) {
        if !self.has(key) {
            self.tell(self.line, key, format!("{owner} needs `{key}`."), Problem::Missing);
        }
    }

    fn tell(&self, line: usize, key: &str, sentence: String, problem: Problem) {
        let at = format!("{}/{key}", self.at);
        self.source.mistakes.borrow_mut().push(Mistake { line, at, sentence, problem });
    }

    /// A part of 1 with at most six decimals.
    pub fn share(&self, key: &str) -> Option<Share> {
        let written = self.number(key)?;
        let share = decimal(&written, 6)
            .and_then(|millionths| i64::try_from(millionths).ok())
            .filter(|millionths| (0..=1_000_000).contains(millionths))
            .map(|millionths| Share { millionths });
        if share.is_none() {
            let asked = "a share from 0 to 1 with at most six decimals, such as 0.05 for 5 %";
            let problem = unless_empty(&written, Problem::NotAShare);
            self.wrong(key, format!("`{key}` is {written}; it must be {asked}."), problem);
        }
        share
    }

    /// Euros with at most two decimals, from 0 up to `most`.
    pub fn money(&self, key: &str, most: Money) -> Option<Money> {
        let written = self.number(key)?;
        let cents = decimal(&written, 2);
        let money = cents
            .and_then(|cents| i64::try_from(cents).ok())
            .filter(|cents| (0..=most.cents).contains(cents))
            .map(Money::cents);
        if money.is_none() {
            let problem = match cents {
                Some(_) => Problem::OutOfRange { min: 0, max: most.cents / 100 },
                None => unless_empty(&written, Problem::NotAnAmount),
            };
            let asked = format!("euros from 0 to {most} with at most two decimals, such as 1234.50");
            self.wrong(key, format!("`{key}` is {written}; it must be {asked}."), problem);
        }
        money
    }

    /// A whole number within `range`.
    pub fn number_within(&self, key: &str, range: RangeInclusive<u32>) -> Option<u32> {
        let written = self.number(key)?;
        let number = decimal(&written, 0);
        let whole =
            number.and_then(|number| u32::try_from(number).ok()).filter(|number| range.contains(number));
        if whole.is_none() {
            let (least, most) = (*range.start(), *range.end());
            let problem = match number {
                Some(_) => Problem::OutOfRange { min: least.into(), max: most.into() },
                None => unless_empty(&written, Problem::NotANumber),
            };
            let asked = format!("a whole number from {least} to {most}");
            self.wrong(key, format!("`{key}` is {written}; it must be {asked}."), problem);
        }
        whole
    }

    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.as_text(key, self.table.get(key)?)
    }

    /// One of the words `parse` knows; `known` are those words, for the sentence.
    pub fn word<T>(&self, key: &str, known: &[&str], parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.as_word(key, self.table.get(key)?, known, &parse)
    }

    pub fn words<T>(&self, key: &str, known: &[&str], parse: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        self.list(key)?.iter().map(|value| self.as_word(key, value, known, &parse)).collect()
    }

    pub fn day(&self, key: &str) -> Option<Day> {
        self.as_day(key, self.table.get(key)?)
    }

    pub fn days(&self, key: &str) -> Option<Vec<Day>> {
        self.list(key)?.iter().map(|value| self.as_day(key, value)).collect()
    }

    pub fn section(&self, key: &str, known: &[&str]) -> Option<Self> {
        let value = self.table.get(key)?;
        let Some(table) = value.get_ref().as_table() else {
            let sentence = format!("`{key}` must be a section of its own, with a heading [{key}].");
            self.wrong(key, sentence, Problem::Missing);
            return None;
        };
        Some(self.within(table, value.span().start, key, known))
    }

    /// `None`: not given, or no list of sections.
    pub fn sections(&self, key: &str, known: &[&str]) -> Option<Vec<Self>> {
        let value = self.table.get(key)?;
        let tables: Option<Vec<_>> = value.get_ref().as_array().and_then(|list| {
            list.iter().map(|item| Some((item.get_ref().as_table()?, item.span().start))).collect()
        });
        if tables.is_none() {
            let sentence = format!("every `{key}` must be a section of its own, with a heading [[{key}]].");
            self.wrong(key, sentence, Problem::Missing);
        }
        let tables = tables?.into_iter().enumerate();
        let section = |(place, (table, start))| self.within(table, start, &format!("{key}/{place}"), known);
        Some(tables.map(section).collect())
    }

    fn within(&self, table: &'a DeTable<'a>, start: usize, key: &str, known: &[&str]) -> Self {
        Self::new(self.source, table, start, format!("{}/{key}", self.at), known)
    }

    /// A number as it was written; a person's text is taken for one too, so that an amount may stand in quotes.
    fn number(&self, key: &str) -> Option<String> {
        match self.table.get(key)?.get_ref() {
            DeValue::Integer(integer) => Some(in_tens(integer.as_str(), integer.radix())),
            DeValue::Float(float) => Some(float.as_str().to_owned()),
            DeValue::String(text) if self.source.writer == Writer::Person => Some(text.trim().to_owned()),
            DeValue::String(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => {
                self.wrong(key, format!("`{key}` must be a number."), Problem::NotANumber);
                None
            }
        }
    }

    fn list(&self, key: &str) -> Option<&'a DeArray<'a>> {
        let list = self.table.get(key)?.get_ref().as_array();
        if list.is_none() {
            self.wrong(key, format!("`{key}` must be a list in square brackets."), Problem::Missing);
        }
        list
    }

    fn as_text(&self, key: &str, value: &'a Spanned<DeValue<'a>>) -> Option<&'a str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            let line = line_of(self.source.text, value.span().start);
            self.tell(line, key, format!("`{key}` must be text in quotes."), Problem::NotAChoice);
        }
        text
    }

    fn as_word<T>(
        &self,
        key: &str,
        value: &'a Spanned<DeValue<'a>>,
        known: &[&str],
        parse: &impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let word = self.as_text(key, value)?;
        let parsed = parse(word);
        if parsed.is_none() {
            let sentence = format!("`{key}` does not know \"{word}\". {}", suggestion(word, known));
            let problem = unless_empty(word, Problem::NotAChoice);
            self.tell(line_of(self.source.text, value.span().start), key, sentence, problem);
        }
        parsed
    }

    fn as_day(&self, key: &str, value: &'a Spanned<DeValue<'a>>) -> Option<Day> {
        let written = match value.get_ref() {
            DeValue::Datetime(moment) => moment.to_string(),
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => String::new(),
        };
        let day = Day::parse(&written);
        if day.is_none() {
            let line = line_of(self.source.text, value.span().start);
            self.tell(line, key, format!("`{key}` needs a day such as 2026-12-31."), Problem::NotADay);
        }
        day
    }
}

fn unless_empty(written: &str, problem: Problem) -> Problem {
    if written.is_empty() { Problem::Missing } else { problem }
}

pub fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// What was probably meant by `word`: the nearest of `known` where one is near, else all of them.
pub fn suggestion(word: &str, known: &[&str]) -> String {
    // A third of the letters wrong is still a slip of the finger; more is another word.
    let near = word.chars().count().div_ceil(3).max(2);
    let nearest = known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&word.to_lowercase(), name), name))
        .filter(|(distance, _)| *distance <= near)
        .min_by_key(|(distance, _)| *distance);
    match nearest {
        Some((_, name)) => format!("Did you mean `{name}`?"),
        None => format!("Known are {}.", known.join(", ")),
    }
}

/// A whole number written in another base, in tens; as it stands when it is too large for any of our ranges.
fn in_tens(digits: &str, radix: u32) -> String {
    match i64::from_str_radix(digits, radix) {
        Ok(number) => number.to_string(),
        Err(_) => digits.to_owned(),
    }
}

/// `1234.5` with two places is 123450: exact, or `None` when it is no plain decimal or has more decimals.
fn decimal(written: &str, places: usize) -> Option<i128> {
    let (sign, digits) = match written.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, written.strip_prefix('+').unwrap_or(written)),
    };
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty()
        || whole.len() > 20
        || !are_digits(whole)
        || !are_digits(fraction)
        || fraction.len() > places
    {
        return None;
    }
    format!("{whole}{fraction:0<places$}").parse::<i128>().ok().map(|number| sign * number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_digit_by_digit() {
        assert_eq!(decimal("0.29", 2), Some(29));
        assert_eq!(decimal("1,5", 2), Some(150));
        assert_eq!(decimal("50.000", 2), Some(5000));
        assert_eq!(decimal("-3", 0), Some(-3));
        assert_eq!(decimal("0.005", 2), None);
        assert_eq!(decimal("1e3", 2), None);
        assert_eq!(decimal("nan", 2), None);
        assert_eq!(decimal("", 2), None);
        assert_eq!(decimal(".5", 2), None);
    }

    #[test]
    fn the_nearest_word_is_suggested_and_else_all_of_them() {
        assert_eq!(suggestion("mesure", &["measure", "costs"]), "Did you mean `measure`?");
        assert_eq!(suggestion("colour", &["measure", "costs"]), "Known are measure, costs.");
    }
}
