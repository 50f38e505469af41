//! Taking in accounts: what they are called and where they are is kept as last told, who owns them and what they
//! belong to in a timeline.

use super::{name_sort, search};
use crate::{
    engine::{Query, StoreError, Value, Work},
    listing::{ACCOUNTS, Listed, Place},
    recording::{
        Below, Lookup, Named, Origin, Outcome, Timeline, by_day, from_day, spread_over_outdone, standing,
        undecided,
    },
};
use luotsi_core::{
    account::AccountId,
    history::{Entry, Subject, Touched},
    units::Day,
};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// An account as another system tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRecord {
    pub external_id: String,
    pub name: String,
    pub business_id: Option<String>,
    /// By external id.
    pub parent: Option<String>,
    pub industry: Option<String>,
    pub size_class: Option<String>,
    /// By external id.
    pub owner: Option<String>,
    pub street: Option<String>,
    pub postal_code: Option<String>,
    pub city: Option<String>,
    pub country: Option<String>,
    pub is_active: bool,
    pub known_on: Option<Day>,
}

/// What a slice of accounts changes.
#[derive(Debug)]
pub struct Plan {
    pub outcomes: Vec<Outcome>,
    accounts: Vec<Account>,
    entries: Vec<Entry>,
}

impl Plan {
    /// The accounts that the plan makes.
    pub fn made(&self) -> impl Iterator<Item = (&str, AccountId)> {
        let new = self.accounts.iter().filter(|account| account.is_new);
        new.map(|account| (account.external_id.as_str(), account.id))
    }

    /// The row of the only account, as it is listed when the plan has made it; `None`: it was there, so that what is
    /// known of it besides has to be read.
    pub fn made_row(&self, origin: &Origin) -> Option<Listed> {
        let [account] = self.accounts.as_slice() else { return None };
        let terms = account.timeline.on(origin.today).filter(|_| account.is_new)?;
        let cells: Option<Vec<Value>> =
            ACCOUNTS.shown().map(|column| account.cell(column.name, terms, origin)).collect();
        Some(Listed { cells: cells?, place: Place { sorted_by: Value::Null, key: vec![account.id.into()] } })
    }
}

#[derive(Clone, Debug)]
struct Account {
    id: AccountId,
    external_id: String,
    master: Master,
    timeline: Timeline<Terms>,
    is_new: bool,
    is_rewritten: bool,
}

/// What is kept as last told.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Master {
    name: String,
    business_id: Option<String>,
    street: Option<String>,
    postal_code: Option<String>,
    city: Option<String>,
    country: Option<String>,
}

/// What is dated.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Terms {
    owner: Option<Uuid>,
    industry: Option<String>,
    size_class: Option<String>,
    parent: Option<Uuid>,
    is_active: bool,
}

/// What a row names, found.
#[derive(Clone, Copy)]
struct Links {
    owner: Option<Uuid>,
    parent: Option<Uuid>,
}

pub fn plan(query: &impl Query, origin: &Origin, rows: &[AccountRecord]) -> Result<Plan, StoreError> {
    let mut accounts = known(query, origin, rows)?;
    for row in rows {
        accounts.entry(row.external_id.clone()).or_insert_with(|| Account::new(row));
    }
    let links = links(query, origin, rows, &accounts)?;

    let mut plan = Plan { outcomes: Vec::new(), accounts: Vec::new(), entries: Vec::new() };
    let mut outcomes: Vec<Option<Outcome>> = links.iter().map(|row| row.as_ref().err().cloned()).collect();
    for (external_id, same) in undecided(rows, &outcomes, |row| &row.external_id) {
        if let Some(mut account) = accounts.remove(external_id) {
            take_in(&mut account, rows, &same, &links, origin, &mut outcomes, &mut plan.entries);
            plan.accounts.push(account);
        }
    }
    plan.outcomes = outcomes.into_iter().map(|outcome| outcome.unwrap_or(Outcome::Unchanged)).collect();
    Ok(plan)
}

pub fn save(work: &mut Work<'_>, origin: &Origin, plan: &Plan) -> Result<(), StoreError> {
    save_new(work, origin, plan)?;
    rewrite(work, plan)?;
    save_versions(work, plan)?;
    let (new, kept): (Vec<&Account>, Vec<&Account>) =
        plan.accounts.iter().partition(|account| account.is_new);
    search::add(work, new.into_iter().map(|account| (account.id, searched(account))))?;
    let rewritten = kept.into_iter().filter(|account| account.is_rewritten);
    search::refresh(work, &rewritten.map(|account| account.id).collect::<Vec<_>>())?;
    work.record_all(&plan.entries)
}

fn known(
    query: &impl Query,
    origin: &Origin,
    rows: &[AccountRecord],
) -> Result<HashMap<String, Account>, StoreError> {
    let wanted = origin.names(rows.iter().map(|row| row.external_id.as_str()));
    let mut known: HashMap<String, Account> = HashMap::new();
    query.each_of_rows(
        "-- The accounts that a slice tells of, with all their versions.
         with wanted (source, external_id) as ({wanted})
         select distinct account.id, named.external_id, account.name, account.business_id, account.street,
                account.postal_code, account.city, account.country, version.from_day, version.owner_id,
                version.industry, version.size_class, version.parent_id, version.is_active
           from wanted
           join account_external_id named
             on named.source = wanted.source and named.external_id = wanted.external_id
           join account on account.id = named.account_id
           join account_version version on version.account_id = account.id",
        ["text", "text"],
        &wanted,
        |row| {
            let external_id = row.string(1)?;
            let account = Account {
                id: AccountId(row.id(0)?),
                external_id: external_id.clone(),
                master: Master {
                    name: row.string(2)?,
                    business_id: row.opt_string(3)?,
                    street: row.opt_string(4)?,
                    postal_code: row.opt_string(5)?,
                    city: row.opt_string(6)?,
                    country: row.opt_string(7)?,
                },
                timeline: Timeline::new(BTreeMap::new()),
                is_new: false,
                is_rewritten: false,
            };
            let terms = Terms {
                owner: row.opt_id(9)?,
                industry: row.opt_string(10)?,
                size_class: row.opt_string(11)?,
                parent: row.opt_id(12)?,
                is_active: row.bool(13)?,
            };
            known.entry(external_id).or_insert(account).timeline.add_kept(row.day(8)?, terms);
            Ok(())
        },
    )?;
    Ok(known)
}

fn links(
    query: &impl Query,
    origin: &Origin,
    rows: &[AccountRecord],
    accounts: &HashMap<String, Account>,
) -> Result<Vec<Result<Links, Outcome>>, StoreError> {
    let named = rows.iter().filter_map(|row| row.owner.as_deref());
    let people = Lookup::of(query, origin, (Named::Person, "owner"), named)?;
    let owners: Vec<Result<Option<Uuid>, Outcome>> =
        rows.iter().map(|row| people.one_if_named(row.owner.as_deref())).collect();

    let ids = accounts.iter().map(|(external_id, account)| (external_id.as_str(), account.id.0)).collect();
    let below: Vec<Below<'_>> = rows
        .iter()
        .zip(&owners)
        .map(|(row, owner)| Below {
            external_id: &row.external_id,
            above: row.parent.as_deref(),
            known_on: row.known_on,
            refused: owner.as_ref().err().cloned(),
        })
        .collect();
    let parents = standing(query, origin, Named::Account, "parent", &below, &ids)?;
    Ok(owners
        .into_iter()
        .zip(parents)
        .map(|(owner, parent)| parent.and_then(|parent| owner.map(|owner| Links { owner, parent })))
        .collect())
}

/// Lays the rows that tell of one account into its timeline, those known from the same day as one.
fn take_in(
    account: &mut Account,
    rows: &[AccountRecord],
    same: &[usize],
    links: &[Result<Links, Outcome>],
    origin: &Origin,
    outcomes: &mut [Option<Outcome>],
    entries: &mut Vec<Entry>,
) {
    let is_new = account.is_new;
    let has_dated = same.iter().any(|row| rows[*row].known_on.is_some());
    let from = |row: usize| from_day(rows[row].known_on, is_new, has_dated, origin.today);
    let deliveries = by_day(same.iter().map(|row| (from(*row), *row)).collect());
    let newest = deliveries.last().map(|(last, _)| *last);
    for (last, outdone) in deliveries {
        let Ok(links) = &links[last] else { continue };
        let was_empty = account.timeline.is_empty();
        let is_rewritten = !is_new && newest == Some(last) && account.rewrite(&rows[last], origin, entries);
        let is_changed = account.put(&rows[last], *links, from(last), origin, entries);
        outcomes[last] = Some(match (was_empty, is_rewritten || is_changed) {
            (true, _) => Outcome::Created,
            (false, true) => Outcome::Updated,
            (false, false) => Outcome::Unchanged,
        });
        spread_over_outdone(rows, outcomes, &outdone, last);
    }
    if let Some(newest) = newest.filter(|_| is_new) {
        account.master = Master::new(&rows[newest]);
    }
}

impl Account {
    fn new(row: &AccountRecord) -> Self {
        Self {
            id: AccountId(Uuid::now_v7()),
            external_id: row.external_id.clone(),
            master: Master::new(row),
            timeline: Timeline::new(BTreeMap::new()),
            is_new: true,
            is_rewritten: false,
        }
    }

    /// What a column of a list holds.
    fn cell(&self, column: &str, terms: &Terms, origin: &Origin) -> Option<Value> {
        let Master { name, business_id, street, postal_code, city, country } = &self.master;
        Some(match column {
            "id" => self.id.into(),
            "source" => origin.source.as_str().into(),
            "external_id" => self.external_id.as_str().into(),
            "name" => name.as_str().into(),
            "business_id" => business_id.clone().into(),
            "parent" => terms.parent.into(),
            "industry" => terms.industry.clone().into(),
            "size_class" => terms.size_class.clone().into(),
            "owner" => terms.owner.into(),
            "street" => street.clone().into(),
            "postal_code" => postal_code.clone().into(),
            "city" => city.clone().into(),
            "country" => country.clone().into(),
            "active" => terms.is_active.into(),
            _ => return None,
        })
    }

    /// Name and place are kept as last told.
    fn rewrite(&mut self, row: &AccountRecord, origin: &Origin, entries: &mut Vec<Entry>) -> bool {
        let master = Master::told(row, &self.master, origin);
        let is_changed = master != self.master;
        for ((what, new), old) in MASTER.iter().zip(master.texts()).zip(self.master.texts()) {
            if old != new {
                entries.push(self.entry(what, old, new, Day::MIN, origin.today));
            }
        }
        self.master = master;
        self.is_rewritten |= is_changed;
        is_changed
    }

    fn put(
        &mut self,
        row: &AccountRecord,
        links: Links,
        from: Day,
        origin: &Origin,
        entries: &mut Vec<Entry>,
    ) -> bool {
        let before = self.timeline.on(from).cloned();
        let terms = Terms::told(row, links, before.as_ref(), origin);
        let is_first = self.is_new && self.timeline.is_empty();
        if !self.timeline.put(from, terms.clone()) {
            return false;
        }
        if is_first {
            entries.push(self.entry("created", None, Some(row.name.clone()), from, from));
            return true;
        }
        let old = before.map_or(Default::default(), |terms| terms.texts());
        for ((what, new), old) in TERMS.iter().zip(terms.texts()).zip(old) {
            if old != new {
                entries.push(self.entry(what, old, new, from, from));
            }
        }
        true
    }

    fn entry(
        &self,
        what: &'static str,
        before: Option<String>,
        after: Option<String>,
        from: Day,
        known_from: Day,
    ) -> Entry {
        Entry {
            subject: Subject::Account,
            subject_id: Some(self.id.0),
            what,
            before,
            after,
            why: (from != Day::MIN).then(|| format!("from {from}")),
            touched: vec![Touched { account: self.id, known_from }],
        }
    }
}

const MASTER: [&str; 6] = ["name", "business_id", "street", "postal_code", "city", "country"];
const TERMS: [&str; 5] = ["owner", "industry", "size_class", "parent", "active"];

impl Master {
    fn new(row: &AccountRecord) -> Self {
        Self {
            name: row.name.clone(),
            business_id: row.business_id.clone(),
            street: row.street.clone(),
            postal_code: row.postal_code.clone(),
            city: row.city.clone(),
            country: row.country.clone(),
        }
    }

    fn told(row: &AccountRecord, before: &Self, origin: &Origin) -> Self {
        let told = |column, new: &Option<String>, old: &Option<String>| {
            if origin.tells(column) { new.clone() } else { old.clone() }
        };
        Self {
            name: if origin.tells("name") { row.name.clone() } else { before.name.clone() },
            business_id: told("business_id", &row.business_id, &before.business_id),
            street: told("street", &row.street, &before.street),
            postal_code: told("postal_code", &row.postal_code, &before.postal_code),
            city: told("city", &row.city, &before.city),
            country: told("country", &row.country, &before.country),
        }
    }

    /// As the log tells them, in the order of `MASTER`.
    fn texts(&self) -> [Option<String>; 6] {
        [
            Some(self.name.clone()),
            self.business_id.clone(),
            self.street.clone(),
            self.postal_code.clone(),
            self.city.clone(),
            self.country.clone(),
        ]
    }
}

impl Terms {
    fn told(row: &AccountRecord, links: Links, before: Option<&Self>, origin: &Origin) -> Self {
        let told = Self {
            owner: links.owner,
            industry: row.industry.clone(),
            size_class: row.size_class.clone(),
            parent: links.parent,
            is_active: row.is_active,
        };
        let Some(before) = before.cloned() else {
            return told;
        };
        Self {
            owner: if origin.tells("owner") { told.owner } else { before.owner },
            industry: if origin.tells("industry") { told.industry } else { before.industry },
            size_class: if origin.tells("size_class") { told.size_class } else { before.size_class },
            parent: if origin.tells("parent") { told.parent } else { before.parent },
            is_active: if origin.tells("active") { told.is_active } else { before.is_active },
        }
    }

    /// As the log tells them, in the order of `TERMS`.
    fn texts(&self) -> [Option<String>; 5] {
        [
            self.owner.map(|owner| owner.to_string()),
            self.industry.clone(),
            self.size_class.clone(),
            self.parent.map(|parent| parent.to_string()),
            Some(if self.is_active { "yes" } else { "no" }.to_owned()),
        ]
    }
}

/// As `search::refresh` would write it for an account that has no contacts yet.
fn searched(account: &Account) -> String {
    let Master { name, business_id, city, .. } = &account.master;
    let parts =
        [Some(name.as_str()), business_id.as_deref(), city.as_deref(), Some(account.external_id.as_str())];
    search::search_text(parts.into_iter().flatten())
}

fn save_new(work: &Work<'_>, origin: &Origin, plan: &Plan) -> Result<(), StoreError> {
    let new = || plan.accounts.iter().filter(|account| account.is_new);
    work.insert(
        "account",
        [
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
        ],
        new().map(|account| {
            let master = account.master.clone();
            [
                account.id.into(),
                origin.source.as_str().into(),
                account.external_id.as_str().into(),
                master.name.as_str().into(),
                name_sort(&master.name).into(),
                searched(account).into(),
                master.business_id.into(),
                master.street.into(),
                master.postal_code.into(),
                master.city.into(),
                master.country.into(),
                1_i64.into(),
            ]
        }),
    )?;
    work.insert(
        "account_external_id",
        ["source", "external_id", "account_id"],
        new().map(|account| {
            [origin.source.as_str().into(), account.external_id.as_str().into(), account.id.into()]
        }),
    )
}

fn rewrite(work: &Work<'_>, plan: &Plan) -> Result<(), StoreError> {
    let rewritten: Vec<[Value; 8]> = plan
        .accounts
        .iter()
        .filter(|account| account.is_rewritten)
        .map(|account| {
            let master = account.master.clone();
            [
                account.id.into(),
                master.name.as_str().into(),
                name_sort(&master.name).into(),
                master.business_id.into(),
                master.street.into(),
                master.postal_code.into(),
                master.city.into(),
                master.country.into(),
            ]
        })
        .collect();
    work.execute_for(
        "with wanted (id, name, name_sort, business_id, street, postal_code, city, country) as ({wanted})
         update account
            set name = wanted.name, name_sort = wanted.name_sort, business_id = wanted.business_id,
                street = wanted.street, postal_code = wanted.postal_code, city = wanted.city,
                country = wanted.country, edition = account.edition + 1
           from wanted
          where account.id = wanted.id",
        ["uuid", "text", "text", "text", "text", "text", "text", "text"],
        &rewritten,
    )
    .map(drop)
}

fn save_versions(work: &Work<'_>, plan: &Plan) -> Result<(), StoreError> {
    let replaced: Vec<[Value; 2]> = plan
        .accounts
        .iter()
        .filter(|account| !account.is_new)
        .flat_map(|account| account.timeline.put_in().map(|(from, _)| [account.id.into(), from.into()]))
        .collect();
    work.execute_for(
        "with wanted (account_id, from_day) as ({wanted})
         delete from account_version where (account_id, from_day) in (select account_id, from_day from wanted)",
        ["uuid", "date"],
        &replaced,
    )?;
    work.insert(
        "account_version",
        ["account_id", "from_day", "owner_id", "industry", "size_class", "parent_id", "is_active"],
        plan.accounts.iter().flat_map(|account| {
            account.timeline.put_in().map(|(from, terms)| {
                [
                    account.id.into(),
                    from.into(),
                    terms.owner.into(),
                    terms.industry.clone().into(),
                    terms.size_class.clone().into(),
                    terms.parent.into(),
                    terms.is_active.into(),
                ]
            })
        }),
    )
}
