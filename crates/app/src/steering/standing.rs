//! An account's picture in the numbers and names that are kept.

use super::base::Base;
use luotsi_core::{
    base::Facts,
    care::CareState,
    segmentation::Evaluation,
    steering::{Answered, Picture, Side, next_check},
    strategy::Segment,
    units::{Money, Ratio},
};
use luotsi_store::{segmentation::SegmentChangeRow, steering::StandingRow};

pub fn standing(facts: &Facts, answers: &[Answered], picture: &Picture, base: &Base) -> StandingRow {
    let values = &picture.values;
    let version = facts.account.on(picture.on);
    let owner = version.and_then(|version| version.owner).and_then(|owner| base.company.people.get(owner));
    let name = |segment: Segment| segment.name().to_owned();
    let last = picture.history.last().filter(|last| last.is_active);
    StandingRow {
        account: facts.account.id,
        next_check_on: next_check(facts, answers, picture, &base.company),
        owner: owner.map(|person| person.id),
        industry: version.and_then(|version| version.industry.clone()),
        size_class: version.and_then(|version| version.size_class.clone()),
        is_active: version.is_some_and(|version| version.is_active),
        customer_state: picture.state().name().to_owned(),
        current_value: values.current_value(),
        previous_value: values.previous_value,
        trend_millionths: values.trend.map(Ratio::millionths),
        last_order: values.orders.last,
        usual_gap_millionths: values.orders.usual_gap().map(Ratio::millionths),
        potential: values.worth.potential_value(),
        potential_method: values.worth.potential.map(|potential| potential.method.name().to_owned()),
        ability_millionths: values.ability.share.millionths(),
        is_ability_assumed: values.ability.is_assumed,
        reachable: values.reachable,
        share_of_wallet_millionths: values.share_of_wallet.map(|wallet| wallet.share.millionths()),
        customer_target: values.customer_target,
        segment: picture.segment().map(name),
        segment_automatic: last.and_then(Evaluation::automatic).map(name),
        segment_since: picture.history.entered(),
        care_lines: picture.care.len() as i64,
        care_lines_kept: picture.care.iter().filter(|status| status.state != CareState::Late).count() as i64,
        open_deviations: picture.deviations.len() as i64,
        stake_at_risk: largest_stake(picture, Side::AtRisk),
        stake_to_gain: largest_stake(picture, Side::ToGain),
    }
}

fn largest_stake(picture: &Picture, side: Side) -> Money {
    let stakes =
        picture.deviations.iter().map(|deviation| deviation.stake).filter(|stake| stake.side == side);
    stakes.map(|stake| stake.amount()).max().unwrap_or(Money::ZERO)
}

/// The days on which the automatic or the effective segment became another.
pub fn segment_changes(facts: &Facts, picture: &Picture) -> Vec<SegmentChangeRow> {
    let mut before = (None, None);
    let mut changes = Vec::new();
    for evaluation in &picture.history.evaluations {
        let now = (evaluation.automatic(), evaluation.effective());
        if now != before {
            changes.push(SegmentChangeRow {
                account: facts.account.id,
                day: evaluation.day,
                automatic: now.0.map(|segment| segment.name().to_owned()),
                effective: now.1.map(|segment| segment.name().to_owned()),
            });
            before = now;
        }
    }
    changes
}
