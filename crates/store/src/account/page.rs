//! What the list of accounts and an account's page show of the customer master.

use crate::{Query, Row, StoreError, Value, people::page::Whose};
use luotsi_core::{
    account::AccountId,
    base::CustomerState,
    people::PersonId,
    strategy::Segment,
    units::{Day, Money},
};
use uuid::Uuid;

/// Which accounts the list shows. What is `None` is not asked.
#[derive(Clone, Debug)]
pub struct Filter {
    pub whose: Whose,
    pub owner: Option<OwnedBy>,
    pub segment: Option<InSegment>,
    pub state: Option<CustomerState>,
    pub industry: Option<String>,
    /// Values as last looked at.
    pub current_value: Range,
    pub potential: Range,
    pub reach: Reach,
    /// Words to be found in the account's names and ids, as `search_text` writes them.
    pub words: Vec<String>,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Name,
    CurrentValue,
    PotentialValue,
    Stake,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Ascending,
    Descending,
}

/// A row of the list. Without a watch yet there are no values.
#[derive(Clone, Debug)]
pub struct ListRow {
    pub id: AccountId,
    pub name: String,
    pub standing: Option<ListStanding>,
}

#[derive(Clone, Debug)]
pub struct ListStanding {
    pub owner: Option<PersonId>,
    pub is_active: bool,
    pub current_value: Money,
    pub trend_millionths: Option<i64>,
    pub potential: Option<Money>,
    pub segment: Option<Segment>,
    pub care_lines: i64,
    pub care_lines_kept: i64,
    pub stake_at_risk: Money,
    pub stake_to_gain: Money,
}

/// One page of the list. Ties by name, then id.
pub fn list(
    query: &impl Query,
    filter: &Filter,
    (sort, order): (Sort, Order),
    limit: i64,
    offset: i64,
) -> Result<Vec<ListRow>, StoreError> {
    let (conditions, mut params) = conditions(filter, 3);
    params.splice(0..0, [Value::from(limit), Value::from(offset)]);
    let join = join(query)?;
    let order_by = order_by(sort, order);
    let sql = format!(
        "-- A page of the list of accounts.
select account.id, account.name, account_standing.owner_id, account_standing.is_active,
       account_standing.current_value_cents, account_standing.trend_millionths, account_standing.potential_cents,
       account_standing.segment, account_standing.care_lines, account_standing.care_lines_kept,
       account_standing.stake_at_risk_cents, account_standing.stake_to_gain_cents
  from {join}
 where 1 = 1{conditions}
 order by {order_by}
 limit $1 offset $2"
    );
    query.all(&sql, &params, list_row)
}

pub fn count(query: &impl Query, filter: &Filter) -> Result<i64, StoreError> {
    let (conditions, params) = conditions(filter, 1);
    let join = counted(query, filter)?;
    let sql = format!(
        "-- How many accounts does the list hold?
select count(*)
  from {join}
 where 1 = 1{conditions}"
    );
    Ok(query.one(&sql, &params, |row| row.int(0))?.unwrap_or(0))
}

/// Once a watch has been made every account has a standing, and its indexes carry the list.
fn join(query: &impl Query) -> Result<&'static str, StoreError> {
    let is_watched = query.one("select 1 from account_standing limit 1", &[], |_| Ok(()))?.is_some();
    Ok(match is_watched {
        true => "account_standing\n  join account on account.id = account_standing.account_id",
        false => "account\n  left join account_standing on account_standing.account_id = account.id",
    })
}

/// Only the tables that the filter asks: joining a hundred thousand rows to count them takes its time.
fn counted(query: &impl Query, filter: &Filter) -> Result<&'static str, StoreError> {
    let asks_standing = filter.whose != Whose::Everyones
        || filter.owner.is_some()
        || filter.segment.is_some()
        || filter.state.is_some()
        || filter.industry.is_some()
        || filter.current_value != Range::ANY
        || filter.potential != Range::ANY
        || filter.reach != Reach::Everything;
    match (asks_standing, filter.words.is_empty()) {
        (false, _) => Ok("account"),
        (true, true) => Ok("account_standing"),
        (true, false) => join(query),
    }
}

pub(crate) fn conditions(filter: &Filter, first: usize) -> (String, Vec<Value>) {
    let (mut text, mut params) = filter.whose.condition("account_standing.owner_id", first);
    let mut also = |condition: &str, value: Option<Value>| {
        text.push_str("\n   and ");
        match value {
            Some(value) => {
                text.push_str(&condition.replace('?', &format!("${}", first + params.len())));
                params.push(value);
            }
            None => text.push_str(condition),
        }
    };
    match filter.owner {
        Some(OwnedBy::Person(person)) => also("account_standing.owner_id = ?", Some(person.into())),
        Some(OwnedBy::Nobody) => also("account_standing.owner_id is null", None),
        None => (),
    }
    match filter.segment {
        Some(InSegment::Segment(segment)) => {
            also("account_standing.segment = ?", Some(segment.name().into()))
        }
        Some(InSegment::NotAssessed) => {
            also("account_standing.segment is null and account_standing.is_active = 1", None);
        }
        None => (),
    }
    if let Some(state) = filter.state {
        also("account_standing.customer_state = ?", Some(state.name().into()));
    }
    if let Some(industry) = &filter.industry {
        also("account_standing.industry = ?", Some(industry.as_str().into()));
    }
    for (column, range) in [
        ("account_standing.current_value_cents", filter.current_value),
        ("account_standing.potential_cents", filter.potential),
    ] {
        if let Some(min) = range.min {
            also(&format!("{column} >= ?"), Some(min.into()));
        }
        if let Some(max) = range.max {
            also(&format!("{column} < ?"), Some(max.into()));
        }
    }
    match filter.reach {
        Reach::Everything => (),
        Reach::Base => also("account_standing.is_active = 1", None),
    }
    for word in &filter.words {
        also("account.search_text like ? escape '!'", Some(pattern(word).into()));
    }
    (text, params)
}

/// The word anywhere in the text, its own signs taken as they are.
fn pattern(word: &str) -> String {
    let mut pattern = String::from("%");
    for sign in word.chars() {
        if matches!(sign, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}

fn order_by(sort: Sort, order: Order) -> String {
    let direction = match order {
        Order::Ascending => "asc nulls first",
        Order::Descending => "desc nulls last",
    };
    match (sort, order) {
        (Sort::Name, Order::Ascending) => "account.name_sort, account.id".to_owned(),
        (Sort::Name, Order::Descending) => "account.name_sort desc, account.id desc".to_owned(),
        (Sort::CurrentValue, Order::Ascending) => {
            "account_standing.current_value_cents, account_standing.account_id".to_owned()
        }
        (Sort::CurrentValue, Order::Descending) => {
            "account_standing.current_value_cents desc, account_standing.account_id desc".to_owned()
        }
        (Sort::PotentialValue, _) => format!("account_standing.potential_cents {direction}, account.name_sort, account.id"),
        (Sort::Stake, _) => format!(
            "case when account_standing.stake_at_risk_cents > account_standing.stake_to_gain_cents
               then account_standing.stake_at_risk_cents else account_standing.stake_to_gain_cents end {direction},
          account.name_sort, account.id"
        ),
    }
}

fn list_row(row: &Row<'_>) -> Result<ListRow, StoreError> {
    let standing = match row.opt_int(3)? {
        Some(is_active) => Some(ListStanding {
            owner: row.opt_id(2)?.map(PersonId),
            is_active: is_active == 1,
            current_value: row.money(4)?,
            trend_millionths: row.opt_int(5)?,
            potential: row.opt_money(6)?,
            segment: row.opt_text(7)?.and_then(Segment::parse),
            care_lines: row.int(8)?,
            care_lines_kept: row.int(9)?,
            stake_at_risk: row.money(10)?,
            stake_to_gain: row.money(11)?,
        }),
        None => None,
    };
    Ok(ListRow { id: AccountId(row.id(0)?), name: row.string(1)?, standing })
}

/// The industries that accounts with sales are of, in order.
pub fn industries(query: &impl Query) -> Result<Vec<String>, StoreError> {
    query.all(
        "-- The industries there are.
select distinct industry
  from peer_figure
 where industry <> ''
 order by industry",
        &[],
        |row| row.string(0),
    )
}

/// The undated part of an account's master values.
#[derive(Clone, Debug)]
pub struct Master {
    pub name: String,
    pub business_id: Option<String>,
    pub street: Option<String>,
    pub postal_code: Option<String>,
    pub city: Option<String>,
    pub country: Option<String>,
    /// Source and id, in order of source.
    pub external_ids: Vec<(String, String)>,
}

/// `None`: there is no such account.
pub fn master(query: &impl Query, account: AccountId) -> Result<Option<Master>, StoreError> {
    let master = query.one(
        "-- Who is this account?
select name, business_id, street, postal_code, city, country
  from account
 where id = $1",
        &[account.into()],
        |row| {
            Ok(Master {
                name: row.string(0)?,
                business_id: row.opt_string(1)?,
                street: row.opt_string(2)?,
                postal_code: row.opt_string(3)?,
                city: row.opt_string(4)?,
                country: row.opt_string(5)?,
                external_ids: Vec::new(),
            })
        },
    )?;
    let Some(master) = master else { return Ok(None) };
    let external_ids = query.all(
        "-- What do other systems call this account?
select source, external_id
  from account_external_id
 where account_id = $1
 order by source, external_id
 limit 20",
        &[account.into()],
        |row| Ok((row.string(0)?, row.string(1)?)),
    )?;
    Ok(Some(Master { external_ids, ..master }))
}

#[derive(Clone, Debug)]
pub struct Contact {
    pub id: Uuid,
    pub name: String,
    pub title: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// The account's contacts by name, at most `limit`.
pub fn contacts(query: &impl Query, account: AccountId, limit: i64) -> Result<Vec<Contact>, StoreError> {
    query.all(
        "-- Whom do we know there?
select id, name, title, email, phone
  from contact
 where account_id = $1
 order by name, id
 limit $2",
        &[account.into(), limit.into()],
        |row| {
            Ok(Contact {
                id: row.id(0)?,
                name: row.string(1)?,
                title: row.opt_string(2)?,
                email: row.opt_string(3)?,
                phone: row.opt_string(4)?,
            })
        },
    )
}

pub fn count_contacts(query: &impl Query, account: AccountId) -> Result<i64, StoreError> {
    let count = query.one(
        "-- How many people do we know there?
select count(*)
  from contact
 where account_id = $1",
        &[account.into()],
        |row| row.int(0),
    )?;
    Ok(count.unwrap_or(0))
}

/// An account of a group of companies.
#[derive(Clone, Debug)]
pub struct Member {
    pub id: AccountId,
    pub name: String,
    /// Its current value when last looked at.
    pub current_value: Money,
}

/// The parent and the accounts whose parent it is on `on`, the parent first, the others by name.
pub fn group(query: &impl Query, parent: AccountId, on: Day) -> Result<Vec<Member>, StoreError> {
    query.all(
        "-- The accounts of one group of companies.
select account.id, account.name, coalesce(account_standing.current_value_cents, 0)
  from account
  left join account_standing on account_standing.account_id = account.id
 where account.id = $1
    or account.id in (
         select version.account_id
           from account_version as version
          where version.parent_id = $1
            and version.from_day = (
                  select max(newest.from_day)
                    from account_version as newest
                   where newest.account_id = version.account_id
                     and newest.from_day <= $2::date
                )
       )
 order by case when account.id = $1 then 0 else 1 end, account.name_sort, account.id",
        &[parent.into(), on.into()],
        |row| Ok(Member { id: AccountId(row.id(0)?), name: row.string(1)?, current_value: row.money(2)? }),
    )
}
