//! The lines of a care model in a form: as they stand, as they were typed, with one more or one less.

use crate::{
    change::{Field, Form, Typed, plain_number},
    texts::Texts,
};
use luotsi_app::strategy::{TypedLine, TypedRule};
use luotsi_core::{
    activity::ActivityKind,
    people::{Answering, Role},
    strategy::{CareLine, CareRule, Segment, Strategy},
};

/// More than a care model may have, so that too many are told to be.
const LINES_MAX: usize = 60;

/// A model as its form holds it.
#[derive(Clone, Debug, Default)]
pub struct TypedLines {
    pub silence_days: String,
    lines: Vec<Line>,
}

/// A line, field by field.
#[derive(Clone, Debug)]
struct Line {
    /// Empty: it is new.
    name: String,
    kind: String,
    /// Other kinds that count.
    also: Vec<ActivityKind>,
    times: String,
    /// `year` or `entering`.
    rule: String,
    days: String,
    answering: String,
    minutes: String,
    agenda: String,
}

/// A line ready to be shown.
pub struct LineFields {
    pub place: usize,
    pub title: String,
    pub kept_name: String,
    pub fields: Vec<Field>,
    pub also: Vec<Field>,
    pub agenda: Field,
    pub is_more_open: bool,
}

impl TypedLines {
    pub fn of(strategy: &Strategy, segment: Segment) -> Self {
        let Some(model) = strategy.care_model(segment) else { return Self::default() };
        Self {
            silence_days: model.silence_days.to_string(),
            lines: model.lines.iter().map(Line::of).collect(),
        }
    }

    pub fn typed(typed: &Typed) -> Self {
        let places = (0..LINES_MAX).take_while(|place| typed.as_typed(&field(*place, "kind")).is_some());
        Self {
            silence_days: plain_number(typed.text("silence_days")),
            lines: places.map(|place| Line::typed(typed, place)).collect(),
        }
    }

    pub fn with_one_more(mut self) -> Self {
        self.lines.push(Line::new());
        self
    }

    pub fn without(mut self, place: usize) -> Self {
        if place < self.lines.len() {
            self.lines.remove(place);
        }
        self
    }

    /// For the reader of strategies.
    pub fn written(&self) -> Vec<TypedLine> {
        self.lines.iter().map(Line::written).collect()
    }

    pub fn fields(&self, form: &Form, t: Texts) -> Vec<LineFields> {
        self.lines.iter().enumerate().map(|(place, line)| line.fields(form, t, place)).collect()
    }
}

impl Line {
    fn new() -> Self {
        Self {
            name: String::new(),
            kind: ActivityKind::Call.name().to_owned(),
            also: Vec::new(),
            times: String::new(),
            rule: "year".to_owned(),
            days: String::new(),
            answering: Answering::Owner.name().to_owned(),
            minutes: String::new(),
            agenda: String::new(),
        }
    }

    fn of(line: &CareLine) -> Self {
        let (rule, times, days) = match line.rule {
            CareRule::Rhythm { per_year, after: 0 } => ("year", per_year, String::new()),
            CareRule::Rhythm { per_year, after } => ("year", per_year, after.to_string()),
            CareRule::Entering { times, within } => ("entering", times, within.to_string()),
        };
        Self {
            name: line.name.clone(),
            kind: line.kinds.first().map_or("", |kind| kind.name()).to_owned(),
            also: line.kinds.iter().skip(1).copied().collect(),
            times: times.to_string(),
            rule: rule.to_owned(),
            days,
            answering: line.answering.name().to_owned(),
            minutes: line.minutes.to_string(),
            agenda: line.agenda.clone(),
        }
    }

    fn typed(typed: &Typed, place: usize) -> Self {
        let text = |name: &str| typed.text(&field(place, name)).to_owned();
        let also = ActivityKind::ALL.into_iter();
        Self {
            name: text("name"),
            kind: text("kind"),
            also: also.filter(|kind| typed.opt(&also_field(place, *kind)).is_some()).collect(),
            times: plain_number(&text("times")),
            rule: text("rule"),
            days: plain_number(&text("days")),
            answering: text("answering"),
            minutes: plain_number(&text("minutes")),
            agenda: text("agenda").replace("\r\n", "\n"),
        }
    }

    fn written(&self) -> TypedLine {
        let also = self.also.iter().map(|kind| kind.name()).filter(|kind| *kind != self.kind);
        let (times, days) = (self.times.clone(), self.days.clone());
        TypedLine {
            name: self.name.clone(),
            kinds: [self.kind.as_str()].into_iter().chain(also).map(str::to_owned).collect(),
            rule: match self.rule.as_str() {
                "entering" => TypedRule::Entering { times, within: days },
                _ => TypedRule::Rhythm { per_year: times, after: days },
            },
            answering: self.answering.clone(),
            minutes: self.minutes.clone(),
            agenda: self.agenda.clone(),
        }
    }

    fn fields(&self, form: &Form, t: Texts, place: usize) -> LineFields {
        let number = |name, label: &'static str, kept: &str| form.number(&field(place, name), label, kept);
        let choice = |name, label: &'static str, kept: &str, choices: Vec<(String, String)>| {
            form.choice(&field(place, name), label, kept, choices)
        };
        let kinds = ActivityKind::ALL.map(|kind| (kind.name().to_owned(), t.activity_kind(kind).to_owned()));
        let rules = [("year", t.rule_year()), ("entering", t.rule_entering())];
        let rules = rules.map(|(value, label)| (value.to_owned(), label.to_owned()));
        let owner = (Answering::Owner.name().to_owned(), t.owner().to_lowercase());
        let roles = Role::ALL.map(|role| (role.name().to_owned(), t.role(role).to_owned()));
        let also = ActivityKind::ALL.into_iter().map(|kind| {
            form.tick(&also_field(place, kind), t.activity_kind(kind), self.also.contains(&kind))
        });
        let agenda = form.lines(&field(place, "agenda"), t.line_agenda(), self.agenda.clone(), 3);
        LineFields {
            place,
            title: match self.name.as_str() {
                "" => t.line_new().to_owned(),
                name => t.care_line_name(name),
            },
            kept_name: self.name.clone(),
            fields: vec![
                choice("kind", t.line_kind(), &self.kind, kinds.to_vec()),
                number("times", t.line_times(), &self.times),
                choice("rule", t.line_rule(), &self.rule, rules.to_vec()),
                number("days", t.line_days(), &self.days),
                choice(
                    "answering",
                    t.line_answering(),
                    &self.answering,
                    [owner].into_iter().chain(roles).collect(),
                ),
                number("minutes", t.line_minutes(), &self.minutes),
            ],
            also: also.collect(),
            is_more_open: agenda.error.is_some(),
            agenda,
        }
    }
}

fn field(place: usize, name: &str) -> String {
    format!("line-{place}-{name}")
}

fn also_field(place: usize, kind: ActivityKind) -> String {
    field(place, &format!("also-{}", kind.name()))
}
