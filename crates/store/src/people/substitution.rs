//! Who stands in for whom while away. Instants are microseconds since 1970 UTC.

use crate::{Query, Row, StoreError, Work};
use luotsi_core::{
    people::{PersonId, substitution::Substitution},
    units::Day,
};
use uuid::Uuid;

pub fn insert_substitution(
    work: &Work<'_>,
    substitution: &Substitution,
    set_by: PersonId,
    now: i64,
) -> Result<(), StoreError> {
    work.insert(
        "substitution",
        ["id", "person_id", "substitute_id", "from_day", "until_day", "set_by_id", "recorded_at"],
        [[
            substitution.id.into(),
            substitution.person.into(),
            substitution.substitute.into(),
            substitution.from.into(),
            substitution.until.into(),
            set_by.into(),
            now.into(),
        ]],
    )
}

/// It holds no longer; false when it did not any more.
pub fn end_substitution(work: &Work<'_>, id: Uuid, now: i64) -> Result<bool, StoreError> {
    let ended = work.execute(
        "-- A substitution that is called off.
update substitution
   set ended_at = $2
 where id = $1
   and ended_at is null",
        &[id.into(), now.into()],
    )?;
    Ok(ended > 0)
}

/// Those that hold on `on` or later, in order of their days.
pub fn substitutions_from(query: &impl Query, on: Day) -> Result<Vec<Substitution>, StoreError> {
    query.all(
        "-- Who stands in for whom, now or later?
select id, person_id, substitute_id, from_day, until_day
  from substitution
 where until_day >= $1
   and ended_at is null
 order by from_day, until_day, id",
        &[on.into()],
        substitution,
    )
}

/// Those that hold on `on`, in order of their days.
pub fn substitutions_on(query: &impl Query, on: Day) -> Result<Vec<Substitution>, StoreError> {
    query.all(
        "-- Who stands in for whom today?
select id, person_id, substitute_id, from_day, until_day
  from substitution
 where $1::date between from_day and until_day
   and ended_at is null
 order by from_day, until_day, id",
        &[on.into()],
        substitution,
    )
}

fn substitution(row: &Row<'_>) -> Result<Substitution, StoreError> {
    Ok(Substitution {
        id: row.id(0)?,
        person: PersonId(row.id(1)?),
        substitute: PersonId(row.id(2)?),
        from: row.day(3)?,
        until: row.day(4)?,
    })
}

/// Whose absence a substitution is about, whether it holds or not.
pub fn person_stood_in_for(query: &impl Query, id: Uuid) -> Result<Option<PersonId>, StoreError> {
    query.one(
        "-- Whose absence is a substitution about?\nselect person_id from substitution where id = $1",
        &[id.into()],
        |row| Ok(PersonId(row.id(0)?)),
    )
}

/// The people somebody stands in for on `on`.
pub fn stood_in_for(query: &impl Query, substitute: PersonId, on: Day) -> Result<Vec<PersonId>, StoreError> {
    let away = those_away("$1", "$2::date");
    let sql = format!(
        "-- Whom does somebody stand in for?\nselect distinct person_id\n  from ({away}) away\n order by person_id"
    );
    query.all(&sql, &[substitute.into(), on.into()], |row| Ok(PersonId(row.id(0)?)))
}

/// The question for those who are away on `on` and have `substitute` do their part.
pub(crate) fn those_away(substitute: &str, on: &str) -> String {
    format!(
        "select away.person_id
          from substitution away
         where away.substitute_id = {substitute}
           and {on} between away.from_day and away.until_day
           and away.ended_at is null"
    )
}
