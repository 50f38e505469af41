//! The sample company that is measured: its records, a database for each measurement, and its sales as a file.

use crate::{Outcome, print};
use jiff::{Timestamp, Zoned};
use luotsi_app::{
    export::{Format, What, export},
    import::{self, records::Records},
    search,
};
use luotsi_core::{history::Actor, units::Day};
use luotsi_demo::{Demo, SEED};
use luotsi_store::Store;
use std::{
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

/// Accounts made and loaded at a time.
const ACCOUNTS_A_PART: u32 = 1000;

pub struct Bench {
    pub accounts: u32,
    pub on: Day,
    /// Differs from run to run: what a kept company was given before is not given to it again.
    pub run: String,
    /// Everything is in it.
    pub whole: String,
    sample: Demo,
    folder: TempDir,
    /// A cluster to measure on, instead of SQLite files.
    cluster: Option<String>,
}

impl Bench {
    pub fn make(accounts: u32, keep: Option<&Path>) -> Outcome<Self> {
        let on = Day::from(Zoned::now().date());
        let cluster = std::env::var("LUOTSI_TEST_POSTGRES").ok();
        let engine = if cluster.is_some() { "PostgreSQL" } else { "SQLite" };
        print::heading(&format!("{accounts} accounts, {engine}"));

        let mut bench = Self {
            accounts,
            on,
            run: Timestamp::now().as_second().to_string(),
            whole: String::new(),
            sample: Demo::new(accounts, on, SEED),
            folder: tempfile::tempdir()?,
            cluster,
        };
        match keep.filter(|_| bench.cluster.is_none()) {
            Some(keep) => bench.keep(keep)?,
            None => {
                bench.whole = bench.database("whole")?;
                bench.fill(&bench.whole)?;
            }
        }
        Ok(bench)
    }

    /// The whole company in this folder; it is made under another name, so that half of one is never kept.
    fn keep(&mut self, folder: &Path) -> Outcome<()> {
        fs::create_dir_all(folder)?;
        let kept = folder.join(format!("{}-{}.db", self.accounts, self.on));
        if !kept.exists() {
            let made = kept.with_extension("part");
            if made.exists() {
                fs::remove_file(&made)?;
            }
            self.fill(&format!("sqlite:{}", made.display()))?;
            fs::rename(&made, &kept)?;
        }
        self.whole = format!("sqlite:{}", kept.display());
        Ok(())
    }

    /// People, products and accounts.
    pub fn masters(&self) -> Records {
        let mut masters = self.sample.company();
        for part in self.sample.parts(ACCOUNTS_A_PART) {
            masters.accounts.extend(part.accounts);
        }
        masters
    }

    /// Up to so many external ids of accounts.
    pub fn some_accounts(&self, count: usize) -> Vec<String> {
        let first = self.sample.parts(ACCOUNTS_A_PART).next();
        let accounts = first.map(|part| part.accounts).unwrap_or_default();
        accounts.into_iter().take(count).map(|account| account.external_id).collect()
    }

    /// All sales lines as a file, and their number.
    pub fn sales_file(&self) -> Outcome<(PathBuf, usize)> {
        let store = Store::open(&self.whole)?;
        let path = self.folder.path().join("sales.csv");
        let mut file = BufWriter::new(File::create(&path)?);
        export(&store, What::Sales, Some(self.on), Format::Csv, &mut file)?;
        file.flush()?;
        let lines = BufReader::new(File::open(&path)?).lines().count() - 1;
        print::line("sales lines", &lines.to_string());
        Ok((path, lines))
    }

    /// The address of a new database.
    pub fn database(&self, name: &str) -> Outcome<String> {
        let Some(cluster) = &self.cluster else {
            return Ok(format!("sqlite:{}", self.folder.path().join(name).with_extension("db").display()));
        };
        let (server, _) = cluster.rsplit_once('/').ok_or("an address without a database")?;
        let name = format!("bench_{name}_{}", self.accounts);
        let made =
            Command::new("psql").args([cluster, "-qc", &format!("create database {name}")]).status()?;
        match made.success() {
            true => Ok(format!("{server}/{name}")),
            false => Err("the database could not be made".into()),
        }
    }

    pub fn load(&self, store: &Store, records: &Records) -> Outcome<()> {
        import::load(store, records, "demo", self.on, Actor::Demo, &import::Silent)?;
        Ok(())
    }

    /// Part by part, so that a million accounts fit in memory.
    fn fill(&self, database: &str) -> Outcome<()> {
        let store = Store::open(database)?;
        self.load(&store, &self.sample.company())?;
        for part in self.sample.parts(ACCOUNTS_A_PART) {
            self.load(&store, &part)?;
        }
        Ok(search::tidy(&store)?)
    }
}
