//! Taking a change of many back: each account or proposal is again what it was, unless somebody has changed it since.

use super::{SLICE, accounts::owned_by};
use crate::{
    act::{About, ActError, By, Permit, act},
    exchange::{Telling, Told, restore_in},
    import::records::{OverrideRecord, TeamMemberRecord},
    steering::answer::take_back_in,
};
use luotsi_core::{
    account::AccountId,
    people::{
        PersonId,
        policy::{Action, Refusal, Viewer, scope},
    },
    units::Day,
};
use luotsi_store::{
    Query, Store, StoreError, Work,
    account::{
        entry::owners,
        list,
        team::{self, TeamFact},
    },
    many::{self, BulkChange, Kind, Part, PartOutcome},
    people::policy,
    recording::Held,
    segmentation::record::{self as decisions, OverrideFact},
    steering::{kept_answer, outdone_answers},
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

type Outcomes = Vec<(Part, PartOutcome)>;

/// Takes back what may be taken back of the change: whoever made it may on the same day, whoever answers for an account
/// on any. What is left stays for others to take back. Refused when that is everything.
pub fn take_back(store: &Store, by: &By, id: Uuid) -> Result<(), ActError> {
    let parts = store.read(|reader| {
        many::change(reader, id)?.ok_or(ActError::NotThere)?;
        Ok::<_, ActError>(many::open_parts(reader, id)?)
    })?;
    let mut refused = None;
    let mut is_taken_back = parts.is_empty();
    for (number, slice) in parts.chunks(SLICE).enumerate() {
        let asked: HashSet<Part> = slice.iter().copied().collect();
        let taken = act(store, &by.step(number), Action::ReadAccount, About::Company, move |work, permit| {
            take_slice_back(work, permit, id, &asked)
        });
        match taken {
            Ok(()) => is_taken_back = true,
            Err(ActError::Refused(why)) => refused = Some(why),
            Err(error) => return Err(error),
        }
    }
    match refused.filter(|_| !is_taken_back) {
        Some(why) => Err(ActError::Refused(why)),
        None => Ok(()),
    }
}

/// Which of these accounts of a change somebody may take it back for.
pub fn reach(
    query: &impl Query,
    viewer: &Viewer,
    today: Day,
    change: &BulkChange,
    accounts: &[AccountId],
) -> Result<HashSet<AccountId>, StoreError> {
    if change.person == viewer.person && change.on == today {
        return Ok(accounts.iter().copied().collect());
    }
    let scope = scope(viewer.role, action(&change.kind));
    Ok(policy::within(query, scope, viewer, today, accounts)?.into_iter().collect())
}

fn action(kind: &Kind) -> Action {
    match kind {
        Kind::Owner { .. } => Action::ChangeOwner,
        Kind::Team { .. } => Action::EditTeam,
        Kind::Override { .. } => Action::SetOverride,
        Kind::Delegation { .. } => Action::AnswerProposal,
    }
}

fn take_slice_back(
    work: &mut Work<'_>,
    permit: &Permit,
    id: Uuid,
    asked: &HashSet<Part>,
) -> Result<(), ActError> {
    let change = many::change(work, id)?.ok_or(ActError::NotThere)?;
    permit.writes(action(&change.kind))?;
    // Somebody else may have taken some of it back meanwhile.
    let open: Vec<Part> =
        many::open_parts(work, id)?.into_iter().filter(|part| asked.contains(part)).collect();
    let accounts: Vec<AccountId> = open.iter().map(|part| part.account).collect();
    let reached = reach(work, &permit.viewer, permit.today, &change, &accounts)?;
    let parts: Vec<Part> = open.into_iter().filter(|part| reached.contains(&part.account)).collect();
    if parts.is_empty() && !accounts.is_empty() {
        return Err(ActError::Refused(Refusal::NotYours));
    }
    let outcomes = match &change.kind {
        Kind::Owner { to } => owners_back(work, permit, *to, &parts)?,
        Kind::Team { .. } => team_back(work, permit, &parts)?,
        Kind::Override { .. } => decisions_back(work, permit, &parts)?,
        Kind::Delegation { .. } => proposals_back(work, permit, &parts)?,
    };
    Ok(many::take_back(work, id, permit.viewer.person, permit.today, &outcomes)?)
}

fn accounts_of(parts: &[Part]) -> Vec<AccountId> {
    parts.iter().map(|part| part.account).collect()
}

fn owners_back(
    work: &mut Work<'_>,
    permit: &Permit,
    given: PersonId,
    parts: &[Part],
) -> Result<Outcomes, ActError> {
    let accounts = accounts_of(parts);
    let now = owners(work, &accounts, permit.today)?;
    let rows = list::some(work, &accounts)?;
    let rows: HashMap<AccountId, &list::ListRow> = rows.iter().map(|row| (row.id, row)).collect();
    let mut works_here: HashMap<Uuid, bool> = HashMap::new();
    for before in parts.iter().filter_map(|part| part.before).collect::<HashSet<_>>() {
        let viewer = policy::viewer(work, PersonId(before), permit.today)?;
        works_here.insert(before, viewer.is_some());
    }
    let mut outcomes = Vec::with_capacity(parts.len());
    for part in parts {
        let is_as_made = now.get(&part.account) == Some(&given);
        let may_own = part.before.is_none_or(|before| works_here.get(&before) == Some(&true));
        outcomes.push(match (rows.get(&part.account), is_as_made, may_own) {
            (Some(row), true, true) => {
                let owner = part.before.map(PersonId);
                restore_in(work, permit, &owned_by(row, owner, permit.today))?;
                (*part, PartOutcome::GivenBack)
            }
            (_, false, _) => (*part, PartOutcome::ChangedSince),
            (_, true, _) => (*part, PartOutcome::Unfit),
        });
    }
    Ok(outcomes)
}

fn team_back(work: &mut Work<'_>, permit: &Permit, parts: &[Part]) -> Result<Outcomes, ActError> {
    let held = team::held(work, &accounts_of(parts))?;
    let held: HashMap<Uuid, &Held<TeamFact>> = held.iter().map(|held| (held.id, held)).collect();
    let (mut outcomes, mut ended) = (Vec::with_capacity(parts.len()), Vec::new());
    for part in parts {
        let made = held.get(&part.made).filter(|made| made.known.until == Day::MAX);
        let before = part.before.and_then(|before| held.get(&before));
        match (made, before) {
            (None, _) => outcomes.push((*part, PartOutcome::ChangedSince)),
            (Some(_), Some(before)) => {
                let fact = &before.fact;
                let record = TeamMemberRecord {
                    account: fact.account.0.to_string(),
                    person: fact.person.0.to_string(),
                    role: fact.role,
                    from: (fact.from != Day::MIN).then_some(fact.from),
                    until: (fact.until != Day::MAX).then_some(fact.until),
                    known_on: Some(permit.today),
                };
                restore_in(work, permit, &Telling::here(Told::TeamMember(record)))?;
                outcomes.push((*part, PartOutcome::GivenBack));
            }
            (Some(made), None) => {
                ended.push((*made).clone());
                outcomes.push((*part, PartOutcome::GivenBack));
            }
        }
    }
    team::take_back(work, ended, permit.today)?;
    Ok(outcomes)
}

fn decisions_back(work: &mut Work<'_>, permit: &Permit, parts: &[Part]) -> Result<Outcomes, ActError> {
    let held = decisions::held(work, &accounts_of(parts))?;
    let is_outdone = |made: &Held<OverrideFact>| {
        held.iter().any(|other| {
            other.known.until == Day::MAX
                && other.fact.account == made.fact.account
                && made.fact.from < other.fact.from
        })
    };
    let by_id: HashMap<Uuid, &Held<OverrideFact>> = held.iter().map(|held| (held.id, held)).collect();
    let (mut outcomes, mut ended) = (Vec::with_capacity(parts.len()), Vec::new());
    for part in parts {
        let made = by_id.get(&part.made);
        let made = made.filter(|made| made.known.until == Day::MAX && !is_outdone(made));
        let before = part.before.and_then(|before| by_id.get(&before));
        match (made, before) {
            (None, _) => outcomes.push((*part, PartOutcome::ChangedSince)),
            (Some(_), Some(before)) => {
                let fact = before.fact.clone();
                let record = OverrideRecord {
                    account: fact.account.0.to_string(),
                    segment: fact.segment,
                    reason: fact.reason,
                    person: fact.person.map(|person| person.to_string()),
                    from: fact.from,
                    review: Some(fact.review),
                    known_on: Some(permit.today),
                };
                restore_in(work, permit, &Telling::here(Told::Override(record)))?;
                outcomes.push((*part, PartOutcome::GivenBack));
            }
            (Some(made), None) => {
                ended.push((*made).clone());
                outcomes.push((*part, PartOutcome::GivenBack));
            }
        }
    }
    decisions::take_back(work, ended, permit.today)?;
    Ok(outcomes)
}

fn proposals_back(work: &mut Work<'_>, permit: &Permit, parts: &[Part]) -> Result<Outcomes, ActError> {
    let answers: Vec<Uuid> = parts.iter().map(|part| part.made).collect();
    let outdone = outdone_answers(work, &answers)?;
    let mut outcomes = Vec::with_capacity(parts.len());
    for part in parts {
        let kept = kept_answer(work, part.made)?.filter(|kept| !outdone.contains(&kept.id));
        outcomes.push(match kept {
            Some(kept) => {
                take_back_in(work, permit, &kept)?;
                (*part, PartOutcome::GivenBack)
            }
            None => (*part, PartOutcome::ChangedSince),
        });
    }
    Ok(outcomes)
}
