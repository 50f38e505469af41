//! What other thresholds would make of the base, before anybody decides on them: how many accounts and euros each segment
//! would have, and who would move.

use super::plain_sides;
use crate::{
    account::AccountId,
    base::CustomerState,
    strategy::{Segment, Thresholds},
    units::Money,
};
use std::{cmp::Reverse, collections::BTreeMap};

/// Of each move so many of the largest accounts are kept.
pub const LARGEST_MAX: usize = 10;

/// An active account as it was last looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    pub account: AccountId,
    pub state: CustomerState,
    pub current_value: Money,
    pub potential_value: Option<Money>,
    /// `None`: not assessed.
    pub segment: Option<Segment>,
    /// A person has decided on the segment.
    pub is_decided: bool,
}

/// Some accounts and what they are worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    pub accounts: i64,
    pub current_value: Money,
    pub potential_value: Money,
}

/// What a segment holds, and what it would hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holds {
    pub now: Sum,
    pub then: Sum,
}

/// Those who would go one way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Move {
    pub sum: Sum,
    /// By current value, the largest first.
    pub largest: Vec<Placed>,
}

/// From a segment to another; `None`: not assessed.
pub type Way = (Option<Segment>, Option<Segment>);

/// Gathers the active accounts of a base, one by one.
#[derive(Clone, Debug)]
pub struct Preview {
    /// `None`: nothing would change.
    changed: Option<Thresholds>,
    pub segments: BTreeMap<Option<Segment>, Holds>,
    pub moves: BTreeMap<Way, Move>,
}

impl Preview {
    /// Of `thresholds` instead of those `in_force`: the same ones leave every side as it is, hysteresis included.
    pub fn of(thresholds: Thresholds, in_force: Option<Thresholds>) -> Self {
        let changed = Some(thresholds).filter(|_| in_force != Some(thresholds));
        Self { changed, segments: BTreeMap::new(), moves: BTreeMap::new() }
    }

    /// The segment an account would have.
    fn then(&self, placed: &Placed) -> Option<Segment> {
        match self.changed {
            Some(thresholds) => placed_anew(placed, thresholds),
            None => placed.segment,
        }
    }

    /// Where an account would go; `None`: nowhere.
    pub fn way(&self, placed: &Placed) -> Option<Way> {
        let then = self.then(placed);
        (then != placed.segment).then_some((placed.segment, then))
    }

    pub fn add(&mut self, placed: Placed) {
        let then = self.then(&placed);
        self.segments.entry(placed.segment).or_default().now.add(&placed);
        self.segments.entry(then).or_default().then.add(&placed);
        if then != placed.segment {
            self.moves.entry((placed.segment, then)).or_default().add(placed);
        }
    }

    /// All who would move.
    pub fn moved(&self) -> Sum {
        self.moves.values().fold(Sum::default(), |all, found| Sum {
            accounts: all.accounts + found.sum.accounts,
            current_value: all.current_value + found.sum.current_value,
            potential_value: all.potential_value + found.sum.potential_value,
        })
    }
}

impl Sum {
    pub fn add(&mut self, placed: &Placed) {
        self.accounts += 1;
        self.current_value += placed.current_value;
        self.potential_value += placed.potential_value.unwrap_or_default();
    }
}

impl Placed {
    /// The order in which those who move are told, the largest first.
    pub fn size(&self) -> impl Ord + use<> {
        Reverse((self.current_value, self.potential_value, self.account))
    }
}

impl Move {
    fn add(&mut self, placed: Placed) {
        self.sum.add(&placed);
        let is_among = self.largest.last().is_none_or(|smallest| placed.size() < smallest.size());
        if is_among || self.largest.len() < LARGEST_MAX {
            let place = self.largest.partition_point(|larger| larger.size() < placed.size());
            self.largest.insert(place, placed);
            self.largest.truncate(LARGEST_MAX);
        }
    }
}

/// The segment under changed thresholds, which set the sides anew without hysteresis; a person's decision stays.
fn placed_anew(placed: &Placed, thresholds: Thresholds) -> Option<Segment> {
    match (placed.is_decided, placed.potential_value) {
        (true, _) => placed.segment,
        (false, None) => None,
        (false, Some(potential)) => Some(plain_sides(placed.current_value, potential, thresholds).segment()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const THRESHOLDS: Thresholds = Thresholds {
        current: Money::euros(100),
        potential: Money::euros(100),
        strategic_current: Money::euros(500),
        strategic_potential: Money::euros(500),
    };

    fn account(number: u128, current: i64, potential: Option<i64>, segment: Segment) -> Placed {
        Placed {
            account: AccountId(Uuid::from_u128(number)),
            state: CustomerState::Customer,
            current_value: Money::euros(current),
            potential_value: potential.map(Money::euros),
            segment: Some(segment),
            is_decided: false,
        }
    }

    #[test]
    fn other_thresholds_set_the_sides_anew_and_leave_decisions_alone() {
        let efficiency = |potential| account(1, 100, potential, Segment::Efficiency);
        let decided = Placed { is_decided: true, ..efficiency(Some(100)) };

        assert_eq!(placed_anew(&efficiency(Some(99)), THRESHOLDS), Some(Segment::Retention));
        assert_eq!(placed_anew(&efficiency(Some(100)), THRESHOLDS), Some(Segment::Growth));
        assert_eq!(placed_anew(&efficiency(None), THRESHOLDS), None);
        assert_eq!(placed_anew(&decided, THRESHOLDS), Some(Segment::Efficiency));
    }

    #[test]
    fn the_thresholds_in_force_move_nobody_even_where_hysteresis_holds_an_account() {
        let mut preview = Preview::of(THRESHOLDS, Some(THRESHOLDS));

        preview.add(account(1, 99, Some(10), Segment::Retention));

        assert_eq!(preview.moved(), Sum::default());
        assert_eq!(preview.segments[&Some(Segment::Retention)].then.accounts, 1);
    }

    #[test]
    fn who_moves_is_counted_with_euros_and_the_largest_come_first() {
        let mut preview = Preview::of(THRESHOLDS, None);
        for number in 1..=12 {
            preview.add(account(number, number as i64 * 100, Some(10), Segment::Efficiency));
        }

        let found = &preview.moves[&(Some(Segment::Efficiency), Some(Segment::Retention))];

        assert_eq!((found.sum.accounts, found.sum.current_value), (12, Money::euros(7_800)));
        let largest: Vec<i64> =
            found.largest.iter().map(|placed| placed.current_value.cents / 10_000).collect();
        assert_eq!(largest, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
        assert_eq!(
            preview.way(&account(1, 100, Some(10), Segment::Efficiency)),
            Some((Some(Segment::Efficiency), Some(Segment::Retention)))
        );
        assert_eq!(preview.way(&account(1, 100, Some(10), Segment::Retention)), None);
        assert_eq!(preview.moved().potential_value, Money::euros(120));
    }
}
