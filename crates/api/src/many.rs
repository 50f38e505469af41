//! One change of many accounts or proposals at once, decided on for each by itself, and the way back of all of it.

use crate::{
    answers::person_of,
    call::{Call, answered},
    field::{Faults, Field, Input, Shape, needed, optional},
    kind::{roles, segments},
    problem::{Problem, What},
};
use axum::{http::StatusCode, response::Response};
use luotsi_app::{
    act::By,
    many::{Became, Change, MANY_MAX, Made, change_all, hand_on, take_back},
};
use luotsi_core::{account::AccountId, people::Role, strategy::Segment};
use luotsi_store::many::{PartOutcome, change, outcomes};
use serde_json::{Map, Value as Json, json};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// One thing that can be done to many at once.
#[derive(Debug)]
pub struct Way {
    pub address: &'static str,
    /// What is changed, as the body names the list of ids.
    pub of: &'static str,
    pub says: &'static str,
    pub fields: &'static [Field],
    make: Make,
}

type Make = fn(&Call, &By, &[Uuid], &mut Input) -> Result<Made<Uuid>, Problem>;

pub static WAYS: &[Way] = &[
    Way {
        address: "/accounts/bulk/owner",
        of: "accounts",
        says: "Somebody answers for the accounts from today on.",
        fields: &[needed("owner", Shape::Name, "The person, by our id or an external id.")],
        make: |call, by, accounts, input| {
            let owner = person_of(call, input, "owner")?.unwrap_or(by.person);
            accounts_changed(call, by, accounts, input, &Change::Owner(owner))
        },
    },
    Way {
        address: "/accounts/bulk/team",
        of: "accounts",
        says: "Somebody works for the accounts from today on.",
        fields: &[
            needed("person", Shape::Name, "The person, by our id or an external id."),
            needed("role", Shape::Choice(roles), "In which role."),
        ],
        make: |call, by, accounts, input| {
            let person = person_of(call, input, "person")?.unwrap_or(by.person);
            let role = Role::parse(&input.needed("role")).unwrap_or(Role::Seller);
            accounts_changed(call, by, accounts, input, &Change::TeamMember { person, role })
        },
    },
    Way {
        address: "/accounts/bulk/override",
        of: "accounts",
        says: "The accounts are of a segment from today on, whatever the model finds.",
        fields: &[
            needed("segment", Shape::Choice(segments), "The segment."),
            needed("reason", Shape::Note, "Why."),
            optional("review", Shape::Day, "When to look at it again; a year later unless told."),
        ],
        make: |call, by, accounts, input| {
            let segment = Segment::parse(&input.needed("segment")).unwrap_or(Segment::Efficiency);
            let (reason, review) = (input.needed("reason"), input.day("review"));
            accounts_changed(call, by, accounts, input, &Change::Override { segment, reason, review })
        },
    },
    Way {
        address: "/proposals/bulk/delegation",
        of: "proposals",
        says: "Somebody else does what the proposals ask.",
        fields: &[needed("to", Shape::Name, "The person, by our id or an external id.")],
        make: |call, by, proposals, input| {
            let to = person_of(call, input, "to")?.unwrap_or(by.person);
            input.ask(by, |by| hand_on(&call.api.store, by, proposals, to))
        },
    },
];

fn accounts_changed(
    call: &Call,
    by: &By,
    ids: &[Uuid],
    input: &Input,
    change: &Change,
) -> Result<Made<Uuid>, Problem> {
    let accounts: Vec<AccountId> = ids.iter().copied().map(AccountId).collect();
    let Made { id, became } = input.ask(by, |by| change_all(&call.api.store, by, &accounts, change))?;
    Ok(Made { id, became: became.into_iter().map(|(account, became)| (account.0, became)).collect() })
}

/// Makes the change where the person of the token may, and tells what became of each in the order told.
pub fn make(call: &Call, way: &'static Way) -> Result<Response, Problem> {
    let key = call.to_do_once()?;
    let (Ids { ids, faults }, rest) = listed(way, call.json()?)?;
    let mut input = Input::whole(way.fields, Json::Object(rest))?;
    input.faults.0.splice(..0, faults.0);
    let Some(_in_use) = call.api.running.begin(call.by.person, &key.key) else {
        return Err(Problem::of(What::Running));
    };
    let made = (way.make)(call, &call.by.clone().with_request(Some(key)), &ids, &mut input)?;
    call.api.look_now();

    let id = (0 < made.count(Became::Changed)).then(|| made.id.to_string());
    let became: HashMap<Uuid, Became> = made.became.into_iter().collect();
    let results: Vec<Json> = ids
        .iter()
        .map(|id| {
            let became = became.get(id).copied().unwrap_or(Became::Unfit);
            json!({ "id": id.to_string(), "became": became.name() })
        })
        .collect();
    Ok(answered(StatusCode::OK, json!({ "id": id, "results": results }).to_string()))
}

/// The ids that a body lists, each once, and what of the list is none.
struct Ids {
    ids: Vec<Uuid>,
    faults: Faults,
}

/// What the body lists, and the rest of it.
fn listed(way: &Way, body: Json) -> Result<(Ids, Map<String, Json>), Problem> {
    let Json::Object(mut body) = body else {
        let sentence = format!("is not an object: write {{ \"{}\": [...], ... }}", way.of);
        return Err(Problem::invalid(vec![(String::new(), sentence)]));
    };
    let (mut ids, mut seen, mut faults) = (Vec::new(), HashSet::new(), Faults::default());
    let Some(Json::Array(told)) = body.remove(way.of).filter(is_some_of_many) else {
        faults.add(way.of, format!("is a list of 1 to {MANY_MAX} ids of ours"));
        return Ok((Ids { ids, faults }, body));
    };
    for (number, id) in told.iter().enumerate() {
        match id.as_str().and_then(|id| Uuid::try_parse(id).ok()) {
            Some(id) if seen.insert(id) => ids.push(id),
            Some(_) => (),
            None => faults.add(&format!("{}/{number}", way.of), "is an id of ours"),
        }
    }
    Ok((Ids { ids, faults }, body))
}

fn is_some_of_many(list: &Json) -> bool {
    list.as_array().is_some_and(|list| (1..=MANY_MAX).contains(&list.len()))
}

/// `POST /changes/{id}/withdrawal`: what nobody has changed since is again what it was.
pub fn withdraw(call: &Call, id: &str) -> Result<Response, Problem> {
    let key = call.to_do_once()?;
    let id = Uuid::try_parse(id).map_err(|_| Problem::of(What::NotThere))?;
    let Some(_in_use) = call.api.running.begin(call.by.person, &key.key) else {
        return Err(Problem::of(What::Running));
    };
    take_back(&call.api.store, &call.by.clone().with_request(Some(key)), id)?;
    call.api.look_now();
    let (parts, came_to) = call.reading(|reader, _| {
        let change = change(reader, id)?.ok_or(Problem::of(What::NotThere))?;
        Ok((change.parts, outcomes(reader, id)?))
    })?;
    let settled: i64 = came_to.iter().map(|(_, count)| count).sum();
    let mut body = json!({ "id": id.to_string(), LEFT: parts - settled });
    for outcome in PartOutcome::ALL {
        let count = came_to.iter().find(|(known, _)| *known == outcome).map_or(0, |(_, count)| *count);
        body[outcome.name()] = count.into();
    }
    Ok(answered(StatusCode::OK, body.to_string()))
}

/// Parts that only others may take back.
pub const LEFT: &str = "left";
