//! What is exported and imported into an empty database is exported the same again.

use super::base::day;
use crate::{
    export::{Format, What, export},
    import::{
        self, Kind, Options,
        records::{
            AccountRecord, ActivityRecord, ContactRecord, PersonRecord, ProductRecord, Records, SalesRecord,
        },
    },
};
use luotsi_core::{
    activity::{ActivityKind, ActivityState, Direction},
    history::Actor,
    people::Role,
    units::{Day, Money},
};
use luotsi_store::{
    Store,
    testing::{FreshDatabase, both},
};
use std::{fs, path::Path};

const ON: &str = "2026-11-22";

#[test]
fn accounts_sales_and_activities_survive_export_and_import() {
    both(|store| {
        load(store, &company());
        let folder = tempfile::tempdir().unwrap();
        let exported = exports(store, folder.path());

        let fresh = FreshDatabase::sqlite();
        let empty = Store::open(&fresh.url).unwrap();
        load(
            &empty,
            &Records {
                accounts: Vec::new(),
                contacts: Vec::new(),
                sales: Vec::new(),
                activities: Vec::new(),
                ..company()
            },
        );
        import_file(&empty, Kind::Accounts, &folder.path().join("accounts.csv"));
        load(&empty, &Records { contacts: company().contacts, ..Records::default() });
        import_file(&empty, Kind::Sales, &folder.path().join("sales.csv"));
        import_file(&empty, Kind::Activities, &folder.path().join("activities.csv"));
        let again = tempfile::tempdir().unwrap();

        assert!(exported.iter().all(|text| text.lines().count() > 2), "{exported:?}");
        assert_eq!(exports(&empty, again.path()), exported);
    });
}

fn load(store: &Store, records: &Records) {
    let loaded = import::load(store, records, "erp", day(ON), Actor::Import, &import::Silent).unwrap();

    assert!(loaded.iter().all(|(_, summary)| summary.rejected == 0), "{loaded:?}");
}

fn import_file(store: &Store, kind: Kind, file: &Path) {
    let options = Options { source: Some("erp".to_owned()), ..Options::default() };

    let summary = import::import(store, kind, file, &options, &import::Silent).unwrap();

    assert_eq!((summary.rejected, summary.skipped), (0, 0), "{}", kind.name());
}

/// Written into `folder` too.
fn exports(store: &Store, folder: &Path) -> Vec<String> {
    [What::Accounts, What::Sales, What::Activities]
        .into_iter()
        .map(|what| {
            let mut out = Vec::new();
            export(store, what, Day::parse(ON), Format::Csv, &mut out).unwrap();
            fs::write(folder.join(what.name()).with_extension("csv"), &out).unwrap();
            String::from_utf8(out).unwrap()
        })
        .collect()
}

fn company() -> Records {
    Records {
        people: vec![person("anna"), person("-7")],
        products: vec![ProductRecord {
            external_id: "+P,1".to_owned(),
            name: "=SUM(A1)".to_owned(),
            group: Some("Concrete".to_owned()),
        }],
        accounts: vec![
            account("A1", "Rakennus \"Oy\"; Ab", None),
            account("=A2", "'-Mäkelä, pojat", Some("A1")),
            account("@3", "'t Hof", Some("=A2")),
        ],
        contacts: vec![ContactRecord {
            external_id: "liisa".to_owned(),
            account: "A1".to_owned(),
            name: "Liisa".to_owned(),
            title: None,
            email: None,
            phone: Some("+358 40 123".to_owned()),
        }],
        sales: vec![
            sale("100", "1", 1_250_000, 123_456_789, Some(Money::cents(100))),
            sale("100", "2", -1, -1, None),
            sale("-C100", "1", 0, 0, None),
        ],
        activities: vec![
            activity("V1", ActivityState::Done, Some("one line\nand \"another\", with a comma")),
            activity("-V2", ActivityState::Planned, Some("=HYPERLINK(\"x\")")),
        ],
        ..Records::default()
    }
}

fn person(external_id: &str) -> PersonRecord {
    PersonRecord {
        external_id: external_id.to_owned(),
        name: external_id.to_owned(),
        email: None,
        role: Role::Seller,
        team: None,
        manager: None,
        is_active: true,
        hourly_cost: None,
        customer_hours: None,
        known_on: None,
    }
}

fn account(external_id: &str, name: &str, parent: Option<&str>) -> AccountRecord {
    AccountRecord {
        external_id: external_id.to_owned(),
        name: name.to_owned(),
        business_id: Some("0116297-6".to_owned()),
        parent: parent.map(str::to_owned),
        industry: Some("building".to_owned()),
        size_class: None,
        owner: Some("-7".to_owned()),
        street: Some("- Tehtaankatu 1".to_owned()),
        postal_code: Some("00140".to_owned()),
        city: Some("Helsinki".to_owned()),
        country: None,
        is_active: external_id == "A1",
        known_on: None,
    }
}

fn sale(
    invoice: &str,
    line: &str,
    quantity_millionths: i64,
    net_cents: i64,
    cost: Option<Money>,
) -> SalesRecord {
    SalesRecord {
        invoice: invoice.to_owned(),
        line: Some(line.to_owned()),
        day: day("2026-10-01"),
        account: "=A2".to_owned(),
        product: cost.map(|_| "+P,1".to_owned()),
        quantity_millionths,
        net: Money::cents(net_cents),
        cost,
        known_on: None,
    }
}

fn activity(external_id: &str, state: ActivityState, note: Option<&str>) -> ActivityRecord {
    ActivityRecord {
        external_id: external_id.to_owned(),
        account: "A1".to_owned(),
        kind: ActivityKind::Call,
        person: Some("anna".to_owned()),
        day: day(if state == ActivityState::Done { "2026-11-01" } else { "2026-12-01" }),
        minutes: Some(25),
        state,
        direction: Some(Direction::In),
        contact: Some("liisa".to_owned()),
        outcome: Some("no_answer".to_owned()),
        note: note.map(str::to_owned),
        planned_on: Some(day("2026-10-15")),
        known_on: None,
    }
}
