//! Taking in customer targets: what a person wants to sell to an account in a year.

use super::Judged;
use crate::{
    engine::{Query, StoreError, Work},
    recording::{Beliefs, Fact, Held, Origin, Outcome, accounts_and_people, known_from},
};
use luotsi_core::{
    account::AccountId,
    history::Subject,
    units::{Day, Known, Money},
};
use uuid::Uuid;

/// A target as another system tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetRecord {
    /// By external id.
    pub account: String,
    pub year: i16,
    pub target: Money,
    /// By external id.
    pub person: Option<String>,
    pub day: Day,
    pub known_on: Option<Day>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TargetFact {
    pub account: AccountId,
    pub year: i16,
    pub target: Money,
    pub person: Option<Uuid>,
    pub day: Day,
}

/// What a slice changes.
pub type Plan = Beliefs<TargetFact>;

impl Fact for TargetFact {
    const SUBJECT: Subject = Subject::Target;

    type Key<'a> = (AccountId, i16, Option<Uuid>, Day);

    fn key(&self) -> Self::Key<'_> {
        (self.account, self.year, self.person, self.day)
    }

    fn account(&self) -> AccountId {
        self.account
    }

    fn said(&self) -> String {
        format!("{} {}", self.year, self.target)
    }
}

impl Judged for TargetFact {
    const TABLE: &'static str = "target";

    fn held(query: &impl Query, accounts: &[AccountId]) -> Result<Vec<Held<Self>>, StoreError> {
        let mut held = Vec::new();
        query.each_of(
            "-- All targets that were ever believed of some accounts.
             select id, account_id, year, target_cents, person_id, day, known_from, known_until
               from target
              where account_id in {wanted}",
            accounts,
            |row| {
                let fact = TargetFact {
                    account: AccountId(row.id(1)?),
                    year: row.int(2)? as i16,
                    target: row.money(3)?,
                    person: row.opt_id(4)?,
                    day: row.day(5)?,
                };
                let known = Known { from: row.day(6)?, until: row.day(7)? };
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
        self.year == other.year
    }
}

pub fn plan(query: &impl Query, origin: &Origin, rows: &[TargetRecord]) -> Result<Plan, StoreError> {
    let named = rows.iter().map(|row| (row.account.as_str(), row.person.as_deref()));
    let (accounts, people) = accounts_and_people(query, origin, named)?;
    let fact = |row: &TargetRecord| -> Result<(TargetFact, Day), Outcome> {
        let fact = TargetFact {
            account: AccountId(accounts.one(&row.account)?),
            year: row.year,
            target: row.target,
            person: people.one_if_named(row.person.as_deref())?,
            day: row.day,
        };
        Ok((fact, known_from(row.known_on, row.day)))
    };
    let incoming: Vec<_> = rows.iter().map(fact).collect();
    let held = TargetFact::held(query, &Beliefs::accounts(&incoming))?;
    Ok(Beliefs::of(incoming, held))
}

pub fn save(work: &mut Work<'_>, origin: &Origin, beliefs: &Plan) -> Result<(), StoreError> {
    beliefs.save(
        work,
        origin,
        "target",
        ["account_id", "id", "year", "target_cents", "person_id", "day", "known_from", "known_until"],
        |held| {
            let fact = &held.fact;
            [
                fact.account.into(),
                held.id.into(),
                fact.year.into(),
                fact.target.into(),
                fact.person.into(),
                fact.day.into(),
                held.known.from.into(),
                held.known.until.into(),
            ]
        },
    )
}
