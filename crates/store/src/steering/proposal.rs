//! Proposals: one open per account, person and action, with the deviations it would settle.

use super::unknown;
use crate::{Query, Row, StoreError, Value, Work};
use luotsi_core::{
    account::AccountId,
    activity::ActivityId,
    people::PersonId,
    steering::{Action, ProposalState},
    units::{Day, Money},
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposalRow {
    pub id: Uuid,
    pub account: AccountId,
    pub person: PersonId,
    /// `contact`, or the desk work's name.
    pub key: String,
    pub what: Action,
    pub due_on: Day,
    pub stake_at_risk: Money,
    pub stake_to_gain: Money,
    pub minutes: u32,
    pub opened_on: Day,
    pub state: ProposalState,
    pub delegate: Option<PersonId>,
    /// Ids of its deviations, in order of their kind and subject.
    pub deviations: Vec<Uuid>,
}

/// The open proposals of these accounts, by account.
pub fn open_proposals(query: &impl Query, accounts: &[AccountId]) -> Result<Vec<ProposalRow>, StoreError> {
    let mut linked: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    query.each_of(
        "-- The deviations of the open proposals of some accounts.
select proposal_deviation.proposal_id, proposal_deviation.deviation_id
  from proposal
  join proposal_deviation on proposal_deviation.proposal_id = proposal.id
  join deviation on deviation.id = proposal_deviation.deviation_id
 where proposal.account_id in {wanted}
   and proposal.closed_on is null
 order by proposal_deviation.proposal_id, deviation.kind, deviation.subject",
        accounts,
        |row| {
            linked.entry(row.id(0)?).or_default().push(row.id(1)?);
            Ok(())
        },
    )?;

    let mut found = Vec::new();
    query.each_of(
        "-- The open proposals of some accounts.
select id, account_id, person_id, action, what, due_on, stake_at_risk_cents, stake_to_gain_cents, minutes, opened_on,
       state, planned_for, state_until, delegate_id
  from proposal
 where account_id in {wanted}
   and closed_on is null
 order by account_id, person_id, action",
        accounts,
        |row| {
            let id = row.id(0)?;
            let what = row.text(4)?;
            found.push(ProposalRow {
                id,
                account: AccountId(row.id(1)?),
                person: PersonId(row.id(2)?),
                key: row.string(3)?,
                what: Action::parse(what).ok_or_else(|| unknown("action", what))?,
                due_on: row.day(5)?,
                stake_at_risk: row.money(6)?,
                stake_to_gain: row.money(7)?,
                minutes: row.int(8)? as u32,
                opened_on: row.day(9)?,
                state: state(row, 10)?,
                delegate: row.opt_id(13)?.map(PersonId),
                deviations: linked.remove(&id).unwrap_or_default(),
            });
            Ok(())
        },
    )?;
    Ok(found)
}

/// State, day planned for and day until which, from `place` on.
pub(super) fn state(row: &Row<'_>, place: usize) -> Result<ProposalState, StoreError> {
    Ok(match row.text(place)? {
        "open" => ProposalState::Open,
        "planned" => ProposalState::Planned { day: row.day(place + 1)?, until: row.day(place + 2)? },
        "snoozed" => ProposalState::Snoozed { until: row.day(place + 2)? },
        other => return Err(unknown("state of a proposal", other)),
    })
}

fn planned_for(state: ProposalState) -> Option<Day> {
    match state {
        ProposalState::Planned { day, .. } => Some(day),
        ProposalState::Open | ProposalState::Snoozed { .. } => None,
    }
}

fn until(state: ProposalState) -> Option<Day> {
    match state {
        ProposalState::Planned { until, .. } | ProposalState::Snoozed { until } => Some(until),
        ProposalState::Open => None,
    }
}

/// An open proposal as somebody answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenProposalRow {
    pub row: ProposalRow,
    /// The activity planned for it.
    pub plan: Option<ActivityId>,
    /// Its deviations with their stakes.
    pub about: Vec<(Uuid, Money)>,
}

impl OpenProposalRow {
    /// Who has it now.
    pub fn holder(&self) -> PersonId {
        self.row.delegate.unwrap_or(self.row.person)
    }
}

/// The account a proposal is about, open or closed.
pub fn proposal_account(query: &impl Query, id: Uuid) -> Result<Option<AccountId>, StoreError> {
    query.one(
        "-- Which account is a proposal about?
select account_id
  from proposal
 where id = $1",
        &[id.into()],
        |row| Ok(AccountId(row.id(0)?)),
    )
}

/// The open proposal that exports name so: by account, by the person asked and by what is asked. The oldest where several
/// sources use the same ids.
pub fn proposal_named(
    query: &impl Query,
    account: &str,
    person: &str,
    action: &str,
) -> Result<Option<Uuid>, StoreError> {
    query.one(
        "-- Which proposal is called so?
select proposal.id
  from proposal
  join account on account.id = proposal.account_id
  join person on person.id = proposal.person_id
 where account.external_id = $1
   and person.external_id = $2
   and proposal.action = $3
   and proposal.closed_on is null
 order by proposal.opened_on, proposal.id
 limit 1",
        &[account.into(), person.into(), action.into()],
        |row| row.id(0),
    )
}

/// One proposal; `None` when it has closed.
pub fn open_proposal(query: &impl Query, id: Uuid) -> Result<Option<OpenProposalRow>, StoreError> {
    Ok(open_proposals_among(query, &[id])?.remove(&id))
}

/// Those of these proposals that are open, by id.
pub fn open_proposals_among(
    query: &impl Query,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, OpenProposalRow>, StoreError> {
    let mut accounts = BTreeSet::new();
    query.each_of(
        "-- Which accounts are some open proposals about?
select account_id
  from proposal
 where id in {wanted}
   and closed_on is null",
        ids,
        |row| {
            accounts.insert(AccountId(row.id(0)?));
            Ok(())
        },
    )?;
    let accounts: Vec<AccountId> = accounts.into_iter().collect();
    let wanted: HashSet<Uuid> = ids.iter().copied().collect();
    let rows = open_proposals(query, &accounts)?.into_iter().filter(|row| wanted.contains(&row.id));
    let mut open: HashMap<Uuid, OpenProposalRow> =
        rows.map(|row| (row.id, OpenProposalRow { row, plan: None, about: Vec::new() })).collect();

    let ids: Vec<Uuid> = open.keys().copied().collect();
    query.each_of(
        "-- What some proposals would settle, and how much hangs on it.
select proposal_deviation.proposal_id, deviation.id, deviation.stake_cents
  from proposal_deviation
  join deviation on deviation.id = proposal_deviation.deviation_id
 where proposal_deviation.proposal_id in {wanted}
 order by proposal_deviation.proposal_id, deviation.kind, deviation.subject, deviation.id",
        &ids,
        |row| {
            if let Some(open) = open.get_mut(&row.id(0)?) {
                open.about.push((row.id(1)?, row.money(2)?));
            }
            Ok(())
        },
    )?;
    query.each_of(
        "-- The plans that hold some proposals, the last made last.
select answer.proposal_id, answer.activity_id
  from answer
  join activity on activity.account_id = answer.account_id
               and activity.id = answer.activity_id
               and activity.known_until = '9999-12-31'
               and activity.state = 'planned'
 where answer.proposal_id in {wanted}
   and answer.kind = 'accepted'
   and answer.known_until = '9999-12-31'
   and answer.ended_on is null
 order by answer.proposal_id, answer.recorded_at, answer.id",
        &ids,
        |row| {
            if let Some(open) = open.get_mut(&row.id(0)?) {
                open.plan = Some(ActivityId(row.id(1)?));
            }
            Ok(())
        },
    )?;
    Ok(open)
}

pub fn insert_proposals(work: &Work<'_>, rows: &[ProposalRow]) -> Result<(), StoreError> {
    let columns = [
        "id",
        "account_id",
        "person_id",
        "action",
        "what",
        "due_on",
        "stake_at_risk_cents",
        "stake_to_gain_cents",
        "minutes",
        "opened_on",
        "state",
        "planned_for",
        "state_until",
        "delegate_id",
    ];
    work.insert(
        "proposal",
        columns,
        rows.iter().map(|row| {
            [
                row.id.into(),
                row.account.into(),
                row.person.into(),
                row.key.as_str().into(),
                row.what.name().into(),
                row.due_on.into(),
                row.stake_at_risk.into(),
                row.stake_to_gain.into(),
                i64::from(row.minutes).into(),
                row.opened_on.into(),
                row.state.name().into(),
                planned_for(row.state).into(),
                until(row.state).into(),
                row.delegate.into(),
            ]
        }),
    )?;
    link(work, rows)
}

/// Brings open proposals up to date, with the deviations they now hold.
pub fn update_proposals(work: &Work<'_>, rows: &[ProposalRow]) -> Result<(), StoreError> {
    let values: Vec<[Value; 10]> = rows
        .iter()
        .map(|row| {
            [
                row.id.into(),
                row.what.name().into(),
                row.due_on.into(),
                row.stake_at_risk.into(),
                row.stake_to_gain.into(),
                i64::from(row.minutes).into(),
                row.state.name().into(),
                planned_for(row.state).into(),
                until(row.state).into(),
                row.delegate.into(),
            ]
        })
        .collect();
    work.execute_for(
        "-- What some open proposals have become.
with wanted (id, what, due_on, stake_at_risk_cents, stake_to_gain_cents, minutes, state, planned_for, state_until,
             delegate_id) as ({wanted})
update proposal
   set what = wanted.what,
       due_on = wanted.due_on,
       stake_at_risk_cents = wanted.stake_at_risk_cents,
       stake_to_gain_cents = wanted.stake_to_gain_cents,
       minutes = wanted.minutes,
       state = wanted.state,
       planned_for = wanted.planned_for,
       state_until = wanted.state_until,
       delegate_id = wanted.delegate_id
  from wanted
 where proposal.id = wanted.id",
        ["uuid", "text", "date", "bigint", "bigint", "bigint", "text", "date", "date", "uuid"],
        &values,
    )?;

    let ids: Vec<[Value; 1]> = rows.iter().map(|row| [row.id.into()]).collect();
    work.execute_for(
        "-- The links of some proposals, which are set anew.
with wanted (id) as ({wanted})
delete from proposal_deviation
 where proposal_id in (select id from wanted)",
        ["uuid"],
        &ids,
    )?;
    link(work, rows)
}

fn link(work: &Work<'_>, rows: &[ProposalRow]) -> Result<(), StoreError> {
    let links = rows.iter().flat_map(|row| {
        row.deviations.iter().map(|deviation| [Value::from(row.id), Value::from(*deviation)])
    });
    work.insert("proposal_deviation", ["proposal_id", "deviation_id"], links)
}

/// Closes proposals; their deviations stay linked as what they were about, and the answers that held them lose their hold.
pub fn close_proposals(work: &Work<'_>, closed: &[(Uuid, String)], on: Day) -> Result<(), StoreError> {
    let rows: Vec<[Value; 3]> =
        closed.iter().map(|(id, cause)| [(*id).into(), on.into(), cause.as_str().into()]).collect();
    work.execute_for(
        "-- Proposals that nothing asks for any more.
with wanted (id, closed_on, cause) as ({wanted})
update proposal
   set closed_on = wanted.closed_on,
       cause = wanted.cause
  from wanted
 where proposal.id = wanted.id
   and proposal.closed_on is null",
        ["uuid", "date", "text"],
        &rows,
    )?;
    let rows: Vec<[Value; 2]> = closed.iter().map(|(id, _)| [(*id).into(), on.into()]).collect();
    work.execute_for(
        "-- The answers that held these proposals.
with wanted (id, ended_on) as ({wanted})
update answer
   set ended_on = wanted.ended_on
  from wanted
 where answer.proposal_id = wanted.id
   and answer.ended_on is null",
        ["uuid", "date"],
        &rows,
    )?;
    Ok(())
}
