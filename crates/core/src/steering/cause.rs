//! Why a deviation closed: the fact is gone, and what made it go.

use super::{DeviationKind, Picture};
use crate::{
    base::{CustomerState, Facts},
    care::CareState,
    segmentation::decision_in_force,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// What was asked has been done.
    Done,
    /// It is planned in time.
    Planned,
    /// Due care has become late care.
    BecameLate,
    /// It is no longer asked: another segment, another model, or the time for it is over.
    NotAsked,
    Contacted,
    Recovered,
    Ordered,
    /// The account has become a former customer.
    Lost,
    ChangedBack,
    /// A person has decided the segment, or taken a decision back.
    Decided,
    Estimated,
    OwnerFound,
    /// The account was laid to rest.
    Inactive,
    /// Of a proposal: it is another person's now.
    Reassigned,
    /// Of a proposal: a person said that it is not to be done.
    Dismissed,
}

impl Cause {
    pub const ALL: [Self; 15] = [
        Self::Done,
        Self::Planned,
        Self::BecameLate,
        Self::NotAsked,
        Self::Contacted,
        Self::Recovered,
        Self::Ordered,
        Self::Lost,
        Self::ChangedBack,
        Self::Decided,
        Self::Estimated,
        Self::OwnerFound,
        Self::Inactive,
        Self::Reassigned,
        Self::Dismissed,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Planned => "planned",
            Self::BecameLate => "became_late",
            Self::NotAsked => "not_asked",
            Self::Contacted => "contacted",
            Self::Recovered => "recovered",
            Self::Ordered => "ordered",
            Self::Lost => "lost",
            Self::ChangedBack => "changed_back",
            Self::Decided => "decided",
            Self::Estimated => "estimated",
            Self::OwnerFound => "owner_found",
            Self::Inactive => "inactive",
            Self::Reassigned => "reassigned",
            Self::Dismissed => "dismissed",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.name() == name)
    }
}

/// Why a deviation that was open is not among the picture's any more.
pub fn cause(kind: DeviationKind, subject: &str, facts: &Facts, picture: &Picture) -> Cause {
    if !facts.account.is_active(picture.on) {
        return Cause::Inactive;
    }
    match kind {
        DeviationKind::CareLate | DeviationKind::CareNotPlanned => care_cause(kind, subject, picture),
        DeviationKind::Silence => match picture.silence {
            Some(silence) if silence.is_held => Cause::Planned,
            Some(_) => Cause::Contacted,
            None => Cause::NotAsked,
        },
        DeviationKind::ValueDeclining => Cause::Recovered,
        DeviationKind::RhythmBroken => match picture.state() {
            CustomerState::Former => Cause::Lost,
            CustomerState::Customer | CustomerState::Prospect => Cause::Ordered,
        },
        DeviationKind::SegmentChanged => match decision_in_force(facts, picture.on) {
            Some(_) => Cause::Decided,
            None => Cause::ChangedBack,
        },
        DeviationKind::OverrideReview => Cause::Decided,
        DeviationKind::PotentialMissing | DeviationKind::PotentialStale => {
            match picture.values.worth.in_force.estimates().is_empty() {
                true => Cause::NotAsked,
                false => Cause::Estimated,
            }
        }
        DeviationKind::OwnerMissing => Cause::OwnerFound,
    }
}

fn care_cause(kind: DeviationKind, subject: &str, picture: &Picture) -> Cause {
    match picture.care.iter().find(|status| status.line.name == subject) {
        None => Cause::NotAsked,
        Some(status) if status.is_covered => Cause::Planned,
        Some(status) => match (kind, status.state) {
            (DeviationKind::CareNotPlanned, CareState::Late) => Cause::BecameLate,
            (_, CareState::Kept | CareState::Due) => Cause::Done,
            (_, CareState::Late) => Cause::NotAsked,
        },
    }
}
