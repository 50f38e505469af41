//! Why a change was not made, told by what the caller can do about it. Pages and API put it into words and status codes.

use crate::text::TextFault;
use luotsi_core::{
    people::policy::Refusal,
    units::{Day, Money},
};
use luotsi_store::StoreError;
use std::fmt;

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
    #[error("Correct this and try again: {}.", in_words(.0))]
    Invalid(Vec<FieldError>),
    /// The key came before with something else to do.
    #[error("This request was sent before with other contents: send it with a key of its own.")]
    OtherPayload,
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn in_words(errors: &[FieldError]) -> String {
    errors.iter().map(FieldError::to_string).collect::<Vec<_>>().join("; ")
}

impl ActError {
    /// One field is wrong.
    pub fn invalid(field: &'static str, problem: Problem) -> Self {
        Self::Invalid(vec![FieldError { field, problem }])
    }

    /// The same with what else is wrong, each field told of once; what is no fault of a field stands for itself.
    pub(crate) fn with(self, others: impl IntoIterator<Item = FieldError>) -> Self {
        match self {
            Self::Invalid(mut wrong) => {
                for other in others {
                    if wrong.iter().all(|told| told.field != other.field) {
                        wrong.push(other);
                    }
                }
                Self::Invalid(wrong)
            }
            error @ (Self::NotThere
            | Self::Refused(_)
            | Self::Stale(_)
            | Self::OtherPayload
            | Self::Store(_)) => error,
        }
    }

    /// The same, said of the fields that whoever asked has.
    pub fn told_of(mut self, asked: impl Fn(&'static str) -> &'static str) -> Self {
        if let Self::Invalid(errors) = &mut self {
            errors.iter_mut().for_each(|error| error.field = asked(error.field));
        }
        self
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
    /// No part of the whole.
    NotAShare,
    /// The strategic segment lies beyond the ordinary threshold, or on it.
    BelowThreshold {
        least: Money,
    },
    /// Of several weights one at least counts.
    NoWeight,
    /// A care model greets a new account with one line of contacts.
    SecondEntering,
    TooMany {
        max: usize,
    },
    /// Its check digit does not match.
    NotABusinessId,
    /// Not what can stand behind the `?` of an address, in so many signs.
    NotAQuery {
        max: usize,
    },
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
    /// The business id of this other account: it is one company's.
    TakenBy {
        account: String,
    },
    /// Another has one like it: whether both are the same only a person can tell.
    Alike,
    /// A person who does not work here any more cannot be given anything.
    NotActive,
    /// Nobody stands in for themselves.
    OwnSubstitute,
    /// Somebody has the person's proposals on some of the days already.
    StoodInFor {
        by: String,
        from: Day,
        until: Day,
    },
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
    /// What was done stays.
    Done,
}

/// In English, as a sentence that begins with the field's name.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is missing: give a value"),
            Self::TooLong { max } => write!(f, "is too long: at most {max} characters"),
            Self::TooShort { min } => write!(f, "is too short: at least {min} characters"),
            Self::LineBreak => f.write_str("has a line break: write it in one line"),
            Self::ControlCharacter => f.write_str("has a control character: remove it"),
            Self::NotANumber => f.write_str("is not a number"),
            Self::NotAnAmount => f.write_str("is not an amount"),
            Self::NotADay => f.write_str("is not a day: write it as 2026-11-22"),
            Self::NotAnEmail => f.write_str("is not an email address"),
            Self::NotAShare => f.write_str("is no share: from 0 to 1 with at most six decimals"),
            Self::BelowThreshold { least } => write!(f, "is below the ordinary threshold: {least} at least"),
            Self::NoWeight => f.write_str("weighs nothing: give one of them a weight"),
            Self::SecondEntering => f.write_str("is a second entering line of contacts: join the two"),
            Self::TooMany { max } => write!(f, "has too many: at most {max}"),
            Self::NotABusinessId => f.write_str("is no business id: its check digit does not match"),
            Self::NotAQuery { max } => {
                write!(
                    f,
                    "is no query of an address: at most {max} visible ASCII signs, without # and spaces"
                )
            }
            Self::NotAChoice => f.write_str("is none of what can be chosen"),
            Self::OutOfRange { min, max } => write!(f, "is out of range: from {min} to {max}"),
            Self::TooEarly { earliest } => write!(f, "is too early: {earliest} at the earliest"),
            Self::TooLate { latest } => write!(f, "is too late: {latest} at the latest"),
            Self::Unknown => f.write_str("names nothing that is known: look up its id"),
            Self::Taken => f.write_str("is there already: change it instead"),
            Self::TakenBy { account } => {
                write!(f, "is that of another account, {account}: change that one, or check the id")
            }
            Self::Alike => {
                f.write_str("is like that of another account: look whether it is the same customer")
            }
            Self::NotActive => f.write_str("names somebody who does not work here any more"),
            Self::OwnSubstitute => f.write_str("is away: name somebody else"),
            Self::StoodInFor { by, from, until } => write!(
                f,
                "overlaps with days on which {by} is the substitute already, {from} to {until}: take other days, or call \
                 that off first"
            ),
            Self::NoRight => f.write_str("names somebody who may not do this"),
            Self::Circle => f.write_str("would stand above itself"),
            Self::EasyToGuess => f.write_str("is easy to guess"),
            Self::WrongPassword => f.write_str("is not right"),
            Self::Different => f.write_str("differs"),
            Self::LastAdmin => f.write_str("would leave nobody to manage people"),
            Self::OwnRights => f.write_str("nobody changes their own rights"),
            Self::Done => f.write_str("is done: what was done stays; change it to correct it"),
        }
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.problem)
    }
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
