//! A person's decision on an account's segment, beside what the model says.

use crate::{
    act::{ActError, By, Permit, act},
    base::{Read, judge},
    exchange::{Telling, Told, tell_in},
    import::records::OverrideRecord,
};
use luotsi_core::{
    account::AccountId,
    people::{PersonId, policy::Action},
    strategy::Segment,
    units::Day,
};
use luotsi_store::{Store, Work};

/// Sets the segment by hand from today on. `review`: when to look again; empty means in a year.
pub fn decide(
    store: &Store,
    by: &By,
    (account, read): (AccountId, Read),
    segment: Segment,
    reason: String,
    review: Option<Day>,
) -> Result<(), ActError> {
    act(store, by, Action::SetOverride, account, move |work, permit| {
        let today = permit.today;
        let record = OverrideRecord {
            reason: Some(reason.clone()),
            review,
            ..decision(account, Some(segment), permit.viewer.person, today)
        };
        judge(work, permit, (account, |told| told.overrides, read), [Told::Override(record)])
    })
}

/// Takes the decision back from today on: the model's segment holds again.
pub fn take_back(store: &Store, by: &By, (account, read): (AccountId, Read)) -> Result<(), ActError> {
    act(store, by, Action::SetOverride, account, move |work, permit| {
        let taken_back = no_decision(permit, account);
        judge(work, permit, (account, |told| told.overrides, read), [Told::Override(taken_back)])
    })
}

pub(crate) fn take_back_in(work: &mut Work<'_>, permit: &Permit, account: AccountId) -> Result<(), ActError> {
    let taken_back = no_decision(permit, account);
    tell_in(work, permit, &Telling::here(Told::Override(taken_back))).map(drop)
}

fn no_decision(permit: &Permit, account: AccountId) -> OverrideRecord {
    let today = permit.today;
    OverrideRecord { review: Some(today), ..decision(account, None, permit.viewer.person, today) }
}

/// From today on, to be looked at again in a year.
pub(crate) fn decision(
    account: AccountId,
    segment: Option<Segment>,
    person: PersonId,
    today: Day,
) -> OverrideRecord {
    OverrideRecord {
        account: account.0.to_string(),
        segment,
        reason: None,
        person: Some(person.0.to_string()),
        from: today,
        review: None,
        known_on: Some(today),
    }
}
