//! What one strategy decides otherwise than another, number by number and care line by care line.

use super::{CareLine, CareModel, Measure, Segment, Strategy};
use crate::{
    people::Role,
    units::{Day, Money, Share},
};

/// One thing that is decided otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    Number { what: Number, before: Said, after: Said },
    Silence { segment: Segment, before: u32, after: u32 },
    LineAdded { segment: Segment, line: CareLine },
    LineRemoved { segment: Segment, line: CareLine },
    LineChanged { segment: Segment, before: CareLine, after: CareLine },
}

/// A number of the strategy, or what stands in the place of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    Measure,
    DefaultMargin,
    Hysteresis,
    LikelihoodPrior,
    DayMinutes,
    CustomerHours,
    DaysOff,
    /// `None`: of roles that have no cost of their own.
    HourlyCost(Option<Role>),
    /// Of an element of our ability, by name.
    Weight(&'static str),
    /// By name.
    Threshold(&'static str),
    /// Of a kind of deviation, by name.
    Exposure(&'static str),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Measure(Measure),
    Share(Share),
    Count(u32),
    /// `None`: left open.
    Euros(Option<Money>),
    Days(Vec<Day>),
}

/// In the order of the strategy's text.
pub fn differences(before: &Strategy, after: &Strategy) -> Vec<Difference> {
    let numbers = numbers(before).into_iter().zip(numbers(after));
    let mut found: Vec<Difference> = numbers
        .filter(|((_, before), (_, after))| before != after)
        .map(|((what, before), (_, after))| Difference::Number { what, before, after })
        .collect();
    for segment in Segment::ALL {
        if let (Some(before), Some(after)) = (before.care_model(segment), after.care_model(segment)) {
            of_models(before, after, &mut found);
        }
    }
    found
}

fn numbers(strategy: &Strategy) -> Vec<(Number, Said)> {
    let thresholds = strategy.thresholds;
    let weights = strategy.ability_weights;
    let mut numbers = vec![
        (Number::Measure, Said::Measure(strategy.measure)),
        (Number::Threshold("current"), Said::Euros(thresholds.current)),
        (Number::Threshold("potential"), Said::Euros(thresholds.potential)),
        (Number::Threshold("strategic_current"), Said::Euros(thresholds.strategic_current)),
        (Number::Threshold("strategic_potential"), Said::Euros(thresholds.strategic_potential)),
        (Number::Hysteresis, Said::Share(strategy.hysteresis)),
        (Number::DefaultMargin, Said::Share(strategy.default_margin)),
        (Number::LikelihoodPrior, Said::Share(strategy.likelihood_prior)),
        (Number::DayMinutes, Said::Count(strategy.day_minutes)),
        (Number::CustomerHours, Said::Count(strategy.customer_hours)),
        (Number::DaysOff, Said::Days(strategy.days_off.clone())),
        (Number::HourlyCost(None), Said::Euros(Some(strategy.costs.default_hourly))),
        (Number::Weight("people"), Said::Count(weights.people)),
        (Number::Weight("offering"), Said::Count(weights.offering)),
        (Number::Weight("processes"), Said::Count(weights.processes)),
        (Number::Weight("relationship"), Said::Count(weights.relationship)),
    ];
    let own = |role: Role| strategy.costs.by_role.iter().find(|(of, _)| *of == role).map(|(_, cost)| *cost);
    numbers.extend(Role::ALL.map(|role| (Number::HourlyCost(Some(role)), Said::Euros(own(role)))));
    let exposures = strategy.exposures.each();
    numbers.extend(exposures.map(|(name, share)| (Number::Exposure(name), Said::Share(share))));
    numbers
}

/// A line is the same one as long as it has its name.
fn of_models(before: &CareModel, after: &CareModel, found: &mut Vec<Difference>) {
    let segment = before.segment;
    if before.silence_days != after.silence_days {
        found.push(Difference::Silence { segment, before: before.silence_days, after: after.silence_days });
    }
    let named = |model: &CareModel, name: &str| model.lines.iter().find(|line| line.name == name).cloned();
    for line in &before.lines {
        match named(after, &line.name) {
            None => found.push(Difference::LineRemoved { segment, line: line.clone() }),
            Some(now) if now != *line => {
                found.push(Difference::LineChanged { segment, before: line.clone(), after: now });
            }
            Some(_) => (),
        }
    }
    let new = after.lines.iter().filter(|line| named(before, &line.name).is_none());
    found.extend(new.map(|line| Difference::LineAdded { segment, line: line.clone() }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy::CareRule;

    #[test]
    fn a_strategy_does_not_differ_from_itself() {
        assert_eq!(differences(&Strategy::default(), &Strategy::default()), []);
    }

    #[test]
    fn each_number_and_each_care_line_that_differs_is_told_once() {
        let before = Strategy::default();
        let mut after = Strategy { day_minutes: 200, ..before.clone() };
        after.thresholds.potential = Some(Money::euros(100));
        let growth = after.care_models.iter_mut().find(|model| model.segment == Segment::Growth).unwrap();
        growth.lines.retain(|line| line.name != "potential_estimate");
        growth.lines[0].rule = CareRule::Rhythm { per_year: 8, after: 0 };
        growth.lines[1].name = "call_2".to_owned();

        let found = differences(&before, &after);

        let told: Vec<&str> = found
            .iter()
            .map(|difference| match difference {
                Difference::Number { what: Number::Threshold(name), .. } => name,
                Difference::Number { .. } => "number",
                Difference::Silence { .. } => "silence",
                Difference::LineAdded { line, .. } => &line.name,
                Difference::LineRemoved { line, .. } => &line.name,
                Difference::LineChanged { after, .. } => &after.name,
            })
            .collect();
        assert_eq!(told, ["potential", "number", "visit", "call", "potential_estimate", "call_2"]);
    }
}
