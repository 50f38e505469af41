//! What can be said on the command line.

use axum::http::Uri;
use clap::{Args, Parser, Subcommand};
use luotsi_app::{
    export::{Format, What},
    import::Kind,
    people::tokens,
    rules::MINUTES_MAX,
    steering::answer::DismissReason,
};
use luotsi_core::{activity::ActivityKind, units::Day};
use std::{fmt::Display, net::SocketAddr, ops::RangeInclusive, path::PathBuf, str::FromStr};

/// Steers customer work: what each customer is worth, where the promised care is not kept, and what to do next.
#[derive(Debug, Parser)]
#[command(name = "luotsi", version, arg_required_else_help = true)]
pub struct Arguments {
    /// sqlite:PATH or postgres://USER@HOST/DATABASE; without it a file in your data directory
    #[arg(long, global = true, env = "LUOTSI_DATABASE", hide_env_values = true, value_name = "ADDRESS")]
    pub database: Option<String>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the pages, and watch every night
    Serve(Serve),
    /// Make a sample company in a database of its own, watch its customers and serve it
    Demo(Demo),
    /// Take facts in from a file; the same file again changes nothing
    Import(Import),
    /// Show or set what the company has decided: measure, margin, thresholds, care models, calendar
    #[command(subcommand)]
    Strategy(Strategy),
    /// Look at the customers whose facts have changed or whose day has come
    Watch(Watch),
    /// Show the hours a year that the care models ask of each person, and the hours there are
    Capacity(Capacity),
    /// Write accounts, values, segments, care, deviations, proposals, sales or activities
    Export(Export),
    /// Plan what a proposal proposes for a day
    Accept(Accept),
    /// Log what a proposal proposes as done
    Done(Done),
    /// Say why a proposal is not to be done
    Dismiss(Dismiss),
    /// Bring the database up to this version of the program
    Migrate,
    /// Print a link that logs a person in once
    Login {
        /// The person's external id or email
        person: String,
        /// Where the server is reached
        #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080", value_parser = url)]
        at: String,
    },
    /// Print a token that lets a program use the API with a person's rights; it is shown once
    Token(Token),
}

#[derive(Args, Debug)]
pub struct Token {
    /// The person's external id or email
    pub person: String,
    /// What it is for
    #[arg(long, default_value = "command line")]
    pub name: String,
    /// Not for reading only
    #[arg(long)]
    pub may_write: bool,
    #[arg(long, default_value_t = 90, value_parser = days, help = one_of("How long it works", &tokens::DAYS))]
    pub days: i64,
}

fn days(text: &str) -> Result<i64, String> {
    let days = text.parse().ok().filter(|days| tokens::DAYS.contains(days));
    days.ok_or_else(|| one_of("choose", &tokens::DAYS))
}

#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// Address and port; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", value_parser = socket)]
    pub listen: SocketAddr,
    /// A proxy in front speaks https with the browsers and says so in X-Forwarded-Proto
    #[arg(long)]
    pub behind_https_proxy: bool,
    /// Where people reach it, for links that are handed out; its own address unless given
    #[arg(long, value_name = "URL", value_parser = url)]
    pub at: Option<String>,
}

#[derive(Args, Debug)]
pub struct Demo {
    /// Size of the sample company (400 unless given)
    #[arg(long, value_name = "N", value_parser = |text: &str| whole(text, 1..=2_000_000_u32))]
    pub accounts: Option<u32>,
    /// The last day of its facts (today when it is made)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Day>,
    /// Another seed makes another company
    #[arg(long, value_name = "S", value_parser = |text: &str| whole(text, 0..=u64::MAX))]
    pub seed: Option<u64>,
    /// Throw an earlier sample company in the same database away
    #[arg(long)]
    pub anew: bool,
    /// Address and port; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080", value_parser = socket)]
    pub listen: SocketAddr,
}

#[derive(Args, Debug)]
pub struct Import {
    #[arg(value_parser = kind, value_name = "KIND", help = one_of("What the rows are", &Kind::ALL.map(Kind::name)))]
    pub kind: Kind,
    /// A CSV file, also gzipped
    pub file: PathBuf,
    /// A TOML file that describes a file of another shape
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// The system the external ids come from
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Tell what would happen and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Subcommand)]
pub enum Strategy {
    /// Print the strategy in force as TOML
    Show,
    /// Take a TOML file as a new version
    Set {
        /// As `show` prints it; what is left out keeps the default
        file: PathBuf,
    },
}

#[derive(Args, Debug)]
pub struct Watch {
    /// The day to look from; not before the last watch
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Day>,
    /// Look at every customer
    #[arg(long)]
    pub full: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub struct Capacity {
    /// The day to look from; today unless given
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Day>,
    /// Print the people as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub struct Export {
    #[arg(value_parser = what, value_name = "WHAT", help = one_of("What to write", &What::ALL.map(What::name)))]
    pub what: What,
    /// The day to look from; also a past one
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Day>,
    #[arg(long, value_parser = format, default_value = "csv", value_name = "FORMAT", help = one_of("Form of the rows", &Format::ALL.map(Format::name)))]
    pub format: Format,
}

/// A proposal, and who answers it.
#[derive(Args, Clone, Debug)]
pub struct Answered {
    /// As exports name it: ACCOUNT:PERSON:contact, or the desk work's name at the end
    #[arg(value_name = "PROPOSAL")]
    pub proposal: String,
    /// External id or email of the person who answers; the one asked unless given
    #[arg(long = "as", value_name = "PERSON")]
    pub by: Option<String>,
    /// The day on which it is answered (today)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Day>,
}

#[derive(Args, Debug)]
pub struct Accept {
    #[command(flatten)]
    pub answered: Answered,
    /// The day to do it (the next working day)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub day: Option<Day>,
    /// Minutes it will take (as usual)
    #[arg(long, value_name = "N", value_parser = |text: &str| whole(text, 0..=MINUTES_MAX))]
    pub minutes: Option<u32>,
    /// What to take up
    #[arg(long, value_name = "TEXT")]
    pub agenda: Option<String>,
}

#[derive(Args, Debug)]
pub struct Done {
    #[command(flatten)]
    pub answered: Answered,
    /// What was done when it is not what was proposed
    #[arg(long, value_name = "KIND", value_parser = activity_kind)]
    pub kind: Option<ActivityKind>,
    /// The day it was done (the day of the answer)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub day: Option<Day>,
    /// Minutes it took (as usual)
    #[arg(long, value_name = "N", value_parser = |text: &str| whole(text, 0..=MINUTES_MAX))]
    pub minutes: Option<u32>,
    /// What was talked about
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

#[derive(Args, Debug)]
pub struct Dismiss {
    #[command(flatten)]
    pub answered: Answered,
    #[arg(long, value_parser = dismiss_reason, value_name = "REASON", help = one_of("Why", &DismissReason::ALL.map(DismissReason::name)))]
    pub reason: DismissReason,
    /// The reason in words
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

fn activity_kind(name: &str) -> Result<ActivityKind, String> {
    ActivityKind::parse(name).ok_or_else(|| one_of("choose", &ActivityKind::ALL.map(ActivityKind::name)))
}

fn dismiss_reason(name: &str) -> Result<DismissReason, String> {
    DismissReason::parse(name).ok_or_else(|| one_of("choose", &DismissReason::ALL.map(DismissReason::name)))
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "write a day as 2026-11-22".to_owned())
}

fn whole<N: Copy + Display + FromStr + PartialOrd>(
    text: &str,
    range: RangeInclusive<N>,
) -> Result<N, String> {
    let number = text.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| format!("write a whole number from {} to {}", range.start(), range.end()))
}

fn kind(name: &str) -> Result<Kind, String> {
    Kind::parse(name).ok_or_else(|| one_of("choose", &Kind::ALL.map(Kind::name)))
}

fn what(name: &str) -> Result<What, String> {
    What::parse(name).ok_or_else(|| one_of("choose", &What::ALL.map(What::name)))
}

fn format(name: &str) -> Result<Format, String> {
    Format::parse(name).ok_or_else(|| one_of("choose", &Format::ALL.map(Format::name)))
}

/// An address and a port, as a sentence where it is none.
fn socket(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "write an address and a port as 127.0.0.1:8080".to_owned())
}

/// Where the pages are, as a sentence where it is none.
fn url(text: &str) -> Result<String, String> {
    let is_url = text
        .parse::<Uri>()
        .is_ok_and(|url| matches!(url.scheme_str(), Some("http" | "https")) && url.host().is_some());
    is_url.then(|| text.to_owned()).ok_or_else(|| "write it as https://luotsi.example.com".to_owned())
}

fn one_of(lead: &str, choices: &[impl ToString]) -> String {
    let choices: Vec<String> = choices.iter().map(ToString::to_string).collect();
    format!("{lead}: {}", choices.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_day_that_is_none_is_refused_with_an_example() {
        let refused = Arguments::try_parse_from(["luotsi", "watch", "--on", "22.11.2026"]).unwrap_err();

        assert!(refused.to_string().contains("2026-11-22"), "{refused}");
    }

    #[test]
    fn a_number_that_is_none_or_out_of_range_is_refused_with_the_range() {
        let refused = |arguments: &[&str]| {
            let all = ["luotsi"].iter().chain(arguments);
            Arguments::try_parse_from(all).map(drop).map_err(|refused| refused.to_string())
        };

        for wrong in ["abc", "1.5", "10081", ""] {
            let why = refused(&["accept", "a:b:contact", "--minutes", wrong]).unwrap_err();
            assert!(why.contains("a whole number from 0 to 10080"), "{why}");
        }
        assert!(refused(&["demo", "--accounts", "0"]).unwrap_err().contains("from 1 to 2000000"));
        assert_eq!(refused(&["done", "a:b:contact", "--minutes", "30"]), Ok(()));
    }

    #[test]
    fn an_address_that_is_none_is_refused_with_an_example() {
        let refused = |arguments: &[&str]| {
            let all = ["luotsi", "serve"].iter().chain(arguments);
            Arguments::try_parse_from(all).map(drop).map_err(|refused| refused.to_string())
        };

        assert!(refused(&["--listen", "8080"]).unwrap_err().contains("127.0.0.1:8080"));
        for wrong in ["luotsi.example.com", "https://", "https:///x", "https://a b", "ftp://a"] {
            assert!(refused(&["--at", wrong]).unwrap_err().contains("https://luotsi.example.com"), "{wrong}");
        }
        assert_eq!(refused(&["--at", "https://luotsi.example.com:8443"]), Ok(()));
    }
}
