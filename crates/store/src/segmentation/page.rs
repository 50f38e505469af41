//! What an account's page shows of a person's decision on the segment.

use crate::{Query, StoreError};
use luotsi_core::{account::AccountId, units::Day};

/// What the person who made the newest decision in force on `on` gave as the reason.
pub fn decision_reason(
    query: &impl Query,
    account: AccountId,
    on: Day,
) -> Result<Option<String>, StoreError> {
    let reason = query.one(
        "-- Why was the segment set by hand?
select reason
  from segment_override
 where account_id = $1
   and from_day <= $2::date
   and known_from <= $2::date
   and known_until > $2::date
 order by from_day desc, id desc
 limit 1",
        &[account.into(), on.into()],
        |row| row.opt_string(0),
    )?;
    Ok(reason.flatten())
}
