//! What is found of accounts as of a day, account by account: the rows of all for a file, or of some for other programs.

use super::{
    ExportError, What, care, deviations, proposals, segments,
    sheet::{Format, Sheet},
    values,
};
use crate::steering::{AccountPicture, Base, each_account, pictures};
use luotsi_core::{account::AccountId, steering::Experience, units::Day};
use luotsi_store::{Query, Store, StoreError, export::override_reasons, steering::experience};
use std::{
    collections::{BTreeMap, HashMap},
    mem,
};

/// What the rows of an account are made with beside its picture.
pub struct Rows {
    what: What,
    on: Day,
    reasons: HashMap<(AccountId, Day), String>,
    experience: Experience,
    /// Accounts come in order of their own ids, and `A:...` stands behind `A1:...`: rows of proposals wait until no
    /// smaller one can come.
    waiting: BTreeMap<String, proposals::Row>,
}

/// Writes the rows of every account that exists on the day, in order of external id.
pub fn write(store: &Store, what: What, on: Day, sheet: &mut Sheet<'_>) -> Result<(), ExportError> {
    let mut rows = store.read(|reader| Rows::new(reader, what, on))?;
    each_account(store, on, |base, account| rows.write(base, &account, sheet))?;
    rows.finish(sheet)
}

/// The rows of these accounts as JSON, in the order asked. The base's peers must reach up to `on`.
pub fn rows_of(
    query: &impl Query,
    base: &Base,
    what: What,
    accounts: &[AccountId],
    on: Day,
) -> Result<String, ExportError> {
    let mut json = Vec::new();
    let mut sheet = Sheet::new(what.columns(), Format::Json, &mut json)?;
    let mut rows = Rows::new(query, what, on)?;
    for account in pictures(query, base, accounts, on)? {
        if account.facts.account.on(on).is_some() {
            rows.write(base, &account, &mut sheet)?;
        }
    }
    rows.finish(&mut sheet)?;
    sheet.finish()?;
    Ok(String::from_utf8_lossy(&json).into_owned())
}

impl Rows {
    fn new(query: &impl Query, what: What, on: Day) -> Result<Self, StoreError> {
        let reasons = match what {
            What::Segments => override_reasons(query, on)?,
            What::Accounts
            | What::Values
            | What::Care
            | What::Deviations
            | What::Proposals
            | What::Sales
            | What::Activities => HashMap::new(),
        };
        Ok(Self { what, on, reasons, experience: experience(query, on)?, waiting: BTreeMap::new() })
    }

    fn write(
        &mut self,
        base: &Base,
        account: &AccountPicture,
        sheet: &mut Sheet<'_>,
    ) -> Result<(), ExportError> {
        let on = self.on;
        let strategy = base.company.strategies.on(on);
        match self.what {
            What::Values => sheet.write(&values::row(base, account, on))?,
            What::Segments => sheet.write(&segments::row(base, account, &self.reasons, on))?,
            What::Care => {
                for status in &account.picture.care {
                    sheet.write(&care::row(&account.facts.account, status))?;
                }
            }
            What::Deviations => {
                for deviation in deviations::in_order(account) {
                    sheet.write(&deviations::row(account, deviation, on, strategy))?;
                }
            }
            What::Proposals => {
                self.write_before(&account.facts.account.external_id, sheet)?;
                for proposal in &account.proposals {
                    let row = proposals::row(base, account, proposal, &self.experience, on);
                    self.waiting.extend(row);
                }
            }
            // Facts, which are written without looking at anything.
            What::Accounts | What::Sales | What::Activities => (),
        }
        Ok(())
    }

    fn write_before(&mut self, external_id: &str, sheet: &mut Sheet<'_>) -> Result<(), ExportError> {
        let later = self.waiting.split_off(external_id);
        mem::replace(&mut self.waiting, later).values().try_for_each(|row| sheet.write(row))?;
        Ok(())
    }

    fn finish(self, sheet: &mut Sheet<'_>) -> Result<(), ExportError> {
        self.waiting.values().try_for_each(|row| sheet.write(row))?;
        Ok(())
    }
}
