//! What we sell: products and their groups.

pub mod record;

use crate::{Query, StoreError};
use luotsi_core::offering::{Group, GroupId, GroupNo, Offering};
use std::collections::HashMap;
use uuid::Uuid;

/// The product groups in order of name, and each one's place in that order.
pub fn load(query: &impl Query) -> Result<(Offering, HashMap<GroupId, GroupNo>), StoreError> {
    let groups = query.all(
        "-- The product groups.
select id, name
  from product_group
 order by name",
        &[],
        |row| Ok(Group { id: GroupId(row.id(0)?), name: row.string(1)? }),
    )?;
    let numbers = groups.iter().zip(0..).map(|(group, number)| (group.id, GroupNo(number))).collect();
    Ok((Offering { groups }, numbers))
}

/// The group of every product that has one.
pub fn product_groups(
    query: &impl Query,
    numbers: &HashMap<GroupId, GroupNo>,
) -> Result<HashMap<Uuid, GroupNo>, StoreError> {
    let mut groups = HashMap::new();
    query.each(
        "-- Which product is of which group?
select id, group_id
  from product
 where group_id is not null
 order by id",
        &[],
        |row| {
            if let Some(number) = numbers.get(&GroupId(row.id(1)?)) {
                groups.insert(row.id(0)?, *number);
            }
            Ok(())
        },
    )?;
    Ok(groups)
}
