//! What an account's page shows of the customer master.

use super::entry::{AccountFacts, FACTS, facts};
use crate::{Query, StoreError};
use luotsi_core::{
    account::AccountId,
    strategy::Segment,
    units::{Day, Money},
};
use std::collections::HashMap;
use uuid::Uuid;

/// An account as its page tells it.
#[derive(Clone, Debug)]
pub struct Told {
    pub facts: AccountFacts,
    pub parent_name: Option<String>,
    /// Source and id, in order of source; the first twenty.
    pub external_ids: Vec<(String, String)>,
}

/// `None`: there is no such account on that day.
pub fn told_on(query: &impl Query, account: AccountId, on: Day) -> Result<Option<Told>, StoreError> {
    let sql = format!(
        "-- Who is this account, to whom does it belong, and what do other systems call it?
select {FACTS}, parent.name, named.source, named.external_id
  from account
  join account_version version on version.account_id = account.id
  left join account parent on parent.id = version.parent_id
  left join account_external_id named on named.account_id = account.id
 where account.id = $1
   and version.from_day = (
         select max(newest.from_day)
           from account_version newest
          where newest.account_id = $1
            and newest.from_day <= $2::date
       )
 order by named.source nulls last, named.external_id nulls last
 limit 20"
    );
    let mut told: Option<Told> = None;
    query.each(&sql, &[account.into(), on.into()], |row| {
        let account = match &mut told {
            Some(told) => told,
            None => {
                let (facts, parent_name) = (facts(row)?, row.opt_string(11)?);
                told.insert(Told { facts, parent_name, external_ids: Vec::new() })
            }
        };
        account.external_ids.extend(row.opt_string(12)?.zip(row.opt_string(13)?));
        Ok(())
    })?;
    Ok(told)
}

/// What this account is called; `None`: there is no such account.
pub fn name(query: &impl Query, account: AccountId) -> Result<Option<String>, StoreError> {
    Ok(names(query, &[account])?.remove(&account.0))
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
    Ok(contacts_and_count(query, account, limit)?.0)
}

/// The same, and how many there are.
pub fn contacts_and_count(
    query: &impl Query,
    account: AccountId,
    limit: i64,
) -> Result<(Vec<Contact>, i64), StoreError> {
    let mut count = 0;
    let contacts = query.all(
        "-- Whom do we know there, and how many are they?
select id, name, title, email, phone, count(*) over ()
  from contact
 where account_id = $1
   and not exists (select 1 from contact_removal where contact_removal.contact_id = contact.id)
 order by name, id
 limit $2",
        &[account.into(), limit.into()],
        |row| {
            count = row.int(5)?;
            Ok(Contact {
                id: row.id(0)?,
                name: row.string(1)?,
                title: row.opt_string(2)?,
                email: row.opt_string(3)?,
                phone: row.opt_string(4)?,
            })
        },
    )?;
    Ok((contacts, count))
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
