//! Durable single writes a second, each its own unit of work, from 1, 8 and 64 clients at once.

use crate::{Outcome, company::Bench, print};
use luotsi_core::history::{Actor, Entry, Subject};
use luotsi_store::{Store, StoreError};
use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

const FOR: Duration = Duration::from_secs(2);

pub fn measure(bench: &Bench) -> Outcome<()> {
    let store = Store::open(&bench.database("writes")?)?;
    for clients in [1, 8, 64] {
        let written = AtomicUsize::new(0);
        let started = Instant::now();
        thread::scope(|scope| {
            for _ in 0..clients {
                scope.spawn(|| {
                    while started.elapsed() < FOR && write(&store).is_ok() {
                        written.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
        });
        let written = written.into_inner();
        print::line(
            &format!("durable single writes, {clients} clients"),
            &print::per_second(written, started.elapsed()),
        );
    }
    Ok(())
}

fn write(store: &Store) -> Result<(), StoreError> {
    store.write(Actor::Demo, |work| {
        work.record(Entry {
            subject: Subject::Company,
            subject_id: None,
            what: "bench",
            before: None,
            after: Some("one small change".to_owned()),
            why: None,
            touched: Vec::new(),
        })
    })
}
