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
returning last, exists (select 1 from {} where source = $2 and external_id = cast(last as text))",
        kind.table()
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
