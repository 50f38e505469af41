//! The customer master: accounts with what held of them from which day on, and their teams.

mod name;
pub mod search;
pub mod list;
pub mod page;
pub mod entry;
pub mod contact;
pub mod record;
pub mod team;
pub use name::name_sort;
pub use search::search_text;

use crate::{Query, Row, StoreError, people::role};
use luotsi_core::{
    account::{Account, AccountId, AccountVersion},
    people::{PersonId, PersonNo, TeamMember},
    units::Known,
};
use std::collections::{HashMap, hash_map::Entry};

/// All accounts, in the order in which the database keeps them: the fastest to read on.
pub fn ids_in_order(query: &impl Query) -> Result<Vec<AccountId>, StoreError> {
    query.all(
        "-- All accounts.
select id
  from account
 order by id",
        &[],
        |row| Ok(AccountId(row.id(0)?)),
    )
}

/// The next accounts in order of id.
pub fn ids_after(query: &impl Query, after: AccountId, limit: i64) -> Result<Vec<AccountId>, StoreError> {
    query.all(
        "-- The next accounts.
select id
  from account
 where id > $1
 order by id
 limit $2",
        &[after.into(), limit.into()],
        |row| Ok(AccountId(row.id(0)?)),
    )
}

/// All accounts, in the order of exports.
pub fn ids_by_external_id(query: &impl Query) -> Result<Vec<AccountId>, StoreError> {
    query.all(
        "-- All accounts by external id.
select id
  from account
 order by external_id, source",
        &[],
        |row| Ok(AccountId(row.id(0)?)),
    )
}

/// These accounts, in the order asked; unknown ones are left out.
pub fn load(
    query: &impl Query,
    persons: &HashMap<PersonId, PersonNo>,
    ids: &[AccountId],
) -> Result<Vec<Account>, StoreError> {
    let mut found: HashMap<AccountId, Account> = HashMap::with_capacity(ids.len());
    query.each_of(
        "-- Some accounts, and what held of them from which day on.
select account.id, version.from_day, version.owner_id, version.industry, version.size_class, version.parent_id,
       version.is_active, account.external_id, account.name
  from account
  left join account_version version on version.account_id = account.id
 where account.id in {wanted}
 order by account.id, version.from_day nulls last",
        ids,
        |row| {
            let id = AccountId(row.id(0)?);
            let account = match found.entry(id) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => {
                    let (external_id, name) = (row.string(7)?, row.string(8)?);
                    unknown.insert(Account { id, external_id, name, versions: Vec::new() })
                }
            };
            if row.opt_day(1)?.is_some() {
                account.versions.push(version(row, persons)?);
            }
            Ok(())
        },
    )?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

fn version(row: &Row<'_>, persons: &HashMap<PersonId, PersonNo>) -> Result<AccountVersion, StoreError> {
    Ok(AccountVersion {
        from: row.day(1)?,
        owner: row.opt_id(2)?.and_then(|id| persons.get(&PersonId(id)).copied()),
        industry: row.opt_string(3)?,
        size_class: row.opt_string(4)?,
        parent: row.opt_id(5)?.map(AccountId),
        is_active: row.bool(6)?,
    })
}

/// Every version of every part somebody has or had in the teams of these accounts.
pub fn each_team_member(
    query: &impl Query,
    persons: &HashMap<PersonId, PersonNo>,
    ids: &[AccountId],
    mut member: impl FnMut(AccountId, TeamMember),
) -> Result<(), StoreError> {
    query.each_of(
        "-- The teams of some accounts.
select account_id, person_id, role, from_day, until_day, known_from, known_until
  from account_team
 where account_id in {wanted}
 order by account_id, id",
        ids,
        |row| {
            if let Some(person) = persons.get(&PersonId(row.id(1)?)) {
                let known = Known { from: row.day(5)?, until: row.day(6)? };
                let (from, until) = (row.day(3)?, row.day(4)?);
                let role = role(row.text(2)?)?;
                member(AccountId(row.id(0)?), TeamMember { person: *person, role, from, until, known });
            }
            Ok(())
        },
    )
}
