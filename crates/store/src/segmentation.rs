//! The days on which accounts changed their segment.

pub mod page;
pub mod record;

use crate::{Query, StoreError, Value, Work};
use luotsi_core::{account::AccountId, units::Day};

/// From this day on the account's segments are these; empty: not assessed, or inactive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentChangeRow {
    pub account: AccountId,
    pub day: Day,
    pub automatic: Option<String>,
    pub effective: Option<String>,
}

/// The segment changes of these accounts, by account and day.
pub fn segment_changes(
    query: &impl Query,
    accounts: &[AccountId],
) -> Result<Vec<SegmentChangeRow>, StoreError> {
    let mut found = Vec::new();
    query.each_of(
        "-- The segment changes of some accounts.
select account_id, day, automatic, effective
  from segment_change
 where account_id in {wanted}
 order by account_id, day",
        accounts,
        |row| {
            found.push(SegmentChangeRow {
                account: AccountId(row.id(0)?),
                day: row.day(1)?,
                automatic: row.opt_string(2)?,
                effective: row.opt_string(3)?,
            });
            Ok(())
        },
    )?;
    Ok(found)
}

/// Puts `rows` in place of all segment changes of `accounts`.
pub fn replace_segment_changes(
    work: &Work<'_>,
    accounts: &[AccountId],
    rows: &[SegmentChangeRow],
) -> Result<(), StoreError> {
    let ids: Vec<[Value; 1]> = accounts.iter().map(|account| [(*account).into()]).collect();
    work.execute_for(
        "-- The segment changes that are replaced.
with wanted (id) as ({wanted})
delete from segment_change
 where account_id in (select id from wanted)",
        ["uuid"],
        &ids,
    )?;
    work.insert(
        "segment_change",
        ["account_id", "day", "automatic", "effective"],
        rows.iter().map(|row| {
            [row.account.into(), row.day.into(), row.automatic.clone().into(), row.effective.clone().into()]
        }),
    )
}
