//! External ids of what people write down in Luotsi itself: the next free number of its kind.

use crate::engine::{Query, StoreError, Work};

/// The source of what people write down here.
pub const OWN_SOURCE: &str = "luotsi";

/// Records that get a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbered {
    Account,
    Contact,
    Activity,
    Person,
}

impl Numbered {
    fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Contact => "contact",
            Self::Activity => "activity",
            Self::Person => "person",
        }
    }

    /// Where external ids of our source may have come in by an import.
    fn table(self) -> &'static str {
        match self {
            Self::Account => "account_external_id",
            Self::Contact => "contact",
            Self::Activity => "activity",
            Self::Person => "person",
        }
    }

    /// Whether a record has the number. What is believed of activities and what was are in an index each, which only a
    /// question about the one or the other can use.
    fn is_taken(self) -> String {
        let has_it = |and: &str| {
            let table = self.table();
            format!(
                "exists (select 1 from {table} where source = $2 and external_id = cast(last as text){and})"
            )
        };
        match self {
            Self::Account | Self::Contact | Self::Person => has_it(""),
            Self::Activity => {
                let believed = has_it(" and known_until = '9999-12-31'");
                format!("{believed} or {}", has_it(" and known_until < '9999-12-31'"))
            }
        }
    }
}

pub fn next_external_id(work: &Work<'_>, kind: Numbered) -> Result<String, StoreError> {
    // Of a number that a record has already, the record fails.
    if let Some(number) = work.next_number(kind.name()) {
        return Ok(number.to_string());
    }
    let sql = format!(
        "-- The next number of ours, and whether a record has it already.
insert into external_number (kind, last)
values ($1, 1)
    on conflict (kind) do update
   set last = external_number.last + 1
returning last, {}",
        kind.is_taken()
    );
    loop {
        let numbered =
            work.one(&sql, &[kind.name().into(), OWN_SOURCE.into()], |row| Ok((row.int(0)?, row.bool(1)?)))?;
        match numbered {
            Some((_, true)) => (),
            Some((number, false)) => {
                work.remember_number(kind.name(), number);
                return Ok(number.to_string());
            }
            None => return Err(StoreError::Damaged("no number was given".to_owned())),
        }
    }
}

/// At the end of a transaction: where the numbers go on that it has given without asking.
pub(crate) fn keep_numbers(work: &Work<'_>) -> Result<(), StoreError> {
    for (kind, last) in work.numbers_to_keep() {
        work.execute(
            "-- The last number given.
update external_number
   set last = $2
 where kind = $1",
            &[kind.into(), last.into()],
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Store, testing::FreshDatabase};

    #[test]
    fn whether_a_number_is_taken_is_asked_of_an_index_however_many_records_there_are() {
        let fresh = FreshDatabase::sqlite();
        let store = Store::open(&fresh.url).unwrap();

        for kind in [Numbered::Account, Numbered::Contact, Numbered::Activity, Numbered::Person] {
            let taken = kind.is_taken();
            let sql = format!("explain query plan select {taken} from external_number where kind = $1");
            let params = [kind.name().into(), OWN_SOURCE.into()];
            let steps = store.read(|reader| reader.all(&sql, &params, |row| row.string(3))).unwrap();

            let scan = format!("SCAN {}", kind.table());
            assert!(steps.iter().all(|step| !step.starts_with(&scan)), "{kind:?}: {steps:?}");
        }
    }
}
