//! Taking the sample company out of a database again, so that one's own can begin in the same one.

use crate::{Query, StoreError, Value, Work, engine::Engine, recording::OWN_SOURCE};
use luotsi_core::{people::PersonId, units::Day};
use std::collections::HashSet;

/// The source of everything that belongs to the sample company.
pub const SOURCE: &str = "demo";

/// All that hangs on customers and products, what refers to others first.
const TABLES: [&str; 30] = [
    "bulk_change_part",
    "bulk_change",
    "proposal_deviation",
    "answer_deviation",
    "answer",
    "substitution",
    "proposal",
    "deviation",
    "segment_change",
    "account_standing",
    "peer_share",
    "peer_figure",
    "watch_run",
    "strategy_version",
    "segment_override",
    "target",
    "ability",
    "estimate",
    "activity",
    "sales_line",
    "product",
    "product_group",
    "contact_removal",
    "contact",
    "log_touched",
    "account_team",
    "account_version",
    "account_external_id",
    "external_number",
    "account",
];

/// What only one engine has: its full text, and the words of each owner's accounts.
const TABLES_OF_SQLITE: [&str; 3] = ["account_text_by_owner", "account_text", "account_number"];

/// Customers of another system than the sample's and our own are here: somebody works with this database.
pub fn is_mixed(query: &impl Query) -> Result<bool, StoreError> {
    let other = query.one(
        "-- Are there customers of another system?
select 1
  from account
 where source not in ($1, $2)
 limit 1",
        &[SOURCE.into(), OWN_SOURCE.into()],
        |row| row.int(0),
    )?;
    Ok(other.is_some())
}

/// Are there any customers?
pub fn is_empty(query: &impl Query) -> Result<bool, StoreError> {
    Ok(query.one("select 1 from account limit 1", &[], |row| row.int(0))?.is_none())
}

/// The sample company's own people, whom nobody made by hand.
pub fn people(query: &impl Query) -> Result<HashSet<PersonId>, StoreError> {
    let people = query.all(
        "-- Who belongs to the sample company?
select id
  from person
 where source = $1",
        &[SOURCE.into()],
        |row| Ok(PersonId(row.id(0)?)),
    )?;
    Ok(people.into_iter().collect())
}

/// What goes with the sample company: how much of it there is, and what people have added to it themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaving {
    pub accounts: i64,
    pub people: i64,
    pub own_accounts: i64,
    pub own_activities: i64,
}

pub fn leaving(query: &impl Query) -> Result<Leaving, StoreError> {
    let counted = query.one(
        "-- What would go with the sample company?
select (select count(*) from account where source = $1),
       (select count(*) from person where source = $1),
       (select count(*) from account where source = $2),
       (select count(*) from activity where source = $2 and known_until = '9999-12-31')",
        &[SOURCE.into(), OWN_SOURCE.into()],
        |row| {
            Ok(Leaving {
                accounts: row.int(0)?,
                people: row.int(1)?,
                own_accounts: row.int(2)?,
                own_activities: row.int(3)?,
            })
        },
    )?;
    Ok(counted.unwrap_or(Leaving { accounts: 0, people: 0, own_accounts: 0, own_activities: 0 }))
}

/// Takes out all customers with everything known of them, the strategy that was made on them, and the sample's people;
/// those of them who did something stay as names that no longer work here. The log stays.
pub fn remove(work: &Work<'_>, today: Day) -> Result<(), StoreError> {
    if work.engine() == Engine::Sqlite {
        for table in TABLES_OF_SQLITE {
            work.execute(&format!("delete from {table}"), &[])?;
        }
    }
    for table in TABLES {
        work.execute(&format!("delete from {table}"), &[])?;
    }
    work.execute(
        "-- Nothing has been watched or sold yet.
update company
   set first_watch_on = null,
       first_sales_on = null
 where id = 1",
        &[],
    )?;
    remove_people(work, today)
}

fn remove_people(work: &Work<'_>, today: Day) -> Result<(), StoreError> {
    const SAMPLES: &str = "(select person.id from person where person.source = $1)";
    const DID_NOTHING: &str = "not exists (select 1 from log_entry where log_entry.person_id = person.id)
           and not exists (select 1 from refusal where refusal.person_id = person.id)";
    let source = [Value::from(SOURCE)];
    for table in
        ["session", "login_link", "password", "api_token", "preference", "request", "saved_view", "left_view"]
    {
        work.execute(&format!("delete from {table} where person_id in {SAMPLES}"), &source)?;
    }
    work.execute(
        &format!("update person_version set manager_id = null where manager_id in {SAMPLES}"),
        &source,
    )?;
    work.execute(
        &format!(
            "delete from person_version
 where person_id in (select person.id from person where person.source = $1 and {DID_NOTHING})"
        ),
        &source,
    )?;
    work.execute(&format!("delete from person where person.source = $1 and {DID_NOTHING}"), &source)?;
    work.execute(
        &format!("update person_version set is_active = 0 where from_day = $2 and person_id in {SAMPLES}"),
        &[SOURCE.into(), today.into()],
    )?;
    work.execute(
        &format!(
            "insert into person_version (person_id, from_day, role, is_active)
select person_id, $2::date, min(role), 0
  from person_version
 where person_id in {SAMPLES}
   and person_id not in (select same.person_id from person_version same where same.from_day = $2)
 group by person_id"
        ),
        &[SOURCE.into(), today.into()],
    )?;
    Ok(())
}
