//! The only clock by which anything is decided: the current day where the company is, and the moment. Everything decided
//! is given its day from here, or from a person.

use jiff::{Timestamp, tz::TimeZone};
use luotsi_core::units::Day;
use luotsi_store::{
    Query, StoreError,
    people::{self, CompanySettings},
};

/// The current day in the company's time zone.
pub fn today(query: &impl Query) -> Result<Day, StoreError> {
    Ok(today_of(&people::company(query)?))
}

/// The current day where the company is.
pub fn today_of(company: &CompanySettings) -> Day {
    today_in(&company.time_zone)
}

/// Microseconds since 1970 UTC.
pub fn now() -> i64 {
    Timestamp::now().as_microsecond()
}

/// The current day in a time zone, told by its name.
pub fn today_in(time_zone: &str) -> Day {
    Day::from(Timestamp::now().to_zoned(zone(time_zone)).date())
}

/// The company's time zone.
pub fn time_zone(query: &impl Query) -> Result<TimeZone, StoreError> {
    Ok(zone_of(&people::company(query)?))
}

/// Where the company's days begin.
pub fn zone_of(company: &CompanySettings) -> TimeZone {
    zone(&company.time_zone)
}

/// UTC where this machine does not know the time zone.
fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}
