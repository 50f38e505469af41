//! Groups of companies: who stands above whom, so that nobody comes to stand above itself.

use super::record::AccountRecord;
use crate::{Query, StoreError};
use luotsi_core::account::{AccountId, stands_above_itself};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// The rows whose parent would stand below them, by what the accounts' newest versions and these rows tell. `links` has
/// each row's account and parent; `None` where the row is not taken in.
pub fn in_circles(
    query: &impl Query,
    rows: &[AccountRecord],
    links: &[Option<(AccountId, Option<AccountId>)>],
) -> Result<BTreeSet<usize>, StoreError> {
    let mut newest: HashMap<AccountId, usize> = HashMap::new();
    for (row, account) in links.iter().enumerate().filter_map(|(row, link)| Some((row, (*link)?.0))) {
        let last = newest.entry(account).or_insert(row);
        if rows[*last].known_on <= rows[row].known_on {
            *last = row;
        }
    }
    let parents = links.iter().flatten().filter_map(|(_, parent)| *parent);
    let kept = kept(query, parents.filter(|parent| parent.0 != Uuid::nil()).collect())?;

    let mut circles = BTreeSet::new();
    loop {
        let mut above = kept.clone();
        let taken_in = || newest.iter().filter(|(_, row)| !circles.contains(*row));
        for (account, row) in taken_in() {
            match links[*row].and_then(|(_, parent)| parent) {
                Some(parent) => above.insert(*account, parent),
                None => above.remove(account),
            };
        }
        let found: Vec<usize> = taken_in()
            .filter(|(account, _)| stands_above_itself(**account, &above))
            .map(|(_, row)| *row)
            .collect();
        if found.is_empty() {
            return Ok(circles);
        }
        // Who is refused keeps the parent it had, which may close another circle.
        circles.extend(found);
    }
}

/// The parents of these accounts, theirs, and so on to the top.
fn kept(
    query: &impl Query,
    mut wanted: BTreeSet<AccountId>,
) -> Result<HashMap<AccountId, AccountId>, StoreError> {
    let mut above = HashMap::new();
    let mut asked = BTreeSet::new();
    while !wanted.is_empty() {
        let now: Vec<AccountId> = wanted.iter().copied().collect();
        asked.append(&mut wanted);
        query.each_of(
            "-- The accounts above some accounts, as last told.
select version.account_id, version.parent_id
  from account_version as version
 where version.account_id in {wanted}
   and version.parent_id is not null
   and version.from_day = (
         select max(newest.from_day)
           from account_version as newest
          where newest.account_id = version.account_id
       )",
            &now,
            |row| {
                let parent = AccountId(row.id(1)?);
                above.insert(AccountId(row.id(0)?), parent);
                wanted.insert(parent);
                Ok(())
            },
        )?;
        wanted.retain(|account| !asked.contains(account));
    }
    Ok(above)
}
