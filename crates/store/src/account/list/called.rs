//! Accounts by the beginning of their names, from the index of names.

use super::{COLUMNS, ListRow, list_row};
use crate::{Query, StoreError, account::name_sort};

/// Stands after every letter.
const LAST: char = char::MAX;

/// Those whose names begin with what was typed, in the order of names: the shortest such name is among the first.
pub fn called(query: &impl Query, beginning: &str, limit: i64) -> Result<Vec<ListRow>, StoreError> {
    let first = name_sort(beginning);
    if first.is_empty() {
        return Ok(Vec::new());
    }
    let last = format!("{first}{LAST}");
    let mut rows = Vec::new();
    let sql = format!(
        "-- The accounts whose names begin with some letters.
select {COLUMNS}
  from account
  left join account_standing on account_standing.account_id = account.id
 where account.name_sort >= $1
   and account.name_sort < $2
 order by account.name_sort, account.id
 limit $3"
    );
    query.each(&sql, &[first.as_str().into(), last.as_str().into(), limit.into()], |row| {
        rows.push(list_row(row)?);
        Ok(())
    })?;
    Ok(rows)
}
