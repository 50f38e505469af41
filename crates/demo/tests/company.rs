//! What can be relied on in the demo company: the same every time, in its proportions, the cast in its place, nobody's
//! data in it.

#![allow(clippy::unwrap_used)]

use luotsi_app::import::records::Records;
use luotsi_core::{
    activity::{ActivityKind, ActivityState},
    people::Role,
    units::Day,
};
use luotsi_demo::{ACCOUNTS, Demo, SEED, cast, generate, watch_days, write_csv};
use std::collections::{BTreeMap, BTreeSet};

/// A changed number here means that pictures, docs and measurements made before show another company.
const FINGERPRINT: u64 = 17_090_725_696_690_608_554;

fn ending() -> Day {
    Day::new(2026, 11, 22).unwrap()
}

fn company() -> Records {
    generate(ACCOUNTS, ending(), SEED)
}

/// FNV-1a (Fowler, Noll, Vo) over the records as written: the same on every machine and with every compiler.
fn fingerprint(records: &Records) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    write_csv(records, folder.path()).unwrap();
    let names = [
        "people",
        "products",
        "accounts",
        "account_team",
        "contacts",
        "sales",
        "activities",
        "estimates",
        "abilities",
        "targets",
        "overrides",
    ];
    names
        .iter()
        .flat_map(|name| std::fs::read(folder.path().join(format!("{name}.csv"))).unwrap())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn distinct<'a>(names: impl Iterator<Item = &'a String>) -> usize {
    names.collect::<BTreeSet<_>>().len()
}

fn check(count: usize, promised: std::ops::Range<usize>) {
    assert!(promised.contains(&count), "{count} of {promised:?}");
}

#[test]
fn the_same_arguments_give_the_same_company_everywhere() {
    assert_eq!(fingerprint(&company()), FINGERPRINT);
    assert_ne!(fingerprint(&generate(ACCOUNTS, ending(), SEED + 1)), FINGERPRINT);
}

#[test]
fn the_company_has_the_size_it_promises() {
    let records = company();
    let people = records.people.iter().filter(|person| person.known_on.is_none()).count();
    let who_left = records.people.iter().filter(|person| !person.is_active).count();

    assert_eq!((people - who_left, who_left), (9, 1));
    assert_eq!(distinct(records.accounts.iter().map(|account| &account.external_id)), ACCOUNTS as usize);
    check(records.sales.len(), 38_000..42_000);
    check(distinct(records.activities.iter().map(|activity| &activity.external_id)), 5_500..7_000);
    check(records.contacts.len(), 700..900);
    check(records.estimates.len(), 300..600);
    check(records.accounts.iter().filter(|account| account.parent.is_some()).count(), 15..60);
}

#[test]
fn concrete_is_poured_in_summer() {
    let mut by_month = BTreeMap::<i8, i64>::new();
    for line in &company().sales {
        *by_month.entry(line.day.date().month()).or_default() += line.net.cents;
    }

    let winter = by_month[&1] + by_month[&2];
    let summer = by_month[&5] + by_month[&6];
    assert!(winter * 16 < summer * 10, "{winter} {summer}");
}

#[test]
fn most_costs_are_known_and_leave_a_margin_and_some_goods_come_back() {
    let records = company();
    let known: Vec<_> =
        records.sales.iter().filter_map(|line| Some((line.net.cents, line.cost?.cents))).collect();
    let net: i64 = known.iter().map(|(net, _)| net).sum();
    let cost: i64 = known.iter().map(|(_, cost)| cost).sum();

    check(known.len() * 100 / records.sales.len(), 85..98);
    check(((net - cost) * 100 / net) as usize, 25..40);
    check(records.sales.iter().filter(|line| line.net.cents < 0).count(), 200..900);
}

#[test]
fn some_peer_sets_are_large_enough_and_some_are_not() {
    let mut peers = BTreeMap::<(String, String), usize>::new();
    for account in company().accounts.iter().filter(|account| account.known_on.is_none()) {
        if let (Some(industry), Some(size_class)) = (&account.industry, &account.size_class) {
            *peers.entry((industry.clone(), size_class.clone())).or_default() += 1;
        }
    }

    assert!(peers.values().any(|count| *count >= 25));
    assert!(peers.values().any(|count| *count < 20));
}

#[test]
fn the_cast_is_the_same_for_every_seed_and_size() {
    let of_cast = |accounts, seed| {
        let records = generate(accounts, ending(), seed);
        let is_cast = |account: &str| cast::ACCOUNTS.iter().any(|member| member.external_id == account);
        let accounts: Vec<_> =
            records.accounts.into_iter().filter(|account| is_cast(&account.external_id)).collect();
        let sales: Vec<_> = records.sales.into_iter().filter(|line| is_cast(&line.account)).collect();
        let activities: Vec<_> = records.activities.into_iter().filter(|act| is_cast(&act.account)).collect();
        (accounts, sales, activities)
    };

    assert_eq!(of_cast(40, 1), of_cast(60, 2));
}

#[test]
fn the_cast_bears_its_names() {
    let records = company();

    for member in cast::ACCOUNTS {
        let account =
            records.accounts.iter().find(|account| account.external_id == member.external_id).unwrap();
        assert_eq!(account.name, member.name);
    }
    for member in cast::PEOPLE {
        let person = records.people.iter().find(|person| person.external_id == member.external_id).unwrap();
        assert_eq!((person.name.as_str(), person.role), (member.name, member.role));
    }
    let left: Vec<_> = records.people.iter().filter(|person| !person.is_active).collect();
    assert_eq!((left[0].external_id.as_str(), left[0].role), (cast::SELLER_WHO_LEFT, Role::Seller));
}

#[test]
fn no_two_accounts_of_the_default_company_bear_the_same_name() {
    let names: BTreeMap<_, _> =
        company().accounts.into_iter().map(|account| (account.external_id, account.name)).collect();

    assert_eq!(distinct(names.values()), names.len());
}

/// Numbers of our own making, addresses that nobody can have, telephones that ring nowhere.
#[test]
fn nobodys_data_is_in_it() {
    let records = generate(600, ending(), 5);
    let emails = records.people.iter().filter_map(|person| person.email.as_ref());
    let mut emails = emails.chain(records.contacts.iter().filter_map(|contact| contact.email.as_ref()));
    let mut phones = records.contacts.iter().filter_map(|contact| contact.phone.as_ref());

    assert!(emails.all(|email| email.ends_with(".example") && email.is_ascii()));
    assert!(phones.all(|phone| phone.starts_with("+358 47 000 ")));
    for account in &records.accounts {
        let business_id = account.business_id.as_deref().unwrap();
        assert!("7000000" < business_id, "given out by the register: {business_id}");
        assert!(is_valid(business_id), "{business_id}");
    }
}

/// The check digit as the register describes it: weights 7 9 10 5 8 4 2, modulo 11.
fn is_valid(business_id: &str) -> bool {
    let digits: Vec<u32> = business_id.chars().filter_map(|letter| letter.to_digit(10)).collect();
    let sum: u32 = digits.iter().zip([7, 9, 10, 5, 8, 4, 2]).map(|(digit, weight)| digit * weight).sum();
    let check = match sum % 11 {
        0 => Some(0),
        1 => None,
        rest => Some(11 - rest),
    };
    business_id.len() == 9 && digits.len() == 8 && digits.last().copied() == check
}

#[test]
fn nothing_done_lies_after_the_end_and_what_is_planned_has_a_day_of_planning() {
    for (year, month, day) in [(2026, 11, 22), (2027, 1, 2), (2024, 2, 29)] {
        let ending = Day::new(year, month, day).unwrap();
        let records = generate(150, ending, SEED);

        assert!(records.sales.iter().all(|line| line.day.max(line.known_on.unwrap_or(line.day)) <= ending));
        assert!(records.estimates.iter().all(|estimate| estimate.day <= ending));
        assert!(records.targets.iter().all(|target| target.day <= ending));
        assert!(records.abilities.iter().all(|ability| ability.day <= ending));
        for activity in &records.activities {
            match activity.state {
                ActivityState::Done => assert!(activity.day <= ending, "{activity:?}"),
                ActivityState::Planned => assert!(activity.planned_on.unwrap() <= ending, "{activity:?}"),
            }
        }
        assert!(records.activities.iter().any(|activity| ending < activity.day));
    }
}

#[test]
fn everything_refers_to_something_that_is_there() {
    let records = generate(2_500, ending(), 3);
    let people: BTreeSet<_> = records.people.iter().map(|person| person.external_id.as_str()).collect();
    let accounts: BTreeSet<_> = records.accounts.iter().map(|account| account.external_id.as_str()).collect();
    let contacts: BTreeSet<_> = records.contacts.iter().map(|contact| contact.external_id.as_str()).collect();
    let products: BTreeSet<_> = records.products.iter().map(|product| product.external_id.as_str()).collect();

    assert!(
        records.people.iter().filter_map(|person| person.manager.as_deref()).all(|id| people.contains(id))
    );
    assert!(
        records.accounts.iter().filter_map(|account| account.owner.as_deref()).all(|id| people.contains(id))
    );
    assert!(
        records
            .accounts
            .iter()
            .filter_map(|account| account.parent.as_deref())
            .all(|id| accounts.contains(id))
    );
    assert!(records.sales.iter().filter_map(|line| line.product.as_deref()).all(|id| products.contains(id)));
    assert!(records.activities.iter().filter_map(|act| act.person.as_deref()).all(|id| people.contains(id)));
    assert!(
        records.activities.iter().filter_map(|act| act.contact.as_deref()).all(|id| contacts.contains(id))
    );
    let lines: BTreeSet<_> = records.sales.iter().map(|line| (&line.invoice, &line.line)).collect();
    assert_eq!(lines.len(), records.sales.len());
}

#[test]
fn a_big_base_made_in_parts_is_the_whole() {
    let demo = Demo::new(130, ending(), SEED);
    let whole = generate(130, ending(), SEED);

    let parts: Vec<Records> = demo.parts(50).collect();

    assert_eq!(parts.len(), 3);
    let sales: Vec<_> = parts.iter().flat_map(|part| part.sales.clone()).collect();
    let accounts: Vec<_> = parts.iter().flat_map(|part| part.accounts.clone()).collect();
    assert_eq!(sales, whole.sales);
    assert_eq!(accounts, whole.accounts);
}

#[test]
fn the_smallest_company_has_as_many_accounts_as_asked_for() {
    assert_eq!(
        distinct(generate(10, ending(), SEED).accounts.iter().map(|account| &account.external_id)),
        10
    );
    assert!(generate(0, ending(), SEED).accounts.is_empty());
}

#[test]
fn every_kind_of_activity_of_the_care_models_is_done() {
    let done: BTreeSet<&str> = company().activities.iter().map(|activity| activity.kind.name()).collect();

    // Estimates are told by the estimates themselves; meetings are in nobody's care model.
    let elsewhere = [ActivityKind::PotentialEstimate, ActivityKind::Meeting, ActivityKind::RemoteMeeting];
    for kind in ActivityKind::ALL.into_iter().filter(|kind| !elsewhere.contains(kind)) {
        assert!(done.contains(kind.name()), "{}", kind.name());
    }
}

#[test]
fn the_watch_starts_a_week_before_the_end_and_ends_on_it() {
    let days = watch_days(ending());

    assert_eq!(days.first().copied(), Day::new(2026, 11, 15));
    assert_eq!(days.last().copied(), Some(ending()));
    assert!(days.is_sorted());
}
