//! What people judge and decide of an account, and what the log keeps of it.

use super::{AINO, AINOS, EERO, LEFT, account, by, day, person, today, with_company};
use luotsi_app::{
    account::{Fact, FactKind, add_member, tell, version},
    act::{ActError, Problem},
    base::{Need, estimate, score, set_target},
    segmentation::{decide, take_back},
};
use luotsi_core::{
    base::Estimator,
    people::{Role, policy::Refusal},
    strategy::Segment,
    units::Money,
};
use luotsi_store::{Query, Store, account::entry::facts_on};

/// The log: what, before, after, why.
fn log(store: &Store) -> Vec<[String; 4]> {
    let sql = "select what, before, after, why from log_entry order by position";
    let text = |row: &luotsi_store::Row<'_>, at| row.opt_string(at).map(Option::unwrap_or_default);
    store
        .read(|reader| {
            reader.all(sql, &[], |row| Ok([text(row, 0)?, text(row, 1)?, text(row, 2)?, text(row, 3)?]))
        })
        .unwrap()
}

fn problems<T: std::fmt::Debug>(outcome: Result<T, ActError>) -> Vec<(&'static str, Problem)> {
    let Err(ActError::Invalid(fields)) = outcome else { panic!("{outcome:?}") };
    fields.into_iter().map(|each| (each.field, each.problem)).collect()
}

#[test]
fn the_log_keeps_what_somebody_judged_before_and_after_and_why() {
    with_company(|store| {
        let need = |euros| vec![Need { group: None, yearly: Money::euros(euros) }];
        let told = |read, euros, why: &str| {
            let (about, why) = ((account(AINOS), Some(read)), Some(why.to_owned()));
            estimate(store, &by(AINO), about, need(euros), Estimator::Owner, why)
        };

        told(0, 50_000, "  Uusi halli ").unwrap();
        told(1, 60_000, "Ja toinen").unwrap();
        told(2, 60_000, "Ja toinen").unwrap();

        let entries = log(store);
        let texts: Vec<[&str; 4]> =
            entries.iter().map(|entry| entry.each_ref().map(String::as_str)).collect();
        assert_eq!(
            texts,
            [
                ["told", "", "all 50000.00", "Uusi halli"],
                ["told", "all 50000.00", "all 60000.00", "Ja toinen"],
            ]
        );
    });
}

#[test]
fn a_decision_needs_a_reason_and_a_day_to_look_at_it_again_within_three_years() {
    with_company(|store| {
        let decide = |reason: &str, review: Option<&str>| {
            let (reason, review) = (reason.to_owned(), review.map(day));
            decide(store, &by(AINO), (account(AINOS), Some(0)), Segment::Strategic, reason, review)
        };

        assert_eq!(problems(decide(" ", None)), [("reason", Problem::Missing)]);
        let early = Problem::TooEarly { earliest: day("2026-11-24") };
        assert_eq!(problems(decide("Uusi tehdas", Some("2026-11-23"))), [("review", early)]);
        let late = Problem::TooLate { latest: day("2029-11-23") };
        assert_eq!(problems(decide("Uusi tehdas", Some("2030-01-01"))), [("review", late)]);
        assert!(log(store).is_empty());

        decide("Uusi tehdas", None).unwrap();
        take_back(store, &by(AINO), (account(AINOS), Some(1))).unwrap();
        let said: Vec<_> = log(store).into_iter().map(|[what, before, ..]| (what, before)).collect();
        let decision = "strategic until 2027-11-23".to_owned();
        assert_eq!(said, [("set".to_owned(), String::new()), ("taken_back".to_owned(), decision)]);
    });
}

#[test]
fn a_target_is_for_this_year_or_the_five_after_it_and_never_below_nothing() {
    with_company(|store| {
        let target =
            |year, euros| set_target(store, &by(AINO), (account(AINOS), Some(0)), year, Money::euros(euros));

        let years = Problem::OutOfRange { min: 2026, max: 2031 };
        assert_eq!(problems(target(2025, 1)), [("year", years.clone())]);
        assert_eq!(problems(target(2032, 1)), [("year", years)]);
        let amounts = Problem::OutOfRange { min: 0, max: 1_000_000_000_000 };
        assert_eq!(problems(target(2027, -1)), [("target", amounts)]);
        target(2031, 1).unwrap();
    });
}

#[test]
fn who_judges_without_having_read_what_others_judged_changes_nothing() {
    with_company(|store| {
        let about = |read| (account(AINOS), Some(read));
        let stale = Err(ActError::Stale(Vec::new()));
        let decide = |read, segment| {
            decide(store, &by(AINO), about(read), segment, "Uusi tehdas".to_owned(), Some(day("2027-05-01")))
        };
        let target = |read, euros| set_target(store, &by(AINO), about(read), 2027, Money::euros(euros));

        decide(0, Segment::Strategic).unwrap();
        target(0, 300_000).unwrap();
        score(store, &by(AINO), about(0), [5, 4, 3, 4]).unwrap();
        let before = log(store);

        assert_eq!(decide(0, Segment::Retention), stale);
        assert_eq!(take_back(store, &by(AINO), about(0)), stale);
        assert_eq!(target(0, 200_000), stale);
        assert_eq!(score(store, &by(AINO), about(0), [1, 1, 1, 1]), stale);
        // Who says the same has nothing to hear.
        assert_eq!(target(0, 300_000), Ok(()));
        assert_eq!(log(store), before);
        decide(1, Segment::Retention).unwrap();
    });
}

#[test]
fn nobody_who_has_left_gets_a_customer_or_a_part_in_a_team() {
    with_company(|store| {
        let drawn = store.read(|reader| facts_on(reader, account(AINOS), today())).unwrap().unwrap();
        let drawn = version(&drawn, FactKind::Owner);
        let give = |to, drawn: &str| {
            tell(store, &by(AINO), account(AINOS), drawn.to_owned(), Fact::Owner(Some(person(to))))
        };

        assert_eq!(problems(give(LEFT, &drawn)), [("owner", Problem::NotActive)]);
        let member = add_member(store, &by(AINO), account(AINOS), person(LEFT), Role::Kam);
        assert_eq!(problems(member), [("person", Problem::NotActive)]);
        assert_eq!(
            tell(store, &by(EERO), account(AINOS), drawn.clone(), Fact::Owner(Some(person(EERO)))),
            Err(ActError::Refused(Refusal::NotYours))
        );
        give(EERO, &drawn).unwrap();
        // It is theirs no more.
        assert_eq!(give(AINO, &drawn), Err(ActError::Refused(Refusal::NotYours)));
    });
}
