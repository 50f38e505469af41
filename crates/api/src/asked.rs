//! What the address of a list asks: filters, order, columns, how many, and where the last page ended.

use crate::problem::Problem;
use data_encoding::BASE64URL_NOPAD;
use luotsi_app::{
    exchange::moment,
    text::{self, NAME_MAX},
};
use luotsi_core::units::Day;
use luotsi_store::{
    Value,
    listing::{Asked, Column, Filter, Kind, Order, Place, Resource, Test},
};
use uuid::Uuid;

pub const LIMIT: usize = 50;
pub const LIMIT_MAX: usize = 200;
/// Nothing that is counted or paid is larger.
pub const NUMBER_MAX: i64 = 1_000_000_000;
/// More values of one filter cost the database too much. That filters are not too many the length of addresses sees to.
pub const VALUES_MAX: usize = 100;

/// The tests of a filter: what stands behind the column's name, and what it asks.
pub const TESTS: [(&str, &str); 6] = [
    ("", "is the value; given several times, any of them"),
    ("not", "is not the value"),
    ("from", "is the value or more"),
    ("to", "is the value or less"),
    ("contains", "has the text in it"),
    ("empty", "`true`: has no value; `false`: has one"),
];

pub fn read(resource: &'static Resource, query: &str) -> Result<Asked, Problem> {
    let mut asked = Asked {
        columns: resource.shown().collect(),
        filters: Vec::new(),
        sort: None,
        after: None,
        limit: LIMIT,
    };
    let mut cursor = None;
    let mut seen: Vec<String> = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let is_said_twice = seen.iter().any(|said| *said == name);
        match name.as_ref() {
            "limit" | "sort" | "fields" | "cursor" if is_said_twice => {
                return Err(Problem::parameter(&name, "is given twice: give it once"));
            }
            "limit" => asked.limit = limit(&value)?,
            "sort" => asked.sort = Some(sort(resource, &value)?),
            "fields" => asked.columns = fields(resource, &value)?,
            "cursor" => cursor = Some(value.into_owned()),
            _ => filter(resource, &mut asked.filters, &name, &value)?,
        }
        seen.push(name.into_owned());
    }
    if asked.sort.is_some()
        && let Some(within) = ordered_within(resource, &asked.filters)
    {
        return Err(Problem::unusable("sort", within));
    }
    if let Some(cursor) = cursor {
        let place = place(resource, asked.sort, &cursor);
        asked.after = Some(place.ok_or_else(|| {
            Problem::parameter("cursor", "is not one of this list: take `next` of the page before as it is")
        })?);
    }
    Ok(asked)
}

/// What must be asked for too where rows are in another order than that of their key.
fn ordered_within(resource: &Resource, filters: &[Filter]) -> Option<String> {
    let within = resource.ordered_within?;
    let is_within =
        filters.iter().any(|filter| filter.column.name == within && matches!(filter.test, Test::AnyOf(_)));
    (!is_within).then(|| ordering(within))
}

/// How a resource of so many rows is ordered.
pub fn ordering(within: &str) -> String {
    format!("is only for rows of some {within}s: ask for `{within}` too")
}

pub fn limit(value: &str) -> Result<usize, Problem> {
    let limit = value.parse().ok().filter(|limit| (1..=LIMIT_MAX).contains(limit));
    limit.ok_or_else(|| Problem::parameter("limit", format!("is a whole number from 1 to {LIMIT_MAX}")))
}

fn sort(resource: &'static Resource, value: &str) -> Result<(&'static Column, Order), Problem> {
    let (name, order) = match value.strip_prefix('-') {
        Some(name) => (name, Order::Descending),
        None => (value, Order::Ascending),
    };
    let column = resource.column(name).filter(|column| is_sortable(column));
    let column = column.ok_or_else(|| {
        Problem::parameter(
            "sort",
            format!("is one of {}, with - before it for the largest first", sortable(resource)),
        )
    })?;
    Ok((column, order))
}

pub fn is_sortable(column: &Column) -> bool {
    !column.is_locked && !matches!(column.kind, Kind::Words | Kind::Meetings)
}

fn sortable(resource: &Resource) -> String {
    let names: Vec<&str> =
        resource.columns.iter().filter(|column| is_sortable(column)).map(|column| column.name).collect();
    names.join(", ")
}

fn fields(resource: &'static Resource, value: &str) -> Result<Vec<&'static Column>, Problem> {
    let column = |name: &str| {
        resource.shown().find(|column| column.name == name).ok_or_else(|| {
            let names: Vec<&str> = resource.shown().map(|column| column.name).collect();
            Problem::parameter(
                "fields",
                format!("are names with commas between them, of {}", names.join(", ")),
            )
        })
    };
    let mut columns = Vec::new();
    for name in value.split(',') {
        let column = column(name)?;
        if !columns.iter().any(|known: &&Column| known.name == column.name) {
            columns.push(column);
        }
    }
    Ok(columns)
}

fn filter(
    resource: &'static Resource,
    filters: &mut Vec<Filter>,
    parameter: &str,
    text: &str,
) -> Result<(), Problem> {
    let (name, test) = parameter.split_once('.').unwrap_or((parameter, ""));
    let column = resource.column(name).filter(|column| !column.is_locked);
    let column = column.ok_or_else(|| Problem::parameter(parameter, "is not a value of this list"))?;
    let read = |text: &str| {
        let words = column.one_of.map(|words| words());
        if let Some(words) = words.filter(|words| !words.contains(&text)) {
            return Err(Problem::parameter(parameter, format!("is one of {}", words.join(", "))));
        }
        value(column.kind, text).ok_or_else(|| Problem::parameter(parameter, expectation(column.kind)))
    };
    let is_text = matches!(column.kind, Kind::Text | Kind::Words) && column.one_of.is_none();
    let test = match (test, column.kind) {
        ("", Kind::Words) => Test::Contains(searched(parameter, text)?),
        ("", Kind::Meetings) => Test::NotMetSince(read(text)?),
        (_, Kind::Meetings) => {
            return Err(Problem::parameter(parameter, "asks what cannot be asked of this value"));
        }
        ("", _) => {
            let value = read(text)?;
            let any_of =
                |known: &Filter| known.column.name == column.name && matches!(known.test, Test::AnyOf(_));
            let Some(known) = filters.iter_mut().find(|known| any_of(known)) else {
                filters.push(Filter { column, test: Test::AnyOf(vec![value]) });
                return Ok(());
            };
            return match &mut known.test {
                Test::AnyOf(values) if values.len() < VALUES_MAX => {
                    values.push(value);
                    Ok(())
                }
                Test::AnyOf(_)
                | Test::NoneOf(_)
                | Test::AtLeast(_)
                | Test::AtMost(_)
                | Test::Contains(_)
                | Test::NotMetSince(_)
                | Test::Empty
                | Test::Filled => {
                    Err(Problem::parameter(parameter, format!("has too many values: at most {VALUES_MAX}")))
                }
            };
        }
        ("not", kind) if kind != Kind::Words => Test::NoneOf(vec![read(text)?]),
        ("from", kind) if kind != Kind::Words => Test::AtLeast(read(text)?),
        ("to", kind) if kind != Kind::Words => Test::AtMost(read(text)?),
        ("contains", _) if is_text => Test::Contains(searched(parameter, text)?),
        ("empty", kind) if kind != Kind::Words => match text {
            "true" => Test::Empty,
            "false" => Test::Filled,
            _ => return Err(Problem::parameter(parameter, "is true or false")),
        },
        (_, _) => return Err(Problem::parameter(parameter, "asks what cannot be asked of this value")),
    };
    filters.push(Filter { column, test });
    Ok(())
}

fn searched(parameter: &str, text: &str) -> Result<String, Problem> {
    match text::line(text, NAME_MAX) {
        Ok(text) if !text.is_empty() => Ok(text.into_owned()),
        Ok(_) | Err(_) => Err(Problem::parameter(
            parameter,
            format!("is text in one line of at most {NAME_MAX} characters"),
        )),
    }
}

/// A value as addresses write it.
pub fn value(kind: Kind, text: &str) -> Option<Value> {
    Some(match kind {
        Kind::Id => Uuid::try_parse(text).ok()?.into(),
        Kind::Text | Kind::Words => text::line(text, NAME_MAX).ok()?.as_ref().into(),
        Kind::Day | Kind::Meetings => Day::parse(text)?.into(),
        Kind::Money => decimal(text, 100)?.into(),
        Kind::Millionths => decimal(text, 1_000_000)?.into(),
        Kind::Whole => {
            text.parse::<i64>().ok().filter(|whole| (-NUMBER_MAX..=NUMBER_MAX).contains(whole))?.into()
        }
        Kind::Moment => moment(text)?.into(),
        Kind::Truth => text.parse::<bool>().ok()?.into(),
    })
}

fn decimal(text: &str, scale: i64) -> Option<i64> {
    let number: f64 = text.parse().ok()?;
    (number.abs() <= NUMBER_MAX as f64).then_some((number * scale as f64).round() as i64)
}

fn expectation(kind: Kind) -> String {
    match kind {
        Kind::Id => "is an id of ours".to_owned(),
        Kind::Text | Kind::Words => format!("is text in one line of at most {NAME_MAX} characters"),
        Kind::Day | Kind::Meetings => "is a day like 2026-11-22".to_owned(),
        Kind::Money => "is an amount like 1234.50".to_owned(),
        Kind::Millionths => "is a number like 0.25".to_owned(),
        Kind::Whole => "is a whole number".to_owned(),
        Kind::Moment => "is a moment like 2026-11-22T08:00:00Z".to_owned(),
        Kind::Truth => "is true or false".to_owned(),
    }
}

/// Where the next page begins, as a text that means nothing to anybody else.
pub fn cursor(asked: &Asked, place: &Place) -> String {
    let mut parts = vec![order(asked.sort)];
    parts.extend([&place.sorted_by].into_iter().chain(&place.key).map(written));
    let json = serde_json::to_vec(&parts).unwrap_or_default();
    BASE64URL_NOPAD.encode(&json)
}

fn order(sort: Option<(&'static Column, Order)>) -> Option<String> {
    sort.map(|(column, order)| match order {
        Order::Ascending => column.name.to_owned(),
        Order::Descending => format!("-{}", column.name),
    })
}

fn written(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Int(int) => Some(int.to_string()),
        Value::Real(real) => Some(real.to_string()),
        Value::Text(text) => Some(text.clone()),
        Value::Id(id) => Some(id.to_string()),
        Value::Day(day) => Some(day.to_string()),
    }
}

fn place(resource: &Resource, sort: Option<(&'static Column, Order)>, cursor: &str) -> Option<Place> {
    let parts: Vec<Option<String>> =
        serde_json::from_slice(&BASE64URL_NOPAD.decode(cursor.as_bytes()).ok()?).ok()?;
    let [sorted, rest @ ..] = parts.as_slice() else { return None };
    let [sorted_by, key @ ..] = rest else { return None };
    if *sorted != order(sort) || key.len() != resource.key.len() {
        return None;
    }
    let sorted_by = match (sort, sorted_by) {
        (Some((column, _)), Some(text)) => kept(column.kind, text)?,
        (Some(_) | None, None) => Value::Null,
        (None, Some(_)) => return None,
    };
    let key = resource.key.iter().zip(key);
    let key =
        key.map(|(name, text)| kept(resource.column(name)?.kind, text.as_ref()?)).collect::<Option<_>>()?;
    Some(Place { sorted_by, key })
}

/// What `written` wrote.
fn kept(kind: Kind, text: &str) -> Option<Value> {
    match kind {
        Kind::Money | Kind::Millionths | Kind::Whole | Kind::Moment | Kind::Truth => {
            text.parse::<i64>().ok().map(Value::Int)
        }
        // As it stands in the database: a longer text than may be asked for.
        Kind::Text | Kind::Words => {
            let is_storable = text.len() <= 4 * text::NOTE_MAX && !text.contains('\0');
            is_storable.then(|| text.into())
        }
        Kind::Id | Kind::Day | Kind::Meetings => value(kind, text),
    }
}
