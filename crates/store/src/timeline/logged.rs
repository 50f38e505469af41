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

pub(super) fn entries(
    query: &impl Query,
    span: &Span,
    zone: &TimeZone,
) -> Result<Vec<(Day, Logged)>, StoreError> {
    let (from, until) = (begins(span.from, zone), begins(span.until.plus_days(1), zone));
    query.all(
        "-- What was changed of the account itself, of its team and of the people there?
select entry.position, entry.recorded_at, entry.actor, entry.person_id, entry.subject, entry.what,
       entry.before, entry.after, entry.why, null as contact
  from log_entry as entry
 where entry.subject_id = $1
   and entry.subject in ('account', 'account_team')
   and entry.recorded_at >= $2
   and entry.recorded_at < $3
   and ($4::uuid is null or entry.person_id = $4)
union all
select entry.position, entry.recorded_at, entry.actor, entry.person_id, entry.subject, entry.what,
       personal.before, personal.after, entry.why, contact.name as contact
  from contact
  join log_entry as entry on entry.subject_id = contact.id
  left join log_personal as personal on personal.position = entry.position
 where contact.account_id = $1
   and entry.subject = 'contact'
   and entry.recorded_at >= $2
   and entry.recorded_at < $3
   and ($4::uuid is null or entry.person_id = $4)
 order by position desc
 limit $5",
        &[span.account.into(), from.into(), until.into(), span.person.into(), span.limit.into()],
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
            Ok((day_of(row.int(1)?, zone), logged))
        },
    )
}

/// When a day begins, in microseconds since 1970 UTC; the first and the last day there are have no bound.
fn begins(day: Day, zone: &TimeZone) -> i64 {
    let bound = if day.year() < 1970 { 0 } else { i64::MAX };
    day.date().to_zoned(zone.clone()).map_or(bound, |zoned| zoned.timestamp().as_microsecond())
}

fn day_of(micros: i64, zone: &TimeZone) -> Day {
    Timestamp::from_microsecond(micros).map_or(Day::MIN, |at| Day::from(at.to_zoned(zone.clone()).date()))
}
