//! Programs answer proposals, and read next what follows from it.

#![allow(clippy::unwrap_used)]

mod cast;

use cast::{Program, on_both, problem, tag, text};
use luotsi_demo::cast::{MANAGER, MARKETING, SELLER_EAST, SELLER_WEST};
use serde_json::{Value as Json, json};

#[test]
fn a_proposal_is_accepted_and_the_answer_taken_back() {
    on_both(|company| {
        let manager = company.as_person(MANAGER);
        let open = manager.read("/proposals?closed_on.empty=true&state=open&sort=-stake_at_risk");
        let id = text(&open["items"][0], "id");

        let accepted = manager
            .post(&format!("/proposals/{id}/acceptance"), &json!({ "day": "2026-11-25", "minutes": 60 }));
        assert_eq!(accepted.status_code(), 201, "{}", accepted.text());
        let answer = text(&accepted.json(), "id");
        let planned = manager.read(&format!("/proposals/{id}"));
        let taken_back = manager.post(&format!("/answers/{answer}/withdrawal"), &Json::Null);
        assert_eq!(taken_back.status_code(), 200, "{}", taken_back.text());
        let again = manager.read(&format!("/proposals/{id}"));
        assert_eq!((&planned["state"], &planned["planned_for"]), (&json!("planned"), &json!("2026-11-25")));
        assert_eq!((&again["state"], &again["planned_for"]), (&json!("open"), &Json::Null));

        let late = manager.post(&format!("/proposals/{id}/snooze"), &json!({ "until": "2026-11-01" }));
        assert_eq!(problem(&late), (422, vec!["/until".to_owned()]));
        let of_no_kind =
            manager.post(&format!("/proposals/{id}/completion"), &json!({ "note": "Sovittu", "kind": null }));
        assert_eq!(problem(&of_no_kind), (422, vec!["/kind".to_owned()]));
        let nothing = manager.post(
            &format!("/proposals/{}/dismissal", uuid::Uuid::nil()),
            &json!({ "reason": "not_relevant" }),
        );
        assert_eq!(problem(&nothing), (404, vec![]));
    });
}

#[test]
fn a_proposal_that_was_dismissed_is_closed_and_no_longer_open_in_lists() {
    on_both(|company| {
        let manager = company.as_person(MANAGER);
        let open = manager.read("/proposals?state=open&fields=id&limit=200");
        let id = text(&open["items"][0], "id");
        let is_listed = |state: &str| {
            let list = manager.read(&format!("/proposals?state={state}&fields=id&limit=200"));
            list["items"].as_array().unwrap().iter().any(|item| item["id"] == id)
        };
        assert!(is_listed("open") && !is_listed("closed"));

        let reason = json!({ "reason": "not_relevant" });
        let dismissed = manager.post(&format!("/proposals/{id}/dismissal"), &reason);
        assert_eq!(dismissed.status_code(), 201, "{}", dismissed.text());

        let read = manager.read(&format!("/proposals/{id}"));
        assert_eq!(
            (&read["state"], &read["closed_on"]),
            (&json!("closed"), &json!(company.today.to_string()))
        );
        assert!(is_listed("closed") && !is_listed("open"));
        let open = manager.read("/proposals?state=open&closed_on.empty=false");
        assert_eq!(open["items"], json!([]));
    });
}

#[test]
fn what_was_done_is_taken_back_with_its_answer_in_the_state_that_was_read() {
    on_both(|company| {
        let manager = company.as_person(MANAGER);
        let open = manager.read("/proposals?closed_on.empty=true&state=open&sort=-stake_at_risk");
        let proposal = format!("/proposals/{}", text(&open["items"][0], "id"));
        let account = text(&open["items"][0], "account");
        let told = json!({ "kind": "call", "minutes": 20, "note": "Sovittu" });
        let done = manager.post(&format!("{proposal}/completion"), &told);
        assert_eq!(done.status_code(), 201, "{}", done.text());
        let list = format!("/activities?account={account}&note=Sovittu");
        let activity = text(&manager.read(&list)["items"][0], "id");
        let path = format!("/accounts/{account}/activities/{activity}");
        let withdraw = |program: &Program<'_>, tag: &str, key: &str| {
            let request = company.server.post(&cast::at(&format!("{path}/withdrawal")));
            let request = request.add_header("if-match", tag).add_header("idempotency-key", key);
            company.send(program.signed(request))
        };
        let before = tag(&manager.get(&path));
        let changed = manager.patch(&path, &json!({ "minutes": 30 }), &before);
        assert_eq!(changed.status_code(), 200, "{}", changed.text());

        assert_eq!(problem(&withdraw(&manager, &before, "stale")).0, 412);
        assert_eq!(problem(&withdraw(&company.as_person(MARKETING), &tag(&changed), "other")).0, 403);
        let back = withdraw(&manager, &tag(&changed), "back");
        let again = withdraw(&manager, &tag(&changed), "back");

        assert_eq!((back.status_code().as_u16(), back.text()), (200, again.text()));
        assert_eq!(manager.read(&list)["items"], json!([]));
        assert_eq!(manager.read(&proposal)["state"], "open");
    });
}

#[test]
fn several_proposals_are_handed_to_somebody_else_at_once() {
    on_both(|company| {
        let (manager, seller) = (company.as_person(MANAGER), company.as_person(SELLER_WEST));
        let (from, to) = (company.person(SELLER_WEST).0, company.person(SELLER_EAST).0.to_string());
        let open = format!("/proposals?person={from}&closed_on.empty=true&delegate.empty=true&limit=2");
        let items = manager.read(&open)["items"].clone();
        let ids: Vec<String> = items.as_array().unwrap().iter().map(|item| text(item, "id")).collect();
        assert_eq!(ids.len(), 2);

        let made = manager.post("/proposals/bulk/delegation", &json!({ "proposals": ids, "to": MANAGER }));

        let made: Json = made.json();
        let became: Vec<&Json> =
            made["results"].as_array().unwrap().iter().map(|one| &one["became"]).collect();
        assert_eq!(became, ["changed", "changed"], "{made}");
        let delegate = |id: &str| manager.read(&format!("/proposals/{id}"))["delegate"].clone();
        assert_eq!(delegate(&ids[0]), company.person(MANAGER).0.to_string());
        let back = manager.post(&format!("/changes/{}/withdrawal", text(&made, "id")), &json!({}));
        assert_eq!(back.json::<Json>()["given_back"], 2);
        assert_eq!(delegate(&ids[0]), Json::Null);

        let wrong = |told: Json| problem(&seller.post("/proposals/bulk/delegation", &told));
        assert_eq!(wrong(json!({ "proposals": [], "to": to })), (422, vec!["/proposals".to_owned()]));
        assert_eq!(wrong(json!({ "proposals": ["x"], "to": to })), (422, vec!["/proposals/0".to_owned()]));
        assert_eq!(wrong(json!({ "proposals": ids, "to": "nobody" })), (422, vec!["/to".to_owned()]));
        assert_eq!(wrong(json!({ "proposals": ids })), (422, vec!["/to".to_owned()]));
        assert_eq!(wrong(json!([])), (422, vec![String::new()]));
        let reader = company.as_reader(MANAGER);
        let told = json!({ "proposals": ids, "to": to });
        assert_eq!(problem(&reader.post("/proposals/bulk/delegation", &told)).0, 403);
    });
}

#[test]
fn answers_are_read_and_a_substitute_has_the_proposals_of_whoever_is_away() {
    on_both(|company| {
        let (manager, seller) = (company.as_person(MANAGER), company.as_person(SELLER_WEST));
        let (west, east) =
            (company.person(SELLER_WEST).0.to_string(), company.person(SELLER_EAST).0.to_string());
        let open = seller.read(&format!("/proposals?person={west}&closed_on.empty=true&limit=1"));
        let proposal = text(&open["items"][0], "id");
        let told = json!({ "until": "2026-11-27", "reason": "Lomalla" });
        let given: Json = seller.post(&format!("/proposals/{proposal}/snooze"), &told).json();
        let answer = format!("/answers/{}", text(&given, "id"));

        let read = manager.read(&answer);
        assert_eq!((&read["kind"], &read["reason"]), (&json!("snoozed"), &json!("Lomalla")));
        assert_eq!((&read["proposal"], &read["taken_back_on"]), (&json!(proposal), &Json::Null));
        assert_eq!(manager.read(&format!("/answers?proposal={proposal}"))["items"][0], read);
        assert_eq!(seller.post(&format!("{answer}/withdrawal"), &json!({})).status_code(), 200);
        assert_eq!(manager.read(&answer)["taken_back_on"], "2026-11-20");

        let told = json!({ "substitute": SELLER_EAST, "from": "2026-11-23", "until": "2026-11-27" });
        let made = seller.post_with("/substitutions", &told, "away");
        let again = seller.post_with("/substitutions", &told, "away");
        assert_eq!((made.status_code().as_u16(), made.text()), (201, again.text()));
        let id = text(&made.json(), "id");
        assert_eq!(
            manager.read("/substitutions")["items"],
            json!([{ "id": id, "person": west, "substitute": east, "from": "2026-11-23", "until": "2026-11-27" }])
        );
        let twice = json!({ "substitute": MANAGER, "from": "2026-11-27", "until": "2026-11-30" });
        let refused = seller.post("/substitutions", &twice);
        assert_eq!(problem(&refused), (422, vec!["/from".to_owned()]));
        assert!(refused.text().contains("2026-11-23 to 2026-11-27: take other days"), "{}", refused.text());
        let others = json!({ "person": MANAGER, "substitute": SELLER_EAST, "until": "2026-11-27" });
        assert_eq!(problem(&seller.post("/substitutions", &others)).0, 403);
        let oneself = json!({ "substitute": SELLER_WEST, "until": "2026-11-22" });
        assert_eq!(problem(&seller.post("/substitutions", &oneself)), (422, vec!["/substitute".to_owned()]));
        let colleague = company.as_person(SELLER_EAST);
        let address = format!("/substitutions/{id}/withdrawal");
        assert_eq!(problem(&colleague.post(&address, &json!({}))).0, 403, "not of whoever is away");
        let off = |key| seller.post_with(&address, &json!({}), key).status_code().as_u16();
        assert_eq!((off("off"), off("off"), off("off-again")), (200, 200, 200));
        assert_eq!(manager.read("/substitutions")["items"], json!([]));
        assert_eq!(problem(&seller.post("/substitutions/x/withdrawal", &json!({}))).0, 404);
    });
}
