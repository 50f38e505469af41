//! The one log: what every change records about itself.

use crate::{account::AccountId, people::PersonId, units::Day};
use uuid::Uuid;

/// Who made a change: a person, or the system in a named part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    Person(PersonId),
    Import,
    Watch,
    Setup,
    Demo,
}

impl Actor {
    pub fn name(self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Import => "import",
            Self::Watch => "watch",
            Self::Setup => "setup",
            Self::Demo => "demo",
        }
    }
}

/// What was changed, as the log names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    Company,
    Person,
    Account,
    AccountTeam,
    Contact,
    ProductGroup,
    Product,
    Sales,
    Activity,
    Estimate,
    Ability,
    Target,
    SegmentOverride,
    Proposal,
    Substitution,
    Strategy,
    Watch,
    Session,
}

impl Subject {
    pub fn name(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Person => "person",
            Self::Account => "account",
            Self::AccountTeam => "account_team",
            Self::Contact => "contact",
            Self::ProductGroup => "product_group",
            Self::Product => "product",
            Self::Sales => "sales",
            Self::Activity => "activity",
            Self::Estimate => "estimate",
            Self::Ability => "ability",
            Self::Target => "target",
            Self::SegmentOverride => "segment_override",
            Self::Proposal => "proposal",
            Self::Substitution => "substitution",
            Self::Strategy => "strategy",
            Self::Watch => "watch",
            Self::Session => "session",
        }
    }
}

/// One change, as recorded in its own transaction. A batch of sales lines is one entry a slice; masters get one a field.
#[derive(Clone, Debug)]
pub struct Entry {
    pub subject: Subject,
    pub subject_id: Option<Uuid>,
    /// What of it changed: a field's name, or `created`, `batch`.
    pub what: &'static str,
    pub before: Option<String>,
    pub after: Option<String>,
    pub why: Option<String>,
    /// The accounts whose facts changed, with the first day the change was known: what the watch looks at.
    pub touched: Vec<Touched>,
}

/// An account whose facts changed, and from which day of knowledge on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Touched {
    pub account: AccountId,
    pub known_from: Day,
}
