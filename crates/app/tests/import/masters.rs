//! People, accounts, contacts and products: what is kept as last told, and what is dated.

use crate::desk::{ACCOUNTS, CONTACTS, Desk, PEOPLE, PRODUCTS, company};
use luotsi_app::import::Kind;
use luotsi_store::testing::both;

#[test]
fn a_company_comes_in_and_the_same_files_again_change_nothing() {
    both(|store| {
        let desk = Desk::with(store);
        company(&desk);
        let log = desk.count("log_entry");

        assert_eq!(desk.import(Kind::People, PEOPLE), [0, 0, 2, 0, 0]);
        assert_eq!(desk.import(Kind::Products, PRODUCTS), [0, 0, 1, 0, 0]);
        assert_eq!(desk.import(Kind::Accounts, ACCOUNTS), [0, 0, 2, 0, 0]);
        assert_eq!(desk.import(Kind::Contacts, CONTACTS), [0, 0, 1, 0, 0]);

        assert_eq!(desk.count("log_entry"), log);
        assert_eq!(desk.ask("select phone from contact", 1), ["+358 40"]);
        let parents = "select parent.external_id from account_version version
                         join account parent on parent.id = version.parent_id";
        assert_eq!(desk.ask(parents, 1), ["a2"]);
    });
}

#[test]
fn a_file_with_one_business_id_of_two_customers_comes_in_and_says_so() {
    both(|store| {
        let desk = Desk::with(store);
        let branches = "external_id,name,business_id\na1,Halli Turku,0112038-9\na2,Halli Oulu,0112038-9\na3,Sora,2345678-0\n";

        let summary = desk.try_import(Kind::Accounts, branches, None, false).unwrap();
        let again = desk.try_import(Kind::Accounts, branches, None, false).unwrap();

        assert_eq!((summary.created, summary.rejected, summary.sharing_business_ids), (3, 0, 2));
        assert_eq!((again.unchanged, again.sharing_business_ids), (3, 0), "nothing came, nothing is told");
    });
}

#[test]
fn what_changes_today_leaves_yesterday_as_it_was() {
    both(|store| {
        let desk = Desk::with(store);
        company(&desk);

        assert_eq!(desk.import(Kind::Accounts, "external_id,name,owner\na1,Mäkelä Oy,p2\n"), [0, 1, 0, 0, 0]);

        let versions = "select version.from_day, person.external_id, version.industry
                          from account_version version
                          join account on account.id = version.account_id
                          join person on person.id = version.owner_id
                         where account.external_id = 'a1'
                         order by version.from_day";
        assert_eq!(desk.ask(versions, 3), ["0001-01-01 p1 construction", "2026-11-22 p2 construction"]);
        let entry = "select what, why from log_entry where what = 'owner'";
        assert_eq!(desk.ask(entry, 2), ["owner from 2026-11-22"]);
    });
}

#[test]
fn a_history_told_by_days_lays_itself_into_the_timeline_in_any_order() {
    both(|store| {
        let desk = Desk::with(store);
        desk.import(Kind::People, PEOPLE);
        let history = "external_id,name,industry,known_on\na1,New,metal,2026-05-01\na1,Old,wood,2025-01-01\n\
                       a2,Only,stone,2024-02-02\n";

        assert_eq!(desk.import(Kind::Accounts, history), [2, 1, 0, 0, 0]);
        assert_eq!(desk.import(Kind::Accounts, history), [0, 0, 3, 0, 0]);

        let versions = "select account.external_id, account.name, version.from_day, version.industry
                          from account_version version
                          join account on account.id = version.account_id
                         order by account.external_id, version.from_day";
        let expected = ["a1 New 2025-01-01 wood", "a1 New 2026-05-01 metal", "a2 Only 2024-02-02 stone"];
        assert_eq!(desk.ask(versions, 4), expected);
    });
}

#[test]
fn of_rows_that_tell_of_the_same_the_last_counts() {
    both(|store| {
        let desk = Desk::with(store);
        let doubled = "external_id,name\na1,First\na1,First\na1,Last\n";

        assert_eq!(desk.import(Kind::Accounts, doubled), [1, 1, 1, 0, 0]);
        assert_eq!(desk.import(Kind::Accounts, doubled), [0, 0, 3, 0, 0]);

        assert_eq!(desk.ask("select name from account", 1), ["Last"]);
    });
}

#[test]
fn parents_may_come_slices_later_but_not_never_and_not_in_a_circle() {
    both(|store| {
        let desk = Desk::with(store);
        let mut file = String::from("external_id,name,parent\nchild,Child,top\nlost,Lost,nowhere\n");
        file += "orphan,Orphan,lost\nround,Round,about\nabout,About,round\nself,Self,self\n";
        file.extend((0..5000).map(|number| format!("n{number},Number {number},\n")));
        file += "top,Top,\n";

        let dry = desk.try_import(Kind::Accounts, &file, None, true).unwrap();
        assert_eq!(crate::desk::counts(&dry), [5002, 0, 0, 0, 5]);
        assert_eq!(desk.count("account"), "0");
        assert_eq!(desk.import(Kind::Accounts, &file), [5002, 0, 0, 0, 5]);
        assert_eq!(desk.import(Kind::Accounts, &file), [0, 0, 5002, 0, 5]);

        let rejected = desk.rejected(Kind::Accounts);
        assert!(rejected[0].starts_with("7,parent,") && rejected[0].contains("circle"), "{rejected:?}");
        assert!(
            rejected[1].starts_with("3,parent,") && rejected[1].contains("\"\"nowhere\"\""),
            "{rejected:?}"
        );
        assert!(rejected[2].ends_with(",orphan,Orphan,lost"), "{rejected:?}");
        assert!(rejected[3].contains("circle") && rejected[4].contains("circle"), "{rejected:?}");
    });
}

#[test]
fn parents_make_no_circle_over_several_imports() {
    both(|store| {
        let desk = Desk::with(store);
        let header = "external_id,name,parent\n";
        let import = |rows: &str| desk.import(Kind::Accounts, format!("{header}{rows}"));

        assert_eq!(import("a,A,\nb,B,a\nc,C,b\nd,D,\n"), [4, 0, 0, 0, 0]);
        assert_eq!(import("a,A,c\n"), [0, 0, 0, 0, 1]);
        assert!(desk.rejected(Kind::Accounts)[0].contains("circle"));
        assert_eq!(import("a,A,d\nd,D,b\n"), [0, 0, 0, 0, 2]);
        assert_eq!(import("b,B,\na,A,c\n"), [0, 2, 0, 0, 0]);
    });
}

#[test]
fn whom_one_source_calls_otherwise_is_found_in_any_other() {
    both(|store| {
        let desk = Desk::with(store);
        company(&desk);
        let options = luotsi_app::import::Options { source: Some("crm".to_owned()), ..Default::default() };
        let file = desk.file("crm.csv", "external_id,name,owner,parent\nb1,Branch,p1,a2\n");

        let import = luotsi_app::import::import_on;
        let summary =
            import(store, Kind::Accounts, &file, &options, desk.today, &luotsi_app::import::Silent).unwrap();

        assert_eq!(summary.created, 1);
        assert_eq!(desk.ask("select source from account where external_id = 'b1'", 1), ["crm"]);
    });
}

#[test]
fn managers_make_no_circle_in_one_import_or_over_several() {
    both(|store| {
        let desk = Desk::with(store);
        let people = "external_id,name,role,manager\np1,Maija,manager,p2\np2,Eero,manager,\n";
        assert_eq!(desk.import(Kind::People, people), [2, 0, 0, 0, 0]);

        let round = "external_id,name,role,manager\np2,Eero,manager,p1\np3,Aino,seller,p1\n";
        assert_eq!(desk.import(Kind::People, round), [1, 0, 0, 0, 1]);
        assert!(desk.rejected(Kind::People)[0].contains("would make a circle"));

        let both_at_once = "external_id,name,role,manager\np4,Sami,manager,p5\np5,Outi,manager,p4\n";
        assert_eq!(desk.import(Kind::People, both_at_once)[4], 2);
    });
}

#[test]
fn who_joins_a_team_by_a_file_is_in_the_log_of_the_account_from_that_day() {
    both(|store| {
        let desk = Desk::with(store);
        company(&desk);

        let team = "account,person,role,from\na1,p2,kam,2026-03-01\na2,p1,service,\n";
        assert_eq!(desk.import(Kind::AccountTeam, team), [2, 0, 0, 0, 0]);

        let logged = "select entry.what, touched.known_from, account.external_id
                        from log_entry entry
                        join log_touched touched on touched.position = entry.position
                        join account on account.id = entry.subject_id and account.id = touched.account_id
                       where entry.subject = 'account_team'
                       order by account.external_id";
        assert_eq!(desk.ask(logged, 3), ["added 2026-03-01 a1", "added 0001-01-01 a2"]);
    });
}
