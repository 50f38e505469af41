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

    /// Whether an external id of our source is in use: one may have come in by an import.
    fn look_up(self) -> &'static str {
        match self {
            Self::Account => "select 1 from account_external_id where source = $1 and external_id = $2",
            Self::Contact => "select 1 from contact where source = $1 and external_id = $2",
            Self::Activity => "select 1 from activity where source = $1 and external_id = $2 limit 1",
            Self::Person => "select 1 from person where source = $1 and external_id = $2",
        }
    }
}

pub fn next_external_id(work: &Work<'_>, kind: Numbered) -> Result<String, StoreError> {
    loop {
        let number = work.one(
            "insert into external_number (kind, last) values ($1, 1)
             on conflict (kind) do update set last = external_number.last + 1
             returning last",
            &[kind.name().into()],
            |row| row.int(0),
        )?;
        let external_id = number.unwrap_or(1).to_string();
        let taken =
            work.one(kind.look_up(), &[OWN_SOURCE.into(), external_id.as_str().into()], |_| Ok(()))?;
        if taken.is_none() {
            return Ok(external_id);
        }
    }
}
