//! Getting started: a database without customers offers the ways to get some, of one's own or of the sample company, and
//! the sample company can be taken out again.

use super::{
    everyone::may,
    settings::{Tab, tabs},
};
use crate::{
    Web,
    ask::Ask,
    change::{Attempt, Change, Fault, Form, Place, Sent, Wrong},
    error::WebError,
    page::{Choice, Page, Section},
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_app::{
    act::{Permit, act},
    sample::{self, Sample},
};
use luotsi_core::{people::policy::Action, units::Day};
use luotsi_store::{Reader, Store, Work, sample as kept};
use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

const HERE: &str = "/start";

/// Makes the sample company that ends on the day, and tells how far it is. Only the program knows how.
pub type MakeSample = dyn Fn(&Store, Day, &Making) -> Result<(), String> + Send + Sync;

/// How far the making of the sample company is, while the server runs.
#[derive(Default)]
pub struct Making {
    is_running: AtomicBool,
    done: AtomicU64,
    all: AtomicU64,
}

impl Making {
    /// So much more is to be done.
    pub fn expect(&self, more: u64) {
        self.all.fetch_add(more, Ordering::Relaxed);
    }

    pub fn add(&self, done: u64) {
        self.done.fetch_add(done, Ordering::Relaxed);
    }

    fn is_running(&self) -> bool {
        self.is_running.load(Ordering::Relaxed)
    }

    /// False when it runs already.
    fn begin(&self) -> bool {
        if self.is_running.swap(true, Ordering::Relaxed) {
            return false;
        }
        self.done.store(0, Ordering::Relaxed);
        self.all.store(0, Ordering::Relaxed);
        true
    }

    fn end(&self) {
        self.is_running.store(false, Ordering::Relaxed);
    }

    /// Whole percent; it is not through before it says so.
    fn percent(&self) -> u64 {
        let (done, all) = (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed));
        (done * 100).checked_div(all).unwrap_or(0).min(99)
    }
}

#[derive(Template)]
#[template(path = "people/start.html")]
struct StartPage {
    page: Page,
    tabs: Vec<Choice>,
    step: Step,
}

/// What there is to be done here.
enum Step {
    /// There are no customers.
    Choose {
        make: Option<Form>,
    },
    Making {
        percent: u64,
    },
    /// It was broken off: what is there can be completed or taken out.
    Broken {
        make: Option<Form>,
        remove: Form,
    },
    Sample {
        remove: Form,
        leaving: String,
        /// What people have added themselves, which goes as well.
        own_leaving: Option<String>,
    },
    /// The company's own customers are here.
    Own,
}

/// A command that takes in a file.
const KINDS: [&str; 4] = ["people", "products", "accounts", "sales"];

impl StartPage {
    fn commands(&self) -> [String; 4] {
        KINDS.map(|kind| format!("luotsi import {kind} {kind}.csv"))
    }
}

pub async fn start(State(web): State<Web>, ask: Ask) -> Response {
    let drawn = web.clone();
    web.page(ask, move |reader, visit| draw(&drawn, reader, visit, &Attempt::none())).await
}

fn draw(web: &Web, reader: &Reader<'_>, visit: &Visit<'_>, attempt: &Attempt) -> Result<StartPage, WebError> {
    may(visit, Action::ManageCompany)?;
    let t = visit.t;
    let make = || web.makes_samples().then(|| attempt.form("sample", "/start/sample", t));
    let remove = || attempt.form("removal", "/start/sample/removal", t);
    let is_running = web.making().is_running();
    let step = match (is_running, sample::state(reader)?) {
        (true, _) => Step::Making { percent: web.making().percent() },
        (false, Sample::Begun(_)) => Step::Broken { make: make(), remove: remove() },
        (false, Sample::Whole(_)) if kept::is_mixed(reader)? => Step::Own,
        (false, Sample::Whole(_)) => {
            let leaving = kept::leaving(reader)?;
            Step::Sample {
                remove: remove(),
                leaving: t.sample_leaving(leaving.accounts, leaving.people),
                own_leaving: (leaving.own_accounts + leaving.own_activities > 0)
                    .then(|| t.sample_own_leaving(leaving.own_accounts, leaving.own_activities)),
            }
        }
        (false, Sample::None) if kept::is_empty(reader)? => Step::Choose { make: make() },
        (false, Sample::None) => Step::Own,
    };
    let page = visit.page(Section::Settings, t.start(), Vec::new());
    let page = Page { is_busy: is_running, ..page };
    Ok(StartPage { page, tabs: tabs(visit, Tab::Start), step })
}

pub async fn make_sample(State(web): State<Web>, sent: Sent) -> Response {
    let place = Place { page: HERE.to_owned(), fields: &[] };
    let (making, drawn) = (web.clone(), web.clone());
    let write = move |change: &Change<'_>| begin(&making, change);
    web.change(sent, place, write, move |reader, visit, attempt| draw(&drawn, reader, visit, attempt)).await
}

/// Begins in the background; whoever looks meanwhile sees how far it is.
fn begin(web: &Web, change: &Change<'_>) -> Result<String, Fault> {
    let fits = |work: &mut Work<'_>, _: &Permit| {
        Ok(kept::is_empty(work)? || matches!(sample::state(work)?, Sample::Begun(_)))
    };
    let is_free = act(change.store, &change.by(), Action::ManageCompany, None, fits)?;
    let Some(make) = web.sample_maker().filter(|_| is_free) else {
        return Err(Wrong::form(change.visit.t.sample_not_here()).into());
    };
    if web.making().begin() {
        let (web, on) = (web.clone(), change.visit.today);
        std::thread::spawn(move || run(&web, &make, on));
    }
    Ok(HERE.to_owned())
}

/// What was made stays, and the page offers to complete it.
fn run(web: &Web, make: &Arc<MakeSample>, on: Day) {
    let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| make(web.store(), on, web.making())));
    match made {
        Ok(Ok(())) => (),
        Ok(Err(error)) => tracing::error!(error, "the sample company could not be made"),
        Err(_) => tracing::error!("the sample company could not be made"),
    }
    web.making().end();
}

pub async fn remove_sample(State(web): State<Web>, sent: Sent) -> Response {
    let place = Place { page: HERE.to_owned(), fields: &[] };
    let (removing, drawn) = (web.clone(), web.clone());
    let write = move |change: &Change<'_>| {
        if removing.making().is_running() {
            return Err(Wrong::form(change.visit.t.sample_not_here()).into());
        }
        sample::remove(change.store, &change.by())?;
        Ok::<_, Fault>(HERE.to_owned())
    };
    web.change(sent, place, write, move |reader, visit, attempt| draw(&drawn, reader, visit, attempt)).await
}
