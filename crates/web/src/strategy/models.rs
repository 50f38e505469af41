//! The care models: what each segment has been promised, whether it is kept, and whose hours it takes.

use super::{
    history::is_looking,
    hours::{PersonHours, hours, whole_hours},
    words::{answering, rhythm},
};
use crate::{
    Web,
    account::listed::{Asked, Listed},
    ask::Ask,
    error::WebError,
    markup::Markup,
    page::{Page, Section},
    parts::{SegmentChip, share_bullet},
    scope::Scope as Shown,
    texts::Texts,
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_app::steering::accounts_alike;
use luotsi_core::{
    care::asked_by_segment,
    people::policy::{Action, Scope, scope},
    strategy::{CareLine, CareModel, Segment},
};
use luotsi_store::{
    Reader,
    account::list::InSegment,
    base::page::{SegmentSum, sums_by_segment},
};

#[derive(Template)]
#[template(path = "strategy/models.html")]
pub struct ModelsPage {
    page: Page,
    may_decide: bool,
    is_looking: bool,
    models: Vec<ModelView>,
    hours: Vec<PersonHours>,
}

struct ModelView {
    name: &'static str,
    label: &'static str,
    segment: SegmentChip,
    accounts: String,
    accounts_href: String,
    care: Option<Care>,
    asked: String,
    silence: String,
    lines: Vec<LineView>,
    edit_href: String,
}

struct Care {
    text: String,
    bullet: Markup,
}

struct LineView {
    name: String,
    rhythm: String,
    answering: String,
    minutes: String,
    agenda: String,
}

pub async fn models(State(web): State<Web>, ask: Ask) -> Response {
    web.page(ask, fill).await
}

fn fill(reader: &Reader<'_>, visit: &Visit<'_>) -> Result<ModelsPage, WebError> {
    let strategy = visit.base.company.strategies.on(visit.today);
    let is_looking = is_looking(reader, visit)?;
    let alike = accounts_alike(reader, &visit.base, visit.on())?;
    let asked = asked_by_segment(&alike, strategy, visit.on());
    let everybody = Listed::of(&Asked::default(), &[Shown::All], Shown::All);
    let sums = sums_by_segment(reader, &crate::account::list::filter(visit, &everybody))?;
    let view = |model: &CareModel| {
        let sum = sums.iter().find(|sum| sum.segment == Some(model.segment));
        let listed = Listed { segment: Some(InSegment::Segment(model.segment)), ..everybody.clone() };
        model_view(visit.t, model, sum, listed.url(), asked.get(&model.segment).copied().unwrap_or_default())
    };
    Ok(ModelsPage {
        page: Page {
            is_busy: is_looking && visit.is_live,
            ..visit.page(Section::CareModels, visit.t.care_models(), Vec::new())
        },
        is_looking,
        may_decide: scope(visit.viewer.role, Action::EditStrategy) == Scope::All,
        models: Segment::ALL
            .into_iter()
            .filter_map(|segment| strategy.care_model(segment))
            .map(view)
            .collect(),
        hours: hours(visit, &alike, visit.on(), strategy, None),
    })
}

fn model_view(
    t: Texts,
    model: &CareModel,
    sum: Option<&SegmentSum>,
    accounts_href: String,
    (times, minutes): (i64, i64),
) -> ModelView {
    let share =
        sum.filter(|sum| 0 < sum.care_lines).map(|sum| sum.care_lines_kept * 1_000_000 / sum.care_lines);
    ModelView {
        name: model.segment.name(),
        label: t.segment_name(Some(model.segment)),
        segment: SegmentChip::new(Some(model.segment), t),
        accounts: t.accounts_count(sum.map_or(0, |sum| sum.accounts)),
        accounts_href,
        care: share.map(|share| {
            let text = t.percent(share);
            Care { bullet: share_bullet(share, &format!("{} {text}", t.care_kept())), text }
        }),
        asked: t.asked_a_year(&t.number(times), &t.number(whole_hours(minutes))),
        silence: t.silence_at_most(&t.days(i64::from(model.silence_days))),
        lines: model.lines.iter().map(|line| line_view(t, line)).collect(),
        edit_href: address(model.segment),
    }
}

fn line_view(t: Texts, line: &CareLine) -> LineView {
    LineView {
        name: t.care_line_name(&line.name),
        rhythm: rhythm(t, line.rule),
        answering: answering(t, line.answering),
        minutes: t.minutes(i64::from(line.minutes)),
        agenda: line.agenda.clone(),
    }
}

/// Where a segment's care model is edited.
pub fn address(segment: Segment) -> String {
    format!("/care-models/{}", segment.name())
}
