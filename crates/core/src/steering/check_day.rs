//! When an account has to be looked at again although none of its facts change.

use super::{Answered, Picture, answers};
use crate::{
    activity::ActivityState,
    base::{Company, Facts},
    care::CareStatus,
    segmentation::decision_in_force,
    strategy::CareRule,
    units::{Day, Month, Ratio},
};

/// The first day after the picture's on which anything kept about the account may differ, facts unchanged: borders of
/// care lines, plans and answers that lapse, facts that come into view, and the next month end, when everyone is evaluated.
pub fn next_check(facts: &Facts, answers: &[Answered], picture: &Picture, company: &Company) -> Day {
    let on = picture.on;
    let calendar = &company.strategies.on(on).calendar;
    let next_month_end = Month::last_whole(on).plus(1).last();
    let new_year = Day::new(on.year() + 1, 1, 1);
    [next_month_end]
        .into_iter()
        .chain(new_year)
        .chain(facts_coming_into_view(facts))
        .chain(company_changes(company))
        .chain(picture.values.orders.former_from())
        .chain(rhythm_breaks(picture))
        .chain(picture.care.iter().flat_map(|status| care_borders(status, company, on)))
        .chain(then_lines(picture, company))
        .chain(picture.silence.map(|silence| silence.since()))
        .chain(decision_in_force(facts, on).map(|decision| decision.review))
        .chain(picture.values.worth.in_force.estimates().iter().map(|estimate| estimate.day.plus_days(366)))
        .chain(plans(facts, picture))
        .chain(answers::turning_days(answers, facts, on, calendar))
        .filter(|day| on < *day)
        .min()
        .unwrap_or(next_month_end)
}

fn facts_coming_into_view(facts: &Facts) -> impl Iterator<Item = Day> {
    let sales = facts.sales.iter().flat_map(|line| [line.day, line.known.from, line.known.until]);
    let activities = facts.activities.iter().flat_map(|act| [act.day, act.known.from, act.known.until]);
    let estimates = facts.estimates.iter().flat_map(|fact| [fact.day, fact.known.from, fact.known.until]);
    let abilities = facts.abilities.iter().flat_map(|fact| [fact.day, fact.known.from, fact.known.until]);
    let targets = facts.targets.iter().flat_map(|fact| [fact.day, fact.known.from, fact.known.until]);
    let overrides = facts.overrides.iter().flat_map(|fact| [fact.from, fact.known.from, fact.known.until]);
    let team = facts
        .team
        .iter()
        .flat_map(|member| [member.from, member.until.tomorrow(), member.known.from, member.known.until]);
    let masters = facts.account.versions.iter().map(|version| version.from);
    sales
        .chain(activities)
        .chain(estimates)
        .chain(abilities)
        .chain(targets)
        .chain(overrides)
        .chain(team)
        .chain(masters)
}

fn company_changes(company: &Company) -> impl Iterator<Item = Day> {
    let people =
        company.people.people.iter().flat_map(|person| person.versions.iter().map(|version| version.from));
    people.chain(company.strategies.all().map(|version| version.from))
}

fn rhythm_breaks(picture: &Picture) -> Option<Day> {
    let orders = &picture.values.orders;
    Some(orders.last?.plus_days(orders.longest_gap()?.floor() + 1))
}

fn care_borders(status: &CareStatus, company: &Company, on: Day) -> impl Iterator<Item = Day> {
    let calendar = &company.strategies.on(on).calendar;
    let very_late = status.rhythm.times(Ratio::TWO).floor() + 1;
    [status.due_from, status.late_from, calendar.nth_working_day_after(status.counted_from, very_late)]
        .into_iter()
        .chain(status.closes_on)
}

/// Lines that come into force some working days after entering the segment.
fn then_lines(picture: &Picture, company: &Company) -> Vec<Day> {
    let strategy = company.strategies.on(picture.on);
    let (Some(segment), Some(entered)) = (picture.segment(), picture.history.entered()) else {
        return Vec::new();
    };
    let after = |rule: CareRule| match rule {
        CareRule::Rhythm { after, .. } => i64::from(after),
        CareRule::Entering { .. } => 0,
    };
    let lines = strategy.care_model(segment).map_or(&[][..], |model| &model.lines);
    let since =
        |line: &crate::strategy::CareLine| entered.max(company.strategies.line_since(segment, &line.kinds));
    lines.iter().map(|line| strategy.calendar.nth_working_day_after(since(line), after(line.rule))).collect()
}

/// A plan covers until its day has gone by. A line already late, and a silence, are covered by a plan as soon as it is
/// near enough, so an account with plans ahead and something late is looked at every day.
fn plans(facts: &Facts, picture: &Picture) -> Vec<Day> {
    let on = picture.on;
    let plans = facts.activities.iter().filter(|activity| activity.state == ActivityState::Planned);
    let ahead: Vec<Day> =
        plans.filter(|activity| activity.is_planned(on)).map(|activity| activity.day).collect();
    match ahead.is_empty() {
        true => Vec::new(),
        false => ahead.into_iter().map(Day::tomorrow).chain([on.tomorrow()]).collect(),
    }
}
