//! The only clock: the current day where the company is. Everything decided is given its day from here, or from a
//! person.

use jiff::{Timestamp, tz::TimeZone};
use luotsi_core::units::Day;
use luotsi_store::{Query, StoreError, people};

/// The current day in the company's time zone.
pub fn today(query: &impl Query) -> Result<Day, StoreError> {
    Ok(Day::from(Timestamp::now().to_zoned(time_zone(query)?).date()))
}

/// The company's time zone; UTC where this machine does not know it.
pub fn time_zone(query: &impl Query) -> Result<TimeZone, StoreError> {
    let company = people::company(query)?;
    Ok(TimeZone::get(&company.time_zone).unwrap_or(TimeZone::UTC))
}
