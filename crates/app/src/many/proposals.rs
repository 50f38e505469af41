//! Many proposals handed to another person.

use super::{Became, MANY_MAX, Made, SLICE};
use crate::{
    act::{About, ActError, By, Permit, Problem, act},
    steering::answer::delegate_in,
};
use luotsi_core::{
    account::AccountId,
    people::{
        PersonId,
        policy::{Action, Viewer, scope},
    },
    units::Day,
};
use luotsi_store::{
    Query, Store, StoreError, Work,
    many::{self, Kind, Part},
    people::policy,
    steering::open_proposals_among,
};
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

/// Hands at most `MANY_MAX` proposals to `to` until they close: those that the asking person may answer, about accounts
/// that `to` may edit. Slice by slice, once each for the request key.
pub fn hand_on(store: &Store, by: &By, proposals: &[Uuid], to: PersonId) -> Result<Made<Uuid>, ActError> {
    let receiver = store.read(|reader| policy::viewer(reader, to, by.today))?;
    let receiver = receiver.ok_or(ActError::invalid("to", Problem::NotActive))?;
    by.free_of(Vec::new())?;
    let proposals = &proposals[..proposals.len().min(MANY_MAX)];
    let mut made = Made { id: Uuid::now_v7(), became: Vec::with_capacity(proposals.len()) };
    for (number, slice) in proposals.chunks(SLICE).enumerate() {
        let (id, asked) = (made.id, slice.to_vec());
        let (id, names) =
            act(store, &by.step(number), Action::ReadAccount, About::Company, move |work, permit| {
                Ok((id, hand_slice_on(work, permit, id, &asked, receiver)?))
            })?;
        made.id = id;
        made.became.extend(slice.iter().copied().zip(names.iter().map(|name| Became::parse(name))));
    }
    Ok(made)
}

/// The accounts of these proposals that `to` may not edit; none of somebody who does not work here.
pub fn closed_to(
    query: &impl Query,
    proposals: &[Uuid],
    to: PersonId,
    on: Day,
) -> Result<Vec<AccountId>, StoreError> {
    let Some(to) = policy::viewer(query, to, on)? else { return Ok(Vec::new()) };
    let open = open_proposals_among(query, proposals)?;
    let accounts: BTreeSet<AccountId> = open.values().map(|open| open.row.account).collect();
    let accounts: Vec<AccountId> = accounts.into_iter().collect();
    let editable = reached(query, &to, Action::EditAccount, on, &accounts)?;
    Ok(accounts.into_iter().filter(|account| !editable.contains(account)).collect())
}

fn reached(
    query: &impl Query,
    viewer: &Viewer,
    action: Action,
    on: Day,
    accounts: &[AccountId],
) -> Result<HashSet<AccountId>, StoreError> {
    Ok(policy::within(query, scope(viewer.role, action), viewer, on, accounts)?.into_iter().collect())
}

fn hand_slice_on(
    work: &mut Work<'_>,
    permit: &Permit,
    id: Uuid,
    proposals: &[Uuid],
    to: Viewer,
) -> Result<Vec<String>, ActError> {
    let open = open_proposals_among(work, proposals)?;
    let accounts: Vec<AccountId> = open.values().map(|open| open.row.account).collect();
    permit.writes(Action::AnswerProposal)?;
    let answerable = reached(work, &permit.viewer, Action::AnswerProposal, permit.today, &accounts)?;
    let editable = reached(work, &to, Action::EditAccount, permit.today, &accounts)?;

    let (mut became, mut parts) = (Vec::with_capacity(proposals.len()), Vec::new());
    for proposal in proposals {
        let Some(open) = open.get(proposal) else {
            became.push(Became::Unfit);
            continue;
        };
        let account = open.row.account;
        became.push(match (answerable.contains(&account), open.holder() == to.person) {
            (false, _) => Became::Refused,
            (true, true) => Became::Unchanged,
            (true, false) if !editable.contains(&account) => Became::Unfit,
            (true, false) => {
                let answer = delegate_in(work, permit, open, to.person)?;
                parts.push(Part { account, made: answer, before: None });
                Became::Changed
            }
        });
    }
    let kind = Kind::Delegation { to: to.person };
    many::insert(work, id, &kind, permit.viewer.person, permit.today, &parts)?;
    Ok(became.into_iter().map(|became| became.name().to_owned()).collect())
}
