//! How the promised care of an account is kept, and the strategy in force.

use crate::{
    Api,
    call::Call,
    problem::{Problem, What},
};
use axum::{http::StatusCode, response::Response};
use luotsi_app::{
    exchange::tag,
    steering::pictures,
    strategy::{print, versions},
};
use luotsi_core::{account::AccountId, care::CareStatus, units::Ratio};
use luotsi_store::{account, steering::last_run};
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// `GET /accounts/{account}/care`, as of the last watch.
pub fn care(call: &Call, account: &str) -> Result<Response, Problem> {
    call.no_parameters()?;
    let id = Uuid::try_parse(account).map(AccountId).map_err(|_| Problem::of(What::NotThere))?;
    let body = call.reading(|reader, _| {
        account::page::master(reader, id)?.ok_or(Problem::of(What::NotThere))?;
        let on = last_run(reader)?.map_or(call.by.today, |run| run.on);
        let base = call.api.company.get(reader)?;
        let pictures = pictures(reader, &base, &[id], on)?;
        let lines: Vec<Json> = pictures.iter().flat_map(|account| &account.picture.care).map(line).collect();
        Ok(json!({ "account": id.0.to_string(), "on": on.to_string(), "lines": lines }).to_string())
    })?;
    let tag = tag(&body);
    call.tagged(StatusCode::OK, body, &tag)
}

fn line(status: &CareStatus) -> Json {
    json!({
        "line": status.line.name,
        "state": status.state.name(),
        "covered": status.is_covered,
        "last": status.last.to_string(),
        "age": status.age,
        "rhythm": number(status.rhythm),
        "due_from": status.due_from.to_string(),
        "late_from": status.late_from.to_string(),
        "expected_to_date": number(status.expected_to_date),
        "done": status.done,
    })
}

fn number(ratio: Ratio) -> f64 {
    ratio.millionths() as f64 / 1_000_000.0
}

/// `GET /strategy`: what the company has decided, in the words in which it is set.
pub fn strategy(call: &Call) -> Result<Response, Problem> {
    call.no_parameters()?;
    let body = call.reading(|reader, _| {
        let versions = versions(reader).map_err(|error| {
            tracing::error!(%error, "the strategy cannot be read");
            Problem::of(What::Failed)
        })?;
        let starts: Vec<String> = versions.all().map(|version| version.from.to_string()).collect();
        let toml = print(versions.on(call.by.today), None);
        Ok(json!({ "on": call.by.today.to_string(), "toml": toml, "versions_from": starts }).to_string())
    })?;
    let tag = tag(&body);
    call.tagged(StatusCode::OK, body, &tag)
}

impl Api {
    /// Looks soon at what has just changed.
    pub fn changed(&self) {
        self.watcher.notice();
    }
}
