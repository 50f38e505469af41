//! What people have judged about accounts: estimates, abilities, targets and overrides of the segment.

use crate::{Query, Row, StoreError};
use luotsi_core::{
    account::AccountId,
    base::{Ability, Estimate, Estimator, SegmentOverride, Target},
    offering::{GroupId, GroupNo},
    people::{PersonId, PersonNo},
    strategy::Segment,
    units::Known,
};
use std::collections::HashMap;

/// What a person has judged.
pub enum Judgement {
    Estimate(Estimate),
    Ability(Ability),
    Target(Target),
    Override(SegmentOverride),
}

/// Every version of every judgement on these accounts, by account; of each kind in the order in which they were told.
pub fn each_judgement(
    query: &impl Query,
    persons: &HashMap<PersonId, PersonNo>,
    groups: &HashMap<GroupId, GroupNo>,
    ids: &[AccountId],
    mut one: impl FnMut(AccountId, Judgement),
) -> Result<(), StoreError> {
    query.each_of(
        "-- What people have judged of some accounts: needs, our ability, targets, segments set by hand.
select account_id, known_from, known_until, person_id, from_day as day, 'override' as what, id, segment as word,
       review_on, cast(null as uuid) as group_id, cast(0 as bigint) as one, cast(0 as bigint) as two,
       cast(0 as bigint) as three, cast(0 as bigint) as four
  from segment_override
 where account_id in {wanted}
union all
select account_id, known_from, known_until, person_id, day, 'estimate', id, estimator, null, group_id,
       yearly_need_cents, 0, 0, 0
  from estimate
 where account_id in {wanted}
union all
select account_id, known_from, known_until, person_id, day, 'ability', id, null, null, null,
       people, offering, processes, relationship
  from ability
 where account_id in {wanted}
union all
select account_id, known_from, known_until, person_id, day, 'target', id, null, null, null,
       target_cents, year, 0, 0
  from target
 where account_id in {wanted}
 order by account_id, what, id",
        ids,
        |row| {
            let (person, known, day) = (person(row, persons)?, known(row)?, row.day(4)?);
            let judgement = match row.text(5)? {
                "override" => Judgement::Override(SegmentOverride {
                    segment: row.opt_text(7)?.map(segment).transpose()?,
                    person,
                    from: day,
                    review: row.day(8)?,
                    known,
                }),
                "estimate" => Judgement::Estimate(Estimate {
                    group: row.opt_id(9)?.and_then(|id| groups.get(&GroupId(id)).copied()),
                    yearly_need: row.money(10)?,
                    estimator: estimator(row.text(7)?)?,
                    person,
                    day,
                    known,
                }),
                "ability" => Judgement::Ability(Ability {
                    people: row.int(10)? as u8,
                    offering: row.int(11)? as u8,
                    processes: row.int(12)? as u8,
                    relationship: row.int(13)? as u8,
                    person,
                    day,
                    known,
                }),
                _ => Judgement::Target(Target {
                    year: row.int(11)? as i16,
                    target: row.money(10)?,
                    person,
                    day,
                    known,
                }),
            };
            one(AccountId(row.id(0)?), judgement);
            Ok(())
        },
    )
}

fn known(row: &Row<'_>) -> Result<Known, StoreError> {
    Ok(Known { from: row.day(1)?, until: row.day(2)? })
}

fn person(row: &Row<'_>, persons: &HashMap<PersonId, PersonNo>) -> Result<Option<PersonNo>, StoreError> {
    Ok(row.opt_id(3)?.and_then(|id| persons.get(&PersonId(id)).copied()))
}

pub(crate) fn estimator(name: &str) -> Result<Estimator, StoreError> {
    Estimator::parse(name).ok_or_else(|| StoreError::unknown("estimator", name))
}

fn segment(name: &str) -> Result<Segment, StoreError> {
    Segment::parse(name).ok_or_else(|| StoreError::unknown("segment", name))
}
