//! How the promised care is kept, a row a care line.

use super::sheet::Cell;
use luotsi_core::{account::Account, care::CareStatus};

pub const COLUMNS: &[&str] =
    &["external_id", "line", "state", "covered", "last", "age", "rhythm", "expected_to_date", "done"];

pub fn row<'a>(account: &'a Account, status: &'a CareStatus) -> [Cell<'a>; 9] {
    [
        Cell::text(account.external_id.as_str()),
        Cell::word(status.line.name.as_str()),
        Cell::word(status.state.name()),
        Cell::yes_or_no(status.is_covered),
        Cell::day(Some(status.last)),
        Cell::whole(status.age),
        Cell::fraction(Some(status.rhythm)),
        Cell::fraction(Some(status.expected_to_date)),
        Cell::whole(status.done),
    ]
}
