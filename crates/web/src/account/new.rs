//! A new account: its name, and whatever else is known already. Those it might be already are shown first.

use super::facts::{parent, people};
use crate::{
    Web,
    ask::Ask,
    change::{Attempt, Change, Fault, Field, Form, Place, Reading, Sent},
    error::WebError,
    page::{Page, Section},
    people::everyone::may,
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_app::account::{alike, create, create_anyway, having_id};
use luotsi_core::people::{PersonId, Role, policy::Action};
use luotsi_store::{
    Reader,
    account::{entry::AccountFacts, list::ListRow},
};
use uuid::Uuid;

const ADDRESS: &str = "/accounts/new";
const FIELDS: &[&str] = &[
    "name",
    "business_id",
    "street",
    "postal_code",
    "city",
    "country",
    "owner",
    "industry",
    "size_class",
    "parent",
    "parent_name",
    "anyway",
];

#[derive(Template)]
#[template(path = "account/new.html")]
struct NewAccount {
    page: Page,
    form: Form,
    first: Vec<Field>,
    more: Vec<Field>,
    address: Vec<Field>,
    parent: Field,
    /// Those it might be already.
    alike: Vec<Alike>,
    anyway: Field,
    is_more_told: bool,
}

struct Alike {
    name: String,
    href: String,
    line: String,
}

pub async fn new_account(State(web): State<Web>, ask: Ask) -> Response {
    web.page(ask, |reader, visit| draw(reader, visit, &Attempt::none())).await
}

pub async fn add_account(State(web): State<Web>, sent: Sent) -> Response {
    let place = Place { page: ADDRESS.to_owned(), fields: FIELDS };
    web.change(sent, place, write, draw).await
}

fn write(change: &Change<'_>) -> Result<String, Fault> {
    let mut reading = Reading::new(change.typed, change.visit.t);
    reading.needed("name");
    let facts = AccountFacts {
        name: reading.line_of_record("name").unwrap_or_default(),
        business_id: reading.line_of_record("business_id"),
        street: reading.line_of_record("street"),
        postal_code: reading.line_of_record("postal_code"),
        city: reading.line_of_record("city"),
        country: reading.line_of_record("country"),
        owner: reading.choice("owner", |id| Uuid::parse_str(id).ok().map(PersonId)),
        industry: reading.line_of_record("industry"),
        size_class: reading.line_of_record("size_class"),
        parent: parent(change, &mut reading)?,
        is_active: true,
    };
    let make = if reading.is_ticked("anyway") { create_anyway } else { create };
    Ok(format!("/accounts/{}", reading.ask(change, |by| make(change.store, by, facts))?.0))
}

fn draw(reader: &Reader<'_>, visit: &Visit<'_>, attempt: &Attempt) -> Result<NewAccount, WebError> {
    may(visit, Action::CreateAccount)?;
    let t = visit.t;
    let attempt = attempt.clone().told_at("parent", "parent_name");
    let form = attempt.form("account", ADDRESS, t);
    let owner = match visit.viewer.role {
        Role::Seller | Role::Kam => visit.viewer.id.0.to_string(),
        Role::Manager
        | Role::InsideSales
        | Role::Marketing
        | Role::Service
        | Role::Management
        | Role::ProcessOwner
        | Role::Admin => String::new(),
    };
    let name = form.line("name", t.name(), "").completed("off");
    let told = |field: &str| attempt.typed(field).filter(|typed| !typed.is_empty());
    let alike = match attempt.is_made() {
        true => those_alike(reader, visit, &name.value, told("business_id"), told("country"))?,
        false => Vec::new(),
    };
    let more = ["street", "postal_code", "city", "country", "parent_name"];
    Ok(NewAccount {
        page: visit.page(Section::Accounts, t.new_account(), Vec::new()),
        first: vec![
            if form.is_open() { name } else { name.focused() },
            form.line("business_id", t.business_id(), "").hint(t.business_id_hint()),
            form.choice("owner", t.owner(), owner, people(visit, t.owner_none())),
        ],
        more: vec![
            form.suggested("industry", t.industry(), "", &visit.base.company.peers.industries()),
            form.suggested("size_class", t.size_class(), "", &visit.base.company.peers.size_classes()),
        ],
        address: vec![
            form.line("street", t.street(), "").completed("off"),
            form.line("postal_code", t.postal_code(), "").completed("off"),
            form.line("city", t.city(), "").completed("off"),
            form.line("country", t.country(), "").completed("off"),
        ],
        parent: form.line("parent_name", t.parent(), "").hint(t.parent_hint()),
        anyway: form.tick("anyway", t.new_account_anyway(), false),
        is_more_told: more.into_iter().any(|field| told(field).is_some()),
        alike,
        form,
    })
}

fn those_alike(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    name: &str,
    business_id: Option<&str>,
    country: Option<&str>,
) -> Result<Vec<Alike>, WebError> {
    let of_id = having_id(reader, business_id, country)?;
    let of_name = alike(reader, name)?.into_iter().filter(|row| of_id.iter().all(|other| other.id != row.id));
    let of_name: Vec<ListRow> = of_name.collect();
    let line = |row: &ListRow| {
        let owner = row.standing.as_ref().and_then(|standing| standing.owner);
        let owner = owner.map(|owner| visit.person_name(Some(owner)));
        let parts = [row.business_id.clone(), row.city.clone(), owner];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let alike = of_id.iter().chain(&of_name).map(|row| Alike {
        name: row.name.clone(),
        href: format!("/accounts/{}", row.id.0),
        line: line(row),
    });
    Ok(alike.collect())
}
