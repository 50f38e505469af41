//! Whom a page is about: everyone, or some people.

use crate::{
    Query, StoreError, Value,
    engine::{LIST_MAX, in_list, list_size, padded},
};
use luotsi_core::people::PersonId;

/// A person and those whose part they do are seldom more.
const FEW: usize = 8;

/// Whose accounts or proposals are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    Everyones,
    /// At most `LIST_MAX` people.
    Of(Vec<PersonId>),
}

impl Whose {
    pub(crate) fn is_of_few(&self) -> bool {
        matches!(self, Self::Of(people) if people.len() <= FEW)
    }

    /// `and COLUMN in (...)`, with its values from `$first` on.
    pub(crate) fn condition(&self, column: &str, first: usize) -> (String, Vec<Value>) {
        match self {
            Self::Everyones => (String::new(), Vec::new()),
            Self::Of(people) => {
                let people = &people[..people.len().min(LIST_MAX)];
                let list = in_list(first, list_size(people.len()));
                (format!("\n   and {column} in {list}"), padded(people))
            }
        }
    }
}

/// What the person is called.
pub fn person_name(query: &impl Query, person: PersonId) -> Result<Option<String>, StoreError> {
    query.one("select name from person where id = $1", &[person.into()], |row| row.string(0))
}
