//! Other thresholds, before anybody decides on them, as they are shown: each segment with what it would gain or lose, and
//! who would move.

use super::movers;
use crate::{account::address_in, error::WebError, page::Choice, parts::SegmentChip, web::Visit};
use luotsi_core::{
    account::AccountId,
    segmentation::{Move, Placed, Preview, Suggestion, Sum, Way},
    strategy::{Segment, Thresholds},
    units::Money,
};
use luotsi_store::{Reader, account::list::some, steering::each_placed};
use std::collections::HashMap;

pub struct PreviewView {
    /// How many accounts would move, and what they are worth.
    pub moved: String,
    pub is_anybody_moved: bool,
    pub segments: Vec<SegmentRow>,
    pub moves: Vec<MoveRow>,
}

pub struct SegmentRow {
    pub segment: SegmentChip,
    /// Accounts, current value, potential value.
    pub cells: [Cell; 3],
}

/// What would be, and how far that is from what is; empty: as it is.
pub struct Cell {
    pub then: String,
    pub change: String,
}

pub struct MoveRow {
    pub id: String,
    pub from: SegmentChip,
    pub to: SegmentChip,
    pub accounts: String,
    pub worth: String,
    pub largest: Vec<Mover>,
    /// How many more there are than are named, and where all of them are.
    pub others: Option<Choice>,
}

pub struct Mover {
    pub href: String,
    pub name: String,
    pub current_value: String,
    pub potential_value: String,
}

impl PreviewView {
    fn of(
        reader: &Reader<'_>,
        visit: &Visit<'_>,
        preview: &Preview,
        thresholds: Thresholds,
    ) -> Result<Self, WebError> {
        let t = visit.t;
        let named = preview.moves.values().flat_map(|found| &found.largest);
        let named: Vec<AccountId> = named.map(|placed| placed.account).collect();
        let names = some(reader, &named)?.into_iter().map(|row| (row.id, row.name)).collect();

        let mut moves: Vec<(&Way, &Move)> = preview.moves.iter().collect();
        moves.sort_by_key(|(way, found)| (std::cmp::Reverse(found.sum.current_value), **way));
        let moved = preview.moved();
        Ok(Self {
            is_anybody_moved: moved.accounts > 0,
            moved: match moved.accounts {
                0 => t.preview_none().to_owned(),
                count => t.preview_moved(count, &worth(visit, moved)),
            },
            segments: Segment::ALL
                .into_iter()
                .map(Some)
                .chain([None])
                .map(|segment| segment_row(visit, preview, segment))
                .collect(),
            moves: moves
                .into_iter()
                .map(|(way, found)| MoveRow {
                    others: others(visit, *way, found, thresholds),
                    ..move_row(visit, *way, found, &names)
                })
                .collect(),
        })
    }
}

/// What the base tells about thresholds: those that fit it, and what `thresholds` would change. The base is read once.
pub fn looked_at(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    thresholds: Option<Thresholds>,
) -> Result<(Option<Thresholds>, Option<PreviewView>), WebError> {
    let in_force = visit.base.company.strategies.on(visit.today).thresholds.complete();
    let mut suggestion = Suggestion::default();
    let mut preview = thresholds.map(|thresholds| Preview::of(thresholds, in_force));
    each_placed(reader, visit.on(), |placed| {
        suggestion.add(placed.state, placed.current_value, placed.potential_value);
        if let Some(preview) = &mut preview {
            preview.add(placed);
        }
    })?;
    let preview = preview
        .zip(thresholds)
        .map(|(preview, thresholds)| PreviewView::of(reader, visit, &preview, thresholds))
        .transpose()?;
    Ok((suggestion.thresholds(), preview))
}

pub fn worth(visit: &Visit<'_>, sum: Sum) -> String {
    let t = visit.t;
    t.preview_worth(&t.money(sum.current_value), &t.money(sum.potential_value))
}

fn segment_row(visit: &Visit<'_>, preview: &Preview, segment: Option<Segment>) -> SegmentRow {
    let t = visit.t;
    let holds = preview.segments.get(&segment).copied().unwrap_or_default();
    SegmentRow {
        segment: SegmentChip::new(segment, t),
        cells: [
            Cell {
                then: t.number(holds.then.accounts),
                change: signed(holds.then.accounts - holds.now.accounts, |count| t.number(count)),
            },
            euros(visit, holds.now.current_value, holds.then.current_value),
            euros(visit, holds.now.potential_value, holds.then.potential_value),
        ],
    }
}

fn euros(visit: &Visit<'_>, now: Money, then: Money) -> Cell {
    let t = visit.t;
    Cell { then: t.money(then), change: signed((then - now).cents, |cents| t.money(Money::cents(cents))) }
}

/// `+12`, `−3`; empty of nothing.
fn signed(change: i64, say: impl Fn(i64) -> String) -> String {
    match change {
        0 => String::new(),
        change if change > 0 => format!("+{}", say(change)),
        change => format!("\u{2212}{}", say(-change)),
    }
}

fn move_row(visit: &Visit<'_>, (from, to): Way, found: &Move, names: &HashMap<AccountId, String>) -> MoveRow {
    let t = visit.t;
    MoveRow {
        id: format!("move-{}-{}", in_address(from), in_address(to)),
        from: SegmentChip::new(from, t),
        to: SegmentChip::new(to, t),
        accounts: t.accounts_count(found.sum.accounts),
        worth: worth(visit, found.sum),
        largest: found.largest.iter().filter_map(|placed| mover(visit, placed, names, None)).collect(),
        others: None,
    }
}

fn others(visit: &Visit<'_>, way: Way, found: &Move, thresholds: Thresholds) -> Option<Choice> {
    let others = found.sum.accounts - found.largest.len() as i64;
    (others > 0).then(|| Choice {
        label: visit.t.preview_others(&visit.t.number(others)),
        href: movers::address(thresholds, way, 1),
        is_here: false,
    })
}

/// A segment in an address.
pub fn in_address(segment: Option<Segment>) -> &'static str {
    segment.map_or("none", Segment::name)
}

/// `list`: those the account is shown with.
pub fn mover(
    visit: &Visit<'_>,
    placed: &Placed,
    names: &HashMap<AccountId, String>,
    list: Option<&str>,
) -> Option<Mover> {
    let t = visit.t;
    Some(Mover {
        href: address_in(placed.account, list),
        name: names.get(&placed.account)?.clone(),
        current_value: t.money(placed.current_value),
        potential_value: placed.potential_value.map_or_else(|| t.none().to_owned(), |value| t.money(value)),
    })
}
