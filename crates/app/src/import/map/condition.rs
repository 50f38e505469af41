//! Rows to skip: a simple condition on one column.

use super::OneOrMany;
use crate::import::number::{self, DecimalMark, Exact};
use serde::Deserialize;

/// A condition as a map file writes it: a column and one test.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub column: String,
    empty: Option<bool>,
    equals: Option<OneOrMany>,
    starts_with: Option<OneOrMany>,
    below: Option<Bound>,
    at_most: Option<Bound>,
    above: Option<Bound>,
    at_least: Option<Bound>,
}

/// A number in a map file; as text it is exact.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Bound {
    Whole(i64),
    Decimal(f64),
    Text(String),
}

/// What is asked of the column's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    Empty,
    Filled,
    Equals(Vec<String>),
    StartsWith(Vec<String>),
    Below(Exact),
    AtMost(Exact),
    Above(Exact),
    AtLeast(Exact),
}

/// Why a condition makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConditionFault {
    #[error("needs one of empty, equals, starts_with, below, at_most, above and at_least, and has {0}")]
    NotOneTest(usize),
    #[error("compares with {0:?}, which is no number")]
    NoNumber(String),
}

impl Condition {
    pub fn test(&self) -> Result<Test, ConditionFault> {
        let bound = |bound: &Option<Bound>| bound.as_ref().map(Bound::exact).transpose();
        let mut tests = [
            self.empty.map(|is_empty| if is_empty { Test::Empty } else { Test::Filled }),
            self.equals.as_ref().map(|values| Test::Equals(values.to_vec())),
            self.starts_with.as_ref().map(|values| Test::StartsWith(values.to_vec())),
            bound(&self.below)?.map(Test::Below),
            bound(&self.at_most)?.map(Test::AtMost),
            bound(&self.above)?.map(Test::Above),
            bound(&self.at_least)?.map(Test::AtLeast),
        ]
        .into_iter()
        .flatten();
        match (tests.next(), tests.count()) {
            (Some(test), 0) => Ok(test),
            (first, more) => Err(ConditionFault::NotOneTest(usize::from(first.is_some()) + more)),
        }
    }
}

impl Bound {
    fn exact(&self) -> Result<Exact, ConditionFault> {
        let text = match self {
            Self::Whole(whole) => whole.to_string(),
            Self::Decimal(decimal) => decimal.to_string(),
            Self::Text(text) => text.clone(),
        };
        super::number(&text).ok_or(ConditionFault::NoNumber(text))
    }
}

impl Test {
    /// Whether the trimmed `value` passes. What is no number is neither above nor below one: its row is not skipped but
    /// rejected by whoever needs the number.
    pub fn holds(&self, value: &str, mark: DecimalMark) -> bool {
        let compares = |is_so: fn(&Exact, &Exact) -> bool, bound: &Exact| {
            number::parse(value, mark).is_some_and(|number| is_so(&number, bound))
        };
        match self {
            Self::Empty => value.is_empty(),
            Self::Filled => !value.is_empty(),
            Self::Equals(values) => values.iter().any(|one| one == value),
            Self::StartsWith(starts) => starts.iter().any(|start| value.starts_with(start.as_str())),
            Self::Below(bound) => compares(|number, bound| number < bound, bound),
            Self::AtMost(bound) => compares(|number, bound| number <= bound, bound),
            Self::Above(bound) => compares(|number, bound| number > bound, bound),
            Self::AtLeast(bound) => compares(|number, bound| number >= bound, bound),
        }
    }

    pub fn compares_numbers(&self) -> bool {
        match self {
            Self::Empty | Self::Filled | Self::Equals(_) | Self::StartsWith(_) => false,
            Self::Below(_) | Self::AtMost(_) | Self::Above(_) | Self::AtLeast(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(toml: &str, value: &str, expected: bool) {
        let condition: Condition = toml::from_str(&format!("column = \"c\"\n{toml}")).unwrap();

        assert_eq!(
            condition.test().unwrap().holds(value, DecimalMark::Point),
            expected,
            "{toml} of {value:?}"
        );
    }

    #[test]
    fn each_test_holds_where_it_says() {
        check("empty = true", "", true);
        check("empty = false", "x", true);
        check("equals = \"X\"", "X", true);
        check("equals = [\"X\", \"Y\"]", "Z", false);
        check("starts_with = \"C\"", "C489434", true);
        check("starts_with = [\"A\", \"C\"]", "489434", false);
        check("at_most = 0", "-1", true);
        check("at_most = 0", "0.00", true);
        check("below = 0.01", "0.009", true);
        check("below = 0", "abc", false);
        check("above = \"100.5\"", "100.51", true);
        check("at_least = 5", "5", true);
    }

    #[test]
    fn a_condition_has_exactly_one_test() {
        let fault = |toml: &str| toml::from_str::<Condition>(toml).unwrap().test().unwrap_err();

        assert_eq!(fault("column = \"c\""), ConditionFault::NotOneTest(0));
        assert_eq!(fault("column = \"c\"\nbelow = 1\nabove = 2"), ConditionFault::NotOneTest(2));
        assert_eq!(fault("column = \"c\"\nbelow = \"x\""), ConditionFault::NoNumber("x".to_owned()));
        assert!(toml::from_str::<Condition>("column = \"c\"\nunder = 1").is_err());
    }
}
