//! The rows of the import files after reading: text and numbers checked, other records still named by external id.

use luotsi_core::{
    activity::{ActivityKind, ActivityState, Direction},
    base::Estimator,
    people::Role,
    strategy::Segment,
    units::{Day, Money},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRecord {
    pub external_id: String,
    pub name: String,
    pub email: Option<String>,
    pub role: Role,
    pub team: Option<String>,
    pub manager: Option<String>,
    pub is_active: bool,
    pub hourly_cost: Option<Money>,
    pub customer_hours: Option<u32>,
    pub known_on: Option<Day>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRecord {
    pub external_id: String,
    pub name: String,
    pub group: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRecord {
    pub external_id: String,
    pub name: String,
    pub business_id: Option<String>,
    pub parent: Option<String>,
    pub industry: Option<String>,
    pub size_class: Option<String>,
    pub owner: Option<String>,
    pub street: Option<String>,
    pub postal_code: Option<String>,
    pub city: Option<String>,
    pub country: Option<String>,
    pub is_active: bool,
    pub known_on: Option<Day>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMemberRecord {
    pub account: String,
    pub person: String,
    pub role: Role,
    pub from: Option<Day>,
    pub until: Option<Day>,
    pub known_on: Option<Day>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRecord {
    pub external_id: String,
    pub account: String,
    pub name: String,
    pub title: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalesRecord {
    pub invoice: String,
    /// Without it the line is numbered within its invoice in order of the file.
    pub line: Option<String>,
    pub day: Day,
    pub account: String,
    pub product: Option<String>,
    /// Millionths of the product's unit.
    pub quantity_millionths: i64,
    pub net: Money,
    pub cost: Option<Money>,
    pub known_on: Option<Day>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRecord {
    pub external_id: String,
    pub account: String,
    pub kind: ActivityKind,
    pub person: Option<String>,
    pub day: Day,
    pub minutes: Option<u32>,
    pub state: ActivityState,
    pub direction: Option<Direction>,
    pub contact: Option<String>,
    pub outcome: Option<String>,
    pub note: Option<String>,
    pub planned_on: Option<Day>,
    pub known_on: Option<Day>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EstimateRecord {
    pub account: String,
    pub group: Option<String>,
    pub yearly_need: Money,
    pub estimator: Estimator,
    pub person: Option<String>,
    pub day: Day,
    pub justification: Option<String>,
    pub known_on: Option<Day>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbilityRecord {
    pub account: String,
    pub people: u8,
    pub offering: u8,
    pub processes: u8,
    pub relationship: u8,
    pub person: Option<String>,
    pub day: Day,
    pub known_on: Option<Day>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetRecord {
    pub account: String,
    pub year: i16,
    pub target: Money,
    pub person: Option<String>,
    pub day: Day,
    pub known_on: Option<Day>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverrideRecord {
    pub account: String,
    /// `None` takes an override back from `from` on.
    pub segment: Option<Segment>,
    pub reason: Option<String>,
    pub person: Option<String>,
    pub from: Day,
    /// Empty: twelve months after `from`.
    pub review: Option<Day>,
    pub known_on: Option<Day>,
}

/// Everything a company can bring along, in the order in which the files refer to one another.
#[derive(Clone, Debug, Default)]
pub struct Records {
    pub people: Vec<PersonRecord>,
    pub products: Vec<ProductRecord>,
    pub accounts: Vec<AccountRecord>,
    pub account_team: Vec<TeamMemberRecord>,
    pub contacts: Vec<ContactRecord>,
    pub sales: Vec<SalesRecord>,
    pub activities: Vec<ActivityRecord>,
    pub estimates: Vec<EstimateRecord>,
    pub abilities: Vec<AbilityRecord>,
    pub targets: Vec<TargetRecord>,
    pub overrides: Vec<OverrideRecord>,
}
