//! The hours a year asked of each person, worked out over the whole base without writing anything.

use super::pictures::each_account;
use luotsi_core::{
    care::{Capacity, capacities, minutes_asked},
    people::PersonNo,
    units::Day,
};
use luotsi_store::{Store, StoreError};
use std::collections::BTreeMap;

/// What is asked of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonCapacity {
    pub external_id: String,
    pub name: String,
    pub capacity: Capacity,
}

/// Everybody active on `on`, in order of external id.
pub fn capacity(store: &Store, on: Day) -> Result<Vec<PersonCapacity>, StoreError> {
    let mut asked: BTreeMap<PersonNo, i64> = BTreeMap::new();
    each_account(store, on, |base, account| {
        let (facts, picture) = (&account.facts, &account.picture);
        for (person, minutes) in minutes_asked(facts, on, &picture.history, picture.state(), &base.company) {
            *asked.entry(person).or_default() += minutes;
        }
        Ok::<_, StoreError>(())
    })?;
    let company = store.read(|reader| super::Base::load(reader))?.company;
    let found = capacities(&asked, on, &company);
    Ok(found
        .into_iter()
        .filter_map(|capacity| {
            let person = company.people.get(capacity.person)?;
            Some(PersonCapacity {
                external_id: person.external_id.clone(),
                name: person.name.clone(),
                capacity,
            })
        })
        .collect())
}
