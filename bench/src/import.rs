//! Import of sales lines against the engine's own bulk insert of the same rows under the same constraints.

use crate::{Outcome, company::Bench, print};
use luotsi_app::import::{self, Kind, Options};
use luotsi_store::{Engine, Store};
use rusqlite::{Connection, types::Value};
use std::{
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

pub fn measure(bench: &Bench) -> Outcome<()> {
    let (file, lines) = bench.sales_file()?;
    let (ours, imported) = import_the_file(bench, &file)?;
    let bulk = match Store::open(&imported)?.engine() {
        Engine::Sqlite => bulk_on_sqlite(bench, &imported)?,
        Engine::Postgres => bulk_on_postgres(&imported, &file.with_extension("copy"))?,
    };
    print::line("import of sales lines, from a file", &print::per_second(lines, ours));
    print::line("  the engine's bulk insert of the same rows", &print::per_second(lines, bulk));
    print::line("  ours takes", &print::times(ours, bulk));
    Ok(())
}

fn import_the_file(bench: &Bench, file: &Path) -> Outcome<(Duration, String)> {
    let database = bench.database("import")?;
    let store = Store::open(&database)?;
    let masters = bench.masters();
    let accounts = masters.accounts.len();
    let started = Instant::now();
    bench.load(&store, &masters)?;
    print::line(
        "import of people, products and accounts, from memory",
        &print::per_second(accounts, started.elapsed()),
    );

    let options = Options { map: None, source: Some("demo".to_owned()), dry_run: false };
    let started = Instant::now();
    let summary = import::import(&store, Kind::Sales, file, &options, &import::Silent)?;
    let took = started.elapsed();
    match summary.rejected {
        0 => Ok((took, database)),
        rejected => Err(format!("{rejected} sales lines were rejected").into()),
    }
}

/// A prepared statement in one durable transaction, rows from memory, into an empty table with the same constraints.
fn bulk_on_sqlite(bench: &Bench, imported: &str) -> Outcome<Duration> {
    let copy = bench.database("bulk")?;
    drop(Store::open(&copy)?);
    let (from, into) = (imported.trim_start_matches("sqlite:"), copy.trim_start_matches("sqlite:"));
    let connection = Connection::open(into)?;
    connection.execute_batch("pragma synchronous = full; pragma foreign_keys = on;")?;
    connection.execute("attach ? as filled", [from])?;
    let tables = ["person", "product_group", "product", "account"];
    for table in tables {
        connection.execute_batch(&format!("insert into {table} select * from filled.{table}"))?;
    }
    let rows = rows(&connection)?;
    connection.execute_batch("detach filled")?;
    let marks = vec!["?"; rows.first().map_or(0, Vec::len)].join(", ");

    let started = Instant::now();
    connection.execute_batch("begin immediate")?;
    let mut insert = connection.prepare(&format!("insert into sales_line values ({marks})"))?;
    for row in &rows {
        insert.execute(rusqlite::params_from_iter(row))?;
    }
    connection.execute_batch("commit")?;
    Ok(started.elapsed())
}

/// In the order in which they were imported: by the file, which is by external id.
fn rows(connection: &Connection) -> Outcome<Vec<Vec<Value>>> {
    let mut query = connection.prepare("select * from filled.sales_line order by id")?;
    let columns = query.column_count();
    let rows = query.query_map([], |row| (0..columns).map(|column| row.get(column)).collect())?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// `copy` from a file by psql, into an emptied table of the same database.
fn bulk_on_postgres(imported: &str, file: &Path) -> Outcome<Duration> {
    psql(imported, &format!("\\copy (select * from sales_line order by id) to '{}'", file.display()))?;
    psql(imported, "truncate sales_line")?;

    let started = Instant::now();
    psql(imported, &format!("\\copy sales_line from '{}'", file.display()))?;
    Ok(started.elapsed())
}

fn psql(database: &str, command: &str) -> Outcome<()> {
    match Command::new("psql").args([database, "-qc", command]).stdout(Stdio::null()).status()?.success() {
        true => Ok(()),
        false => Err(format!("psql could not do: {command}").into()),
    }
}
