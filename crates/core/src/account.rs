//! The customer master: what an account is on a day.

mod business_id;
pub mod phone;

pub use business_id::business_id;

use crate::{people::PersonNo, units::Day};
use std::{collections::HashMap, hash::Hash};
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub Uuid);

#[derive(Clone, Debug)]
pub struct Account {
    pub id: AccountId,
    pub external_id: String,
    pub name: String,
    /// What was so from a day on, in order of day. Before the first the account does not exist.
    pub versions: Vec<AccountVersion>,
}

/// What holds of an account from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountVersion {
    pub from: Day,
    pub owner: Option<PersonNo>,
    pub industry: Option<String>,
    pub size_class: Option<String>,
    pub parent: Option<AccountId>,
    pub is_active: bool,
}

impl Account {
    pub fn on(&self, day: Day) -> Option<&AccountVersion> {
        self.versions.iter().rev().find(|version| version.from <= day)
    }

    pub fn is_active(&self, day: Day) -> bool {
        self.on(day).is_some_and(|version| version.is_active)
    }
}

/// Whether the way up from an account or a person leads back to it. `above` names each one's parent or manager.
pub fn stands_above_itself<T: Copy + Eq + Hash>(one: T, above: &HashMap<T, T>) -> bool {
    // A way longer than there are links goes round elsewhere.
    std::iter::successors(above.get(&one), |next| above.get(next)).take(above.len()).any(|next| *next == one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(links: &[(u128, u128)], expected: bool) {
        let id = |number| AccountId(Uuid::from_u128(number));
        let above = links.iter().map(|(account, parent)| (id(*account), id(*parent))).collect();

        assert_eq!(stands_above_itself(id(1), &above), expected, "{links:?}");
    }

    #[test]
    fn who_is_below_oneself_stands_above_oneself() {
        check(&[], false);
        check(&[(1, 2), (2, 3)], false);
        check(&[(1, 1)], true);
        check(&[(1, 2), (2, 3), (3, 1)], true);
        check(&[(1, 2), (2, 3), (3, 2)], false);
    }
}
