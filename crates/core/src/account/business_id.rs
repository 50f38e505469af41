//! Finnish business ids: seven digits and a check digit.

/// The id as it is written, `1234567-8`, from any usual way of writing it (also as a VAT number, `FI12345678`); `None`
/// when it is none or its check digit is wrong. By the Finnish Tax Administration's rule: weights 7 9 10 5 8 4 2,
/// modulo 11.
pub fn finnish_business_id(text: &str) -> Option<String> {
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
        assert_eq!(finnish_business_id(text).as_deref(), expected, "{text}");
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
}
