//! The hours a year that the care models ask of each person, against the hours the person has for customers.

use super::{model_in_force, promised};
use crate::{
    base::{Company, CustomerState, Facts},
    people::{PersonNo, TeamMember},
    segmentation::History,
    strategy::{CareLine, CareModel, CareRule, Segment, Strategy},
    units::Day,
};
use std::collections::BTreeMap;

/// Minutes a year that the account's care model asks of each person who answers for a line on `on`; what nobody can
/// answer for is left out.
pub fn minutes_asked(
    facts: &Facts,
    on: Day,
    history: &History,
    state: CustomerState,
    company: &Company,
) -> BTreeMap<PersonNo, i64> {
    let Some((model, entered)) = model_in_force(history, state, company.strategies.on(on)) else {
        return BTreeMap::new();
    };
    let owner = facts.account.on(on).and_then(|version| version.owner);
    let mut asked = BTreeMap::new();
    for (line, minutes) in minutes_by_line(model, entered, on) {
        if let Some(person) = company.people.who_answers(line.answering, owner, &facts.team, on) {
            *asked.entry(person).or_default() += minutes;
        }
    }
    asked
}

/// Accounts as far as it matters for what their care asks of whom: those alike are counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    pub segment: Segment,
    pub state: CustomerState,
    pub owner: Option<PersonNo>,
    /// They came into the segment this year.
    pub is_entering: bool,
    /// Who belongs to them besides the owner.
    pub team: Vec<TeamMember>,
    pub accounts: i64,
}

/// Minutes a year that a strategy asks of each person for accounts as they are on `on`. Of accounts in Efficiency it is
/// the segment, not the first order, that says when an entering line began.
pub fn minutes_asked_of(
    alike: &[Alike],
    strategy: &Strategy,
    on: Day,
    company: &Company,
) -> BTreeMap<PersonNo, i64> {
    let mut asked = BTreeMap::new();
    for accounts in alike {
        let Some(model) = promised(accounts.segment, accounts.state, strategy) else { continue };
        let entered = if accounts.is_entering { on } else { Day::MIN };
        for (line, minutes) in minutes_by_line(model, entered, on) {
            let person = company.people.who_answers(line.answering, accounts.owner, &accounts.team, on);
            if let Some(person) = person {
                *asked.entry(person).or_default() += minutes * accounts.accounts;
            }
        }
    }
    asked
}

/// Times and minutes a year that a strategy asks for the accounts of each segment.
pub fn asked_by_segment(alike: &[Alike], strategy: &Strategy, on: Day) -> BTreeMap<Segment, (i64, i64)> {
    let mut asked: BTreeMap<Segment, (i64, i64)> = BTreeMap::new();
    for accounts in alike {
        let Some(model) = promised(accounts.segment, accounts.state, strategy) else { continue };
        let entered = if accounts.is_entering { on } else { Day::MIN };
        let (times, minutes) = asked.entry(accounts.segment).or_default();
        for (line, asked) in minutes_by_line(model, entered, on) {
            *times += asked / i64::from(line.minutes).max(1) * accounts.accounts;
            *minutes += asked * accounts.accounts;
        }
    }
    asked
}

/// What each line of a model asks of the year of `on`: an entering line once, in the year of entering.
fn minutes_by_line(model: &CareModel, entered: Day, on: Day) -> impl Iterator<Item = (&CareLine, i64)> {
    model.lines.iter().map(move |line| {
        let times = match line.rule {
            CareRule::Rhythm { per_year, .. } => per_year,
            CareRule::Entering { times, .. } if entered.year() == on.year() => times,
            CareRule::Entering { .. } => 0,
        };
        (line, i64::from(times) * i64::from(line.minutes))
    })
}

/// A person's hours a year with customers: those asked, and those there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    pub person: PersonNo,
    pub minutes_asked: i64,
    /// The person's own customer hours, else those of the strategy.
    pub customer_hours: u32,
}

impl Capacity {
    pub fn is_over(&self) -> bool {
        i64::from(self.customer_hours) * 60 < self.minutes_asked
    }
}

/// The capacity of everybody who is active on `on`, by the minutes asked of each.
pub fn capacities(asked: &BTreeMap<PersonNo, i64>, on: Day, company: &Company) -> Vec<Capacity> {
    let usual = company.strategies.on(on).customer_hours;
    let everybody = (0..company.people.people.len() as u32).map(PersonNo);
    everybody
        .filter_map(|person| Some((person, company.people.on(person, on)?)))
        .filter(|(_, version)| version.is_active)
        .map(|(person, version)| Capacity {
            person,
            minutes_asked: asked.get(&person).copied().unwrap_or(0),
            customer_hours: version.customer_hours.unwrap_or(usual),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy::{Segment, Strategy};

    fn check(segment: Segment, entered: i16, expected: i64) {
        let strategy = Strategy::default();
        let model = strategy.care_model(segment).unwrap();
        let day = |year| Day::new(year, 3, 1).unwrap();

        let minutes: i64 = minutes_by_line(model, day(entered), day(2026)).map(|(_, minutes)| minutes).sum();

        assert_eq!(minutes, expected, "{segment:?} entered in {entered}");
    }

    #[test]
    fn a_model_asks_its_rhythms_every_year_and_its_entering_lines_in_the_first() {
        check(Segment::Efficiency, 2024, 15 + 4 * 5);
        check(Segment::Strategic, 2025, 12 * 120 + 2 * 180 + 4 * 120 + 2 * 15);
        check(Segment::Strategic, 2026, 12 * 120 + 2 * 180 + 4 * 120 + 2 * 15 + 240);
        check(Segment::Acquisition, 2025, 4 * 15 + 120);
        check(Segment::Acquisition, 2026, 4 * 15 + 120 + 8 * 15);
    }

    #[test]
    fn accounts_alike_are_asked_for_together_and_those_without_a_promise_for_nothing() {
        let strategy = Strategy::default();
        let alike = |state, accounts| Alike {
            segment: Segment::Efficiency,
            state,
            owner: None,
            is_entering: false,
            team: Vec::new(),
            accounts,
        };
        let on = Day::new(2026, 11, 23).unwrap();

        let asked = asked_by_segment(
            &[alike(CustomerState::Customer, 10), alike(CustomerState::Former, 90)],
            &strategy,
            on,
        );

        assert_eq!(asked[&Segment::Efficiency], (10 * 5, 10 * (15 + 4 * 5)));
    }

    #[test]
    fn one_minute_more_than_there_is_time_for_is_too_much() {
        let capacity = |minutes_asked| Capacity { person: PersonNo(0), minutes_asked, customer_hours: 1200 };

        assert!(!capacity(72_000).is_over());
        assert!(capacity(72_001).is_over());
    }
}
