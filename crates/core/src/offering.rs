//! What we sell: products in groups.

use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(pub Uuid);

/// A product group's place among the groups in order of name (bytes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupNo(pub u32);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub id: GroupId,
    pub name: String,
}

/// The company's product groups, in order of name.
#[derive(Clone, Debug, Default)]
pub struct Offering {
    pub groups: Vec<Group>,
}

impl Offering {
    pub fn name(&self, group: GroupNo) -> &str {
        self.groups.get(group.0 as usize).map_or("", |group| group.name.as_str())
    }
}
