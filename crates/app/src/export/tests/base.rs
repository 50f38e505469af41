//! A base small enough to be checked by eye: two people, a customer and a prospect.

use luotsi_core::{history::Actor, units::Day};
use luotsi_store::{Store, StoreError, Value, Work, history, sales};
use uuid::Uuid;

const RAKENNUS: Uuid = Uuid::from_u128(1);
pub const MAKELA: Uuid = Uuid::from_u128(2);
const ANNA: Uuid = Uuid::from_u128(11);
const BOSS: Uuid = Uuid::from_u128(12);
const LIISA: Uuid = Uuid::from_u128(21);
const CONCRETE: Uuid = Uuid::from_u128(31);
const PRODUCT: Uuid = Uuid::from_u128(41);

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn log_position(store: &Store) -> i64 {
    store.read(|reader| history::last_position(reader)).unwrap()
}

pub fn small_base(store: &Store) {
    store
        .write::<_, StoreError>(Actor::Import, |work| {
            people(work)?;
            accounts(work)?;
            sales(work)?;
            activities(work)?;
            judgements(work)
        })
        .unwrap();
}

/// An inactive account is active again from 1 June 2026 on.
pub fn take_up_again(store: &Store, account: Uuid) {
    store
        .write::<_, StoreError>(Actor::Import, move |work| {
            account_version(
                work,
                account,
                "2026-06-01",
                [Value::Null, Value::Null, Value::Null, Value::Null],
                true,
            )
        })
        .unwrap();
}

fn people(work: &Work<'_>) -> Result<(), StoreError> {
    let person = |id: Uuid, external_id: &str, name: &str| -> [Value; 4] {
        [id.into(), "import".into(), external_id.into(), name.into()]
    };
    work.insert(
        "person",
        ["id", "source", "external_id", "name"],
        [person(ANNA, "anna", "Anna"), person(BOSS, "boss", "Bo")],
    )?;
    work.insert(
        "person_version",
        ["person_id", "from_day", "role", "is_active"],
        [
            [ANNA.into(), Day::MIN.into(), "seller".into(), true.into()],
            [BOSS.into(), Day::MIN.into(), "manager".into(), true.into()],
        ],
    )
}

fn accounts(work: &Work<'_>) -> Result<(), StoreError> {
    let columns = [
        "id",
        "source",
        "external_id",
        "name",
        "name_sort",
        "search_text",
        "business_id",
        "street",
        "postal_code",
        "city",
        "country",
        "edition",
    ];
    let address = |street: &str, postal_code: &str, city: &str, country: &str| -> [Value; 4] {
        [street.into(), postal_code.into(), city.into(), country.into()]
    };
    let account = |id: Uuid, external_id: &str, name: &str, business_id: Value, address: [Value; 4]| {
        let [street, postal_code, city, country] = address;
        let (id, source, edition) = (id.into(), "import".into(), 1_i64.into());
        [
            id,
            source,
            external_id.into(),
            name.into(),
            name.into(),
            name.into(),
            business_id,
            street,
            postal_code,
            city,
            country,
            edition,
        ]
    };
    let helsinki = address("Tehtaankatu 1", "00140", "Helsinki", "FI");
    let nowhere = [Value::Null, Value::Null, Value::Null, Value::Null];
    work.insert(
        "account",
        columns,
        [
            account(RAKENNUS, "A1", "Rakennus Oy", "0116297-6".into(), helsinki),
            account(MAKELA, "A10", "=Mäkelä", Value::Null, nowhere),
        ],
    )?;
    let building = |size: &str, owner: Value| [owner, "building".into(), size.into(), Value::Null];
    account_version(work, RAKENNUS, "2026-01-01", building("small", ANNA.into()), true)?;
    account_version(work, RAKENNUS, "2026-06-01", building("large", Value::Null), true)?;
    account_version(
        work,
        MAKELA,
        "2026-02-01",
        [ANNA.into(), Value::Null, Value::Null, RAKENNUS.into()],
        false,
    )
}

fn account_version(
    work: &Work<'_>,
    id: Uuid,
    from: &str,
    [owner, industry, size_class, parent]: [Value; 4],
    is_active: bool,
) -> Result<(), StoreError> {
    work.insert(
        "account_version",
        ["account_id", "from_day", "owner_id", "industry", "size_class", "parent_id", "is_active"],
        [[id.into(), day(from).into(), owner, industry, size_class, parent, is_active.into()]],
    )
}

fn sales(work: &Work<'_>) -> Result<(), StoreError> {
    work.insert("product_group", ["id", "name"], [[CONCRETE.into(), "Concrete".into()]])?;
    work.insert(
        "product",
        ["id", "source", "external_id", "name", "group_id"],
        [[PRODUCT.into(), "import".into(), "P1".into(), "Concrete C30".into(), CONCRETE.into()]],
    )?;
    let columns = [
        "account_id",
        "id",
        "source",
        "invoice",
        "line",
        "day",
        "product_id",
        "quantity_millionths",
        "net_cents",
        "cost_cents",
        "known_from",
        "known_until",
    ];
    let line = |invoice: &str, line: &str, on: &str, sold: [Value; 4], known: (Day, Day)| {
        let [product, quantity, net, cost] = sold;
        [
            RAKENNUS.into(),
            Uuid::now_v7().into(),
            "import".into(),
            invoice.into(),
            line.into(),
            day(on).into(),
            product,
            quantity,
            net,
            cost,
            known.0.into(),
            known.1.into(),
        ]
    };
    let concrete = |net: i64| [PRODUCT.into(), 2_500_000_i64.into(), net.into(), 60_000_i64.into()];
    let returned = |net: i64| [Value::Null, 1_000_000_i64.into(), net.into(), Value::Null];
    let (february, march) = (day("2026-02-01"), day("2026-03-01"));
    work.insert(
        "sales_line",
        columns,
        [
            line("100", "2", "2026-02-01", returned(-1_000), (february, Day::MAX)),
            line("100", "1", "2026-02-01", concrete(100_050), (february, march)),
            line("100", "1", "2026-02-01", concrete(90_050), (march, Day::MAX)),
            line("101", "1", "2026-06-20", concrete(5_000), (day("2026-06-20"), Day::MAX)),
        ],
    )?;
    sales::note_first_day(work, february)
}

fn activities(work: &Work<'_>) -> Result<(), StoreError> {
    work.insert(
        "contact",
        ["id", "account_id", "source", "external_id", "name"],
        [[LIISA.into(), RAKENNUS.into(), "import".into(), "liisa".into(), "Liisa".into()]],
    )?;
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
        "direction",
        "contact_id",
        "outcome",
        "note",
        "planned_on",
        "known_from",
        "known_until",
    ];
    let visit = |version: i64, minutes: i64, state: &str, done: [Value; 3], known: (Day, Day)| {
        let [direction, contact, outcome] = done;
        [
            RAKENNUS.into(),
            Uuid::from_u128(51).into(),
            version.into(),
            "import".into(),
            "V1".into(),
            "visit".into(),
            ANNA.into(),
            day("2026-02-10").into(),
            minutes.into(),
            state.into(),
            direction,
            contact,
            outcome,
            "-bring samples".into(),
            day("2026-02-01").into(),
            known.0.into(),
            known.1.into(),
        ]
    };
    let (planned, done) = (day("2026-02-01"), day("2026-02-10"));
    let nothing = [Value::Null, Value::Null, Value::Null];
    work.insert(
        "activity",
        columns,
        [
            visit(1, 120, "planned", nothing, (planned, done)),
            visit(2, 90, "done", ["out".into(), LIISA.into(), "agreed".into()], (done, Day::MAX)),
        ],
    )
}

fn judgements(work: &Work<'_>) -> Result<(), StoreError> {
    let estimated = day("2026-02-15");
    work.insert(
        "estimate",
        ["account_id", "id", "yearly_need_cents", "estimator", "day", "known_from", "known_until"],
        [[
            RAKENNUS.into(),
            Uuid::from_u128(61).into(),
            600_000_i64.into(),
            "customer".into(),
            estimated.into(),
            estimated.into(),
            Day::MAX.into(),
        ]],
    )?;
    let decided = day("2026-03-01");
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
            RAKENNUS.into(),
            Uuid::from_u128(71).into(),
            "growth".into(),
            "+ new site".into(),
            ANNA.into(),
            decided.into(),
            day("2027-03-01").into(),
            decided.into(),
            Day::MAX.into(),
        ]],
    )
}
