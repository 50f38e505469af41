//! Covering for somebody who is away: a substitute for some days, set by the person or by whoever leads them.

use crate::act::{ActError, By, FieldError, Problem, act};
use luotsi_core::{
    history::{Entry, Subject},
    people::{
        PersonId,
        policy::Action,
        substitution::{Misfit, Substitution, Wish},
    },
};
use luotsi_store::{
    Query, Store, StoreError, Work,
    people::{
        page::person_name,
        policy,
        substitution::{end_substitution, insert_substitution, substitutions_from},
    },
};
use uuid::Uuid;

/// From its first day until its last the substitute has the proposals of the person.
pub fn appoint(store: &Store, by: &By, wish: Wish) -> Result<Uuid, ActError> {
    let now = super::now();
    // Of whom nothing is known anybody may hear what is wrong with the rest.
    let about = wish.person.unwrap_or(by.person);
    act(store, by, Action::AppointSubstitute, about, move |work, permit| {
        let standing = substitutions_from(work, permit.today)?;
        let mut wrong = Vec::new();
        for misfit in wish.misfits(permit.today, &standing) {
            wrong.push(told(work, misfit)?);
        }
        if let Some(substitute) = wish.substitute
            && policy::viewer(work, substitute, permit.today)?.is_none()
        {
            wrong.push(FieldError { field: "substitute", problem: Problem::NotActive });
        }
        permit.free_of(wrong)?;
        let substitution = substitution(work, &wish)?;
        insert_substitution(work, &substitution, permit.viewer.person, now)?;
        record(work, &substitution, "appointed")?;
        Ok(substitution.id)
    })
}

fn told(query: &impl Query, misfit: Misfit) -> Result<FieldError, StoreError> {
    let (field, problem) = match misfit {
        Misfit::OwnSubstitute => ("substitute", Problem::OwnSubstitute),
        Misfit::FromTooEarly { earliest } => ("from", Problem::TooEarly { earliest }),
        Misfit::FromTooLate { latest } => ("from", Problem::TooLate { latest }),
        Misfit::UntilTooEarly { earliest } => ("until", Problem::TooEarly { earliest }),
        Misfit::UntilTooLate { latest } => ("until", Problem::TooLate { latest }),
        Misfit::Overlaps(Substitution { substitute, from, until, .. }) => {
            let by = person_name(query, substitute)?.unwrap_or_default();
            ("from", Problem::StoodInFor { by, from, until })
        }
    };
    Ok(FieldError { field, problem })
}

/// What is wished for, where nothing of it is missing.
fn substitution(work: &Work<'_>, wish: &Wish) -> Result<Substitution, ActError> {
    let missing = |field| ActError::invalid(field, Problem::Missing);
    Ok(Substitution {
        id: work.new_id(),
        person: wish.person.ok_or(missing("person"))?,
        substitute: wish.substitute.ok_or(missing("substitute"))?,
        from: wish.from.ok_or(missing("from"))?,
        until: wish.until.ok_or(missing("until"))?,
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
