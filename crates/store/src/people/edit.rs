//! One person as the settings show and change them.

use crate::{Query, StoreError, Value, Work};
use luotsi_core::{
    people::{PersonId, Role},
    units::{Day, Money},
};

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
