//! Instants as the company's people read them: in its time zone.

use crate::{texts::Texts, web::Visit};
use jiff::{Timestamp, Zoned, tz::TimeZone};
use luotsi_core::units::Day;

pub struct Clock {
    zone: TimeZone,
    t: Texts,
}

impl Clock {
    pub fn of(visit: &Visit<'_>) -> Self {
        Self { zone: visit.zone.clone(), t: visit.t }
    }

    /// `ma 24.11. klo 9.05` of microseconds since 1970 UTC.
    pub fn moment(&self, micros: i64) -> String {
        let at = self.zoned(micros);
        let time = self.t.time(&at.hour().to_string(), &format!("{:02}", at.minute()));
        format!("{} {time}", self.t.day(Day::from(at.date())))
    }

    pub fn date(&self, micros: i64) -> String {
        self.t.date(Day::from(self.zoned(micros).date()))
    }

    fn zoned(&self, micros: i64) -> Zoned {
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(self.zone.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::{Currency, Language};

    #[test]
    fn what_happened_after_midnight_is_told_of_the_day_it_was_where_the_company_is() {
        let today = Day::new(2026, 11, 22).unwrap();
        let t = Texts { language: Language::English, today, currency: Currency::EURO };
        let at: Timestamp = "2026-11-20T22:30:00Z".parse().unwrap();
        let clock = |zone: &str| Clock { zone: TimeZone::get(zone).unwrap(), t };

        assert_eq!(
            clock("Europe/Helsinki").date(at.as_microsecond()),
            t.date(Day::new(2026, 11, 21).unwrap())
        );
        assert_eq!(clock("UTC").date(at.as_microsecond()), t.date(Day::new(2026, 11, 20).unwrap()));
    }
}
