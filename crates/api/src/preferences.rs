//! How the person of the token likes to use Luotsi.

use crate::{
    field::{Field, Given, Input, Shape, optional},
    setting::Setting,
};
use luotsi_app::{
    act::{ActError, By},
    people::{
        access::{self, DAY_MINUTES},
        company::LANGUAGES,
    },
};
use luotsi_core::people::policy::Viewer;
use luotsi_store::{
    Reader, Store, StoreError,
    people::preference::{self, Preference},
};
use serde_json::{Value as Json, json};

pub static FIELDS: &[Field] = &[
    optional(
        "language",
        Shape::Choice(|| LANGUAGES.to_vec()),
        "Of the pages; null: what the browser asks for.",
    ),
    optional(
        "day_minutes",
        Shape::Whole { least: DAY_MINUTES.0, most: DAY_MINUTES.1 },
        "Minutes for customers on a working day; null: as the company has it.",
    ),
    optional("keys", Shape::Truth, "Whether single keys do something on pages; true unless told."),
];

impl Setting for Preference {
    fn fields() -> &'static [Field] {
        FIELDS
    }

    fn of(reader: &Reader<'_>, viewer: &Viewer) -> Result<Self, StoreError> {
        preference::of(reader, viewer.person)
    }

    fn json(&self) -> Json {
        json!({ "language": self.language, "day_minutes": self.day_minutes, "keys": self.has_keys })
    }

    fn version(&self) -> String {
        access::version_of(self)
    }

    fn with(self, part: &Input) -> Self {
        let is_told = |name: &str| part.given.contains_key(name);
        Self {
            language: if is_told("language") { part.text("language") } else { self.language },
            day_minutes: match is_told("day_minutes") {
                true => part.whole_number("day_minutes").map(|minutes| minutes as u32),
                false => self.day_minutes,
            },
            has_keys: part.given.get("keys").map_or(self.has_keys, |keys| *keys != Given::Truth(false)),
        }
    }

    fn keep(self, store: &Store, by: &By, version: &str) -> Result<(), ActError> {
        access::prefer_instead(store, by, version, self)
    }
}
