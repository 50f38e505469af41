//! Views of the list that people keep: under a name, their own unless shared.

use super::{
    list::{List, fill, listed},
    listed::{Asked, Listed},
};
use crate::{
    Web,
    ask::Ask,
    change::{Attempt, Change, Fault, Field, Form, Place, Sent, Wrong},
    error::WebError,
    page::{Choice, Page, Section},
    texts::Texts,
    web::Visit,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use luotsi_app::{
    act::ActError,
    people::view::{self as keeping, Told},
};
use luotsi_store::{
    Reader,
    people::view::{self, ACCOUNTS, SavedView},
};
use uuid::Uuid;

const ACTION: &str = "/accounts/views";

/// The menu of views, with the form that keeps the one that is shown.
pub struct Views {
    /// The name of the view that is shown, if it has one.
    pub here: Option<String>,
    pub own: Vec<Choice>,
    pub shared: Vec<Choice>,
    pub usual: Vec<Choice>,
    pub form: Form,
    pub query: String,
    pub name: Field,
    pub is_shared: Field,
}

impl Views {
    pub fn of(
        reader: &Reader<'_>,
        visit: &Visit<'_>,
        shown: &Listed,
        attempt: &Attempt,
    ) -> Result<Self, WebError> {
        let t = visit.t;
        let query = shown.first_page().query();
        let views = view::views(reader, visit.viewer.id, ACCOUNTS)?;
        let choice = |view: &SavedView| Choice {
            label: match view.person == visit.viewer.id {
                true => view.name.clone(),
                false => t.view_by(&view.name, &visit.person_name(Some(view.person))),
            },
            href: format!("/accounts?{}", view.query),
            is_here: view.query == query,
        };
        let (own, shared): (Vec<_>, Vec<_>) = views.iter().partition(|view| view.person == visit.viewer.id);
        let usual = [
            (t.view_care_late(), "care=late&sort=-stake"),
            (t.owner_none(), "owner=none"),
            (t.segment_none(), "segment=none"),
        ]
        .map(|(label, asked)| {
            let url = listed(visit, &Asked::parse(&format!("scope={}&{asked}", shown.scope.name()))).url();
            Choice { label: label.to_owned(), is_here: url == format!("/accounts?{query}"), href: url }
        });
        let form = attempt.form("view", ACTION, t);
        Ok(Self {
            here: views.iter().find(|view| view.query == query).map(|view| view.name.clone()),
            own: own.into_iter().map(choice).collect(),
            shared: shared.into_iter().map(choice).collect(),
            usual: usual.into(),
            name: form.line("name", t.view_name(), ""),
            is_shared: form.tick("shared", t.view_share(), false),
            form,
            query,
        })
    }
}

/// Own views, to be renamed, shared and removed.
#[derive(Template)]
#[template(path = "account/views.html")]
struct Kept {
    page: Page,
    views: Vec<KeptView>,
}

struct KeptView {
    href: String,
    name: String,
    form: Form,
    version: String,
    new_name: Field,
    is_shared: Field,
    removal: Form,
}

pub async fn views(State(web): State<Web>, ask: Ask) -> Response {
    web.page(ask, |reader, visit| kept(reader, visit, &Attempt::none())).await
}

fn kept(reader: &Reader<'_>, visit: &Visit<'_>, attempt: &Attempt) -> Result<Kept, WebError> {
    let t = visit.t;
    let views = view::views(reader, visit.viewer.id, ACCOUNTS)?;
    let own = views.iter().filter(|view| view.person == visit.viewer.id);
    Ok(Kept {
        page: visit.page(Section::Accounts, t.views_title(), Vec::new()),
        views: own.map(|view| kept_view(view, attempt, t)).collect(),
    })
}

fn kept_view(view: &SavedView, attempt: &Attempt, t: Texts) -> KeptView {
    let action = format!("{ACTION}/{}", view.id);
    let form = attempt.form(&format!("view-{}", view.id), &action, t);
    KeptView {
        href: format!("/accounts?{}", view.query),
        name: view.name.clone(),
        version: keeping::version_of(view),
        new_name: form.line("name", t.view_name(), &view.name),
        is_shared: form.tick("shared", t.view_share(), view.is_shared),
        form,
        removal: attempt.form(&format!("removal-{}", view.id), &format!("{action}/removal"), t),
    }
}

/// Keeps the view that is shown.
pub async fn keep(State(web): State<Web>, sent: Sent) -> Response {
    let query = sent.typed.as_ref().map_or_else(|_| String::new(), |typed| typed.text("query").to_owned());
    let place = Place { page: format!("/accounts?{query}"), fields: &["query", "name", "shared"] };
    let again = move |reader: &Reader<'_>, visit: &Visit<'_>, attempt: &Attempt| -> Result<List, WebError> {
        let attempt = attempt.clone().told_at("query", "name");
        fill(reader, visit, listed(visit, &Asked::parse(&query)), &attempt)
    };
    web.change(sent, place, write, again).await
}

fn write(change: &Change<'_>) -> Result<String, Fault> {
    let typed = change.typed;
    let shown = listed(change.visit, &Asked::parse(typed.text("query"))).first_page();
    keeping::keep(change.store, &change.by(), ACCOUNTS, shown.query(), &told(change))?;
    Ok(shown.url())
}

pub async fn change(State(web): State<Web>, Path(id): Path<String>, sent: Sent) -> Response {
    let place = Place { page: ACTION.to_owned(), fields: &["name", "shared"] };
    let write = move |change: &Change<'_>| {
        let version = change.typed.text("version");
        keeping::change(change.store, &change.by(), ACCOUNTS, parsed(&id)?, version, &told(change))?;
        Ok(ACTION.to_owned())
    };
    web.change(sent, place, write, kept).await
}

pub async fn remove(State(web): State<Web>, Path(id): Path<String>, sent: Sent) -> Response {
    let place = Place { page: ACTION.to_owned(), fields: &[] };
    let write = move |change: &Change<'_>| match keeping::remove(
        change.store,
        &change.by(),
        parsed(&id)?,
        change.typed.text("version"),
    ) {
        Err(ActError::Stale(_)) => Err(Wrong::form(change.visit.t.view_changed_meanwhile()).into()),
        outcome => Ok(outcome.map(|()| ACTION.to_owned())?),
    };
    web.change(sent, place, write, kept).await
}

fn told(change: &Change<'_>) -> Told {
    Told { name: change.typed.text("name").to_owned(), is_shared: change.typed.opt("shared").is_some() }
}

fn parsed(id: &str) -> Result<Uuid, WebError> {
    Uuid::parse_str(id).map_err(|_| WebError::NotFound)
}
