//! What every account is worth and could be worth.

use super::{segments, sheet::Cell, wording};
use crate::steering::{AccountPicture, Base};
use luotsi_core::{base::PotentialMethod, units::Day};

pub const COLUMNS: &[&str] = &[
    "external_id",
    "name",
    "owner",
    "customer_state",
    "current_value",
    "previous_value",
    "trend",
    "last_order",
    "usual_gap",
    "potential_value",
    "potential_method",
    "ability",
    "reachable",
    "share_of_wallet",
    "customer_target",
    "segment",
    "segment_automatic",
    "segment_reason",
];

pub fn row<'a>(base: &'a Base, account: &'a AccountPicture, on: Day) -> [Cell<'a>; 18] {
    let (master, values) = (&account.facts.account, &account.picture.values);
    let orders = &values.orders;
    let owner =
        master.on(on).and_then(|version| version.owner).and_then(|owner| base.company.people.get(owner));
    let segments = segments::of(account, on);
    [
        Cell::text(master.external_id.as_str()),
        Cell::text(master.name.as_str()),
        Cell::opt_text(owner.map(|person| person.external_id.as_str())),
        Cell::word(account.picture.state().name()),
        Cell::money(Some(values.current_value())),
        Cell::money(Some(values.previous_value)),
        Cell::fraction(values.trend),
        Cell::day(orders.last),
        Cell::fraction(orders.usual_gap()),
        Cell::money(values.worth.potential_value()),
        Cell::opt_word(values.worth.potential.map(|potential| potential.method).map(PotentialMethod::name)),
        Cell::fraction(Some(values.ability.share)),
        Cell::money(values.reachable),
        Cell::fraction(values.share_of_wallet.map(|wallet| wallet.share)),
        Cell::money(values.customer_target),
        segments.effective,
        segments.automatic,
        Cell::text(wording::segment_reason(account, on)),
    ]
}
