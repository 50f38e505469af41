//! The only clock: the current day where the company is. Everything decided is given its day from here, or from a
//! person.

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
    Day::from(Timestamp::now().to_zoned(zone_of(company)).date())
}

/// The company's time zone.
pub fn time_zone(query: &impl Query) -> Result<TimeZone, StoreError> {
    Ok(zone_of(&people::company(query)?))
}

/// Where the company's days begin; UTC where this machine does not know its time zone.
pub fn zone_of(company: &CompanySettings) -> TimeZone {
    TimeZone::get(&company.time_zone).unwrap_or(TimeZone::UTC)
}
