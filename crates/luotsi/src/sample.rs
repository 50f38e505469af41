//! The sample company, made and watched: for `luotsi demo`, and for the page that offers it to a new database.

use crate::failure::Failure;
use luotsi_app::{
    import,
    sample::{self, Sample},
    search,
    steering::{self, Extent},
};
use luotsi_core::{history::Actor, units::Day};
use luotsi_demo::{ACCOUNTS, SEED, watch_days};
use luotsi_store::{Store, steering::last_run};
use luotsi_web::Making;
use std::fmt;

/// Accounts made and loaded at a time.
const ACCOUNTS_A_PART: u32 = 1000;
/// For the page, so that the bar moves.
const ACCOUNTS_A_STEP: u32 = 40;

/// What makes one sample company another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Company {
    pub accounts: u32,
    pub on: Day,
    pub seed: u64,
}

impl fmt::Display for Company {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.accounts, self.on, self.seed)
    }
}

impl Company {
    /// The company that is offered where nothing else is asked for.
    pub fn usual(on: Day) -> Self {
        Self { accounts: ACCOUNTS, on, seed: SEED }
    }

    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        Some(Self {
            accounts: words.next()?.parse().ok()?,
            on: Day::parse(words.next()?)?,
            seed: words.next()?.parse().ok()?,
        })
    }

    /// The one a database tells of.
    pub fn of(sample: &Sample) -> Option<Self> {
        match sample {
            Sample::None => None,
            Sample::Begun(which) | Sample::Whole(which) => Self::parse(which),
        }
    }

    /// Makes its records and loads them, `part` accounts at a time.
    pub fn load(
        self,
        store: &Store,
        part: u32,
        progress: &dyn import::Progress,
        done: impl Fn(u64),
    ) -> Result<(), Failure> {
        let company = luotsi_demo::Demo::new(self.accounts, self.on, self.seed);
        for records in std::iter::once(company.company()).chain(company.parts(part)) {
            import::load(store, &records, sample::SOURCE, self.on, Actor::Demo, progress)?;
            done(records.accounts.len() as u64);
        }
        Ok(search::tidy(store)?)
    }

    /// Loads by the thousand.
    pub fn load_quickly(
        self,
        store: &Store,
        progress: &dyn import::Progress,
        done: impl Fn(u64),
    ) -> Result<(), Failure> {
        self.load(store, ACCOUNTS_A_PART, progress, done)
    }

    /// Watches it on its days; those of an earlier, interrupted making are not watched again.
    pub fn watch(self, store: &Store, progress: &dyn steering::Progress) -> Result<(), Failure> {
        let watched = store.read(|reader| last_run(reader))?.map(|run| run.on);
        for on in watch_days(self.on).into_iter().filter(|day| watched.is_none_or(|last| last < *day)) {
            steering::watch(store, on, Extent::Changed, progress)?;
        }
        Ok(())
    }
}

/// Makes the usual company in the database of a server, or completes what was begun.
pub fn make_on_page(store: &Store, on: Day, making: &Making) -> Result<(), String> {
    make(store, on, making).map_err(|failure| failure.to_string())
}

fn make(store: &Store, on: Day, making: &Making) -> Result<(), Failure> {
    let there = store.read(|reader| sample::state(reader))?;
    let company = Company::of(&there).unwrap_or_else(|| Company::usual(on));
    // Loading takes longer than a watch's look at an account.
    making.expect(u64::from(company.accounts) * LOADING);
    sample::note_begun(store, &company.to_string())?;
    company.load(store, ACCOUNTS_A_STEP, &import::Silent, |accounts| making.add(accounts * LOADING))?;
    company.watch(store, &Shown(making))?;
    sample::note_whole(store, &company.to_string())?;
    Ok(())
}

/// How many looks of a watch loading an account takes.
const LOADING: u64 = 6;

/// Counts what a watch does into the page's bar.
struct Shown<'a>(&'a Making);

impl steering::Progress for Shown<'_> {
    fn begin(&self, accounts: usize) {
        self.0.expect(accounts as u64);
    }

    fn advance(&self, accounts: usize) {
        self.0.add(accounts as u64);
    }

    fn is_cancelled(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_log_keeps_of_a_company_is_read_back() {
        let company = Company { accounts: 400, on: Day::parse("2026-11-20").unwrap(), seed: 7 };

        assert_eq!(Company::parse(&company.to_string()), Some(company));
    }
}
