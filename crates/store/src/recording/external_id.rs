//! Who or what is meant by an external id: what we call so ourselves, else that of the same source, else the only one of
//! any other source.

use crate::engine::{Query, StoreError, Value};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// What can be named by an external id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Person,
    Account,
    Product,
    Contact,
}

/// What an external id stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    One(Uuid),
    /// Several of other sources.
    Several,
}

/// Finds what the `wanted` external ids stand for; those that stand for nothing are left out.
pub fn references<'a>(
    query: &impl Query,
    named: Named,
    source: &str,
    wanted: impl IntoIterator<Item = &'a str>,
) -> Result<HashMap<String, Found>, StoreError> {
    let mut wanted: BTreeSet<&str> = wanted.into_iter().collect();
    let mut found = HashMap::with_capacity(wanted.len());
    // First, so that nobody takes a record over by calling another one as we call it.
    by_own_id(query, named, &wanted, &mut found)?;
    wanted.retain(|external_id| !found.contains_key(*external_id));
    in_source(query, named, source, &wanted, |external_id, id| {
        found.insert(external_id.to_owned(), Found::One(id));
    })?;
    wanted.retain(|external_id| !found.contains_key(*external_id));
    if wanted.is_empty() {
        return Ok(found);
    }
    for other in sources(query, named)?.iter().filter(|other| *other != source) {
        in_source(query, named, other, &wanted, |external_id, id| {
            found
                .entry(external_id.to_owned())
                .and_modify(|found| *found = if *found == Found::One(id) { *found } else { Found::Several })
                .or_insert(Found::One(id));
        })?;
    }
    Ok(found)
}

/// Other programs may name what they have read from us by our own id.
fn by_own_id(
    query: &impl Query,
    named: Named,
    wanted: &BTreeSet<&str>,
    found: &mut HashMap<String, Found>,
) -> Result<(), StoreError> {
    let ids: HashMap<Uuid, &str> =
        wanted.iter().filter_map(|id| Some((Uuid::try_parse(id).ok()?, *id))).collect();
    let own = match named {
        Named::Person => "select id from person where id in {wanted}",
        Named::Account => "select id from account where id in {wanted}",
        Named::Product => "select id from product where id in {wanted}",
        Named::Contact => "select id from contact where id in {wanted}",
    };
    let wanted: Vec<Uuid> = ids.keys().copied().collect();
    query.each_of(own, &wanted, |row| {
        let id = row.id(0)?;
        if let Some(name) = ids.get(&id) {
            found.insert((*name).to_owned(), Found::One(id));
        }
        Ok(())
    })
}

/// The source and external id that a record came with.
pub fn names_of(query: &impl Query, named: Named, id: Uuid) -> Result<Option<(String, String)>, StoreError> {
    let sql = match named {
        Named::Person => "select source, external_id from person where id = $1",
        Named::Account => "select source, external_id from account where id = $1",
        Named::Product => "select source, external_id from product where id = $1",
        Named::Contact => "select source, external_id from contact where id = $1",
    };
    query.one(sql, &[id.into()], |row| Ok((row.string(0)?, row.string(1)?)))
}

fn in_source(
    query: &impl Query,
    named: Named,
    source: &str,
    wanted: &BTreeSet<&str>,
    mut each: impl FnMut(&str, Uuid),
) -> Result<(), StoreError> {
    let rows: Vec<[Value; 2]> = wanted.iter().map(|id| [source.into(), (*id).into()]).collect();
    query.each_of_rows(look_up(named), ["text", "text"], &rows, |row| {
        each(row.text(0)?, row.id(1)?);
        Ok(())
    })
}

fn look_up(named: Named) -> &'static str {
    match named {
        Named::Person => {
            "with wanted (source, external_id) as ({wanted})
             select person.external_id, person.id
               from wanted
               join person on person.source = wanted.source and person.external_id = wanted.external_id"
        }
        Named::Account => {
            "with wanted (source, external_id) as ({wanted})
             select known.external_id, known.account_id
               from wanted
               join account_external_id known
                 on known.source = wanted.source and known.external_id = wanted.external_id"
        }
        Named::Product => {
            "with wanted (source, external_id) as ({wanted})
             select product.external_id, product.id
               from wanted
               join product on product.source = wanted.source and product.external_id = wanted.external_id"
        }
        Named::Contact => {
            "with wanted (source, external_id) as ({wanted})
             select contact.external_id, contact.id
               from wanted
               join contact on contact.source = wanted.source and contact.external_id = wanted.external_id"
        }
    }
}

/// All sources there are: one step in the index each, rather than through all rows.
fn sources(query: &impl Query, named: Named) -> Result<Vec<String>, StoreError> {
    let next = match named {
        Named::Person => "select min(source) from person where source > $1",
        Named::Account => "select min(source) from account_external_id where source > $1",
        Named::Product => "select min(source) from product where source > $1",
        Named::Contact => "select min(source) from contact where source > $1",
    };
    let mut sources: Vec<String> = Vec::new();
    loop {
        let last = sources.last().map_or("", String::as_str);
        match query.one(next, &[last.into()], |row| row.opt_string(0))?.flatten() {
            Some(source) => sources.push(source),
            None => return Ok(sources),
        }
    }
}
