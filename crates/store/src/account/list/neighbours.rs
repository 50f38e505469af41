//! Who stands before and after an account in the list: found from its own place in the order, however long the list is.

use super::{
    Asked, FEW, Filter, Key, Order, Sort, Then, Way, conditions_asked, key, ordered,
    owners::{IS_OWNED, NOBODYS_KEY, OWNED, OWNERS_KEY, owners_from},
};
use crate::{Query, Row, StoreError, Value};
use luotsi_core::account::AccountId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    pub id: AccountId,
    pub name: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    pub previous: Option<Neighbour>,
    pub next: Option<Neighbour>,
}

/// An account that the filter leaves out has neighbours all the same: those between which it would stand.
pub fn neighbours(
    query: &impl Query,
    filter: &Filter,
    (sort, order): (Sort, Order),
    account: AccountId,
) -> Result<Neighbours, StoreError> {
    let asked = Asked::of(query, filter)?;
    let key = key(sort);
    let Some(place) = place(query, sort, &key, account)? else { return Ok(Neighbours::default()) };
    let search = Search { way: asked.way(query, sort)?, asked, key, place, sort };
    let smaller = search.nearest(query, Order::Descending)?;
    let larger = search.nearest(query, Order::Ascending)?;
    Ok(match order {
        Order::Ascending => Neighbours { previous: smaller, next: larger },
        Order::Descending => Neighbours { previous: larger, next: smaller },
    })
}

/// Where an account stands in the order.
struct Place {
    /// What it is ordered by; null stands before everything.
    first: Value,
    current_value: Value,
    name: Value,
    id: AccountId,
}

/// `None`: the list does not hold it, whatever is asked.
fn place(query: &impl Query, sort: Sort, key: &Key, account: AccountId) -> Result<Option<Place>, StoreError> {
    let sql = format!(
        "-- What is the account's place in the list's order?
select {}, account_standing.current_value_cents, account.name_sort
  from account
  left join account_standing on account_standing.account_id = account.id
 where account.id = $1",
        key.column
    );
    let place = query.one(&sql, &[account.into()], |row| {
        Ok(Place {
            first: first(row, sort)?,
            current_value: row.opt_int(1)?.into(),
            name: row.string(2)?.into(),
            id: account,
        })
    })?;
    Ok(place.filter(|place| sort == Sort::Name || place.current_value != Value::Null))
}

fn first(row: &Row<'_>, sort: Sort) -> Result<Value, StoreError> {
    Ok(match sort {
        Sort::Name
        | Sort::Segment
        | Sort::Owner
        | Sort::State
        | Sort::Industry
        | Sort::City
        | Sort::BusinessId => row.opt_string(0)?.into(),
        Sort::LastOrder => row.opt_day(0)?.into(),
        Sort::CurrentValue
        | Sort::Trend
        | Sort::PotentialValue
        | Sort::ShareOfWallet
        | Sort::CustomerTarget
        | Sort::Care
        | Sort::Stake => row.opt_int(0)?.into(),
    })
}

struct Search<'a> {
    asked: Asked<'a>,
    way: Way,
    key: Key,
    place: Place,
    sort: Sort,
}

/// Where to look: on from the account's own place, or among all that have nothing, or something, to be ordered by.
#[derive(Clone, Copy)]
enum Part {
    On,
    Without,
    With,
}

impl Search<'_> {
    /// The first on the way down (`Descending`) or up.
    fn nearest(&self, query: &impl Query, direction: Order) -> Result<Option<Neighbour>, StoreError> {
        let is_null = self.place.first == Value::Null;
        let parts: &[Part] = match (direction, is_null, self.key.may_be_null) {
            (Order::Descending, false, true) => &[Part::On, Part::Without],
            (Order::Ascending, true, _) => &[Part::On, Part::With],
            (_, _, _) => &[Part::On],
        };
        for part in parts {
            let (sql, params) = self.statement(direction, *part);
            let found = query.one(&sql, &params, |row| {
                Ok(Neighbour { id: AccountId(row.id(0)?), name: row.string(1)? })
            })?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    fn statement(&self, direction: Order, part: Part) -> (String, Vec<Value>) {
        let (conditions, mut params) = self.asked.conditions(self.way, 1);
        let (from, id) = self.asked.narrow(self.way, self.sort);
        let is_null = self.place.first == Value::Null;
        let (from, key, of_owners) = match (self.asked.walks_owners(self.way), part) {
            (true, Part::Without) => (from, &NOBODYS_KEY, String::new()),
            (true, Part::On) if is_null => (from, &NOBODYS_KEY, String::new()),
            (true, Part::On) => (OWNED, &OWNERS_KEY, owners_from(direction, params.len() + 1)),
            (true, Part::With) => (OWNED, &OWNERS_KEY, format!("\n   and {IS_OWNED}")),
            (false, _) => (from, &self.key, String::new()),
        };
        let column = key.column;
        let part = match part {
            Part::Without => format!("{column} is null"),
            Part::With => format!("{column} is not null"),
            Part::On => self.on(key, direction, id, &mut params),
        };
        let order_by = ordered(key, id, direction);
        let sql = format!(
            "-- Who stands nearest in the list?
select account.id, account.name
  from account
 where account.id = (
         select {id}
           from {from}
          where {part}{of_owners}{conditions}
          order by {order_by}
          limit 1
       )"
        );
        (sql, params)
    }

    /// Compared as a row, so that an index finds the place at once.
    fn on(&self, key: &Key, direction: Order, id: &str, params: &mut Vec<Value>) -> String {
        let sign = match direction {
            Order::Ascending => ">",
            Order::Descending => "<",
        };
        let (mut columns, mut values) = (Vec::new(), Vec::new());
        let mut compare = |column: &str, value: Value| {
            params.push(value);
            columns.push(column.to_owned());
            values.push(format!("${}", params.len()));
        };
        let is_null = self.place.first == Value::Null;
        if !is_null {
            compare(key.column, self.place.first.clone());
        }
        if let Some(column) = key.then.column() {
            compare(
                column,
                match key.then {
                    Then::Name => self.place.name.clone(),
                    Then::Value | Then::Nothing => self.place.current_value.clone(),
                },
            );
        }
        compare(id, self.place.id.into());
        let without = if is_null { format!("{} is null and ", key.column) } else { String::new() };
        format!("{without}({}) {sign} ({})", columns.join(", "), values.join(", "))
    }
}

impl Asked<'_> {
    /// Few accounts are gathered and put in order, many met in the order of an index.
    fn way(&self, query: &impl Query, sort: Sort) -> Result<Way, StoreError> {
        if conditions_asked(self.filter) == 0 && self.filter.words.is_empty() {
            return Ok(Way::Walk(sort));
        }
        let (conditions, mut params) = self.conditions(Way::Gather, 1);
        params.push((FEW + 1).into());
        let sql = format!(
            "-- Does the list hold few accounts?
select count(*)
  from (
    select 1
      from {}
     where 1 = 1{conditions}
     limit ${}
  ) as counted",
            self.from(Way::Gather),
            params.len()
        );
        let counted = query.one(&sql, &params, |row| row.int(0))?.unwrap_or(0);
        Ok(if counted <= FEW { Way::Gather } else { Way::Walk(sort) })
    }
}
