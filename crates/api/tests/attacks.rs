//! What a program may not do, however it asks: other people's records, ids in bodies, hidden values, the rights of
//! others, statements in filters, and requests of every broken shape.

#![allow(clippy::unwrap_used)]

mod cast;

use cast::{Company, Program, at, on_both, on_sqlite, problem, tag, text};
use luotsi_demo::cast::{
    ADMIN, ELEMENTTI, INSIDE_SALES, KAM, MANAGEMENT, MANAGER, MARKETING, PROCESS_OWNER, SALMI, SELLER_EAST,
    SELLER_WEST, SELLER_WHO_LEFT,
};
use serde_json::{Value as Json, json};

const EVERYBODY: [&str; 9] =
    [MANAGEMENT, MANAGER, SELLER_WEST, SELLER_EAST, KAM, INSIDE_SALES, MARKETING, PROCESS_OWNER, ADMIN];

/// Every list that everybody reads.
const LISTS: [&str; 20] = [
    "accounts",
    "contacts",
    "account-team",
    "activities",
    "sales",
    "estimates",
    "abilities",
    "targets",
    "overrides",
    "people",
    "products",
    "values",
    "segments",
    "deviations",
    "proposals",
    "changes",
    "change-parts",
    "answers",
    "substitutions",
    "saved-views",
];

/// Those that not everybody reads.
const CLOSED_LISTS: [&str; 2] = ["invitations", "tokens"];

#[test]
fn without_a_working_token_nothing_is_said() {
    on_sqlite(|company| {
        let paths: Vec<String> = LISTS.iter().chain(&CLOSED_LISTS).map(|list| format!("/{list}")).collect();
        let others = ["/strategy", "/company", "/accounts/x/care", "/accounts/x"];
        for path in paths.iter().map(String::as_str).chain(others) {
            let bare = company.send(company.server.get(&at(path)));
            assert_eq!(problem(&bare), (401, vec![]), "{path}");
            for token in ["luotsi_wrong", "", "Bearer", "'; drop table api_token --"] {
                let sent =
                    company.server.get(&at(path)).add_header("authorization", format!("Bearer {token}"));
                assert_eq!(problem(&company.send(sent)).0, 401, "{path} with {token}");
            }
        }
        let seller = company.as_person(SELLER_WEST);
        let cookie =
            company.server.get(&at("/accounts")).add_header("cookie", format!("luotsi={}", seller.token));
        assert_eq!(problem(&company.send(cookie)).0, 401, "a cookie lets nobody in");
    });
}

#[test]
fn a_token_for_reading_reads_and_writes_nothing() {
    on_both(|company| {
        let reader = company.as_reader(ADMIN);
        let account = reader.account(SALMI.external_id);
        let path = format!("/accounts/{}", text(&account, "id"));
        let known = tag(&reader.get(&path));

        let refused = [
            reader.post("/accounts", &json!({ "name": "Ei Oy" })),
            reader.post("/accounts/bulk", &json!({ "items": [{ "name": "Ei Oy" }] })),
            reader.patch(&path, &json!({ "name": "Ei Oy" }), &known),
            reader.put("/accounts/by-external-id/erp/1", &json!({ "name": "Ei Oy" })),
            reader.post(
                &format!("/proposals/{}/dismissal", text(&account, "id")),
                &json!({ "reason": "other" }),
            ),
        ];

        for answer in refused {
            assert_eq!(problem(&answer), (403, vec![]));
        }
        assert_eq!(reader.read(&path), account);
        assert_eq!(reader.read("/accounts?name=Ei%20Oy")["items"], json!([]));
    });
}

#[test]
fn everybody_reads_the_same_customers() {
    on_sqlite(|company| {
        let all = company.as_reader(ADMIN).read("/accounts?limit=200");
        for person in EVERYBODY {
            let program = company.as_reader(person);
            assert_eq!(program.read("/accounts?limit=200"), all, "{person}");
            for list in LISTS {
                assert_eq!(program.get(&format!("/{list}?limit=1")).status_code(), 200, "{person} {list}");
            }
        }
    });
}

#[test]
fn a_seller_changes_nothing_of_a_colleagues_customer() {
    on_both(|company| {
        let (theirs, contact) = colleagues(company);
        let seller = company.as_person(SELLER_WEST);
        let id = text(&theirs, "id");
        let path = format!("/accounts/{id}");
        let known = tag(&seller.get(&path));
        let contact_path = format!("/contacts/{contact}");

        let refused = [
            seller.patch(&path, &json!({ "name": "Minun Oy" }), &known),
            seller.patch(&path, &json!({ "owner": SELLER_WEST }), &known),
            seller.put(
                &format!("/accounts/by-external-id/demo/{}", text(&theirs, "external_id")),
                &json!({ "name": "Minun Oy" }),
            ),
            seller.patch(&contact_path, &json!({ "name": "Joku Muu" }), &tag(&seller.get(&contact_path))),
            seller.post("/contacts", &json!({ "account": id, "name": "Joku Muu" })),
            seller.post(
                "/activities",
                &json!({ "account": id, "kind": "call", "day": "2026-11-20", "state": "done" }),
            ),
            seller.post("/estimates", &json!({ "account": id, "yearly_need": 1, "estimator": "owner" })),
            seller.post(
                "/abilities",
                &json!({ "account": id, "people": 1, "offering": 1, "processes": 1, "relationship": 1 }),
            ),
            seller.post("/targets", &json!({ "account": id, "year": 2027, "target": 1 })),
            seller.post("/overrides", &json!({ "account": id, "segment": "efficiency", "reason": "x" })),
            seller.post("/account-team", &json!({ "account": id, "person": SELLER_WEST, "role": "seller" })),
            seller.post(
                "/sales",
                &json!({ "account": id, "invoice": "1", "line": "1", "day": "2026-11-20", "net": 1 }),
            ),
            seller.put("/products/by-external-id/demo/x", &json!({ "name": "x" })),
            seller.put("/people/by-external-id/demo/999", &json!({ "name": "x", "role": "admin" })),
        ];

        for (number, answer) in refused.iter().enumerate() {
            assert_eq!(problem(answer).0, 403, "request {number}");
        }
        assert_eq!(seller.read(&path), theirs);
    });
}

/// Another's record is not taken by naming its external id with an account of one's own.
#[test]
fn ids_inside_bodies_open_no_way_to_others_records() {
    on_both(|company| {
        let (theirs, contact) = colleagues(company);
        let seller = company.as_person(SELLER_WEST);
        let mine = owned_by(company, SELLER_WEST);
        let admin = company.as_person(ADMIN);
        let visit = |account: &Json| json!({ "account": account, "kind": "visit", "day": "2026-11-19", "state": "done" });
        let made = admin.put("/activities/by-external-id/erp/v1", &visit(&theirs["id"]));
        assert_eq!(made.status_code(), 201, "{}", made.text());

        let taken = seller.put("/activities/by-external-id/erp/v1", &visit(&mine["id"]));
        assert_eq!(problem(&taken), (403, vec![]));
        let theirs_contact = seller.read(&format!("/contacts/{contact}"));
        let names = (text(&theirs_contact, "source"), text(&theirs_contact, "external_id"));
        let moved = seller.put(
            &format!("/contacts/by-external-id/{}/{}", names.0, names.1),
            &json!({ "account": mine["id"], "name": "Minun Nyt" }),
        );
        assert_eq!(problem(&moved), (403, vec![]));
        let mut with_contact = visit(&mine["id"]);
        with_contact["contact"] = contact.clone().into();
        assert_eq!(problem(&seller.post("/activities", &with_contact)), (422, vec!["/contact".to_owned()]));
        let through_mine = format!("/accounts/{}/activities/{}", text(&mine, "id"), text(&made.json(), "id"));
        assert_eq!(problem(&seller.get(&through_mine)), (404, vec![]));

        let bulk = seller.post(
            "/activities/bulk",
            &json!({ "items": [{ "source": "erp", "external_id": "v1", "account": mine["id"], "kind": "visit", "day": "2026-11-19", "state": "done" }] }),
        );
        assert_eq!(bulk.json::<Json>()["results"][0]["status"], 403);
        assert_eq!(seller.read(&format!("/contacts/{contact}")), theirs_contact);
    });
}

/// As on the pages: whoever serves all customers logs with any of them, what they did themselves.
#[test]
fn what_a_colleague_did_is_told_otherwise_only_by_those_who_edit_the_account() {
    on_both(|company| {
        let mine = owned_by(company, SELLER_WEST);
        let service = company.as_person(INSIDE_SALES);
        let seller = company.as_person(SELLER_WEST);
        let call = |state: &str, day: &str| json!({ "account": mine["id"], "kind": "call", "day": day, "state": state });
        let at = |made: &Json| format!("/accounts/{}/activities/{}", text(made, "account"), text(made, "id"));
        let sellers = seller.post("/activities", &call("done", "2026-11-19"));
        let plan = seller.post("/activities", &call("planned", "2026-11-24"));
        let own = service.post("/activities", &call("done", "2026-11-19"));
        assert_eq!([sellers.status_code(), plan.status_code(), own.status_code()], [201, 201, 201]);

        let longer = json!({ "minutes": 600, "note": "Ei käynyt" });
        let path = at(&sellers.json());
        assert_eq!(problem(&service.patch(&path, &longer, &tag(&sellers))), (403, vec![]));
        let taken = json!({ "person": INSIDE_SALES });
        assert_eq!(problem(&service.patch(&path, &taken, &tag(&sellers))), (403, vec![]));
        let moved = json!({ "day": "2026-12-24" });
        assert_eq!(problem(&service.patch(&at(&plan.json()), &moved, &tag(&plan))), (403, vec![]));
        let mut in_their_name = call("done", "2026-11-18");
        in_their_name["person"] = SELLER_WEST.into();
        assert_eq!(problem(&service.post("/activities", &in_their_name)), (403, vec![]));

        let done = json!({ "state": "done", "day": "2026-11-20" });
        assert_eq!(service.patch(&at(&plan.json()), &done, &tag(&plan)).status_code(), 200);
        assert_eq!(service.patch(&at(&own.json()), &longer, &tag(&own)).status_code(), 200);
        assert_eq!(seller.patch(&path, &longer, &tag(&sellers)).status_code(), 200);
    });
}

#[test]
fn an_account_team_edits_its_account_and_does_not_choose_its_owner() {
    on_both(|company| {
        let (theirs, contact) = colleagues(company);
        let (admin, seller) = (company.as_person(ADMIN), company.as_person(SELLER_WEST));
        let id = text(&theirs, "id");
        let part = json!({ "account": id, "person": SELLER_WEST, "role": "seller" });
        assert_eq!(admin.post("/account-team", &part).status_code(), 201);
        let path = format!("/accounts/{id}");
        let named = format!("/accounts/by-external-id/demo/{}", text(&theirs, "external_id"));
        let edited = seller.patch(&path, &json!({ "city": "Oulu" }), &tag(&seller.get(&path)));
        assert_eq!(edited.status_code(), 200, "{}", edited.text());

        let mine = json!({ "owner": SELLER_WEST });
        assert_eq!(problem(&seller.patch(&path, &mine, &tag(&edited))), (403, vec![]));
        let whole = json!({ "name": theirs["name"], "owner": SELLER_WEST });
        assert_eq!(problem(&seller.put(&named, &whole)), (403, vec![]));
        let unowned = json!({ "name": theirs["name"] });
        assert_eq!(problem(&seller.put(&named, &unowned)), (403, vec![]));
        let item = json!({ "source": "demo", "external_id": theirs["external_id"], "name": theirs["name"], "owner": SELLER_WEST });
        let bulk = seller.post("/accounts/bulk", &json!({ "items": [item] }));
        assert_eq!(bulk.json::<Json>()["results"][0]["status"], 403);

        assert_eq!(seller.read(&path)["owner"], theirs["owner"]);
        let others = company.as_person(KAM);
        let gone = others
            .delete(&format!("/contacts/{contact}"), &tag(&others.get(&format!("/contacts/{contact}"))));
        assert_eq!(problem(&gone), (403, vec![]));
    });
}

#[test]
fn the_api_asks_what_the_forms_ask() {
    on_both(|company| {
        let admin = company.as_person(ADMIN);
        let account = owned_by(company, SELLER_WEST)["id"].clone();
        let mine = json!({ "name": "Oy", "role": "seller" });
        let with = |told: &Json, field: &str, value: Json| {
            let mut told = told.clone();
            told[field] = value;
            told
        };
        let email = admin.read(&format!("/people/{}", company.person(KAM).0))["email"].clone();
        let person = with(&mine, "email", email);
        let team = json!({ "account": account, "person": SELLER_WHO_LEFT, "role": "kam" });
        let need = json!({ "account": account, "yearly_need": 1, "estimator": "owner", "day": "2026-11-21" });
        let decision = json!({ "account": account, "segment": "strategic" });
        let wrong = [
            ("accounts", json!({ "name": "Oy", "business_id": "0112038-8" }), "/business_id"),
            ("contacts", json!({ "account": account, "name": "Liisa", "email": "liisa" }), "/email"),
            ("account-team", team.clone(), "/person"),
            ("estimates", need, "/day"),
            ("overrides", decision.clone(), "/reason"),
            (
                "overrides",
                with(&with(&decision, "reason", json!("x")), "review", json!("2031-01-01")),
                "/review",
            ),
            ("targets", json!({ "account": account, "year": 2025, "target": 1 }), "/year"),
        ];
        for (kind, told, pointer) in wrong {
            assert_eq!(
                problem(&admin.post(&format!("/{kind}"), &told)),
                (422, vec![pointer.to_owned()]),
                "{told}"
            );
        }
        let taken = admin.put("/people/by-external-id/demo/999", &person);
        assert_eq!(problem(&taken), (422, vec!["/email".to_owned()]));
        let later = with(&with(&team, "person", json!(KAM)), "from", json!("2027-01-01"));
        assert_eq!(admin.post("/account-team", &later).status_code(), 201);
        let early =
            admin.put("/people/by-external-id/demo/998", &with(&mine, "known_on", json!("2027-01-01")));
        assert_eq!(problem(&early), (422, vec!["/known_on".to_owned()]));
        let round = admin.put("/people/by-external-id/demo/997", &with(&mine, "manager", json!("997")));
        assert_eq!(problem(&round).0, 422);
    });
}

#[test]
fn what_the_server_decides_cannot_be_told() {
    on_sqlite(|company| {
        let admin = company.as_person(ADMIN);
        for field in [
            "id",
            "segment",
            "current_value",
            "edition",
            "search_text",
            "may_write",
            "is_admin",
            "actor",
            "__proto__",
            "known_until",
        ] {
            let mut told = json!({ "name": "Oy" });
            told[field] = json!("x");
            assert_eq!(problem(&admin.post("/accounts", &told)), (422, vec![format!("/{field}")]));
        }
        for parameter in ["force=true", "as=101", "sudo=1"] {
            let answer = admin.post(&format!("/accounts?{parameter}"), &json!({ "name": "Oy" }));
            assert_eq!(problem(&answer).0, 400, "{parameter}");
        }
        let ours = json!({ "name": "Oy", "source": "luotsi", "external_id": "1" });
        assert_eq!(problem(&admin.post("/accounts", &ours)), (422, vec!["/source".to_owned()]));
    });
}

#[test]
fn nobody_raises_themselves_and_only_admins_raise_others() {
    on_both(|company| {
        for person in EVERYBODY {
            let program = company.as_person(person);
            let me = format!("/people/{}", company.person(person).0);
            let raised = program.patch(&me, &json!({ "role": "manager" }), &tag(&program.get(&me)));
            match person {
                ADMIN => assert_eq!(problem(&raised), (422, vec!["/role".to_owned()])),
                MANAGER => assert_ne!(raised.status_code(), 200),
                _ => assert_eq!(problem(&raised), (403, vec![]), "{person}"),
            }
        }
        let admin = company.as_person(ADMIN);
        let other = format!("/people/{}", company.person(KAM).0);
        let raised = admin.patch(&other, &json!({ "role": "manager" }), &tag(&admin.get(&other)));
        assert_eq!(raised.status_code(), 200, "{}", raised.text());
    });
}

#[test]
fn nobody_is_given_a_customer_who_does_not_work_here() {
    on_sqlite(|company| {
        let admin = company.as_person(ADMIN);
        for owner in [SELLER_WHO_LEFT.to_owned(), "nobody".to_owned(), uuid::Uuid::nil().to_string()] {
            let answer = admin.post("/accounts", &json!({ "name": "Oy", "owner": owner }));
            assert_eq!(problem(&answer), (422, vec!["/owner".to_owned()]), "{owner}");
        }
    });
}

#[test]
fn costs_are_seen_by_those_who_may_and_told_to_others_by_no_filter() {
    on_both(|company| {
        let shown = |person: &str| {
            let lines = company.as_reader(person).read("/sales?limit=200");
            let lines = lines["items"].as_array().unwrap().clone();
            let with_cost = lines.iter().filter(|line| line.get("cost").is_some()).count();
            (lines.len(), with_cost)
        };
        let (all, seen) = shown(ADMIN);
        assert!(0 < all && seen == all);
        assert_eq!(shown(SELLER_WEST).1, 0);
        assert_eq!(shown(MARKETING).1, 0);

        let seller = company.as_reader(SELLER_WEST);
        for asked in ["cost=1", "cost.from=1", "cost.empty=true"] {
            assert_eq!(problem(&seller.get(&format!("/sales?{asked}"))).0, 400, "{asked}");
        }
        assert_eq!(problem(&seller.get("/sales?sort=cost")), (400, vec!["sort".to_owned()]));
        assert_eq!(seller.read("/sales?limit=1&fields=cost")["items"], json!([{}]));
    });
}

#[test]
fn statements_in_filters_are_only_text() {
    on_both(|company| {
        let seller = company.as_reader(SELLER_WEST);
        let before = seller.read("/accounts?limit=200");
        let hostile = [
            "' or 1=1 --",
            "'; drop table account; --",
            "\" or \"\"=\"",
            "1) or (1=1",
            "%",
            "_",
            "$1",
            "!",
            "\\",
        ];
        for text in hostile {
            let encoded: String = form(text);
            for test in
                ["name", "name.not", "name.from", "name.to", "name.contains", "search", "city", "source"]
            {
                let answer = seller.get(&format!("/accounts?{test}={encoded}"));
                assert_eq!(answer.status_code(), 200, "{test}={text}: {}", answer.text());
            }
            assert_eq!(seller.read(&format!("/accounts?name={encoded}"))["items"], json!([]), "{text}");
            for parameter in
                ["id", "owner", "limit", "sort", "fields", "cursor", "active", "current_value.from"]
            {
                let answer = seller.get(&format!("/accounts?{parameter}={encoded}"));
                assert_eq!(problem(&answer), (400, vec![parameter.to_owned()]), "{parameter}={text}");
            }
            assert_eq!(problem(&seller.get(&format!("/accounts?{encoded}=1"))).0, 400, "{text}");
            assert_eq!(problem(&seller.get(&format!("/accounts/{encoded}"))).0, 404, "{text}");
        }
        assert_eq!(seller.read("/accounts?limit=200"), before);
    });
}

#[test]
fn a_cursor_is_good_for_its_own_list_only() {
    on_sqlite(|company| {
        let seller = company.as_reader(SELLER_WEST);
        let next = text(&seller.read("/accounts?limit=1&sort=name"), "next");

        for list in ["accounts?", "accounts?sort=-name&", "values?sort=current_value&", "activities?"] {
            let answer = seller.get(&format!("/{list}cursor={next}"));
            assert_eq!(problem(&answer), (400, vec!["cursor".to_owned()]), "{list}");
        }
        let reversed: String = next.chars().rev().collect();
        assert_eq!(problem(&seller.get(&format!("/accounts?sort=name&cursor={reversed}"))).0, 400);
    });
}

#[test]
fn broken_bodies_are_problems_and_never_failures() {
    on_both(|company| {
        let admin = company.as_person(ADMIN);
        let wrong: [(&'static [u8], u16); 16] = [
            (b"", 400),
            (b"{", 400),
            (b"{\"name\":\"a\",\"name\":\"b\"}", 400),
            (b"{\"name\":\"a\"} {}", 400),
            (b"\xff\xfe", 400),
            (b"{\"name\":\"\xc3\x28\"}", 400),
            (b"null", 422),
            (b"[]", 422),
            (b"\"name\"", 422),
            (b"{}", 422),
            (b"{\"name\":null}", 422),
            (b"{\"name\":7}", 422),
            (b"{\"name\":[\"a\"]}", 422),
            (b"{\"name\":\"a\\u0000b\"}", 422),
            (b"{\"name\":\"a\\nb\"}", 422),
            (b"{\"name\":\"a\",\"known_on\":\"9999-12-31\"}", 422),
        ];
        for (body, status) in wrong {
            let answer = admin.post_bytes("/accounts", body);
            assert_eq!(problem(&answer).0, status, "{}", String::from_utf8_lossy(body));
        }
        let deep: &'static [u8] = Vec::leak(vec![b'['; 100_000]);
        assert_eq!(problem(&admin.post_bytes("/accounts", deep)).0, 400);
        let large: &'static [u8] = Vec::leak(vec![b' '; 3 * 1024 * 1024]);
        assert_eq!(problem(&admin.post_bytes("/accounts", large)).0, 413);
        let long = json!({ "name": "a".repeat(201) });
        assert_eq!(problem(&admin.post("/accounts", &long)), (422, vec!["/name".to_owned()]));
        let form = company.server.post(&at("/accounts")).text("name=a").add_header("idempotency-key", "k");
        assert_eq!(problem(&company.send(admin.signed(form))).0, 415);
        assert_eq!(problem(&admin.post_with("/accounts", &json!({ "name": "a" }), "ä")).0, 400);
        assert_eq!(problem(&admin.post_with("/accounts", &json!({ "name": "a" }), &"k".repeat(201))).0, 400);
    });
}

#[test]
fn numbers_and_days_beyond_reason_are_refused() {
    on_sqlite(|company| {
        let admin = company.as_person(ADMIN);
        let account = text(&admin.account(ELEMENTTI.external_id), "id");
        let sale = json!({ "account": account, "invoice": "1", "line": "1", "day": "2026-11-01", "net": 1 });
        for (field, value) in [
            ("net", json!(1e300)),
            ("net", json!("1")),
            ("quantity", json!(1e15)),
            ("day", json!("2026-02-30")),
            ("day", json!("1.2.2026")),
            ("day", json!("2027-01-01")),
            ("day", json!(20261101)),
        ] {
            let mut sale = sale.clone();
            sale[field] = value.clone();
            assert_eq!(problem(&admin.post("/sales", &sale)), (422, vec![format!("/{field}")]), "{value}");
        }
        let backwards = json!({ "account": account, "person": KAM, "role": "kam", "from": "2026-05-01", "until": "2026-04-01" });
        assert_eq!(problem(&admin.post("/account-team", &backwards)), (422, vec!["/until".to_owned()]));
    });
}

#[test]
fn what_is_not_there_and_what_has_no_such_name_are_answered_alike() {
    on_sqlite(|company| {
        let seller = company.as_reader(SELLER_WEST);
        let nowhere = [
            "/accounts/00000000-0000-0000-0000-000000000000",
            "/accounts/x",
            "/accounts/%ff",
            "/nowhere",
            "/accounts/by-external-id/demo/nobody",
        ];
        let bodies: Vec<Json> = nowhere
            .iter()
            .map(|path| {
                let answer = seller.get(path);
                assert_eq!(problem(&answer), (404, vec![]), "{path}");
                answer.json()
            })
            .collect();

        assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]));
    });
}

#[test]
fn a_person_who_has_left_is_let_in_no_more() {
    on_both(|company| {
        let (admin, seller) = (company.as_person(ADMIN), company.as_person(SELLER_EAST));
        let path = format!("/people/{}", company.person(SELLER_EAST).0);
        assert_eq!(seller.get("/accounts").status_code(), 200);

        let left = admin.patch(&path, &json!({ "active": false }), &tag(&admin.get(&path)));

        assert_eq!(left.status_code(), 200, "{}", left.text());
        assert!([401, 403].contains(&problem(&seller.get("/accounts")).0));
        assert!([401, 403].contains(&problem(&seller.post("/accounts", &json!({ "name": "a" }))).0));
    });
}

fn form(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn owned_by(company: &Company, person: &str) -> Json {
    let owner = company.person(person).0;
    let owned = company.as_reader(ADMIN).read(&format!("/accounts?owner={owner}&active=true&limit=200"));
    owned["items"][0].clone()
}

/// A customer of a colleague with a contact, in whose team the seller is not.
fn colleagues(company: &Company) -> (Json, String) {
    let admin: Program<'_> = company.as_person(ADMIN);
    let theirs = owned_by(company, SELLER_EAST);
    let contact = admin.post("/contacts", &json!({ "account": theirs["id"], "name": "Tiina Toinen" }));
    assert_eq!(contact.status_code(), 201, "{}", contact.text());
    (theirs, text(&contact.json(), "id"))
}

#[test]
fn a_value_of_another_kind_hears_what_it_may_be() {
    on_sqlite(|company| {
        let admin = company.as_person(ADMIN);
        let told = json!({ "name": 5, "active": "yes", "parent": ["x"] });
        let wrong: Json = admin.post("/accounts", &told).json();
        let state = json!({ "account": "x", "kind": "visit", "day": 1, "state": "begun" });
        let begun: Json = admin.post("/activities", &state).json();

        let detail = |answer: &Json, pointer: &str| {
            let errors = answer["errors"].as_array().unwrap();
            text(errors.iter().find(|error| error["pointer"] == pointer).unwrap(), "detail")
        };
        assert_eq!(detail(&wrong, "/name"), "is not text");
        assert_eq!(detail(&wrong, "/parent"), "is not text");
        assert_eq!(detail(&wrong, "/active"), "is neither true nor false");
        assert_eq!(detail(&begun, "/day"), "is not a day: write it as 2026-11-22");
        assert_eq!(detail(&begun, "/state"), "is none of what can be chosen: planned, done");
    });
}
