//! What Luotsi finds of accounts as of a day.

use crate::{
    Api, asked,
    call::Call,
    problem::{Problem, What as Wrong},
};
use axum::{http::StatusCode, response::Response};
use luotsi_app::{
    exchange::tag,
    export::{What, rows_of},
    steering::pictures,
};
use luotsi_core::{
    account::AccountId,
    care::CareStatus,
    people::policy::{Action, scope},
    units::{Day, Ratio},
};
use luotsi_store::{
    Query, account,
    people::{company_state, policy},
    steering::last_run,
};
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// `GET /accounts/{account}/care`, as of the last watch or of a day before.
pub fn care(call: &Call, account: &str) -> Result<Response, Problem> {
    let asked = AsOf::read(call, &["on"])?;
    let id = Uuid::try_parse(account).map(AccountId).map_err(|_| Problem::of(Wrong::NotThere))?;
    let body = call.reading(|reader, _| {
        account::page::name(reader, id)?.ok_or(Problem::of(Wrong::NotThere))?;
        let on = asked.day(call, reader)?;
        let base = call.api.company.get(reader, &company_state(reader)?)?;
        let pictures = pictures(reader, &base, &[id], on)?;
        let lines: Vec<Json> = pictures.iter().flat_map(|account| &account.picture.care).map(line).collect();
        Ok(json!({ "account": id.0.to_string(), "on": on.to_string(), "lines": lines }).to_string())
    })?;
    let tag = tag(&body);
    call.tagged(StatusCode::OK, body, &tag)
}

/// `GET /exports/{what}`: what `luotsi export` writes, as of the last watch or of a day before, some accounts at a time.
/// Whoever may read may read all of it in lists; rows for files come of those accounts only whose rows one may carry away.
pub fn export(call: &Call, what: &str) -> Result<Response, Problem> {
    let what = What::FOUND.into_iter().find(|found| found.name() == what);
    let what = what.ok_or(Problem::of(Wrong::NotThere))?;
    let asked = AsOf::read(call, &["on", "account", "after", "limit"])?;
    let body = call.reading(|reader, viewer| {
        let on = asked.day(call, reader)?;
        let base = call.api.company.get(reader, &company_state(reader)?)?;
        let (accounts, next) = match asked.account {
            Some(account) => (vec![account], None),
            None => {
                let mut accounts = account::ids_after(reader, asked.after, asked.limit + 1)?;
                let has_more = asked.limit < accounts.len() as i64;
                accounts.truncate(asked.limit as usize);
                (accounts.clone(), accounts.last().copied().filter(|_| has_more))
            }
        };
        let scope = scope(viewer.role, Action::ExportData);
        let accounts = policy::within(reader, scope, viewer, call.by.today, &accounts)?;
        let rows = rows_of(reader, &base, what, &accounts, on).map_err(|error| {
            tracing::error!(%error, "the rows of an export cannot be written");
            Problem::of(Wrong::Failed)
        })?;
        let next = next.map_or_else(|| "null".to_owned(), |next| format!("\"{}\"", next.0));
        Ok(format!("{{\"on\":\"{on}\",\"items\":{rows},\"next\":{next}}}"))
    })?;
    let tag = tag(&body);
    call.tagged(StatusCode::OK, body, &tag)
}

/// What the address asks.
struct AsOf {
    on: Option<Day>,
    account: Option<AccountId>,
    after: AccountId,
    limit: i64,
}

impl AsOf {
    fn read(call: &Call, known: &[&str]) -> Result<Self, Problem> {
        let mut asked =
            Self { on: None, account: None, after: AccountId(Uuid::nil()), limit: asked::LIMIT as i64 };
        let id = |name: &str, value: &str| {
            let id = Uuid::try_parse(value).map(AccountId);
            id.map_err(|_| Problem::parameter(name, "is an id of ours"))
        };
        let mut seen: Vec<String> = Vec::new();
        for (name, value) in form_urlencoded::parse(call.query.as_bytes()) {
            if seen.iter().any(|said| *said == name) {
                return Err(Problem::parameter(&name, "is given twice: give it once"));
            }
            match name.as_ref() {
                other if !known.contains(&other) => {
                    return Err(Problem::parameter(&name, "means nothing here: leave it out"));
                }
                "on" => {
                    let day = Day::parse(&value);
                    asked.on = Some(day.ok_or(Problem::parameter(&name, "is a day like 2026-11-22"))?);
                }
                "account" => asked.account = Some(id(&name, &value)?),
                "after" => asked.after = id(&name, &value)?,
                _ => asked.limit = asked::limit(&value)? as i64,
            }
            seen.push(name.into_owned());
        }
        Ok(asked)
    }

    /// The day asked for: the watch must have looked at it, for what it knew of the peers is kept.
    fn day(&self, call: &Call, query: &impl Query) -> Result<Day, Problem> {
        let last = last_run(query)?.map_or(call.by.today, |run| run.on);
        match self.on {
            Some(on) if last < on => {
                let sentence = format!("is too late: the last watch looked at {last}");
                Err(Problem::unusable("on", sentence))
            }
            Some(on) => Ok(on),
            None => Ok(last),
        }
    }
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

impl Api {
    /// Looks soon at what has just changed: whoever tells records does not wait for what follows from them.
    pub fn look_soon(&self) {
        self.watcher.notice();
    }

    /// Looks now at what has just been answered or decided: whoever did it reads next what follows from it.
    pub fn look_now(&self) {
        self.watcher.look_or_log();
    }
}
