//! What the log says of an account itself: its facts, its team, the people there.

use super::Span;
use crate::{Query, StoreError};
use jiff::{Timestamp, tz::TimeZone};
use luotsi_core::{people::PersonId, units::Day};

/// One entry of the log.
#[derive(Clone, Debug)]
pub struct Logged {
    pub position: i64,
    /// `person`, or the part of the program that did it.
    pub actor: String,
    pub person: Option<PersonId>,
    /// `account`, `account_team` or `contact`.
    pub subject: String,
    pub what: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub why: Option<String>,
    /// Of an entry about somebody there: their name now.
    pub contact: Option<String>,
}

/// What people did is told on the day they did it, what a file or the sample brought on the day from which it holds; what
/// came with the account and holds for all time is no happening.
pub(super) fn entries(
    query: &impl Query,
    span: &Span,
    zone: &TimeZone,
) -> Result<Vec<(Day, Logged)>, StoreError> {
    let (from, until) = (begins(span.from, zone), begins(span.until.plus_days(1), zone));
    let mut found = query.all(
        "-- What was changed of the account itself, of its team and of the people there?
select position, recorded_at, actor, person_id, subject, what, before, after, why, contact, held_from
  from (select entry.position, entry.recorded_at, entry.actor, entry.person_id, entry.subject, entry.what,
               entry.before, entry.after, entry.why, null as contact, cast(null as date) as held_from
          from log_entry as entry
         where entry.subject_id = $1
           and entry.subject in ('account', 'account_team')
           and entry.actor = 'person'
           and entry.recorded_at >= $2
           and entry.recorded_at < $3
           and ($4::uuid is null or entry.person_id = $4)
         order by entry.position desc
         limit $5) as done
union all
select position, recorded_at, actor, person_id, subject, what, before, after, why, contact, held_from
  from (select entry.position, entry.recorded_at, entry.actor, entry.person_id, entry.subject, entry.what,
               entry.before, entry.after, entry.why, null as contact, touched.known_from as held_from
          from log_entry as entry
          join log_touched as touched on touched.position = entry.position
                                     and touched.account_id = entry.subject_id
         where entry.subject_id = $1
           and entry.subject in ('account', 'account_team')
           and entry.actor <> 'person'
           and touched.known_from > '0001-01-01'
           and touched.known_from between $6::date and $7::date
           and $4::uuid is null
         order by touched.known_from desc, entry.position desc
         limit $5) as brought
union all
select position, recorded_at, actor, person_id, subject, what, before, after, why, contact, held_from
  from (select entry.position, entry.recorded_at, entry.actor, entry.person_id, entry.subject, entry.what,
               personal.before, personal.after, entry.why, contact.name as contact, cast(null as date) as held_from
          from contact
          join log_entry as entry on entry.subject_id = contact.id
          left join log_personal as personal on personal.position = entry.position
         where contact.account_id = $1
           and entry.subject = 'contact'
           and (entry.actor = 'person' or entry.what <> 'created')
           and entry.recorded_at >= $2
           and entry.recorded_at < $3
           and ($4::uuid is null or entry.person_id = $4)
         order by entry.position desc
         limit $5) as there",
        &[
            span.account.into(),
            from.into(),
            until.into(),
            span.person.into(),
            span.limit.into(),
            span.from.into(),
            span.until.into(),
        ],
        |row| {
            let logged = Logged {
                position: row.int(0)?,
                actor: row.string(2)?,
                person: row.opt_id(3)?.map(PersonId),
                subject: row.string(4)?,
                what: row.string(5)?,
                before: row.opt_string(6)?,
                after: row.opt_string(7)?,
                why: row.opt_string(8)?,
                contact: row.opt_string(9)?,
            };
            let day = match row.opt_day(10)? {
                Some(held_from) => held_from,
                None => day_of(row.int(1)?, zone),
            };
            Ok((day, logged))
        },
    )?;
    found.sort_by_key(|(day, logged)| std::cmp::Reverse((*day, logged.position)));
    found.truncate(span.limit.max(0) as usize);
    Ok(found)
}

/// When a day begins, in microseconds since 1970 UTC; the first and the last day there are have no bound.
fn begins(day: Day, zone: &TimeZone) -> i64 {
    let bound = if day.year() < 1970 { 0 } else { i64::MAX };
    day.date().to_zoned(zone.clone()).map_or(bound, |zoned| zoned.timestamp().as_microsecond())
}

fn day_of(micros: i64, zone: &TimeZone) -> Day {
    Timestamp::from_microsecond(micros).map_or(Day::MIN, |at| Day::from(at.to_zoned(zone.clone()).date()))
}
