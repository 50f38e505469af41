//! What was invoiced.

use crate::{
    offering::GroupNo,
    units::{Day, Known, Money},
};

/// A line of an invoice to one account. Returns are negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SalesLine {
    pub day: Day,
    pub known: Known,
    pub group: Option<GroupNo>,
    pub net: Money,
    /// Cost of the whole line, when the source knew it.
    pub cost: Option<Money>,
}

impl SalesLine {
    /// On `on` exist the lines known by then and invoiced by then.
    pub fn exists(&self, on: Day) -> bool {
        self.day <= on && self.known.on(on)
    }

    /// A day with such a line is an order day.
    pub fn is_order(&self) -> bool {
        self.net.is_positive()
    }
}
