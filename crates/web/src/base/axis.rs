//! An axis of euros: linear around zero, logarithmic beyond, so that a small customer, a large one, one that bought
//! nothing and one that was credited more than it bought all have a place.

use luotsi_core::units::Money;

/// Places on an axis are told in this many steps from its low end.
pub const LENGTH: u16 = u16::MAX;
/// How far below a threshold the axis becomes linear: a value a hundredth of it is next to nothing.
const LINEAR_BELOW: i32 = 2;
/// A threshold stands at least this far from the far end: what lies beyond it must be seen.
const ROOM_BEYOND_THRESHOLD: f64 = 3.0;
/// Points on the ends of the axis are not cut in half.
const MARGIN: f64 = 0.02;
/// The round figures of a decade that a selection may end at.
const ROUND: [i64; 20] = [10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 25, 28, 32, 36, 40, 45, 50, 60, 70, 80];

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// The cents around zero within which the axis is about linear.
    unit: f64,
    low: f64,
    high: f64,
}

impl Axis {
    /// From zero, or the least value below it, to beyond the largest value and the thresholds.
    pub fn over(least: Money, largest: Money, thresholds: &[Money]) -> Self {
        let first_threshold =
            thresholds.iter().map(|threshold| threshold.cents).filter(|cents| *cents > 0).min();
        let anchor = first_threshold.unwrap_or(largest.cents / 10).max(1);
        let unit = 10_f64.powi((anchor as f64).log10().floor() as i32 - LINEAR_BELOW).max(100.0);
        let beyond = thresholds.iter().map(|threshold| threshold.cents as f64 * ROOM_BEYOND_THRESHOLD);
        let largest = beyond.fold((largest.cents as f64).max(unit * 100.0), f64::max);

        let low = along(least.cents.min(0) as f64, unit);
        let high = along(largest, unit);
        let margin = (high - low) * MARGIN;
        Self { unit, low: low - margin, high: high + margin }
    }

    /// Between 0 at the low end and 1 at the high one.
    pub fn share(self, value: Money) -> f64 {
        ((along(value.cents as f64, self.unit) - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    pub fn place(self, value: Money) -> u16 {
        (self.share(value) * f64::from(LENGTH)).round() as u16
    }

    /// Zero and the powers of ten that have room beside it.
    pub fn ticks(self) -> Vec<Money> {
        let decades = self.decades().filter(|cents| *cents as f64 >= self.unit * 10.0);
        let mut ticks = vec![Money::ZERO];
        ticks.extend(decades.flat_map(|cents| [Money { cents }, Money { cents: -cents }]));
        ticks.retain(|tick| self.shows(*tick));
        ticks.sort();
        ticks
    }

    /// The values that a selection may begin and end at, in order: round ones, and the thresholds.
    pub fn steps(self, thresholds: &[Money]) -> Vec<Money> {
        let round = self.decades().flat_map(|decade| ROUND.map(|figure| decade / 10 * figure));
        let mut steps: Vec<Money> = round
            .filter(|cents| cents % 100 == 0 && *cents as f64 >= self.unit)
            .flat_map(|cents| [Money { cents }, Money { cents: -cents }])
            .chain([Money::ZERO])
            .chain(thresholds.iter().copied())
            .filter(|step| self.shows(*step))
            .collect();
        steps.sort();
        steps.dedup();
        steps
    }

    fn shows(self, value: Money) -> bool {
        let along = along(value.cents as f64, self.unit);
        self.low <= along && along <= self.high
    }

    /// The powers of ten, in cents, from one euro on, as far as the axis goes.
    fn decades(self) -> impl Iterator<Item = i64> {
        let far = self.high.abs().max(self.low.abs());
        (2..17).map(|power| 10_i64.pow(power)).take_while(move |cents| along(*cents as f64, self.unit) <= far)
    }
}

fn along(cents: f64, unit: f64) -> f64 {
    cents.signum() * (cents.abs() / unit).ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(euros: i64) -> Money {
        Money::euros(euros)
    }

    fn axis() -> Axis {
        Axis::over(euros(-500), euros(2_000_000), &[euros(40_000), euros(300_000)])
    }

    #[test]
    fn larger_values_stand_further_and_none_falls_off() {
        let values = [-500, 0, 1, 999, 40_000, 300_000, 2_000_000].map(euros);

        let places = values.map(|value| axis().place(value));

        assert!(places.is_sorted_by(|one, next| one < next), "{places:?}");
        assert!(0 < places[0] && places[6] < LENGTH);
        assert_eq!(axis().place(euros(-1_000_000_000)), 0);
        assert_eq!(axis().place(euros(1_000_000_000)), LENGTH);
    }

    #[test]
    fn ticks_are_zero_and_powers_of_ten() {
        assert_eq!(axis().ticks(), [0, 1_000, 10_000, 100_000, 1_000_000].map(euros));
    }

    #[test]
    fn a_selection_ends_at_round_values_and_thresholds() {
        let odd = Money { cents: 4_321_012 };

        let steps = axis().steps(&[odd]);

        assert!(steps.is_sorted_by(|one, next| one < next));
        for round in [euros(-450), euros(0), euros(120), euros(45_000), euros(2_000_000), odd] {
            assert!(steps.contains(&round), "{round:?}");
        }
    }

    #[test]
    fn a_base_without_values_has_an_axis_nevertheless() {
        let empty = Axis::over(Money::ZERO, Money::ZERO, &[]);

        assert!(empty.share(Money::ZERO) < empty.share(euros(10)));
        assert_eq!(empty.ticks()[0], Money::ZERO);
    }
}
