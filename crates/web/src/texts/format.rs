//! How numbers, money and days are written: `412 000 €` and `ma 24.11.` in Finnish, `€412,000` and `Mon 24 Nov` in
//! English; `412 000 kr` and `SEK 412,000` where money is counted in something else.

use super::{Language, Texts};
use luotsi_core::units::{Day, Money};

const NO_BREAK: char = '\u{a0}';
const MINUS: char = '\u{2212}';
const FI_WEEKDAYS: [&str; 7] = ["ma", "ti", "ke", "to", "pe", "la", "su"];
const EN_WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const FI_LONG_WEEKDAYS: [&str; 7] =
    ["Maanantai", "Tiistai", "Keskiviikko", "Torstai", "Perjantai", "Lauantai", "Sunnuntai"];
const EN_LONG_WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const EN_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `1 asiakkuus`, `12 000 asiakkuutta`.
pub fn fi_count(count: i64, one: &str, other: &str) -> String {
    let word = if count == 1 { one } else { other };
    format!("{}{NO_BREAK}{word}", grouped(count, NO_BREAK))
}

/// `1 account`, `12,000 accounts`.
pub fn en_count(count: i64, one: &str, other: &str) -> String {
    let word = if count == 1 { one } else { other };
    format!("{}{NO_BREAK}{word}", grouped(count, ','))
}

impl Texts {
    pub fn number(self, number: i64) -> String {
        match self.language {
            Language::Finnish => grouped(number, NO_BREAK),
            Language::English => grouped(number, ','),
        }
    }

    /// With `decimals` decimals, for rhythms and factors.
    pub fn decimal(self, number: f64, decimals: usize) -> String {
        let written = format!("{:.decimals$}", number.abs());
        let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
        let whole = self.number(whole.parse().unwrap_or(0));
        let is_zero = written.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        let sign = if number < 0.0 && !is_zero { MINUS.to_string() } else { String::new() };
        match (fraction.is_empty(), self.language) {
            (true, _) => format!("{sign}{whole}"),
            (false, Language::Finnish) => format!("{sign}{whole},{fraction}"),
            (false, Language::English) => format!("{sign}{whole}.{fraction}"),
        }
    }

    /// Whole euros, or whatever money is counted in, rounded half away from zero.
    pub fn money(self, money: Money) -> String {
        let euros = (money.cents.unsigned_abs() + 50) / 100;
        self.in_currency(money.cents < 0 && euros > 0, &self.number(euros as i64), "")
    }

    /// With cents where there are some.
    pub fn exact_money(self, money: Money) -> String {
        let amount = Money { cents: money.cents.abs() };
        self.in_currency(money.cents < 0, &self.typed_amount(amount), "")
    }

    /// An amount as it stands in a field: `60 000` or `60,000`, with cents where there are some.
    pub fn typed_amount(self, money: Money) -> String {
        let minus = if money.cents < 0 { MINUS.to_string() } else { String::new() };
        let (whole, cents) = (money.cents.unsigned_abs() / 100, money.cents.unsigned_abs() % 100);
        let whole = self.number(whole as i64);
        match (cents, self.language) {
            (0, _) => format!("{minus}{whole}"),
            (cents, Language::Finnish) => format!("{minus}{whole},{cents:02}"),
            (cents, Language::English) => format!("{minus}{whole}.{cents:02}"),
        }
    }

    /// An amount with the sign of the currency where the language has it, and `k` or `M` for thousands and millions.
    pub fn in_currency(self, is_negative: bool, amount: &str, thousands: &str) -> String {
        let minus = if is_negative { MINUS.to_string() } else { String::new() };
        let sign = self.currency.sign();
        match (self.language, self.currency.is_symbol(), thousands) {
            (Language::Finnish, _, "k") => format!("{minus}{amount}{NO_BREAK}t{sign}"),
            (Language::Finnish, _, thousands) => format!("{minus}{amount}{NO_BREAK}{thousands}{sign}"),
            (Language::English, true, thousands) => format!("{minus}{sign}{amount}{thousands}"),
            (Language::English, false, thousands) => {
                format!("{minus}{}{NO_BREAK}{amount}{thousands}", self.currency.code())
            }
        }
    }

    /// Short: `312 t€`, `1,2 M€`; `€312k`, `€1.2M`. Below ten thousand as whole euros.
    pub fn short_money(self, money: Money) -> String {
        let euros = money.cents as f64 / 100.0;
        let (value, decimals, thousands) = match euros.abs() {
            size if size < 9_999.5 => return self.money(money),
            size if size < 999_500.0 => (euros / 1e3, 0, "k"),
            size if size < 9_950_000.0 => (euros / 1e6, 1, "M"),
            _ => (euros / 1e6, 0, "M"),
        };
        self.in_currency(value < 0.0, &self.decimal(value.abs(), decimals), thousands)
    }

    /// A round amount along an axis: `1 000 €`, `10 t€`, `1 M€`.
    pub fn round_money(self, money: Money) -> String {
        let euros = money.cents / 100;
        let (value, thousands) = match euros.abs() {
            size if size < 10_000 => return self.money(money),
            size if size < 1_000_000 => (euros / 1_000, "k"),
            _ => (euros / 1_000_000, "M"),
        };
        self.in_currency(value < 0, &self.number(value.abs()), thousands)
    }

    /// A share given in millionths, as whole percent, rounded half away from zero.
    pub fn percent(self, millionths: i64) -> String {
        let size = (millionths.unsigned_abs() + 5_000) / 10_000;
        let percent = self.number(millionths.signum() * size as i64);
        match self.language {
            Language::Finnish => format!("{percent}{NO_BREAK}%"),
            Language::English => format!("{percent}%"),
        }
    }

    /// A change given in millionths, with its sign: `+12 %`.
    pub fn change(self, millionths: i64) -> String {
        let plus = if millionths >= 5_000 { "+" } else { "" };
        format!("{plus}{}", self.percent(millionths))
    }

    /// `ma 24.11.`, with the year when it is another than this.
    pub fn day(self, day: Day) -> String {
        let weekday = day.weekday() as usize;
        match self.language {
            Language::Finnish => format!("{}{NO_BREAK}{}", FI_WEEKDAYS[weekday], self.date(day)),
            Language::English => format!("{}{NO_BREAK}{}", EN_WEEKDAYS[weekday], self.date(day)),
        }
    }

    /// `24.11.`, with the year when it is another than this.
    pub fn date(self, day: Day) -> String {
        let date = day.date();
        let year = match day.year() == self.today.year() {
            true => String::new(),
            false => day.year().to_string(),
        };
        match self.language {
            Language::Finnish => format!("{}.{}.{year}", date.day(), date.month()),
            Language::English => {
                let month = EN_MONTHS[date.month() as usize - 1];
                format!("{}{NO_BREAK}{month} {year}", date.day()).trim_end().to_owned()
            }
        }
    }

    /// `11/2026` and `Nov 2026`.
    pub fn month_of(self, day: Day) -> String {
        let (year, month) = (day.year(), day.date().month());
        match self.language {
            Language::Finnish => format!("{month}/{year}"),
            Language::English => format!("{} {year}", EN_MONTHS[month as usize - 1]),
        }
    }

    /// The days from one to another.
    pub fn days_from(self, from: Day, until: Day) -> String {
        match from == until {
            true => self.date(from),
            false => format!("{} – {}", self.date(from), self.date(until)),
        }
    }

    /// `Maanantai 24.11. · vko 48`.
    pub fn day_in_full(self, day: Day) -> String {
        let weekday = day.weekday() as usize;
        let week = day.date().iso_week_date().week();
        match self.language {
            Language::Finnish => format!("{} {} · vko {week}", FI_LONG_WEEKDAYS[weekday], self.date(day)),
            Language::English => format!("{} {} · week {week}", EN_LONG_WEEKDAYS[weekday], self.date(day)),
        }
    }
}

fn grouped(number: i64, separator: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut written = String::new();
    if number < 0 {
        written.push(MINUS);
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(separator);
        }
        written.push(digit);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Currency;

    fn speaking(language: Language) -> Texts {
        Texts { language, today: Day::new(2026, 11, 22).unwrap(), currency: Currency::EURO }
    }

    fn check(written: fn(Texts) -> String, fi: &str, en: &str) {
        assert_eq!(written(speaking(Language::Finnish)).replace(NO_BREAK, " "), fi);
        assert_eq!(written(speaking(Language::English)).replace(NO_BREAK, " "), en);
    }

    #[test]
    fn money_is_written_as_each_language_writes_it() {
        check(|t| t.money(Money::euros(412_000)), "412 000 €", "€412,000");
        check(|t| t.money(Money::cents(-123_450)), "−1 235 €", "−€1,235");
        check(|t| t.money(Money::cents(-49)), "0 €", "€0");
        check(|t| t.exact_money(Money::cents(-105_550)), "−1 055,50 €", "−€1,055.50");
        check(|t| t.exact_money(Money::euros(50)), "50 €", "€50");
        check(|t| t.short_money(Money::euros(312_400)), "312 t€", "€312k");
        check(|t| t.short_money(Money::euros(1_234_000)), "1,2 M€", "€1.2M");
        check(|t| t.short_money(Money::euros(-45_678_000)), "−46 M€", "−€46M");
        check(|t| t.short_money(Money::euros(9_999)), "9 999 €", "€9,999");
        check(|t| t.short_money(Money::euros(999_500)), "1,0 M€", "€1.0M");
    }

    #[test]
    fn an_amount_in_a_field_is_written_as_each_language_writes_it() {
        check(|t| t.typed_amount(Money::cents(40_000_050)), "400 000,50", "400,000.50");
        check(|t| t.typed_amount(Money::euros(60_000)), "60 000", "60,000");
        check(|t| t.typed_amount(Money::cents(-5)), "−0,05", "−0.05");
    }

    #[test]
    fn money_is_written_in_the_companys_currency() {
        let kronor = |language| Texts { currency: Currency::of("SEK"), ..speaking(language) };
        let pounds = |language| Texts { currency: Currency::of("GBP"), ..speaking(language) };
        let written = |t: Texts| {
            [t.money(Money::euros(-412_000)), t.short_money(Money::euros(312_400))]
                .map(|text| text.replace(NO_BREAK, " "))
        };

        assert_eq!(written(kronor(Language::Finnish)), ["−412 000 kr", "312 tkr"]);
        assert_eq!(written(kronor(Language::English)), ["−SEK 412,000", "SEK 312k"]);
        assert_eq!(written(pounds(Language::Finnish)), ["−412 000 £", "312 t£"]);
        assert_eq!(written(pounds(Language::English)), ["−£412,000", "£312k"]);
    }

    #[test]
    fn a_round_amount_has_no_decimals() {
        check(|t| t.round_money(Money::euros(1_000)), "1 000 €", "€1,000");
        check(|t| t.round_money(Money::euros(-100_000)), "−100 t€", "−€100k");
        check(|t| t.round_money(Money::euros(1_000_000)), "1 M€", "€1M");
    }

    #[test]
    fn shares_are_whole_percent() {
        check(|t| t.percent(714_000), "71 %", "71%");
        check(|t| t.change(123_000), "+12 %", "+12%");
        check(|t| t.change(-180_000), "−18 %", "−18%");
        check(|t| t.change(-1_000), "0 %", "0%");
        check(|t| t.change(5_000), "+1 %", "+1%");
    }

    #[test]
    fn a_day_of_another_year_says_its_year() {
        check(|t| t.day(Day::new(2026, 11, 24).unwrap()), "ti 24.11.", "Tue 24 Nov");
        check(|t| t.day(Day::new(2025, 1, 6).unwrap()), "ma 6.1.2025", "Mon 6 Jan 2025");
        check(
            |t| t.day_in_full(Day::new(2026, 11, 22).unwrap()),
            "Sunnuntai 22.11. · vko 47",
            "Sunday 22 Nov · week 47",
        );
    }

    #[test]
    fn one_is_said_in_the_singular() {
        assert_eq!(fi_count(1, "asiakkuus", "asiakkuutta").replace(NO_BREAK, " "), "1 asiakkuus");
        assert_eq!(fi_count(12_000, "asiakkuus", "asiakkuutta").replace(NO_BREAK, " "), "12 000 asiakkuutta");
        assert_eq!(en_count(0, "account", "accounts").replace(NO_BREAK, " "), "0 accounts");
        assert_eq!(en_count(1_000_000, "account", "accounts").replace(NO_BREAK, " "), "1,000,000 accounts");
    }
}
