//! What a person changed of many accounts or proposals at once, and what each of them was before.

use crate::{
    Query, Row, StoreError, Value, Work,
    people::{page::Whose, role},
    recording::now_micros,
};
use luotsi_core::{
    account::AccountId,
    people::{PersonId, Role},
    strategy::Segment,
    units::Day,
};
use uuid::Uuid;

/// What such a change does to each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Owner { to: PersonId },
    Team { to: PersonId, role: Role },
    Override { segment: Segment, reason: Option<String> },
    Delegation { to: PersonId },
}

impl Kind {
    pub const NAMES: [&str; 4] = ["owner", "team", "override", "delegation"];

    pub fn name(&self) -> &'static str {
        let [owner, team, by_hand, delegation] = Self::NAMES;
        match self {
            Self::Owner { .. } => owner,
            Self::Team { .. } => team,
            Self::Override { .. } => by_hand,
            Self::Delegation { .. } => delegation,
        }
    }

    /// Who owns, takes part or has the proposals by it.
    pub fn to(&self) -> Option<PersonId> {
        match self {
            Self::Owner { to } | Self::Team { to, .. } | Self::Delegation { to } => Some(*to),
            Self::Override { .. } => None,
        }
    }
}

/// A change of many, as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkChange {
    pub id: Uuid,
    pub kind: Kind,
    pub person: PersonId,
    pub on: Day,
    /// Microseconds since 1970 UTC.
    pub recorded_at: i64,
    /// How many accounts or proposals it changed.
    pub parts: i64,
    pub taken_back: Option<TakenBack>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenBack {
    pub on: Day,
    pub by: PersonId,
    /// How many are again what they were before.
    pub given_back: i64,
}

/// One account or proposal of a change of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    pub account: AccountId,
    /// The owner, the part in the team, the decision or the answer that is there by the change.
    pub made: Uuid,
    /// What was there before, of the same kind.
    pub before: Option<Uuid>,
}

/// What taking a change back has come to for one of its parts; whoever may not leaves it to those who may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOutcome {
    GivenBack,
    /// Somebody changed it after the change.
    ChangedSince,
    /// What was before cannot be any more.
    Unfit,
}

impl PartOutcome {
    pub const ALL: [Self; 3] = [Self::GivenBack, Self::ChangedSince, Self::Unfit];

    pub fn name(self) -> &'static str {
        match self {
            Self::GivenBack => "given_back",
            Self::ChangedSince => "changed_since",
            Self::Unfit => "unfit",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

/// Parts of the change `id`, which is made with the first of them.
pub fn insert(
    work: &Work<'_>,
    id: Uuid,
    kind: &Kind,
    person: PersonId,
    on: Day,
    parts: &[Part],
) -> Result<(), StoreError> {
    if parts.is_empty() {
        return Ok(());
    }
    let (role, segment, reason) = match kind {
        Kind::Team { role, .. } => (Some(role.name()), None, None),
        Kind::Override { segment, reason } => (None, Some(segment.name()), reason.clone()),
        Kind::Owner { .. } | Kind::Delegation { .. } => (None, None, None),
    };
    work.execute(
        "-- What is changed of many.
insert into bulk_change (id, person_id, kind, to_person_id, role, segment, reason, day, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (id) do nothing",
        &[
            id.into(),
            person.into(),
            kind.name().into(),
            kind.to().into(),
            role.into(),
            segment.into(),
            reason.into(),
            on.into(),
            now_micros().into(),
        ],
    )?;
    let rows =
        parts.iter().map(|part| [id.into(), part.account.into(), part.made.into(), part.before.into()]);
    work.insert("bulk_change_part", ["change_id", "account_id", "made_id", "before_id"], rows)
}

const SELECT: &str = "select bulk_change.id, bulk_change.kind, bulk_change.person_id, bulk_change.to_person_id, bulk_change.role,
       bulk_change.segment, bulk_change.reason, bulk_change.day, bulk_change.recorded_at, bulk_change.taken_back_on,
       bulk_change.taken_back_by_id,
       (select count(*)
          from bulk_change_part part
         where part.change_id = bulk_change.id),
       (select count(*)
          from bulk_change_part part
         where part.change_id = bulk_change.id
           and part.outcome = 'given_back')
  from bulk_change";

/// `None`: there is no such change.
pub fn change(query: &impl Query, id: Uuid) -> Result<Option<BulkChange>, StoreError> {
    let found = query.one(
        &format!("-- One change of many.\n{SELECT}\n where bulk_change.id = $1"),
        &[id.into()],
        bulk_change,
    )?;
    Ok(found.flatten())
}

/// What these people changed of many, the newest first, at most `limit` after the first `offset`.
pub fn changes(
    query: &impl Query,
    whose: &Whose,
    limit: i64,
    offset: i64,
) -> Result<Vec<BulkChange>, StoreError> {
    let (condition, mut params) = whose.condition("bulk_change.person_id", 3);
    params.splice(0..0, [limit.into(), offset.into()]);
    let sql = format!(
        "-- The newest changes of many.
{SELECT}
 where 1 = 1{condition}
 order by bulk_change.recorded_at desc, bulk_change.id desc
 limit $1 offset $2"
    );
    Ok(query.all(&sql, &params, bulk_change)?.into_iter().flatten().collect())
}

fn bulk_change(row: &Row<'_>) -> Result<Option<BulkChange>, StoreError> {
    let to = row.opt_id(3)?.map(PersonId);
    let part_role = row.opt_text(4)?.map(role).transpose()?;
    let segment = row.opt_text(5)?.and_then(Segment::parse);
    let kind = match (row.text(1)?, to, part_role, segment) {
        ("owner", Some(to), ..) => Kind::Owner { to },
        ("team", Some(to), Some(role), _) => Kind::Team { to, role },
        ("override", _, _, Some(segment)) => Kind::Override { segment, reason: row.opt_string(6)? },
        ("delegation", Some(to), ..) => Kind::Delegation { to },
        (_, _, _, _) => return Ok(None),
    };
    let given_back = row.int(12)?;
    let taken_back = match (row.opt_day(9)?, row.opt_id(10)?) {
        (Some(on), Some(by)) => Some(TakenBack { on, by: PersonId(by), given_back }),
        (_, _) => None,
    };
    Ok(Some(BulkChange {
        id: row.id(0)?,
        kind,
        person: PersonId(row.id(2)?),
        on: row.day(7)?,
        recorded_at: row.int(8)?,
        parts: row.int(11)?,
        taken_back,
    }))
}

/// The parts of a change that have not been taken back, in order of account.
pub fn open_parts(query: &impl Query, id: Uuid) -> Result<Vec<Part>, StoreError> {
    query.all(
        "-- What a change of many changed and still may be taken back.
select account_id, made_id, before_id
  from bulk_change_part
 where change_id = $1
   and outcome is null
 order by account_id, made_id",
        &[id.into()],
        |row| Ok(Part { account: AccountId(row.id(0)?), made: row.id(1)?, before: row.opt_id(2)? }),
    )
}

/// A part as it is named to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPart {
    pub account: AccountId,
    pub name: String,
    pub outcome: Option<PartOutcome>,
}

/// The first parts of a change by name; those that could not be given back before all others.
pub fn named_parts(query: &impl Query, id: Uuid, limit: i64) -> Result<Vec<NamedPart>, StoreError> {
    query.all(
        "-- Whom a change of many changed.
select account.id, account.name, bulk_change_part.outcome
  from bulk_change_part
  join account on account.id = bulk_change_part.account_id
 where bulk_change_part.change_id = $1
 order by case when bulk_change_part.outcome is null or bulk_change_part.outcome = 'given_back' then 1 else 0 end,
          account.name_sort, account.id, bulk_change_part.made_id
 limit $2",
        &[id.into(), limit.into()],
        |row| {
            Ok(NamedPart {
                account: AccountId(row.id(0)?),
                name: row.string(1)?,
                outcome: row.opt_text(2)?.and_then(PartOutcome::parse),
            })
        },
    )
}

/// How many parts of a change came to what when it was taken back.
pub fn outcomes(query: &impl Query, id: Uuid) -> Result<Vec<(PartOutcome, i64)>, StoreError> {
    let counted = query.all(
        "-- What has taking a change back come to?
select outcome, count(*)
  from bulk_change_part
 where change_id = $1
   and outcome is not null
 group by outcome
 order by outcome",
        &[id.into()],
        |row| Ok((PartOutcome::parse(row.text(0)?), row.int(1)?)),
    )?;
    Ok(counted.into_iter().filter_map(|(outcome, count)| Some((outcome?, count))).collect())
}

/// The change is taken back, and this is what it came to for some of its parts.
pub fn take_back(
    work: &Work<'_>,
    id: Uuid,
    by: PersonId,
    on: Day,
    outcomes: &[(Part, PartOutcome)],
) -> Result<(), StoreError> {
    work.execute(
        "-- A change of many that is taken back.
update bulk_change
   set taken_back_on = $2,
       taken_back_by_id = $3
 where id = $1
   and taken_back_on is null",
        &[id.into(), on.into(), by.into()],
    )?;
    let rows: Vec<[Value; 4]> = outcomes
        .iter()
        .map(|(part, outcome)| [id.into(), part.account.into(), part.made.into(), outcome.name().into()])
        .collect();
    work.execute_for(
        "-- What it came to.
with wanted (change_id, account_id, made_id, outcome) as ({wanted})
update bulk_change_part
   set outcome = wanted.outcome
  from wanted
 where bulk_change_part.change_id = wanted.change_id
   and bulk_change_part.account_id = wanted.account_id
   and bulk_change_part.made_id = wanted.made_id",
        ["uuid", "uuid", "uuid", "text"],
        &rows,
    )?;
    Ok(())
}
