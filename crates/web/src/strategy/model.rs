//! The care model of a segment, edited line by line. What it would change and whose hours it would take is seen before it
//! is decided on.

use super::{
    decision::{self, Deciding},
    hours::{PersonHours, hours},
    lines::{LineFields, TypedLines},
    models::address,
};
use crate::{
    Web, answer,
    ask::Ask,
    change::{Attempt, Change, Done, Fault, Field, Form, Place, Sent, Typed},
    error::WebError,
    page::{Page, Section},
    people::everyone::may,
    web::Visit,
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use luotsi_app::{
    steering::accounts_alike,
    strategy::{Draft, Mistake, model_at},
};
use luotsi_core::{
    people::policy::Action,
    strategy::{Segment, Strategy},
};
use luotsi_store::Reader;

const PLACE: &str = "/care-models";
const FIELDS: &[&str] = &["silence_days", "line-*", "from", "why", "since", "act"];

#[derive(Template)]
#[template(path = "strategy/model.html")]
pub struct ModelPage {
    page: Page,
    form: Form,
    deciding: Deciding,
    silence: Field,
    lines: Vec<LineFields>,
    outcome: Option<Outcome>,
}

/// What would follow from it.
struct Outcome {
    changes: Vec<String>,
    hours: Vec<PersonHours>,
}

pub async fn model(State(web): State<Web>, Path(segment): Path<String>, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| {
        may(visit, Action::EditStrategy)?;
        let segment = Segment::parse(&segment).ok_or(WebError::NotFound)?;
        let kept = TypedLines::of(visit.base.company.strategies.on(visit.today), segment);
        draw(reader, &visit.still(), segment, &kept, &Typed::default(), &Attempt::none(), None)
    })
    .await
}

pub async fn decide_model(State(web): State<Web>, Path(segment): Path<String>, sent: Sent) -> Response {
    let segment = Segment::parse(&segment);
    let page = segment.map_or_else(|| PLACE.to_owned(), address);
    let place = Place { page, fields: FIELDS };
    let typed = sent.typed.as_ref().map_or_else(|_| Typed::default(), Clone::clone);
    let write = move |change: &Change<'_>| write(change, segment.ok_or(WebError::NotFound)?);
    web.change(sent, place, write, move |reader, visit, attempt| {
        let segment = segment.ok_or(WebError::NotFound)?;
        draw(reader, visit, segment, &TypedLines::typed(&typed), &typed, attempt, None)
    })
    .await
}

fn write(change: &Change<'_>, segment: Segment) -> Result<Done, Fault> {
    may(change.visit, Action::EditStrategy)?;
    let act = change.typed.text("act");
    let lines = TypedLines::typed(change.typed);
    let edit = |strategy: &Strategy| with_model(strategy, segment, &lines);
    let field_of = |at: &str| field_of(at, segment);
    match (act, act.strip_prefix("remove-").and_then(|place| place.parse().ok())) {
        ("decide", _) => decision::decide(change, edit, field_of, PLACE),
        ("add", _) => shown(change, segment, &lines.with_one_more(), None),
        (_, Some(place)) => shown(change, segment, &lines.without(place), None),
        (_, None) => {
            let from = decision::start(change.typed, change.visit);
            let strategy = decision::looked_at(change, from, edit, field_of)?;
            shown(change, segment, &lines, Some(&strategy))
        }
    }
}

/// The same page again, not decided on yet.
fn shown(
    change: &Change<'_>,
    segment: Segment,
    lines: &TypedLines,
    looked_at: Option<&Strategy>,
) -> Result<Done, Fault> {
    let html = change.store.read(|reader| {
        let visit = change.visit.still();
        let outcome = match looked_at {
            Some(strategy) => Some(outcome(reader, change, strategy)?),
            None => None,
        };
        let page = draw(reader, &visit, segment, lines, change.typed, &Attempt::none(), outcome)?;
        Ok::<_, WebError>(answer::render(&page)?)
    })?;
    Ok(Done::Shown(html))
}

fn outcome(reader: &Reader<'_>, change: &Change<'_>, strategy: &Strategy) -> Result<Outcome, WebError> {
    let visit = change.visit;
    let from = decision::start(change.typed, visit);
    let alike = accounts_alike(reader, &visit.base, visit.on())?;
    let now = visit.base.company.strategies.on(from);
    Ok(Outcome {
        changes: decision::changes(visit, from, strategy),
        hours: hours(visit, &alike, visit.on(), now, Some(strategy)),
    })
}

fn with_model(strategy: &Strategy, segment: Segment, lines: &TypedLines) -> Result<Strategy, Vec<Mistake>> {
    let mut draft = Draft::of(strategy).map_err(|mistake| vec![mistake])?;
    draft.write_model(segment, &lines.silence_days, &lines.written());
    draft.read()
}

/// The field in which a mistake of the model was typed.
fn field_of(at: &str, segment: Segment) -> String {
    let within = at.strip_prefix(&format!("{}/", model_at(segment))).unwrap_or("");
    let Some((place, key)) = within.strip_prefix("line/").and_then(|line| line.split_once('/')) else {
        return if within == "line" { String::new() } else { within.to_owned() };
    };
    let field = match key {
        "kinds" | "name" => "kind",
        "per_year" | "entering/times" => "times",
        "after" | "entering/within" => "days",
        "entering" => "rule",
        other => other,
    };
    format!("line-{place}-{field}")
}

fn draw(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    segment: Segment,
    lines: &TypedLines,
    typed: &Typed,
    attempt: &Attempt,
    outcome: Option<Outcome>,
) -> Result<ModelPage, WebError> {
    let t = visit.t;
    let title = t.care_model_of(t.segment_name(Some(segment)));
    // Lines come and go: what others made of them is told above, and each field stays as it was typed.
    let (typed, attempt) = &decision::beside(reader, visit, (typed, attempt), |_| Vec::new())?;
    let form = attempt.form("model", &address(segment), t);
    Ok(ModelPage {
        page: visit.page(Section::CareModels, &title, Vec::new()),
        deciding: Deciding::of(reader, visit, &form, typed)?,
        silence: form.number("silence_days", t.silence_days_field(), lines.silence_days.clone()),
        lines: lines.fields(&form, t),
        outcome,
        form,
    })
}
