//! A desk to import at: a folder for files, a database, and questions to it.

use luotsi_app::import::{ImportError, Kind, Options, Silent, Summary, import_on};
use luotsi_core::units::Day;
use luotsi_store::{Query, Store, StoreError};
use std::path::PathBuf;
use tempfile::TempDir;

pub struct Desk {
    pub store: Store,
    pub folder: TempDir,
    pub today: Day,
}

impl Desk {
    pub fn with(store: &Store) -> Self {
        let today = Day::new(2026, 11, 22).unwrap();
        Self { store: store.clone(), folder: tempfile::tempdir().unwrap(), today }
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    pub fn try_import(
        &self,
        kind: Kind,
        content: impl AsRef<[u8]>,
        map: Option<&str>,
        dry_run: bool,
    ) -> Result<Summary, ImportError> {
        let file = self.file(&format!("{}.csv", kind.name()), content);
        let map = map.map(|map| self.file("map.toml", map));
        let options = Options { map, source: Some("erp".to_owned()), dry_run };
        import_on(&self.store, kind, &file, &options, self.today, &Silent)
    }

    /// Imports and tells rows created, updated, unchanged, skipped and rejected.
    pub fn import(&self, kind: Kind, content: impl AsRef<[u8]>) -> [u64; 5] {
        counts(&self.try_import(kind, content, None, false).unwrap())
    }

    pub fn import_mapped(&self, kind: Kind, content: &str, map: &str) -> [u64; 5] {
        counts(&self.try_import(kind, content, Some(map), false).unwrap())
    }

    /// The rejected rows of the last import of a kind, a line each.
    pub fn rejected(&self, kind: Kind) -> Vec<String> {
        let path = self.folder.path().join(format!("{}.csv.rejected.csv", kind.name()));
        std::fs::read_to_string(path).unwrap().lines().skip(1).map(str::to_owned).collect()
    }

    /// The answer's rows, each a text of its columns.
    pub fn ask(&self, sql: &str, columns: usize) -> Vec<String> {
        self.store
            .read(|reader| {
                reader.all(sql, &[], |row| {
                    let cells: Vec<String> = (0..columns)
                        .map(|column| {
                            match (row.opt_text(column), row.opt_day(column), row.opt_int(column)) {
                                (_, Ok(Some(day)), _) => day.to_string(),
                                (Ok(Some(text)), _, _) => text.to_owned(),
                                (_, _, Ok(Some(int))) => int.to_string(),
                                (_, _, _) => "-".to_owned(),
                            }
                        })
                        .collect();
                    Ok(cells.join(" "))
                })
            })
            .map_err(|error: StoreError| error.to_string())
            .unwrap()
    }

    pub fn count(&self, table: &str) -> String {
        self.ask(&format!("select count(*) from {table}"), 1).remove(0)
    }
}

pub fn counts(summary: &Summary) -> [u64; 5] {
    let counts = [summary.created, summary.updated, summary.unchanged, summary.skipped, summary.rejected];
    assert_eq!(counts.iter().sum::<u64>(), summary.rows, "every row is counted once");
    counts
}

/// A company with two people, a product, two accounts and a contact.
pub const PEOPLE: &str =
    "external_id,name,role,team,manager\np1,Aino,seller,south,p2\np2,Eero,manager,south,\n";
pub const PRODUCTS: &str = "external_id,name,group\nc25,Concrete C25,Concrete\n";
pub const ACCOUNTS: &str =
    "external_id,name,parent,owner,industry\na1,Mäkelä Oy,a2,p1,construction\na2,Konserni Oyj,,p1,\n";
pub const CONTACTS: &str = "external_id,account,name,phone\nk1,a1,Maija,\"'+358 40\"\n";

pub fn company(desk: &Desk) {
    assert_eq!(desk.import(Kind::People, PEOPLE), [2, 0, 0, 0, 0]);
    assert_eq!(desk.import(Kind::Products, PRODUCTS), [1, 0, 0, 0, 0]);
    assert_eq!(desk.import(Kind::Accounts, ACCOUNTS), [2, 0, 0, 0, 0]);
    assert_eq!(desk.import(Kind::Contacts, CONTACTS), [1, 0, 0, 0, 0]);
}
