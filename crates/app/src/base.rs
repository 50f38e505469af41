//! What people judge of a customer: the yearly need, our ability to create value, the target of a year.

use crate::{
    act::{ActError, By, FieldError, Permit, Problem, act},
    text::{self, NOTE_MAX},
};
use luotsi_core::{
    account::AccountId,
    base::Estimator,
    history::{Entry, Subject, Touched},
    offering::GroupId,
    people::policy::Action,
    units::Money,
};
use luotsi_store::{
    Store, Work,
    base::record::{AbilityFact, EstimateFact, TargetFact, abilities, estimates, targets},
    offering::record::is_group,
};

/// More than any customer needs in a year: a hundred billion.
const NEED_MAX: Money = Money { cents: 10_000_000_000_000 };
pub const YEARS_AHEAD_MAX: i16 = 5;

/// A yearly need as somebody sees it today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// None: in all.
    pub group: Option<GroupId>,
    pub yearly: Money,
}

/// What the customer needs in a year, as the asking person judges it or as the customer said.
pub fn estimate(
    store: &Store,
    by: &By,
    account: AccountId,
    needs: Vec<Need>,
    estimator: Estimator,
    justification: Option<String>,
) -> Result<(), ActError> {
    act(store, by, Action::Estimate, account, move |work, permit| {
        let justification = note("justification", justification.as_deref())?;
        let mut wrong = Vec::new();
        if needs.is_empty() {
            wrong.push(FieldError { field: "need", problem: Problem::Missing });
        }
        for need in &needs {
            if need.yearly.cents < 0 || NEED_MAX < need.yearly {
                let max = NEED_MAX.cents / 100;
                wrong.push(FieldError { field: "need", problem: Problem::OutOfRange { min: 0, max } });
            }
            if let Some(group) = need.group
                && !is_group(work, group)?
            {
                wrong.push(FieldError { field: "need", problem: Problem::Unknown });
            }
        }
        if !wrong.is_empty() {
            return Err(ActError::Invalid(wrong));
        }

        let facts = needs.iter().map(|need| EstimateFact {
            account,
            group: need.group,
            yearly_need: need.yearly,
            estimator,
            person: Some(permit.viewer.person.0),
            day: permit.today,
            justification: justification.clone(),
        });
        let plan = estimates::told(work, facts.collect(), permit.today)?;
        if plan.changes_nothing() {
            return Ok(());
        }
        estimates::keep(work, &plan)?;
        let after = needs
            .iter()
            .map(|need| {
                let group = need.group.map_or("all".to_owned(), |group| group.0.to_string());
                format!("{group} {}", need.yearly)
            })
            .collect::<Vec<_>>()
            .join(", ");
        record(work, permit, account, Subject::Estimate, "told", after, justification.clone())
    })
}

/// Our ability to create value for the customer: people, offering, processes, relationship, each 1 to 5.
pub fn score(store: &Store, by: &By, account: AccountId, scores: [u8; 4]) -> Result<(), ActError> {
    act(store, by, Action::Estimate, account, move |work, permit| {
        const FIELDS: [&str; 4] = ["people", "offering", "processes", "relationship"];
        let wrong: Vec<FieldError> = FIELDS
            .into_iter()
            .zip(scores)
            .filter(|(_, score)| !(1..=5).contains(score))
            .map(|(field, _)| FieldError { field, problem: Problem::OutOfRange { min: 1, max: 5 } })
            .collect();
        if !wrong.is_empty() {
            return Err(ActError::Invalid(wrong));
        }
        let fact = AbilityFact { account, scores, person: Some(permit.viewer.person.0), day: permit.today };
        let plan = abilities::told(work, vec![fact], permit.today)?;
        if plan.changes_nothing() {
            return Ok(());
        }
        abilities::keep(work, &plan)?;
        let after = scores.map(|score| score.to_string()).join(" ");
        record(work, permit, account, Subject::Ability, "told", after, None)
    })
}

/// What is to be sold to the customer in a calendar year.
pub fn set_target(
    store: &Store,
    by: &By,
    account: AccountId,
    year: i16,
    target: Money,
) -> Result<(), ActError> {
    act(store, by, Action::SetTarget, account, move |work, permit| {
        let (first, last) = (permit.today.year(), permit.today.year() + YEARS_AHEAD_MAX);
        if !(first..=last).contains(&year) {
            let problem = Problem::OutOfRange { min: first.into(), max: last.into() };
            return Err(ActError::invalid("year", problem));
        }
        if target.cents < 0 || NEED_MAX < target {
            let problem = Problem::OutOfRange { min: 0, max: NEED_MAX.cents / 100 };
            return Err(ActError::invalid("target", problem));
        }
        let fact =
            TargetFact { account, year, target, person: Some(permit.viewer.person.0), day: permit.today };
        let plan = targets::told(work, vec![fact], permit.today)?;
        if plan.changes_nothing() {
            return Ok(());
        }
        targets::keep(work, &plan)?;
        record(work, permit, account, Subject::Target, "told", format!("{year} {target}"), None)
    })
}

fn note(field: &'static str, typed: Option<&str>) -> Result<Option<String>, ActError> {
    let Some(typed) = typed else { return Ok(None) };
    let text = text::paragraph(typed, NOTE_MAX).map_err(|fault| ActError::invalid(field, fault.into()))?;
    Ok(Some(text.into_owned()).filter(|text| !text.is_empty()))
}

fn record(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    subject: Subject,
    what: &'static str,
    after: String,
    why: Option<String>,
) -> Result<(), ActError> {
    Ok(work.record(Entry {
        subject,
        subject_id: Some(account.0),
        what,
        before: None,
        after: Some(after),
        why,
        touched: vec![Touched { account, known_from: permit.today }],
    })?)
}
