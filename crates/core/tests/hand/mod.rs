//! Small companies written down by hand, for tests of the rules.
#![allow(dead_code, clippy::unwrap_used)]

use luotsi_core::{
    account::{Account, AccountId, AccountVersion},
    activity::{Activity, ActivityId, ActivityKind, ActivityState, Direction},
    base::{Company, Estimate, Estimator, Facts, Peers},
    offering::{Group, GroupId, GroupNo, Offering},
    people::{People, Person, PersonId, PersonNo, PersonVersion, Role},
    sales::SalesLine,
    steering::Picture,
    strategy::{GivenThresholds, Strategy, StrategyVersions},
    units::{Day, Known, Money, Month},
};
use uuid::Uuid;

/// Nobody has answered anything.
pub fn picture(facts: &Facts, on: Day, company: &Company) -> Picture {
    luotsi_core::steering::picture(facts, &[], on, company)
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn account() -> Facts {
    let version = AccountVersion {
        from: Day::MIN,
        owner: Some(PersonNo(0)),
        industry: None,
        size_class: None,
        parent: None,
        is_active: true,
    };
    Facts {
        account: Account {
            id: AccountId(Uuid::nil()),
            external_id: "A1".to_owned(),
            name: "Rakennus-Salmi Oy".to_owned(),
            versions: vec![version],
        },
        sales: Vec::new(),
        activities: Vec::new(),
        estimates: Vec::new(),
        abilities: Vec::new(),
        targets: Vec::new(),
        overrides: Vec::new(),
        team: Vec::new(),
    }
}

pub fn person(external_id: &str, role: Role, manager: Option<u32>) -> Person {
    let version = PersonVersion {
        from: Day::MIN,
        role,
        team: None,
        manager: manager.map(PersonNo),
        is_active: true,
        hourly_cost: None,
        customer_hours: None,
    };
    Person {
        id: PersonId(Uuid::nil()),
        external_id: external_id.to_owned(),
        name: external_id.to_owned(),
        versions: vec![version],
    }
}

/// Thresholds 100 000 and 50 000 euros, strategic from 400 000 and 200 000 on.
pub fn company() -> Company {
    let thresholds = GivenThresholds {
        current: Some(Money::euros(100_000)),
        potential: Some(Money::euros(50_000)),
        strategic_current: Some(Money::euros(400_000)),
        strategic_potential: Some(Money::euros(200_000)),
    };
    let group = |name: &str| Group { id: GroupId(Uuid::nil()), name: name.to_owned() };
    Company {
        people: People { people: vec![person("1", Role::Seller, Some(1)), person("2", Role::Manager, None)] },
        offering: Offering { groups: vec![group("aggregates"), group("concrete")] },
        strategies: StrategyVersions::new(Strategy { thresholds, ..Strategy::default() }, Vec::new()),
        peers: Peers::default(),
        first_month: Some(Month::of(day("2024-01-01"))),
        first_watch: Some(day("2025-12-31")),
    }
}

pub fn sale(on: &str, euros: i64) -> SalesLine {
    let on = day(on);
    SalesLine {
        day: on,
        known: Known::since(on),
        group: Some(GroupNo(1)),
        net: Money::euros(euros),
        cost: None,
    }
}

pub fn estimate(on: &str, euros: i64) -> Estimate {
    let on = day(on);
    Estimate {
        group: None,
        yearly_need: Money::euros(euros),
        estimator: Estimator::Owner,
        person: Some(PersonNo(0)),
        day: on,
        known: Known::since(on),
    }
}

pub fn done(kind: ActivityKind, on: &str) -> Activity {
    let on = day(on);
    Activity {
        id: ActivityId(Uuid::nil()),
        kind,
        person: Some(PersonNo(0)),
        day: on,
        minutes: 60,
        state: ActivityState::Done,
        direction: Some(Direction::Out),
        is_unanswered: false,
        known: Known::since(on),
    }
}

pub fn planned(kind: ActivityKind, on: &str) -> Activity {
    Activity { state: ActivityState::Planned, known: Known::ALWAYS, ..done(kind, on) }
}

/// Buys 10 000 euros a month and needs 200 000 a year: Growth since 31 January 2024 at the latest.
pub fn growing() -> Facts {
    let months = (1..=35).map(|month| {
        let (year, month) = (2024 + (month - 1) / 12, (month - 1) % 12 + 1);
        sale(&format!("{year}-{month:02}-10"), 10_000)
    });
    Facts { sales: months.collect(), estimates: vec![estimate("2024-12-31", 200_000)], ..account() }
}

pub fn kinds(picture: &Picture) -> Vec<(&str, &str)> {
    picture.deviations.iter().map(|deviation| (deviation.kind.name(), deviation.subject.as_str())).collect()
}
