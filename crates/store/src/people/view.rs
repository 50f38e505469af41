//! Views of lists as people keep them: the query of a URL under a name, personal unless shared.

use crate::{Query, Row, StoreError, Work};
use luotsi_core::people::PersonId;
use uuid::Uuid;

/// The list that views are kept of.
pub const ACCOUNTS: &str = "accounts";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    pub id: Uuid,
    pub person: PersonId,
    pub name: String,
    pub query: String,
    pub is_shared: bool,
}

/// The person's own views of a list and those that others share, by name; as many as anybody can choose among.
pub fn views(query: &impl Query, person: PersonId, section: &str) -> Result<Vec<SavedView>, StoreError> {
    query.all(
        "-- Which views of a list can somebody take?
select id, person_id, name, query, is_shared
  from saved_view
 where section = $1
   and (person_id = $2 or is_shared = 1)
 order by name, id
 limit 200",
        &[section.into(), person.into()],
        saved_view,
    )
}

/// The view of this id, whoever keeps it.
pub fn one(query: &impl Query, id: Uuid) -> Result<Option<SavedView>, StoreError> {
    query.one(
        "-- Which view is this?
select id, person_id, name, query, is_shared
  from saved_view
 where id = $1",
        &[id.into()],
        saved_view,
    )
}

fn saved_view(row: &Row<'_>) -> Result<SavedView, StoreError> {
    Ok(SavedView {
        id: row.id(0)?,
        person: PersonId(row.id(1)?),
        name: row.string(2)?,
        query: row.string(3)?,
        is_shared: row.bool(4)?,
    })
}

/// The query of the view of a list as the person left it.
pub fn left(query: &impl Query, person: PersonId, section: &str) -> Result<Option<String>, StoreError> {
    query.one(
        "-- How did somebody leave a list?
select query
  from left_view
 where person_id = $1
   and section = $2",
        &[person.into(), section.into()],
        |row| row.string(0),
    )
}

pub fn leave(work: &Work<'_>, person: PersonId, section: &str, query: &str) -> Result<(), StoreError> {
    work.execute(
        "-- A list as somebody left it.
insert into left_view (person_id, section, query)
values ($1, $2, $3)
    on conflict (person_id, section) do update
   set query = excluded.query",
        &[person.into(), section.into(), query.into()],
    )?;
    Ok(())
}

/// `StoreError::Taken` when the person has another of this name.
pub fn insert(work: &Work<'_>, view: &SavedView, section: &str) -> Result<(), StoreError> {
    work.insert(
        "saved_view",
        ["id", "person_id", "section", "name", "query", "is_shared"],
        [[
            view.id.into(),
            view.person.into(),
            section.into(),
            (&view.name).into(),
            (&view.query).into(),
            view.is_shared.into(),
        ]],
    )
}

/// Whether the person has another view of this name.
pub fn is_taken(
    query: &impl Query,
    person: PersonId,
    section: &str,
    name: &str,
    but: Option<Uuid>,
) -> Result<bool, StoreError> {
    let found = query.one(
        "-- Has somebody a view of this name?
select id
  from saved_view
 where person_id = $1
   and section = $2
   and name = $3",
        &[person.into(), section.into(), name.into()],
        |row| row.id(0),
    )?;
    Ok(found.is_some_and(|found| Some(found) != but))
}

pub fn change(work: &Work<'_>, id: Uuid, name: &str, is_shared: bool) -> Result<(), StoreError> {
    work.execute(
        "-- A view under another name, or for others too.
update saved_view
   set name = $2,
       is_shared = $3
 where id = $1",
        &[id.into(), name.into(), is_shared.into()],
    )?;
    Ok(())
}

pub fn remove(work: &Work<'_>, id: Uuid) -> Result<(), StoreError> {
    work.execute(
        "-- A view that is not needed any more.
delete from saved_view
 where id = $1",
        &[id.into()],
    )?;
    Ok(())
}
