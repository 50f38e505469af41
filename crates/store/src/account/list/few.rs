//! Words sought among few accounts: those of some owners, or those that full text has found. On SQLite alone.

use super::{
    COLUMNS, Count, FEW, FOUND_MAX, Filter, Order, OwnedBy, Sort, bounded,
    conditions::{Conditions, Met},
    conditions_asked, is_of_account, order_by,
};
use crate::{
    Query, StoreError, Value,
    account::search::{full_text, pattern_anywhere},
    people::page::Whose,
};

/// Up to so many accounts of the owners asked for are read for their words rather than full text asked.
const OWNED_FEW: i64 = 8_000;

/// Few enough accounts to look at every one of them.
pub(super) enum Few {
    /// Those of the owners asked for.
    Owned,
    /// Those that have the words; how many there are where nothing else is asked.
    Found { whole: Option<i64> },
}

impl Few {
    /// `None`: they are many. How many have the words comes along where nothing else is asked.
    pub(super) fn of(
        query: &impl Query,
        filter: &Filter,
    ) -> Result<(Option<Self>, Option<Count>), StoreError> {
        if own_few(query, filter)? {
            return Ok((Some(Self::Owned), None));
        }
        let asks_words_alone = conditions_asked(filter) == 0;
        let most = if asks_words_alone { FOUND_MAX } else { FEW };
        let found = count_found(query, &filter.words, most)?;
        let few = (found <= FEW).then(|| Self::Found { whole: asks_words_alone.then_some(found) });
        Ok((few, asks_words_alone.then(|| bounded(found, most))))
    }

    /// The list where words are sought among few accounts, each with how many they are after all that is asked. Ids
    /// first, so that whole rows are read of those alone that are shown.
    pub(super) fn statement(
        &self,
        filter: &Filter,
        order: (Sort, Order),
        slice: Option<(i64, i64)>,
    ) -> (String, Vec<Value>) {
        let order_by = order_by(order);
        let needs_account = filter.within.is_some() || is_of_account(order.0);
        let counted = "count(*) over ()".to_owned();
        let (id, whole, from, mut conditions) = match self {
            Self::Owned => {
                let mut conditions = Conditions::of(filter, 1, Met::IN_TEXTS_BY_OWNER);
                // SQLite stops at each beginning of a word to look for a short one: most texts are left out sooner by
                // its letters.
                conditions.patterns(&filter.words, pattern_anywhere);
                conditions.words(&filter.words);
                let from = if needs_account { OWNED_ACCOUNTS } else { OWNED_STANDINGS };
                ("account_text_by_owner.account_id", counted, from, conditions)
            }
            Self::Found { whole } => {
                let mut conditions = Conditions::of(filter, 1, Met::ON_THE_WAY);
                conditions.also(HAS_WORDS, Some(full_text(&filter.words).into()));
                let from = if needs_account { FOUND_ACCOUNTS } else { FOUND_STANDINGS };
                // Counted already, they need not be gathered to be counted.
                let whole = whole.map_or(counted, |whole| whole.to_string());
                ("account_number.account_id", whole, from, conditions)
            }
        };
        let limits = slice.map_or_else(String::new, |(limit, offset)| {
            let next = 1 + conditions.params.len();
            conditions.params.extend([limit.into(), offset.into()]);
            format!("\n   limit ${next} offset ${}", next + 1)
        });
        let sql = format!(
            "-- A page of the accounts with some words, and how many there are.
with met as (
  select {id} as id, {whole} as whole
    from {from}
   where 1 = 1{}
   order by {order_by}{limits}
)
select {COLUMNS}, met.whole
  from met
  join account on account.id = met.id
  left join account_standing on account_standing.account_id = met.id
 order by {order_by}",
            conditions.text
        );
        (sql, conditions.params)
    }
}

const OWNED_STANDINGS: &str = "account_text_by_owner
   cross join account_standing on account_standing.account_id = account_text_by_owner.account_id";
const OWNED_ACCOUNTS: &str = "account_text_by_owner
   cross join account_standing on account_standing.account_id = account_text_by_owner.account_id
   cross join account on account.id = account_text_by_owner.account_id";

/// Full text knows accounts by numbers.
const HAS_WORDS: &str = "account_text match ?";
const FOUND_STANDINGS: &str = "account_text
   cross join account_number on account_number.number = account_text.rowid
    left join account_standing on account_standing.account_id = account_number.account_id";
const FOUND_ACCOUNTS: &str = "account_text
   cross join account_number on account_number.number = account_text.rowid
   cross join account on account.id = account_number.account_id
    left join account_standing on account_standing.account_id = account_number.account_id";

/// Whether the owners asked for have so few accounts that these are best read for their words. Nobody's stand nowhere
/// side by side.
fn own_few(query: &impl Query, filter: &Filter) -> Result<bool, StoreError> {
    let is_of_people = match filter.owner {
        Some(OwnedBy::Person(_)) => true,
        Some(OwnedBy::Nobody) => false,
        None => filter.whose != Whose::Everyones,
    };
    if !is_of_people {
        return Ok(false);
    }
    let of_owners =
        Filter { whose: filter.whose.clone(), owner: filter.owner, ..Filter::of_words(Vec::new()) };
    let Conditions { text, mut params, .. } = Conditions::of(&of_owners, 1, Met::LOOKED_UP);
    params.push((OWNED_FEW + 1).into());
    let sql = format!(
        "-- Have the owners asked for few accounts?
select count(*)
  from (
    select 1
      from account_standing
     where 1 = 1{text}
     limit ${}
  ) as counted",
        params.len()
    );
    Ok(query.one(&sql, &params, |row| row.int(0))?.unwrap_or(0) <= OWNED_FEW)
}

/// How many accounts have the words, counted to one more than `most`.
fn count_found(query: &impl Query, words: &[String], most: i64) -> Result<i64, StoreError> {
    let found = query.one(
        "-- How many accounts are found by some words, up to a limit?
select count(*)
  from (select rowid from account_text where account_text match $1 limit $2) as found",
        &[full_text(words).into(), (most + 1).into()],
        |row| row.int(0),
    )?;
    Ok(found.unwrap_or(0))
}
