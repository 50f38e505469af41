//! The sales lines as they were known on a day.

use super::each;
use crate::{Query, StoreError};
use luotsi_core::units::{Day, Money};

/// Other records by their external ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaleRow<'a> {
    pub invoice: &'a str,
    pub line: &'a str,
    pub day: Day,
    pub account: &'a str,
    pub product: Option<&'a str>,
    pub quantity_millionths: i64,
    pub net: Money,
    pub cost: Option<Money>,
}

pub fn each_sale<E: From<StoreError>>(
    query: &impl Query,
    on: Day,
    mut take: impl FnMut(&SaleRow<'_>) -> Result<(), E>,
) -> Result<(), E> {
    each(
        query,
        "-- The sales lines known and invoiced by a day.
select sales_line.invoice, sales_line.line, sales_line.day, account.external_id, product.external_id,
       sales_line.quantity_millionths, sales_line.net_cents, sales_line.cost_cents
  from sales_line
  join account on account.id = sales_line.account_id
  left join product on product.id = sales_line.product_id
 where sales_line.day <= $1
   and sales_line.known_from <= $1
   and $1 < sales_line.known_until
 order by sales_line.invoice, sales_line.line, sales_line.source",
        &[on.into()],
        |row| {
            take(&SaleRow {
                invoice: row.text(0)?,
                line: row.text(1)?,
                day: row.day(2)?,
                account: row.text(3)?,
                product: row.opt_text(4)?,
                quantity_millionths: row.int(5)?,
                net: row.money(6)?,
                cost: row.opt_money(7)?,
            })
        },
    )
}
