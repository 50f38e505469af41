//! The sample company that is measured: its records, a database for each measurement, and its sales as a file.

use crate::{Outcome, print};
use jiff::Zoned;
use luotsi_app::{
    export::{Format, What, export},
    import::{self, records::Records},
    search,
};
use luotsi_core::{history::Actor, units::Day};
use luotsi_demo::{Demo, SEED};
use luotsi_store::Store;
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::PathBuf,
    process::Command,
};
use tempfile::TempDir;

/// Accounts made and loaded at a time.
const ACCOUNTS_A_PART: u32 = 1000;

pub struct Bench {
    pub accounts: u32,
    pub on: Day,
    /// People, products and accounts.
    pub masters: Records,
    /// Everything is in it.
    pub whole: String,
    pub sales_file: PathBuf,
    pub sales_lines: usize,
    folder: TempDir,
    /// A cluster to measure on, instead of SQLite files.
    cluster: Option<String>,
}

impl Bench {
    pub fn make(accounts: u32) -> Outcome<Self> {
        let on = Day::from(Zoned::now().date());
        let folder = tempfile::tempdir()?;
        let cluster = std::env::var("LUOTSI_TEST_POSTGRES").ok();
        let engine = if cluster.is_some() { "PostgreSQL" } else { "SQLite" };
        print::heading(&format!("{accounts} accounts, {engine}"));

        let mut bench = Self {
            accounts,
            on,
            sales_lines: 0,
            masters: Records::default(),
            whole: String::new(),
            sales_file: folder.path().join("sales.csv"),
            folder,
            cluster,
        };
        bench.whole = bench.database("whole")?;
        bench.fill()?;
        Ok(bench)
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
    fn fill(&mut self) -> Outcome<()> {
        let store = Store::open(&self.whole)?;
        let sample = Demo::new(self.accounts, self.on, SEED);
        self.masters = sample.company();
        self.load(&store, &self.masters)?;
        for part in sample.parts(ACCOUNTS_A_PART) {
            self.load(&store, &part)?;
            self.sales_lines += part.sales.len();
            self.masters.accounts.extend(part.accounts);
        }
        search::tidy(&store)?;
        print::line("sales lines", &self.sales_lines.to_string());

        let mut file = BufWriter::new(File::create(&self.sales_file)?);
        export(&store, What::Sales, Some(self.on), Format::Csv, &mut file)?;
        Ok(file.flush()?)
    }
}
