//! The company's own settings: everybody's programs read them, since amounts are in its currency and days are its days.

use crate::{
    field::{Field, Input, Shape, needed},
    setting::Setting,
};
use luotsi_app::{
    act::{ActError, By},
    people::company::{self, CURRENCIES, LANGUAGES, Told},
};
use luotsi_core::people::policy::Viewer;
use luotsi_store::{
    Reader, Store, StoreError,
    people::{self, CompanySettings},
};
use serde_json::{Value as Json, json};

pub static FIELDS: &[Field] = &[
    needed("name", Shape::Line, "What the company is called."),
    needed("language", Shape::Choice(|| LANGUAGES.to_vec()), "Of what nobody has chosen a language for."),
    needed(
        "time_zone",
        Shape::Line,
        "By its name in the IANA database, `Europe/Helsinki`: it says which day it is.",
    ),
    needed(
        "currency",
        Shape::Choice(|| CURRENCIES.to_vec()),
        "Of every amount, by ISO 4217; nothing is converted.",
    ),
];

impl Setting for CompanySettings {
    fn fields() -> &'static [Field] {
        FIELDS
    }

    fn of(reader: &Reader<'_>, _: &Viewer) -> Result<Self, StoreError> {
        people::company(reader)
    }

    fn json(&self) -> Json {
        json!({
            "name": self.name,
            "language": self.language,
            "time_zone": self.time_zone,
            "currency": self.currency,
        })
    }

    fn version(&self) -> String {
        company::version_of(self)
    }

    fn with(self, part: &Input) -> Self {
        Self {
            name: part.text("name").unwrap_or(self.name),
            language: part.text("language").unwrap_or(self.language),
            time_zone: part.text("time_zone").unwrap_or(self.time_zone),
            currency: part.text("currency").unwrap_or(self.currency),
            first_watch_on: self.first_watch_on,
        }
    }

    fn keep(self, store: &Store, by: &By, version: &str) -> Result<(), ActError> {
        let Self { name, language, time_zone, currency, first_watch_on: _ } = self;
        company::change(store, by, version, &Told { name, language, time_zone, currency })
    }
}
