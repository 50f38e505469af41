//! One change for many accounts at once: each account is decided on by itself, and the answer tells what became of each.

use crate::{
    account::part,
    act::{ActError, By, Problem, RequestKey},
    exchange::{Expects, Happened, Reply, Telling, Told, tell_all},
    import::records::{AccountRecord, OverrideRecord},
    rules::Rules,
    segmentation::decision,
};
use luotsi_core::{
    account::AccountId,
    people::{PersonId, Role, policy::Action},
    strategy::Segment,
    units::Day,
};
use luotsi_store::{Store, account::list, people::policy, recording::OWN_SOURCE};
use std::collections::HashSet;
use uuid::Uuid;

/// More are changed by an import, which can be looked through first.
pub const ACCOUNTS_MAX: usize = 500;
/// In one transaction; between two others may write.
const SLICE: usize = 100;

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

/// What is wrong with the change whatever the account; what it makes of each is checked with each.
fn check(store: &Store, by: &By, change: &Change) -> Result<(), ActError> {
    let works_here = |field, person: PersonId| {
        let viewer = store.read(|reader| policy::viewer(reader, person, by.today))?;
        viewer.map(drop).ok_or_else(|| ActError::invalid(field, Problem::NotActive))
    };
    match change {
        Change::Owner(owner) => works_here("owner", *owner),
        Change::TeamMember { person, .. } => works_here("person", *person),
        Change::Override { segment, reason, review } => {
            let nowhere = AccountId(Uuid::nil());
            let wrong = overridden(nowhere, *segment, reason, *review, by).proofread(by.today);
            if wrong.is_empty() { Ok(()) } else { Err(ActError::Invalid(wrong)) }
        }
    }
}

fn overridden(
    account: AccountId,
    segment: Segment,
    reason: &str,
    review: Option<Day>,
    by: &By,
) -> OverrideRecord {
    let decision = decision(account, Some(segment), by.person, by.today);
    OverrideRecord { reason: Some(reason.to_owned()), review, ..decision }
}

fn telling(row: &list::ListRow, change: &Change, by: &By) -> Telling {
    let today = by.today;
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
            let record = part(row.id, *person, *role, today);
            (Told::TeamMember(record), OWN_SOURCE.to_owned(), None)
        }
        Change::Override { segment, reason, review } => {
            let record = overridden(row.id, *segment, reason, *review, by);
            (Told::Override(record), OWN_SOURCE.to_owned(), None)
        }
    };
    Telling { record, source, told, expects: Expects::Anything }
}
