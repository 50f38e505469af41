//! The pages. Every URL is one whole page that works without JavaScript; script only makes going about smoother.
//!
//! `page` is the frame and the only file that knows htmx; `texts` holds every word in both languages; `change` takes
//! forms; the modules
//! `people`, `account`, `base` and `steering` are the pages themselves.

mod texts;
mod assets;
mod markup;
mod parts;
mod page;
mod ask;
mod answer;
mod empty;
mod error;
mod guard;
mod left;
mod web;
mod change;
mod rights;
mod scope;
mod search;
mod keys;
mod people;
mod account;
mod many;
mod base;
mod activity;
mod steering;
mod strategy;

pub use guard::ALWAYS as HEADERS_ALWAYS;
pub use people::{MakeSample, Making};
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
        .route("/proposals", get(steering::handing::list).post(steering::handing::hand_on))
        .route("/proposals/{id}", get(steering::one))
        .route("/proposals/{id}/completion", post(steering::answer::complete))
        .route("/proposals/{id}/acceptance", post(steering::answer::accept))
        .route("/proposals/{id}/snooze", post(steering::answer::snooze))
        .route("/proposals/{id}/delegation", post(steering::answer::delegate))
        .route("/proposals/{id}/dismissal", post(steering::answer::dismiss))
        .route("/answers/{id}/undo", post(steering::answer::undo))
        .route("/substitutions", get(steering::substitution::list).post(steering::substitution::add))
        .route("/substitutions/{person}/{id}/end", post(steering::substitution::end))
        .route("/accounts", get(account::list))
        .route("/accounts.csv", get(account::csv))
        .route("/accounts/selection", get(account::selection).post(account::change_selection))
        .route("/accounts/views", get(account::views).post(account::keep_view))
        .route("/accounts/views/{id}", post(account::change_view))
        .route("/accounts/views/{id}/removal", post(account::remove_view))
        .route("/accounts/new", get(account::new_account).post(account::add_account))
        .route("/accounts/{id}", get(account::account))
        .route("/changes", get(many::changes))
        .route("/changes/{id}", get(many::one))
        .route("/changes/{id}/undo", post(many::undo))
        .route("/base", get(base::base))
        .route("/base/points", get(base::points))
        .route("/base/point", get(base::point))
        .route("/accounts/{id}/facts/{fact}", post(account::tell_fact))
        .route("/accounts/{id}/estimates", post(account::take_estimate))
        .route("/accounts/{id}/ability", post(account::take_ability))
        .route("/accounts/{id}/target", post(account::take_target))
        .route("/accounts/{id}/override", post(account::take_override))
        .route("/accounts/{id}/override/removal", post(account::take_override_back))
        .route("/accounts/{id}/contacts", post(account::add_a_contact))
        .route("/accounts/{id}/contacts/{contact}", post(account::change_a_contact))
        .route("/accounts/{id}/contacts/{contact}/removal", post(account::remove_a_contact))
        .route("/accounts/{id}/team", post(account::add_a_member))
        .route("/accounts/{id}/team/removal", post(account::remove_a_member))
        .route("/accounts/{id}/activities", post(activity::log_with))
        .route("/accounts/{id}/activities/{activity}", get(activity::one).post(activity::change))
        .route("/accounts/{id}/activities/{activity}/undo", post(activity::undo))
        .route("/activities", post(activity::log_any))
        .route("/activities/new", get(activity::new))
        .route("/activities/accounts", get(activity::accounts_to_log))
        .route("/activities/contacts", get(activity::contacts_to_log))
        .route("/search/accounts", get(activity::accounts_found))
        .route("/accounts/{id}/peek", get(account::peek))
        .route("/search", get(search::search))
        .route("/keys", get(keys::keys))
        .route("/login", get(people::log_in_page).post(people::log_in))
        .route("/login/{token}", get(people::open_link).post(people::use_link))
        .route("/logout", post(people::log_out))
        .route("/language", post(people::choose_language))
        .route("/start", get(people::start))
        .route("/start/sample", post(people::make_sample))
        .route("/start/sample/removal", post(people::remove_sample))
        .route("/settings", get(people::own_account))
        .route("/settings/me", get(people::own_account).post(people::prefer))
        .route("/settings/me/password", post(people::change_password))
        .route("/settings/me/sessions", post(people::end_other_sessions))
        .route("/settings/me/sessions/{id}", post(people::end_session))
        .route("/settings/me/tokens", post(people::make_token))
        .route("/settings/me/tokens/{id}", post(people::revoke_token))
        .route("/settings/strategy", get(strategy::strategy).post(strategy::decide))
        .route("/settings/strategy/movers", get(strategy::movers))
        .route("/settings/strategy/numbers", get(strategy::numbers).post(strategy::decide_numbers))
        .route("/care-models", get(strategy::models))
        .route("/care-models/{segment}", get(strategy::model).post(strategy::decide_model))
        .route("/settings/people", get(people::everyone))
        .route("/settings/people/new", get(people::new_person).post(people::add_person))
        .route("/settings/people/{id}", get(people::person).post(people::change_person))
        .route("/settings/people/{id}/invitation", post(people::invite))
        .route("/settings/people/{id}/sessions", post(people::end_sessions))
        .route("/settings/company", get(people::company).post(people::change_company))
        .route("/assets/{path}", get(assets::serve))
        .fallback(people::nowhere)
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(middleware::from_fn_with_state(web.clone(), guard::guard))
        .with_state(web)
}
