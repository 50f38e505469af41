//! What an account bought and cost in a span of whole months.

use super::{Company, Facts};
use crate::{
    activity::Activity,
    sales::SalesLine,
    strategy::{Measure, Strategy},
    units::{Day, Money, Month, Ratio},
};

/// A span of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub first: Day,
    pub last: Day,
}

impl Window {
    /// The 12 whole months ending at the last month end on or before `on`.
    pub fn of(on: Day) -> Self {
        Self::months(Month::last_whole(on), 12)
    }

    /// The 12 months before those of `of`.
    pub fn previous(on: Day) -> Self {
        Self::months(Month::last_whole(on).plus(-12), 12)
    }

    /// `months` whole months, of which `last` is the last.
    pub fn months(last: Month, months: i32) -> Self {
        Self { first: last.plus(1 - months).first(), last: last.last() }
    }
}

/// What a window holds, as known on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Net sales.
    pub net: Money,
    /// Value by the company's measure.
    pub value: Money,
    /// The part of the value that is known per product group: with profit the margin, else the value.
    pub mix: Money,
    /// Net sales by product group; lines without a group are in the totals only.
    pub group_net: Vec<Money>,
    /// `mix` by product group.
    pub group_mix: Vec<Money>,
}

/// Sums the window as it was known on `known_on`, by the strategy in force that day.
pub fn sums(facts: &Facts, window: Window, known_on: Day, company: &Company) -> Sums {
    let strategy = company.strategies.on(known_on);
    let groups = company.offering.groups.len();
    let mut sums = Sums {
        net: Money::ZERO,
        value: Money::ZERO,
        mix: Money::ZERO,
        group_net: vec![Money::ZERO; groups],
        group_mix: vec![Money::ZERO; groups],
    };

    for line in lines(facts, window, known_on) {
        let mix = worth_of_line(line, strategy);
        sums.net += line.net;
        sums.mix += mix;
        if let Some(group) = line.group {
            let group = group.0 as usize;
            sums.group_net[group] += line.net;
            sums.group_mix[group] += mix;
        }
    }

    sums.value = match strategy.measure {
        Measure::Revenue | Measure::Margin => sums.mix,
        Measure::Profit => sums.mix - cost_to_serve(facts, window, known_on, company),
    };
    sums
}

/// The value of a window alone, by the measure.
pub fn window_value(facts: &Facts, window: Window, known_on: Day, company: &Company) -> Money {
    let strategy = company.strategies.on(known_on);
    let mix = lines(facts, window, known_on).map(|line| worth_of_line(line, strategy)).sum::<Money>();
    match strategy.measure {
        Measure::Revenue | Measure::Margin => mix,
        Measure::Profit => mix - cost_to_serve(facts, window, known_on, company),
    }
}

fn lines(facts: &Facts, window: Window, known_on: Day) -> impl Iterator<Item = &SalesLine> {
    let start = facts.sales.partition_point(|line| line.day < window.first);
    facts.sales[start..]
        .iter()
        .take_while(move |line| line.day <= window.last)
        .filter(move |line| line.exists(known_on))
}

/// A line without cost has the default margin, rounded per line.
fn worth_of_line(line: &SalesLine, strategy: &Strategy) -> Money {
    match (strategy.measure, line.cost) {
        (Measure::Revenue, _) => line.net,
        (Measure::Margin | Measure::Profit, Some(cost)) => line.net - cost,
        (Measure::Margin | Measure::Profit, None) => strategy.default_margin.of(line.net),
    }
}

fn cost_to_serve(facts: &Facts, window: Window, known_on: Day, company: &Company) -> Money {
    facts
        .activities
        .iter()
        .filter(|activity| activity.is_done(known_on) && (window.first..=window.last).contains(&activity.day))
        .map(|activity| cost_of(activity, company.strategies.on(known_on), company))
        .sum()
}

/// Minutes x hourly cost of the doer, else of the role, else the default; rounded per activity.
fn cost_of(activity: &Activity, strategy: &Strategy, company: &Company) -> Money {
    let doer = activity.person.and_then(|person| company.people.on(person, activity.day));
    let hourly = doer.map_or(strategy.costs.default_hourly, |person| {
        person.hourly_cost.unwrap_or_else(|| strategy.costs.hourly(person.role))
    });
    Ratio::new(activity.minutes.into(), 60).of(hourly)
}
