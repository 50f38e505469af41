//! Covering for somebody who is away: a substitute for some days, set by the person or by whoever leads them.

use crate::{
    act::{ActError, By, Problem, act},
    rules::PLAN_MONTHS_MAX,
};
use luotsi_core::{
    history::{Entry, Subject},
    people::{PersonId, policy::Action},
    units::Day,
};
use luotsi_store::{
    Store, Work,
    people::{
        policy,
        substitution::{Substitution, end_substitution, insert_substitution, substitutions_from},
    },
};
use uuid::Uuid;

/// Longer than this is not an absence but another person's work.
const DAYS_MAX: i64 = 366;

/// From `from` until `until`, both included, `substitute` has the proposals of `person`.
pub fn appoint(
    store: &Store,
    by: &By,
    person: PersonId,
    substitute: PersonId,
    from: Day,
    until: Day,
) -> Result<Uuid, ActError> {
    let now = super::now();
    act(store, by, Action::AppointStandIn, person, move |work, permit| {
        if substitute == person {
            return Err(ActError::invalid("substitute", Problem::NotAChoice));
        }
        if policy::viewer(work, substitute, permit.today)?.is_none() {
            return Err(ActError::invalid("substitute", Problem::NotActive));
        }
        if from < permit.today {
            return Err(ActError::invalid("from", Problem::TooEarly { earliest: permit.today }));
        }
        let latest = permit.today.plus_months(PLAN_MONTHS_MAX);
        if latest < from {
            return Err(ActError::invalid("from", Problem::TooLate { latest }));
        }
        if until < from {
            return Err(ActError::invalid("until", Problem::TooEarly { earliest: from }));
        }
        let latest = from.plus_days(DAYS_MAX);
        if latest < until {
            return Err(ActError::invalid("until", Problem::TooLate { latest }));
        }
        let substitution = Substitution { id: work.new_id(), person, substitute, from, until };
        insert_substitution(work, &substitution, permit.viewer.person, now)?;
        record(work, &substitution, "appointed")?;
        Ok(substitution.id)
    })
}

/// The substitution holds no longer. Calling it off twice is the same as once.
pub fn call_off(store: &Store, by: &By, person: PersonId, substitution: Uuid) -> Result<(), ActError> {
    let now = super::now();
    act(store, by, Action::AppointStandIn, person, move |work, permit| {
        let standing = substitutions_from(work, permit.today)?;
        let found = standing.into_iter().find(|found| found.id == substitution && found.person == person);
        match found {
            Some(found) if end_substitution(work, found.id, now)? => record(work, &found, "called_off"),
            Some(_) | None => Ok(()),
        }
    })
}

fn record(work: &mut Work<'_>, substitution: &Substitution, what: &'static str) -> Result<(), ActError> {
    work.record(Entry {
        subject: Subject::Substitution,
        subject_id: Some(substitution.person.0),
        what,
        before: None,
        after: Some(format!("{} {}", substitution.from, substitution.until)),
        why: None,
        touched: Vec::new(),
    })?;
    Ok(())
}
