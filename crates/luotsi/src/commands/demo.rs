//! `luotsi demo`: the sample company, made, watched and served.

use super::{
    link,
    serve::{Nightly, Server},
};
use crate::{
    arguments, connections::Limits, database, failure::Failure, interruption::Interruption, progress::Bar,
    sample::Company, say::say,
};
use luotsi_app::{
    people::{Purpose, login_link},
    sample::{self, Sample},
    today,
};
use luotsi_core::{
    history::{Actor, Entry, Subject},
    people::{PersonId, Role},
    units::Day,
};
use luotsi_demo::cast;
use luotsi_store::{
    Query, Store, StoreError, account,
    people::{self, CompanySettings},
    sample::people as sample_people,
};
use luotsi_web::{Settings, Web};
use std::{
    fs,
    io::{self, IsTerminal},
};

pub fn demo(database: &str, asked: &arguments::Demo) -> Result<(), Failure> {
    let server = Server::listen(asked.listen)?;
    let (store, company) = open(database, asked)?;
    make(&store, company)?;

    let at = server.address()?;
    say(&format!("The sample company has {} accounts and stands on {}.", company.accounts, company.on))?;
    say(&format!("Luotsi serves at {at}; stop it with Ctrl-C. Each link logs in once:"))?;
    for (role, whose) in [(Role::Seller, "a seller"), (Role::Manager, "a manager")] {
        if let Some(person) = store.read(|reader| first_of(reader, role, company.on))? {
            let token = login_link(&store, person, Purpose::Demo)?;
            say(&format!("  {whose}: {}", link(&at, &token)))?;
        }
    }
    let settings = Settings { behind_https_proxy: false, today: Some(company.on) };
    server.serve(Web::new(store, settings).reached_at(&at), Nightly::Rests, Limits::default())
}

/// What was asked for; `otherwise` where nothing was said.
fn wanted(asked: &arguments::Demo, otherwise: Company) -> Company {
    Company {
        accounts: asked.accounts.unwrap_or(otherwise.accounts),
        on: asked.on.unwrap_or(otherwise.on),
        seed: asked.seed.unwrap_or(otherwise.seed),
    }
}

/// The database to use, and the company that is or will be in it.
fn open(database: &str, asked: &arguments::Demo) -> Result<(Store, Company), Failure> {
    let store = Store::open(database)?;
    let fresh = Company::usual(store.read(|reader| today::today(reader))?);
    let Some(there) = Company::of(&store.read(|reader| sample::state(reader))?) else {
        return match store.read(|reader| is_empty(reader))? {
            true => Ok((store, wanted(asked, fresh))),
            false => Err(Failure::sentence(
                "This database holds other data than the sample company: name another one with --database sqlite:PATH.",
            )),
        };
    };

    if !asked.anew && wanted(asked, there) == there {
        return Ok((store, there));
    }
    let wanted = wanted(asked, Company { on: fresh.on, ..there });
    if !asked.anew && !agrees_to_replace(there, wanted)? {
        return Err(Failure::sentence(format!(
            "This database holds a sample company of {} accounts that ends on {} (seed {}): add --anew to replace it, \
             or leave --accounts, --on and --seed out to serve it as it is.",
            there.accounts, there.on, there.seed
        )));
    }
    drop(store);
    throw_away(database)?;
    Ok((Store::open(database)?, wanted))
}

/// Asks where somebody can answer.
fn agrees_to_replace(there: Company, wanted: Company) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(false);
    }
    eprint!(
        "Replace the sample company of {} accounts that ends on {} by one of {} accounts that ends on {}? [y/N] ",
        there.accounts, there.on, wanted.accounts, wanted.on
    );
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(["y", "yes", "k", "kyllä"].contains(&answer.trim().to_lowercase().as_str()))
}

fn throw_away(database: &str) -> Result<(), Failure> {
    let Some(file) = database::file(database) else {
        return Err(Failure::sentence(
            "A sample company on a PostgreSQL server is not thrown away: make an empty database and name it with --database.",
        ));
    };
    for ending in ["", "-wal", "-shm"] {
        let mut part = file.clone().into_os_string();
        part.push(ending);
        match fs::remove_file(&part) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Failure::sentence(format!(
                    "{} cannot be removed ({error}): remove it by hand, or name another database.",
                    part.display()
                )));
            }
            Ok(()) | Err(_) => (),
        }
    }
    Ok(())
}

fn is_empty(query: &impl Query) -> Result<bool, StoreError> {
    let (people, _) = people::load(query)?;
    Ok(people.people.is_empty() && account::ids_in_order(query)?.is_empty())
}

/// Makes the company and watches it; what an earlier, interrupted making left is completed.
fn make(store: &Store, company: Company) -> Result<(), Failure> {
    if matches!(store.read(|reader| sample::state(reader))?, Sample::Whole(_)) {
        return Ok(());
    }
    let interruption = Interruption::listen();
    sample::note_begun(store, &company.to_string())?;
    name(store)?;
    load(store, company, interruption.clone())?;
    company.watch(store, &Bar::new("Watching its customers", interruption))?;
    Ok(sample::note_whole(store, &company.to_string())?)
}

/// The company's name, which stands in the pages and on what is printed.
fn name(store: &Store) -> Result<(), Failure> {
    store.write(Actor::Demo, |work| -> Result<(), StoreError> {
        let company = people::company(work)?;
        if !company.name.is_empty() {
            return Ok(());
        }
        people::set_company(work, &CompanySettings { name: cast::COMPANY.to_owned(), ..company })?;
        work.record(Entry {
            subject: Subject::Company,
            subject_id: None,
            what: "name",
            before: None,
            after: Some(cast::COMPANY.to_owned()),
            why: None,
            touched: Vec::new(),
        })
    })?;
    Ok(())
}

fn load(store: &Store, company: Company, interruption: Interruption) -> Result<(), Failure> {
    let bar = Bar::new("Making the sample company", interruption);
    bar.expect(u64::from(company.accounts));
    company.load_quickly(store, &bar.quietly(), |accounts| bar.add(accounts))
}

/// The first active person of a role in the sample company, in order of external id; people who were added to it by hand
/// have their own ways in.
fn first_of(query: &impl Query, role: Role, on: Day) -> Result<Option<PersonId>, StoreError> {
    let (people, _) = people::load(query)?;
    let cast = sample_people(query)?;
    let first = people
        .people
        .iter()
        .filter(|person| cast.contains(&person.id))
        .find(|person| person.on(on).is_some_and(|version| version.is_active && version.role == role));
    Ok(first.map(|person| person.id))
}
