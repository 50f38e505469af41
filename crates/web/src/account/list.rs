//! The list of accounts: where the value is and where care falls behind.

use super::listed::{Asked, Listed, euros_name, owner_name, segment_name, sort_name};
use crate::{
    Web,
    ask::Ask,
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
    extract::{Query, State},
    response::Response,
};
use luotsi_core::{
    base::CustomerState,
    people::{PersonId, Role},
    steering::Side,
    strategy::Segment,
    units::Money,
};
use luotsi_store::{
    Reader,
    account::{
        list::{
            self as accounts, Filter, InSegment, ListRow, ListStanding, Order, OwnedBy, Range, Reach, Sort,
        },
        search,
    },
    people::page::Whose,
    steering::page::count_proposals,
};

const PAGE_SIZE: i64 = 50;

#[derive(Template)]
#[template(path = "account/list.html")]
struct List {
    page: Page,
    count_line: String,
    query: String,
    kept: Vec<Hidden>,
    filters: Vec<Select>,
    chips: Vec<Chip>,
    clear_href: String,
    import_command: Option<&'static str>,
    columns: Vec<Column>,
    rows: Vec<Row>,
    shown_line: String,
    previous: Option<String>,
    next: Option<String>,
}

/// What the filter's form keeps as it is.
pub struct Hidden {
    pub name: &'static str,
    pub value: String,
}

pub struct Select {
    pub name: &'static str,
    pub label: &'static str,
    pub options: Vec<SelectOption>,
}

pub struct SelectOption {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
}

/// A filter in force, as a link that takes it away.
pub struct Chip {
    pub label: String,
    pub href: String,
    pub removes: String,
}

struct Column {
    label: &'static str,
    is_number: bool,
    href: Option<String>,
    order: Option<&'static str>,
    icon: Option<Icon>,
}

struct Row {
    id: String,
    href: String,
    name: String,
    note: Option<&'static str>,
    segment: SegmentChip,
    owner: String,
    current_value: String,
    trend: String,
    potential: String,
    care: String,
    stake: Option<StakeView>,
}

pub async fn list(State(web): State<Web>, Query(asked): Query<Asked>, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| fill(reader, visit, &asked)).await
}

fn fill(reader: &Reader<'_>, visit: &Visit<'_>, asked: &Asked) -> Result<List, WebError> {
    let t = visit.t;
    let offered = offered_for_accounts(visit);
    let listed = Listed::of(asked, &offered, usual_scope(visit));
    let filter = filter(visit, &listed);

    let order = (listed.sort, listed.order);
    let offset = (listed.page - 1) * PAGE_SIZE;
    let (count, rows) = accounts::page(reader, &filter, order, PAGE_SIZE, offset)?;
    let count = count.least();
    let industries = accounts::industries(reader)?;
    let own_proposals = count_proposals(reader, &Whose::Of(vec![visit.viewer.id]))?;

    let scopes =
        listed.scope.choices(visit, &offered, |scope| Listed { scope, page: 1, ..listed.clone() }.url());
    let last = offset + rows.len() as i64;
    let turned = |page: i64| Listed { page, ..listed.clone() }.url();
    Ok(List {
        page: visit.page(Section::Accounts, t.accounts(), own_proposals, scopes),
        count_line: t.accounts_count(count),
        query: listed.text.clone(),
        kept: kept(&listed),
        filters: filters(visit, &listed, &industries),
        chips: chips(visit, &listed, Listed::url),
        clear_href: listed.cleared().url(),
        import_command: (count == 0 && !listed.is_filtered() && listed.scope == Scope::All)
            .then_some("luotsi import accounts"),
        columns: columns(visit, &listed),
        shown_line: t.rows_shown(&t.number(offset + 1), &t.number(last), &t.number(count)),
        rows: rows.iter().map(|found| row(visit, found)).collect(),
        previous: (listed.page > 1).then(|| turned(listed.page - 1)),
        next: (last < count).then(|| turned(listed.page + 1)),
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
        current_value: listed.current_value,
        potential: listed.potential,
        reach: listed.reach,
        care: None,
        words: search::words(&listed.text),
    }
}

fn kept(listed: &Listed) -> Vec<Hidden> {
    let mut kept = vec![
        Hidden { name: "scope", value: listed.scope.name() },
        Hidden { name: "sort", value: sort_name(listed.sort, listed.order) },
    ];
    kept.extend(listed.limits().into_iter().map(|(name, limit)| Hidden { name, value: euros_name(limit) }));
    match listed.reach {
        Reach::Everything => (),
        Reach::Base => kept.push(Hidden { name: "base", value: "yes".to_owned() }),
    }
    kept
}

pub fn filters(visit: &Visit<'_>, listed: &Listed, industries: &[String]) -> Vec<Select> {
    let t = visit.t;
    let option = |value: String, label: &str, chosen: &Option<String>| SelectOption {
        is_chosen: chosen.as_ref() == Some(&value),
        label: label.to_owned(),
        value,
    };

    let segment = listed.segment.map(|segment| segment_name(segment).to_owned());
    let segments = Segment::ALL.into_iter().map(Some).chain([None]).map(|each| {
        let value = each.map_or(InSegment::NotAssessed, InSegment::Segment);
        option(segment_name(value).to_owned(), t.segment_name(each), &segment)
    });
    let state = listed.state.map(|state| state.name().to_owned());
    let states = [CustomerState::Customer, CustomerState::Former, CustomerState::Prospect]
        .map(|each| option(each.name().to_owned(), t.customer_state_name(each), &state));
    let owner = listed.owner.map(owner_name);
    let owners = active_people(visit)
        .into_iter()
        .map(|(person, name)| option(person.0.to_string(), &name, &owner))
        .chain([option(owner_name(OwnedBy::Nobody), t.owner_none(), &owner)]);
    let of_industries = industries.iter().map(|each| option(each.clone(), each, &listed.industry));

    vec![
        Select { name: "segment", label: t.segment(), options: segments.collect() },
        Select { name: "owner", label: t.owner(), options: owners.collect() },
        Select { name: "state", label: t.customer_state(), options: states.into() },
        Select { name: "industry", label: t.industry(), options: of_industries.collect() },
    ]
}

fn active_people(visit: &Visit<'_>) -> Vec<(PersonId, String)> {
    let people = &visit.base.company.people.people;
    let mut active: Vec<_> = people
        .iter()
        .filter(|person| person.on(visit.today).is_some_and(|version| version.is_active))
        .map(|person| (person.id, person.name.clone()))
        .collect();
    active.sort_by_key(|(_, name)| luotsi_store::account::name_sort(name));
    active
}

pub fn chips(visit: &Visit<'_>, listed: &Listed, href: impl Fn(&Listed) -> String) -> Vec<Chip> {
    let t = visit.t;
    let chip = |label: String, without: Listed| Chip {
        removes: t.remove_filter(&label),
        label,
        href: href(&Listed { page: 1, ..without }),
    };
    let mut chips = Vec::new();
    if !listed.text.is_empty() {
        chips.push(chip(listed.text.clone(), Listed { text: String::new(), ..listed.clone() }));
    }
    if let Some(segment) = listed.segment {
        let label = match segment {
            InSegment::NotAssessed => t.segment_none(),
            InSegment::Segment(segment) => t.segment_name(Some(segment)),
        };
        chips.push(chip(label.to_owned(), Listed { segment: None, ..listed.clone() }));
    }
    if let Some(owner) = listed.owner {
        let label = match owner {
            OwnedBy::Nobody => t.owner_none().to_owned(),
            OwnedBy::Person(person) => visit.person_name(Some(person)),
        };
        chips.push(chip(label, Listed { owner: None, ..listed.clone() }));
    }
    if let Some(state) = listed.state {
        let label = t.customer_state_name(state).to_owned();
        chips.push(chip(label, Listed { state: None, ..listed.clone() }));
    }
    if let Some(industry) = &listed.industry {
        chips.push(chip(industry.clone(), Listed { industry: None, ..listed.clone() }));
    }
    if listed.current_value != Range::ANY {
        let label = range(t, t.current_value(), listed.current_value);
        chips.push(chip(label, Listed { current_value: Range::ANY, ..listed.clone() }));
    }
    if listed.potential != Range::ANY {
        let label = range(t, t.potential_value(), listed.potential);
        chips.push(chip(label, Listed { potential: Range::ANY, ..listed.clone() }));
    }
    match listed.reach {
        Reach::Everything => (),
        Reach::Base => chips
            .push(chip(t.only_in_base().to_owned(), Listed { reach: Reach::Everything, ..listed.clone() })),
    }
    chips
}

fn range(t: Texts, what: &str, range: Range) -> String {
    let money = |limit: Money| t.money(limit);
    match (range.min.map(money), range.max.map(money)) {
        (Some(min), Some(max)) => t.range_between(what, &min, &max),
        (Some(min), None) => t.range_from(what, &min),
        (None, Some(max)) => t.range_below(what, &max),
        (None, None) => what.to_owned(),
    }
}

fn columns(visit: &Visit<'_>, listed: &Listed) -> Vec<Column> {
    let t = visit.t;
    let plain = |label: &'static str, is_number: bool| Column {
        label,
        is_number,
        href: None,
        order: None,
        icon: None,
    };
    let sorted = |label: &'static str, sort: Sort| {
        let first = if sort == Sort::Name { Order::Ascending } else { Order::Descending };
        let is_here = listed.sort == sort;
        let next = if is_here { turned(listed.order) } else { first };
        let (order, icon) = match listed.order {
            Order::Ascending => ("ascending", Icon("arrow-up")),
            Order::Descending => ("descending", Icon("arrow-down")),
        };
        Column {
            label,
            is_number: !matches!(sort, Sort::Name | Sort::Segment | Sort::State | Sort::Industry),
            href: Some(Listed { sort, order: next, page: 1, ..listed.clone() }.url()),
            order: is_here.then_some(order),
            icon: is_here.then_some(icon),
        }
    };
    vec![
        sorted(t.account(), Sort::Name),
        sorted(t.segment(), Sort::Segment),
        plain(t.owner(), false),
        sorted(t.current_value(), Sort::CurrentValue),
        sorted(t.trend(), Sort::Trend),
        sorted(t.potential_value(), Sort::PotentialValue),
        sorted(t.care_kept(), Sort::Care),
        sorted(t.euros_open(), Sort::Stake),
    ]
}

fn turned(order: Order) -> Order {
    match order {
        Order::Ascending => Order::Descending,
        Order::Descending => Order::Ascending,
    }
}

fn row(visit: &Visit<'_>, found: &ListRow) -> Row {
    let t = visit.t;
    let none = || t.none().to_owned();
    let standing = found.standing.as_ref();
    let is_active = standing.is_none_or(|standing| standing.is_active);
    Row {
        id: found.id.0.to_string(),
        href: format!("/accounts/{}", found.id.0),
        name: found.name.clone(),
        note: (!is_active).then(|| t.inactive()),
        segment: SegmentChip::new(standing.and_then(|standing| standing.segment), t),
        owner: match standing.and_then(|standing| standing.owner) {
            Some(owner) => visit.person_name(Some(owner)),
            None => t.owner_none().to_owned(),
        },
        current_value: standing.map_or_else(none, |standing| t.money(standing.current_value)),
        trend: standing
            .and_then(|standing| standing.trend_millionths)
            .map_or_else(none, |trend| t.change(trend)),
        potential: standing.and_then(|standing| standing.potential).map_or_else(none, |value| t.money(value)),
        care: standing.and_then(kept_share).map_or_else(none, |share| t.percent(share)),
        stake: standing.and_then(|standing| larger_stake(visit, standing)),
    }
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
