//! A strategy while it is edited: its text, with parts of it as somebody typed them. It is read by the one reader of
//! strategies, so a form and a file are told the same.

use super::{Mistake, print, reading::read, section::Writer};
use crate::act::Problem;
use luotsi_core::strategy::{Segment, Strategy};
use serde_json::{Map, Number, Value as Json};
use toml::{Table, Value};

pub struct Draft(Table, Writer);

/// A care line as it was typed. What is empty is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedLine {
    /// The name it has had so far; empty: it is new.
    pub name: String,
    /// The first is the one that is proposed.
    pub kinds: Vec<String>,
    pub rule: TypedRule,
    pub answering: String,
    pub minutes: String,
    pub agenda: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedRule {
    Rhythm { per_year: String, after: String },
    Entering { times: String, within: String },
}

impl Default for TypedRule {
    fn default() -> Self {
        Self::Rhythm { per_year: String::new(), after: String::new() }
    }
}

impl Draft {
    pub fn of(strategy: &Strategy) -> Result<Self, Mistake> {
        print(strategy, None).parse().map(|text| Self(text, Writer::Person)).map_err(
            |error: toml::de::Error| Mistake {
                line: 1,
                at: String::new(),
                sentence: error.message().to_owned(),
                problem: Problem::NotAChoice,
            },
        )
    }

    /// As another program tells it. Nothing, which no value of a strategy can be, is told to be wrong where it stands.
    pub fn told(told: Map<String, Json>) -> Self {
        Self(told.into_iter().map(|(key, value)| (key, of_json(value))).collect(), Writer::Program)
    }

    /// For other programs.
    pub fn shown(self) -> Json {
        as_json(Value::Table(self.0))
    }

    /// `at` is the place as a mistake names it, such as `/exposures/silence`.
    pub fn write(&mut self, at: &str, typed: &str) {
        if let Some((table, key)) = self.place(at) {
            table.insert(key.to_owned(), Value::from(typed));
        }
    }

    /// The same for what may be left out.
    pub fn write_or_leave_out(&mut self, at: &str, typed: &str) {
        match typed.is_empty() {
            false => self.write(at, typed),
            true => {
                self.place(at).map(|(table, key)| table.remove(key));
            }
        }
    }

    fn place<'a>(&mut self, at: &'a str) -> Option<(&mut Table, &'a str)> {
        let at = at.trim_start_matches('/');
        match at.split_once('/') {
            None => Some((&mut self.0, at)),
            Some((section, key)) => {
                let section = self.0.entry(section).or_insert_with(|| Value::Table(Table::new()));
                section.as_table_mut().map(|table| (table, key))
            }
        }
    }

    /// The days that are ours to be off, as they were typed.
    pub fn write_days_off(&mut self, typed: &[String]) {
        self.0.insert("days_off".to_owned(), texts(typed));
    }

    /// The care model of a segment. Mistakes in it are told at `model_at`.
    pub fn write_model(&mut self, segment: Segment, silence_days: &str, lines: &[TypedLine]) {
        let models = self.0.get_mut("care_model").and_then(Value::as_array_mut);
        let model = models.and_then(|models| models.get_mut(place(segment))).and_then(Value::as_table_mut);
        let Some(model) = model else { return };
        model.insert("silence_days".to_owned(), Value::from(silence_days));
        model.insert("line".to_owned(), Value::Array(named(lines).into_iter().map(Value::Table).collect()));
    }

    /// The strategy, or all that is wrong in it.
    pub fn read(&self) -> Result<Strategy, Vec<Mistake>> {
        match read(&self.0.to_string(), self.1) {
            Ok((_, strategy)) => Ok(strategy),
            Err((first, others)) => Err([first].into_iter().chain(others).collect()),
        }
    }
}

/// Where the mistakes of a segment's care model are told: the models stand in the order of the segments.
pub fn model_at(segment: Segment) -> String {
    format!("/care_model/{}", place(segment))
}

fn place(segment: Segment) -> usize {
    Segment::ALL.into_iter().position(|other| other == segment).unwrap_or(0)
}

/// A line keeps its name, by which its deviations know it; a new one is named after its first kind.
fn named(lines: &[TypedLine]) -> Vec<Table> {
    let mut taken: Vec<String> = lines.iter().map(|line| line.name.clone()).collect();
    let mut named = Vec::new();
    for line in lines {
        let mut table = table(line);
        let name = match (line.name.as_str(), line.kinds.first()) {
            ("", Some(kind)) => free(kind, &taken),
            (name, _) => name.to_owned(),
        };
        taken.push(name.clone());
        insert(&mut table, "name", &name);
        named.push(table);
    }
    named
}

fn free(kind: &str, taken: &[String]) -> String {
    let names = std::iter::once(kind.to_owned()).chain((2..).map(|number| format!("{kind}_{number}")));
    names.into_iter().find(|name| !taken.contains(name)).unwrap_or_default()
}

fn table(line: &TypedLine) -> Table {
    let mut table = Table::new();
    table.insert("kinds".to_owned(), texts(&line.kinds));
    match &line.rule {
        TypedRule::Rhythm { per_year, after } => {
            insert(&mut table, "per_year", per_year);
            insert(&mut table, "after", after);
        }
        TypedRule::Entering { times, within } => {
            let mut entering = Table::new();
            insert(&mut entering, "times", times);
            insert(&mut entering, "within", within);
            table.insert("entering".to_owned(), Value::Table(entering));
        }
    }
    insert(&mut table, "answering", &line.answering);
    insert(&mut table, "minutes", &line.minutes);
    insert(&mut table, "agenda", &line.agenda);
    table
}

fn texts(typed: &[String]) -> Value {
    Value::Array(typed.iter().map(|text| Value::from(text.as_str())).collect())
}

fn insert(table: &mut Table, key: &str, typed: &str) {
    if !typed.is_empty() {
        table.insert(key.to_owned(), Value::from(typed));
    }
}

fn of_json(told: Json) -> Value {
    match told {
        Json::Null => Value::Boolean(false),
        Json::Bool(truth) => Value::Boolean(truth),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Integer(whole),
            None => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::String(text) => Value::String(text),
        Json::Array(list) => Value::Array(list.into_iter().map(of_json).collect()),
        Json::Object(map) => {
            Value::Table(map.into_iter().map(|(key, value)| (key, of_json(value))).collect())
        }
    }
}

fn as_json(value: Value) -> Json {
    match value {
        Value::String(text) => text.into(),
        Value::Integer(whole) => whole.into(),
        Value::Float(float) => Number::from_f64(float).map_or(Json::Null, Json::Number),
        Value::Boolean(truth) => truth.into(),
        Value::Datetime(day) => day.to_string().into(),
        Value::Array(list) => list.into_iter().map(as_json).collect(),
        Value::Table(table) => table.into_iter().map(|(key, value)| (key, as_json(value))).collect(),
    }
}
