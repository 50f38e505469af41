//! Programs read the strategy and decide on it, like people on its pages.

#![allow(clippy::unwrap_used)]

mod cast;

use cast::{Company, on_both, on_sqlite, problem, tag};
use luotsi_demo::cast::{PROCESS_OWNER, SELLER_WEST};
use serde_json::{Value as Json, json};

/// The strategy as it is read, with its tag.
fn read(company: &Company) -> (Json, String) {
    let answer = company.as_person(PROCESS_OWNER).get("/strategy");
    assert_eq!(answer.status_code(), 200);
    (answer.json::<Json>()["strategy"].take(), tag(&answer))
}

#[test]
fn the_process_owner_sends_the_strategy_back_changed() {
    on_both(|company| {
        let owner = company.as_person(PROCESS_OWNER);
        let (mut strategy, tag_read) = read(company);
        strategy["thresholds"]["current"] = json!(60_000.5);
        strategy["thresholds"]["strategic_current"] = json!(900_000);
        strategy["care_model"][1]["line"][0]["per_year"] = json!(8);
        let told = json!({ "strategy": strategy, "from": "2026-12-01", "why": "Ohjausryhmä" });

        let decided = owner.put_over("/strategy", &told, &tag_read);
        let again = owner.put_over("/strategy", &told, &tag_read);
        let today: Json = decided.json();

        assert_eq!(decided.status_code(), 200, "{}", decided.text());
        assert_eq!(problem(&again), (412, vec![]));
        assert!(today["versions_from"].as_array().unwrap().contains(&json!("2026-12-01")));
        assert_ne!(today["strategy"], told["strategy"], "it is not yet in force");
    });
}

#[test]
fn what_is_read_can_be_sent_back_and_changes_nothing() {
    on_sqlite(|company| {
        let (strategy, tag_read) = read(company);

        let same = company.as_person(PROCESS_OWNER).put_over(
            "/strategy",
            &json!({ "strategy": strategy }),
            &tag_read,
        );

        assert_eq!(same.status_code(), 200, "{}", same.text());
        assert_eq!(tag(&same), tag_read);
        assert_eq!(same.json::<Json>()["strategy"], strategy);
    });
}

#[test]
fn what_other_thresholds_would_make_of_the_base_is_seen_before_deciding() {
    on_both(|company| {
        let program = company.as_reader(SELLER_WEST);
        let accounts = |segments: &Json, when: &str| -> i64 {
            segments.as_array().unwrap().iter().map(|one| one[when]["accounts"].as_i64().unwrap()).sum()
        };

        let same = program.read("/strategy/preview");
        let other = program.read("/strategy/preview?current=1&potential=1");

        assert_eq!(same["moves"], json!([]));
        assert!(same["suggested"]["current"].as_f64().unwrap() > 0.0);
        assert_eq!(same["segments"][0]["segment"], "strategic");
        let all =
            program.read("/accounts?active=true&limit=200&fields=id")["items"].as_array().unwrap().len();
        assert_eq!(accounts(&same["segments"], "now"), all as i64);
        assert_eq!(accounts(&other["segments"], "then"), all as i64);
        let moves = other["moves"].as_array().unwrap();
        assert!(!moves.is_empty());
        for found in moves {
            let largest = found["largest"].as_array().unwrap();
            let values: Vec<f64> = largest.iter().map(|one| one["current_value"].as_f64().unwrap()).collect();
            assert!(values.is_sorted_by(|larger, smaller| larger >= smaller));
            assert!(values.len() as i64 <= found["moved"]["accounts"].as_i64().unwrap());
        }
        let wrong = |query: &str| problem(&program.get(&format!("/strategy/preview?{query}")));
        assert_eq!(wrong("current=-1"), (422, vec!["current".to_owned()]));
        assert_eq!(wrong("current=900000&strategic_current=1"), (422, vec!["strategic_current".to_owned()]));
        assert_eq!(wrong("current=1&current=2"), (400, vec!["current".to_owned()]));
        assert_eq!(wrong("other=1"), (400, vec!["other".to_owned()]));
    });
}

#[test]
fn all_that_is_wrong_is_pointed_at() {
    on_sqlite(|company| {
        let (mut strategy, tag_read) = read(company);
        strategy["day_minutes"] = json!("240");
        strategy["exposures"]["silense"] = json!(0.1);
        strategy["thresholds"]["strategic_current"] = json!(1);
        strategy["care_model"][1]["line"][0]["minutes"] = json!(0);
        strategy["measure"] = Json::Null;
        let told = json!({ "strategy": strategy, "from": "1.12.2026", "colour": "blue" });

        let mut wrong = problem(&company.as_person(PROCESS_OWNER).put_over("/strategy", &told, &tag_read));
        wrong.1.sort();

        let pointers = [
            "/colour",
            "/from",
            "/strategy/care_model/1/line/0/minutes",
            "/strategy/day_minutes",
            "/strategy/exposures/silense",
            "/strategy/measure",
            "/strategy/thresholds/strategic_current",
        ];
        assert_eq!(wrong, (422, pointers.map(str::to_owned).to_vec()));
    });
}

#[test]
fn a_seller_does_not_decide_and_nobody_decides_blindly() {
    on_sqlite(|company| {
        let (strategy, tag_read) = read(company);
        let told = json!({ "strategy": strategy });

        let seller = company.as_person(SELLER_WEST).put_over("/strategy", &told, &tag_read);
        let reader = company.as_reader(PROCESS_OWNER).put_over("/strategy", &told, &tag_read);
        let blind = company.as_person(PROCESS_OWNER).put("/strategy", &told);

        assert_eq!(problem(&seller).0, 403);
        assert_eq!(problem(&reader).0, 403);
        assert_eq!(problem(&blind).0, 428);
        assert_eq!(read(company).1, tag_read);
    });
}

#[test]
fn the_document_excludes_what_is_refused() {
    on_sqlite(|company| {
        let document = company.as_person(PROCESS_OWNER).read("/openapi.json");
        let strategy =
            "/paths/~1strategy/put/requestBody/content/application~1json/schema/properties/strategy";
        let said = |at: &str| document.pointer(&format!("{strategy}/properties{at}")).cloned();
        let line = "/care_model/items/properties/line/items";
        let ways = said(&format!("{line}/oneOf")).unwrap();
        assert_eq!(
            (&ways[0]["required"], &ways[1]["required"]),
            (&json!(["per_year"]), &json!(["entering"]))
        );
        assert!(said("/ability_weights/not").is_some());
        assert!(said(&format!("{line}/properties/agenda/pattern")).is_some());

        let entering = json!({ "times": 2, "within": 20 });
        let lines = [
            json!({ "kinds": ["call"], "minutes": 15 }),
            json!({ "kinds": ["call"], "minutes": 15, "per_year": 4, "entering": entering }),
            json!({ "kinds": ["call"], "minutes": 15, "after": 5, "entering": entering }),
            json!({ "kinds": ["call"], "minutes": 15, "per_year": 4, "agenda": "a\u{7}b" }),
        ];
        let of_line = |line: &Json| json!({ "care_model": [{ "segment": "growth", "line": [line] }] });
        let nothing = json!({ "people": 0, "offering": 0, "processes": 0, "relationship": 0 });
        let weightless = json!({ "ability_weights": nothing });
        let (_, tag_read) = read(company);
        for wrong in lines.iter().map(of_line).chain([weightless]) {
            let told = json!({ "strategy": wrong });
            let refused = company.as_person(PROCESS_OWNER).put_over("/strategy", &told, &tag_read);
            assert_eq!(refused.status_code(), 422, "{wrong}");
        }
    });
}
