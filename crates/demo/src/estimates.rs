//! What people have said about an account: potential, ability, target, decision on its segment.

use crate::{
    accounts::{handed_over_on, seed_of},
    cast,
    dice::{Dice, Topic},
    offering::{Group, PRODUCTS},
    people,
    story::{Form, Outlook, Ownership, Renewed, Story},
};
use luotsi_app::import::records::{AbilityRecord, EstimateRecord, OverrideRecord, SalesRecord, TargetRecord};
use luotsi_core::{
    base::Estimator,
    units::{Day, Money, Month},
};
use std::iter::successors;

/// Days before the end from which on anybody wrote anything down: the steering began then.
pub const WRITTEN_DAYS: i64 = 640;

/// Of the groups of an estimate by group, how much of the potential each takes.
const BY_GROUP: [(Group, i64); 3] = [(Group::Concrete, 50), (Group::Aggregates, 35), (Group::Elements, 15)];

const JUSTIFICATIONS: [&str; 6] = [
    "Kohdeluettelo ja tarjouskanta, käyty läpi asiakkaan kanssa.",
    "Viime vuoden liikevaihto ja betonin osuus siitä.",
    "Kilpailijan osuus arvioitu työmaakäynneillä.",
    "Kaksi uutta kohdetta alkaa keväällä.",
    "Asiakkaan oma vuosiennuste.",
    "Kaluston ja henkilöstön perusteella.",
];

/// The days on which the potential was estimated, newest first.
pub fn days(story: &Story, ending: Day) -> Vec<Day> {
    let Outlook::Estimated { days_ago, renewed, .. } = story.outlook else { return Vec::new() };
    let apart = match renewed {
        Renewed::First => return vec![ending.plus_days(-days_ago)],
        Renewed::TwiceAYear => 155,
        Renewed::Yearly | Renewed::Raised => 340,
    };
    successors(Some(days_ago), |ago| Some(ago + apart))
        .take_while(|ago| *ago <= WRITTEN_DAYS)
        .map(|ago| ending.plus_days(-ago))
        .collect()
}

/// `sales` are the account's own: a need is what is bought now and the potential on top.
pub fn records(story: &Story, sales: &[SalesRecord], ending: Day, seed: u64) -> Vec<EstimateRecord> {
    let Outlook::Estimated { potential_euros, by, form, renewed, .. } = story.outlook else {
        return Vec::new();
    };
    let mut dice = Dice::new(seed_of(story, seed), u64::from(story.number), Topic::Estimates);
    let groups: Vec<(Option<Group>, i64)> = match form {
        Form::Total => vec![(None, 100)],
        Form::ByGroup => BY_GROUP.iter().map(|(group, percent)| (Some(*group), *percent)).collect(),
    };

    let mut estimates = Vec::new();
    for (nth, day) in days(story, ending).into_iter().enumerate() {
        // Earlier estimates were a little off, none by much.
        let off_percent = match (nth, renewed) {
            (0, _) => 100,
            (_, Renewed::Raised) => 2,
            (_, Renewed::First | Renewed::TwiceAYear | Renewed::Yearly) => dice.around(97, 12),
        };
        let justification = dice.pick(&JUSTIFICATIONS);
        for (group, percent) in &groups {
            let bought = bought_euros(sales, *group, day).max(bought_euros(sales, *group, ending));
            let need = bought + potential_euros * percent / 100 * off_percent / 100;
            estimates.push(EstimateRecord {
                account: story.external_id.clone(),
                group: group.map(|group| group.name().to_owned()),
                yearly_need: Money::euros(rounded(need)),
                estimator: if nth == 0 { by } else { Estimator::Owner },
                person: Some(estimator(story, day, ending).to_owned()),
                day,
                justification: Some(justification.to_owned()),
                known_on: None,
            });
        }
    }
    estimates.reverse();
    estimates
}

/// People say round numbers.
fn rounded(euros: i64) -> i64 {
    let step = if euros < 20_000 { 500 } else { 1_000 };
    (euros + step / 2) / step * step
}

/// Net sales in the twelve whole months before a day.
fn bought_euros(sales: &[SalesRecord], group: Option<Group>, on: Day) -> i64 {
    let last = Month::last_whole(on);
    let window = last.plus(-11).first()..=last.last();
    let cents: i64 = sales
        .iter()
        .filter(|line| window.contains(&line.day))
        .filter(|line| group.is_none() || group_of(line) == group)
        .map(|line| line.net.cents)
        .sum();
    cents.max(0) / 100
}

fn group_of(line: &SalesRecord) -> Option<Group> {
    PRODUCTS.iter().find(|product| Some(product.external_id) == line.product.as_deref())?.group
}

/// Who answered for the account on a day, as far as a person did.
pub fn owner_on(story: &Story, day: Day, ending: Day) -> Option<&str> {
    match &story.owner {
        Ownership::Nobody => None,
        Ownership::Person(owner) => Some(owner),
        Ownership::HandedOver(owner) if handed_over_on(ending) <= day => Some(owner),
        Ownership::LeftBehind | Ownership::HandedOver(_) => {
            (day < people::left_on(ending)).then_some(cast::SELLER_WHO_LEFT)
        }
    }
}

fn estimator(story: &Story, day: Day, ending: Day) -> &str {
    owner_on(story, day, ending).unwrap_or(cast::MANAGER)
}

pub fn ability_records(story: &Story, ending: Day) -> Vec<AbilityRecord> {
    let Some([people, offering, processes, relationship]) = story.ability else { return Vec::new() };
    let at = |days_ago: i64, relationship: u8| {
        let day = ending.plus_days(-days_ago);
        AbilityRecord {
            account: story.external_id.clone(),
            people,
            offering,
            processes,
            relationship,
            person: Some(estimator(story, day, ending).to_owned()),
            day,
            known_on: None,
        }
    };
    let first = at(560 - i64::from(story.number % 40), relationship.saturating_sub(1).max(1));
    let latest = at(260 - i64::from(story.number % 60), relationship);
    match story.number % 3 {
        0 => vec![first, latest],
        _ => vec![at(400 - i64::from(story.number % 90), relationship)],
    }
}

/// For the year of the end and the one before, each set in the December before.
pub fn target_records(story: &Story, ending: Day) -> Vec<TargetRecord> {
    if !story.has_target {
        return Vec::new();
    }
    let aimed_percent = 103 + i64::from(story.number % 9);
    let base_euros = story.yearly_euros.max(40_000);
    [(ending.year() - 1, 96), (ending.year(), 100)]
        .into_iter()
        .filter_map(|(year, percent)| {
            let day = Day::new(year - 1, 12, 8 + (story.number % 10) as i8)?;
            Some(TargetRecord {
                account: story.external_id.clone(),
                year,
                target: Money::euros(rounded(base_euros * aimed_percent / 100 * percent / 100)),
                person: Some(estimator(story, day, ending).to_owned()),
                day,
                known_on: None,
            })
        })
        .collect()
}

pub fn override_records(story: &Story, ending: Day) -> Vec<OverrideRecord> {
    let Some(decision) = story.decision else { return Vec::new() };
    let by = |days_ago: i64, segment, reason: &str| {
        let from = ending.plus_days(-days_ago);
        OverrideRecord {
            account: story.external_id.clone(),
            segment,
            reason: Some(reason.to_owned()),
            person: Some(estimator(story, from, ending).to_owned()),
            from,
            review: None,
            known_on: None,
        }
    };
    let taken = by(decision.days_ago, Some(decision.segment), decision.reason);
    let removed = decision.removed_days_ago.map(|days_ago| by(days_ago, None, "Peruste poistui"));
    std::iter::once(taken).chain(removed).collect()
}
