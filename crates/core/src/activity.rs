//! What was done with customers and what is planned.

use crate::{
    people::{PersonId, PersonNo, policy::Action},
    units::{Day, Known},
};
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActivityId(pub Uuid);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActivityKind {
    Visit,
    Meeting,
    RemoteMeeting,
    Call,
    Email,
    Letter,
    ManagementMeeting,
    PlanReview,
    ValueSurvey,
    CrossSellingReview,
    PotentialEstimate,
    AccountPlan,
}

impl ActivityKind {
    pub const ALL: [Self; 12] = [
        Self::Visit,
        Self::Meeting,
        Self::RemoteMeeting,
        Self::Call,
        Self::Email,
        Self::Letter,
        Self::ManagementMeeting,
        Self::PlanReview,
        Self::ValueSurvey,
        Self::CrossSellingReview,
        Self::PotentialEstimate,
        Self::AccountPlan,
    ];

    /// What people mean by having met: at one table, or face to face over a wire.
    pub const MEETINGS: [Self; 4] =
        [Self::Visit, Self::Meeting, Self::RemoteMeeting, Self::ManagementMeeting];

    pub fn name(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Meeting => "meeting",
            Self::RemoteMeeting => "remote_meeting",
            Self::Call => "call",
            Self::Email => "email",
            Self::Letter => "letter",
            Self::ManagementMeeting => "management_meeting",
            Self::PlanReview => "plan_review",
            Self::ValueSurvey => "value_survey",
            Self::CrossSellingReview => "cross_selling_review",
            Self::PotentialEstimate => "potential_estimate",
            Self::AccountPlan => "account_plan",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// A contact is with the customer; the others are work at the desk, or a survey.
    pub fn is_contact(self) -> bool {
        match self {
            Self::Visit
            | Self::Meeting
            | Self::RemoteMeeting
            | Self::Call
            | Self::Email
            | Self::Letter
            | Self::ManagementMeeting
            | Self::PlanReview => true,
            Self::ValueSurvey | Self::CrossSellingReview | Self::PotentialEstimate | Self::AccountPlan => {
                false
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActivityState {
    Planned,
    Done,
}

impl ActivityState {
    pub const ALL: [Self; 2] = [Self::Planned, Self::Done];

    pub fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Done => "done",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Who began it: the customer, or we.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    In,
    Out,
}

impl Direction {
    pub const ALL: [Self; 2] = [Self::In, Self::Out];

    pub fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|direction| direction.name() == name)
    }
}

/// Who does an activity or did it, and whether it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doing {
    pub person: Option<PersonId>,
    pub state: ActivityState,
}

/// The right it takes to tell an activity, given what was believed of it. Whoever may log does so of what they did
/// themselves, plans for anybody, and tells that a plan is done. What another did or plans is told, or told otherwise,
/// by those only who may edit the account.
pub fn right_to_tell(by: PersonId, before: Option<Doing>, now: Doing) -> Action {
    let is_own = |doing: Doing| doing.person == Some(by);
    let may_log = match (before.map(|before| (before, before.state)), now.state) {
        (None, ActivityState::Planned) => true,
        (None, ActivityState::Done) => is_own(now),
        (Some((plan, ActivityState::Planned)), ActivityState::Done) => {
            is_own(now) || now.person == plan.person
        }
        (Some((before, _)), _) => is_own(before) && is_own(now),
    };
    if may_log { Action::LogActivity } else { Action::EditAccount }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activity {
    /// The same of all its versions.
    pub id: ActivityId,
    pub kind: ActivityKind,
    pub person: Option<PersonNo>,
    pub day: Day,
    pub minutes: u32,
    pub state: ActivityState,
    pub direction: Option<Direction>,
    /// The other side did not answer: counts for no line, silence, success or cost to serve.
    pub is_unanswered: bool,
    pub known: Known,
}

impl Activity {
    /// Done by `on`, known by then, and answered.
    pub fn is_done(&self, on: Day) -> bool {
        self.state == ActivityState::Done && self.day <= on && self.known.on(on) && !self.is_unanswered
    }

    /// Planned and known on `on` for that day or a later one: a plan of a day gone by covers nothing.
    pub fn is_planned(&self, on: Day) -> bool {
        self.state == ActivityState::Planned && on <= self.day && self.known.on(on) && !self.is_unanswered
    }

    /// The customer took part: contacts except letters, and of emails only the customer's own.
    pub fn is_two_way(&self) -> bool {
        match self.kind {
            ActivityKind::Email => self.direction == Some(Direction::In),
            ActivityKind::Letter => false,
            ActivityKind::Visit
            | ActivityKind::Meeting
            | ActivityKind::RemoteMeeting
            | ActivityKind::Call
            | ActivityKind::ManagementMeeting
            | ActivityKind::PlanReview => true,
            ActivityKind::ValueSurvey
            | ActivityKind::CrossSellingReview
            | ActivityKind::PotentialEstimate
            | ActivityKind::AccountPlan => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ActivityState::{Done, Planned};

    const AINO: PersonId = PersonId(Uuid::from_u128(1));
    const EERO: PersonId = PersonId(Uuid::from_u128(2));

    fn check(
        before: Option<(Option<PersonId>, ActivityState)>,
        now: (PersonId, ActivityState),
        right: Action,
    ) {
        let before = before.map(|(person, state)| Doing { person, state });
        let now = Doing { person: Some(now.0), state: now.1 };
        assert_eq!(right_to_tell(AINO, before, now), right, "{before:?} {now:?}");
    }

    #[test]
    fn whoever_logs_tells_of_their_own_work_and_of_plans_that_are_done() {
        check(None, (AINO, Done), Action::LogActivity);
        check(None, (EERO, Planned), Action::LogActivity);
        check(Some((Some(AINO), Done)), (AINO, Done), Action::LogActivity);
        check(Some((Some(AINO), Planned)), (AINO, Planned), Action::LogActivity);
        check(Some((Some(EERO), Planned)), (EERO, Done), Action::LogActivity);
        check(Some((Some(EERO), Planned)), (AINO, Done), Action::LogActivity);
    }

    #[test]
    fn the_work_of_others_is_told_otherwise_by_those_who_edit_the_account() {
        check(None, (EERO, Done), Action::EditAccount);
        check(Some((Some(EERO), Done)), (EERO, Done), Action::EditAccount);
        check(Some((Some(EERO), Done)), (AINO, Done), Action::EditAccount);
        check(Some((Some(EERO), Planned)), (EERO, Planned), Action::EditAccount);
        check(Some((Some(AINO), Done)), (EERO, Done), Action::EditAccount);
        check(Some((None, Done)), (AINO, Done), Action::EditAccount);
    }
}
