//! Business ids; of the Finnish ones, seven digits and a check digit, the check digit is checked.

/// The id as it is to be kept; `None` when it is meant to be a Finnish one and is none. Where no country is told, an id
/// that only Finland writes so is meant to be one.
pub fn business_id(text: &str, country: Option<&str>) -> Option<String> {
    let is_finland =
        |country: &str| ["fi", "fin", "suomi", "finland"].contains(&country.trim().to_lowercase().as_str());
    match (country.map(is_finland), finnish(text)) {
        (Some(false), _) => Some(text.to_owned()),
        (Some(true) | None, Some(id)) => Some(id),
        (Some(true), None) => None,
        (None, None) => (!looks_finnish(text)).then(|| text.to_owned()),
    }
}

/// `123456-7`, `1234567-8` or with `FI` before it.
fn looks_finnish(text: &str) -> bool {
    let is_number =
        |digits: &str| (6..=8).contains(&digits.len()) && digits.bytes().all(|sign| sign.is_ascii_digit());
    let text = text.trim();
    text.to_uppercase().strip_prefix("FI").is_some_and(is_number)
        || text.rsplit_once('-').is_some_and(|(number, check)| check.len() == 1 && is_number(number))
}

/// The id as it is written, `1234567-8`, from any usual way of writing it (also as a VAT number, `FI12345678`); `None`
/// when it is none or its check digit is wrong. By the Finnish Tax Administration's rule: weights 7 9 10 5 8 4 2,
/// modulo 11.
fn finnish(text: &str) -> Option<String> {
    let compact: String = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').collect();
    let digits = compact.strip_prefix("FI").or_else(|| compact.strip_prefix("fi")).unwrap_or(&compact);
    let digits: Vec<u32> = digits.chars().map(|sign| sign.to_digit(10)).collect::<Option<_>>()?;
    // Old ids of six digits before the check digit are written with a zero in front.
    let digits = match digits.len() {
        7 => [vec![0], digits].concat(),
        8 => digits,
        _ => return None,
    };
    let (check, number) = digits.split_last()?;
    let sum: u32 = number.iter().zip([7, 9, 10, 5, 8, 4, 2]).map(|(digit, weight)| digit * weight).sum();
    let expected = match sum % 11 {
        0 => 0,
        1 => return None,
        rest => 11 - rest,
    };
    let number: String = number.iter().map(u32::to_string).collect();
    (*check == expected).then(|| format!("{number}-{check}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(finnish(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn the_check_digit_is_checked_and_the_id_is_written_in_one_way() {
        check("0112038-9", Some("0112038-9"));
        check("FI01120389", Some("0112038-9"));
        check(" 112038-9 ", Some("0112038-9"));
        check("0112038-8", None);
        check("0112039-8", None);
        check("12345", None);
        check("0112038-A", None);
        check("", None);
    }

    #[test]
    fn only_what_is_meant_to_be_finnish_is_checked() {
        let check = |text: &str, country: Option<&str>, expected: Option<&str>| {
            assert_eq!(business_id(text, country).as_deref(), expected, "{text} {country:?}");
        };
        check("FI01120389", None, Some("0112038-9"));
        check("0112038-8", None, None);
        check("0112038-8", Some("Suomi"), None);
        check("0112038-8", Some("Sverige"), Some("0112038-8"));
        check("5561234567", None, Some("5561234567"));
        check("5561234567", Some("FI"), None);
    }
}
