//! The strategy as TOML that `parse` reads back exactly, in a fixed order, each part with a word on what it is for.

use luotsi_core::{
    strategy::{CareLine, CareModel, CareRule, Exposures, GivenThresholds, Segment, Strategy},
    units::{Day, Money, Share},
};

/// `from` is written when it is given; without it the text says how to give one.
pub fn print(strategy: &Strategy, from: Option<Day>) -> String {
    let mut parts = vec![
        start(from),
        first_numbers(strategy),
        costs(strategy),
        ability_weights(strategy),
        thresholds(strategy.thresholds),
        exposures(&strategy.exposures),
    ];
    parts.push(
        "# What care each segment has been promised. A segment that is left out keeps Luotsi's model.\n"
            .to_owned()
            + CARE,
    );
    parts.extend(Segment::ALL.into_iter().filter_map(|segment| strategy.care_model(segment)).map(care_model));
    parts.join("\n")
}

const CARE: &str = "\
# kinds: the activities that count; the first is the one proposed. per_year: how often, from the working day `after`
# entering the segment on; or entering: so many times within so many working days of entering the segment.
# answering: owner, seller, kam, manager, inside_sales, marketing, service, management, process_owner or admin.
# silence_days: the longest time without a two-way contact, in calendar days.
";

fn start(from: Option<Day>) -> String {
    let head = "\
# The strategy: what the company has decided. Shares are parts of 1 (0.05 is 5 %), amounts are euros.
# What is left out keeps the default that Luotsi ships.

# The first day on which this version holds. Left out: today, or before the first watch for all time. The start day of
# a version corrects that version; 0001-01-01 is that of the first one, which holds for all time.
";
    match from {
        Some(day) => format!("{head}from = {day}\n"),
        None => format!("{head}# from = 2026-12-31\n"),
    }
}

fn first_numbers(strategy: &Strategy) -> String {
    let measure = strategy.measure.name();
    let days_off: Vec<String> = strategy.days_off.iter().map(Day::to_string).collect();
    format!(
        "\
# What an account's value is counted in: revenue, margin or profit (margin less cost to serve).
measure = \"{measure}\"
# The margin of a sales line without cost; with margin or profit it also turns needs in sales euros into margin.
default_margin = {default_margin}
# How far beyond a threshold a value must be to change side at once.
hysteresis = {hysteresis}
# The chance that an action works, before anything has been learned.
likelihood_prior = {likelihood_prior}
# Minutes a person has for customer work in a day.
day_minutes = {day_minutes}
# Hours a year with customers, of a person of whom it is not known.
customer_hours = {customer_hours}
# The company's own days off, besides Finnish public holidays, Midsummer Eve and Christmas Eve.
days_off = [{days_off}]
",
        default_margin = share(strategy.default_margin),
        hysteresis = share(strategy.hysteresis),
        likelihood_prior = share(strategy.likelihood_prior),
        day_minutes = strategy.day_minutes,
        customer_hours = strategy.customer_hours,
        days_off = days_off.join(", "),
    )
}

fn costs(strategy: &Strategy) -> String {
    let by_role: String =
        strategy.costs.by_role.iter().map(|(role, cost)| format!("{} = {cost}\n", role.name())).collect();
    format!(
        "\
# What an hour of our work costs, where the person's own hourly cost is not known: by role, else default_hourly.
[costs]
default_hourly = {}
{by_role}",
        strategy.costs.default_hourly
    )
}

fn ability_weights(strategy: &Strategy) -> String {
    let weights = strategy.ability_weights;
    format!(
        "\
# How much each element of our ability to create value weighs.
[ability_weights]
people = {}
offering = {}
processes = {}
relationship = {}
",
        weights.people, weights.offering, weights.processes, weights.relationship
    )
}

fn thresholds(given: GivenThresholds) -> String {
    let line = |key: &str, threshold: Option<Money>| match threshold {
        Some(euros) => format!("{key} = {euros}\n"),
        None => format!("# {key} = 10000.00\n"),
    };
    format!(
        "\
# From where on a value counts as high. What is left out is suggested from the figures by the first watch that can.
[thresholds]
{}{}{}{}",
        line("current", given.current),
        line("potential", given.potential),
        line("strategic_current", given.strategic_current),
        line("strategic_potential", given.strategic_potential),
    )
}

fn exposures(exposures: &Exposures) -> String {
    let lines = exposures.each().map(|(key, exposure)| format!("{key} = {}\n", share(exposure)));
    format!(
        "\
# The share of the value believed to hang on each kind of deviation (care_very_late: above twice the rhythm).
[exposures]
{}",
        lines.concat()
    )
}

fn care_model(model: &CareModel) -> String {
    let no_lines = if model.lines.is_empty() { "line = []\n" } else { "" };
    let lines: String = model.lines.iter().map(care_line).collect();
    format!(
        "[[care_model]]\nsegment = \"{}\"\nsilence_days = {}\n{no_lines}{lines}",
        model.segment.name(),
        model.silence_days
    )
}

fn care_line(line: &CareLine) -> String {
    let kinds: Vec<String> = line.kinds.iter().map(|kind| format!("\"{}\"", kind.name())).collect();
    let rule = match line.rule {
        CareRule::Rhythm { per_year, after: 0 } => format!("per_year = {per_year}"),
        CareRule::Rhythm { per_year, after } => format!("per_year = {per_year}\nafter = {after}"),
        CareRule::Entering { times, within } => {
            format!("entering = {{ times = {times}, within = {within} }}")
        }
    };
    let agenda = match line.agenda.as_str() {
        "" => String::new(),
        agenda => format!("agenda = {}\n", toml::Value::from(agenda)),
    };
    format!(
        "\n[[care_model.line]]\nname = \"{}\"\nkinds = [{}]\n{rule}\nanswering = \"{}\"\nminutes = {}\n{agenda}",
        line.name,
        kinds.join(", "),
        line.answering.name(),
        line.minutes
    )
}

/// The fewest decimals that say it exactly, at least one: `0.05`, `1.0`.
fn share(share: Share) -> String {
    let six = share.ratio().to_string();
    let short = six.trim_end_matches('0');
    if short.ends_with('.') { format!("{short}0") } else { short.to_owned() }
}
