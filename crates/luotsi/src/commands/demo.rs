//! `luotsi demo`: the sample company, made, watched and served.

use super::{
    link,
    serve::{Nightly, Server},
};
use crate::{
    arguments, connections::Limits, database, failure::Failure, interruption::Interruption, progress::Bar,
    say::say,
};
use luotsi_app::{
    import,
    people::{Purpose, login_link},
    steering::{self, Extent},
    today,
};
use luotsi_core::{
    history::{Actor, Entry, Subject},
    people::{PersonId, Role},
    units::Day,
};
use luotsi_demo::{ACCOUNTS, SEED, watch_days};
use luotsi_store::{Query, Store, StoreError, account, history, people};
use luotsi_web::{Settings, Web};
use std::{
    fmt, fs,
    io::{self, IsTerminal},
};

/// Accounts made and loaded at a time.
const ACCOUNTS_A_PART: u32 = 1000;

/// The log's word for the sample company's making, and for its being whole.
const BEGUN: &str = "demo_begun";
const WHOLE: &str = "demo_whole";

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

/// What makes one sample company another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Company {
    accounts: u32,
    on: Day,
    seed: u64,
}

impl fmt::Display for Company {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.accounts, self.on, self.seed)
    }
}

impl Company {
    fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        Some(Self {
            accounts: words.next()?.parse().ok()?,
            on: Day::parse(words.next()?)?,
            seed: words.next()?.parse().ok()?,
        })
    }

    /// What was asked for; `otherwise` where nothing was said.
    fn asked(asked: &arguments::Demo, otherwise: Self) -> Self {
        Self {
            accounts: asked.accounts.unwrap_or(otherwise.accounts),
            on: asked.on.unwrap_or(otherwise.on),
            seed: asked.seed.unwrap_or(otherwise.seed),
        }
    }
}

/// The database to use, and the company that is or will be in it.
fn open(database: &str, asked: &arguments::Demo) -> Result<(Store, Company), Failure> {
    let store = Store::open(database)?;
    let fresh = Company { accounts: ACCOUNTS, on: store.read(|reader| today::today(reader))?, seed: SEED };
    let Some(there) = store.read(|reader| sample(reader))? else {
        return match store.read(|reader| is_empty(reader))? {
            true => Ok((store, Company::asked(asked, fresh))),
            false => Err(Failure::sentence(
                "This database holds other data than the sample company: name another one with --database sqlite:PATH.",
            )),
        };
    };

    let wanted = Company::asked(asked, there);
    if !asked.anew && wanted == there {
        return Ok((store, there));
    }
    let wanted = Company::asked(asked, Company { on: fresh.on, ..there });
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

/// The sample company in this database; `None` where there is none.
fn sample(query: &impl Query) -> Result<Option<Company>, StoreError> {
    Ok(history::newest(query, Subject::Company, BEGUN)?.as_deref().and_then(Company::parse))
}

fn is_empty(query: &impl Query) -> Result<bool, StoreError> {
    let (people, _) = people::load(query)?;
    Ok(people.people.is_empty() && account::ids_in_order(query)?.is_empty())
}

/// Makes the company and watches it; what an earlier, interrupted making left is completed.
fn make(store: &Store, company: Company) -> Result<(), Failure> {
    if store.read(|reader| history::newest(reader, Subject::Company, WHOLE))?.is_some() {
        return Ok(());
    }
    let interruption = Interruption::listen();
    note(store, BEGUN, company)?;
    load(store, company, interruption.clone())?;

    let bar = Bar::new("Watching its customers", interruption);
    let watched = store.read(|reader| luotsi_store::steering::last_run(reader))?.map(|run| run.on);
    for on in watch_days(company.on).into_iter().filter(|day| watched.is_none_or(|last| last < *day)) {
        steering::watch(store, on, Extent::Changed, &bar)?;
    }
    note(store, WHOLE, company)
}

fn load(store: &Store, company: Company, interruption: Interruption) -> Result<(), Failure> {
    let sample = luotsi_demo::Demo::new(company.accounts, company.on, company.seed);
    let bar = Bar::new("Making the sample company", interruption);
    bar.expect(u64::from(company.accounts));
    for part in std::iter::once(sample.company()).chain(sample.parts(ACCOUNTS_A_PART)) {
        import::load(store, &part, "demo", company.on, Actor::Demo, &bar.quietly())?;
        bar.add(part.accounts.len() as u64);
    }
    Ok(())
}

fn note(store: &Store, what: &'static str, company: Company) -> Result<(), Failure> {
    store.write(Actor::Demo, move |work| {
        work.record(Entry {
            subject: Subject::Company,
            subject_id: None,
            what,
            before: None,
            after: Some(company.to_string()),
            why: None,
            touched: Vec::new(),
        })
    })?;
    Ok(())
}

/// The first active person of a role, in order of external id.
fn first_of(query: &impl Query, role: Role, on: Day) -> Result<Option<PersonId>, StoreError> {
    let (people, _) = people::load(query)?;
    let first = people
        .people
        .iter()
        .find(|person| person.on(on).is_some_and(|version| version.is_active && version.role == role));
    Ok(first.map(|person| person.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_log_keeps_of_a_company_is_read_back() {
        let company = Company { accounts: 400, on: Day::parse("2026-11-20").unwrap(), seed: 7 };

        assert_eq!(Company::parse(&company.to_string()), Some(company));
    }
}
