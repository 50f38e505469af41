//! What goes wrong is said in one sentence with what to do, with an exit code that is not 0, and leaves nothing half.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod support;

use luotsi_core::history::Actor;
use luotsi_store::{Store, StoreError, testing::FreshDatabase};
use std::{
    fs,
    io::Read,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Mutex, mpsc},
    thread::JoinHandle,
};
use support::{Luotsi, small_company};

/// Writes a file and tries to import it; the sentence it is refused with.
fn refused(name: &str, content: &[u8]) -> String {
    let fresh = FreshDatabase::sqlite();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, content).unwrap();

    let sentence = Luotsi::on(&fresh.url).refused(&["import", "accounts", file.to_str().unwrap()]);

    check_sentence(&sentence);
    sentence
}

fn check_sentence(sentence: &str) {
    assert!(sentence.ends_with(['.', '?']), "no sentence: {sentence}");
    for inside in ["Error", "panicked", "unwrap", "os error", "Err("] {
        assert!(!sentence.contains(inside), "{inside} in: {sentence}");
    }
}

#[test]
fn a_file_that_is_none_of_ours_is_refused() {
    refused("empty.csv", b"");
    refused("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0");
    refused("book.xlsx", b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0");
    refused("page.csv", b"<!doctype html><html><body>Log in</body></html>");
    refused("columns.csv", b"colour,shape\nred,round\n");
    refused("doubled.csv", b"external_id,name,name\n1,A,B\n");
    refused("broken.csv.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03not gzip");
}

#[test]
fn a_file_that_is_not_there_or_a_folder_is_refused() {
    let fresh = FreshDatabase::sqlite();
    let luotsi = Luotsi::on(&fresh.url);
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.csv");

    for file in [missing.as_path(), folder.path()] {
        for command in [&["import", "people"][..], &["strategy", "set"]] {
            let arguments: Vec<&str> = command.iter().copied().chain(file.to_str()).collect();
            check_sentence(&luotsi.refused(&arguments));
        }
    }
}

#[cfg(unix)]
#[test]
fn what_has_no_end_is_refused_before_it_fills_the_memory() {
    let fresh = FreshDatabase::sqlite();
    let luotsi = Luotsi::on(&fresh.url);
    let folder = tempfile::tempdir().unwrap();
    let rows = folder.path().join("rows.csv");
    fs::write(&rows, "external_id,name\n1,Alfa Oy\n").unwrap();

    check_sentence(&luotsi.refused(&["strategy", "set", "/dev/zero"]));
    check_sentence(&luotsi.refused(&["import", "accounts", "/dev/zero"]));
    check_sentence(&luotsi.refused(&["import", "accounts", rows.to_str().unwrap(), "--map", "/dev/zero"]));
}

#[test]
fn a_bad_row_stays_outside_with_its_reason_and_the_others_go_in() {
    let fresh = FreshDatabase::sqlite();
    let luotsi = Luotsi::on(&fresh.url);
    let company = small_company(3);
    for kind in ["people", "products", "accounts"] {
        luotsi.import(kind, &company);
    }
    company.write(
        "sales",
        "invoice,line,day,account,product,quantity,net,cost\n\
         1,1,2025-01-10,a001,c30,1,100.00,\n\
         2,1,2025-01-10,nobody,c30,1,100.00,\n\
         3,1,2025-02-30,a001,c30,1,100.00,\n\
         4,1,2999-01-01,a001,c30,1,100.00,\n\
         5,1,2025-01-10,a001,c30,1,99999999999999999999,\n\
         6,1,2025-01-10,a002,nothing,1,100.00,\n",
    );

    let summary = luotsi.import("sales", &company);

    assert_eq!((&summary["created"], &summary["rejected"]), (&1.into(), &5.into()), "{summary}");
    let beside = rejected_file(company.folder());
    let rejected = fs::read_to_string(&beside).unwrap();
    for wrong in ["nobody", "2025-02-30", "2999-01-01", "99999999999999999999", "nothing"] {
        assert!(rejected.contains(wrong), "{wrong} not in {rejected}");
    }
}

fn rejected_file(folder: &Path) -> PathBuf {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .into_iter()
        .find(|file| file.to_string_lossy().contains("reject"))
        .expect("no file of rejected rows")
}

#[test]
fn a_strategy_with_a_slip_is_refused_with_its_line() {
    let fresh = FreshDatabase::sqlite();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("strategy.toml");
    fs::write(&file, "measure = \"revenue\"\nhysterisis = 0.2\n").unwrap();

    let sentence = Luotsi::on(&fresh.url).refused(&["strategy", "set", file.to_str().unwrap()]);

    check_sentence(&sentence);
    assert!(sentence.contains("line 2"), "{sentence}");
}

#[test]
fn a_database_that_cannot_be_used_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.db");
    fs::write(&other, "A letter to the bank, and not at all a database of any kind.").unwrap();

    for address in [
        "mysql://localhost/crm".to_owned(),
        format!("sqlite:{}", other.display()),
        format!("sqlite:{}", folder.path().display()),
        format!("sqlite:{}/no/such/folder/luotsi.db", folder.path().display()),
        "postgres://luotsi@127.0.0.1:1/luotsi".to_owned(),
    ] {
        check_sentence(&Luotsi::on(&address).refused(&["export", "accounts"]));
    }
}

#[test]
fn a_database_of_a_newer_program_is_refused_and_left_alone() {
    for fresh in [FreshDatabase::sqlite(), FreshDatabase::postgres()] {
        let store = Store::open(&fresh.url).unwrap();
        store
            .write(Actor::Setup, |work| {
                work.execute("insert into migration (number, checksum) values (999, 'later')", &[])
            })
            .map_err(|error: StoreError| error)
            .unwrap();
        drop(store);

        let sentence = Luotsi::on(&fresh.url).refused(&["watch"]);

        check_sentence(&sentence);
        assert!(sentence.contains("newer"), "{sentence}");
    }
}

#[test]
fn a_database_in_use_is_waited_for_then_refused() {
    let fresh = FreshDatabase::sqlite();
    let held = Held::by_another_program(Store::open(&fresh.url).unwrap());

    let sentence = Luotsi::on(&fresh.url).refused(&["watch", "--on", "2025-11-30"]);

    check_sentence(&sentence);
    held.let_go();
}

/// A database in which another program is writing.
struct Held {
    let_go: mpsc::Sender<()>,
    holder: JoinHandle<Result<(), StoreError>>,
}

impl Held {
    fn by_another_program(store: Store) -> Self {
        let (holds, held) = mpsc::channel();
        let (let_go, may_go) = mpsc::channel::<()>();
        let (holds, may_go) = (Mutex::new(holds), Mutex::new(may_go));
        let holder = std::thread::spawn(move || {
            store.write::<(), StoreError>(Actor::Setup, move |work| {
                work.execute("update company set name = 'held' where id = 1", &[])?;
                holds.lock().unwrap().send(()).unwrap();
                let _ = may_go.lock().unwrap().recv();
                Ok(())
            })
        });
        held.recv().unwrap();
        Self { let_go, holder }
    }

    fn let_go(self) {
        drop(self.let_go);
        self.holder.join().unwrap().unwrap();
    }
}

#[test]
fn an_import_into_a_database_in_use_is_refused_whole_and_can_be_run_again() {
    let fresh = FreshDatabase::sqlite();
    let luotsi = Luotsi::on(&fresh.url);
    let company = small_company(30);
    for kind in ["people", "products", "accounts"] {
        luotsi.import(kind, &company);
    }
    let before = luotsi.exports("2025-11-30");
    let held = Held::by_another_program(Store::open(&fresh.url).unwrap());

    let sentence = luotsi.refused(&["import", "sales", company.file("sales").to_str().unwrap()]);
    let meanwhile = luotsi.exports("2025-11-30");
    held.let_go();
    let summary = luotsi.import("sales", &company);

    check_sentence(&sentence);
    assert!(sentence.contains("again"), "{sentence}");
    assert_eq!(meanwhile, before);
    assert_eq!(summary["rejected"], 0);
}

#[test]
fn a_database_that_may_only_be_read_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mount = |arguments: &[&str]| {
        let mounted = Command::new("mount").args(arguments).arg(folder.path()).stderr(Stdio::null()).status();
        mounted.is_ok_and(|status| status.success())
    };
    if !mount(&["-t", "tmpfs", "-o", "size=30m", "tmpfs"]) {
        eprintln!("skipped: this user may not mount a disk");
        return;
    }
    let company = small_company(30);
    let luotsi = Luotsi::on(&format!("sqlite:{}", folder.path().join("luotsi.db").display()));
    for kind in ["people", "products", "accounts"] {
        luotsi.import(kind, &company);
    }
    let before = luotsi.exports("2025-11-30");

    let is_protected = mount(&["-o", "remount,ro"]);
    let sales = company.file("sales");
    let refused: Vec<_> = [
        &["import", "sales", sales.to_str().unwrap()][..],
        &["watch", "--on", "2025-11-30"],
        &["serve", "--listen", "127.0.0.1:0"],
    ]
    .map(|command| luotsi.run(command))
    .into();
    let is_free_again = mount(&["-o", "remount,rw"]);
    let after = luotsi.exports("2025-11-30");
    let unmounted = Command::new("umount").arg("-l").arg(folder.path()).status();

    assert!(unmounted.is_ok() && is_protected && is_free_again);
    for output in refused {
        let sentence = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
        assert_eq!(output.status.code(), Some(1), "{sentence}");
        check_sentence(&sentence);
    }
    assert_eq!(after, before);
}

#[test]
fn a_full_disk_is_said_and_nothing_is_left_half() {
    let folder = tempfile::tempdir().unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=3m", "tmpfs"])
        .arg(folder.path())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !mounted {
        eprintln!("skipped: this user may not mount a small disk");
        return;
    }
    let company = small_company(400);
    let luotsi = Luotsi::on(&format!("sqlite:{}", folder.path().join("luotsi.db").display()));
    for kind in ["people", "products", "accounts"] {
        luotsi.import(kind, &company);
    }

    let output = luotsi.run(&["import", "sales", company.file("sales").to_str().unwrap()]);
    let kept = luotsi.run(&["export", "sales"]);
    let unmounted = Command::new("umount").arg("-l").arg(folder.path()).status();

    assert!(unmounted.is_ok());
    let sentence = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
    assert_eq!(output.status.code(), Some(1), "{sentence}");
    check_sentence(&sentence);
    assert!(kept.status.success(), "{}", String::from_utf8_lossy(&kept.stderr));
}

#[test]
fn a_port_in_use_is_said() {
    let fresh = FreshDatabase::sqlite();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();

    let sentence = Luotsi::on(&fresh.url).refused(&["serve", "--listen", &address]);

    check_sentence(&sentence);
    assert!(sentence.contains(&taken.local_addr().unwrap().port().to_string()), "{sentence}");
}

#[test]
fn wrong_usage_has_its_own_exit_code() {
    let luotsi = Luotsi::on("sqlite:unused");

    for arguments in
        [&["fly"][..], &["import", "ships", "x.csv"], &["export"], &["watch", "--on", "yesterday"]]
    {
        assert_eq!(luotsi.run(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let fresh = FreshDatabase::sqlite();
    let luotsi = Luotsi::on(&fresh.url);
    let company = small_company(200);
    for kind in ["people", "products", "accounts", "sales"] {
        luotsi.import(kind, &company);
    }

    let mut exporting =
        luotsi.command(&["export", "sales"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    exporting.stdout.take().unwrap().read_exact(&mut first).unwrap();

    let output = exporting.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
}

#[test]
fn a_base_without_anything_in_it_can_still_be_watched_and_exported() {
    for fresh in [FreshDatabase::sqlite(), FreshDatabase::postgres()] {
        let luotsi = Luotsi::on(&fresh.url);

        luotsi.ok(&["watch"]);

        for what in support::EXPORTS {
            assert_eq!(luotsi.ok(&["export", what]).lines().count(), 1, "{what}");
        }
    }
}
