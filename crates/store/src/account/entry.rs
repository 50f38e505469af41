//! Accounts and the people there as somebody changes them, one at a time.

use crate::{Query, StoreError};
use luotsi_core::account::AccountId;
use uuid::Uuid;

/// A contact of the account who has not been taken out.
pub fn is_contact_of(query: &impl Query, contact: Uuid, account: AccountId) -> Result<bool, StoreError> {
    let found = query.one(
        "-- Do they work there?
select 1
  from contact
 where id = $1
   and account_id = $2
   and id not in (select contact_id from contact_removal)",
        &[contact.into(), account.into()],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}
