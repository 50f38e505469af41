//! The list of accounts: filtered, found by words, ordered, a page at a time; fast at a hundred thousand accounts.

mod called;
mod conditions;
mod few;
mod neighbours;
mod owners;

pub use called::called;
pub use conditions::conditions;
pub(crate) use conditions::{care_kept, not_met};
pub use neighbours::{Neighbour, Neighbours, neighbours};

use super::search::full_text;
use crate::{Engine, Query, Row, StoreError, Value, people::page::Whose};
use conditions::{CARE_KEPT, Conditions, Met};
use few::Few;
use luotsi_core::{
    account::AccountId,
    base::CustomerState,
    people::{
        PersonId,
        policy::{Scope, Viewer},
    },
    strategy::Segment,
    units::{Day, Money},
};

/// Up to so many accounts are gathered and put in order; more are met in the order of an index.
const FEW: i64 = 2_000;
/// Accounts that several conditions hold for are counted one by one, so only up to here.
const COUNT_MAX: i64 = 20_000;
/// As far as accounts with some words are counted.
const FOUND_MAX: i64 = 5_000;

/// Which accounts the list shows. What is `None` is not asked.
#[derive(Clone, Debug)]
pub struct Filter {
    pub whose: Whose,
    pub owner: Option<OwnedBy>,
    pub segment: Option<InSegment>,
    pub state: Option<CustomerState>,
    pub industry: Option<String>,
    pub care: Option<InCare>,
    /// Nobody has met them on this day or after it.
    pub unmet_since: Option<Day>,
    /// Values as last looked at.
    pub current_value: Range,
    pub potential: Range,
    pub reach: Reach,
    /// Only accounts that a right of the viewer's reaches.
    pub within: Option<Within>,
    /// Words to be found, as `search::words` writes them.
    pub words: Vec<String>,
}

impl Filter {
    /// Whatever has the words.
    pub fn of_words(words: Vec<String>) -> Self {
        Self {
            whose: Whose::Everyones,
            owner: None,
            segment: None,
            state: None,
            industry: None,
            care: None,
            unmet_since: None,
            current_value: Range::ANY,
            potential: Range::ANY,
            reach: Reach::Everything,
            within: None,
            words,
        }
    }
}

/// How far a right of somebody's reaches on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    pub scope: Scope,
    pub viewer: Viewer,
    pub on: Day,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnedBy {
    Nobody,
    Person(PersonId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InSegment {
    NotAssessed,
    Segment(Segment),
}

/// From `min` on, below `max`: neighbouring ranges share no account, and a value on a threshold is on its high side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    pub min: Option<Money>,
    pub max: Option<Money>,
}

impl Range {
    pub const ANY: Self = Self { min: None, max: None };
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Also accounts that rest.
    #[default]
    Everything,
    /// The customer base: accounts that are active.
    Base,
}

/// How the promised care goes: every line of it kept, or some late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InCare {
    Kept,
    Late,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Name,
    Segment,
    Owner,
    State,
    Industry,
    City,
    BusinessId,
    CurrentValue,
    Trend,
    PotentialValue,
    ShareOfWallet,
    CustomerTarget,
    LastOrder,
    Care,
    Stake,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Ascending,
    Descending,
}

/// How many accounts the list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    Exactly(i64),
    MoreThan(i64),
}

impl Count {
    /// At least so many.
    pub fn least(self) -> i64 {
        match self {
            Self::Exactly(count) | Self::MoreThan(count) => count,
        }
    }
}

/// A row of the list. Without a watch yet there are no values.
#[derive(Clone, Debug)]
pub struct ListRow {
    pub id: AccountId,
    /// The system that made it known, and what it calls it.
    pub source: String,
    pub external_id: String,
    pub name: String,
    pub business_id: Option<String>,
    pub city: Option<String>,
    pub standing: Option<ListStanding>,
}

#[derive(Clone, Debug)]
pub struct ListStanding {
    pub owner: Option<PersonId>,
    pub is_active: bool,
    pub industry: Option<String>,
    pub state: Option<CustomerState>,
    pub current_value: Money,
    pub trend_millionths: Option<i64>,
    pub last_order: Option<Day>,
    pub potential: Option<Money>,
    pub share_of_wallet_millionths: Option<i64>,
    pub customer_target: Option<Money>,
    pub segment: Option<Segment>,
    pub segment_since: Option<Day>,
    pub care_lines: i64,
    pub care_lines_kept: i64,
    pub stake_at_risk: Money,
    pub stake_to_gain: Money,
}

/// One page of the list and how many accounts the whole of it holds. Ties by id, those of names too.
pub fn page(
    query: &impl Query,
    filter: &Filter,
    order: (Sort, Order),
    limit: i64,
    offset: i64,
) -> Result<(Count, Vec<ListRow>), StoreError> {
    let asked = Asked::of(query, filter)?;
    let mut rows = Vec::new();
    if let Some(few) = &asked.few {
        let (sql, params) = few.statement(filter, order, Some((limit, offset)));
        let mut whole = 0;
        query.each(&sql, &params, |row| {
            whole = row.int(22)?;
            rows.push(list_row(row)?);
            Ok(())
        })?;
        return match rows.is_empty() && 0 < offset {
            true => Ok((asked.count(query)?, rows)),
            false => Ok((Count::Exactly(whole), rows)),
        };
    }
    let count = asked.count(query)?;
    if count.least() <= offset {
        return Ok((count, rows));
    }
    let (sql, params) = asked.statement(order, count, Some((limit, offset)));
    query.each(&sql, &params, |row| {
        rows.push(list_row(row)?);
        Ok(())
    })?;
    Ok((count, rows))
}

/// All of the list, as it comes.
pub fn each(
    query: &impl Query,
    filter: &Filter,
    order: (Sort, Order),
    mut found: impl FnMut(ListRow) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let asked = Asked::of(query, filter)?;
    let (sql, params) = match &asked.few {
        Some(few) => few.statement(filter, order, None),
        None => asked.statement(order, asked.count(query)?, None),
    };
    query.each(&sql, &params, |row| found(list_row(row)?))
}

/// These accounts, the most valuable first; those that are not there are left out.
pub fn some(query: &impl Query, accounts: &[AccountId]) -> Result<Vec<ListRow>, StoreError> {
    let mut rows = Vec::with_capacity(accounts.len());
    let sql = format!(
        "-- Some accounts as the list shows them.
select {COLUMNS}
  from account
  left join account_standing on account_standing.account_id = account.id
 where account.id in {{wanted}}
 order by account.id"
    );
    query.each_of(&sql, accounts, |row| {
        rows.push(list_row(row)?);
        Ok(())
    })?;
    let value = |row: &ListRow| row.standing.as_ref().map(|standing| standing.current_value);
    rows.sort_by(|one, other| value(other).cmp(&value(one)).then(one.id.cmp(&other.id)));
    Ok(rows)
}

/// What is asked, with what decides how to find it.
struct Asked<'a> {
    filter: &'a Filter,
    engine: Engine,
    /// Without a watch no account has a standing.
    is_watched: bool,
    /// What to begin with where words are sought among few accounts. Only SQLite is told; PostgreSQL finds out by itself.
    few: Option<Few>,
    /// How many accounts have the words and are all that is asked for, where that is known already.
    found: Option<Count>,
}

/// How the accounts of a list are come by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// All of them by the index of a condition, then put in order.
    Gather,
    /// In the order of an index, until there are enough.
    Walk(Sort),
}

impl<'a> Asked<'a> {
    fn of(query: &impl Query, filter: &'a Filter) -> Result<Self, StoreError> {
        let is_watched = query.one("select 1 from account_standing limit 1", &[], |_| Ok(()))?.is_some();
        let engine = query.engine();
        let (few, found) = match (engine, filter.words.is_empty()) {
            (Engine::Sqlite, false) => Few::of(query, filter)?,
            (Engine::Sqlite, true) | (Engine::Postgres, _) => (None, None),
        };
        Ok(Self { filter, engine, is_watched, few, found })
    }

    fn count(&self, query: &impl Query) -> Result<Count, StoreError> {
        if let Some(found) = self.found {
            return Ok(found);
        }
        let conditions = conditions_asked(self.filter);
        let has_words = !self.filter.words.is_empty();
        if !has_words && conditions == 0 && self.engine == Engine::Sqlite {
            return count_all(query);
        }
        let (conditions_text, mut params) = self.conditions(Way::Gather, 1);
        let from = match (conditions, has_words, self.is_watched) {
            (0, true, _) | (0, false, false) => "account",
            (_, false, true) if self.filter.within.is_none() => "account_standing",
            (_, _, _) => self.from(Way::Gather),
        };
        // One condition alone is counted by its index.
        if conditions <= 1 && !has_words {
            let sql = format!(
                "-- How many accounts does the list hold?
select count(*)
  from {from}
 where 1 = 1{conditions_text}"
            );
            return Ok(Count::Exactly(query.one(&sql, &params, |row| row.int(0))?.unwrap_or(0)));
        }
        let most = if has_words { FOUND_MAX } else { COUNT_MAX };
        params.push((most + 1).into());
        let sql = format!(
            "-- How many accounts does the list hold, up to a limit?
select count(*)
  from (
    select 1
      from {from}
     where 1 = 1{conditions_text}
     limit ${}
  ) as counted",
            params.len()
        );
        Ok(bounded(query.one(&sql, &params, |row| row.int(0))?.unwrap_or(0), most))
    }

    /// An account that the watch has not looked at yet is found by its name all the same.
    fn from(&self, way: Way) -> &'static str {
        let asks_words_alone = !self.filter.words.is_empty() && conditions_asked(self.filter) == 0;
        match self.is_watched && !(way == Way::Gather && asks_words_alone) {
            true => "account_standing\n  join account on account.id = account_standing.account_id",
            false => "account\n  left join account_standing on account_standing.account_id = account.id",
        }
    }

    /// Ids first, so that turning to a later page does not read whole rows on its way.
    fn statement(
        &self,
        order: (Sort, Order),
        count: Count,
        slice: Option<(i64, i64)>,
    ) -> (String, Vec<Value>) {
        let way = match count.least() <= FEW {
            true => Way::Gather,
            false => Way::Walk(order.0),
        };
        let from = self.from(way);
        let order_by = order_by(order);
        let (conditions, mut params) = self.conditions(way, 1);
        let Some((most, left_out)) = slice else {
            let sql = format!(
                "-- The accounts of the list.
select {COLUMNS}
  from {from}
 where 1 = 1{conditions}
 order by {order_by}"
            );
            return (sql, params);
        };

        params.extend([most.into(), left_out.into()]);
        let (limit, offset) = (params.len() - 1, params.len());
        let ids = match self.walks_owners(way) {
            true => {
                params.push((most + left_out).into());
                owners::page(&conditions, order.1, [params.len(), limit, offset])
            }
            false => {
                let (narrow, id) = self.narrow(way, order.0);
                format!(
                    "select {id}
           from {narrow}
          where 1 = 1{conditions}
          order by {order_by}
          limit ${limit} offset ${offset}"
                )
            }
        };
        let sql = format!(
            "-- A page of the list of accounts.
select {COLUMNS}
  from {from}
 where account.id in (
         {ids}
       )
 order by {order_by}"
        );
        (sql, params)
    }

    /// What ids alone are read from, and the id's column.
    fn narrow(&self, way: Way, sort: Sort) -> (&'static str, &'static str) {
        let needs_account = !self.filter.words.is_empty()
            || self.filter.within.is_some()
            || is_of_account(sort)
            || !self.is_watched;
        match needs_account {
            true => (self.from(way), "account.id"),
            false => ("account_standing", "account_standing.account_id"),
        }
    }

    /// `and ...` for all that is asked, with its values from `$first` on.
    fn conditions(&self, way: Way, first: usize) -> (String, Vec<Value>) {
        let met = match (self.engine, way, &self.few) {
            (Engine::Sqlite, _, Some(Few::Owned)) => Met::AT_THE_OWNERS,
            (Engine::Sqlite, Way::Walk(Sort::CurrentValue), _) => Met::IN_ORDER_OF_VALUE,
            (Engine::Sqlite, Way::Walk(_), _) => Met::ON_THE_WAY,
            (Engine::Sqlite, Way::Gather, _) | (Engine::Postgres, _, _) => Met::LOOKED_UP,
        };
        let mut conditions = Conditions::of(self.filter, first, met);
        match &self.few {
            Some(Few::Found { .. }) => conditions.also(FOUND, Some(full_text(&self.filter.words).into())),
            Some(Few::Owned) | None => conditions.words(&self.filter.words),
        }
        (conditions.text, conditions.params)
    }
}

/// How many conditions a filter has besides words.
fn conditions_asked(filter: &Filter) -> usize {
    let Filter {
        whose,
        owner,
        segment,
        state,
        industry,
        care,
        unmet_since,
        current_value,
        potential,
        reach,
        within,
        words: _,
    } = filter;
    let asked = [
        *whose != Whose::Everyones,
        owner.is_some(),
        segment.is_some(),
        state.is_some(),
        industry.is_some(),
        care.is_some(),
        // Asks the activities of each account: never counted by one index alone.
        unmet_since.is_some(),
        unmet_since.is_some(),
        *current_value != Range::ANY,
        *potential != Range::ANY,
        *reach != Reach::Everything,
        // Asks the master of each account: never counted by one index alone.
        within.is_some(),
        within.is_some(),
    ];
    asked.into_iter().filter(|asked| *asked).count()
}

/// Every account, on SQLite: each gets a number for full text, one after the other, and none is ever taken out but all at
/// once, with a sample company. Counting would read them all with every page.
fn count_all(query: &impl Query) -> Result<Count, StoreError> {
    let last = query.one(
        "-- How many accounts are there?
select coalesce(max(number), 0)
  from account_number",
        &[],
        |row| row.int(0),
    )?;
    Ok(Count::Exactly(last.unwrap_or(0)))
}

/// Those with the numbers that full text finds.
const FOUND: &str = "account.id in (
         select account_number.account_id
           from account_text
          cross join account_number on account_number.number = account_text.rowid
          where account_text match ?
       )";

/// As in the index by stake.
const STAKE: &str = "case when stake_at_risk_cents > stake_to_gain_cents then stake_at_risk_cents else stake_to_gain_cents end";

/// There are few owners, and each has a name of their own: no index knows the accounts by it.
const OWNER_NAME: &str = "(select person.name from person where person.id = account_standing.owner_id)";

const COLUMNS: &str = "account.id, account.external_id, account.name, account.business_id, account.city,
       account_standing.is_active, account_standing.owner_id, account_standing.industry,
       account_standing.customer_state, account_standing.current_value_cents, account_standing.trend_millionths,
       account_standing.last_order, account_standing.potential_cents,
       account_standing.share_of_wallet_millionths, account_standing.customer_target_cents,
       account_standing.segment, account_standing.segment_since, account_standing.care_lines,
       account_standing.care_lines_kept, account_standing.stake_at_risk_cents,
       account_standing.stake_to_gain_cents, account.source";

fn bounded(count: i64, most: i64) -> Count {
    if most < count { Count::MoreThan(most) } else { Count::Exactly(count) }
}

/// What the list is ordered by; ties by id.
struct Key {
    column: &'static str,
    may_be_null: bool,
    then: Then,
}

/// What the accounts of one word are ordered by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Nothing,
    Value,
    Name,
}

impl Then {
    fn column(self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Value => Some("account_standing.current_value_cents"),
            Self::Name => Some("account.name_sort"),
        }
    }
}

/// What the master itself is ordered by, whether it has been looked at or not.
fn is_of_account(sort: Sort) -> bool {
    matches!(sort, Sort::Name | Sort::City | Sort::BusinessId)
}

fn key(sort: Sort) -> Key {
    let (column, may_be_null) = match sort {
        Sort::Name => ("account.name_sort", false),
        Sort::City => ("account.city", true),
        Sort::BusinessId => ("account.business_id", true),
        Sort::Segment => ("account_standing.segment", true),
        Sort::Owner => (OWNER_NAME, true),
        Sort::State => ("account_standing.customer_state", false),
        Sort::Industry => ("account_standing.industry", true),
        Sort::CurrentValue => ("account_standing.current_value_cents", false),
        Sort::Trend => ("account_standing.trend_millionths", true),
        Sort::PotentialValue => ("account_standing.potential_cents", true),
        Sort::ShareOfWallet => ("account_standing.share_of_wallet_millionths", true),
        Sort::CustomerTarget => ("account_standing.customer_target_cents", true),
        Sort::LastOrder => ("account_standing.last_order", true),
        Sort::Care => (CARE_KEPT, true),
        Sort::Stake => (STAKE, false),
    };
    let then = match sort {
        Sort::Segment | Sort::Owner | Sort::State | Sort::Industry => Then::Value,
        Sort::City | Sort::BusinessId => Then::Name,
        Sort::Name
        | Sort::CurrentValue
        | Sort::Trend
        | Sort::PotentialValue
        | Sort::ShareOfWallet
        | Sort::CustomerTarget
        | Sort::LastOrder
        | Sort::Care
        | Sort::Stake => Then::Nothing,
    };
    Key { column, may_be_null, then }
}

fn order_by((sort, order): (Sort, Order)) -> String {
    let id = if is_of_account(sort) { "account.id" } else { "account_standing.account_id" };
    ordered(&key(sort), id, order)
}

fn ordered(key: &Key, id: &str, order: Order) -> String {
    let (direction, nulls) = match order {
        Order::Ascending => ("asc", " nulls first"),
        Order::Descending => ("desc", " nulls last"),
    };
    let Key { column, may_be_null, then } = key;
    let nulls = if *may_be_null { nulls } else { "" };
    let then = then.column().map_or_else(String::new, |column| format!(", {column} {direction}"));
    format!("{column} {direction}{nulls}{then}, {id} {direction}")
}

fn list_row(row: &Row<'_>) -> Result<ListRow, StoreError> {
    let standing = match row.opt_int(5)? {
        Some(is_active) => Some(ListStanding {
            is_active: is_active == 1,
            owner: row.opt_id(6)?.map(PersonId),
            industry: row.opt_string(7)?,
            state: row.opt_text(8)?.and_then(CustomerState::parse),
            current_value: row.money(9)?,
            trend_millionths: row.opt_int(10)?,
            last_order: row.opt_day(11)?,
            potential: row.opt_money(12)?,
            share_of_wallet_millionths: row.opt_int(13)?,
            customer_target: row.opt_money(14)?,
            segment: row.opt_text(15)?.and_then(Segment::parse),
            segment_since: row.opt_day(16)?,
            care_lines: row.int(17)?,
            care_lines_kept: row.int(18)?,
            stake_at_risk: row.money(19)?,
            stake_to_gain: row.money(20)?,
        }),
        None => None,
    };
    Ok(ListRow {
        id: AccountId(row.id(0)?),
        source: row.string(21)?,
        external_id: row.string(1)?,
        name: row.string(2)?,
        business_id: row.opt_string(3)?,
        city: row.opt_string(4)?,
        standing,
    })
}

/// The industries there are accounts of, in order.
pub fn industries(query: &impl Query) -> Result<Vec<String>, StoreError> {
    query.all(
        "-- The industries there are: from each on to the next by the index.
with recursive step (industry) as (
  select min(account_standing.industry) from account_standing
   union all
  select (select min(account_standing.industry) from account_standing
           where account_standing.industry > step.industry)
    from step
   where step.industry is not null
)
select industry
  from step
 where industry is not null
 order by industry",
        &[],
        |row| row.string(0),
    )
}
