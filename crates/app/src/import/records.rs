//! The rows of the import files after reading: text and numbers checked, other records still named by external id.

pub use luotsi_store::{
    account::{contact::ContactRecord, record::AccountRecord, team::TeamMemberRecord},
    activity::record::ActivityRecord,
    base::record::{AbilityRecord, EstimateRecord, TargetRecord},
    offering::record::ProductRecord,
    people::record::PersonRecord,
    sales::record::{SalesRecord, SalesRow},
    segmentation::record::OverrideRecord,
};

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
