//! Invoice lines of three years: deliveries with their season, what comes along with them, returns, costs.

use crate::{
    accounts::seed_of,
    dice::{Dice, Topic},
    offering::{Group, Product, products_of},
    story::{Buying, Story},
};
use luotsi_app::import::records::SalesRecord;
use luotsi_core::units::{Day, Money};

/// Months of sales before the end.
pub const HISTORY_MONTHS: i32 = 36;

/// How much is poured and hauled in each month, in percent of the year's mean: frost below, holidays in July.
const SEASON_PERCENT: [i64; 12] = [56, 60, 80, 106, 128, 122, 92, 126, 132, 124, 98, 76];

/// Yearly sales in euros and the order days a year that go with them.
const ORDER_DAYS: [(i64, i64); 9] = [
    (0, 3),
    (2_000, 6),
    (10_000, 10),
    (30_000, 17),
    (100_000, 34),
    (200_000, 48),
    (400_000, 66),
    (1_000_000, 92),
    (5_000_000, 150),
];

const SATURDAY: i32 = 5;
const SUNDAY: i32 = 6;

pub fn history_starts(ending: Day) -> Day {
    ending.plus_months(-HISTORY_MONTHS).tomorrow()
}

/// The account's lines in order of day.
pub fn records(story: &Story, ending: Day, seed: u64) -> Vec<SalesRecord> {
    let Some(period) = buying_period(story, ending) else { return Vec::new() };
    let mut dice = Dice::new(seed_of(story, seed), u64::from(story.number), Topic::Sales);
    let mut ledger = Ledger::new(story, ending, dice.around(98, 7));
    let orders_a_year = orders_a_year(story);

    let mut thousandths = i64::from(period.from.since_epoch()) * 1_000
        + dice.between(0, first_wait_days(story, orders_a_year) * 1_000);
    loop {
        let day = Day::from_since_epoch((thousandths / 1_000) as i32);
        if period.until < day {
            break;
        }
        let often = often_percent(day);
        if let Some(day) = delivery_day(day, period.until, &mut dice) {
            ledger.order(day, order_cents(story, day, ending, orders_a_year, often, &mut dice), &mut dice);
        }
        // Between half and one and a half of the usual gap: a rhythm that can be seen to break.
        thousandths += 365_000 / orders_a_year * 100 / often * dice.between(62, 138) / 100;
    }
    ledger.lines.sort_by(|one, other| {
        (one.day, &one.invoice, &one.line).cmp(&(other.day, &other.invoice, &other.line))
    });
    ledger.lines
}

struct Period {
    from: Day,
    until: Day,
}

fn buying_period(story: &Story, ending: Day) -> Option<Period> {
    let starts = history_starts(ending);
    let ago = |days: i64| ending.plus_days(-days).max(starts);
    match story.buying {
        Buying::Never => None,
        Buying::Steady | Buying::Changed { .. } => Some(Period { from: starts, until: ending }),
        Buying::Stopped { days_ago } => Some(Period { from: starts, until: ago(days_ago) }),
        Buying::New { days_ago } => Some(Period { from: ago(days_ago), until: ending }),
        Buying::Once { days_ago } => Some(Period { from: ago(days_ago + 50), until: ago(days_ago) }),
        Buying::Former => Some(Period { from: starts, until: ending.plus_months(-25) }),
    }
}

fn first_wait_days(story: &Story, orders_a_year: i64) -> i64 {
    match story.buying {
        // The first order is what makes it new.
        Buying::New { .. } | Buying::Once { .. } => 3,
        Buying::Never | Buying::Steady | Buying::Changed { .. } | Buying::Stopped { .. } | Buying::Former => {
            365 / orders_a_year
        }
    }
}

fn orders_a_year(story: &Story) -> i64 {
    if let Buying::Once { .. } = story.buying {
        return 30;
    }
    ORDER_DAYS.windows(2).find(|step| story.yearly_euros < step[1].0).map_or(150, |step| {
        let ((low, few), (high, many)) = (step[0], step[1]);
        few + (many - few) * (story.yearly_euros - low) / (high - low)
    })
}

fn season_percent(day: Day) -> i64 {
    SEASON_PERCENT.get(day.date().month() as usize - 1).copied().unwrap_or(100)
}

/// Half of the season is in how often is ordered, the rest in how much.
fn often_percent(day: Day) -> i64 {
    (100 + season_percent(day)) / 2
}

/// Deliveries are on working days, on some Saturdays, and never after the end.
fn delivery_day(day: Day, until: Day, dice: &mut Dice) -> Option<Day> {
    let day = match day.weekday() {
        SATURDAY if dice.chance(75) => day.plus_days(2),
        SUNDAY => day.tomorrow(),
        _ => day,
    };
    (day <= until).then_some(day)
}

fn order_cents(story: &Story, day: Day, ending: Day, orders_a_year: i64, often: i64, dice: &mut Dice) -> i64 {
    let days_ago = ending.days_since(day);
    let usual = story.yearly_euros * 100 / orders_a_year;
    let seasonal = usual * season_percent(day) / often;
    // Growth is counted back from the middle of the last year.
    let grown_percent = (100 - story.growth_percent * (days_ago - 180) / 365).clamp(45, 160);
    let changed_percent = match story.buying {
        Buying::Changed { percent, days_ago: since } if days_ago <= since => percent,
        Buying::Changed { .. } | Buying::Steady | Buying::Stopped { .. } | Buying::New { .. } => 100,
        Buying::Once { .. } | Buying::Former | Buying::Never => 100,
    };
    seasonal * grown_percent / 100 * changed_percent / 100 * dice.around(100, 48) / 100
}

/// What a line is about.
struct Sold {
    product: Option<&'static str>,
    quantity_thousandths: i64,
    net_cents: i64,
    cost: Option<Money>,
}

/// The account's invoices as they are written.
struct Ledger<'a> {
    story: &'a Story,
    ending: Day,
    /// This account's prices in percent of the list.
    price_percent: i64,
    invoices: u64,
    lines: Vec<SalesRecord>,
}

impl<'a> Ledger<'a> {
    fn new(story: &'a Story, ending: Day, price_percent: i64) -> Self {
        Self { story, ending, price_percent, invoices: 0, lines: Vec::new() }
    }

    /// One order day: what is delivered, and what comes along with it.
    fn order(&mut self, day: Day, cents: i64, dice: &mut Dice) {
        let mix = self.story.mix;
        let main = Group::MAIN.get(dice.weighted(&mix.mains())).copied().unwrap_or(Group::Concrete);
        let is_pumped = main == Group::Concrete && dice.chance(mix.pumping_percent) && cents > 90_000;
        let is_delivered = main != Group::Additives && dice.chance(mix.delivery_percent);
        let pumping = if is_pumped { cents * dice.between(9, 15) / 100 } else { 0 };
        let delivery = if is_delivered { cents * dice.between(7, 13) / 100 } else { 0 };

        let invoice = self.next_invoice();
        let first = self.lines.len();
        self.line(&invoice, first, day, main, cents - pumping - delivery, dice);
        if is_pumped {
            self.line(&invoice, first, day, Group::Pumping, pumping, dice);
        }
        if is_delivered {
            self.line(&invoice, first, day, Group::Delivery, delivery, dice);
        }
        if dice.chance(2) {
            self.odd_line(&invoice, first, day, dice);
        }
        if dice.chance(2) {
            self.give_back(first, day, dice);
        }
    }

    fn line(&mut self, invoice: &str, first: usize, day: Day, group: Group, cents: i64, dice: &mut Dice) {
        let products: Vec<&Product> = products_of(Some(group)).collect();
        let Some(product) = products.get(dice.between(0, products.len() as i64 - 1) as usize) else { return };
        // Prices rise by about three percent a year.
        let years_ago_percent = 100 - 3 * self.ending.days_since(day) / 365;
        let price = product.unit_price_cents * self.price_percent / 100 * years_ago_percent / 100;
        let steps = (cents * 1_000 / price / product.step_thousandths).max(1);
        let quantity_thousandths = steps * product.step_thousandths;
        let net = (quantity_thousandths * price + 500) / 1_000;

        // Hauliers and pump owners invoice later: their costs are not always known.
        let unknown_percent = match group {
            Group::Pumping | Group::Delivery => 22,
            Group::Concrete | Group::Aggregates | Group::Elements | Group::Additives => 4,
        };
        let cost = net * (product.cost_percent + dice.around(0, 5)) / 100;
        let cost = (!dice.chance(unknown_percent)).then_some(Money::cents(cost));
        let product = Some(product.external_id);
        self.push(invoice, first, day, Sold { product, quantity_thousandths, net_cents: net, cost }, dice);
    }

    /// A charge that belongs to no product group, or to no product at all.
    fn odd_line(&mut self, invoice: &str, first: usize, day: Day, dice: &mut Dice) {
        let product = products_of(None).next().filter(|_| dice.chance(60)).map(|product| product.external_id);
        let cents = dice.between(5, 40) * 170;
        let sold = Sold { product, quantity_thousandths: 1_000, net_cents: cents, cost: None };
        self.push(invoice, first, day, sold, dice);
    }

    /// A credit note some days later for part of an order: too much delivered, a bad load, pallets back.
    fn give_back(&mut self, first: usize, day: Day, dice: &mut Dice) {
        let Some(line) = self.lines.get(first).cloned() else { return };
        let returned_on = day.plus_days(dice.between(2, 16));
        if self.ending < returned_on {
            return;
        }
        let percent = dice.between(8, 45);
        let part = |amount: i64| -amount * percent / 100;
        let invoice = self.next_invoice();
        self.lines.push(SalesRecord {
            invoice,
            line: Some("1".to_owned()),
            day: returned_on,
            quantity_millionths: part(line.quantity_millionths),
            net: Money::cents(part(line.net.cents)),
            cost: line.cost.map(|cost| Money::cents(part(cost.cents))),
            known_on: None,
            ..line
        });
    }

    fn push(&mut self, invoice: &str, first: usize, day: Day, sold: Sold, dice: &mut Dice) {
        // A few lines are booked late.
        let booked = day.plus_days(dice.between(2, 9));
        let known_on = (dice.between(1, 400) == 1 && booked <= self.ending).then_some(booked);
        self.lines.push(SalesRecord {
            invoice: invoice.to_owned(),
            line: Some(format!("{}", self.lines.len() - first + 1)),
            day,
            account: self.story.external_id.clone(),
            product: sold.product.map(str::to_owned),
            quantity_millionths: sold.quantity_thousandths * 1_000,
            net: Money::cents(sold.net_cents),
            cost: sold.cost,
            known_on,
        });
    }

    /// Numbered within the account, so that any part of a big base can be made by itself.
    fn next_invoice(&mut self) -> String {
        self.invoices += 1;
        format!("{}-{:03}", self.story.external_id, self.invoices)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts;

    #[test]
    fn sales_lie_within_the_three_years_and_come_near_what_the_story_says() {
        let ending = Day::new(2026, 11, 22).unwrap();
        let mut story = accounts::story(17, 400, 1);
        story.yearly_euros = 200_000;
        story.growth_percent = 0;

        let lines = records(&story, ending, 1);

        let last_year: i64 = lines
            .iter()
            .filter(|line| ending.plus_months(-12) < line.day)
            .map(|line| line.net.cents / 100)
            .sum();
        assert!((160_000..240_000).contains(&last_year), "{last_year}");
        assert!(lines.iter().all(|line| history_starts(ending) <= line.day && line.day <= ending));
        assert!(lines.iter().any(|line| line.net.cents < 0));
    }
}
