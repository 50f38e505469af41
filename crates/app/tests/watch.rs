//! The watch keeps what follows from the facts: looking at what changed gives what looking at everything gives, over
//! random histories with late knowledge and corrections, on both engines.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use luotsi_app::{
    act::{ActError, By},
    activity::Told,
    import::{self, records::*},
    steering::{
        Extent, KeptBase, Progress, Silent, WatchError,
        answer::{self, DismissReason, Planned},
        watch,
    },
};
use luotsi_core::{
    activity::{ActivityKind, ActivityState, Direction},
    base::Estimator,
    history::Actor,
    people::{PersonId, Role},
    strategy::Segment,
    units::{Day, Money},
};
use luotsi_store::{
    Query, Store, StoreError,
    people::company_state,
    steering::newest_answer,
    testing::{FreshDatabase, both},
};
use proptest::prelude::*;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};
use uuid::Uuid;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

const ACCOUNTS: usize = 24;

fn account_name(number: usize) -> String {
    format!("A{:02}", number % ACCOUNTS)
}

fn masters() -> Records {
    let person = |external_id: &str, role: Role, manager: Option<&str>, is_active: bool| PersonRecord {
        external_id: external_id.to_owned(),
        name: external_id.to_owned(),
        email: None,
        role,
        team: Some("south".to_owned()),
        manager: manager.map(str::to_owned),
        is_active,
        hourly_cost: None,
        customer_hours: None,
        known_on: None,
    };
    let account = |number: usize| AccountRecord {
        external_id: account_name(number),
        name: format!("Asiakas {number} Oy"),
        business_id: None,
        parent: None,
        industry: (!number.is_multiple_of(4)).then(|| "building".to_owned()),
        size_class: (!number.is_multiple_of(3)).then(|| "small".to_owned()),
        owner: Some(["P1", "P2", "P3"][number % 3].to_owned()),
        street: None,
        postal_code: None,
        city: None,
        country: None,
        is_active: number % 11 != 10,
        known_on: None,
    };
    let product = |external_id: &str, group: Option<&str>| ProductRecord {
        external_id: external_id.to_owned(),
        name: external_id.to_owned(),
        group: group.map(str::to_owned),
    };
    Records {
        people: vec![
            person("P1", Role::Seller, Some("P4"), true),
            person("P2", Role::Kam, Some("P4"), true),
            person("P3", Role::Seller, Some("P4"), false),
            person("P4", Role::Manager, None, true),
        ],
        products: vec![
            product("C30", Some("concrete")),
            product("S16", Some("aggregates")),
            product("X", None),
        ],
        accounts: (0..ACCOUNTS).map(account).collect(),
        ..Records::default()
    }
}

/// What a company may record on a day, some of it about days gone by.
#[derive(Clone, Debug)]
enum Event {
    Sale { account: usize, invoice: usize, back: i64, euros: i64, product: usize, known_at_once: bool },
    Activity { account: usize, number: usize, kind: usize, back: i64, is_done: bool, is_unanswered: bool },
    Estimate { account: usize, back: i64, euros: i64, group: usize, by_customer: bool },
    Ability { account: usize, score: u8 },
    Override { account: usize, segment: Option<usize> },
    Owner { account: usize, owner: Option<usize> },
    Industry { account: usize, is_building: bool },
    Group { product: usize, group: Option<usize> },
}

fn event() -> impl Strategy<Value = Event> {
    let account = 0..ACCOUNTS;
    prop_oneof![
        12 => (account.clone(), 0..400usize, 0..70i64, -2_000..40_000i64, 0..4usize, prop::bool::weighted(0.8))
            .prop_map(|(account, invoice, back, euros, product, known_at_once)| Event::Sale {
                account, invoice, back, euros, product, known_at_once,
            }),
        8 => (account.clone(), 0..100usize, 0..12usize, -30..40i64, any::<bool>(), prop::bool::weighted(0.1))
            .prop_map(|(account, number, kind, back, is_done, is_unanswered)| Event::Activity {
                account, number, kind, back, is_done, is_unanswered,
            }),
        2 => (account.clone(), 0..60i64, 0..400_000i64, 0..3usize, any::<bool>())
            .prop_map(|(account, back, euros, group, by_customer)| Event::Estimate {
                account, back, euros, group, by_customer,
            }),
        1 => (account.clone(), 1..=5u8).prop_map(|(account, score)| Event::Ability { account, score }),
        1 => (account.clone(), prop::option::of(0..5usize))
            .prop_map(|(account, segment)| Event::Override { account, segment }),
        1 => (account.clone(), prop::option::of(0..4usize)).prop_map(|(account, owner)| Event::Owner { account, owner }),
        1 => (account, any::<bool>()).prop_map(|(account, is_building)| Event::Industry { account, is_building }),
        1 => (0..3usize, prop::option::of(0..2usize)).prop_map(|(product, group)| Event::Group { product, group }),
    ]
}

fn records(events: &[Event], on: Day) -> Records {
    let mut records = Records::default();
    for event in events {
        add(&mut records, event, on);
    }
    records
}

fn add(records: &mut Records, event: &Event, on: Day) {
    match event {
        Event::Sale { account, invoice, back, euros, product, known_at_once } => {
            let day = on.plus_days(-back);
            records.sales.push(SalesRecord {
                invoice: format!("I{invoice}"),
                line: Some("1".to_owned()),
                day,
                account: account_name(*account),
                product: ["C30", "S16", "X"].get(*product).map(|product| (*product).to_owned()),
                quantity_millionths: 1_000_000,
                net: Money::euros(*euros),
                cost: None,
                known_on: (!known_at_once).then_some(on),
            });
        }
        Event::Activity { account, number, kind, back, is_done, is_unanswered } => {
            let back = if *is_done { back.abs() } else { -back.abs() };
            records.activities.push(ActivityRecord {
                external_id: format!("T{number}"),
                account: account_name(*account),
                kind: ActivityKind::ALL[*kind],
                person: Some("P1".to_owned()),
                day: on.plus_days(-back),
                minutes: Some(30),
                state: if *is_done { ActivityState::Done } else { ActivityState::Planned },
                direction: Some(Direction::Out),
                contact: None,
                outcome: is_unanswered.then(|| "no_answer".to_owned()),
                note: None,
                planned_on: (!is_done).then_some(on),
                known_on: None,
            });
        }
        Event::Estimate { account, back, euros, group, by_customer } => {
            records.estimates.push(EstimateRecord {
                account: account_name(*account),
                group: ["concrete", "aggregates"].get(*group).map(|group| (*group).to_owned()),
                yearly_need: Money::euros(*euros),
                estimator: if *by_customer { Estimator::Customer } else { Estimator::Owner },
                person: Some("P1".to_owned()),
                day: on.plus_days(-back),
                justification: None,
                known_on: None,
            })
        }
        Event::Ability { account, score } => records.abilities.push(AbilityRecord {
            account: account_name(*account),
            people: *score,
            offering: 3,
            processes: *score,
            relationship: 5,
            person: Some("P1".to_owned()),
            day: on,
            known_on: None,
        }),
        Event::Override { account, segment } => records.overrides.push(OverrideRecord {
            account: account_name(*account),
            segment: segment.map(|segment| Segment::ALL[segment]),
            reason: Some("decided".to_owned()),
            person: Some("P1".to_owned()),
            from: on,
            review: Some(on.plus_days(50)),
            known_on: None,
        }),
        Event::Owner { account, owner } => {
            let owner = owner.map(|owner| format!("P{}", owner + 1));
            records.accounts.push(AccountRecord { owner, known_on: Some(on), ..master(*account) });
        }
        Event::Industry { account, is_building } => {
            let industry = Some(if *is_building { "building" } else { "farming" }.to_owned());
            records.accounts.push(AccountRecord { industry, known_on: Some(on), ..master(*account) });
        }
        Event::Group { product, group } => {
            let group = group.map(|group| ["concrete", "aggregates"][group].to_owned());
            records.products.push(ProductRecord { group, ..masters().products.swap_remove(*product) });
        }
    }
}

fn master(number: usize) -> AccountRecord {
    masters().accounts.swap_remove(number % ACCOUNTS)
}

fn load(store: &Store, records: &Records, today: Day) {
    import::load(store, records, "erp", today, Actor::Import, &import::Silent).unwrap();
}

/// Everything that is kept of the accounts, by names instead of ids.
fn kept(store: &Store) -> Vec<String> {
    let queries = [
        "select account.external_id, 'standing', account_standing.customer_state,
                account_standing.current_value_cents, account_standing.previous_value_cents,
                coalesce(account_standing.potential_cents, -1), coalesce(account_standing.reachable_cents, -1),
                coalesce(account_standing.share_of_wallet_millionths, -1), coalesce(account_standing.segment, ''),
                coalesce(account_standing.segment_automatic, ''), account_standing.care_lines,
                account_standing.care_lines_kept, account_standing.open_deviations,
                account_standing.stake_at_risk_cents, account_standing.stake_to_gain_cents
           from account_standing join account on account.id = account_standing.account_id
          order by account.external_id",
        "select account.external_id, deviation.kind, deviation.subject, coalesce(deviation.expected, ''),
                coalesce(deviation.actual, ''), deviation.stake_cents, deviation.side, coalesce(deviation.action, ''),
                deviation.base_cents, coalesce(deviation.cause, '')
           from deviation join account on account.id = deviation.account_id
          where deviation.closed_on is null
          order by account.external_id, deviation.kind, deviation.subject",
        "select account.external_id, person.external_id, proposal.action, proposal.what, proposal.stake_at_risk_cents,
                proposal.stake_to_gain_cents, proposal.minutes, proposal.state,
                coalesce(delegate.external_id, ''), count(*)
           from proposal
           join account on account.id = proposal.account_id
           join person on person.id = proposal.person_id
           left join person delegate on delegate.id = proposal.delegate_id
           join proposal_deviation on proposal_deviation.proposal_id = proposal.id
          where proposal.closed_on is null
          group by account.external_id, person.external_id, proposal.action, proposal.what,
                proposal.stake_at_risk_cents, proposal.stake_to_gain_cents, proposal.minutes, proposal.state,
                delegate.external_id
          order by account.external_id, person.external_id, proposal.action",
        "select account.external_id, coalesce(segment_change.automatic, ''), coalesce(segment_change.effective, '')
           from segment_change join account on account.id = segment_change.account_id
          order by account.external_id, segment_change.day",
        "select industry, size_class, accounts, current_p75_hundredths from peer_figure
          order by month_end, industry, size_class",
    ];
    let dates = [
        "select account.external_id, segment_change.day
           from segment_change join account on account.id = segment_change.account_id
          order by account.external_id, segment_change.day",
        "select account.external_id, deviation.opened_on
           from deviation join account on account.id = deviation.account_id
          where deviation.closed_on is null
          order by account.external_id, deviation.kind, deviation.subject",
        "select account.external_id, coalesce(deviation.since, deviation.opened_on)
           from deviation join account on account.id = deviation.account_id
          where deviation.closed_on is null
          order by account.external_id, deviation.kind, deviation.subject",
        "select account.external_id, proposal.due_on
           from proposal join account on account.id = proposal.account_id
          where proposal.closed_on is null
          order by account.external_id, proposal.action, proposal.due_on",
        "select industry, month_end from peer_figure order by month_end, industry, size_class",
    ];
    store
        .read(|reader| {
            let mut rows = Vec::new();
            for query in queries {
                let columns = query[..query.find("from ").unwrap_or(0)].matches(',').count()
                    - query[..query.find("from ").unwrap_or(0)].matches("coalesce(").count();
                rows.extend(reader.all(query, &[], |row| {
                    let cells = (0..=columns).map(|column| match row.text(column) {
                        Ok(text) => text.to_owned(),
                        Err(_) => {
                            row.int(column).map_or_else(|error| error.to_string(), |int| int.to_string())
                        }
                    });
                    Ok(cells.collect::<Vec<_>>().join("|"))
                })?);
            }
            for query in dates {
                rows.extend(reader.all(query, &[], |row| Ok(format!("{}|{}", row.text(0)?, row.day(1)?)))?);
            }
            Ok::<_, StoreError>(rows)
        })
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn looking_at_what_changed_gives_what_looking_at_everything_gives(
        past in prop::collection::vec((event(), 0..400i64), 60..160),
        days in prop::collection::vec(
            (1..25i64, prop::collection::vec(event(), 0..12), prop::collection::vec(answer(), 0..4)),
            3..9,
        ),
    ) {
        let (changed, full) = (FreshDatabase::sqlite(), FreshDatabase::sqlite());
        let stores = [
            (Store::open(&changed.url).unwrap(), Extent::Changed),
            (Store::open(&full.url).unwrap(), Extent::Full),
        ];
        let first = day("2025-10-20");
        for (store, _) in &stores {
            load(store, &masters(), first);
            for (event, back) in &past {
                load(store, &records(std::slice::from_ref(event), first.plus_days(-back)), first);
            }
        }

        let mut on = first;
        for (later, events, answers) in &days {
            for (store, extent) in &stores {
                load(store, &records(events, on), on);
                watch(store, on, *extent, &Silent).unwrap();
            }
            prop_assert_eq!(kept(&stores[0].0), kept(&stores[1].0), "on {}", on);
            for (store, extent) in &stores {
                for answer in answers {
                    give(store, answer, on);
                }
                watch(store, on, *extent, &Silent).unwrap();
            }
            prop_assert_eq!(kept(&stores[0].0), kept(&stores[1].0), "after answers on {}", on);
            on = on.plus_days(*later);
        }
    }
}

/// What a person says to one of the open proposals.
#[derive(Clone, Debug)]
struct Said {
    place: usize,
    what: usize,
    days: i64,
}

fn answer() -> impl Strategy<Value = Said> {
    (0..200usize, 0..6usize, 1..40i64).prop_map(|(place, what, days)| Said { place, what, days })
}

/// Says it about the open proposal at the place, counted round, or takes the person's last answer back.
fn give(store: &Store, said: &Said, on: Day) {
    let open: Vec<(Uuid, PersonId)> = store
        .read(|reader| {
            reader.all(
                "select proposal.id, proposal.person_id
                   from proposal
                   join account on account.id = proposal.account_id
                   join person on person.id = proposal.person_id
                  where proposal.closed_on is null
                  order by account.external_id, person.external_id, proposal.action",
                &[],
                |row| Ok((row.id(0)?, PersonId(row.id(1)?))),
            )
        })
        .unwrap();
    if open.is_empty() {
        return;
    }
    let (proposal, person) = open[said.place % open.len()];
    let by = By::person(person, on);
    let until = on.plus_days(said.days);
    let done = Told {
        kind: ActivityKind::Call,
        day: on,
        minutes: 15,
        direction: None,
        contact: None,
        is_unanswered: false,
        note: None,
    };
    let answer = match said.what {
        0 => answer::accept(store, &by, proposal, Planned { day: until, minutes: 60, agenda: None }),
        1 => answer::done(store, &by, proposal, Some(done)),
        2 => answer::snooze(store, &by, proposal, until, None),
        3 => answer::dismiss(store, &by, proposal, DismissReason::NotRelevant, None),
        4 => answer::delegate(store, &by, proposal, open[said.days as usize % open.len()].1),
        _ => {
            let last = store.read(|reader| newest_answer(reader, person)).unwrap();
            last.map_or(Ok(proposal), |last| answer::take_back(store, &by, last.id).map(|()| last.id))
        }
    };
    match answer {
        Ok(_) | Err(ActError::Invalid(_) | ActError::Refused(_)) => (),
        Err(error) => panic!("{said:?}: {error}"),
    }
}

/// The long form: LUOTSI_CASES=2000 cargo test -p luotsi-app --test watch.
fn cases() -> u32 {
    std::env::var("LUOTSI_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12)
}

/// Enough customers for thresholds, some of them neglected.
fn small_company() -> Records {
    let mut records = masters();
    for number in 0..ACCOUNTS {
        for month in 0..12 {
            let sale = Event::Sale {
                account: number,
                invoice: number * 12 + month,
                back: month as i64 * 30 + 3,
                euros: 500 * (number as i64 + 1),
                product: number,
                known_at_once: true,
            };
            add(&mut records, &sale, day("2025-10-20"));
        }
    }
    records
}

#[test]
fn the_first_watch_sets_thresholds_and_a_second_one_the_same_day_changes_nothing() {
    both(|store| {
        let on = day("2025-10-20");
        load(store, &small_company(), on);

        let first = watch(store, on, Extent::Changed, &Silent).unwrap();
        let after_first = kept(store);
        let again = watch(store, on, Extent::Full, &Silent).unwrap();

        assert!(first.thresholds_set.is_some() && first.opened > 0 && first.proposed > 0);
        assert_eq!((again.thresholds_set, again.opened, again.closed, again.proposed), (None, 0, 0, 0));
        assert_eq!(kept(store), after_first);
    });
}

#[test]
fn a_watch_does_not_go_back() {
    both(|store| {
        load(store, &small_company(), day("2025-10-20"));
        watch(store, day("2025-10-20"), Extent::Changed, &Silent).unwrap();

        let back = watch(store, day("2025-10-19"), Extent::Changed, &Silent);

        assert!(matches!(back, Err(WatchError::Before { .. })));
    });
}

/// While it is told of so many accounts another watch begins, which is cut off after its first write.
struct MeetsAnother<'a> {
    store: &'a Store,
    on: Day,
    told: AtomicUsize,
}

/// Cut off as soon as it has been told of as many accounts as are written at once.
#[derive(Default)]
struct CutOff(AtomicUsize);

const WRITTEN_AT_ONCE: usize = 1024;

impl Progress for MeetsAnother<'_> {
    fn begin(&self, _: usize) {
        self.told.store(0, Ordering::Relaxed);
    }

    fn advance(&self, accounts: usize) {
        let before = self.told.fetch_add(accounts, Ordering::Relaxed);
        if (before..before + accounts).contains(&(WRITTEN_AT_ONCE - 1)) {
            let other = watch(self.store, self.on, Extent::Changed, &CutOff::default());
            assert!(matches!(other, Err(WatchError::Cancelled)));
        }
    }

    fn is_cancelled(&self) -> bool {
        false
    }
}

impl Progress for CutOff {
    fn begin(&self, _: usize) {
        self.0.store(0, Ordering::Relaxed);
    }

    fn advance(&self, accounts: usize) {
        self.0.fetch_add(accounts, Ordering::Relaxed);
    }

    fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed) >= WRITTEN_AT_ONCE
    }
}

#[test]
fn a_watch_that_meets_another_is_overtaken_and_run_again_finds_the_same() {
    both(|store| {
        let on = day("2025-10-20");
        load(store, &small_company(), on);
        watch(store, on, Extent::Full, &Silent).unwrap();
        let many = (0..WRITTEN_AT_ONCE + 100).map(|number| AccountRecord {
            external_id: format!("M{number:04}"),
            owner: None,
            ..master(0)
        });
        load(store, &Records { accounts: many.collect(), ..Records::default() }, on);

        let met = MeetsAnother { store, on, told: AtomicUsize::default() };
        let overtaken = watch(store, on, Extent::Changed, &met);
        let again = watch(store, on, Extent::Changed, &Silent).unwrap();

        assert!(matches!(overtaken, Err(WatchError::Overtaken)), "{overtaken:?}");
        assert_eq!(again.accounts, WRITTEN_AT_ONCE + 100);
        let after = kept(store);
        watch(store, on, Extent::Full, &Silent).unwrap();
        assert_eq!(kept(store), after);
    });
}

#[test]
fn a_done_visit_closes_what_asked_for_it_and_says_so() {
    both(|store| {
        let on = day("2025-12-20");
        load(store, &small_company(), on);
        watch(store, day("2025-10-20"), Extent::Changed, &Silent).unwrap();
        let before = watch(store, on, Extent::Changed, &Silent).unwrap();

        let visit =
            Event::Activity { account: 23, number: 1, kind: 0, back: 0, is_done: true, is_unanswered: false };
        load(store, &records(&[visit], on), on);
        let after = watch(store, on, Extent::Changed, &Silent).unwrap();

        assert!(before.opened > 0);
        assert_eq!(after.accounts, 1);
        assert!(after.closed > 0);
    });
}

#[test]
fn a_base_is_read_again_only_when_something_in_it_changes() {
    both(|store| {
        let on = day("2025-10-20");
        load(store, &small_company(), on);
        watch(store, on, Extent::Changed, &Silent).unwrap();
        let kept = KeptBase::default();
        let base = || store.read(|reader| kept.get(reader, &company_state(reader)?)).unwrap();
        let first = base();

        let owner = Event::Owner { account: 3, owner: Some(1) };
        load(store, &records(&[owner], on), on);
        watch(store, on, Extent::Changed, &Silent).unwrap();
        let after_a_customer = base();
        let mut moved = masters();
        moved.people[0].role = Role::Kam;
        load(store, &Records { people: moved.people, ..Records::default() }, on.tomorrow());
        let after_a_person = base();
        let earlier =
            Event::Sale { account: 1, invoice: 900, back: 900, euros: 1, product: 0, known_at_once: true };
        load(store, &records(&[earlier], on), on);
        let after_the_first_line = base();

        assert!(Arc::ptr_eq(&first, &after_a_customer));
        assert!(!Arc::ptr_eq(&after_a_customer, &after_a_person));
        assert!(!Arc::ptr_eq(&after_a_person, &after_the_first_line));
        let first_person = &after_a_person.company.people.people[0];
        assert_eq!(first_person.on(on.tomorrow()).map(|version| version.role), Some(Role::Kam));
    });
}

#[test]
fn a_company_of_three_customers_is_watched_without_thresholds() {
    both(|store| {
        let mut records = small_company();
        records.sales.retain(|sale| ["A00", "A01", "A02"].contains(&sale.account.as_str()));
        load(store, &records, day("2025-10-20"));

        let summary = watch(store, day("2025-10-20"), Extent::Changed, &Silent).unwrap();

        assert_eq!(summary.thresholds_set, None);
        assert_eq!(summary.accounts, ACCOUNTS);
    });
}
