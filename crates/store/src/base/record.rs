//! Taking in what people judge: estimates of potential, abilities and targets.

mod ability;
mod estimate;
mod target;

pub use ability::{AbilityFact, AbilityRecord};
pub use estimate::{EstimateFact, EstimateRecord};
pub use target::{TargetFact, TargetRecord};

use crate::recording::{Fact, Held};
use luotsi_core::{people::PersonId, units::Day};

pub mod abilities {
    //! Slices of abilities.
    pub use super::ability::{Plan, plan, save, take_place};
}

pub mod estimates {
    //! Slices of estimates.
    pub use super::estimate::{Plan, plan, save, take_place, take_place_of_whole};
}

pub mod targets {
    //! Slices of targets.
    pub use super::target::{Plan, plan, save, take_place};
}

/// A fact that somebody judged on a day.
trait Judged: Fact {
    fn person(&self) -> Option<PersonId>;
    fn day(&self) -> Day;

    /// Whether both tell of the same, be it by other people or on other days.
    fn is_of_the_same(&self, other: &Self) -> bool;
}

/// What others judged on the day of the same as `person` did.
fn of_others<F: Judged>(held: Vec<Held<F>>, person: PersonId, day: Day) -> Vec<Held<F>> {
    let believed = held.into_iter().filter(|held| held.known.until == Day::MAX && held.fact.day() == day);
    let (own, others): (Vec<_>, Vec<_>) = believed.partition(|held| held.fact.person() == Some(person));
    let is_judged = |other: &Held<F>| own.iter().any(|own| own.fact.is_of_the_same(&other.fact));
    others.into_iter().filter(is_judged).collect()
}
