//! Everything that happened with an account and what is planned, told in rows; which of it, the URL says.

use super::{
    filters::{Hidden, Select, SelectOption},
    happening::{EventRow, Telling},
    view::{AccountView, Period},
};
use crate::{error::WebError, page::Choice, web::Visit};
use luotsi_core::{
    account::AccountId,
    base::Facts,
    people::{PersonId, PersonNo},
    units::Day,
};
use luotsi_store::{
    Reader,
    timeline::{Sought, Strand, page},
};
use std::collections::BTreeSet;

const PAGE_SIZE: usize = 20;
/// So many years back there is a choice for each; older ones are found by turning pages.
const YEARS: i16 = 3;

/// Drawn by `account/timeline.html`.
pub struct Timeline {
    /// What it can be told in parts by.
    pub strands: Vec<Choice>,
    pub filters: Vec<Select>,
    /// What the form keeps as it is.
    pub kept: Vec<Hidden>,
    pub action: String,
    pub rows: Vec<EventRow>,
    /// All of it, where it is filtered.
    pub cleared: Option<String>,
    pub newest: Option<String>,
    pub older: Option<String>,
}

pub fn timeline(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    (id, facts): (AccountId, &Facts),
    view: &AccountView,
) -> Result<Timeline, WebError> {
    let (from, until) = view.period.map_or((Day::MIN, Day::MAX), |period| period.days(visit.today));
    let sought = Sought {
        account: id,
        strands: view.strands.clone(),
        person: view.person,
        from,
        until,
        after: view.after,
    };
    let leaf = page(reader, &sought, &visit.zone, PAGE_SIZE)?;
    let telling = Telling::load(reader, visit, id, &leaf.happenings)?;
    let turned = |view: AccountView| format!("{}#timeline", view.url(id));
    Ok(Timeline {
        strands: strands(visit, id, view),
        filters: vec![persons(visit, facts, view), periods(visit, view)],
        kept: kept(view),
        action: format!("/accounts/{}#timeline", id.0),
        rows: leaf.happenings.iter().map(|happening| telling.row(happening)).collect(),
        cleared: view.is_filtered().then(|| turned(view.cleared())),
        newest: view.after.is_some().then(|| turned(view.first_page())),
        older: leaf.next.map(|next| turned(AccountView { after: Some(next), ..view.first_page() })),
    })
}

/// Each turns itself on and off.
fn strands(visit: &Visit<'_>, id: AccountId, view: &AccountView) -> Vec<Choice> {
    let choice = |strand: Strand| {
        let is_here = view.strands.contains(&strand);
        let mut strands: BTreeSet<Strand> = view.strands.iter().copied().collect();
        if !strands.remove(&strand) {
            strands.insert(strand);
        }
        let turned = AccountView { strands: strands.into_iter().collect(), ..view.first_page() };
        Choice {
            label: visit.t.strand(strand).to_owned(),
            href: format!("{}#timeline", turned.url(id)),
            is_here,
        }
    };
    Strand::ALL.into_iter().map(choice).collect()
}

/// Those who have had to do with the account, and who is looked for.
fn persons(visit: &Visit<'_>, facts: &Facts, view: &AccountView) -> Select {
    let people = &visit.base.company.people;
    let owners = facts.account.versions.iter().filter_map(|version| version.owner);
    let members = facts.team.iter().map(|member| member.person);
    let doers = facts.activities.iter().filter_map(|activity| activity.person);
    let numbers: BTreeSet<PersonNo> = owners.chain(members).chain(doers).collect();
    let mut there: Vec<(PersonId, String)> = numbers
        .into_iter()
        .filter_map(|number| people.get(number))
        .map(|person| (person.id, person.name.clone()))
        .collect();
    if let Some(person) = view.person.filter(|person| there.iter().all(|(id, _)| id != person)) {
        there.push((person, visit.person_name(Some(person))));
    }
    there.sort_by_cached_key(|(_, name)| luotsi_store::account::name_sort(name));
    let option = |(id, label): (PersonId, String)| SelectOption {
        value: id.0.to_string(),
        label,
        is_chosen: view.person == Some(id),
    };
    Select {
        name: "person",
        label: visit.t.who_did(),
        any: Some(visit.t.any()),
        options: there.into_iter().map(option).collect(),
    }
}

fn periods(visit: &Visit<'_>, view: &AccountView) -> Select {
    let t = visit.t;
    let this_year = visit.today.year();
    let near = [
        (Period::Month, t.period_month().to_owned()),
        (Period::Quarter, t.period_quarter().to_owned()),
        (Period::Year, t.period_year().to_owned()),
    ];
    let years =
        (0..YEARS).map(|back| (Period::CalendarYear(this_year - back), (this_year - back).to_string()));
    let offered: Vec<(Period, String)> = near.into_iter().chain(years).collect();
    let other = view.period.filter(|period| offered.iter().all(|(each, _)| each != period));
    let options = offered.into_iter().chain(other.map(|period| (period, period.name())));
    let option = |(period, label): (Period, String)| SelectOption {
        value: period.name(),
        label,
        is_chosen: view.period == Some(period),
    };
    Select { name: "period", label: t.period(), any: Some(t.any()), options: options.map(option).collect() }
}

fn kept(view: &AccountView) -> Vec<Hidden> {
    let pairs =
        view.first_page().pairs().into_iter().filter(|(name, _)| !["person", "period"].contains(name));
    pairs.map(|(name, value)| Hidden { name, value }).collect()
}
