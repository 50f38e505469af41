//! The sample company leaves no customer, product or sample person behind, on both engines, and can be made again.

#![allow(clippy::unwrap_used)]

use luotsi_app::{
    act::{ActError, By},
    import::{
        self,
        records::{PersonRecord, Records},
    },
    sample::{self, Sample},
    steering::{self, Extent},
};
use luotsi_core::{history::Actor, people::Role, units::Day};
use luotsi_demo::{SEED, cast, generate, watch_days};
use luotsi_store::{
    Query, Store, StoreError,
    people::{edit, session},
    recording::OWN_SOURCE,
    testing::both,
};

fn today() -> Day {
    Day::new(2026, 11, 22).unwrap()
}

fn admin(store: &Store, role: Role) -> By {
    let told = PersonRecord {
        external_id: role.name().to_owned(),
        name: "Outi Salonen".to_owned(),
        email: None,
        role,
        team: None,
        manager: None,
        is_active: true,
        hourly_cost: None,
        customer_hours: None,
        known_on: None,
    };
    let records = Records { people: vec![told], ..Records::default() };
    import::load(store, &records, OWN_SOURCE, today(), Actor::Setup, &import::Silent).unwrap();
    let outi = store.read(|reader| session::find(reader, role.name())).unwrap().unwrap();
    By::person(outi, today())
}

fn make(store: &Store) {
    sample::note_begun(store, "40").unwrap();
    let records = generate(40, today(), SEED);
    import::load(store, &records, sample::SOURCE, today(), Actor::Demo, &import::Silent).unwrap();
    for on in watch_days(today()).into_iter().rev().take(2).rev() {
        steering::watch(store, on, Extent::Changed, &steering::Silent).unwrap();
    }
    sample::note_whole(store, "40").unwrap();
}

/// Tables with rows, but for the log, the house's own and the people.
fn full_tables(store: &Store) -> Vec<String> {
    let own = ["company", "writer", "migration", "person", "person_version", "log_entry", "log_personal"];
    store
        .read(|reader| {
            let tables = match store.engine() {
                luotsi_store::Engine::Sqlite => {
                    "select name from sqlite_schema where type = 'table' and name not like 'sqlite%' and name not like 'account_text%'"
                }
                luotsi_store::Engine::Postgres => {
                    "select table_name::text from information_schema.tables where table_schema = 'public'"
                }
            };
            let mut full = Vec::new();
            for table in reader.all(tables, &[], |row| row.string(0))? {
                let rows = reader.one(&format!("select count(*) from {table}"), &[], |row| row.int(0))?;
                if rows > Some(0) && !own.contains(&table.as_str()) {
                    full.push(table);
                }
            }
            Ok::<_, StoreError>(full)
        })
        .unwrap()
}

fn names(store: &Store) -> Vec<String> {
    let people = store.read(|reader| edit::all(reader)).unwrap();
    people.into_iter().map(|person| person.name).collect()
}

#[test]
fn nothing_of_the_sample_company_is_left_and_it_can_be_made_again() {
    both(|store| {
        let by = admin(store, Role::Admin);
        make(store);
        assert!(full_tables(store).len() > 15, "{:?}", full_tables(store));

        sample::remove(store, &by).unwrap();

        assert_eq!(full_tables(store), Vec::<String>::new());
        assert_eq!(names(store), ["Outi Salonen"]);
        assert_eq!(store.read(|reader| sample::state(reader)).unwrap(), Sample::None);
        make(store);
        assert!(names(store).contains(&cast::PEOPLE[0].name.to_owned()));
    });
}

#[test]
fn only_an_administrator_takes_it_out_and_only_where_no_other_customers_are() {
    both(|store| {
        let (by, seller) = (admin(store, Role::Admin), admin(store, Role::Seller));
        assert_eq!(sample::remove(store, &by), Err(ActError::NotThere), "there is none");
        make(store);
        assert!(matches!(sample::remove(store, &seller), Err(ActError::Refused(_))));

        let other = generate(20, today(), 7);
        let records = import::records::Records { accounts: other.accounts, ..Default::default() };
        import::load(store, &records, "erp", today(), Actor::Import, &import::Silent).unwrap();

        assert_eq!(sample::remove(store, &by), Err(ActError::NotThere));
        assert!(!full_tables(store).is_empty());
    });
}
