//! Differences between strategies, and care lines, in words.

use super::typing::percent;
use crate::texts::Texts;
use luotsi_core::{
    people::Answering,
    strategy::{CareLine, CareRule, Difference, Number, Said},
};

pub fn in_words(t: Texts, difference: &Difference) -> String {
    let model = |segment| t.care_model_of(t.segment_name(Some(segment)));
    match difference {
        Difference::Number { what, before, after } => {
            t.what_from_to(&number(t, *what), &said(t, *what, before), &said(t, *what, after))
        }
        Difference::Silence { segment, before, after } => {
            let [before, after] = [before, after].map(|days| t.days(i64::from(*days)));
            t.what_from_to(
                &format!("{}, {}", model(*segment), t.silence_limit().to_lowercase()),
                &before,
                &after,
            )
        }
        Difference::LineAdded { segment, line } => t.line_added(&model(*segment), &line_in_words(t, line)),
        Difference::LineRemoved { segment, line } => {
            t.line_removed(&model(*segment), &t.care_line_name(&line.name))
        }
        Difference::LineChanged { segment, before, after } => {
            format!(
                "{}, {}: {}",
                model(*segment),
                t.care_line_name(&after.name),
                parts(t, before, after).join(", ")
            )
        }
    }
}

fn number(t: Texts, number: Number) -> String {
    match number {
        Number::Measure => t.measure().to_owned(),
        Number::DefaultMargin => t.default_margin().to_owned(),
        Number::Hysteresis => t.hysteresis().to_owned(),
        Number::LikelihoodPrior => t.likelihood_prior().to_owned(),
        Number::DayMinutes => t.strategy_minutes().to_owned(),
        Number::CustomerHours => t.strategy_customer_hours().to_owned(),
        Number::DaysOff => t.days_off().to_owned(),
        Number::HourlyCost(None) => t.hourly_cost_of(t.hourly_cost_others()),
        Number::HourlyCost(Some(role)) => t.hourly_cost_of(t.role(role)),
        Number::Weight(name) => t.weight_of(t.ability_element(name)),
        Number::Threshold(name) => t.threshold_name(name).to_owned(),
        Number::Exposure(name) => t.exposure_of(t.exposure_name(name)),
    }
}

fn said(t: Texts, number: Number, said: &Said) -> String {
    match said {
        Said::Measure(measure) => t.measure_short(*measure).to_owned(),
        Said::Share(share) => format!("{}\u{a0}%", percent(*share, t)),
        Said::Count(count) => t.number(i64::from(*count)),
        Said::Euros(Some(money)) => t.exact_money(*money),
        Said::Euros(None) => match number {
            Number::HourlyCost(_) => t.hourly_cost_as_others().to_owned(),
            Number::Measure
            | Number::DefaultMargin
            | Number::Hysteresis
            | Number::LikelihoodPrior
            | Number::DayMinutes
            | Number::CustomerHours
            | Number::DaysOff
            | Number::Weight(_)
            | Number::Threshold(_)
            | Number::Exposure(_) => t.left_open().to_owned(),
        },
        Said::Days(days) if days.is_empty() => t.none().to_owned(),
        Said::Days(days) => days.iter().map(|day| t.date(*day)).collect::<Vec<_>>().join(", "),
    }
}

/// What differs between two versions of a line.
fn parts(t: Texts, before: &CareLine, after: &CareLine) -> Vec<String> {
    let arrow = |before: String, after: String| (before != after).then(|| format!("{before} → {after}"));
    let kinds = |line: &CareLine| {
        line.kinds.iter().map(|kind| t.activity_kind(*kind).to_lowercase()).collect::<Vec<_>>().join(" / ")
    };
    let agenda = (before.agenda != after.agenda).then(|| t.agenda_changed().to_owned());
    [
        arrow(kinds(before), kinds(after)),
        arrow(rhythm(t, before.rule), rhythm(t, after.rule)),
        arrow(answering(t, before.answering), answering(t, after.answering)),
        arrow(t.minutes(i64::from(before.minutes)), t.minutes(i64::from(after.minutes))),
        agenda,
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub fn line_in_words(t: Texts, line: &CareLine) -> String {
    format!(
        "{}, {}, {}, {}",
        t.care_line_name(&line.name),
        rhythm(t, line.rule),
        answering(t, line.answering),
        t.minutes(i64::from(line.minutes))
    )
}

pub fn rhythm(t: Texts, rule: CareRule) -> String {
    match rule {
        CareRule::Rhythm { per_year, after: 0 } => t.times_a_year(i64::from(per_year)),
        CareRule::Rhythm { per_year, after } => {
            t.times_a_year_after(&t.times_a_year(i64::from(per_year)), &t.working_days(i64::from(after)))
        }
        CareRule::Entering { times, within } => t.times_within(i64::from(times), i64::from(within)),
    }
}

pub fn answering(t: Texts, answering: Answering) -> String {
    match answering {
        Answering::Owner => t.owner().to_lowercase(),
        Answering::Role(role) => t.role(role).to_owned(),
    }
}
