//! Accounts made through the API of the running program, each durable before it is answered.

use crate::{
    Outcome,
    company::Bench,
    pages::{Client, Server},
    print,
};
use luotsi_app::{
    act::By,
    people::tokens::{self, NewToken},
};
use luotsi_core::people::Role;
use luotsi_store::{Store, StoreError, people};
use std::{
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

const FOR: Duration = Duration::from_secs(3);

pub fn measure(bench: &Bench, program: &Path) -> Outcome<()> {
    let token = token(bench)?;
    let server = Server::start(program, &bench.whole)?;
    for clients in [1, 8, 64] {
        let made = AtomicUsize::new(0);
        let cpu = server.cpu();
        let started = Instant::now();
        thread::scope(|scope| {
            for client in 0..clients {
                let (server, token, made) = (&server, &token, &made);
                scope.spawn(move || {
                    let Ok(mut connection) = server.client("") else { return };
                    for number in 0.. {
                        let key = format!("{}-{clients}-{client}-{number}", bench.run);
                        if FOR < started.elapsed() || create(&mut connection, token, &key).is_err() {
                            break;
                        }
                        made.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
        });
        let made = made.into_inner();
        let cpu = server.cpu_for_each(cpu, made);
        print::line(
            &format!("accounts created by API, durable, {clients} clients; CPU each"),
            &format!("{}; {cpu}", print::per_second(made, started.elapsed())),
        );
    }
    Ok(())
}

/// Of a seller, to write with.
fn token(bench: &Bench) -> Outcome<String> {
    let store = Store::open(&bench.whole)?;
    let seller = store.read(|reader| {
        let (people, _) = people::load(reader)?;
        let is_seller = |role| role == Role::Seller;
        let seller = people.people.iter().find(|person| {
            person.on(bench.on).is_some_and(|version| version.is_active && is_seller(version.role))
        });
        Ok::<_, StoreError>(seller.map(|person| person.id))
    })?;
    let by = By::person(seller.ok_or("no seller")?, bench.on);
    let wanted = NewToken { name: "bench".to_owned(), may_write: true, days: tokens::DAYS[0] };
    Ok(tokens::make(&store, &by, &wanted)?.ok_or("no token")?)
}

fn create(client: &mut Client, token: &str, key: &str) -> Outcome<()> {
    let body = format!("{{\"name\":\"Bench {key} Oy\",\"city\":\"Tampere\",\"industry\":\"building\"}}");
    let headers = format!(
        "Authorization: Bearer {token}\r\nIdempotency-Key: {key}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n",
        body.len()
    );
    let head = client.send("POST", "/api/v1/accounts", &headers, &body)?;
    match head.starts_with("HTTP/1.1 201") {
        true => Ok(()),
        false => Err(head.lines().next().unwrap_or_default().into()),
    }
}
