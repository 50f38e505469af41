//! What every account is judged with, loaded once.

use crate::strategy;
use luotsi_core::{
    base::{Company, Peers},
    people::PersonNo,
    units::Month,
};
use luotsi_store::{
    Query, StoreError,
    account::name_sort,
    base::{Context, peers},
    people::{self, CompanyState},
};
use std::sync::{Arc, Mutex, PoisonError};

/// The company, and the numbers by which its facts name people and product groups.
pub struct Base {
    pub company: Company,
    pub context: Context,
    /// Everybody there is or was, in the order in which names are listed.
    pub people_by_name: Vec<PersonNo>,
}

impl Base {
    /// Everything but the peers.
    pub fn load(query: &impl Query) -> Result<Self, StoreError> {
        let context = Context::load(query)?;
        let state = people::company_state(query)?;
        let company = Company {
            people: context.people.clone(),
            offering: context.offering.clone(),
            strategies: strategy::versions(query)?,
            peers: Peers::default(),
            first_month: state.first_sales_on.map(Month::of),
            first_watch: state.settings.first_watch_on,
        };
        let mut people_by_name: Vec<_> = (0..).map(PersonNo).zip(&company.people.people).collect();
        people_by_name.sort_by_cached_key(|(_, person)| name_sort(&person.name));
        let people_by_name = people_by_name.into_iter().map(|(number, _)| number).collect();
        Ok(Self { company, context, people_by_name })
    }

    /// With the peers as the last watch kept them: enough for days that it has seen.
    pub fn load_with_peers(query: &impl Query) -> Result<Self, StoreError> {
        let mut base = Self::load(query)?;
        base.company.peers = peers(query, &base.context.group_numbers)?;
        Ok(base)
    }
}

/// The base as last read, for whoever asks again and again: read anew only when something in it has changed.
#[derive(Default)]
pub struct KeptBase {
    last: Mutex<Option<(CompanyState, Arc<Base>)>>,
}

impl KeptBase {
    /// The base with its peers, as the reader sees it. `now`: the company as the same reader has just seen it.
    pub fn get(&self, query: &impl Query, now: &CompanyState) -> Result<Arc<Base>, StoreError> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, base)) = last.as_ref().filter(|(known, _)| known == now) {
            return Ok(Arc::clone(base));
        }
        let base = Arc::new(Base::load_with_peers(query)?);
        *last = Some((now.clone(), Arc::clone(&base)));
        Ok(base)
    }
}
