//! The company's settings.

use super::{
    everyone::may,
    set_up::{currencies, languages, time_zones, told},
    settings::{Tab, tabs},
};
use crate::{
    Web,
    ask::Ask,
    change::{Attempt, Change, Fault, Field, Form, Place, Sent},
    error::WebError,
    page::{Choice, Page, Section},
    web::{SAVED, Visit},
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_app::people::company;
use luotsi_core::people::policy::Action;
use luotsi_store::{Reader, people};

#[derive(Template)]
#[template(path = "people/company.html")]
pub struct CompanyPage {
    page: Page,
    tabs: Vec<Choice>,
    form: Form,
    version: String,
    name: Field,
    language: Field,
    time_zone: Field,
    currency: Field,
}

pub async fn company(State(web): State<Web>, ask: Ask) -> Response {
    web.page(ask, |reader, visit| draw(reader, visit, &Attempt::none())).await
}

fn draw(reader: &Reader<'_>, visit: &Visit<'_>, attempt: &Attempt) -> Result<CompanyPage, WebError> {
    may(visit, Action::ManageCompany)?;
    let (t, company) = (visit.t, people::company(reader)?);
    let form = attempt.form("company", "/settings/company", t);
    Ok(CompanyPage {
        page: visit.page(Section::Settings, t.company(), Vec::new()),
        tabs: tabs(visit, Tab::Company),
        version: company::version_of(&company),
        name: form.line("name", t.company_name(), &company.name),
        language: form
            .choice("language", t.company_language(), &company.language, languages(t))
            .hint(t.company_language_hint()),
        time_zone: form
            .choice("time_zone", t.time_zone(), &company.time_zone, time_zones(&company.time_zone))
            .hint(t.time_zone_hint()),
        currency: form
            .choice("currency", t.currency(), &company.currency, currencies())
            .hint(t.currency_hint()),
        form,
    })
}

pub async fn change_company(State(web): State<Web>, sent: Sent) -> Response {
    let fields = &["name", "language", "time_zone", "currency"];
    let place = Place { page: "/settings/company".to_owned(), fields };
    let write = |change: &Change<'_>| {
        let version = change.typed.text("version");
        company::change(change.store, &change.by(), version, &told(change.typed))?;
        Ok::<_, Fault>(format!("/settings/company{SAVED}"))
    };
    web.change(sent, place, write, draw).await
}
