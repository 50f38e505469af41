//! One change for many accounts or proposals at once: each is decided on by itself, the answer tells what became of each,
//! and all of it can be taken back.

mod accounts;
mod proposals;
mod undo;

pub use accounts::{Change, change_all};
pub use proposals::{closed_to, hand_on};
pub use undo::{reach, take_back};

use crate::act::ActError;
use uuid::Uuid;

/// More are changed by an import, which can be looked through first.
pub const MANY_MAX: usize = 500;
/// In one transaction; between two others may write.
const SLICE: usize = 100;

/// A change of many as it came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made<T> {
    /// By which it is taken back. Nothing is kept under it when nothing was changed.
    pub id: Uuid,
    pub became: Vec<(T, Became)>,
}

impl<T> Made<T> {
    pub fn count(&self, wanted: Became) -> usize {
        self.became.iter().filter(|(_, became)| *became == wanted).count()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    Changed,
    /// It was so already.
    Unchanged,
    /// The person does not answer for it.
    Refused,
    /// It cannot be changed so, or is not there any more.
    Unfit,
}

impl Became {
    pub const ALL: [Self; 4] = [Self::Changed, Self::Unchanged, Self::Refused, Self::Unfit];

    pub fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
            Self::Unfit => "unfit",
        }
    }

    fn parse(name: &str) -> Self {
        Self::ALL.into_iter().find(|became| became.name() == name).unwrap_or(Self::Unfit)
    }

    /// Of an attempt that says whether anything changed by it.
    fn of(outcome: Result<bool, ActError>) -> Self {
        match outcome {
            Ok(true) => Self::Changed,
            Ok(false) => Self::Unchanged,
            Err(ActError::Refused(_)) => Self::Refused,
            Err(
                ActError::NotThere
                | ActError::Stale(_)
                | ActError::Invalid(_)
                | ActError::OtherPayload
                | ActError::Store(_),
            ) => Self::Unfit,
        }
    }
}
