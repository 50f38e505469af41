//! Where care or plans are not kept, a row a deviation.

use super::sheet::Cell;
use crate::steering::AccountPicture;
use luotsi_core::{
    steering::{Deviation, Measured},
    strategy::Strategy,
    units::Day,
};

pub const COLUMNS: &[&str] =
    &["external_id", "kind", "subject", "expected", "actual", "since", "stake", "side"];

/// By kind and subject (bytes).
pub fn in_order(account: &AccountPicture) -> Vec<&Deviation> {
    let mut deviations: Vec<&Deviation> = account.picture.deviations.iter().collect();
    deviations.sort_by_key(|deviation| (deviation.kind.name(), &deviation.subject));
    deviations
}

pub fn row<'a>(
    account: &'a AccountPicture,
    deviation: &'a Deviation,
    on: Day,
    strategy: &Strategy,
) -> [Cell<'a>; 8] {
    [
        Cell::text(account.facts.account.external_id.as_str()),
        Cell::word(deviation.kind.name()),
        Cell::text(deviation.subject.as_str()),
        measured(deviation.expected),
        measured(deviation.actual.on(on, strategy)),
        Cell::day(deviation.since),
        Cell::money(Some(deviation.stake.amount())),
        Cell::word(deviation.stake.side.name()),
    ]
}

fn measured(measured: Option<Measured>) -> Cell<'static> {
    match measured {
        None => Cell::Empty,
        Some(number @ (Measured::Fraction(_) | Measured::Days(_) | Measured::Money(_))) => {
            Cell::Number(number.to_string())
        }
        Some(word @ (Measured::Segment(_) | Measured::Day(_))) => Cell::word(word.to_string()),
    }
}
