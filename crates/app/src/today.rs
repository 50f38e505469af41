//! The only clock: the current day where the company is. Everything decided is given its day from here, or from a
//! person.

use jiff::{Timestamp, tz::TimeZone};
use luotsi_core::units::Day;
use luotsi_store::{Query, StoreError};

/// The current day in the company's time zone; in UTC where this machine does not know that zone.
pub fn today(query: &impl Query) -> Result<Day, StoreError> {
    let name = query.one("select time_zone from company", &[], |row| row.string(0))?.unwrap_or_default();
    let zone = TimeZone::get(&name).unwrap_or(TimeZone::UTC);
    Ok(Day::from(Timestamp::now().to_zoned(zone).date()))
}
