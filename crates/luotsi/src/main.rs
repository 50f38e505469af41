//! The program: it reads the command line, does what was asked, and says in one sentence why when it could not.

mod arguments;
mod commands;
mod connections;
mod database;
mod failure;
mod health;
mod interruption;
mod nightly;
mod progress;
mod sample;
mod say;

use arguments::Arguments;
use clap::Parser;
use failure::Failure;
use std::{
    io::{self, IsTerminal},
    process::ExitCode,
};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_env("LUOTSI_LOG").unwrap_or_else(|_| EnvFilter::new("warn")))
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .init();

    match commands::run(arguments) {
        Ok(()) | Err(Failure::OutputClosed) => ExitCode::SUCCESS,
        Err(Failure::Sentence(sentence)) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
