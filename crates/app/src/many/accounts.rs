//! The owner, the team or the segment of many accounts.

use super::{Became, MANY_MAX, Made, SLICE};
use crate::{
    account::part,
    act::{About, ActError, By, FieldError, Permit, Problem, act},
    exchange::{Expects, Happened, Reply, Telling, Told, tell_apart_in},
    import::records::{AccountRecord, OverrideRecord, TeamMemberRecord},
    rules::Rules,
    segmentation::decision,
    today::now,
};
use luotsi_core::{
    account::AccountId,
    people::{PersonId, Role, policy::Action},
    strategy::Segment,
    units::Day,
};
use luotsi_store::{
    Query, Store, StoreError, Work,
    account::{entry::owners, list, team},
    many::{self, Kind, Part},
    people::policy,
    segmentation::record as decisions,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

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
    fn kind(&self) -> Kind {
        match self {
            Self::Owner(to) => Kind::Owner { to: *to },
            Self::TeamMember { person, role } => Kind::Team { to: *person, role: *role },
            Self::Override { segment, reason, .. } => {
                Kind::Override { segment: *segment, reason: Some(reason.clone()) }
            }
        }
    }
}

/// Changes at most `MANY_MAX` accounts, slice by slice, once each for the request key.
pub fn change_all(
    store: &Store,
    by: &By,
    accounts: &[AccountId],
    change: &Change,
) -> Result<Made<AccountId>, ActError> {
    check(store, by, change)?;
    let accounts = &accounts[..accounts.len().min(MANY_MAX)];
    let mut made = Made { id: Uuid::now_v7(), became: Vec::with_capacity(accounts.len()) };
    for (number, slice) in accounts.chunks(SLICE).enumerate() {
        let rows = store.read(|reader| list::some(reader, slice))?;
        let ids: Vec<AccountId> = rows.iter().map(|row| row.id).collect();
        let (id, change) = (made.id, change.clone());
        let (id, names) =
            act(store, &by.step(number), Action::ReadAccount, About::Company, move |work, permit| {
                Ok((id, change_slice(work, permit, id, &rows, &change)?))
            })?;
        made.id = id;
        made.became.extend(ids.into_iter().zip(names.iter().map(|name| Became::parse(name))));
    }
    Ok(made)
}

fn change_slice(
    work: &mut Work<'_>,
    permit: &Permit,
    id: Uuid,
    rows: &[list::ListRow],
    change: &Change,
) -> Result<Vec<String>, ActError> {
    let accounts: Vec<AccountId> = rows.iter().map(|row| row.id).collect();
    let permit = &permit.knowing(work, &accounts)?;
    let before = Standing::load(work, change, &accounts, permit.today)?;
    let mut became = Vec::with_capacity(rows.len());
    for row in rows {
        let telling = telling(row, change, permit, &before);
        became.push(Became::of(tell_apart_in(work, permit, &telling, now())?.map(is_changed)));
    }
    let after = Standing::load(work, change, &accounts, permit.today)?;
    let changed = accounts.iter().zip(&became).filter(|(_, became)| **became == Became::Changed);
    let parts: Vec<Part> = changed
        .filter_map(|(account, _)| {
            let made = *after.there.get(account)?;
            Some(Part { account: *account, made, before: before.there.get(account).copied() })
        })
        .collect();
    many::insert(work, id, &change.kind(), permit.viewer.person, permit.today, &parts)?;
    Ok(became.into_iter().map(|became| became.name().to_owned()).collect())
}

fn is_changed(reply: Reply) -> bool {
    match reply.happened {
        Happened::Created | Happened::Updated => true,
        Happened::Unchanged => false,
    }
}

/// What is wrong with the change whatever the account; what it makes of each is checked with each.
fn check(store: &Store, by: &By, change: &Change) -> Result<(), ActError> {
    let works_here = |field, person: PersonId| -> Result<Vec<FieldError>, StoreError> {
        let viewer = store.read(|reader| policy::viewer(reader, person, by.today))?;
        Ok(viewer
            .is_none()
            .then_some(FieldError { field, problem: Problem::NotActive })
            .into_iter()
            .collect())
    };
    by.free_of(match change {
        Change::Owner(owner) => works_here("owner", *owner)?,
        Change::TeamMember { person, .. } => works_here("person", *person)?,
        Change::Override { segment, reason, review } => {
            let nowhere = AccountId(Uuid::nil());
            overridden(nowhere, *segment, reason, *review, by.person, by.today).proofread(by.today)
        }
    })
}

/// What the change is about, as it is with some accounts.
struct Standing {
    /// Their owner, the person's part in their team, or today's decision on them.
    there: HashMap<AccountId, Uuid>,
    /// Those of whose team the person is already, with no end: since when.
    joined: HashMap<AccountId, Day>,
}

impl Standing {
    fn load(
        query: &impl Query,
        change: &Change,
        accounts: &[AccountId],
        today: Day,
    ) -> Result<Self, StoreError> {
        let (mut there, mut joined) = (HashMap::new(), HashMap::new());
        match change {
            Change::Owner(_) => {
                let owners = owners(query, accounts, today)?;
                there.extend(owners.into_iter().map(|(account, owner)| (account, owner.0)));
            }
            Change::TeamMember { person, role } => {
                for held in team::held(query, accounts)? {
                    let fact = &held.fact;
                    if held.known.until != Day::MAX || fact.person != *person || fact.role != *role {
                        continue;
                    }
                    there.insert(fact.account, held.id);
                    if fact.from <= today && fact.until == Day::MAX {
                        joined.insert(fact.account, fact.from);
                    }
                }
            }
            Change::Override { .. } => {
                let held = decisions::held(query, accounts)?.into_iter();
                let todays = held.filter(|held| held.known.until == Day::MAX && held.fact.from == today);
                there.extend(todays.map(|held| (held.fact.account, held.id)));
            }
        }
        Ok(Self { there, joined })
    }
}

fn overridden(
    account: AccountId,
    segment: Segment,
    reason: &str,
    review: Option<Day>,
    person: PersonId,
    today: Day,
) -> OverrideRecord {
    let decision = decision(account, Some(segment), person, today);
    OverrideRecord { reason: Some(reason.to_owned()), review, ..decision }
}

fn telling(row: &list::ListRow, change: &Change, permit: &Permit, before: &Standing) -> Telling {
    let today = permit.today;
    match change {
        Change::Owner(owner) => owned_by(row, Some(*owner), today),
        Change::TeamMember { person, role } => {
            let part = part(row.id, *person, *role, today);
            // Whoever is in the team already has been so since then.
            let from = before.joined.get(&row.id).copied().unwrap_or(today);
            let from = (from != Day::MIN).then_some(from);
            Telling::here(Told::TeamMember(TeamMemberRecord { from, ..part }))
        }
        Change::Override { segment, reason, review } => {
            let record = overridden(row.id, *segment, reason, *review, permit.viewer.person, today);
            Telling::here(Told::Override(record))
        }
    }
}

/// The account with this owner; nothing else of it is told.
pub(super) fn owned_by(row: &list::ListRow, owner: Option<PersonId>, today: Day) -> Telling {
    let record = AccountRecord {
        external_id: row.external_id.clone(),
        name: row.name.clone(),
        business_id: None,
        parent: None,
        industry: None,
        size_class: None,
        owner: owner.map(|owner| owner.0.to_string()),
        street: None,
        postal_code: None,
        city: None,
        country: None,
        is_active: true,
        known_on: Some(today),
    };
    Telling {
        record: Told::Account(record),
        source: row.source.clone(),
        told: Some(HashSet::from(["owner"])),
        expects: Expects::Anything,
    }
}
