//! Taking in estimates of what a customer needs in a year.

use super::Judged;
use crate::{
    base::judgement::estimator,
    engine::{Query, StoreError, Work},
    offering::record::groups,
    recording::{Beliefs, Fact, Held, Origin, Outcome, Refusal, accounts_and_people, known_from, take_back},
};
use luotsi_core::{
    account::AccountId,
    base::Estimator,
    history::Subject,
    offering::GroupId,
    units::{Day, Known, Money},
};
use uuid::Uuid;

/// An estimate as another system tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EstimateRecord {
    /// By external id.
    pub account: String,
    /// By name; none for a total.
    pub group: Option<String>,
    pub yearly_need: Money,
    pub estimator: Estimator,
    /// By external id.
    pub person: Option<String>,
    pub day: Day,
    pub justification: Option<String>,
    pub known_on: Option<Day>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct EstimateFact {
    pub account: AccountId,
    pub group: Option<GroupId>,
    pub yearly_need: Money,
    pub estimator: Estimator,
    pub person: Option<Uuid>,
    pub day: Day,
    pub justification: Option<String>,
}

/// What a slice changes.
pub type Plan = Beliefs<EstimateFact>;

impl Fact for EstimateFact {
    const SUBJECT: Subject = Subject::Estimate;

    type Key<'a> = (AccountId, Option<GroupId>, bool, Option<Uuid>, Day);

    fn key(&self) -> Self::Key<'_> {
        (self.account, self.group, self.estimator == Estimator::Customer, self.person, self.day)
    }

    fn account(&self) -> AccountId {
        self.account
    }

    fn said(&self) -> String {
        let group = self.group.map_or("all".to_owned(), |group| group.0.to_string());
        format!("{group} {}", self.yearly_need)
    }

    fn why(&self) -> Option<&str> {
        self.justification.as_deref()
    }
}

impl Judged for EstimateFact {
    const TABLE: &'static str = "estimate";

    fn held(query: &impl Query, accounts: &[AccountId]) -> Result<Vec<Held<Self>>, StoreError> {
        let mut held = Vec::new();
        query.each_of(
            "-- All estimates that were ever believed of some accounts.
             select id, account_id, group_id, yearly_need_cents, estimator, person_id, day, justification, known_from,
                    known_until
               from estimate
              where account_id in {wanted}",
            accounts,
            |row| {
                let fact = EstimateFact {
                    account: AccountId(row.id(1)?),
                    group: row.opt_id(2)?.map(GroupId),
                    yearly_need: row.money(3)?,
                    estimator: estimator(row.text(4)?)?,
                    person: row.opt_id(5)?,
                    day: row.day(6)?,
                    justification: row.opt_string(7)?,
                };
                let known = Known { from: row.day(8)?, until: row.day(9)? };
                held.push(Held { id: row.id(0)?, version: 1, fact, known });
                Ok(())
            },
        )?;
        Ok(held)
    }

    fn judged(&self) -> (Option<Uuid>, Day) {
        (self.person, self.day)
    }

    fn is_of_the_same(&self, other: &Self) -> bool {
        self.group == other.group && self.estimator == other.estimator
    }
}

pub fn plan(query: &impl Query, origin: &Origin, rows: &[EstimateRecord]) -> Result<Plan, StoreError> {
    let named = rows.iter().map(|row| (row.account.as_str(), row.person.as_deref()));
    let (accounts, people) = accounts_and_people(query, origin, named)?;
    let groups = groups(query, rows.iter().filter_map(|row| row.group.as_deref()))?;
    let group = |name: &String| {
        let unknown = || Outcome::Refused { column: "group", why: Refusal::UnknownGroup(name.clone()) };
        groups.get(name).copied().ok_or_else(unknown)
    };
    let fact = |row: &EstimateRecord| -> Result<(EstimateFact, Day), Outcome> {
        let fact = EstimateFact {
            account: AccountId(accounts.one(&row.account)?),
            group: row.group.as_ref().map(group).transpose()?,
            yearly_need: row.yearly_need,
            estimator: row.estimator,
            person: people.one_if_named(row.person.as_deref())?,
            day: row.day,
            justification: row.justification.clone(),
        };
        Ok((fact, known_from(row.known_on, row.day)))
    };
    let incoming: Vec<_> = rows.iter().map(fact).collect();
    let held = EstimateFact::held(query, &Beliefs::accounts(&incoming))?;
    Ok(Beliefs::of(incoming, held))
}

pub fn save(work: &mut Work<'_>, origin: &Origin, beliefs: &Plan) -> Result<(), StoreError> {
    beliefs.save(
        work,
        origin,
        "estimate",
        [
            "account_id",
            "id",
            "group_id",
            "yearly_need_cents",
            "estimator",
            "person_id",
            "day",
            "justification",
            "known_from",
            "known_until",
        ],
        |held| {
            let fact = held.fact.clone();
            [
                fact.account.into(),
                held.id.into(),
                fact.group.into(),
                fact.yearly_need.into(),
                fact.estimator.name().into(),
                fact.person.into(),
                fact.day.into(),
                fact.justification.into(),
                held.known.from.into(),
                held.known.until.into(),
            ]
        },
    )
}

/// The whole need told on that day is believed no longer, by whomever: what is told of groups after it would else count
/// from the next day on.
pub fn take_place_of_whole(
    work: &mut Work<'_>,
    account: AccountId,
    estimator: Estimator,
    day: Day,
) -> Result<(), StoreError> {
    let is_whole = |held: &Held<EstimateFact>| {
        let fact = &held.fact;
        held.known.until == Day::MAX && fact.group.is_none() && fact.day == day && fact.estimator == estimator
    };
    let whole = EstimateFact::held(work, &[account])?.into_iter().filter(is_whole).collect();
    take_back(work, "estimate", whole, day)
}
