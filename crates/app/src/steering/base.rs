//! What every account is judged with, loaded once.

use crate::strategy;
use luotsi_core::{
    base::{Company, Peers},
    units::Month,
};
use luotsi_store::{
    Query, StoreError,
    base::{Context, peers},
    people, sales,
};

/// The company, and the numbers by which its facts name people and product groups.
pub struct Base {
    pub company: Company,
    pub context: Context,
}

impl Base {
    /// Everything but the peers.
    pub fn load(query: &impl Query) -> Result<Self, StoreError> {
        let context = Context::load(query)?;
        let company = Company {
            people: context.people.clone(),
            offering: context.offering.clone(),
            strategies: strategy::versions(query)?,
            peers: Peers::default(),
            first_month: sales::first_day(query)?.map(Month::of),
            first_watch: people::company(query)?.first_watch_on,
        };
        Ok(Self { company, context })
    }

    /// With the peers as the last watch kept them: enough for days that it has seen.
    pub fn load_with_peers(query: &impl Query) -> Result<Self, StoreError> {
        let mut base = Self::load(query)?;
        base.company.peers = peers(query, &base.context.group_numbers)?;
        Ok(base)
    }
}
