//! How the promised care is kept, a row a care line.

use super::{
    ExportError,
    sheet::{Cell, Sheet},
};
use crate::steering::each_account;
use luotsi_core::units::Day;
use luotsi_store::Store;

pub const COLUMNS: &[&str] =
    &["external_id", "line", "state", "covered", "last", "age", "rhythm", "expected_to_date", "done"];

pub fn write(store: &Store, on: Day, sheet: &mut Sheet<'_>) -> Result<(), ExportError> {
    each_account(store, on, |_, account| {
        for status in &account.picture.care {
            sheet.write(&[
                Cell::text(account.facts.account.external_id.as_str()),
                Cell::word(status.line.name.as_str()),
                Cell::word(status.state.name()),
                Cell::yes_or_no(status.is_covered),
                Cell::day(Some(status.last)),
                Cell::whole(status.age),
                Cell::fraction(Some(status.rhythm)),
                Cell::fraction(Some(status.expected_to_date)),
                Cell::whole(status.done),
            ])?;
        }
        Ok(())
    })
}
