//! The other numbers of the strategy: what value is counted in, what an hour costs, what hangs on a deviation.

use super::{
    decision::{self, Deciding},
    typing::{days, exact_euros, part_of_one, percent},
};
use crate::{
    Web, answer,
    ask::Ask,
    change::{Attempt, Change, Done, Fault, Field, Form, Place, Sent, Typed, plain_number},
    error::WebError,
    page::{Choice, Page, Section},
    people::settings::{Tab, tabs},
    texts::Texts,
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_app::strategy::{Draft, Mistake};
use luotsi_core::{
    people::Role,
    strategy::{Measure, Strategy},
};
use luotsi_store::Reader;

const PLACE: &str = "/settings/strategy/numbers";
const FIELDS: &[&str] = &[
    "measure",
    "default_margin",
    "hysteresis",
    "likelihood_prior",
    "day_minutes",
    "customer_hours",
    "days_off",
    "costs/*",
    "ability_weights/*",
    "exposures/*",
    "from",
    "why",
    "since",
    "act",
];
/// The elements of our ability, as the strategy's text names them.
const ELEMENTS: [&str; 4] = ["people", "offering", "processes", "relationship"];

#[derive(Template)]
#[template(path = "strategy/numbers.html")]
pub struct NumbersPage {
    page: Page,
    tabs: Vec<Choice>,
    form: Form,
    deciding: Deciding,
    groups: Vec<Group>,
    /// `None`: it was not asked what would change.
    changes: Option<Vec<String>>,
}

/// Fields that belong together.
struct Group {
    title: &'static str,
    why: &'static str,
    fields: Vec<Field>,
}

pub async fn numbers(State(web): State<Web>, ask: Ask) -> Response {
    web.page(ask, |reader, visit| draw(reader, &visit.still(), &Typed::default(), &Attempt::none(), None))
        .await
}

pub async fn decide_numbers(State(web): State<Web>, sent: Sent) -> Response {
    let place = Place { page: PLACE.to_owned(), fields: FIELDS };
    let typed = sent.typed.as_ref().map_or_else(|_| Typed::default(), Clone::clone);
    web.change(sent, place, write, move |reader, visit, attempt| draw(reader, visit, &typed, attempt, None))
        .await
}

fn write(change: &Change<'_>) -> Result<Done, Fault> {
    let edit = |strategy: &Strategy| with_numbers(strategy, change.typed, change.visit.t);
    if change.typed.text("act") == "decide" {
        return decision::decide(change, edit, field_of, super::PLACE);
    }
    let from = decision::start(change.typed, change.visit);
    let strategy = decision::looked_at(change, from, edit, field_of)?;
    let changes = decision::changes(change.visit, from, &strategy);
    let html = change.store.read(|reader| {
        let page = draw(reader, &change.visit.still(), change.typed, &Attempt::none(), Some(changes))?;
        Ok::<_, WebError>(answer::render(&page)?)
    })?;
    Ok(Done::Shown(html))
}

fn with_numbers(strategy: &Strategy, typed: &Typed, t: Texts) -> Result<Strategy, Vec<Mistake>> {
    let mut draft = Draft::of(strategy).map_err(|mistake| vec![mistake])?;
    draft.write("/measure", typed.text("measure"));
    for name in ["default_margin", "hysteresis", "likelihood_prior"] {
        draft.write(&format!("/{name}"), &part_of_one(typed.text(name)));
    }
    for name in ["day_minutes", "customer_hours"] {
        draft.write(&format!("/{name}"), &plain_number(typed.text(name)));
    }
    draft.write_days_off(&days(typed.text("days_off"), t.today));
    draft.write("/costs/default_hourly", &exact_euros(typed.text("costs/default_hourly")));
    for role in Role::ALL {
        let name = format!("costs/{}", role.name());
        draft.write_or_leave_out(&format!("/{name}"), &exact_euros(typed.text(&name)));
    }
    for element in ELEMENTS {
        let name = format!("ability_weights/{element}");
        draft.write(&format!("/{name}"), &plain_number(typed.text(&name)));
    }
    for (exposure, _) in strategy.exposures.each() {
        let name = format!("exposures/{exposure}");
        draft.write(&format!("/{name}"), &part_of_one(typed.text(&name)));
    }
    draft.read()
}

/// The weights together are wrong where the first of them stands.
fn field_of(at: &str) -> String {
    match at.trim_start_matches('/') {
        "ability_weights" => "ability_weights/people".to_owned(),
        name => name.to_owned(),
    }
}

fn draw(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    typed: &Typed,
    attempt: &Attempt,
    changes: Option<Vec<String>>,
) -> Result<NumbersPage, WebError> {
    let t = visit.t;
    let now = visit.base.company.strategies.on(visit.today);
    let texts = |strategy: &Strategy| {
        let groups = groups(&Attempt::none().form("numbers", PLACE, t), &Typed::default(), strategy, t);
        groups.into_iter().flat_map(|group| group.fields).map(|field| (field.name, field.value)).collect()
    };
    let (typed, attempt) = &decision::beside(reader, visit, (typed, attempt), texts)?;
    let form = attempt.form("numbers", PLACE, t);
    Ok(NumbersPage {
        page: visit.page(Section::Settings, t.strategy_numbers(), Vec::new()),
        tabs: tabs(visit, Tab::Strategy),
        deciding: Deciding::of(reader, visit, &form, typed)?,
        groups: groups(&form, typed, now, t),
        changes,
        form,
    })
}

fn groups(form: &Form, typed: &Typed, now: &Strategy, t: Texts) -> Vec<Group> {
    let kept = |name: &str, now: String| typed.as_typed(name).map_or(now, str::to_owned);
    let number = |name: &str, label: String, now: String| form.number(name, label, kept(name, now));
    let share = |name: &str, label: &str, now| number(name, t.in_percent(label), percent(now, t));
    let measures =
        Measure::ALL.map(|measure| (measure.name().to_owned(), t.measure_short(measure).to_owned()));
    let days_off = now.days_off.iter().map(|day| day.to_string()).collect::<Vec<_>>().join("\n");
    let cost = |role: Role| {
        let own = now.costs.by_role.iter().find(|(of, _)| *of == role);
        let own = own.map_or_else(String::new, |(_, cost)| t.typed_amount(*cost));
        number(&format!("costs/{}", role.name()), t.role(role).to_owned(), own)
    };
    let others = number(
        "costs/default_hourly",
        t.hourly_cost_others().to_owned(),
        t.typed_amount(now.costs.default_hourly),
    );
    let weights = now.ability_weights;
    let weights = [weights.people, weights.offering, weights.processes, weights.relationship];
    let weight = |(element, weight): (&str, u32)| {
        number(
            &format!("ability_weights/{element}"),
            t.ability_element(element).to_owned(),
            weight.to_string(),
        )
    };
    let exposure = |(name, exposure)| share(&format!("exposures/{name}"), t.exposure_name(name), exposure);
    vec![
        Group {
            title: t.numbers_value(),
            why: t.numbers_value_why(),
            fields: vec![
                form.choice("measure", t.measure(), kept("measure", now.measure.name().to_owned()), measures),
                share("default_margin", t.default_margin(), now.default_margin),
                share("hysteresis", t.hysteresis(), now.hysteresis),
            ],
        },
        Group {
            title: t.numbers_time(),
            why: t.numbers_time_why(),
            fields: vec![
                number("day_minutes", t.strategy_minutes().to_owned(), now.day_minutes.to_string()),
                number(
                    "customer_hours",
                    t.strategy_customer_hours().to_owned(),
                    now.customer_hours.to_string(),
                ),
                form.lines("days_off", t.days_off(), kept("days_off", days_off), 2).hint(t.days_off_hint()),
            ],
        },
        Group {
            title: t.numbers_exposures(),
            why: t.numbers_exposures_why(),
            fields: now
                .exposures
                .each()
                .into_iter()
                .map(exposure)
                .chain([share("likelihood_prior", t.likelihood_prior(), now.likelihood_prior)])
                .collect(),
        },
        Group {
            title: t.numbers_costs(),
            why: t.numbers_costs_why(),
            fields: [others].into_iter().chain(Role::ALL.map(cost)).collect(),
        },
        Group {
            title: t.numbers_weights(),
            why: t.numbers_weights_why(),
            fields: ELEMENTS.into_iter().zip(weights).map(weight).collect(),
        },
    ]
}
