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

type Persons = HashMap<PersonId, PersonNo>;

pub fn each_estimate(
    query: &impl Query,
    persons: &Persons,
    groups: &HashMap<GroupId, GroupNo>,
    ids: &[AccountId],
    mut one: impl FnMut(AccountId, Estimate),
) -> Result<(), StoreError> {
    query.each_of(
        "-- What some accounts are believed to need in a year.
select account_id, known_from, known_until, person_id, day, group_id, yearly_need_cents, estimator
  from estimate
 where account_id in {wanted}
 order by account_id, id",
        ids,
        |row| {
            let estimate = Estimate {
                group: row.opt_id(5)?.and_then(|id| groups.get(&GroupId(id)).copied()),
                yearly_need: row.money(6)?,
                estimator: estimator(row.text(7)?)?,
                person: person(row, persons)?,
                day: row.day(4)?,
                known: known(row)?,
            };
            one(AccountId(row.id(0)?), estimate);
            Ok(())
        },
    )
}

pub fn each_ability(
    query: &impl Query,
    persons: &Persons,
    ids: &[AccountId],
    mut one: impl FnMut(AccountId, Ability),
) -> Result<(), StoreError> {
    query.each_of(
        "-- How able we are to create value for some accounts.
select account_id, known_from, known_until, person_id, day, people, offering, processes, relationship
  from ability
 where account_id in {wanted}
 order by account_id, id",
        ids,
        |row| {
            let ability = Ability {
                people: row.int(5)? as u8,
                offering: row.int(6)? as u8,
                processes: row.int(7)? as u8,
                relationship: row.int(8)? as u8,
                person: person(row, persons)?,
                day: row.day(4)?,
                known: known(row)?,
            };
            one(AccountId(row.id(0)?), ability);
            Ok(())
        },
    )
}

pub fn each_target(
    query: &impl Query,
    persons: &Persons,
    ids: &[AccountId],
    mut one: impl FnMut(AccountId, Target),
) -> Result<(), StoreError> {
    query.each_of(
        "-- The targets set for some accounts.
select account_id, known_from, known_until, person_id, day, year, target_cents
  from target
 where account_id in {wanted}
 order by account_id, id",
        ids,
        |row| {
            let target = Target {
                year: row.int(5)? as i16,
                target: row.money(6)?,
                person: person(row, persons)?,
                day: row.day(4)?,
                known: known(row)?,
            };
            one(AccountId(row.id(0)?), target);
            Ok(())
        },
    )
}

pub fn each_override(
    query: &impl Query,
    persons: &Persons,
    ids: &[AccountId],
    mut one: impl FnMut(AccountId, SegmentOverride),
) -> Result<(), StoreError> {
    query.each_of(
        "-- The segments people decided on for some accounts.
select account_id, known_from, known_until, person_id, from_day, segment, review_on
  from segment_override
 where account_id in {wanted}
 order by account_id, id",
        ids,
        |row| {
            let decided = SegmentOverride {
                segment: row.opt_text(5)?.map(segment).transpose()?,
                person: person(row, persons)?,
                from: row.day(4)?,
                review: row.day(6)?,
                known: known(row)?,
            };
            one(AccountId(row.id(0)?), decided);
            Ok(())
        },
    )
}

fn known(row: &Row<'_>) -> Result<Known, StoreError> {
    Ok(Known { from: row.day(1)?, until: row.day(2)? })
}

fn person(row: &Row<'_>, persons: &Persons) -> Result<Option<PersonNo>, StoreError> {
    Ok(row.opt_id(3)?.and_then(|id| persons.get(&PersonId(id)).copied()))
}

fn estimator(name: &str) -> Result<Estimator, StoreError> {
    match name {
        "owner" => Ok(Estimator::Owner),
        "customer" => Ok(Estimator::Customer),
        other => Err(StoreError::unknown("estimator", other)),
    }
}

fn segment(name: &str) -> Result<Segment, StoreError> {
    Segment::parse(name).ok_or_else(|| StoreError::unknown("segment", name))
}
