//! What other programs read and do, under `/api/v1`: the same things, with the same rights, as people on their pages.
//!
//! `kind` says what there is; `call` is the way of every request; `reading` and `writing` do the work; `document` writes
//! the OpenAPI document and `reference` the page for people, both from the same tables.

mod json;
mod problem;
mod field;
mod kind;
mod asked;
mod turns;
mod call;
mod reading;
mod writing;
mod answers;
mod many;
mod substitutions;
mod views;
mod access;
mod setting;
mod company;
mod preferences;
mod preview;
mod steering;
mod strategy;
mod document;
mod reference;

use crate::{
    kind::{At, Kind, Names, Tells},
    problem::{Problem, What},
    turns::{Running, Turns},
};
use axum::{
    Router,
    body::Body,
    extract::{Path, Request},
    response::{IntoResponse, Response},
    routing::{MethodRouter, delete, get, patch, post, put},
};
use luotsi_app::steering::{KeptBase, Watcher};
use luotsi_core::{people::PersonId, units::Day};
use luotsi_store::{
    Store,
    people::{CompanySettings, preference::Preference},
};
use std::sync::Arc;

/// Cheap to clone: all clones are the same.
#[derive(Clone)]
pub struct Api {
    store: Store,
    watcher: Watcher,
    /// The day it is; `None`: the current day where the company is.
    today: Option<Day>,
    turns: Arc<Turns>,
    running: Arc<Running<PersonId>>,
    company: Arc<KeptBase>,
}

impl Api {
    pub fn new(store: Store, watcher: Watcher, today: Option<Day>) -> Self {
        let (turns, running, company) = (Arc::default(), Arc::default(), Arc::default());
        Self { store, watcher, today, turns, running, company }
    }
}

/// Everything under `/api`, ready to be served.
pub fn router(api: Api) -> Router {
    let mut v1 = Router::new()
        .route("/openapi.json", get(document::serve))
        .route(
            "/strategy",
            to(|call, _| strategy::read(call), get).merge(to(|call, _| strategy::put(call), put)),
        )
        .route("/strategy/preview", to(|call, _| preview::read(call), get))
        .route("/accounts/{account}/care", to(|call, path| steering::care(call, first(path)), get))
        .route("/accounts/{account}/activities/{id}/withdrawal", to(writing::take_activity_back, post))
        .route("/exports/{what}", to(|call, path| steering::export(call, first(path)), get))
        .route("/answers/{id}/withdrawal", to(|call, path| answers::withdraw(call, first(path)), post))
        .route("/changes/{id}/withdrawal", to(|call, path| many::withdraw(call, first(path)), post));
    for way in answers::WAYS {
        let address = format!("/proposals/{{id}}/{}", way.name);
        v1 = v1.route(&address, to(move |call, path| answers::give(call, way, first(path)), post));
    }
    v1 = v1.route("/substitutions", to(|call, _| substitutions::create(call), post)).route(
        "/substitutions/{id}/withdrawal",
        to(|call, path| substitutions::withdraw(call, first(path)), post),
    );
    v1 = v1
        .route("/saved-views", to(|call, _| views::create(call), post))
        .route(
            "/saved-views/{id}",
            to(|call, path| views::change(call, first(path)), patch)
                .merge(to(|call, path| views::remove(call, first(path)), delete)),
        )
        .route("/invitations", to(|call, _| access::invite(call), post))
        .route(
            "/invitations/{person}/withdrawal",
            to(|call, path| access::take_invitation_back(call, first(path)), post),
        )
        .route("/tokens/{id}/withdrawal", to(|call, path| access::revoke_token(call, first(path)), post))
        .route(
            "/sessions/{session}/withdrawal",
            to(|call, path| access::end_session(call, first(path)), post),
        )
        .route(
            "/people/{person}/sessions/withdrawal",
            to(|call, path| access::end_sessions(call, first(path)), post),
        )
        .route(
            "/preferences",
            to(|call, _| setting::read::<Preference>(call), get)
                .merge(to(|call, _| setting::change::<Preference>(call), patch)),
        )
        .route(
            "/company",
            to(|call, _| setting::read::<CompanySettings>(call), get)
                .merge(to(|call, _| setting::change::<CompanySettings>(call), patch)),
        );
    for way in many::WAYS {
        v1 = v1.route(way.address, to(move |call, _| many::make(call, way), post));
    }
    for kind in kind::KINDS {
        v1 = routes(v1, kind);
    }
    let v1 = v1.fallback(nowhere).method_not_allowed_fallback(no_such_method).with_state(api);
    Router::new().route("/api", get(reference::serve)).nest("/api/v1", v1)
}

fn routes(router: Router<Api>, kind: &'static Kind) -> Router<Api> {
    let name = kind.resource.name;
    let list = to(move |call, _| reading::list(call, kind), get);
    let list = match &kind.tells {
        Some(tells) => list.merge(to(move |call, _| writing::create(call, kind, tells), post)),
        None => list,
    };
    let router = router.route(&format!("/{name}"), list);
    let router = match item(kind) {
        Some(address) => router.route(&address, one(kind)),
        None => router,
    };
    let Some(tells) = &kind.tells else { return router };
    let router = router.route(&format!("/{name}/bulk"), to(move |call, _| writing::many(call, tells), post));
    match tells.names {
        Names::Content => router,
        Names::Own | Names::OwnOrNumber => {
            let address = format!("/{name}/by-external-id/{{source}}/{{external_id}}");
            router.route(&address, named(kind, tells))
        }
    }
}

/// The address of one of a kind.
fn item(kind: &Kind) -> Option<String> {
    let name = kind.resource.name;
    match kind.at {
        At::Id => Some(format!("/{name}/{{id}}")),
        At::Account => Some(format!("/accounts/{{account}}/{name}/{{id}}")),
        At::OneAnAccount => Some(format!("/{name}/{{account}}")),
        At::OneAPerson => Some(format!("/{name}/{{person}}")),
        At::List => None,
    }
}

fn one(kind: &'static Kind) -> MethodRouter<Api> {
    let read = to(move |call, path| reading::one(call, kind, path), get);
    let read = match kind.changed() {
        Some(tells) => read.merge(to(move |call, path| writing::change(call, kind, tells, path), patch)),
        None => read,
    };
    match kind.ending() {
        Some(ending) => read.merge(to(move |call, path| writing::end(call, kind, ending, path), delete)),
        None => read,
    }
}

fn named(kind: &'static Kind, tells: &'static Tells) -> MethodRouter<Api> {
    let read = to(move |call, path| reading::by_external_id(call, kind, path), get);
    read.merge(to(move |call, path| writing::put_by_external_id(call, kind, tells, path), put))
}

/// A route that does `work` with the parts of the path.
fn to<W, M>(work: W, method: M) -> MethodRouter<Api>
where
    W: Fn(&call::Call, &[String]) -> Result<Response, Problem> + Copy + Send + Sync + 'static,
    M: FnOnce(Handler<W>) -> MethodRouter<Api>,
{
    method(Handler(work))
}

/// What `to` hands to axum.
#[derive(Clone, Copy)]
struct Handler<W>(W);

impl<W> axum::handler::Handler<(), Api> for Handler<W>
where
    W: Fn(&call::Call, &[String]) -> Result<Response, Problem> + Copy + Send + Sync + 'static,
{
    type Future = std::pin::Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, request: Request<Body>, api: Api) -> Self::Future {
        Box::pin(async move {
            use axum::extract::FromRequestParts;
            let (mut parts, body) = request.into_parts();
            let path = Path::<Vec<(String, String)>>::from_request_parts(&mut parts, &api).await;
            let path: Vec<String> = match path {
                Ok(Path(path)) => path.into_iter().map(|(_, value)| value).collect(),
                // Its signs are no UTF-8: there is nothing of such a name.
                Err(_) => return Problem::of(What::NotThere).into_response(),
            };
            call::answer(api, Request::from_parts(parts, body), move |call| (self.0)(call, &path)).await
        })
    }
}

fn first(path: &[String]) -> &str {
    path.first().map_or("", String::as_str)
}

async fn nowhere() -> Problem {
    Problem::of(What::NotThere)
}

async fn no_such_method() -> Problem {
    Problem::of(What::NoSuchMethod)
}
