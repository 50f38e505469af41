//! What My day and an account's page show of steering: proposals with their reasons, the base by segment, who is behind.

use super::{
    deviation::{DeviationRow, deviation},
    proposal::state,
    unknown,
};
use crate::{
    Query, Row, StoreError, Value,
    people::{page::Whose, substitution::those_away},
};
use luotsi_core::{
    account::AccountId,
    people::PersonId,
    steering::{Action, ProposalState},
    strategy::Segment,
    units::{Day, Money},
};
use uuid::Uuid;

/// An open proposal with the account it is about and the deviations it would settle, in order of kind and subject.
#[derive(Clone, Debug)]
pub struct OpenProposal {
    pub id: Uuid,
    pub account: AccountId,
    pub account_name: String,
    pub segment: Option<Segment>,
    pub person: PersonId,
    pub what: Action,
    pub due_on: Day,
    pub stake_at_risk: Money,
    pub stake_to_gain: Money,
    pub minutes: u32,
    pub opened_on: Day,
    pub state: ProposalState,
    pub delegate: Option<PersonId>,
    pub deviations: Vec<DeviationRow>,
}

impl OpenProposal {
    /// Who has it now.
    pub fn holder(&self) -> PersonId {
        self.delegate.unwrap_or(self.person)
    }
}

/// Who has a proposal: whoever answers for it, unless it was handed on.
const HOLDER: &str = "coalesce(delegate_id, person_id)";

/// The larger of its two stakes, as in the index by stake.
const STAKE: &str = "case when stake_at_risk_cents > stake_to_gain_cents then stake_at_risk_cents else stake_to_gain_cents end";

/// The proposals these people have to answer, those with most at stake first, at most `limit`. What is planned or put off
/// is not among them.
pub fn proposals_of(query: &impl Query, whose: &Whose, limit: i64) -> Result<Vec<OpenProposal>, StoreError> {
    let (condition, mut params) = whose.condition(HOLDER, 2);
    params.insert(0, limit.into());
    // What few people have is found by holder and then put in order: PostgreSQL would else walk along everybody's.
    let order = if whose.is_of_few() { format!("{STAKE} + 0") } else { "stake_cents".to_owned() };
    let sql = format!(
        "-- The open proposals of some people, the most euros at stake first; only those are joined.
with most as (
select id,
       {STAKE} as stake_cents
  from proposal
 where closed_on is null
   and state = 'open'{condition}
 order by {order} desc, opened_on, id
 limit $1
)
{SELECT_PROPOSAL}
  join most on most.id = proposal.id
 order by most.stake_cents desc, proposal.opened_on, account.name, proposal.id, {WITHIN_PROPOSAL}"
    );
    gathered(query, &sql, &params)
}

/// Which proposals come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalOrder {
    /// Most at stake first, and of equals what opened first.
    Stake,
    /// Opened first, and of one day's most at stake.
    Age,
}

/// The proposals these people have, planned and put off ones too: at most `limit` after the first `offset`.
pub fn held_by(
    query: &impl Query,
    whose: &Whose,
    order: ProposalOrder,
    limit: i64,
    offset: i64,
) -> Result<Vec<OpenProposal>, StoreError> {
    let (condition, mut params) = whose.condition(HOLDER, 3);
    params.splice(0..0, [limit.into(), offset.into()]);
    let first = match order {
        ProposalOrder::Stake => "larger_cents desc, proposal.opened_on",
        ProposalOrder::Age => "proposal.opened_on, larger_cents desc",
    };
    let sql = format!(
        "-- What some people have to do, the most euros at stake or the oldest first; only those are joined.
with held as (
select proposal.id,
       {STAKE} as larger_cents
  from proposal
  join account on account.id = proposal.account_id
 where proposal.closed_on is null{condition}
 order by {first}, account.name, proposal.id
 limit $1 offset $2
)
{SELECT_PROPOSAL}
  join held on held.id = proposal.id
 order by {first}, account.name, proposal.id, {WITHIN_PROPOSAL}"
    );
    gathered(query, &sql, &params)
}

/// How many proposals these people have, and so how many each of them has, in order of person.
pub fn count_held_by(query: &impl Query, whose: &Whose) -> Result<Vec<(PersonId, i64)>, StoreError> {
    let (condition, params) = whose.condition(HOLDER, 1);
    let sql = format!(
        "-- How many proposals has each of some people?
select {HOLDER} as holder_id, count(*)
  from proposal
 where closed_on is null{condition}
 group by {HOLDER}
 order by holder_id"
    );
    query.all(&sql, &params, |row| Ok((PersonId(row.id(0)?), row.int(1)?)))
}

/// One proposal that has not closed.
pub fn one_proposal(query: &impl Query, id: Uuid) -> Result<Option<OpenProposal>, StoreError> {
    let sql = format!(
        "-- One open proposal.
{SELECT_PROPOSAL}
 where proposal.closed_on is null
   and proposal.id = $1
 order by {WITHIN_PROPOSAL}"
    );
    Ok(gathered(query, &sql, &[id.into()])?.pop())
}

/// What these people have put off, the soonest first, at most `limit`.
pub fn put_off(query: &impl Query, whose: &Whose, limit: i64) -> Result<Vec<OpenProposal>, StoreError> {
    let (condition, mut params) = whose.condition(HOLDER, 2);
    params.insert(0, limit.into());
    let sql = format!(
        "-- What have some people put off? Only those are joined.
with soonest as (
select proposal.id
  from proposal
  join account on account.id = proposal.account_id
 where proposal.closed_on is null
   and proposal.state = 'snoozed'{condition}
 order by proposal.state_until, account.name, proposal.id
 limit $1
)
{SELECT_PROPOSAL}
  join soonest on soonest.id = proposal.id
 order by proposal.state_until, account.name, proposal.id, {WITHIN_PROPOSAL}"
    );
    gathered(query, &sql, &params)
}

/// A proposal that has closed, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedProposal {
    pub account: AccountId,
    pub account_name: String,
    pub what: Action,
    pub closed_on: Day,
    /// Names of causes, with spaces between.
    pub cause: String,
    /// The account's, now.
    pub segment: Option<Segment>,
}

pub fn closed_proposal(query: &impl Query, id: Uuid) -> Result<Option<ClosedProposal>, StoreError> {
    query.one(
        "-- A proposal that has closed.
select proposal.account_id, account.name, proposal.what, proposal.closed_on, coalesce(proposal.cause, ''),
       account_standing.segment
  from proposal
  join account on account.id = proposal.account_id
  left join account_standing on account_standing.account_id = proposal.account_id
 where proposal.id = $1
   and proposal.closed_on is not null",
        &[id.into()],
        |row| {
            let what = row.text(2)?;
            Ok(ClosedProposal {
                account: AccountId(row.id(0)?),
                account_name: row.string(1)?,
                what: Action::parse(what).ok_or_else(|| unknown("action", what))?,
                closed_on: row.day(3)?,
                cause: row.string(4)?,
                segment: row.opt_text(5)?.and_then(Segment::parse),
            })
        },
    )
}

/// The open proposals about an account, the most urgent first.
pub fn proposals_about(query: &impl Query, account: AccountId) -> Result<Vec<OpenProposal>, StoreError> {
    let sql = format!(
        "-- The open proposals about one account.
{SELECT_PROPOSAL}
 where proposal.closed_on is null
   and proposal.account_id = $1
 order by proposal.due_on, proposal.person_id, proposal.action, proposal.id, {WITHIN_PROPOSAL}"
    );
    gathered(query, &sql, &[account.into()])
}

/// A row for each deviation that a proposal would settle; at least one.
const SELECT_PROPOSAL: &str = "select deviation.id, deviation.account_id, deviation.kind, deviation.subject, deviation.expected, deviation.actual,
       deviation.actual_from, deviation.since, deviation.base_cents, deviation.exposure_millionths,
       deviation.stake_cents, deviation.side, deviation.action, deviation.late_from, deviation.opened_on,
       proposal.id, proposal.account_id, account.name, account_standing.segment, proposal.person_id, proposal.what,
       proposal.due_on, proposal.stake_at_risk_cents, proposal.stake_to_gain_cents, proposal.minutes,
       proposal.opened_on, proposal.state, proposal.planned_for, proposal.state_until, proposal.delegate_id
  from proposal
  join account on account.id = proposal.account_id
  left join account_standing on account_standing.account_id = proposal.account_id
  left join proposal_deviation on proposal_deviation.proposal_id = proposal.id
  left join deviation on deviation.id = proposal_deviation.deviation_id";

const WITHIN_PROPOSAL: &str =
    "deviation.kind nulls last, deviation.subject nulls last, deviation.id nulls last";

/// The rows of one proposal follow one another.
fn gathered(query: &impl Query, sql: &str, params: &[Value]) -> Result<Vec<OpenProposal>, StoreError> {
    let mut found: Vec<OpenProposal> = Vec::new();
    query.each(sql, params, |row| {
        let id = row.id(15)?;
        if found.last().is_none_or(|last| last.id != id) {
            found.push(proposal(row)?);
        }
        if let (Some(proposal), Some(_)) = (found.last_mut(), row.opt_id(0)?) {
            proposal.deviations.push(deviation(row)?);
        }
        Ok(())
    })?;
    Ok(found)
}

fn proposal(row: &Row<'_>) -> Result<OpenProposal, StoreError> {
    let what = row.text(20)?;
    Ok(OpenProposal {
        id: row.id(15)?,
        account: AccountId(row.id(16)?),
        account_name: row.string(17)?,
        segment: row.opt_text(18)?.and_then(Segment::parse),
        person: PersonId(row.id(19)?),
        what: Action::parse(what).ok_or_else(|| unknown("action", what))?,
        due_on: row.day(21)?,
        stake_at_risk: row.money(22)?,
        stake_to_gain: row.money(23)?,
        minutes: row.int(24)? as u32,
        opened_on: row.day(25)?,
        state: state(row, 26)?,
        delegate: row.opt_id(29)?.map(PersonId),
        deviations: Vec::new(),
    })
}

/// How many proposals wait for these people's answer.
pub fn count_proposals(query: &impl Query, whose: &Whose) -> Result<i64, StoreError> {
    let (condition, params) = whose.condition(HOLDER, 1);
    let sql = format!(
        "-- How many proposals are open?
select count(*)
  from proposal
 where closed_on is null
   and state = 'open'{condition}"
    );
    Ok(query.one(&sql, &params, |row| row.int(0))?.unwrap_or(0))
}

/// The same for one person, with the proposals of those who are away and have that person do their part.
pub fn count_proposals_for(query: &impl Query, person: PersonId, on: Day) -> Result<i64, StoreError> {
    Ok(query.one(&proposals_for(), &[person.into(), on.into()], |row| row.int(0))?.unwrap_or(0))
}

/// Asked with every page: the index alone answers it.
fn proposals_for() -> String {
    format!(
        "-- How many proposals wait for somebody?
select count(*)
  from proposal
 where closed_on is null
   and state = 'open'
   and {HOLDER} in (
        select $1::uuid
         union all
        {})",
        those_away("$1", "$2::date")
    )
}

/// The accounts of a segment and how their care is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentSum {
    /// `None`: not assessed.
    pub segment: Option<Segment>,
    pub accounts: i64,
    pub care_lines: i64,
    pub care_lines_kept: i64,
}

/// The active accounts of these owners by segment; those whose whole life is not assessed last.
pub fn base_by_segment(query: &impl Query, whose: &Whose) -> Result<Vec<SegmentSum>, StoreError> {
    let (condition, params) = whose.condition("owner_id", 1);
    let sql = format!(
        "-- Accounts and kept care lines by segment.
select segment, count(*), cast(sum(care_lines) as bigint), cast(sum(care_lines_kept) as bigint)
  from account_standing
 where is_active = 1{condition}
 group by segment
 order by segment nulls last"
    );
    query.all(&sql, &params, |row| {
        Ok(SegmentSum {
            segment: row.opt_text(0)?.and_then(Segment::parse),
            accounts: row.int(1)?,
            care_lines: row.int(2)?,
            care_lines_kept: row.int(3)?,
        })
    })
}

/// What waits for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub person: PersonId,
    pub proposals: i64,
    /// Proposals whose due day is before the day asked for.
    pub overdue: i64,
    /// Proposals opened more than 30 days before it.
    pub old: i64,
    /// The day on which the oldest of them opened.
    pub oldest_on: Day,
    /// Of each proposal the larger of its two stakes.
    pub stake: Money,
}

/// What waits for each of these people, the most euros at stake first.
pub fn waiting(query: &impl Query, whose: &Whose, on: Day) -> Result<Vec<Waiting>, StoreError> {
    let (condition, mut params) = whose.condition(HOLDER, 3);
    params.splice(0..0, [on.into(), on.plus_days(-30).into()]);
    let sql = format!(
        "-- How much waits for whom, how much of it is overdue, how much has waited for long, and since when does the oldest?
select {HOLDER} as holder_id, count(*),
       sum(case when due_on < $1::date then 1 else 0 end),
       sum(case when opened_on < $2::date then 1 else 0 end),
       min(opened_on),
       cast(sum({STAKE}) as bigint) as stake
  from proposal
 where closed_on is null
   and state = 'open'{condition}
 group by {HOLDER}
 order by stake desc, holder_id"
    );
    query.all(&sql, &params, |row| {
        Ok(Waiting {
            person: PersonId(row.id(0)?),
            proposals: row.int(1)?,
            overdue: row.int(2)?,
            old: row.int(3)?,
            oldest_on: row.day(4)?,
            stake: row.money(5)?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Store, testing::FreshDatabase};
    use uuid::Uuid;

    #[test]
    fn what_waits_is_counted_in_an_index_alone() {
        let fresh = FreshDatabase::sqlite();
        let store = Store::open(&fresh.url).unwrap();
        let sql = format!("explain query plan {}", proposals_for());
        let params = [Uuid::nil().into(), Day::MIN.into()];

        let steps = store.read(|reader| reader.all(&sql, &params, |row| row.string(3))).unwrap();

        let counted = "SEARCH proposal USING COVERING INDEX proposal_by_holder";
        assert!(steps.iter().any(|step| step.starts_with(counted)), "{steps:?}");
    }
}
