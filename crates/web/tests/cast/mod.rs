//! A small company to tell stories with: three people, a group of companies and some customers of every kind,
//! looked at by the watch on one day.
#![allow(dead_code, reason = "each file of stories uses some of the cast")]

use axum_test::{TestResponse, TestServer};
use luotsi_app::{
    people::{Purpose, login_link},
    steering::{Extent, Silent, watch},
};
use luotsi_core::{account::AccountId, history::Actor, people::PersonId, units::Day};
use luotsi_store::{Store, StoreError, Value, Work, account, sales, testing::FreshDatabase};
use luotsi_web::{Settings, Web, router};
use scraper::{Html, Selector};
use uuid::Uuid;

/// A Monday.
pub const TODAY: &str = "2026-11-23";
pub const HOSTILE: &str = "<script>alert('Betoni')</script> & \"Pojat\"";

pub const AINO: u128 = 1;
pub const EERO: u128 = 2;
pub const MAIJA: u128 = 3;

/// Aino's: bought every second week until the spring, then nothing.
pub const QUIET: u128 = 101;
/// Aino's, of hostile name.
pub const ODD: u128 = 102;
/// Eero's, with a subsidiary.
pub const PARENT: u128 = 103;
pub const CHILD: u128 = 104;
/// Nobody's.
pub const ORPHAN: u128 = 105;

pub struct Company {
    pub store: Store,
    pub server: TestServer,
    pub database: FreshDatabase,
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

impl Company {
    /// With its customers, looked at today.
    pub fn watched() -> Self {
        Self::watched_on(FreshDatabase::sqlite())
    }

    pub fn watched_on(database: FreshDatabase) -> Self {
        let company = Self::with(database, Settings { behind_https_proxy: false, today: Some(day(TODAY)) });
        company.store.write(Actor::Demo, customers).unwrap();
        watch(&company.store, day(TODAY), Extent::Full, &Silent).unwrap();
        company
    }

    /// People and nothing else.
    pub fn empty() -> Self {
        Self::with(FreshDatabase::sqlite(), Settings { behind_https_proxy: false, today: Some(day(TODAY)) })
    }

    pub fn behind_proxy() -> Self {
        Self::with(FreshDatabase::sqlite(), Settings { behind_https_proxy: true, today: Some(day(TODAY)) })
    }

    fn with(database: FreshDatabase, settings: Settings) -> Self {
        let store = Store::open(&database.url).unwrap();
        store.write(Actor::Demo, people).unwrap();
        let web = Web::new(store.clone(), settings).reached_at("https://crm.example");
        let server = TestServer::new(router(web));
        Self { store, server, database }
    }

    /// On a thread that may wait, as the store asks for.
    pub async fn link(&self, person: u128) -> String {
        let store = self.store.clone();
        let made = move || login_link(&store, PersonId(id(person)), Purpose::LogIn).unwrap();
        format!("/login/{}", tokio::task::spawn_blocking(made).await.unwrap())
    }

    /// Logged in: the session's cookie.
    pub async fn log_in(&self, person: u128) -> String {
        let answer = self.server.post(&self.link(person).await).await;
        assert_eq!(answer.status_code(), 303);
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    pub async fn get(&self, cookie: &str, url: &str) -> TestResponse {
        self.server.get(url).add_header("cookie", cookie).add_header("accept-language", "fi").await
    }

    /// A form as a browser sends it.
    pub async fn post(&self, cookie: &str, url: &str, fields: &[(String, String)]) -> TestResponse {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.server
            .post(url)
            .add_header("cookie", cookie)
            .add_header("accept-language", "fi")
            .add_header("content-type", "application/x-www-form-urlencoded")
            .bytes(body.into())
            .await
    }

    /// The page's form that `Page::form` finds, as a browser would send it: what it holds, with `typed` over it.
    pub async fn send(&self, cookie: &str, page: &Page, form: &str, typed: &[(&str, &str)]) -> TestResponse {
        let (action, fields) = page.form(form);
        let fields = fields.into_iter().filter(|(name, _)| typed.iter().all(|(typed, _)| typed != name));
        let typed = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.post(cookie, &action, &fields.chain(typed).collect::<Vec<_>>()).await
    }

    pub async fn page(&self, cookie: &str, url: &str) -> Page {
        let answer = self.get(cookie, url).await;
        assert_eq!(answer.status_code(), 200, "{url}");
        Page::of(&answer)
    }
}

/// A page that can be asked.
pub struct Page(Html);

impl Page {
    pub fn of(answer: &TestResponse) -> Self {
        Self(Html::parse_document(&answer.text()))
    }

    /// The texts of what a selector finds, with their white space made plain.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let plain = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.select(selector, |found| plain(found.text().collect()))
    }

    pub fn text(&self, selector: &str) -> String {
        self.texts(selector).into_iter().next().unwrap_or_else(|| panic!("no {selector}"))
    }

    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.select(selector, |found| found.value().attr(name).unwrap_or("").to_owned())
    }

    /// A form by selector, or by how its address ends: its address and the fields a browser would send untouched.
    pub fn form(&self, which: &str) -> (String, Vec<(String, String)>) {
        let selector = match which.starts_with('/') {
            true => format!("form[action$='{which}']"),
            false => which.to_owned(),
        };
        let form = self.0.select(&Selector::parse(&selector).unwrap()).next();
        let form = form.unwrap_or_else(|| panic!("no form {which}"));
        let named = Selector::parse("[name]").unwrap();
        let fields = form.select(&named).filter_map(|field| {
            let element = field.value();
            let text = || {
                let text: String = field.text().collect();
                text.strip_prefix('\n').map_or(text.clone(), str::to_owned)
            };
            let value = match (element.name(), element.attr("type")) {
                ("textarea", _) => Some(text()),
                ("select", _) => {
                    let chosen = field.select(&Selector::parse("option[selected]").unwrap()).next();
                    let first = || field.select(&Selector::parse("option").unwrap()).next();
                    chosen.or_else(first).and_then(|option| option.value().attr("value")).map(str::to_owned)
                }
                ("button", _) => None,
                (_, Some("checkbox" | "radio")) if element.attr("checked").is_none() => None,
                _ => Some(element.attr("value").unwrap_or("").to_owned()),
            };
            Some((element.attr("name")?.to_owned(), value?))
        });
        (form.value().attr("action").unwrap_or("").to_owned(), fields.collect())
    }

    pub fn all_attribute_names(&self) -> Vec<String> {
        let names = self
            .select("*", |found| found.value().attrs().map(|(name, _)| name.to_owned()).collect::<Vec<_>>());
        names.into_iter().flatten().collect()
    }

    fn select<T>(&self, selector: &str, what: impl Fn(scraper::ElementRef<'_>) -> T) -> Vec<T> {
        self.0.select(&Selector::parse(selector).unwrap()).map(what).collect()
    }
}

fn people(work: &mut Work<'_>) -> Result<(), StoreError> {
    let people = [
        (AINO, "1", "Aino Mäkelä", "seller", Some(MAIJA)),
        (EERO, "2", "Eero Virtanen", "seller", Some(MAIJA)),
        (MAIJA, "3", "Maija Koskela", "manager", None),
    ];
    work.insert(
        "person",
        ["id", "source", "external_id", "name", "email"],
        people.map(|(number, external_id, name, _, _)| {
            [id(number).into(), "erp".into(), external_id.into(), name.into(), Value::Null]
        }),
    )?;
    work.insert(
        "person_version",
        ["person_id", "from_day", "role", "team", "manager_id", "is_active"],
        people.map(|(number, _, _, role, manager)| {
            [
                id(number).into(),
                Day::MIN.into(),
                role.into(),
                "etelä".into(),
                manager.map(id).into(),
                true.into(),
            ]
        }),
    )
}

struct Customer {
    number: u128,
    name: String,
    owner: Option<u128>,
    parent: Option<u128>,
    /// Cents an order.
    order: i64,
    every_days: i64,
    last_order: &'static str,
}

fn customers(work: &mut Work<'_>) -> Result<(), StoreError> {
    let customer = |number, name: &str, owner, order, every_days, last_order| Customer {
        number,
        name: name.to_owned(),
        owner,
        parent: None,
        order,
        every_days,
        last_order,
    };
    let mut all = vec![
        customer(QUIET, "Hiljainen Valu Oy", Some(AINO), 900_000, 14, "2026-05-04"),
        customer(ODD, HOSTILE, Some(AINO), 400_000, 10, "2026-11-18"),
        customer(PARENT, "Rakennus-Salmi Oy", Some(EERO), 2_000_000, 7, "2026-11-20"),
        Customer {
            parent: Some(PARENT),
            ..customer(CHILD, "Salmen Elementti Oy", Some(EERO), 300_000, 20, "2026-11-10")
        },
        customer(ORPHAN, "Öljymäen Betoni", None, 250_000, 30, "2026-11-02"),
    ];
    let places = ["Turku", "Lahti", "Kotka", "Pori", "Vaasa", "Oulu", "Kuopio", "Espoo"];
    let trades = ["Rakennus", "Betoni", "Saneeraus", "Piha", "Perustus", "Infra", "Valu"];
    for number in 0..55_u128 {
        let name = format!("{} {} Oy", places[number as usize % 8], trades[number as usize % 7]);
        let owner = if number % 3 == 0 { EERO } else { AINO };
        let order = 20_000 + 23_500 * (number as i64 % 13);
        all.push(customer(200 + number, &name, Some(owner), order, 12 + number as i64 % 30, "2026-11-12"));
    }

    work.insert(
        "account",
        ["id", "source", "external_id", "name", "name_sort", "search_text", "business_id", "city", "edition"],
        all.iter().map(|each| {
            let external_id = each.number.to_string();
            [
                id(each.number).into(),
                "erp".into(),
                external_id.into(),
                each.name.as_str().into(),
                account::name_sort(&each.name).into(),
                account::search_text([each.name.as_str()]).into(),
                "0112038-9".into(),
                "Helsinki".into(),
                1_i64.into(),
            ]
        }),
    )?;
    work.insert(
        "account_version",
        ["account_id", "from_day", "owner_id", "industry", "size_class", "parent_id", "is_active"],
        all.iter().map(|each| {
            [
                id(each.number).into(),
                Day::MIN.into(),
                each.owner.map(id).into(),
                "rakentaminen".into(),
                "keskisuuri".into(),
                each.parent.map(id).into(),
                true.into(),
            ]
        }),
    )?;
    work.insert(
        "account_external_id",
        ["source", "external_id", "account_id"],
        all.iter().map(|each| ["erp".into(), each.number.to_string().into(), id(each.number).into()]),
    )?;
    work.insert("product_group", ["id", "name"], [[id(900).into(), "Harkot".into()]])?;
    for each in &all {
        orders(work, each)?;
    }
    contacts_and_activities(work)?;
    let accounts: Vec<AccountId> = all.iter().map(|each| AccountId(id(each.number))).collect();
    account::search::refresh(work, &accounts)
}

fn orders(work: &mut Work<'_>, customer: &Customer) -> Result<(), StoreError> {
    let first = day("2024-01-08");
    let mut lines = Vec::new();
    let mut on = day(customer.last_order);
    while first < on {
        let number = lines.len() as i64;
        lines.push([
            id(customer.number).into(),
            work.new_id().into(),
            "erp".into(),
            format!("{}-{number}", customer.number).into(),
            "1".into(),
            on.into(),
            1_000_000_i64.into(),
            customer.order.into(),
            on.into(),
            Day::MAX.into(),
        ]);
        on = on.plus_days(-customer.every_days);
    }
    let columns = [
        "account_id",
        "id",
        "source",
        "invoice",
        "line",
        "day",
        "quantity_millionths",
        "net_cents",
        "known_from",
        "known_until",
    ];
    work.insert("sales_line", columns, lines)?;
    sales::note_first_day(work, first)
}

fn contacts_and_activities(work: &mut Work<'_>) -> Result<(), StoreError> {
    let contact = id(900);
    work.insert(
        "contact",
        ["id", "account_id", "source", "external_id", "name", "title", "email", "phone"],
        [[
            contact.into(),
            id(QUIET).into(),
            "erp".into(),
            "c1".into(),
            "Liisa Lahti".into(),
            "ostopäällikkö".into(),
            "liisa@example.test".into(),
            "+358 40 123 4567".into(),
        ]],
    )?;

    let done: Vec<(u128, &str, u128, Day, &str, &str)> = (0..25)
        .map(|week| {
            (QUIET, "call", AINO, day("2026-03-02").plus_days(-7 * week), "done", "Puhuttiin toimituksista.")
        })
        .collect();
    let planned = [
        (ODD, "visit", AINO, day(TODAY), "planned", ""),
        (QUIET, "call", AINO, day("2026-11-19"), "planned", ""),
        (PARENT, "management_meeting", EERO, day("2026-11-26"), "planned", ""),
    ];
    let columns = [
        "account_id",
        "id",
        "version",
        "source",
        "external_id",
        "kind",
        "person_id",
        "day",
        "minutes",
        "state",
        "contact_id",
        "note",
        "known_from",
        "known_until",
    ];
    let rows = done.into_iter().chain(planned).enumerate().map(
        |(number, (account, kind, person, on, state, note))| {
            [
                id(account).into(),
                id(1000 + number as u128).into(),
                1_i64.into(),
                "erp".into(),
                format!("a{number}").into(),
                kind.into(),
                id(person).into(),
                on.into(),
                30_i64.into(),
                state.into(),
                if account == QUIET { contact.into() } else { Value::Null },
                note.into(),
                Day::MIN.into(),
                Day::MAX.into(),
            ]
        },
    );
    work.insert("activity", columns, rows.collect::<Vec<_>>())
}
