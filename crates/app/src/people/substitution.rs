//! Covering for somebody who is away: a substitute for some days, set by the person or by whoever leads them.

use crate::{
    act::{ActError, By, FieldError, Problem, act},
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
    act(store, by, Action::AppointSubstitute, person, move |work, permit| {
        let mut faults = Vec::new();
        let mut fault = |field, problem| faults.push(FieldError { field, problem });
        if substitute == person {
            fault("substitute", Problem::OwnSubstitute);
        } else if policy::viewer(work, substitute, permit.today)?.is_none() {
            fault("substitute", Problem::NotActive);
        }
        let latest = permit.today.plus_months(PLAN_MONTHS_MAX);
        if from < permit.today {
            fault("from", Problem::TooEarly { earliest: permit.today });
        } else if latest < from {
            fault("from", Problem::TooLate { latest });
        }
        let latest = from.plus_days(DAYS_MAX);
        if until < from {
            fault("until", Problem::TooEarly { earliest: from });
        } else if latest < until {
            fault("until", Problem::TooLate { latest });
        }
        if !faults.is_empty() {
            return Err(ActError::Invalid(faults));
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
    act(store, by, Action::AppointSubstitute, person, move |work, permit| {
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
