//! What people judge of a customer, each in one small form: the yearly need by product group, our ability to create
//! value, the target of the year, and a segment set by hand.

use super::take;
use crate::{
    Web,
    ask::Ids,
    change::{Attempt, Change, Fault, Field, Form, Reading, Sent, Wrong},
    rights::Rights,
    texts::Texts,
    web::Visit,
};
use axum::{extract::State, response::Response};
use luotsi_app::{
    base::{Need, estimate, score, set_target},
    rules::YEARS_AHEAD_MAX,
    segmentation::{decide, take_back},
    steering::picture_of,
    text::NOTE_MAX,
};
use luotsi_core::{
    account::AccountId,
    base::{Estimate, Estimator, Facts, Window},
    offering::{GroupId, GroupNo},
    people::policy::Action,
    steering::Picture,
    strategy::Segment,
    units::Money,
};
use uuid::Uuid;

/// The forms of judgement that the viewer may use; drawn by `account/judged.html`.
pub struct Judged {
    pub need: Option<NeedForm>,
    pub ability: Option<SmallForm>,
    pub target: Option<SmallForm>,
    pub segment: Option<SegmentForm>,
}

pub struct NeedForm {
    pub form: Form,
    pub total: Field,
    pub groups: Vec<Field>,
    pub estimator: Field,
    pub justification: Field,
}

pub struct SmallForm {
    pub form: Form,
    pub fields: Vec<Field>,
}

pub struct SegmentForm {
    pub form: Form,
    pub fields: Vec<Field>,
    /// A segment set by hand can be taken back.
    pub removal: Option<Form>,
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
        target: rights.may(Action::SetTarget).then(|| target_form(visit, picture, form("target"))),
        segment: rights
            .may(Action::SetOverride)
            .then(|| segment_form(visit, picture, form("override"), form("override/removal"))),
    }
}

/// Whole euros as one would type them.
fn euros(money: Money) -> String {
    match money.cents % 100 {
        0 => (money.cents / 100).to_string(),
        _ => money.to_string(),
    }
}

/// Prefilled with what is in force: saving it as it is says that it still holds.
fn need_form(visit: &Visit<'_>, facts: &Facts, picture: &Picture, form: Form) -> NeedForm {
    let t = visit.t;
    let in_force = picture.values.worth.in_force.estimates();
    let kept = |group: Option<GroupNo>| {
        let estimate = in_force.iter().find(|estimate| estimate.group == group);
        estimate.map_or_else(String::new, |estimate| euros(estimate.yearly_need))
    };
    let groups = &visit.base.company.offering.groups;
    let fields = groups.iter().zip(0..).map(|(group, number)| {
        let number = GroupNo(number);
        let sold = sold(facts, visit, Some(number));
        let field = form.number(&format!("need-{}", group.id.0), &group.name, kept(Some(number)));
        field.hint(t.sold_in_window(&t.money(sold)))
    });
    let all = form.number("need-total", t.need_total(t.currency.sign()), kept(None));
    let estimators = [("owner", t.estimator_owner()), ("customer", t.estimator_customer())];
    let estimators = estimators.map(|(value, label)| (value.to_owned(), label.to_owned()));
    NeedForm {
        total: all.hint(t.sold_in_window(&t.money(sold(facts, visit, None)))),
        groups: fields.collect(),
        estimator: form.choice("estimator", t.estimator(), "owner", estimators),
        justification: form.line("justification", t.justification(), ""),
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
    let newest = facts
        .abilities
        .iter()
        .filter(|ability| ability.day <= visit.on() && ability.known.on(visit.on()))
        .max_by_key(|ability| ability.day);
    let kept =
        newest.map(|ability| [ability.people, ability.offering, ability.processes, ability.relationship]);
    let names = [
        ("people", t.ability_people()),
        ("offering", t.ability_offering()),
        ("processes", t.ability_processes()),
        ("relationship", t.ability_relationship()),
    ];
    let fields = names.into_iter().enumerate().map(|(place, (name, label))| {
        let kept = kept.map_or_else(String::new, |scores| scores[place].to_string());
        form.choice(name, label, kept, scores(t))
    });
    SmallForm { fields: fields.collect(), form }
}

fn scores(t: Texts) -> Vec<(String, String)> {
    let labels = [t.choose(), t.score_1(), t.score_2(), t.score_3(), t.score_4(), t.score_5()];
    let value = |score: usize| if score == 0 { String::new() } else { score.to_string() };
    labels.into_iter().enumerate().map(|(score, label)| (value(score), label.to_owned())).collect()
}

fn target_form(visit: &Visit<'_>, picture: &Picture, form: Form) -> SmallForm {
    let t = visit.t;
    let this_year = visit.today.year();
    let years = (this_year..=this_year + YEARS_AHEAD_MAX).map(|year| (year.to_string(), year.to_string()));
    let kept = picture.values.customer_target.map_or_else(String::new, euros);
    let target = form.number("target", t.target_euros(t.currency.sign()), kept);
    SmallForm { fields: vec![form.choice("year", t.year(), this_year.to_string(), years), target], form }
}

fn segment_form(visit: &Visit<'_>, picture: &Picture, form: Form, removal: Form) -> SegmentForm {
    let t = visit.t;
    let decision =
        picture.history.last().and_then(|last| last.decision).filter(|decision| decision.segment.is_some());
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
    SegmentForm { fields, removal: decision.map(|_| removal), form }
}

fn needs_in_force(change: &Change<'_>, id: AccountId) -> Result<Vec<Need>, Fault> {
    let visit = change.visit;
    let known = change.store.read(|reader| picture_of(reader, &visit.base, id, visit.on()))?;
    let in_force =
        known.map_or_else(Vec::new, |(_, picture)| picture.values.worth.in_force.estimates().to_vec());
    let groups = &visit.base.company.offering.groups;
    let group = |number: GroupNo| groups.get(number.0 as usize).map(|group| group.id);
    let need =
        |estimate: Estimate| Need { group: estimate.group.and_then(group), yearly: estimate.yearly_need };
    Ok(in_force.into_iter().map(need).collect())
}

pub async fn take_estimate(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, &["need-*", "estimator", "justification"], |change, id| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        let mut needs = Vec::new();
        for (name, typed) in change.typed.beginning("need-").filter(|(_, typed)| !typed.is_empty()) {
            let field = format!("need-{name}");
            let group = match name {
                "total" => None,
                group => match Uuid::parse_str(group) {
                    Ok(group) => Some(GroupId(group)),
                    Err(_) => return Err(Wrong::form(change.visit.t.unknown_field(&field)).into()),
                },
            };
            if let Some(yearly) = reading.money(&field) {
                needs.push((typed, Need { group, yearly }));
            }
        }
        let both = |needs: &[(&str, Need)]| {
            needs.iter().any(|(_, need)| need.group.is_none())
                && needs.iter().any(|(_, need)| need.group.is_some())
        };
        // Of the two what was typed now counts, not what stood there from before.
        if both(&needs) {
            let before = needs_in_force(change, id)?;
            needs.retain(|(_, need)| !before.contains(need));
        }
        if both(&needs) {
            return Err(Wrong::field("need-total", change.visit.t.need_either_or()).into());
        }
        let estimator = reading.choice("estimator", Estimator::parse);
        let justification = reading.lines("justification", NOTE_MAX);
        reading.end()?;
        if needs.is_empty() {
            return Err(Wrong::field("need-total", change.visit.t.need_missing()).into());
        }
        let needs = needs.into_iter().map(|(_, need)| need).collect();
        let estimator = estimator.unwrap_or(Estimator::Owner);
        Ok(estimate(change.store, &change.by(), id, needs, estimator, justification)?)
    })
    .await
}

pub async fn take_ability(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    const FIELDS: [&str; 4] = ["people", "offering", "processes", "relationship"];
    take(web, id, sent, &FIELDS, |change, id| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        let scores = FIELDS.map(|name| {
            reading.needed(name);
            reading.whole(name, 1, 5).unwrap_or(1) as u8
        });
        reading.end()?;
        Ok(score(change.store, &change.by(), id, scores)?)
    })
    .await
}

pub async fn take_target(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, &["year", "target"], |change, id| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        reading.needed("target");
        let this_year = change.visit.today.year();
        let year = reading.whole("year", this_year.into(), (this_year + YEARS_AHEAD_MAX).into());
        let target = reading.money("target");
        reading.end()?;
        let year = year.map_or(this_year, |year| year as i16);
        Ok(set_target(change.store, &change.by(), id, year, target.unwrap_or(Money::ZERO))?)
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
        reading.end()?;
        match segment {
            Some(segment) => Ok(decide(change.store, &change.by(), id, segment, reason, review)?),
            None => Ok(()),
        }
    })
    .await
}

pub async fn take_override_back(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, &[], |change, id| Ok(take_back(change.store, &change.by(), id)?)).await
}
