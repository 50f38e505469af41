//! Who stands above whom, so that nobody comes to stand above themselves: companies in groups, people below managers.

use super::{Below, Found, Named, Origin, Outcome, Refusal, above, references};
use crate::{Query, StoreError};
use luotsi_core::account::stands_above_itself;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// The one above each record of a slice, or why it is not taken in. `ids`: the records' own.
pub fn standing(
    query: &impl Query,
    origin: &Origin,
    named: Named,
    column: &'static str,
    rows: &[Below<'_>],
    ids: &HashMap<&str, Uuid>,
) -> Result<Vec<Result<Option<Uuid>, Outcome>>, StoreError> {
    let known: HashMap<String, Found> =
        references(query, named, &origin.source, rows.iter().filter_map(|row| row.above))?;
    let found = above(rows, named, column, &known, ids, origin);
    let links: Vec<_> = rows
        .iter()
        .zip(&found)
        .map(|(row, above)| above.as_ref().ok().and_then(|above| Some((*ids.get(row.external_id)?, *above))))
        .collect();
    let circles = in_circles(query, named, rows, &links)?;
    let refused = |row: usize| {
        let id = rows[row].above.unwrap_or_default().to_owned();
        Outcome::Refused { column, why: Refusal::Circle { what: named, id } }
    };
    let checked = found.into_iter().enumerate().map(|(row, above)| match circles.contains(&row) {
        true => Err(refused(row)),
        false => above,
    });
    Ok(checked.collect())
}

/// The rows whose next above would stand below them, by what the newest versions and these rows tell. `links` has each
/// row's record and the one above; `None` where the row is not taken in.
fn in_circles(
    query: &impl Query,
    named: Named,
    rows: &[Below<'_>],
    links: &[Option<(Uuid, Option<Uuid>)>],
) -> Result<BTreeSet<usize>, StoreError> {
    let mut newest: HashMap<Uuid, usize> = HashMap::new();
    for (row, id) in links.iter().enumerate().filter_map(|(row, link)| Some((row, (*link)?.0))) {
        let last = newest.entry(id).or_insert(row);
        if rows[*last].known_on <= rows[row].known_on {
            *last = row;
        }
    }
    let next = links.iter().flatten().filter_map(|(_, above)| *above);
    let kept = kept(query, named, next.filter(|above| !above.is_nil()).collect())?;

    let mut circles = BTreeSet::new();
    loop {
        let mut above = kept.clone();
        let taken_in = || newest.iter().filter(|(_, row)| !circles.contains(*row));
        for (id, row) in taken_in() {
            match links[*row].and_then(|(_, next)| next) {
                Some(next) => above.insert(*id, next),
                None => above.remove(id),
            };
        }
        let found: Vec<usize> =
            taken_in().filter(|(id, _)| stands_above_itself(**id, &above)).map(|(_, row)| *row).collect();
        if found.is_empty() {
            return Ok(circles);
        }
        // Who is refused keeps the one above it had, which may close another circle.
        circles.extend(found);
    }
}

/// Who stands above these as last told, who above them, and so on to the top.
fn kept(
    query: &impl Query,
    named: Named,
    mut wanted: BTreeSet<Uuid>,
) -> Result<HashMap<Uuid, Uuid>, StoreError> {
    let mut above = HashMap::new();
    let Some(sql) = newest_above(named) else { return Ok(above) };
    let mut asked = BTreeSet::new();
    while !wanted.is_empty() {
        let now: Vec<Uuid> = wanted.iter().copied().collect();
        asked.append(&mut wanted);
        query.each_of(sql, &now, |row| {
            let next = row.id(1)?;
            above.insert(row.id(0)?, next);
            wanted.insert(next);
            Ok(())
        })?;
        wanted.retain(|id| !asked.contains(id));
    }
    Ok(above)
}

/// `None` of what nobody stands above.
fn newest_above(named: Named) -> Option<&'static str> {
    match named {
        Named::Account => Some(
            "-- The accounts above some accounts, as last told.
select version.account_id, version.parent_id
  from account_version as version
 where version.account_id in {wanted}
   and version.parent_id is not null
   and version.from_day = (
         select max(newest.from_day)
           from account_version as newest
          where newest.account_id = version.account_id
       )",
        ),
        Named::Person => Some(
            "-- The managers of some people, as last told.
select version.person_id, version.manager_id
  from person_version as version
 where version.person_id in {wanted}
   and version.manager_id is not null
   and version.from_day = (
         select max(newest.from_day)
           from person_version as newest
          where newest.person_id = version.person_id
       )",
        ),
        Named::Product | Named::Contact => None,
    }
}
