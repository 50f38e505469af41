//! Everybody who would go one way with other thresholds, a page at a time.

use super::{
    MOVERS,
    preview::{Mover, in_address, mover, worth},
    query, with_thresholds,
};
use crate::{
    Web,
    account::{Shown, Turn, among},
    ask::Ask,
    change::Typed,
    error::WebError,
    page::{Page, Section},
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_app::strategy::THRESHOLD_KEYS;
use luotsi_core::{
    account::AccountId,
    segmentation::{Placed, Preview, Sum, Way},
    strategy::{Segment, Thresholds},
};
use luotsi_store::{Reader, account::list::some, steering::each_placed};
use std::collections::HashMap;

const PAGE_SIZE: usize = 50;

#[derive(Template)]
#[template(path = "strategy/movers.html")]
struct Movers {
    page: Page,
    line: String,
    back: String,
    rows: Vec<Mover>,
    shown: String,
    previous: Option<String>,
    next: Option<String>,
}

/// Where those who go one way are told.
pub fn address(thresholds: Thresholds, (from, to): Way, page: usize) -> String {
    format!("{MOVERS}?{}", query_of(thresholds, (from, to), page))
}

fn query_of(thresholds: Thresholds, (from, to): Way, page: usize) -> String {
    let page = if page > 1 { format!("&page={page}") } else { String::new() };
    format!("{}&from={}&to={}{page}", query(thresholds), in_address(from), in_address(to))
}

pub async fn movers(State(web): State<Web>, ask: Ask) -> Response {
    let query = ask.url.split_once('?').map_or_else(String::new, |(_, query)| query.to_owned());
    let asked = Typed::parse(query.as_bytes());
    web.page(ask, move |reader, visit| draw(reader, &visit.still(), &asked)).await
}

/// Those who would go one way with other thresholds, the largest first.
struct Going {
    thresholds: Thresholds,
    way: Way,
    found: Vec<Placed>,
    sum: Sum,
}

/// `None`: no thresholds or no way are asked for.
fn going(reader: &Reader<'_>, visit: &Visit<'_>, asked: &Typed) -> Result<Option<Going>, WebError> {
    let in_force = visit.base.company.strategies.on(visit.today);
    let are_given = THRESHOLD_KEYS.iter().all(|name| asked.opt(name).is_some());
    let thresholds = with_thresholds(in_force, asked).ok().filter(|_| are_given);
    let thresholds = thresholds.and_then(|strategy| strategy.thresholds.complete());
    let way = segment(asked.text("from")).zip(segment(asked.text("to")));
    let (Some(thresholds), Some(way)) = (thresholds, way) else { return Ok(None) };

    let preview = Preview::of(thresholds, in_force.thresholds.complete());
    let mut going = Going { thresholds, way, found: Vec::new(), sum: Sum::default() };
    each_placed(reader, visit.on(), |placed| {
        if preview.way(&placed) == Some(way) {
            going.sum.add(&placed);
            going.found.push(placed);
        }
    })?;
    going.found.sort_by_key(Placed::size);
    Ok(Some(going))
}

impl Going {
    /// The accounts of a page, from 1.
    fn page(&self, page: usize) -> &[Placed] {
        self.found.chunks(PAGE_SIZE).nth(page - 1).unwrap_or_default()
    }
}

fn page_of(asked: &Typed) -> usize {
    asked.text("page").parse::<usize>().unwrap_or(1).max(1)
}

/// The page before or behind that of the query of an address, with its own query.
pub fn turned(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    query: &str,
    turn: Turn,
) -> Result<Option<(String, Vec<AccountId>)>, WebError> {
    let asked = Typed::parse(query.as_bytes());
    let Some(page) = turn.page(page_of(&asked)) else { return Ok(None) };
    let Some(going) = going(reader, visit, &asked)? else { return Ok(None) };
    let accounts: Vec<AccountId> = going.page(page).iter().map(|placed| placed.account).collect();
    Ok((!accounts.is_empty()).then(|| (query_of(going.thresholds, going.way, page), accounts)))
}

fn draw(reader: &Reader<'_>, visit: &Visit<'_>, asked: &Typed) -> Result<Movers, WebError> {
    let t = visit.t;
    let going = going(reader, visit, asked)?.ok_or(WebError::NotFound)?;
    let Going { thresholds, way, ref found, sum } = going;
    let pages = found.len().div_ceil(PAGE_SIZE).max(1);
    let page = page_of(asked).min(pages);
    let first = (page - 1) * PAGE_SIZE;
    let shown = going.page(page);
    let ids: Vec<AccountId> = shown.iter().map(|placed| placed.account).collect();
    let names: HashMap<AccountId, String> =
        some(reader, &ids)?.into_iter().map(|row| (row.id, row.name)).collect();
    let list = Shown::Movers(query_of(thresholds, way, page));
    let list = (1 < ids.len()).then(|| among(&list, ids.iter().copied()));
    let title = t.movers_title(t.segment_name(way.0), t.segment_name(way.1));
    let count = |place: usize| t.number(place as i64);
    Ok(Movers {
        page: visit.page(Section::Settings, &title, Vec::new()),
        line: match found.is_empty() {
            true => t.movers_none().to_owned(),
            false => t.movers_line(sum.accounts, &worth(visit, sum)),
        },
        back: super::address(thresholds),
        shown: t.rows_shown(&count(first + 1), &count(first + shown.len()), &count(found.len())),
        rows: shown.iter().filter_map(|placed| mover(visit, placed, &names, list.as_deref())).collect(),
        previous: (page > 1).then(|| address(thresholds, way, page - 1)),
        next: (page < pages).then(|| address(thresholds, way, page + 1)),
    })
}

/// `none`: not assessed.
fn segment(name: &str) -> Option<Option<Segment>> {
    match name {
        "none" => Some(None),
        name => Segment::parse(name).map(Some),
    }
}
