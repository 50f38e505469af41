//! Who stands in for whom while away: for which days somebody can be appointed.

use super::PersonId;
use crate::units::Day;
use uuid::Uuid;

/// Nobody plans an absence further ahead.
const MONTHS_AHEAD_MAX: i32 = 36;
/// Longer than this is not an absence but another person's work.
const DAYS_MAX: i64 = 366;

/// Somebody has the proposals of another for some days. Both days are included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substitution {
    pub id: Uuid,
    pub person: PersonId,
    pub substitute: PersonId,
    pub from: Day,
    pub until: Day,
}

/// What is wished for; empty where it is not known. Both days are included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    pub person: Option<PersonId>,
    pub substitute: Option<PersonId>,
    pub from: Option<Day>,
    pub until: Option<Day>,
}

/// Why nobody can be appointed so.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The person is stood in for on some of the days already: two would do the same work, or each leave it to the other.
    Overlaps(Substitution),
}

impl Wish {
    /// All that is wrong with what is known of it. `standing`: those that hold today or later, in order of their days; of
    /// those in the way the first is named.
    pub fn misfits(&self, today: Day, standing: &[Substitution]) -> Vec<Misfit> {
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
        let in_the_way = standing.iter().find(|other| self.is_on_days_of(other));
        let overlaps = in_the_way.filter(|_| from.is_none()).cloned().map(Misfit::Overlaps);
        own.into_iter().chain(from).chain(until).chain(overlaps).collect()
    }

    fn is_on_days_of(&self, other: &Substitution) -> bool {
        match (self.from, self.until) {
            (Some(from), Some(until)) => {
                self.person == Some(other.person) && from <= other.until && other.from <= until
            }
            (_, _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let check =
            |wish: Wish, misfits: &[Misfit]| assert_eq!(wish.misfits(today(), &[]), misfits, "{wish:?}");
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
    fn a_person_has_one_substitute_a_day() {
        let stood_in = |person: u128, from: &str, until: &str| Substitution {
            id: Uuid::from_u128(9),
            person: PersonId(Uuid::from_u128(person)),
            substitute: PersonId(Uuid::from_u128(3)),
            from: Day::parse(from).unwrap(),
            until: Day::parse(until).unwrap(),
        };
        let standing = [
            stood_in(7, "2026-11-23", "2026-12-31"),
            stood_in(1, "2026-12-01", "2026-12-05"),
            stood_in(1, "2026-12-10", "2026-12-12"),
        ];
        let check = |from: &str, until: &str, in_the_way: Option<&Substitution>| {
            let wish = Wish { person: person(1), substitute: person(2), from: day(from), until: day(until) };
            let misfits: Vec<Misfit> = in_the_way.cloned().map(Misfit::Overlaps).into_iter().collect();
            assert_eq!(wish.misfits(today(), &standing), misfits, "{from} {until}");
        };

        check("2026-11-23", "2026-11-30", None);
        check("2026-11-23", "2026-12-01", Some(&standing[1]));
        check("2026-12-02", "2026-12-03", Some(&standing[1]));
        check("2026-12-05", "2026-12-20", Some(&standing[1]));
        check("2026-12-06", "2026-12-09", None);
        check("2026-12-12", "2026-12-12", Some(&standing[2]));
        check("2026-12-13", "2026-12-20", None);
    }

    #[test]
    fn of_what_is_not_known_nothing_is_said() {
        let check =
            |wish: Wish, misfits: &[Misfit]| assert_eq!(wish.misfits(today(), &[]), misfits, "{wish:?}");

        check(Wish::default(), &[]);
        check(
            Wish { until: day("2026-11-20"), ..Wish::default() },
            &[Misfit::UntilTooEarly { earliest: today() }],
        );
        check(Wish { until: day("2030-11-20"), ..Wish::default() }, &[]);
    }
}
