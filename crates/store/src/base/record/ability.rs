//! Taking in scores of our own ability to create value for a customer.

use super::Judged;
use crate::{
    engine::{Query, StoreError, Work},
    recording::{Beliefs, Fact, Held, Origin, Outcome, accounts_and_people, known_from},
};
use luotsi_core::{
    account::AccountId,
    history::Subject,
    units::{Day, Known},
};
use uuid::Uuid;

/// Scores as another system tells of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbilityRecord {
    /// By external id.
    pub account: String,
    pub people: u8,
    pub offering: u8,
    pub processes: u8,
    pub relationship: u8,
    /// By external id.
    pub person: Option<String>,
    pub day: Day,
    pub known_on: Option<Day>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AbilityFact {
    pub account: AccountId,
    /// People, offering, processes, relationship.
    pub scores: [u8; 4],
    pub person: Option<Uuid>,
    pub day: Day,
}

/// What a slice changes.
pub type Plan = Beliefs<AbilityFact>;

impl Fact for AbilityFact {
    const SUBJECT: Subject = Subject::Ability;

    type Key<'a> = (AccountId, Option<Uuid>, Day);

    fn key(&self) -> Self::Key<'_> {
        (self.account, self.person, self.day)
    }

    fn account(&self) -> AccountId {
        self.account
    }

    fn said(&self) -> String {
        self.scores.map(|score| score.to_string()).join(" ")
    }
}

impl Judged for AbilityFact {
    const TABLE: &'static str = "ability";

    fn held(query: &impl Query, accounts: &[AccountId]) -> Result<Vec<Held<Self>>, StoreError> {
        let mut held = Vec::new();
        query.each_of(
            "-- All scores that were ever believed of some accounts.
             select id, account_id, people, offering, processes, relationship, person_id, day, known_from, known_until
               from ability
              where account_id in {wanted}",
            accounts,
            |row| {
                let score = |column| row.int(column).map(|score| score as u8);
                let fact = AbilityFact {
                    account: AccountId(row.id(1)?),
                    scores: [score(2)?, score(3)?, score(4)?, score(5)?],
                    person: row.opt_id(6)?,
                    day: row.day(7)?,
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

    fn is_of_the_same(&self, _other: &Self) -> bool {
        true
    }
}

pub fn plan(query: &impl Query, origin: &Origin, rows: &[AbilityRecord]) -> Result<Plan, StoreError> {
    let named = rows.iter().map(|row| (row.account.as_str(), row.person.as_deref()));
    let (accounts, people) = accounts_and_people(query, origin, named)?;
    let fact = |row: &AbilityRecord| -> Result<(AbilityFact, Day), Outcome> {
        let fact = AbilityFact {
            account: AccountId(accounts.one(&row.account)?),
            scores: [row.people, row.offering, row.processes, row.relationship],
            person: people.one_if_named(row.person.as_deref())?,
            day: row.day,
        };
        Ok((fact, known_from(row.known_on, row.day)))
    };
    let incoming: Vec<_> = rows.iter().map(fact).collect();
    let held = AbilityFact::held(query, &Beliefs::accounts(&incoming))?;
    Ok(Beliefs::of(incoming, held))
}

pub fn save(work: &mut Work<'_>, origin: &Origin, beliefs: &Plan) -> Result<(), StoreError> {
    beliefs.save(
        work,
        origin,
        "ability",
        [
            "account_id",
            "id",
            "people",
            "offering",
            "processes",
            "relationship",
            "person_id",
            "day",
            "known_from",
            "known_until",
        ],
        |held| {
            let fact = &held.fact;
            let [people, offering, processes, relationship] = fact.scores;
            [
                fact.account.into(),
                held.id.into(),
                people.into(),
                offering.into(),
                processes.into(),
                relationship.into(),
                fact.person.into(),
                fact.day.into(),
                held.known.from.into(),
                held.known.until.into(),
            ]
        },
    )
}
