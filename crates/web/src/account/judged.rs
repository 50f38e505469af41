//! What people judge of a customer, each in one small form: the yearly need by product group, our ability to create
//! value, the target of the year, and a segment set by hand.

use super::take;
use crate::{
    Web,
    ask::Ids,
    change::{Attempt, Change, Fault, Field, Form, Now, Reading, Sent, Wrong},
    markup::Markup,
    rights::Rights,
    texts::Texts,
    web::Visit,
};
use axum::{extract::State, response::Response};
use luotsi_app::{
    act::ActError,
    base::{Need, Read, estimate, score, set_target},
    rules::{NEED, YEARS_AHEAD_MAX, outside},
    segmentation::{decide, take_back},
    steering::picture_of,
    text::NOTE_MAX,
};
use luotsi_core::{
    account::AccountId,
    base::{Estimate, Estimator, Facts, SegmentOverride, Window, ability_in_force, customer_target},
    offering::{GroupId, GroupNo},
    people::policy::Action,
    steering::Picture,
    strategy::Segment,
    units::Money,
};
use uuid::Uuid;

/// The field of the need in all.
const TOTAL: &str = "need-total";
/// The fields of our ability.
const ABILITY: [&str; 4] = ["people", "offering", "processes", "relationship"];

/// The forms of judgement that the viewer may use; drawn by `account/judged.html`.
pub struct Judged {
    pub need: Option<NeedForm>,
    pub ability: Option<SmallForm>,
    pub target: Option<SmallForm>,
    pub segment: Option<SegmentForm>,
}

/// The version of each form is how often that kind of judgement had been made when the form was drawn.
pub struct NeedForm {
    pub form: Form,
    pub version: String,
    pub total: Field,
    pub groups: Vec<Field>,
    pub estimator: Field,
    pub justification: Field,
}

pub struct SmallForm {
    pub form: Form,
    pub version: String,
    pub fields: Vec<Field>,
}

pub struct SegmentForm {
    pub form: Form,
    pub version: String,
    pub fields: Vec<Field>,
    /// A segment set by hand can be taken back.
    pub removal: Option<Form>,
}

impl SmallForm {
    pub fn hidden(&self) -> Markup {
        self.form.version(&self.version)
    }
}

impl SegmentForm {
    pub fn hidden(&self) -> Markup {
        self.form.version(&self.version)
    }

    /// One of its forms was just sent.
    pub fn is_open(&self) -> bool {
        self.form.is_open() || self.removal.as_ref().is_some_and(Form::is_open)
    }
}

pub fn judged(
    visit: &Visit<'_>,
    id: AccountId,
    (facts, picture): (&Facts, &Picture),
    rights: Rights,
    attempt: &Attempt,
) -> Judged {
    let form = |name: &str| attempt.form(name, &format!("/accounts/{}/{name}", id.0), visit.t);
    let may_estimate = rights.may(Action::Estimate);
    Judged {
        need: may_estimate.then(|| need_form(visit, facts, picture, form("estimates"))),
        ability: may_estimate.then(|| ability_form(visit, facts, form("ability"))),
        target: rights.may(Action::SetTarget).then(|| target_form(visit, facts, picture, form("target"))),
        segment: rights
            .may(Action::SetOverride)
            .then(|| segment_form(visit, facts, picture, (form("override"), form("override/removal")))),
    }
}

/// Prefilled with what is in force: saving it as it is says that it still holds.
fn need_form(visit: &Visit<'_>, facts: &Facts, picture: &Picture, form: Form) -> NeedForm {
    let t = visit.t;
    let in_force = picture.values.worth.in_force.estimates();
    let kept = |group: Option<GroupNo>| {
        let estimate = in_force.iter().find(|estimate| estimate.group == group);
        estimate.map_or_else(String::new, |estimate| t.typed_amount(estimate.yearly_need))
    };
    let groups = &visit.base.company.offering.groups;
    let fields = groups.iter().zip(0..).map(|(group, number)| {
        let number = GroupNo(number);
        let sold = sold(facts, visit, Some(number));
        let field = form.number(&format!("need-{}", group.id.0), &group.name, kept(Some(number)));
        field.hint(t.sold_in_window(&t.money(sold)))
    });
    let all = form.number(TOTAL, t.need_total(t.currency.sign()), kept(None));
    let estimators = [("owner", t.estimator_owner()), ("customer", t.estimator_customer())];
    let estimators = estimators.map(|(value, label)| (value.to_owned(), label.to_owned()));
    NeedForm {
        total: all.hint(t.sold_in_window(&t.money(sold(facts, visit, None)))),
        groups: fields.collect(),
        estimator: form.choice("estimator", t.estimator(), "owner", estimators),
        justification: form.line("justification", t.justification(), ""),
        version: facts.judgements().estimates.to_string(),
        form,
    }
}

/// Net sales of the window, of a group or in all.
fn sold(facts: &Facts, visit: &Visit<'_>, group: Option<GroupNo>) -> Money {
    let window = Window::of(visit.on());
    let counts = |day| window.first <= day && day <= window.last;
    facts
        .sales
        .iter()
        .filter(|line| {
            line.exists(visit.on()) && counts(line.day) && (group.is_none() || line.group == group)
        })
        .map(|line| line.net)
        .sum()
}

fn ability_form(visit: &Visit<'_>, facts: &Facts, form: Form) -> SmallForm {
    let t = visit.t;
    let kept = newest_ability(visit, facts);
    let names = [t.ability_people(), t.ability_offering(), t.ability_processes(), t.ability_relationship()];
    let fields = ABILITY.into_iter().zip(names).zip(0..).map(|((name, label), place): (_, usize)| {
        let kept = kept.map_or_else(String::new, |scores| scores[place].to_string());
        form.choice(name, label, kept, scores(t))
    });
    SmallForm { fields: fields.collect(), version: facts.judgements().abilities.to_string(), form }
}

fn newest_ability(visit: &Visit<'_>, facts: &Facts) -> Option<[u8; 4]> {
    let newest = ability_in_force(facts, visit.on())?;
    Some([newest.people, newest.offering, newest.processes, newest.relationship])
}

fn scores(t: Texts) -> Vec<(String, String)> {
    let labels = [t.choose(), t.score_1(), t.score_2(), t.score_3(), t.score_4(), t.score_5()];
    let value = |score: usize| if score == 0 { String::new() } else { score.to_string() };
    labels.into_iter().enumerate().map(|(score, label)| (value(score), label.to_owned())).collect()
}

fn target_form(visit: &Visit<'_>, facts: &Facts, picture: &Picture, form: Form) -> SmallForm {
    let t = visit.t;
    let this_year = visit.today.year();
    let years = (this_year..=this_year + YEARS_AHEAD_MAX).map(|year| (year.to_string(), year.to_string()));
    let kept = picture.values.customer_target.map_or_else(String::new, |target| t.typed_amount(target));
    let target = form.number("target", t.target_euros(t.currency.sign()), kept);
    SmallForm {
        fields: vec![form.choice("year", t.year(), this_year.to_string(), years), target],
        version: facts.judgements().targets.to_string(),
        form,
    }
}

fn segment_form(
    visit: &Visit<'_>,
    facts: &Facts,
    picture: &Picture,
    (form, removal): (Form, Form),
) -> SegmentForm {
    let t = visit.t;
    let decision = decision_in_force(picture);
    let choose = (String::new(), t.choose().to_owned());
    let segments = Segment::ALL
        .into_iter()
        .map(|segment| (segment.name().to_owned(), t.segment_name(Some(segment)).to_owned()));
    let kept = decision.and_then(|decision| decision.segment).map_or("", Segment::name);
    let review = decision.map_or_else(|| visit.today.plus_months(12), |decision| decision.review);
    let fields = vec![
        form.choice("segment", t.segment(), kept, [choose].into_iter().chain(segments)),
        form.lines("reason", t.reason(), "", 2).hint(t.reason_hint()),
        form.day("review", t.review_day(), review.to_string()).hint(t.review_hint()),
    ];
    let version = facts.judgements().overrides.to_string();
    SegmentForm { fields, version, removal: decision.map(|_| removal), form }
}

fn decision_in_force(picture: &Picture) -> Option<SegmentOverride> {
    picture.history.last().and_then(|last| last.decision).filter(|decision| decision.segment.is_some())
}

/// How many judgements the form was drawn from.
fn read(change: &Change<'_>) -> Read {
    change.typed.text("version").parse().ok()
}

/// Where others have judged meanwhile, what is so now is told beside what was typed.
fn or_now(
    change: &Change<'_>,
    id: AccountId,
    outcome: Result<(), Fault>,
    now: impl Fn(&Facts, &Picture) -> Vec<Now>,
) -> Result<(), Fault> {
    match outcome {
        Err(Fault::Act(ActError::Stale(_))) => {
            let (facts, picture) = known(change, id)?;
            Err(stale(change, now(&facts, &picture)))
        }
        outcome => outcome,
    }
}

/// What others have told can stand beside no field where it is not seen yet: then it is said of the whole form.
fn stale(change: &Change<'_>, now: Vec<Now>) -> Fault {
    match now.is_empty() {
        true => Wrong::form(change.visit.t.stale_form()).into(),
        false => Fault::Stale(now),
    }
}

fn known(change: &Change<'_>, id: AccountId) -> Result<(Facts, Picture), Fault> {
    let visit = change.visit;
    let known = change.store.read(|reader| picture_of(reader, &visit.base, id, visit.on()))?;
    known.ok_or(Fault::Act(ActError::NotThere))
}

fn now(field: &str, value: impl Into<String>) -> Now {
    Now { field: field.to_owned(), value: value.into() }
}

fn in_force(visit: &Visit<'_>, picture: &Picture) -> Vec<Need> {
    let groups = &visit.base.company.offering.groups;
    let group = |number: GroupNo| groups.get(number.0 as usize).map(|group| group.id);
    let need =
        |estimate: &Estimate| Need { group: estimate.group.and_then(group), yearly: estimate.yearly_need };
    picture.values.worth.in_force.estimates().iter().map(need).collect()
}

fn needs_now(visit: &Visit<'_>, picture: &Picture) -> Vec<Now> {
    let groups = &visit.base.company.offering.groups;
    let in_force = picture.values.worth.in_force.estimates();
    let need = |estimate: &Estimate| {
        let group = estimate.group.and_then(|group| groups.get(group.0 as usize));
        let field = group.map_or_else(|| TOTAL.to_owned(), |group| format!("need-{}", group.id.0));
        now(&field, visit.t.money(estimate.yearly_need))
    };
    in_force.iter().map(need).collect()
}

fn ability_now(visit: &Visit<'_>, facts: &Facts) -> Vec<Now> {
    let newest = newest_ability(visit, facts).into_iter().flatten();
    ABILITY.into_iter().zip(newest).map(|(name, score)| now(name, score.to_string())).collect()
}

fn target_now(visit: &Visit<'_>, facts: &Facts, year: i16) -> Vec<Now> {
    let newest = customer_target(facts, year, visit.on());
    vec![now("target", newest.map_or_else(String::new, |target| visit.t.money(target)))]
}

fn segment_now(visit: &Visit<'_>, picture: &Picture) -> Vec<Now> {
    let t = visit.t;
    match decision_in_force(picture) {
        Some(decision) => {
            vec![now("segment", t.segment_name(decision.segment)), now("review", t.date(decision.review))]
        }
        None => vec![now("segment", t.segment_by_model())],
    }
}

pub async fn take_estimate(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, &["need-*", "estimator", "justification"], |change, id| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        let mut needs = Vec::new();
        for (name, _) in change.typed.beginning("need-").filter(|(_, typed)| !typed.is_empty()) {
            let field = format!("need-{name}");
            let group = match name {
                "total" => None,
                group => match Uuid::parse_str(group) {
                    Ok(group) => Some(GroupId(group)),
                    Err(_) => return Err(Wrong::form(change.visit.t.unknown_field(&field)).into()),
                },
            };
            if let Some(yearly) = reading.money(&field) {
                if let Some(problem) = outside(yearly, &NEED) {
                    reading.fault(&field, &problem);
                }
                needs.push(Need { group, yearly });
            }
        }
        let both = |needs: &[Need]| {
            needs.iter().any(|need| need.group.is_none()) && needs.iter().any(|need| need.group.is_some())
        };
        let estimator = reading.choice("estimator", Estimator::parse);
        let justification = reading.lines("justification", NOTE_MAX);
        if change.typed.beginning("need-").all(|(_, typed)| typed.is_empty()) {
            reading.wrong(Wrong::field(TOTAL, change.visit.t.need_missing()));
        }
        reading.end()?;
        // Of the two what was typed now counts, not what stood there from before.
        if both(&needs) {
            let (facts, picture) = known(change, id)?;
            if read(change) != Some(facts.judgements().estimates) {
                return Err(stale(change, needs_now(change.visit, &picture)));
            }
            let before = in_force(change.visit, &picture);
            needs.retain(|need| !before.contains(need));
        }
        if both(&needs) {
            return Err(Wrong::field(TOTAL, change.visit.t.need_either_or()).into());
        }
        if needs.is_empty() {
            return Err(Wrong::field(TOTAL, change.visit.t.need_missing()).into());
        }
        let estimator = estimator.unwrap_or(Estimator::Owner);
        let told = estimate(change.store, &change.by(), (id, read(change)), needs, estimator, justification);
        or_now(change, id, told.map_err(Fault::from), |_, picture| needs_now(change.visit, picture))
    })
    .await
}

pub async fn take_ability(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, &ABILITY, |change, id| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        let scores = ABILITY.map(|name| {
            reading.needed(name);
            reading.whole(name, 1, 5).unwrap_or(1) as u8
        });
        let told = reading.ask(change, |by| score(change.store, by, (id, read(change)), scores));
        or_now(change, id, told, |facts, _| ability_now(change.visit, facts))
    })
    .await
}

pub async fn take_target(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, &["year", "target"], |change, id| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        reading.needed("target");
        let this_year = change.visit.today.year();
        let year = reading.whole("year", this_year.into(), (this_year + YEARS_AHEAD_MAX).into());
        let target = reading.money("target").unwrap_or(Money::ZERO);
        let year = year.map_or(this_year, |year| year as i16);
        let told = reading.ask(change, |by| set_target(change.store, by, (id, read(change)), year, target));
        or_now(change, id, told, |facts, _| target_now(change.visit, facts, year))
    })
    .await
}

pub async fn take_override(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, &["segment", "reason", "review"], |change, id| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        reading.needed("segment");
        reading.needed("reason");
        let segment = reading.choice("segment", Segment::parse);
        let reason = reading.lines("reason", NOTE_MAX).unwrap_or_default();
        let review = reading.day("review");
        let segment = segment.unwrap_or(Segment::Efficiency);
        let told =
            reading.ask(change, |by| decide(change.store, by, (id, read(change)), segment, reason, review));
        or_now(change, id, told, |_, picture| segment_now(change.visit, picture))
    })
    .await
}

pub async fn take_override_back(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, &[], |change, id| {
        let told = take_back(change.store, &change.by(), (id, read(change)));
        or_now(change, id, told.map_err(Fault::from), |_, picture| segment_now(change.visit, picture))
    })
    .await
}
