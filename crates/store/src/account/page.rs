//! What an account's page shows of the customer master.

use crate::{Query, StoreError};
use luotsi_core::{
    account::AccountId,
    strategy::Segment,
    units::{Day, Money},
};
use std::collections::HashMap;
use uuid::Uuid;

/// The undated part of an account's master values.
#[derive(Clone, Debug)]
pub struct Master {
    pub name: String,
    pub business_id: Option<String>,
    pub street: Option<String>,
    pub postal_code: Option<String>,
    pub city: Option<String>,
    pub country: Option<String>,
    /// Source and id, in order of source.
    pub external_ids: Vec<(String, String)>,
}

/// `None`: there is no such account.
pub fn master(query: &impl Query, account: AccountId) -> Result<Option<Master>, StoreError> {
    let master = query.one(
        "-- Who is this account?
select name, business_id, street, postal_code, city, country
  from account
 where id = $1",
        &[account.into()],
        |row| {
            Ok(Master {
                name: row.string(0)?,
                business_id: row.opt_string(1)?,
                street: row.opt_string(2)?,
                postal_code: row.opt_string(3)?,
                city: row.opt_string(4)?,
                country: row.opt_string(5)?,
                external_ids: Vec::new(),
            })
        },
    )?;
    let Some(master) = master else { return Ok(None) };
    let external_ids = query.all(
        "-- What do other systems call this account?
select source, external_id
  from account_external_id
 where account_id = $1
 order by source, external_id
 limit 20",
        &[account.into()],
        |row| Ok((row.string(0)?, row.string(1)?)),
    )?;
    Ok(Some(Master { external_ids, ..master }))
}

/// What these accounts are called.
pub fn names(query: &impl Query, accounts: &[AccountId]) -> Result<HashMap<Uuid, String>, StoreError> {
    let mut names = HashMap::new();
    query.each_of(
        "-- What are some accounts called?
select id, name
  from account
 where id in {wanted}
 order by id",
        accounts,
        |row| {
            names.insert(row.id(0)?, row.string(1)?);
            Ok(())
        },
    )?;
    Ok(names)
}

#[derive(Clone, Debug)]
pub struct Contact {
    pub id: Uuid,
    pub name: String,
    pub title: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// The account's contacts by name, at most `limit`.
pub fn contacts(query: &impl Query, account: AccountId, limit: i64) -> Result<Vec<Contact>, StoreError> {
    query.all(
        "-- Whom do we know there?
select id, name, title, email, phone
  from contact
 where account_id = $1
   and id not in (select contact_id from contact_removal)
 order by name, id
 limit $2",
        &[account.into(), limit.into()],
        |row| {
            Ok(Contact {
                id: row.id(0)?,
                name: row.string(1)?,
                title: row.opt_string(2)?,
                email: row.opt_string(3)?,
                phone: row.opt_string(4)?,
            })
        },
    )
}

/// Whom we know with each of these accounts.
pub fn contacts_with(
    query: &impl Query,
    accounts: &[AccountId],
    mut contact: impl FnMut(AccountId, Contact),
) -> Result<(), StoreError> {
    query.each_of(
        "-- Whom do we know with some accounts?
select contact.account_id, contact.id, contact.name, contact.title, contact.email, contact.phone
  from contact
 where contact.account_id in {wanted}
   and not exists (select 1 from contact_removal where contact_removal.contact_id = contact.id)
 order by contact.account_id, contact.name, contact.id",
        accounts,
        |row| {
            let found = Contact {
                id: row.id(1)?,
                name: row.string(2)?,
                title: row.opt_string(3)?,
                email: row.opt_string(4)?,
                phone: row.opt_string(5)?,
            };
            contact(AccountId(row.id(0)?), found);
            Ok(())
        },
    )
}

pub fn count_contacts(query: &impl Query, account: AccountId) -> Result<i64, StoreError> {
    let count = query.one(
        "-- How many people do we know there?
select count(*)
  from contact
 where account_id = $1
   and id not in (select contact_id from contact_removal)",
        &[account.into()],
        |row| row.int(0),
    )?;
    Ok(count.unwrap_or(0))
}

/// An account of a group of companies, as last looked at.
#[derive(Clone, Debug)]
pub struct Member {
    pub id: AccountId,
    pub name: String,
    pub segment: Option<Segment>,
    pub current_value: Money,
    pub potential: Option<Money>,
    pub share_of_wallet_millionths: Option<i64>,
}

/// The account and all that stand below it on `on`, itself first, the others by name.
pub fn group(query: &impl Query, top: AccountId, on: Day) -> Result<Vec<Member>, StoreError> {
    query.all(
        "-- The accounts of one group of companies.
with recursive member (id) as (
select $1::uuid
 union
select version.account_id
  from member
  join account_version as version on version.parent_id = member.id
 where version.from_day = (
         select max(newest.from_day)
           from account_version as newest
          where newest.account_id = version.account_id
            and newest.from_day <= $2::date
       )
)
select account.id, account.name, account_standing.segment, coalesce(account_standing.current_value_cents, 0),
       account_standing.potential_cents, account_standing.share_of_wallet_millionths
  from member
  join account on account.id = member.id
  left join account_standing on account_standing.account_id = account.id
 order by case when account.id = $1 then 0 else 1 end, account.name_sort, account.id",
        &[top.into(), on.into()],
        |row| {
            Ok(Member {
                id: AccountId(row.id(0)?),
                name: row.string(1)?,
                segment: row.opt_text(2)?.and_then(Segment::parse),
                current_value: row.money(3)?,
                potential: row.opt_money(4)?,
                share_of_wallet_millionths: row.opt_int(5)?,
            })
        },
    )
}
