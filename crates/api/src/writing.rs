//! New records, changes, records told by external id, and many at once.

use crate::{
    call::{Call, answered, put},
    field::{Faults, Given, Input},
    kind::{At, ByDefault, Kind, Names, Tells},
    problem::{Problem, What},
    reading,
};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use luotsi_app::{
    act::By,
    exchange::{self, Ending, Expects, Happened, Reply, Telling, tell, tell_all},
    text::{self, ID_MAX},
};
use luotsi_store::{Value, listing::Listed, recording::OWN_SOURCE};
use serde_json::{Map, Value as Json, json};
use std::{borrow::Cow, collections::HashSet};

/// The source of external ids when none is told.
pub const SOURCE: &str = "api";
/// In one request and one transaction.
pub const MANY_MAX: usize = 500;

/// A new record.
pub fn create(call: &Call, kind: &'static Kind, tells: &'static Tells) -> Result<Response, Problem> {
    let key = call.to_do_once()?;
    let (telling, faults) = told(call, tells, call.json()?, Expects::New)?;
    let Some(_in_use) = call.api.running.begin(call.by.person, &key.key) else {
        return Err(Problem::of(What::Running));
    };
    let by = call.by.clone().with_request(Some(key));
    told_answer(call, kind, &by, telling, &faults)
}

/// A record told whole by its external id: made, or brought to what is told.
pub fn put_by_external_id(
    call: &Call,
    kind: &'static Kind,
    tells: &'static Tells,
    path: &[String],
) -> Result<Response, Problem> {
    call.may_write()?;
    call.no_parameters()?;
    let [source, external_id] = path else { return Err(Problem::of(What::NotThere)) };
    let name = |text: &str, what: &str| {
        let problem = format!("is one line of at most {ID_MAX} characters, no spaces around it");
        text::name(text, ID_MAX).map(Cow::into_owned).ok_or_else(|| Problem::parameter(what, problem))
    };
    let (source, external_id) = (name(source, "source")?, name(external_id, "external_id")?);
    let input = whole(call, tells, call.json()?)?;
    let expects = match call.header(&header::IF_MATCH)? {
        Some(tag) if tag.trim() != "*" => Expects::Tag(tag.trim().to_owned()),
        Some(_) | None => Expects::Anything,
    };
    let is_ours = source == OWN_SOURCE;
    let record = (tells.record)(&input, &external_id);
    let telling = Telling { record, source, told: Some(all(tells)), expects };
    let faults = input.faults;
    // Numbers of ours are given by us: what has none of that name is not made.
    if is_ours && matches!(telling.expects, Expects::Anything) {
        reading::by_external_id(call, kind, path)?;
    }
    told_answer(call, kind, &call.by.clone().with_request(call.once()?), telling, &faults)
}

/// What is told of a record; the rest stays (RFC 7396). The sender says which state of it was read.
pub fn change(
    call: &Call,
    kind: &'static Kind,
    tells: &'static Tells,
    path: &[String],
) -> Result<Response, Problem> {
    let tag = call.to_change()?;
    let part = Input::part(tells.fields, call.json()?)?;
    let row = call.reading(|reader, _| reading::row(reader, call, kind, path))?;
    let told = part.given.keys().copied().collect::<HashSet<_>>();
    let mut input = held(kind, tells, &row);
    input.given.extend(part.given);
    if kind.at == At::Account {
        // What was believed until now stays readable.
        input.given.insert("known_on", Given::Day(call.by.today));
    }
    let cell = |name: &str| cell(kind, &row, name).map(text_of).unwrap_or_default();
    let telling = Telling {
        record: (tells.record)(&input, &cell("external_id")),
        source: cell("source"),
        told: Some(told),
        expects: Expects::Tag(tag),
    };
    told_answer(call, kind, &call.by.clone().with_request(call.once()?), telling, &part.faults)
}

/// Ends what a record says, in the state that the sender has read.
pub fn end(call: &Call, kind: &'static Kind, ending: Ending, path: &[String]) -> Result<Response, Problem> {
    let tag = call.to_change()?;
    let key = reading::key(kind.at, path).ok_or(Problem::of(What::NotThere))?;
    let by = call.by.clone().with_request(call.once()?);
    exchange::end(&call.api.store, &by, ending, key, tag)?;
    call.api.look_soon();
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Takes an activity back in the state that was read, with the answer that said it was done.
pub fn take_activity_back(call: &Call, path: &[String]) -> Result<Response, Problem> {
    let by = call.by.clone().with_request(Some(call.to_do_once()?));
    let tag = call.needed_tag()?;
    let key = reading::key(At::Account, path).ok_or(Problem::of(What::NotThere))?;
    exchange::end(&call.api.store, &by, Ending::Activity, key, tag)?;
    call.api.look_now();
    let id = path.last().map_or("", String::as_str);
    Ok(answered(StatusCode::OK, json!({ "id": id }).to_string()))
}

/// Many records at once, each as `PUT` would take it, with an answer for each.
pub fn many(call: &Call, tells: &'static Tells) -> Result<Response, Problem> {
    let key = call.to_do_once()?;
    let (mut tellings, mut faults) = (Vec::new(), Vec::new());
    for item in items(call.json()?)? {
        let (telling, wrong) = match told(call, tells, item, Expects::Anything) {
            Ok((telling, wrong)) => (Ok((telling, wrong.legible())), wrong),
            Err(problem) => (Err(answer_of_problem(&problem)), Faults::default()),
        };
        tellings.push(telling);
        faults.push(wrong);
    }
    let Some(_in_use) = call.api.running.begin(call.by.person, &key.key) else {
        return Err(Problem::of(What::Running));
    };
    let by = call.by.clone().with_request(Some(key));
    let answer = move |number: usize, outcome| match faults.get(number) {
        Some(faults) => answer_of(faults.and(outcome)),
        None => answer_of(outcome.map_err(Problem::from)),
    };
    let answers = tell_all(&call.api.store, &by, tellings, answer)?;
    call.api.look_soon();
    Ok(answered(StatusCode::OK, format!("{{\"results\":[{}]}}", answers.join(","))))
}

fn items(body: Json) -> Result<Vec<Json>, Problem> {
    let wrong = |pointer: &str, sentence: String| Problem::invalid(vec![(pointer.to_owned(), sentence)]);
    let Json::Object(mut body) = body else {
        return Err(wrong("", "is not an object: write { \"items\": [...] }".to_owned()));
    };
    let items = body.remove("items");
    if let Some(name) = body.keys().next() {
        return Err(wrong(&format!("/{name}"), "is not known here: leave it out".to_owned()));
    }
    match items {
        Some(Json::Array(items)) if (1..=MANY_MAX).contains(&items.len()) => Ok(items),
        Some(_) | None => Err(wrong("/items", format!("is a list of 1 to {MANY_MAX} records"))),
    }
}

fn answer_of(outcome: Result<Reply, Problem>) -> String {
    match outcome {
        Ok(reply) => {
            let status = status(reply.happened).as_u16();
            let tag = Json::from(reply.tag);
            format!("{{\"status\":{status},\"etag\":{tag},\"item\":{}}}", reply.shown)
        }
        Err(problem) => answer_of_problem(&problem),
    }
}

fn answer_of_problem(problem: &Problem) -> String {
    format!("{{\"status\":{},\"problem\":{}}}", problem.what.status().as_u16(), problem.json())
}

fn told_answer(
    call: &Call,
    kind: &Kind,
    by: &By,
    telling: Telling,
    faults: &Faults,
) -> Result<Response, Problem> {
    let reply = faults.and(tell(&call.api.store, &by.clone().reading(faults.legible()), telling))?;
    call.api.look_soon();
    let address = address(kind, &reply.key);
    let mut response = answered(status(reply.happened), reply.shown);
    put(&mut response, header::ETAG, &reply.tag);
    put(&mut response, header::LOCATION, &address);
    Ok(response)
}

fn status(happened: Happened) -> StatusCode {
    match happened {
        Happened::Created => StatusCode::CREATED,
        Happened::Updated | Happened::Unchanged => StatusCode::OK,
    }
}

fn address(kind: &Kind, key: &[String]) -> String {
    let name = kind.resource.name;
    match (kind.at, key) {
        (At::Account, [account, id]) => format!("/api/v1/accounts/{account}/{name}/{id}"),
        (At::Id | At::OneAnAccount | At::OneAPerson, [id]) => format!("/api/v1/{name}/{id}"),
        (At::Account | At::Id | At::OneAnAccount | At::OneAPerson | At::List, _) => format!("/api/v1/{name}"),
    }
}

/// A record as a body tells it, with its source and external id, and what of it could not be read.
fn told(
    call: &Call,
    tells: &'static Tells,
    body: Json,
    expects: Expects,
) -> Result<(Telling, Faults), Problem> {
    let mut faults = Faults::default();
    let (body, source, external_id) = names(tells, body, &mut faults);
    let input = whole(call, tells, body)?;
    let record = (tells.record)(&input, &external_id);
    faults.0.extend(input.faults.0);
    Ok((Telling { record, source, told: Some(all(tells)), expects }, faults))
}

/// Everything that can be told here; what only imports tell stays.
fn all(tells: &Tells) -> HashSet<&'static str> {
    tells.fields.iter().map(|field| field.name).collect()
}

fn whole(call: &Call, tells: &'static Tells, body: Json) -> Result<Input, Problem> {
    let mut input = Input::whole(tells.fields, body)?;
    let me = Given::Text(call.by.person.0.to_string());
    match tells.by_default {
        ByDefault::Nothing => (),
        ByDefault::Person => input.put_if_absent("person", me),
        ByDefault::JudgedByMe => {
            input.given.insert("person", me);
            input.put_if_absent("day", Given::Day(call.by.today));
            input.put_if_absent("from", Given::Day(call.by.today));
        }
    }
    Ok(input)
}

fn names(tells: &Tells, body: Json, faults: &mut Faults) -> (Json, String, String) {
    let Json::Object(mut body) = body else { return (body, String::new(), String::new()) };
    let is_named = body.contains_key("external_id");
    let source = name(&mut body, "source", faults);
    let external_id = match tells.names {
        Names::Content => None,
        Names::Own | Names::OwnOrNumber => name(&mut body, "external_id", faults),
    };
    if source.as_deref() == Some(OWN_SOURCE) {
        faults.add("source", "is Luotsi's own: leave it out");
    }
    let source = match (tells.names, is_named, source) {
        (Names::OwnOrNumber, false, Some(source)) => {
            faults.add("external_id", "is missing: give a value, or leave the source out too");
            source
        }
        (Names::OwnOrNumber, false, None) => OWN_SOURCE.to_owned(),
        (Names::Own, false, source) => {
            faults.add("external_id", "is missing: give a value");
            source.unwrap_or_else(|| SOURCE.to_owned())
        }
        (Names::Own | Names::OwnOrNumber | Names::Content, _, source) => {
            source.unwrap_or_else(|| SOURCE.to_owned())
        }
    };
    (Json::Object(body), source, external_id.unwrap_or_default())
}

fn name(body: &mut Map<String, Json>, field: &str, faults: &mut Faults) -> Option<String> {
    let told = body.remove(field)?;
    match told.as_str().and_then(|sent| text::name(sent, ID_MAX)) {
        Some(name) => Some(name.into_owned()),
        None => {
            faults.add(field, format!("is one line of 1 to {ID_MAX} characters, no spaces around it"));
            None
        }
    }
}

/// What a record says, as it could be told.
fn held(kind: &Kind, tells: &Tells, row: &Listed) -> Input {
    let mut input = Input::default();
    for field in tells.fields {
        if let Some(value) = cell(kind, row, field.name) {
            input.given.insert(field.name, given(kind, field.name, value));
        }
    }
    input
}

fn cell<'a>(kind: &Kind, row: &'a Listed, name: &str) -> Option<&'a Value> {
    let at = kind.resource.shown().position(|column| column.name == name)?;
    row.cells.get(at)
}

fn given(kind: &Kind, name: &str, value: &Value) -> Given {
    use luotsi_store::listing::Kind as Is;
    match (value, kind.resource.column(name).map(|column| column.kind)) {
        (Value::Null, _) => Given::Nothing,
        (Value::Int(truth), Some(Is::Truth)) => Given::Truth(*truth != 0),
        (Value::Int(number), _) => Given::Whole(*number),
        (Value::Day(day), _) => Given::Day(*day),
        (Value::Text(_) | Value::Id(_) | Value::Real(_), _) => Given::Text(text_of(value)),
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Int(int) => int.to_string(),
        Value::Real(real) => real.to_string(),
        Value::Text(text) => text.clone(),
        Value::Id(id) => id.to_string(),
        Value::Day(day) => day.to_string(),
    }
}
