//! Money, days, months, working days and exact shares: the measures that every step of the process uses.

use jiff::civil::Date;
use std::{fmt, iter::Sum, ops};

mod calendar;
mod percentile;

pub use calendar::{Calendar, WORKING_DAYS_A_YEAR};
pub use percentile::percentile;

/// An amount of the company's one currency in whole cents. May be negative (returns, losses).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    pub cents: i64,
}

impl Money {
    pub const ZERO: Self = Self { cents: 0 };

    pub const fn cents(cents: i64) -> Self {
        Self { cents }
    }

    pub const fn euros(euros: i64) -> Self {
        Self { cents: euros * 100 }
    }

    /// An amount worked out by the statistical estimators, rounded once, half away from zero. A millionth of a
    /// cent is taken for noise of the floating point, so that 1.4999999999 cents and 1.5 cents round alike.
    pub fn from_estimated_cents(cents: f64) -> Self {
        let snapped = (cents * 1e6).round() / 1e6;
        Self { cents: snapped.round() as i64 }
    }

    pub fn or_zero_if_negative(self) -> Self {
        self.max(Self::ZERO)
    }

    pub fn abs(self) -> Self {
        Self { cents: self.cents.abs() }
    }

    pub fn is_positive(self) -> bool {
        self.cents > 0
    }
}

impl ops::Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { cents: self.cents.saturating_add(other.cents) }
    }
}

impl ops::AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl ops::Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { cents: self.cents.saturating_sub(other.cents) }
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, ops::Add::add)
    }
}

/// Euros with two decimals and a point, as exports write them: `-1234.50`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.cents < 0 { "-" } else { "" };
        let cents = self.cents.unsigned_abs();
        write!(f, "{sign}{}.{:02}", cents / 100, cents % 100)
    }
}

/// An exact fraction. The denominator is never 0 and is kept positive.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };
    pub const TWO: Self = Self { numerator: 2, denominator: 1 };
    pub const FIFTH: Self = Self { numerator: 1, denominator: 5 };
    pub const TWENTIETH: Self = Self { numerator: 1, denominator: 20 };
    pub const FOUR_FIFTHS: Self = Self { numerator: 4, denominator: 5 };

    pub fn whole(number: i64) -> Self {
        Self { numerator: i128::from(number), denominator: 1 }
    }

    /// A denominator of 0 gives 0: callers ask only for shares of something.
    pub fn new(numerator: i128, denominator: i128) -> Self {
        match denominator {
            0 => Self::ZERO,
            d if d < 0 => Self { numerator: -numerator, denominator: -d },
            d => Self { numerator, denominator: d },
        }
    }

    /// `amount` times this share, in cents, rounded once, half away from zero.
    pub fn of(self, amount: Money) -> Money {
        Money { cents: divide_half_away(i128::from(amount.cents) * self.numerator, self.denominator) as i64 }
    }

    /// The fraction in millionths, rounded half away from zero: exports print six decimals.
    pub fn millionths(self) -> i64 {
        divide_half_away(self.numerator * 1_000_000, self.denominator) as i64
    }

    pub fn as_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    pub fn floor(self) -> i64 {
        self.numerator.div_euclid(self.denominator) as i64
    }

    pub fn ceil(self) -> i64 {
        -(-self.numerator).div_euclid(self.denominator) as i64
    }

    pub fn times(self, other: Self) -> Self {
        Self::new(self.numerator * other.numerator, self.denominator * other.denominator)
    }

    /// This fraction divided by `other`; 0 when `other` is 0.
    pub fn over(self, other: Self) -> Self {
        Self::new(self.numerator * other.denominator, self.denominator * other.numerator)
    }

    pub fn plus(self, whole: i64) -> Self {
        Self::new(self.numerator + i128::from(whole) * self.denominator, self.denominator)
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ratio {}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.numerator * other.denominator).cmp(&(other.numerator * self.denominator))
    }
}

/// Six decimals, as exports write fractions.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millionths = self.millionths();
        let sign = if millionths < 0 { "-" } else { "" };
        let millionths = millionths.unsigned_abs();
        write!(f, "{sign}{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
    }
}

fn divide_half_away(numerator: i128, denominator: i128) -> i128 {
    let twice_remainder = (numerator % denominator).abs() * 2;
    let truncated = numerator / denominator;
    match twice_remainder >= denominator {
        true => truncated + numerator.signum(),
        false => truncated,
    }
}

/// A part of a whole in millionths: 0.05 is 50 000. Strategies give shares with at most six decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share {
    pub millionths: i64,
}

impl Share {
    pub const fn percent(percent: i64) -> Self {
        Self { millionths: percent * 10_000 }
    }

    pub fn ratio(self) -> Ratio {
        Ratio::new(i128::from(self.millionths), 1_000_000)
    }

    pub fn of(self, amount: Money) -> Money {
        self.ratio().of(amount)
    }
}

/// A calendar day in the company's time zone, between 0001-01-01 and 9999-12-31.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    since_epoch: i32,
}

impl Day {
    /// Stands for "for all time before": the first day there is.
    pub const MIN: Self = Self { since_epoch: -719_162 };
    /// Stands for "never": the last day there is.
    pub const MAX: Self = Self { since_epoch: 2_932_896 };

    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self::from)
    }

    /// `2026-11-22`; anything else is no day.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        Self::new(text[0..4].parse().ok()?, text[5..7].parse().ok()?, text[8..10].parse().ok()?)
    }

    pub fn date(self) -> Date {
        let (year, month, day) = civil(self.since_epoch);
        Date::constant(year as i16, month as i8, day as i8)
    }

    pub fn year(self) -> i16 {
        civil(self.since_epoch).0 as i16
    }

    /// Days from 1970-01-01, negative before it.
    pub fn since_epoch(self) -> i32 {
        self.since_epoch
    }

    pub fn from_since_epoch(days: i32) -> Self {
        Self { since_epoch: days.clamp(Self::MIN.since_epoch, Self::MAX.since_epoch) }
    }

    pub fn plus_days(self, days: i64) -> Self {
        let moved = i64::from(self.since_epoch) + days;
        let clamped = moved.clamp(i64::from(Self::MIN.since_epoch), i64::from(Self::MAX.since_epoch));
        Self { since_epoch: clamped as i32 }
    }

    pub fn tomorrow(self) -> Self {
        self.plus_days(1)
    }

    /// Calendar days from `earlier` to this day; negative when it is later.
    pub fn days_since(self, earlier: Self) -> i64 {
        i64::from(self.since_epoch) - i64::from(earlier.since_epoch)
    }

    /// The same day `months` later (or earlier), clamped to the month's last day.
    pub fn plus_months(self, months: i32) -> Self {
        let (_, _, day) = civil(self.since_epoch);
        let month = Month::of(self).plus(months);
        let last = month.last();
        let (_, _, last_day) = civil(last.since_epoch);
        month.first().plus_days(i64::from(day.min(last_day)) - 1)
    }

    /// The first day of its quarter of the calendar year.
    pub fn quarter_start(self) -> Self {
        let (_, month, _) = civil(self.since_epoch);
        Month::of(self).plus(-((month - 1) % 3)).first()
    }

    pub fn is_month_end(self) -> bool {
        Month::of(self).last() == self
    }

    /// 0 is Monday, 6 is Sunday.
    pub fn weekday(self) -> i32 {
        (self.since_epoch + 3).rem_euclid(7)
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self { since_epoch: days_from_civil(date.year().into(), date.month().into(), date.day().into()) }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Digit by digit: an import writes three days a row, and formatting numbers costs four times as much.
        let (year, month, day) = civil(self.since_epoch);
        let digit = |number: i32| b'0' + (number % 10) as u8;
        let text = [
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ];
        f.pad(str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    since_year_0: i32,
}

impl Month {
    pub fn of(day: Day) -> Self {
        let (year, month, _) = civil(day.since_epoch);
        Self { since_year_0: year * 12 + month - 1 }
    }

    /// The last month whose end is on or before `on`: a month counts as whole on its last day.
    pub fn last_whole(on: Day) -> Self {
        let month = Self::of(on);
        match month.last() == on {
            true => month,
            false => month.plus(-1),
        }
    }

    pub fn plus(self, months: i32) -> Self {
        Self { since_year_0: self.since_year_0 + months }
    }

    /// Months from `earlier` to this one.
    pub fn months_since(self, earlier: Self) -> i32 {
        self.since_year_0 - earlier.since_year_0
    }

    pub fn first(self) -> Day {
        let (year, month) = (self.since_year_0.div_euclid(12), self.since_year_0.rem_euclid(12) + 1);
        Day::from_since_epoch(days_from_civil(year, month, 1))
    }

    pub fn last(self) -> Day {
        self.plus(1).first().plus_days(-1)
    }
}

/// When a record is believed: from `from` on, up to but not including `until`.
/// A correction ends the belief in what it supersedes; the superseded stays readable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    pub from: Day,
    pub until: Day,
}

impl Known {
    pub const ALWAYS: Self = Self { from: Day::MIN, until: Day::MAX };

    pub fn since(from: Day) -> Self {
        Self { from, until: Day::MAX }
    }

    pub fn on(self, day: Day) -> bool {
        self.from <= day && day < self.until
    }
}

// Days and civil dates after Howard Hinnant, "chrono-compatible low-level date algorithms"; jiff's conversion gives
// the same and is used in the tests, but its checks cost four times as much in the rolling windows.
fn civil(since_epoch: i32) -> (i32, i32, i32) {
    let z = since_epoch + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i32::from(month <= 2), month, day)
}

fn days_from_civil(year: i32, month: i32, day: i32) -> i32 {
    let year = year - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn days_agree_with_jiff_over_four_centuries() {
        let mut date = Date::constant(1800, 1, 1);
        while date.year() < 2200 {
            let ours = Day::from(date);

            assert_eq!(ours.date(), date);
            assert_eq!(Day::parse(&date.to_string()), Some(ours));
            assert_eq!(Day::from_since_epoch(ours.since_epoch()), ours);
            date = date.tomorrow().unwrap();
        }
        assert_eq!(Day::MIN.to_string(), "0001-01-01");
        assert_eq!(Day::MAX.to_string(), "9999-12-31");
    }

    #[test]
    fn months_later_is_clamped_to_the_last_day_of_the_month() {
        assert_eq!(day("2024-02-29").plus_months(24), day("2026-02-28"));
        assert_eq!(day("2026-03-31").plus_months(-1), day("2026-02-28"));
        assert_eq!(day("2026-11-22").plus_months(-24), day("2024-11-22"));
    }

    #[test]
    fn a_quarter_begins_every_third_month() {
        assert_eq!(day("2026-01-31").quarter_start(), day("2026-01-01"));
        assert_eq!(day("2026-09-30").quarter_start(), day("2026-07-01"));
        assert_eq!(day("2026-11-24").quarter_start(), day("2026-10-01"));
        assert_eq!(day("2026-12-31").quarter_start(), day("2026-10-01"));
    }

    #[test]
    fn a_month_is_whole_on_its_last_day() {
        assert_eq!(Month::last_whole(day("2026-11-30")).last(), day("2026-11-30"));
        assert_eq!(Month::last_whole(day("2026-11-29")).last(), day("2026-10-31"));
    }

    #[test]
    fn money_is_rounded_half_away_from_zero() {
        assert_eq!(Ratio::new(1, 2).of(Money::cents(5)), Money::cents(3));
        assert_eq!(Ratio::new(1, 2).of(Money::cents(-5)), Money::cents(-3));
        assert_eq!(Ratio::new(1, 3).of(Money::cents(4)), Money::cents(1));
        assert_eq!(Money::from_estimated_cents(1.499_999_999_99), Money::cents(2));
        assert_eq!(Money::cents(-5).to_string(), "-0.05");
    }

    #[test]
    fn fractions_print_six_decimals() {
        assert_eq!(Ratio::new(-2, 3).to_string(), "-0.666667");
        assert_eq!(Ratio::new(5, 2).to_string(), "2.500000");
        assert_eq!(Ratio::new(5, 2).ceil(), 3);
        assert_eq!(Ratio::new(-5, 2).floor(), -3);
    }
}
