//! Why a command ends early, in one sentence to the person who gave it.

use std::{error::Error, fmt, io};

/// What went wrong and what to do about it; printed on one line, followed by exit code 1.
#[derive(Debug)]
pub enum Failure {
    Sentence(String),
    /// The reader of our output has gone: nothing to say and nobody to say it to.
    OutputClosed,
}

impl Failure {
    pub fn sentence(text: impl AsRef<str>) -> Self {
        Self::Sentence(without_codes(text.as_ref()))
    }
}

impl<E: Error + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        match is_broken_pipe(&error) {
            true => Self::OutputClosed,
            false => Self::Sentence(without_codes(&error.to_string())),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sentence(text) => f.write_str(text),
            Self::OutputClosed => Ok(()),
        }
    }
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let io = error.downcast_ref::<io::Error>();
        if io.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
            return true;
        }
        // What an input or output error carries is not its source, but in it.
        cause = io.and_then(io::Error::get_ref).map(|inside| inside as _).or_else(|| error.source());
    }
    false
}

/// The operating system's numbers say nothing to a person: `Permission denied (os error 13)`.
fn without_codes(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(" (os error ") {
        kept += before;
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_operating_system_are_left_out() {
        let failure = Failure::from(io::Error::other("It is not there (os error 2): name another."));

        assert_eq!(failure.to_string(), "It is not there: name another.");
    }

    #[test]
    fn a_closed_output_is_no_failure_to_speak_of() {
        let closed = io::Error::from(io::ErrorKind::BrokenPipe);

        assert!(matches!(Failure::from(io::Error::other(closed)), Failure::OutputClosed));
    }

    #[test]
    fn any_other_error_says_its_sentence() {
        let failure = Failure::from(io::Error::other("The disk is full; make room and try again."));

        assert_eq!(failure.to_string(), "The disk is full; make room and try again.");
    }
}
