//! How long an account has heard nothing of us.

use super::{COVER_WORKING_DAYS, model_in_force, planned_days};
use crate::{
    activity::{Activity, ActivityKind},
    base::{Company, CustomerState, Facts},
    segmentation::History,
    units::Day,
};

/// The silence of an account whose segment has a limit for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Silence {
    /// The later of the last two-way contact and entering the segment.
    pub last: Day,
    /// Calendar days since `last`.
    pub days: i64,
    /// The longest silence allowed, in calendar days.
    pub limit: i64,
    /// A two-way contact, not an email, is planned within 10 working days.
    pub is_held: bool,
}

impl Silence {
    pub fn is_broken_promise(&self) -> bool {
        self.limit < self.days && !self.is_held
    }

    /// The first day above the limit.
    pub fn since(&self) -> Day {
        self.last.plus_days(self.limit + 1)
    }
}

pub fn silence(
    facts: &Facts,
    on: Day,
    history: &History,
    state: CustomerState,
    company: &Company,
) -> Option<Silence> {
    let strategy = company.strategies.on(on);
    let (model, entered) = model_in_force(history, state, strategy)?;
    let contact = (facts.activities.iter())
        .filter(|activity| activity.is_two_way() && activity.is_done(on))
        .map(|activity| activity.day)
        .max();
    let last = contact.unwrap_or(Day::MIN).max(entered);
    let held_until = strategy.calendar.nth_working_day_after(on, COVER_WORKING_DAYS);
    Some(Silence {
        last,
        days: on.days_since(last),
        limit: model.silence_days.into(),
        is_held: planned_days(facts, on, is_meeting_or_call).first().is_some_and(|day| *day <= held_until),
    })
}

fn is_meeting_or_call(activity: &Activity) -> bool {
    activity.kind != ActivityKind::Email && activity.is_two_way()
}
