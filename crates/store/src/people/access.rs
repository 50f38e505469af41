//! What lets people and programs in besides links: passwords and tokens, of which only hashes are kept; and how often
//! somebody tried in vain.

use crate::{Query, StoreError, Work};
use luotsi_core::{people::PersonId, units::Day};
use uuid::Uuid;

/// A person who may log in with a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub person: PersonId,
    pub password_hash: String,
}

/// The active person of this email who has a password. Of several with one email nobody is known by it.
pub fn by_email(query: &impl Query, email: &str, on: Day) -> Result<Option<Known>, StoreError> {
    let found = query.all(
        "-- Who logs in with this email?
select person.id, password.hash
  from person
  join password on password.person_id = person.id
  join person_version version
    on version.person_id = person.id
   and version.from_day = (select max(latest.from_day)
                             from person_version latest
                            where latest.person_id = person.id
                              and latest.from_day <= $2::date)
 where lower(person.email) = $1
   and version.is_active = 1
 order by person.id
 limit 2",
        &[email.into(), on.into()],
        |row| Ok(Known { person: PersonId(row.id(0)?), password_hash: row.string(1)? }),
    )?;
    Ok(<[Known; 1]>::try_from(found).ok().map(|[known]| known))
}

pub fn password_hash(query: &impl Query, person: PersonId) -> Result<Option<String>, StoreError> {
    query.one(
        "-- What is kept of this person's password?
select hash
  from password
 where person_id = $1",
        &[person.into()],
        |row| row.string(0),
    )
}

pub fn set_password(work: &Work<'_>, person: PersonId, hash: &str, now: i64) -> Result<(), StoreError> {
    work.execute(
        "-- A new password.
insert into password (person_id, hash, set_at)
values ($1, $2, $3)
    on conflict (person_id) do update
   set hash = excluded.hash,
       set_at = excluded.set_at",
        &[person.into(), hash.into(), now.into()],
    )?;
    Ok(())
}

/// Who has a password.
pub fn with_password(query: &impl Query) -> Result<Vec<PersonId>, StoreError> {
    query.all(
        "-- Who can log in with a password?
select person_id
  from password
 order by person_id",
        &[],
        |row| Ok(PersonId(row.id(0)?)),
    )
}

/// Log-ins in vain, of an email or from an address; `subject` is a hash of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    pub failures: i64,
    pub last_at: i64,
    pub wait_until: i64,
}

pub fn attempts(query: &impl Query, kind: &str, subject: &str) -> Result<Option<Attempts>, StoreError> {
    query.one(
        "-- How often was it tried in vain?
select failures, last_at, wait_until
  from attempt
 where kind = $1
   and subject = $2",
        &[kind.into(), subject.into()],
        |row| Ok(Attempts { failures: row.int(0)?, last_at: row.int(1)?, wait_until: row.int(2)? }),
    )
}

pub fn set_attempts(
    work: &Work<'_>,
    kind: &str,
    subject: &str,
    attempts: Attempts,
) -> Result<(), StoreError> {
    work.execute(
        "-- Tried once more.
insert into attempt (kind, subject, failures, last_at, wait_until)
values ($1, $2, $3, $4, $5)
    on conflict (kind, subject) do update
   set failures = excluded.failures,
       last_at = excluded.last_at,
       wait_until = excluded.wait_until",
        &[
            kind.into(),
            subject.into(),
            attempts.failures.into(),
            attempts.last_at.into(),
            attempts.wait_until.into(),
        ],
    )?;
    Ok(())
}

pub fn clear_attempts(work: &Work<'_>, kind: &str, subject: &str) -> Result<(), StoreError> {
    work.execute(
        "-- It went well: the count begins anew.
delete from attempt
 where kind = $1
   and subject = $2",
        &[kind.into(), subject.into()],
    )?;
    Ok(())
}

pub fn forget_attempts(work: &Work<'_>, before: i64) -> Result<u64, StoreError> {
    work.execute(
        "-- Old attempts count no more.
delete from attempt
 where last_at < $1",
        &[before.into()],
    )
}

/// A token as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: Uuid,
    pub name: String,
    pub may_write: bool,
    pub created_at: i64,
    pub expires_at: i64,
    pub last_used_at: Option<i64>,
    pub revoked_at: Option<i64>,
}

/// Whom a token lets in, and how far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    pub person: PersonId,
    pub may_write: bool,
    pub last_used_at: Option<i64>,
    /// The company's.
    pub time_zone: String,
}

/// `None` when the token has expired, was taken back or never was.
pub fn bearer(query: &impl Query, token_hash: &str, now: i64) -> Result<Option<Bearer>, StoreError> {
    query.one(
        "-- Whom does this token let in?
select api_token.person_id, api_token.may_write, api_token.last_used_at, company.time_zone
  from api_token
  join company on company.id = 1
 where api_token.token_hash = $1
   and api_token.revoked_at is null
   and api_token.expires_at > $2",
        &[token_hash.into(), now.into()],
        |row| {
            Ok(Bearer {
                person: PersonId(row.id(0)?),
                may_write: row.bool(1)?,
                last_used_at: row.opt_int(2)?,
                time_zone: row.string(3)?,
            })
        },
    )
}

pub fn touch_token(work: &Work<'_>, token_hash: &str, now: i64) -> Result<(), StoreError> {
    work.execute(
        "-- The token was used.
update api_token
   set last_used_at = $2
 where token_hash = $1",
        &[token_hash.into(), now.into()],
    )?;
    Ok(())
}

pub fn insert_token(
    work: &Work<'_>,
    person: PersonId,
    token_hash: &str,
    token: &Token,
) -> Result<(), StoreError> {
    work.execute(
        "-- A new token.
insert into api_token (id, person_id, token_hash, name, may_write, created_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $7)",
        &[
            token.id.into(),
            person.into(),
            token_hash.into(),
            (&token.name).into(),
            token.may_write.into(),
            token.created_at.into(),
            token.expires_at.into(),
        ],
    )?;
    Ok(())
}

/// Takes one of the person's own tokens back; its name, or `None` when there is none that still works.
pub fn revoke_token(
    work: &Work<'_>,
    person: PersonId,
    id: Uuid,
    now: i64,
) -> Result<Option<String>, StoreError> {
    let revoked = work.execute(
        "-- The token is taken back.
update api_token
   set revoked_at = $3
 where person_id = $1
   and id = $2
   and revoked_at is null",
        &[person.into(), id.into(), now.into()],
    )?;
    if revoked == 0 {
        return Ok(None);
    }
    work.one("select name from api_token where id = $1", &[id.into()], |row| row.string(0))
}

/// The person's tokens, the newest first.
pub fn tokens(query: &impl Query, person: PersonId) -> Result<Vec<Token>, StoreError> {
    query.all(
        "-- Which programs does this person let in?
select id, name, may_write, created_at, expires_at, last_used_at, revoked_at
  from api_token
 where person_id = $1
 order by created_at desc, id",
        &[person.into()],
        |row| {
            Ok(Token {
                id: row.id(0)?,
                name: row.string(1)?,
                may_write: row.bool(2)?,
                created_at: row.int(3)?,
                expires_at: row.int(4)?,
                last_used_at: row.opt_int(5)?,
                revoked_at: row.opt_int(6)?,
            })
        },
    )
}

/// Whoever does not work here on the day is logged out everywhere: sessions, tokens and unused links end.
pub fn end_of_inactive(work: &Work<'_>, on: Day, now: i64) -> Result<(), StoreError> {
    const GONE: &str = "person_id not in (
        select version.person_id
          from person_version version
         where version.is_active = 1
           and version.from_day = (select max(latest.from_day)
                                     from person_version latest
                                    where latest.person_id = version.person_id
                                      and latest.from_day <= $1::date))";
    work.execute(&format!("delete from session\n where {GONE}"), &[on.into()])?;
    work.execute(&format!("delete from login_link\n where used_at is null\n   and {GONE}"), &[on.into()])?;
    work.execute(
        &format!("update api_token\n   set revoked_at = $2\n where revoked_at is null\n   and {GONE}"),
        &[on.into(), now.into()],
    )?;
    Ok(())
}
