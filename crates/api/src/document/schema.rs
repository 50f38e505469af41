//! The schemas of the OpenAPI document: values as addresses and bodies write them.

use crate::{
    asked::NUMBER_MAX,
    field::{Field, Shape},
    kind::{KINDS, Kind, Names, Tells},
};
use luotsi_app::{
    people::view::QUERY_MAX,
    rules::{AMOUNT_MAX, QUANTITY_MAX},
    text::{ID_MAX, NAME_MAX, NOTE_MAX},
};
use luotsi_store::listing::{self, Column};
use serde_json::{Map, Value as Json, json};

pub fn schemas() -> Map<String, Json> {
    let mut schemas = Map::new();
    for kind in KINDS {
        let name = kind.resource.name;
        schemas.insert(name.to_owned(), shown_schema(kind));
        let Some(tells) = &kind.tells else { continue };
        schemas.insert(format!("{name}.new"), object(tells.fields, names(tells), Telling::Whole));
        if tells.names != Names::Content {
            schemas.insert(format!("{name}.told"), object(tells.fields, Vec::new(), Telling::Whole));
            schemas.insert(format!("{name}.change"), object(tells.fields, Vec::new(), Telling::Part));
        }
    }
    schemas.insert("problem".to_owned(), problem_schema());
    schemas
}

/// The source and external id of a new record, and whether it needs one.
fn names(tells: &Tells) -> Vec<(&'static str, bool)> {
    match tells.names {
        Names::Own => vec![("source", false), ("external_id", true)],
        Names::OwnOrNumber => vec![("source", false), ("external_id", false)],
        Names::Content => vec![("source", false)],
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    Whole,
    Part,
}

pub fn object(fields: &[Field], names: Vec<(&'static str, bool)>, telling: Telling) -> Json {
    let told = || fields.iter().filter(|field| telling == Telling::Whole || !field.is_fixed);
    let mut properties: Map<String, Json> =
        told().map(|field| (field.name.to_owned(), field_schema(field))).collect();
    let mut required: Vec<&str> = match telling {
        Telling::Whole => told().filter(|field| field.is_needed).map(|field| field.name).collect(),
        Telling::Part => Vec::new(),
    };
    for (name, is_needed) in &names {
        properties.insert((*name).to_owned(), name_schema());
        required.extend(is_needed.then_some(*name));
    }
    let mut object = json!({
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    });
    if names.contains(&("external_id", false)) {
        object["dependentRequired"] = json!({ "source": ["external_id"] });
    }
    object
}

fn field_schema(field: &Field) -> Json {
    let text = |max: usize, controls: &str| {
        let least = usize::from(field.is_needed);
        let pattern = pattern(controls, field.is_needed);
        json!({ "type": "string", "minLength": least, "maxLength": max, "pattern": pattern })
    };
    let mut schema = match field.shape {
        Shape::Line | Shape::Name => text(field.line_max(), CONTROLS),
        Shape::Title { most } => text(most, CONTROLS),
        Shape::Query => {
            json!({ "type": "string", "minLength": 1, "maxLength": QUERY_MAX, "pattern": "^[!\"$-~]+$" })
        }
        Shape::Note => text(NOTE_MAX, CONTROLS_BUT_LINES),
        Shape::Money { least } => {
            json!({ "type": "number", "minimum": least / 100, "maximum": AMOUNT_MAX.cents / 100 })
        }
        Shape::Whole { least, most } => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Shape::Decimal => json!({ "type": "number", "minimum": -QUANTITY_MAX, "maximum": QUANTITY_MAX }),
        Shape::Day => day_schema(),
        Shape::Truth => json!({ "type": "boolean" }),
        Shape::Choice(choices) => json!({ "type": "string", "enum": choices() }),
    };
    if !field.is_needed {
        let kind = schema["type"].clone();
        schema["type"] = json!([kind, "null"]);
        if let Some(choices) = schema.get_mut("enum").and_then(Json::as_array_mut) {
            choices.push(Json::Null);
        }
    }
    schema["description"] = field.says.into();
    schema
}

fn shown_schema(kind: &Kind) -> Json {
    let mut schema = part_schema(kind);
    let always = kind.resource.shown().filter(|column| !column.is_locked);
    schema["required"] = always.map(|column| column.name).collect::<Vec<_>>().into();
    schema
}

/// With `fields` some values may be left out.
pub fn part_schema(kind: &Kind) -> Json {
    let properties: Map<String, Json> =
        kind.resource.shown().map(|column| (column.name.to_owned(), column_schema(column))).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn column_schema(column: &Column) -> Json {
    use listing::Kind as Is;
    let (kind, format) = match column.kind {
        Is::Id | Is::Meetings => ("string", Some("uuid")),
        Is::Text | Is::Words => ("string", None),
        Is::Day => ("string", Some("date")),
        Is::Money | Is::Millionths => ("number", None),
        Is::Whole => ("integer", None),
        Is::Truth => ("boolean", None),
        Is::Moment => ("string", Some("date-time")),
    };
    let mut schema = match column.may_be_empty {
        true => json!({ "type": [kind, "null"] }),
        false => json!({ "type": kind }),
    };
    if let Some(format) = format {
        schema["format"] = format.into();
    }
    if let Some(words) = column.one_of {
        let nothing = column.may_be_empty.then_some(Json::Null);
        schema["enum"] = words().into_iter().map(Json::from).chain(nothing).collect();
    }
    schema
}

fn problem_schema() -> Json {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "errors": { "type": "array", "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "pointer": { "type": "string", "description": "A JSON pointer into the body." },
                    "parameter": { "type": "string" },
                    "header": { "type": "string" },
                    "detail": { "type": "string" },
                },
            } },
        },
    })
}

pub fn name_schema() -> Json {
    json!({ "type": "string", "minLength": 1, "maxLength": ID_MAX, "pattern": format!("^[^{CONTROLS}{NO_SPACE}]([^{CONTROLS}]*[^{CONTROLS}{NO_SPACE}])?$") })
}

pub fn searched_schema() -> Json {
    json!({ "type": "string", "minLength": 1, "maxLength": NAME_MAX, "pattern": pattern(CONTROLS, true) })
}

/// Signs that no text may hold; spaces around a text are taken off it first.
const CONTROLS: &str = r"\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069";
const CONTROLS_BUT_LINES: &str =
    r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069";
const SPACES: &str = r"[\u0009-\u000d \u0085\u00a0]*";
const NO_SPACE: &str = r"\u0009-\u000d \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u200b\u200e\u200f\u2060\ufeff";

fn pattern(controls: &str, is_needed: bool) -> String {
    match is_needed {
        true => format!("^{SPACES}[^{controls}{NO_SPACE}][^{controls}]*{SPACES}$"),
        false => format!("^{SPACES}[^{controls}]*{SPACES}$"),
    }
}

/// As addresses write it.
pub fn value_schema(kind: listing::Kind) -> Json {
    use listing::Kind as Is;
    match kind {
        Is::Id => json!({ "type": "string", "format": "uuid" }),
        Is::Text | Is::Words => {
            json!({ "type": "string", "maxLength": NAME_MAX, "pattern": pattern(CONTROLS, false) })
        }
        Is::Day | Is::Meetings => day_schema(),
        Is::Money | Is::Millionths => {
            json!({ "type": "number", "minimum": -NUMBER_MAX, "maximum": NUMBER_MAX })
        }
        Is::Whole => json!({ "type": "integer", "minimum": -NUMBER_MAX, "maximum": NUMBER_MAX }),
        Is::Moment => json!({
            "type": "string", "format": "date-time",
            "pattern": "^[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?Z$",
            "examples": ["2026-11-22T08:00:00Z"],
        }),
        Is::Truth => json!({ "type": "boolean" }),
    }
}

pub fn day_schema() -> Json {
    json!({ "type": "string", "format": "date", "pattern": "^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$", "examples": ["2026-11-22"] })
}
