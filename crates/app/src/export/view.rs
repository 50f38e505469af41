//! A view of the list of accounts as a file: the same accounts in the same order, with the columns that were chosen.

use super::{
    ExportError,
    sheet::{Cell, Format, Sheet},
};
use luotsi_core::{
    base::CustomerState,
    people::{People, PersonId, PersonNo},
    strategy::Segment,
    units::Ratio,
};
use luotsi_store::{
    Store, StoreError,
    account::list::{self, Filter, ListRow, ListStanding, Order, Sort},
    people,
};
use std::{collections::HashMap, io::Write};

/// A column that the list can show beside the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Segment,
    Owner,
    State,
    Industry,
    City,
    BusinessId,
    CurrentValue,
    Trend,
    PotentialValue,
    ShareOfWallet,
    CustomerTarget,
    LastOrder,
    Care,
    Stake,
}

impl Column {
    /// In the order in which they stand.
    pub const ALL: [Self; 14] = [
        Self::Segment,
        Self::Owner,
        Self::State,
        Self::Industry,
        Self::City,
        Self::BusinessId,
        Self::CurrentValue,
        Self::Trend,
        Self::PotentialValue,
        Self::ShareOfWallet,
        Self::CustomerTarget,
        Self::LastOrder,
        Self::Care,
        Self::Stake,
    ];

    /// As in the heading of the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Segment => "segment",
            Self::Owner => "owner",
            Self::State => "customer_state",
            Self::Industry => "industry",
            Self::City => "city",
            Self::BusinessId => "business_id",
            Self::CurrentValue => "current_value",
            Self::Trend => "trend",
            Self::PotentialValue => "potential_value",
            Self::ShareOfWallet => "share_of_wallet",
            Self::CustomerTarget => "customer_target",
            Self::LastOrder => "last_order",
            Self::Care => "care_kept",
            Self::Stake => "stake",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }
}

/// Writes the accounts that `filter` holds for, as they come: id and name, then the columns. Amounts are in euros with a
/// decimal point, shares are parts of 1, as in every export.
pub fn export_view(
    store: &Store,
    filter: &Filter,
    order: (Sort, Order),
    columns: &[Column],
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let heading: Vec<&'static str> =
        ["external_id", "name"].into_iter().chain(columns.iter().map(|column| column.name())).collect();
    let mut sheet = Sheet::new(&heading, Format::Csv, out)?;
    let mut broken = None;
    let read = store.read(|reader| {
        let (people, numbers) = people::load(reader)?;
        list::each(reader, filter, order, |row| {
            let cells: Vec<Cell<'_>> = [Cell::text(row.external_id.as_str()), Cell::text(row.name.as_str())]
                .into_iter()
                .chain(columns.iter().map(|column| cell(*column, &row, &people, &numbers)))
                .collect();
            sheet.write(&cells).map_err(|error| {
                let told = StoreError::Stopped(error.to_string());
                broken = Some(error);
                told
            })
        })
    });
    // Nobody reads on: that is no fault of the database.
    match (broken, read) {
        (Some(error), _) => return Err(error.into()),
        (None, read) => read?,
    }
    sheet.finish()?;
    Ok(())
}

fn cell<'a>(
    column: Column,
    row: &'a ListRow,
    people: &'a People,
    numbers: &HashMap<PersonId, PersonNo>,
) -> Cell<'a> {
    let standing = row.standing.as_ref();
    let of = |cell: fn(&'a ListStanding) -> Cell<'a>| standing.map_or(Cell::Empty, cell);
    match column {
        Column::Segment => of(|standing| Cell::opt_word(standing.segment.map(Segment::name))),
        Column::Owner => {
            let owner = standing.and_then(|standing| standing.owner).and_then(|owner| numbers.get(&owner));
            Cell::opt_text(owner.and_then(|owner| people.get(*owner)).map(|person| person.name.as_str()))
        }
        Column::State => of(|standing| Cell::opt_word(standing.state.map(CustomerState::name))),
        Column::Industry => of(|standing| Cell::opt_text(standing.industry.as_deref())),
        Column::City => Cell::opt_text(row.city.as_deref()),
        Column::BusinessId => Cell::opt_text(row.business_id.as_deref()),
        Column::CurrentValue => of(|standing| Cell::money(Some(standing.current_value))),
        Column::Trend => of(|standing| millionths(standing.trend_millionths)),
        Column::PotentialValue => of(|standing| Cell::money(standing.potential)),
        Column::ShareOfWallet => of(|standing| millionths(standing.share_of_wallet_millionths)),
        Column::CustomerTarget => of(|standing| Cell::money(standing.customer_target)),
        Column::LastOrder => of(|standing| Cell::day(standing.last_order)),
        Column::Care => of(care_kept),
        Column::Stake => of(|standing| Cell::money(Some(standing.stake_at_risk.max(standing.stake_to_gain)))),
    }
}

fn millionths(share: Option<i64>) -> Cell<'static> {
    Cell::fraction(share.map(|millionths| Ratio::new(millionths.into(), 1_000_000)))
}

fn care_kept(standing: &ListStanding) -> Cell<'static> {
    let kept = (standing.care_lines > 0)
        .then(|| Ratio::new(standing.care_lines_kept.into(), standing.care_lines.into()));
    Cell::fraction(kept)
}
