//! The list of people, for whoever manages them.

use super::{
    clock::Clock,
    settings::{Tab, tabs},
};
use crate::{
    Web,
    ask::Ask,
    error::WebError,
    page::{Choice, Page, Section},
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_core::people::{
    PersonId,
    policy::{Action, Decision, Relation, Viewer, decide},
};
use luotsi_store::{
    Reader,
    people::{access::with_password, edit, session::last_seen},
};
use std::collections::{HashMap, HashSet};

#[derive(Template)]
#[template(path = "people/everyone.html")]
struct EveryonePage {
    page: Page,
    tabs: Vec<Choice>,
    count: String,
    rows: Vec<Row>,
}

struct Row {
    id: PersonId,
    name: String,
    email: String,
    role: &'static str,
    team: String,
    manager: String,
    access: String,
    is_active: bool,
}

pub async fn everyone(State(web): State<Web>, ask: Ask) -> Response {
    web.page(ask, draw).await
}

fn draw(reader: &Reader<'_>, visit: &Visit<'_>) -> Result<EveryonePage, WebError> {
    may(visit, Action::ManagePeople)?;
    let t = visit.t;
    let clock = Clock::of(visit);
    let seen: HashMap<PersonId, i64> = last_seen(reader)?.into_iter().collect();
    let with_password: HashSet<PersonId> = with_password(reader)?.into_iter().collect();
    let mut people = edit::all(reader)?;
    // Who works here first; among each in order of name.
    people.sort_by_key(|person| !person.duties.is_active);
    let active = people.iter().filter(|person| person.duties.is_active).count();
    let rows = people.into_iter().map(|person| Row {
        access: match (person.duties.is_active, seen.get(&person.id), with_password.contains(&person.id)) {
            (false, _, _) => t.has_left(&t.date(person.duties.from)),
            (true, Some(at), _) => t.seen_at(&clock.moment(*at)),
            (true, None, true) => t.not_logged_in_now().to_owned(),
            (true, None, false) => t.not_invited().to_owned(),
        },
        id: person.id,
        role: t.role(person.duties.role),
        team: person.duties.team.unwrap_or_default(),
        manager: visit.person_name(person.duties.manager),
        email: person.email.unwrap_or_default(),
        is_active: person.duties.is_active,
        name: person.name,
    });
    Ok(EveryonePage {
        page: visit.page(Section::Settings, t.people(), Vec::new()),
        tabs: tabs(visit, Tab::People),
        count: t.people_count(active as i64),
        rows: rows.collect(),
    })
}

/// Refused on a page of its own where the viewer may not, whoever it is about.
pub fn may(visit: &Visit<'_>, action: Action) -> Result<(), WebError> {
    let viewer = Viewer { person: visit.viewer.id, role: visit.viewer.role };
    match decide(&viewer, action, Relation::None) {
        Decision::Allowed => Ok(()),
        Decision::Refused(_) => Err(WebError::Refused),
    }
}
