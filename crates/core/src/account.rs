//! The customer master: what an account is on a day.

mod business_id;

pub use business_id::finnish_business_id;

use crate::{people::PersonNo, units::Day};
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub Uuid);

#[derive(Clone, Debug)]
pub struct Account {
    pub id: AccountId,
    pub external_id: String,
    pub name: String,
    /// What was so from a day on, in order of day. Before the first the account does not exist.
    pub versions: Vec<AccountVersion>,
}

/// What holds of an account from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountVersion {
    pub from: Day,
    pub owner: Option<PersonNo>,
    pub industry: Option<String>,
    pub size_class: Option<String>,
    pub parent: Option<AccountId>,
    pub is_active: bool,
}

impl Account {
    pub fn on(&self, day: Day) -> Option<&AccountVersion> {
        self.versions.iter().rev().find(|version| version.from <= day)
    }

    pub fn is_active(&self, day: Day) -> bool {
        self.on(day).is_some_and(|version| version.is_active)
    }
}
