//! Telephone numbers, found again however they are written: `+358 40 123 4567`, `040 1234567`, `358401234567`.
//!
//! Kept are all digits of a number; sought are those that every way of writing it has, so the one stands somewhere in
//! the other. Those are the digits behind the code of the country and the zero of calls within it. Whose country is
//! meant need not be known: a number that has a code says where it ends, and one without is found in those with any.

/// Fewer digits are a word like another: a part of an id, a year.
const NUMBER_MIN: usize = 6;
/// Numbers with the code of a country have no fewer digits; ids often begin with two zeros.
const WITH_CODE_MIN: usize = 9;
/// Without sign or zero before it a number this long is taken to begin with the code of a country.
const BARE_WITH_CODE_MIN: usize = 10;
/// Emergency numbers have three.
const DIALLED_MIN: usize = 3;
/// Fewer would be sought where a word begins, and a number within a country begins none.
const SOUGHT_MIN: usize = 3;

/// The digits of a number as it was told. A zero in brackets, `+358 (0)40`, is dialled by nobody who dials the code.
pub fn digits(told: &str) -> String {
    told.replace("(0)", "").chars().filter(char::is_ascii_digit).collect()
}

/// What a telephone dials: the first number in what was told, without the extension behind it.
pub fn dialled(told: &str) -> Option<String> {
    let from = told.find(|sign: char| sign.is_ascii_digit() || matches!(sign, '+' | '('))?;
    // Within a number a stroke has no spaces around it: behind one that has there is another.
    let first = told[from..].split(" / ").next()?;
    let number = first.split(|sign: char| !sign.is_ascii_digit() && !is_between(sign)).next()?;
    let plus = if number.starts_with('+') { "+" } else { "" };
    let digits =
        if plus.is_empty() { number.chars().filter(char::is_ascii_digit).collect() } else { digits(number) };
    (DIALLED_MIN <= digits.len()).then(|| format!("{plus}{digits}"))
}

/// Digits, with nothing between them but what is written between the digits of numbers and ids.
pub fn is_number(text: &str) -> bool {
    let text = text.trim();
    let text = text.strip_prefix("tel:").unwrap_or(text);
    NUMBER_MIN <= text.chars().filter(char::is_ascii_digit).count()
        && text.chars().all(|sign| sign.is_ascii_digit() || is_between(sign))
}

/// What to look for among the digits of numbers when this was typed; `None` when it is no number.
pub fn sought(typed: &str) -> Option<String> {
    if !is_number(typed) {
        return None;
    }
    let digits = digits(typed);
    let has_plus = typed.chars().find(|sign| *sign == '+' || sign.is_ascii_digit()) == Some('+');
    let with_code = match digits.strip_prefix("00") {
        _ if has_plus => Some(digits.as_str()),
        Some(rest) => (WITH_CODE_MIN <= rest.len()).then_some(rest),
        None => (BARE_WITH_CODE_MIN <= digits.len() && !digits.starts_with('0')).then_some(digits.as_str()),
    };
    let within = with_code.and_then(|number| number.get(code_length(number)..)).unwrap_or(&digits);
    let within = within.strip_prefix('0').unwrap_or(within);
    let sought = if SOUGHT_MIN <= within.len() { within } else { &digits };
    Some(sought.to_owned())
}

/// Hyphens and dashes that are pasted, and the unseen marks of direction that some programs copy along.
fn is_between(sign: char) -> bool {
    matches!(sign, ' ' | '+' | '-' | '(' | ')' | '.' | '/')
        || matches!(sign, '\u{2010}'..='\u{2015}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
}

/// How many digits the code of the country has that a number begins with. By ITU-T E.164 (list of 15 December 2016): no
/// code begins with another.
fn code_length(number: &str) -> usize {
    let mut digits = number.bytes();
    match (digits.next(), digits.next()) {
        (Some(b'1' | b'7'), _) => 1,
        (Some(b'2'), Some(b'0' | b'7'))
        | (Some(b'3'), Some(b'0'..=b'4' | b'6' | b'9'))
        | (Some(b'4'), Some(b'0' | b'1' | b'3'..=b'9'))
        | (Some(b'5'), Some(b'1'..=b'8'))
        | (Some(b'6'), Some(b'0'..=b'6'))
        | (Some(b'8'), Some(b'1' | b'2' | b'4' | b'6'))
        | (Some(b'9'), Some(b'0'..=b'5' | b'8')) => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: Option<&str>) {
        assert_eq!(sought(typed).as_deref(), expected, "{typed}");
    }

    #[test]
    fn dialled_is_the_number_without_its_extension() {
        let check = |told: &str, number: Option<&str>| assert_eq!(dialled(told).as_deref(), number, "{told}");

        check("+358 (0)40 123 4567", Some("+358401234567"));
        check("(09) 123 4567 ank. 12", Some("091234567"));
        check("puh. 040-123 4567", Some("0401234567"));
        check("040 123 4567, 050 765 4321", Some("0401234567"));
        check("040 123 4567 / 050 765 4321", Some("0401234567"));
        check("030/1234567", Some("0301234567"));
        check("112", Some("112"));
        check("soita joskus", None);
        check("ank. 12", None);
        check("", None);
    }

    #[test]
    fn a_number_is_sought_by_what_all_ways_of_writing_it_have() {
        for typed in [
            "+358 40 123 4567",
            "+358 (0)40 123 4567",
            "00358 40 1234567",
            "358401234567",
            "040 1234567",
            "(040) 123-4567",
            "040\u{2011}123 4567",
            "0401234567",
            "401234567",
            "tel:+358401234567",
            "\u{202a}+358 40 123 4567\u{202c}",
        ] {
            check(typed, Some("401234567"));
        }
        check("123 4567", Some("1234567"));
        check("+1 (212) 555-0123", Some("2125550123"));
        check("+46 8 123 456", Some("8123456"));
        check("+39 06 1234567", Some("61234567"));
        check("09 123 456", Some("9123456"));
    }

    #[test]
    fn what_is_no_number_is_not_sought_as_one() {
        for typed in ["", "+358", "12345", "Salmi 2000 Oy", "a1234567", "100 000 %"] {
            check(typed, None);
        }
    }

    #[test]
    fn an_id_is_sought_by_nearly_all_of_its_digits() {
        check("0112038-9", Some("1120389"));
        check("000123", Some("00123"));
        check("00123456", Some("0123456"));
        check("+35840 1", Some("401"));
        check("+358 040", Some("358040"));
    }

    #[test]
    fn whatever_was_told_holds_what_is_sought() {
        for told in [
            "+358 (0)40 123 4567",
            "+358 40 123 4567",
            "00358401234567",
            "040-1234567",
            "puh. 040 123 4567 / 09 123 456",
        ] {
            assert!(digits(told).contains("401234567"), "{told}");
        }
    }
}
