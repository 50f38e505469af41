//! Measures the program and prints ratios that can be compared between machines. It is no test and fails no build.

mod api;
mod company;
mod import;
mod pages;
mod print;
mod watch;
mod writes;

use clap::Parser;
use company::Bench;
use std::{error::Error, path::PathBuf, process::ExitCode};

pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// Measures import, watch, writes, pages and the API on sample companies.
#[derive(Debug, Parser)]
struct Arguments {
    /// Sizes of the sample companies
    #[arg(long, value_name = "N", default_values_t = [10_000, 100_000])]
    accounts: Vec<u32>,
    /// The program whose pages are asked for
    #[arg(long, value_name = "PATH")]
    program: PathBuf,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    for accounts in &arguments.accounts {
        if let Err(error) = measure(*accounts, &arguments.program) {
            eprintln!("The measurements of {accounts} accounts ended early: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn measure(accounts: u32, program: &std::path::Path) -> Outcome<()> {
    let bench = Bench::make(accounts)?;
    import::measure(&bench)?;
    watch::measure(&bench)?;
    writes::measure(&bench)?;
    pages::measure(&bench, program)?;
    api::measure(&bench, program)
}
