//! The schema is the same on both engines, and a database that is not ours, too new or unsafe is refused with a
//! sentence.
#![allow(clippy::unwrap_used)]

use luotsi_store::{
    Query, Reader, Store, StoreError,
    testing::{FreshDatabase, both},
};
use std::{collections::BTreeSet, thread};

#[derive(Debug, Default, PartialEq, Eq)]
struct Catalog {
    /// Table, column, kind, and whether it may be empty.
    columns: BTreeSet<(String, String, &'static str, bool)>,
    /// Table, kind, columns in order; an expression stands as `(expression)`.
    keys: BTreeSet<(String, &'static str, String)>,
    /// Table, columns, table referred to.
    references: BTreeSet<(String, String, String)>,
}

#[test]
fn both_engines_have_the_same_tables_keys_and_references() {
    let sqlite = FreshDatabase::sqlite();
    let postgres = FreshDatabase::postgres();

    let sqlite = Store::open(&sqlite.url).unwrap().read(sqlite_catalog).unwrap();
    let postgres = Store::open(&postgres.url).unwrap().read(postgres_catalog).unwrap();

    assert!(sqlite.columns.len() > 100 && sqlite.keys.len() > 30 && sqlite.references.len() > 20);
    let difference: Vec<_> = sqlite.columns.symmetric_difference(&postgres.columns).collect();
    assert!(difference.is_empty(), "columns: {difference:#?}");
    let difference: Vec<_> = sqlite.keys.symmetric_difference(&postgres.keys).collect();
    assert!(difference.is_empty(), "keys: {difference:#?}");
    let difference: Vec<_> = sqlite.references.symmetric_difference(&postgres.references).collect();
    assert!(difference.is_empty(), "references: {difference:#?}");
}

fn sqlite_catalog(reader: &Reader<'_>) -> Result<Catalog, StoreError> {
    // Each engine finds words in its own way: SQLite in tables of full text, PostgreSQL by an index.
    const SHARED: &str =
        "tables.type = 'table' and tables.name not like 'account_text%' and tables.name <> 'account_number'";
    let mut catalog = Catalog::default();
    reader.each(
        &r#"select tables.name, columns.name, columns.type, columns."notnull"
             from sqlite_schema as tables, pragma_table_info(tables.name) as columns
            where {SHARED}"#
            .replace("{SHARED}", SHARED),
        &[],
        |row| {
            let kind = match row.text(2)?.to_lowercase().as_str() {
                "blob" => "id",
                "integer" => "whole number",
                "real" => "number",
                "text" => "text or day",
                other => panic!("unforeseen type {other}"),
            };
            catalog.columns.insert((row.string(0)?, row.string(1)?, kind, !row.bool(3)?));
            Ok(())
        },
    )?;
    reader.each(
        &r#"select tables.name, indexes.name, indexes."unique", indexes.partial, indexes.origin,
                  (select group_concat(coalesce(name, '(expression)'), ' ')
                     from (select name from pragma_index_info(indexes.name) order by seqno))
             from sqlite_schema as tables, pragma_index_list(tables.name) as indexes
            where {SHARED}"#
            .replace("{SHARED}", SHARED),
        &[],
        |row| {
            let kind = key_kind(row.text(4)? == "pk", row.bool(2)?, row.bool(3)?);
            catalog.keys.insert((row.string(0)?, kind, row.string(5)?));
            Ok(())
        },
    )?;
    // A whole number as the primary key is the row's own number and has no index.
    reader.each(
        &"select tables.name, columns.name
           from sqlite_schema as tables, pragma_table_info(tables.name) as columns
          where {SHARED} and columns.pk = 1 and columns.type = 'INTEGER' collate nocase
            and not exists (select 1 from pragma_table_info(tables.name) as others where others.pk = 2)"
            .replace("{SHARED}", SHARED),
        &[],
        |row| {
            catalog.keys.insert((row.string(0)?, "primary", row.string(1)?));
            Ok(())
        },
    )?;
    reader.each(
        &r#"select name, group_concat("from", ' '), referred
             from (select tables.name, parts."from", parts."table" as referred, parts.id
                     from sqlite_schema as tables, pragma_foreign_key_list(tables.name) as parts
                    where {SHARED} order by tables.name, parts.id, parts.seq)
            group by name, id"#
            .replace("{SHARED}", SHARED),
        &[],
        |row| {
            catalog.references.insert((row.string(0)?, row.string(1)?, row.string(2)?));
            Ok(())
        },
    )?;
    Ok(catalog)
}

fn postgres_catalog(reader: &Reader<'_>) -> Result<Catalog, StoreError> {
    let mut catalog = Catalog::default();
    reader.each(
        "select table_name::text, column_name::text, data_type::text, collation_name::text, is_nullable::text
           from information_schema.columns
          where table_schema = 'public'",
        &[],
        |row| {
            let kind = match (row.text(2)?, row.opt_text(3)?) {
                ("uuid", None) => "id",
                ("bigint", None) => "whole number",
                ("double precision", None) => "number",
                // Only `C` orders as SQLite does.
                ("text", Some("C")) | ("date", None) => "text or day",
                other => panic!("unforeseen type {other:?}"),
            };
            catalog.columns.insert((row.string(0)?, row.string(1)?, kind, row.text(4)? == "YES"));
            Ok(())
        },
    )?;
    reader.each(
        "select tables.relname::text, indexes.indisprimary, indexes.indisunique, indexes.indpred is not null,
                string_agg(coalesce(columns.attname::text, '(expression)'), ' ' order by places.place)
           from pg_index as indexes
           join pg_class as tables on tables.oid = indexes.indrelid
           join pg_namespace as spaces on spaces.oid = tables.relnamespace and spaces.nspname = 'public'
          cross join lateral generate_series(0, indexes.indnkeyatts - 1) as places (place)
           left join pg_attribute as columns
             on columns.attrelid = tables.oid and columns.attnum = indexes.indkey[places.place]
            and columns.attnum > 0
          where indexes.indexrelid::regclass::text <> 'account_by_search_text'
          group by tables.relname, indexes.indexrelid, indexes.indisprimary, indexes.indisunique, 4",
        &[],
        |row| {
            let kind = key_kind(row.bool(1)?, row.bool(2)?, row.bool(3)?);
            catalog.keys.insert((row.string(0)?, kind, row.string(4)?));
            Ok(())
        },
    )?;
    reader.each(
        "select tables.relname::text, string_agg(columns.attname::text, ' ' order by keys.place),
                referred.relname::text
           from pg_constraint as constraints
           join pg_class as tables on tables.oid = constraints.conrelid
           join pg_class as referred on referred.oid = constraints.confrelid
          cross join lateral unnest(constraints.conkey) with ordinality as keys (number, place)
           join pg_attribute as columns on columns.attrelid = tables.oid and columns.attnum = keys.number
          where constraints.contype = 'f'
          group by constraints.oid, tables.relname, referred.relname",
        &[],
        |row| {
            catalog.references.insert((row.string(0)?, row.string(1)?, row.string(2)?));
            Ok(())
        },
    )?;
    Ok(catalog)
}

fn key_kind(is_primary: bool, is_unique: bool, is_partial: bool) -> &'static str {
    match (is_primary, is_unique, is_partial) {
        (true, _, _) => "primary",
        (false, true, true) => "unique among some",
        (false, true, false) => "unique",
        (false, false, true) => "index of some",
        (false, false, false) => "index",
    }
}

#[test]
fn a_database_is_opened_again_and_by_two_at_once() {
    for fresh in [FreshDatabase::sqlite(), FreshDatabase::postgres()] {
        let url = fresh.url.clone();
        let other = thread::spawn(move || Store::open(&url).map(drop));

        Store::open(&fresh.url).unwrap();

        other.join().unwrap().unwrap();
        Store::open(&fresh.url).unwrap();
    }
}

#[test]
fn a_newer_database_is_refused() {
    for fresh in [FreshDatabase::sqlite(), FreshDatabase::postgres()] {
        drop(Store::open(&fresh.url).unwrap());
        fresh.tamper("insert into migration (number, checksum) values (9000, 'of tomorrow')");

        let error = refused(&fresh.url);

        assert!(matches!(error, StoreError::Newer { found: 9000, .. }), "{error:?}");
    }
}

#[test]
fn a_database_made_by_an_edited_migration_is_refused() {
    for fresh in [FreshDatabase::sqlite(), FreshDatabase::postgres()] {
        drop(Store::open(&fresh.url).unwrap());
        fresh.tamper("update migration set checksum = 'edited' where number = 1");

        assert_eq!(refused(&fresh.url), StoreError::Edited { number: 1 });
    }
}

#[test]
fn a_file_that_is_no_database_and_one_of_another_program_are_refused() {
    let fresh = FreshDatabase::sqlite();
    let path = fresh.path().unwrap();
    let name = path.display().to_string();
    std::fs::write(path, "invoice;line;day\n1;1;2026-11-22\n".repeat(500)).unwrap();
    assert_eq!(refused(&fresh.url), StoreError::NotADatabase(name));

    std::fs::remove_file(path).unwrap();
    for fresh in [fresh, FreshDatabase::postgres()] {
        fresh.tamper("create table someone_elses (id integer)");
        assert!(matches!(refused(&fresh.url), StoreError::NotADatabase(_)));
    }
}

#[test]
fn a_folder_that_is_not_there_and_an_address_that_is_none_are_told() {
    assert!(matches!(refused("sqlite:/nowhere/at/all.luotsi"), StoreError::CannotOpen { .. }));
    assert!(matches!(refused("mysql://localhost/luotsi"), StoreError::Address(_)));
    assert!(matches!(refused("postgres://nobody@127.0.0.1:1/luotsi"), StoreError::CannotConnect(_)));
}

#[test]
fn a_postgresql_that_confirms_before_the_disk_has_it_is_refused() {
    let fresh = FreshDatabase::postgres();
    let name = fresh.url.rsplit('/').next().unwrap();
    fresh.tamper(&format!("alter database {name} set synchronous_commit = off"));

    let error = refused(&fresh.url);

    assert!(matches!(error, StoreError::Unsafe { setting: "synchronous_commit", .. }), "{error:?}");
}

#[test]
fn passwords_are_not_shown() {
    let StoreError::Address(shown) = refused("postgres://me:secret@host:notaport/db") else { panic!() };

    assert_eq!(shown, "postgres://me:***@host:notaport/db");
}

#[test]
fn values_that_must_not_be_are_refused_by_the_schema() {
    both(|store| {
        let refused = |sql: &'static str| -> StoreError {
            let actor = luotsi_core::history::Actor::Import;
            store.write(actor, move |work| work.execute(sql, &[])).unwrap_err()
        };

        let twice = refused("insert into writer (id) values (1)");
        let beside = refused("insert into writer (id) values (2)");
        let nobody = refused("insert into log_personal (position) values (77)");

        assert!(matches!(twice, StoreError::Taken(_)), "{twice:?}");
        assert!(matches!(beside, StoreError::Constraint(_)), "{beside:?}");
        assert!(matches!(nobody, StoreError::Constraint(_)), "{nobody:?}");
    });
}

fn refused(url: &str) -> StoreError {
    match Store::open(url) {
        Ok(_) => panic!("{url} was opened"),
        Err(error) => error,
    }
}

#[test]
fn a_database_another_program_writes_to_can_be_opened_and_read_meanwhile() {
    let fresh = FreshDatabase::sqlite();
    drop(Store::open(&fresh.url).unwrap());
    let other = rusqlite::Connection::open(fresh.path().unwrap()).unwrap();
    other.execute_batch("begin immediate").unwrap();

    let store = Store::open(&fresh.url).unwrap();

    let found = store.read(|reader| reader.one("select id from company", &[], |row| row.int(0)));
    assert_eq!(found, Ok(Some(1)));
}
