//! Who is logged in: sessions and the one-time links that begin them. Only hashes of their secrets are kept.

use crate::{Query, StoreError, Value, Work};
use luotsi_core::people::PersonId;

/// Instants are microseconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    pub person: PersonId,
    pub last_seen_at: i64,
    /// The person wants single letters to do something.
    pub has_keys: bool,
}

/// The session of this secret, unless it has ended.
pub fn session(query: &impl Query, token_hash: &str, now: i64) -> Result<Option<Session>, StoreError> {
    query.one(
        "-- Whose session is this?
select session.person_id, session.last_seen_at, coalesce(preference.has_keys, 1)
  from session
  left join preference on preference.person_id = session.person_id
 where session.token_hash = $1
   and session.expires_at > $2",
        &[token_hash.into(), now.into()],
        |row| Ok(Session { person: PersonId(row.id(0)?), last_seen_at: row.int(1)?, has_keys: row.bool(2)? }),
    )
}

/// A link that was not used yet, and whom it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub person: PersonId,
    pub name: String,
    pub email: Option<String>,
    pub purpose: String,
}

/// What an unused link is for.
pub fn link(query: &impl Query, token_hash: &str, now: i64) -> Result<Option<Link>, StoreError> {
    query.one(
        "-- What is this link for?
select person.id, person.name, person.email, login_link.purpose
  from login_link
  join person on person.id = login_link.person_id
 where login_link.token_hash = $1
   and login_link.used_at is null
   and login_link.expires_at > $2",
        &[token_hash.into(), now.into()],
        |row| {
            Ok(Link {
                person: PersonId(row.id(0)?),
                name: row.string(1)?,
                email: row.opt_string(2)?,
                purpose: row.string(3)?,
            })
        },
    )
}

pub fn insert_link(
    work: &Work<'_>,
    token_hash: &str,
    person: PersonId,
    purpose: &str,
    created_at: i64,
    expires_at: i64,
) -> Result<(), StoreError> {
    work.execute(
        "-- A new log-in link.
insert into login_link (token_hash, person_id, purpose, created_at, expires_at)
values ($1, $2, $3, $4, $5)",
        &[token_hash.into(), person.into(), purpose.into(), created_at.into(), expires_at.into()],
    )?;
    Ok(())
}

/// Uses the link up and says whom it logs in; `None` when it was used before, has expired or never was.
pub fn use_link(work: &Work<'_>, token_hash: &str, now: i64) -> Result<Option<PersonId>, StoreError> {
    let used = work.execute(
        "-- The link is used, by the first who comes.
update login_link
   set used_at = $2
 where token_hash = $1
   and used_at is null
   and expires_at > $2",
        &[token_hash.into(), now.into()],
    )?;
    if used == 0 {
        return Ok(None);
    }
    work.one(
        "-- Whose link is this?
select person_id
  from login_link
 where token_hash = $1",
        &[token_hash.into()],
        |row| Ok(PersonId(row.id(0)?)),
    )
}

pub fn insert_session(
    work: &Work<'_>,
    token_hash: &str,
    person: PersonId,
    now: i64,
    expires_at: i64,
    user_agent: &str,
) -> Result<(), StoreError> {
    work.execute(
        "-- Somebody has logged in.
insert into session (token_hash, person_id, created_at, last_seen_at, expires_at, user_agent)
values ($1, $2, $3, $3, $4, $5)",
        &[token_hash.into(), person.into(), now.into(), expires_at.into(), user_agent.into()],
    )?;
    Ok(())
}

pub fn touch_session(work: &Work<'_>, token_hash: &str, now: i64, expires_at: i64) -> Result<(), StoreError> {
    work.execute(
        "-- A session in use goes on.
update session
   set last_seen_at = $2,
       expires_at = $3
 where token_hash = $1",
        &[token_hash.into(), now.into(), expires_at.into()],
    )?;
    Ok(())
}

/// Whose session ended; `None` when there was none.
pub fn delete_session(work: &Work<'_>, token_hash: &str) -> Result<Option<PersonId>, StoreError> {
    let person = work.one(
        "-- Whose session ends?
select person_id
  from session
 where token_hash = $1",
        &[token_hash.into()],
        |row| Ok(PersonId(row.id(0)?)),
    )?;
    work.execute(
        "-- The session ends.
delete from session
 where token_hash = $1",
        &[Value::from(token_hash)],
    )?;
    Ok(person)
}

/// Somebody's sessions, the one used last first.
pub fn of_person(query: &impl Query, person: PersonId, now: i64) -> Result<Vec<Open>, StoreError> {
    query.all(
        "-- Where is this person logged in?
select token_hash, created_at, last_seen_at, user_agent
  from session
 where person_id = $1
   and expires_at > $2
 order by last_seen_at desc, token_hash",
        &[person.into(), now.into()],
        |row| {
            Ok(Open {
                token_hash: row.string(0)?,
                created_at: row.int(1)?,
                last_seen_at: row.int(2)?,
                user_agent: row.string(3)?,
            })
        },
    )
}

/// A session as its person sees it. Its hash names it and lets nobody in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    pub token_hash: String,
    pub created_at: i64,
    pub last_seen_at: i64,
    pub user_agent: String,
}

/// Ends one of the person's own sessions; false when it has ended already.
pub fn end_one(work: &Work<'_>, person: PersonId, token_hash: &str) -> Result<bool, StoreError> {
    let ended = work.execute(
        "-- One session ends.
delete from session
 where person_id = $1
   and token_hash = $2",
        &[person.into(), token_hash.into()],
    )?;
    Ok(ended > 0)
}

/// Ends all sessions of the person but one.
pub fn end_others(work: &Work<'_>, person: PersonId, but: &str) -> Result<u64, StoreError> {
    work.execute(
        "-- All other sessions end.
delete from session
 where person_id = $1
   and token_hash <> $2",
        &[person.into(), but.into()],
    )
}

/// Unused links of the person no longer work.
pub fn delete_links(work: &Work<'_>, person: PersonId) -> Result<u64, StoreError> {
    work.execute(
        "-- What was not used is void.
delete from login_link
 where person_id = $1
   and used_at is null",
        &[person.into()],
    )
}

/// The unused invitation of the person no longer works; `false` when there is none.
pub fn delete_invitation(work: &Work<'_>, person: PersonId) -> Result<bool, StoreError> {
    let deleted = work.execute(
        "-- The invitation is taken back.
delete from login_link
 where person_id = $1
   and purpose = 'invitation'
   and used_at is null",
        &[person.into()],
    )?;
    Ok(deleted > 0)
}

/// When each person who ever logged in and is logged in still was last seen.
pub fn last_seen(query: &impl Query) -> Result<Vec<(PersonId, i64)>, StoreError> {
    query.all(
        "-- When was everybody last seen?
select person_id, max(last_seen_at)
  from session
 group by person_id
 order by person_id",
        &[],
        |row| Ok((PersonId(row.id(0)?), row.int(1)?)),
    )
}

/// The person of this external id, or of this email in any case.
pub fn find(query: &impl Query, who: &str) -> Result<Option<PersonId>, StoreError> {
    query.one(
        "-- Who goes by this external id or email?
select id
  from person
 where external_id = $1
    or lower(email) = $2
 order by external_id, source
 limit 1",
        &[who.into(), who.to_lowercase().into()],
        |row| Ok(PersonId(row.id(0)?)),
    )
}

/// Somebody is logged in, or was not long ago.
pub fn is_any(query: &impl Query) -> Result<bool, StoreError> {
    let session = query.one(
        "-- Has anybody logged in?
select 1
  from session
 limit 1",
        &[],
        |row| row.int(0),
    )?;
    Ok(session.is_some())
}
