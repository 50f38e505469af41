//! The strategy's TOML, read and checked. What is left out keeps the default that Luotsi ships.

use super::section::{Mistake, Section, line_of};
use luotsi_core::{
    activity::ActivityKind,
    people::{Answering, Role},
    strategy::{
        AbilityWeights, CareLine, CareModel, CareRule, Costs, Exposures, GivenThresholds, Measure, Segment,
        Strategy,
    },
    units::{Calendar, Day, Money, Share},
};
use std::collections::BTreeSet;
use toml::de::DeTable;

const TEXT_BYTES_MAX: usize = 1_000_000;
const HOURLY_COST_MAX: Money = Money::euros(10_000);
const THRESHOLD_MAX: Money = Money::euros(1_000_000_000_000);
const LINES_MAX: usize = 50;
const LINE_NAME_MAX: usize = 60;
const AGENDA_MAX: usize = 10_000;

const KEYS: [&str; 13] = [
    "from",
    "measure",
    "default_margin",
    "hysteresis",
    "likelihood_prior",
    "day_minutes",
    "customer_hours",
    "days_off",
    "costs",
    "ability_weights",
    "thresholds",
    "exposures",
    "care_model",
];
const ABILITY_KEYS: [&str; 4] = ["people", "offering", "processes", "relationship"];
const THRESHOLD_KEYS: [&str; 4] = ["current", "potential", "strategic_current", "strategic_potential"];
const EXPOSURE_KEYS: [&str; 11] = [
    "care_late",
    "care_very_late",
    "care_not_planned",
    "silence",
    "value_declining",
    "rhythm_broken",
    "segment_changed",
    "override_review",
    "potential_missing",
    "potential_stale",
    "owner_missing",
];
const CARE_MODEL_KEYS: [&str; 3] = ["segment", "silence_days", "line"];
const CARE_LINE_KEYS: [&str; 8] =
    ["name", "kinds", "per_year", "after", "entering", "answering", "minutes", "agenda"];
const ENTERING_KEYS: [&str; 2] = ["times", "within"];

/// The strategy in `text`, and the day it says it starts on.
pub fn parse(text: &str) -> Result<(Option<Day>, Strategy), Mistake> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > TEXT_BYTES_MAX {
        let sentence =
            "this is far too long to be a strategy; give the file that `strategy show` prints.".to_owned();
        return Err(Mistake { line: 1, sentence });
    }

    let document = DeTable::parse(text).map_err(|error| Mistake {
        line: error.span().map_or(1, |span| line_of(text, span.start)),
        sentence: format!("this is not TOML: {}.", error.message().replace('\n', ", ")),
    })?;
    let whole = Section::new(text, document.get_ref(), 0, &KEYS)?;
    Ok((start(&whole)?, strategy(&whole)?))
}

/// `Day::MIN` stands for the first version, which holds for all time.
fn start(whole: &Section) -> Result<Option<Day>, Mistake> {
    let from = whole.day("from")?;
    match from {
        Some(Day::MAX) => Err(whole.mistake("from", "`from` must be a day before 9999-12-31.".to_owned())),
        Some(_) | None => Ok(from),
    }
}

fn strategy(whole: &Section) -> Result<Strategy, Mistake> {
    let default = Strategy::default();
    let days_off: Vec<Day> = whole
        .days("days_off")?
        .unwrap_or_default()
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();

    Ok(Strategy {
        measure: whole.word("measure", &["revenue", "margin", "profit"], measure)?.unwrap_or(default.measure),
        default_margin: whole.share("default_margin")?.unwrap_or(default.default_margin),
        costs: costs(whole, default.costs)?,
        ability_weights: ability_weights(whole, default.ability_weights)?,
        thresholds: thresholds(whole)?,
        hysteresis: whole.share("hysteresis")?.unwrap_or(default.hysteresis),
        exposures: exposures(whole, default.exposures)?,
        care_models: care_models(whole, default.care_models)?,
        calendar: Calendar::finnish(&days_off),
        days_off,
        day_minutes: whole.whole("day_minutes", 1..=1440)?.unwrap_or(default.day_minutes),
        customer_hours: whole.whole("customer_hours", 1..=8784)?.unwrap_or(default.customer_hours),
        likelihood_prior: whole.share("likelihood_prior")?.unwrap_or(default.likelihood_prior),
    })
}

fn measure(word: &str) -> Option<Measure> {
    match word {
        "revenue" => Some(Measure::Revenue),
        "margin" => Some(Measure::Margin),
        "profit" => Some(Measure::Profit),
        _ => None,
    }
}

fn costs(whole: &Section, default: Costs) -> Result<Costs, Mistake> {
    let known: Vec<&str> = std::iter::once("default_hourly").chain(Role::ALL.map(Role::name)).collect();
    let Some(section) = whole.section("costs", &known)? else { return Ok(default) };

    let default_hourly = section.money("default_hourly", HOURLY_COST_MAX)?.unwrap_or(default.default_hourly);
    let mut by_role = Vec::new();
    for role in Role::ALL {
        by_role.extend(section.money(role.name(), HOURLY_COST_MAX)?.map(|cost| (role, cost)));
    }
    Ok(Costs { by_role, default_hourly })
}

fn ability_weights(whole: &Section, default: AbilityWeights) -> Result<AbilityWeights, Mistake> {
    let Some(section) = whole.section("ability_weights", &ABILITY_KEYS)? else { return Ok(default) };

    let weight = |key, default| section.whole(key, 0..=1000).map(|weight| weight.unwrap_or(default));
    let weights = AbilityWeights {
        people: weight("people", default.people)?,
        offering: weight("offering", default.offering)?,
        processes: weight("processes", default.processes)?,
        relationship: weight("relationship", default.relationship)?,
    };
    match weights.people + weights.offering + weights.processes + weights.relationship {
        0 => Err(Mistake {
            line: section.line,
            sentence: "at least one of the ability weights must be above 0.".to_owned(),
        }),
        _ => Ok(weights),
    }
}

fn thresholds(whole: &Section) -> Result<GivenThresholds, Mistake> {
    let Some(section) = whole.section("thresholds", &THRESHOLD_KEYS)? else {
        return Ok(GivenThresholds::default());
    };

    let given = GivenThresholds {
        current: section.money("current", THRESHOLD_MAX)?,
        potential: section.money("potential", THRESHOLD_MAX)?,
        strategic_current: section.money("strategic_current", THRESHOLD_MAX)?,
        strategic_potential: section.money("strategic_potential", THRESHOLD_MAX)?,
    };
    not_below(&section, "strategic_current", given.strategic_current, "current", given.current)?;
    not_below(&section, "strategic_potential", given.strategic_potential, "potential", given.potential)?;
    Ok(given)
}

/// The strategic segment is the far corner of growth, so its thresholds lie on or beyond the ordinary ones.
fn not_below(
    section: &Section,
    strategic_key: &str,
    strategic: Option<Money>,
    key: &str,
    ordinary: Option<Money>,
) -> Result<(), Mistake> {
    match (strategic, ordinary) {
        (Some(strategic), Some(ordinary)) if strategic < ordinary => Err(section.mistake(
            strategic_key,
            format!("`{strategic_key}` is {strategic}; it must not be below `{key}`, which is {ordinary}."),
        )),
        (Some(_), Some(_)) | (Some(_), None) | (None, _) => Ok(()),
    }
}

fn exposures(whole: &Section, default: Exposures) -> Result<Exposures, Mistake> {
    let Some(section) = whole.section("exposures", &EXPOSURE_KEYS)? else { return Ok(default) };

    let share = |key, default: Share| section.share(key).map(|share| share.unwrap_or(default));
    Ok(Exposures {
        care_late: share("care_late", default.care_late)?,
        care_very_late: share("care_very_late", default.care_very_late)?,
        care_not_planned: share("care_not_planned", default.care_not_planned)?,
        silence: share("silence", default.silence)?,
        value_declining: share("value_declining", default.value_declining)?,
        rhythm_broken: share("rhythm_broken", default.rhythm_broken)?,
        segment_changed: share("segment_changed", default.segment_changed)?,
        override_review: share("override_review", default.override_review)?,
        potential_missing: share("potential_missing", default.potential_missing)?,
        potential_stale: share("potential_stale", default.potential_stale)?,
        owner_missing: share("owner_missing", default.owner_missing)?,
    })
}

/// The models given replace those of their segments; the other segments keep the default.
fn care_models(whole: &Section, mut models: Vec<CareModel>) -> Result<Vec<CareModel>, Mistake> {
    let mut given = BTreeSet::new();
    for section in whole.sections("care_model", &CARE_MODEL_KEYS)?.unwrap_or_default() {
        let segment = section
            .word("segment", &Segment::ALL.map(Segment::name), Segment::parse)?
            .ok_or_else(|| missing(&section, "a care model", "segment"))?;
        if !given.insert(segment) {
            let sentence = format!("there are two care models of {}; keep one.", segment.name());
            return Err(section.mistake("segment", sentence));
        }
        for model in models.iter_mut().filter(|model| model.segment == segment) {
            fill(model, &section)?;
        }
    }
    Ok(models)
}

fn fill(model: &mut CareModel, section: &Section) -> Result<(), Mistake> {
    if let Some(days) = section.whole("silence_days", 1..=3650)? {
        model.silence_days = days;
    }
    let Some(lines) = section.sections("line", &CARE_LINE_KEYS)? else { return Ok(()) };
    if lines.len() > LINES_MAX {
        return Err(section.mistake("line", format!("a care model has at most {LINES_MAX} lines.")));
    }
    model.lines.clear();
    for line in &lines {
        let read = care_line(line)?;
        if model.lines.iter().any(|other| other.name == read.name) {
            let sentence =
                format!("there are two lines named `{}` in this care model; rename one.", read.name);
            return Err(line.mistake("name", sentence));
        }
        if invites_contacts(&read) && model.lines.iter().any(invites_contacts) {
            let sentence = "a care model has at most one entering line of contacts; join the two.".to_owned();
            return Err(line.mistake("entering", sentence));
        }
        model.lines.push(read);
    }
    Ok(())
}

fn invites_contacts(line: &CareLine) -> bool {
    match line.rule {
        CareRule::Entering { .. } => line.kinds.iter().any(|kind| kind.is_contact()),
        CareRule::Rhythm { .. } => false,
    }
}

fn care_line(section: &Section) -> Result<CareLine, Mistake> {
    let kinds = kinds(section)?;
    let answering_names: Vec<&str> = std::iter::once("owner").chain(Role::ALL.map(Role::name)).collect();

    Ok(CareLine {
        name: line_name(section, &kinds)?,
        rule: rule(section)?,
        answering: section.word("answering", &answering_names, Answering::parse)?.unwrap_or(Answering::Owner),
        minutes: section
            .whole("minutes", 1..=1440)?
            .ok_or_else(|| missing(section, "a care line", "minutes"))?,
        agenda: agenda(section)?,
        kinds,
    })
}

fn kinds(section: &Section) -> Result<Vec<ActivityKind>, Mistake> {
    let kinds = section
        .words("kinds", &ActivityKind::ALL.map(ActivityKind::name), ActivityKind::parse)?
        .ok_or_else(|| missing(section, "a care line", "kinds"))?;
    let different: BTreeSet<_> = kinds.iter().collect();
    if kinds.is_empty() {
        return Err(section.mistake("kinds", "`kinds` must name at least one kind of activity.".to_owned()));
    }
    if different.len() < kinds.len() {
        return Err(section.mistake("kinds", "`kinds` names the same kind of activity twice.".to_owned()));
    }
    Ok(kinds)
}

/// A line without a name is named after its first kind.
fn line_name(section: &Section, kinds: &[ActivityKind]) -> Result<String, Mistake> {
    let first_kind = kinds.first().map_or("", |kind| kind.name());
    let name = section.text("name")?.unwrap_or(first_kind);
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    match (1..=LINE_NAME_MAX).contains(&name.len()) && name.bytes().all(is_plain) {
        true => Ok(name.to_owned()),
        false => Err(section.mistake(
            "name",
            format!("a line's `name` is made of a-z, 0-9 and _, and has at most {LINE_NAME_MAX} letters."),
        )),
    }
}

fn rule(section: &Section) -> Result<CareRule, Mistake> {
    let per_year = section.whole("per_year", 1..=365)?;
    let after = section.whole("after", 0..=250)?;
    let entering = section.section("entering", &ENTERING_KEYS)?;
    match (per_year, entering) {
        (Some(per_year), None) => Ok(CareRule::Rhythm { per_year, after: after.unwrap_or(0) }),
        (None, Some(_)) if after.is_some() => Err(section.mistake(
            "after",
            "`after` belongs to a line with `per_year`, not to an entering line.".to_owned(),
        )),
        (None, Some(entering)) => Ok(CareRule::Entering {
            times: entering
                .whole("times", 1..=100)?
                .ok_or_else(|| missing(&entering, "`entering`", "times"))?,
            within: entering
                .whole("within", 1..=250)?
                .ok_or_else(|| missing(&entering, "`entering`", "within"))?,
        }),
        (Some(_), Some(_)) => {
            Err(section
                .mistake("entering", "a line has either `per_year` or `entering`, not both.".to_owned()))
        }
        (None, None) => Err(Mistake {
            line: section.line,
            sentence: "a care line needs `per_year = 4`, or `entering = { times = 8, within = 40 }`."
                .to_owned(),
        }),
    }
}

fn agenda(section: &Section) -> Result<String, Mistake> {
    let agenda = section.text("agenda")?.unwrap_or("");
    if agenda.chars().count() > AGENDA_MAX {
        return Err(section.mistake("agenda", format!("`agenda` has at most {AGENDA_MAX} letters.")));
    }
    if agenda.chars().any(|letter| letter.is_control() && letter != '\n') {
        return Err(
            section.mistake("agenda", "`agenda` has a control character in it; write it anew.".to_owned())
        );
    }
    Ok(agenda.to_owned())
}

fn missing(section: &Section, owner: &str, key: &str) -> Mistake {
    Mistake { line: section.line, sentence: format!("{owner} needs `{key}`.") }
}
