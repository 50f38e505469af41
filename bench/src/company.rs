//! The sample company that is measured: its records, a database for each measurement, and its sales as a file.

use crate::{Outcome, print};
use jiff::Zoned;
use luotsi_app::{
    export::{Format, What, export},
    import::{self, records::Records},
};
use luotsi_core::{history::Actor, units::Day};
use luotsi_store::Store;
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::PathBuf,
    process::Command,
    time::Instant,
};
use tempfile::TempDir;

pub struct Bench {
    pub accounts: u32,
    pub on: Day,
    pub records: Records,
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
        let records = luotsi_demo::generate(accounts, on, 1);
        let folder = tempfile::tempdir()?;
        let cluster = std::env::var("LUOTSI_TEST_POSTGRES").ok();
        let engine = if cluster.is_some() { "PostgreSQL" } else { "SQLite" };
        print::heading(&format!("{accounts} accounts, {} sales lines, {engine}", records.sales.len()));

        let mut bench = Self {
            accounts,
            on,
            sales_lines: records.sales.len(),
            records,
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

    fn fill(&self) -> Outcome<()> {
        let store = Store::open(&self.whole)?;
        let masters = Records {
            people: self.records.people.clone(),
            products: self.records.products.clone(),
            accounts: self.records.accounts.clone(),
            ..Records::default()
        };
        let started = Instant::now();
        self.load(&store, &masters)?;
        print::line(
            "import of accounts, from memory",
            &print::per_second(self.records.accounts.len(), started.elapsed()),
        );
        self.load(&store, &self.records)?;

        let mut file = BufWriter::new(File::create(&self.sales_file)?);
        export(&store, What::Sales, Some(self.on), Format::Csv, &mut file)?;
        Ok(file.flush()?)
    }
}
