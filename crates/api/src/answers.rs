//! Answers to proposals, as people give them on their pages.

use crate::{
    call::{Call, answered, put},
    field::{ACTIVITY_KIND, DIRECTION, Field, Given, Input, MINUTES, Shape, needed, optional},
    problem::{Problem, What},
};
use axum::{
    http::{StatusCode, header},
    response::Response,
};
use luotsi_app::{
    act::{By, Problem as Wrong},
    activity::Told,
    steering::answer::{DismissReason, Planned, accept, delegate, dismiss, done, snooze, take_back},
};
use luotsi_core::{
    activity::{ActivityKind, Direction},
    people::PersonId,
};
use luotsi_store::recording::{Found, Named, references};
use uuid::Uuid;

/// One way to answer.
#[derive(Debug)]
pub struct Way {
    /// The end of its address: `/proposals/{id}/acceptance`.
    pub name: &'static str,
    pub says: &'static str,
    pub fields: &'static [Field],
    give: fn(&Call, &By, Uuid, &mut Input) -> Result<Uuid, Problem>,
}

pub static WAYS: &[Way] = &[
    Way {
        name: "acceptance",
        says: "It will be done on a day: planned in the calendar of whoever has the proposal.",
        fields: &[
            needed("day", Shape::Day, "The day it is planned for."),
            optional("minutes", MINUTES, "How long it will take."),
            optional("agenda", Shape::Note, "What to take up."),
        ],
        give: |call, by, id, input| {
            let planned = Planned {
                day: input.day("day").unwrap_or(call.by.today),
                minutes: minutes(input),
                agenda: input.text("agenda"),
            };
            input.ask(by, |by| accept(&call.api.store, by, id, planned))
        },
    },
    Way {
        name: "completion",
        says: "It has been done; with a kind the activity is recorded too.",
        fields: &[
            optional("kind", ACTIVITY_KIND, "What kind of activity it was; none for other work."),
            optional("day", Shape::Day, "The day; today unless told."),
            optional("minutes", MINUTES, "How long it took."),
            optional("direction", DIRECTION, "Who began it: the customer, or we."),
            optional("contact", Shape::Name, "With whom, one of the account's contacts."),
            optional("unanswered", Shape::Truth, "Nobody answered."),
            optional("note", Shape::Note, "Markdown."),
        ],
        give: |call, by, id, input| {
            let told = activity(call, input)?;
            input.ask(by, |by| done(&call.api.store, by, id, told))
        },
    },
    Way {
        name: "snooze",
        says: "Not before a day.",
        fields: &[
            needed("until", Shape::Day, "It is open again on this day."),
            optional("reason", Shape::Note, "Why."),
        ],
        give: |call, by, id, input| {
            let until = input.day("until").unwrap_or(call.by.today);
            input.ask(by, |by| snooze(&call.api.store, by, id, until, input.text("reason")))
        },
    },
    Way {
        name: "delegation",
        says: "Somebody else does it.",
        fields: &[needed("to", Shape::Name, "The person, by our id or an external id.")],
        give: |call, by, id, input| {
            let to = person_of(call, input, "to")?.unwrap_or(by.person);
            input.ask(by, |by| delegate(&call.api.store, by, id, to))
        },
    },
    Way {
        name: "dismissal",
        says: "It is not to be done.",
        fields: &[
            needed("reason", Shape::Choice(reasons), "Why not."),
            optional("note", Shape::Note, "In words; needed when the reason is another."),
        ],
        give: |call, by, id, input| {
            // Of a reason that is not known nothing is asked.
            let reason = DismissReason::parse(&input.needed("reason")).unwrap_or(DismissReason::NotRelevant);
            input.ask(by, |by| dismiss(&call.api.store, by, id, reason, input.text("note")))
        },
    },
];

/// Answers a proposal; what was answered is called by its id, to be taken back.
pub fn give(call: &Call, way: &'static Way, proposal: &str) -> Result<Response, Problem> {
    let key = call.to_do_once()?;
    let proposal = Uuid::try_parse(proposal).map_err(|_| Problem::of(What::NotThere))?;
    let mut input = Input::whole(way.fields, call.json()?)?;
    let Some(_in_use) = call.api.running.begin(call.by.person, &key.key) else {
        return Err(Problem::of(What::Running));
    };
    let by = call.by.clone().with_request(Some(key));
    let answer = (way.give)(call, &by, proposal, &mut input)?;
    call.api.look_now();
    let mut response = answered(StatusCode::CREATED, format!("{{\"id\":\"{answer}\"}}"));
    put(&mut response, header::LOCATION, &format!("/api/v1/proposals/{proposal}"));
    Ok(response)
}

/// Takes an answer back, with what was planned or recorded by it.
pub fn withdraw(call: &Call, answer: &str) -> Result<Response, Problem> {
    let key = call.to_do_once()?;
    let answer = Uuid::try_parse(answer).map_err(|_| Problem::of(What::NotThere))?;
    take_back(&call.api.store, &call.by.clone().with_request(Some(key)), answer)?;
    call.api.look_now();
    Ok(answered(StatusCode::OK, format!("{{\"id\":\"{answer}\"}}")))
}

fn activity(call: &Call, input: &mut Input) -> Result<Option<Told>, Problem> {
    let contact = found(call, input, Named::Contact, "contact")?;
    let Some(kind) = input.text("kind").and_then(|kind| ActivityKind::parse(&kind)) else {
        if input.given.values().any(|given| *given != Given::Nothing) {
            input.faults.add("kind", "is needed with any other field: all of them tell of an activity");
        }
        return Ok(None);
    };
    Ok(Some(Told {
        kind,
        day: input.day("day").unwrap_or(call.by.today),
        minutes: minutes(input),
        direction: input.text("direction").and_then(|name| Direction::parse(&name)),
        contact,
        is_unanswered: input.truth("unanswered").unwrap_or(false),
        note: input.text("note"),
    }))
}

fn minutes(input: &Input) -> u32 {
    input.whole_number("minutes").unwrap_or(0) as u32
}

/// The person that a field names, by our id or an external id; a name that stands for nobody is told with what else is
/// wrong.
pub fn person_of(call: &Call, input: &mut Input, field: &'static str) -> Result<Option<PersonId>, Problem> {
    Ok(found(call, input, Named::Person, field)?.map(PersonId))
}

fn found(call: &Call, input: &mut Input, named: Named, field: &'static str) -> Result<Option<Uuid>, Problem> {
    let Some(name) = input.text(field) else { return Ok(None) };
    let source = crate::writing::SOURCE;
    let found = call.api.store.read(|reader| references(reader, named, source, [name.as_str()]))?;
    match found.get(&name) {
        Some(Found::One(id)) => return Ok(Some(*id)),
        Some(Found::Several) | None => input.faults.add(field, Wrong::Unknown.to_string()),
    }
    Ok(None)
}

fn reasons() -> Vec<&'static str> {
    DismissReason::ALL.map(DismissReason::name).to_vec()
}
