//! The full watch against merely reading its facts, and the watch of a few changed accounts against their number.

use crate::{Outcome, company::Bench, print};
use luotsi_app::{
    import::records::{Records, SalesRecord},
    steering::{Extent, Silent, watch},
};
use luotsi_core::units::Money;
use luotsi_store::{
    Store, StoreError, account,
    base::{Context, facts},
    strategy,
};
use std::{hint::black_box, time::Instant};

const ACCOUNTS_READ_AT_ONCE: usize = 1000;

pub fn measure(bench: &Bench) -> Outcome<()> {
    let store = Store::open(&bench.whole)?;

    let started = Instant::now();
    read_all_facts(&store)?;
    let reading = started.elapsed();
    let was_watched = store.read(|reader| strategy::last_watch_day(reader))?.is_some();
    let started = Instant::now();
    let first = watch(&store, bench.on, Extent::Full, &Silent)?;
    let first_took = started.elapsed();
    let started = Instant::now();
    let again = watch(&store, bench.on, Extent::Full, &Silent)?;
    let again_took = started.elapsed();

    print::line("reading all facts", &print::millis(reading));
    if !was_watched {
        print::line("  first watch takes", &print::times(first_took, reading));
    }
    print::line("  full watch again takes", &print::times(again_took, reading));
    print::line(
        "  accounts watched",
        &format!(
            "{}, {}",
            print::per_second(first.accounts, first_took),
            print::per_second(again.accounts, again_took)
        ),
    );
    measure_changes(bench, &store)
}

fn read_all_facts(store: &Store) -> Result<(), StoreError> {
    store.read(|reader| {
        let context = Context::load(reader)?;
        for slice in account::ids_in_order(reader)?.chunks(ACCOUNTS_READ_AT_ONCE) {
            black_box(facts(reader, &context, slice)?);
        }
        Ok(())
    })
}

fn measure_changes(bench: &Bench, store: &Store) -> Outcome<()> {
    let started = Instant::now();
    watch(store, bench.on, Extent::Changed, &Silent)?;
    print::line("watch when nothing changed", &print::millis(started.elapsed()));

    let accounts = bench.some_accounts(1000);
    for changed in [1, 10, 100, 1000] {
        let sales = accounts.iter().take(changed).map(|account| SalesRecord {
            invoice: format!("bench-{}-{changed}-{account}", bench.run),
            line: Some("1".to_owned()),
            day: bench.on,
            account: account.clone(),
            product: None,
            quantity_millionths: 1_000_000,
            net: Money::euros(10),
            cost: None,
            known_on: None,
        });
        bench.load(store, &Records { sales: sales.collect(), ..Records::default() })?;

        let started = Instant::now();
        let summary = watch(store, bench.on, Extent::Changed, &Silent)?;
        let took = started.elapsed();
        print::line(
            &format!("watch when {changed} accounts changed ({} looked at)", summary.accounts),
            &print::millis(took),
        );
    }
    Ok(())
}
