//! Who asks for a unit of work, and what is known of them before it begins.

use luotsi_core::{
    people::{PersonId, policy::Viewer},
    units::Day,
};

/// What was answered to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub fingerprint: String,
    pub answer: String,
}

/// Who asks, as of which day, and by which key it is known that they ask again.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asking {
    pub person: PersonId,
    pub on: Day,
    pub key: Option<String>,
}

/// What is known of somebody who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Nobody where they do not work here.
    pub viewer: Option<Viewer>,
    /// To the same key before.
    pub answered: Option<Answered>,
}
