//! Who went from which segment to which between two days, with euros, and the accounts behind each number.

use super::{
    matrix::Card,
    table::{card, list_of},
    view::{Route, View},
};
use crate::{
    account::{filters::Hidden, list::filter, listed::Listed},
    error::WebError,
    parts::SegmentChip,
    web::Visit,
};
use luotsi_core::{account::AccountId, strategy::Segment, units::Money};
use luotsi_store::{
    Reader,
    account::list::{Filter, Reach},
    base::page::Placed,
    segmentation::page::{Move, moved, moves},
};

/// On a page.
const MOVED_MAX: usize = 50;
/// The cells that hold at least this share of the largest are tinted the most.
const TINTS: [(i64, i64); 3] = [(1, 2), (1, 6), (1, 50)];

/// Columns are the segments one came to, rows those one came from.
pub struct Moves {
    pub kept: Vec<Hidden>,
    pub from: String,
    pub to: String,
    pub today: String,
    pub line: String,
    pub to_segments: Vec<SegmentChip>,
    pub rows: Vec<MoveRow>,
    pub moved: Option<Moved>,
}

pub struct MoveRow {
    pub from: SegmentChip,
    pub cells: Vec<Cell>,
}

pub enum Cell {
    Nobody,
    Some(Going),
}

pub struct Going {
    pub class: &'static str,
    pub accounts: String,
    pub current_value: String,
    pub href: String,
    pub spoken: String,
    pub is_here: bool,
}

/// The accounts of one cell.
pub struct Moved {
    pub from: SegmentChip,
    pub to: SegmentChip,
    pub has_stayed: bool,
    pub accounts: Vec<Card>,
    pub shown: String,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub close: String,
}

impl Moves {
    pub fn between(reader: &Reader<'_>, visit: &Visit<'_>, view: &View) -> Result<Self, WebError> {
        let filter = of_everything(visit, view);
        let found = moves(reader, &filter, view.between)?;
        let moved = match view.moved {
            Some(route) => Some(accounts(reader, visit, view, &filter, route, &found)?),
            None => None,
        };
        Ok(Self {
            kept: super::hidden(view, |name| !matches!(name, "from" | "to" | "moved" | "page")),
            from: view.between.0.to_string(),
            to: view.between.1.to_string(),
            today: visit.on().to_string(),
            line: line(visit, &found),
            to_segments: segments(&found, |going| going.to)
                .map(|segment| SegmentChip::new(segment, visit.t))
                .collect(),
            rows: rows(visit, view, &found),
            moved,
        })
    }
}

/// Also accounts that have come to rest: they have left their segment.
fn of_everything(visit: &Visit<'_>, view: &View) -> Filter {
    filter(visit, &Listed { reach: Reach::Everything, ..view.whole() })
}

fn line(visit: &Visit<'_>, found: &[Move]) -> String {
    let gone = found.iter().filter(|going| going.from != going.to);
    let (accounts, value) = gone.fold((0, Money::ZERO), |(accounts, value), going| {
        (accounts + going.accounts, value + going.current_value)
    });
    visit.t.moved_in_all(accounts, &visit.t.short_money(value))
}

/// The five segments, and the not assessed where anybody is or was.
fn segments(found: &[Move], of: impl Fn(&Move) -> Option<Segment>) -> impl Iterator<Item = Option<Segment>> {
    let has_unassessed = found.iter().any(|going| of(going).is_none() && going.from != going.to);
    Segment::ALL.into_iter().map(Some).chain(has_unassessed.then_some(None))
}

fn rows(visit: &Visit<'_>, view: &View, found: &[Move]) -> Vec<MoveRow> {
    let largest = found.iter().filter(|going| going.from != going.to).map(|going| going.accounts).max();
    let cell = |from: Option<Segment>, to: Option<Segment>| match found
        .iter()
        .find(|going| (going.from, going.to) == (from, to))
    {
        Some(going) if (from, to) != (None, None) => {
            Cell::Some(going_of(visit, view, going, largest.unwrap_or(0)))
        }
        Some(_) | None => Cell::Nobody,
    };
    segments(found, |going| going.from)
        .map(|from| MoveRow {
            from: SegmentChip::new(from, visit.t),
            cells: segments(found, |going| going.to).map(|to| cell(from, to)).collect(),
        })
        .collect()
}

fn going_of(visit: &Visit<'_>, view: &View, going: &Move, largest: i64) -> Going {
    let t = visit.t;
    let route = (going.from, going.to);
    let (accounts, current_value) = (t.number(going.accounts), t.short_money(going.current_value));
    Going {
        class: tint(going, largest),
        href: format!("{}#moved", View { moved: Some(route), moved_page: 1, ..view.clone() }.url()),
        spoken: t.moved_from_to(
            t.segment_name(going.from),
            t.segment_name(going.to),
            &t.accounts_count(going.accounts),
            &current_value,
        ),
        accounts,
        current_value,
        is_here: view.moved == Some(route),
    }
}

fn tint(going: &Move, largest: i64) -> &'static str {
    if going.from == going.to {
        return "moves__stayed";
    }
    let steps = TINTS.iter().zip(["moves__many", "moves__some", "moves__few"]);
    steps
        .filter(|((part, whole), _)| going.accounts * whole >= largest * part)
        .map(|(_, class)| class)
        .next()
        .unwrap_or("moves__rare")
}

fn accounts(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    view: &View,
    filter: &Filter,
    route: Route,
    found: &[Move],
) -> Result<Moved, WebError> {
    let t = visit.t;
    let all = found.iter().find(|going| (going.from, going.to) == route).map_or(0, |going| going.accounts);
    let pages = (all as usize).div_ceil(MOVED_MAX).max(1);
    let view = View { moved_page: view.moved_page.min(pages), ..view.clone() };
    let listed = listed(reader, filter, &view, route)?;
    let list = list_of(&view, &listed);
    let page = |page: usize| format!("{}#moved", View { moved_page: page, ..view.clone() }.url());
    let first = (view.moved_page - 1) * MOVED_MAX;
    let count = |place: usize| t.number(place as i64);
    Ok(Moved {
        from: SegmentChip::new(route.0, t),
        to: SegmentChip::new(route.1, t),
        has_stayed: route.0 == route.1,
        accounts: listed.iter().map(|placed| card(visit, placed, list.as_deref())).collect(),
        shown: t.rows_shown(&count(first + 1), &count(first + listed.len()), &t.number(all)),
        previous: (view.moved_page > 1).then(|| page(view.moved_page - 1)),
        next: (view.moved_page < pages).then(|| page(view.moved_page + 1)),
        close: View { moved: None, ..view.clone() }.url(),
    })
}

/// The accounts of the page of `view` by themselves, with its query; `None` beyond the last.
pub fn page(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    view: &View,
    route: Route,
) -> Result<Option<(String, Vec<AccountId>)>, WebError> {
    let listed = listed(reader, &of_everything(visit, view), view, route)?;
    let accounts: Vec<AccountId> = listed.iter().map(|placed| placed.id).collect();
    Ok((!accounts.is_empty()).then(|| (view.query(), accounts)))
}

fn listed(reader: &Reader<'_>, filter: &Filter, view: &View, route: Route) -> Result<Vec<Placed>, WebError> {
    let first = view.moved_page.saturating_sub(1).saturating_mul(MOVED_MAX) as i64;
    Ok(moved(reader, filter, view.between, route, (MOVED_MAX as i64, first))?)
}
