//! The columns that the list of accounts can show beside the name.

use crate::texts::Texts;
use luotsi_app::export::view::Column;
use luotsi_store::account::list::Sort;

pub fn label(column: Column, t: Texts) -> &'static str {
    match column {
        Column::Segment => t.segment(),
        Column::Owner => t.owner(),
        Column::State => t.customer_state(),
        Column::Industry => t.industry(),
        Column::City => t.city(),
        Column::BusinessId => t.business_id(),
        Column::CurrentValue => t.current_value(),
        Column::Trend => t.trend(),
        Column::PotentialValue => t.potential_value(),
        Column::ShareOfWallet => t.share_of_wallet(),
        Column::CustomerTarget => t.customer_target(),
        Column::LastOrder => t.last_order(),
        Column::Care => t.care_kept(),
        Column::Stake => t.euros_open(),
    }
}

pub fn is_number(column: Column) -> bool {
    match column {
        Column::Segment
        | Column::Owner
        | Column::State
        | Column::Industry
        | Column::City
        | Column::BusinessId => false,
        Column::CurrentValue
        | Column::Trend
        | Column::PotentialValue
        | Column::ShareOfWallet
        | Column::CustomerTarget
        | Column::LastOrder
        | Column::Care
        | Column::Stake => true,
    }
}

pub fn sort(column: Column) -> Sort {
    match column {
        Column::Segment => Sort::Segment,
        Column::Owner => Sort::Owner,
        Column::State => Sort::State,
        Column::Industry => Sort::Industry,
        Column::City => Sort::City,
        Column::BusinessId => Sort::BusinessId,
        Column::CurrentValue => Sort::CurrentValue,
        Column::Trend => Sort::Trend,
        Column::PotentialValue => Sort::PotentialValue,
        Column::ShareOfWallet => Sort::ShareOfWallet,
        Column::CustomerTarget => Sort::CustomerTarget,
        Column::LastOrder => Sort::LastOrder,
        Column::Care => Sort::Care,
        Column::Stake => Sort::Stake,
    }
}

/// Columns that were chosen, in the order in which they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(Vec<Column>);

impl Columns {
    /// What the question "where is the value, and is care kept?" needs.
    pub fn usual() -> Self {
        Self(vec![
            Column::Segment,
            Column::Owner,
            Column::CurrentValue,
            Column::Trend,
            Column::PotentialValue,
            Column::Care,
            Column::Stake,
        ])
    }

    /// Of names with points between them, given once or several times.
    pub fn parse<'a>(given: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut given = given.flat_map(|names| names.split('.')).peekable();
        given.peek()?;
        let chosen: Vec<Column> = given.filter_map(Column::parse).collect();
        Some(Self(Column::ALL.into_iter().filter(|column| chosen.contains(column)).collect()))
    }

    /// As `parse` reads them; `name` is always there, so that no columns can be told from none given.
    pub fn names(&self) -> String {
        let names = ["name"].into_iter().chain(self.0.iter().map(|column| column.name()));
        names.collect::<Vec<_>>().join(".")
    }

    pub fn has(&self, column: Column) -> bool {
        self.0.contains(&column)
    }

    pub fn each(&self) -> impl Iterator<Item = Column> {
        self.0.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_back_as_they_were_chosen_and_stand_in_their_order() {
        let chosen = Columns::parse(["name.stake", "city", "nonsense"].into_iter()).unwrap();

        assert_eq!(chosen.names(), "name.city.stake");
        assert_eq!(Columns::parse([chosen.names().as_str()].into_iter()), Some(chosen));
        assert_eq!(Columns::parse(["name"].into_iter()).unwrap().each().count(), 0);
        assert_eq!(Columns::parse([].into_iter()), None);
    }
}
