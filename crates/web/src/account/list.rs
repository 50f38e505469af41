//! The list of accounts: where the value is and where care falls behind.

use super::{
    columns::{Columns, is_number, label, sort},
    filters::{Chip, Hidden, Select, chips, filters, first_order, kept, limits, order_choice, unmet_choice},
    listed::{Asked, Listed},
    saved::Views,
    view::{AccountView, address},
};
use crate::{
    Web, answer,
    ask::Ask,
    change::{Attempt, Field},
    empty::Empty,
    error::WebError,
    page::{Page, Section},
    parts::{Icon, SegmentChip},
    scope::{Scope, offered_for_accounts},
    steering::{StakeView, stake},
    texts::Texts,
    web::Visit,
};
use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use luotsi_app::export::view::Column;
use luotsi_core::{
    people::{
        Role,
        policy::{self, Action, scope},
    },
    steering::Side,
};
use luotsi_store::{
    Reader,
    account::{
        list::{self as accounts, Count, Filter, ListRow, ListStanding, Order, Sort},
        search,
    },
};

const PAGE_SIZE: i64 = 50;

#[derive(Template)]
#[template(path = "account/list.html")]
pub struct List {
    page: Page,
    count_line: String,
    query: String,
    kept: Vec<Hidden>,
    filters: Vec<Select>,
    /// From how much on an account is shown, by each value.
    lower_limits: [Field; 2],
    /// A limit was typed that is no amount: its field is shown.
    is_filter_open: bool,
    filters_in_force: usize,
    kept_beside_columns: Vec<Hidden>,
    offered_columns: Vec<OfferedColumn>,
    views: Views,
    csv_href: String,
    csv_why: &'static str,
    chips: Vec<Chip>,
    clear_href: String,
    empty: Empty,
    /// Not the usual ones: they may need more room than a small screen has.
    has_chosen_columns: bool,
    heads: Vec<Head>,
    rows: Vec<Row>,
    selection: Selection,
    shown_line: String,
    previous: Option<String>,
    next: Option<String>,
}

struct OfferedColumn {
    name: &'static str,
    label: &'static str,
    is_chosen: bool,
}

struct Head {
    label: &'static str,
    class: &'static str,
    is_number: bool,
    href: String,
    order: Option<&'static str>,
    icon: Option<Icon>,
}

struct Row {
    id: String,
    href: String,
    name: String,
    note: Option<&'static str>,
    pick: String,
    cells: Vec<Cell>,
}

struct Cell {
    class: &'static str,
    label: &'static str,
    is_number: bool,
    shown: Shown,
}

enum Shown {
    Text(String),
    Segment(SegmentChip),
    Stake(StakeView),
}

/// What can be done with what is ticked, and with all of the view.
struct Selection {
    all_href: String,
    all_label: String,
}

pub async fn list(State(web): State<Web>, asked: Asked, ask: Ask) -> Response {
    let asking = web.clone();
    web.blocking(ask, move |ask| {
        let (response, left) = asking.store().read(|reader| {
            let visit = asking.visit(reader, ask)?;
            let left = asking.lists_left().of(reader, visit.viewer.id)?;
            // Without a wish of its own the list is shown as the person left it.
            if let Some(left) = left.as_deref().filter(|_| asked.is_empty()) {
                return Ok((Redirect::to(&listed(&visit, &Asked::parse(left)).url()).into_response(), None));
            }
            let listed = listed(&visit, &asked);
            let query = listed.first_page().query();
            let html = answer::render(&fill(reader, &visit, listed, &Attempt::none())?)?;
            let is_new = !asked.is_empty() && left.as_deref() != Some(&query);
            Ok::<_, WebError>((answer::page(ask, html), is_new.then_some((visit.viewer.id, query))))
        })?;
        if let Some((person, query)) = left {
            asking.lists_left().note(asking.store(), person, query);
        }
        Ok(response)
    })
    .await
}

/// The view that is asked for, of what the viewer may ask.
pub fn listed(visit: &Visit<'_>, asked: &Asked) -> Listed {
    Listed::of(asked, &offered_for_accounts(visit), usual_scope(visit))
}

pub fn fill(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    listed: Listed,
    attempt: &Attempt,
) -> Result<List, WebError> {
    let t = visit.t;
    let filter = filter(visit, &listed);
    let order = (listed.sort, listed.order);
    let offset = (listed.page - 1) * PAGE_SIZE;
    let (count, rows) = accounts::page(reader, &filter, order, PAGE_SIZE, offset)?;
    let industries = accounts::industries(reader)?;

    let offered = offered_for_accounts(visit);
    let to_scope = |scope| Listed { scope, page: 1, ..listed.clone() }.url();
    let scopes = listed.scope.choices(visit, &offered, to_scope);
    let last = offset + rows.len() as i64;
    let turned = |page: i64| Listed { page, ..listed.clone() }.url();
    let is_last = rows.len() < PAGE_SIZE as usize || count == Count::Exactly(last);
    let chips = chips(visit, &listed, Listed::url);
    let clear_href = listed.cleared().url();
    let empty = match listed.is_filtered() {
        true => Empty::leading(t.accounts_none_found(), t.clear_filters(), &clear_href),
        false => Empty::of_scope(visit, listed.scope, "/accounts?scope=all"),
    };
    let query = listed.first_page().query();
    let opened = AccountView { list: Some(listed.query()), ..AccountView::default() }.query();
    let lower_limits = limits(
        t,
        &listed,
        "filter",
        [
            ("value_min", t.current_value_from(t.currency.sign())),
            ("potential_min", t.potential_from(t.currency.sign())),
        ],
    );
    Ok(List {
        page: visit.page(Section::Accounts, t.accounts(), scopes),
        count_line: count_line(t, count),
        query: listed.text.clone(),
        kept: kept(&listed, |name| {
            !matches!(
                name,
                "q" | "segment"
                    | "owner"
                    | "state"
                    | "industry"
                    | "care"
                    | "unmet"
                    | "value_min"
                    | "potential_min"
                    | "sort"
                    | "page"
            )
        }),
        filters: filters(visit, &listed, &industries)
            .into_iter()
            .chain([order_choice(t, &listed), unmet_choice(t, &listed)])
            .collect(),
        is_filter_open: lower_limits.iter().any(|limit| limit.error.is_some()),
        lower_limits,
        filters_in_force: chips.len() - usize::from(!listed.text.is_empty()),
        kept_beside_columns: kept(&listed, |name| !matches!(name, "columns" | "page")),
        offered_columns: offered_columns(t, &listed.columns),
        views: Views::of(reader, visit, &listed, attempt)?,
        csv_href: format!("/accounts.csv?{query}"),
        csv_why: match scope(visit.viewer.role, Action::ExportData) {
            policy::Scope::All => t.as_csv_why(),
            policy::Scope::Nothing
            | policy::Scope::Own
            | policy::Scope::AccountTeam
            | policy::Scope::Team => t.as_csv_why_own(),
        },
        chips,
        clear_href,
        empty,
        has_chosen_columns: listed.columns != Columns::usual(),
        heads: heads(t, &listed),
        shown_line: t.rows_shown(&t.number(offset + 1), &t.number(last), &counted(t, count)),
        rows: rows.iter().map(|found| row(visit, &listed.columns, &opened, found)).collect(),
        selection: Selection {
            all_href: format!("/accounts/selection?all=yes&{query}"),
            all_label: t.select_all_of_view(&counted(t, count)),
        },
        previous: (listed.page > 1).then(|| turned(listed.page - 1)),
        next: (!is_last).then(|| turned(listed.page + 1)),
    })
}

/// Those who answer for accounts of their own begin with them.
pub fn usual_scope(visit: &Visit<'_>) -> Scope {
    match visit.viewer.role {
        Role::Seller | Role::Kam => Scope::Me,
        Role::Manager
        | Role::InsideSales
        | Role::Marketing
        | Role::Service
        | Role::Management
        | Role::ProcessOwner
        | Role::Admin => Scope::All,
    }
}

pub fn filter(visit: &Visit<'_>, listed: &Listed) -> Filter {
    Filter {
        whose: listed.scope.whose(visit),
        owner: listed.owner,
        segment: listed.segment,
        state: listed.state,
        industry: listed.industry.clone(),
        care: listed.care,
        unmet_since: listed.unmet.map(|unmet| unmet.since(visit.today)),
        current_value: listed.current_value,
        potential: listed.potential,
        reach: listed.reach,
        within: None,
        words: search::words_sought(&listed.text),
    }
}

fn count_line(t: Texts, count: Count) -> String {
    match count {
        Count::Exactly(count) => t.accounts_count(count),
        Count::MoreThan(count) => t.accounts_more_than(&t.number(count)),
    }
}

/// A count as it is said: exactly, or that there are more.
pub fn counted(t: Texts, count: Count) -> String {
    match count {
        Count::Exactly(count) => t.number(count),
        Count::MoreThan(count) => t.more_than(&t.number(count)),
    }
}

fn offered_columns(t: Texts, chosen: &Columns) -> Vec<OfferedColumn> {
    let offered = |column: Column| OfferedColumn {
        name: column.name(),
        label: label(column, t),
        is_chosen: chosen.has(column),
    };
    Column::ALL.into_iter().map(offered).collect()
}

fn heads(t: Texts, listed: &Listed) -> Vec<Head> {
    let name = head(t.account(), "", false, Sort::Name, listed);
    let chosen = listed
        .columns
        .each()
        .map(|column| head(label(column, t), head_class(column), is_number(column), sort(column), listed));
    [name].into_iter().chain(chosen).collect()
}

fn head(label: &'static str, class: &'static str, is_number: bool, sort: Sort, listed: &Listed) -> Head {
    let is_here = sort == listed.sort;
    let order = if is_here { turned(listed.order) } else { first_order(sort) };
    let href = Listed { sort, order, page: 1, ..listed.clone() }.url();
    let (order, icon) = match listed.order {
        Order::Ascending => ("ascending", Icon("arrow-up")),
        Order::Descending => ("descending", Icon("arrow-down")),
    };
    Head { label, class, is_number, href, order: is_here.then_some(order), icon: is_here.then_some(icon) }
}

fn turned(order: Order) -> Order {
    match order {
        Order::Ascending => Order::Descending,
        Order::Descending => Order::Ascending,
    }
}

/// A head is hidden with its column where there is no room for it.
fn head_class(column: Column) -> &'static str {
    if matches!(column, Column::Trend | Column::Owner) { class(column) } else { "" }
}

fn class(column: Column) -> &'static str {
    match column {
        Column::Segment => "accounts__segment",
        Column::Owner => "accounts__owner",
        Column::State | Column::Industry | Column::City | Column::BusinessId => "accounts__word",
        Column::Trend => "accounts__trend",
        Column::CurrentValue
        | Column::PotentialValue
        | Column::ShareOfWallet
        | Column::CustomerTarget
        | Column::LastOrder
        | Column::Care
        | Column::Stake => "accounts__number",
    }
}

fn row(visit: &Visit<'_>, columns: &Columns, opened: &str, found: &ListRow) -> Row {
    let t = visit.t;
    let is_active = found.standing.as_ref().is_none_or(|standing| standing.is_active);
    let cell = |column: Column| Cell {
        class: class(column),
        label: label(column, t),
        is_number: is_number(column),
        shown: shown(visit, column, found),
    };
    Row {
        id: found.id.0.to_string(),
        href: address(found.id, opened),
        name: found.name.clone(),
        note: (!is_active).then(|| t.inactive()),
        pick: t.pick(&found.name),
        cells: columns.each().map(cell).collect(),
    }
}

fn shown(visit: &Visit<'_>, column: Column, found: &ListRow) -> Shown {
    let t = visit.t;
    let standing = found.standing.as_ref();
    let text = match column {
        Column::Segment => {
            return Shown::Segment(SegmentChip::new(standing.and_then(|standing| standing.segment), t));
        }
        Column::Stake => match standing.and_then(|standing| larger_stake(visit, standing)) {
            Some(stake) => return Shown::Stake(stake),
            None => None,
        },
        Column::Owner => Some(match standing.and_then(|standing| standing.owner) {
            Some(owner) => visit.person_name(Some(owner)),
            None => t.owner_none().to_owned(),
        }),
        Column::State => {
            standing.and_then(|standing| standing.state).map(|state| t.customer_state_name(state).to_owned())
        }
        Column::Industry => standing.and_then(|standing| standing.industry.clone()),
        Column::City => found.city.clone(),
        Column::BusinessId => found.business_id.clone(),
        Column::CurrentValue => standing.map(|standing| t.money(standing.current_value)),
        Column::Trend => standing.and_then(|standing| standing.trend_millionths).map(|trend| t.change(trend)),
        Column::PotentialValue => {
            standing.and_then(|standing| standing.potential).map(|value| t.money(value))
        }
        Column::ShareOfWallet => {
            standing.and_then(|standing| standing.share_of_wallet_millionths).map(|share| t.percent(share))
        }
        Column::CustomerTarget => {
            standing.and_then(|standing| standing.customer_target).map(|target| t.money(target))
        }
        Column::LastOrder => standing.and_then(|standing| standing.last_order).map(|day| t.date(day)),
        Column::Care => standing.and_then(kept_share).map(|share| t.percent(share)),
    };
    Shown::Text(text.unwrap_or_else(|| t.none().to_owned()))
}

fn kept_share(standing: &ListStanding) -> Option<i64> {
    (standing.care_lines > 0)
        .then(|| (standing.care_lines_kept as f64 * 1e6 / standing.care_lines as f64).round() as i64)
}

fn larger_stake(visit: &Visit<'_>, standing: &ListStanding) -> Option<StakeView> {
    let (side, amount) = match standing.stake_to_gain <= standing.stake_at_risk {
        true => (Side::AtRisk, standing.stake_at_risk),
        false => (Side::ToGain, standing.stake_to_gain),
    };
    amount.is_positive().then(|| stake(visit.t, side, amount))
}
