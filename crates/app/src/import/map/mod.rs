//! Map files: how the columns of another system's file become ours. `examples/README.md` describes the format.

mod condition;
mod formula;

pub use condition::{Condition, ConditionFault, Test};
pub use formula::{Formula, FormulaFault, NoValue};

use super::number::{self, DecimalMark, Exact};
use crate::file::{self, unreadable};
use jiff::fmt::strtime::BrokenDownTime;
use luotsi_core::units::Day;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
};

/// A map file. Every key is optional; an unknown one is refused.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Map {
    /// Our column = theirs; of several the values are joined with a space.
    pub columns: BTreeMap<String, OneOrMany>,
    /// Our column = the value of every row.
    pub constants: BTreeMap<String, Constant>,
    /// Our column = what their values mean; `*` stands for all others.
    pub values: BTreeMap<String, HashMap<String, Constant>>,
    /// How their days are written, in the manner of strftime.
    pub date_form: Option<String>,
    /// A row that meets any of the conditions is skipped.
    pub skip: Vec<Condition>,
    /// Our amount column = a formula over their columns.
    pub formula: BTreeMap<String, String>,
    /// What sales lines make when it is unknown.
    pub create: Vec<Created>,
    /// Of an account made from sales lines: our column = theirs.
    pub account: BTreeMap<String, OneOrMany>,
    /// Of a product made from sales lines: our column = theirs.
    pub product: BTreeMap<String, OneOrMany>,
}

/// What sales lines may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Created {
    Account,
    Product,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub fn to_vec(&self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one.clone()],
            Self::Many(many) => many.clone(),
        }
    }
}

/// A value as a map file writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Constant {
    Text(String),
    Whole(i64),
    Yes(bool),
    Day(toml::value::Datetime),
}

impl Constant {
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Yes(is_so) => if *is_so { "yes" } else { "no" }.to_owned(),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// Why a map file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MapFault {
    #[error("The map file {} {}.", path.display(), unreadable(error))]
    Unreadable { path: PathBuf, error: std::io::Error },
    #[error("The map file {} is not understood at line {line}: {message}.", path.display())]
    NotUnderstood { path: PathBuf, line: usize, message: String },
    #[error("The map file {} has a date_form {form:?} that gives no day; write it like %d.%m.%Y.", path.display())]
    DateForm { path: PathBuf, form: String },
}

impl Map {
    pub fn read(path: &Path) -> Result<Self, MapFault> {
        let text = file::read(path).map_err(|error| MapFault::Unreadable { path: path.to_owned(), error })?;
        let map: Self = toml::from_str(&text).map_err(|error| MapFault::NotUnderstood {
            path: path.to_owned(),
            line: error.span().map_or(1, |span| 1 + text[..span.start.min(text.len())].matches('\n').count()),
            message: error.message().trim_end_matches('.').replace('\n', " "),
        })?;
        match &map.date_form {
            Some(form) if !gives_days(form) => {
                Err(MapFault::DateForm { path: path.to_owned(), form: form.clone() })
            }
            Some(_) | None => Ok(map),
        }
    }

    /// Their columns that the map names.
    pub fn their_columns(&self) -> Vec<String> {
        let named = self.columns.values().chain(self.account.values()).chain(self.product.values());
        let conditions = self.skip.iter().map(|condition| condition.column.clone());
        named.flat_map(OneOrMany::to_vec).chain(conditions).collect()
    }
}

/// The day in `text`, written in `form`; a time of day in it does not count.
pub fn day_in_form(text: &str, form: &str) -> Option<Day> {
    BrokenDownTime::parse(form, text).ok()?.to_date().ok().map(Day::from)
}

/// A form gives days when what it writes can be read back.
fn gives_days(form: &str) -> bool {
    let noon = jiff::civil::date(2026, 11, 22).at(12, 0, 0, 0).in_tz("UTC");
    noon.ok()
        .and_then(|noon| BrokenDownTime::from(&noon).to_string(form).ok())
        .and_then(|written| day_in_form(&written, form))
        .is_some()
}

/// A number as map files write it: with a point.
fn number(text: &str) -> Option<Exact> {
    number::parse(text, DecimalMark::Point)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(toml: &str) -> Result<Map, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.toml");
        std::fs::write(&path, toml).unwrap();
        Map::read(&path).map_err(|fault| fault.to_string())
    }

    #[test]
    fn a_map_is_read() {
        let map = read(
            "date_form = \"%Y-%m-%d %H:%M:%S\"\ncreate = [\"account\"]\n[columns]\nname = [\"first\", \"last\"]\n\
             [constants]\nyear = 2026\nactive = true\n[values.state]\n\"Kyllä\" = \"done\"\n[[skip]]\ncolumn = \"x\"\nempty = true\n",
        );

        let map = map.unwrap();
        assert_eq!(map.columns["name"].to_vec(), ["first", "last"]);
        assert_eq!(map.constants["year"].text(), "2026");
        assert_eq!(map.constants["active"].text(), "yes");
        assert_eq!(map.create, [Created::Account]);
    }

    #[test]
    fn a_typo_is_named_with_its_line() {
        let fault = read("\n[colums]\nname = \"x\"\n").unwrap_err();

        assert!(fault.contains("line 2") && fault.contains("colums"), "{fault}");
        assert!(read("[[skip]]\ncolumn = \"x\"\nis_empty = true\n").unwrap_err().contains("is_empty"));
        assert!(read("date_form = \"nothing\"").unwrap_err().contains("date_form"));
        assert!(read("date_form = \"%Q\"").unwrap_err().contains("date_form"));
    }

    #[test]
    fn days_are_read_in_the_form_told() {
        assert_eq!(day_in_form("2009-12-01 07:45:00", "%Y-%m-%d %H:%M:%S"), Day::new(2009, 12, 1));
        assert_eq!(day_in_form("1/2/2026", "%m/%d/%Y"), Day::new(2026, 1, 2));
        assert_eq!(day_in_form("31/2/2026", "%d/%m/%Y"), None);
    }
}
