//! Whatever a strategy holds, its text is read back as the same strategy.

use crate::strategy::{parse, print};
use luotsi_core::{
    activity::ActivityKind,
    people::{Answering, Role},
    strategy::{
        AbilityWeights, CareLine, CareModel, CareRule, Costs, Exposures, GivenThresholds, Measure, Segment,
        Strategy,
    },
    units::{Calendar, Day, Money, Share},
};
use proptest::{
    prelude::{Just, ProptestConfig, any, prop, prop_assert_eq, prop_oneof, proptest},
    sample::subsequence,
    strategy::Strategy as Generator,
};

#[track_caller]
pub fn check_same(one: &Strategy, other: &Strategy) {
    assert_eq!(one.measure, other.measure);
    assert_eq!(one.default_margin, other.default_margin);
    assert_eq!(one.costs, other.costs);
    assert_eq!(one.ability_weights, other.ability_weights);
    assert_eq!(one.thresholds, other.thresholds);
    assert_eq!(one.hysteresis, other.hysteresis);
    assert_eq!(one.exposures, other.exposures);
    assert_eq!(one.care_models, other.care_models);
    assert_eq!(one.days_off, other.days_off);
    assert_eq!(one.day_minutes, other.day_minutes);
    assert_eq!(one.customer_hours, other.customer_hours);
    assert_eq!(one.likelihood_prior, other.likelihood_prior);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_printed_is_read_back_exactly(strategy in strategies(), from in prop::option::of(days())) {
        let text = print(&strategy, from);

        let (read_from, read) = parse(&text).unwrap();

        prop_assert_eq!(read_from, from);
        check_same(&read, &strategy);
        prop_assert_eq!(print(&read, read_from), text);
    }
}

fn strategies() -> impl Generator<Value = Strategy> {
    let numbers = (shares(), shares(), shares(), 1..=1440_u32, 1..=8784_u32);
    let lists = (prop::collection::btree_set(days(), 0..5), costs(), weights(), thresholds(), exposures());
    let measures = prop_oneof![Just(Measure::Revenue), Just(Measure::Margin), Just(Measure::Profit)];
    (measures, numbers, lists, care_models()).prop_map(
        |(measure, (margin, hysteresis, prior, day_minutes, customer_hours), lists, care_models)| {
            let (days_off, costs, ability_weights, thresholds, exposures) = lists;
            Strategy {
                measure,
                default_margin: margin,
                costs,
                ability_weights,
                thresholds,
                hysteresis,
                exposures,
                care_models,
                days_off: days_off.into_iter().collect(),
                day_minutes,
                customer_hours,
                likelihood_prior: prior,
                calendar: Calendar::default(),
            }
        },
    )
}

fn shares() -> impl Generator<Value = Share> {
    (0..=1_000_000_i64).prop_map(|millionths| Share { millionths })
}

fn days() -> impl Generator<Value = Day> {
    (0..60_000).prop_map(Day::from_since_epoch)
}

fn money(most: i64) -> impl Generator<Value = Money> {
    (0..=most).prop_map(Money::cents)
}

fn costs() -> impl Generator<Value = Costs> {
    (subsequence(Role::ALL.to_vec(), 0..=9), money(1_000_000), money(1_000_000)).prop_map(
        |(roles, cost, default_hourly)| Costs {
            by_role: roles.into_iter().map(|role| (role, cost)).collect(),
            default_hourly,
        },
    )
}

fn weights() -> impl Generator<Value = AbilityWeights> {
    (0..=1000_u32, 0..=1000_u32, 0..=1000_u32, 1..=1000_u32).prop_map(
        |(people, offering, processes, relationship)| AbilityWeights {
            people,
            offering,
            processes,
            relationship,
        },
    )
}

fn thresholds() -> impl Generator<Value = GivenThresholds> {
    let pair = || (money(i64::MAX / 1_000_000), money(1_000_000_000), any::<bool>(), any::<bool>());
    let ordered = |(low, more, has_low, has_high): (Money, Money, bool, bool)| {
        (has_low.then_some(low), has_high.then_some(low + more))
    };
    (pair().prop_map(ordered), pair().prop_map(ordered)).prop_map(
        |((current, strategic_current), (potential, strategic_potential))| GivenThresholds {
            current,
            potential,
            strategic_current,
            strategic_potential,
        },
    )
}

fn exposures() -> impl Generator<Value = Exposures> {
    prop::array::uniform11(shares()).prop_map(|[a, b, c, d, e, f, g, h, i, j, k]| Exposures {
        care_late: a,
        care_very_late: b,
        care_not_planned: c,
        silence: d,
        value_declining: e,
        rhythm_broken: f,
        segment_changed: g,
        override_review: h,
        potential_missing: i,
        potential_stale: j,
        owner_missing: k,
    })
}

fn care_models() -> impl Generator<Value = Vec<CareModel>> {
    prop::collection::vec((prop::collection::vec(care_lines(), 0..4), 1..=3650_u32), 5).prop_map(|models| {
        Segment::ALL
            .into_iter()
            .zip(models)
            .map(|(segment, (lines, silence_days))| CareModel {
                segment,
                lines: renamed(lines),
                silence_days,
            })
            .collect()
    })
}

/// Names unique in the model, and one entering line of contacts at most.
fn renamed(lines: Vec<CareLine>) -> Vec<CareLine> {
    let numbered = lines.into_iter().enumerate();
    numbered
        .map(|(at, line)| CareLine {
            name: format!("{}_{at}", line.name),
            rule: match line.rule {
                CareRule::Entering { .. } if at > 0 => CareRule::Rhythm { per_year: 4, after: 0 },
                rule @ (CareRule::Entering { .. } | CareRule::Rhythm { .. }) => rule,
            },
            ..line
        })
        .collect()
}

fn care_lines() -> impl Generator<Value = CareLine> {
    let answering = prop_oneof![
        Just(Answering::Owner),
        prop::sample::select(Role::ALL.to_vec()).prop_map(Answering::Role)
    ];
    let rules = prop_oneof![
        (1..=365_u32, 0..=250_u32).prop_map(|(per_year, after)| CareRule::Rhythm { per_year, after }),
        (1..=100_u32, 1..=250_u32).prop_map(|(times, within)| CareRule::Entering { times, within }),
    ];
    let kinds = subsequence(ActivityKind::ALL.to_vec(), 1..=4);
    ("[a-z_0-9]{1,20}", kinds, rules, answering, 1..=1440_u32, "[\\PC\n\"'\\\\]{0,40}").prop_map(
        |(name, kinds, rule, answering, minutes, agenda)| CareLine {
            name,
            kinds,
            rule,
            answering,
            minutes,
            agenda,
        },
    )
}
