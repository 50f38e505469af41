//! What pages show of segments: a person's decision and its reason, and who moved from which segment to which.

use crate::{
    Query, StoreError, Value,
    account::list::{Filter, conditions},
    base::page::{PLACED, Placed, placed},
};
use luotsi_core::{
    account::AccountId,
    strategy::Segment,
    units::{Day, Money},
};

/// What the person who made the newest decision in force on `on` gave as the reason.
pub fn decision_reason(
    query: &impl Query,
    account: AccountId,
    on: Day,
) -> Result<Option<String>, StoreError> {
    let reason = query.one(
        "-- Why was the segment set by hand?
select reason
  from segment_override
 where account_id = $1
   and from_day <= $2::date
   and known_from <= $2::date
   and known_until > $2::date
 order by from_day desc, id desc
 limit 1",
        &[account.into(), on.into()],
        |row| row.opt_string(0),
    )?;
    Ok(reason.flatten())
}

/// How many accounts went from one segment to another between two days, and their current value now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// `None`: not assessed, resting, or not yet known.
    pub from: Option<Segment>,
    pub to: Option<Segment>,
    pub accounts: i64,
    pub current_value: Money,
}

/// The segments on two days of every account that the filter leaves; those that stayed are among them.
pub fn moves(query: &impl Query, filter: &Filter, between: (Day, Day)) -> Result<Vec<Move>, StoreError> {
    let (conditions, mut params) = conditions(filter, 3);
    params.splice(0..0, [between.0.into(), between.1.into()]);
    let join = if filter.words.is_empty() { "" } else { JOIN_ACCOUNT };
    let sql = format!(
        "-- Which segments did accounts go from and to?
with {LAST_CHANGES}
select earlier.effective, later.effective, count(*),
       cast(sum(account_standing.current_value_cents) as bigint)
{FROM_LAST_CHANGES}{join}
 where 1 = 1{conditions}
 group by earlier.effective, later.effective
 order by earlier.effective nulls last, later.effective nulls last"
    );
    query.all(&sql, &params, |row| {
        Ok(Move {
            from: row.opt_text(0)?.and_then(Segment::parse),
            to: row.opt_text(1)?.and_then(Segment::parse),
            accounts: row.int(2)?,
            current_value: row.money(3)?,
        })
    })
}

/// The accounts behind one of the numbers of `moves`, most current value first.
pub fn moved(
    query: &impl Query,
    filter: &Filter,
    between: (Day, Day),
    (from, to): (Option<Segment>, Option<Segment>),
    limit: i64,
) -> Result<Vec<Placed>, StoreError> {
    let (conditions, mut params) = conditions(filter, 6);
    let name = |segment: Option<Segment>| Value::from(segment.map(Segment::name));
    params.splice(0..0, [between.0.into(), between.1.into(), name(from), name(to), limit.into()]);
    let sql = format!(
        "-- Which accounts went from this segment to that one?
with {LAST_CHANGES}
select {PLACED}
{FROM_LAST_CHANGES}{JOIN_ACCOUNT}
 where earlier.effective is not distinct from $3::text
   and later.effective is not distinct from $4::text{conditions}
 order by account_standing.current_value_cents desc, account_standing.account_id
 limit $5"
    );
    query.all(&sql, &params, placed)
}

/// Of each account the last change up to either day.
const LAST_CHANGES: &str = "last_change as (
select account_id, max(case when day <= $1::date then day end) as earlier_day, max(day) as later_day
  from segment_change
 where day <= $2::date
 group by account_id
)";

const FROM_LAST_CHANGES: &str = "  from last_change
  join account_standing on account_standing.account_id = last_change.account_id
  join segment_change as later
    on later.account_id = last_change.account_id
   and later.day = last_change.later_day
  left join segment_change as earlier
    on earlier.account_id = last_change.account_id
   and earlier.day = last_change.earlier_day";

const JOIN_ACCOUNT: &str = "\n  join account on account.id = last_change.account_id";
