//! What all pages share: the store, the settings, the company as last read, and the way from a request to a page.

use crate::{
    answer,
    ask::Ask,
    error::{self, WebError},
    left::Left,
    page::{Choice, Page, Section, Undo, Viewer, ViewerCard},
    people::{MakeSample, Making},
    texts::{Currency, Language, Texts},
};
use askama::Template;
use axum::response::Response;
use jiff::tz::TimeZone;
use luotsi_app::{
    people,
    steering::{Base, KeptBase, Watcher},
    today,
};
use luotsi_core::{
    people::{
        PersonId,
        policy::{self, Action, Scope, scope},
    },
    steering::Experience,
    strategy::Strategy,
    units::Day,
};
use luotsi_store::{
    Query, Reader, Store, StoreError,
    account::list::Within,
    people::{
        company_state,
        session::{self, Session},
    },
    steering::{WatchRun, experience, last_run, newest_answer, page::count_proposals_for},
};
use std::{
    net::IpAddr,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// A proxy in front of us speaks https with the browsers and says so in `X-Forwarded-Proto`.
    pub behind_https_proxy: bool,
    /// The day the pages are about; `None`: the current day where the company is.
    pub today: Option<Day>,
}

/// Cheap to clone: all clones are the same.
#[derive(Clone)]
pub struct Web {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    watcher: Watcher,
    settings: Settings,
    /// What is learned from the acts of proposals, as of a day: a new day teaches, an hour does not.
    experience: Mutex<Option<(Day, Arc<Experience>)>>,
    company: KeptBase,
    /// Where people reach these pages, for links that are handed out: never what a request says of itself.
    address: OnceLock<String>,
    sample: OnceLock<Arc<MakeSample>>,
    making: Making,
    left: Left,
}

/// Ends the address of a page whose form has just been taken, so that it says so.
pub const SAVED: &str = "?saved=yes";

/// An answer can be taken back at a click for so long; later from the account's history.
pub const UNDO_SECONDS: i64 = 12;

/// A visit of a page by a person, within one consistent state of the database.
#[derive(Clone)]
pub struct Visit<'a> {
    pub ask: &'a Ask,
    pub t: Texts,
    pub viewer: Viewer,
    pub today: Day,
    pub watch: Option<WatchRun>,
    pub base: Arc<Base>,
    pub experience: Arc<Experience>,
    /// The company's: the days of the log are told in it.
    pub zone: TimeZone,
    /// How many proposals wait for the viewer's answer.
    pub open_proposals: i64,
    pub undo: Option<Undo>,
    /// The page asks for itself again from time to time; one that holds what somebody typed does not.
    pub is_live: bool,
}

impl Visit<'_> {
    /// The day as of which care, deviations and proposals are shown: that of the last watch.
    pub fn on(&self) -> Day {
        self.watch.as_ref().map_or(self.today, |watch| watch.on)
    }

    /// The strategy in force on the day the page is about.
    pub fn strategy(&self) -> &Strategy {
        self.base.company.strategies.on(self.on())
    }

    /// A person's name; empty of nobody.
    pub fn person_name(&self, person: Option<PersonId>) -> String {
        let numbers = &self.base.context.person_numbers;
        let person =
            person.and_then(|id| numbers.get(&id)).and_then(|number| self.base.company.people.get(*number));
        person.map_or_else(String::new, |person| person.name.clone())
    }

    /// The accounts that a right of the viewer's reaches; `None`: all of them.
    pub fn within(&self, action: Action) -> Option<Within> {
        let viewer = policy::Viewer { person: self.viewer.id, role: self.viewer.role };
        match scope(viewer.role, action) {
            Scope::All => None,
            scope @ (Scope::Nothing | Scope::Own | Scope::AccountTeam | Scope::Team) => {
                Some(Within { scope, viewer, on: self.today })
            }
        }
    }

    /// The same, for a page that does not ask for itself again: what it shows is shown once.
    pub fn still(&self) -> Self {
        Self { is_live: false, ..self.clone() }
    }

    pub fn page(&self, here: Section, title: &str, scopes: Vec<Choice>) -> Page {
        Page {
            t: self.t,
            title: title.to_owned(),
            url: self.ask.url.clone(),
            here: Some(here),
            viewer: Some(ViewerCard {
                name: self.viewer.name.clone(),
                role: self.t.role(self.viewer.role),
                has_keys: self.viewer.has_keys,
            }),
            open_proposals: self.open_proposals,
            scopes,
            is_live: self.is_live,
            undo: self.undo.clone().filter(|undo| !self.is_told(undo)),
            is_busy: false,
            is_saved: self.ask.url.ends_with(SAVED),
        }
    }
}

impl Visit<'_> {
    /// The page's address has it tell what was written down, and take it back.
    fn is_told(&self, undo: &Undo) -> bool {
        undo.activity.is_some_and(|activity| self.ask.url.contains(&activity.0.to_string()))
    }
}

impl Web {
    pub fn new(store: Store, settings: Settings) -> Self {
        let watcher = Watcher::new(store.clone(), settings.today);
        Self {
            inner: Arc::new(Inner {
                store,
                watcher,
                settings,
                experience: Mutex::default(),
                company: KeptBase::default(),
                address: OnceLock::new(),
                sample: OnceLock::new(),
                making: Making::default(),
                left: Left::default(),
            }),
        }
    }

    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// With the address at which people reach these pages, `https://crm.example`.
    pub fn reached_at(self, address: &str) -> Self {
        self.inner.address.get_or_init(|| address.trim_end_matches('/').to_owned());
        self
    }

    /// With the way to make the sample company.
    pub fn with_sample(self, make: Arc<MakeSample>) -> Self {
        self.inner.sample.get_or_init(|| make);
        self
    }

    pub fn makes_samples(&self) -> bool {
        self.inner.sample.get().is_some()
    }

    pub fn sample_maker(&self) -> Option<Arc<MakeSample>> {
        self.inner.sample.get().cloned()
    }

    pub fn lists_left(&self) -> &Left {
        &self.inner.left
    }

    pub fn making(&self) -> &Making {
        &self.inner.making
    }

    /// A link to a page of ours, to be handed to somebody.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.inner.address.get().map_or("", String::as_str))
    }

    /// The day the pages are about.
    pub fn today(&self, query: &impl Query) -> Result<Day, StoreError> {
        match self.inner.settings.today {
            Some(day) => Ok(day),
            None => today::today(query),
        }
    }

    /// Where a request comes from, as far as we may believe it.
    pub fn address_of(&self, ask: &Ask) -> Option<IpAddr> {
        match self.inner.settings.behind_https_proxy {
            true => ask.forwarded_for.or(ask.peer),
            false => ask.peer,
        }
    }

    pub fn settings(&self) -> Settings {
        self.inner.settings
    }

    /// Looks at what has just changed; shared with whoever else changes something.
    pub fn watcher(&self) -> &Watcher {
        &self.inner.watcher
    }

    /// The browser's side of the connection is https, as far as we may believe it.
    pub fn is_https(&self, ask: &Ask) -> bool {
        self.inner.settings.behind_https_proxy && ask.is_forwarded_https
    }

    /// Texts for pages that know nothing of the database: their days are never of another year than today's.
    pub fn texts(&self, language: Language) -> Texts {
        let today = self.inner.settings.today.unwrap_or_else(|| today::today_in("UTC"));
        Texts { language, today, currency: Currency::EURO }
    }

    /// The page that `make` fills in for the person who asks; log-in and error pages where it cannot be had.
    pub async fn page<T: Template>(
        &self,
        ask: Ask,
        make: impl FnOnce(&Reader<'_>, &Visit<'_>) -> Result<T, WebError> + Send + 'static,
    ) -> Response {
        let web = self.clone();
        self.blocking(ask, move |ask| {
            let html = web.store().read(|reader| {
                let visit = web.visit(reader, ask)?;
                Ok::<_, WebError>(answer::render(&make(reader, &visit)?)?)
            })?;
            Ok(answer::page(ask, html))
        })
        .await
    }

    /// What `make` answers the person who asks, where it is no page.
    pub async fn answer(
        &self,
        ask: Ask,
        make: impl FnOnce(&Reader<'_>, &Visit<'_>) -> Result<Response, WebError> + Send + 'static,
    ) -> Response {
        let web = self.clone();
        self.blocking(ask, move |ask| web.store().read(|reader| make(reader, &web.visit(reader, ask)?))).await
    }

    /// Runs what waits for the database on a thread that may wait.
    pub async fn blocking(
        &self,
        ask: Ask,
        work: impl FnOnce(&Ask) -> Result<Response, WebError> + Send + 'static,
    ) -> Response {
        let (web, asked) = (self.clone(), ask.clone());
        let work = move || work(&asked).unwrap_or_else(|error| error::answer(&web, &asked, &error));
        let answered = tokio::task::spawn_blocking(work).await;
        answered.unwrap_or_else(|_| error::answer(self, &ask, &WebError::Ended))
    }

    /// There is nothing for this address.
    pub async fn nothing(&self, ask: Ask) -> Response {
        self.blocking(ask, |_| Err(WebError::NotFound)).await
    }

    pub fn visit<'a>(&self, reader: &Reader<'_>, ask: &'a Ask) -> Result<Visit<'a>, WebError> {
        let is_believed = ask.is_session_ours || !self.is_https(ask);
        let token = ask.session.as_deref().filter(|_| is_believed).ok_or(WebError::NotLoggedIn)?;
        let now = today::now();
        let session = session::session(reader, &people::hash(token), now)?.ok_or(WebError::NotLoggedIn)?;
        self.keep_awake(token, &session, now);

        let company = company_state(reader)?;
        let today = self.inner.settings.today.unwrap_or_else(|| today::today_of(&company.settings));
        let watch = last_run(reader)?;
        let base = self.inner.company.get(reader, &company)?;
        let viewer = viewer(&base, &session, today).ok_or(WebError::NotLoggedIn)?;
        let t = Texts { language: ask.language, today, currency: Currency::of(&company.settings.currency) };
        Ok(Visit {
            ask,
            t,
            undo: undo(reader, viewer.id, now, t)?,
            open_proposals: count_proposals_for(reader, viewer.id, today)?,
            zone: today::zone_of(&company.settings),
            experience: self.experience(reader, watch.as_ref().map_or(today, |watch| watch.on))?,
            viewer,
            today,
            watch,
            base,
            is_live: true,
        })
    }

    fn experience(&self, reader: &Reader<'_>, on: Day) -> Result<Arc<Experience>, WebError> {
        let mut kept = self.inner.experience.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = kept.as_ref().filter(|(day, _)| *day == on) {
            return Ok(Arc::clone(known));
        }
        let learned = Arc::new(experience(reader, on)?);
        *kept = Some((on, Arc::clone(&learned)));
        Ok(learned)
    }

    /// A session that is used goes on; so that reading stays reading, that is noted once an hour.
    fn keep_awake(&self, token: &str, session: &Session, now: i64) {
        if now - session.last_seen_at < people::HOUR {
            return;
        }
        if let Err(error) = people::touch_session(self.store(), token, now) {
            tracing::warn!(%error, "a session could not be prolonged");
        }
    }
}

/// The viewer's newest answer, while it is fresh.
fn undo(reader: &Reader<'_>, viewer: PersonId, now: i64, t: Texts) -> Result<Option<Undo>, WebError> {
    let newest = newest_answer(reader, viewer)?;
    let fresh = newest.filter(|answer| now - answer.recorded_at < UNDO_SECONDS * 1_000_000);
    Ok(fresh.map(|answer| Undo {
        sentence: format!("{}: {} · {}", t.said(answer.kind), t.act(answer.what), answer.account_name),
        action: format!("/answers/{}/undo", answer.id),
        activity: answer.activity,
    }))
}

/// The person of the session, unless no longer with us.
fn viewer(base: &Base, session: &Session, today: Day) -> Option<Viewer> {
    let number = *base.context.person_numbers.get(&session.person)?;
    let person = base.company.people.get(number)?;
    let version = person.on(today).filter(|version| version.is_active)?;
    Some(Viewer {
        id: person.id,
        number,
        name: person.name.clone(),
        role: version.role,
        has_keys: session.has_keys,
    })
}
