//! The facts of accounts as the rules want them, read for many accounts at a time: one question a kind of fact.

pub mod page;
pub mod peers;
mod judgement;
pub mod record;

pub use peers::{accounts_of_classes, classes, peers, save_peers};

use crate::{Query, StoreError, account, activity, offering, people, sales};
use judgement::{Judgement, each_judgement};
use luotsi_core::{
    account::AccountId,
    base::{Facts, Judgements},
    offering::{GroupId, GroupNo, Offering},
    people::{People, PersonId, PersonNo},
    sales::SalesLine,
};
use std::collections::HashMap;
use uuid::Uuid;

/// What all accounts' facts refer to, and the numbers the rules know it by.
#[derive(Clone, Debug, Default)]
pub struct Context {
    pub people: People,
    pub person_numbers: HashMap<PersonId, PersonNo>,
    pub offering: Offering,
    pub group_numbers: HashMap<GroupId, GroupNo>,
    /// The group of every product that has one.
    pub product_groups: HashMap<Uuid, GroupNo>,
}

impl Context {
    pub fn load(query: &impl Query) -> Result<Self, StoreError> {
        let (people, person_numbers) = people::load(query)?;
        let (offering, group_numbers) = offering::load(query)?;
        let product_groups = offering::product_groups(query, &group_numbers)?;
        Ok(Self { people, person_numbers, offering, group_numbers, product_groups })
    }
}

/// The sales lines of an account that has been read before, in order of day; `None`: they are to be read.
pub type ReadBefore<'a> = dyn Fn(AccountId) -> Option<Vec<SalesLine>> + 'a;

/// All that is known of these accounts, in the order asked; unknown accounts are left out.
pub fn facts(query: &impl Query, context: &Context, ids: &[AccountId]) -> Result<Vec<Facts>, StoreError> {
    facts_with_sales(query, context, ids, &|_| None)
}

/// How often people have judged one account.
pub fn judgements(query: &impl Query, account: AccountId) -> Result<Judgements, StoreError> {
    let mut told = Judgements::default();
    each_judgement(query, &HashMap::new(), &HashMap::new(), &[account], |_, judgement| match judgement {
        Judgement::Estimate(_) => told.estimates += 1,
        Judgement::Ability(_) => told.abilities += 1,
        Judgement::Target(_) => told.targets += 1,
        Judgement::Override(_) => told.overrides += 1,
    })?;
    Ok(told)
}

/// The same, where sales have been read before.
pub fn facts_with_sales(
    query: &impl Query,
    context: &Context,
    ids: &[AccountId],
    sales: &ReadBefore<'_>,
) -> Result<Vec<Facts>, StoreError> {
    let mut slice = Slice::load(query, context, ids, sales)?;
    slice.add_activities(query, context, ids)?;

    let Context { person_numbers, group_numbers, .. } = context;
    each_judgement(query, person_numbers, group_numbers, ids, |id, judgement| {
        slice.of(id, |facts| match judgement {
            Judgement::Estimate(estimate) => facts.estimates.push(estimate),
            Judgement::Ability(ability) => facts.abilities.push(ability),
            Judgement::Target(target) => facts.targets.push(target),
            Judgement::Override(decided) => facts.overrides.push(decided),
        });
    })?;
    account::each_team_member(query, person_numbers, ids, |id, member| {
        slice.of(id, |facts| facts.team.push(member));
    })?;
    Ok(slice.facts)
}

/// Only what makes an account a peer of others: its master data, sales and activities.
pub fn peer_facts(
    query: &impl Query,
    context: &Context,
    ids: &[AccountId],
    sales: &ReadBefore<'_>,
) -> Result<Vec<Facts>, StoreError> {
    let mut slice = Slice::load(query, context, ids, sales)?;
    slice.add_activities(query, context, ids)?;
    Ok(slice.facts)
}

/// The same without activities.
pub fn sales_facts(
    query: &impl Query,
    context: &Context,
    ids: &[AccountId],
    sales: &ReadBefore<'_>,
) -> Result<Vec<Facts>, StoreError> {
    Ok(Slice::load(query, context, ids, sales)?.facts)
}

/// The facts of some accounts while they are gathered.
struct Slice {
    facts: Vec<Facts>,
    places: HashMap<AccountId, usize>,
    /// Where the last fact went: mostly the next one goes there too.
    last: Option<(AccountId, usize)>,
}

impl Slice {
    /// Accounts and sales.
    fn load(
        query: &impl Query,
        context: &Context,
        ids: &[AccountId],
        read_before: &ReadBefore<'_>,
    ) -> Result<Self, StoreError> {
        let accounts = account::load(query, &context.person_numbers, ids)?;
        let places = accounts.iter().zip(0..).map(|(account, place)| (account.id, place)).collect();
        let facts = accounts.into_iter().map(|account| Facts {
            account,
            sales: Vec::new(),
            activities: Vec::new(),
            estimates: Vec::new(),
            abilities: Vec::new(),
            targets: Vec::new(),
            overrides: Vec::new(),
            team: Vec::new(),
        });
        let mut slice = Self { facts: facts.collect(), places, last: None };
        let mut unread = Vec::with_capacity(ids.len());
        for id in ids {
            match read_before(*id) {
                Some(sales) => slice.of(*id, |facts| facts.sales = sales),
                None => unread.push(*id),
            }
        }
        sales::each_line(query, &context.product_groups, &unread, |id, line| {
            slice.of(id, |facts| facts.sales.push(line));
        })?;
        for id in unread {
            slice.of(id, |facts| facts.sales.sort_by_key(|line| line.day));
        }
        Ok(slice)
    }

    fn add_activities(
        &mut self,
        query: &impl Query,
        context: &Context,
        ids: &[AccountId],
    ) -> Result<(), StoreError> {
        activity::each(query, &context.person_numbers, ids, |id, activity| {
            self.of(id, |facts| facts.activities.push(activity));
        })
    }

    fn of(&mut self, id: AccountId, add: impl FnOnce(&mut Facts)) {
        let place = match self.last {
            Some((last, place)) if last == id => Some(place),
            Some(_) | None => self.places.get(&id).copied(),
        };
        if let Some(facts) = place.and_then(|place| self.facts.get_mut(place)) {
            add(facts);
        }
        self.last = place.map(|place| (id, place));
    }
}
