//! Taking in account teams: who plays which part for an account, from when until when.

use crate::{
    engine::{Query, StoreError, Work},
    people::role,
    recording::{self, Beliefs, Fact, Held, Origin, Outcome, accounts_and_people},
};
use luotsi_core::{
    account::AccountId,
    history::Subject,
    people::{PersonId, Role},
    units::{Day, Known},
};

/// A person's part in an account's team, as another system tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMemberRecord {
    /// By external id.
    pub account: String,
    /// By external id.
    pub person: String,
    pub role: Role,
    pub from: Option<Day>,
    pub until: Option<Day>,
    pub known_on: Option<Day>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TeamFact {
    pub account: AccountId,
    pub person: PersonId,
    pub role: Role,
    pub from: Day,
    pub until: Day,
}

/// What a slice changes.
pub type Plan = Beliefs<TeamFact>;

impl Fact for TeamFact {
    const SUBJECT: Subject = Subject::AccountTeam;
    const IS_MASTER: bool = true;

    type Key<'a> = (AccountId, PersonId, Role);

    fn key(&self) -> Self::Key<'_> {
        (self.account, self.person, self.role)
    }

    fn account(&self) -> AccountId {
        self.account
    }

    fn said(&self) -> String {
        format!("{} {}", self.role.name(), self.person.0)
    }

    fn happens(&self, before: Option<&Self>) -> &'static str {
        match before {
            None => "added",
            Some(before) if self.until < before.until => "removed",
            Some(_) => "changed",
        }
    }
}

pub fn plan(query: &impl Query, origin: &Origin, rows: &[TeamMemberRecord]) -> Result<Plan, StoreError> {
    let named = rows.iter().map(|row| (row.account.as_str(), Some(row.person.as_str())));
    let (accounts, people) = accounts_and_people(query, origin, named)?;
    let fact = |row: &TeamMemberRecord| -> Result<(TeamFact, Day), Outcome> {
        let fact = TeamFact {
            account: AccountId(accounts.one(&row.account)?),
            person: PersonId(people.one(&row.person)?),
            role: row.role,
            from: row.from.unwrap_or(Day::MIN),
            until: row.until.unwrap_or(Day::MAX),
        };
        Ok((fact, row.known_on.or(row.from).unwrap_or(Day::MIN)))
    };
    let incoming: Vec<_> = rows.iter().map(fact).collect();
    let held = held(query, &Beliefs::accounts(&incoming))?;
    Ok(Beliefs::of(incoming, held))
}

pub fn save(work: &mut Work<'_>, origin: &Origin, beliefs: &Plan) -> Result<(), StoreError> {
    beliefs.save(
        work,
        origin,
        "account_team",
        ["account_id", "id", "person_id", "role", "from_day", "until_day", "known_from", "known_until"],
        |held| {
            let fact = &held.fact;
            [
                fact.account.into(),
                held.id.into(),
                fact.person.into(),
                fact.role.name().into(),
                fact.from.into(),
                fact.until.into(),
                held.known.from.into(),
                held.known.until.into(),
            ]
        },
    )
}

/// These parts are believed no longer, as if nobody had given them.
pub fn take_back(work: &mut Work<'_>, parts: Vec<Held<TeamFact>>, on: Day) -> Result<(), StoreError> {
    recording::take_back(work, "account_team", parts, on)
}

/// Since when the person has had the part, as believed on `on`; `None`: not on that day.
pub fn member_since(
    query: &impl Query,
    account: AccountId,
    person: PersonId,
    role: Role,
    on: Day,
) -> Result<Option<Day>, StoreError> {
    query.one(
        "-- Since when has the person had this part?
select from_day
  from account_team
 where account_id = $1
   and person_id = $2
   and role = $3
   and from_day <= $4::date
   and until_day >= $4::date
   and known_until = '9999-12-31'",
        &[account.into(), person.into(), role.name().into(), on.into()],
        |row| row.day(0),
    )
}

/// All that was ever believed of these accounts' teams.
pub fn held(query: &impl Query, accounts: &[AccountId]) -> Result<Vec<Held<TeamFact>>, StoreError> {
    let mut held = Vec::new();
    query.each_of(
        "-- All that was ever believed of the accounts' teams.
         select id, account_id, person_id, role, from_day, until_day, known_from, known_until
           from account_team
          where account_id in {wanted}",
        accounts,
        |row| {
            let fact = TeamFact {
                account: AccountId(row.id(1)?),
                person: PersonId(row.id(2)?),
                role: role(row.text(3)?)?,
                from: row.day(4)?,
                until: row.day(5)?,
            };
            let known = Known { from: row.day(6)?, until: row.day(7)? };
            held.push(Held { id: row.id(0)?, version: 1, fact, known });
            Ok(())
        },
    )?;
    Ok(held)
}
