//! The company's working days: Monday to Friday without Finnish public holidays, Midsummer Eve and Christmas Eve.

use super::Day;
use std::collections::BTreeSet;

/// Working days in a year, for rhythms: twelve visits a year are one in 250 / 12 working days.
pub const WORKING_DAYS_A_YEAR: i64 = 250;

const FIRST_YEAR: i16 = 1970;
const LAST_YEAR: i16 = 2150;

/// Counts working days. Outside 1970-2150 every day is counted as if it were the nearest one inside.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// For each day from 1 January 1970 on: working days up to and including it.
    counted: Vec<i32>,
    /// The working days themselves, in order.
    working: Vec<i32>,
}

impl Calendar {
    /// Finnish working days less the company's own `days_off`.
    pub fn finnish(days_off: &[Day]) -> Self {
        let mut off: BTreeSet<Day> = days_off.iter().copied().collect();
        for year in FIRST_YEAR..=LAST_YEAR {
            off.extend(finnish_holidays(year));
        }

        let length = Day::new(LAST_YEAR, 12, 31).map_or(0, |last| last.since_epoch() + 1);
        let mut counted = Vec::with_capacity(length as usize);
        let mut working = Vec::new();
        for number in 0..length {
            let day = Day::from_since_epoch(number);
            if day.weekday() < 5 && !off.contains(&day) {
                working.push(number);
            }
            counted.push(working.len() as i32);
        }
        Self { counted, working }
    }

    pub fn is_working_day(&self, day: Day) -> bool {
        self.working_days(day.plus_days(-1), day) == 1
    }

    /// Working days after `after` up to and including `until`; 0 when `until` is not later.
    pub fn working_days(&self, after: Day, until: Day) -> i64 {
        i64::from((self.up_to(until) - self.up_to(after)).max(0))
    }

    /// The `n`th working day after `after`. `n` of 0 or less gives `after` itself.
    pub fn nth_working_day_after(&self, after: Day, n: i64) -> Day {
        if n <= 0 {
            return after;
        }
        let index = i64::from(self.up_to(after)) + n - 1;
        self.working.get(index as usize).map_or(Day::MAX, |number| Day::from_since_epoch(*number))
    }

    fn up_to(&self, day: Day) -> i32 {
        let number = day.since_epoch();
        match usize::try_from(number) {
            Err(_) => 0,
            Ok(index) => self.counted.get(index).or(self.counted.last()).copied().unwrap_or(0),
        }
    }
}

impl Default for Calendar {
    fn default() -> Self {
        Self::finnish(&[])
    }
}

/// Public holidays, Midsummer Eve and Christmas Eve of a year, as Finnish law has had them since 1992; of those
/// only the ones that can fall on Monday to Friday matter.
fn finnish_holidays(year: i16) -> Vec<Day> {
    let easter = easter_sunday(year);
    let midsummer_eve = first_weekday_from(year, 6, 19, 4);
    let all_saints = first_weekday_from(year, 10, 31, 5);
    let fixed = [(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)];

    fixed
        .iter()
        .filter_map(|(month, day)| Day::new(year, *month, *day))
        .chain([-2, 0, 1, 39, 49].iter().filter_map(|days| easter.map(|sunday| sunday.plus_days(*days))))
        .chain(midsummer_eve)
        .chain(midsummer_eve.map(Day::tomorrow))
        .chain(all_saints)
        .collect()
}

/// Easter Sunday by the Gregorian computus ("anonymous" algorithm, Nature 1876).
fn easter_sunday(year: i16) -> Option<Day> {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Day::new(year as i16, month as i8, day as i8)
}

fn first_weekday_from(year: i16, month: i8, day: i8, weekday: i32) -> Option<Day> {
    let from = Day::new(year, month, day)?;
    Some(from.plus_days(i64::from((weekday - from.weekday()).rem_euclid(7))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// Published: PyPI `holidays` for Finland, 2026.
    #[test]
    fn the_holidays_of_2026_are_those_published() {
        let published = [
            "2026-01-01",
            "2026-01-06",
            "2026-04-03",
            "2026-04-05",
            "2026-04-06",
            "2026-05-01",
            "2026-05-14",
            "2026-05-24",
            "2026-06-19",
            "2026-06-20",
            "2026-10-31",
            "2026-12-06",
            "2026-12-24",
            "2026-12-25",
            "2026-12-26",
        ];

        let mut ours: Vec<String> = finnish_holidays(2026).iter().map(Day::to_string).collect();
        ours.sort();

        assert_eq!(ours, published);
    }

    #[test]
    fn working_days_are_counted_after_the_first_day_up_to_the_last() {
        let calendar = Calendar::default();

        assert_eq!(calendar.working_days(day("2026-11-20"), day("2026-11-23")), 1);
        assert_eq!(calendar.working_days(day("2026-12-23"), day("2026-12-28")), 1);
        assert_eq!(calendar.working_days(day("2026-12-28"), day("2026-12-23")), 0);
        assert_eq!(calendar.nth_working_day_after(day("2026-12-23"), 1), day("2026-12-28"));
        assert!(!calendar.is_working_day(day("2026-06-19")));
    }

    #[test]
    fn the_companys_own_days_off_are_no_working_days() {
        let calendar = Calendar::finnish(&[day("2026-11-23")]);

        assert!(!calendar.is_working_day(day("2026-11-23")));
    }
}
