//! What was typed, read as what it means: everything that cannot be is told at once, each beside its field.

use super::{Change, Fault, Typed, Wrong};
use crate::texts::{Texts, without_sign};
use luotsi_app::{
    act::{ActError, By, Legible, Problem},
    text,
};
use luotsi_core::units::{Day, Money};

pub struct Reading<'a> {
    typed: &'a Typed,
    t: Texts,
    wrong: Vec<Wrong>,
}

impl<'a> Reading<'a> {
    pub fn new(typed: &'a Typed, t: Texts) -> Self {
        Self { typed, t, wrong: Vec::new() }
    }

    pub fn fault(&mut self, field: impl Into<String>, problem: &Problem) {
        self.wrong(Wrong::field(field, self.t.problem(problem)));
    }

    pub fn wrong(&mut self, wrong: Wrong) {
        self.wrong.push(wrong);
    }

    /// `None`: empty, or told to be wrong.
    pub fn day(&mut self, name: &str) -> Option<Day> {
        let text = self.typed.opt(name)?;
        let day = day(text, self.t.today);
        if day.is_none() {
            self.fault(name, &Problem::NotADay);
        }
        day
    }

    pub fn money(&mut self, name: &str) -> Option<Money> {
        let money = money(self.typed.opt(name)?);
        if money.is_none() {
            self.fault(name, &Problem::NotAnAmount);
        }
        money
    }

    pub fn whole(&mut self, name: &str, min: i64, max: i64) -> Option<i64> {
        let number = plain_number(self.typed.opt(name)?).parse::<i64>();
        match number {
            Ok(number) if (min..=max).contains(&number) => Some(number),
            Ok(_) => {
                self.fault(name, &Problem::OutOfRange { min, max });
                None
            }
            Err(_) => {
                self.fault(name, &Problem::NotANumber);
                None
            }
        }
    }

    pub fn choice<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let choice = parse(self.typed.opt(name)?);
        if choice.is_none() {
            self.fault(name, &Problem::NotAChoice);
        }
        choice
    }

    /// The same where one must be chosen.
    pub fn chosen<T>(&mut self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        match self.typed.opt(name) {
            Some(_) => self.choice(name, parse),
            None => {
                self.wrong(Wrong::field(name, self.t.choose_one()));
                None
            }
        }
    }

    /// One line of at most `max` characters.
    pub fn line(&mut self, name: &str, max: usize) -> Option<String> {
        self.text(name, |typed| text::line(typed, max))
    }

    /// One line of a record, as long as the rules for records have it.
    pub fn line_of_record(&mut self, name: &str) -> Option<String> {
        self.line(name, text::line_max(name))
    }

    pub fn lines(&mut self, name: &str, max: usize) -> Option<String> {
        self.text(name, |typed| text::paragraph(typed, max))
    }

    fn text<'t>(
        &mut self,
        name: &str,
        check: impl Fn(&'a str) -> Result<std::borrow::Cow<'t, str>, text::TextFault>,
    ) -> Option<String> {
        match check(self.typed.opt(name)?) {
            Ok(text) => Some(text.into_owned()).filter(|text| !text.is_empty()),
            Err(fault) => {
                self.fault(name, &fault.into());
                None
            }
        }
    }

    /// Told to be missing where nothing was typed.
    pub fn needed(&mut self, name: &str) {
        if self.typed.opt(name).is_none() {
            self.fault(name, &Problem::Missing);
        }
    }

    pub fn is_ticked(&self, name: &str) -> bool {
        self.typed.opt(name).is_some()
    }

    /// What was read can be used, or everything that is wrong with it: where nothing is asked with it, see `ask`.
    pub fn end(self) -> Result<(), Fault> {
        match self.wrong.is_empty() {
            true => Ok(()),
            false => Err(Fault::Wrong(self.wrong)),
        }
    }

    /// Asks for a change with what was read. Where something could not be read nothing is changed, and what is wrong with
    /// the rest is told with it.
    pub fn ask<T>(
        self,
        change: &Change<'_>,
        ask: impl FnOnce(&By) -> Result<T, ActError>,
    ) -> Result<T, Fault> {
        if self.wrong.is_empty() {
            return Ok(ask(&change.by())?);
        }
        Err(match ask(&change.by().reading(Legible::InPart)) {
            Err(ActError::Invalid(others)) => {
                let others =
                    others.iter().filter(|other| self.wrong.iter().all(|told| told.field != other.field));
                let others = others.map(|other| Wrong::field(other.field, self.t.problem(&other.problem)));
                let others: Vec<Wrong> = others.collect();
                Fault::Wrong(self.wrong.into_iter().chain(others).collect())
            }
            Err(error @ (ActError::Refused(_) | ActError::Store(_))) => error.into(),
            // What stood in for something is not there, or is not what it was.
            Err(ActError::NotThere | ActError::Stale(_) | ActError::OtherPayload) | Ok(_) => {
                Fault::Wrong(self.wrong)
            }
        })
    }
}

/// 2026-11-24 as browsers send it, 24.11.2026 and 24.11. as people in Finland write it; without a year this year's.
pub fn day(text: &str, today: Day) -> Option<Day> {
    if let Some(day) = Day::parse(text) {
        return Some(day);
    }
    let mut parts = text.trim_end_matches('.').split('.').map(str::trim);
    let (day, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let year =
        parts.next().map_or(Some(today.year()), |year| year.parse().ok().filter(|year| 1900 <= *year))?;
    parts.next().is_none().then(|| Day::new(year, month, day)).flatten()
}

/// A whole number without the spaces between its thousands.
pub fn plain_number(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).collect()
}

/// As long as cents of it can be counted.
const DIGITS_MAX: usize = 15;

/// Whole cents; comma or point before them, spaces and a currency's sign anywhere around. `12.500` and `12,500` mean
/// twelve thousand five hundred: nobody writes three decimals of a euro.
pub fn money(text: &str) -> Option<Money> {
    let text = without_sign(text);
    let text = text.trim();
    let positive = text.strip_prefix(['-', '\u{2212}']);
    let (plain, is_negative) = (positive.unwrap_or(text).trim(), positive.is_some());
    let (whole, cents) = match plain.rfind([',', '.']) {
        Some(at) if plain.len() - at - 1 <= 2 => (&plain[..at], &plain[at + 1..]),
        Some(_) | None => (plain, ""),
    };
    // Thousands are told apart by threes, or what was meant can only be guessed.
    let is_between = |sign: char| matches!(sign, ',' | '.') || sign.is_whitespace();
    if let Some((first, groups)) = whole.split_once(is_between) {
        let is_first = (1..=3).contains(&first.len()) && !first.starts_with('0');
        if !is_first || groups.split(is_between).any(|group| group.len() != 3) {
            return None;
        }
    }
    let whole: String = whole.chars().filter(|sign| !is_between(*sign)).collect();
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && cents.is_empty()) || !is_number(&whole) || !is_number(cents) {
        return None;
    }
    if DIGITS_MAX < whole.len() {
        return None;
    }
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    let amount = whole * 100 + cents;
    Some(Money { cents: if is_negative { -amount } else { amount } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_both_languages_write_them() {
        let check = |text: &str, cents: Option<i64>| {
            assert_eq!(money(text).map(|money| money.cents), cents, "{text}")
        };

        check("12 500", Some(1_250_000));
        check("12\u{a0}500,5 €", Some(1_250_050));
        check("€12,500.50", Some(1_250_050));
        check("12 500,50 kr", Some(1_250_050));
        check("12.500", Some(1_250_000));
        check("1.234.567,89", Some(123_456_789));
        check("0,05", Some(5));
        check("-10", Some(-1_000));
        check("", None);
        check("abc", None);
        check("1e9", None);
        check("1 000 000 000 001", Some(100_000_000_000_100));
        check("9999999999999999", None);
        check(",", None);
        check("1,5,6", None);
        check("12.50.000", None);
        check("1234,567", None);
        check("0,500", None);
        check("\u{2212}1 000", Some(-100_000));
        check("100\u{2212}200", None);
        check("--5", None);
        check("1 2 3", None);
        check("6 0000", None);
        check("60,0000", None);
        check(" 1 250,50 ", Some(125_050));
    }

    #[test]
    fn days_are_read_as_browsers_and_people_write_them() {
        let today = Day::new(2026, 11, 23).unwrap();
        let check = |text: &str, expected: Option<(i16, i8, i8)>| {
            assert_eq!(
                day(text, today),
                expected.and_then(|(year, month, day)| Day::new(year, month, day)),
                "{text}"
            );
        };

        check("2026-11-24", Some((2026, 11, 24)));
        check("24.11.2026", Some((2026, 11, 24)));
        check("1.2.", Some((2026, 2, 1)));
        check("31.2.2026", None);
        check("24.11.26", None);
        check("huomenna", None);
    }
}
