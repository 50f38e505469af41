//! What was invoiced.

pub mod record;

use crate::{Query, StoreError, Work};
use luotsi_core::{
    account::AccountId,
    offering::GroupNo,
    sales::SalesLine,
    units::{Day, Known},
};
use std::collections::HashMap;
use uuid::Uuid;

/// Every version of every invoice line of these accounts, account by account, in no order of day.
pub fn each_line(
    query: &impl Query,
    product_groups: &HashMap<Uuid, GroupNo>,
    ids: &[AccountId],
    mut line: impl FnMut(AccountId, SalesLine),
) -> Result<(), StoreError> {
    query.each_of(
        "-- The invoice lines of some accounts. Their days are sorted later: each account's are few.
select account_id, day, product_id, net_cents, cost_cents, known_from, known_until
  from sales_line
 where account_id in {wanted}",
        ids,
        |row| {
            let sold = SalesLine {
                day: row.day(1)?,
                known: Known { from: row.day(5)?, until: row.day(6)? },
                group: row.opt_id(2)?.and_then(|product| product_groups.get(&product).copied()),
                net: row.money(3)?,
                cost: row.opt_money(4)?,
            };
            line(AccountId(row.id(0)?), sold);
            Ok(())
        },
    )
}

/// Takes note of a line's day where it is before all others: with the company's row, for every watch asks.
pub fn note_first_day(work: &Work<'_>, day: Day) -> Result<(), StoreError> {
    work.execute(
        "-- An earlier first sales line.
update company
   set first_sales_on = $1
 where id = 1
   and (first_sales_on is null or $1 < first_sales_on)",
        &[day.into()],
    )?;
    Ok(())
}
