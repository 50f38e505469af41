//! Deviations: one open per account, kind and subject.

use super::unknown;
use crate::{Query, Row, StoreError, Value, Work};
use luotsi_core::{
    account::AccountId,
    steering::{Action, Cause, DeviationKind, Side},
    units::{Day, Money, Share},
};
use std::collections::HashMap;
use uuid::Uuid;

/// A deviation as kept: nothing in it grows older by itself, see `core::steering::Actual`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviationRow {
    pub id: Uuid,
    pub account: AccountId,
    pub kind: DeviationKind,
    pub subject: String,
    pub expected: Option<String>,
    /// What is, when it does not change from day to day.
    pub actual: Option<String>,
    /// The day from which what is counts.
    pub actual_from: Option<Day>,
    pub since: Option<Day>,
    pub base: Money,
    pub exposure: Share,
    pub stake: Money,
    pub side: Side,
    pub action: Option<Action>,
    pub late_from: Option<Day>,
    pub opened_on: Day,
}

/// The open deviations of these accounts, by account, kind and subject.
pub fn open_deviations(query: &impl Query, accounts: &[AccountId]) -> Result<Vec<DeviationRow>, StoreError> {
    let mut found = Vec::new();
    query.each_of(
        "-- The open deviations of some accounts.
select id, account_id, kind, subject, expected, actual, actual_from, since,
       base_cents, exposure_millionths, stake_cents, side, action, late_from, opened_on
  from deviation
 where account_id in {wanted}
   and closed_on is null
 order by account_id, kind, subject",
        accounts,
        |row| {
            found.push(deviation(row)?);
            Ok(())
        },
    )?;
    Ok(found)
}

pub(crate) fn deviation(row: &Row<'_>) -> Result<DeviationRow, StoreError> {
    let (kind, side) = (row.text(2)?, row.text(11)?);
    let action = row.opt_text(12)?;
    Ok(DeviationRow {
        id: row.id(0)?,
        account: AccountId(row.id(1)?),
        kind: DeviationKind::parse(kind).ok_or_else(|| unknown("deviation", kind))?,
        subject: row.string(3)?,
        expected: row.opt_string(4)?,
        actual: row.opt_string(5)?,
        actual_from: row.opt_day(6)?,
        since: row.opt_day(7)?,
        base: row.money(8)?,
        exposure: Share { millionths: row.int(9)? },
        stake: row.money(10)?,
        side: Side::parse(side).ok_or_else(|| unknown("side", side))?,
        action: action.map(|name| Action::parse(name).ok_or_else(|| unknown("action", name))).transpose()?,
        late_from: row.opt_day(13)?,
        opened_on: row.day(14)?,
    })
}

/// When the deviations that were open on a day were first seen, by account, kind and subject.
pub type Opened = HashMap<(AccountId, DeviationKind, String), Day>;

/// When those deviations of these accounts that were open on `on` were first seen.
pub fn opened_by(query: &impl Query, accounts: &[AccountId], on: Day) -> Result<Opened, StoreError> {
    let mut found = HashMap::new();
    query.each_of(
        "-- When the deviations of some accounts were first seen, and when they closed.
select account_id, kind, subject, opened_on, closed_on
  from deviation
 where account_id in {wanted}
 order by account_id, kind, subject, opened_on",
        accounts,
        |row| {
            let (kind, opened_on) = (row.text(1)?, row.day(3)?);
            let kind = DeviationKind::parse(kind).ok_or_else(|| unknown("deviation", kind))?;
            if opened_on <= on && row.opt_day(4)?.is_none_or(|closed_on| on < closed_on) {
                found.insert((AccountId(row.id(0)?), kind, row.string(2)?), opened_on);
            }
            Ok(())
        },
    )?;
    Ok(found)
}

pub fn insert_deviations(work: &Work<'_>, rows: &[DeviationRow]) -> Result<(), StoreError> {
    let columns = [
        "id",
        "account_id",
        "kind",
        "subject",
        "expected",
        "actual",
        "actual_from",
        "since",
        "base_cents",
        "exposure_millionths",
        "stake_cents",
        "side",
        "action",
        "late_from",
        "opened_on",
    ];
    work.insert(
        "deviation",
        columns,
        rows.iter().map(|row| {
            [
                row.id.into(),
                row.account.into(),
                row.kind.name().into(),
                row.subject.as_str().into(),
                row.expected.clone().into(),
                row.actual.clone().into(),
                row.actual_from.into(),
                row.since.into(),
                row.base.into(),
                row.exposure.millionths.into(),
                row.stake.into(),
                row.side.name().into(),
                row.action.map(Action::name).into(),
                row.late_from.into(),
                row.opened_on.into(),
            ]
        }),
    )
}

/// Brings open deviations up to date; what they are about and when they were opened stays.
pub fn update_deviations(work: &Work<'_>, rows: &[DeviationRow]) -> Result<(), StoreError> {
    let rows: Vec<[Value; 11]> = rows
        .iter()
        .map(|row| {
            [
                row.id.into(),
                row.expected.clone().into(),
                row.actual.clone().into(),
                row.actual_from.into(),
                row.since.into(),
                row.base.into(),
                row.exposure.millionths.into(),
                row.stake.into(),
                row.side.name().into(),
                row.action.map(Action::name).into(),
                row.late_from.into(),
            ]
        })
        .collect();
    work.execute_for(
        "-- What some open deviations have become.
with wanted (id, expected, actual, actual_from, since, base_cents, exposure_millionths, stake_cents, side, action,
             late_from) as ({wanted})
update deviation
   set expected = wanted.expected,
       actual = wanted.actual,
       actual_from = wanted.actual_from,
       since = wanted.since,
       base_cents = wanted.base_cents,
       exposure_millionths = wanted.exposure_millionths,
       stake_cents = wanted.stake_cents,
       side = wanted.side,
       action = wanted.action,
       late_from = wanted.late_from
  from wanted
 where deviation.id = wanted.id",
        ["uuid", "text", "text", "date", "date", "bigint", "bigint", "bigint", "text", "text", "date"],
        &rows,
    )?;
    Ok(())
}

/// Closes deviations whose fact has gone.
pub fn close_deviations(work: &Work<'_>, closed: &[(Uuid, Cause)], on: Day) -> Result<(), StoreError> {
    let rows: Vec<[Value; 3]> =
        closed.iter().map(|(id, cause)| [(*id).into(), on.into(), cause.name().into()]).collect();
    work.execute_for(
        "-- Deviations whose fact has gone.
with wanted (id, closed_on, cause) as ({wanted})
update deviation
   set closed_on = wanted.closed_on,
       cause = wanted.cause
  from wanted
 where deviation.id = wanted.id
   and deviation.closed_on is null",
        ["uuid", "date", "text"],
        &rows,
    )?;
    Ok(())
}
