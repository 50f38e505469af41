//! What the watch found of an account: its segments, and deviations as they opened and closed.

use super::Span;
use crate::{
    Query, StoreError,
    steering::{DeviationRow, deviation},
};
use luotsi_core::{strategy::Segment, units::Day};

#[derive(Clone, Copy, Debug)]
pub struct SegmentChange {
    pub from: Option<Segment>,
    pub to: Option<Segment>,
}

pub(super) fn segment_changes(
    query: &impl Query,
    span: &Span,
) -> Result<Vec<(Day, SegmentChange)>, StoreError> {
    query.all(
        "-- Which segments did the account go from and to?
select day, earlier, effective
  from (
         select day, effective, lag(effective) over (order by day) as earlier
           from segment_change
          where account_id = $1
       ) as change
 where effective is distinct from earlier
   and day between $2::date and $3::date
 order by day desc
 limit $4",
        &[span.account.into(), span.from.into(), span.until.into(), span.limit.into()],
        |row| {
            let segment = |text: Option<&str>| text.and_then(Segment::parse);
            Ok((
                row.day(0)?,
                SegmentChange { from: segment(row.opt_text(1)?), to: segment(row.opt_text(2)?) },
            ))
        },
    )
}

/// A deviation on the day it was first seen, or on the day it closed.
#[derive(Clone, Debug)]
pub struct Observed {
    pub deviation: DeviationRow,
    /// Of a closing, the names of its causes.
    pub closed_by: Option<String>,
}

pub(super) fn deviations(query: &impl Query, span: &Span) -> Result<Vec<(Day, Observed)>, StoreError> {
    query.all(
        "-- Which deviations of the account opened and closed?
select id, account_id, kind, subject, expected, actual, actual_from, since, base_cents, exposure_millionths,
       stake_cents, side, action, late_from, opened_on, opened_on as seen_on, null as closed_by
  from deviation
 where account_id = $1
   and opened_on between $2::date and $3::date
union all
select id, account_id, kind, subject, expected, actual, actual_from, since, base_cents, exposure_millionths,
       stake_cents, side, action, late_from, opened_on, closed_on as seen_on, coalesce(cause, '') as closed_by
  from deviation
 where account_id = $1
   and closed_on between $2::date and $3::date
 order by seen_on desc, closed_by nulls last, id
 limit $4",
        &[span.account.into(), span.from.into(), span.until.into(), span.limit.into()],
        |row| Ok((row.day(15)?, Observed { deviation: deviation(row)?, closed_by: row.opt_string(16)? })),
    )
}
