//! Taking in people: what they are called is kept as last told, what they do in a timeline.

use crate::{
    engine::{Query, StoreError, Value, Work},
    recording::{
        Below, Named, Origin, Outcome, Timeline, by_day, from_day, spread_over_outdone, standing, undecided,
    },
};
use luotsi_core::{
    history::{Entry, Subject},
    people::{PersonId, Role},
    units::{Day, Money},
};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A person as another system tells of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRecord {
    pub external_id: String,
    pub name: String,
    pub email: Option<String>,
    pub role: Role,
    pub team: Option<String>,
    /// By external id.
    pub manager: Option<String>,
    pub is_active: bool,
    pub hourly_cost: Option<Money>,
    pub customer_hours: Option<u32>,
    pub known_on: Option<Day>,
}

/// What a slice of people changes.
#[derive(Debug)]
pub struct Plan {
    pub outcomes: Vec<Outcome>,
    people: Vec<Person>,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Person {
    id: PersonId,
    external_id: String,
    name: String,
    email: Option<String>,
    timeline: Timeline<Duties>,
    is_new: bool,
    is_renamed: bool,
}

/// What is dated of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Duties {
    role: Role,
    team: Option<String>,
    manager: Option<Uuid>,
    is_active: bool,
    hourly_cost: Option<Money>,
    customer_hours: Option<u32>,
}

pub fn plan(query: &impl Query, origin: &Origin, rows: &[PersonRecord]) -> Result<Plan, StoreError> {
    let mut people = known(query, origin, rows)?;
    for row in rows {
        people.entry(row.external_id.clone()).or_insert_with(|| Person::new(row));
    }
    let managers = managers(query, origin, rows, &people)?;

    let mut plan = Plan { outcomes: Vec::new(), people: Vec::new(), entries: Vec::new() };
    let mut outcomes: Vec<Option<Outcome>> = managers.iter().map(|row| row.as_ref().err().cloned()).collect();
    for (external_id, same) in undecided(rows, &outcomes, |row| &row.external_id) {
        if let Some(person) = people.get_mut(external_id) {
            take_in(person, rows, &same, &managers, origin, &mut outcomes, &mut plan.entries);
            plan.people.push(person.clone());
        }
    }
    plan.outcomes = outcomes.into_iter().map(|outcome| outcome.unwrap_or(Outcome::Unchanged)).collect();
    Ok(plan)
}

pub fn save(work: &mut Work<'_>, origin: &Origin, plan: &Plan) -> Result<(), StoreError> {
    let new = plan.people.iter().filter(|person| person.is_new);
    work.insert(
        "person",
        ["id", "source", "external_id", "name", "email"],
        new.map(|person| {
            [
                person.id.into(),
                origin.source.as_str().into(),
                person.external_id.as_str().into(),
                person.name.as_str().into(),
                person.email.clone().into(),
            ]
        }),
    )?;
    rename(work, plan)?;
    save_versions(work, plan)?;
    work.record_all(&plan.entries)
}

fn known(
    query: &impl Query,
    origin: &Origin,
    rows: &[PersonRecord],
) -> Result<HashMap<String, Person>, StoreError> {
    let wanted = origin.names(rows.iter().map(|row| row.external_id.as_str()));
    let mut known: HashMap<String, Person> = HashMap::new();
    query.each_of_rows(
        "-- The people that a slice tells of, with all their versions.
         with wanted (source, external_id) as ({wanted})
         select distinct person.id, person.external_id, person.name, person.email, version.from_day, version.role,
                version.team, version.manager_id, version.is_active, version.hourly_cost_cents,
                version.customer_hours
           from wanted
           join person on person.source = wanted.source and person.external_id = wanted.external_id
           join person_version version on version.person_id = person.id",
        ["text", "text"],
        &wanted,
        |row| {
            let external_id = row.string(1)?;
            let person = Person {
                id: PersonId(row.id(0)?),
                external_id: external_id.clone(),
                name: row.string(2)?,
                email: row.opt_string(3)?,
                timeline: Timeline::new(BTreeMap::new()),
                is_new: false,
                is_renamed: false,
            };
            let duties = Duties {
                role: super::role(row.text(5)?)?,
                team: row.opt_string(6)?,
                manager: row.opt_id(7)?,
                is_active: row.bool(8)?,
                hourly_cost: row.opt_money(9)?,
                customer_hours: row.opt_int(10)?.map(|hours| hours as u32),
            };
            known.entry(external_id).or_insert(person).timeline.add_kept(row.day(4)?, duties);
            Ok(())
        },
    )?;
    Ok(known)
}

fn managers(
    query: &impl Query,
    origin: &Origin,
    rows: &[PersonRecord],
    people: &HashMap<String, Person>,
) -> Result<Vec<Result<Option<Uuid>, Outcome>>, StoreError> {
    let ids = people.iter().map(|(external_id, person)| (external_id.as_str(), person.id.0)).collect();
    let below: Vec<Below<'_>> = rows
        .iter()
        .map(|row| Below {
            external_id: &row.external_id,
            above: row.manager.as_deref(),
            known_on: row.known_on,
            refused: None,
        })
        .collect();
    standing(query, origin, Named::Person, "manager", &below, &ids)
}

/// Lays the rows that tell of one person into the timeline, those known from the same day as one.
fn take_in(
    person: &mut Person,
    rows: &[PersonRecord],
    same: &[usize],
    managers: &[Result<Option<Uuid>, Outcome>],
    origin: &Origin,
    outcomes: &mut [Option<Outcome>],
    entries: &mut Vec<Entry>,
) {
    let is_new = person.is_new;
    let has_dated = same.iter().any(|row| rows[*row].known_on.is_some());
    let days = same.iter().map(|row| (from_day(rows[*row].known_on, is_new, has_dated, origin.today), *row));
    let deliveries = by_day(days.collect());
    let newest = deliveries.last().map(|(last, _)| *last);
    for (last, outdone) in deliveries {
        let (row, manager) = (&rows[last], managers[last].as_ref().ok().copied().flatten());
        let from = from_day(row.known_on, is_new, has_dated, origin.today);
        let was_empty = person.timeline.is_empty();
        let is_renamed = !is_new && newest == Some(last) && person.rename(row, origin, entries);
        let is_changed = person.put(row, manager, from, origin, entries);
        outcomes[last] = Some(match (was_empty, is_renamed || is_changed) {
            (true, _) => Outcome::Created,
            (false, true) => Outcome::Updated,
            (false, false) => Outcome::Unchanged,
        });
        spread_over_outdone(rows, outcomes, &outdone, last);
    }
    if let Some(row) = newest.filter(|_| is_new).map(|row| &rows[row]) {
        person.name.clone_from(&row.name);
        person.email.clone_from(&row.email);
    }
}

impl Person {
    fn new(row: &PersonRecord) -> Self {
        Self {
            id: PersonId(Uuid::now_v7()),
            external_id: row.external_id.clone(),
            name: row.name.clone(),
            email: row.email.clone(),
            timeline: Timeline::new(BTreeMap::new()),
            is_new: true,
            is_renamed: false,
        }
    }

    /// Name and address are kept as last told.
    fn rename(&mut self, row: &PersonRecord, origin: &Origin, entries: &mut Vec<Entry>) -> bool {
        let email = if origin.tells("email") { row.email.clone() } else { self.email.clone() };
        let changes = [
            ("name", Some(self.name.clone()), Some(row.name.clone())),
            ("email", self.email.clone(), email.clone()),
        ];
        let before = entries.len();
        for (what, old, new) in changes {
            if old != new {
                entries.push(self.entry(what, old, new, Day::MIN));
            }
        }
        self.name.clone_from(&row.name);
        self.email = email;
        self.is_renamed |= before < entries.len();
        before < entries.len()
    }

    fn put(
        &mut self,
        row: &PersonRecord,
        manager: Option<Uuid>,
        from: Day,
        origin: &Origin,
        entries: &mut Vec<Entry>,
    ) -> bool {
        let before = self.timeline.on(from).cloned();
        let duties = Duties::told(row, manager, before.as_ref(), origin);
        let is_first = self.is_new && self.timeline.is_empty();
        if !self.timeline.put(from, duties.clone()) {
            return false;
        }
        match (is_first, before) {
            (true, _) => entries.push(self.entry("created", None, Some(row.name.clone()), from)),
            (false, before) => {
                let old = before.map_or(Default::default(), |duties| duties.texts());
                for ((what, new), old) in FIELDS.iter().zip(duties.texts()).zip(old) {
                    if old != new {
                        entries.push(self.entry(what, old, new, from));
                    }
                }
            }
        }
        true
    }

    fn entry(&self, what: &'static str, before: Option<String>, after: Option<String>, from: Day) -> Entry {
        Entry {
            subject: Subject::Person,
            subject_id: Some(self.id.0),
            what,
            before,
            after,
            why: (from != Day::MIN).then(|| format!("from {from}")),
            touched: Vec::new(),
        }
    }
}

const FIELDS: [&str; 6] = ["role", "team", "manager", "active", "hourly_cost", "customer_hours"];

impl Duties {
    fn told(row: &PersonRecord, manager: Option<Uuid>, before: Option<&Self>, origin: &Origin) -> Self {
        let told = Self {
            role: row.role,
            team: row.team.clone(),
            manager,
            is_active: row.is_active,
            hourly_cost: row.hourly_cost,
            customer_hours: row.customer_hours,
        };
        let Some(before) = before.cloned() else {
            return told;
        };
        Self {
            role: told.role,
            team: if origin.tells("team") { told.team } else { before.team },
            manager: if origin.tells("manager") { told.manager } else { before.manager },
            is_active: if origin.tells("active") { told.is_active } else { before.is_active },
            hourly_cost: if origin.tells("hourly_cost") { told.hourly_cost } else { before.hourly_cost },
            customer_hours: match origin.tells("customer_hours") {
                true => told.customer_hours,
                false => before.customer_hours,
            },
        }
    }

    /// As the log tells them, in the order of `FIELDS`.
    fn texts(&self) -> [Option<String>; 6] {
        [
            Some(self.role.name().to_owned()),
            self.team.clone(),
            self.manager.map(|manager| manager.to_string()),
            Some(if self.is_active { "yes" } else { "no" }.to_owned()),
            self.hourly_cost.map(|cost| cost.to_string()),
            self.customer_hours.map(|hours| hours.to_string()),
        ]
    }
}

fn rename(work: &Work<'_>, plan: &Plan) -> Result<(), StoreError> {
    let renamed: Vec<[Value; 3]> = plan
        .people
        .iter()
        .filter(|person| person.is_renamed)
        .map(|person| [person.id.into(), person.name.as_str().into(), person.email.clone().into()])
        .collect();
    work.execute_for(
        "with wanted (id, name, email) as ({wanted})
         update person set name = wanted.name, email = wanted.email from wanted where person.id = wanted.id",
        ["uuid", "text", "text"],
        &renamed,
    )
    .map(drop)
}

fn save_versions(work: &Work<'_>, plan: &Plan) -> Result<(), StoreError> {
    let replaced: Vec<[Value; 2]> = plan
        .people
        .iter()
        .filter(|person| !person.is_new)
        .flat_map(|person| person.timeline.put_in().map(|(from, _)| [person.id.into(), from.into()]))
        .collect();
    work.execute_for(
        "with wanted (person_id, from_day) as ({wanted})
         delete from person_version where (person_id, from_day) in (select person_id, from_day from wanted)",
        ["uuid", "date"],
        &replaced,
    )?;
    work.insert(
        "person_version",
        [
            "person_id",
            "from_day",
            "role",
            "team",
            "manager_id",
            "is_active",
            "hourly_cost_cents",
            "customer_hours",
        ],
        plan.people.iter().flat_map(|person| {
            person.timeline.put_in().map(|(from, duties)| {
                [
                    person.id.into(),
                    from.into(),
                    duties.role.name().into(),
                    duties.team.clone().into(),
                    duties.manager.into(),
                    duties.is_active.into(),
                    duties.hourly_cost.into(),
                    duties.customer_hours.into(),
                ]
            })
        }),
    )
}
