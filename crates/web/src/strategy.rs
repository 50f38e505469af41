//! What the company has decided: thresholds with what others would change, its other numbers, the care models, and who
//! decided what and when.

mod decision;
mod history;
mod hours;
mod lines;
mod model;
mod models;
mod movers;
mod numbers;
mod preview;
mod typing;
mod words;

pub use model::{decide_model, model};
pub use models::models;
pub use movers::{movers, turned};
pub use numbers::{decide_numbers, numbers};

use crate::{
    Web,
    account::listed::euros_name,
    ask::Ask,
    change::{Attempt, Change, Done, Fault, Field, Form, Place, Sent, Typed},
    error::WebError,
    page::{Choice, Page, Section},
    people::settings::{Tab, tabs},
    texts::Texts,
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use decision::Deciding;
use history::{PastDecision, is_looking, past};
use luotsi_app::strategy::{Draft, Mistake, THRESHOLD_KEYS};
use luotsi_core::{
    strategy::{GivenThresholds, Strategy, Thresholds},
    units::Money,
};
use luotsi_store::Reader;
use preview::PreviewView;
use typing::exact_euros;

const PLACE: &str = "/settings/strategy";
/// Where everybody is told who would go one way.
pub const MOVERS: &str = "/settings/strategy/movers";
const FIELDS: &[&str] =
    &["current", "potential", "strategic_current", "strategic_potential", "from", "why", "since"];

#[derive(Template)]
#[template(path = "strategy/strategy.html")]
pub struct StrategyPage {
    page: Page,
    tabs: Vec<Choice>,
    form: Form,
    deciding: Deciding,
    thresholds: Vec<Field>,
    suggested: Option<Choice>,
    is_looking: bool,
    /// Or what it wants to be shown.
    preview: Result<PreviewView, &'static str>,
    history: Vec<PastDecision>,
}

pub async fn strategy(State(web): State<Web>, ask: Ask) -> Response {
    let query = ask.url.split_once('?').map_or_else(String::new, |(_, query)| query.to_owned());
    let typed = Typed::parse(query.as_bytes());
    web.page(ask, move |reader, visit| {
        // What somebody types here is looked at as it is typed: a refresh would bring nothing new.
        let visit = Visit { is_live: !are_typed(&typed), ..visit.clone() };
        draw(reader, &visit, &typed, &Attempt::none())
    })
    .await
}

pub async fn decide(State(web): State<Web>, sent: Sent) -> Response {
    let place = Place { page: PLACE.to_owned(), fields: FIELDS };
    let typed = sent.typed.as_ref().map_or_else(|_| Typed::default(), Clone::clone);
    web.change(sent, place, write, move |reader, visit, attempt| draw(reader, visit, &typed, attempt)).await
}

fn write(change: &Change<'_>) -> Result<Done, Fault> {
    decision::decide(change, |strategy| with_thresholds(strategy, change.typed), field_of, PLACE)
}

/// Whether thresholds were, be it in the address.
fn are_typed(typed: &Typed) -> bool {
    THRESHOLD_KEYS.iter().any(|name| typed.as_typed(name).is_some())
}

/// The strategy with the thresholds that were typed, or what is wrong with them.
fn with_thresholds(strategy: &Strategy, typed: &Typed) -> Result<Strategy, Vec<Mistake>> {
    let mut draft = Draft::of(strategy).map_err(|mistake| vec![mistake])?;
    for name in THRESHOLD_KEYS {
        draft.write_or_leave_out(&format!("/thresholds/{name}"), &exact_euros(typed.text(name)));
    }
    draft.read()
}

fn field_of(at: &str) -> String {
    at.trim_start_matches("/thresholds/").to_owned()
}

fn draw(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    typed: &Typed,
    attempt: &Attempt,
) -> Result<StrategyPage, WebError> {
    let t = visit.t;
    let in_force = visit.base.company.strategies.on(visit.today);
    let texts = |strategy: &Strategy| {
        let texts = by_name(strategy.thresholds).map(|(name, money)| (name.to_owned(), in_euros(money, t)));
        texts.to_vec()
    };
    let (typed, attempt) = &decision::beside(reader, visit, (typed, attempt), texts)?;
    let (looked_at, mistakes) = match are_typed(typed).then(|| with_thresholds(in_force, typed)) {
        Some(Ok(strategy)) => (Some(strategy.thresholds), Vec::new()),
        Some(Err(mistakes)) => (None, mistakes),
        None => (Some(in_force.thresholds), Vec::new()),
    };
    let (suggested, preview) =
        preview::looked_at(reader, visit, looked_at.and_then(GivenThresholds::complete))?;
    let preview = preview.ok_or(match mistakes.is_empty() {
        true => t.thresholds_open(),
        false => t.thresholds_wrong(),
    });
    let form = attempt.form("strategy", PLACE, t);
    let is_looking = is_looking(reader, visit)?;
    let now = in_force.thresholds;
    let field = |(name, now): (&str, Option<Money>), label: &'static str, suggested: Option<Money>| {
        let kept = typed.as_typed(name).map_or_else(|| in_euros(now, t), str::to_owned);
        let mistake = mistakes.iter().find(|mistake| field_of(&mistake.at) == name);
        let field = form.number(name, label, kept);
        let error = field.error.clone().or_else(|| mistake.map(|mistake| t.problem(&mistake.problem)));
        let field = Field { error, ..field };
        match suggested {
            Some(suggested) => field.hint(t.thresholds_suggested_one(&t.money(suggested))),
            None => field,
        }
    };
    let fits = |of: fn(Thresholds) -> Money| suggested.map(of);
    let [current, potential, strategic_current, strategic_potential] = by_name(now);
    Ok(StrategyPage {
        page: Page {
            is_busy: is_looking && visit.is_live,
            ..visit.page(Section::Settings, t.strategy(), Vec::new())
        },
        tabs: tabs(visit, Tab::Strategy),
        is_looking,
        thresholds: vec![
            field(current, t.current_value(), fits(|fits| fits.current)),
            field(potential, t.potential_value(), fits(|fits| fits.potential)),
            field(strategic_current, t.strategic_current(), fits(|fits| fits.strategic_current)),
            field(strategic_potential, t.strategic_potential(), fits(|fits| fits.strategic_potential)),
        ],
        suggested: suggested.filter(|suggested| now.complete() != Some(*suggested)).map(|suggested| Choice {
            label: t.thresholds_suggested().to_owned(),
            href: address(suggested),
            is_here: false,
        }),
        preview,
        deciding: Deciding::of(reader, visit, &form, typed)?,
        history: past(reader, visit)?,
        form,
    })
}

/// The thresholds by the names of their fields.
fn by_name(thresholds: GivenThresholds) -> [(&'static str, Option<Money>); 4] {
    let GivenThresholds { current, potential, strategic_current, strategic_potential } = thresholds;
    let [first, second, third, fourth] = THRESHOLD_KEYS;
    [(first, current), (second, potential), (third, strategic_current), (fourth, strategic_potential)]
}

fn in_euros(money: Option<Money>, t: Texts) -> String {
    money.map_or_else(String::new, |money| t.typed_amount(money))
}

/// Where thresholds are looked at.
fn address(thresholds: Thresholds) -> String {
    format!("{PLACE}?{}", query(thresholds))
}

/// Thresholds in an address.
fn query(thresholds: Thresholds) -> String {
    let Thresholds { current, potential, strategic_current, strategic_potential } = thresholds;
    format!(
        "current={}&potential={}&strategic_current={}&strategic_potential={}",
        euros_name(current),
        euros_name(potential),
        euros_name(strategic_current),
        euros_name(strategic_potential)
    )
}
