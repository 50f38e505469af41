//! The timeline of an account tells everything once, in one order, page by page, whatever it is narrowed down to.
#![allow(clippy::unwrap_used)]

use jiff::tz::TimeZone;
use luotsi_core::{
    account::AccountId,
    history::{Actor, Entry, Subject, Touched},
    people::PersonId,
    units::Day,
};
use luotsi_store::{
    Store, StoreError, Value, Work,
    testing::both,
    timeline::{Happening, Judged, Leaf, Sought, Strand, Turned, What, page},
};
use uuid::Uuid;

const ACCOUNT: AccountId = AccountId(Uuid::from_u128(1));
const OTHER: AccountId = AccountId(Uuid::from_u128(2));
const AINO: PersonId = PersonId(Uuid::from_u128(11));
const EERO: PersonId = PersonId(Uuid::from_u128(12));

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn all() -> Sought {
    Sought {
        account: ACCOUNT,
        strands: Vec::new(),
        person: None,
        from: Day::MIN,
        until: Day::MAX,
        after: None,
    }
}

fn helsinki() -> TimeZone {
    TimeZone::get("Europe/Helsinki").unwrap()
}

fn leaf(store: &Store, sought: &Sought, size: usize) -> Leaf {
    store.read(|reader| page(reader, sought, &helsinki(), size)).unwrap()
}

fn told(happening: &Happening) -> String {
    let what = match &happening.what {
        What::Activity(event) => format!("{} {:?}", event.kind.name(), event.state),
        What::Invoice(invoice) => {
            format!("invoice {} {} {}", invoice.number, invoice.net, invoice.lines)
        }
        What::Answer(answer) => {
            format!("{} {:?}", answer.kind.name(), answer.taken_back_on.map(|day| day.to_string()))
        }
        What::Segment(change) => format!("{:?} to {:?}", change.from, change.to),
        What::Deviation(observed) => format!("{:?} {:?}", observed.deviation.kind, observed.closed_by),
        What::Judgement(judgement) => match &judgement.judged {
            Judged::Need { yearly, groups, .. } => format!("need {yearly} of {groups}"),
            Judged::Ability(scores) => format!("ability {scores:?}"),
            Judged::Target { year, target } => format!("target {year} {target}"),
            Judged::Segment(segment, review) => format!("by hand {segment:?} {review}"),
        },
        What::Logged(entry) => format!("{} {} {:?}", entry.subject, entry.what, entry.contact),
    };
    format!("{} {what}", happening.day)
}

/// What happened, the log left out: its days are those of the test.
fn history(leaf: &Leaf) -> Vec<String> {
    leaf.happenings.iter().map(told).collect()
}

fn known(row: [Value; 2]) -> [Value; 4] {
    let [one, two] = row;
    [one, two, Day::MIN.into(), Day::MAX.into()]
}

fn company(work: &mut Work<'_>) -> Result<(), StoreError> {
    work.insert(
        "person",
        ["id", "source", "external_id", "name"],
        [(AINO, "1", "Aino"), (EERO, "2", "Eero")]
            .map(|(id, external_id, name)| [id.into(), "erp".into(), external_id.into(), name.into()]),
    )?;
    work.insert(
        "account",
        ["id", "source", "external_id", "name", "name_sort", "search_text", "edition"],
        [(ACCOUNT, "1"), (OTHER, "2")].map(|(id, external_id)| {
            [id.into(), "erp".into(), external_id.into(), "A".into(), "a".into(), "a".into(), 1_i64.into()]
        }),
    )?;
    let contact = Uuid::from_u128(21);
    work.insert(
        "contact",
        ["id", "account_id", "source", "external_id", "name"],
        [[contact.into(), ACCOUNT.into(), "erp".into(), "1".into(), "Liisa".into()]],
    )?;
    activities(work)?;
    sales(work)?;
    judgements(work)?;
    steering(work)?;
    let entry = |subject, id, what| Entry {
        subject,
        subject_id: Some(id),
        what,
        before: None,
        after: Some("x".to_owned()),
        why: None,
        touched: Vec::new(),
    };
    work.record_all(&[
        entry(Subject::Account, ACCOUNT.0, "industry"),
        entry(Subject::Account, OTHER.0, "name"),
        entry(Subject::Contact, contact, "created"),
        entry(Subject::AccountTeam, ACCOUNT.0, "added"),
    ])
}

fn activities(work: &Work<'_>) -> Result<(), StoreError> {
    let rows = [
        (ACCOUNT, "visit", AINO, "2026-11-30", "planned"),
        (ACCOUNT, "call", AINO, "2026-05-05", "done"),
        (ACCOUNT, "email", EERO, "2026-05-05", "done"),
        (OTHER, "call", AINO, "2026-05-05", "done"),
    ];
    let rows = (0_u128..).zip(rows).map(|(number, (account, kind, person, on, state))| {
        [
            account.into(),
            Uuid::from_u128(100 + number).into(),
            1_i64.into(),
            "erp".into(),
            number.to_string().into(),
            kind.into(),
            person.into(),
            day(on).into(),
            30_i64.into(),
            state.into(),
            Day::MIN.into(),
            Day::MAX.into(),
        ]
    });
    let columns = [
        "account_id",
        "id",
        "version",
        "source",
        "external_id",
        "kind",
        "person_id",
        "day",
        "minutes",
        "state",
        "known_from",
        "known_until",
    ];
    work.insert("activity", columns, rows.collect::<Vec<_>>())
}

fn sales(work: &Work<'_>) -> Result<(), StoreError> {
    let rows = [
        ("10", "1", 100_i64, Day::MAX),
        ("10", "2", 250, Day::MAX),
        ("11", "1", -50, Day::MAX),
        ("12", "1", 9, day("2026-05-06")),
    ];
    let rows = (0_u128..).zip(rows).map(|(number, (invoice, line, cents, known_until))| {
        [
            ACCOUNT.into(),
            Uuid::from_u128(200 + number).into(),
            "erp".into(),
            invoice.into(),
            line.into(),
            day("2026-05-05").into(),
            1_000_000_i64.into(),
            cents.into(),
            Day::MIN.into(),
            known_until.into(),
        ]
    });
    let columns = [
        "account_id",
        "id",
        "source",
        "invoice",
        "line",
        "day",
        "quantity_millionths",
        "net_cents",
        "known_from",
        "known_until",
    ];
    work.insert("sales_line", columns, rows.collect::<Vec<_>>())
}

fn judgements(work: &Work<'_>) -> Result<(), StoreError> {
    let groups = [Uuid::from_u128(31), Uuid::from_u128(32)];
    work.insert("product_group", ["id", "name"], groups.map(|id| [id.into(), id.to_string().into()]))?;
    let by = |id: u128, person: PersonId| known([Uuid::from_u128(id).into(), person.into()]);
    for (number, group) in (300..).zip(groups) {
        let [id, person, from, until] = by(number, AINO);
        work.insert(
            "estimate",
            [
                "account_id",
                "id",
                "group_id",
                "yearly_need_cents",
                "estimator",
                "person_id",
                "day",
                "known_from",
                "known_until",
            ],
            [[
                ACCOUNT.into(),
                id,
                group.into(),
                500_i64.into(),
                "owner".into(),
                person,
                day("2026-04-01").into(),
                from,
                until,
            ]],
        )?;
    }
    let [id, person, from, until] = by(310, EERO);
    work.insert(
        "ability",
        [
            "account_id",
            "id",
            "people",
            "offering",
            "processes",
            "relationship",
            "person_id",
            "day",
            "known_from",
            "known_until",
        ],
        [[
            ACCOUNT.into(),
            id,
            1_i64.into(),
            2_i64.into(),
            3_i64.into(),
            4_i64.into(),
            person,
            day("2026-04-01").into(),
            from,
            until,
        ]],
    )?;
    let [id, person, from, until] = by(311, AINO);
    work.insert(
        "target",
        ["account_id", "id", "year", "target_cents", "person_id", "day", "known_from", "known_until"],
        [[
            ACCOUNT.into(),
            id,
            2026_i64.into(),
            700_i64.into(),
            person,
            day("2026-03-01").into(),
            from,
            until,
        ]],
    )?;
    let [id, person, from, until] = by(312, AINO);
    work.insert(
        "segment_override",
        [
            "account_id",
            "id",
            "segment",
            "reason",
            "person_id",
            "from_day",
            "review_on",
            "known_from",
            "known_until",
        ],
        [[
            ACCOUNT.into(),
            id,
            "growth".into(),
            "x".into(),
            person,
            day("2026-02-01").into(),
            day("2027-02-01").into(),
            from,
            until,
        ]],
    )
}

fn steering(work: &Work<'_>) -> Result<(), StoreError> {
    let changes = [
        ("2024-01-31", Value::from("retention")),
        ("2025-01-31", "growth".into()),
        ("2025-02-28", "growth".into()),
        ("2026-01-31", Value::Null),
    ];
    work.insert(
        "segment_change",
        ["account_id", "day", "automatic", "effective"],
        changes.map(|(on, segment)| [ACCOUNT.into(), day(on).into(), Value::Null, segment]),
    )?;
    work.insert(
        "deviation",
        [
            "id",
            "account_id",
            "kind",
            "subject",
            "base_cents",
            "exposure_millionths",
            "stake_cents",
            "side",
            "opened_on",
            "closed_on",
            "cause",
        ],
        [[
            Uuid::from_u128(400).into(),
            ACCOUNT.into(),
            "silence".into(),
            "".into(),
            0_i64.into(),
            0_i64.into(),
            5_i64.into(),
            "at_risk".into(),
            day("2026-01-10").into(),
            day("2026-05-05").into(),
            "contacted".into(),
        ]],
    )?;
    work.insert(
        "proposal",
        [
            "id",
            "account_id",
            "person_id",
            "action",
            "what",
            "due_on",
            "stake_at_risk_cents",
            "stake_to_gain_cents",
            "minutes",
            "opened_on",
        ],
        [[
            Uuid::from_u128(410).into(),
            ACCOUNT.into(),
            AINO.into(),
            "call".into(),
            "call".into(),
            day("2026-01-20").into(),
            5_i64.into(),
            0_i64.into(),
            15_i64.into(),
            day("2026-01-10").into(),
        ]],
    )?;
    work.insert(
        "answer",
        [
            "id",
            "account_id",
            "proposal_id",
            "person_id",
            "kind",
            "day",
            "known_until",
            "snoozed_until",
            "what",
            "stake_cents",
            "recorded_at",
        ],
        [[
            Uuid::from_u128(420).into(),
            ACCOUNT.into(),
            Uuid::from_u128(410).into(),
            EERO.into(),
            "snoozed".into(),
            day("2026-01-12").into(),
            day("2026-01-13").into(),
            day("2026-02-12").into(),
            "call".into(),
            5_i64.into(),
            1_i64.into(),
        ]],
    )
}

const EVERYTHING: [&str; 15] = [
    "2026-11-30 visit Planned",
    "2026-05-05 email Done",
    "2026-05-05 call Done",
    "2026-05-05 invoice 10 3.50 2",
    "2026-05-05 invoice 11 -0.50 1",
    "2026-05-05 Silence Some(\"contacted\")",
    "2026-04-01 ability [1, 2, 3, 4]",
    "2026-04-01 need 10.00 of 2",
    "2026-03-01 target 2026 7.00",
    "2026-02-01 by hand Some(Growth) 2027-02-01",
    "2026-01-31 Some(Growth) to None",
    "2026-01-12 snoozed Some(\"2026-01-13\")",
    "2026-01-10 Silence None",
    "2025-01-31 Some(Retention) to Some(Growth)",
    "2024-01-31 None to Some(Retention)",
];

const WITHOUT_LOG: [Strand; 5] =
    [Strand::Activities, Strand::Sales, Strand::Answers, Strand::Steering, Strand::Judgements];

#[test]
fn everything_is_told_once_the_newest_first() {
    both(|store| {
        store.write(Actor::Demo, company).unwrap();

        let told = leaf(store, &Sought { strands: WITHOUT_LOG.to_vec(), ..all() }, 100);

        assert_eq!(history(&told), EVERYTHING);
        assert_eq!(told.next, None);
    });
}

#[test]
fn pages_of_any_size_tell_the_same_in_the_same_order() {
    both(|store| {
        store.write(Actor::Demo, company).unwrap();
        for size in [1, 2, 4, 15] {
            let mut told = Vec::new();
            let mut after: Option<Turned> = None;
            loop {
                let turned = leaf(store, &Sought { strands: WITHOUT_LOG.to_vec(), after, ..all() }, size);
                told.extend(history(&turned));
                after = turned.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(told, EVERYTHING, "pages of {size}");
        }
    });
}

#[test]
fn it_is_narrowed_down_to_strands_a_person_and_days() {
    both(|store| {
        store.write(Actor::Demo, company).unwrap();
        let check = |sought: Sought, places: &[usize]| {
            let expected: Vec<&str> = places.iter().map(|place| EVERYTHING[*place]).collect();
            assert_eq!(history(&leaf(store, &sought, 100)), expected, "{sought:?}");
        };

        check(Sought { strands: vec![Strand::Sales], ..all() }, &[3, 4]);
        check(Sought { strands: vec![Strand::Answers, Strand::Judgements], ..all() }, &[6, 7, 8, 9, 11]);
        // What nobody did is not what a person did.
        check(Sought { person: Some(EERO), ..all() }, &[1, 6, 11]);
        check(
            Sought {
                strands: WITHOUT_LOG.to_vec(),
                from: day("2026-01-10"),
                until: day("2026-01-31"),
                ..all()
            },
            &[10, 11, 12],
        );
        check(Sought { strands: WITHOUT_LOG.to_vec(), until: day("2023-12-31"), ..all() }, &[]);
    });
}

#[test]
fn the_log_tells_of_the_account_its_team_and_the_people_there_on_the_companys_day() {
    both(|store| {
        store.write(Actor::Person(AINO), company).unwrap();

        let told = leaf(store, &Sought { strands: vec![Strand::Master], ..all() }, 100);

        let now = Day::from(jiff::Timestamp::now().to_zoned(helsinki()).date());
        let entries: Vec<String> =
            history(&told).into_iter().map(|told| told.split_once(' ').unwrap().1.to_owned()).collect();
        assert_eq!(
            entries,
            ["account_team added None", "contact created Some(\"Liisa\")", "account industry None"]
        );
        assert!(told.happenings.iter().all(|happening| now.days_since(happening.day) <= 1));
        let yesterday = Sought { strands: vec![Strand::Master], until: now.plus_days(-2), ..all() };
        assert!(leaf(store, &yesterday, 100).happenings.is_empty());
    });
}

#[test]
fn what_a_file_brought_stands_on_the_day_from_which_it_holds_and_what_came_with_the_account_nowhere() {
    both(|store| {
        store
            .write(Actor::Import, |work| {
                company(work)?;
                let entry = |subject, what, from: Option<&str>| Entry {
                    subject,
                    subject_id: Some(ACCOUNT.0),
                    what,
                    before: None,
                    after: Some("x".to_owned()),
                    why: None,
                    touched: vec![Touched { account: ACCOUNT, known_from: from.map_or(Day::MIN, day) }],
                };
                work.record_all(&[
                    entry(Subject::Account, "owner", Some("2026-03-02")),
                    entry(Subject::AccountTeam, "added", Some("2025-05-05")),
                    entry(Subject::Account, "created", None),
                    entry(Subject::AccountTeam, "added", None),
                ])
            })
            .unwrap();
        let master = |sought| history(&leaf(store, &Sought { strands: vec![Strand::Master], ..sought }, 100));

        let told = ["2026-03-02 account owner None", "2025-05-05 account_team added None"];
        assert_eq!(master(all()), told);
        assert_eq!(master(Sought { until: day("2026-01-01"), ..all() }), told[1..]);
        assert!(master(Sought { person: Some(AINO), ..all() }).is_empty());
    });
}
