//! Taking in products and the groups they name.

use crate::{
    engine::{Query, StoreError, Value, Work},
    recording::{Origin, Outcome, spread_over_outdone, undecided},
};
use luotsi_core::{
    history::{Entry, Subject},
    offering::GroupId,
};
use std::collections::HashMap;
use uuid::Uuid;

/// A product as another system tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRecord {
    pub external_id: String,
    pub name: String,
    /// By name; an unknown group is made.
    pub group: Option<String>,
}

/// What a slice of products changes.
#[derive(Debug)]
pub struct Plan {
    pub outcomes: Vec<Outcome>,
    products: Vec<Product>,
    groups: Vec<(GroupId, String)>,
    entries: Vec<Entry>,
}

impl Plan {
    /// The products that the plan makes.
    pub fn made(&self) -> impl Iterator<Item = (&str, Uuid)> {
        let new = self.products.iter().filter(|product| product.is_new);
        new.map(|product| (product.external_id.as_str(), product.id))
    }
}

#[derive(Clone, Debug)]
struct Product {
    id: Uuid,
    external_id: String,
    name: String,
    group: Option<String>,
    is_new: bool,
    is_changed: bool,
}

pub fn plan(query: &impl Query, origin: &Origin, rows: &[ProductRecord]) -> Result<Plan, StoreError> {
    let mut products = known(query, origin, rows)?;
    let mut plan = Plan {
        outcomes: Vec::new(),
        products: Vec::new(),
        groups: new_groups(query, rows)?,
        entries: Vec::new(),
    };
    for (id, name) in &plan.groups {
        plan.entries.push(entry(Subject::ProductGroup, id.0, "created", None, Some(name.clone())));
    }
    let mut outcomes: Vec<Option<Outcome>> = vec![None; rows.len()];
    for (external_id, same) in undecided(rows, &outcomes.clone(), |row| &row.external_id) {
        let Some((last, outdone)) = same.split_last() else { continue };
        let mut product = products.remove(external_id).unwrap_or_else(|| Product::new(&rows[*last]));
        outcomes[*last] = Some(product.take_in(&rows[*last], origin, &mut plan.entries));
        spread_over_outdone(rows, &mut outcomes, outdone, *last);
        plan.products.push(product);
    }
    plan.outcomes = outcomes.into_iter().map(|outcome| outcome.unwrap_or(Outcome::Unchanged)).collect();
    Ok(plan)
}

pub fn save(work: &mut Work<'_>, origin: &Origin, plan: &Plan) -> Result<(), StoreError> {
    work.insert(
        "product_group",
        ["id", "name"],
        plan.groups.iter().map(|(id, name)| [(*id).into(), name.as_str().into()]),
    )?;
    let changed = || plan.products.iter().filter(|product| product.is_new || product.is_changed);
    let groups = groups(work, changed().filter_map(|product| product.group.as_deref()))?;
    let group = |product: &Product| -> Value {
        product.group.as_deref().and_then(|name| groups.get(name)).copied().into()
    };
    work.insert(
        "product",
        ["id", "source", "external_id", "name", "group_id"],
        changed().filter(|product| product.is_new).map(|product| {
            [
                product.id.into(),
                origin.source.as_str().into(),
                product.external_id.as_str().into(),
                product.name.as_str().into(),
                group(product),
            ]
        }),
    )?;
    let rewritten: Vec<[Value; 3]> = changed()
        .filter(|product| !product.is_new)
        .map(|product| [product.id.into(), product.name.as_str().into(), group(product)])
        .collect();
    work.execute_for(
        "with wanted (id, name, group_id) as ({wanted})
         update product set name = wanted.name, group_id = wanted.group_id from wanted where product.id = wanted.id",
        ["uuid", "text", "uuid"],
        &rewritten,
    )?;
    work.record_all(&plan.entries)
}

/// The groups that have the wanted names.
pub fn groups<'a>(
    query: &impl Query,
    names: impl IntoIterator<Item = &'a str>,
) -> Result<HashMap<String, GroupId>, StoreError> {
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_unstable();
    names.dedup();
    let wanted: Vec<[Value; 1]> = names.iter().map(|name| [(*name).into()]).collect();
    let mut groups = HashMap::new();
    query.each_of_rows(
        "with wanted (name) as ({wanted})
         select product_group.name, product_group.id from wanted join product_group on product_group.name = wanted.name",
        ["text"],
        &wanted,
        |row| {
            groups.insert(row.string(0)?, GroupId(row.id(1)?));
            Ok(())
        },
    )?;
    Ok(groups)
}

fn new_groups(query: &impl Query, rows: &[ProductRecord]) -> Result<Vec<(GroupId, String)>, StoreError> {
    let known = groups(query, rows.iter().filter_map(|row| row.group.as_deref()))?;
    let mut new: Vec<(GroupId, String)> = Vec::new();
    for name in rows.iter().filter_map(|row| row.group.as_ref()) {
        if !known.contains_key(name) && !new.iter().any(|(_, made)| made == name) {
            new.push((GroupId(Uuid::now_v7()), name.clone()));
        }
    }
    Ok(new)
}

fn known(
    query: &impl Query,
    origin: &Origin,
    rows: &[ProductRecord],
) -> Result<HashMap<String, Product>, StoreError> {
    let wanted = origin.names(rows.iter().map(|row| row.external_id.as_str()));
    let mut known = HashMap::new();
    query.each_of_rows(
        "-- The products that a slice tells of.
         with wanted (source, external_id) as ({wanted})
         select product.id, product.external_id, product.name, product_group.name
           from wanted
           join product on product.source = wanted.source and product.external_id = wanted.external_id
           left join product_group on product_group.id = product.group_id",
        ["text", "text"],
        &wanted,
        |row| {
            let product = Product {
                id: row.id(0)?,
                external_id: row.string(1)?,
                name: row.string(2)?,
                group: row.opt_string(3)?,
                is_new: false,
                is_changed: false,
            };
            known.insert(product.external_id.clone(), product);
            Ok(())
        },
    )?;
    Ok(known)
}

impl Product {
    fn new(row: &ProductRecord) -> Self {
        Self {
            id: Uuid::now_v7(),
            external_id: row.external_id.clone(),
            name: row.name.clone(),
            group: row.group.clone(),
            is_new: true,
            is_changed: false,
        }
    }

    fn take_in(&mut self, row: &ProductRecord, origin: &Origin, entries: &mut Vec<Entry>) -> Outcome {
        if self.is_new {
            entries.push(entry(Subject::Product, self.id, "created", None, Some(self.name.clone())));
            return Outcome::Created;
        }
        let group = if origin.tells("group") { row.group.clone() } else { self.group.clone() };
        if self.name != row.name {
            let (old, new) = (Some(self.name.clone()), Some(row.name.clone()));
            entries.push(entry(Subject::Product, self.id, "name", old, new));
            self.is_changed = true;
        }
        if self.group != group {
            entries.push(entry(Subject::Product, self.id, "group", self.group.clone(), group.clone()));
            self.is_changed = true;
        }
        self.name.clone_from(&row.name);
        self.group = group;
        if self.is_changed { Outcome::Updated } else { Outcome::Unchanged }
    }
}

fn entry(
    subject: Subject,
    id: Uuid,
    what: &'static str,
    before: Option<String>,
    after: Option<String>,
) -> Entry {
    Entry { subject, subject_id: Some(id), what, before, after, why: None, touched: Vec::new() }
}
