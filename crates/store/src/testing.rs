//! Fresh databases for tests: a SQLite file, and a database of a private PostgreSQL cluster that ends with the tests.

use crate::{
    Store,
    engine::{StoreError, run_on_postgres, run_on_sqlite},
};
use std::{
    io::{BufRead, BufReader, Error, ErrorKind},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};
use tempfile::TempDir;
use uuid::Uuid;

/// Where a running cluster of the tests' own can be told, so that not every test program starts one.
const CLUSTER_VARIABLE: &str = "LUOTSI_TEST_POSTGRES";

/// What readers have asked since the test program began.
static QUESTIONS: AtomicU64 = AtomicU64::new(0);

/// How many statements readers have run, in the whole test program: only for a program of one test.
pub fn questions() -> u64 {
    QUESTIONS.load(Ordering::Relaxed)
}

pub(crate) fn count_question() {
    QUESTIONS.fetch_add(1, Ordering::Relaxed);
}

/// Tells the same story on both engines.
///
/// # Panics
/// When no database can be made, saying why.
pub fn both(story: impl Fn(&Store)) {
    for fresh in [FreshDatabase::sqlite(), FreshDatabase::postgres()] {
        let store = Store::open(&fresh.url).unwrap_or_else(|error| panic!("{}: {error}", fresh.url));
        story(&store);
    }
}

/// An empty database, gone when this is dropped.
pub struct FreshDatabase {
    /// What `Store::open` takes.
    pub url: String,
    kept: Kept,
}

enum Kept {
    File(PathBuf, TempDir),
    Database { cluster: String, name: String },
}

impl FreshDatabase {
    /// # Panics
    /// When there is no temporary folder.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"));
        let path = folder.path().join("test.luotsi");
        Self { url: format!("sqlite:{}", path.display()), kept: Kept::File(path, folder) }
    }

    /// # Panics
    /// When there is no PostgreSQL to be found or it does not start.
    pub fn postgres() -> Self {
        Self::postgres_from("template0")
    }

    fn postgres_from(template: &str) -> Self {
        let cluster = cluster();
        let name = format!("test_{}", Uuid::now_v7().simple());
        // A template is copied when nobody is in it.
        let leave =
            format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{template}'");
        run_on_postgres(&cluster, &leave).unwrap_or_else(|error| panic!("no template: {error}"));
        run_on_postgres(&cluster, &format!("create database {name} template {template}"))
            .unwrap_or_else(|error| panic!("no test database: {error}"));
        Self { url: with_database(&cluster, &name), kept: Kept::Database { cluster, name } }
    }

    /// Runs statements past the store, as another program would.
    ///
    /// # Panics
    /// When the database refuses them.
    pub fn tamper(&self, sql: &str) {
        let outcome = match &self.kept {
            Kept::File(path, _) => run_on_sqlite(path, sql),
            Kept::Database { .. } => run_on_postgres(&self.url, sql),
        };
        outcome.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Ends all connections to a PostgreSQL database and lets nobody connect any more.
    ///
    /// # Panics
    /// When the cluster refuses, or the database is a file.
    pub fn take_away(&self) {
        let Kept::Database { cluster, name } = &self.kept else { panic!("a file stays where it is") };
        for sql in [
            format!("alter database {name} allow_connections false"),
            format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"),
        ] {
            run_on_postgres(cluster, &sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        }
    }

    /// Where the SQLite file stands.
    pub fn path(&self) -> Option<&Path> {
        match &self.kept {
            Kept::File(path, _folder) => Some(path),
            Kept::Database { .. } => None,
        }
    }
}

/// What a database was filled with once, for many to begin with.
pub enum Beginning {
    File(Vec<u8>),
    Database(FreshDatabase),
}

impl Beginning {
    /// Of a database that nobody uses any more.
    ///
    /// # Panics
    /// When it cannot be read.
    pub fn of(filled: FreshDatabase) -> Self {
        match &filled.kept {
            Kept::File(path, _folder) => {
                filled.tamper("pragma wal_checkpoint(truncate)");
                Self::File(std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
            }
            Kept::Database { .. } => Self::Database(filled),
        }
    }

    /// Another database that begins so.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn begun(&self) -> FreshDatabase {
        match self {
            Self::File(bytes) => {
                let fresh = FreshDatabase::sqlite();
                if let Kept::File(path, _folder) = &fresh.kept {
                    std::fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                }
                fresh
            }
            Self::Database(filled) => match &filled.kept {
                Kept::File(..) => FreshDatabase::sqlite(),
                Kept::Database { name, .. } => FreshDatabase::postgres_from(name),
            },
        }
    }
}

impl Drop for FreshDatabase {
    fn drop(&mut self) {
        if let Kept::Database { cluster, name } = &self.kept {
            let dropped = run_on_postgres(cluster, &format!("drop database {name} with (force)"));
            // The cluster may be gone already: at the end of the tests nothing depends on it.
            drop::<Result<(), StoreError>>(dropped);
        }
    }
}

/// The address of the cluster's own database.
fn cluster() -> String {
    static OURS: OnceLock<Cluster> = OnceLock::new();
    match std::env::var(CLUSTER_VARIABLE) {
        Ok(url) if !url.is_empty() => url,
        Ok(_) | Err(_) => OURS
            .get_or_init(|| Cluster::start().unwrap_or_else(|error| panic!("no private PostgreSQL: {error}")))
            .url
            .clone(),
    }
}

/// A cluster that is stopped and removed when this process ends, however it ends: its keeper waits for the end of
/// its input, which is ours to hold open.
struct Cluster {
    url: String,
    _keeper: Child,
}

const KEEPER: &str = r#"
set -e
trap '' INT HUP TERM
bin="$1" port="$2"
folder=$(mktemp -d "${TMPDIR:-/tmp}/luotsi-postgres.XXXXXX")
cd "$folder"
"$bin/initdb" -D "$folder/data" -U luotsi -A trust -E UTF8 --locale=C --no-sync >"$folder/initdb.log" 2>&1
"$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder" start >"$folder/start.log" 2>&1 </dev/null
echo ready
cat >/dev/null || true
"$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
rm -rf "$folder"
"#;

impl Cluster {
    fn start() -> Result<Self, Error> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut keeper = keeper()
            .args(["sh", "-c", KEEPER, "keeper", &programs()?, &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let out = keeper.stdout.take().ok_or(ErrorKind::BrokenPipe)?;
        let mut said = String::new();
        BufReader::new(out).read_line(&mut said)?;
        match said.trim() == "ready" {
            true => Ok(Self { url: format!("postgres://luotsi@127.0.0.1:{port}/postgres"), _keeper: keeper }),
            false => Err(Error::other("it did not start; see luotsi-postgres.* in the temporary folder")),
        }
    }
}

/// PostgreSQL refuses to run as root.
fn keeper() -> Command {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|said| said.stdout == b"0\n");
    match is_root {
        true => {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]);
            command
        }
        false => Command::new("env"),
    }
}

/// The folder of `initdb` and `pg_ctl`: Debian keeps them out of the path.
fn programs() -> Result<String, Error> {
    let told = Command::new("pg_config").arg("--bindir").output();
    if let Ok(told) = told.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned())
        && Path::new(&told).join("initdb").exists()
    {
        return Ok(told);
    }
    let mut versions: Vec<_> =
        std::fs::read_dir("/usr/lib/postgresql")?.flatten().map(|entry| entry.path().join("bin")).collect();
    versions.sort();
    let newest = versions.pop().ok_or_else(|| Error::other("install PostgreSQL's server programs"))?;
    Ok(newest.display().to_string())
}

fn with_database(cluster: &str, name: &str) -> String {
    let after_scheme = cluster.find("://").map_or(0, |at| at + 3);
    let (server, query) = match cluster.split_once('?') {
        Some((server, query)) => (server, format!("?{query}")),
        None => (cluster, String::new()),
    };
    let end = server[after_scheme..].find('/').map_or(server.len(), |at| after_scheme + at);
    format!("{}/{name}{query}", &server[..end])
}
