//! Chance that falls alike on every machine: whole numbers only, one stream per account and topic.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

/// What is drawn. Each topic of an account has its own stream, so that a change in one leaves the others as they were.
#[derive(Clone, Copy, Debug)]
pub enum Topic {
    Story,
    Identity,
    Contacts,
    Sales,
    Activities,
    Estimates,
}

const TOPICS: u64 = 8;

/// A seeded source of chance.
#[derive(Debug)]
pub struct Dice {
    generator: ChaCha8Rng,
}

impl Dice {
    pub fn new(seed: u64, number: u64, topic: Topic) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(number * TOPICS + topic as u64);
        Self { generator }
    }

    /// A whole number from `low` to `high`, both included; `low` when `high` is less.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        if high <= low {
            return low;
        }
        let width = (high - low) as u64 + 1;
        // The bias of a remainder over 2^64 is far below anything a demo can show.
        low + (self.generator.next_u64() % width) as i64
    }

    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// Around `middle`, within `reach` of it, the nearer the likelier: the mean of three even draws.
    pub fn around(&mut self, middle: i64, reach: i64) -> i64 {
        let sum: i64 = (0..3).map(|_| self.between(-reach, reach)).sum();
        middle + sum / 3
    }

    /// One of `choices`; they are never empty in here, else the default of the type.
    pub fn pick<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        let index = self.between(0, choices.len() as i64 - 1);
        choices.get(index as usize).copied().unwrap_or_default()
    }

    /// The place of one of `weights`, each as likely as it is heavy.
    pub fn weighted(&mut self, weights: &[i64]) -> usize {
        let mut rest = self.between(1, weights.iter().sum());
        for (place, weight) in weights.iter().enumerate() {
            rest -= weight;
            if rest <= 0 {
                return place;
            }
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_number_and_topic_give_the_same_draws() {
        let draws = |topic| {
            let mut dice = Dice::new(7, 3, topic);
            (0..20).map(|_| dice.between(0, 1000)).collect::<Vec<_>>()
        };

        assert_eq!(draws(Topic::Sales), draws(Topic::Sales));
        assert_ne!(draws(Topic::Sales), draws(Topic::Story));
    }

    #[test]
    fn draws_stay_within_their_bounds() {
        let mut dice = Dice::new(1, 1, Topic::Story);

        for _ in 0..1000 {
            assert!((3..=5).contains(&dice.between(3, 5)));
            assert!((-2..=2).contains(&dice.around(0, 2)));
            assert!(dice.weighted(&[0, 5, 1]) > 0);
        }
        assert_eq!(dice.between(5, 3), 5);
    }
}
