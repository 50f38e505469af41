//! The promises of the unit of work, told on both engines: all or nothing, neighbours unharmed, answered when durable.
#![allow(clippy::unwrap_used)]

use luotsi_core::{
    account::AccountId,
    history::{Actor, Entry, Subject, Touched},
    people::PersonId,
    units::Day,
};
use luotsi_store::{
    Answered, Asking, Known, Query, Store, StoreError, Work, history,
    people::request::{insert, known},
    recording::{Numbered, OWN_SOURCE, next_external_id},
    testing::{FreshDatabase, both},
};
use std::{
    sync::{Arc, Barrier, mpsc::channel},
    thread,
};
use uuid::Uuid;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn group(store: &Store, name: &str) -> Result<(), StoreError> {
    let name = name.to_owned();
    store.write(Actor::Import, move |work| insert_group(work, &name))
}

fn insert_group(work: &mut Work<'_>, name: &str) -> Result<(), StoreError> {
    let id = work.new_id();
    work.insert("product_group", ["id", "name"], [[id.into(), name.into()]])
}

fn groups(store: &Store) -> Vec<String> {
    store
        .read(|reader| reader.all("select name from product_group order by name", &[], |row| row.string(0)))
        .unwrap()
}

fn entry(touched: Vec<Touched>) -> Entry {
    Entry {
        subject: Subject::Sales,
        subject_id: None,
        what: "batch",
        before: None,
        after: None,
        why: None,
        touched,
    }
}

#[test]
fn what_is_saved_is_there_for_the_next_reader() {
    both(|store| {
        group(store, "Betoni").unwrap();
        group(store, "Äyriäinen").unwrap();

        assert_eq!(groups(store), ["Betoni", "Äyriäinen"]);
    });
}

#[test]
fn a_unit_of_work_that_fails_leaves_no_trace_and_its_neighbours_are_saved() {
    both(|store| {
        together(store, 24, |work, number| {
            insert_group(work, &format!("{number:02}"))?;
            match number % 3 {
                0 => Err(StoreError::Busy),
                1 => panic!("number {number}"),
                _ => Ok(()),
            }
        });

        let kept: Vec<String> =
            (0..24).filter(|number| number % 3 == 2).map(|number| format!("{number:02}")).collect();
        assert_eq!(groups(store), kept);
    });
}

#[test]
fn a_unit_of_work_that_panics_over_a_row_does_no_harm_to_its_neighbours() {
    both(|store| {
        together(store, 24, |work, number| {
            if number % 3 == 1 {
                work.each("select id from writer", &[], |_| panic!("number {number}"))?;
            }
            insert_group(work, &format!("{number:02}"))
        });

        let kept: Vec<String> =
            (0..24).filter(|number| number % 3 != 1).map(|number| format!("{number:02}")).collect();
        assert_eq!(groups(store), kept);
    });
}

#[test]
fn a_failed_statement_undoes_the_unit_of_work_even_when_passed_over() {
    both(|store| {
        group(store, "Betoni").unwrap();

        let outcome: Result<(), StoreError> = store.write(Actor::Import, |work| {
            insert_group(work, "Sora")?;
            insert_group(work, "Betoni").ok();
            Ok(())
        });

        assert!(matches!(outcome, Err(StoreError::Taken(_))), "{outcome:?}");
        assert_eq!(groups(store), ["Betoni"]);
    });
}

#[test]
fn whose_last_row_is_taken_is_told_so_and_its_neighbours_are_saved() {
    both(|store| {
        group(store, "Betoni").unwrap();

        let outcomes = together(store, 24, |work, number| match number % 3 {
            0 => insert_group(work, "Betoni"),
            _ => insert_group(work, &format!("{number:02}")),
        });

        for (number, outcome) in outcomes.iter().enumerate() {
            let is_as_expected = match number % 3 {
                0 => matches!(outcome, Err(StoreError::Taken(_))),
                _ => outcome.is_ok(),
            };
            assert!(is_as_expected, "{number}: {outcome:?}");
        }
        assert_eq!(groups(store).len(), 1 + 16);
    });
}

#[test]
fn requests_that_wait_share_a_commit() {
    both(|store| {
        let looked_at = store.clone();
        let counted = in_one_transaction(store, 20, move |work, _| insert_and_count(&looked_at, work));
        let mut seen: Vec<Counted> = counted.into_iter().map(Result::unwrap).collect();
        seen.sort_unstable();

        // Were each committed alone, others would have seen the rows before it.
        let expected: Vec<Counted> = (1..=20).map(|inside| Counted { inside, outside: 0 }).collect();
        assert_eq!(seen, expected);
        assert_eq!(groups(store).len(), 20);
    });
}

/// The rows there are after one more, inside of its transaction and for others.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Counted {
    inside: i64,
    outside: i64,
}

fn insert_and_count(store: &Store, work: &mut Work<'_>) -> Result<Counted, StoreError> {
    let name = work.new_id().to_string();
    insert_group(work, &name)?;
    let inside = work.one("select count(*) from product_group", &[], |row| row.int(0))?;
    Ok(Counted { inside: inside.unwrap_or(0), outside: groups(store).len() as i64 })
}

#[test]
fn a_reader_sees_one_state_throughout() {
    both(|store| {
        group(store, "Betoni").unwrap();

        store
            .read(|reader| -> Result<(), StoreError> {
                let count = || reader.one("select count(*) from product_group", &[], |row| row.int(0));
                let before = count()?;
                group(store, "Sora")?;

                assert_eq!(count()?, before);
                Ok(())
            })
            .unwrap();

        assert_eq!(groups(store).len(), 2);
    });
}

#[test]
fn many_readers_and_writers_at_once_find_what_they_wrote() {
    both(|store| {
        let found = together(store, 16, |work, number| insert_group(work, &format!("{number:02}")));

        assert!(found.iter().all(Result::is_ok), "{found:?}");
        assert_eq!(groups(store).len(), 16);
    });
}

#[test]
fn two_programs_on_one_database_take_turns() {
    for fresh in [FreshDatabase::sqlite(), FreshDatabase::postgres()] {
        let programs: Vec<_> = (0..2)
            .map(|program| {
                let store = Store::open(&fresh.url).unwrap();
                thread::spawn(move || {
                    for number in 0..50 {
                        group(&store, &format!("{program}-{number}")).unwrap();
                    }
                })
            })
            .collect();
        programs.into_iter().for_each(|program| program.join().unwrap());

        assert_eq!(groups(&Store::open(&fresh.url).unwrap()).len(), 100);
    }
}

#[test]
fn values_come_back_as_they_were_given() {
    both(|store| {
        let id = Uuid::now_v7();
        let on = [Day::MIN, day("2026-11-22"), Day::MAX];
        store
            .read(|reader| -> Result<(), StoreError> {
                for on in on {
                    reader.each(
                        "select $1::uuid, $2::date, $3::bigint, $4::text, $5::double precision, $6::text",
                        &[
                            id.into(),
                            on.into(),
                            i64::MIN.into(),
                            "Äö'$1".into(),
                            0.1.into(),
                            None::<i64>.into(),
                        ],
                        |row| {
                            assert_eq!((row.id(0)?, row.day(1)?), (id, on));
                            assert_eq!((row.int(2)?, row.text(3)?), (i64::MIN, "Äö'$1"));
                            assert_eq!((row.real(4)?, row.opt_text(5)?), (0.1, None));
                            Ok(())
                        },
                    )?;
                }
                let sum =
                    "select sum(number) from (select $1::bigint as number union all select $1) as numbers";
                assert_eq!(
                    reader.one(sum, &[(-1_234_567_890_123_i64).into()], |row| row.int(0))?,
                    Some(-2_469_135_780_246)
                );
                Ok(())
            })
            .unwrap();
    });
}

#[test]
fn many_rows_go_in_and_are_looked_up_in_slices() {
    both(|store| {
        let rows: Vec<(Uuid, String)> = (0..1_300).map(|n| (Uuid::now_v7(), format!("{n:04}"))).collect();
        let given = rows.clone();
        store
            .write(Actor::Import, move |work| -> Result<(), StoreError> {
                let values = given.iter().map(|(id, name)| [(*id).into(), name.into()]);
                work.insert("product_group", ["id", "name"], values)?;
                let renamed: Vec<_> = given.iter().map(|(id, name)| [(*id).into(), format!("x{name}").into()]).collect();
                let changed = work.execute_for(
                    "with wanted (id, name) as ({wanted})
                     update product_group set name = wanted.name from wanted where product_group.id = wanted.id",
                    ["uuid", "text"],
                    &renamed,
                )?;
                assert_eq!(changed, 1_300);
                Ok(())
            })
            .unwrap();

        let ids: Vec<Uuid> = rows.iter().map(|(id, _)| *id).collect();
        let mut found = Vec::new();
        store
            .read(|reader| {
                reader.each_of(
                    "select name from product_group where id in {wanted} order by id",
                    &ids,
                    |row| {
                        found.push(row.string(0)?);
                        Ok(())
                    },
                )
            })
            .unwrap();

        assert_eq!(found, rows.iter().map(|(_, name)| format!("x{name}")).collect::<Vec<_>>());
    });
}

#[test]
fn a_statement_from_within_anothers_rows_is_refused() {
    both(|store| {
        let outcome: Result<(), StoreError> = store.read(|reader| {
            reader.each("select 1", &[], |_| {
                assert!(matches!(
                    reader.one("select 1", &[], |row| row.int(0)),
                    Err(StoreError::Statement(_))
                ));
                Ok(())
            })
        });

        assert_eq!(outcome, Ok(()));
    });
}

#[test]
fn log_positions_follow_one_another_and_failed_work_takes_none() {
    both(|store| {
        let outcomes = together(store, 30, |work, number| {
            work.record(entry(vec![]))?;
            work.record(entry(vec![]))?;
            if number % 5 == 0 { Err(StoreError::Busy) } else { Ok(()) }
        });

        let kept = outcomes.iter().filter(|outcome| outcome.is_ok()).count() as i64;
        let positions = store
            .read(|reader| {
                reader.all("select position from log_entry order by position", &[], |row| row.int(0))
            })
            .unwrap();
        assert_eq!(kept, 24);
        assert_eq!(positions, (1..=2 * kept).collect::<Vec<_>>());
    });
}

#[test]
fn touched_accounts_are_told_once_with_the_earliest_day_of_knowledge() {
    both(|store| {
        let (one, other) = (AccountId(Uuid::now_v7()), AccountId(Uuid::now_v7()));
        let touch = move |account, text| Touched { account, known_from: day(text) };
        store
            .write(Actor::Import, move |work| -> Result<(), StoreError> {
                for (account, name) in [(one, "1"), (other, "2")] {
                    let row = [
                        account.into(),
                        "test".into(),
                        name.into(),
                        name.into(),
                        name.into(),
                        "".into(),
                        1_i64.into(),
                    ];
                    let columns =
                        ["id", "source", "external_id", "name", "name_sort", "search_text", "edition"];
                    work.insert("account", columns, [row])?;
                }
                work.record(entry(vec![touch(one, "2026-03-01"), touch(other, "2026-02-01")]))?;
                work.record(entry(vec![touch(one, "2026-01-01"), touch(one, "2026-05-01")]))
            })
            .unwrap();

        let since = |position| store.read(|reader| history::touched_since(reader, position)).unwrap();
        assert_eq!(since(0), [touch(one, "2026-01-01"), touch(other, "2026-02-01")]);
        assert_eq!(since(1), [touch(one, "2026-01-01")]);
        assert_eq!(since(2), []);
    });
}

#[test]
fn personal_values_stand_beside_the_log_and_not_in_it() {
    both(|store| {
        store
            .write(Actor::Import, |work| -> Result<(), StoreError> {
                let changed = |subject, what, after: &str| Entry {
                    subject,
                    subject_id: None,
                    what,
                    before: None,
                    after: Some(after.to_owned()),
                    why: None,
                    touched: Vec::new(),
                };
                work.record(changed(Subject::Contact, "phone", "040 123"))?;
                work.record(changed(Subject::Account, "name", "Betoni Oy"))
            })
            .unwrap();

        let all = |sql: &'static str| {
            let pair = |row: &luotsi_store::Row<'_>| Ok((row.int(0)?, row.opt_string(1)?));
            store.read(|reader| reader.all::<(i64, Option<String>)>(sql, &[], pair)).unwrap()
        };
        let log = all("select position, after from log_entry order by position");
        assert_eq!(log, [(1, None), (2, Some("Betoni Oy".to_owned()))]);
        assert_eq!(all("select position, after from log_personal"), [(1, Some("040 123".to_owned()))]);
    });
}

fn numbered_person(work: &mut Work<'_>) -> Result<String, StoreError> {
    let number = next_external_id(work, Numbered::Person)?;
    insert_person(work, &number)?;
    Ok(number)
}

fn insert_person(work: &Work<'_>, external_id: &str) -> Result<Uuid, StoreError> {
    let id = work.new_id();
    let row = [id.into(), OWN_SOURCE.into(), external_id.into(), "Mika".into()];
    work.insert("person", ["id", "source", "external_id", "name"], [row])?;
    Ok(id)
}

fn numbers(given: Vec<Result<String, StoreError>>) -> Vec<i64> {
    let mut numbers: Vec<i64> = given.into_iter().flatten().map(|number| number.parse().unwrap()).collect();
    numbers.sort_unstable();
    numbers
}

#[test]
fn numbers_given_in_one_transaction_follow_one_another_and_failed_work_takes_none() {
    both(|store| {
        let given = in_one_transaction(store, 20, |work, number| match number % 5 {
            0 => next_external_id(work, Numbered::Person).and(Err(StoreError::Busy)),
            1 => numbered_person(work).and(Err(StoreError::Busy)),
            _ => numbered_person(work),
        });
        let next = store.write(Actor::Import, numbered_person).unwrap();

        assert_eq!(numbers(given), (1..=12).collect::<Vec<i64>>());
        assert_eq!(next, "13");
    });
}

#[test]
fn a_number_that_a_record_has_already_is_passed_over() {
    both(|store| {
        store.write(Actor::Import, |work| insert_person(work, "3")).unwrap();

        let given = in_one_transaction(store, 6, |work, _| numbered_person(work));

        assert_eq!(numbers(given), [1, 2, 4, 5, 6, 7]);
    });
}

#[test]
fn a_number_that_a_record_has_already_is_passed_over_in_the_middle_of_a_request() {
    both(|store| {
        store.write(Actor::Import, |work| insert_person(work, "2")).unwrap();

        let given = store.write(Actor::Import, |work| {
            let one = numbered_person(work)?;
            let other = numbered_person(work)?;
            let there = work.one("select count(*) from person", &[], |row| row.int(0))?;
            Ok::<_, StoreError>((one, other, there))
        });

        assert_eq!(given, Ok(("1".to_owned(), "3".to_owned(), Some(3))));
    });
}

#[test]
fn a_request_repeated_in_the_same_transaction_is_done_once() {
    both(|store| {
        let person = person_at_work(store);
        let answer = Answered { fingerprint: "f".to_owned(), answer: "done".to_owned() };

        let asked = answer.clone();
        let answers = in_one_transaction_for(store, person, 9, move |work, asking| {
            let key = asking.key.as_deref().unwrap();
            let Known { viewer, answered } = known(work, asking)?;
            assert!(viewer.is_some());
            if answered.is_none() {
                let same = "select 1 from product_group where name = $1";
                if work.one(same, &[key.into()], |row| row.int(0))?.is_some() {
                    return Err(StoreError::Constraint("there already".to_owned()));
                }
                insert_group(work, key)?;
                insert(work, person, key, &asked, 0)?;
            }
            Ok(answered)
        });

        let repeated = answers.into_iter().filter_map(Result::unwrap).collect::<Vec<_>>();
        assert_eq!(repeated, vec![answer; 6]);
        assert_eq!(groups(store), ["key 0", "key 1", "key 2"]);
    });
}

#[test]
fn a_request_done_before_is_known_among_those_that_wait() {
    both(|store| {
        let person = person_at_work(store);
        let answer = Answered { fingerprint: "f".to_owned(), answer: "done".to_owned() };
        let kept = answer.clone();
        store.write(Actor::Import, move |work| insert(work, person, "key 1", &kept, 0)).unwrap();

        let known = in_one_transaction_for(store, person, 6, |work, asking| known(work, asking));

        let answered = known.into_iter().map(|known| known.unwrap().answered).collect::<Vec<_>>();
        assert_eq!(answered, [None, Some(answer.clone()), None, None, Some(answer), None]);
    });
}

#[test]
fn whoever_leaves_is_nobody_to_the_requests_that_wait_behind() {
    both(|store| {
        let person = person_at_work(store);

        let known = in_one_transaction_for(store, person, 6, move |work, asking| {
            let known = known(work, asking)?;
            work.execute("update person_version set is_active = 0 where person_id = $1", &[person.0.into()])?;
            Ok(known)
        });

        let at_work = known.into_iter().filter(|known| known.as_ref().unwrap().viewer.is_some());
        assert_eq!(at_work.count(), 1, "the one whose turn came first");
    });
}

fn person_at_work(store: &Store) -> PersonId {
    store
        .write(Actor::Import, |work| {
            let id = insert_person(work, "1")?;
            let columns = ["person_id", "from_day", "role", "is_active"];
            let row = [id.into(), Day::MIN.into(), "seller".into(), true.into()];
            work.insert("person_version", columns, [row])?;
            Ok::<_, StoreError>(PersonId(id))
        })
        .unwrap()
}

/// `count` requests of a person, of three keys in turn, that have all waited while another was running.
fn in_one_transaction_for<T: Send + 'static>(
    store: &Store,
    person: PersonId,
    count: usize,
    work: impl Fn(&mut Work<'_>, &Asking) -> Result<T, StoreError> + Send + Clone + 'static,
) -> Vec<Result<T, StoreError>> {
    all_waiting(store, count, move |store, number| {
        let key = Some(format!("key {}", number % 3));
        let asking = Asking { person, on: day("2026-11-22"), key };
        let work = work.clone();
        store.write_for(asking.clone(), move |given| work(given, &asking))
    })
}

/// `count` requests that have all waited while another was running; their answers in order of number.
fn in_one_transaction<T: Send + 'static>(
    store: &Store,
    count: usize,
    work: impl Fn(&mut Work<'_>, usize) -> Result<T, StoreError> + Send + Clone + 'static,
) -> Vec<Result<T, StoreError>> {
    all_waiting(store, count, move |store, number| {
        let work = work.clone();
        store.write(Actor::Import, move |given| work(given, number))
    })
}

fn all_waiting<T: Send + 'static>(
    store: &Store,
    count: usize,
    ask: impl Fn(&Store, usize) -> Result<T, StoreError> + Send + Clone + 'static,
) -> Vec<Result<T, StoreError>> {
    let (started, first_runs) = channel();
    let (release, released) = channel::<()>();
    let held = store.clone();
    let first = thread::spawn(move || {
        let gate = std::sync::Mutex::new(Some((started, released)));
        held.write(Actor::Import, move |_| -> Result<(), StoreError> {
            if let Some((started, released)) = gate.lock().unwrap().take() {
                started.send(()).unwrap();
                released.recv().unwrap();
            }
            Ok(())
        })
    });
    first_runs.recv().unwrap();
    let waiting: Vec<_> = (0..count)
        .map(|number| {
            let (store, ask) = (store.clone(), ask.clone());
            thread::spawn(move || ask(&store, number))
        })
        .collect();
    thread::sleep(std::time::Duration::from_millis(300));
    release.send(()).unwrap();
    first.join().unwrap().unwrap();
    waiting.into_iter().map(|thread| thread.join().unwrap()).collect()
}

/// `count` requests at the same moment, so that they share transactions; their answers in order of number.
fn together(
    store: &Store,
    count: usize,
    work: impl Fn(&mut Work<'_>, usize) -> Result<(), StoreError> + Send + Clone + 'static,
) -> Vec<Result<(), StoreError>> {
    let start = Arc::new(Barrier::new(count));
    let threads: Vec<_> = (0..count)
        .map(|number| {
            let (store, start, work) = (store.clone(), start.clone(), work.clone());
            thread::spawn(move || {
                start.wait();
                store.write(Actor::Import, move |given| work(given, number))
            })
        })
        .collect();
    threads.into_iter().map(|thread| thread.join().unwrap()).collect()
}

#[test]
fn rows_that_are_handed_over_are_looked_up_in_their_table_however_many() {
    let fresh = FreshDatabase::sqlite();
    let store = Store::open(&fresh.url).unwrap();
    let wanted = format!("with wanted (id) as (values {})", vec!["(x'01')"; 512].join(", "));
    let changed = format!(
        "explain query plan {wanted} update account set city = null from wanted where account.id = wanted.id"
    );
    let asked = format!(
        "explain query plan {wanted} select wanted.id from wanted join sales_line on sales_line.account_id = wanted.id"
    );

    let changed =
        store.write(Actor::Import, move |work| work.all(&changed, &[], |row| row.string(3))).unwrap();
    let asked = store.read(|reader| reader.all(&asked, &[], |row| row.string(3))).unwrap();

    assert!(changed.iter().any(|step| step.starts_with("SEARCH account USING")), "{changed:?}");
    assert!(asked.iter().any(|step| step.starts_with("SEARCH sales_line USING")), "{asked:?}");
}
