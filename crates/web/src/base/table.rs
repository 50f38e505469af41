//! The base by segment, the decisions that differ from the model, and an account as a card: the picture in words.

use super::{matrix::Card, view::View};
use crate::{
    account::{Shown, address_in, among, list::filter, listed::Listed},
    error::WebError,
    markup::Markup,
    parts::{SegmentChip, share_bullet},
    web::Visit,
};
use luotsi_core::strategy::Segment;
use luotsi_store::{
    Reader,
    account::list::{InSegment, Order, Sort},
    base::page::{Placed, SegmentSum, conflicts as conflicts_of},
};

pub const CONFLICTS_MAX: usize = 10;

pub struct SegmentRow {
    /// `None`: all segments together.
    pub segment: Option<SegmentChip>,
    pub accounts: Counted,
    pub current_value: Counted,
    pub share: Counted,
    pub share_bullet: Markup,
    pub potential: Counted,
    pub reachable: Counted,
    pub care: Option<Counted>,
    pub care_bullet: Option<Markup>,
}

/// A number that leads to the accounts it counts.
pub struct Counted {
    pub text: String,
    pub href: String,
}

/// The segments in the order of the care they ask for, those not assessed last, then all together.
pub fn rows(visit: &Visit<'_>, view: &View, sums: &[SegmentSum]) -> Vec<SegmentRow> {
    let total = total(sums);
    let mut rows: Vec<SegmentRow> = in_order(sums)
        .map(|sum| {
            let asked = sum.segment.map_or(InSegment::NotAssessed, InSegment::Segment);
            let listed = Listed { segment: Some(asked), ..view.whole() };
            SegmentRow {
                segment: Some(SegmentChip::new(sum.segment, visit.t)),
                ..row(visit, &listed, sum, &total)
            }
        })
        .collect();
    if !rows.is_empty() {
        rows.push(row(visit, &view.whole(), &total, &total));
    }
    rows
}

fn row(visit: &Visit<'_>, listed: &Listed, sum: &SegmentSum, total: &SegmentSum) -> SegmentRow {
    let t = visit.t;
    let counted = |text: String, sort: Sort| Counted {
        text,
        href: Listed { sort, order: Order::Descending, ..listed.clone() }.url(),
    };
    let share = millionths(sum.current_value.cents.max(0), total.current_value.cents).unwrap_or(0);
    let care = millionths(sum.care_lines_kept, sum.care_lines);
    SegmentRow {
        segment: None,
        accounts: counted(t.number(sum.accounts), Sort::CurrentValue),
        current_value: counted(t.money(sum.current_value), Sort::CurrentValue),
        share: counted(t.percent(share), Sort::CurrentValue),
        share_bullet: share_bullet(share, &format!("{} {}", t.share_of_value(), t.percent(share))),
        potential: counted(t.money(sum.potential), Sort::PotentialValue),
        reachable: counted(t.money(sum.reachable), Sort::PotentialValue),
        care: care.map(|care| counted(t.percent(care), Sort::Care)),
        care_bullet: care.map(|care| share_bullet(care, &format!("{} {}", t.care_kept(), t.percent(care)))),
    }
}

/// `None` of nothing.
fn millionths(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part as f64 * 1e6 / whole as f64).round() as i64)
}

pub fn in_order(sums: &[SegmentSum]) -> impl Iterator<Item = &SegmentSum> {
    let named = Segment::ALL.into_iter().map(Some).chain([None]);
    named.filter_map(|segment| sums.iter().find(|sum| sum.segment == segment))
}

pub fn total(sums: &[SegmentSum]) -> SegmentSum {
    let sum = |of: fn(&SegmentSum) -> i64| sums.iter().map(of).sum();
    SegmentSum {
        segment: None,
        accounts: sum(|sum| sum.accounts),
        with_potential: sum(|sum| sum.with_potential),
        current_value: sums.iter().map(|sum| sum.current_value).sum(),
        potential: sums.iter().map(|sum| sum.potential).sum(),
        reachable: sums.iter().map(|sum| sum.reachable).sum(),
        care_lines: sum(|sum| sum.care_lines),
        care_lines_kept: sum(|sum| sum.care_lines_kept),
        accounts_kept: sum(|sum| sum.accounts_kept),
        accounts_late: sum(|sum| sum.accounts_late),
        current_min: sums.iter().map(|sum| sum.current_min).min().unwrap_or_default(),
        current_max: sums.iter().map(|sum| sum.current_max).max().unwrap_or_default(),
        potential_max: sums.iter().map(|sum| sum.potential_max).max().unwrap_or_default(),
    }
}

/// An account whose segment a person decided against the model.
pub struct Conflict {
    pub card: Card,
    pub by_model: SegmentChip,
}

/// One more than are shown, where there are more.
pub fn conflicts(reader: &Reader<'_>, visit: &Visit<'_>, view: &View) -> Result<Vec<Conflict>, WebError> {
    let limit = CONFLICTS_MAX as i64 + 1;
    let found = conflicts_of(reader, &filter(visit, &view.whole()), limit)?;
    let shown = &found[..found.len().min(CONFLICTS_MAX)];
    let list = list_of(&View { moved: None, ..view.clone() }, shown);
    let conflict = |placed: &Placed| Conflict {
        card: card(visit, placed, list.as_deref()),
        by_model: SegmentChip::new(placed.segment_automatic, visit.t),
    };
    Ok(found.iter().map(conflict).collect())
}

/// What the addresses of accounts carry that the page shows together; one alone has nobody beside it.
pub fn list_of(view: &View, shown: &[Placed]) -> Option<String> {
    let accounts = shown.iter().map(|placed| placed.id);
    (1 < shown.len()).then(|| among(&Shown::Base(view.query()), accounts))
}

/// `list`: those it is shown with.
pub fn card(visit: &Visit<'_>, placed: &Placed, list: Option<&str>) -> Card {
    let t = visit.t;
    Card {
        href: address_in(placed.id, list),
        name: placed.name.clone(),
        segment: SegmentChip::new(placed.segment, t),
        owner: match placed.owner {
            Some(owner) => visit.person_name(Some(owner)),
            None => t.owner_none().to_owned(),
        },
        current_value: t.money(placed.current_value),
        potential: placed.potential.map_or_else(|| t.potential_none().to_owned(), |value| t.money(value)),
    }
}
