//! The acts that settle deviations: contacts, and work at the desk.

use crate::activity::ActivityKind;

/// What is proposed. Contacts of one account are bundled; each desk work stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    Activity(ActivityKind),
    SegmentReview,
    OverrideReview,
    AssignOwner,
}

impl Action {
    pub fn name(self) -> &'static str {
        match self {
            Self::Activity(kind) => kind.name(),
            Self::SegmentReview => "segment_review",
            Self::OverrideReview => "override_review",
            Self::AssignOwner => "assign_owner",
        }
    }

    pub fn all() -> impl Iterator<Item = Self> {
        let others = [Self::SegmentReview, Self::OverrideReview, Self::AssignOwner];
        ActivityKind::ALL.into_iter().map(Self::Activity).chain(others)
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::all().find(|action| action.name() == name)
    }

    /// With the customer; a value survey goes along with a contact.
    pub fn is_contact(self) -> bool {
        match self {
            Self::Activity(kind) => kind.is_contact() || kind == ActivityKind::ValueSurvey,
            Self::SegmentReview | Self::OverrideReview | Self::AssignOwner => false,
        }
    }

    /// Minutes the act takes.
    pub fn minutes(self) -> u32 {
        match self {
            Self::Activity(kind) => match kind {
                ActivityKind::ManagementMeeting => 180,
                ActivityKind::Visit | ActivityKind::PlanReview => 120,
                ActivityKind::Meeting => 60,
                ActivityKind::RemoteMeeting | ActivityKind::CrossSellingReview => 45,
                ActivityKind::Call | ActivityKind::ValueSurvey => 15,
                ActivityKind::Email | ActivityKind::Letter => 5,
                ActivityKind::AccountPlan => 240,
                ActivityKind::PotentialEstimate => 20,
            },
            Self::SegmentReview | Self::OverrideReview => 10,
            Self::AssignOwner => 5,
        }
    }

    /// The weightier of two contacts names the bundle; a contact that is lighter can be done within it.
    pub fn weight(self) -> u32 {
        match self {
            Self::Activity(kind) => match kind {
                ActivityKind::ManagementMeeting => 9,
                ActivityKind::Visit => 8,
                ActivityKind::Meeting => 7,
                ActivityKind::PlanReview => 6,
                ActivityKind::RemoteMeeting => 5,
                ActivityKind::Call => 4,
                ActivityKind::Email => 3,
                ActivityKind::Letter => 2,
                ActivityKind::ValueSurvey => 1,
                ActivityKind::CrossSellingReview
                | ActivityKind::PotentialEstimate
                | ActivityKind::AccountPlan => 0,
            },
            Self::SegmentReview | Self::OverrideReview | Self::AssignOwner => 0,
        }
    }
}
