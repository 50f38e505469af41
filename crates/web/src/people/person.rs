//! One person's page in the settings: what they are from which day on, and the link that invites them.

use super::{
    everyone::may,
    settings::{Tab, tabs},
};
use crate::{
    Web, answer,
    ask::Ask,
    change::{Attempt, Change, Done, Fault, Field, Form, Place, Reading, Sent, Typed, Wrong},
    error::WebError,
    page::{Choice, Page, Section},
    scope::Scope,
    steering::base_of,
    texts::Texts,
    web::{SAVED, Visit},
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use luotsi_app::{
    act::ActError,
    people::{
        access,
        edit::{self, Told},
    },
    rules::HOURS_MAX,
};
use luotsi_core::{
    people::{PersonId, Role, policy::Action},
    units::Day,
};
use luotsi_store::{
    Reader,
    people::{
        edit::{self as kept, Duties, Person},
        page::Whose,
    },
    steering::page::base_by_segment,
};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "people/person.html")]
pub struct PersonPage {
    page: Page,
    tabs: Vec<Choice>,
    /// Accounts that somebody who leaves is still the owner of.
    left: Option<Owned>,
    form: Form,
    version: String,
    name: Field,
    email: Field,
    role: Field,
    team: Field,
    manager: Field,
    hourly_cost: Field,
    customer_hours: Field,
    /// Of a person who is there: from when on, whether they work here, and their access.
    known: Option<Known>,
}

/// The accounts that a person owns, and where they are.
struct Owned {
    sentence: String,
    href: String,
}

struct Known {
    from: Field,
    is_active: Field,
    /// What leaving would leave behind.
    owned: Option<Owned>,
    since: String,
    may_be_invited: bool,
    invite: Form,
    end_sessions: Form,
    /// A link that was made just now, and is shown this once.
    link: Option<String>,
    is_shown_before: bool,
}

const FIELDS: [&str; 9] =
    ["name", "email", "role", "team", "manager", "hourly_cost", "customer_hours", "from", "active"];

pub async fn new_person(State(web): State<Web>, ask: Ask) -> Response {
    web.page(ask, |reader, visit| draw_new(reader, visit, &Attempt::none())).await
}

pub async fn person(State(web): State<Web>, Path(id): Path<String>, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| draw(reader, visit, &Attempt::none(), named(&id))).await
}

fn draw_new(reader: &Reader<'_>, visit: &Visit<'_>, attempt: &Attempt) -> Result<PersonPage, WebError> {
    may(visit, Action::ManagePeople)?;
    let nobody = Person {
        id: PersonId(Uuid::nil()),
        name: String::new(),
        email: None,
        duties: Duties {
            from: visit.today,
            role: Role::Seller,
            team: None,
            manager: None,
            is_active: true,
            hourly_cost: None,
            customer_hours: None,
        },
    };
    let form = attempt.form("person", "/settings/people/new", visit.t);
    page(reader, visit, form, &nobody, visit.t.new_person(), None)
}

fn draw(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    attempt: &Attempt,
    id: PersonId,
) -> Result<PersonPage, WebError> {
    may(visit, Action::ManagePeople)?;
    let t = visit.t;
    let person = kept::one(reader, id)?.ok_or(WebError::NotFound)?;
    let here = href(id);
    let form = attempt.form("person", &here, t);
    let from = visit.today.max(person.duties.from);
    let owned = owned(reader, visit, &person)?;
    let (owned, left) = if person.duties.is_active { (owned, None) } else { (None, owned) };
    let known = Known {
        owned,
        from: form.day("from", t.holds_from(), from.to_string()).hint(t.holds_from_hint()),
        may_be_invited: person.duties.is_active,
        is_active: form.tick("active", t.works_here(), person.duties.is_active),
        since: match person.duties.from == Day::MIN {
            true => t.holds_always().to_owned(),
            false => t.holds_since(&t.date(person.duties.from)),
        },
        invite: attempt.form("invite", &format!("{here}/invitation"), t),
        end_sessions: attempt.form("end", &format!("{here}/sessions"), t),
        link: None,
        is_shown_before: false,
    };
    let title = person.name.clone();
    Ok(PersonPage { left, ..page(reader, visit, form, &person, &title, Some(known))? })
}

/// `None`: they own none.
fn owned(reader: &Reader<'_>, visit: &Visit<'_>, person: &Person) -> Result<Option<Owned>, WebError> {
    let (t, duties) = (visit.t, &person.duties);
    let count = base_by_segment(reader, &Whose::Of(vec![person.id]))?.iter().map(|sum| sum.accounts).sum();
    let sentence = match (duties.is_active, visit.today < duties.from) {
        (true, _) => t.owns_accounts(count),
        (false, true) => t.accounts_left_from(count, &t.date(duties.from)),
        (false, false) => t.accounts_left(count),
    };
    Ok((0 < count).then(|| Owned { sentence, href: base_of(Scope::Person(person.id)) }))
}

fn page(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    form: Form,
    person: &Person,
    title: &str,
    known: Option<Known>,
) -> Result<PersonPage, WebError> {
    let (t, duties) = (visit.t, &person.duties);
    let roles = Role::ALL.into_iter().map(|role| (role.name().to_owned(), t.role(role).to_owned()));
    let managers = managers(reader, person, t)?;
    let manager = duties.manager.map_or_else(String::new, |manager| manager.0.to_string());
    let cost = duties.hourly_cost.map_or_else(String::new, |cost| t.typed_amount(cost));
    let hours = duties.customer_hours.map_or_else(String::new, |hours| hours.to_string());
    let name = form.line("name", t.name(), &person.name).completed("off");
    Ok(PersonPage {
        page: visit.page(Section::Settings, title, Vec::new()),
        tabs: tabs(visit, Tab::People),
        left: None,
        version: edit::version_of(person),
        name: if known.is_none() && !form.is_open() { name.focused() } else { name },
        email: form
            .email("email", t.email(), person.email.clone().unwrap_or_default())
            .completed("off")
            .hint(t.email_hint()),
        role: form.choice("role", t.role_label(), duties.role.name(), roles),
        team: form.line("team", t.team(), duties.team.clone().unwrap_or_default()),
        manager: form.choice("manager", t.manager(), manager, managers),
        hourly_cost: form
            .number("hourly_cost", t.hourly_cost(t.currency.sign()), cost)
            .hint(t.hourly_cost_hint()),
        customer_hours: form
            .number("customer_hours", t.customer_hours(), hours)
            .hint(t.customer_hours_hint()),
        form,
        known,
    })
}

/// Nobody, or anybody who works here but the person themselves.
fn managers(reader: &Reader<'_>, of: &Person, t: Texts) -> Result<Vec<(String, String)>, WebError> {
    let others = kept::all(reader)?
        .into_iter()
        .filter(|other| other.id != of.id && (other.duties.is_active || Some(other.id) == of.duties.manager));
    let nobody = (String::new(), t.nobody().to_owned());
    Ok(std::iter::once(nobody).chain(others.map(|other| (other.id.0.to_string(), other.name))).collect())
}

/// The person an address names; one that names nobody is nobody's.
fn named(id: &str) -> PersonId {
    PersonId(Uuid::parse_str(id).unwrap_or_default())
}

fn href(id: PersonId) -> String {
    format!("/settings/people/{}", id.0)
}

/// The person as the form tells of them.
fn told(reading: &mut Reading<'_>, typed: &Typed, today: Day) -> Told {
    reading.needed("role");
    let text = |name: &str| typed.text(name).to_owned();
    Told {
        name: text("name"),
        email: text("email"),
        role: reading.choice("role", Role::parse).unwrap_or(Role::Seller),
        team: text("team"),
        manager: reading.choice("manager", |id| Uuid::parse_str(id).ok().map(PersonId)),
        is_active: reading.is_ticked("active"),
        hourly_cost: reading.money("hourly_cost"),
        customer_hours: reading.whole("customer_hours", 0, HOURS_MAX).map(|hours| hours as u32),
        from: reading.day("from").unwrap_or(today),
    }
}

pub async fn add_person(State(web): State<Web>, sent: Sent) -> Response {
    let place = Place { page: "/settings/people/new".to_owned(), fields: &FIELDS };
    let write = |change: &Change<'_>| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        let told = told(&mut reading, change.typed, change.visit.today);
        let told = Told { is_active: true, ..told };
        let person = reading.ask(change, |by| edit::add(change.store, by, &told))?;
        Ok::<_, Fault>(href(person))
    };
    web.change(sent, place, write, draw_new).await
}

pub async fn change_person(State(web): State<Web>, Path(id): Path<String>, sent: Sent) -> Response {
    let id = named(&id);
    let place = Place { page: href(id), fields: &FIELDS };
    let write = move |change: &Change<'_>| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        let told = told(&mut reading, change.typed, change.visit.today);
        let version = change.typed.text("version");
        reading.ask(change, |by| edit::change(change.store, by, id, version, &told))?;
        Ok::<_, Fault>(format!("{}{SAVED}", href(id)))
    };
    web.change(sent, place, write, move |reader, visit, attempt| draw(reader, visit, attempt, id)).await
}

pub async fn invite(State(web): State<Web>, Path(id): Path<String>, sent: Sent) -> Response {
    let id = named(&id);
    let place = Place { page: href(id), fields: &[] };
    let linking = web.clone();
    let write = move |change: &Change<'_>| show_link(&linking, change, id);
    web.change(sent, place, write, move |reader, visit, attempt| draw(reader, visit, attempt, id)).await
}

/// The link stands on the page that answers, and nowhere else.
fn show_link(web: &Web, change: &Change<'_>, id: PersonId) -> Result<Done, Fault> {
    let secret = edit::invite(change.store, &change.by(), id).map_err(|error| {
        // Its field stands in another form.
        let needs_email =
            matches!(&error, ActError::Invalid(wrong) if wrong.iter().any(|one| one.field == "email"));
        match needs_email {
            true => Wrong::form(change.visit.t.invite_needs_email()).into(),
            false => Fault::from(error),
        }
    })?;
    let html = change.store.read(|reader| {
        let mut page = draw(reader, &change.visit.still(), &Attempt::none(), id)?;
        if let Some(known) = &mut page.known {
            known.is_shown_before = secret.is_none();
            known.link = secret.map(|secret| web.link(&format!("/login/{secret}")));
        }
        Ok::<_, WebError>(answer::render(&page)?)
    })?;
    Ok(Done::Shown(html))
}

pub async fn end_sessions(State(web): State<Web>, Path(id): Path<String>, sent: Sent) -> Response {
    let id = named(&id);
    let place = Place { page: href(id), fields: &[] };
    let write = move |change: &Change<'_>| {
        let session = change.visit.ask.session.clone().unwrap_or_default();
        access::end_sessions(change.store, &change.by(), id, &session)?;
        Ok::<_, Fault>(href(id))
    };
    web.change(sent, place, write, move |reader, visit, attempt| draw(reader, visit, attempt, id)).await
}
