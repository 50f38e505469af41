//! Programs read, make and change records: accounts, contacts, activities and what people judge.

#![allow(clippy::unwrap_used)]

mod cast;

use cast::{Company, on_both, on_sqlite, problem, tag, text};
use luotsi_app::export::{Format, What, export};
use luotsi_core::units::Day;
use luotsi_demo::cast::{ADMIN, ELEMENTTI, KAM, MANAGER, SALMI, SELLER_EAST, SELLER_WEST};
use luotsi_store::listing;
use serde_json::{Value as Json, json};

#[test]
fn an_account_is_made_read_changed_and_told_again() {
    on_both(|company| {
        let seller = company.as_person(SELLER_WEST);
        let made = seller.post(
            "/accounts",
            &json!({
                "name": "Uusi Betoni Oy", "business_id": "0112038-9", "industry": "industry", "size_class": "small",
                "street": "Betonitie 1", "postal_code": "40100", "city": "Jyväskylä", "country": "FI",
                "owner": SELLER_WEST,
            }),
        );
        assert_eq!(made.status_code(), 201, "{}", made.text());
        let address = made.header("location").to_str().unwrap().trim_start_matches("/api/v1").to_owned();
        let account: Json = made.json();

        assert_eq!(account["source"], "luotsi");
        assert_eq!(account["owner"], company.person(SELLER_WEST).0.to_string());
        assert_eq!(seller.read(&address), account);

        let changed = seller.patch(&address, &json!({ "city": null, "industry": "building" }), &tag(&made));
        assert_eq!(changed.status_code(), 200, "{}", changed.text());
        let changed: Json = changed.json();
        assert_eq!((&changed["city"], &changed["industry"]), (&Json::Null, &json!("building")));
        assert_eq!(changed["name"], "Uusi Betoni Oy");
        assert_eq!(changed["owner"], account["owner"]);

        let stale = seller.patch(&address, &json!({ "city": "Oulu" }), &tag(&made));
        assert_eq!(problem(&stale), (412, vec![]));
        let blind = company
            .send(seller.signed(company.server.patch(&cast::at(&address)).json(&json!({ "city": "Oulu" }))));
        assert_eq!(problem(&blind), (428, vec![]));
    });
}

#[test]
fn a_record_is_made_or_brought_to_what_another_system_tells() {
    on_both(|company| {
        let admin = company.as_person(ADMIN);
        let told = json!({ "name": "Erp Oy", "city": "Turku", "business_id": "0112038-9" });

        let made = admin.put("/accounts/by-external-id/erp/E-7", &told);
        let again = admin.put("/accounts/by-external-id/erp/E-7", &told);
        let less = admin.put("/accounts/by-external-id/erp/E-7", &json!({ "name": "Erp Oyj" }));

        assert_eq!((made.status_code().as_u16(), again.status_code().as_u16()), (201, 200));
        assert_eq!(tag(&made), tag(&again));
        let account: Json = less.json();
        assert_eq!((&account["name"], &account["city"]), (&json!("Erp Oyj"), &Json::Null));
        assert_eq!(account["id"], made.json::<Json>()["id"]);
        let ours = admin.put("/accounts/by-external-id/luotsi/999999", &told);
        assert_eq!(problem(&ours).0, 404);
    });
}

#[test]
fn a_business_id_is_one_companys_whoever_tells_it() {
    on_both(|company| {
        let admin = company.as_person(ADMIN);
        let told = |name: &str| json!({ "name": name, "business_id": "0112038-9" });
        let first = admin.put("/accounts/by-external-id/erp/E-7", &told("Erp Oy"));
        let other: Json = admin.put("/accounts/by-external-id/crm/1", &json!({ "name": "Crm Oy" })).json();
        assert_eq!(first.status_code(), 201);

        let made = admin.post_with("/accounts", &told("Toinen Oy"), "k1");
        let upserted = admin.put("/accounts/by-external-id/crm/2", &told("Kolmas Oy"));
        let address = format!("/accounts/{}", other["id"].as_str().unwrap());
        let tag = tag(&admin.get(&address));
        let changed = admin.patch(&address, &json!({ "business_id": "01120389" }), &tag);
        let again = admin.put("/accounts/by-external-id/erp/E-7", &told("Erp Oyj"));

        for refused in [&made, &upserted, &changed] {
            assert_eq!(problem(refused), (422, vec!["/business_id".to_owned()]), "{}", refused.text());
            assert!(refused.text().contains("Erp Oy"), "{}", refused.text());
        }
        assert_eq!(again.status_code(), 200);
        assert!(admin.read("/accounts?name=Kolmas%20Oy")["items"].as_array().unwrap().is_empty());
    });
}

#[test]
fn a_request_sent_twice_has_one_effect_and_one_answer() {
    on_both(|company| {
        let seller = company.as_person(SELLER_WEST);
        let told = json!({ "name": "Kerran Oy" });

        let first = seller.post_with("/accounts", &told, "once");
        let second = seller.post_with("/accounts", &told, "once");
        let other = seller.post_with("/accounts", &json!({ "name": "Toinen Oy" }), "once");
        let without = company.send(seller.signed(company.server.post(&cast::at("/accounts")).json(&told)));

        assert_eq!(first.text(), second.text());
        assert_eq!((first.status_code().as_u16(), second.status_code().as_u16()), (201, 201));
        assert_eq!(problem(&other), (422, vec![]));
        assert_eq!(problem(&without), (400, vec!["Idempotency-Key".to_owned()]));
        assert_eq!(seller.read("/accounts?name=Kerran%20Oy")["items"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn many_records_come_in_together_and_each_hears_what_became_of_it() {
    on_both(|company| {
        let seller = company.as_person(SELLER_WEST);
        let mine = text(
            &seller.read(&format!("/accounts?owner={}&limit=1", company.person(SELLER_WEST).0))["items"][0],
            "id",
        );
        let others = text(&seller.account(SALMI.external_id), "id");
        let contact = |account: &str, name: &str| json!({ "account": account, "name": name });
        let items = json!({ "items": [
            contact(&mine, "Matti Aho"),
            contact(&others, "Not Mine"),
            contact("nowhere", "Nobody"),
            { "account": mine, "name": "", "colour": "red" },
            contact(&mine, "Maija Aho"),
        ] });

        let answer = seller.post_with("/contacts/bulk", &items, "bulk");
        let results = answer.json::<Json>()["results"].as_array().unwrap().clone();
        let statuses: Vec<u64> = results.iter().map(|result| result["status"].as_u64().unwrap()).collect();

        assert_eq!(statuses, [201, 403, 422, 422, 201]);
        assert_eq!(results[2]["problem"]["errors"][0]["pointer"], "/account");
        assert_eq!(seller.post_with("/contacts/bulk", &items, "bulk").text(), answer.text());
        let there = seller.read(&format!("/contacts?account={mine}&name.contains=Aho"));
        assert_eq!(there["items"].as_array().unwrap().len(), 2);
    });
}

#[test]
fn all_that_is_wrong_with_what_is_told_is_pointed_at_at_once() {
    on_both(|company| {
        let admin = company.as_person(ADMIN);
        let wrong = |told: (u16, Vec<String>), places: &[&str]| {
            let (status, mut found) = told;
            found.sort();
            assert_eq!((status, found), (422, places.iter().map(|place| (*place).to_owned()).collect()));
        };
        let person = json!({
            "source": "hr", "name": " ", "email": "aino", "role": "pilot", "hourly_cost": "a lot",
            "customer_hours": 9000, "manager": "nobody", "shoe_size": 41,
        });
        let places = [
            "/customer_hours",
            "/email",
            "/external_id",
            "/hourly_cost",
            "/manager",
            "/name",
            "/role",
            "/shoe_size",
        ];
        wrong(problem(&admin.post("/people", &person)), &places);
        let many: Json = admin.post("/people/bulk", &json!({ "items": [person] })).json();
        assert_eq!(many["results"][0]["problem"]["errors"].as_array().unwrap().len(), places.len());
        let path = format!("/people/{}", company.person(SELLER_WEST).0);
        let read = admin.get(&path);
        let part = json!({ "email": "aino", "role": "pilot", "manager": "nobody", "customer_hours": 9000 });
        let places = ["/customer_hours", "/email", "/manager", "/role"];
        wrong(problem(&admin.patch(&path, &part, &tag(&read))), &places);
        assert_eq!(admin.get(&path).text(), read.text(), "nothing of it was taken in");

        let account = json!({ "name": 7, "business_id": "1234567-8", "owner": "nobody", "parent": "none" });
        wrong(problem(&admin.post("/accounts", &account)), &["/business_id", "/name", "/owner", "/parent"]);
        let member = json!({ "account": "none", "person": "nobody", "role": "kam", "from": "2026-12-02",
            "until": "2026-12-01" });
        wrong(problem(&admin.post("/account-team", &member)), &["/account", "/person", "/until"]);
        let away =
            json!({ "person": "nobody", "substitute": 7, "from": "2020-01-01", "until": "2019-01-01" });
        let places = ["/from", "/person", "/substitute", "/until"];
        wrong(problem(&admin.post("/substitutions", &away)), &places);
        let bulk = json!({ "accounts": ["x"], "segment": "best", "review": "2020-01-01" });
        let places = ["/accounts/0", "/reason", "/review", "/segment"];
        wrong(problem(&admin.post("/accounts/bulk/override", &bulk)), &places);
        let view = json!({ "query": "a b", "shared": "yes" });
        wrong(problem(&admin.post("/saved-views", &view)), &["/name", "/query", "/shared"]);
    });
}

#[test]
fn who_may_not_hears_that_and_nothing_of_what_was_told() {
    on_both(|company| {
        let seller = company.as_person(SELLER_WEST);

        let refused = seller.post("/people", &json!({ "name": 7, "role": "pilot" }));

        assert_eq!(problem(&refused), (403, Vec::new()));
    });
}

#[test]
fn an_activity_is_planned_and_then_done() {
    on_both(|company| {
        let kam = company.as_person(KAM);
        let account = owned_by(company, KAM);
        let planned = kam.post(
            "/activities",
            &json!({ "account": account, "kind": "visit", "day": "2026-11-24", "state": "planned", "minutes": 90 }),
        );
        assert_eq!(planned.status_code(), 201, "{}", planned.text());
        let activity: Json = planned.json();
        let address = format!("/accounts/{account}/activities/{}", text(&activity, "id"));

        let done = kam.patch(
            &address,
            &json!({ "state": "done", "day": "2026-11-20", "note": "Sovittiin **hinta**." }),
            &tag(&planned),
        );
        assert_eq!(done.status_code(), 200, "{}", done.text());

        let read = kam.read(&address);
        assert_eq!((&read["state"], &read["minutes"]), (&json!("done"), &json!(90)));
        assert_eq!(read["person"], company.person(KAM).0.to_string());
        assert_eq!(read["external_id"], activity["external_id"]);
        let early = json!({ "account": account, "kind": "call", "day": "2026-11-21", "state": "done" });
        assert_eq!(problem(&kam.post("/activities", &early)), (422, vec!["/day".to_owned()]));
    });
}

#[test]
fn what_is_judged_is_told_by_whoever_sends_it() {
    on_both(|company| {
        let manager = company.as_person(MANAGER);
        let account = owned_by(company, SELLER_EAST);
        let me = company.person(MANAGER).0.to_string();
        let told: [(&str, Json); 4] = [
            ("estimates", json!({ "account": account, "yearly_need": 120_000.5, "estimator": "owner" })),
            (
                "abilities",
                json!({ "account": account, "people": 4, "offering": 3, "processes": 5, "relationship": 2 }),
            ),
            ("targets", json!({ "account": account, "year": 2027, "target": 90_000 })),
            (
                "overrides",
                json!({ "account": account, "segment": "strategic", "reason": "Uusi tehdas", "from": "2026-11-20" }),
            ),
        ];

        for (kind, told) in told {
            let made = manager.post(&format!("/{kind}"), &told);
            assert_eq!(made.status_code(), 201, "{kind}: {}", made.text());
            let fact: Json = made.json();
            assert_eq!(fact["person"], me, "{kind}");
            let address = format!("/accounts/{account}/{kind}/{}", text(&fact, "id"));
            assert_eq!(manager.read(&address), fact);

            let mut for_another = told.clone();
            for_another["person"] = company.person(SELLER_WEST).0.to_string().into();
            let refused = manager.post(&format!("/{kind}"), &for_another);
            assert_eq!(problem(&refused), (422, vec!["/person".to_owned()]), "{kind}");
        }
    });
}

#[test]
fn of_two_who_judge_the_same_on_one_day_the_later_counts_whoever_that_is() {
    on_both(|company| {
        let account = owned_by(company, SELLER_EAST);

        for (person, target) in [(SELLER_EAST, 3_000.0), (MANAGER, 1_000.0), (SELLER_EAST, 2_000.0)] {
            let program = company.as_person(person);
            let told = json!({ "account": account, "year": 2026, "target": target });
            let taken = program.post("/targets", &told);
            assert!(taken.status_code().is_success(), "{}", taken.text());

            let today = format!("/targets?account={account}&year=2026&day=2026-11-20");
            let held = program.read(&today)["items"].as_array().unwrap().clone();
            let held: Vec<&Json> = held.iter().map(|held| &held["target"]).collect();
            assert_eq!(held, [&json!(target)], "{person}");
        }
    });
}

#[test]
fn many_rows_are_ordered_by_day_within_an_account_and_activities_among_all() {
    on_both(|company| {
        let program = company.as_reader(SELLER_WEST);
        let days = |list: &str| -> Vec<String> {
            let (mut days, mut next) = (Vec::new(), String::new());
            loop {
                let page = program.read(&format!("{list}&fields=day&limit=100{next}"));
                days.extend(page["items"].as_array().unwrap().iter().map(|one| text(one, "day")));
                match page["next"].as_str() {
                    Some(cursor) => next = format!("&cursor={cursor}"),
                    None => return days,
                }
            }
        };
        let account = text(&program.read("/sales?limit=1")["items"][0], "account");

        assert_eq!(problem(&program.get("/sales?sort=-day")), (422, vec!["sort".to_owned()]));
        let other = format!("/sales?sort=-day&account.not={account}");
        assert_eq!(problem(&program.get(&other)), (422, vec!["sort".to_owned()]));

        let sold = days(&format!("/sales?account={account}&sort=day"));
        assert!(sold.len() > 1 && sold.is_sorted());
        let newest = days("/activities?sort=-day");
        assert!(newest.len() > 100 && newest.iter().rev().is_sorted());
        assert_eq!(days("/activities?sort=day").into_iter().rev().collect::<Vec<_>>(), newest);
    });
}

#[test]
fn sales_and_products_come_from_whoever_runs_the_company() {
    on_both(|company| {
        let admin = company.as_person(ADMIN);
        let product =
            admin.put("/products/by-external-id/erp/c30", &json!({ "name": "C30", "group": "Betoni" }));
        assert_eq!(product.status_code(), 201, "{}", product.text());
        let line = json!({
            "source": "erp", "account": ELEMENTTI.external_id, "invoice": "900", "line": "1", "day": "2026-11-19",
            "product": "c30", "quantity": 2.5, "net": 1234.56, "cost": 1000,
        });

        let made = admin.post("/sales", &line);
        assert_eq!(made.status_code(), 201, "{}", made.text());
        let made: Json = made.json();
        assert_eq!((&made["net"], &made["quantity"]), (&json!(1234.56), &json!(2.5)));
        let manager = company.as_person(MANAGER);
        assert_eq!(problem(&manager.post("/sales", &line)), (403, vec![]));
    });
}

#[test]
fn what_is_one_of_a_few_words_is_shown_and_asked_for_by_these_alone() {
    on_both(|company| {
        let admin = company.as_reader(ADMIN);
        let named = [
            (&listing::VALUES, &["customer_state", "segment", "care"][..]),
            (&listing::ACTIVITIES, &["kind", "state"]),
            (&listing::ACCOUNT_TEAM, &["role"]),
            (&listing::DEVIATIONS, &["kind", "side", "action"]),
            (&listing::PROPOSALS, &["state", "action", "what"]),
        ];
        for (resource, columns) in named {
            let has_words = |name: &&str| resource.column(name).is_some_and(|column| column.one_of.is_some());
            assert!(columns.iter().all(has_words), "{}", resource.name);
            for column in resource.columns {
                let Some(words) = column.one_of.map(|words| words()) else { continue };
                let address = format!("/{}?limit=200&{}", resource.name, column.name);
                let mut found = 0;
                for word in &words {
                    let items = admin.read(&format!("{address}={word}"))["items"].take();
                    let items = items.as_array().unwrap();
                    assert!(items.iter().all(|item| item[column.name] == *word), "{address}={word}");
                    found += items.len();
                }
                assert!(0 < found || column.may_be_empty, "{address}");
                let answer = admin.get(&format!("{address}=opne"));
                assert_eq!(problem(&answer), (400, vec![column.name.to_owned()]));
                let detail = answer.json::<Json>()["errors"][0]["detail"].to_string();
                assert!(words.iter().all(|word| detail.contains(word)), "{detail}");
            }
        }
    });
}

#[test]
fn a_list_is_filtered_sorted_cut_and_gone_on_with() {
    on_both(|company| {
        let seller = company.as_person(SELLER_WEST);
        let all = seller.read("/values?sort=-potential_value&fields=account,potential_value&limit=200");
        let all = all["items"].as_array().unwrap();
        assert!(all.iter().any(|row| row["potential_value"].is_null()), "rows without a value stand last");
        assert!(all.last().unwrap()["potential_value"].is_null());

        let mut paged = Vec::new();
        let mut next = String::new();
        loop {
            let page = seller
                .read(&format!("/values?sort=-potential_value&fields=account,potential_value&limit=7{next}"));
            paged.extend(page["items"].as_array().unwrap().clone());
            match page["next"].as_str() {
                Some(cursor) => next = format!("&cursor={cursor}"),
                None => break,
            }
        }

        assert_eq!(&paged, all);
        assert_eq!(all[0].as_object().unwrap().len(), 2);
        let found = seller.read("/accounts?search=rakennus%20salmi&fields=name");
        assert_eq!(found["items"], json!([{ "name": SALMI.name }]));
        let contact = &seller.read("/contacts?phone.contains=%2B358&limit=1")["items"][0];
        let number = text(contact, "phone").replace("+358 ", "0").replace(' ', "-");
        let called = seller.read(&format!("/accounts?search={number}&fields=id"));
        assert_eq!(called["items"], json!([{ "id": contact["account"] }]));
        let some = seller.read("/accounts?external_id=10001&external_id=10002&sort=-name&fields=external_id");
        assert_eq!(some["items"], json!([{ "external_id": "10001" }, { "external_id": "10002" }]));
        let rich = seller.read("/accounts?current_value.from=100000&segment=strategic&fields=id");
        assert!(!rich["items"].as_array().unwrap().is_empty());
        let gone = seller.read("/people?active=false&fields=external_id");
        assert_eq!(gone["items"], json!([{ "external_id": "105" }]));
    });
}

#[test]
fn care_deviations_proposals_and_the_strategy_can_be_read() {
    on_both(|company| {
        let reader = company.as_reader(MANAGER);
        let id = text(&reader.account(SALMI.external_id), "id");

        let care = reader.read(&format!("/accounts/{id}/care"));
        assert!(care["lines"].as_array().unwrap().iter().any(|line| line["state"] == "late"), "{care}");
        let open = reader.read("/proposals?closed_on.empty=true&sort=-stake_at_risk");
        let proposal = &open["items"][0];
        assert_eq!(&reader.read(&format!("/proposals/{}", text(proposal, "id"))), proposal);
        assert!(!reader.read("/deviations?side=at_risk")["items"].as_array().unwrap().is_empty());
        assert!(!reader.read("/segments?limit=5")["items"].as_array().unwrap().is_empty());
        assert!(text(&reader.read("/strategy"), "toml").contains("care"));
    });
}

#[test]
fn what_the_sender_has_already_is_not_sent_again() {
    on_sqlite(|company| {
        let seller = company.as_person(SELLER_WEST);
        let path = format!("/accounts/{}", text(&seller.account(SALMI.external_id), "id"));
        let known = tag(&seller.get(&path));

        let again = company.server.get(&cast::at(&path)).add_header("if-none-match", &known);
        let again = company.send(seller.signed(again));

        assert_eq!(again.status_code(), 304);
        assert!(again.text().is_empty());
    });
}

#[test]
fn what_ends_is_not_deleted_and_what_was_done_stays() {
    on_both(|company| {
        let kam = company.as_person(KAM);
        let account = owned_by(company, KAM);
        let made = |kind: &str, told: Json| {
            let made = kam.post(&format!("/{kind}"), &told);
            assert_eq!(made.status_code(), 201, "{kind}: {}", made.text());
            let id = text(&made.json(), "id");
            let address = match kind {
                "contacts" => format!("/contacts/{id}"),
                _ => format!("/accounts/{account}/{kind}/{id}"),
            };
            (address, tag(&made))
        };

        let told =
            json!({ "account": account, "name": "Liisa Lahti", "source": "erp", "external_id": "c-9" });
        let (contact, seen) = made("contacts", told);
        assert_eq!(problem(&kam.delete(&contact, "\"000000000000000000000000\"")), (412, vec![]));
        assert_eq!(kam.delete(&contact, &seen).status_code(), 204);
        assert_eq!(problem(&kam.get(&contact)).0, 404);
        let back = kam
            .put("/contacts/by-external-id/erp/c-9", &json!({ "account": account, "name": "Liisa Lahti" }));
        assert_eq!(back.status_code(), 200, "{}", back.text());
        assert_eq!(kam.get(&contact).status_code(), 200);

        let activity = |day: &str, state: &str| json!({ "account": account, "kind": "visit", "day": day, "state": state });
        let (plan, seen) = made("activities", activity("2026-12-01", "planned"));
        assert_eq!(kam.delete(&plan, &seen).status_code(), 204);
        assert_eq!(problem(&kam.get(&plan)).0, 404);
        let (visit, seen) = made("activities", activity("2026-11-19", "done"));
        assert_eq!(problem(&kam.delete(&visit, &seen)), (422, vec!["/state".to_owned()]));
        assert_eq!(kam.get(&visit).status_code(), 200);

        let (part, seen) =
            made("account-team", json!({ "account": account, "person": SELLER_EAST, "role": "service" }));
        assert_eq!(kam.delete(&part, &seen).status_code(), 204);
        let parts = kam.read(&format!("/account-team?account={account}&role=service"));
        assert_eq!(parts["items"][0]["until"], "2026-11-19");

        let (decision, seen) =
            made("overrides", json!({ "account": account, "segment": "efficiency", "reason": "Hiljenee" }));
        assert_eq!(kam.delete(&decision, &seen).status_code(), 204);
        let decisions = kam.read(&format!("/overrides?account={account}&sort=-from&limit=1"));
        assert_eq!(decisions["items"][0]["segment"], Json::Null);
    });
}

#[test]
fn rows_of_any_day_are_those_of_an_export_and_of_accounts_that_one_may_carry_away() {
    on_sqlite(|company| {
        let paged = |person: &str, what: What, on: &str| -> Vec<String> {
            let reader = company.as_reader(person);
            let (mut rows, mut after) = (Vec::new(), String::new());
            loop {
                let page = reader.read(&format!("/exports/{}?on={on}&limit=16{after}", what.name()));
                rows.extend(page["items"].as_array().unwrap().iter().map(Json::to_string));
                match page["next"].as_str() {
                    Some(next) => after = format!("&after={next}"),
                    None => break,
                }
            }
            rows.sort();
            rows
        };
        for on in ["2026-06-30", "2026-11-20"] {
            for what in What::FOUND {
                let mut file = Vec::new();
                export(&company.store, what, Day::parse(on), Format::Json, &mut file).unwrap();
                let file: Json = serde_json::from_slice(&file).unwrap();
                let mut rows: Vec<String> = file.as_array().unwrap().iter().map(Json::to_string).collect();
                rows.sort();

                assert_eq!(paged(ADMIN, what, on), rows, "{what:?} {on}");
            }
        }

        let (mine, all) =
            (paged(SELLER_WEST, What::Values, "2026-11-20"), paged(ADMIN, What::Values, "2026-11-20"));
        assert!(!mine.is_empty() && mine.len() < all.len());
        assert!(mine.iter().all(|row| all.contains(row)));
        let seller = company.as_reader(SELLER_WEST);
        let theirs = owned_by(company, SELLER_EAST);
        assert_eq!(seller.read(&format!("/exports/values?account={theirs}"))["items"], json!([]));
        assert_eq!(problem(&seller.get("/exports/values?on=2026-11-21")), (422, vec!["on".to_owned()]));
        assert_eq!(problem(&seller.get("/exports/people")), (404, vec![]));
        let then = seller.read(&format!("/accounts/{theirs}/care?on=2026-06-30"));
        assert_eq!(then["on"], "2026-06-30");
    });
}

fn owned_by(company: &Company, person: &str) -> String {
    let admin = company.as_reader(ADMIN);
    let owned = admin.read(&format!("/accounts?owner={}&active=true&limit=1", company.person(person).0));
    text(&owned["items"][0], "id")
}

#[test]
fn accounts_and_their_values_are_narrowed_down_by_meetings_and_care_as_on_pages() {
    on_both(|company| {
        let admin = company.as_person(ADMIN);
        let ids = |path: &str, id: &str| -> Vec<String> {
            let items = admin.read(path)["items"].as_array().unwrap().clone();
            items.iter().map(|item| text(item, id)).collect()
        };
        let unmet = |account: &str, since: &str| {
            let accounts = ids(&format!("/accounts?id={account}&unmet_since={since}"), "id");
            let values = ids(&format!("/values?account={account}&unmet_since={since}"), "account");
            assert_eq!(accounts, values);
            !accounts.is_empty()
        };
        let account = ids("/values?unmet_since=2026-11-01&limit=1", "account").remove(0);
        let done = |kind: &str, state: &str, day: &str| {
            let told = json!({ "account": account, "kind": kind, "day": day, "state": state });
            assert_eq!(admin.post("/activities", &told).status_code(), 201);
        };

        done("call", "done", "2026-11-12");
        done("visit", "planned", "2026-11-25");
        assert!(unmet(&account, "2026-11-01"), "a call is no meeting, and a plan is none yet");
        let nobody = json!({
            "account": account, "kind": "visit", "day": "2026-11-13", "state": "done", "outcome": "no_answer",
        });
        assert_eq!(admin.post("/activities", &nobody).status_code(), 201);
        assert!(unmet(&account, "2026-11-01"), "nobody was there");
        done("visit", "done", "2026-11-10");
        assert!(!unmet(&account, "2026-11-01") && !unmet(&account, "2026-11-10"));
        assert!(unmet(&account, "2026-11-11"));

        let late = ids("/accounts?care=late&limit=200", "id");
        assert!(!late.is_empty());
        assert_eq!(late, ids("/values?care=late&limit=200", "account"));
        for item in admin.read("/values?limit=200")["items"].as_array().unwrap() {
            let lines = (item["care_lines"].as_i64().unwrap(), item["care_lines_kept"].as_i64().unwrap());
            let care = match lines {
                (0, _) => Json::Null,
                (lines, kept) if kept < lines => json!("late"),
                (_, _) => json!("kept"),
            };
            assert_eq!(item["care"], care, "{item}");
        }
        for wrong in ["unmet_since=soon", "unmet_since.not=2026-11-01", "unmet_since.empty=true"] {
            let parameter = wrong.split('=').next().unwrap().to_owned();
            assert_eq!(problem(&admin.get(&format!("/accounts?{wrong}"))), (400, vec![parameter]));
        }
        assert_eq!(problem(&admin.get("/accounts?sort=unmet_since")), (400, vec!["sort".to_owned()]));
    });
}

#[test]
fn many_accounts_are_changed_at_once_and_taken_back_where_nobody_changed_them_since() {
    on_both(|company| {
        let (admin, seller) = (company.as_person(ADMIN), company.as_person(SELLER_WEST));
        let (from, to) =
            (company.person(SELLER_WEST).0.to_string(), company.person(SELLER_EAST).0.to_string());
        let owned = |owner: &str| -> Vec<String> {
            let items = admin.read(&format!("/accounts?owner={owner}&limit=3"))["items"].clone();
            items.as_array().unwrap().iter().map(|item| text(item, "id")).collect()
        };
        let owner = |id: &str| text(&admin.read(&format!("/accounts/{id}")), "owner");
        let mine = owned(&from);
        let nobody = "00000000-0000-7000-8000-000000000000";
        let told = json!({ "accounts": [mine[0], mine[1], mine[0], nobody], "owner": SELLER_EAST });

        let made = admin.post_with("/accounts/bulk/owner", &told, "many");
        let again = admin.post_with("/accounts/bulk/owner", &told, "many");

        assert_eq!(made.status_code(), 200, "{}", made.text());
        assert_eq!(made.text(), again.text());
        let made: Json = made.json();
        assert_eq!(
            made["results"],
            json!([
                { "id": mine[0], "became": "changed" },
                { "id": mine[1], "became": "changed" },
                { "id": nobody, "became": "unfit" },
            ])
        );
        let id = text(&made, "id");
        let shown = admin.read(&format!("/changes/{id}"));
        assert_eq!(
            (&shown["kind"], &shown["to"], &shown["taken_back_on"]),
            (&json!("owner"), &json!(to), &Json::Null)
        );
        let newest = admin.read("/changes?sort=-id&limit=1");
        assert_eq!(newest["items"][0], shown);

        let since = admin.post("/accounts/bulk/owner", &json!({ "accounts": [mine[1]], "owner": KAM }));
        assert_eq!(since.status_code(), 200);
        let refused = seller.post(&format!("/changes/{id}/withdrawal"), &json!({}));
        assert_eq!(problem(&refused).0, 403, "whose accounts they are not any more, may not");
        assert_eq!(owner(&mine[0]), to);

        let back = admin.post(&format!("/changes/{id}/withdrawal"), &json!({}));

        assert_eq!(
            back.json::<Json>(),
            json!({ "id": id, "given_back": 1, "changed_since": 1, "unfit": 0, "left": 0 })
        );
        assert_eq!((owner(&mine[0]), owner(&mine[1])), (from.clone(), company.person(KAM).0.to_string()));
        let parts = admin.read(&format!("/change-parts?change={id}&outcome=changed_since"));
        assert_eq!(parts["items"][0]["account"], mine[1]);

        let told: Json = seller.post("/accounts/bulk/owner", &told).json();
        let became = |number: usize| told["results"][number]["became"].clone();
        assert_eq!((became(0), became(1)), (json!("changed"), json!("refused")), "each by itself");
        let team = json!({ "accounts": [mine[2]], "person": SELLER_EAST, "role": "seller" });
        assert_eq!(
            admin.post("/accounts/bulk/team", &team).json::<Json>()["results"][0]["became"],
            "changed"
        );
        let decided = json!({ "accounts": [mine[2]], "segment": "strategic", "reason": "Yhteinen kehitys" });
        assert_eq!(
            admin.post("/accounts/bulk/override", &decided).json::<Json>()["results"][0]["became"],
            "changed"
        );
        assert_eq!(problem(&admin.post("/changes/x/withdrawal", &json!({}))).0, 404);
        assert_eq!(problem(&admin.post(&format!("/changes/{nobody}/withdrawal"), &json!({}))).0, 404);
    });
}
