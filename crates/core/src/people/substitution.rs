//! Who stands in for whom while away: for which days somebody can be appointed.

use super::PersonId;
use crate::units::Day;

/// Nobody plans an absence further ahead.
const MONTHS_AHEAD_MAX: i32 = 36;
/// Longer than this is not an absence but another person's work.
const DAYS_MAX: i64 = 366;

/// What is wished for; empty where it is not known. Both days are included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    pub person: Option<PersonId>,
    pub substitute: Option<PersonId>,
    pub from: Option<Day>,
    pub until: Option<Day>,
}

/// Why nobody can be appointed so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// Nobody stands in for themselves.
    OwnSubstitute,
    FromTooEarly {
        earliest: Day,
    },
    FromTooLate {
        latest: Day,
    },
    UntilTooEarly {
        earliest: Day,
    },
    UntilTooLate {
        latest: Day,
    },
}

impl Wish {
    /// All that is wrong with what is known of it.
    pub fn misfits(&self, today: Day) -> Vec<Misfit> {
        let is_own = self.substitute.is_some() && self.substitute == self.person;
        let own = is_own.then_some(Misfit::OwnSubstitute);
        let latest = today.plus_months(MONTHS_AHEAD_MAX);
        let from = self.from.and_then(|from| match (from < today, latest < from) {
            (true, _) => Some(Misfit::FromTooEarly { earliest: today }),
            (false, true) => Some(Misfit::FromTooLate { latest }),
            (false, false) => None,
        });
        let earliest = self.from.unwrap_or(today);
        let latest = self.from.map(|from| from.plus_days(DAYS_MAX));
        let until = self.until.and_then(|until| match (until < earliest, latest) {
            (true, _) => Some(Misfit::UntilTooEarly { earliest }),
            (false, Some(latest)) if latest < until => Some(Misfit::UntilTooLate { latest }),
            (false, Some(_) | None) => None,
        });
        own.into_iter().chain(from).chain(until).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> Option<Day> {
        Day::parse(text)
    }

    fn person(number: u128) -> Option<PersonId> {
        Some(PersonId(Uuid::from_u128(number)))
    }

    fn today() -> Day {
        Day::parse("2026-11-23").unwrap_or(Day::MIN)
    }

    #[test]
    fn all_that_is_wrong_with_an_absence_is_known_at_once() {
        let check = |wish: Wish, misfits: &[Misfit]| assert_eq!(wish.misfits(today()), misfits, "{wish:?}");
        let whole = Wish {
            person: person(1),
            substitute: person(2),
            from: day("2026-11-23"),
            until: day("2026-11-23"),
        };

        check(whole, &[]);
        check(
            Wish { substitute: person(1), from: day("2026-11-22"), until: day("2026-11-20"), ..whole },
            &[
                Misfit::OwnSubstitute,
                Misfit::FromTooEarly { earliest: today() },
                Misfit::UntilTooEarly { earliest: today().plus_days(-1) },
            ],
        );
        check(
            Wish { from: day("2029-11-24"), until: day("2030-11-26"), ..whole },
            &[
                Misfit::FromTooLate { latest: today().plus_months(36) },
                Misfit::UntilTooLate { latest: today().plus_months(36).plus_days(367) },
            ],
        );
    }

    #[test]
    fn of_what_is_not_known_nothing_is_said() {
        let check = |wish: Wish, misfits: &[Misfit]| assert_eq!(wish.misfits(today()), misfits, "{wish:?}");

        check(Wish::default(), &[]);
        check(
            Wish { until: day("2026-11-20"), ..Wish::default() },
            &[Misfit::UntilTooEarly { earliest: today() }],
        );
        check(Wish { until: day("2030-11-20"), ..Wish::default() }, &[]);
    }
}
