//! Sales lines, activities and judgements: keys, corrections, and what is refused.

use crate::desk::{Desk, company};
use luotsi_app::import::{Advance, ImportError, Kind, Options, Progress, Silent, import_on};
use luotsi_store::testing::both;
use std::sync::atomic::{AtomicU64, Ordering};

const LINES: &str = "select invoice, line, net_cents, known_from, known_until from sales_line
                      order by invoice, line, known_from, known_until";

#[test]
fn lines_without_a_number_are_numbered_within_their_invoice() {
    both(|store| {
        let desk = Desk::with(store);
        company(&desk);
        let sales = "invoice,day,account,product,quantity,net\n\
                     1,2026-01-02,a1,c25,2,10.00\n2,2026-01-02,a2,,1,5\n1,2026-01-02,a1,c25,2,10.00\n1,2026-01-02,a1,,-1,-3\n";

        assert_eq!(desk.import(Kind::Sales, sales), [4, 0, 0, 0, 0]);
        assert_eq!(desk.import(Kind::Sales, sales), [0, 0, 4, 0, 0]);

        let lines = desk.ask("select invoice, line, net_cents from sales_line order by invoice, line", 3);
        assert_eq!(lines, ["1 1 1000", "1 2 1000", "1 3 -300", "2 1 500"]);
    });
}

#[test]
fn a_corrected_line_is_believed_from_the_day_it_is_known_and_touches_both_accounts() {
    both(|store| {
        let desk = Desk::with(store);
        company(&desk);
        let header = "invoice,line,day,account,net,known_on\n";
        desk.import(Kind::Sales, format!("{header}1,1,2026-01-02,a1,10,\n"));

        let correction = format!("{header}1,1,2026-01-02,a2,12,2026-03-01\n");
        assert_eq!(desk.import(Kind::Sales, &correction), [0, 1, 0, 0, 0]);
        assert_eq!(desk.import(Kind::Sales, &correction), [0, 0, 1, 0, 0]);

        assert_eq!(desk.ask(LINES, 5), ["1 1 1000 2026-01-02 2026-03-01", "1 1 1200 2026-03-01 9999-12-31"]);
        let touched = "select account.external_id, touched.known_from from log_touched touched
                         join account on account.id = touched.account_id
                         join log_entry on log_entry.position = touched.position
                        where log_entry.subject = 'sales' order by touched.position, account.external_id";
        assert_eq!(desk.ask(touched, 2), ["a1 2026-01-02", "a1 2026-03-01", "a2 2026-03-01"]);
    });
}

#[test]
fn a_backdated_correction_supersedes_what_was_known_later() {
    both(|store| {
        let desk = Desk::with(store);
        company(&desk);
        let header = "invoice,line,day,account,net,known_on\n";
        let two = format!("{header}1,1,2026-01-02,a1,10,\n1,1,2026-01-02,a1,11,2026-05-01\n");
        assert_eq!(desk.import(Kind::Sales, &two), [1, 1, 0, 0, 0]);
        assert_eq!(desk.import(Kind::Sales, &two), [0, 0, 2, 0, 0]);

        desk.import(Kind::Sales, format!("{header}1,1,2026-01-02,a1,12,2026-04-01\n"));

        let expected = [
            "1 1 1000 2026-01-02 2026-04-01",
            "1 1 1200 2026-04-01 9999-12-31",
            "1 1 1100 2026-05-01 2026-05-01",
        ];
        assert_eq!(desk.ask(LINES, 5), expected);
    });
}

#[test]
fn a_plan_becomes_done_whatever_the_order_of_the_rows() {
    both(|store| {
        let desk = Desk::with(store);
        company(&desk);
        let file = "external_id,account,kind,person,day,minutes,state,direction,contact,outcome,note,planned_on\n\
                    v1,a1,visit,p1,2026-05-04,90,done,out,k1,order,\"two\nlines\",\n\
                    v1,a1,visit,p1,2026-05-05,,planned,,,,,2026-04-01\n";

        assert_eq!(desk.import(Kind::Activities, file), [1, 1, 0, 0, 0]);
        assert_eq!(desk.import(Kind::Activities, file), [0, 0, 2, 0, 0]);

        let versions =
            "select version, state, minutes, known_from, known_until from activity order by version";
        let expected = ["1 planned 0 2026-04-01 2026-05-04", "2 done 90 2026-05-04 9999-12-31"];
        assert_eq!(desk.ask(versions, 5), expected);
        assert_eq!(desk.ask("select distinct note from activity where note is not null", 1), ["two\nlines"]);
    });
}

#[test]
fn judgements_have_keys_without_ids() {
    both(|store| {
        let desk = Desk::with(store);
        company(&desk);
        let estimates = "account,group,yearly_need,estimator,person,day,justification\n\
                         a1,,50000,owner,p1,2026-02-01,big\na1,Concrete,30 000,customer,,2026-02-01,\n";
        let abilities = "account,people,offering,processes,relationship,person,day\n\
                         a1,1,2,3,4,p1,2026-02-01\na2,,,,,p1,2026-02-01\n";
        let targets = "account,year,target,person,day\na1,2026,60000,p1,2026-02-01\n";
        let overrides = "account,segment,reason,person,from,review\n\
                         a1,strategic,because,p1,2026-02-29,\na1,Growth,because,p1,2026-02-28,\na1,,,p1,2026-03-01,\n";
        let team = "account,person,role,from,until\na1,p2,kam,2026-01-01,\na1,p1,service,,2026-05-31\n";

        assert_eq!(desk.import(Kind::Estimates, estimates), [2, 0, 0, 0, 0]);
        assert_eq!(desk.import(Kind::Abilities, abilities), [1, 0, 0, 1, 0]);
        assert_eq!(desk.import(Kind::Targets, targets), [1, 0, 0, 0, 0]);
        assert_eq!(desk.import(Kind::Overrides, overrides), [2, 0, 0, 0, 1]);
        assert_eq!(desk.import(Kind::AccountTeam, team), [2, 0, 0, 0, 0]);
        assert_eq!(desk.import(Kind::Estimates, estimates.replace("50000", "51000")), [0, 1, 1, 0, 0]);
        assert_eq!(desk.import(Kind::Abilities, abilities), [0, 0, 1, 1, 0]);
        assert_eq!(desk.import(Kind::Targets, targets), [0, 0, 1, 0, 0]);
        assert_eq!(desk.import(Kind::Overrides, overrides), [0, 0, 2, 0, 1]);
        assert_eq!(desk.import(Kind::AccountTeam, team), [0, 0, 2, 0, 0]);

        let reviews = "select segment, review_on from segment_override order by from_day";
        assert_eq!(desk.ask(reviews, 2), ["growth 2027-02-28", "- 2027-03-01"]);
        let days = "select from_day, until_day from account_team order by from_day";
        assert_eq!(desk.ask(days, 2), ["0001-01-01 2026-05-31", "2026-01-01 9999-12-31"]);
        let needs = "select yearly_need_cents, known_until from estimate order by yearly_need_cents";
        let expected = ["3000000 9999-12-31", "5000000 2026-02-01", "5100000 9999-12-31"];
        assert_eq!(desk.ask(needs, 2), expected);
    });
}

#[test]
fn what_cannot_be_is_rejected_with_line_column_and_reason() {
    both(|store| {
        let desk = Desk::with(store);
        company(&desk);
        let sales = "invoice,day,account,product,quantity,net\n\
                     1,2026-11-22,a1,c25,1,1\n2,2026-11-23,a1,c25,1,1\n3,2026-01-01,nobody,c25,1,1\n4,2026-01-01,a1,c99,1,1\n\
                     5,2026-01-01,a1,c25,1,1000000000001\n6,31.2.2026,a1,c25,1,1\n7,2026-01-01,a1,c25,one,1\n8,2026-01-01,a1,c25,1,\n";

        assert_eq!(desk.import(Kind::Sales, sales), [1, 0, 0, 0, 7]);

        let rejected = desk.rejected(Kind::Sales);
        let expected = [
            ("3,day,", "too late"),
            ("4,account,", "no account has"),
            ("5,product,", "no product has"),
            ("6,net,", "out of range"),
            ("7,day,", "no day"),
            ("8,quantity,", "no number"),
            ("9,net,", "is empty"),
        ];
        for (row, (start, reason)) in rejected.iter().zip(expected) {
            assert!(row.starts_with(start) && row.contains(reason), "{row}");
        }
        assert!(rejected[0].ends_with(",2,2026-11-23,a1,c25,1,1"), "{}", rejected[0]);

        let activities = "external_id,account,kind,day,state\nx,a1,call,2026-11-23,done\ny,a1,call,2026-11-23,planned\n\
                          z,a1,dance,2026-11-23,planned\n";
        assert_eq!(desk.import(Kind::Activities, activities), [1, 0, 0, 0, 2]);
        let estimates = "account,group,yearly_need,estimator,day\na1,Unknown,1,owner,2026-01-01\na1,,-1,owner,2026-01-01\n";
        assert_eq!(desk.import(Kind::Estimates, estimates), [0, 0, 0, 0, 2]);
    });
}

#[test]
fn accounts_and_products_are_made_from_lines_where_the_map_says_so() {
    both(|store| {
        let desk = Desk::with(store);
        let map = "create = [\"account\", \"product\"]\ndate_form = \"%m/%d/%Y\"\n[columns]\naccount = \"Customer\"\n\
                   [formula]\nnet = \"Quantity * Price * (1 - Discount)\"\n[account]\nname = [\"First\", \"Last\"]\n\
                   country = \"Land\"\n[product]\nname = \"What\"\ngroup = \"Sort\"\n[[skip]]\ncolumn = \"Invoice\"\n\
                   starts_with = \"C\"\n";
        let file = "Invoice,Day,Customer,First,Last,Land,Product,What,Sort,Quantity,Price,Discount\n\
                    1,1/31/2026,9,Maija,Mäki,Finland,7,Nut,Small,3,0.333,0.5\nC1,1/31/2026,9,M,M,,7,,,1,1,0\n\
                    2,02/01/2026,9,Other,Name,Sweden,8,,Small,1,0.005,0\n";

        let dry = desk.try_import(Kind::Sales, file, Some(map), true).unwrap();
        assert_eq!(crate::desk::counts(&dry), [2, 0, 0, 1, 0]);
        assert_eq!(desk.count("account"), "0");
        assert_eq!(desk.import_mapped(Kind::Sales, file, map), [2, 0, 0, 1, 0]);
        assert_eq!(desk.import_mapped(Kind::Sales, file, map), [0, 0, 2, 1, 0]);

        assert_eq!(desk.ask("select external_id, name, country from account", 3), ["9 Maija Mäki Finland"]);
        assert_eq!(desk.ask("select name from product order by external_id", 1), ["Nut", "8"]);
        assert_eq!(desk.ask("select name from product_group", 1), ["Small"]);
        assert_eq!(
            desk.ask("select day, net_cents from sales_line order by day", 2),
            ["2026-01-31 50", "2026-02-01 1"]
        );
    });
}

/// Stops an import after some rows.
struct StopAfter {
    rows: u64,
    seen: AtomicU64,
}

impl Progress for StopAfter {
    fn advance(&self, done: Advance) {
        self.seen.store(done.rows, Ordering::Relaxed);
    }

    fn is_cancelled(&self) -> bool {
        self.rows <= self.seen.load(Ordering::Relaxed)
    }
}

#[test]
fn an_import_that_is_stopped_leaves_whole_slices_and_goes_on_when_run_again() {
    both(|store| {
        let desk = Desk::with(store);
        company(&desk);
        let mut sales = String::from("invoice,line,day,account,net\n");
        sales.extend((0..20_000).map(|number| format!("{number},1,2026-01-02,a1,{number}\n")));
        let file = desk.file("sales.csv", &sales);
        let options = Options { source: Some("erp".to_owned()), ..Options::default() };
        let stop = StopAfter { rows: 8000, seen: AtomicU64::new(0) };

        let stopped = import_on(store, Kind::Sales, &file, &options, desk.today, &stop);
        assert!(matches!(stopped, Err(ImportError::Cancelled { rows: 8192 })), "{stopped:?}");
        assert_eq!(desk.count("sales_line"), "8192");

        let again = import_on(store, Kind::Sales, &file, &options, desk.today, &Silent).unwrap();
        assert_eq!((again.created, again.unchanged), (11_808, 8192));
        assert_eq!(desk.count("sales_line"), "20000");
    });
}
