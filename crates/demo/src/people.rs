//! The people of the company: the cast, and for a bigger base regional teams of the same make.

use crate::{
    cast::{self, CastPerson},
    dice::{Dice, Topic},
    names,
};
use luotsi_app::import::records::PersonRecord;
use luotsi_core::{
    people::Role,
    units::{Day, Money},
};

/// Customers beyond which the company opens another regional team, and the most it ever has.
const ACCOUNTS_PER_TEAM: u32 = 2_000;
const TEAMS_MAX: u32 = 60;
const SELLERS_PER_TEAM: u32 = 3;

/// Days before the end on which the seller who left was last at work.
pub const LEFT_DAYS_AGO: i64 = 40;

/// The day on which the seller who left was last at work.
pub fn left_on(ending: Day) -> Day {
    ending.plus_days(-LEFT_DAYS_AGO)
}

/// Regional teams besides the cast.
pub fn teams(accounts: u32) -> u32 {
    ((accounts.saturating_sub(1)) / ACCOUNTS_PER_TEAM).min(TEAMS_MAX)
}

/// The external id of a team's seller; `team` counts from 1.
pub fn seller_of(team: u32, nth: u32) -> String {
    format!("{}", 2000 + team * 10 + 1 + nth % SELLERS_PER_TEAM)
}

pub fn inside_sales_of(team: u32) -> String {
    format!("{}", 2000 + team * 10 + 4)
}

/// In order of manager before the managed. The one who left comes twice: as it was, and as it is since.
pub fn records(accounts: u32, ending: Day, seed: u64) -> Vec<PersonRecord> {
    let mut people: Vec<PersonRecord> = cast::PEOPLE.iter().map(of_cast).collect();
    people.extend(
        people.iter().find(|person| person.external_id == cast::SELLER_WHO_LEFT).map(|person| PersonRecord {
            is_active: false,
            known_on: Some(left_on(ending)),
            ..person.clone()
        }),
    );
    people.extend((1..=teams(accounts)).flat_map(|team| of_team(team, seed)));
    people
}

fn of_cast(person: &CastPerson) -> PersonRecord {
    PersonRecord {
        external_id: person.external_id.to_owned(),
        name: person.name.to_owned(),
        email: Some(names::email(person.name, cast::DOMAIN)),
        role: person.role,
        team: Some(person.team.to_owned()),
        manager: person.manager.map(str::to_owned),
        is_active: true,
        hourly_cost: Some(Money::euros(person.hourly_cost_euros)),
        customer_hours: Some(person.customer_hours),
        known_on: None,
    }
}

fn of_team(team: u32, seed: u64) -> Vec<PersonRecord> {
    let mut dice = Dice::new(seed, u64::from(team), Topic::Identity);
    let manager = format!("{}", 2000 + team * 10);
    let mut of_role = |external_id: String, role: Role, manager: &str, hourly_cost_euros: i64| {
        let name = names::person(&mut dice);
        PersonRecord {
            // A namesake elsewhere in a company of hundreds has another address.
            email: Some(names::email(&format!("{name} {external_id}"), cast::DOMAIN)),
            external_id,
            name,
            role,
            team: Some(format!("Alue {team}")),
            manager: Some(manager.to_owned()),
            is_active: true,
            hourly_cost: Some(Money::euros(hourly_cost_euros)),
            customer_hours: Some(1_200),
            known_on: None,
        }
    };

    let mut people = vec![of_role(manager.clone(), Role::Manager, cast::MANAGEMENT, 72)];
    for nth in 0..SELLERS_PER_TEAM {
        people.push(of_role(seller_of(team, nth), Role::Seller, &manager, 54));
    }
    people.push(of_role(inside_sales_of(team), Role::InsideSales, &manager, 41));
    people
}
