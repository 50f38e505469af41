//! The known figures of two public data sets, through the example maps. The data stands beside the repository; where
//! it is absent the tests are skipped and say so.

use crate::desk::Desk;
use luotsi_app::import::{Kind, Options, Silent, Summary, import_on};
use luotsi_store::{Store, testing::FreshDatabase};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn data(name: &str) -> Option<PathBuf> {
    let folder = root().join("../shared/data").join(name);
    if !folder.exists() {
        eprintln!("skipped: {} is not there", folder.display());
    }
    folder.exists().then_some(folder)
}

fn import(desk: &Desk, example: &str, map: &str, kind: Kind, file: &Path) -> Summary {
    let map = root().join("examples").join(example).join(format!("{map}.toml"));
    let options = Options { map: Some(map), source: Some(example.to_owned()), dry_run: false };
    import_on(&desk.store, kind, file, &options, desk.today, &Silent).unwrap()
}

/// Net cents by account, the largest first.
const NET: &str = "select account.external_id, cast(sum(line.net_cents) as bigint) as net
                     from sales_line line join account on account.id = line.account_id
                    group by account.external_id order by net desc, account.external_id";

fn net_of_top_fifth(desk: &Desk, customers: usize) -> f64 {
    let nets: Vec<i64> =
        desk.ask(NET, 2).iter().map(|row| row.rsplit(' ').next().unwrap().parse().unwrap()).collect();
    let top: i64 = nets.iter().take(customers.div_ceil(5)).sum();
    top as f64 * 100.0 / nets.iter().sum::<i64>() as f64
}

#[test]
fn northwind_has_its_known_figures() {
    let Some(folder) = data("northwind") else { return };
    let fresh = FreshDatabase::sqlite();
    let desk = Desk::with(&Store::open(&fresh.url).unwrap());

    for (kind, map, file) in [
        (Kind::People, "people", "sellers.csv"),
        (Kind::Products, "products", "products.csv"),
        (Kind::Accounts, "accounts", "customers.csv"),
        (Kind::Contacts, "contacts", "customers.csv"),
        (Kind::Sales, "sales", "order_lines.csv"),
    ] {
        let summary = import(&desk, "northwind", map, kind, &folder.join(file));
        assert_eq!(summary.created, summary.rows, "{file}");
    }

    let counted = ["person", "product", "product_group", "account", "contact", "sales_line"];
    assert_eq!(counted.map(|table| desk.count(table)), ["9", "77", "8", "91", "91", "2155"]);
    let net: i64 = desk.ask("select cast(sum(net_cents) as bigint) from sales_line", 1)[0].parse().unwrap();
    assert!((net - 126_579_304).abs() < 100, "{net}");
    let top: Vec<String> = desk.ask(NET, 2).into_iter().take(3).collect();
    assert_eq!(top, ["QUICK 11027731", "ERNSH 10487497", "SAVEA 10436194"]);
    let never = "select external_id from account where id not in (select account_id from sales_line) order by external_id";
    assert_eq!(desk.ask(never, 1), ["FISSA", "PARIS"]);
    let finns = "select account.external_id, cast(sum(line.net_cents) as bigint), count(distinct line.invoice)
                   from account join sales_line line on line.account_id = account.id
                  where account.country = 'Finland' group by account.external_id order by account.external_id";
    assert_eq!(desk.ask(finns, 3), ["WARTH 1564870 15", "WILMK 316135 7"]);
    let orders = "select count(distinct invoice) from sales_line";
    assert_eq!(desk.ask(orders, 1), ["830"]);
    assert!((net_of_top_fifth(&desk, 89) - 60.06).abs() < 0.01);
    let managers = "select count(*) from person_version where manager_id is not null";
    assert_eq!(desk.ask(managers, 1), ["8"]);
}

#[test]
fn online_retail_has_its_known_figures() {
    let Some(folder) = data("online_retail") else { return };
    let fresh = FreshDatabase::sqlite();
    let desk = Desk::with(&Store::open(&fresh.url).unwrap());
    let file = folder.join("invoice_lines_2009-12_2010-12.csv.gz");

    let sales = import(&desk, "online_retail", "sales", Kind::Sales, &file);

    assert_eq!((sales.rows, sales.created, sales.rejected), (525_461, 407_664, 0));
    assert_eq!(desk.count("account"), "4312");
    // 8,832,003.27 but for 14 lines of 0.001 each, that are no cent.
    assert_eq!(desk.ask("select cast(sum(net_cents) as bigint) from sales_line", 1), ["883200326"]);
    assert!((net_of_top_fifth(&desk, 4312) - 73.48).abs() < 0.01);
    let finns = "select count(distinct account.id), cast(sum(line.net_cents) as bigint)
                   from account join sales_line line on line.account_id = account.id
                  where account.country = 'Finland'";
    assert_eq!(desk.ask(finns, 2), ["7 737946"]);
}
