//! A PostgreSQL server that goes away in the middle: told in a sentence, nothing half, and used again when it is back.
#![allow(clippy::unwrap_used)]

use luotsi_core::history::Actor;
use luotsi_store::{Query, Store, StoreError, testing::FreshDatabase};
use std::sync::{Arc, Mutex};

const END_ALL: &str = "select pg_terminate_backend(pid)
   from pg_stat_activity
  where datname = current_database()
    and pid <> pg_backend_pid()";

fn add(store: &Store, name: &'static str) -> Result<(), StoreError> {
    store.write(Actor::Import, move |work| {
        let id = work.new_id();
        work.insert("product_group", ["id", "name"], [[id.into(), name.into()]])
    })
}

fn groups(store: &Store) -> Result<Vec<String>, StoreError> {
    store.read(|reader| reader.all("select name from product_group order by name", &[], |row| row.string(0)))
}

#[test]
fn the_next_readers_and_units_of_work_connect_anew() {
    let fresh = FreshDatabase::postgres();
    let store = Store::open(&fresh.url).unwrap();
    add(&store, "Betoni").unwrap();
    assert_eq!(groups(&store).unwrap(), ["Betoni"]);

    fresh.tamper(END_ALL);
    assert_eq!(groups(&store).unwrap(), ["Betoni"]);
    fresh.tamper(END_ALL);
    add(&store, "Sora").unwrap();

    assert_eq!(groups(&store).unwrap(), ["Betoni", "Sora"]);
}

#[test]
fn a_reader_that_connects_anew_keeps_the_settings_of_the_connection() {
    let fresh = FreshDatabase::postgres();
    let store = Store::open(&fresh.url).unwrap();
    let jit = |store: &Store| store.read(|reader| reader.one("show jit", &[], |row| row.string(0)));
    let before = jit(&store).unwrap();

    fresh.tamper(END_ALL);
    // Asked for the first time, so that its preparation notices.
    store.read(|reader| reader.one("select 1 as anew", &[], |row| row.int(0))).unwrap();

    assert_eq!(before.as_deref(), Some("off"));
    assert_eq!(jit(&store).unwrap(), before);
}

#[test]
fn a_reader_that_loses_its_connection_is_told() {
    let fresh = FreshDatabase::postgres();
    let store = Store::open(&fresh.url).unwrap();

    let outcome = store.read(|reader| {
        reader.one("select 1", &[], |row| row.int(0))?;
        fresh.tamper(END_ALL);
        reader.one("select 1", &[], |row| row.int(0))
    });

    assert_eq!(outcome, Err(StoreError::ConnectionLost));
}

#[test]
fn a_unit_of_work_that_loses_its_connection_before_the_commit_is_run_again_and_saved_once() {
    let fresh = Arc::new(FreshDatabase::postgres());
    let store = Store::open(&fresh.url).unwrap();
    let (cut, runs) = (fresh.clone(), Arc::new(Mutex::new(0)));
    let counted = runs.clone();

    store
        .write(Actor::Import, move |work| -> Result<(), StoreError> {
            let id = work.new_id();
            work.insert("product_group", ["id", "name"], [[id.into(), "Betoni".into()]])?;
            *counted.lock().unwrap() += 1;
            if *counted.lock().unwrap() == 1 {
                cut.tamper(END_ALL);
            }
            work.execute("update product_group set name = $1", &["Sora".into()]).map(drop)
        })
        .unwrap();

    assert_eq!(*runs.lock().unwrap(), 2);
    assert_eq!(groups(&store).unwrap(), ["Sora"]);
}
