//! How a person likes to use Luotsi.

use crate::{Query, StoreError, Work};
use luotsi_core::people::PersonId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference {
    /// `fi` or `en`; `None`: what the browser asks for.
    pub language: Option<String>,
    /// Minutes for customers on a working day, from 15 to 720; `None`: as the company has it.
    pub day_minutes: Option<u32>,
    /// Single keys do something.
    pub has_keys: bool,
}

impl Default for Preference {
    fn default() -> Self {
        Self { language: None, day_minutes: None, has_keys: true }
    }
}

pub fn of(query: &impl Query, person: PersonId) -> Result<Preference, StoreError> {
    let found = query.one(
        "-- How does this person like it?
select language, day_minutes, has_keys
  from preference
 where person_id = $1",
        &[person.into()],
        |row| {
            Ok(Preference {
                language: row.opt_string(0)?,
                day_minutes: row.opt_int(1)?.map(|minutes| minutes as u32),
                has_keys: row.bool(2)?,
            })
        },
    )?;
    Ok(found.unwrap_or_default())
}

pub fn save(work: &Work<'_>, person: PersonId, preference: &Preference) -> Result<(), StoreError> {
    work.execute(
        "-- How this person likes it.
insert into preference (person_id, language, day_minutes, has_keys)
values ($1, $2, $3, $4)
    on conflict (person_id) do update
   set language = excluded.language,
       day_minutes = excluded.day_minutes,
       has_keys = excluded.has_keys",
        &[
            person.into(),
            preference.language.clone().into(),
            preference.day_minutes.into(),
            preference.has_keys.into(),
        ],
    )?;
    Ok(())
}
