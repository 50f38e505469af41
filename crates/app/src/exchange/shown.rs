//! A row as other programs read it, and the tag by which they say which state of it they have seen.

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use luotsi_store::{
    Value,
    listing::{Column, Kind},
};
use serde::{Serialize, Serializer, ser::SerializeMap};
use sha2::{Digest, Sha256};

/// A row with its columns, written as a JSON object in their order.
#[derive(Debug)]
pub struct Shown<'a> {
    pub columns: &'a [&'static Column],
    pub cells: &'a [Value],
    /// Whether the columns are shown that only some may see.
    pub is_unlocked: bool,
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            if !column.is_locked || self.is_unlocked {
                object.serialize_entry(column.name, &Cell(column.kind, cell))?;
            }
        }
        object.end()
    }
}

/// The same as long as nothing that is shown changes.
pub fn tag(json: &str) -> String {
    let digest = HEXLOWER.encode(&Sha256::digest(json.as_bytes()));
    format!("\"{}\"", &digest[..24])
}

/// A moment as `Shown` writes it, in microseconds since 1970 UTC.
pub fn moment(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_microsecond)
}

struct Cell<'a>(Kind, &'a Value);

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.1, self.0) {
            (Value::Null, _) => serializer.serialize_unit(),
            (Value::Text(text), _) => serializer.serialize_str(text),
            (Value::Id(id), _) => serializer.collect_str(id),
            (Value::Day(day), _) => serializer.collect_str(day),
            (Value::Real(real), _) => serializer.serialize_f64(*real),
            (Value::Int(int), Kind::Money) => serializer.serialize_f64(*int as f64 / 100.0),
            (Value::Int(int), Kind::Millionths) => serializer.serialize_f64(*int as f64 / 1_000_000.0),
            (Value::Int(int), Kind::Truth) => serializer.serialize_bool(*int != 0),
            (Value::Int(int), Kind::Moment) => match Timestamp::from_microsecond(*int) {
                Ok(moment) => serializer.collect_str(&moment),
                Err(_) => serializer.serialize_unit(),
            },
            (
                Value::Int(int),
                Kind::Whole | Kind::Id | Kind::Text | Kind::Day | Kind::Words | Kind::Meetings,
            ) => serializer.serialize_i64(*int),
        }
    }
}
