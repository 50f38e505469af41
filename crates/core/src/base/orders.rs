//! When an account orders: order days, its own buying rhythm, and whether it is a customer.

use super::Facts;
use crate::sales::SalesLine;
use crate::units::{Day, Ratio, percentile};
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CustomerState {
    /// Has never ordered.
    Prospect,
    /// Has ordered in the last 24 months.
    Customer,
    /// Has ordered, but not in the last 24 months.
    Former,
}

impl CustomerState {
    pub const ALL: [Self; 3] = [Self::Prospect, Self::Customer, Self::Former];

    pub fn name(self) -> &'static str {
        match self {
            Self::Prospect => "prospect",
            Self::Customer => "customer",
            Self::Former => "former",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Fewer order days than this show no rhythm.
const RHYTHM_ORDER_DAYS_MIN: usize = 5;

/// The order days of the 24 months up to the last one, as known on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Orders {
    pub last: Option<Day>,
    /// Days between consecutive order days, ascending by length; empty where they show no rhythm.
    gaps: Vec<i64>,
}

impl Orders {
    pub fn of(facts: &Facts, on: Day) -> Self {
        let mut days: Vec<Day> = Vec::new();
        let mut from = Day::MIN;
        for line in newest_orders(facts, on) {
            if line.day <= from {
                break;
            }
            if days.is_empty() {
                from = line.day.plus_months(-24);
            }
            if days.last() != Some(&line.day) {
                days.push(line.day);
            }
        }

        let mut gaps: Vec<i64> = match days.len() < RHYTHM_ORDER_DAYS_MIN {
            true => Vec::new(),
            false => days.windows(2).map(|pair| pair[0].days_since(pair[1])).collect(),
        };
        gaps.sort_unstable();
        Self { last: days.first().copied(), gaps }
    }

    /// Median days between orders; none below 5 order days.
    pub fn usual_gap(&self) -> Option<Ratio> {
        percentile(&self.gaps, 50)
    }

    /// After how many days without an order the rhythm is broken: the largest of twice the usual gap, P90 of the
    /// gaps, and a fortnight.
    pub fn longest_gap(&self) -> Option<Ratio> {
        let twice = self.usual_gap()?.times(Ratio::new(2, 1));
        Some(twice.max(percentile(&self.gaps, 90)?).max(Ratio::new(14, 1)))
    }
}

/// What the account is on `on`, as known that day.
pub fn state(facts: &Facts, on: Day) -> CustomerState {
    state_after(newest_orders(facts, on).next().map(|line| line.day), on)
}

fn state_after(last_order: Option<Day>, on: Day) -> CustomerState {
    match last_order {
        None => CustomerState::Prospect,
        Some(last) if on.plus_months(-24) < last => CustomerState::Customer,
        Some(_) => CustomerState::Former,
    }
}

fn newest_orders(facts: &Facts, on: Day) -> impl Iterator<Item = &SalesLine> {
    facts.sales.iter().rev().filter(move |line| line.is_order() && line.exists(on))
}

/// A day on which an account becomes a customer, or former, and what it is from that day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateChange {
    pub day: Day,
    pub state: CustomerState,
}

/// All changes of the customer's state up to `until`, as they were known on their days, in order of day.
pub fn state_changes(facts: &Facts, until: Day) -> Vec<StateChange> {
    let mut sweep =
        Sweep { order_days: BTreeMap::new(), state: CustomerState::Prospect, changes: Vec::new() };
    let mut events = order_events(facts);
    events.sort_unstable();

    let mut next = 0;
    while next < events.len() && events[next].seen_on <= until {
        let day = events[next].seen_on;
        sweep.let_time_pass(day.plus_days(-1));
        while next < events.len() && events[next].seen_on == day {
            sweep.count(&events[next]);
            next += 1;
        }
        sweep.settle(day);
    }
    sweep.let_time_pass(until);
    sweep.changes
}

/// An order day comes into view, or a correction takes it away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct OrderEvent {
    seen_on: Day,
    order_day: Day,
    lines: i32,
}

fn order_events(facts: &Facts) -> Vec<OrderEvent> {
    let mut events = Vec::new();
    for line in facts.sales.iter().filter(|line| line.is_order()) {
        let seen_on = line.known.from.max(line.day);
        if seen_on < line.known.until {
            events.push(OrderEvent { seen_on, order_day: line.day, lines: 1 });
            if line.known.until < Day::MAX {
                events.push(OrderEvent { seen_on: line.known.until, order_day: line.day, lines: -1 });
            }
        }
    }
    events
}

struct Sweep {
    order_days: BTreeMap<Day, i32>,
    state: CustomerState,
    changes: Vec<StateChange>,
}

impl Sweep {
    fn count(&mut self, event: &OrderEvent) {
        let lines = self.order_days.entry(event.order_day).or_insert(0);
        *lines += event.lines;
        if *lines == 0 {
            self.order_days.remove(&event.order_day);
        }
    }

    /// Without orders a customer becomes former.
    fn let_time_pass(&mut self, until: Day) {
        if self.state != CustomerState::Customer {
            return;
        }
        if let Some(day) = self.last().map(first_day_as_former).filter(|day| *day <= until) {
            self.change(day, CustomerState::Former);
        }
    }

    fn settle(&mut self, day: Day) {
        self.change(day, state_after(self.last(), day));
    }

    fn change(&mut self, day: Day, state: CustomerState) {
        if self.state != state {
            self.state = state;
            self.changes.push(StateChange { day, state });
        }
    }

    fn last(&self) -> Option<Day> {
        self.order_days.last_key_value().map(|(day, _)| *day)
    }
}

/// The first day whose 24 months no longer hold `order_day`. Clamping at month ends can put it a day later than
/// 24 months.
pub(super) fn first_day_as_former(order_day: Day) -> Day {
    let day = order_day.plus_months(24);
    match day.plus_months(-24) < order_day {
        true => day.tomorrow(),
        false => day,
    }
}

impl Orders {
    /// The day from which on a customer without further orders is former.
    pub fn former_from(&self) -> Option<Day> {
        self.last.map(first_day_as_former)
    }
}
