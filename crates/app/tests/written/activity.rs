//! Activities: logged, planned, done as planned, changed, taken back.

use super::{AINO, AINOS, EERO, EEROS, LEFT, LIISA, SAMI, account, by, day, id, person, today, with_company};
use luotsi_app::{
    act::{ActError, Problem, RequestKey},
    activity::{Told, change, fulfil, log, plan},
    steering::answer::undo_activity as undo,
};
use luotsi_core::{
    activity::{ActivityId, ActivityKind, ActivityState},
    people::policy::Refusal,
};
use luotsi_store::{
    Query, Store,
    activity::entry::{Version, believed},
    history,
};

fn told(kind: ActivityKind, on: &str) -> Told {
    Told { kind, day: day(on), minutes: 30, direction: None, contact: None, is_unanswered: false, note: None }
}

fn kept(store: &Store, id: ActivityId) -> Option<Version> {
    store.read(|reader| believed(reader, account(AINOS), id)).unwrap()
}

fn fields(outcome: Result<ActivityId, ActError>) -> Vec<(&'static str, Problem)> {
    let Err(ActError::Invalid(fields)) = outcome else { panic!("{outcome:?}") };
    fields.into_iter().map(|each| (each.field, each.problem)).collect()
}

#[test]
fn what_was_done_is_known_from_the_day_it_was_written_down_and_touches_its_account() {
    with_company(|store| {
        let before = store.read(|reader| history::last_position(reader)).unwrap();
        let note = Some("  Puhuttiin\r\nhinnoista \n".to_owned());
        let call = Told { contact: Some(id(LIISA)), note, ..told(ActivityKind::Call, "2026-11-20") };

        let logged = log(store, &by(AINO), account(AINOS), call).unwrap();

        let version = kept(store, logged).unwrap();
        assert_eq!((version.number, version.known_from), (1, today()));
        assert_eq!((version.content.day, version.content.person), (day("2026-11-20"), Some(person(AINO))));
        assert_eq!(version.content.note.as_deref(), Some("Puhuttiin\nhinnoista"));
        let touched = store.read(|reader| history::touched_since(reader, before)).unwrap();
        assert_eq!(touched.len(), 1);
        assert_eq!((touched[0].account, touched[0].known_from), (account(AINOS), today()));
    });
}

#[test]
fn what_is_written_down_gets_the_next_free_number() {
    with_company(|store| {
        let numbers = || -> Vec<String> {
            let sql = "select external_id from activity where source = 'luotsi' order by external_id";
            store.read(|reader| reader.all(sql, &[], |row| row.string(0))).unwrap()
        };
        let call = told(ActivityKind::Call, "2026-11-20");

        for _ in 0..3 {
            log(store, &by(AINO), account(AINOS), call.clone()).unwrap();
        }

        assert_eq!(numbers(), ["1", "2", "3"]);
    });
}

#[test]
fn everything_wrong_is_told_at_once_and_nothing_is_kept() {
    with_company(|store| {
        let wrong = Told {
            minutes: 7 * 24 * 60 + 1,
            contact: Some(id(LIISA)),
            note: Some("a\0b".to_owned()),
            ..told(ActivityKind::Call, "2026-11-24")
        };

        let faults = fields(log(store, &by(EERO), account(EEROS), wrong));

        let late = Problem::TooLate { latest: today() };
        let range = Problem::OutOfRange { min: 0, max: 7 * 24 * 60 };
        let others_contact = Problem::Unknown;
        assert_eq!(
            faults,
            [
                ("day", late),
                ("minutes", range),
                ("note", Problem::ControlCharacter),
                ("contact", others_contact)
            ]
        );
        assert_eq!(store.read(|reader| history::last_position(reader)).unwrap(), 0);
    });
}

#[test]
fn a_plan_is_for_today_or_later_and_for_somebody_who_works_here() {
    with_company(|store| {
        let yesterday = told(ActivityKind::Visit, "2026-11-22");
        let next_week = told(ActivityKind::Visit, "2026-11-30");

        let early = plan(store, &by(AINO), account(AINOS), person(AINO), yesterday);
        let gone = plan(store, &by(AINO), account(AINOS), person(LEFT), next_week.clone());
        let planned = plan(store, &by(AINO), account(AINOS), person(SAMI), next_week).unwrap();

        assert_eq!(fields(early), [("day", Problem::TooEarly { earliest: today() })]);
        assert_eq!(fields(gone), [("person", Problem::NotActive)]);
        let content = kept(store, planned).unwrap().content;
        assert_eq!((content.state, content.planned_on), (ActivityState::Planned, Some(today())));
        assert_eq!(content.person, Some(person(SAMI)));
    });
}

#[test]
fn a_plan_that_was_done_supersedes_itself_and_can_become_a_plan_again() {
    with_company(|store| {
        let visit = told(ActivityKind::Visit, "2026-11-30");
        let planned = plan(store, &by(AINO), account(AINOS), person(AINO), visit).unwrap();

        let done = told(ActivityKind::Visit, "2026-11-23");
        let fulfilled = fulfil(store, &by(AINO), account(AINOS), planned, done.clone()).unwrap();
        let twice = fulfil(store, &by(AINO), account(AINOS), planned, done);

        assert_eq!(fulfilled, planned);
        assert_eq!(kept(store, planned).unwrap().content.state, ActivityState::Done);
        assert!(matches!(twice, Err(ActError::Stale(_))));

        undo(store, &by(AINO), account(AINOS), planned, 2).unwrap();
        let version = kept(store, planned).unwrap();
        assert_eq!((version.number, version.content.state), (3, ActivityState::Planned));
        assert_eq!(version.content.day, day("2026-11-30"));
    });
}

#[test]
fn taking_back_what_was_just_logged_leaves_no_belief_but_every_version() {
    with_company(|store| {
        let call = told(ActivityKind::Call, "2026-11-23");
        let logged = log(store, &by(AINO), account(AINOS), call).unwrap();

        undo(store, &by(AINO), account(AINOS), logged, 1).unwrap();
        let again = undo(store, &by(AINO), account(AINOS), logged, 1);

        assert!(kept(store, logged).is_none());
        assert_eq!(again, Err(ActError::NotThere));
        let count = store.read(|reader| reader.one("select count(*) from activity", &[], |row| row.int(0)));
        assert_eq!(count.unwrap(), Some(1));
    });
}

#[test]
fn of_two_who_change_one_activity_the_later_is_told() {
    with_company(|store| {
        let logged = log(store, &by(AINO), account(AINOS), told(ActivityKind::Call, "2026-11-20")).unwrap();
        let longer = Told { minutes: 45, ..told(ActivityKind::Call, "2026-11-20") };
        let shorter = Told { minutes: 15, ..told(ActivityKind::Call, "2026-11-20") };

        change(store, &by(AINO), account(AINOS), logged, 1, longer).unwrap();
        let late = change(store, &by(AINO), account(AINOS), logged, 1, shorter);

        assert!(matches!(late, Err(ActError::Stale(_))));
        assert_eq!(kept(store, logged).unwrap().content.minutes, 45);
    });
}

#[test]
fn who_serves_everybody_logs_everywhere_but_changes_only_their_own() {
    with_company(|store| {
        let call = told(ActivityKind::Call, "2026-11-20");
        let ainos = log(store, &by(AINO), account(AINOS), call.clone()).unwrap();
        let samis = log(store, &by(SAMI), account(AINOS), call.clone()).unwrap();

        let strange = log(store, &by(EERO), account(AINOS), call.clone());
        let others = change(store, &by(SAMI), account(AINOS), ainos, 1, Told { minutes: 1, ..call.clone() });
        let own = change(store, &by(SAMI), account(AINOS), samis, 1, Told { minutes: 1, ..call });

        assert_eq!(strange, Err(ActError::Refused(Refusal::NotYours)));
        assert_eq!(others, Err(ActError::Refused(Refusal::NotYours)));
        assert!(own.is_ok());
    });
}

#[test]
fn a_double_click_logs_once() {
    with_company(|store| {
        let twice = by(AINO).with_request(RequestKey::of("one", "call"));
        let call = told(ActivityKind::Call, "2026-11-20");

        let one = log(store, &twice, account(AINOS), call.clone()).unwrap();
        let two = log(store, &twice, account(AINOS), call).unwrap();

        assert_eq!(one, two);
        let count = store.read(|reader| reader.one("select count(*) from activity", &[], |row| row.int(0)));
        assert_eq!(count.unwrap(), Some(1));
    });
}
