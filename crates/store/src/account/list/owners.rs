//! The list in order of owner, however long it is: the owners are walked by name, and each one's accounts by the index of
//! theirs. Owners of one name stand together, so what is put in order is never more than the accounts of a name.

use super::{Asked, Key, OWNER_NAME, Order, Sort, Then, Way};

/// Accounts with somebody who answers for them, by whom.
pub(super) const OWNED: &str = "person\n  cross join account_standing";
pub(super) const IS_OWNED: &str = "account_standing.owner_id = person.id";

/// What accounts of somebody are ordered by where their owner is at hand.
pub(super) const OWNERS_KEY: Key = Key { column: "person.name", may_be_null: false, then: Then::Value };
/// All of those without are alike.
pub(super) const NOBODYS_KEY: Key =
    Key { column: "account_standing.owner_id", may_be_null: true, then: Then::Value };

/// `and ...` of the owners from the name in `$name` on: the names alone tell their index where to begin.
pub(super) fn owners_from(direction: Order, name: usize) -> String {
    let sign = match direction {
        Order::Ascending => ">=",
        Order::Descending => "<=",
    };
    format!("\n   and {IS_OWNED}\n   and person.name {sign} ${name}")
}

impl Asked<'_> {
    /// Whether the list is so long, and asked so, that walking the owners is the way to a page of it.
    pub(super) fn walks_owners(&self, way: Way) -> bool {
        way == Way::Walk(Sort::Owner) && self.narrow(way, Sort::Owner).0 == "account_standing"
    }
}

/// The ids of a page. No more accounts are read of nobody's, and of somebody's, than stand up to its end: `$end`.
pub(super) fn page(conditions: &str, order: Order, [end, limit, offset]: [usize; 3]) -> String {
    let (direction, nulls) = match order {
        Order::Ascending => ("asc", "nulls first"),
        Order::Descending => ("desc", "nulls last"),
    };
    format!(
        "select id
           from (
             select *
               from (
                 select account_standing.account_id as id, {OWNER_NAME} as owner_name,
                        account_standing.current_value_cents as current_value
                   from account_standing
                  where account_standing.owner_id is null{conditions}
                  order by account_standing.current_value_cents {direction}, account_standing.account_id {direction}
                  limit ${end}
               ) as of_nobody
             union all
             select *
               from (
                 select account_standing.account_id as id, person.name as owner_name,
                        account_standing.current_value_cents as current_value
                   from {OWNED}
                  where {IS_OWNED}{conditions}
                  order by person.name {direction}, account_standing.current_value_cents {direction},
                           account_standing.account_id {direction}
                  limit ${end}
               ) as of_somebody
           ) as met
          order by owner_name {direction} {nulls}, current_value {direction}, id {direction}
          limit ${limit} offset ${offset}"
    )
}
