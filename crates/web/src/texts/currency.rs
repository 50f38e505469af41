//! The company's money as it is written: the sign of the currency where everybody knows one, else its code.

const SIGNS: [(&str, &str); 12] = [
    ("EUR", "€"),
    ("GBP", "£"),
    ("USD", "$"),
    ("JPY", "¥"),
    ("SEK", "kr"),
    ("NOK", "kr"),
    ("DKK", "kr"),
    ("ISK", "kr"),
    ("PLN", "zł"),
    ("CZK", "Kč"),
    ("UAH", "₴"),
    ("INR", "₹"),
];

/// What was typed as an amount, without the sign that somebody may have typed with it.
pub fn without_sign(text: &str) -> String {
    SIGNS.iter().fold(text.to_owned(), |text, (_, sign)| text.replace(sign, ""))
}

/// A currency by its code of ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency {
    code: [u8; 3],
}

impl Currency {
    pub const EURO: Self = Self { code: *b"EUR" };

    /// The euro where it is no code.
    pub fn of(code: &str) -> Self {
        match <[u8; 3]>::try_from(code.as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Self { code },
            Ok(_) | Err(_) => Self::EURO,
        }
    }

    /// `€`, `kr`, `CHF`.
    pub fn sign(&self) -> &str {
        let known = SIGNS.iter().find(|(code, _)| *code == self.code());
        known.map_or(self.code(), |(_, sign)| sign)
    }

    /// Every code is ASCII.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or_default()
    }

    /// A sign that is not written with letters stands next to the number.
    pub fn is_symbol(&self) -> bool {
        !self.sign().starts_with(char::is_alphabetic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_its_sign_or_else_its_code() {
        let sign = |code| Currency::of(code).sign().to_owned();

        assert_eq!([sign("EUR"), sign("SEK"), sign("CHF")], ["€", "kr", "CHF"]);
        assert_eq!(Currency::of("nonsense"), Currency::EURO);
        assert!(Currency::of("GBP").is_symbol());
        assert!(!Currency::of("PLN").is_symbol());
    }
}
