//! Amounts worked out from columns: `quantity * price * (1 - discount)`, exactly.

use crate::import::number::Exact;
use num_rational::Ratio;

/// A formula over the columns of a file, by their place.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    Number(Exact),
    Column(usize),
    Negative(Box<Formula>),
    Of(Box<Formula>, Operator, Box<Formula>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Plus,
    Minus,
    Times,
    By,
}

/// Why a formula cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormulaFault {
    #[error("has no column {0:?} in the file")]
    UnknownColumn(String),
    #[error(
        "is not understood at {0:?}; write columns, numbers, + - * / and parentheses, and names with spaces as [Unit Price]"
    )]
    NotUnderstood(String),
    #[error("is cut short")]
    CutShort,
    #[error("is nested too deeply")]
    TooDeep,
}

/// Why a formula has no value for a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoValue<E> {
    DivisionByZero,
    TooLarge,
    /// A column's own fault.
    Column(E),
}

const DEPTH_MAX: usize = 50;

impl Formula {
    /// Reads a formula; `column` finds the place of a name in the file.
    pub fn parse(text: &str, column: impl Fn(&str) -> Option<usize>) -> Result<Self, FormulaFault> {
        let mut reading = Reading { rest: text.trim(), column: &column, depth: 0 };
        let formula = reading.sum()?;
        match reading.rest {
            "" => Ok(formula),
            rest => Err(FormulaFault::NotUnderstood(rest.to_owned())),
        }
    }

    /// The formula's value with the numbers that `number` finds in the columns.
    pub fn value<E>(&self, number: &impl Fn(usize) -> Result<Exact, E>) -> Result<Exact, NoValue<E>> {
        match self {
            Self::Number(exact) => Ok(*exact),
            Self::Column(column) => number(*column).map_err(NoValue::Column),
            Self::Negative(inner) => {
                let value = inner.value(number)?;
                checked(Exact::from_integer(0), Operator::Minus, value)
            }
            Self::Of(left, operator, right) => checked(left.value(number)?, *operator, right.value(number)?),
        }
    }

    /// The columns the formula reads.
    pub fn columns(&self) -> Vec<usize> {
        match self {
            Self::Number(_) => Vec::new(),
            Self::Column(column) => vec![*column],
            Self::Negative(inner) => inner.columns(),
            Self::Of(left, _, right) => [left.columns(), right.columns()].concat(),
        }
    }
}

fn checked<E>(left: Exact, operator: Operator, right: Exact) -> Result<Exact, NoValue<E>> {
    let (a, b, c, d) = (*left.numer(), *left.denom(), *right.numer(), *right.denom());
    let fraction = match operator {
        Operator::Plus => sum(a.checked_mul(d), c.checked_mul(b), b.checked_mul(d)),
        Operator::Minus => {
            sum(a.checked_mul(d), c.checked_mul(b).and_then(i128::checked_neg), b.checked_mul(d))
        }
        Operator::Times => a.checked_mul(c).zip(b.checked_mul(d)),
        Operator::By if c == 0 => return Err(NoValue::DivisionByZero),
        Operator::By => a.checked_mul(d).zip(b.checked_mul(c)),
    };
    let (numerator, denominator) = fraction.ok_or(NoValue::TooLarge)?;
    // Numbers of files are decimals: short enough to stay unreduced until a product grows.
    let is_long = denominator.unsigned_abs() > 1 << 60;
    Ok(if is_long || denominator < 0 {
        reduced(numerator, denominator)?
    } else {
        Ratio::new_raw(numerator, denominator)
    })
}

fn sum(left: Option<i128>, right: Option<i128>, denominator: Option<i128>) -> Option<(i128, i128)> {
    left?.checked_add(right?).zip(denominator)
}

fn reduced<E>(numerator: i128, denominator: i128) -> Result<Exact, NoValue<E>> {
    match numerator == i128::MIN || denominator == i128::MIN {
        true => Err(NoValue::TooLarge),
        false => Ok(Ratio::new(numerator, denominator)),
    }
}

struct Reading<'a, F> {
    rest: &'a str,
    column: &'a F,
    depth: usize,
}

impl<F: Fn(&str) -> Option<usize>> Reading<'_, F> {
    fn sum(&mut self) -> Result<Formula, FormulaFault> {
        let mut left = self.product()?;
        loop {
            let operator = match self.rest.as_bytes().first() {
                Some(b'+') => Operator::Plus,
                Some(b'-') => Operator::Minus,
                _ => return Ok(left),
            };
            self.pass(1);
            left = Formula::Of(Box::new(left), operator, Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Result<Formula, FormulaFault> {
        let mut left = self.factor()?;
        loop {
            let operator = match self.rest.as_bytes().first() {
                Some(b'*') => Operator::Times,
                Some(b'/') => Operator::By,
                _ => return Ok(left),
            };
            self.pass(1);
            left = Formula::Of(Box::new(left), operator, Box::new(self.factor()?));
        }
    }

    fn factor(&mut self) -> Result<Formula, FormulaFault> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(FormulaFault::TooDeep);
        }
        let factor = match self.rest.chars().next() {
            None => Err(FormulaFault::CutShort),
            Some('-') => {
                self.pass(1);
                Ok(Formula::Negative(Box::new(self.factor()?)))
            }
            Some('(') => self.parenthesis(),
            Some('[') => self.bracketed_name(),
            Some(c) if c.is_ascii_digit() || c == '.' => self.number(),
            Some(c) if c.is_alphabetic() || c == '_' => self.name(),
            Some(_) => Err(self.not_understood()),
        };
        self.depth -= 1;
        factor
    }

    fn parenthesis(&mut self) -> Result<Formula, FormulaFault> {
        self.pass(1);
        let inner = self.sum()?;
        match self.rest.chars().next() {
            Some(')') => {
                self.pass(1);
                Ok(inner)
            }
            Some(_) => Err(self.not_understood()),
            None => Err(FormulaFault::CutShort),
        }
    }

    fn bracketed_name(&mut self) -> Result<Formula, FormulaFault> {
        let end = self.rest.find(']').ok_or(FormulaFault::CutShort)?;
        let column = self.column_called(&self.rest[1..end])?;
        self.pass(end + 1);
        Ok(column)
    }

    fn name(&mut self) -> Result<Formula, FormulaFault> {
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        let column = self.column_called(&self.rest[..end])?;
        self.pass(end);
        Ok(column)
    }

    fn column_called(&self, name: &str) -> Result<Formula, FormulaFault> {
        let unknown = || FormulaFault::UnknownColumn(name.trim().to_owned());
        (self.column)(name.trim()).map(Formula::Column).ok_or_else(unknown)
    }

    fn number(&mut self) -> Result<Formula, FormulaFault> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(self.rest.len());
        let number = super::number(&self.rest[..end]).ok_or_else(|| self.not_understood())?;
        self.pass(end);
        Ok(Formula::Number(number))
    }

    fn pass(&mut self, bytes: usize) {
        self.rest = self.rest[bytes..].trim_start();
    }

    fn not_understood(&self) -> FormulaFault {
        FormulaFault::NotUnderstood(self.rest.chars().take(20).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::number::rounded;

    /// Columns `quantity`, `Unit Price` and `discount` hold 12, 9.80000019 and 0.15.
    fn cents(text: &str) -> Result<i64, NoValue<()>> {
        let names = ["quantity", "Unit Price", "discount"];
        let formula = Formula::parse(text, |name| names.iter().position(|known| *known == name)).unwrap();
        let value =
            formula.value(&|column| super::super::number(["12", "9.80000019", "0.15"][column]).ok_or(()))?;
        rounded(&value, 100).ok_or(NoValue::TooLarge)
    }

    #[test]
    fn a_formula_is_worked_out_exactly_and_rounded_once() {
        assert_eq!(cents("quantity * [Unit Price] * (1 - discount)"), Ok(9996));
        assert_eq!(cents("1 + 2 * 3 - 4 / 8"), Ok(650));
        assert_eq!(cents("1 - 2 - 3"), Ok(-400));
        assert_eq!(cents("12 / 3 / 2"), Ok(200));
        assert_eq!(cents("-(0.1 + 0.2)"), Ok(-30));
        assert_eq!(cents("1 / 3 * 3"), Ok(100));
        assert_eq!(cents("1 / -8"), Ok(-13));
    }

    #[test]
    fn a_formula_without_a_value_says_so() {
        assert_eq!(cents("1 / (discount - 0.15)"), Err(NoValue::DivisionByZero));
        assert_eq!(cents(&["999999999999999999"; 9].join(" * ")), Err(NoValue::TooLarge));
    }

    #[test]
    fn what_is_no_formula_is_refused() {
        let fault = |text: &str| Formula::parse(text, |name| (name == "a").then_some(0)).unwrap_err();

        assert_eq!(fault("a * b"), FormulaFault::UnknownColumn("b".to_owned()));
        assert_eq!(fault("a *"), FormulaFault::CutShort);
        assert_eq!(fault("(a"), FormulaFault::CutShort);
        assert_eq!(fault(""), FormulaFault::CutShort);
        assert_eq!(fault("a a"), FormulaFault::NotUnderstood("a".to_owned()));
        assert_eq!(fault("a ^ 2"), FormulaFault::NotUnderstood("^ 2".to_owned()));
        assert_eq!(fault("1.2.3"), FormulaFault::NotUnderstood("1.2.3".to_owned()));
        assert_eq!(fault(&"(".repeat(1000)), FormulaFault::TooDeep);
    }
}
