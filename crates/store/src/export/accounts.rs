//! The customer master as it was on a day.

use super::each;
use crate::{Query, StoreError};
use luotsi_core::units::Day;

/// Other records by their external ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountRow<'a> {
    pub external_id: &'a str,
    pub name: &'a str,
    pub business_id: Option<&'a str>,
    pub parent: Option<&'a str>,
    pub industry: Option<&'a str>,
    pub size_class: Option<&'a str>,
    pub owner: Option<&'a str>,
    pub street: Option<&'a str>,
    pub postal_code: Option<&'a str>,
    pub city: Option<&'a str>,
    pub country: Option<&'a str>,
    pub is_active: bool,
}

/// The accounts that existed on `on`.
pub fn each_account<E: From<StoreError>>(
    query: &impl Query,
    on: Day,
    mut take: impl FnMut(&AccountRow<'_>) -> Result<(), E>,
) -> Result<(), E> {
    each(
        query,
        "-- The accounts as they were on a day.
select account.external_id, account.name, account.business_id, parent.external_id, version.industry,
       version.size_class, owner.external_id, account.street, account.postal_code, account.city, account.country,
       version.is_active
  from account
  join account_version as version
    on version.account_id = account.id
   and version.from_day = (
         select max(latest.from_day)
           from account_version as latest
          where latest.account_id = account.id
            and latest.from_day <= $1
       )
  left join account as parent on parent.id = version.parent_id
  left join person as owner on owner.id = version.owner_id
 order by account.external_id, account.source",
        &[on.into()],
        |row| {
            take(&AccountRow {
                external_id: row.text(0)?,
                name: row.text(1)?,
                business_id: row.opt_text(2)?,
                parent: row.opt_text(3)?,
                industry: row.opt_text(4)?,
                size_class: row.opt_text(5)?,
                owner: row.opt_text(6)?,
                street: row.opt_text(7)?,
                postal_code: row.opt_text(8)?,
                city: row.opt_text(9)?,
                country: row.opt_text(10)?,
                is_active: row.bool(11)?,
            })
        },
    )
}
