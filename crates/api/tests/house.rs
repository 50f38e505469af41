//! The house as programs see it: views of lists, the company, who is invited, and tokens.

#![allow(clippy::unwrap_used)]

mod cast;

use cast::{Company, Program, on_both, on_sqlite, problem, tag, text};
use luotsi_app::{
    act::{ActError, By},
    people::tokens::{self, NewToken},
};
use luotsi_core::people::policy::Refusal;
use luotsi_demo::cast::{ADMIN, MANAGER, PROCESS_OWNER, SELLER_EAST, SELLER_WEST, SELLER_WHO_LEFT};
use serde_json::{Value as Json, json};

fn items(program: &Program<'_>, list: &str) -> Vec<Json> {
    program.read(list)["items"].as_array().unwrap().clone()
}

#[test]
fn a_view_is_kept_and_shown_to_others_only_when_it_is_shared() {
    on_both(|company| {
        let (seller, colleague) = (company.as_person(SELLER_WEST), company.as_reader(SELLER_EAST));
        let told = json!({ "name": "Kasvavat", "query": "scope=all&segment=growth&sort=name" });

        let kept = seller.post_with("/saved-views", &told, "once");
        let again = seller.post_with("/saved-views", &told, "once");
        let path = format!("/saved-views/{}", text(&kept.json(), "id"));

        assert_eq!((kept.status_code().as_u16(), kept.text()), (201, again.text()));
        assert_eq!(kept.header("location"), format!("/api/v1{path}"));
        let view = seller.read(&path);
        assert_eq!(view["person"], json!(company.person(SELLER_WEST).0.to_string()));
        assert_eq!((&view["query"], &view["shared"]), (&told["query"], &json!(false)));
        assert_eq!(items(&seller, "/saved-views?name=Kasvavat"), [view]);
        assert_eq!(items(&colleague, "/saved-views"), [] as [Json; 0]);
        assert_eq!(problem(&colleague.get(&path)).0, 404);

        let before = tag(&seller.get(&path));
        let shared = seller.patch(&path, &json!({ "shared": true }), &before);
        let stale = seller.patch(&path, &json!({ "name": "Muu" }), &before);
        let same = seller.patch(&path, &json!({ "shared": true }), &before);

        assert_eq!(shared.json::<Json>(), seller.read(&path));
        assert_eq!(shared.json::<Json>()["name"], "Kasvavat");
        assert_eq!((problem(&stale).0, problem(&same).0), (412, 412));
        assert_eq!(items(&colleague, "/saved-views?shared=true").len(), 1);
    });
}

#[test]
fn a_view_is_changed_and_removed_by_whoever_keeps_it() {
    on_sqlite(|company| {
        let (seller, colleague) = (company.as_person(SELLER_WEST), company.as_person(SELLER_EAST));
        let told = json!({ "name": "Yhteinen", "query": "scope=all", "shared": true });
        let path = format!("/saved-views/{}", text(&seller.post("/saved-views", &told).json(), "id"));
        let known = tag(&seller.get(&path));

        assert_eq!(problem(&colleague.patch(&path, &json!({ "name": "Minun" }), &known)).0, 404);
        assert_eq!(problem(&colleague.delete(&path, &known)).0, 404);
        let by_reader = company.as_reader(SELLER_WEST).delete(&path, &known);
        assert_eq!(problem(&by_reader).0, 403);
        assert_eq!(problem(&seller.delete(&path, "\"other\"")).0, 412);
        assert_eq!(seller.delete(&path, &known).status_code(), 204);
        assert_eq!(problem(&seller.get(&path)).0, 404);
    });
}

#[test]
fn a_view_has_a_name_of_its_own_and_a_query_that_an_address_can_have() {
    on_sqlite(|company| {
        let seller = company.as_person(SELLER_WEST);
        let keep = |name: &str, query: &str| {
            problem(&seller.post("/saved-views", &json!({ "name": name, "query": query })))
        };
        seller.post("/saved-views", &json!({ "name": "Betonit", "query": "q=betoni" }));

        assert_eq!(keep("Betonit", "q=kivi"), (422, vec!["/name".to_owned()]));
        assert_eq!(keep(&"x".repeat(81), "q=kivi"), (422, vec!["/name".to_owned()]));
        for query in ["q=a b", "q=a#b", "q=\u{e4}", &"q".repeat(3_001)] {
            assert_eq!(keep("Kivet", query), (422, vec!["/query".to_owned()]), "{query}");
        }
    });
}

#[test]
fn everybody_reads_the_company_and_an_admin_changes_it() {
    on_both(|company| {
        let (admin, seller) = (company.as_person(ADMIN), company.as_person(SELLER_WEST));
        let before = admin.get("/company");
        let told = json!({ "name": "Vuolle Oy", "time_zone": "europe/stockholm" });

        let refused = seller.patch("/company", &told, &tag(&before));
        let changed = admin.patch("/company", &told, &tag(&before));
        let stale = admin.patch("/company", &json!({ "language": "en" }), &tag(&before));

        assert_eq!(problem(&refused).0, 403);
        assert_eq!(changed.status_code(), 200, "{}", changed.text());
        let same = admin.patch("/company", &json!({ "currency": "EUR" }), "\"other\"");
        assert_eq!((problem(&stale).0, problem(&same).0), (412, 412));
        let expected = json!({
            "name": "Vuolle Oy", "language": "fi", "time_zone": "Europe/Stockholm", "currency": "EUR",
        });
        assert_eq!(seller.read("/company"), expected);
        let wrong = json!({ "currency": "ABC", "time_zone": "Europe/Nowhere" });
        let (status, places) = problem(&admin.patch("/company", &wrong, &tag(&changed)));
        assert_eq!((status, places), (422, vec!["/currency".to_owned(), "/time_zone".to_owned()]));
        let nowhere = json!({ "time_zone": "Europe/Nowhere" });
        let (status, places) = problem(&admin.patch("/company", &nowhere, &tag(&changed)));
        assert_eq!((status, places), (422, vec!["/time_zone".to_owned()]));
    });
}

#[test]
fn an_admin_invites_a_person_once_and_takes_it_back() {
    on_both(|company| {
        let admin = company.as_person(ADMIN);
        let person = company.person(SELLER_WEST).0.to_string();
        let told = json!({ "person": SELLER_WEST });

        let invited = admin.post_with("/invitations", &told, "once");
        let again = admin.post_with("/invitations", &told, "once");

        assert_eq!(invited.status_code(), 201, "{}", invited.text());
        assert!(text(&invited.json(), "link").starts_with("/login/"));
        assert_eq!(again.json::<Json>(), json!({ "person": person, "link": null }), "a secret is shown once");
        let listed = items(&admin, "/invitations?expires_at.from=2020-01-01T00:00:00Z");
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0]["person"], json!(person));
        assert_eq!(admin.read(&format!("/invitations/{person}")), listed[0]);

        let path = format!("/invitations/{person}/withdrawal");
        assert_eq!(admin.post(&path, &json!({})).status_code(), 200);
        assert_eq!(admin.post(&path, &json!({})).status_code(), 200, "it stays so");
        assert_eq!(items(&admin, "/invitations"), [] as [Json; 0]);
    });
}

#[test]
fn who_may_not_manage_people_neither_invites_nor_sees_who_is_invited() {
    on_sqlite(|company| {
        company.as_person(ADMIN).post("/invitations", &json!({ "person": SELLER_WEST }));
        let person = company.person(SELLER_WEST).0;

        for other in [MANAGER, SELLER_WEST, PROCESS_OWNER] {
            let other = company.as_person(other);
            assert_eq!(problem(&other.get("/invitations")).0, 403);
            assert_eq!(problem(&other.get(&format!("/invitations/{person}"))).0, 403);
            assert_eq!(problem(&other.post("/invitations", &json!({ "person": SELLER_EAST }))).0, 403);
            let path = format!("/invitations/{person}/withdrawal");
            assert_eq!(problem(&other.post(&path, &json!({}))).0, 403);
        }
        assert_eq!(problem(&company.as_reader(ADMIN).get("/invitations")).0, 403);
        let invite = |person: &str| {
            problem(&company.as_person(ADMIN).post("/invitations", &json!({ "person": person })))
        };
        assert_eq!(invite(SELLER_WHO_LEFT), (422, vec!["/person".to_owned()]));
        assert_eq!(invite("999"), (422, vec!["/person".to_owned()]));
    });
}

#[test]
fn a_token_takes_tokens_of_its_person_back_and_makes_no_way_in_that_outlives_it() {
    on_both(|company| {
        let (admin, other) = (company.as_person(ADMIN), company.as_person(SELLER_WEST));
        let own = items(&admin, "/tokens");
        assert_eq!(own.len(), 1, "nobody reads another's");
        assert!(own[0].get("token_hash").is_none() && own[0]["revoked_at"].is_null());
        assert_eq!(problem(&company.as_reader(SELLER_EAST).get("/tokens")).0, 403);

        assert_eq!(problem(&admin.post("/tokens", &json!({ "name": "x", "days": 30 }))).0, 405);
        let (status, _) = problem(&admin.post("/invitations", &json!({ "person": ADMIN })));
        assert_eq!(status, 403, "whoever manages people is let in at a page");
        assert_eq!(made_by_token(company, &admin), Err(ActError::Refused(Refusal::NotInPerson)));

        let path = format!("/tokens/{}/withdrawal", text(&own[0], "id"));
        assert_eq!(problem(&other.post(&path, &json!({}))).0, 404, "not one's own");
        assert_eq!(admin.post(&path, &json!({})).status_code(), 200);
        assert_eq!(problem(&admin.get("/tokens")).0, 401, "it lets nobody in any more");
        let revoked = items(&company.as_person(ADMIN), "/tokens?revoked_at.empty=false");
        assert_eq!(revoked.len(), 1);
    });
}

#[test]
fn everybody_changes_how_they_like_it_and_nobody_elses() {
    on_both(|company| {
        let (seller, reader) = (company.as_person(SELLER_WEST), company.as_reader(SELLER_WEST));
        let before = seller.get("/preferences");
        assert_eq!(before.json::<Json>(), json!({ "language": null, "day_minutes": null, "keys": true }));

        let told = json!({ "language": "en", "day_minutes": 200, "keys": false });
        let refused = reader.patch("/preferences", &told, &tag(&before));
        let changed = seller.patch("/preferences", &told, &tag(&before));
        let stale = seller.patch("/preferences", &json!({ "language": "fi" }), &tag(&before));

        assert_eq!(problem(&refused).0, 403);
        assert_eq!((changed.status_code().as_u16(), changed.json::<Json>()), (200, told.clone()));
        assert_eq!(problem(&stale).0, 412);
        assert_eq!(reader.read("/preferences"), told);
        assert_eq!(company.as_reader(SELLER_EAST).read("/preferences"), before.json::<Json>());
        let part = json!({ "language": null, "keys": null });
        let emptied = seller.patch("/preferences", &part, &tag(&changed));
        let expected = json!({ "language": null, "day_minutes": 200, "keys": true });
        assert_eq!(emptied.json::<Json>(), expected);
        for (wrong, place) in [
            (json!({ "language": "sv" }), "/language"),
            (json!({ "day_minutes": 14 }), "/day_minutes"),
            (json!({ "day_minutes": 721 }), "/day_minutes"),
            (json!({ "keys": "no" }), "/keys"),
        ] {
            let (status, places) = problem(&seller.patch("/preferences", &wrong, &tag(&emptied)));
            assert_eq!((status, places), (422, vec![place.to_owned()]));
        }
    });
}

#[test]
fn a_token_logs_its_person_out_and_others_only_for_whoever_manages_them() {
    on_both(|company| {
        let (admin, seller) = (company.as_person(ADMIN), company.as_person(SELLER_WEST));
        for browser in ["Firefox", "Chromium"] {
            company.log_in(SELLER_WEST, browser);
        }
        company.log_in(SELLER_EAST, "Safari");
        let browsers = |program: &Program<'_>| -> Vec<String> {
            items(program, "/sessions?sort=browser").iter().map(|one| text(one, "browser")).collect()
        };
        assert_eq!(browsers(&seller), ["Chromium", "Firefox"], "nobody reads another's");
        assert_eq!(problem(&company.as_reader(SELLER_WEST).get("/sessions")).0, 403);

        let firefox = text(&items(&seller, "/sessions?browser=Firefox")[0], "id");
        let path = format!("/sessions/{firefox}/withdrawal");
        assert_eq!(problem(&company.as_person(SELLER_EAST).post(&path, &json!({}))).0, 404, "not one's own");
        assert_eq!(seller.post(&path, &json!({})).json::<Json>(), json!({ "id": firefox }));
        assert_eq!(problem(&seller.post(&path, &json!({}))).0, 404, "it has ended");
        assert_eq!(browsers(&seller), ["Chromium"]);

        let everywhere = |of| format!("/people/{}/sessions/withdrawal", company.person(of).0);
        let of_another = seller.post(&everywhere(SELLER_EAST), &json!({}));
        assert_eq!(problem(&of_another).0, 403);
        assert_eq!(seller.post(&everywhere(SELLER_WEST), &json!({})).status_code(), 200);
        assert_eq!(browsers(&seller), [] as [String; 0]);
        assert_eq!(admin.post(&everywhere(SELLER_EAST), &json!({})).status_code(), 200);
        assert_eq!(browsers(&company.as_person(SELLER_EAST)), [] as [String; 0]);
    });
}

#[test]
fn what_the_readme_sends_is_taken() {
    on_sqlite(|company| {
        let readme = include_str!("../../../README.md");
        let between = |from: &str, to: &str| readme.split_once(from).unwrap().1.split_once(to).unwrap().0;
        let person = company.as_person(between("$(luotsi token ", " "));
        let told: Json = serde_json::from_str(between("-d '", "'")).unwrap();

        let sent = person.post("/activities", &told);

        assert_eq!(sent.status_code(), 201, "{}", sent.text());
        let asked = between("http://127.0.0.1:8080/api/v1", "\"");
        assert!(!items(&person, asked).is_empty(), "{asked}");
    });
}

fn made_by_token(company: &Company, program: &Program<'_>) -> Result<Option<String>, ActError> {
    let by: By = tokens::verify(&company.store, &program.token, Some(company.today)).unwrap().unwrap();
    let wanted = NewToken { name: "Toinen".to_owned(), may_write: true, days: tokens::DAYS[0] };
    tokens::make(&company.store, &by, &wanted)
}
