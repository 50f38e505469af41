//! The hours a year that the care models ask of each person, against the hours there are; as they are, and as another
//! strategy would have them.

use crate::web::Visit;
use luotsi_core::{
    care::{Alike, capacities, minutes_asked_of},
    strategy::Strategy,
    units::Day,
};

pub struct PersonHours {
    pub name: String,
    pub now: String,
    /// Empty: nothing else was asked about.
    pub then: String,
    pub there_are: String,
    /// More is asked than there is time for.
    pub is_over: bool,
    pub is_changed: bool,
}

/// Those of whom anything is asked, who most of it first.
pub fn hours(
    visit: &Visit<'_>,
    alike: &[Alike],
    on: Day,
    now: &Strategy,
    then: Option<&Strategy>,
) -> Vec<PersonHours> {
    let t = visit.t;
    let company = &visit.base.company;
    let asked_now = minutes_asked_of(alike, now, on, company);
    let asked_then = then.map(|then| minutes_asked_of(alike, then, on, company));
    let asked = asked_then.as_ref().unwrap_or(&asked_now);
    let mut found = capacities(asked, on, company);
    found.sort_by_key(|capacity| (std::cmp::Reverse(capacity.minutes_asked), capacity.person));
    let before = |person| asked_now.get(&person).copied().unwrap_or(0);
    found
        .into_iter()
        .filter(|capacity| 0 < capacity.minutes_asked || 0 < before(capacity.person))
        .filter_map(|capacity| {
            let before = before(capacity.person);
            Some(PersonHours {
                name: company.people.get(capacity.person)?.name.clone(),
                now: t.number(whole_hours(before)),
                then: asked_then
                    .as_ref()
                    .map_or_else(String::new, |_| t.number(whole_hours(capacity.minutes_asked))),
                there_are: t.number(i64::from(capacity.customer_hours)),
                is_over: capacity.is_over(),
                is_changed: before != capacity.minutes_asked,
            })
        })
        .collect()
}

/// What is begun must be done.
pub fn whole_hours(minutes: i64) -> i64 {
    (minutes + 59) / 60
}
