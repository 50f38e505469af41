//! How numbers of the strategy stand in a field, and how what was typed is written down for the reader of strategies:
//! what cannot be understood is handed on as it is, and told to be wrong there.

use crate::{
    change::{read_day, read_money},
    texts::{Language, Texts},
};
use luotsi_core::units::{Day, Share};

/// An amount with any spaces and signs around it as plain euros.
pub fn exact_euros(typed: &str) -> String {
    read_money(typed).map_or_else(|| typed.to_owned(), |money| money.to_string())
}

/// `12,5` of 125 thousandths.
pub fn percent(share: Share, t: Texts) -> String {
    let plain = format!("{}.{:04}", share.millionths / 10_000, share.millionths % 10_000);
    let plain = plain.trim_end_matches('0').trim_end_matches('.');
    match t.language {
        Language::Finnish => plain.replace('.', ","),
        Language::English => plain.to_owned(),
    }
}

/// A percentage as a part of 1, digit by digit: `12,5` becomes `0.125`.
pub fn part_of_one(typed: &str) -> String {
    let plain: String = typed.chars().filter(|sign| !sign.is_whitespace() && *sign != '%').collect();
    let (whole, fraction) = plain.split_once([',', '.']).unwrap_or((&plain, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !are_digits(whole) || !are_digits(fraction) {
        return typed.to_owned();
    }
    let digits = format!("{whole:0>3}{fraction}");
    let (ones, hundredths) = digits.split_at(whole.len().max(3) - 2);
    format!("{ones}.{hundredths}")
}

/// Days, a line each or with commas or semicolons between them.
pub fn days(typed: &str, today: Day) -> Vec<String> {
    let typed = typed.split(['\n', ',', ';']).map(str::trim).filter(|day| !day.is_empty());
    typed.map(|day| read_day(day, today).map_or_else(|| day.to_owned(), |day| day.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Currency;

    #[test]
    fn a_percentage_is_written_as_a_part_of_one_to_the_digit() {
        let check = |typed: &str, expected: &str| assert_eq!(part_of_one(typed), expected, "{typed}");

        check("5", "0.05");
        check("12,5 %", "0.125");
        check("100", "1.00");
        check("0.01", "0.0001");
        check("250", "2.50");
        check("", "");
        check("-5", "-5");
        check("viisi", "viisi");
    }

    #[test]
    fn what_stands_in_a_field_is_read_back_as_the_same_share() {
        let t = Texts { language: Language::Finnish, today: Day::MIN, currency: Currency::EURO };
        for millionths in [0, 1, 100, 25_000, 50_000, 125_000, 999_999, 1_000_000] {
            let share = Share { millionths };
            let read: f64 = part_of_one(&percent(share, t)).parse().unwrap();
            assert_eq!((read * 1e6).round() as i64, millionths);
        }
    }

    #[test]
    fn days_off_are_read_as_people_write_them() {
        let today = Day::new(2026, 11, 23).unwrap();

        assert_eq!(
            days("24.12.2026\n 2026-12-31, 7.1.;joulu", today),
            ["2026-12-24", "2026-12-31", "2026-01-07", "joulu"]
        );
    }
}
