//! What was confirmed outlives a killed program: present, whole and not doubled. The controls confirm too early or
//! write twice, and must be caught.
#![allow(clippy::unwrap_used)]

use luotsi_core::history::{Actor, Entry, Subject};
use luotsi_store::{Query, Store, StoreError, Work, testing::FreshDatabase};
use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const URL: &str = "LUOTSI_CRASH_TEST_DATABASE";
const MANNER: &str = "LUOTSI_CRASH_TEST_MANNER";
/// Started anew with the two variables, this test is the program that is killed.
const KILLED: &str = "a_killed_program_loses_doubles_and_halves_nothing_it_confirmed";
const THREADS: usize = 8;
/// A program is killed only after it has confirmed so much, however slow the disk: a kill without load shows nothing.
const CONFIRMED_MIN: usize = 4 * THREADS;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Honest,
    /// Confirms within the unit of work, before it is saved.
    Hasty,
    /// Writes every second operation twice.
    Stuttering,
}

impl Manner {
    const ALL: [(Self, &str); 3] =
        [(Self::Honest, "honest"), (Self::Hasty, "hasty"), (Self::Stuttering, "stuttering")];

    fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(manner, _)| *manner == self).unwrap().1
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Harm {
    lost: usize,
    doubled: usize,
    halved: usize,
}

#[test]
fn a_killed_program_loses_doubles_and_halves_nothing_it_confirmed() {
    if let (Ok(url), Ok(manner)) = (std::env::var(URL), std::env::var(MANNER)) {
        return be_killed(&url, &manner);
    }
    for fresh in [FreshDatabase::sqlite(), FreshDatabase::postgres()] {
        for seed in [120, 210, 330] {
            assert_eq!(harm_of_a_kill(&fresh, Manner::Honest, seed), Harm::default(), "after {seed} ms");
        }
    }
}

#[test]
fn control_a_program_that_confirms_too_early_is_caught() {
    for fresh in [FreshDatabase::sqlite(), FreshDatabase::postgres()] {
        let lost = (0..20).any(|round| harm_of_a_kill(&fresh, Manner::Hasty, 100 + 7 * round).lost > 0);

        assert!(lost, "{}", fresh.url);
    }
}

#[test]
fn control_a_program_that_writes_twice_is_caught() {
    let fresh = FreshDatabase::sqlite();

    assert!(harm_of_a_kill(&fresh, Manner::Stuttering, 150).doubled > 0);
}

/// Kills a writing program after so many milliseconds of load and looks at what it left.
fn harm_of_a_kill(fresh: &FreshDatabase, manner: Manner, after_ms: u64) -> Harm {
    let mut program = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", KILLED, "--nocapture"])
        .envs([(URL, fresh.url.as_str()), (MANNER, manner.name())])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let mut confirmed = Vec::new();
    let mut since: Option<Instant> = None;
    for line in lines.map_while(Result::ok) {
        // The test harness may begin the line.
        if let Some((_, operation)) = line.split_once("confirmed ") {
            confirmed.push(operation.to_owned());
            let since = since.get_or_insert_with(Instant::now);
            if since.elapsed() > Duration::from_millis(after_ms) && confirmed.len() >= CONFIRMED_MIN {
                program.kill().unwrap();
            }
        }
    }
    program.wait().unwrap();

    println!("{}: {} confirmed, killed after {after_ms} ms", manner.name(), confirmed.len());
    assert!(confirmed.len() >= CONFIRMED_MIN, "no load");
    harm(fresh, &confirmed)
}

fn harm(fresh: &FreshDatabase, confirmed: &[String]) -> Harm {
    let store = Store::open(&fresh.url).unwrap();
    let count = |sql: &str| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        store
            .read(|reader| {
                reader.each(sql, &[], |row| {
                    *counts.entry(row.string(0)?).or_default() += 1;
                    Ok::<(), StoreError>(())
                })
            })
            .unwrap();
        counts
    };
    let first = count("select after from log_entry where after is not null");
    let second = count("select substr(external_id, 1, 36) from product");

    Harm {
        lost: confirmed.iter().filter(|operation| !first.contains_key(*operation)).count(),
        doubled: first.values().filter(|times| **times > 1).count(),
        halved: first.keys().filter(|operation| !second.contains_key(*operation)).count()
            + second.keys().filter(|operation| !first.contains_key(*operation)).count(),
    }
}

/// Writes until the process is killed.
fn be_killed(url: &str, manner: &str) {
    let manner = Manner::ALL.into_iter().find(|(_, name)| *name == manner).unwrap().0;
    let store = Store::open(url).unwrap();
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let store = store.clone();
            thread::spawn(move || write_until_killed(&store, manner))
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
}

fn write_until_killed(store: &Store, manner: Manner) {
    for number in 0.. {
        let operation = uuid::Uuid::now_v7().to_string();
        let written = operation.clone();
        let times = if manner == Manner::Stuttering && number % 2 == 0 { 2 } else { 1 };
        store
            .write(Actor::Demo, move |work| -> Result<(), StoreError> {
                for time in 0..times {
                    write_one(work, &written, time)?;
                }
                if manner == Manner::Hasty {
                    confirm(&written);
                }
                Ok(())
            })
            .unwrap();
        if manner != Manner::Hasty {
            confirm(&operation);
        }
    }
}

/// An operation of two parts: its entry in the log, and a product.
fn write_one(work: &mut Work<'_>, operation: &str, time: i64) -> Result<(), StoreError> {
    work.record(Entry {
        subject: Subject::Product,
        subject_id: None,
        what: "created",
        before: None,
        after: Some(operation.to_owned()),
        why: None,
        touched: Vec::new(),
    })?;
    let external_id = format!("{operation}-{time}");
    let row = [work.new_id().into(), "crash".into(), external_id.into(), operation.into()];
    work.insert("product", ["id", "source", "external_id", "name"], [row])
}

fn confirm(operation: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "confirmed {operation}").and_then(|()| out.flush()).unwrap();
}
