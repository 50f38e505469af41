//! Measures the program and prints ratios that can be compared between machines. It is no test and fails no build.

mod api;
mod company;
mod import;
mod pages;
mod print;
mod watch;
mod writes;

use clap::{Parser, ValueEnum};
use company::Bench;
use std::{error::Error, path::PathBuf, process::ExitCode};

pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// Measures import, watch, writes, pages and the API on sample companies.
#[derive(Debug, Parser)]
struct Arguments {
    /// Sizes of the sample companies
    #[arg(long, value_name = "N", default_values_t = [10_000, 100_000])]
    accounts: Vec<u32>,
    /// Keep the companies of SQLite here, and measure one that is here already: a million accounts take long to make
    #[arg(long, value_name = "FOLDER")]
    keep: Option<PathBuf>,
    /// Measure these only
    #[arg(long, value_name = "PART")]
    only: Vec<Part>,
    /// The program whose pages are asked for
    #[arg(long, value_name = "PATH")]
    program: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    Import,
    Watch,
    Writes,
    Pages,
    Api,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    for accounts in &arguments.accounts {
        if let Err(error) = measure(*accounts, &arguments) {
            eprintln!("The measurements of {accounts} accounts ended early: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn measure(accounts: u32, arguments: &Arguments) -> Outcome<()> {
    let bench = Bench::make(accounts, arguments.keep.as_deref())?;
    for part in Part::value_variants() {
        if !arguments.only.is_empty() && !arguments.only.contains(part) {
            continue;
        }
        match part {
            Part::Import => import::measure(&bench)?,
            Part::Watch => watch::measure(&bench)?,
            Part::Writes => writes::measure(&bench)?,
            Part::Pages => pages::measure(&bench, &arguments.program)?,
            Part::Api => api::measure(&bench, &arguments.program)?,
        }
    }
    Ok(())
}
