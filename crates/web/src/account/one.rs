//! One account: its segment and values with what they rest on, its care, what Luotsi proposes, what has happened.

use super::{
    beside::{Beside, beside},
    facts::{Drawn, FactsView, facts_view},
    group::{Group, group_of},
    judged::{Judged, judged},
    months::{Months, months},
    there::{CONTACTS_MAX, There, there},
    timeline::{Timeline, timeline},
    values::{ValueView, values},
    view::AccountView,
    why::why,
};
use crate::{
    Web,
    activity::{LogLine, Receipt, Usual, receipt},
    ask::{Ask, Ids},
    change::Attempt,
    error::WebError,
    markup::Markup,
    page::{Page, Section},
    parts::{Rhythm, SegmentChip, share_bullet},
    rights::Relations,
    steering::{ProposalView, StakeView, Told, account_proposals, answer::Answering, stake, told},
    texts::Texts,
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_app::steering::picture_of;
use luotsi_core::{
    account::AccountId,
    activity::{Activity, ActivityState},
    base::Facts,
    care::{CareState, CareStatus, Silence},
    people::policy::Action,
    steering::Picture,
    strategy::CareRule,
};
use luotsi_store::{
    Reader,
    account::page::{Contact, contacts_and_count, told_on},
    segmentation::page::decision_reason,
    steering::{DeviationRow, open_deviations, page::proposals_about},
};

#[derive(Template)]
#[template(path = "account/account.html")]
pub struct AccountPage {
    page: Page,
    beside: Option<Beside>,
    receipt: Option<Receipt>,
    log: Option<LogLine>,
    segment: SegmentChip,
    header: Vec<String>,
    segment_why: Vec<String>,
    values: Vec<ValueView>,
    proposals: Vec<ProposalView>,
    care_title: String,
    care_line: Option<String>,
    care: Vec<CareRow>,
    deviations: Vec<DeviationView>,
    timeline: Timeline,
    facts: FactsView,
    known: Vec<Fact>,
    group: Option<Group>,
    there: There,
    judged: Judged,
    months: Option<Months>,
    next_step: Option<NextStep>,
}

struct NextStep {
    sentence: String,
    overdue: Option<&'static str>,
}

struct CareRow {
    name: String,
    state: &'static str,
    state_name: &'static str,
    bullet: Markup,
    age: String,
    facts: Vec<String>,
}

struct DeviationView {
    id: String,
    told: Told,
    stake: StakeView,
}

struct Fact {
    name: String,
    value: String,
}

pub async fn account(State(web): State<Web>, Ids([id]): Ids<1>, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| account_page(reader, visit, AccountId(id), &Attempt::none())).await
}

/// The account's page, with a form that was sent from it.
pub fn account_page(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    id: AccountId,
    attempt: &Attempt,
) -> Result<AccountPage, WebError> {
    let t = visit.t;
    let relations = Relations::load(reader, visit, &[id])?;
    let rights = relations.rights(id);
    let view = AccountView::of(&visit.ask.url);
    let here = view.first_page();
    let own_forms = attempt.clone().along(here.query());
    let here = here.url(id);
    let told = told_on(reader, id, visit.today)?.ok_or(WebError::NotFound)?;
    let (facts, picture) = picture_of(reader, &visit.base, id, visit.on())?.ok_or(WebError::NotFound)?;
    let version = facts.account.on(visit.on()).or(facts.account.versions.first());
    let owner =
        version.and_then(|version| version.owner).and_then(|owner| visit.base.company.people.get(owner));

    let reason = match picture.history.last().and_then(|last| last.decision) {
        Some(_) => decision_reason(reader, id, visit.on())?,
        None => None,
    };
    let drawn = Drawn {
        visit,
        id,
        facts: &told.facts,
        parent_name: told.parent_name.as_deref(),
        rights,
        attempt: &own_forms,
    };
    let owner_name = owner.map_or(t.owner_none().to_owned(), |person| person.name.clone());
    let proposals = proposals_about(reader, id)?;
    let (contacts, contact_count) = contacts_and_count(reader, id, CONTACTS_MAX)?;
    let answering = Answering::of_account(visit, attempt, relations, (id, &contacts), here.clone());
    let parent = told.facts.parent.zip(told.parent_name.clone());

    Ok(AccountPage {
        page: visit.page(Section::Accounts, &told.facts.name, Vec::new()),
        beside: beside(reader, visit, id, &view)?,
        receipt: receipt(reader, visit, view.logged.as_deref(), &here)?,
        log: rights.may(Action::LogActivity).then(|| LogLine {
            back: Some(here),
            is_lead: proposals.is_empty(),
            ..log_line(visit, &facts, &contacts, &own_forms)
        }),
        segment: SegmentChip::new(picture.segment(), t),
        header: header(visit, &picture, &owner_name),
        segment_why: why(visit, &picture.history, reason.as_deref()),
        values: values(visit, &picture.values),
        proposals: account_proposals(visit, &answering, &proposals),
        care_title: match picture.segment() {
            Some(segment) => t.care_model_of(t.segment_name(Some(segment))),
            None => t.care().to_owned(),
        },
        care_line: care_line(t, &picture),
        care: picture
            .care
            .iter()
            .map(|status| care_row(visit, status))
            .chain(picture.silence.as_ref().map(|silence| silence_row(t, silence)))
            .collect(),
        deviations: deviation_views(visit, open_deviations(reader, &[id])?),
        timeline: timeline(reader, visit, (id, &facts), &view)?,
        facts: facts_view(reader, &drawn)?,
        known: known_facts(t, &told.external_ids, &picture),
        group: group_of(reader, visit, id, parent)?,
        there: there(visit, (id, &facts), (contacts, contact_count), rights, &own_forms),
        judged: judged(visit, id, (&facts, &picture), rights, &own_forms),
        months: months(visit, &facts),
        next_step: next_plan(visit, &facts),
    })
}

fn log_line(visit: &Visit<'_>, facts: &Facts, contacts: &[Contact], attempt: &Attempt) -> LogLine {
    let account = &facts.account;
    let form = attempt.form("log", &format!("/accounts/{}/activities", account.id.0), visit.t);
    LogLine::with_contacts(visit, form, account.id, &account.name, contacts.to_vec(), Usual::default())
}

fn header(visit: &Visit<'_>, picture: &Picture, owner: &str) -> Vec<String> {
    let t = visit.t;
    let by = match picture.history.last().and_then(|last| last.decision) {
        Some(decision) if decision.segment.is_some() => Some(t.segment_by_hand().to_owned()),
        Some(_) | None => None,
    };
    let state = t.customer_state_name(picture.state()).to_owned();
    by.into_iter().chain([owner.to_owned(), state]).collect()
}

fn care_line(t: Texts, picture: &Picture) -> Option<String> {
    let late = |status: &&CareStatus| status.state == CareState::Late;
    let kept = picture.care.len() - picture.care.iter().filter(late).count();
    (!picture.care.is_empty())
        .then(|| t.care_kept_share(&t.number(kept as i64), &t.number(picture.care.len() as i64)))
}

fn care_row(visit: &Visit<'_>, status: &CareStatus) -> CareRow {
    let t = visit.t;
    let (state, name) = (t.care_state(status.state), t.care_line_name(&status.line.name));
    let (age, bullet) = match status.line.rule {
        // Completed in time: time no longer runs for it.
        CareRule::Entering { times, .. } if i64::from(times) <= status.done => {
            let age = t.done_of(status.done, times.into());
            let bullet = share_bullet(1_000_000, &t.bullet_reading(&name, &age, state));
            (age, bullet)
        }
        CareRule::Entering { times, .. } => {
            let age = format!("{} · {}", t.done_of(status.done, times.into()), age_of_rhythm(t, status));
            let bullet = rhythm(visit, status).bullet(&t.bullet_reading(&name, &age, state));
            (age, bullet)
        }
        CareRule::Rhythm { .. } => {
            let age = age_of_rhythm(t, status);
            let bullet = rhythm(visit, status).bullet(&t.bullet_reading(&name, &age, state));
            (age, bullet)
        }
    };
    CareRow { name, state, state_name: status.state.name(), bullet, age, facts: care_facts(t, status) }
}

fn age_of_rhythm(t: Texts, status: &CareStatus) -> String {
    t.age_of_rhythm(status.age, &t.decimal(status.rhythm.as_f64(), 0))
}

fn rhythm(visit: &Visit<'_>, status: &CareStatus) -> Rhythm {
    let calendar = &visit.strategy().calendar;
    Rhythm {
        age: status.age,
        due_at: calendar.working_days(status.counted_from, status.due_from),
        late_at: calendar.working_days(status.counted_from, status.late_from),
        state: status.state,
    }
}

/// When last, whether planned, when late, and the year so far.
fn care_facts(t: Texts, status: &CareStatus) -> Vec<String> {
    let last = match status.last == status.in_force_since {
        true => t.never_done_since(&t.date(status.last)),
        false => t.last_done(&t.date(status.last)),
    };
    let planned = status.planned_for.map(|day| t.covered_on(&t.day(day)));
    let late = match status.state {
        CareState::Late => Some(t.late_since(&t.date(status.late_from))),
        CareState::Due => Some(t.becomes_late(&t.day(status.late_from))),
        CareState::Kept => None,
    };
    let year = match status.line.rule {
        CareRule::Rhythm { .. } => {
            Some(t.this_year(status.done, &t.decimal(status.expected_to_date.as_f64(), 1)))
        }
        CareRule::Entering { .. } => None,
    };
    [Some(last), planned, late, year].into_iter().flatten().collect()
}

fn silence_row(t: Texts, silence: &Silence) -> CareRow {
    let state = match (silence.days <= silence.limit, silence.is_held) {
        (true, _) => CareState::Kept,
        (false, true) => CareState::Due,
        (false, false) => CareState::Late,
    };
    let age = t.silence_days(silence.days, silence.limit);
    let bullet = Rhythm { age: silence.days, due_at: silence.limit, late_at: silence.limit, state };
    CareRow {
        bullet: bullet.bullet(&t.bullet_reading(t.silence(), &age, t.care_state(state))),
        name: t.silence().to_owned(),
        state: t.care_state(state),
        state_name: state.name(),
        age,
        facts: vec![t.last_done(&t.date(silence.last))],
    }
}

/// Those with most euros at stake first.
fn deviation_views(visit: &Visit<'_>, mut rows: Vec<DeviationRow>) -> Vec<DeviationView> {
    rows.sort_by_key(|row| std::cmp::Reverse(row.stake));
    rows.iter().map(|row| deviation_view(visit, row)).collect()
}

fn deviation_view(visit: &Visit<'_>, row: &DeviationRow) -> DeviationView {
    DeviationView {
        id: format!("deviation-{}", row.id),
        told: told(visit, row),
        stake: stake(visit.t, row.side, row.stake),
    }
}

/// What nobody tells but what follows from sales, and what other systems call the account.
fn known_facts(t: Texts, external_ids: &[(String, String)], picture: &Picture) -> Vec<Fact> {
    let ids: Vec<String> = external_ids.iter().map(|(source, id)| format!("{source} {id}")).collect();
    let orders = &picture.values.orders;
    let fact = |name: &str, value: Option<String>| {
        let value = value.filter(|value| !value.is_empty())?;
        Some(Fact { name: name.to_owned(), value })
    };
    [
        fact(t.last_order(), Some(orders.last.map_or(t.never_ordered().to_owned(), |day| t.day(day)))),
        fact(t.usual_gap(), orders.usual_gap().map(|gap| t.days(gap.as_f64().round() as i64))),
        fact(t.external_ids(), Some(ids.join(", "))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What is planned next; a plan whose day went by does not vanish.
fn next_plan(visit: &Visit<'_>, facts: &Facts) -> Option<NextStep> {
    let planned = |activity: &&Activity| {
        activity.state == ActivityState::Planned && activity.known.on(visit.today) && !activity.is_unanswered
    };
    let next = facts.activities.iter().filter(planned).min_by_key(|activity| activity.day)?;
    let t = visit.t;
    Some(NextStep {
        sentence: t.next_step_planned(t.activity_kind(next.kind), &t.day(next.day)),
        overdue: (next.day < visit.today).then(|| t.plan_passed()),
    })
}
