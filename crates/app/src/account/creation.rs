//! A new account, of which only the name must be known; and the accounts it might be already.

use super::recorded_account;
use crate::{
    act::{About, ActError, By, FieldError, Permit, Problem, act},
    exchange::{Expects, Telling, Told as Record, tell_in},
};
use luotsi_core::{
    account::{AccountId, business_id},
    people::policy::Action,
};
use luotsi_store::{
    Query, Store, StoreError, Work,
    account::{
        entry::AccountFacts,
        list::{self, Filter, ListRow, Order, Sort},
        search::words,
    },
};

/// So many of those that are alike are shown.
const ALIKE_MAX: i64 = 6;
/// Of those that have some words of the name, the most valuable are looked at.
const LOOKED_AT_MAX: i64 = 50;

/// Words by which no company is told from another.
const FORMS: [&str; 18] = [
    "oy", "oyj", "ab", "abp", "ky", "kb", "tmi", "ay", "osk", "ry", "rf", "ltd", "inc", "gmbh", "as", "ou",
    "ja", "and",
];

/// Makes an account of what is told, unless one of such a name is there.
pub fn create(store: &Store, by: &By, told: AccountFacts) -> Result<AccountId, ActError> {
    act(store, by, Action::CreateAccount, About::Company, move |work, permit| {
        let is_new = alike(work, &told.name)?.is_empty();
        let alike = (!is_new).then_some(FieldError { field: "name", problem: Problem::Alike });
        create_in(work, &permit.having_found(alike), &told)
    })
}

/// The same by somebody who has seen those of such a name.
pub fn create_anyway(store: &Store, by: &By, told: AccountFacts) -> Result<AccountId, ActError> {
    act(store, by, Action::CreateAccount, About::Company, move |work, permit| create_in(work, permit, &told))
}

fn create_in(work: &mut Work<'_>, permit: &Permit, told: &AccountFacts) -> Result<AccountId, ActError> {
    let record = Record::Account(recorded_account(told.clone(), String::new(), None));
    let reply = tell_in(work, permit, &Telling { expects: Expects::New, ..Telling::here(record) })?;
    reply.id().map(AccountId).ok_or(ActError::NotThere)
}

/// The accounts with the same business id, as it is written.
pub fn having_id(
    query: &impl Query,
    told: Option<&str>,
    country: Option<&str>,
) -> Result<Vec<ListRow>, StoreError> {
    let written = told.and_then(|id| business_id(id, country));
    let Some(id) = written else { return Ok(Vec::new()) };
    let found = found(query, words(&id), ALIKE_MAX)?;
    Ok(found.into_iter().filter(|row| row.business_id.as_deref() == Some(id.as_str())).collect())
}

/// The accounts in whose names stand all the words of this one, whatever form of company it is; and those of whose names
/// all the words stand in this one.
pub fn alike(query: &impl Query, name: &str) -> Result<Vec<ListRow>, StoreError> {
    let wanted: Vec<String> = telling(name).collect();
    // A shorter name has two words that stand side by side here.
    let pairs = wanted.windows(2).filter(|_| 2 < wanted.len()).map(<[String]>::to_vec);
    let mut alike: Vec<ListRow> = Vec::new();
    for sought in [wanted.clone()].into_iter().chain(pairs) {
        for row in found(query, sought, LOOKED_AT_MAX)? {
            let is_new = alike.iter().all(|other| other.id != row.id);
            if is_new && is_alike(&wanted, &row.name) {
                alike.push(row);
            }
        }
    }
    alike.truncate(ALIKE_MAX as usize);
    Ok(alike)
}

/// Found by its city or a contact it is another. One word that both have does not make two alike.
fn is_alike(wanted: &[String], name: &str) -> bool {
    let there: Vec<String> = plain(name).collect();
    let short: Vec<String> = telling(name).collect();
    let has_all = wanted.iter().all(|word| there.iter().any(|other| other.starts_with(word.as_str())));
    has_all || (1 < short.len() && short.iter().all(|word| wanted.contains(word)))
}

/// The words by which a company is told from another.
fn telling(name: &str) -> impl Iterator<Item = String> {
    plain(name).filter(|word| !FORMS.contains(&word.as_str()))
}

/// The words of a name, also those that a sign joins.
fn plain(name: &str) -> impl Iterator<Item = String> {
    let parts = |word: String| -> Vec<String> {
        let parts = word.split(|sign: char| !sign.is_alphanumeric());
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    words(name).into_iter().flat_map(parts)
}

fn found(query: &impl Query, words: Vec<String>, limit: i64) -> Result<Vec<ListRow>, StoreError> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let filter = Filter::of_words(words);
    Ok(list::page(query, &filter, (Sort::CurrentValue, Order::Descending), limit, 0)?.1)
}
