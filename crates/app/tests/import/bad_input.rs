//! What is no table, or has bad rows: a sentence with what to do, and nothing half.

use crate::desk::{Desk, company};
use luotsi_app::import::Kind;
use luotsi_store::{Store, testing::FreshDatabase};
use proptest::prelude::*;
use std::io::Write;

fn desk() -> (FreshDatabase, Desk) {
    let fresh = FreshDatabase::sqlite();
    let desk = Desk::with(&Store::open(&fresh.url).unwrap());
    (fresh, desk)
}

#[test]
fn files_that_are_no_tables_are_refused_with_a_sentence() {
    let (_fresh, desk) = desk();
    let cases: [(&[u8], &str); 13] = [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (b"PK\x03\x04\x14\0\x06\0", "save the sheet as CSV"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
        (b"\x00\x01\x02\x03\xfe\xff\x00\x10\x80\x04", "is not text"),
        (b"{\"rows\": []}", "is JSON"),
        (b"<html><body>", "is a web page"),
        (b"external_id,name,colour\n1,a,b\n", "has a column \"colour\""),
        (b"external_id,name,NAME\n1,a,b\n", "has the column \"NAME\" twice"),
        (b"external_id,industry\n1,a\n", "has no column name"),
        (b"hello world\n", "has a column \"hello world\""),
        (b"\x1f\x8b\x08\x00", "ends too early"),
        (b"external_id,name,\n1,a,b\n", "has a column \"\""),
    ];
    for (content, sentence) in cases {
        let error = desk.try_import(Kind::Accounts, content, None, false).unwrap_err().to_string();

        assert!(error.contains(sentence) && error.contains("accounts.csv"), "{error}");
    }
    assert_eq!(desk.count("account"), "0");
    assert_eq!(desk.count("log_entry"), "0");
}

#[test]
fn a_file_or_map_that_is_not_there_or_does_not_fit_is_refused() {
    let (_fresh, desk) = desk();
    let import = |map: &str| {
        desk.try_import(Kind::Accounts, "external_id,name\n1,a\n", Some(map), false).unwrap_err().to_string()
    };

    assert!(import("[colums]\n").contains("colums"));
    assert!(import("[columns]\nname = \"titel\"\n").contains("\"titel\""));
    assert!(import("date_form = \"%ZZ\"\n").contains("date_form"));
    let missing = desk.folder.path().join("none.csv");
    let options = luotsi_app::import::Options::default();
    for path in [&missing, &desk.folder.path().to_path_buf()] {
        let silent = luotsi_app::import::Silent;
        luotsi_app::import::import_on(&desk.store, Kind::Accounts, path, &options, desk.today, &silent)
            .unwrap_err();
    }
}

#[test]
fn broken_rows_are_rejected_and_the_others_go_in() {
    let (_fresh, desk) = desk();
    let mut file = "external_id,name,city\na1,Mäki,Oulu\n".as_bytes().to_vec();
    file.extend_from_slice(
        b"a2,Bro\xffken,Oulu\na3,Nul\0,Oulu\na4,Short\na5,Long,Oulu,and more\n,Nameless,Oulu\n",
    );
    file.extend_from_slice(format!("a6,{},Oulu\n", "x".repeat(201)).as_bytes());
    file.extend_from_slice(b"a7,\"two\nlines\",Oulu\na8,\"Fine, Oy\",Oulu,\n\n,,\na9,Bell\x07,Oulu\n");

    assert_eq!(desk.import(Kind::Accounts, &file), [2, 0, 0, 0, 8]);

    let path = desk.folder.path().join("accounts.csv.rejected.csv");
    let rejected = std::fs::read(path).unwrap();
    let rejected = String::from_utf8_lossy(&rejected);
    let starts = [
        "line,column,reason,external_id,name,city",
        "3,name,",
        "4,name,",
        "5,name,",
        "6,city,",
        "7,external_id,",
        "8,name,",
        "9,name,",
    ];
    for (row, start) in rejected.lines().zip(starts) {
        assert!(row.starts_with(start), "{row}");
    }
    assert!(rejected.contains("\n14,name,"), "{rejected}");
    assert_eq!(desk.ask("select name from account order by external_id", 1), ["Mäki", "Fine, Oy"]);
}

#[test]
fn a_name_that_nobody_can_see_is_none() {
    let (_fresh, desk) = desk();
    let file = "external_id,name,city\na1,\u{200b},Oulu\na2,\u{feff}Mäki,\u{2060}\n\u{200e},Harju,Oulu\n";

    assert_eq!(desk.import(Kind::Accounts, file.as_bytes()), [1, 0, 0, 0, 2]);

    let reasons = desk.rejected(Kind::Accounts);
    assert!(reasons[0].starts_with("2,name,") && reasons[1].starts_with("4,external_id,"), "{reasons:?}");
    assert_eq!(desk.ask("select name from account", 1), ["Mäki"]);
}

#[test]
fn a_quotation_mark_that_is_never_closed_ends_the_import_after_whole_rows() {
    let (_fresh, desk) = desk();
    company(&desk);
    let mut sales = String::from("invoice,line,day,account,net\n");
    sales.extend((0..8300).map(|number| format!("{number},1,2026-01-02,a1,1\n")));
    sales += "x,\"1,2026-01-02,a1,1\n";
    sales.extend((0..60_000).map(|number| format!("b{number},1,2026-01-02,a1,1\n")));

    let error = desk.try_import(Kind::Sales, &sales, None, false).unwrap_err().to_string();

    assert!(error.contains("line 8302") && error.contains("quotation mark"), "{error}");
    assert_eq!(desk.count("sales_line"), "8192");
}

#[test]
fn a_packed_file_that_is_cut_short_is_refused_and_leaves_nothing_but_whole_slices() {
    let (_fresh, desk) = desk();
    company(&desk);
    let mut sales = String::from("invoice,line,day,account,net\n");
    sales.extend((0..40_000).map(|number| format!("{number},1,2026-01-02,a1,{}\n", number * 7919 % 1000)));
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(sales.as_bytes()).unwrap();
    let packed = packer.finish().unwrap();

    let error = desk.try_import(Kind::Sales, &packed[..packed.len() * 9 / 10], None, false).unwrap_err();

    assert!(error.to_string().contains("ends too early; fetch it again"), "{error}");
    let lines: u64 = desk.count("sales_line").parse().unwrap();
    assert!(lines.is_multiple_of(8192), "{lines}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), kind in 0..11_usize) {
        let (_fresh, desk) = shared();
        let _ = desk.try_import(Kind::ALL[kind], &bytes, None, true);
    }

    #[test]
    fn no_rows_make_the_reader_panic(rows in "([a-z0-9,;\"\\n\\r.\u{e4}\u{0} -]{0,40}\n){0,20}", kind in 0..11_usize) {
        let (_fresh, desk) = shared();
        let kind = Kind::ALL[kind];
        let header: Vec<&str> = header(kind);
        let file = format!("{}\n{rows}", header.join(","));
        let _ = desk.try_import(kind, &file, None, true);
    }
}

fn shared() -> &'static (FreshDatabase, Desk) {
    static SHARED: std::sync::OnceLock<(FreshDatabase, Desk)> = std::sync::OnceLock::new();
    SHARED.get_or_init(desk)
}

/// The columns that each kind needs.
fn header(kind: Kind) -> Vec<&'static str> {
    match kind {
        Kind::People => vec!["external_id", "name", "role"],
        Kind::Products | Kind::Accounts => vec!["external_id", "name"],
        Kind::AccountTeam => vec!["account", "person", "role"],
        Kind::Contacts => vec!["external_id", "account", "name"],
        Kind::Sales => vec!["invoice", "day", "account", "net"],
        Kind::Activities => vec!["external_id", "account", "kind", "day", "state"],
        Kind::Estimates => vec!["account", "yearly_need", "estimator", "day"],
        Kind::Abilities => vec!["account", "people", "offering", "processes", "relationship", "day"],
        Kind::Targets => vec!["account", "year", "target", "day"],
        Kind::Overrides => vec!["account", "segment", "from"],
    }
}
