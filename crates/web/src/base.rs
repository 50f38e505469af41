//! The customer base: where the money is between current and potential value, and who moves from segment to segment.

mod axis;
mod matrix;
mod moves;
mod table;
mod view;

use crate::{
    Web,
    account::{
        Turn,
        filters::{Chip, Hidden, Select, chips, filters, limits, unmet_choice},
        list::{filter, usual_scope},
        listed::{Asked, Listed},
    },
    answer,
    ask::{Ask, Wish},
    change::Field,
    empty::Empty,
    error::WebError,
    page::{Choice, Page, Section},
    parts::SegmentChip,
    scope::offered_for_accounts,
    web::Visit,
};
use askama::Template;
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use luotsi_core::{account::AccountId, strategy::Thresholds};
use luotsi_store::{
    Reader,
    account::list::Range,
    base::page::{self as base, SegmentSum},
};
use matrix::{Axes, Card, Categories, LegendItem, MatrixView, colours};
use moves::{Cell, Moves};
use serde::Deserialize;
use std::hash::{DefaultHasher, Hash, Hasher};
use table::{Conflict, SegmentRow};
use view::View;

#[derive(Template)]
#[template(path = "base/base.html")]
struct Base {
    page: Page,
    count_line: String,
    /// Where there is nothing to draw.
    empty: Option<Empty>,
    kept: Vec<Hidden>,
    filters: Vec<Select>,
    chips: Vec<Chip>,
    clear_href: String,
    colours: Vec<Choice>,
    matrix: MatrixView,
    legend: Vec<LegendItem>,
    unplaced: Option<Choice>,
    no_thresholds: bool,
    selection: Selection,
    segments: Vec<SegmentRow>,
    conflicts: Vec<Conflict>,
    conflicts_beyond: bool,
    moves: Moves,
}

/// The rectangle: its limits as a form, and what is in it.
struct Selection {
    kept: Vec<Hidden>,
    fields: [Field; 4],
    /// A limit was typed that is no amount: its field is shown.
    is_open: bool,
    found: Option<Found>,
}

struct Found {
    accounts: String,
    current_value: String,
    potential: String,
    href: String,
    clear: String,
    by_segment: Vec<(SegmentChip, String)>,
}

pub async fn base(State(web): State<Web>, asked: Asked, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| fill(reader, visit, &view(visit, &asked))).await
}

fn view(visit: &Visit<'_>, asked: &Asked) -> View {
    let listed = Listed::of(asked, &offered_for_accounts(visit), usual_scope(visit));
    View::of(listed, asked, visit.on())
}

/// The page before or behind that of the accounts which the query of an address shows, with its own query. Only those
/// that moved are many.
pub fn turned(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    query: &str,
    turn: Turn,
) -> Result<Option<(String, Vec<AccountId>)>, WebError> {
    let view = view(visit, &Asked::parse(query));
    match (view.moved, turn.page(view.moved_page)) {
        (Some(route), Some(page)) => moves::page(reader, visit, &View { moved_page: page, ..view }, route),
        (_, _) => Ok(None),
    }
}

fn fill(reader: &Reader<'_>, visit: &Visit<'_>, view: &View) -> Result<Base, WebError> {
    let t = visit.t;
    let whole = view.whole();
    let sums = base::sums_by_segment(reader, &filter(visit, &whole))?;
    let axes = Axes::over(&sums, thresholds(visit));
    let categories = Categories::of(reader, visit, view)?;
    let mut conflicts = table::conflicts(reader, visit, view)?;
    let conflicts_beyond = conflicts.len() > table::CONFLICTS_MAX;
    conflicts.truncate(table::CONFLICTS_MAX);

    let scopes = view.listed.scope.choices(visit, &offered_for_accounts(visit), |scope| {
        View { listed: Listed { scope, ..view.listed.clone() }, ..view.clone() }.url()
    });
    Ok(Base {
        page: visit.page(Section::Base, t.whole_base(), scopes),
        count_line: count_line(visit, &sums),
        empty: (sums.is_empty() && !whole.is_filtered_in_base())
            .then(|| Empty::of_scope(visit, view.listed.scope, "/base?scope=all")),
        kept: hidden(view, |name| {
            !matches!(name, "segment" | "owner" | "state" | "industry" | "care" | "unmet" | "q" | "moved")
        }),
        filters: filters(visit, &view.listed, &luotsi_store::account::list::industries(reader)?)
            .into_iter()
            .chain([unmet_choice(t, &view.listed)])
            .collect(),
        chips: chips(visit, &whole.outside_base(), |listed| {
            View { listed: listed.clone(), ..view.clone() }.url()
        }),
        clear_href: View { listed: view.listed.cleared(), moved: None, ..view.clone() }.url(),
        colours: colours(t, view),
        matrix: MatrixView::new(t, view, axes, &sums, &version(visit, view)),
        legend: categories.legend(visit, view, &sums),
        unplaced: unplaced(visit, view, &sums),
        no_thresholds: axes.thresholds.is_none(),
        selection: selection(reader, visit, view)?,
        segments: table::rows(visit, view, &sums),
        conflicts,
        conflicts_beyond,
        moves: Moves::between(reader, visit, view)?,
    })
}

fn thresholds(visit: &Visit<'_>) -> Option<Thresholds> {
    visit.strategy().thresholds.complete()
}

fn count_line(visit: &Visit<'_>, sums: &[SegmentSum]) -> String {
    let t = visit.t;
    let total = table::total(sums);
    format!(
        "{} · {} {} · {} {}",
        t.accounts_count(total.accounts),
        t.current_value().to_lowercase(),
        t.short_money(total.current_value),
        t.potential_value().to_lowercase(),
        t.short_money(total.potential)
    )
}

/// The parts of the view that a form hands on.
fn hidden(view: &View, is_kept: impl Fn(&str) -> bool) -> Vec<Hidden> {
    view.pairs()
        .into_iter()
        .filter(|(name, _)| is_kept(name))
        .map(|(name, value)| Hidden { name, value })
        .collect()
}

/// Accounts without potential have no place in the picture.
fn unplaced(visit: &Visit<'_>, view: &View, sums: &[SegmentSum]) -> Option<Choice> {
    let total = table::total(sums);
    let count = total.accounts - total.with_potential;
    let segment = Some(luotsi_store::account::list::InSegment::NotAssessed);
    (count > 0).then(|| Choice {
        label: visit.t.not_in_picture(count),
        href: Listed { segment, ..view.whole() }.url(),
        is_here: false,
    })
}

fn selection(reader: &Reader<'_>, visit: &Visit<'_>, view: &View) -> Result<Selection, WebError> {
    let t = visit.t;
    let sign = t.currency.sign();
    let found = match view.selected() {
        Some(selected) => Some(found(reader, visit, view, &selected)?),
        None => None,
    };
    Ok(Selection {
        kept: hidden(view, |name| !is_limit(name) && name != "moved"),
        fields: limits(
            t,
            &view.listed,
            "area",
            [
                ("value_min", t.current_value_from(sign)),
                ("value_max", t.current_value_below(sign)),
                ("potential_min", t.potential_from(sign)),
                ("potential_max", t.potential_below(sign)),
            ],
        ),
        is_open: !view.listed.unread.is_empty(),
        found,
    })
}

fn is_limit(name: &str) -> bool {
    matches!(name, "value_min" | "value_max" | "potential_min" | "potential_max")
}

fn found(reader: &Reader<'_>, visit: &Visit<'_>, view: &View, selected: &Listed) -> Result<Found, WebError> {
    let t = visit.t;
    let sums = base::sums_by_segment(reader, &filter(visit, selected))?;
    let total = table::total(&sums);
    let cleared = Listed { current_value: Range::ANY, potential: Range::ANY, ..view.listed.clone() };
    Ok(Found {
        accounts: t.accounts_count(total.accounts),
        current_value: t.money(total.current_value),
        potential: t.money(total.potential),
        href: selected.url(),
        clear: View { listed: cleared, ..view.clone() }.url(),
        by_segment: table::in_order(&sums)
            .map(|sum| (SegmentChip::new(sum.segment, t), t.number(sum.accounts)))
            .collect(),
    })
}

/// The points of the picture, packed; 304 when the browser has them.
pub async fn points(State(web): State<Web>, asked: Asked, ask: Ask) -> Response {
    web.answer(ask, move |reader, visit| {
        let view = view(visit, &asked);
        let version = version(visit, &view);
        match answer::has(visit.ask, &version) {
            true => Ok(answer::tagged(&version, StatusCode::NOT_MODIFIED.into_response())),
            false => Ok(answer::tagged(&version, packed_points(reader, visit, &view)?)),
        }
    })
    .await
}

fn packed_points(reader: &Reader<'_>, visit: &Visit<'_>, view: &View) -> Result<Response, WebError> {
    let filter = filter(visit, &view.whole());
    let axes = Axes::over(&base::sums_by_segment(reader, &filter)?, thresholds(visit));
    let categories = Categories::of(reader, visit, view)?;
    let mut points = Vec::new();
    base::each_point(reader, &filter, |point| points.push((point, categories.category(&point))))?;

    let mut response = Bytes::from(axes.packed(&points)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    Ok(response)
}

#[derive(Debug, Default, Deserialize)]
pub struct AskedOfPoint {
    /// Counted from 0 in the order of the points.
    number: Option<i64>,
    /// The version of the points that were counted.
    v: Option<String>,
}

#[derive(Template)]
#[template(path = "base/card.html")]
struct PointCard {
    t: crate::texts::Texts,
    card: Card,
}

/// Which account a point is; 409 when the points have changed since they were counted.
pub async fn point(
    State(web): State<Web>,
    asked: Asked,
    Wish(of_point): Wish<AskedOfPoint>,
    ask: Ask,
) -> Response {
    web.answer(ask, move |reader, visit| {
        let view = view(visit, &asked);
        if of_point.v.as_deref() != Some(version(visit, &view).as_str()) {
            return Ok(StatusCode::CONFLICT.into_response());
        }
        let number = of_point.number.filter(|number| *number >= 0).ok_or(WebError::NotFound)?;
        let placed = base::nth(reader, &filter(visit, &view.whole()), number)?.ok_or(WebError::NotFound)?;
        let card = PointCard { t: visit.t, card: table::card(visit, &placed, None) };
        Ok(answer::own(Html(answer::render(&card)?).into_response()))
    })
    .await
}

/// Changes whenever the points of this view may have: with each watch, the thresholds and the filter.
fn version(visit: &Visit<'_>, view: &View) -> String {
    let mut hasher = DefaultHasher::new();
    visit.watch.as_ref().map(|watch| watch.id).hash(&mut hasher);
    format!("{:?} {:?}", thresholds(visit), filter(visit, &view.whole())).hash(&mut hasher);
    view.colour.name().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
