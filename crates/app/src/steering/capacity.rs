//! The hours a year asked of each person, worked out over the whole base without writing anything.

use super::{Base, pictures::each_account};
use luotsi_core::{
    account::AccountId,
    care::{Alike, Capacity, capacities, minutes_asked},
    people::{PersonNo, TeamMember},
    units::Day,
};
use luotsi_store::{
    Query, Store, StoreError,
    account::each_team_member,
    steering::{AlikeRow, alike},
};
use std::collections::{BTreeMap, HashMap};

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

/// The accounts as they were last looked at, on `on`, as far as it matters for what their care asks of whom: for trying
/// other strategies on all of them at once.
pub fn accounts_alike(query: &impl Query, base: &Base, on: Day) -> Result<Vec<Alike>, StoreError> {
    let persons = &base.context.person_numbers;
    let rows = alike(query, first_of_year(on))?;
    let ids: Vec<AccountId> = rows.iter().filter_map(|row| row.account).collect();
    let mut teams: HashMap<AccountId, Vec<TeamMember>> = HashMap::new();
    each_team_member(query, persons, &ids, |account, member| teams.entry(account).or_default().push(member))?;
    let alike = |row: AlikeRow| Alike {
        segment: row.segment,
        state: row.state,
        owner: row.owner.and_then(|owner| persons.get(&owner)).copied(),
        is_entering: row.is_entering,
        team: row.account.and_then(|account| teams.remove(&account)).unwrap_or_default(),
        accounts: row.accounts,
    };
    Ok(rows.into_iter().map(alike).collect())
}

fn first_of_year(on: Day) -> Day {
    Day::new(on.year(), 1, 1).unwrap_or(on)
}
