//! How an account stands since it was last looked at: what lists sort and filter by.

use super::unknown;
use crate::{Query, Row, StoreError, Value, Work, account::search};
use luotsi_core::{
    account::AccountId,
    base::CustomerState,
    people::PersonId,
    segmentation::Placed,
    strategy::Segment,
    units::{Day, Money},
};
use std::collections::HashSet;

/// The newest picture of an account in numbers. Names are those of `core`'s enums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingRow {
    pub account: AccountId,
    pub next_check_on: Day,
    pub owner: Option<PersonId>,
    pub industry: Option<String>,
    pub size_class: Option<String>,
    pub is_active: bool,
    pub customer_state: String,
    pub current_value: Money,
    pub previous_value: Money,
    pub trend_millionths: Option<i64>,
    pub last_order: Option<Day>,
    pub usual_gap_millionths: Option<i64>,
    pub potential: Option<Money>,
    pub potential_method: Option<String>,
    pub ability_millionths: i64,
    pub is_ability_assumed: bool,
    pub reachable: Option<Money>,
    pub share_of_wallet_millionths: Option<i64>,
    pub customer_target: Option<Money>,
    pub segment: Option<String>,
    pub segment_automatic: Option<String>,
    pub segment_since: Option<Day>,
    pub care_lines: i64,
    /// Lines that are not late.
    pub care_lines_kept: i64,
    pub open_deviations: i64,
    /// The largest single stake of each side over the open deviations.
    pub stake_at_risk: Money,
    pub stake_to_gain: Money,
}

const COLUMNS: [&str; 27] = [
    "account_id",
    "next_check_on",
    "owner_id",
    "industry",
    "size_class",
    "is_active",
    "customer_state",
    "current_value_cents",
    "previous_value_cents",
    "trend_millionths",
    "last_order",
    "usual_gap_millionths",
    "potential_cents",
    "potential_method",
    "ability_millionths",
    "is_ability_assumed",
    "reachable_cents",
    "share_of_wallet_millionths",
    "customer_target_cents",
    "segment",
    "segment_automatic",
    "segment_since",
    "care_lines",
    "care_lines_kept",
    "open_deviations",
    "stake_at_risk_cents",
    "stake_to_gain_cents",
];

/// How these accounts stood when last looked at; those never looked at are left out.
pub fn standings(query: &impl Query, accounts: &[AccountId]) -> Result<Vec<StandingRow>, StoreError> {
    let mut found = Vec::new();
    query.each_of(
        "-- How some accounts stand.
select account_id, next_check_on, owner_id, industry, size_class, is_active, customer_state,
       current_value_cents, previous_value_cents, trend_millionths, last_order, usual_gap_millionths,
       potential_cents, potential_method, ability_millionths, is_ability_assumed, reachable_cents,
       share_of_wallet_millionths, customer_target_cents, segment, segment_automatic, segment_since,
       care_lines, care_lines_kept, open_deviations, stake_at_risk_cents, stake_to_gain_cents
  from account_standing
 where account_id in {wanted}
 order by account_id",
        accounts,
        |row| {
            found.push(standing(row)?);
            Ok(())
        },
    )?;
    Ok(found)
}

fn standing(row: &Row<'_>) -> Result<StandingRow, StoreError> {
    Ok(StandingRow {
        account: AccountId(row.id(0)?),
        next_check_on: row.day(1)?,
        owner: row.opt_id(2)?.map(PersonId),
        industry: row.opt_string(3)?,
        size_class: row.opt_string(4)?,
        is_active: row.bool(5)?,
        customer_state: row.string(6)?,
        current_value: row.money(7)?,
        previous_value: row.money(8)?,
        trend_millionths: row.opt_int(9)?,
        last_order: row.opt_day(10)?,
        usual_gap_millionths: row.opt_int(11)?,
        potential: row.opt_money(12)?,
        potential_method: row.opt_string(13)?,
        ability_millionths: row.int(14)?,
        is_ability_assumed: row.bool(15)?,
        reachable: row.opt_money(16)?,
        share_of_wallet_millionths: row.opt_int(17)?,
        customer_target: row.opt_money(18)?,
        segment: row.opt_string(19)?,
        segment_automatic: row.opt_string(20)?,
        segment_since: row.opt_day(21)?,
        care_lines: row.int(22)?,
        care_lines_kept: row.int(23)?,
        open_deviations: row.int(24)?,
        stake_at_risk: row.money(25)?,
        stake_to_gain: row.money(26)?,
    })
}

/// Puts these standings in place of the ones before.
pub fn save_standings(work: &Work<'_>, rows: &[StandingRow], evaluated_on: Day) -> Result<(), StoreError> {
    search::change_owners(work, rows.iter().map(|row| (row.account, row.owner)))?;
    let ids: Vec<[Value; 1]> = rows.iter().map(|row| [row.account.into()]).collect();
    work.execute_for(
        "-- The standings that are replaced.
with wanted (id) as ({wanted})
delete from account_standing
 where account_id in (select id from wanted)",
        ["uuid"],
        &ids,
    )?;
    let columns: [&str; 28] =
        std::array::from_fn(|place| COLUMNS.get(place).copied().unwrap_or("evaluated_on"));
    work.insert("account_standing", columns, rows.iter().map(|row| values(row, evaluated_on)))
}

fn values(row: &StandingRow, evaluated_on: Day) -> [Value; 28] {
    [
        row.account.into(),
        row.next_check_on.into(),
        row.owner.into(),
        row.industry.clone().into(),
        row.size_class.clone().into(),
        row.is_active.into(),
        row.customer_state.as_str().into(),
        row.current_value.into(),
        row.previous_value.into(),
        row.trend_millionths.into(),
        row.last_order.into(),
        row.usual_gap_millionths.into(),
        row.potential.into(),
        row.potential_method.clone().into(),
        row.ability_millionths.into(),
        row.is_ability_assumed.into(),
        row.reachable.into(),
        row.share_of_wallet_millionths.into(),
        row.customer_target.into(),
        row.segment.clone().into(),
        row.segment_automatic.clone().into(),
        row.segment_since.into(),
        row.care_lines.into(),
        row.care_lines_kept.into(),
        row.open_deviations.into(),
        row.stake_at_risk.into(),
        row.stake_to_gain.into(),
        evaluated_on.into(),
    ]
}

/// The accounts that are to be looked at by `on` although nothing about them has changed.
pub fn due_accounts(query: &impl Query, on: Day) -> Result<Vec<AccountId>, StoreError> {
    query.all(
        "-- The accounts whose check day has come.
select account_id
  from account_standing
 where next_check_on <= $1
 order by account_id",
        &[on.into()],
        |row| Ok(AccountId(row.id(0)?)),
    )
}

/// State, current value and potential of every active account, in no order.
pub fn each_standing_value(
    query: &impl Query,
    mut account: impl FnMut(CustomerState, Money, Option<Money>),
) -> Result<(), StoreError> {
    query.each(
        "-- What the active accounts are worth.
select customer_state, current_value_cents, potential_cents
  from account_standing
 where is_active = 1",
        &[],
        |row| {
            let name = row.text(0)?;
            let state = CustomerState::parse(name).ok_or_else(|| unknown("customer state", name))?;
            account(state, row.money(1)?, row.opt_money(2)?);
            Ok(())
        },
    )
}

/// Active accounts of a segment that are alike in what their care asks of whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlikeRow {
    /// `None`: accounts that belong to nobody's account team, counted together.
    pub account: Option<AccountId>,
    pub segment: Segment,
    pub state: CustomerState,
    pub owner: Option<PersonId>,
    /// They have been in the segment since the day asked for, or came later.
    pub is_entering: bool,
    pub accounts: i64,
}

/// All active accounts that have a segment: those without an account team counted together, the others one by one.
pub fn alike(query: &impl Query, entered_from: Day) -> Result<Vec<AlikeRow>, StoreError> {
    query.all(
        "-- The accounts by what decides who cares for them.
select case when exists (select 1 from account_team where account_team.account_id = account_standing.account_id)
            then account_standing.account_id end as in_team,
       account_standing.segment, account_standing.customer_state, account_standing.owner_id,
       case when $1::date <= account_standing.segment_since then 1 else 0 end as is_entering, count(*)
  from account_standing
 where account_standing.is_active = 1
   and account_standing.segment is not null
 group by in_team, account_standing.segment, account_standing.customer_state,
          account_standing.owner_id, is_entering
 order by in_team nulls first, account_standing.segment, account_standing.customer_state,
          account_standing.owner_id nulls first, is_entering",
        &[entered_from.into()],
        |row| {
            let (segment, state) = (row.text(1)?, row.text(2)?);
            Ok(AlikeRow {
                account: row.opt_id(0)?.map(AccountId),
                segment: Segment::parse(segment).ok_or_else(|| unknown("segment", segment))?,
                state: CustomerState::parse(state).ok_or_else(|| unknown("customer state", state))?,
                owner: row.opt_id(3)?.map(PersonId),
                is_entering: row.int(4)? == 1,
                accounts: row.int(5)?,
            })
        },
    )
}

/// Every active account as it was last looked at, in no order. `on`: the day of that look.
pub fn each_placed(query: &impl Query, on: Day, mut account: impl FnMut(Placed)) -> Result<(), StoreError> {
    let decided = decided_accounts(query, on)?;
    query.each(
        "-- Where the active accounts stand between the thresholds.
select account_id, current_value_cents, potential_cents, segment, customer_state
  from account_standing
 where is_active = 1",
        &[],
        |row| {
            let id = AccountId(row.id(0)?);
            let state = row.text(4)?;
            account(Placed {
                account: id,
                state: CustomerState::parse(state).ok_or_else(|| unknown("customer state", state))?,
                current_value: row.money(1)?,
                potential_value: row.opt_money(2)?,
                segment: row.opt_text(3)?.and_then(Segment::parse),
                is_decided: decided.contains(&id),
            });
            Ok(())
        },
    )
}

/// The accounts whose segment a person has decided on.
fn decided_accounts(query: &impl Query, on: Day) -> Result<HashSet<AccountId>, StoreError> {
    let mut decided = HashSet::new();
    query.each(
        "-- The segments people have decided on, the newest decision of an account last.
select account_id, segment
  from segment_override
 where from_day <= $1
   and known_from <= $1
   and $1 < known_until
 order by account_id, from_day, id",
        &[on.into()],
        |row| {
            let account = AccountId(row.id(0)?);
            match row.opt_text(1)? {
                Some(_) => decided.insert(account),
                None => decided.remove(&account),
            };
            Ok(())
        },
    )?;
    Ok(decided)
}
