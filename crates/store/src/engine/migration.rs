//! Brings a database to the schema this program knows: numbered SQL, applied once each, under a lock.

use super::{StoreError, Value, session::Session};
use sha2::{Digest, Sha256};

pub(super) struct Migration {
    pub number: i64,
    pub sql: &'static str,
}

pub(super) const SQLITE: &[Migration] = &[
    Migration { number: 1, sql: include_str!("../../migrations/sqlite/0001_spine.sql") },
    Migration { number: 2, sql: include_str!("../../migrations/sqlite/0002_answers.sql") },
    Migration { number: 3, sql: include_str!("../../migrations/sqlite/0003_rights.sql") },
    Migration { number: 4, sql: include_str!("../../migrations/sqlite/0004_accounts_list.sql") },
    Migration { number: 5, sql: include_str!("../../migrations/sqlite/0005_account.sql") },
    Migration { number: 7, sql: include_str!("../../migrations/sqlite/0007_read_again.sql") },
    Migration { number: 12, sql: include_str!("../../migrations/sqlite/0012_list_as_left.sql") },
    Migration { number: 15, sql: include_str!("../../migrations/sqlite/0015_bulk_changes.sql") },
    Migration { number: 17, sql: include_str!("../../migrations/sqlite/0017_everybodys_work.sql") },
    // PostgreSQL finds one's own accounts by its index of all texts.
    Migration { number: 18, sql: include_str!("../../migrations/sqlite/0018_own_accounts.sql") },
    Migration { number: 19, sql: include_str!("../../migrations/sqlite/0019_meetings.sql") },
    Migration { number: 21, sql: include_str!("../../migrations/sqlite/0021_owners_by_name.sql") },
    Migration { number: 22, sql: include_str!("../../migrations/sqlite/0022_people_led.sql") },
    Migration { number: 23, sql: include_str!("../../migrations/sqlite/0023_own_base.sql") },
    Migration { number: 24, sql: include_str!("../../migrations/sqlite/0024_activities_by_day.sql") },
    Migration { number: 25, sql: include_str!("../../migrations/sqlite/0025_telephone_numbers.sql") },
    Migration { number: 26, sql: include_str!("../../migrations/sqlite/0026_waiting_counted.sql") },
];

pub(super) const POSTGRES: &[Migration] = &[
    Migration { number: 1, sql: include_str!("../../migrations/postgres/0001_spine.sql") },
    Migration { number: 2, sql: include_str!("../../migrations/postgres/0002_answers.sql") },
    Migration { number: 3, sql: include_str!("../../migrations/postgres/0003_rights.sql") },
    Migration { number: 4, sql: include_str!("../../migrations/postgres/0004_accounts_list.sql") },
    Migration { number: 5, sql: include_str!("../../migrations/postgres/0005_account.sql") },
    Migration { number: 7, sql: include_str!("../../migrations/postgres/0007_read_again.sql") },
    Migration { number: 12, sql: include_str!("../../migrations/postgres/0012_list_as_left.sql") },
    Migration { number: 15, sql: include_str!("../../migrations/postgres/0015_bulk_changes.sql") },
    Migration { number: 17, sql: include_str!("../../migrations/postgres/0017_everybodys_work.sql") },
    Migration { number: 19, sql: include_str!("../../migrations/postgres/0019_meetings.sql") },
    Migration { number: 21, sql: include_str!("../../migrations/postgres/0021_owners_by_name.sql") },
    Migration { number: 22, sql: include_str!("../../migrations/postgres/0022_people_led.sql") },
    Migration { number: 23, sql: include_str!("../../migrations/postgres/0023_own_base.sql") },
    Migration { number: 24, sql: include_str!("../../migrations/postgres/0024_activities_by_day.sql") },
    Migration { number: 25, sql: include_str!("../../migrations/postgres/0025_telephone_numbers.sql") },
    Migration { number: 26, sql: include_str!("../../migrations/postgres/0026_waiting_counted.sql") },
];

/// The table that tells which migrations a database has had, and how two programs that start at once take turns.
pub(super) struct Dialect {
    pub table: &'static str,
    pub begin: &'static str,
}

pub(super) const SQLITE_DIALECT: Dialect = Dialect {
    table: "create table if not exists migration (
              number integer not null primary key,
              checksum text not null
            ) strict",
    begin: "begin immediate",
};

pub(super) const POSTGRES_DIALECT: Dialect = Dialect {
    table: "create table if not exists migration (
              number bigint not null primary key,
              checksum text collate \"C\" not null
            )",
    // Held until the commit; the number is "LUOT" again.
    begin: "begin; select pg_advisory_xact_lock(1280655188)",
};

/// Applies what is missing, all or nothing. A database that lacks nothing is not locked for it.
pub(super) fn migrate(
    session: &dyn Session,
    dialect: &Dialect,
    migrations: &[Migration],
) -> Result<(), StoreError> {
    // A new database has no table to read from; any other error comes again where it is not passed over.
    let applied = applied(session).unwrap_or_default();
    if missing(&applied, migrations)?.is_empty() {
        return Ok(());
    }

    session.script(dialect.begin)?;
    let outcome = session.script(dialect.table).and_then(|()| apply_missing(session, migrations));
    match outcome {
        Ok(()) => session.script("commit"),
        Err(error) => {
            session.rollback()?;
            Err(error)
        }
    }
}

fn apply_missing(session: &dyn Session, migrations: &[Migration]) -> Result<(), StoreError> {
    for migration in missing(&applied(session)?, migrations)? {
        apply(session, migration)?;
    }
    Ok(())
}

/// What a database with these migrations lacks. Those it has must be ours, unchanged.
fn missing<'a>(
    applied: &[(i64, String)],
    migrations: &'a [Migration],
) -> Result<Vec<&'a Migration>, StoreError> {
    let known = migrations.iter().map(|migration| migration.number).max().unwrap_or(0);
    if let Some((found, _)) = applied.iter().find(|(number, _)| *number > known) {
        return Err(StoreError::Newer { found: *found, known });
    }
    let mut missing = Vec::new();
    for migration in migrations {
        match applied.iter().find(|(number, _)| *number == migration.number) {
            None => missing.push(migration),
            Some((_, found)) if *found == checksum(migration.sql) => (),
            Some((number, _)) => return Err(StoreError::Edited { number: *number }),
        }
    }
    Ok(missing)
}

fn applied(session: &dyn Session) -> Result<Vec<(i64, String)>, StoreError> {
    let mut applied = Vec::new();
    session.each("select number, checksum from migration order by number desc", &[], &mut |row| {
        applied.push((row.int(0)?, row.string(1)?));
        Ok(())
    })?;
    Ok(applied)
}

fn apply(session: &dyn Session, migration: &Migration) -> Result<(), StoreError> {
    session.script(migration.sql)?;
    let row = [Value::Int(migration.number), Value::Text(checksum(migration.sql))];
    session.execute("insert into migration (number, checksum) values ($1, $2)", &row).map(drop)
}

fn checksum(sql: &str) -> String {
    Sha256::digest(sql.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
