//! Which segment every account is in, by the model and by people's decisions.

use super::{sheet::Cell, wording};
use crate::steering::{AccountPicture, Base};
use luotsi_core::{
    account::AccountId,
    segmentation::{Evaluation, decision_in_force},
    strategy::Segment,
    units::Day,
};
use std::collections::HashMap;

pub const COLUMNS: &[&str] = &[
    "external_id",
    "name",
    "owner",
    "segment",
    "segment_automatic",
    "segment_since",
    "segment_reason",
    "override_person",
    "override_from",
    "override_review",
    "override_reason",
];

pub fn row<'a>(
    base: &'a Base,
    account: &'a AccountPicture,
    reasons: &'a HashMap<(AccountId, Day), String>,
    on: Day,
) -> [Cell<'a>; 11] {
    let (master, people) = (&account.facts.account, &base.company.people);
    let name = |person| people.get(person).map(|person| person.external_id.as_str());
    let decision = decision_in_force(&account.facts, on).filter(|_| master.is_active(on));
    let segments = of(account, on);
    [
        Cell::text(master.external_id.as_str()),
        Cell::text(master.name.as_str()),
        Cell::opt_text(master.on(on).and_then(|version| version.owner).and_then(name)),
        segments.effective,
        segments.automatic,
        Cell::day(since(account, on)),
        Cell::text(wording::segment_reason(account, on)),
        Cell::opt_text(decision.and_then(|decision| decision.person).and_then(name)),
        Cell::day(decision.map(|decision| decision.from)),
        Cell::day(decision.map(|decision| decision.review)),
        Cell::opt_text(
            decision.and_then(|decision| reasons.get(&(master.id, decision.from))).map(String::as_str),
        ),
    ]
}

/// The two segments as exports write them: empty of an inactive account.
pub struct Segments {
    pub effective: Cell<'static>,
    pub automatic: Cell<'static>,
}

pub fn of(account: &AccountPicture, on: Day) -> Segments {
    if !account.facts.account.is_active(on) {
        return Segments { effective: Cell::Empty, automatic: Cell::Empty };
    }
    let history = &account.picture.history;
    Segments {
        effective: cell(history.effective()),
        automatic: cell(history.last().and_then(Evaluation::automatic)),
    }
}

fn cell(segment: Option<Segment>) -> Cell<'static> {
    Cell::word(segment.map_or("not_assessed", Segment::name))
}

/// The day the effective segment became what it is; empty when it never was anything else.
fn since(account: &AccountPicture, on: Day) -> Option<Day> {
    let history = &account.picture.history;
    match (account.facts.account.is_active(on), history.effective()) {
        (false, _) => None,
        (true, Some(_)) => history.entered(),
        (true, None) => {
            let since = history.since(|evaluation| evaluation.is_active && evaluation.effective().is_none());
            since.filter(|since| history.evaluations.first().is_some_and(|first| first.day < *since))
        }
    }
}
