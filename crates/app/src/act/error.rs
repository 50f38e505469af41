//! Why a change was not made, told by what the caller can do about it. Pages and API put it into words and status codes.

use crate::text::TextFault;
use luotsi_core::{people::policy::Refusal, units::Day};
use luotsi_store::StoreError;

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ActError {
    /// Also of things the person may not see.
    #[error("There is no such thing: look whether the address is right.")]
    NotThere,
    #[error("You may not do this ({}): ask whoever answers for it.", .0.name())]
    Refused(Refusal),
    /// What was edited has changed since it was read.
    #[error("Somebody else changed this meanwhile: look at what it is now and decide again.")]
    Stale(Vec<Meanwhile>),
    #[error("Some values cannot be used: correct them and try again.")]
    Invalid(Vec<FieldError>),
    /// The key came before with something else to do.
    #[error("This request was sent before with other contents: send it with a key of its own.")]
    OtherPayload,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ActError {
    /// One field is wrong.
    pub fn invalid(field: &'static str, problem: Problem) -> Self {
        Self::Invalid(vec![FieldError { field, problem }])
    }
}

/// What a field has become since it was read, in the words of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meanwhile {
    pub field: &'static str,
    pub now: String,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: &'static str,
    pub problem: Problem,
}

/// Each has its sentence in both languages, which says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    Missing,
    TooLong {
        max: usize,
    },
    TooShort {
        min: usize,
    },
    LineBreak,
    ControlCharacter,
    NotANumber,
    NotAnAmount,
    NotADay,
    NotAnEmail,
    /// None of what can be chosen.
    NotAChoice,
    /// The smallest and the largest that can be.
    OutOfRange {
        min: i64,
        max: i64,
    },
    TooEarly {
        earliest: Day,
    },
    TooLate {
        latest: Day,
    },
    /// It names something that is not there, or is not there any more.
    Unknown,
    /// Another has it already.
    Taken,
    /// A person who does not work here any more cannot be given anything.
    NotActive,
    /// The person may not do what this would give them to do.
    NoRight,
    /// It would be above itself.
    Circle,
    /// Known to everybody who guesses passwords, or made of the person's or the company's name.
    EasyToGuess,
    WrongPassword,
    /// The two times it was typed differ.
    Different,
    /// Nobody would be left who may manage people.
    LastAdmin,
    /// Nobody gives more rights to themselves.
    OwnRights,
}

impl From<TextFault> for Problem {
    fn from(fault: TextFault) -> Self {
        match fault {
            TextFault::TooLong { max, .. } => Self::TooLong { max },
            TextFault::LineBreak => Self::LineBreak,
            TextFault::Control(_) => Self::ControlCharacter,
        }
    }
}
