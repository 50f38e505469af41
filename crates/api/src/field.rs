//! The values that a program tells of a record, checked one by one: all that is wrong is said at once, each with the
//! place where it stands.

use crate::problem::{Problem, pointed};
use luotsi_app::{
    act::{ActError, By, Legible, Problem as Wrong},
    people::view::QUERY_MAX,
    rules::{AMOUNT_MAX, MINUTES_MAX, QUANTITY_MAX},
    text,
};
use luotsi_core::{
    activity::{ActivityKind, Direction},
    units::{Day, Money},
};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;

/// A value that can be told.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub says: &'static str,
    pub shape: Shape,
    pub is_needed: bool,
    /// Told once: what it says cannot be changed.
    pub is_fixed: bool,
}

#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// One line, as long as `text::line_max` has it.
    Line,
    /// One line of at most so many characters.
    Title {
        most: usize,
    },
    /// What stands behind the `?` of an address.
    Query,
    /// Several lines.
    Note,
    /// Our id of it, or an external id.
    Name,
    Money {
        least: i64,
    },
    Whole {
        least: i64,
        most: i64,
    },
    /// With at most six decimals.
    Decimal,
    Day,
    Truth,
    Choice(fn() -> Vec<&'static str>),
}

/// What activities are told with, wherever they are.
pub const MINUTES: Shape = Shape::Whole { least: 0, most: MINUTES_MAX as i64 };
pub const ACTIVITY_KIND: Shape = Shape::Choice(|| ActivityKind::ALL.map(ActivityKind::name).to_vec());
pub const DIRECTION: Shape = Shape::Choice(|| Direction::ALL.map(Direction::name).to_vec());

pub const fn optional(name: &'static str, shape: Shape, says: &'static str) -> Field {
    Field { name, says, shape, is_needed: false, is_fixed: false }
}

pub const fn needed(name: &'static str, shape: Shape, says: &'static str) -> Field {
    Field { name, says, shape, is_needed: true, is_fixed: false }
}

/// Needed, and told once.
pub const fn fixed(name: &'static str, shape: Shape, says: &'static str) -> Field {
    Field { name, says, shape, is_needed: true, is_fixed: true }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    Nothing,
    Text(String),
    /// Cents, millionths or what it counts.
    Whole(i64),
    Day(Day),
    Truth(bool),
}

/// The values told of one record, as their fields ask.
#[derive(Clone, Debug, Default)]
pub struct Input {
    pub given: HashMap<&'static str, Given>,
    /// What could not be read, with the place where it stands.
    pub faults: Faults,
}

/// What is wrong with what a body tells: where, and what to do about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<(String, String)>);

impl Faults {
    pub fn add(&mut self, field: &str, sentence: impl Into<String>) {
        self.0.push((format!("/{field}"), sentence.into()));
    }

    fn is_at(&self, field: &str) -> bool {
        self.0.iter().any(|(pointer, _)| pointer.strip_prefix('/') == Some(field))
    }

    pub fn legible(&self) -> Legible {
        if self.0.is_empty() { Legible::Whole } else { Legible::InPart }
    }

    /// With what else is wrong: all of it is told at once. What was done with something that could not be read was not.
    pub fn and<T>(&self, outcome: Result<T, ActError>) -> Result<T, Problem> {
        if self.0.is_empty() {
            return Ok(outcome?);
        }
        let others = match outcome {
            Err(error @ (ActError::Refused(_) | ActError::Store(_))) => return Err(error.into()),
            Err(ActError::Invalid(others)) => others.iter().map(pointed).collect(),
            // What stood in for something is not there, or is not what it was.
            Err(ActError::NotThere | ActError::Stale(_) | ActError::OtherPayload) | Ok(_) => Vec::new(),
        };
        let is_new = |(pointer, _): &(String, String)| self.0.iter().all(|(told, _)| told != pointer);
        Err(Problem::invalid(self.0.iter().cloned().chain(others.into_iter().filter(is_new)).collect()))
    }
}

impl Input {
    /// Of a new record, or of one that is told anew.
    pub fn whole(fields: &[Field], body: Json) -> Result<Self, Problem> {
        let body = object(body)?;
        let mut input = Self { faults: unknown(fields, &body, |_| true), ..Self::default() };
        for field in fields {
            match body.get(field.name) {
                Some(Json::Null) | None if field.is_needed => input.fault(field, &Wrong::Missing),
                Some(value) => input.take(field, value),
                None => (),
            }
        }
        Ok(input)
    }

    /// Of what is to change in a record; `null` empties (RFC 7396).
    pub fn part(fields: &[Field], body: Json) -> Result<Self, Problem> {
        let body = object(body)?;
        let faults = unknown(fields, &body, |field| !field.is_fixed);
        let mut input = Self { faults, ..Self::default() };
        for field in fields.iter().filter(|field| !field.is_fixed) {
            match body.get(field.name) {
                Some(Json::Null) if field.is_needed => input.fault(field, &Wrong::Missing),
                Some(value) => input.take(field, value),
                None => (),
            }
        }
        Ok(input)
    }

    fn take(&mut self, field: &Field, value: &Json) {
        match field.read(value) {
            Ok(Given::Text(text)) if text.is_empty() && field.is_needed => self.fault(field, &Wrong::Missing),
            Ok(given) => drop(self.given.insert(field.name, given)),
            Err(wrong) => self.fault(field, &wrong),
        }
    }

    fn fault(&mut self, field: &Field, wrong: &Wrong) {
        self.faults.add(field.name, sentence(field, wrong));
    }

    /// Asks for a change with what was read. Where something could not be read nothing is changed, and what is wrong with
    /// the rest is told with it.
    pub fn ask<T>(&self, by: &By, ask: impl FnOnce(&By) -> Result<T, ActError>) -> Result<T, Problem> {
        self.faults.and(ask(&by.clone().reading(self.faults.legible())))
    }

    /// Not in place of what was told and could not be read.
    pub fn put_if_absent(&mut self, name: &'static str, given: Given) {
        if !self.faults.is_at(name) {
            self.given.entry(name).or_insert(given);
        }
    }

    pub fn text(&self, name: &str) -> Option<String> {
        match self.given.get(name)? {
            Given::Text(text) if !text.is_empty() => Some(text.clone()),
            Given::Text(_) | Given::Nothing | Given::Whole(_) | Given::Day(_) | Given::Truth(_) => None,
        }
    }

    pub fn needed(&self, name: &str) -> String {
        self.text(name).unwrap_or_default()
    }

    pub fn whole_number(&self, name: &str) -> Option<i64> {
        match self.given.get(name)? {
            Given::Whole(number) => Some(*number),
            Given::Text(_) | Given::Nothing | Given::Day(_) | Given::Truth(_) => None,
        }
    }

    pub fn money(&self, name: &str) -> Option<Money> {
        self.whole_number(name).map(Money::cents)
    }

    pub fn day(&self, name: &str) -> Option<Day> {
        match self.given.get(name)? {
            Given::Day(day) => Some(*day),
            Given::Text(_) | Given::Nothing | Given::Whole(_) | Given::Truth(_) => None,
        }
    }

    pub fn truth(&self, name: &str) -> Option<bool> {
        match self.given.get(name)? {
            Given::Truth(truth) => Some(*truth),
            Given::Text(_) | Given::Nothing | Given::Whole(_) | Given::Day(_) => None,
        }
    }
}

impl Field {
    /// The longest text of one line, in characters.
    pub fn line_max(&self) -> usize {
        text::line_max(self.name)
    }

    fn read(&self, value: &Json) -> Result<Given, Wrong> {
        if value.is_null() {
            return Ok(Given::Nothing);
        }
        match self.shape {
            Shape::Line | Shape::Name => {
                let max = self.line_max();
                Ok(Given::Text(text::line(sent(value, max)?, max)?.into_owned()))
            }
            Shape::Title { most } => Ok(Given::Text(text::line(sent(value, most)?, most)?.into_owned())),
            Shape::Query => Ok(Given::Text(sent(value, QUERY_MAX)?.to_owned())),
            Shape::Note => {
                Ok(Given::Text(text::paragraph(sent(value, text::NOTE_MAX)?, text::NOTE_MAX)?.into_owned()))
            }
            Shape::Money { least } => {
                let cents = scaled(value, 100.0, AMOUNT_MAX.cents / 100).ok_or(Wrong::NotAnAmount)?;
                within(cents, least, AMOUNT_MAX.cents)
                    .map_err(|_| Wrong::OutOfRange { min: least / 100, max: AMOUNT_MAX.cents / 100 })
            }
            Shape::Whole { least, most } => {
                let number = value.as_i64().or_else(|| whole_real(value)).ok_or(Wrong::NotANumber)?;
                within(number, least, most)
            }
            Shape::Decimal => {
                scaled(value, 1_000_000.0, QUANTITY_MAX).map(Given::Whole).ok_or(Wrong::NotANumber)
            }
            Shape::Day => string(value).ok().and_then(Day::parse).map(Given::Day).ok_or(Wrong::NotADay),
            Shape::Truth => value.as_bool().map(Given::Truth).ok_or(Wrong::NotAChoice),
            Shape::Choice(choices) => {
                let chosen = value.as_str().filter(|name| choices().contains(name));
                chosen.map(|name| Given::Text(name.to_owned())).ok_or(Wrong::NotAChoice)
            }
        }
    }
}

fn object(body: Json) -> Result<Map<String, Json>, Problem> {
    match body {
        Json::Object(object) => Ok(object),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Array(_) => {
            Err(Problem::invalid(vec![(String::new(), "is not an object: write { ... }".to_owned())]))
        }
    }
}

fn unknown(fields: &[Field], body: &Map<String, Json>, may_be_told: impl Fn(&Field) -> bool) -> Faults {
    let known = |name: &str| fields.iter().any(|field| field.name == name && may_be_told(field));
    let unknown = body.keys().filter(|name| !known(name));
    let sentence = "is not a value that can be told here: leave it out";
    Faults(unknown.map(|name| (format!("/{}", escaped(name)), sentence.to_owned())).collect())
}

/// As JSON pointers write names.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// What is wrong with a value, and what it may be.
fn sentence(field: &Field, wrong: &Wrong) -> String {
    match (field.shape, wrong) {
        (Shape::Choice(choices), Wrong::NotAChoice) => format!("{wrong}: {}", choices().join(", ")),
        (Shape::Truth, Wrong::NotAChoice) => "is neither true nor false".to_owned(),
        (Shape::Line | Shape::Title { .. } | Shape::Query | Shape::Note | Shape::Name, Wrong::NotAChoice) => {
            "is not text".to_owned()
        }
        (_, wrong) => wrong.to_string(),
    }
}

fn string(value: &Json) -> Result<&str, Wrong> {
    value.as_str().ok_or(Wrong::NotAChoice)
}

/// The text as it was sent, spaces around it counted.
fn sent(value: &Json, max: usize) -> Result<&str, Wrong> {
    let text = string(value)?;
    match text.chars().nth(max) {
        None => Ok(text),
        Some(_) => Err(Wrong::TooLong { max }),
    }
}

/// Numbers like `5.0` and `1e3` are whole too.
fn whole_real(value: &Json) -> Option<i64> {
    let number = value.as_f64()?;
    (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)
}

/// Rounded once, as it comes in.
fn scaled(value: &Json, scale: f64, most: i64) -> Option<i64> {
    let number = value.as_f64()?;
    (number.abs() <= most as f64).then(|| (number * scale).round() as i64)
}

fn within(number: i64, least: i64, most: i64) -> Result<Given, Wrong> {
    match (least..=most).contains(&number) {
        true => Ok(Given::Whole(number)),
        false => Err(Wrong::OutOfRange { min: least, max: most }),
    }
}
