//! What a supervisor asks: `/health/live` whether the program answers, `/health` whether it can serve.

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use luotsi_store::{Store, StoreError, people};
use serde_json::json;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    sync::{Mutex, watch},
    task::spawn_blocking,
    time::timeout,
};

/// However often it is asked, the database is looked at this often.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
const DATABASE_TIMEOUT: Duration = Duration::from_secs(3);

#[derive(Clone)]
struct Health {
    store: Store,
    stopped: watch::Receiver<bool>,
    /// When the database was last looked at, and whether it answered.
    seen: Arc<Mutex<Option<(Instant, bool)>>>,
}

pub fn router(store: Store, stopped: watch::Receiver<bool>) -> Router {
    let health = Health { store, stopped, seen: Arc::new(Mutex::new(None)) };
    Router::new()
        .route("/health", get(is_ready))
        .route("/health/live", get(|| std::future::ready(Json(json!({ "live": true })))))
        .with_state(health)
}

async fn is_ready(State(health): State<Health>) -> Response {
    let is_database_there = health.database_answers().await;
    let is_ready = is_database_there && !*health.stopped.borrow();
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "live": true, "ready": is_ready, "database": is_database_there }))).into_response()
}

impl Health {
    async fn database_answers(&self) -> bool {
        let mut seen = self.seen.lock().await;
        if let Some((at, answers)) = *seen
            && at.elapsed() < LOOK_AGAIN
        {
            return answers;
        }
        let store = self.store.clone();
        let read = spawn_blocking(move || store.read(|reader| people::company(reader).map(drop)));
        let answers = match timeout(DATABASE_TIMEOUT, read).await {
            Ok(Ok(read)) => read.inspect_err(say_why).is_ok(),
            Ok(Err(_)) | Err(_) => false,
        };
        *seen = Some((Instant::now(), answers));
        answers
    }
}

fn say_why(error: &StoreError) {
    tracing::warn!(%error, "the database does not answer");
}
