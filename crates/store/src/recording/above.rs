//! Who stands above whom: managers and parent companies, named by external ids that may come later in the same file.

use super::{Found, Named, Origin, Outcome, Refusal};
use luotsi_core::units::Day;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// One record that may name another of its own kind as the one above it.
pub struct Below<'a> {
    pub external_id: &'a str,
    pub above: Option<&'a str>,
    pub known_on: Option<Day>,
    /// What is wrong with the record otherwise; nothing can stand below one that is not taken in.
    pub refused: Option<Outcome>,
}

/// The one above each record: `known` ones, else one of this slice (`ids`) that is itself taken in.
pub fn above(
    rows: &[Below<'_>],
    named: Named,
    column: &'static str,
    known: &HashMap<String, Found>,
    ids: &HashMap<&str, Uuid>,
    origin: &Origin,
) -> Vec<Result<Option<Uuid>, Outcome>> {
    let waiting = |id: &str| Outcome::Waiting { column, id: id.to_owned() };
    let refused = |why| Err(Outcome::Refused { column, why });
    let mut taken: HashMap<&str, Uuid> = HashMap::new();
    let mut settled: Vec<Option<Result<Option<Uuid>, Outcome>>> = rows
        .iter()
        .map(|row| match (&row.refused, row.above) {
            (Some(outcome), _) => Some(Err(outcome.clone())),
            (None, None) => Some(Ok(None)),
            (None, Some(id)) if id == row.external_id => {
                Some(refused(Refusal::Circle { what: named, id: id.to_owned() }))
            }
            (None, Some(id)) => match known.get(id) {
                Some(Found::One(above)) => Some(Ok(Some(*above))),
                Some(Found::Several) => Some(refused(Refusal::Ambiguous { what: named, id: id.to_owned() })),
                // Nothing is saved of a dry run, so any id does.
                None if origin.assumed.contains(id) => Some(Ok(Some(Uuid::nil()))),
                None => None,
            },
        })
        .collect();
    loop {
        for (row, settled) in rows.iter().zip(&settled) {
            if let (Some(Ok(_)), Some(id)) = (settled, ids.get(row.external_id)) {
                taken.insert(row.external_id, *id);
            }
        }
        let mut has_settled_one = false;
        for (row, settled) in rows.iter().zip(&mut settled).filter(|(_, settled)| settled.is_none()) {
            if let Some(id) = row.above.and_then(|above| taken.get(above)) {
                *settled = Some(Ok(Some(*id)));
                has_settled_one = true;
            }
        }
        if !has_settled_one {
            break;
        }
    }
    let still = |(row, settled): (&Below<'_>, Option<_>)| {
        settled.unwrap_or_else(|| Err(waiting(row.above.unwrap_or_default())))
    };
    let mut found: Vec<_> = rows.iter().zip(settled).map(still).collect();
    // Rows of one record are taken in together, so that the last one wins: those that could be wait for themselves, and
    // those below them wait along.
    loop {
        let waits = |found: &Result<_, Outcome>| matches!(found, Err(Outcome::Waiting { .. }));
        let stuck: HashSet<&str> = rows
            .iter()
            .zip(&found)
            .filter(|(_, found)| waits(found))
            .map(|(row, _)| row.external_id)
            .collect();
        let is_new = |id: &&str| !known.contains_key(*id) && !origin.assumed.contains(*id);
        let mut has_stopped_one = false;
        for (row, found) in rows.iter().zip(&mut found).filter(|(_, found)| found.is_ok()) {
            let above = row.above.filter(is_new);
            let behind = [Some(row.external_id), above].into_iter().flatten().find(|id| stuck.contains(id));
            if let Some(id) = behind {
                *found = Err(waiting(id));
                has_stopped_one = true;
            }
        }
        if !has_stopped_one {
            return found;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&str, &str)], expected: &[&str]) {
        let ids: HashMap<&str, Uuid> = pairs
            .iter()
            .enumerate()
            .map(|(number, (own, _))| (*own, Uuid::from_u128(number as u128 + 1)))
            .collect();
        let rows: Vec<Below<'_>> = pairs
            .iter()
            .map(|(own, above)| Below {
                external_id: own,
                above: (!above.is_empty()).then_some(*above),
                known_on: None,
                refused: None,
            })
            .collect();
        let known = HashMap::from([("KNOWN".to_owned(), Found::One(Uuid::from_u128(99)))]);
        let origin = Origin {
            source: "s".to_owned(),
            today: Day::MIN,
            told: None,
            assumed: HashSet::new(),
            is_spoken: false,
            is_new: false,
        };

        let found = above(&rows, Named::Account, "parent", &known, &ids, &origin);

        let told: Vec<&str> = found
            .iter()
            .map(|found| match found {
                Ok(Some(_)) => "above",
                Ok(None) => "top",
                Err(Outcome::Waiting { .. }) => "waits",
                Err(_) => "refused",
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn the_one_above_may_come_later_in_the_slice() {
        check(&[("A", "B"), ("B", "C"), ("C", ""), ("D", "KNOWN")], &["above", "above", "top", "above"]);
    }

    #[test]
    fn rows_of_one_record_wait_for_one_another() {
        check(&[("A", "X"), ("A", ""), ("B", "")], &["waits", "waits", "top"]);
        check(&[("A", "X"), ("A", ""), ("B", "A")], &["waits", "waits", "waits"]);
    }

    #[test]
    fn nobody_stands_above_oneself_and_circles_and_unknown_ones_wait() {
        check(&[("A", "A")], &["refused"]);
        check(&[("A", "B"), ("B", "A"), ("C", "X"), ("D", "C")], &["waits", "waits", "waits", "waits"]);
    }
}
