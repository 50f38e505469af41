//! Accounts, sales lines and activities in the columns of their imports, so that an export can be imported again.

use super::{
    ExportError,
    sheet::{Cell, Sheet},
};
use luotsi_core::units::Day;
use luotsi_store::{
    Reader,
    export::{each_account, each_activity, each_sale},
};

pub const ACCOUNTS: &[&str] = &[
    "external_id",
    "name",
    "business_id",
    "parent",
    "industry",
    "size_class",
    "owner",
    "street",
    "postal_code",
    "city",
    "country",
    "active",
];
pub const SALES: &[&str] = &["invoice", "line", "day", "account", "product", "quantity", "net", "cost"];
pub const ACTIVITIES: &[&str] = &[
    "external_id",
    "account",
    "kind",
    "person",
    "day",
    "minutes",
    "state",
    "direction",
    "contact",
    "outcome",
    "note",
    "planned_on",
];

pub fn accounts(reader: &Reader<'_>, on: Day, sheet: &mut Sheet<'_>) -> Result<(), ExportError> {
    each_account(reader, on, |row| {
        sheet.write(&[
            Cell::text(row.external_id),
            Cell::text(row.name),
            Cell::opt_text(row.business_id),
            Cell::opt_text(row.parent),
            Cell::opt_text(row.industry),
            Cell::opt_text(row.size_class),
            Cell::opt_text(row.owner),
            Cell::opt_text(row.street),
            Cell::opt_text(row.postal_code),
            Cell::opt_text(row.city),
            Cell::opt_text(row.country),
            Cell::yes_or_no(row.is_active),
        ])?;
        Ok(())
    })
}

pub fn sales(reader: &Reader<'_>, on: Day, sheet: &mut Sheet<'_>) -> Result<(), ExportError> {
    each_sale(reader, on, |row| {
        sheet.write(&[
            Cell::text(row.invoice),
            Cell::text(row.line),
            Cell::day(Some(row.day)),
            Cell::text(row.account),
            Cell::opt_text(row.product),
            Cell::quantity(row.quantity_millionths),
            Cell::money(Some(row.net)),
            Cell::money(row.cost),
        ])?;
        Ok(())
    })
}

pub fn activities(reader: &Reader<'_>, on: Day, sheet: &mut Sheet<'_>) -> Result<(), ExportError> {
    each_activity(reader, on, |row| {
        sheet.write(&[
            Cell::text(row.external_id),
            Cell::text(row.account),
            Cell::word(row.kind),
            Cell::opt_text(row.person),
            Cell::day(Some(row.day)),
            Cell::whole(row.minutes),
            Cell::word(row.state),
            Cell::opt_word(row.direction),
            Cell::opt_text(row.contact),
            Cell::opt_text(row.outcome),
            Cell::opt_text(row.note),
            Cell::day(row.planned_on),
        ])?;
        Ok(())
    })
}
