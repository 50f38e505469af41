//! `luotsi serve`: the pages, and the watch of every night.

use super::link;
use crate::{
    arguments::Serve,
    connections::{self, Limits},
    failure::Failure,
    health,
    interruption::StopSignals,
    nightly::watch_every_night,
    sample,
    say::say,
};
use axum::Router;
use luotsi_api::Api;
use luotsi_app::{
    import::{
        self,
        records::{PersonRecord, Records},
    },
    people::{Purpose, login_link},
    today,
};
use luotsi_core::{
    history::Actor,
    people::{Person, PersonId, Role},
};
use luotsi_store::{
    Query, Store, StoreError,
    people::{self, access, session},
    recording::OWN_SOURCE,
};
use luotsi_web::{Settings, Web, router};
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpSocket},
    runtime::Runtime,
    sync::watch,
};

pub fn serve(database: &str, asked: &Serve) -> Result<(), Failure> {
    let server = Server::listen(asked.listen)?;
    let store = Store::open(database)?;
    make_an_admin_where_there_is_nobody(&store)?;
    let address = server.address()?;
    let at = asked.at.clone().unwrap_or_else(|| address.clone());
    say(&format!("Luotsi serves at {address}; stop it with Ctrl-C."))?;
    if let Some((name, person)) = store.read(|reader| who_begins(reader))? {
        let token = login_link(&store, person, Purpose::Setup)?;
        say(&format!("Nobody has logged in yet. This link logs {name} in, once: {}", link(&at, &token)))?;
    }
    let settings = Settings { behind_https_proxy: asked.behind_https_proxy, today: None };
    let limits = match asked.behind_https_proxy {
        true => Limits::behind_a_proxy(),
        false => Limits::default(),
    };
    let web = Web::new(store, settings).reached_at(&at).with_sample(Arc::new(sample::make_on_page));
    server.serve(web, Nightly::Watches, limits)
}

/// Whether the server watches by itself: the sample company stands still on its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nightly {
    Watches,
    Rests,
}

/// A server that has its port and hears when it is to stop.
pub struct Server {
    listener: TcpListener,
    signals: StopSignals,
    runtime: Runtime,
}

impl Server {
    /// Takes the port before anything else is done, so that a port in use costs nobody a migration.
    pub fn listen(address: SocketAddr) -> Result<Self, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let listener =
            runtime.block_on(async { listen(address) }).map_err(|error| no_port(address, &error))?;
        let signals = runtime.block_on(async { StopSignals::listen() })?;
        Ok(Self { listener, signals, runtime })
    }

    /// Where a browser on this machine reaches it.
    pub fn address(&self) -> Result<String, Failure> {
        let mut address = self.listener.local_addr()?;
        if address.ip().is_unspecified() {
            address.set_ip([127, 0, 0, 1].into());
        }
        Ok(format!("http://{address}"))
    }

    /// Serves until Ctrl-C or the signal to terminate.
    pub fn serve(self, web: Web, nightly: Nightly, limits: Limits) -> Result<(), Failure> {
        let Self { listener, mut signals, runtime } = self;
        let pages = web.clone();
        runtime.block_on(async {
            let (stop, stopped) = watch::channel(false);
            let watching = match nightly {
                Nightly::Watches => {
                    Some(tokio::spawn(watch_every_night(web.store().clone(), stopped.clone())))
                }
                Nightly::Rests => None,
            };
            tokio::spawn(async move {
                signals.next().await;
                let _ = stop.send(true);
            });

            connections::serve(listener, site(web, stopped.clone()), limits, stopped).await;
            if let Some(watching) = watching {
                let _ = watching.await;
            }
            Ok::<_, Failure>(())
        })?;
        pages.lists_left().write(pages.store());
        // Reads that are still under way are left; what was being saved is saved or not by the database's commit.
        runtime.shutdown_timeout(Duration::from_secs(1));
        Ok(())
    }
}

/// Everything the server answers.
fn site(web: Web, stopped: watch::Receiver<bool>) -> Router {
    let store = web.store().clone();
    let api = Api::new(store.clone(), web.watcher().clone(), web.settings().today);
    health::router(store, stopped).merge(luotsi_api::router(api)).merge(router(web))
}

/// As many may knock at once as the system lets wait.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    const KNOCKING_MAX: u32 = 4096;
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(KNOCKING_MAX)
}

fn no_port(address: SocketAddr, error: &io::Error) -> Failure {
    Failure::sentence(match error.kind() == io::ErrorKind::AddrInUse {
        true => {
            let port = address.port();
            format!("Port {port} is in use: stop the other program, or choose another port with --listen.")
        }
        false => {
            format!("Luotsi cannot listen at {address} ({error}): choose another address with --listen.")
        }
    })
}

/// Somebody has to be able to log in to an empty base and see what to do next.
fn make_an_admin_where_there_is_nobody(store: &Store) -> Result<(), Failure> {
    let (today, is_nobody) = store.read(|reader| {
        Ok::<_, StoreError>((today::today(reader)?, people::load(reader)?.0.people.is_empty()))
    })?;
    if !is_nobody {
        return Ok(());
    }
    let admin = PersonRecord {
        external_id: "admin".to_owned(),
        name: "Admin".to_owned(),
        email: None,
        role: Role::Admin,
        team: None,
        manager: None,
        is_active: true,
        hourly_cost: None,
        customer_hours: None,
        known_on: None,
    };
    let records = Records { people: vec![admin], ..Records::default() };
    import::load(store, &records, OWN_SOURCE, today, Actor::Setup, &import::Silent)?;
    Ok(())
}

/// Whom the first log-in is for, while nobody has logged in: the first admin, else manager, else anybody active.
fn who_begins(query: &impl Query) -> Result<Option<(String, PersonId)>, StoreError> {
    if session::is_any(query)? || !access::with_password(query)?.is_empty() {
        return Ok(None);
    }
    let (today, (people, _)) = (today::today(query)?, people::load(query)?);
    let rank = |person: &&Person| match person.on(today).filter(|version| version.is_active)?.role {
        Role::Admin => Some(0),
        Role::Manager => Some(1),
        Role::Seller
        | Role::Kam
        | Role::InsideSales
        | Role::Marketing
        | Role::Service
        | Role::Management
        | Role::ProcessOwner => Some(2),
    };
    let first =
        people.people.iter().filter(|person| rank(person).is_some()).min_by_key(|person| rank(person));
    Ok(first.map(|person| (person.name.clone(), person.id)))
}
