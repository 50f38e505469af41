//! Taking in what people judge: estimates of potential, abilities and targets.

mod ability;
mod estimate;
mod target;

pub use ability::{AbilityFact, AbilityRecord};
pub use estimate::{EstimateFact, EstimateRecord};
pub use target::{TargetFact, TargetRecord};

pub mod abilities {
    //! Slices of abilities.
    pub use super::ability::{Plan, plan, save};
}

pub mod estimates {
    //! Slices of estimates.
    pub use super::estimate::{Plan, plan, save};
}

pub mod targets {
    //! Slices of targets.
    pub use super::target::{Plan, plan, save};
}
