//! A power cut for the program: killed in the middle of an import or a watch and run again, it ends where it would
//! have ended undisturbed. Each story fails when its kill did not come in the middle.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use luotsi_store::testing::FreshDatabase;
use std::{process::Child, thread::sleep, time::Duration};
use support::{Files, Luotsi, small_company};

const ON: &str = "2025-11-30";

#[test]
fn an_import_that_was_killed_is_completed_by_running_it_again() {
    for fresh in [FreshDatabase::sqlite(), FreshDatabase::postgres()] {
        let company = small_company(900);
        let luotsi = with_masters(&fresh, &company);
        let file = company.file("sales");
        let lines = std::fs::read_to_string(&file).unwrap().lines().count();

        let mut importing = luotsi.start(&["import", "sales", file.to_str().unwrap()]);
        let saved = wait_until_some_are_saved(&luotsi, &mut importing);
        importing.kill().unwrap();
        importing.wait().unwrap();

        assert!(1 < saved && saved < lines, "killed with {saved} of {lines} lines saved");
        let kept = luotsi.ok(&["export", "sales", "--on", ON]).lines().count();
        assert!(saved <= kept && kept < lines, "{kept} of {lines} kept, {saved} were seen");
        let again = luotsi.import("sales", &company);
        assert_eq!(again["unchanged"], kept - 1, "{again}");
        assert_eq!(
            luotsi.ok(&["export", "sales", "--on", ON]),
            undisturbed(&company).ok(&["export", "sales", "--on", ON])
        );
    }
}

#[test]
fn a_watch_that_was_killed_is_completed_by_running_it_again() {
    for fresh in [FreshDatabase::sqlite(), FreshDatabase::postgres()] {
        let company = small_company(300);
        let luotsi = with_masters(&fresh, &company);
        import_facts(&luotsi, &company);

        let mut kills = 0;
        let mut patience = Duration::from_millis(40);
        loop {
            let mut watching = luotsi.start(&["watch", "--on", ON]);
            sleep(patience);
            if watching.try_wait().unwrap().is_some_and(|ended| ended.success()) {
                break;
            }
            watching.kill().unwrap();
            watching.wait().unwrap();
            kills += 1;
            patience += patience / 2;
        }

        assert!(2 < kills, "killed {kills} times only");
        let undisturbed = undisturbed(&company);
        undisturbed.ok(&["watch", "--on", ON]);
        assert_eq!(luotsi.exports(ON), undisturbed.exports(ON));
        let again = luotsi.ok(&["watch", "--on", ON, "--full", "--json"]);
        assert!(again.contains("\"opened\":0") && again.contains("\"closed\":0"), "{again}");
    }
}

/// A program whose database goes with it.
struct Undisturbed {
    luotsi: Luotsi,
    _fresh: FreshDatabase,
}

impl std::ops::Deref for Undisturbed {
    type Target = Luotsi;

    fn deref(&self) -> &Luotsi {
        &self.luotsi
    }
}

fn undisturbed(company: &Files) -> Undisturbed {
    let fresh = FreshDatabase::sqlite();
    let luotsi = with_masters(&fresh, company);
    import_facts(&luotsi, company);
    Undisturbed { luotsi, _fresh: fresh }
}

fn with_masters(fresh: &FreshDatabase, company: &Files) -> Luotsi {
    let luotsi = Luotsi::on(&fresh.url);
    for kind in ["people", "products", "accounts"] {
        luotsi.import(kind, company);
    }
    luotsi
}

fn import_facts(luotsi: &Luotsi, company: &Files) {
    for kind in ["sales", "activities", "estimates", "overrides"] {
        luotsi.import(kind, company);
    }
}

/// Lines of the export (its head among them) once the import has saved a slice.
fn wait_until_some_are_saved(luotsi: &Luotsi, importing: &mut Child) -> usize {
    loop {
        let saved = luotsi.ok(&["export", "sales", "--on", ON]).lines().count();
        if 1 < saved {
            return saved;
        }
        assert!(importing.try_wait().unwrap().is_none(), "the import ended before anything was seen");
    }
}
