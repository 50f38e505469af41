//! Why people have decided on segments themselves.

use crate::{Query, StoreError};
use luotsi_core::{account::AccountId, units::Day};
use std::collections::HashMap;

/// The reasons of the overrides known on `on`, by account and first day. People decide few of them, so that all fit
/// into memory.
pub fn override_reasons(
    query: &impl Query,
    on: Day,
) -> Result<HashMap<(AccountId, Day), String>, StoreError> {
    let mut reasons = HashMap::new();
    query.each(
        "-- The reasons of the overrides known on a day.
select account_id, from_day, reason
  from segment_override
 where reason is not null
   and known_from <= $1
   and $1 < known_until
 order by account_id, from_day",
        &[on.into()],
        |row| {
            reasons.insert((AccountId(row.id(0)?), row.day(1)?), row.string(2)?);
            Ok(())
        },
    )?;
    Ok(reasons)
}
