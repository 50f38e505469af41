//! Numbers as people and programs write them: `1234.5`, `1 234,50`, `-1.234,50 €`, `1,234.50`, `100-`, `2.5e-3`.

use num_rational::Ratio;

/// Which sign a file puts before its decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    Point,
    Comma,
    /// The file's first rows do not tell; of `1,234` it is then not known whether it is one or a thousand, and
    /// `likely_comma` decides.
    Untold {
        likely_comma: bool,
    },
}

/// An exact number.
pub type Exact = Ratio<i128>;

impl DecimalMark {
    /// The mark that the sampled values agree on. A file separated by semicolons or tabs writes decimals with a
    /// comma more likely than not: it left the comma free for them.
    pub fn recognise<'a>(values: impl Iterator<Item = &'a str>, separator: u8) -> Self {
        let (mut points, mut commas) = (0, 0);
        for value in values {
            match tells(value) {
                Some('.') => points += 1,
                Some(_) => commas += 1,
                None => {}
            }
        }
        match (points, commas) {
            (1.., 0) => Self::Point,
            (0, 1..) => Self::Comma,
            _ => Self::Untold { likely_comma: separator != b',' },
        }
    }

    fn of(self, value: &str) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
            Self::Untold { likely_comma } => {
                tells(value).unwrap_or(match (value.contains(','), likely_comma) {
                    (true, true) => ',',
                    (true, false) | (false, _) => '.',
                })
            }
        }
    }
}

/// The decimal mark a single value gives away, if it does: of two different marks the last, and a single mark that is
/// not followed by exactly three digits; one that comes twice is for thousands, and the other is the decimal mark.
fn tells(value: &str) -> Option<char> {
    let last = value.rfind(['.', ','])?;
    let mark = value[last..].chars().next()?;
    let other = if mark == '.' { ',' } else { '.' };
    let times = value.matches(mark).count();
    let decimals = value[last + 1..].bytes().take_while(u8::is_ascii_digit).count();

    match (value.contains(other), times, decimals) {
        (true, 1, _) => Some(mark),
        (true, _, _) => None,
        (false, 1, 3) => None,
        (false, 1, _) => Some(mark),
        (false, _, _) => Some(other),
    }
}

/// Reads a number; `None` when it is none, or has more than thirty digits.
pub fn parse(value: &str, mark: DecimalMark) -> Option<Exact> {
    let (is_negative, digits) = sign(value.trim());
    let (mantissa, exponent) = exponent(digits)?;
    let decimal_mark = mark.of(mantissa);
    let (whole, decimals) = match mantissa.split_once(decimal_mark) {
        Some((whole, decimals)) => (whole, decimals),
        None => (mantissa, ""),
    };
    if !decimals.bytes().all(|byte| byte.is_ascii_digit()) || (whole.is_empty() && decimals.is_empty()) {
        return None;
    }

    let unscaled = thousands(whole, decimal_mark)? + decimals;
    if unscaled.len() > 30 {
        return None;
    }
    let unscaled: i128 = unscaled.parse().ok()?;
    let power = exponent - i32::try_from(decimals.len()).ok()?;
    let scale = 10_i128.checked_pow(power.unsigned_abs())?;
    let number = match power < 0 {
        // Left unreduced: most numbers are only rounded.
        true => Exact::new_raw(unscaled, scale),
        false => Exact::from_integer(unscaled.checked_mul(scale)?),
    };
    Some(if is_negative { -number } else { number })
}

/// A minus stands before or, as some ledgers write it, behind; a euro sign says nothing new.
fn sign(value: &str) -> (bool, &str) {
    let value = value.trim_matches(|c: char| c == '€' || c.is_whitespace());
    let minus = ['-', '\u{2212}'];
    match (value.strip_prefix(minus), value.strip_suffix(minus), value.strip_prefix('+')) {
        (Some(rest), _, _) | (None, Some(rest), _) => (true, rest.trim()),
        (None, None, Some(rest)) => (false, rest.trim()),
        (None, None, None) => (false, value),
    }
}

fn exponent(value: &str) -> Option<(&str, i32)> {
    match value.split_once(['e', 'E']) {
        None => Some((value, 0)),
        Some((mantissa, exponent)) => {
            let exponent: i32 = exponent.parse().ok()?;
            (-30..=30).contains(&exponent).then_some((mantissa, exponent))
        }
    }
}

/// The digits of the whole part without the marks between thousands: spaces of any width, apostrophes, or the mark
/// that is not the decimal one. Groups behind the first have three digits.
fn thousands(whole: &str, decimal_mark: char) -> Option<String> {
    let other = if decimal_mark == '.' { ',' } else { '.' };
    let is_mark = |c: char| c == other || c.is_whitespace() || c == '\'' || c == '\u{2019}';
    let mut groups = whole.split(is_mark);
    let mut digits = groups.next()?.to_owned();
    let first = digits.len();
    for group in groups {
        if group.len() != 3 || !(1..=3).contains(&first) {
            return None;
        }
        digits.push_str(group);
    }
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(digits)
}

/// `number` times `factor`, rounded half away from zero; `None` when it does not fit.
pub fn rounded(number: &Exact, factor: i128) -> Option<i64> {
    let scaled = number.numer().checked_mul(factor)?;
    let denominator = *number.denom();
    let (quotient, remainder) = (scaled / denominator, scaled % denominator);
    let away = match remainder.unsigned_abs() >= denominator.unsigned_abs().div_ceil(2) {
        true => scaled.signum(),
        false => 0,
    };
    i64::try_from(quotient + away).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNTOLD: DecimalMark = DecimalMark::Untold { likely_comma: false };

    fn check(value: &str, mark: DecimalMark, millionths: Option<i64>) {
        let number = parse(value, mark).and_then(|number| rounded(&number, 1_000_000));

        assert_eq!(number, millionths, "{value:?} with {mark:?}");
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        check("1234.5", DecimalMark::Point, Some(1_234_500_000));
        check("1,234.50", DecimalMark::Point, Some(1_234_500_000));
        check("1 234,50", DecimalMark::Comma, Some(1_234_500_000));
        check("1\u{a0}234,50 €", DecimalMark::Comma, Some(1_234_500_000));
        check("1\u{202f}234\u{202f}567", DecimalMark::Comma, Some(1_234_567_000_000));
        check("-1.234,50", DecimalMark::Comma, Some(-1_234_500_000));
        check("\u{2212}7", DecimalMark::Point, Some(-7_000_000));
        check("100-", DecimalMark::Point, Some(-100_000_000));
        check("+5", DecimalMark::Point, Some(5_000_000));
        check(".5", DecimalMark::Point, Some(500_000));
        check("5.", DecimalMark::Point, Some(5_000_000));
        check("2.5e-3", DecimalMark::Point, Some(2_500));
        check("1'234.5", DecimalMark::Point, Some(1_234_500_000));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for value in
            ["", "-", "abc", "1.2.3", "12,34,56", "1 2", "1e", "1e99", "0x10", "NaN", "inf", "--1", "1,23"]
        {
            check(value, DecimalMark::Point, None);
        }
        check("1234567890123456789012345678901", DecimalMark::Point, None);
    }

    #[test]
    fn the_mark_is_recognised_from_the_values_that_give_it_away() {
        let recognise =
            |values: &[&str], separator| DecimalMark::recognise(values.iter().copied(), separator);

        assert_eq!(recognise(&["1,234", "1.5"], b','), DecimalMark::Point);
        assert_eq!(recognise(&["1 234,50", "17"], b';'), DecimalMark::Comma);
        assert_eq!(recognise(&["1.234.567"], b';'), DecimalMark::Comma);
        assert_eq!(recognise(&["1,234.50"], b';'), DecimalMark::Point);
        assert_eq!(recognise(&["17", "1,234"], b';'), DecimalMark::Untold { likely_comma: true });
        assert_eq!(recognise(&["1.5", "1,5"], b','), UNTOLD);
    }

    #[test]
    fn without_a_told_mark_each_value_speaks_for_itself() {
        check("1,5", UNTOLD, Some(1_500_000));
        check("1.5", UNTOLD, Some(1_500_000));
        check("1,234", UNTOLD, Some(1_234_000_000));
        check("1,234", DecimalMark::Untold { likely_comma: true }, Some(1_234_000));
        check("1.234", DecimalMark::Untold { likely_comma: true }, Some(1_234_000));
    }

    #[test]
    fn halves_are_rounded_away_from_zero_once() {
        let cents = |value: &str| rounded(&parse(value, DecimalMark::Point).unwrap(), 100);

        assert_eq!(cents("0.005"), Some(1));
        assert_eq!(cents("-0.005"), Some(-1));
        assert_eq!(cents("0.004999"), Some(0));
        assert_eq!(cents("9.80000019"), Some(980));
    }
}
