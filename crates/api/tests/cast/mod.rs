//! The sample company behind the API, with a token for whoever asks.
#![allow(dead_code, clippy::unwrap_used, reason = "each file of stories uses some of the cast")]

use axum_test::{TestRequest, TestResponse, TestServer};
use luotsi_api::{Api, router};
use luotsi_app::{
    act::By,
    import,
    people::{
        self, Purpose,
        log_in::{Caller, by_link},
        tokens::{self, NewToken},
    },
    steering::{self, Extent, Watcher},
};
use luotsi_core::{history::Actor, people::PersonId, units::Day};
use luotsi_demo::{SEED, generate};
use luotsi_store::{
    Store,
    people::session,
    testing::{Beginning, FreshDatabase},
};
use serde_json::Value as Json;
use std::sync::{
    OnceLock,
    atomic::{AtomicU32, Ordering},
};

pub struct Company {
    pub store: Store,
    pub server: TestServer,
    /// For the stories that wait for the database.
    pub runtime: tokio::runtime::Runtime,
    pub today: Day,
    key: AtomicU32,
}

/// Tells the story on both engines.
pub fn on_both(story: impl Fn(&Company)) {
    on_sqlite(&story);
    static FILLED: OnceLock<Beginning> = OnceLock::new();
    let fresh = FILLED.get_or_init(|| filled(FreshDatabase::postgres())).begun();
    story(&Company::of(Store::open(&fresh.url).unwrap()));
}

pub fn on_sqlite(story: impl Fn(&Company)) {
    static FILLED: OnceLock<Beginning> = OnceLock::new();
    let fresh = FILLED.get_or_init(|| filled(FreshDatabase::sqlite())).begun();
    story(&Company::of(Store::open(&fresh.url).unwrap()));
}

/// The sample company, looked at by the watch: made once for all stories.
fn filled(fresh: FreshDatabase) -> Beginning {
    let store = Store::open(&fresh.url).unwrap();
    let records = generate(40, today(), SEED);
    import::load(&store, &records, "demo", today(), Actor::Demo, &import::Silent).unwrap();
    steering::watch(&store, today(), Extent::Full, &steering::Silent).unwrap();
    drop(store);
    Beginning::of(fresh)
}

fn today() -> Day {
    Day::new(2026, 11, 20).unwrap()
}

impl Company {
    fn of(store: Store) -> Self {
        let today = today();
        let watcher = Watcher::new(store.clone(), Some(today));
        let api = Api::new(store.clone(), watcher, Some(today));
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let server = runtime.block_on(async { TestServer::new(router(api)) });
        Self { store, server, runtime, today, key: AtomicU32::new(1) }
    }

    pub fn person(&self, external_id: &str) -> PersonId {
        self.store.read(|reader| session::find(reader, external_id)).unwrap().unwrap()
    }

    pub fn as_person(&self, external_id: &str) -> Program<'_> {
        self.program(external_id, true)
    }

    /// With a token for reading only.
    pub fn as_reader(&self, external_id: &str) -> Program<'_> {
        self.program(external_id, false)
    }

    fn program(&self, external_id: &str, may_write: bool) -> Program<'_> {
        let by = By::person(self.person(external_id), self.today);
        let wanted = NewToken { name: "Test".to_owned(), may_write, days: tokens::DAYS[0] };
        let token = tokens::make(&self.store, &by, &wanted).unwrap().unwrap();
        Program { company: self, token }
    }

    /// At a page, in a browser of this name.
    pub fn log_in(&self, external_id: &str, browser: &str) {
        let link = people::login_link(&self.store, self.person(external_id), Purpose::LogIn).unwrap();
        let caller = Caller {
            user_agent: browser.to_owned(),
            address: String::new(),
            session: None,
            today: self.today,
        };
        by_link(&self.store, &link, &caller).unwrap().unwrap();
    }

    pub fn send(&self, request: TestRequest) -> TestResponse {
        self.runtime.block_on(async { request.await })
    }
}

/// A program with a token.
pub struct Program<'a> {
    pub company: &'a Company,
    pub token: String,
}

impl Program<'_> {
    pub fn get(&self, path: &str) -> TestResponse {
        self.company.send(self.signed(self.company.server.get(&at(path))))
    }

    /// What a GET that must succeed answers.
    pub fn read(&self, path: &str) -> Json {
        let answer = self.get(path);
        assert_eq!(answer.status_code(), 200, "{path}: {}", answer.text());
        answer.json()
    }

    pub fn post(&self, path: &str, body: &Json) -> TestResponse {
        let key = self.company.key.fetch_add(1, Ordering::Relaxed);
        self.post_with(path, body, &format!("key-{key}"))
    }

    pub fn post_with(&self, path: &str, body: &Json, key: &str) -> TestResponse {
        let request = self.company.server.post(&at(path)).json(body).add_header("idempotency-key", key);
        self.company.send(self.signed(request))
    }

    pub fn patch(&self, path: &str, body: &Json, tag: &str) -> TestResponse {
        let request = self.company.server.patch(&at(path)).json(body).add_header("if-match", tag);
        self.company.send(self.signed(request))
    }

    pub fn delete(&self, path: &str, tag: &str) -> TestResponse {
        self.company.send(self.signed(self.company.server.delete(&at(path)).add_header("if-match", tag)))
    }

    pub fn put(&self, path: &str, body: &Json) -> TestResponse {
        self.company.send(self.signed(self.company.server.put(&at(path)).json(body)))
    }

    /// Whole, with the tag that was read.
    pub fn put_over(&self, path: &str, body: &Json, tag: &str) -> TestResponse {
        let request = self.company.server.put(&at(path)).json(body).add_header("if-match", tag);
        self.company.send(self.signed(request))
    }

    /// Bytes as they are.
    pub fn post_bytes(&self, path: &str, bytes: &'static [u8]) -> TestResponse {
        let request =
            self.company.server.post(&at(path)).bytes(bytes.into()).content_type("application/json");
        self.company.send(self.signed(request.add_header("idempotency-key", "bytes")))
    }

    /// The account of the cast with this external id.
    pub fn account(&self, external_id: &str) -> Json {
        self.read(&format!("/accounts/by-external-id/demo/{external_id}"))
    }

    pub fn signed(&self, request: TestRequest) -> TestRequest {
        request.add_header("authorization", format!("Bearer {}", self.token))
    }
}

pub fn at(path: &str) -> String {
    format!("/api/v1{path}")
}

pub fn tag(answer: &TestResponse) -> String {
    answer.header("etag").to_str().unwrap().to_owned()
}

pub fn text(json: &Json, field: &str) -> String {
    json[field].as_str().unwrap_or_else(|| panic!("no {field} in {json}")).to_owned()
}

/// The status, and where the problem document points.
pub fn problem(answer: &TestResponse) -> (u16, Vec<String>) {
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text());
    let json: Json = answer.json();
    let status = answer.status_code().as_u16();
    assert_eq!(json["status"], status);
    let errors = json["errors"].as_array().cloned().unwrap_or_default();
    let place = |error: &Json| {
        ["pointer", "parameter", "header"].iter().find_map(|kind| error[*kind].as_str()).unwrap().to_owned()
    };
    (status, errors.iter().map(place).collect())
}
