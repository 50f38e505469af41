//! One table of the strategy's TOML, read strictly: a key that is not known, a value of the wrong kind or out of
//! range is a sentence with the line it stands on. Amounts and shares are read from the written digits, never by way
//! of a floating-point number.

use luotsi_core::units::{Day, Money, Share};
use std::ops::RangeInclusive;
use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

/// What is wrong in the text, and on which line (counted from 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub line: usize,
    pub sentence: String,
}

pub struct Section<'a> {
    text: &'a str,
    table: &'a DeTable<'a>,
    /// The line its heading stands on.
    pub line: usize,
}

impl<'a> Section<'a> {
    /// `known` are the keys the section may have.
    pub fn new(text: &'a str, table: &'a DeTable<'a>, start: usize, known: &[&str]) -> Result<Self, Mistake> {
        let unknown = table.keys().find(|key| !known.contains(&key.get_ref().as_ref()));
        match unknown {
            None => Ok(Self { text, table, line: line_of(text, start) }),
            Some(key) => Err(Mistake {
                line: line_of(text, key.span().start),
                sentence: format!(
                    "there is no `{}` here. {}",
                    key.get_ref(),
                    suggestion(key.get_ref(), known)
                ),
            }),
        }
    }

    /// The line of `key`, or of the section's heading where the key is not given.
    pub fn line_of(&self, key: &str) -> usize {
        self.table.get(key).map_or(self.line, |value| line_of(self.text, value.span().start))
    }

    pub fn mistake(&self, key: &str, sentence: String) -> Mistake {
        Mistake { line: self.line_of(key), sentence }
    }

    /// A part of 1 with at most six decimals.
    pub fn share(&self, key: &str) -> Result<Option<Share>, Mistake> {
        let Some(written) = self.number(key)? else { return Ok(None) };
        decimal(&written, 6)
            .and_then(|millionths| i64::try_from(millionths).ok())
            .filter(|millionths| (0..=1_000_000).contains(millionths))
            .map(|millionths| Some(Share { millionths }))
            .ok_or_else(|| {
                let asked = "a share from 0 to 1 with at most six decimals, such as 0.05 for 5 %";
                self.mistake(key, format!("`{key}` is {written}; it must be {asked}."))
            })
    }

    /// Euros with at most two decimals, from 0 up to `most`.
    pub fn money(&self, key: &str, most: Money) -> Result<Option<Money>, Mistake> {
        let Some(written) = self.number(key)? else { return Ok(None) };
        decimal(&written, 2)
            .and_then(|cents| i64::try_from(cents).ok())
            .filter(|cents| (0..=most.cents).contains(cents))
            .map(|cents| Some(Money::cents(cents)))
            .ok_or_else(|| {
                let asked = format!("euros from 0 to {most} with at most two decimals, such as 1234.50");
                self.mistake(key, format!("`{key}` is {written}; it must be {asked}."))
            })
    }

    /// A whole number within `range`.
    pub fn whole(&self, key: &str, range: RangeInclusive<u32>) -> Result<Option<u32>, Mistake> {
        let Some(written) = self.number(key)? else { return Ok(None) };
        let (least, most) = (*range.start(), *range.end());
        decimal(&written, 0)
            .and_then(|number| u32::try_from(number).ok())
            .filter(|number| range.contains(number))
            .map(Some)
            .ok_or_else(|| {
                let asked = format!("a whole number from {least} to {most}");
                self.mistake(key, format!("`{key}` is {written}; it must be {asked}."))
            })
    }

    pub fn text(&self, key: &str) -> Result<Option<&'a str>, Mistake> {
        self.table.get(key).map(|value| self.as_text(key, value)).transpose()
    }

    /// One of the words `parse` knows; `known` are those words, for the sentence.
    pub fn word<T>(
        &self,
        key: &str,
        known: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Mistake> {
        self.table.get(key).map(|value| self.as_word(key, value, known, &parse)).transpose()
    }

    pub fn words<T>(
        &self,
        key: &str,
        known: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<Vec<T>>, Mistake> {
        let Some(list) = self.list(key)? else { return Ok(None) };
        list.iter().map(|value| self.as_word(key, value, known, &parse)).collect::<Result<_, _>>().map(Some)
    }

    pub fn day(&self, key: &str) -> Result<Option<Day>, Mistake> {
        self.table.get(key).map(|value| self.as_day(key, value)).transpose()
    }

    pub fn days(&self, key: &str) -> Result<Option<Vec<Day>>, Mistake> {
        let Some(list) = self.list(key)? else { return Ok(None) };
        list.iter().map(|value| self.as_day(key, value)).collect::<Result<_, _>>().map(Some)
    }

    pub fn section(&self, key: &str, known: &[&str]) -> Result<Option<Section<'a>>, Mistake> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        let table = value.get_ref().as_table().ok_or_else(|| {
            self.mistake(key, format!("`{key}` must be a section of its own, with a heading [{key}]."))
        })?;
        Section::new(self.text, table, value.span().start, known).map(Some)
    }

    pub fn sections(&self, key: &str, known: &[&str]) -> Result<Option<Vec<Section<'a>>>, Mistake> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        let wrong = || {
            self.mistake(
                key,
                format!("every `{key}` must be a section of its own, with a heading [[{key}]]."),
            )
        };
        let list = value.get_ref().as_array().ok_or_else(wrong)?;
        list.iter()
            .map(|item| {
                let table = item.get_ref().as_table().ok_or_else(wrong)?;
                Section::new(self.text, table, item.span().start, known)
            })
            .collect::<Result<_, _>>()
            .map(Some)
    }

    /// A number as it was written; text is taken for one too, so that an amount may stand in quotes.
    fn number(&self, key: &str) -> Result<Option<String>, Mistake> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        match value.get_ref() {
            DeValue::Integer(integer) => Ok(Some(in_tens(integer.as_str(), integer.radix()))),
            DeValue::Float(float) => Ok(Some(float.as_str().to_owned())),
            DeValue::String(text) => Ok(Some(text.trim().to_owned())),
            DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
                Err(self.mistake(key, format!("`{key}` must be a number.")))
            }
        }
    }

    fn list(&self, key: &str) -> Result<Option<&'a DeArray<'a>>, Mistake> {
        let Some(value) = self.table.get(key) else { return Ok(None) };
        match value.get_ref().as_array() {
            Some(list) => Ok(Some(list)),
            None => Err(self.mistake(key, format!("`{key}` must be a list in square brackets."))),
        }
    }

    fn as_text(&self, key: &str, value: &'a Spanned<DeValue<'a>>) -> Result<&'a str, Mistake> {
        value.get_ref().as_str().ok_or_else(|| Mistake {
            line: line_of(self.text, value.span().start),
            sentence: format!("`{key}` must be text in quotes."),
        })
    }

    fn as_word<T>(
        &self,
        key: &str,
        value: &'a Spanned<DeValue<'a>>,
        known: &[&str],
        parse: &impl Fn(&str) -> Option<T>,
    ) -> Result<T, Mistake> {
        let word = self.as_text(key, value)?;
        parse(word).ok_or_else(|| Mistake {
            line: line_of(self.text, value.span().start),
            sentence: format!("`{key}` does not know \"{word}\". {}", suggestion(word, known)),
        })
    }

    fn as_day(&self, key: &str, value: &'a Spanned<DeValue<'a>>) -> Result<Day, Mistake> {
        let written = match value.get_ref() {
            DeValue::Datetime(moment) => moment.to_string(),
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => String::new(),
        };
        Day::parse(&written).ok_or_else(|| Mistake {
            line: line_of(self.text, value.span().start),
            sentence: format!("`{key}` needs a day such as 2026-12-31."),
        })
    }
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
