//! The loop on small companies written down by hand: each test is one sentence of the rules.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod hand;

use hand::{account, company, day, done, estimate, growing, kinds, picture, planned, sale};
use luotsi_core::{
    activity::{Activity, ActivityKind},
    base::{Company, CustomerState, Facts, PeerMonth, Peers, SegmentOverride, peer},
    care::CareState,
    people::PersonNo,
    steering::{DeviationKind, OpenDeviation, Picture, Side, next_check, proposals},
    strategy::Segment,
    units::{Day, Known, Money, Month, Ratio},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[test]
fn the_current_value_is_of_the_twelve_whole_months() {
    let values = |on: &str| picture(&growing(), day(on), &company()).values;

    assert_eq!(values("2026-11-22").current_value(), Money::euros(120_000));
    assert_eq!(values("2024-03-30").current_value(), Money::euros(20_000));
    assert_eq!(values("2024-03-31").current_value(), Money::euros(30_000));
    assert_eq!(values("2024-03-31").trend, None);
    assert_eq!(values("2026-11-22").trend, Some(Ratio::ZERO));
}

#[test]
fn potential_is_what_the_customer_needs_and_does_not_buy_from_us() {
    let values = picture(&growing(), day("2026-11-22"), &company()).values;

    assert_eq!(values.worth.potential_value(), Some(Money::euros(80_000)));
    assert_eq!(values.reachable, Some(Money::euros(40_000)));
    assert_eq!(values.share_of_wallet.map(|share| share.share), Some(Ratio::new(6, 10)));
    assert!(values.ability.is_assumed);
}

#[test]
fn an_order_of_long_ago_makes_a_former_customer() {
    let facts = Facts { sales: vec![sale("2024-02-29", 5)], ..account() };
    let state = |on: &str| picture(&facts, day(on), &company()).state();

    assert_eq!(state("2024-02-28"), CustomerState::Prospect);
    assert_eq!(state("2026-02-28"), CustomerState::Customer);
    assert_eq!(state("2026-03-01"), CustomerState::Former);
}

#[test]
fn a_side_changes_outside_the_band_or_after_three_month_ends() {
    // 95 000 is within 10 % of 100 000: it takes three month ends. 80 000 is outside: at once.
    let mut facts = growing();
    for line in facts.sales.iter_mut().filter(|line| day("2025-02-01") <= line.day) {
        line.net = Money::euros(7_900);
    }
    let segment = |on: &str| picture(&facts, day(on), &company()).segment();

    // 120 000 less 2 100 for each month from February 2025 on: below 100 000 at the end of November 2025.
    assert_eq!(segment("2025-11-30"), Some(Segment::Growth));
    assert_eq!(segment("2026-01-30"), Some(Segment::Growth));
    assert_eq!(segment("2026-01-31"), Some(Segment::Acquisition));
}

#[test]
fn a_persons_decision_stands_beside_the_models_result_until_it_is_taken_back() {
    let decision = |from: &str, segment: Option<Segment>| SegmentOverride {
        segment,
        person: None,
        from: day(from),
        review: day(from).plus_months(12),
        known: Known::since(day(from)),
    };
    let overrides = vec![decision("2025-03-10", Some(Segment::Strategic)), decision("2026-10-05", None)];
    let facts = Facts { overrides, ..growing() };

    let decided = picture(&facts, day("2026-10-04"), &company());
    let taken_back = picture(&facts, day("2026-10-05"), &company());

    assert_eq!(decided.segment(), Some(Segment::Strategic));
    assert_eq!(decided.history.last().and_then(|last| last.automatic()), Some(Segment::Growth));
    assert_eq!(decided.history.entered(), Some(day("2025-03-10")));
    assert!(kinds(&decided).contains(&("override_review", "")));
    assert_eq!(taken_back.segment(), Some(Segment::Growth));
    assert_eq!(taken_back.history.entered(), Some(day("2026-10-05")));
}

#[test]
fn a_decision_told_beforehand_holds_from_its_day_on() {
    let decision = SegmentOverride {
        segment: Some(Segment::Strategic),
        person: None,
        from: day("2026-10-05"),
        review: day("2027-10-05"),
        known: Known::since(day("2026-09-10")),
    };
    let facts = Facts { overrides: vec![decision], ..growing() };
    let segment = |on: &str| picture(&facts, day(on), &company()).segment();

    assert_eq!(segment("2026-10-04"), Some(Segment::Growth));
    assert_eq!(segment("2026-10-05"), Some(Segment::Strategic));
    let entered = picture(&facts, day("2026-11-22"), &company()).history.entered();
    assert_eq!(entered, Some(day("2026-10-05")));
}

#[test]
fn a_care_line_is_due_late_and_covered_by_working_days() {
    // Growth: 6 visits a year are one in 41.67 working days, with 9 days of grace.
    let facts = |plans: &[Activity]| Facts {
        activities: [&[done(ActivityKind::Visit, "2026-08-31")], plans].concat(),
        ..growing()
    };
    let visit = |on: &str, plans: &[Activity]| {
        let picture = picture(&facts(plans), day(on), &company());
        picture.care.into_iter().find(|status| status.line.name == "visit").unwrap()
    };

    assert_eq!(visit("2026-10-15", &[]).state, CareState::Kept);
    assert_eq!(visit("2026-10-16", &[]).age, 34);
    assert_eq!(visit("2026-10-16", &[]).state, CareState::Due);
    assert_eq!(visit("2026-11-09", &[]).age, 50);
    assert_eq!(visit("2026-11-09", &[]).state, CareState::Due);
    assert_eq!(visit("2026-11-10", &[]).state, CareState::Late);
    assert!(visit("2026-10-16", &[planned(ActivityKind::Visit, "2026-11-10")]).is_covered);
    assert!(!visit("2026-10-16", &[planned(ActivityKind::Visit, "2026-11-11")]).is_covered);
    assert!(visit("2026-11-16", &[planned(ActivityKind::Visit, "2026-11-30")]).is_covered);
    assert!(!visit("2026-11-16", &[planned(ActivityKind::Visit, "2026-12-01")]).is_covered);
}

#[test]
fn a_call_nobody_answered_ends_no_silence() {
    let unanswered = Activity { is_unanswered: true, ..done(ActivityKind::Call, "2026-11-20") };
    let email = done(ActivityKind::Email, "2026-11-20");
    let facts = Facts { activities: vec![unanswered, email], ..growing() };
    let answered = Facts { activities: vec![done(ActivityKind::Call, "2026-11-20")], ..growing() };

    assert!(kinds(&picture(&facts, day("2026-11-22"), &company())).contains(&("silence", "")));
    assert!(!kinds(&picture(&answered, day("2026-11-22"), &company())).contains(&("silence", "")));
}

#[test]
fn an_account_that_orders_every_month_and_stops_breaks_its_rhythm() {
    let mut facts = growing();
    facts.sales.retain(|line| line.day < day("2026-09-01"));
    let broken = |on: &str| {
        let picture = picture(&facts, day(on), &company());
        picture.deviations.into_iter().find(|deviation| deviation.kind == DeviationKind::RhythmBroken)
    };

    // The usual gap is 31 days: 62 days after 10 August are not yet too many.
    assert_eq!(broken("2026-10-11"), None);
    let deviation = broken("2026-10-12").unwrap();
    assert_eq!(deviation.since, Some(day("2026-10-12")));
    assert_eq!(deviation.stake.amount(), Money::euros(36_000));
    assert_eq!(deviation.stake.side, Side::AtRisk);
}

#[test]
fn contacts_are_bundled_and_desk_work_stands_alone() {
    let on = day("2026-11-22");
    let (facts, company) = (growing(), company());
    let picture = picture(&facts, on, &company);
    let open: Vec<OpenDeviation<'_>> =
        picture.deviations.iter().map(|deviation| OpenDeviation { deviation, opened_on: on }).collect();

    let proposals = proposals(&open, &[], &facts, on, &company);

    let named: Vec<(&str, &str, usize)> = proposals
        .iter()
        .map(|proposal| (proposal.key.name(), proposal.what.name(), proposal.deviations.len()))
        .collect();
    // Silence, late calls and late visits are one visit; each desk work is its own.
    assert_eq!(
        named,
        [
            ("contact", "visit", 3),
            ("cross_selling_review", "cross_selling_review", 1),
            ("potential_estimate", "potential_estimate", 2)
        ]
    );
}

#[test]
fn an_account_without_an_active_owner_asks_the_stand_in_for_an_owner_and_nothing_else() {
    let on = day("2026-11-22");
    let (mut facts, company) = (growing(), company());
    facts.account.versions[0].owner = None;
    let picture = picture(&facts, on, &company);
    let open: Vec<OpenDeviation<'_>> =
        picture.deviations.iter().map(|deviation| OpenDeviation { deviation, opened_on: on }).collect();

    let proposals = proposals(&open, &[], &facts, on, &company);

    assert_eq!(proposals.len(), 1);
    assert_eq!(proposals[0].what.name(), "assign_owner");
    assert_eq!(proposals[0].key.person, PersonNo(1));
}

#[test]
fn a_prospect_is_assessed_only_by_an_estimate() {
    let company = company();
    let prospect = account();
    let estimated = Facts { estimates: vec![estimate("2026-03-03", 60_000)], ..account() };

    assert_eq!(picture(&prospect, day("2026-11-22"), &company).segment(), None);
    assert_eq!(picture(&estimated, day("2026-03-02"), &company).segment(), None);
    assert_eq!(picture(&estimated, day("2026-03-03"), &company).segment(), Some(Segment::Acquisition));
}

#[test]
fn an_inactive_account_has_values_only() {
    let mut facts = growing();
    facts.account.versions[0].is_active = false;

    let picture = picture(&facts, day("2026-11-22"), &company());

    assert_eq!(picture.values.current_value(), Money::euros(120_000));
    assert_eq!(picture.segment(), None);
    assert!(picture.deviations.is_empty() && picture.care.is_empty());
}

#[test]
fn peers_show_what_the_upper_quarter_is_worth() {
    let company = company();
    let month = Month::of(day("2026-10-01"));
    let mut gathered = PeerMonth::default();
    for factor in 1..=4 {
        let mut facts = growing();
        facts.sales.iter_mut().for_each(|line| line.net = Money::euros(10_000 * factor));
        gathered.add(&peer(&facts, month, &company).unwrap());
    }
    let peers = Peers { months: BTreeMap::from([(month, gathered.figures())]) };
    let facts = Facts { estimates: Vec::new(), ..growing() };

    let values = picture(&facts, day("2026-11-22"), &Company { peers, ..company }).values;

    // P75 of 120 000, 240 000, 360 000 and 480 000 is 390 000.
    assert_eq!(values.worth.potential_value(), Some(Money::euros(270_000)));
}

fn any_day() -> impl Strategy_<Value = Day> {
    (0..700i64).prop_map(|days| day("2025-01-01").plus_days(days))
}

use proptest::strategy::Strategy as Strategy_;

proptest! {
    /// What is kept about an account stays true until the day on which it is looked at again.
    #[test]
    fn nothing_changes_before_the_next_check(
        on in any_day(),
        visits in prop::collection::vec((any_day(), any::<bool>(), 0..12usize), 0..12),
        sales in prop::collection::vec((any_day(), -2_000..30_000i64), 0..40),
        estimates in prop::collection::vec((any_day(), 0..900_000i64), 0..3),
    ) {
        let mut facts = account();
        facts.activities = visits
            .into_iter()
            .map(|(day, is_done, kind)| {
                let kind = ActivityKind::ALL[kind];
                match is_done {
                    true => done(kind, &day.to_string()),
                    false => planned(kind, &day.to_string()),
                }
            })
            .collect();
        facts.sales = sales.into_iter().map(|(day, euros)| sale(&day.to_string(), euros)).collect();
        facts.sales.sort_by_key(|line| line.day);
        facts.estimates =
            estimates.into_iter().map(|(day, euros)| estimate(&day.to_string(), euros)).collect();
        let company = company();
        let first = picture(&facts, on, &company);
        let check = next_check(&facts, &[], &first, &company);

        let mut later = on.tomorrow();
        while later < check {
            let picture = picture(&facts, later, &company);
            let kept = |picture: &Picture| {
                let care: Vec<_> = picture
                    .care
                    .iter()
                    .map(|status| (status.line.name.clone(), status.state, status.is_covered, status.last))
                    .collect();
                (picture.deviations.clone(), care, picture.segment(), picture.values.current_value())
            };
            prop_assert_eq!(kept(&first), kept(&picture), "on {} from {}", later, on);
            later = later.tomorrow();
        }
    }
}
