//! Getting in and being kept out, on both engines: passwords, attempts, links, tokens and people who leave.
#![allow(clippy::unwrap_used)]

use luotsi_app::{
    act::{ActError, By, FieldError, Problem},
    import::{
        self,
        records::{PersonRecord, Records},
    },
    people::{
        Purpose,
        access::{self, NewPassword},
        company, edit,
        log_in::{self, Caller, LogInError},
        login_link,
        tokens::{self, NewToken},
    },
    today::now,
};
use luotsi_core::{
    history::Actor,
    people::{PersonId, Role},
    units::Day,
};
use luotsi_store::{
    Query, Store,
    people::{self as kept, preference, session},
    recording::OWN_SOURCE,
    testing::both,
};

const PASSWORD: &str = "korppi viuhka tahdas";

fn today() -> Day {
    Day::new(2026, 11, 23).unwrap()
}

fn person(store: &Store, name: &'static str, email: &'static str, role: Role) -> PersonId {
    let told = PersonRecord {
        external_id: email.to_owned(),
        name: name.to_owned(),
        email: Some(email.to_owned()),
        role,
        team: None,
        manager: None,
        is_active: true,
        hourly_cost: None,
        customer_hours: None,
        known_on: None,
    };
    let records = Records { people: vec![told], ..Records::default() };
    import::load(store, &records, OWN_SOURCE, today(), Actor::Setup, &import::Silent).unwrap();
    store.read(|reader| session::find(reader, email)).unwrap().unwrap()
}

fn caller() -> Caller {
    Caller {
        user_agent: "Firefox".to_owned(),
        address: "192.0.2.7".to_owned(),
        session: None,
        today: today(),
    }
}

fn with_people(story: impl Fn(&Store, PersonId, PersonId)) {
    both(|store| {
        let outi = person(store, "Outi Salonen", "outi@betoni.example", Role::Admin);
        let aino = person(store, "Aino Mäkelä", "Aino@Betoni.example", Role::Seller);
        let link = edit::invite(store, &By::person(outi, today()), aino).unwrap().unwrap();
        log_in::by_invitation(store, &link, PASSWORD, PASSWORD, &caller()).unwrap();
        story(store, outi, aino);
    });
}

fn enter(store: &Store, email: &str, password: &str) -> Result<PersonId, LogInError> {
    log_in::by_password(store, email, password, &caller()).map(|logged_in| logged_in.person)
}

#[test]
fn one_logs_in_with_email_in_any_case_and_the_password_to_the_letter() {
    with_people(|store, _, aino| {
        let found = store.read(|reader| luotsi_app::people::find(reader, "AINO@betoni.example"));
        assert_eq!(found, Ok(Some(aino)));
        assert_eq!(enter(store, " aino@BETONI.example", PASSWORD), Ok(aino));
        assert_eq!(enter(store, "aino@betoni.example", "Korppi viuhka tahdas"), Err(LogInError::Wrong));
        assert_eq!(enter(store, "outi@betoni.example", PASSWORD), Err(LogInError::Wrong), "has none");
        assert_eq!(enter(store, "nobody@betoni.example", PASSWORD), Err(LogInError::Wrong));
    });
}

#[test]
fn the_sixth_attempt_waits_and_a_log_in_begins_the_count_anew() {
    with_people(|store, _, aino| {
        for _ in 0..4 {
            assert_eq!(enter(store, "aino@betoni.example", "wrong"), Err(LogInError::Wrong));
        }
        assert_eq!(enter(store, "aino@betoni.example", PASSWORD), Ok(aino));

        for _ in 0..5 {
            assert_eq!(enter(store, "aino@betoni.example", "wrong"), Err(LogInError::Wrong));
        }
        let waiting = enter(store, "aino@betoni.example", PASSWORD);

        let Err(LogInError::Wait { until }) = waiting else { panic!("{waiting:?}") };
        assert!(now() < until && until < now() + 30_000_000);
    });
}

#[test]
fn an_address_that_tries_many_emails_waits_too() {
    with_people(|store, _, _| {
        let tries = (0..40).map(|nth| enter(store, &format!("nobody{nth}@betoni.example"), "wrong"));

        let waits = tries.filter(|answer| matches!(answer, Err(LogInError::Wait { .. }))).count();
        assert!(waits > 5, "{waits}");
    });
}

#[test]
fn a_token_lets_in_for_reading_until_it_is_taken_back() {
    with_people(|store, _, aino| {
        let by = By::person(aino, today());
        let wanted = NewToken { name: "raportti".to_owned(), may_write: false, days: 30 };
        let secret = tokens::make(store, &by, &wanted).unwrap().unwrap();

        let bearer = tokens::verify(store, &secret, Some(today())).unwrap().unwrap();
        assert_eq!((bearer.person, bearer.may_write), (aino, false));
        assert_eq!(tokens::make(store, &bearer, &wanted), Err(refused_to_read_only()));
        assert_eq!(tokens::verify(store, &format!("{secret}x"), Some(today())), Ok(None));

        let made = store.read(|reader| kept::access::tokens(reader, aino)).unwrap();
        assert!(made[0].last_used_at.is_some());
        tokens::revoke(store, &by, made[0].id).unwrap();
        assert_eq!(tokens::verify(store, &secret, Some(today())), Ok(None));
        assert_eq!(tokens::revoke(store, &by, made[0].id), Err(ActError::NotThere));
    });
}

fn refused_to_read_only() -> ActError {
    ActError::Refused(luotsi_core::people::policy::Refusal::ReadOnly)
}

#[test]
fn who_leaves_loses_sessions_links_and_tokens_in_the_same_moment() {
    with_people(|store, outi, aino| {
        let by = By::person(aino, today());
        let wanted = NewToken { name: "raportti".to_owned(), may_write: true, days: 30 };
        let secret = tokens::make(store, &by, &wanted).unwrap().unwrap();
        let link = login_link(store, aino, Purpose::LogIn).unwrap();

        leave(store, outi, aino).unwrap();

        assert_eq!(tokens::verify(store, &secret, Some(today())), Ok(None));
        assert_eq!(log_in::by_link(store, &link, &caller()), Ok(None));
        assert_eq!(store.read(|reader| session::of_person(reader, aino, now())), Ok(Vec::new()));
        assert_eq!(enter(store, "aino@betoni.example", PASSWORD), Err(LogInError::Wrong));
    });
}

fn leave(store: &Store, admin: PersonId, who: PersonId) -> Result<(), ActError> {
    let person = store.read(|reader| kept::edit::one(reader, who))?.unwrap();
    let told = edit::Told {
        name: person.name.clone(),
        email: person.email.clone().unwrap_or_default(),
        role: person.duties.role,
        team: String::new(),
        manager: None,
        is_active: false,
        hourly_cost: None,
        customer_hours: None,
        from: today(),
    };
    edit::change(store, &By::person(admin, today()), who, &edit::version_of(&person), &told)
}

#[test]
fn the_last_administrator_cannot_leave_and_nobody_sends_oneself_away() {
    with_people(|store, outi, aino| {
        let own = leave(store, outi, outi);
        let by_seller = leave(store, aino, outi);

        assert_eq!(
            own,
            Err(ActError::Invalid(vec![FieldError { field: "active", problem: Problem::OwnRights }]))
        );
        assert!(matches!(by_seller, Err(ActError::Refused(_))));
    });
}

#[test]
fn a_changed_password_ends_the_other_sessions_and_preferences_are_kept() {
    with_people(|store, _, aino| {
        let (here, there) = (
            log_in::by_password(store, "aino@betoni.example", PASSWORD, &caller()).unwrap(),
            log_in::by_password(store, "aino@betoni.example", PASSWORD, &caller()).unwrap(),
        );
        assert_ne!(here.secret, there.secret);
        let by = By::person(aino, today());
        let typed = NewPassword {
            current: PASSWORD.to_owned(),
            chosen: "hattu lammas ikkuna".to_owned(),
            again: "hattu lammas ikkuna".to_owned(),
        };

        access::change_password(store, &by, &typed, &here.secret).unwrap();
        let wanted = preference::Preference {
            language: Some("en".to_owned()),
            day_minutes: Some(180),
            has_keys: false,
        };
        access::prefer(store, &by, wanted.clone()).unwrap();

        let open = store.read(|reader| session::of_person(reader, aino, now())).unwrap();
        assert_eq!(open.len(), 1);
        assert_eq!(store.read(|reader| preference::of(reader, aino)), Ok(wanted));
        assert_eq!(enter(store, "aino@betoni.example", PASSWORD), Err(LogInError::Wrong));
        assert_eq!(enter(store, "aino@betoni.example", "hattu lammas ikkuna"), Ok(aino));
    });
}

#[test]
fn the_first_start_happens_once() {
    both(|store| {
        let admin = person(store, "Admin", "admin@betoni.example", Role::Admin);
        let link = login_link(store, admin, Purpose::Setup).unwrap();
        let told = company::Told {
            name: "Betoni Oy".to_owned(),
            language: "fi".to_owned(),
            time_zone: "Europe/Helsinki".to_owned(),
            currency: "EUR".to_owned(),
        };
        let beginner = company::Beginner {
            name: "Outi Salonen".to_owned(),
            email: "Outi@Betoni.example".to_owned(),
            password: PASSWORD.to_owned(),
            password_again: PASSWORD.to_owned(),
        };

        let begun = company::begin(store, &link, &told, &beginner, &caller()).unwrap();

        assert_eq!(begun.person, admin);
        assert_eq!(enter(store, "outi@betoni.example", PASSWORD), Ok(admin));
        assert_eq!(company::begin(store, &link, &told, &beginner, &caller()), Err(ActError::NotThere));
        let names = store
            .read(|reader| reader.all("select name from person order by name", &[], |row| row.string(0)));
        assert_eq!(names, Ok(vec!["Outi Salonen".to_owned()]));
    });
}
