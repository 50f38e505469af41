//! The strategy's TOML, read and checked. What is left out keeps the default that Luotsi ships.

use super::section::{Mistake, Mistakes, Section, Source, Writer, line_of};
use crate::act::Problem;
use luotsi_core::{
    activity::ActivityKind,
    people::{Answering, Role},
    strategy::{
        AbilityWeights, CareLine, CareModel, CareRule, Costs, Exposures, GivenThresholds, Measure, Segment,
        Strategy,
    },
    units::{Calendar, Day, Money},
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
pub const THRESHOLD_KEYS: [&str; 4] = ["current", "potential", "strategic_current", "strategic_potential"];
const CARE_MODEL_KEYS: [&str; 3] = ["segment", "silence_days", "line"];
const CARE_LINE_KEYS: [&str; 8] =
    ["name", "kinds", "per_year", "after", "entering", "answering", "minutes", "agenda"];
const ENTERING_KEYS: [&str; 2] = ["times", "within"];

/// The strategy in `text`, and the day it says it starts on; else the first mistake.
pub fn parse(text: &str) -> Result<(Option<Day>, Strategy), Mistake> {
    read(text, Writer::Person).map_err(|(first, _)| first)
}

/// The same with all mistakes, in the order they were met: a key that is not known goes before what is missing for it.
pub fn read(text: &str, writer: Writer) -> Result<(Option<Day>, Strategy), (Mistake, Vec<Mistake>)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_none_at_all = |line: usize, sentence: String, problem: Problem| {
        (Mistake { line, at: String::new(), sentence, problem }, Vec::new())
    };
    if text.len() > TEXT_BYTES_MAX {
        let sentence =
            "this is far too long to be a strategy; give the file that `strategy show` prints.".to_owned();
        return Err(is_none_at_all(1, sentence, Problem::TooLong { max: TEXT_BYTES_MAX }));
    }

    let document = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        let sentence = format!("this is not TOML: {}.", error.message().replace('\n', ", "));
        is_none_at_all(line, sentence, Problem::NotAChoice)
    })?;
    let mistakes = Mistakes::default();
    let whole = Section::whole(Source { text, writer, mistakes: &mistakes }, document.get_ref(), &KEYS);
    let found = (start(&whole), strategy(&whole));
    let mut mistakes = mistakes.take();
    match mistakes.is_empty() {
        true => Ok(found),
        false => Err((mistakes.remove(0), mistakes)),
    }
}

/// `Day::MIN` stands for the first version, which holds for all time.
fn start(whole: &Section) -> Option<Day> {
    let from = whole.day("from");
    if from == Some(Day::MAX) {
        whole.wrong("from", "`from` must be a day before 9999-12-31.".to_owned(), Problem::NotADay);
    }
    from
}

fn strategy(whole: &Section) -> Strategy {
    let default = Strategy::default();
    let days_off: Vec<Day> =
        whole.days("days_off").unwrap_or_default().into_iter().collect::<BTreeSet<_>>().into_iter().collect();

    Strategy {
        measure: whole
            .word("measure", &Measure::ALL.map(Measure::name), Measure::parse)
            .unwrap_or(default.measure),
        default_margin: whole.share("default_margin").unwrap_or(default.default_margin),
        costs: costs(whole, default.costs),
        ability_weights: ability_weights(whole, default.ability_weights),
        thresholds: thresholds(whole),
        hysteresis: whole.share("hysteresis").unwrap_or(default.hysteresis),
        exposures: exposures(whole, default.exposures),
        care_models: care_models(whole, default.care_models),
        calendar: Calendar::finnish(&days_off),
        days_off,
        day_minutes: whole.number_within("day_minutes", 1..=1440).unwrap_or(default.day_minutes),
        customer_hours: whole.number_within("customer_hours", 1..=8784).unwrap_or(default.customer_hours),
        likelihood_prior: whole.share("likelihood_prior").unwrap_or(default.likelihood_prior),
    }
}

fn costs(whole: &Section, default: Costs) -> Costs {
    let known: Vec<&str> = std::iter::once("default_hourly").chain(Role::ALL.map(Role::name)).collect();
    let Some(section) = whole.section("costs", &known) else { return default };

    let default_hourly = section.money("default_hourly", HOURLY_COST_MAX).unwrap_or(default.default_hourly);
    let cost = |role: Role| Some((role, section.money(role.name(), HOURLY_COST_MAX)?));
    Costs { by_role: Role::ALL.into_iter().filter_map(cost).collect(), default_hourly }
}

fn ability_weights(whole: &Section, default: AbilityWeights) -> AbilityWeights {
    let Some(section) = whole.section("ability_weights", &ABILITY_KEYS) else { return default };

    let weight = |key, default| section.number_within(key, 0..=1000).unwrap_or(default);
    let weights = AbilityWeights {
        people: weight("people", default.people),
        offering: weight("offering", default.offering),
        processes: weight("processes", default.processes),
        relationship: weight("relationship", default.relationship),
    };
    if weights.people + weights.offering + weights.processes + weights.relationship == 0 {
        let sentence = "at least one of the ability weights must be above 0.".to_owned();
        whole.wrong("ability_weights", sentence, Problem::NoWeight);
    }
    weights
}

fn thresholds(whole: &Section) -> GivenThresholds {
    let Some(section) = whole.section("thresholds", &THRESHOLD_KEYS) else {
        return GivenThresholds::default();
    };

    let given = GivenThresholds {
        current: section.money("current", THRESHOLD_MAX),
        potential: section.money("potential", THRESHOLD_MAX),
        strategic_current: section.money("strategic_current", THRESHOLD_MAX),
        strategic_potential: section.money("strategic_potential", THRESHOLD_MAX),
    };
    not_below(&section, "strategic_current", given.strategic_current, "current", given.current);
    not_below(&section, "strategic_potential", given.strategic_potential, "potential", given.potential);
    given
}

/// The strategic segment is the far corner of growth, so its thresholds lie on or beyond the ordinary ones.
fn not_below(
    section: &Section,
    strategic_key: &str,
    strategic: Option<Money>,
    key: &str,
    ordinary: Option<Money>,
) {
    if let (Some(strategic), Some(ordinary)) = (strategic, ordinary)
        && strategic < ordinary
    {
        let asked = format!("it must not be below `{key}`, which is {ordinary}.");
        let sentence = format!("`{strategic_key}` is {strategic}; {asked}");
        section.wrong(strategic_key, sentence, Problem::BelowThreshold { least: ordinary });
    }
}

fn exposures(whole: &Section, default: Exposures) -> Exposures {
    let Some(section) = whole.section("exposures", &Exposures::NAMES) else { return default };
    default.with(|name, exposure| section.share(name).unwrap_or(exposure))
}

/// The models given replace those of their segments; the other segments keep the default.
fn care_models(whole: &Section, mut models: Vec<CareModel>) -> Vec<CareModel> {
    let mut given = BTreeSet::new();
    for section in whole.sections("care_model", &CARE_MODEL_KEYS).unwrap_or_default() {
        section.missing("a care model", "segment");
        let Some(segment) = section.word("segment", &Segment::ALL.map(Segment::name), Segment::parse) else {
            continue;
        };
        if !given.insert(segment) {
            let sentence = format!("there are two care models of {}; keep one.", segment.name());
            section.wrong("segment", sentence, Problem::Taken);
        }
        models.iter_mut().filter(|model| model.segment == segment).for_each(|model| fill(model, &section));
    }
    models
}

fn fill(model: &mut CareModel, section: &Section) {
    if let Some(days) = section.number_within("silence_days", 1..=3650) {
        model.silence_days = days;
    }
    let Some(lines) = section.sections("line", &CARE_LINE_KEYS) else { return };
    if lines.len() > LINES_MAX {
        let sentence = format!("a care model has at most {LINES_MAX} lines.");
        section.wrong("line", sentence, Problem::TooMany { max: LINES_MAX });
    }
    model.lines.clear();
    for line in &lines {
        let Some(read) = care_line(line) else { continue };
        if model.lines.iter().any(|other| other.name == read.name) {
            let sentence =
                format!("there are two lines named `{}` in this care model; rename one.", read.name);
            line.wrong("name", sentence, Problem::Taken);
        }
        if invites_contacts(&read) && model.lines.iter().any(invites_contacts) {
            let sentence = "a care model has at most one entering line of contacts; join the two.".to_owned();
            line.wrong("entering", sentence, Problem::SecondEntering);
        }
        model.lines.push(read);
    }
}

fn invites_contacts(line: &CareLine) -> bool {
    match line.rule {
        CareRule::Entering { .. } => line.kinds.iter().any(|kind| kind.is_contact()),
        CareRule::Rhythm { .. } => false,
    }
}

/// `None`: something in it is wrong.
fn care_line(section: &Section) -> Option<CareLine> {
    let answering_names: Vec<&str> = std::iter::once("owner").chain(Role::ALL.map(Role::name)).collect();
    let kinds = kinds(section);
    let name = kinds.as_ref().and_then(|kinds| line_name(section, kinds));
    let rule = rule(section);
    let answering = section.word("answering", &answering_names, Answering::parse).unwrap_or(Answering::Owner);
    section.missing("a care line", "minutes");
    let minutes = section.number_within("minutes", 1..=1440);
    let agenda = agenda(section);

    Some(CareLine { name: name?, kinds: kinds?, rule: rule?, answering, minutes: minutes?, agenda })
}

fn kinds(section: &Section) -> Option<Vec<ActivityKind>> {
    section.missing("a care line", "kinds");
    let kinds = section.words("kinds", &ActivityKind::ALL.map(ActivityKind::name), ActivityKind::parse)?;
    let different: BTreeSet<_> = kinds.iter().collect();
    if kinds.is_empty() {
        let sentence = "`kinds` must name at least one kind of activity.".to_owned();
        section.wrong("kinds", sentence, Problem::Missing);
    }
    if different.len() < kinds.len() {
        section.wrong("kinds", "`kinds` names the same kind of activity twice.".to_owned(), Problem::Taken);
    }
    Some(kinds)
}

/// A line without a name is named after its first kind.
fn line_name(section: &Section, kinds: &[ActivityKind]) -> Option<String> {
    let name = match section.has("name") {
        true => section.text("name")?,
        false => kinds.first()?.name(),
    };
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if !(1..=LINE_NAME_MAX).contains(&name.len()) || !name.bytes().all(is_plain) {
        let sentence =
            format!("a line's `name` is made of a-z, 0-9 and _, and has at most {LINE_NAME_MAX} letters.");
        section.wrong("name", sentence, Problem::TooLong { max: LINE_NAME_MAX });
    }
    Some(name.to_owned())
}

fn rule(section: &Section) -> Option<CareRule> {
    let per_year = section.number_within("per_year", 1..=365);
    let after = section.number_within("after", 0..=250);
    let entering = section.section("entering", &ENTERING_KEYS);
    match (section.has("per_year"), section.has("entering")) {
        (true, false) => Some(CareRule::Rhythm { per_year: per_year?, after: after.unwrap_or(0) }),
        (false, true) => {
            if section.has("after") {
                let sentence = "`after` belongs to a line with `per_year`, not to an entering line.";
                section.wrong("after", sentence.to_owned(), Problem::Unknown);
            }
            let entering = entering?;
            entering.missing("`entering`", "times");
            entering.missing("`entering`", "within");
            let times = entering.number_within("times", 1..=100);
            let within = entering.number_within("within", 1..=250);
            Some(CareRule::Entering { times: times?, within: within? })
        }
        (true, true) => {
            let sentence = "a line has either `per_year` or `entering`, not both.".to_owned();
            section.wrong("entering", sentence, Problem::Unknown);
            None
        }
        (false, false) => {
            let sentence = "a care line needs `per_year = 4`, or `entering = { times = 8, within = 40 }`.";
            section.wrong("per_year", sentence.to_owned(), Problem::Missing);
            None
        }
    }
}

fn agenda(section: &Section) -> String {
    let agenda = section.text("agenda").unwrap_or("");
    if agenda.chars().count() > AGENDA_MAX {
        let sentence = format!("`agenda` has at most {AGENDA_MAX} letters.");
        section.wrong("agenda", sentence, Problem::TooLong { max: AGENDA_MAX });
    }
    if agenda.chars().any(|letter| letter.is_control() && letter != '\n') {
        let sentence = "`agenda` has a control character in it; write it anew.".to_owned();
        section.wrong("agenda", sentence, Problem::ControlCharacter);
    }
    agenda.to_owned()
}
