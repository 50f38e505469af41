//! Who we are: the company's settings, and its people with what held of them from which day on.

pub mod access;
pub mod edit;
pub mod page;
pub mod policy;
pub mod preference;
pub mod request;
pub mod session;
pub mod substitution;
pub mod record;
pub mod view;

use crate::{Query, Row, StoreError, Work};
use luotsi_core::{
    people::{People, Person, PersonId, PersonNo, PersonVersion, Role},
    units::Day,
};
use std::collections::HashMap;

/// The settings of the one company whose database this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanySettings {
    pub name: String,
    /// `fi` or `en`: of what nobody has chosen a language for.
    pub language: String,
    /// Name in the IANA database, `Europe/Helsinki`.
    pub time_zone: String,
    /// Three letters, `EUR`.
    pub currency: String,
    /// `None`: nothing has been watched yet.
    pub first_watch_on: Option<Day>,
}

/// The company, and what tells whether that by which every account is judged is still the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyState {
    pub settings: CompanySettings,
    /// Of the newest entry of the log on what every account is judged with: people, products, the strategy, the peers.
    pub judged_with_position: i64,
    /// Of superseded sales lines too.
    pub first_sales_on: Option<Day>,
}

pub fn company(query: &impl Query) -> Result<CompanySettings, StoreError> {
    Ok(company_state(query)?.settings)
}

pub fn company_state(query: &impl Query) -> Result<CompanyState, StoreError> {
    let found = query.one(
        "-- Whose database is this?
select name, language, time_zone, currency, first_watch_on, judged_with_position, first_sales_on
  from company
 where id = 1",
        &[],
        |row| {
            Ok(CompanyState {
                settings: CompanySettings {
                    name: row.string(0)?,
                    language: row.string(1)?,
                    time_zone: row.string(2)?,
                    currency: row.string(3)?,
                    first_watch_on: row.opt_day(4)?,
                },
                judged_with_position: row.int(5)?,
                first_sales_on: row.opt_day(6)?,
            })
        },
    )?;
    found.ok_or_else(|| StoreError::Damaged("no company".to_owned()))
}

/// Everything but the first watch, which is set by the watch alone.
pub fn set_company(work: &Work<'_>, company: &CompanySettings) -> Result<(), StoreError> {
    work.execute(
        "-- The company's settings.
update company
   set name = $1,
       language = $2,
       time_zone = $3,
       currency = $4
 where id = 1",
        &[
            (&company.name).into(),
            (&company.language).into(),
            (&company.time_zone).into(),
            (&company.currency).into(),
        ],
    )?;
    Ok(())
}

/// Remembers the day of the first watch; a later one does not change it.
pub fn set_first_watch(work: &Work<'_>, on: Day) -> Result<(), StoreError> {
    work.execute(
        "-- The first watch.
update company
   set first_watch_on = $1
 where id = 1
   and first_watch_on is null",
        &[on.into()],
    )?;
    Ok(())
}

/// Everyone, in order of external id, and each one's place in that order.
pub fn load(query: &impl Query) -> Result<(People, HashMap<PersonId, PersonNo>), StoreError> {
    let mut people = query.all(
        "-- Everyone there is.
select id, external_id, name
  from person
 order by external_id, source",
        &[],
        |row| {
            let id = PersonId(row.id(0)?);
            Ok(Person { id, external_id: row.string(1)?, name: row.string(2)?, versions: Vec::new() })
        },
    )?;
    let numbers: HashMap<PersonId, PersonNo> =
        people.iter().zip(0..).map(|(person, number)| (person.id, PersonNo(number))).collect();

    query.each(
        "-- What held of everyone, from which day on.
select person_id, from_day, role, team, manager_id, is_active, hourly_cost_cents, customer_hours
  from person_version
 order by person_id, from_day",
        &[],
        |row| {
            let number = numbers.get(&PersonId(row.id(0)?));
            if let Some(person) = number.and_then(|number| people.get_mut(number.0 as usize)) {
                person.versions.push(version(row, &numbers)?);
            }
            Ok(())
        },
    )?;
    Ok((People { people }, numbers))
}

fn version(row: &Row<'_>, numbers: &HashMap<PersonId, PersonNo>) -> Result<PersonVersion, StoreError> {
    Ok(PersonVersion {
        from: row.day(1)?,
        role: role(row.text(2)?)?,
        team: row.opt_string(3)?,
        manager: row.opt_id(4)?.and_then(|id| numbers.get(&PersonId(id)).copied()),
        is_active: row.bool(5)?,
        hourly_cost: row.opt_money(6)?,
        customer_hours: row.opt_int(7)?.map(|hours| hours as u32),
    })
}

pub(crate) fn role(name: &str) -> Result<Role, StoreError> {
    Role::parse(name).ok_or_else(|| StoreError::unknown("role", name))
}
