//! What people answered to proposals: kept with what it was about, taken back without being lost.

use super::unknown;
use crate::{Query, Row, StoreError, Value, Work, recording::now_micros};
use luotsi_core::{
    account::AccountId,
    activity::ActivityId,
    people::{PersonId, PersonNo},
    steering::{Action, Answer, AnswerKind, Answered, AnsweredDeviation, DeviationKind, ProposalKey},
    strategy::Segment,
    units::{Day, Known, Money},
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// An answer as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerRow {
    pub id: Uuid,
    pub account: AccountId,
    pub proposal: Uuid,
    /// Who answered.
    pub person: PersonId,
    pub given: Given,
    pub on: Day,
    pub reason: Option<String>,
    pub note: Option<String>,
    pub what: Action,
    /// The account's effective segment.
    pub segment: Option<Segment>,
    /// The larger of the proposal's two stakes.
    pub stake: Money,
    /// The deviations it is about, with their stakes.
    pub about: Vec<(Uuid, Money)>,
}

/// What was answered, people by their ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    Accepted {
        plan: Option<ActivityId>,
        day: Day,
    },
    /// With what was done, when that is an activity.
    Done {
        activity: Option<ActivityId>,
    },
    Snoozed {
        until: Day,
    },
    Delegated {
        to: PersonId,
    },
    Dismissed,
}

impl Given {
    pub fn kind(self) -> AnswerKind {
        match self {
            Self::Accepted { .. } => AnswerKind::Accepted,
            Self::Done { .. } => AnswerKind::Done,
            Self::Snoozed { .. } => AnswerKind::Snoozed,
            Self::Delegated { .. } => AnswerKind::Delegated,
            Self::Dismissed => AnswerKind::Dismissed,
        }
    }

    pub fn activity(self) -> Option<ActivityId> {
        match self {
            Self::Accepted { plan, .. } => plan,
            Self::Done { activity } => activity,
            Self::Snoozed { .. } | Self::Delegated { .. } | Self::Dismissed => None,
        }
    }

    fn planned_for(self) -> Option<Day> {
        match self {
            Self::Accepted { day, .. } => Some(day),
            Self::Done { .. } | Self::Snoozed { .. } | Self::Delegated { .. } | Self::Dismissed => None,
        }
    }

    fn snoozed_until(self) -> Option<Day> {
        match self {
            Self::Snoozed { until } => Some(until),
            Self::Accepted { .. } | Self::Done { .. } | Self::Delegated { .. } | Self::Dismissed => None,
        }
    }

    fn delegate(self) -> Option<PersonId> {
        match self {
            Self::Delegated { to } => Some(to),
            Self::Accepted { .. } | Self::Done { .. } | Self::Snoozed { .. } | Self::Dismissed => None,
        }
    }
}

pub fn insert_answer(work: &Work<'_>, row: &AnswerRow) -> Result<(), StoreError> {
    work.insert(
        "answer",
        [
            "id",
            "account_id",
            "proposal_id",
            "person_id",
            "kind",
            "day",
            "known_until",
            "activity_id",
            "planned_for",
            "snoozed_until",
            "delegate_id",
            "reason",
            "note",
            "what",
            "segment",
            "stake_cents",
            "recorded_at",
        ],
        [[
            row.id.into(),
            row.account.into(),
            row.proposal.into(),
            row.person.into(),
            row.given.kind().name().into(),
            row.on.into(),
            Day::MAX.into(),
            row.given.activity().map(|activity| activity.0).into(),
            row.given.planned_for().into(),
            row.given.snoozed_until().into(),
            row.given.delegate().into(),
            row.reason.clone().into(),
            row.note.clone().into(),
            row.what.name().into(),
            row.segment.map(Segment::name).into(),
            row.stake.into(),
            now_micros().into(),
        ]],
    )?;
    let about =
        row.about.iter().map(|(deviation, stake)| [row.id.into(), (*deviation).into(), (*stake).into()]);
    work.insert("answer_deviation", ["answer_id", "deviation_id", "stake_cents"], about)
}

/// The answers about these accounts as the rules want them, in the order they were given.
pub fn answers(
    query: &impl Query,
    persons: &HashMap<PersonId, PersonNo>,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, Vec<Answered>>, StoreError> {
    let mut found: HashMap<AccountId, Vec<Answered>> = HashMap::new();
    query.each_of(
        "-- What was answered about some accounts.
select answer.account_id, answer.id, proposal.person_id, proposal.action, answer.kind, answer.day, answer.known_until,
       answer.ended_on, answer.activity_id, answer.planned_for, answer.snoozed_until, answer.delegate_id
  from answer
  join proposal on proposal.id = answer.proposal_id
 where answer.account_id in {wanted}
 order by answer.account_id, answer.recorded_at, answer.id",
        accounts,
        |row| {
            let id = row.id(1)?;
            let person = |place| -> Result<Option<PersonNo>, StoreError> {
                Ok(row.opt_id(place)?.and_then(|id| persons.get(&PersonId(id)).copied()))
            };
            let Some(answering) = person(2)? else { return Ok(()) };
            let Some(answer) = answer(row, person(11)?)? else { return Ok(()) };
            let on = row.day(5)?;
            found.entry(AccountId(row.id(0)?)).or_default().push(Answered {
                id,
                proposal: ProposalKey { person: answering, desk: desk(row.text(3)?)? },
                answer,
                on,
                known: Known { from: on, until: row.day(6)? },
                ended_on: row.opt_day(7)?,
                about: Vec::new(),
            });
            Ok(())
        },
    )?;
    if found.is_empty() {
        return Ok(found);
    }
    let mut about = about(query, accounts)?;
    for answered in found.values_mut().flatten() {
        answered.about = about.remove(&answered.id).unwrap_or_default();
    }
    Ok(found)
}

fn about(
    query: &impl Query,
    accounts: &[AccountId],
) -> Result<HashMap<Uuid, Vec<AnsweredDeviation>>, StoreError> {
    let mut found: HashMap<Uuid, Vec<AnsweredDeviation>> = HashMap::new();
    query.each_of(
        "-- What the answers about some accounts were about.
select answer_deviation.answer_id, deviation.id, deviation.kind, deviation.subject, answer_deviation.stake_cents,
       deviation.opened_on
  from answer
  join answer_deviation on answer_deviation.answer_id = answer.id
  join deviation on deviation.id = answer_deviation.deviation_id
 where answer.account_id in {wanted}
 order by answer_deviation.answer_id, deviation.kind, deviation.subject",
        accounts,
        |row| {
            let kind = row.text(2)?;
            found.entry(row.id(0)?).or_default().push(AnsweredDeviation {
                id: row.id(1)?,
                kind: DeviationKind::parse(kind).ok_or_else(|| unknown("deviation", kind))?,
                subject: row.string(3)?,
                stake: row.money(4)?,
                opened_on: row.day(5)?,
            });
            Ok(())
        },
    )?;
    Ok(found)
}

/// `None` when it was handed to somebody unknown.
fn answer(row: &Row<'_>, delegate: Option<PersonNo>) -> Result<Option<Answer>, StoreError> {
    Ok(match answer_kind(row, 4)? {
        AnswerKind::Accepted => {
            Some(Answer::Accepted { plan: row.opt_id(8)?.map(ActivityId), day: row.day(9)? })
        }
        AnswerKind::Done => Some(Answer::Done),
        AnswerKind::Snoozed => Some(Answer::Snoozed { until: row.day(10)? }),
        AnswerKind::Delegated => delegate.map(|to| Answer::Delegated { to }),
        AnswerKind::Dismissed => Some(Answer::Dismissed),
    })
}

pub(crate) fn answer_kind(row: &Row<'_>, place: usize) -> Result<AnswerKind, StoreError> {
    let name = row.text(place)?;
    AnswerKind::parse(name).ok_or_else(|| unknown("answer", name))
}

fn desk(key: &str) -> Result<Option<Action>, StoreError> {
    match key {
        "contact" => Ok(None),
        desk => Action::parse(desk).map(Some).ok_or_else(|| unknown("action", desk)),
    }
}

/// Answers whose hold on their proposal has ended, from `on` on.
pub fn end_answers(work: &Work<'_>, ended: &[Uuid], on: Day) -> Result<(), StoreError> {
    let rows: Vec<[Value; 2]> = ended.iter().map(|id| [(*id).into(), on.into()]).collect();
    work.execute_for(
        "-- Answers that something has ended.
with wanted (id, ended_on) as ({wanted})
update answer
   set ended_on = wanted.ended_on
  from wanted
 where answer.id = wanted.id
   and answer.ended_on is null",
        ["uuid", "date"],
        &rows,
    )?;
    Ok(())
}

/// An answer that may be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    pub id: Uuid,
    pub account: AccountId,
    pub account_name: String,
    pub proposal: Uuid,
    pub person: PersonId,
    pub kind: AnswerKind,
    pub what: Action,
    pub activity: Option<ActivityId>,
    pub on: Day,
    /// Microseconds since 1970 UTC.
    pub recorded_at: i64,
    pub is_taken_back: bool,
}

const SELECT_KEPT: &str = "select answer.id, answer.account_id, answer.proposal_id, answer.person_id, answer.kind, answer.what, answer.activity_id,
       answer.day, answer.recorded_at, answer.known_until, account.name
  from answer
  join account on account.id = answer.account_id";

pub fn kept_answer(query: &impl Query, id: Uuid) -> Result<Option<KeptAnswer>, StoreError> {
    let sql = format!("-- One answer.\n{SELECT_KEPT}\n where answer.id = $1");
    query.one(&sql, &[id.into()], kept)
}

/// The newest answer of a person that stands.
pub fn newest_answer(query: &impl Query, person: PersonId) -> Result<Option<KeptAnswer>, StoreError> {
    let sql = format!(
        "-- What did a person answer last?
{SELECT_KEPT}
 where answer.person_id = $1
   and answer.known_until = '9999-12-31'
 order by answer.recorded_at desc, answer.id desc
 limit 1"
    );
    query.one(&sql, &[person.into()], kept)
}

/// Which of these answers something has happened after: they were taken back, their proposal has closed, or it was
/// answered again.
pub fn outdone_answers(query: &impl Query, ids: &[Uuid]) -> Result<HashSet<Uuid>, StoreError> {
    let mut outdone = HashSet::new();
    query.each_of(
        "-- Which answers are not the last word on their proposals?
select answer.id
  from answer
  join proposal on proposal.id = answer.proposal_id
 where answer.id in {wanted}
   and (answer.known_until <> '9999-12-31'
        or proposal.closed_on is not null
        or exists (select 1
                     from answer newer
                    where newer.proposal_id = answer.proposal_id
                      and newer.known_until = '9999-12-31'
                      and newer.id <> answer.id
                      and newer.recorded_at >= answer.recorded_at))",
        ids,
        |row| {
            outdone.insert(row.id(0)?);
            Ok(())
        },
    )?;
    Ok(outdone)
}

/// The answer that said an activity was done, if it stands.
pub fn answer_of_activity(
    query: &impl Query,
    account: AccountId,
    activity: ActivityId,
) -> Result<Option<KeptAnswer>, StoreError> {
    let sql = format!(
        "-- Which answer brought an activity about?
{SELECT_KEPT}
 where answer.activity_id = $1
   and answer.account_id = $2
   and answer.known_until = '9999-12-31'
 order by answer.recorded_at desc, answer.id desc
 limit 1"
    );
    query.one(&sql, &[activity.0.into(), account.into()], kept)
}

fn kept(row: &Row<'_>) -> Result<KeptAnswer, StoreError> {
    let what = row.text(5)?;
    Ok(KeptAnswer {
        id: row.id(0)?,
        account: AccountId(row.id(1)?),
        account_name: row.string(10)?,
        proposal: row.id(2)?,
        person: PersonId(row.id(3)?),
        kind: answer_kind(row, 4)?,
        what: Action::parse(what).ok_or_else(|| unknown("action", what))?,
        activity: row.opt_id(6)?.map(ActivityId),
        on: row.day(7)?,
        recorded_at: row.int(8)?,
        is_taken_back: row.day(9)? != Day::MAX,
    })
}

/// The answer is believed no longer; what it ended on its proposal is to be looked at anew.
pub fn take_back_answer(work: &Work<'_>, answer: &KeptAnswer, on: Day) -> Result<(), StoreError> {
    work.execute(
        "-- An answer that is taken back.
update answer
   set known_until = $2
 where id = $1",
        &[answer.id.into(), on.into()],
    )?;
    work.execute(
        "-- What held its proposal before it closed holds it again.
update answer
   set ended_on = null
 where proposal_id = $1
   and kind in ('accepted', 'delegated')
   and ended_on = (select closed_on
                     from proposal
                    where id = $1)",
        &[answer.proposal.into()],
    )?;
    work.execute(
        "-- What it settled is open again as before; what has gone for another reason too closes at the next look.
update deviation
   set closed_on = null,
       cause = null
 where closed_on >= $2
   and id in (select deviation_id
                from answer_deviation
               where answer_id = $1)
   and not exists (select 1
                     from deviation other
                    where other.account_id = deviation.account_id
                      and other.kind = deviation.kind
                      and other.subject = deviation.subject
                      and other.closed_on is null)",
        &[answer.id.into(), answer.on.into()],
    )?;
    work.execute(
        "-- Its proposal is open again, unless another one has taken its place.
update proposal
   set closed_on = null,
       cause = null
 where id = $1
   and closed_on is not null
   and not exists (select 1
                     from proposal other
                    where other.account_id = proposal.account_id
                      and other.person_id = proposal.person_id
                      and other.action = proposal.action
                      and other.closed_on is null)",
        &[answer.proposal.into()],
    )?;
    Ok(())
}
