//! The OpenAPI 3.1 document, made of the tables that also check what comes in, so that it cannot say anything else.

mod acts;
mod house;
mod schema;
mod strategy;

use crate::{
    asked::{self, LIMIT, LIMIT_MAX, TESTS, VALUES_MAX},
    call::answered,
    item,
    kind::{At, KINDS, Kind, Names},
    problem::What,
    writing::MANY_MAX,
};
use axum::{http::StatusCode, response::Response};
use luotsi_app::{exchange::Ending, export::What as Found};
use luotsi_store::listing::{self, Column};
use schema::{day_schema, name_schema, part_schema, schemas, searched_schema, value_schema};
use serde_json::{Map, Value as Json, json};
use std::sync::OnceLock;

pub async fn serve() -> Response {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    answered(StatusCode::OK, DOCUMENT.get_or_init(|| document().to_string()).clone())
}

pub fn document() -> Json {
    json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Luotsi",
            "version": "1",
            "summary": "What Luotsi knows and does, for other programs.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/api/v1" }],
        "security": [{ "token": [] }],
        "tags": KINDS.iter().map(|kind| json!({ "name": kind.resource.name, "description": kind.says })).collect::<Vec<_>>(),
        "paths": paths(),
        "components": {
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "description": "A token of a person, made in the settings." },
            },
            "parameters": parameters(),
            "schemas": schemas(),
            "responses": problems(),
        },
    })
}

fn paths() -> Map<String, Json> {
    let mut paths = Map::new();
    for kind in KINDS {
        let name = kind.resource.name;
        let mut list = json!({ "get": list(kind) });
        if let Some(tells) = &kind.tells {
            list["post"] = create(kind);
            paths.insert(format!("/{name}/bulk"), json!({ "post": many(kind) }));
            if tells.names != Names::Content {
                let address = format!("/{name}/by-external-id/{{source}}/{{external_id}}");
                paths.insert(address, named(kind));
            }
        }
        paths.insert(format!("/{name}"), list);
        if let Some(address) = item(kind) {
            paths.insert(address, one(kind));
        }
    }
    paths.insert("/accounts/{account}/care".to_owned(), json!({ "get": care() }));
    for what in Found::FOUND {
        paths.insert(format!("/exports/{}", what.name()), json!({ "get": export(what) }));
    }
    paths.insert("/strategy".to_owned(), strategy::described());
    paths.insert("/strategy/preview".to_owned(), strategy::previewed());
    acts::describe(&mut paths);
    house::describe(&mut paths);
    paths
}

fn list(kind: &Kind) -> Json {
    let within = kind.resource.ordered_within.map(asked::ordering);
    let sort = "A value, with - before it for the largest first.";
    let says_sort = within.as_ref().map_or_else(|| sort.to_owned(), |within| format!("{sort} It {within}."));
    let wrong = match within {
        Some(_) => [What::BadRequest, What::Invalid].as_slice(),
        None => &[What::BadRequest],
    };
    let mut parameters = vec![
        query("limit", "How many at most.", limit_schema()),
        query(
            "cursor",
            "`next` of the page before.",
            json!({ "type": "string", "pattern": "^[A-Za-z0-9_-]+$" }),
        ),
        query("sort", &says_sort, json!({ "type": "string", "enum": sorts(kind) })),
        query(
            "fields",
            "Only these values, with commas between them.",
            json!({ "type": "string", "pattern": fields(kind) }),
        ),
    ];
    parameters.extend(kind.resource.columns.iter().filter(|column| !column.is_locked).flat_map(filters));
    json!({
        "operationId": format!("list_{}", word(kind)),
        "tags": [kind.resource.name],
        "summary": format!("List {}", kind.resource.name),
        "description": kind.says,
        "parameters": parameters,
        "responses": responses(wrong, Some(("200", with_tag(json!({
            "description": "A page, and where the next begins.",
            "content": { "application/json": { "schema": {
                "type": "object",
                "required": ["items", "next"],
                "additionalProperties": false,
                "properties": {
                    "items": { "type": "array", "maxItems": LIMIT_MAX, "items": part_schema(kind) },
                    "next": { "type": ["string", "null"] },
                },
            } } },
        })))), Has::Reading),
    })
}

fn query(name: &str, says: &str, schema: Json) -> Json {
    json!({ "name": name, "in": "query", "description": says, "schema": schema })
}

fn sorts(kind: &Kind) -> Vec<String> {
    let sortable = kind.resource.columns.iter().filter(|column| asked::is_sortable(column));
    sortable.flat_map(|column| [column.name.to_owned(), format!("-{}", column.name)]).collect()
}

fn fields(kind: &Kind) -> String {
    let names: Vec<&str> = kind.resource.shown().map(|column| column.name).collect();
    let names = names.join("|");
    format!("^({names})(,({names}))*$")
}

fn filters(column: &Column) -> Vec<Json> {
    use listing::Kind as Is;
    let value = match column.one_of {
        Some(words) => json!({ "enum": words() }),
        None => value_schema(column.kind),
    };
    let says = |test: &str| TESTS.iter().find(|(name, _)| *name == test).map_or("", |(_, says)| *says);
    let filter = |test: &str, schema: Json| {
        let name = if test.is_empty() { column.name.to_owned() } else { format!("{}.{test}", column.name) };
        query(&name, &format!("`{}` {}.", column.name, says(test)), schema)
    };
    match column.kind {
        Is::Words => vec![query(
            column.name,
            "All of these words are found; a phone number however it is written.",
            searched_schema(),
        )],
        Is::Meetings => {
            vec![query(column.name, "Nobody has met the account on this day or after it.", day_schema())]
        }
        Is::Text | Is::Id | Is::Truth | Is::Day | Is::Money | Is::Whole | Is::Millionths | Is::Moment => {
            let mut filters = vec![filter(
                "",
                json!({ "type": "array", "items": value, "minItems": 1, "maxItems": VALUES_MAX }),
            )];
            filters.push(filter("not", value.clone()));
            if column.kind != Is::Id && column.kind != Is::Truth {
                filters.push(filter("from", value.clone()));
                filters.push(filter("to", value));
            }
            if column.kind == Is::Text && column.one_of.is_none() {
                filters.push(filter("contains", searched_schema()));
            }
            if column.may_be_empty {
                filters.push(filter("empty", json!({ "type": "boolean" })));
            }
            filters
        }
    }
}

fn one(kind: &Kind) -> Json {
    let ids: Vec<Json> = match kind.at {
        At::Id => vec![reference("parameters", "id")],
        At::Account => vec![reference("parameters", "account"), reference("parameters", "id")],
        At::OneAnAccount => vec![reference("parameters", "account")],
        At::OneAPerson => vec![reference("parameters", "person")],
        At::List => Vec::new(),
    };
    let mut operations = json!({
        "parameters": ids,
        "get": {
            "operationId": format!("get_{}", word(kind)),
            "tags": [kind.resource.name],
            "summary": format!("Get one {}", kind.one),
            "responses": responses(&[What::NotThere, What::BadRequest], Some(("200", shown(kind))), Has::Reading),
        },
    });
    if kind.changed().is_some() {
        operations["patch"] = json!({
            "operationId": format!("change_{}", word(kind)),
            "tags": [kind.resource.name],
            "summary": format!("Change one {}", kind.one),
            "description": "Only what is told changes; null empties (RFC 7396).",
            "parameters": [reference("parameters", "If-Match")],
            "requestBody": body(&reference("schemas", &format!("{}.change", kind.resource.name))),
            "responses": responses(
                &[What::NotThere, What::BadRequest, What::NoVersion, What::Stale],
                Some(("200", shown(kind))),
                Has::Body,
            ),
        });
    }
    if let Some(ending) = kind.ending() {
        operations["delete"] = json!({
            "operationId": format!("end_{}", word(kind)),
            "tags": [kind.resource.name],
            "summary": format!("End one {}", kind.one),
            "description": ended(ending),
            "parameters": [reference("parameters", "If-Match")],
            "responses": responses(
                &[What::NotThere, What::BadRequest, What::NoVersion, What::Stale, What::Invalid],
                Some(("204", json!({ "description": "It has ended." }))),
                Has::Reading,
            ),
        });
    }
    operations
}

/// What becomes of it.
pub fn ended(ending: Ending) -> &'static str {
    match ending {
        Ending::Contact => "They do not work there any more; what was done with them stays.",
        Ending::Plan => "What was planned is called off. What was done stays: change it to correct it.",
        Ending::Activity => {
            "It was not done, so that a plan for it holds again, or it is not planned any more."
        }
        Ending::Part => "Yesterday was the last day of the part.",
        Ending::Decision => {
            "The decision in force is taken back from today on: the model's segment holds again."
        }
    }
}

fn named(kind: &Kind) -> Json {
    json!({
        "parameters": [reference("parameters", "source"), reference("parameters", "external_id")],
        "get": {
            "operationId": format!("get_{}_by_external_id", word(kind)),
            "tags": [kind.resource.name],
            "summary": format!("Get one {} by external id", kind.one),
            "responses": responses(&[What::NotThere, What::BadRequest], Some(("200", shown(kind))), Has::Reading),
        },
        "put": {
            "operationId": format!("put_{}", word(kind)),
            "tags": [kind.resource.name],
            "summary": format!("Tell one {} whole", kind.one),
            "description": "Made when there is none of the external id, else brought to what is told. With If-Match only in that state.",
            "requestBody": body(&reference("schemas", &format!("{}.told", kind.resource.name))),
            "responses": created(kind, &[What::NotThere, What::BadRequest, What::Stale], Has::Body),
        },
    })
}

fn create(kind: &Kind) -> Json {
    json!({
        "operationId": format!("create_{}", word(kind)),
        "tags": [kind.resource.name],
        "summary": format!("Create one {}", kind.one),
        "description": match kind.tells.as_ref().map(|tells| tells.names) {
            Some(Names::Content) => "Told again it corrects what was told before.",
            Some(Names::Own | Names::OwnOrNumber) | None => "An external id that is there already is refused.",
        },
        "parameters": [reference("parameters", "Idempotency-Key")],
        "requestBody": body(&reference("schemas", &format!("{}.new", kind.resource.name))),
        "responses": created(kind, &[What::NotThere, What::BadRequest, What::Running], Has::Body),
    })
}

fn many(kind: &Kind) -> Json {
    json!({
        "operationId": format!("bulk_{}", word(kind)),
        "tags": [kind.resource.name],
        "summary": format!("Tell many {}", kind.resource.name),
        "description": "In one transaction, each made or brought to what is told, each with its own result in the same order.",
        "parameters": [reference("parameters", "Idempotency-Key")],
        "requestBody": body(&json!({
            "type": "object",
            "required": ["items"],
            "additionalProperties": false,
            "properties": { "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": MANY_MAX,
                "items": reference("schemas", &format!("{}.new", kind.resource.name)),
            } },
        })),
        "responses": responses(&[What::BadRequest, What::Running], Some(("200", json!({
            "description": "A result for each.",
            "content": { "application/json": { "schema": {
                "type": "object",
                "required": ["results"],
                "properties": { "results": { "type": "array", "minItems": 1, "maxItems": MANY_MAX, "items": {
                    "type": "object",
                    "required": ["status"],
                    "properties": {
                        "status": { "type": "integer" },
                        "etag": { "type": "string" },
                        "item": reference("schemas", kind.resource.name),
                        "problem": reference("schemas", "problem"),
                    },
                } } },
            } } },
        }))), Has::Body),
    })
}

fn answered_schema(says: &str) -> Json {
    json!({ "description": says, "content": { "application/json": { "schema": {
        "type": "object",
        "required": ["id"],
        "properties": { "id": { "type": "string", "format": "uuid" } },
    } } } })
}

fn care() -> Json {
    json!({
        "operationId": "get_care",
        "tags": ["accounts"],
        "summary": "How the promised care of an account is kept",
        "description": "As of the last watch, or of a day before.",
        "parameters": [reference("parameters", "account"), on()],
        "responses": responses(&[What::NotThere, What::BadRequest, What::Invalid], Some(("200", with_tag(json!({
            "description": "A line for each care line.",
            "content": { "application/json": { "schema": {
                "type": "object",
                "required": ["account", "on", "lines"],
                "properties": {
                    "account": { "type": "string", "format": "uuid" },
                    "on": { "type": "string", "format": "date" },
                    "lines": { "type": "array", "items": {
                        "type": "object",
                        "required": ["line", "state", "covered", "last", "age", "rhythm", "due_from", "late_from", "expected_to_date", "done"],
                        "properties": {
                            "line": { "type": "string" },
                            "state": { "enum": ["kept", "due", "late"] },
                            "covered": { "type": "boolean" },
                            "last": { "type": "string" },
                            "age": { "type": "integer" },
                            "rhythm": { "type": "number" },
                            "due_from": { "type": "string" },
                            "late_from": { "type": "string" },
                            "expected_to_date": { "type": "number" },
                            "done": { "type": "integer" },
                        },
                    } },
                },
            } } },
        })))), Has::Reading),
    })
}

fn on() -> Json {
    query("on", "The day; no later than the last watch, which it is when left out.", day_schema())
}

fn export(what: Found) -> Json {
    let id = || json!({ "type": "string", "format": "uuid" });
    let cells: Map<String, Json> =
        what.columns().iter().map(|name| ((*name).to_owned(), json!({}))).collect();
    json!({
        "operationId": format!("export_{}", what.name()),
        "tags": ["exports"],
        "summary": format!("The {} of some accounts as of a day", what.name()),
        "description": "The rows that `luotsi export` writes, of the accounts whose rows the person of the token may \
            carry away.",
        "parameters": [
            on(),
            query("account", "Of this account only.", id()),
            query("after", "`next` of the page before.", id()),
            query("limit", "Of how many accounts at most.", limit_schema()),
        ],
        "responses": responses(&[What::NotThere, What::BadRequest, What::Invalid], Some(("200", with_tag(json!({
            "description": "The rows, and the account after which the next page begins.",
            "content": { "application/json": { "schema": {
                "type": "object",
                "required": ["on", "items", "next"],
                "additionalProperties": false,
                "properties": {
                    "on": { "type": "string", "format": "date" },
                    "items": { "type": "array", "items": {
                        "type": "object", "additionalProperties": false, "properties": cells,
                    } },
                    "next": { "type": ["string", "null"] },
                },
            } } },
        })))), Has::Reading),
    })
}

fn limit_schema() -> Json {
    json!({ "type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT })
}

/// Whether a request brings a body, which brings more that can be wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Has {
    Reading,
    Body,
}

fn responses(problems: &[What], good: Option<(&str, Json)>, has: Has) -> Map<String, Json> {
    let of_body: &[What] = match has {
        Has::Reading => &[],
        Has::Body => &[What::NotJson, What::Invalid, What::WrongMediaType, What::TooSlow],
    };
    // A body may come with any request, and be too large.
    let always = [What::NoToken, What::Refused, What::TooLarge, What::TooMany, What::Busy];
    let mut all: Map<String, Json> = problems
        .iter()
        .chain(of_body)
        .chain(&always)
        .map(|what| (what.status().as_str().to_owned(), reference("responses", what.status().as_str())))
        .collect();
    // Said before anything of the request is looked at.
    all.insert("414".to_owned(), json!({ "description": "The address is longer than 64 KiB." }));
    all.extend(good.map(|(status, response)| (status.to_owned(), response)));
    if good_has_tag(&all) {
        all.insert("304".to_owned(), json!({ "description": "It is what the sender has (If-None-Match)." }));
    }
    all
}

fn good_has_tag(responses: &Map<String, Json>) -> bool {
    responses.get("200").is_some_and(|response| response.get("headers").is_some())
}

fn created(kind: &Kind, problems: &[What], has: Has) -> Map<String, Json> {
    let mut all = responses(problems, Some(("200", shown(kind))), has);
    all.insert("201".to_owned(), shown(kind));
    all
}

fn shown(kind: &Kind) -> Json {
    with_tag(json!({
        "description": format!("The {}.", kind.one),
        "content": { "application/json": { "schema": reference("schemas", kind.resource.name) } },
    }))
}

fn with_tag(mut response: Json) -> Json {
    response["headers"] = json!({ "ETag": {
        "description": "The state it is in, for If-Match and If-None-Match.",
        "schema": { "type": "string" },
    } });
    response
}

fn body(schema: &Json) -> Json {
    json!({ "required": true, "content": { "application/json": { "schema": schema } } })
}

fn parameters() -> Json {
    let id = |name: &str, says: &str| json!({ "name": name, "in": "path", "required": true, "description": says, "schema": { "type": "string", "format": "uuid" } });
    let name = |name: &str, says: &str| json!({ "name": name, "in": "path", "required": true, "description": says, "schema": name_schema() });
    json!({
        "id": id("id", "Our id of it."),
        "account": id("account", "Our id of the account."),
        "person": id("person", "Our id of the person."),
        "session": name("session", "Its id in the list of sessions."),
        "source": name("source", "The system whose external id it is."),
        "external_id": name("external_id", "What that system calls it."),
        "If-Match": {
            "name": "If-Match", "in": "header", "required": true,
            "description": "The ETag that was read with it.",
            "schema": { "type": "string", "pattern": "^\"[0-9a-f]{24}\"$" },
        },
        "Idempotency-Key": {
            "name": "Idempotency-Key", "in": "header", "required": true,
            "description": "A key of your own for this request: sent again with it, the request has no second effect and gets the same answer.",
            "schema": { "type": "string", "pattern": "^[!-~]{1,200}$", "maxLength": 200 },
        },
    })
}

fn problems() -> Map<String, Json> {
    What::ALL
        .iter()
        .map(|what| {
            let response = json!({
                "description": what.title(),
                "content": { "application/problem+json": { "schema": reference("schemas", "problem") } },
            });
            (what.status().as_str().to_owned(), response)
        })
        .collect()
}

fn reference(section: &str, name: &str) -> Json {
    json!({ "$ref": format!("#/components/{section}/{name}") })
}

fn word(kind: &Kind) -> String {
    kind.resource.name.replace('-', "_")
}
