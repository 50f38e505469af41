//! Deciding on a strategy from a page or by another program: a version of its own with its start day and its why.

use super::{StrategyError, setting::set_version};
use crate::{
    act::{About, ActError, By, Problem, act},
    text::{NOTE_MAX, paragraph},
};
use luotsi_core::{people::policy::Action, strategy::Strategy, units::Day};
use luotsi_store::{Store, strategy::newest_number};

/// What somebody decides.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The number of the newest decision that was known to whoever decides.
    pub drawn_from: i64,
    /// `None`: from today on; before the first watch for all time.
    pub from: Option<Day>,
    pub strategy: Strategy,
    pub why: String,
}

/// The strategy holds from then on. Stale where another decision was made meanwhile.
pub fn decide(store: &Store, by: &By, decided: Decided) -> Result<(), ActError> {
    let why = paragraph(&decided.why, NOTE_MAX).map_err(|fault| ActError::invalid("why", fault.into()))?;
    let why = Some(why.into_owned()).filter(|why| !why.is_empty());
    act(store, by, Action::EditStrategy, About::Company, move |work, _| {
        if newest_number(work)? != decided.drawn_from {
            return Err(ActError::Stale(Vec::new()));
        }
        set_version(work, decided.from, &decided.strategy, why.as_deref()).map(drop).map_err(told)
    })
}

fn told(error: StrategyError) -> ActError {
    match error {
        StrategyError::PastDay { last_watch, .. } => {
            ActError::invalid("from", Problem::TooEarly { earliest: last_watch })
        }
        StrategyError::Text(mistake) => ActError::invalid("strategy", mistake.problem),
        StrategyError::Store(error) => ActError::Store(error),
    }
}
