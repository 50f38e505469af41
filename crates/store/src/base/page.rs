//! What the customer base's page shows: its sums by segment and by owner, every account as a point, and one of them.

use crate::{
    Query, Row, StoreError,
    account::list::{Filter, conditions},
};
use luotsi_core::{account::AccountId, people::PersonId, strategy::Segment, units::Money};

/// The accounts of a segment that a filter leaves, and what they come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentSum {
    /// `None`: not assessed.
    pub segment: Option<Segment>,
    pub accounts: i64,
    /// Those with potential in force: the ones that have a place in the picture.
    pub with_potential: i64,
    pub current_value: Money,
    pub potential: Money,
    pub reachable: Money,
    pub care_lines: i64,
    pub care_lines_kept: i64,
    /// Of those with potential, the accounts with care lines, all of them kept; and those with a late one.
    pub accounts_kept: i64,
    pub accounts_late: i64,
    /// Of those with potential.
    pub current_min: Money,
    pub current_max: Money,
    pub potential_max: Money,
}

/// What the filter leaves, by segment; the not assessed last.
pub fn sums_by_segment(query: &impl Query, filter: &Filter) -> Result<Vec<SegmentSum>, StoreError> {
    let (conditions, params) = conditions(filter, 1);
    let tables = tables(filter);
    let sql = format!(
        "-- What do the accounts of each segment come to?
select account_standing.segment, count(*), count(account_standing.potential_cents),
       cast(sum(account_standing.current_value_cents) as bigint),
       cast(coalesce(sum(account_standing.potential_cents), 0) as bigint),
       cast(coalesce(sum(account_standing.reachable_cents), 0) as bigint),
       cast(sum(account_standing.care_lines) as bigint),
       cast(sum(account_standing.care_lines_kept) as bigint),
       cast(sum(case when account_standing.potential_cents is not null
                      and account_standing.care_lines > 0
                      and account_standing.care_lines_kept = account_standing.care_lines then 1 else 0 end) as bigint),
       cast(sum(case when account_standing.potential_cents is not null
                      and account_standing.care_lines_kept < account_standing.care_lines then 1 else 0 end) as bigint),
       coalesce(min(case when account_standing.potential_cents is not null
                         then account_standing.current_value_cents end), 0),
       coalesce(max(case when account_standing.potential_cents is not null
                         then account_standing.current_value_cents end), 0),
       coalesce(max(account_standing.potential_cents), 0)
  from {tables}
 where 1 = 1{conditions}
 group by account_standing.segment
 order by account_standing.segment nulls last"
    );
    query.all(&sql, &params, |row| {
        Ok(SegmentSum {
            segment: row.opt_text(0)?.and_then(Segment::parse),
            accounts: row.int(1)?,
            with_potential: row.int(2)?,
            current_value: row.money(3)?,
            potential: row.money(4)?,
            reachable: row.money(5)?,
            care_lines: row.int(6)?,
            care_lines_kept: row.int(7)?,
            accounts_kept: row.int(8)?,
            accounts_late: row.int(9)?,
            current_min: row.money(10)?,
            current_max: row.money(11)?,
            potential_max: row.money(12)?,
        })
    })
}

/// Accounts are joined only where words are looked for: joining a hundred thousand of them takes its time.
fn tables(filter: &Filter) -> &'static str {
    match filter.words.is_empty() {
        true => "account_standing",
        false => "account_standing\n  join account on account.id = account_standing.account_id",
    }
}

/// How many accounts of the filter an owner has in the picture; `None`: they are nobody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnerCount {
    pub owner: Option<PersonId>,
    pub accounts: i64,
}

/// Those with most current value first, those of nobody last.
pub fn accounts_by_owner(query: &impl Query, filter: &Filter) -> Result<Vec<OwnerCount>, StoreError> {
    let (conditions, params) = conditions(filter, 1);
    let tables = tables(filter);
    let sql = format!(
        "-- How many accounts of the picture has each owner?
select account_standing.owner_id, count(*)
  from {tables}
 where account_standing.potential_cents is not null{conditions}
 group by account_standing.owner_id
 order by case when account_standing.owner_id is null then 1 else 0 end,
          sum(account_standing.current_value_cents) desc, account_standing.owner_id"
    );
    query.all(&sql, &params, |row| {
        Ok(OwnerCount { owner: row.opt_id(0)?.map(PersonId), accounts: row.int(1)? })
    })
}

/// An account's place in the picture and what it may be coloured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    pub current_value: Money,
    pub potential: Money,
    pub segment: Option<Segment>,
    pub owner: Option<PersonId>,
    pub care_lines: i64,
    pub care_lines_kept: i64,
}

/// Hands over the accounts with potential in force in order of id: the order by which `nth` counts.
pub fn each_point(
    query: &impl Query,
    filter: &Filter,
    mut point: impl FnMut(Point),
) -> Result<(), StoreError> {
    let (conditions, params) = conditions(filter, 1);
    let tables = tables(filter);
    let sql = format!(
        "-- Where does each account stand between its current and potential value?
select account_standing.current_value_cents, account_standing.potential_cents, account_standing.segment,
       account_standing.owner_id, account_standing.care_lines, account_standing.care_lines_kept
  from {tables}
 where account_standing.potential_cents is not null{conditions}
 order by account_standing.account_id"
    );
    query.each(&sql, &params, |row| {
        point(Point {
            current_value: row.money(0)?,
            potential: row.money(1)?,
            segment: row.opt_text(2)?.and_then(Segment::parse),
            owner: row.opt_id(3)?.map(PersonId),
            care_lines: row.int(4)?,
            care_lines_kept: row.int(5)?,
        });
        Ok(())
    })
}

/// An account as a line about it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub id: AccountId,
    pub name: String,
    pub owner: Option<PersonId>,
    pub segment: Option<Segment>,
    pub segment_automatic: Option<Segment>,
    pub current_value: Money,
    pub potential: Option<Money>,
}

pub(crate) const PLACED: &str = "account.id, account.name, account_standing.owner_id, account_standing.segment,
       account_standing.segment_automatic, account_standing.current_value_cents, account_standing.potential_cents";

/// A row that begins with `PLACED`.
pub(crate) fn placed(row: &Row<'_>) -> Result<Placed, StoreError> {
    Ok(Placed {
        id: AccountId(row.id(0)?),
        name: row.string(1)?,
        owner: row.opt_id(2)?.map(PersonId),
        segment: row.opt_text(3)?.and_then(Segment::parse),
        segment_automatic: row.opt_text(4)?.and_then(Segment::parse),
        current_value: row.money(5)?,
        potential: row.opt_money(6)?,
    })
}

/// The account that `each_point` handed over as the one of this number, from 0.
pub fn nth(query: &impl Query, filter: &Filter, number: i64) -> Result<Option<Placed>, StoreError> {
    let (conditions, mut params) = conditions(filter, 2);
    params.insert(0, number.into());
    let tables = tables(filter);
    let sql = format!(
        "-- Which account is this point?
with found as (
select account_standing.account_id
  from {tables}
 where account_standing.potential_cents is not null{conditions}
 order by account_standing.account_id
 limit 1 offset $1
)
select {PLACED}
  from found
  join account on account.id = found.account_id
  join account_standing on account_standing.account_id = found.account_id"
    );
    query.one(&sql, &params, placed)
}

/// The accounts of the filter whose segment a person decided and the model sees otherwise, most current value first.
pub fn conflicts(query: &impl Query, filter: &Filter, limit: i64) -> Result<Vec<Placed>, StoreError> {
    let (conditions, mut params) = conditions(filter, 2);
    params.insert(0, limit.into());
    let sql = format!(
        "-- Where does a person's decision differ from the model?
select {PLACED}
  from account_standing
  join account on account.id = account_standing.account_id
 where account_standing.segment is not null
   and account_standing.segment is distinct from account_standing.segment_automatic{conditions}
 order by account_standing.current_value_cents desc, account_standing.account_id
 limit $1"
    );
    query.all(&sql, &params, placed)
}
