//! What was known on a day, row by row in order of external id, for the exports.

mod accounts;
mod activities;
mod overrides;
mod sales;

pub use accounts::{AccountRow, each_account};
pub use activities::{ActivityRow, each_activity};
pub use overrides::override_reasons;
pub use sales::{SaleRow, each_sale};

use crate::{Query, Row, StoreError, Value};

/// Like `Query::each`, with rows taken by someone who can fail in other ways: the first failure ends the reading.
fn each<E: From<StoreError>>(
    query: &impl Query,
    sql: &str,
    params: &[Value],
    mut take: impl FnMut(&Row<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut failure = None;
    let read = query.each(sql, params, |row| {
        take(row).map_err(|error| {
            failure = Some(error);
            StoreError::Statement("the reader of the rows gave up".to_owned())
        })
    });
    match failure {
        Some(error) => Err(error),
        None => read.map_err(E::from),
    }
}
