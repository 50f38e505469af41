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

/// The segments on two days of the accounts that the filter leaves and that had one on either; those that stayed are
/// among them.
pub fn moves(query: &impl Query, filter: &Filter, between: (Day, Day)) -> Result<Vec<Move>, StoreError> {
    let (went, params) = went(filter, between, 3);
    let sql = format!(
        "-- Which segments did accounts go from and to?
with {went}
select earlier, later, count(*), cast(sum(current_value_cents) as bigint)
  from went
 where earlier is not null or later is not null
 group by earlier, later
 order by earlier nulls last, later nulls last"
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

/// Some of the accounts behind one of the numbers of `moves`, most current value first: how many, and how many are left
/// out before them.
pub fn moved(
    query: &impl Query,
    filter: &Filter,
    between: (Day, Day),
    (from, to): (Option<Segment>, Option<Segment>),
    (most, left_out): (i64, i64),
) -> Result<Vec<Placed>, StoreError> {
    let (went, mut params) = went(filter, between, 7);
    let name = |segment: Option<Segment>| Value::from(segment.map(Segment::name));
    params.splice(2..2, [name(from), name(to), most.into(), left_out.into()]);
    let sql = format!(
        "-- Which accounts went from this segment to that one?
with {went}
select {PLACED}
  from went
  join account on account.id = went.account_id
  join account_standing on account_standing.account_id = went.account_id
 where went.earlier is not distinct from $3::text
   and went.later is not distinct from $4::text
 order by account_standing.current_value_cents desc, account_standing.account_id
 limit $5 offset $6"
    );
    query.all(&sql, &params, placed)
}

/// The accounts of a filter, each with its segments on the days `$1` and `$2`. Most have been where they are for long;
/// only of the others the changes are looked up.
fn went(filter: &Filter, between: (Day, Day), first: usize) -> (String, Vec<Value>) {
    let (conditions, mut params) = conditions(filter, first);
    params.splice(0..0, [between.0.into(), between.1.into()]);
    let join = match filter.words.is_empty() {
        true => "",
        false => "\n  join account on account.id = account_standing.account_id",
    };
    let segment_on = |day: &str| {
        format!(
            "case when account_standing.segment_since <= {day}::date then account_standing.segment
            else (select segment_change.effective
                    from segment_change
                   where segment_change.account_id = account_standing.account_id
                     and segment_change.day <= {day}::date
                   order by segment_change.day desc
                   limit 1) end"
        )
    };
    let went = format!(
        "went as (
select account_standing.account_id, account_standing.current_value_cents,
       {} as earlier,
       {} as later
  from account_standing{join}
 where 1 = 1{conditions}
)",
        segment_on("$1"),
        segment_on("$2")
    );
    (went, params)
}
