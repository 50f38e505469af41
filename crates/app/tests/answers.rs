//! Answers to proposals as people give them: what they plan and record, what they close, and how they are taken back.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use luotsi_app::{
    act::{ActError, By, FieldError, Problem, RequestKey},
    activity::{Told, change},
    import::{self, records::*},
    steering::{
        Extent, Silent, Watcher,
        answer::{self, DismissReason, Planned},
        watch,
    },
};
use luotsi_core::{
    account::AccountId,
    activity::{ActivityId, ActivityKind, Direction},
    history::Actor,
    people::{PersonId, Role, policy::Refusal},
    steering::{ProposalState, SNOOZE_DAYS_MAX},
    units::{Day, Money},
};
use luotsi_store::{
    Query, Store,
    activity::page::planned_minutes,
    people::page::Whose,
    steering::{ProposalRow, experience, open_proposals},
    testing::both,
};
use uuid::Uuid;

const TODAY: &str = "2026-11-20";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Two sellers and their manager; nine customers that order each month, and have not been visited for long.
fn company(store: &Store) {
    let person = |external_id: &str, role, manager: Option<&str>, team: &str| PersonRecord {
        external_id: external_id.to_owned(),
        name: external_id.to_owned(),
        email: None,
        role,
        team: Some(team.to_owned()),
        manager: manager.map(str::to_owned),
        is_active: true,
        hourly_cost: None,
        customer_hours: None,
        known_on: None,
    };
    let account = |number: usize| AccountRecord {
        external_id: format!("A{number}"),
        name: format!("Asiakas {number} Oy"),
        business_id: None,
        parent: None,
        industry: None,
        size_class: None,
        owner: Some("P1".to_owned()),
        street: None,
        postal_code: None,
        city: None,
        country: None,
        is_active: true,
        known_on: None,
    };
    let sale = |number: usize, month: i64| SalesRecord {
        invoice: format!("I{number}-{month}"),
        line: Some("1".to_owned()),
        day: day(TODAY).plus_days(-30 * month - 4),
        account: format!("A{number}"),
        product: None,
        quantity_millionths: 1_000_000,
        net: Money::euros(1_000 * (number as i64 + 1)),
        cost: None,
        known_on: None,
    };
    let records = Records {
        people: vec![
            person("P1", Role::Seller, Some("P3"), "south"),
            person("P2", Role::Seller, None, "north"),
            person("P3", Role::Manager, None, "south"),
        ],
        accounts: (0..9).map(account).collect(),
        sales: (0..9).flat_map(|number| (0..24).map(move |month| sale(number, month))).collect(),
        ..Records::default()
    };
    import::load(store, &records, "erp", day(TODAY), Actor::Import, &import::Silent).unwrap();
    watch(store, day(TODAY).plus_days(-200), Extent::Full, &Silent).unwrap();
    watch(store, day(TODAY), Extent::Full, &Silent).unwrap();
}

fn person(store: &Store, external_id: &str) -> PersonId {
    store.read(|reader| luotsi_app::people::find(reader, external_id)).unwrap().unwrap()
}

fn by(store: &Store, external_id: &str) -> By {
    By::person(person(store, external_id), day(TODAY))
}

fn account(store: &Store, external_id: &str) -> AccountId {
    let sql = "select id from account where external_id = $1";
    store
        .read(|reader| reader.one(sql, &[external_id.into()], |row| row.id(0)))
        .unwrap()
        .map(AccountId)
        .unwrap()
}

/// The seller's open contact proposal about the largest customer.
fn contact(store: &Store) -> Option<ProposalRow> {
    let account = account(store, "A8");
    let open = store.read(|reader| open_proposals(reader, &[account])).unwrap();
    open.into_iter().find(|row| row.key == "contact")
}

fn look(store: &Store) {
    Watcher::new(store.clone(), Some(day(TODAY))).look().unwrap();
}

fn visit(on: &str) -> Told {
    Told {
        kind: ActivityKind::Visit,
        day: day(on),
        minutes: 90,
        direction: Some(Direction::Out),
        contact: None,
        is_unanswered: false,
        note: None,
    }
}

fn refused(outcome: Result<Uuid, ActError>, field: &'static str, problem: Problem) {
    assert_eq!(outcome, Err(ActError::Invalid(vec![FieldError { field, problem }])));
}

#[test]
fn an_accepted_proposal_is_planned_in_the_sellers_calendar_and_undone_with_its_plan() {
    both(|store| {
        company(store);
        let (seller, before) = (by(store, "P1"), contact(store).unwrap());
        let planned =
            Planned { day: day("2026-11-25"), minutes: 90, agenda: Some("Talven tarve".to_owned()) };
        let minutes = || {
            let whose = Whose::Of(vec![seller.person]);
            store.read(|reader| planned_minutes(reader, &whose, day("2026-11-25"))).unwrap()
        };

        let answer = answer::accept(store, &seller, before.id, planned).unwrap();
        look(store);

        let open = contact(store).unwrap();
        let state = ProposalState::Planned { day: day("2026-11-25"), until: day("2026-11-27") };
        assert_eq!((open.id, open.state), (before.id, state));
        assert_eq!(open.deviations, before.deviations);
        assert_eq!(minutes(), 90);

        answer::take_back(store, &seller, answer).unwrap();
        look(store);
        assert_eq!(contact(store).unwrap().state, ProposalState::Open);
        assert_eq!(minutes(), 0);
    });
}

#[test]
fn accepting_again_moves_the_plan() {
    both(|store| {
        company(store);
        let (seller, proposal) = (by(store, "P1"), contact(store).unwrap().id);
        let planned = |on| Planned { day: day(on), minutes: 60, agenda: None };
        let minutes = |on| {
            store.read(|reader| planned_minutes(reader, &Whose::Of(vec![seller.person]), day(on))).unwrap()
        };

        answer::accept(store, &seller, proposal, planned("2026-11-25")).unwrap();
        answer::accept(store, &seller, proposal, planned("2026-11-26")).unwrap();

        assert_eq!((minutes("2026-11-25"), minutes("2026-11-26")), (0, 60));
    });
}

#[test]
fn what_was_done_closes_the_proposal_and_undoing_it_opens_the_same_one_again() {
    both(|store| {
        company(store);
        let (seller, before) = (by(store, "P1"), contact(store).unwrap());

        let answer = answer::done(store, &seller, before.id, Some(visit(TODAY))).unwrap();
        look(store);
        assert_eq!(contact(store), None);

        answer::take_back(store, &seller, answer).unwrap();
        look(store);
        assert_eq!(contact(store).unwrap(), before);
    });
}

#[test]
fn taking_the_activity_itself_back_later_opens_the_proposal_that_it_closed() {
    both(|store| {
        company(store);
        let before = contact(store).unwrap();
        answer::done(store, &by(store, "P1"), before.id, Some(visit(TODAY))).unwrap();
        look(store);
        assert!(contact(store).is_none_or(|proposal| proposal.id != before.id));
        let (account, activity) = store
            .read(|reader| {
                let sql = "select account_id, activity_id from answer";
                reader.one(sql, &[], |row| Ok((AccountId(row.id(0)?), ActivityId(row.id(1)?))))
            })
            .unwrap()
            .unwrap();

        // Told otherwise it is still done.
        let longer = Told { minutes: 120, ..visit(TODAY) };
        change(store, &by(store, "P1"), account, activity, 1, longer).unwrap();

        let others = answer::undo_activity(store, &by(store, "P2"), account, activity, 2);
        let stale = answer::undo_activity(store, &by(store, "P1"), account, activity, 1);
        answer::undo_activity(store, &by(store, "P1"), account, activity, 2).unwrap();
        look(store);

        assert!(matches!(others, Err(ActError::Refused(_))), "{others:?}");
        assert!(matches!(stale, Err(ActError::Stale(_))), "{stale:?}");
        assert_eq!(contact(store).unwrap(), before);
        let believed = "select count(*) from activity where known_until = '9999-12-31'";
        assert_eq!(store.read(|reader| reader.one(believed, &[], |row| row.int(0))).unwrap(), Some(0));
    });
}

#[test]
fn a_plan_that_was_done_is_one_activity() {
    both(|store| {
        company(store);
        let (seller, proposal) = (by(store, "P1"), contact(store).unwrap());
        let planned = Planned { day: day(TODAY), minutes: 60, agenda: None };
        answer::accept(store, &seller, proposal.id, planned).unwrap();
        let kind = luotsi_core::steering::Action::parse(proposal.what.name());
        let done = Told { kind: kind_of(kind), ..visit(TODAY) };

        answer::done(store, &seller, proposal.id, Some(done)).unwrap();

        let count = "select count(*) from activity where known_until = '9999-12-31'";
        assert_eq!(store.read(|reader| reader.one(count, &[], |row| row.int(0))).unwrap(), Some(1));
    });
}

fn kind_of(action: Option<luotsi_core::steering::Action>) -> ActivityKind {
    match action {
        Some(luotsi_core::steering::Action::Activity(kind)) => kind,
        other => panic!("{other:?} is no activity"),
    }
}

#[test]
fn a_dismissed_proposal_stays_away_and_says_why() {
    both(|store| {
        company(store);
        let (seller, proposal) = (by(store, "P1"), contact(store).unwrap().id);

        refused(
            answer::dismiss(store, &seller, proposal, DismissReason::Other, Some(" ".to_owned())),
            "note",
            Problem::Missing,
        );
        answer::dismiss(store, &seller, proposal, DismissReason::HandledOtherwise, None).unwrap();
        look(store);
        assert_eq!(contact(store), None);

        watch(store, day(TODAY).plus_days(29), Extent::Changed, &Silent).unwrap();
        assert_eq!(contact(store), None);
        watch(store, day(TODAY).plus_days(30), Extent::Changed, &Silent).unwrap();
        assert!(contact(store).is_some_and(|again| again.id != proposal));
    });
}

#[test]
fn a_snooze_has_a_day_within_sixty_days() {
    both(|store| {
        company(store);
        let (seller, proposal) = (by(store, "P1"), contact(store).unwrap().id);
        let today = day(TODAY);
        let latest = today.plus_days(SNOOZE_DAYS_MAX);

        let snooze = |until| answer::snooze(store, &seller, proposal, until, None);
        refused(snooze(today), "until", Problem::TooEarly { earliest: today.tomorrow() });
        refused(snooze(latest.tomorrow()), "until", Problem::TooLate { latest });
        snooze(today.plus_days(7)).unwrap();
        look(store);

        let until = today.plus_days(7);
        assert_eq!(contact(store).unwrap().state, ProposalState::Snoozed { until });
        watch(store, until, Extent::Changed, &Silent).unwrap();
        assert_eq!(contact(store).unwrap().state, ProposalState::Open);
    });
}

#[test]
fn a_proposal_is_scheduled_for_today_at_the_earliest_and_within_three_years() {
    both(|store| {
        company(store);
        let (seller, proposal) = (by(store, "P1"), contact(store).unwrap().id);
        let (today, latest) = (day(TODAY), day(TODAY).plus_months(36));

        let accept = |day| {
            let planned = Planned { day, minutes: 30, agenda: None };
            answer::accept(store, &seller, proposal, planned)
        };
        refused(accept(today.plus_days(-1)), "day", Problem::TooEarly { earliest: today });
        refused(accept(latest.tomorrow()), "day", Problem::TooLate { latest });
        refused(accept(Day::MAX), "day", Problem::TooLate { latest });
        accept(latest).unwrap();
    });
}

#[test]
fn a_proposal_is_handed_only_to_somebody_who_may_do_it() {
    both(|store| {
        company(store);
        let (seller, proposal) = (by(store, "P1"), contact(store).unwrap().id);

        let stranger = person(store, "P2");
        refused(answer::delegate(store, &seller, proposal, stranger), "to", Problem::NoRight);
        answer::delegate(store, &seller, proposal, person(store, "P3")).unwrap();
        look(store);

        assert_eq!(contact(store).unwrap().delegate, Some(person(store, "P3")));
    });
}

#[test]
fn only_those_who_answer_for_the_account_answer_its_proposals() {
    both(|store| {
        company(store);
        let proposal = contact(store).unwrap().id;

        let stranger = answer::done(store, &by(store, "P2"), proposal, Some(visit(TODAY)));
        let manager = answer::dismiss(store, &by(store, "P3"), proposal, DismissReason::NotRelevant, None);

        assert_eq!(stranger, Err(ActError::Refused(Refusal::NotYours)));
        assert!(manager.is_ok());
        let late = answer::done(store, &by(store, "P1"), proposal, None);
        assert_eq!(late, Err(ActError::Stale(Vec::new())));
    });
}

#[test]
fn the_same_answer_sent_twice_is_one() {
    both(|store| {
        company(store);
        let proposal = contact(store).unwrap().id;
        let seller = by(store, "P1").with_request(RequestKey::of("one", "the same"));

        let first = answer::done(store, &seller, proposal, Some(visit(TODAY))).unwrap();
        let second = answer::done(store, &seller, proposal, Some(visit(TODAY))).unwrap();

        assert_eq!(first, second);
        let count = "select count(*) from activity";
        assert_eq!(store.read(|reader| reader.one(count, &[], |row| row.int(0))).unwrap(), Some(1));
    });
}

#[test]
fn what_was_done_is_judged_by_the_sales_of_the_ninety_days_after_it() {
    both(|store| {
        company(store);
        let (seller, proposal) = (by(store, "P1"), contact(store).unwrap());
        answer::done(store, &seller, proposal.id, Some(visit(TODAY))).unwrap();
        let more = SalesRecord {
            invoice: "later".to_owned(),
            line: Some("1".to_owned()),
            day: day("2026-12-10"),
            account: "A8".to_owned(),
            product: None,
            quantity_millionths: 1_000_000,
            net: Money::euros(90_000),
            cost: None,
            known_on: None,
        };
        let later = day(TODAY).plus_days(91);
        let records = Records { sales: vec![more], ..Records::default() };
        import::load(store, &records, "erp", later, Actor::Import, &import::Silent).unwrap();

        let learned = |on| store.read(|reader| experience(reader, on)).unwrap().by_action;

        assert!(learned(later.plus_days(-1)).is_empty());
        let judged: Vec<(i64, i64)> =
            learned(later).values().map(|judged| (judged.judged, judged.worked)).collect();
        assert_eq!(judged, [(1, 1)]);
    });
}
