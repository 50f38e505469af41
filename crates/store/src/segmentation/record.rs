//! Taking in overrides: a person's decision on an account's segment, or its removal.

use crate::{
    engine::{Query, StoreError, Work},
    recording::{self, Beliefs, Fact, Held, Origin, Outcome, accounts_and_people, known_from},
};
use luotsi_core::{
    account::AccountId,
    history::Subject,
    strategy::Segment,
    units::{Day, Known},
};
use uuid::Uuid;

/// After so many months an override falls due for review unless it says otherwise.
const REVIEW_MONTHS: i32 = 12;

/// An override as another system tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverrideRecord {
    /// By external id.
    pub account: String,
    /// `None` takes an override back from `from` on.
    pub segment: Option<Segment>,
    pub reason: Option<String>,
    /// By external id.
    pub person: Option<String>,
    pub from: Day,
    /// Empty: twelve months after `from`.
    pub review: Option<Day>,
    pub known_on: Option<Day>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OverrideFact {
    pub account: AccountId,
    pub segment: Option<Segment>,
    pub reason: Option<String>,
    pub person: Option<Uuid>,
    pub from: Day,
    pub review: Day,
}

/// What a slice changes.
pub type Plan = Beliefs<OverrideFact>;

impl Fact for OverrideFact {
    const SUBJECT: Subject = Subject::SegmentOverride;

    type Key<'a> = (AccountId, Day);

    fn key(&self) -> Self::Key<'_> {
        (self.account, self.from)
    }

    fn account(&self) -> AccountId {
        self.account
    }

    fn said(&self) -> String {
        self.segment.map_or_else(String::new, |segment| format!("{} until {}", segment.name(), self.review))
    }

    fn why(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    fn happens(&self, _before: Option<&Self>) -> &'static str {
        if self.segment.is_some() { "set" } else { "taken_back" }
    }
}

pub fn plan(query: &impl Query, origin: &Origin, rows: &[OverrideRecord]) -> Result<Plan, StoreError> {
    let named = rows.iter().map(|row| (row.account.as_str(), row.person.as_deref()));
    let (accounts, people) = accounts_and_people(query, origin, named)?;
    let fact = |row: &OverrideRecord| -> Result<(OverrideFact, Day), Outcome> {
        let fact = OverrideFact {
            account: AccountId(accounts.one(&row.account)?),
            segment: row.segment,
            reason: row.reason.clone(),
            person: people.one_if_named(row.person.as_deref())?,
            from: row.from,
            review: row.review.unwrap_or_else(|| row.from.plus_months(REVIEW_MONTHS)),
        };
        Ok((fact, known_from(row.known_on, row.from)))
    };
    let incoming: Vec<_> = rows.iter().map(fact).collect();
    let held = held(query, &Beliefs::accounts(&incoming))?;
    Ok(Beliefs::of(incoming, held))
}

pub fn save(work: &mut Work<'_>, origin: &Origin, beliefs: &Plan) -> Result<(), StoreError> {
    beliefs.save(
        work,
        origin,
        "segment_override",
        [
            "account_id",
            "id",
            "segment",
            "reason",
            "person_id",
            "from_day",
            "review_on",
            "known_from",
            "known_until",
        ],
        |held| {
            let fact = held.fact.clone();
            [
                fact.account.into(),
                held.id.into(),
                fact.segment.map(Segment::name).into(),
                fact.reason.into(),
                fact.person.into(),
                fact.from.into(),
                fact.review.into(),
                held.known.from.into(),
                held.known.until.into(),
            ]
        },
    )
}

/// These decisions are believed no longer: what held before them holds again.
pub fn take_back(work: &mut Work<'_>, decisions: Vec<Held<OverrideFact>>, on: Day) -> Result<(), StoreError> {
    recording::take_back(work, "segment_override", decisions, on)
}

/// All overrides that were ever believed of these accounts.
pub fn held(query: &impl Query, accounts: &[AccountId]) -> Result<Vec<Held<OverrideFact>>, StoreError> {
    let mut held = Vec::new();
    query.each_of(
        "-- All overrides that were ever believed of some accounts.
         select id, account_id, segment, reason, person_id, from_day, review_on, known_from, known_until
           from segment_override
          where account_id in {wanted}",
        accounts,
        |row| {
            let fact = OverrideFact {
                account: AccountId(row.id(1)?),
                segment: row.opt_text(2)?.and_then(Segment::parse),
                reason: row.opt_string(3)?,
                person: row.opt_id(4)?,
                from: row.day(5)?,
                review: row.day(6)?,
            };
            let known = Known { from: row.day(7)?, until: row.day(8)? };
            held.push(Held { id: row.id(0)?, version: 1, fact, known });
            Ok(())
        },
    )?;
    Ok(held)
}
