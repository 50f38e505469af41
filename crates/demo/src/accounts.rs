//! The accounts as the customer master has them: who they are, whose they are, who is around them.

use crate::{
    cast,
    dice::{Dice, Topic},
    drawn, names, people,
    story::{Life, Ownership, Story},
};
use luotsi_app::import::records::{AccountRecord, TeamMemberRecord};
use luotsi_core::{people::Role, strategy::Segment, units::Day};

/// One block of accounts in which a group of companies stands: its parent, then its subsidiaries.
pub const BLOCK: u32 = 40;
pub const PARENT_PLACE: u32 = 25;
pub const SUBSIDIARY_PLACES: [u32; 2] = [26, 27];

/// Days after the seller left on which most of the accounts got another owner.
const HANDED_OVER_AFTER_DAYS: i64 = 5;

pub fn handed_over_on(ending: Day) -> Day {
    people::left_on(ending).plus_days(HANDED_OVER_AFTER_DAYS)
}

pub fn story(number: u32, accounts: u32, seed: u64) -> Story {
    cast::story(number).unwrap_or_else(|| drawn::story(number, accounts, seed))
}

pub fn external_id(number: u32) -> String {
    format!("{}", 10_001 + number)
}

/// The parent of a subsidiary, when it stands among the accounts and is not one of the cast.
pub fn parent_of(number: u32, accounts: u32) -> Option<String> {
    let parent = number / BLOCK * BLOCK + PARENT_PLACE;
    let is_subsidiary = SUBSIDIARY_PLACES.contains(&(number % BLOCK));
    (is_subsidiary && parent < accounts).then(|| external_id(parent))
}

/// The account as it was for all time, then each change with the day it was known.
pub fn records(story: &Story, ending: Day, seed: u64) -> Vec<AccountRecord> {
    let first = first_record(story, seed);
    let mut records = vec![first.clone()];
    match &story.owner {
        Ownership::HandedOver(owner) => records.push(AccountRecord {
            owner: Some(owner.clone()),
            known_on: Some(handed_over_on(ending)),
            ..first.clone()
        }),
        Ownership::Nobody | Ownership::Person(_) | Ownership::LeftBehind => {}
    }
    match story.life {
        Life::Active => {}
        Life::Ended { days_ago } => records.push(AccountRecord {
            is_active: false,
            known_on: Some(ending.plus_days(-days_ago)),
            ..first
        }),
    }
    records.sort_by_key(|record| record.known_on);
    records
}

fn first_record(story: &Story, seed: u64) -> AccountRecord {
    let mut dice = Dice::new(seed_of(story, seed), u64::from(story.number), Topic::Identity);
    let (city, postal_code) = names::town(&mut dice);
    AccountRecord {
        external_id: story.external_id.clone(),
        name: story.name.clone(),
        business_id: Some(names::business_id(u64::from(story.number))),
        parent: story.parent.clone(),
        industry: Some(story.industry.name().to_owned()),
        size_class: story.size_class.map(|class| class.name().to_owned()),
        owner: match &story.owner {
            Ownership::Nobody => None,
            Ownership::Person(owner) => Some(owner.clone()),
            Ownership::LeftBehind | Ownership::HandedOver(_) => Some(cast::SELLER_WHO_LEFT.to_owned()),
        },
        street: Some(names::street(&mut dice)),
        postal_code: Some(postal_code.to_owned()),
        city: Some(city.to_owned()),
        country: Some("FI".to_owned()),
        is_active: true,
        known_on: None,
    }
}

/// The cast is the same whatever the seed.
pub fn seed_of(story: &Story, seed: u64) -> u64 {
    match (story.number as usize) < cast::ACCOUNTS.len() {
        true => 0,
        false => seed,
    }
}

/// Strategic accounts, those by decision too, have a team around them.
pub fn team_records(story: &Story, ending: Day) -> Vec<TeamMemberRecord> {
    let by_decision = story.decision.filter(|decision| decision.segment == Segment::Strategic);
    if story.aim != Some(Segment::Strategic) && by_decision.is_none() {
        return Vec::new();
    }
    let from = ending.plus_days(-by_decision.map_or(700, |decision| decision.days_ago));
    let member = |person: &str, role: Role, until: Option<Day>| TeamMemberRecord {
        account: story.external_id.clone(),
        person: person.to_owned(),
        role,
        from: Some(from),
        until,
        known_on: None,
    };
    let mut team = vec![
        member(cast::KAM, Role::Kam, None),
        member(cast::INSIDE_SALES, Role::InsideSales, None),
        member(cast::MANAGER, Role::Manager, None),
    ];
    if story.number.is_multiple_of(2) && from < people::left_on(ending) {
        team.push(member(cast::SELLER_WHO_LEFT, Role::Seller, Some(people::left_on(ending))));
    }
    team
}
