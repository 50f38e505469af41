//! One change for many accounts at once: each account is decided on by itself, and the answer tells what became of each.

use crate::{
    act::{ActError, By, Problem, RequestKey},
    exchange::{Expects, Happened, Reply, Telling, Told, tell_all},
    import::records::{AccountRecord, OverrideRecord, TeamMemberRecord},
    text::{NOTE_MAX, paragraph},
};
use luotsi_core::{
    account::AccountId,
    people::{PersonId, Role, policy::Action},
    strategy::Segment,
    units::Day,
};
use luotsi_store::{Store, account::list, people::policy, recording::OWN_SOURCE};
use std::collections::HashSet;

/// More are changed by an import, which can be looked through first.
pub const ACCOUNTS_MAX: usize = 500;
/// In one transaction; between two others may write.
const SLICE: usize = 100;
const REVIEW_MONTHS: i32 = 12;
/// A decision nobody looks at for longer is none.
const REVIEW_MONTHS_MAX: i32 = 36;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Owner(PersonId),
    /// Takes part in the account's team from today on.
    TeamMember {
        person: PersonId,
        role: Role,
    },
    /// Empty `review`: in a year.
    Override {
        segment: Segment,
        reason: String,
        review: Option<Day>,
    },
}

impl Change {
    pub fn action(&self) -> Action {
        match self {
            Self::Owner(_) => Action::ChangeOwner,
            Self::TeamMember { .. } => Action::EditTeam,
            Self::Override { .. } => Action::SetOverride,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    Changed,
    /// It was so already.
    Unchanged,
    /// The person does not answer for it.
    Refused,
    /// It cannot be changed so, or is not there any more.
    Unfit,
}

impl Became {
    const ALL: [Self; 4] = [Self::Changed, Self::Unchanged, Self::Refused, Self::Unfit];

    fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
            Self::Unfit => "unfit",
        }
    }

    fn of(outcome: Result<Reply, ActError>) -> Self {
        match outcome.map(|reply| reply.happened) {
            Ok(Happened::Created | Happened::Updated) => Self::Changed,
            Ok(Happened::Unchanged) => Self::Unchanged,
            Err(ActError::Refused(_)) => Self::Refused,
            Err(
                ActError::NotThere
                | ActError::Stale(_)
                | ActError::Invalid(_)
                | ActError::OtherPayload
                | ActError::Store(_),
            ) => Self::Unfit,
        }
    }
}

/// Changes at most `ACCOUNTS_MAX` accounts, slice by slice, once each for the request key.
pub fn change_all(
    store: &Store,
    by: &By,
    accounts: &[AccountId],
    change: &Change,
) -> Result<Vec<(AccountId, Became)>, ActError> {
    check(store, by, change)?;
    let accounts = &accounts[..accounts.len().min(ACCOUNTS_MAX)];
    let mut became = Vec::with_capacity(accounts.len());
    for (number, slice) in accounts.chunks(SLICE).enumerate() {
        let request = by.request.as_ref().map(|request| RequestKey {
            key: format!("{}/{number}", request.key),
            fingerprint: request.fingerprint.clone(),
        });
        let by = By { request, ..by.clone() };
        let rows = store.read(|reader| list::some(reader, slice))?;
        let tellings = rows.iter().map(|row| Ok(telling(row, change, &by))).collect();
        let answers = tell_all(store, &by, tellings, |outcome| Became::of(outcome).name().to_owned())?;
        let found = |name: &String| Became::ALL.into_iter().find(|became| became.name() == name);
        became.extend(
            rows.iter().zip(&answers).map(|(row, name)| (row.id, found(name).unwrap_or(Became::Unfit))),
        );
    }
    Ok(became)
}

/// What is wrong with the change whatever the account.
fn check(store: &Store, by: &By, change: &Change) -> Result<(), ActError> {
    let works_here = |field, person: PersonId| {
        let viewer = store.read(|reader| policy::viewer(reader, person, by.today))?;
        viewer.map(drop).ok_or_else(|| ActError::invalid(field, Problem::NotActive))
    };
    match change {
        Change::Owner(owner) => works_here("owner", *owner),
        Change::TeamMember { person, .. } => works_here("person", *person),
        Change::Override { reason, review, .. } => {
            let reason =
                paragraph(reason, NOTE_MAX).map_err(|fault| ActError::invalid("reason", fault.into()))?;
            let latest = by.today.plus_months(REVIEW_MONTHS_MAX);
            match review {
                _ if reason.is_empty() => Err(ActError::invalid("reason", Problem::Missing)),
                Some(review) if *review <= by.today => {
                    let earliest = by.today.plus_days(1);
                    Err(ActError::invalid("review", Problem::TooEarly { earliest }))
                }
                Some(review) if latest < *review => {
                    Err(ActError::invalid("review", Problem::TooLate { latest }))
                }
                Some(_) | None => Ok(()),
            }
        }
    }
}

fn telling(row: &list::ListRow, change: &Change, by: &By) -> Telling {
    let today = by.today;
    let account = row.id.0.to_string();
    let (record, source, told) = match change {
        Change::Owner(owner) => (
            Told::Account(AccountRecord {
                external_id: row.external_id.clone(),
                name: row.name.clone(),
                business_id: None,
                parent: None,
                industry: None,
                size_class: None,
                owner: Some(owner.0.to_string()),
                street: None,
                postal_code: None,
                city: None,
                country: None,
                is_active: true,
                known_on: Some(today),
            }),
            row.source.clone(),
            Some(HashSet::from(["owner"])),
        ),
        Change::TeamMember { person, role } => {
            let person = person.0.to_string();
            let record = TeamMemberRecord {
                account,
                person,
                role: *role,
                from: Some(today),
                until: None,
                known_on: Some(today),
            };
            (Told::TeamMember(record), OWN_SOURCE.to_owned(), None)
        }
        Change::Override { segment, reason, review } => {
            let record = OverrideRecord {
                account,
                segment: Some(*segment),
                reason: Some(reason.trim().to_owned()),
                person: Some(by.person.0.to_string()),
                from: today,
                review: Some(review.unwrap_or_else(|| today.plus_months(REVIEW_MONTHS))),
                known_on: Some(today),
            };
            (Told::Override(record), OWN_SOURCE.to_owned(), None)
        }
    };
    Telling { record, source, told, expects: Expects::Anything }
}
