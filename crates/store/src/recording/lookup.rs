//! What the rows of a slice name in one column, looked up all at once and then asked row by row.

use super::{Found, Named, Origin, Outcome, Refusal, references};
use crate::{Query, StoreError};
use std::collections::HashMap;
use uuid::Uuid;

/// What the external ids in one column stand for.
pub(crate) struct Lookup {
    what: Named,
    column: &'static str,
    found: HashMap<String, Found>,
}

impl Lookup {
    /// Of the external ids in the rows' `column`.
    pub fn of<'a>(
        query: &impl Query,
        origin: &Origin,
        (what, column): (Named, &'static str),
        wanted: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, StoreError> {
        Ok(Self { what, column, found: references(query, what, &origin.source, wanted)? })
    }

    pub fn knows(&self, id: &str) -> bool {
        self.found.contains_key(id)
    }

    /// What the slice itself makes is known from now on.
    pub fn learn<'a>(&mut self, made: impl IntoIterator<Item = (&'a str, Uuid)>) {
        self.found.extend(made.into_iter().map(|(external_id, id)| (external_id.to_owned(), Found::One(id))));
    }

    /// What an external id stands for, or why its row is not taken in.
    pub fn one(&self, id: &str) -> Result<Uuid, Outcome> {
        let why = match self.found.get(id) {
            Some(Found::One(found)) => return Ok(*found),
            Some(Found::Several) => Refusal::Ambiguous { what: self.what, id: id.to_owned() },
            None => Refusal::Unknown { what: self.what, id: id.to_owned() },
        };
        Err(Outcome::Refused { column: self.column, why })
    }

    /// The same where the column may be empty.
    pub fn one_if_named(&self, id: Option<&str>) -> Result<Option<Uuid>, Outcome> {
        id.map(|id| self.one(id)).transpose()
    }
}

/// The accounts of a slice's rows, and the people whom they name.
pub(crate) fn accounts_and_people<'a>(
    query: &impl Query,
    origin: &Origin,
    named: impl Iterator<Item = (&'a str, Option<&'a str>)> + Clone,
) -> Result<(Lookup, Lookup), StoreError> {
    let accounts = named.clone().map(|(account, _)| account);
    let people = named.filter_map(|(_, person)| person);
    Ok((
        Lookup::of(query, origin, (Named::Account, "account"), accounts)?,
        Lookup::of(query, origin, (Named::Person, "person"), people)?,
    ))
}
