//! Files as programs write them: encodings, separators, decimal commas, compression.

use crate::desk::Desk;
use flate2::{Compression, write::GzEncoder};
use luotsi_app::import::Kind;
use luotsi_store::{Store, testing::FreshDatabase};
use std::io::Write;

const FILE: &str = "external_id;name;role;hourly_cost\np1;Päivi Åström;seller;1 050,50\np2;Sööt;kam;45,5\n";

fn check(content: &[u8]) {
    let fresh = FreshDatabase::sqlite();
    let desk = Desk::with(&Store::open(&fresh.url).unwrap());

    assert_eq!(desk.import(Kind::People, content), [2, 0, 0, 0, 0]);

    let costs = "select person.name, version.hourly_cost_cents from person_version version
                   join person on person.id = version.person_id order by person.external_id";
    assert_eq!(desk.ask(costs, 2), ["Päivi Åström 105050", "Sööt 4550"]);
}

#[test]
fn the_same_table_is_read_in_every_dress() {
    check(FILE.as_bytes());
    check(format!("\u{feff}{FILE}").as_bytes());
    check(FILE.replace('\n', "\r\n").as_bytes());
    check(FILE.replace('\n', "\r").as_bytes());
    check(FILE.replace(';', "\t").as_bytes());
    check(FILE.replace(';', "|").as_bytes());
    check(format!("sep=;\r\n{FILE}").as_bytes());
    check(FILE.replace("1 050,50", "\"1,050.50\"").replace("45,5", "45.5").replace(';', ",").as_bytes());
    check(&FILE.chars().map(|letter| letter as u8).collect::<Vec<u8>>());
    check(&utf16(FILE, u16::to_le_bytes));
    check(&utf16(FILE, u16::to_be_bytes));
    check(&gzipped(FILE.as_bytes()));
    check(&gzipped(&utf16(FILE, u16::to_le_bytes)));
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}
