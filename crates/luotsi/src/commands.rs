//! The commands, one file each; the short ones here.

mod answer;
mod capacity;
mod demo;
mod export;
mod import;
mod serve;
mod watch;

use crate::{
    arguments::{Arguments, Command, Strategy, Token},
    database,
    failure::Failure,
    say::say,
};
use luotsi_app::{
    act::By,
    file::{self, unreadable},
    people::{
        Purpose, find, login_link,
        tokens::{self, NewToken},
    },
    strategy, today,
};
use luotsi_core::{history::Actor, people::PersonId};
use luotsi_store::Store;
use std::path::Path;

/// Does what was asked on the command line.
pub fn run(arguments: Arguments) -> Result<(), Failure> {
    let database = match matches!(arguments.command, Command::Demo(_)) {
        true => database::chosen_for_demo(arguments.database)?,
        false => database::chosen(arguments.database)?,
    };
    match arguments.command {
        Command::Serve(serve) => serve::serve(&database, &serve),
        Command::Demo(demo) => demo::demo(&database, &demo),
        Command::Import(import) => import::import(&database, &import),
        Command::Strategy(Strategy::Show) => say(strategy::show(&Store::open(&database)?)?.trim_end()),
        Command::Strategy(Strategy::Set { file }) => set_strategy(&database, &file),
        Command::Watch(watch) => watch::watch(&database, &watch),
        Command::Capacity(capacity) => capacity::capacity(&database, &capacity),
        Command::Export(export) => export::export(&database, &export),
        Command::Accept(accept) => answer::accept(&database, &accept),
        Command::Done(done) => answer::done(&database, &done),
        Command::Dismiss(dismiss) => answer::dismiss(&database, &dismiss),
        Command::Migrate => migrate(&database),
        Command::Login { person, at } => login(&database, &person, &at),
        Command::Token(wanted) => token(&database, &wanted),
    }
}

fn set_strategy(database: &str, path: &Path) -> Result<(), Failure> {
    let text = file::read(path)
        .map_err(|error| Failure::sentence(format!("{} {}.", path.display(), unreadable(&error))))?;
    let setting = strategy::set(&Store::open(database)?, &text, Actor::Setup)?;
    say(&setting.to_string())
}

/// Opening a database is what brings it up to date.
fn migrate(database: &str) -> Result<(), Failure> {
    Store::open(database)?;
    say("The database is up to date.")
}

fn login(database: &str, who: &str, at: &str) -> Result<(), Failure> {
    let store = Store::open(database)?;
    let person = person(&store, who)?;
    let token = login_link(&store, person, Purpose::LogIn)?;
    say(&link(at, &token))
}

fn token(database: &str, wanted: &Token) -> Result<(), Failure> {
    let store = Store::open(database)?;
    let person = person(&store, &wanted.person)?;
    let today = store.read(|reader| today::today(reader))?;
    let new = NewToken { name: wanted.name.clone(), may_write: wanted.may_write, days: wanted.days };
    let made = tokens::make(&store, &By::person(person, today), &new);
    match made.map_err(|error| Failure::sentence(error.to_string()))? {
        Some(token) => say(&token),
        None => Ok(()),
    }
}

fn person(store: &Store, who: &str) -> Result<PersonId, Failure> {
    store.read(|reader| find(reader, who))?.ok_or_else(|| {
        Failure::sentence(format!(
            "There is no person `{who}`: give an external id or an email address of somebody who has been imported."
        ))
    })
}

/// The address that logs a person in once.
fn link(at: &str, token: &str) -> String {
    format!("{}/login/{token}", at.trim_end_matches('/'))
}
