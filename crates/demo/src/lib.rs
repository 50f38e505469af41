//! The cast: one invented company that makes concrete and crushes stone, seeded, any size, ending on the day given. For
//! people who try Luotsi, for tests, pictures, docs and measurements.
//!
//! Every account has a *story* (`story`); its sales, activities and estimates follow from that and from the account's own
//! streams of chance. So any part of the base can be made by itself, and a million accounts fit in little memory.

mod account_names;
mod accounts;
mod activities;
pub mod cast;
mod cast_stories;
mod contacts;
mod dice;
mod drawn;
mod estimates;
mod files;
mod names;
mod notes;
mod offering;
mod people;
mod sales;
mod story;
mod working_days;

pub use files::{CsvFiles, write_csv};

use luotsi_app::import::records::Records;
use luotsi_core::{strategy::Strategy, units::Day};
use std::ops::Range;
use working_days::WorkingDays;

/// What `luotsi demo` shows when nothing else is asked for.
pub const ACCOUNTS: u32 = 400;
pub const SEED: u64 = 2026;

/// The demo company of one size, day and seed.
#[derive(Debug)]
pub struct Demo {
    accounts: u32,
    ending: Day,
    seed: u64,
    strategy: Strategy,
    days: WorkingDays,
}

/// All records of the demo company. The same arguments give the same records.
///
/// ```
/// let ending = luotsi_core::units::Day::parse("2026-11-22").unwrap();
/// let records = luotsi_demo::generate(40, ending, luotsi_demo::SEED);
/// assert_eq!(records.contacts[0].account, luotsi_demo::cast::SALMI_GROUP.external_id);
/// ```
pub fn generate(accounts: u32, ending: Day, seed: u64) -> Records {
    let demo = Demo::new(accounts, ending, seed);
    let mut all = demo.company();
    for part in demo.parts(accounts.max(1)) {
        append(&mut all, part);
    }
    all
}

/// Days on which the demo is watched, the first first: every other day of the last week. So what was found on the first of
/// them falls due about now, and what is open has opened at different times.
pub fn watch_days(ending: Day) -> Vec<Day> {
    [7, 5, 3, 1, 0].map(|days| ending.plus_days(-days)).into()
}

impl Demo {
    pub fn new(accounts: u32, ending: Day, seed: u64) -> Self {
        Self { accounts, ending, seed, strategy: Strategy::default(), days: WorkingDays::default() }
    }

    /// People and products: what the accounts refer to.
    pub fn company(&self) -> Records {
        Records {
            people: people::records(self.accounts, self.ending, self.seed),
            products: offering::records(),
            ..Records::default()
        }
    }

    /// The accounts with all their facts, so many at a time. A part refers to nothing that comes after it, as long as
    /// the cast is in the first.
    pub fn parts(&self, accounts_a_part: u32) -> impl Iterator<Item = Records> {
        let step = accounts_a_part.max(cast::ACCOUNTS.len() as u32);
        (0..self.accounts.div_ceil(step))
            .map(move |nth| self.part(nth * step..((nth + 1) * step).min(self.accounts)))
    }

    fn part(&self, numbers: Range<u32>) -> Records {
        let mut part = Records::default();
        for number in numbers {
            self.add(number, &mut part);
        }
        part
    }

    fn add(&self, number: u32, part: &mut Records) {
        let (ending, seed) = (self.ending, self.seed);
        let story = accounts::story(number, self.accounts, seed);
        let sales = sales::records(&story, ending, seed);

        part.accounts.extend(accounts::records(&story, ending, seed));
        part.account_team.extend(accounts::team_records(&story, ending));
        part.contacts.extend(contacts::records(&story, seed));
        part.estimates.extend(estimates::records(&story, &sales, ending, seed));
        part.abilities.extend(estimates::ability_records(&story, ending));
        part.targets.extend(estimates::target_records(&story, ending));
        part.overrides.extend(estimates::override_records(&story, ending));
        part.activities.extend(activities::records(
            &story,
            ending,
            &self.strategy.care_models,
            &self.days,
            seed,
        ));
        part.sales.extend(sales);
    }
}

fn append(all: &mut Records, part: Records) {
    let Records {
        people,
        products,
        accounts,
        account_team,
        contacts,
        sales,
        activities,
        estimates,
        abilities,
        targets,
        overrides,
    } = part;
    all.people.extend(people);
    all.products.extend(products);
    all.accounts.extend(accounts);
    all.account_team.extend(account_team);
    all.contacts.extend(contacts);
    all.sales.extend(sales);
    all.activities.extend(activities);
    all.estimates.extend(estimates);
    all.abilities.extend(abilities);
    all.targets.extend(targets);
    all.overrides.extend(overrides);
}
