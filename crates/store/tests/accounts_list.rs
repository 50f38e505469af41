//! The list of accounts finds what was asked for, in order and page by page, however many accounts there are.
#![allow(clippy::unwrap_used)]

use luotsi_core::{
    account::AccountId,
    base::CustomerState,
    history::Actor,
    people::PersonId,
    strategy::Segment,
    units::{Day, Money},
};
use luotsi_store::{
    Query, Reader, Store, StoreError, Value, Work,
    account::{
        self,
        contact::{self, ContactRecord},
        list::{self, Count, Filter, InCare, InSegment, ListRow, Order, OwnedBy, Range, Reach, Sort},
        record::{self, AccountRecord},
        search,
    },
    people::page::Whose,
    recording::Origin,
    steering::{StandingRow, save_standings},
    testing::{FreshDatabase, both},
};
use std::{cmp::Ordering, collections::HashSet};
use uuid::Uuid;

/// More than the list gathers before putting it in order.
const MANY: usize = 2_300;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn origin() -> Origin {
    Origin {
        source: "erp".to_owned(),
        today: day("2026-11-23"),
        told: None,
        assumed: HashSet::new(),
        is_spoken: false,
        is_new: false,
    }
}

fn everything() -> Filter {
    Filter::of_words(Vec::new())
}

fn account(external_id: &str, name: &str, business_id: &str, city: &str) -> AccountRecord {
    AccountRecord {
        external_id: external_id.to_owned(),
        name: name.to_owned(),
        business_id: Some(business_id.to_owned()),
        parent: None,
        industry: None,
        size_class: None,
        owner: None,
        street: None,
        postal_code: None,
        city: Some(city.to_owned()),
        country: None,
        is_active: true,
        known_on: None,
    }
}

fn contact_at(account: &str, name: &str, email: &str) -> ContactRecord {
    ContactRecord {
        external_id: "c1".to_owned(),
        account: account.to_owned(),
        name: name.to_owned(),
        title: None,
        email: Some(email.to_owned()),
        phone: None,
    }
}

fn contact_called(external_id: &str, account: &str, phone: &str) -> ContactRecord {
    ContactRecord {
        external_id: external_id.to_owned(),
        phone: Some(phone.to_owned()),
        ..contact_at(account, "Liisa Lähde", "liisa@salmi.example")
    }
}

fn import_accounts(store: &Store, rows: Vec<AccountRecord>) {
    let saved = store.write(Actor::Import, move |work| {
        let plan = record::plan(work, &origin(), &rows)?;
        record::save(work, &origin(), &plan)
    });
    saved.unwrap();
}

fn import_contact(store: &Store, row: ContactRecord) {
    let saved = store.write(Actor::Import, move |work| {
        let plan = contact::plan(work, &origin(), std::slice::from_ref(&row))?;
        contact::save(work, &origin(), &plan)
    });
    saved.unwrap();
}

fn small_company(store: &Store) {
    import_accounts(
        store,
        vec![
            account("10001", "Mäkelän Betoni Oy", "0112038-9", "Ähtäri"),
            account("10002", "Rakennus-Salmi Oy", "2345678-5", "Turku"),
            account("20003", "Östersundom 100% Piha", "7654321-0", "Åbo"),
        ],
    );
    import_contact(store, contact_at("10002", "Liisa Lähde", "liisa@salmi.example"));
}

#[track_caller]
fn check_found(store: &Store, text: &str, expected: &[&str]) {
    let filter = Filter { words: search::words_sought(text), ..everything() };
    let (count, rows) =
        store.read(|reader| list::page(reader, &filter, (Sort::Name, Order::Ascending), 50, 0)).unwrap();

    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, expected, "{text}");
    assert_eq!(count, Count::Exactly(expected.len() as i64), "{text}");
}

#[test]
fn an_account_is_found_by_any_part_of_its_name_ids_city_and_people() {
    both(|store| {
        small_company(store);
        let (makela, salmi, piha) = ("Mäkelän Betoni Oy", "Rakennus-Salmi Oy", "Östersundom 100% Piha");

        check_found(store, "makel", &[makela]);
        check_found(store, "BETONI mäk", &[makela]);
        check_found(store, "salmi", &[salmi]);
        check_found(store, "kennus-sal", &[salmi]);
        check_found(store, "0112038-9", &[makela]);
        check_found(store, "2038", &[makela]);
        check_found(store, "10002", &[salmi]);
        check_found(store, "ähtä", &[makela]);
        check_found(store, "abo", &[piha]);
        check_found(store, "lähde turku", &[salmi]);
        check_found(store, "liisa@salmi", &[salmi]);
        check_found(store, "oy", &[makela, salmi]);
        check_found(store, "ö", &[makela, salmi, piha]);
        check_found(store, "0%", &[]);
        check_found(store, "100%", &[piha]);
        check_found(store, "_____", &[]);
        check_found(store, "\" OR *", &[]);
        check_found(store, "\u{0}", &[makela, salmi, piha]);
    });
}

#[test]
fn what_is_told_anew_is_found_by_its_new_words_alone() {
    both(|store| {
        small_company(store);

        import_accounts(store, vec![account("10001", "Mäkelän Valu Oy", "0112038-9", "Ähtäri")]);
        import_contact(store, contact_at("20003", "Liisa Kivi", "liisa@salmi.example"));

        check_found(store, "betoni", &[]);
        check_found(store, "valu", &["Mäkelän Valu Oy"]);
        check_found(store, "lahde", &[]);
        check_found(store, "liisa", &["Östersundom 100% Piha"]);
        check_found(store, "liisa kivi abo", &["Östersundom 100% Piha"]);
    });
}

#[test]
fn an_account_is_found_by_the_number_of_somebody_there_however_it_is_written() {
    both(|store| {
        small_company(store);
        let (makela, salmi) = ("Mäkelän Betoni Oy", "Rakennus-Salmi Oy");
        import_contact(store, contact_called("c1", "10002", "+358 (0)40 123 4567"));
        import_contact(store, contact_called("c2", "10001", "040-7654321"));

        for typed in ["+358 40 123 4567", "040 1234567", "0401234567", "358401234567", "00358 40 1234567"] {
            check_found(store, typed, &[salmi]);
        }
        check_found(store, "34567", &[salmi]);
        check_found(store, "23 45 67", &[salmi]);
        check_found(store, "+358 40 765 4321", &[makela]);
        check_found(store, "358407654321", &[makela]);
        check_found(store, "+358 50 123 4567", &[]);
        check_found(store, "01120389", &[makela]);

        import_contact(store, contact_called("c1", "10002", "09 555 000"));
        check_found(store, "0401234567", &[]);
        check_found(store, "+358 9 555 000", &[salmi]);
        import_contact(store, contact_called("c1", "10001", "09 555 000"));
        check_found(store, "+358 9 555 000", &[makela]);
    });
}

#[test]
fn numbers_told_before_they_were_searched_are_found_after_the_update() {
    for fresh in [FreshDatabase::sqlite(), FreshDatabase::postgres()] {
        let store = Store::open(&fresh.url).unwrap();
        small_company(&store);
        import_contact(&store, contact_called("c1", "10002", "+358 (0)40 123 4567"));
        import_contact(&store, contact_called("c2", "10002", "09/555-000"));
        drop(store);
        fresh.tamper("update account set search_text = '  ' || name_sort");
        fresh.tamper("delete from migration where number >= 25");

        let store = Store::open(&fresh.url).unwrap();

        check_found(&store, "040 1234567", &["Rakennus-Salmi Oy"]);
        check_found(&store, "+358 9 555 000", &["Rakennus-Salmi Oy"]);
        check_found(&store, "0112038-9", &["Mäkelän Betoni Oy"]);
    }
}

#[test]
fn ones_own_accounts_are_found_as_they_are_called_and_owned_now() {
    both(|store| {
        small_company(store);
        let owners = store.write(Actor::Demo, two_people).unwrap();
        let accounts = store.read(|reader| account::ids_by_external_id(reader)).unwrap();
        let give_all_to = |owner: Uuid| {
            let rows: Vec<StandingRow> = accounts
                .iter()
                .map(|account| StandingRow { owner: Some(PersonId(owner)), ..standing(1, *account, &owners) })
                .collect();
            store.write(Actor::Demo, move |work| save_standings(work, &rows, day("2026-11-23"))).unwrap();
        };
        let found = |owner: Uuid, text: &str| {
            let filter = Filter {
                whose: Whose::Of(vec![PersonId(owner)]),
                words: search::words_sought(text),
                ..everything()
            };
            let page =
                |reader: &Reader<'_>| list::page(reader, &filter, (Sort::Name, Order::Ascending), 50, 0);
            let (count, rows) = store.read(page).unwrap();
            assert_eq!(count, Count::Exactly(rows.len() as i64));
            rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
        };

        give_all_to(owners[0]);
        assert_eq!(found(owners[0], "oy"), ["Mäkelän Betoni Oy", "Rakennus-Salmi Oy"]);
        assert!(found(owners[1], "oy").is_empty());

        import_accounts(store, vec![account("10001", "Mäkelän Valu Oy", "0112038-9", "Ähtäri")]);
        assert_eq!(found(owners[0], "valu"), ["Mäkelän Valu Oy"]);
        assert!(found(owners[0], "betoni").is_empty());

        give_all_to(owners[1]);
        assert!(found(owners[0], "oy").is_empty());
        assert_eq!(found(owners[1], "valu"), ["Mäkelän Valu Oy"]);
    });
}

#[test]
fn joining_up_the_search_ends_and_changes_nothing_that_is_found() {
    both(|store| {
        small_company(store);
        import_accounts(store, vec![account("10001", "Mäkelän Valu Oy", "0112038-9", "Ähtäri")]);

        let parts = (0..20).take_while(|part| {
            store
                .write(Actor::Import, {
                    let is_first = *part == 0;
                    move |work| search::merge(work, is_first)
                })
                .unwrap()
        });

        assert!(parts.count() < 20);
        check_found(store, "betoni", &[]);
        check_found(store, "oy", &["Mäkelän Valu Oy", "Rakennus-Salmi Oy"]);
    });
}

fn cents(min: i64, max: i64) -> Range {
    Range { min: Some(Money::cents(min)), max: Some(Money::cents(max)) }
}

/// Accounts with values that repeat, lack and differ.
fn standing(number: usize, account: AccountId, owners: &[Uuid]) -> StandingRow {
    let number = number as i64;
    let segment = [Some("growth"), Some("strategic"), Some("retention"), None, Some("growth")];
    let maybe = |value: i64, every: i64| (number % every != 0).then_some(value);
    StandingRow {
        account,
        next_check_on: day("2026-12-01"),
        owner: (number % 4 != 0).then(|| PersonId(owners[number as usize % 2])),
        industry: maybe(number % 6, 5).map(|industry| format!("ala {industry}")),
        size_class: None,
        is_active: number % 11 != 0,
        customer_state: ["customer", "prospect", "former"][number as usize % 3].to_owned(),
        current_value: Money::cents(number * 7_919 % 1_000),
        previous_value: Money::ZERO,
        trend_millionths: maybe(number * 31 % 97, 7),
        last_order: maybe(number * 13 % 300, 6).map(|back| day("2026-11-01").plus_days(-back)),
        usual_gap_millionths: None,
        potential: maybe(number * 104_729 % 5_000, 8).map(Money::cents),
        potential_method: None,
        ability_millionths: 500_000,
        is_ability_assumed: true,
        reachable: None,
        share_of_wallet_millionths: maybe(number * 17 % 1_000, 9),
        customer_target: maybe(number * 23 % 800, 3).map(Money::cents),
        segment: segment[number as usize % 5].map(str::to_owned),
        segment_automatic: None,
        segment_since: None,
        care_lines: number % 4,
        care_lines_kept: number % 4 - i64::from(number % 4 == 3),
        open_deviations: 0,
        stake_at_risk: Money::cents(number * 11 % 700),
        stake_to_gain: Money::cents(number * 13 % 900),
    }
}

fn two_people(work: &mut Work<'_>) -> Result<[Uuid; 2], StoreError> {
    let owners = [work.new_id(), work.new_id()];
    work.insert(
        "person",
        ["id", "source", "external_id", "name"],
        [(owners[0], "Aino"), (owners[1], "Bertta")]
            .map(|(owner, name)| [owner.into(), "erp".into(), owner.to_string().into(), name.into()]),
    )?;
    Ok(owners)
}

fn large_company(store: &Store) -> [Uuid; 2] {
    let made = store.write(Actor::Demo, |work: &mut Work<'_>| -> Result<_, StoreError> {
        let owners = two_people(work)?;
        let accounts: Vec<AccountId> = (0..MANY).map(|_| AccountId(work.new_id())).collect();
        let columns = [
            "id",
            "source",
            "external_id",
            "name",
            "name_sort",
            "search_text",
            "city",
            "business_id",
            "edition",
        ];
        work.insert(
            "account",
            columns,
            accounts.iter().enumerate().map(|(number, id)| {
                let name: Value = format!("nimi {:04} {}", number * 37 % MANY, number % 10).into();
                let id = *id;
                [
                    id.into(),
                    "erp".into(),
                    number.to_string().into(),
                    name.clone(),
                    name,
                    "".into(),
                    (number % 3 != 0).then(|| format!("Kunta {}", number % 7)).into(),
                    (number % 5 != 0).then(|| format!("{:07}", number * 53 % 1_000)).into(),
                    1_i64.into(),
                ]
            }),
        )?;
        let named = accounts.iter().enumerate();
        let named = named.map(|(number, id)| ["erp".into(), number.to_string().into(), (*id).into()]);
        work.insert("account_external_id", ["source", "external_id", "account_id"], named)?;
        search::refresh(work, &accounts)?;
        let rows: Vec<StandingRow> =
            accounts.iter().enumerate().map(|(number, id)| standing(number, *id, &owners)).collect();
        save_standings(work, &rows, day("2026-11-23"))?;
        Ok(owners)
    });
    made.unwrap()
}

/// What the list should be, worked out from all rows in memory.
fn expected(all: &[ListRow], filter: &Filter, sort: Sort, order: Order) -> Vec<AccountId> {
    let mut rows: Vec<&ListRow> = all.iter().filter(|row| holds(row, filter)).collect();
    rows.sort_by(|one, other| {
        let ascending = compare(one, other, sort).then(one.id.cmp(&other.id));
        match order {
            Order::Ascending => ascending,
            Order::Descending => ascending.reverse(),
        }
    });
    rows.iter().map(|row| row.id).collect()
}

fn holds(row: &ListRow, filter: &Filter) -> bool {
    let standing = row.standing.as_ref().unwrap();
    let owner = match filter.owner {
        Some(OwnedBy::Nobody) => standing.owner.is_none(),
        Some(OwnedBy::Person(person)) => standing.owner == Some(person),
        None => true,
    };
    let segment = match filter.segment {
        Some(InSegment::NotAssessed) => standing.segment.is_none() && standing.is_active,
        Some(InSegment::Segment(segment)) => standing.segment == Some(segment),
        None => true,
    };
    let care = match filter.care {
        Some(InCare::Kept) => standing.care_lines > 0 && standing.care_lines_kept == standing.care_lines,
        Some(InCare::Late) => standing.care_lines_kept < standing.care_lines,
        None => true,
    };
    let whose = match &filter.whose {
        Whose::Everyones => true,
        Whose::Of(people) => standing.owner.is_some_and(|owner| people.contains(&owner)),
    };
    let text = search::search_text([row.name.as_str(), row.external_id.as_str()]);
    let words = filter.words.iter().all(|word| match word.chars().count() {
        0..=2 => text.contains(&format!("  {word}")),
        _ => text.contains(word),
    });
    let state = filter.state.is_none() || filter.state == standing.state;
    let industry = filter.industry.is_none() || filter.industry == standing.industry;
    let within = |range: Range, value: Option<Money>| {
        range == Range::ANY
            || value.is_some_and(|value| {
                range.min.is_none_or(|min| min <= value) && range.max.is_none_or(|max| value < max)
            })
    };
    let values = within(filter.current_value, Some(standing.current_value))
        && within(filter.potential, standing.potential);
    let reach = filter.reach == Reach::Everything || standing.is_active;
    owner && segment && care && whose && words && state && industry && values && reach
}

fn compare(one: &ListRow, other: &ListRow, sort: Sort) -> Ordering {
    let (a, b) = (one.standing.as_ref().unwrap(), other.standing.as_ref().unwrap());
    let care = |row: &list::ListStanding| {
        (row.care_lines > 0).then(|| row.care_lines_kept * 1_000_000 / row.care_lines.max(1))
    };
    let by_value = a.current_value.cmp(&b.current_value);
    match sort {
        Sort::Name => one.name.cmp(&other.name),
        Sort::Segment => a.segment.map(Segment::name).cmp(&b.segment.map(Segment::name)).then(by_value),
        // The owners' names are in the order of their ids.
        Sort::Owner => a.owner.cmp(&b.owner).then(by_value),
        Sort::City => one.city.cmp(&other.city).then(one.name.cmp(&other.name)),
        Sort::BusinessId => one.business_id.cmp(&other.business_id).then(one.name.cmp(&other.name)),
        Sort::CustomerTarget => a.customer_target.cmp(&b.customer_target),
        Sort::State => a.state.map(CustomerState::name).cmp(&b.state.map(CustomerState::name)).then(by_value),
        Sort::Industry => a.industry.cmp(&b.industry).then(by_value),
        Sort::CurrentValue => by_value,
        Sort::Trend => a.trend_millionths.cmp(&b.trend_millionths),
        Sort::PotentialValue => a.potential.cmp(&b.potential),
        Sort::ShareOfWallet => a.share_of_wallet_millionths.cmp(&b.share_of_wallet_millionths),
        Sort::LastOrder => a.last_order.cmp(&b.last_order),
        Sort::Care => care(a).cmp(&care(b)),
        Sort::Stake => a.stake_at_risk.max(a.stake_to_gain).cmp(&b.stake_at_risk.max(b.stake_to_gain)),
    }
}

const SORTS: [Sort; 15] = [
    Sort::Name,
    Sort::Segment,
    Sort::Owner,
    Sort::City,
    Sort::BusinessId,
    Sort::CustomerTarget,
    Sort::State,
    Sort::Industry,
    Sort::CurrentValue,
    Sort::Trend,
    Sort::PotentialValue,
    Sort::ShareOfWallet,
    Sort::LastOrder,
    Sort::Care,
    Sort::Stake,
];

fn everyone(store: &Store) -> Vec<ListRow> {
    let mut all = Vec::new();
    let gathered = store.read(|reader| {
        list::each(reader, &everything(), (Sort::Name, Order::Ascending), |row| {
            all.push(row);
            Ok(())
        })
    });
    gathered.unwrap();
    assert_eq!(all.len(), MANY);
    all
}

fn filters(owners: [Uuid; 2]) -> [Filter; 13] {
    [
        everything(),
        Filter { owner: Some(OwnedBy::Nobody), ..everything() },
        Filter { owner: Some(OwnedBy::Person(PersonId(owners[1]))), ..everything() },
        Filter { whose: Whose::Of(owners.map(PersonId).to_vec()), ..everything() },
        Filter { segment: Some(InSegment::NotAssessed), ..everything() },
        Filter { segment: Some(InSegment::Segment(Segment::Growth)), ..everything() },
        Filter { state: Some(CustomerState::Former), care: Some(InCare::Late), ..everything() },
        Filter { care: Some(InCare::Kept), industry: Some("ala 2".to_owned()), ..everything() },
        Filter { current_value: cents(300, 800), potential: cents(1, 3_000), ..everything() },
        Filter { reach: Reach::Base, ..everything() },
        Filter { words: search::words("nimi"), ..everything() },
        Filter { words: search::words("ni 7"), ..everything() },
        Filter { words: search::words("nimi"), segment: Some(InSegment::NotAssessed), ..everything() },
    ]
}

#[test]
fn every_order_of_every_filter_holds_across_the_pages_of_a_large_base() {
    both(|store| {
        let owners = large_company(store);
        let all = everyone(store);
        let filters = filters(owners);

        for filter in &filters {
            for (sort, order) in
                SORTS.into_iter().flat_map(|s| [(s, Order::Ascending), (s, Order::Descending)])
            {
                let expected = expected(&all, filter, sort, order);
                for offset in [70, expected.len().saturating_sub(30)] {
                    let (count, rows) = store
                        .read(|reader| list::page(reader, filter, (sort, order), 50, offset as i64))
                        .unwrap();

                    let found: Vec<AccountId> = rows.iter().map(|row| row.id).collect();
                    let slice: Vec<AccountId> = expected.iter().skip(offset).take(50).copied().collect();
                    assert_eq!(found, slice, "{filter:?} {sort:?} {order:?} from {offset}");
                    assert_eq!(count, Count::Exactly(expected.len() as i64), "{filter:?}");
                }
            }
        }
    });
}

#[test]
fn an_account_the_watch_has_not_looked_at_yet_is_found_by_its_name() {
    both(|store| {
        large_company(store);
        import_accounts(store, vec![account("u900", "Uusi asiakas", "1", "Pori")]);

        check_found(store, "uusi", &["Uusi asiakas"]);
    });
}

#[test]
fn accounts_are_met_by_the_beginning_of_their_names_in_the_order_of_names() {
    both(|store| {
        small_company(store);
        let more = ["Rakennus-Aho Oy", "Oy Rakennus Ab", "Raketti Oy", "Räme Oy"];
        let more = more.iter().enumerate();
        let more =
            more.map(|(number, name)| account(&format!("3{number}"), name, &number.to_string(), "Pori"));
        import_accounts(store, more.collect());

        let check = |beginning: &str, limit, expected: &[&str]| {
            let rows = store.read(|reader| list::called(reader, beginning, limit)).unwrap();
            let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
            assert_eq!(names, expected, "{beginning}");
        };
        check("rakennus-", 8, &["Rakennus-Aho Oy", "Rakennus-Salmi Oy"]);
        check(" RAK", 2, &["Rakennus-Aho Oy", "Rakennus-Salmi Oy"]);
        check("rä", 8, &["Räme Oy"]);
        check("öst", 8, &["Östersundom 100% Piha"]);
        check("salmi", 8, &[]);
        check("  ", 8, &[]);
    });
}

#[test]
fn the_neighbours_of_an_account_are_those_beside_it_in_the_list() {
    both(|store| {
        let owners = large_company(store);
        let all = everyone(store);

        for filter in &filters(owners) {
            for (sort, order) in
                SORTS.into_iter().flat_map(|s| [(s, Order::Ascending), (s, Order::Descending)])
            {
                let expected = expected(&all, filter, sort, order);
                let last = expected.len() - 1;
                for place in [0, last / 2, last] {
                    let found = store
                        .read(|reader| list::neighbours(reader, filter, (sort, order), expected[place]))
                        .unwrap();

                    let beside = |place: Option<usize>| place.and_then(|place| expected.get(place)).copied();
                    let found = (found.previous.map(|one| one.id), found.next.map(|one| one.id));
                    let wanted = (beside(place.checked_sub(1)), beside(Some(place + 1)));
                    assert_eq!(found, wanted, "{filter:?} {sort:?} {order:?} at {place}");
                }
            }
        }
    });
}

#[test]
fn whoever_has_not_been_met_is_found_by_the_index_of_meetings() {
    let fresh = FreshDatabase::sqlite();
    let store = Store::open(&fresh.url).unwrap();
    let filter = Filter { unmet_since: Some(day("2026-10-01")), ..everything() };
    let (conditions, params) = list::conditions(&filter, 1);
    let asked = format!("explain query plan select account_id from account_standing where 1 = 1{conditions}");

    let plan = store.read(|reader| reader.all(&asked, &params, |row| row.string(3))).unwrap();

    assert!(plan.iter().any(|step| step.contains("INDEX activity_met")), "{plan:?}");
}

#[test]
fn accounts_of_owners_of_one_name_stand_together_by_value() {
    both(|store| {
        large_company(store);
        let renamed =
            store.write(Actor::Demo, |work| work.execute("update person set name = 'Aino Virtanen'", &[]));
        assert_eq!(renamed.unwrap(), 2);
        let mut all = everyone(store);
        let place = |row: &ListRow| {
            let standing = row.standing.as_ref().unwrap();
            (standing.owner.is_some(), standing.current_value, row.id)
        };
        all.sort_by_key(place);
        let nobodys = all.iter().filter(|row| !place(row).0).count();
        assert!(60 < nobodys && nobodys + 60 < MANY, "{nobodys}");

        for order in [Order::Ascending, Order::Descending] {
            let by_owner = (Sort::Owner, order);
            let ids: Vec<AccountId> = all.iter().map(|row| row.id).collect();
            let border = if place(&all[0]).0 { MANY - nobodys } else { nobodys };
            for offset in [0, border - 20, MANY - 30] {
                let asked =
                    |reader: &Reader<'_>| list::page(reader, &everything(), by_owner, 50, offset as i64);
                let (_, rows) = store.read(asked).unwrap();
                let found: Vec<AccountId> = rows.iter().map(|row| row.id).collect();
                assert_eq!(found, ids[offset..MANY.min(offset + 50)], "{order:?} from {offset}");
            }
            for at in [0, border - 1, border, MANY - 1] {
                let asked = |reader: &Reader<'_>| list::neighbours(reader, &everything(), by_owner, ids[at]);
                let found = store.read(asked).unwrap();
                let found = (found.previous.map(|one| one.id), found.next.map(|one| one.id));
                let beside = (at.checked_sub(1).map(|at| ids[at]), ids.get(at + 1).copied());
                assert_eq!(found, beside, "{order:?} at {at}");
            }
            all.reverse();
        }
    });
}
