//! My day: what Luotsi proposes, why and for how many euros; what is planned; how the own customers are cared for.

pub mod answer;
pub mod handing;
mod one;
mod proposal;
mod results;
mod sentence;
pub mod substitution;

pub use one::one;
pub use proposal::{ProposalView, StakeView, Told, account_proposals, stake, told};
pub use sentence::{sentence, sentence_as_of};

use crate::{
    Web,
    account::{Shown, among},
    activity::{LogLine, Receipt, Usual, receipt, without_receipt},
    ask::{Ask, Wish},
    change::Attempt,
    empty::Empty,
    error::WebError,
    markup::Markup,
    page::{Page, Section},
    parts::{SegmentChip, share_bullet},
    scope::{Scope, first_for_days, offered_for_days},
    web::Visit,
};
use answer::Answering;
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_core::{
    account::AccountId,
    people::{PersonId, substitution::Substitution},
    strategy::Segment,
    units::Day,
};
use luotsi_store::{
    Reader,
    activity::page::{self as activities, Plan},
    people::{
        page::Whose,
        preference,
        substitution::{stood_in_for, substitutions_on},
    },
    steering::page::{
        OpenProposal, ProposalOrder, SegmentSum, Waiting, base_by_segment, count_proposals, proposals_of,
        put_off, waiting,
    },
};
use results::Results;
use serde::Deserialize;

/// One person's proposals are all ranked; of a team or the whole company those with most at stake.
const RANKED_MAX: i64 = 2_000;
const RANKED_OF_MANY_MAX: i64 = 200;
const BEHIND_MAX: usize = 50;
const PLANS_MAX: usize = 30;
const PEOPLE_MAX: usize = 15;

#[derive(Default, Deserialize)]
pub struct Asked {
    scope: Option<String>,
    /// How many of the proposals behind the day's have been turned over; they are shown only when asked for.
    behind: Option<String>,
    /// Which proposals of the list come first.
    sort: Option<String>,
    /// The plan that is being logged.
    log: Option<String>,
    /// What was just written down.
    logged: Option<String>,
    /// What was just changed of many, and how many of them were left out.
    change: Option<String>,
    left: Option<String>,
    /// Which these are, as far as an address holds them.
    out: Option<String>,
}

#[derive(Template)]
#[template(path = "steering/my_day.html")]
struct MyDay {
    page: Page,
    today: String,
    date: String,
    log: LogLine,
    receipt: Option<Receipt>,
    notice: Option<Notice>,
    proposals: Vec<ProposalView>,
    proposals_line: String,
    behind: Vec<ProposalView>,
    behind_next: Option<Turn>,
    empty: Empty,
    planned: Vec<PlanRow>,
    planned_line: Option<String>,
    planned_beyond: Option<String>,
    base_title: &'static str,
    base_line: String,
    base_href: String,
    base: Vec<SegmentRow>,
    people: Vec<PersonRow>,
    /// Where the proposals shown are handed to others, for those who see more than their own.
    hand_on_href: Option<String>,
    put_off: Vec<ProposalView>,
    put_off_line: String,
    stands_in: Option<String>,
    /// Of one person's day.
    results: Option<Results>,
}

struct Notice {
    sentence: String,
    command: Option<&'static str>,
}

struct Turn {
    href: String,
    label: String,
}

/// An account as a link, with its segment.
pub struct AccountLink {
    pub name: String,
    pub href: String,
    pub segment: SegmentChip,
}

struct PlanRow {
    id: String,
    when: String,
    is_passed: bool,
    what: &'static str,
    account: AccountLink,
    person: Option<String>,
    /// Where it is logged: in its place.
    href: String,
    line: Option<LogLine>,
    /// Where it is moved or taken back.
    edit_href: String,
}

struct SegmentRow {
    segment: SegmentChip,
    href: String,
    accounts: String,
    late_href: String,
    kept: String,
    bullet: Option<Markup>,
}

struct PersonRow {
    name: String,
    href: String,
    /// Until when they are away, and who stands in.
    away: Option<String>,
    proposals: String,
    overdue: Option<String>,
    old: Option<String>,
    /// How long the oldest of them has been open.
    oldest: String,
    oldest_href: String,
    stake: String,
}

pub async fn my_day(State(web): State<Web>, Wish(asked): Wish<Asked>, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| fill(reader, visit, &asked)).await
}

fn fill(reader: &Reader<'_>, visit: &Visit<'_>, asked: &Asked) -> Result<MyDay, WebError> {
    let t = visit.t;
    let offered = offered_for_days(visit);
    let scope = scope(visit, asked, &offered);
    let away = stood_in_for(reader, visit.viewer.id, visit.today)?;
    let of = DayOf::new(visit, scope, &away);
    let here = here(&visit.ask.url);
    let proposed = proposed(reader, visit, &of, asked.behind.as_deref(), &here)?;
    let planned = planned(reader, visit, &of, asked.log.as_deref(), &here)?;
    let base = base_by_segment(reader, &of.whose)?;
    let people = if of.is_of_many() { people(reader, visit, &of.whose)? } else { Vec::new() };
    let scopes = scope.choices(visit, &offered, |scope| format!("/?scope={}", scope.name()));
    let empty = match (proposed.todays.is_empty(), scope == Scope::Me && base.is_empty()) {
        (false, _) => Empty::default(),
        (true, true) => nothing_of_ones_own(visit, &offered),
        (true, false) => Empty {
            title: if visit.watch.is_some() { t.proposals_none() } else { t.first_watch_needed() },
            next: activities::next_plan(reader, &of.whose, visit.today)?
                .map(|day| t.proposals_none_next(&t.day(day))),
            ..Empty::default()
        },
    };

    Ok(MyDay {
        page: visit.page(Section::MyDay, &title(visit, scope), scopes),
        today: visit.today.to_string(),
        date: t.day_in_full(visit.today),
        log: log_line(visit, &here),
        receipt: receipt(reader, visit, asked.logged.as_deref(), &here)?,
        notice: notice(visit),
        proposals: proposed.todays,
        proposals_line: proposed.line,
        behind: proposed.behind,
        behind_next: proposed.behind_next,
        empty,
        planned: planned.rows,
        planned_line: planned.line,
        planned_beyond: planned.is_cut.then(|| t.more_planned().to_owned()),
        base_title: match scope {
            Scope::Me => t.own_base(),
            Scope::Team => t.team_base(),
            Scope::Person(_) | Scope::All => t.whole_base(),
        },
        base_line: t.accounts_count(base.iter().map(|sum| sum.accounts).sum()),
        base_href: base_of(scope),
        base: base_rows(visit, &base, scope),
        people,
        hand_on_href: (proposed.open > 0 && scope != Scope::Me)
            .then(|| format!("/proposals?scope={}", scope.name())),
        put_off_line: t.put_off_count(proposed.put_off.len() as i64),
        put_off: proposed.put_off,
        stands_in: stands_in(visit, scope, &away),
        results: of.person.map(|person| results::results(reader, visit, person)).transpose()?,
    })
}

/// Whose day is shown.
struct DayOf {
    scope: Scope,
    /// Of one's own day also those one stands in for.
    whose: Whose,
    /// The one person whose hours they are; `None` of many.
    person: Option<PersonId>,
}

impl DayOf {
    fn new(visit: &Visit<'_>, scope: Scope, away: &[PersonId]) -> Self {
        let me = visit.viewer.id;
        let (whose, person) = match scope {
            Scope::Me => (Whose::Of([me].into_iter().chain(away.iter().copied()).collect()), Some(me)),
            Scope::Person(person) => (scope.whose(visit), Some(person)),
            Scope::Team | Scope::All => (scope.whose(visit), None),
        };
        Self { scope, whose, person }
    }

    fn is_of_many(&self) -> bool {
        self.person.is_none()
    }
}

/// What Luotsi proposes: for the day, behind it, and what was put off.
struct Proposed {
    todays: Vec<ProposalView>,
    line: String,
    behind: Vec<ProposalView>,
    behind_next: Option<Turn>,
    put_off: Vec<ProposalView>,
    open: i64,
}

fn proposed(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    of: &DayOf,
    turned: Option<&str>,
    here: &str,
) -> Result<Proposed, WebError> {
    let ranked_max = if of.is_of_many() { RANKED_OF_MANY_MAX } else { RANKED_MAX };
    let open = if of.scope == Scope::Me { visit.open_proposals } else { count_proposals(reader, &of.whose)? };
    let day = plan_day(visit);
    let free = free_minutes(reader, visit, of, day)?;
    let ranking = proposal::Ranking { visit, free_minutes: free, day_of: of.person, list: None };
    let ranked = proposals_of(reader, &of.whose, ranked_max)?;
    let plan = ranking.rank(&ranked);
    let in_order = plan.today.iter().chain(&plan.later).map(|place| ranked[*place].account);
    let ranking = proposal::Ranking { list: Some(among(&Shown::Day(of.scope), in_order)), ..ranking };

    let today: Vec<&OpenProposal> = plan.today.iter().map(|place| &ranked[*place]).collect();
    let accounts: Vec<AccountId> = today.iter().map(|proposal| proposal.account).collect();
    let nothing_sent = Attempt::none();
    let answering = Answering::load(reader, visit, &nothing_sent, &accounts, here.to_owned())?;
    let todays = ranking.todays(&today, &answering);

    let behind_count = plan.later.len();
    let turned = turned.and_then(|turned| turned.parse::<usize>().ok());
    let turned = turned.map_or(behind_count, |turned| turned.min(behind_count));
    let behind: Vec<ProposalView> = (plan.later.iter().skip(turned).take(BEHIND_MAX))
        .map(|place| ranking.view(&ranked[*place]))
        .collect();
    let next = if behind.is_empty() { 0 } else { turned + behind.len() };
    let unread = open - (todays.len() + next) as i64;
    let put_off = put_off(reader, &of.whose, BEHIND_MAX as i64)?;
    Ok(Proposed {
        line: match of.is_of_many() {
            true => visit.t.proposals_ranked(open),
            false => fitted(visit, todays.len(), day, free, open),
        },
        todays,
        behind_next: (next < behind_count).then(|| behind_next(visit, of.scope, next, unread)),
        behind,
        put_off: put_off.iter().map(|proposal| ranking.view(proposal)).collect(),
        open,
    })
}

fn behind_next(visit: &Visit<'_>, scope: Scope, next: usize, unread: i64) -> Turn {
    let t = visit.t;
    Turn {
        href: format!("/?scope={}&behind={next}#behind", scope.name()),
        label: match next {
            0 => t.proposals_behind(unread),
            _ => t.proposals_next(&t.number(unread)),
        },
    }
}

/// The activities planned for today and this week, and those whose day has passed.
struct Planned {
    rows: Vec<PlanRow>,
    line: Option<String>,
    /// There are more than are shown.
    is_cut: bool,
}

fn planned(
    reader: &Reader<'_>,
    visit: &Visit<'_>,
    of: &DayOf,
    logged: Option<&str>,
    here: &str,
) -> Result<Planned, WebError> {
    let plans = activities::plans(reader, &of.whose, end_of_week(plan_day(visit)), 1 + PLANS_MAX as i64)?;
    let passed = plans.iter().filter(|plan| plan.day < visit.today).count();
    let rows = (plans.iter().take(PLANS_MAX))
        .map(|plan| {
            let row = plan_row(visit, plan, of.is_of_many(), here);
            let line = (logged == Some(plan.id.to_string().as_str()))
                .then(|| plan_line(reader, visit, plan, here))
                .transpose()?;
            Ok(PlanRow { line, ..row })
        })
        .collect::<Result<_, WebError>>()?;
    Ok(Planned { rows, line: planned_line(visit, plans.len(), passed), is_cut: plans.len() > PLANS_MAX })
}

/// The line in which whatever was done is logged.
fn log_line(visit: &Visit<'_>, here: &str) -> LogLine {
    let form = Attempt::none().form("log", "/activities", visit.t);
    let typed = form.line("account_name", visit.t.which_account(), "");
    let line = LogLine::with_any(visit, form, typed, Vec::new(), Usual::default());
    LogLine { back: Some(here.to_owned()), ..line.without_focus() }
}

/// What is asked, as far as it is offered; a person's day to those who are offered more than their own.
fn scope(visit: &Visit<'_>, asked: &Asked, offered: &[Scope]) -> Scope {
    match asked.scope.as_deref().and_then(Scope::parse) {
        Some(Scope::Person(person))
            if offered.len() > 1 && visit.base.context.person_numbers.contains_key(&person) =>
        {
            Scope::Person(person)
        }
        Some(scope) if offered.contains(&scope) => scope,
        Some(_) => Scope::Me,
        None => first_for_days(visit),
    }
}

fn title(visit: &Visit<'_>, scope: Scope) -> String {
    match scope {
        Scope::Person(person) => visit.t.day_of(&visit.person_name(Some(person))),
        Scope::Me => visit.t.my_day().to_owned(),
        Scope::Team => visit.t.teams_day().to_owned(),
        Scope::All => visit.t.everybodys_day().to_owned(),
    }
}

/// The day whose hours the proposals are fitted to: on a day off the next working day.
fn plan_day(visit: &Visit<'_>) -> Day {
    let calendar = &visit.strategy().calendar;
    match calendar.is_working_day(visit.today) {
        true => visit.today,
        false => calendar.nth_working_day_after(visit.today, 1),
    }
}

/// A day's minutes for customers, the person's own or else the company's, less what is planned already. Of many people's proposals a dozen are shown.
fn free_minutes(reader: &Reader<'_>, visit: &Visit<'_>, of: &DayOf, day: Day) -> Result<u32, WebError> {
    let Some(person) = of.person else { return Ok(u32::MAX) };
    let planned = activities::planned_minutes(reader, &of.whose, day)?;
    let minutes = preference::of(reader, person)?.day_minutes.unwrap_or(visit.strategy().day_minutes);
    Ok(minutes.saturating_sub(planned.clamp(0, i64::from(u32::MAX)) as u32))
}

fn notice(visit: &Visit<'_>) -> Option<Notice> {
    let t = visit.t;
    match &visit.watch {
        None => Some(Notice {
            sentence: format!("{} {}", t.never_looked(), t.never_looked_way()),
            command: Some("luotsi watch"),
        }),
        Some(watch) if watch.on < visit.today => {
            Some(Notice { sentence: t.looked_at(&t.day(watch.on)), command: None })
        }
        Some(_) => None,
    }
}

fn fitted(visit: &Visit<'_>, shown: usize, day: Day, free: u32, open: i64) -> String {
    let t = visit.t;
    let open = t.number(open);
    match day == visit.today {
        true => t.proposals_today(shown as i64, free.into(), &open),
        false => t.proposals_next_day(&t.day(day), shown as i64, free.into(), &open),
    }
}

fn end_of_week(today: Day) -> Day {
    today.plus_days(i64::from(6 - today.weekday()))
}

/// The day of somebody who has no accounts: there is more to see elsewhere.
fn nothing_of_ones_own(visit: &Visit<'_>, offered: &[Scope]) -> Empty {
    let t = visit.t;
    let (label, href) = match offered.contains(&Scope::All) {
        true => (t.proposals_of_all(), "/?scope=all"),
        false => (t.to_base(), "/base?scope=all"),
    };
    Empty::leading(t.proposals_none_without_accounts(), label, href)
}

fn planned_line(visit: &Visit<'_>, count: usize, passed: usize) -> Option<String> {
    let t = visit.t;
    match (count, passed) {
        (0, _) => None,
        (_, 0) => Some(t.planned_count(count as i64)),
        (_, _) => Some(format!("{}, {}", t.planned_count(count as i64), t.passed_count(passed as i64))),
    }
}

/// The address of the day itself: without the plan that is being logged and what was logged.
fn here(url: &str) -> String {
    let page = without_receipt(url);
    let Some((path, query)) = page.split_once('?') else { return page };
    let kept: Vec<&str> = query.split('&').filter(|part| !part.starts_with("log=")).collect();
    match kept.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", kept.join("&")),
    }
}

/// The line in which the plan is told to be done, as it was planned.
fn plan_line(reader: &Reader<'_>, visit: &Visit<'_>, plan: &Plan, here: &str) -> Result<LogLine, WebError> {
    let form = Attempt::none().form("plan-log", "/activities", visit.t);
    let usual =
        Usual { kind: Some(plan.kind), minutes: Some(plan.minutes), plan: Some(plan.id), ..Usual::default() };
    let line = LogLine::with_account(reader, visit, form, plan.account, &plan.account_name, usual)?;
    Ok(LogLine { note: line.note.clone().focused(), back: Some(here.to_owned()), ..line })
}

fn plan_row(visit: &Visit<'_>, plan: &Plan, names_people: bool, here: &str) -> PlanRow {
    let t = visit.t;
    let is_passed = plan.day < visit.today;
    let when = match is_passed {
        true => t.passed_days(visit.today.days_since(plan.day)),
        false if plan.day == visit.today => t.today().to_owned(),
        false => t.day(plan.day),
    };
    PlanRow {
        id: format!("plan-{}", plan.id),
        when,
        is_passed,
        what: t.activity_kind(plan.kind),
        account: AccountLink {
            name: plan.account_name.clone(),
            href: format!("/accounts/{}", plan.account.0),
            segment: SegmentChip::new(plan.segment, t),
        },
        person: names_people.then(|| visit.person_name(plan.person)),
        href: format!("{here}{}log={}#plan-{}", if here.contains('?') { '&' } else { '?' }, plan.id, plan.id),
        line: None,
        edit_href: format!("/accounts/{}/activities/{}", plan.account.0, plan.id),
    }
}

/// One row a segment in the order of the care they ask for; segments without accounts stand, so that rows keep still.
fn base_rows(visit: &Visit<'_>, sums: &[SegmentSum], scope: Scope) -> Vec<SegmentRow> {
    let of = |segment: Option<Segment>| sums.iter().find(|sum| sum.segment == segment);
    let named = Segment::ALL.into_iter().map(Some).map(|segment| (segment, of(segment)));
    let unassessed = of(None).map(|sum| (None, Some(sum)));
    match sums.is_empty() {
        true => Vec::new(),
        false => {
            named.chain(unassessed).map(|(segment, sum)| segment_row(visit, segment, sum, scope)).collect()
        }
    }
}

fn segment_row(
    visit: &Visit<'_>,
    segment: Option<Segment>,
    sum: Option<&SegmentSum>,
    scope: Scope,
) -> SegmentRow {
    let t = visit.t;
    let share = sum
        .filter(|sum| sum.care_lines > 0)
        .map(|sum| (sum.care_lines_kept as f64 * 1e6 / sum.care_lines as f64).round() as i64);
    let href = format!("{}&segment={}", base_of(scope), segment.map_or("none", Segment::name));
    SegmentRow {
        segment: SegmentChip::new(segment, t),
        late_href: format!("{href}&care=late&sort=-stake"),
        href,
        accounts: t.number(sum.map_or(0, |sum| sum.accounts)),
        kept: share.map_or(t.none().to_owned(), |share| t.percent(share)),
        bullet: share.map(|share| share_bullet(share, &format!("{} {}", t.care_kept(), t.percent(share)))),
    }
}

/// The list of the accounts that the sums count: those that are active.
pub fn base_of(scope: Scope) -> String {
    match scope {
        Scope::Person(person) => format!("/accounts?scope=all&owner={}&base=yes", person.0),
        Scope::Me | Scope::Team | Scope::All => format!("/accounts?scope={}&base=yes", scope.name()),
    }
}

/// A watch of a day to come opens proposals of that day.
fn open_days(visit: &Visit<'_>, opened_on: Day) -> i64 {
    visit.today.days_since(opened_on).max(0)
}

/// Those with whom most waits.
fn people(reader: &Reader<'_>, visit: &Visit<'_>, whose: &Whose) -> Result<Vec<PersonRow>, WebError> {
    let waiting = waiting(reader, whose, visit.today)?;
    let away = substitutions_on(reader, visit.today)?;
    Ok(waiting.iter().take(PEOPLE_MAX).map(|waiting| person_row(visit, waiting, &away)).collect())
}

fn person_row(visit: &Visit<'_>, waiting: &Waiting, away: &[Substitution]) -> PersonRow {
    let t = visit.t;
    let away = away.iter().find(|away| away.person == waiting.person);
    PersonRow {
        name: visit.person_name(Some(waiting.person)),
        href: format!("/?scope={}", waiting.person.0),
        away: away.map(|away| t.away_until(&t.date(away.until), &visit.person_name(Some(away.substitute)))),
        proposals: t.number(waiting.proposals),
        overdue: (waiting.overdue > 0)
            .then(|| format!("{}\u{a0}{}", t.number(waiting.overdue), t.overdue_proposals())),
        old: (waiting.old > 0).then(|| format!("{}\u{a0}{}", t.number(waiting.old), t.waited_long())),
        oldest: t.days_short(&t.number(open_days(visit, waiting.oldest_on))),
        oldest_href: handing::address(&waiting.person.0.to_string(), ProposalOrder::Age, 0),
        stake: t.short_money(waiting.stake),
    }
}

/// Told to whoever has others' proposals among the own ones.
fn stands_in(visit: &Visit<'_>, scope: Scope, away: &[PersonId]) -> Option<String> {
    let names: Vec<String> = away.iter().map(|person| visit.person_name(Some(*person))).collect();
    (scope == Scope::Me && !names.is_empty()).then(|| visit.t.stands_in_for(&names.join(", ")))
}
