//! Thresholds that fit the company's own base.

use crate::{
    base::CustomerState,
    strategy::Thresholds,
    units::{Money, Ratio, percentile},
};

/// Fewer customers than this tell nothing about where the thresholds should be.
const CUSTOMERS_MIN: usize = 5;

/// Gathers the active accounts of a base, one by one, and suggests thresholds that fit it.
#[derive(Clone, Debug, Default)]
pub struct Suggestion {
    current_above_zero: Vec<i64>,
    potential: Vec<i64>,
    customers: Vec<i64>,
}

impl Suggestion {
    /// Adds one active account's values on the day.
    pub fn add(&mut self, state: CustomerState, current_value: Money, potential_value: Option<Money>) {
        if current_value.is_positive() {
            self.current_above_zero.push(current_value.cents);
        }
        if state == CustomerState::Customer {
            self.customers.push(current_value.cents);
        }
        self.potential.extend(potential_value.map(|value| value.cents));
    }

    /// `None` with fewer than 5 customers, or without any potential.
    pub fn thresholds(mut self) -> Option<Thresholds> {
        if self.customers.len() < CUSTOMERS_MIN {
            return None;
        }
        self.current_above_zero.sort_unstable();
        self.potential.sort_unstable();
        self.customers.sort_unstable();

        let current = last_needed_for_80_percent(&self.current_above_zero)?;
        let potential = percentile(&self.potential, 75)?;
        let strategic_current = percentile(&self.customers, 95)?.max(current);
        let strategic_potential = percentile(&self.potential, 90)?.max(potential);
        Some(Thresholds {
            current: two_significant_digits(current),
            potential: two_significant_digits(potential),
            strategic_current: two_significant_digits(strategic_current),
            strategic_potential: two_significant_digits(strategic_potential),
        })
    }
}

/// The thresholds that fit a base of these accounts: state, current value and potential of each active one.
pub fn suggested_thresholds(
    accounts: impl IntoIterator<Item = (CustomerState, Money, Option<Money>)>,
) -> Option<Thresholds> {
    let mut suggestion = Suggestion::default();
    for (state, current_value, potential_value) in accounts {
        suggestion.add(state, current_value, potential_value);
    }
    suggestion.thresholds()
}

/// The value of the last account needed, from the largest down, to reach 80 % of the sum. The decks: a fifth of the
/// customers brings four fifths of the sales.
fn last_needed_for_80_percent(ascending: &[i64]) -> Option<Ratio> {
    let total: i128 = ascending.iter().map(|value| i128::from(*value)).sum();
    let mut reached = 0;
    ascending.iter().rev().find_map(|value| {
        reached += i128::from(*value);
        (total * 4 <= reached * 5).then(|| Ratio::new(i128::from(*value), 1))
    })
}

/// Rounded down, in cents: 12 345.67 becomes 12 000.00.
fn two_significant_digits(cents: Ratio) -> Money {
    let whole = cents.floor();
    let mut unit = 1;
    while 100 * unit <= whole {
        unit *= 10;
    }
    Money::cents(whole / unit * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(euros: &[(i64, i64)]) -> Option<Thresholds> {
        let account = |(current, potential): &(i64, i64)| {
            (CustomerState::Customer, Money::euros(*current), Some(Money::euros(*potential)))
        };
        suggested_thresholds(euros.iter().map(account))
    }

    #[test]
    fn a_base_of_fewer_than_five_customers_suggests_nothing() {
        assert_eq!(base(&[(10, 1), (20, 2), (30, 3), (40, 4)]), None);
    }

    #[test]
    fn the_current_threshold_is_the_last_account_of_four_fifths_of_the_value() {
        let thresholds = base(&[(500, 100), (290, 200), (123, 300), (50, 400), (37, 500)]).unwrap();

        // 500 + 290 = 790 of 1 000 is not yet 80 %; 123 is the last one needed. P75 of the potential is 400.
        assert_eq!(thresholds.current, Money::euros(120));
        assert_eq!(thresholds.potential, Money::euros(400));
        // P95 of the current values: 500 - 0.2 x (500 - 290) = 458; P90 of the potential: 460.
        assert_eq!(thresholds.strategic_current, Money::euros(450));
        assert_eq!(thresholds.strategic_potential, Money::euros(460));
    }
}
