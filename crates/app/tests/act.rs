//! Authorised changes on both engines: done once however often asked, refused without a trace, decided on the facts of
//! the moment.
#![allow(clippy::unwrap_used)]

use luotsi_app::{
    act::{ActError, By, Problem, RequestKey, act, forget_old_requests},
    people::substitution::appoint,
};
use luotsi_core::{
    account::AccountId,
    history::{Actor, Entry, Subject},
    people::{
        PersonId,
        policy::{Action, Refusal},
        substitution::Wish,
    },
    units::Day,
};
use luotsi_store::{
    Query, Store, StoreError, Value, Work, history,
    people::request::{Refused, refusals},
    testing::both,
};
use std::thread;
use uuid::Uuid;

const MAIJA: u128 = 1;
const AINO: u128 = 2;
const EERO: u128 = 3;
const LEFT: u128 = 4;
const AINOS: u128 = 101;
const EEROS: u128 = 102;

fn today() -> Day {
    Day::parse("2026-11-23").unwrap()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn account(number: u128) -> AccountId {
    AccountId(id(number))
}

fn by(person: u128) -> By {
    By::person(PersonId(id(person)), today())
}

fn keyed(person: u128, key: &str, payload: &str) -> By {
    by(person).with_request(RequestKey::of(key, payload))
}

fn company(work: &mut Work<'_>) -> Result<(), StoreError> {
    let people =
        [(MAIJA, "manager", true), (AINO, "seller", true), (EERO, "seller", true), (LEFT, "admin", false)];
    work.insert(
        "person",
        ["id", "source", "external_id", "name"],
        people.map(|(number, ..)| [id(number).into(), "erp".into(), number.to_string().into(), "A".into()]),
    )?;
    work.insert(
        "person_version",
        ["person_id", "from_day", "role", "manager_id", "is_active"],
        people.map(|(number, role, is_active)| {
            let manager = (number == AINO).then(|| id(MAIJA));
            [id(number).into(), Day::MIN.into(), role.into(), manager.into(), is_active.into()]
        }),
    )?;
    work.insert(
        "account",
        ["id", "source", "external_id", "name", "name_sort", "search_text", "edition"],
        [AINOS, EEROS].map(|number| {
            let name = number.to_string();
            let name = || Value::from(&name);
            [id(number).into(), "erp".into(), name(), name(), name(), name(), 1_i64.into()]
        }),
    )?;
    work.insert(
        "account_version",
        ["account_id", "from_day", "owner_id", "is_active"],
        [(AINOS, AINO), (EEROS, EERO)]
            .map(|(number, owner)| [id(number).into(), Day::MIN.into(), id(owner).into(), true.into()]),
    )
}

fn with_company(story: impl Fn(&Store)) {
    both(|store| {
        store.write(Actor::Demo, company).unwrap();
        story(store);
    });
}

/// A change that leaves an entry in the log and answers with what it was given.
fn change(work: &mut Work<'_>, account: u128, answer: i64) -> Result<i64, ActError> {
    work.record(Entry {
        subject: Subject::Account,
        subject_id: Some(id(account)),
        what: "name",
        before: None,
        after: Some(answer.to_string()),
        why: None,
        touched: Vec::new(),
    })?;
    Ok(answer)
}

fn rename(store: &Store, by: &By, number: u128, answer: i64) -> Result<i64, ActError> {
    act(store, by, Action::EditAccount, account(number), move |work, _| change(work, number, answer))
}

fn changes(store: &Store) -> i64 {
    store.read(|reader| history::last_position(reader)).unwrap()
}

fn refused(store: &Store) -> Vec<Refused> {
    store.read(|reader| refusals(reader, 10)).unwrap()
}

#[test]
fn the_owner_edits_and_the_log_names_the_owner() {
    with_company(|store| {
        assert_eq!(rename(store, &by(AINO), AINOS, 7), Ok(7));

        let person = store.read(|reader| {
            reader.one("select person_id from log_entry", &[], |row| row.opt_id(0)).map(Option::flatten)
        });
        assert_eq!(person.unwrap(), Some(id(AINO)));
        assert_eq!(refused(store), []);
    });
}

#[test]
fn a_refusal_leaves_no_trace_but_the_security_log() {
    with_company(|store| {
        let outcome = rename(store, &keyed(EERO, "k", "a"), AINOS, 7);

        assert_eq!(outcome, Err(ActError::Refused(Refusal::NotYours)));
        assert_eq!(changes(store), 0);
        let line = &refused(store)[0];
        assert_eq!(line.person, Some(PersonId(id(EERO))));
        assert_eq!((line.action.as_str(), line.about), ("edit_account", Some(id(AINOS))));
        assert_eq!(line.why, "not_yours");
    });
}

#[test]
fn what_was_written_before_the_refusal_is_undone() {
    with_company(|store| {
        let outcome = act(store, &by(AINO), Action::EditAccount, account(AINOS), |work, permit| {
            change(work, AINOS, 1)?;
            permit.also(work, Action::EditAccount, account(EEROS))?;
            change(work, EEROS, 2)
        });

        assert_eq!(outcome, Err(ActError::Refused(Refusal::NotYours)));
        assert_eq!(changes(store), 0);
    });
}

#[test]
fn who_left_and_who_never_was_are_refused_whatever_their_role_was() {
    with_company(|store| {
        for person in [LEFT, 999] {
            let outcome = act(store, &by(person), Action::ReadAccount, account(AINOS), |_, _| Ok(()));

            assert_eq!(outcome, Err(ActError::Refused(Refusal::NotActive)));
        }
        assert_eq!(refused(store).len(), 2);
    });
}

#[test]
fn a_token_for_reading_reads_and_does_not_write() {
    with_company(|store| {
        let reading = By { may_write: false, ..by(AINO) };

        assert_eq!(act(store, &reading, Action::ReadAccount, account(AINOS), |_, _| Ok(1_i64)), Ok(1));
        assert_eq!(rename(store, &reading, AINOS, 7), Err(ActError::Refused(Refusal::ReadOnly)));
    });
}

#[test]
fn an_account_that_is_not_there_is_not_there_and_what_the_role_may_not_tells_nothing_of_it() {
    with_company(|store| {
        assert_eq!(rename(store, &by(AINO), 999, 7), Err(ActError::NotThere));

        let costs = |number| act(store, &by(AINO), Action::ReadCosts, account(number), |_, _| Ok(()));
        assert_eq!(costs(999), Err(ActError::Refused(Refusal::NotOfThisRole)));
        assert_eq!(costs(AINOS), Err(ActError::Refused(Refusal::NotOfThisRole)));
    });
}

#[test]
fn what_is_about_the_company_needs_a_right_without_limits() {
    with_company(|store| {
        let outcome = act(store, &by(MAIJA), Action::EditAccount, None, |_, _| Ok(()));

        assert_eq!(outcome, Err(ActError::Refused(Refusal::NotYours)));
    });
}

#[test]
fn a_repeat_gets_the_first_answer_and_does_nothing() {
    with_company(|store| {
        let request = keyed(AINO, "k", "same");

        assert_eq!(rename(store, &request, AINOS, 1), Ok(1));
        assert_eq!(rename(store, &request, AINOS, 2), Ok(1));

        assert_eq!(changes(store), 1);
    });
}

#[test]
fn without_a_key_the_same_is_done_twice() {
    with_company(|store| {
        assert_eq!(rename(store, &by(AINO), AINOS, 1), Ok(1));
        assert_eq!(rename(store, &by(AINO), AINOS, 2), Ok(2));

        assert_eq!(changes(store), 2);
    });
}

#[test]
fn the_same_key_with_other_contents_is_a_mistake_and_another_persons_key_is_another() {
    with_company(|store| {
        assert_eq!(rename(store, &keyed(AINO, "k", "one"), AINOS, 1), Ok(1));

        assert_eq!(rename(store, &keyed(AINO, "k", "other"), AINOS, 2), Err(ActError::OtherPayload));
        assert_eq!(rename(store, &keyed(EERO, "k", "other"), EEROS, 3), Ok(3));
    });
}

#[test]
fn what_failed_is_not_remembered_and_can_be_asked_again() {
    with_company(|store| {
        let request = keyed(AINO, "k", "same");
        let invalid = act(store, &request, Action::EditAccount, account(AINOS), |_, _| {
            Err::<i64, _>(ActError::Invalid(Vec::new()))
        });

        assert_eq!(invalid, Err(ActError::Invalid(Vec::new())));
        assert_eq!(rename(store, &request, AINOS, 5), Ok(5));
    });
}

#[test]
fn many_at_once_with_one_key_have_one_effect() {
    with_company(|store| {
        let answers: Vec<_> = (0..8_i64)
            .map(|nth| {
                let store = store.clone();
                thread::spawn(move || rename(&store, &keyed(AINO, "k", "same"), AINOS, nth))
            })
            .collect::<Vec<_>>()
            .into_iter()
            .map(|asked| asked.join().unwrap().unwrap())
            .collect();

        assert_eq!(answers, [answers[0]; 8]);
        assert_eq!(changes(store), 1);
    });
}

#[test]
fn requests_are_forgotten_only_when_they_are_old() {
    with_company(|store| {
        let request = keyed(AINO, "k", "same");
        rename(store, &request, AINOS, 1).unwrap();

        forget_old_requests(store).unwrap();
        assert_eq!(rename(store, &request, AINOS, 2), Ok(1));

        let age = |work: &mut Work<'_>| work.execute("update request set recorded_at = 0", &[]);
        store.write(Actor::Demo, age).unwrap();
        forget_old_requests(store).unwrap();
        assert_eq!(rename(store, &request, AINOS, 2), Ok(2));
    });
}

#[test]
fn a_key_is_short_and_visible() {
    assert_eq!(RequestKey::of("", "a"), None);
    assert_eq!(RequestKey::of("with space", "a"), None);
    assert_eq!(RequestKey::of(&"k".repeat(201), "a"), None);
    assert_ne!(RequestKey::of("k", "a"), RequestKey::of("k", "b"));
}

#[test]
fn of_two_who_appoint_a_substitute_for_the_same_days_one_does() {
    both(|store| {
        store.write(Actor::Setup, company).unwrap();
        let appointed = thread::scope(|scope| {
            let of = |(who, substitute): (u128, u128)| {
                let wish = Wish {
                    person: Some(PersonId(id(AINO))),
                    substitute: Some(PersonId(id(substitute))),
                    from: Some(today()),
                    until: Some(today().plus_days(7)),
                };
                scope.spawn(move || appoint(store, &by(who), wish))
            };
            let both = [(AINO, EERO), (MAIJA, MAIJA)].map(of);
            both.map(|thread| thread.join().unwrap())
        });

        let refused = appointed.iter().find_map(|outcome| outcome.as_ref().err()).unwrap();
        assert_eq!(appointed.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        assert!(
            matches!(refused, ActError::Invalid(wrong) if matches!(wrong[0].problem, Problem::StoodInFor { .. })),
            "{refused}"
        );
    });
}
