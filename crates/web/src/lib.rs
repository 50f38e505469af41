//! The pages. Every URL is one whole page that works without JavaScript; script only makes going about smoother.
//!
//! `page` is the frame and the only file that knows htmx; `texts` holds every word in both languages; `change` takes
//! forms; the modules
//! `people`, `account`, `base` and `steering` are the pages themselves.

mod texts;
mod assets;
mod parts;
mod page;
mod ask;
mod answer;
mod error;
mod guard;
mod web;
mod change;
mod rights;
mod scope;
mod people;
mod account;
mod base;
mod activity;
mod steering;

pub use web::{Settings, Web};

use axum::{
    Router, middleware,
    routing::{get, post},
};
use tower_http::{CompressionLevel, compression::CompressionLayer};

/// All pages, ready to be served.
pub fn router(web: Web) -> Router {
    Router::new()
        .route("/", get(steering::my_day))
        .route("/accounts", get(account::list))
        .route("/accounts/{id}", get(account::account))
        .route("/base", get(base::base))
        .route("/base/points", get(base::points))
        .route("/base/point", get(base::point))
        .route("/accounts/{id}/activities", post(activity::log_with))
        .route("/accounts/{id}/activities/{activity}", get(activity::one).post(activity::change))
        .route("/accounts/{id}/activities/{activity}/undo", post(activity::undo))
        .route("/activities", post(activity::log_any))
        .route("/activities/new", get(activity::new))
        .route("/search/accounts", get(activity::accounts_found))
        .route("/login", get(people::not_logged_in))
        .route("/login/{token}", get(people::log_in_page).post(people::log_in))
        .route("/logout", post(people::log_out))
        .route("/language", post(people::choose_language))
        .route("/assets/{path}", get(assets::serve))
        .fallback(people::nowhere)
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(middleware::from_fn_with_state(web.clone(), guard::guard))
        .with_state(web)
}
