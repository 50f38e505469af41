//! Numbers for invoice lines that have none: their place within the invoice, in order of the file.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

/// Counts the rows of each invoice; they may come mixed. An invoice takes a few bytes, whatever its name: should two
/// names ever share a hash, their lines would be numbered through, which is still the same in every run.
#[derive(Debug, Default)]
pub struct Numbering {
    rows: HashMap<u64, u32>,
}

impl Numbering {
    /// The place of the next row of the invoice, from 1. Rejected rows count too, so that mending one moves no other.
    pub fn next(&mut self, invoice: &str) -> u32 {
        let mut hasher = DefaultHasher::new();
        invoice.hash(&mut hasher);
        let rows = self.rows.entry(hasher.finish()).or_default();
        *rows += 1;
        *rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_within_their_invoice_even_when_mixed() {
        let mut numbering = Numbering::default();

        let numbers: Vec<u32> = ["A", "A", "B", "A", "B"].map(|invoice| numbering.next(invoice)).to_vec();

        assert_eq!(numbers, [1, 2, 1, 3, 2]);
    }
}
