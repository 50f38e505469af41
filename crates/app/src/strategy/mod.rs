//! The company's strategy as people write it: TOML, shown, set and kept in versions.

mod printing;
mod reading;
mod section;
mod setting;
mod versions;
mod draft;
mod deciding;

pub use deciding::{Decided, decide};
pub use draft::{Draft, TypedLine, TypedRule, model_at};
pub use printing::print;
pub use reading::{THRESHOLD_KEYS, parse};
pub use section::Mistake;
pub use setting::{Outcome, Setting, complete_thresholds, set, show};
pub use versions::versions;

use luotsi_core::units::Day;
use luotsi_store::StoreError;

/// Why a strategy was not set, or cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum StrategyError {
    /// Correct that line and set it again.
    #[error("The strategy has a mistake on line {}: {}", .0.line, .0.sentence)]
    Text(Mistake),
    /// A strategy is a decision: what people were shown up to the last watch followed from the one then in force.
    #[error(
        "A strategy cannot start on {from}: the watch has already looked at days up to {last_watch} with the one in \
         force then. Give `from = {last_watch}` or a later day, or the start day of the version to correct ({starts})."
    )]
    PastDay { from: Day, last_watch: Day, starts: String },
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[cfg(test)]
mod tests;
