//! A person's decision on an account's segment, beside what the model says.

use crate::{
    act::{ActError, By, Problem, act},
    text::{self, NOTE_MAX},
};
use luotsi_core::{
    account::AccountId,
    history::{Entry, Subject, Touched},
    people::policy::Action,
    strategy::Segment,
    units::Day,
};
use luotsi_store::{
    Store,
    segmentation::record::{OverrideFact, keep, told},
};

/// The decks: a decision is looked at again within a year; ours: within three at the latest.
const REVIEW_MONTHS: i32 = 12;
const REVIEW_MONTHS_MAX: i32 = 36;

/// Sets the segment by hand from today on. `review`: when to look again; empty means in a year.
pub fn decide(
    store: &Store,
    by: &By,
    account: AccountId,
    segment: Segment,
    reason: String,
    review: Option<Day>,
) -> Result<(), ActError> {
    act(store, by, Action::SetOverride, account, move |work, permit| {
        let reason =
            text::paragraph(&reason, NOTE_MAX).map_err(|fault| ActError::invalid("reason", fault.into()))?;
        if reason.is_empty() {
            return Err(ActError::invalid("reason", Problem::Missing));
        }
        let review = review.unwrap_or_else(|| permit.today.plus_months(REVIEW_MONTHS));
        let latest = permit.today.plus_months(REVIEW_MONTHS_MAX);
        if review <= permit.today {
            return Err(ActError::invalid("review", Problem::TooEarly { earliest: permit.today.tomorrow() }));
        }
        if latest < review {
            return Err(ActError::invalid("review", Problem::TooLate { latest }));
        }
        let fact = OverrideFact {
            account,
            segment: Some(segment),
            reason: Some(reason.clone().into_owned()),
            person: Some(permit.viewer.person.0),
            from: permit.today,
            review,
        };
        let after = format!("{} until {review}", segment.name());
        keep_override(work, account, fact, permit.today, "set", after, Some(reason.into_owned()))
    })
}

/// Takes the decision back from today on: the model's segment holds again.
pub fn take_back(store: &Store, by: &By, account: AccountId) -> Result<(), ActError> {
    act(store, by, Action::SetOverride, account, move |work, permit| {
        let fact = OverrideFact {
            account,
            segment: None,
            reason: None,
            person: Some(permit.viewer.person.0),
            from: permit.today,
            review: permit.today,
        };
        keep_override(work, account, fact, permit.today, "taken_back", String::new(), None)
    })
}

fn keep_override(
    work: &mut luotsi_store::Work<'_>,
    account: AccountId,
    fact: OverrideFact,
    today: Day,
    what: &'static str,
    after: String,
    why: Option<String>,
) -> Result<(), ActError> {
    let plan = told(work, vec![fact], today)?;
    if plan.changes_nothing() {
        return Ok(());
    }
    keep(work, &plan)?;
    Ok(work.record(Entry {
        subject: Subject::SegmentOverride,
        subject_id: Some(account.0),
        what,
        before: None,
        after: Some(after).filter(|text| !text.is_empty()),
        why,
        touched: vec![Touched { account, known_from: today }],
    })?)
}
