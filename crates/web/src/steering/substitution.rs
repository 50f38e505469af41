//! Who stands in for whom: one list, and a form for those whom it concerns.

use crate::{
    Web,
    ask::{Ask, Ids},
    change::{Attempt, Change, Field, Form, Place, Reading, Sent},
    error::WebError,
    page::{Page, Section},
    scope::near,
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_app::people::substitution::{appoint, call_off};
use luotsi_core::people::{
    PersonId, PersonNo,
    policy::{self, Scope, scope},
    substitution::{Substitution, Wish},
};
use luotsi_store::{Reader, people::substitution::substitutions_from};
use uuid::Uuid;

const PAGE: &str = "/substitutions";

#[derive(Template)]
#[template(path = "steering/substitutions.html")]
struct Substitutions {
    page: Page,
    rows: Vec<Row>,
    form: Form,
    person: Field,
    substitute: Field,
    from: Field,
    until: Field,
}

struct Row {
    id: String,
    person: String,
    substitute: String,
    days: String,
    /// `None`: it concerns others.
    end: Option<Form>,
}

pub async fn list(State(web): State<Web>, ask: Ask) -> Response {
    web.page(ask, |reader, visit| fill(reader, visit, &Attempt::none())).await
}

pub async fn add(State(web): State<Web>, sent: Sent) -> Response {
    let place = Place { page: PAGE.to_owned(), fields: &["person", "substitute", "from", "until"] };
    let write = |change: &Change<'_>| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        for field in ["person", "substitute", "from", "until"] {
            reading.needed(field);
        }
        let person = |id: &str| Uuid::parse_str(id).ok().map(PersonId);
        let wish = Wish {
            person: reading.choice("person", person),
            substitute: reading.choice("substitute", person),
            from: reading.day("from"),
            until: reading.day("until"),
        };
        reading.ask(change, |by| appoint(change.store, by, wish))?;
        Ok(PAGE.to_owned())
    };
    web.change(sent, place, write, fill).await
}

pub async fn end(State(web): State<Web>, Ids([person, id]): Ids<2>, sent: Sent) -> Response {
    let place = Place { page: PAGE.to_owned(), fields: &[] };
    let write = move |change: &Change<'_>| {
        call_off(change.store, &change.by(), PersonId(person), id)?;
        Ok(PAGE.to_owned())
    };
    web.change(sent, place, write, fill).await
}

fn fill(reader: &Reader<'_>, visit: &Visit<'_>, attempt: &Attempt) -> Result<Substitutions, WebError> {
    let t = visit.t;
    let mine = whom_the_viewer_decides_for(visit);
    let rows = substitutions_from(reader, visit.today)?;
    let form = attempt.form("substitution", PAGE, t);
    let choices = |of: Vec<PersonId>| {
        let choice = |person: PersonId| (person.0.to_string(), visit.person_name(Some(person)));
        of.into_iter().map(choice).collect::<Vec<_>>()
    };
    let choose = (String::new(), t.choose().to_owned());
    let today = visit.today.to_string();
    Ok(Substitutions {
        page: visit.page(Section::MyDay, t.substitutions(), Vec::new()),
        rows: rows.iter().map(|row| self::row(visit, attempt, row, &mine)).collect(),
        person: form.choice(
            "person",
            t.substitution_person(),
            visit.viewer.id.0.to_string(),
            choices(mine.clone()),
        ),
        substitute: form.choice(
            "substitute",
            t.substitution_substitute(),
            "",
            [choose].into_iter().chain(choices(active(visit))),
        ),
        from: form.day("from", t.substitution_from(), today.as_str()),
        until: form.day("until", t.substitution_until(), ""),
        form,
    })
}

fn row(visit: &Visit<'_>, attempt: &Attempt, row: &Substitution, mine: &[PersonId]) -> Row {
    let t = visit.t;
    let action = format!("{PAGE}/{}/{}/end", row.person.0, row.id);
    Row {
        id: format!("substitution-{}", row.id),
        person: visit.person_name(Some(row.person)),
        substitute: visit.person_name(Some(row.substitute)),
        days: t.days_from(row.from, row.until),
        end: mine.contains(&row.person).then(|| attempt.form("end", &action, t)),
    }
}

fn active(visit: &Visit<'_>) -> Vec<PersonId> {
    let people = &visit.base.company.people;
    let numbers = (people.people.iter().zip(0..))
        .filter(|(_, number)| people.is_active(PersonNo(*number), visit.today));
    numbers.map(|(person, _)| person.id).collect()
}

/// Oneself, and those near one as far as one's role reaches.
fn whom_the_viewer_decides_for(visit: &Visit<'_>) -> Vec<PersonId> {
    match scope(visit.viewer.role, policy::Action::AppointSubstitute) {
        Scope::Nothing => Vec::new(),
        Scope::Own | Scope::AccountTeam => vec![visit.viewer.id],
        Scope::Team => near(visit),
        Scope::All => active(visit),
    }
}
