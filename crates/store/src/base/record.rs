//! Taking in what people judge: estimates of potential, abilities and targets.

mod ability;
mod estimate;
mod target;

pub use ability::{AbilityFact, AbilityRecord};
pub use estimate::{EstimateFact, EstimateRecord};
pub use target::{TargetFact, TargetRecord};

use crate::{
    engine::{Query, StoreError, Work},
    recording::{Fact, Held, take_back},
};
use luotsi_core::{account::AccountId, people::PersonId, units::Day};
use uuid::Uuid;

pub mod abilities {
    //! Slices of abilities.
    pub use super::ability::{Plan, plan, save};
}

pub mod estimates {
    //! Slices of estimates.
    pub use super::estimate::{Plan, plan, save, take_place_of_whole};
}

pub mod targets {
    //! Slices of targets.
    pub use super::target::{Plan, plan, save};
}

/// A fact that somebody judged on a day.
pub trait Judged: Fact {
    const TABLE: &'static str;

    /// All that were ever believed of some accounts.
    fn held(query: &impl Query, accounts: &[AccountId]) -> Result<Vec<Held<Self>>, StoreError>;

    /// By whom, and on which day.
    fn judged(&self) -> (Option<Uuid>, Day);

    /// Whether both tell of the same, be it by other people or on other days.
    fn is_of_the_same(&self, other: &Self) -> bool;
}

/// What others judged on the day of the same as `person` did is believed no longer: the word of `person` is the later one.
pub fn take_place<F: Judged>(
    work: &mut Work<'_>,
    account: AccountId,
    person: PersonId,
    day: Day,
) -> Result<(), StoreError> {
    let believed = F::held(work, &[account])?.into_iter();
    let of_the_day = believed.filter(|held| held.known.until == Day::MAX && held.fact.judged().1 == day);
    let (own, others): (Vec<_>, Vec<_>) = of_the_day.partition(|held| held.fact.judged().0 == Some(person.0));
    let is_judged = |other: &Held<F>| own.iter().any(|own| own.fact.is_of_the_same(&other.fact));
    take_back(work, F::TABLE, others.into_iter().filter(is_judged).collect(), day)
}
