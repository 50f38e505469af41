//! What the list of accounts is narrowed down by: the choices that can be made, and those in force as chips.

use super::listed::{Listed, SORTS, Unmet, care_name, owner_name, segment_name, sort_name};
use crate::{
    change::{Attempt, Field},
    scope::Scope,
    texts::Texts,
    web::Visit,
};
use luotsi_app::act::Problem;
use luotsi_core::{
    base::CustomerState,
    people::{Person, PersonId},
    strategy::Segment,
};
use luotsi_store::account::list::{InCare, InSegment, Order, OwnedBy, Range, Reach, Sort};

/// What a form keeps as it is.
pub struct Hidden {
    pub name: &'static str,
    pub value: String,
}

pub struct Select {
    pub name: &'static str,
    pub label: &'static str,
    /// The choice that asks nothing; `None` where there is always one.
    pub any: Option<&'static str>,
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

/// What a form does not ask, it keeps: the parts of the URL that are `kept`.
pub fn kept(listed: &Listed, kept: impl Fn(&str) -> bool) -> Vec<Hidden> {
    let pairs = listed.pairs().into_iter().filter(|(name, _)| kept(name));
    pairs.map(|(name, value)| Hidden { name, value }).collect()
}

pub fn filters(visit: &Visit<'_>, listed: &Listed, industries: &[String]) -> Vec<Select> {
    let t = visit.t;
    let option = |value: String, label: &str, chosen: &Option<String>| SelectOption {
        is_chosen: chosen.as_ref() == Some(&value),
        label: label.to_owned(),
        value,
    };
    let select = |name, label, options| Select { name, label, any: Some(t.any()), options };

    let segment = listed.segment.map(|segment| segment_name(segment).to_owned());
    let segments = Segment::ALL.into_iter().map(Some).chain([None]).map(|each| {
        let value = each.map_or(InSegment::NotAssessed, InSegment::Segment);
        option(segment_name(value).to_owned(), t.segment_name(each), &segment)
    });
    let state = listed.state.map(|state| state.name().to_owned());
    let states = [CustomerState::Customer, CustomerState::Former, CustomerState::Prospect]
        .map(|each| option(each.name().to_owned(), t.customer_state_name(each), &state));
    let owner = listed.owner.map(owner_name);
    // Who has left still owns what nobody else was given.
    let is_left = |person: &PersonId| active_people(visit).all(|active| active.id != *person);
    let left = match listed.owner {
        Some(OwnedBy::Person(person)) => Some(person).filter(is_left),
        Some(OwnedBy::Nobody) | None => None,
    };
    let left = left.map(|person| option(person.0.to_string(), &visit.person_name(Some(person)), &owner));
    let owners = active_people(visit)
        .map(|person| option(person.id.0.to_string(), &person.name, &owner))
        .chain(left)
        .chain([option(owner_name(OwnedBy::Nobody), t.owner_none(), &owner)]);
    let of_industries = industries.iter().map(|each| option(each.clone(), each, &listed.industry));
    let care = listed.care.map(|care| care_name(care).to_owned());
    let cares = [InCare::Late, InCare::Kept]
        .map(|each| option(care_name(each).to_owned(), care_label(t, each), &care));

    vec![
        select("segment", t.segment(), segments.collect()),
        select("owner", t.owner(), owners.collect()),
        select("state", t.customer_state(), states.into()),
        select("industry", t.industry(), of_industries.collect()),
        select("care", t.care(), cares.into()),
    ]
}

/// Who has been left alone for how long.
pub fn unmet_choice(t: Texts, listed: &Listed) -> Select {
    let options = Unmet::ALL.map(|each| SelectOption {
        value: each.name().to_owned(),
        label: unmet_label(t, each).to_owned(),
        is_chosen: listed.unmet == Some(each),
    });
    Select { name: "unmet", label: t.unmet(), any: Some(t.any()), options: options.into() }
}

/// Fields for limits of values, by their names in the URL; `form` begins the ids.
pub fn limits<const N: usize>(
    t: Texts,
    listed: &Listed,
    form: &str,
    labelled: [(&'static str, String); N],
) -> [Field; N] {
    let form = Attempt::none().form(form, "", t);
    let in_force = listed.limits();
    labelled.map(|(name, label)| {
        let limit = in_force.iter().find(|(of, _)| *of == name);
        let limit = limit.map_or_else(String::new, |(_, limit)| t.typed_amount(*limit));
        match listed.unread.iter().find(|(of, _)| *of == name) {
            Some((_, typed)) => {
                Field { error: Some(t.problem(&Problem::NotAnAmount)), ..form.number(name, label, typed) }
            }
            None => form.number(name, label, limit),
        }
    })
}

/// Where the heads of the columns are out of sight, this orders the list.
pub fn order_choice(t: Texts, listed: &Listed) -> Select {
    let usual = SORTS.into_iter().map(|sort| (sort, first_order(sort)));
    let reversed = (listed.order != first_order(listed.sort)).then_some((listed.sort, listed.order));
    let options = usual
        .chain(reversed)
        .map(|(sort, order)| SelectOption {
            value: sort_name(sort, order),
            label: match order == first_order(sort) {
                true => sort_label(t, sort).to_owned(),
                false => t.order_reversed(sort_label(t, sort)),
            },
            is_chosen: (sort, order) == (listed.sort, listed.order),
        })
        .collect();
    Select { name: "sort", label: t.order(), any: None, options }
}

/// Words from their beginning, numbers from the largest.
pub fn first_order(sort: Sort) -> Order {
    match sort {
        Sort::Name | Sort::Owner | Sort::State | Sort::Industry | Sort::City | Sort::BusinessId => {
            Order::Ascending
        }
        Sort::Segment
        | Sort::CurrentValue
        | Sort::Trend
        | Sort::PotentialValue
        | Sort::ShareOfWallet
        | Sort::CustomerTarget
        | Sort::LastOrder
        | Sort::Care
        | Sort::Stake => Order::Descending,
    }
}

fn sort_label(t: Texts, sort: Sort) -> &'static str {
    match sort {
        Sort::Name => t.account(),
        Sort::Segment => t.segment(),
        Sort::Owner => t.owner(),
        Sort::State => t.customer_state(),
        Sort::Industry => t.industry(),
        Sort::City => t.city(),
        Sort::BusinessId => t.business_id(),
        Sort::CurrentValue => t.current_value(),
        Sort::Trend => t.trend(),
        Sort::PotentialValue => t.potential_value(),
        Sort::ShareOfWallet => t.share_of_wallet(),
        Sort::CustomerTarget => t.customer_target(),
        Sort::LastOrder => t.last_order(),
        Sort::Care => t.care_kept(),
        Sort::Stake => t.euros_open(),
    }
}

/// Those who work here, by name.
pub fn active_people<'a>(visit: &'a Visit<'_>) -> impl Iterator<Item = &'a Person> {
    let is_active = |person: &&Person| person.on(visit.today).is_some_and(|version| version.is_active);
    let people = &visit.base.company.people;
    visit.base.people_by_name.iter().filter_map(|number| people.get(*number)).filter(is_active)
}

/// Each chip leads to `href` of the view without it.
pub fn chips(visit: &Visit<'_>, listed: &Listed, href: impl Fn(&Listed) -> String) -> Vec<Chip> {
    let t = visit.t;
    let mut chips = Vec::new();
    let mut chip = |label: String, without: Listed| {
        let removes = t.remove_filter(&label);
        chips.push(Chip { label, href: href(&without.first_page()), removes });
    };
    let all = || listed.clone();
    if let Scope::Person(person) = listed.scope {
        chip(visit.person_name(Some(person)), Listed { scope: Scope::All, ..all() });
    }
    if !listed.text.is_empty() {
        chip(t.quoted(&listed.text), Listed { text: String::new(), ..all() });
    }
    if let Some(segment) = listed.segment {
        let label = match segment {
            InSegment::NotAssessed => t.segment_none(),
            InSegment::Segment(segment) => t.segment_name(Some(segment)),
        };
        chip(label.to_owned(), Listed { segment: None, ..all() });
    }
    if let Some(owner) = listed.owner {
        let label = match owner {
            OwnedBy::Nobody => t.owner_none().to_owned(),
            OwnedBy::Person(person) => visit.person_name(Some(person)),
        };
        chip(label, Listed { owner: None, ..all() });
    }
    if let Some(state) = listed.state {
        chip(t.customer_state_name(state).to_owned(), Listed { state: None, ..all() });
    }
    if let Some(industry) = &listed.industry {
        chip(industry.clone(), Listed { industry: None, ..all() });
    }
    if let Some(care) = listed.care {
        chip(care_label(t, care).to_owned(), Listed { care: None, ..all() });
    }
    if let Some(unmet) = listed.unmet {
        chip(unmet_label(t, unmet).to_owned(), Listed { unmet: None, ..all() });
    }
    if let Some(label) = range_label(t, t.current_value(), listed.current_value) {
        chip(label, Listed { current_value: Range::ANY, ..all() });
    }
    if let Some(label) = range_label(t, t.potential_value(), listed.potential) {
        chip(label, Listed { potential: Range::ANY, ..all() });
    }
    match listed.reach {
        Reach::Everything => (),
        Reach::Base => chip(t.only_in_base().to_owned(), Listed { reach: Reach::Everything, ..all() }),
    }
    chips
}

fn care_label(t: Texts, care: InCare) -> &'static str {
    match care {
        InCare::Kept => t.care_all_kept(),
        InCare::Late => t.care_some_late(),
    }
}

fn unmet_label(t: Texts, unmet: Unmet) -> &'static str {
    match unmet {
        Unmet::Quarter => t.unmet_quarter(),
        Unmet::HalfYear => t.unmet_half_year(),
        Unmet::Year => t.unmet_year(),
    }
}

fn range_label(t: Texts, what: &str, range: Range) -> Option<String> {
    match (range.min, range.max) {
        (None, None) => None,
        (Some(min), None) => Some(t.range_from(what, &t.money(min))),
        (None, Some(max)) => Some(t.range_below(what, &t.money(max))),
        (Some(min), Some(max)) => Some(t.range_between(what, &t.money(min), &t.money(max))),
    }
}
