//! Accounts and the people there as somebody changes them, one at a time.

use super::search;
use crate::{Query, Row, StoreError, Work};
use luotsi_core::{account::AccountId, people::PersonId, units::Day};
use std::collections::HashMap;
use uuid::Uuid;

/// What is known of an account itself, as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountFacts {
    pub name: String,
    pub business_id: Option<String>,
    pub street: Option<String>,
    pub postal_code: Option<String>,
    pub city: Option<String>,
    pub country: Option<String>,
    pub owner: Option<PersonId>,
    pub industry: Option<String>,
    pub size_class: Option<String>,
    pub parent: Option<AccountId>,
    pub is_active: bool,
}

/// `None`: there is no such account on that day.
pub fn facts_on(query: &impl Query, account: AccountId, on: Day) -> Result<Option<AccountFacts>, StoreError> {
    let sql = format!(
        "-- What is known of the account?
select {FACTS}
  from account
  join account_version version on version.account_id = account.id
 where account.id = $1
   and version.from_day <= $2::date
 order by version.from_day desc
 limit 1"
    );
    query.one(&sql, &[account.into(), on.into()], facts)
}

/// Of an account and a version of it.
pub(super) const FACTS: &str =
    "account.name, account.business_id, account.street, account.postal_code, account.city, account.country,
       version.owner_id, version.industry, version.size_class, version.parent_id, version.is_active";

/// From a row that begins with `FACTS`.
pub(super) fn facts(row: &Row<'_>) -> Result<AccountFacts, StoreError> {
    Ok(AccountFacts {
        name: row.string(0)?,
        business_id: row.opt_string(1)?,
        street: row.opt_string(2)?,
        postal_code: row.opt_string(3)?,
        city: row.opt_string(4)?,
        country: row.opt_string(5)?,
        owner: row.opt_id(6)?.map(PersonId),
        industry: row.opt_string(7)?,
        size_class: row.opt_string(8)?,
        parent: row.opt_id(9)?.map(AccountId),
        is_active: row.bool(10)?,
    })
}

/// Who owns these accounts on a day; nobody owns those that are left out.
pub fn owners(
    query: &impl Query,
    accounts: &[AccountId],
    on: Day,
) -> Result<HashMap<AccountId, PersonId>, StoreError> {
    let mut owners = HashMap::new();
    query.each_of(
        "-- Who has owned some accounts, from which day on?
select account_id, from_day, owner_id
  from account_version
 where account_id in {wanted}
 order by account_id, from_day",
        accounts,
        |row| {
            if row.day(1)? <= on {
                let account = AccountId(row.id(0)?);
                match row.opt_id(2)? {
                    Some(owner) => owners.insert(account, PersonId(owner)),
                    None => owners.remove(&account),
                };
            }
            Ok(())
        },
    )?;
    Ok(owners)
}

/// The name of an account that has this business id, another than `own`.
pub fn account_having(
    query: &impl Query,
    business_id: &str,
    own: Option<AccountId>,
) -> Result<Option<String>, StoreError> {
    query.one(
        "-- Who else has this business id?
select name
  from account
 where business_id = $1
   and ($2::uuid is null or id <> $2)
 order by name_sort, id
 limit 1",
        &[business_id.into(), own.into()],
        |row| row.string(0),
    )
}

/// How many accounts have a business id that another account has too.
pub fn count_sharing_ids(query: &impl Query) -> Result<i64, StoreError> {
    let counted = query.one(
        "-- Accounts that have a business id in common.
select cast(coalesce(sum(shared.accounts), 0) as bigint)
  from (select count(*) as accounts
          from account
         where business_id is not null
         group by business_id
        having count(*) > 1) as shared",
        &[],
        |row| row.int(0),
    )?;
    Ok(counted.unwrap_or(0))
}

/// What each fact was last set by: the newest entry of the log on each.
#[derive(Clone, Debug)]
pub struct SetBy {
    /// The fact's name in the log.
    pub what: String,
    /// Microseconds since 1970 UTC.
    pub recorded_at: i64,
    pub actor: String,
    pub person: Option<PersonId>,
}

pub fn set_by(query: &impl Query, account: AccountId) -> Result<Vec<SetBy>, StoreError> {
    query.all(
        "-- Who told what of the account last?
select entry.what, entry.recorded_at, entry.actor, entry.person_id
  from log_entry entry
 where entry.subject_id = $1
   and entry.subject = 'account'
   and entry.position = (
         select max(newest.position)
           from log_entry newest
          where newest.subject_id = entry.subject_id
            and newest.subject = 'account'
            and newest.what = entry.what
       )
 order by entry.position",
        &[account.into()],
        |row| {
            Ok(SetBy {
                what: row.string(0)?,
                recorded_at: row.int(1)?,
                actor: row.string(2)?,
                person: row.opt_id(3)?.map(PersonId),
            })
        },
    )
}

/// Somebody to talk to at an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactFacts {
    pub name: String,
    pub title: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// A contact of the account who has not been taken out.
pub fn is_contact_of(query: &impl Query, contact: Uuid, account: AccountId) -> Result<bool, StoreError> {
    Ok(contact_of(query, contact, account)?.is_some())
}

/// `None`: nobody of the account, or taken out.
pub fn contact_of(
    query: &impl Query,
    contact: Uuid,
    account: AccountId,
) -> Result<Option<ContactFacts>, StoreError> {
    query.one(
        "-- Who is this, if they work there?
select name, title, email, phone
  from contact
 where id = $1
   and account_id = $2
   and not exists (select 1 from contact_removal where contact_removal.contact_id = contact.id)",
        &[contact.into(), account.into()],
        |row| {
            Ok(ContactFacts {
                name: row.string(0)?,
                title: row.opt_string(1)?,
                email: row.opt_string(2)?,
                phone: row.opt_string(3)?,
            })
        },
    )
}

/// They do not work there any more.
pub fn take_contact_out(
    work: &Work<'_>,
    account: AccountId,
    contact: Uuid,
    person: PersonId,
    today: Day,
) -> Result<(), StoreError> {
    work.insert(
        "contact_removal",
        ["contact_id", "removed_on", "person_id"],
        [[contact.into(), today.into(), person.into()]],
    )?;
    search::refresh(work, &[account])
}
