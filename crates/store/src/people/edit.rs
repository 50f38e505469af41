//! One person as the settings show and change them.

use crate::{Query, StoreError, Value, Work};
use luotsi_core::{
    people::{PersonId, Role},
    units::{Day, Money},
};

/// The source of people who were made in Luotsi.
pub const OWN_SOURCE: &str = "luotsi";

/// A person with what held on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub email: Option<String>,
    pub duties: Duties,
}

/// What is dated of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duties {
    pub from: Day,
    pub role: Role,
    pub team: Option<String>,
    pub manager: Option<PersonId>,
    pub is_active: bool,
    pub hourly_cost: Option<Money>,
    pub customer_hours: Option<u32>,
}

/// Everybody with what holds of them last, in order of name.
pub fn all(query: &impl Query) -> Result<Vec<Person>, StoreError> {
    persons(query, "", &[])
}

pub fn one(query: &impl Query, person: PersonId) -> Result<Option<Person>, StoreError> {
    Ok(persons(query, " and person.id = $1", &[person.into()])?.pop())
}

fn persons(query: &impl Query, which: &str, params: &[Value]) -> Result<Vec<Person>, StoreError> {
    let sql = format!(
        "-- People with what holds of them last.
select person.id, person.name, person.email, version.from_day, version.role, version.team, version.manager_id,
       version.is_active, version.hourly_cost_cents, version.customer_hours
  from person
  join person_version version
    on version.person_id = person.id
   and version.from_day = (select max(latest.from_day)
                             from person_version latest
                            where latest.person_id = person.id)
 where 1 = 1{which}
 order by person.name, person.external_id, person.source"
    );
    query.all(&sql, params, |row| {
        let duties = Duties {
            from: row.day(3)?,
            role: super::role(row.text(4)?)?,
            team: row.opt_string(5)?,
            manager: row.opt_id(6)?.map(PersonId),
            is_active: row.bool(7)?,
            hourly_cost: row.opt_money(8)?,
            customer_hours: row.opt_int(9)?.map(|hours| hours as u32),
        };
        Ok(Person { id: PersonId(row.id(0)?), name: row.string(1)?, email: row.opt_string(2)?, duties })
    })
}

/// Whether somebody else has this email.
pub fn is_email_taken(query: &impl Query, email: &str, but: Option<PersonId>) -> Result<bool, StoreError> {
    let found = query.all(
        "-- Who has this email?
select id
  from person
 where lower(email) = $1
 order by id",
        &[email.into()],
        |row| Ok(PersonId(row.id(0)?)),
    )?;
    Ok(found.into_iter().any(|person| Some(person) != but))
}

/// A new person with a number of Luotsi's own.
pub fn insert(work: &Work<'_>, name: &str, email: Option<&str>) -> Result<PersonId, StoreError> {
    let (id, number) = (work.new_id(), next_number(work)?);
    work.execute(
        "-- A new person.
insert into person (id, source, external_id, name, email)
values ($1, $2, $3, $4, $5)",
        &[id.into(), OWN_SOURCE.into(), number.into(), name.into(), email.map(str::to_owned).into()],
    )?;
    Ok(PersonId(id))
}

fn next_number(query: &impl Query) -> Result<String, StoreError> {
    let mut highest = 0_i64;
    query.each(
        "-- Which numbers are given?
select external_id
  from person
 where source = $1
 order by external_id",
        &[OWN_SOURCE.into()],
        |row| {
            highest = highest.max(row.text(0)?.parse().unwrap_or(0));
            Ok(())
        },
    )?;
    Ok((highest + 1).to_string())
}

pub fn rename(work: &Work<'_>, person: PersonId, name: &str, email: Option<&str>) -> Result<(), StoreError> {
    work.execute(
        "-- Name and address as told.
update person
   set name = $2,
       email = $3
 where id = $1",
        &[person.into(), name.into(), email.map(str::to_owned).into()],
    )?;
    Ok(())
}

/// What holds from a day on; what was told of the same day before is replaced.
pub fn set_duties(work: &Work<'_>, person: PersonId, duties: &Duties) -> Result<(), StoreError> {
    work.execute(
        "-- What holds of a person from a day on.
insert into person_version
  (person_id, from_day, role, team, manager_id, is_active, hourly_cost_cents, customer_hours)
values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (person_id, from_day) do update
   set role = excluded.role,
       team = excluded.team,
       manager_id = excluded.manager_id,
       is_active = excluded.is_active,
       hourly_cost_cents = excluded.hourly_cost_cents,
       customer_hours = excluded.customer_hours",
        &[
            person.into(),
            duties.from.into(),
            duties.role.name().into(),
            duties.team.clone().into(),
            duties.manager.into(),
            duties.is_active.into(),
            duties.hourly_cost.into(),
            duties.customer_hours.into(),
        ],
    )?;
    Ok(())
}
