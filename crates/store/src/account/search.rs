//! Finding accounts by words: names, ids, city and the people we know there with their telephone numbers, in one text
//! that imports and edits keep in step. A word of three letters or more is found anywhere, a shorter one where a word
//! begins.

use super::name::folded;
use crate::{Engine, Query, StoreError, Value, Work};
use luotsi_core::{
    account::{AccountId, phone},
    people::PersonId,
};
use std::collections::HashMap;
use uuid::Uuid;

/// More words than these are not needed to find anything.
const WORDS_MAX: usize = 8;
/// Both engines look words up by three letters in a row; the two spaces before each word make up for those lacking.
const WORD_START: &str = "  ";
const LETTERS: usize = 3;

/// The text an account is found by. Words are written as `words` writes them; a number with signs in it, as ids have,
/// also by its digits alone.
pub fn search_text<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for part in parts {
        let part = folded(part);
        let digits =
            phone::is_number(&part).then(|| phone::digits(&part)).filter(|digits| *digits != part.trim());
        for word in part.split_whitespace().chain(digits.as_deref()) {
            text.push_str(WORD_START);
            text.push_str(word);
        }
    }
    text
}

/// The words of a text.
pub fn words(text: &str) -> Vec<String> {
    folded(text).split_whitespace().take(WORDS_MAX).map(str::to_owned).collect()
}

/// What somebody searches for, as words to be found: a number, a telephone's above all, is one however it is written.
pub fn words_sought(text: &str) -> Vec<String> {
    phone::sought(&folded(text)).map_or_else(|| words(text), |number| vec![number])
}

/// Those of `words` that are not found in any of `parts`.
pub fn words_not_in<'a>(words: &[String], parts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let text = search_text(parts);
    words.iter().filter(|word| !text.contains(&sought(word))).cloned().collect()
}

/// Brings the text of these accounts into step with what is known of them: to be called in the transaction that changed
/// a name, an id, a city or a contact.
pub fn refresh(work: &Work<'_>, accounts: &[AccountId]) -> Result<(), StoreError> {
    let mut wanted = accounts.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let texts = texts(work, &wanted)?;
    let changed: Vec<[Value; 2]> = texts
        .iter()
        .filter(|text| text.kept != text.now)
        .map(|text| [text.account.into(), text.now.as_str().into()])
        .collect();
    work.execute_for(
        "with wanted (id, search_text) as ({wanted})
         update account
            set search_text = wanted.search_text
           from wanted
          where account.id = wanted.id",
        ["uuid", "text"],
        &changed,
    )?;
    if work.engine() == Engine::Postgres {
        return Ok(());
    }
    work.execute_for(
        "with wanted (id, search_text) as ({wanted})
         update account_text_by_owner
            set search_text = wanted.search_text
           from wanted
           join account_standing on account_standing.account_id = wanted.id
          where account_text_by_owner.owner_id = account_standing.owner_id
            and account_text_by_owner.account_id = wanted.id",
        ["uuid", "text"],
        &changed,
    )?;
    number(work, &texts)
}

/// Puts the words of accounts beside those of the others that their owner has: to be called while `account_standing`
/// still tells the owners before. PostgreSQL finds one's own accounts by its index of all.
pub(crate) fn change_owners(
    work: &Work<'_>,
    owners: impl IntoIterator<Item = (AccountId, Option<PersonId>)>,
) -> Result<(), StoreError> {
    if work.engine() == Engine::Postgres {
        return Ok(());
    }
    let wanted: Vec<[Value; 2]> =
        owners.into_iter().map(|(account, owner)| [account.into(), owner.into()]).collect();
    work.execute_for(
        "with wanted (id, owner_id) as ({wanted})
         delete from account_text_by_owner
          where (owner_id, account_id) in (
                  select account_standing.owner_id, wanted.id
                    from wanted
                    join account_standing on account_standing.account_id = wanted.id
                   where account_standing.owner_id is distinct from wanted.owner_id
                )",
        ["uuid", "uuid"],
        &wanted,
    )?;
    work.execute_for(
        "with wanted (id, owner_id) as ({wanted})
         insert into account_text_by_owner (owner_id, account_id, search_text)
         select wanted.owner_id, wanted.id, account.search_text
           from wanted
           join account on account.id = wanted.id
          where wanted.owner_id is not null
         on conflict do nothing",
        ["uuid", "uuid"],
        &wanted,
    )?;
    Ok(())
}

/// Makes new accounts known to the search, each with its text as it was saved: in the transaction that saved it.
pub fn add(work: &Work<'_>, new: impl Iterator<Item = (AccountId, String)>) -> Result<(), StoreError> {
    match work.engine() {
        Engine::Sqlite => {
            let texts: Vec<Text> =
                new.map(|(account, text)| Text { account, kept: text.clone(), now: text }).collect();
            number(work, &texts)
        }
        Engine::Postgres => Ok(()),
    }
}

struct Text {
    account: AccountId,
    kept: String,
    now: String,
}

fn texts(query: &impl Query, accounts: &[AccountId]) -> Result<Vec<Text>, StoreError> {
    let mut parts: HashMap<Uuid, (String, Vec<String>)> = HashMap::with_capacity(accounts.len());
    query.each_of(
        "-- What some accounts are called, and by what they are found.
select id, search_text, name, coalesce(business_id, ''), coalesce(city, '')
  from account
 where id in {wanted}
 order by id",
        accounts,
        |row| {
            let own = vec![row.string(2)?, row.string(3)?, row.string(4)?];
            parts.insert(row.id(0)?, (row.string(1)?, own));
            Ok(())
        },
    )?;
    query.each_of(
        "-- What other systems call some accounts.
select account_id, external_id
  from account_external_id
 where account_id in {wanted}
 order by account_id, source, external_id",
        accounts,
        |row| {
            if let Some((_, parts)) = parts.get_mut(&row.id(0)?) {
                parts.push(row.string(1)?);
            }
            Ok(())
        },
    )?;
    query.each_of(
        "-- Whom we know at some accounts.
select account_id, name, coalesce(email, ''), coalesce(phone, '')
  from contact
 where account_id in {wanted}
   and not exists (select 1 from contact_removal where contact_removal.contact_id = contact.id)
 order by account_id, name, id",
        accounts,
        |row| {
            if let Some((_, parts)) = parts.get_mut(&row.id(0)?) {
                parts.push(row.string(1)?);
                parts.push(row.string(2)?);
                parts.push(phone::digits(row.text(3)?));
            }
            Ok(())
        },
    )?;
    let text = |account: &AccountId| {
        let (kept, parts) = parts.remove(&account.0)?;
        Some(Text { account: *account, kept, now: search_text(parts.iter().map(String::as_str)) })
    };
    Ok(accounts.iter().filter_map(text).collect())
}

/// SQLite's full text numbers what it knows: the new ones get a number, the changed ones are written anew.
fn number(work: &Work<'_>, texts: &[Text]) -> Result<(), StoreError> {
    let before = numbers(work, texts)?;
    let new: Vec<[Value; 1]> = texts
        .iter()
        .filter(|text| !before.contains_key(&text.account.0))
        .map(|text| [text.account.into()])
        .collect();
    work.insert("account_number", ["account_id"], new)?;
    let numbers = numbers(work, texts)?;

    let is_changed = |text: &&Text| text.kept != text.now || !before.contains_key(&text.account.0);
    let changed: Vec<(i64, &Text)> = texts
        .iter()
        .filter(is_changed)
        .filter_map(|text| Some((*numbers.get(&text.account.0)?, text)))
        .collect();
    let stale: Vec<[Value; 1]> = changed
        .iter()
        .filter(|(_, text)| before.contains_key(&text.account.0))
        .map(|(number, _)| [(*number).into()])
        .collect();
    work.execute_for(
        "with wanted (number) as ({wanted})
         delete from account_text
          where rowid in (select number from wanted)",
        ["bigint"],
        &stale,
    )?;
    let rows = changed.iter().map(|(number, text)| [(*number).into(), text.now.as_str().into()]);
    work.insert("account_text", ["rowid", "text"], rows)
}

fn numbers(query: &impl Query, texts: &[Text]) -> Result<HashMap<Uuid, i64>, StoreError> {
    let accounts: Vec<AccountId> = texts.iter().map(|text| text.account).collect();
    let mut numbers = HashMap::with_capacity(accounts.len());
    query.each_of(
        "-- The numbers that full text knows some accounts by.
select account_id, number
  from account_number
 where account_id in {wanted}
 order by account_id",
        &accounts,
        |row| {
            numbers.insert(row.id(0)?, row.int(1)?);
            Ok(())
        },
    )?;
    Ok(numbers)
}

/// Pages of the full text that one merge may write: some tens of milliseconds.
const MERGED_AT_ONCE: i64 = 500;

/// Does a part of joining up what the search was told in many pieces, the first part or a further one, and says whether
/// there is more to do. Words are found several times faster afterwards.
pub fn merge(work: &Work<'_>, is_first: bool) -> Result<bool, StoreError> {
    if work.engine() == Engine::Postgres {
        // What is new waits in a list that every search reads whole: it is put in its place at once.
        work.one("select gin_clean_pending_list('account_by_search_text')", &[], |row| row.int(0))?;
        return Ok(false);
    }
    let changes = || work.one("select total_changes()", &[], |row| row.int(0));
    let before = changes()?;
    // A number below zero begins anew with all pieces. See https://www.sqlite.org/fts5.html#the_merge_command.
    let pages = if is_first { -MERGED_AT_ONCE } else { MERGED_AT_ONCE };
    work.execute("insert into account_text (account_text, rank) values ('merge', $1)", &[pages.into()])?;
    // The command itself counts as one change.
    Ok(changes()?.zip(before).is_some_and(|(after, before)| 2 <= after - before))
}

/// `words` as SQLite's full text is asked for them.
pub(super) fn full_text(words: &[String]) -> String {
    let quoted: Vec<String> =
        words.iter().map(|word| format!("\"{}\"", sought(word).replace('"', "\"\""))).collect();
    quoted.join(" ")
}

/// `word` as a pattern of `search_text like ... escape '!'`, its own signs taken as they are.
pub(super) fn pattern(word: &str) -> String {
    pattern_anywhere(&sought(word))
}

/// The same for these letters wherever they stand.
pub(super) fn pattern_anywhere(letters: &str) -> String {
    let mut pattern = String::from("%");
    for sign in letters.chars() {
        if matches!(sign, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}

/// A short word behind as much of the space before words as makes three letters: looked up as one, not as two in a row.
fn sought(word: &str) -> String {
    format!("{word:>LETTERS$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_case_do_not_matter_to_a_search() {
        assert_eq!(search_text(["Mäkelä Oy", " 0112038-9 "]), "  makela  oy  0112038-9  01120389");
        assert_eq!(words("  MÄKELÄ\u{0} oy"), ["makela", "oy"]);
    }

    #[test]
    fn a_number_is_one_word_however_it_is_written() {
        assert_eq!(words_sought("+358 40\u{a0}123 4567"), ["401234567"]);
        assert_eq!(words_sought("0112038-9"), ["1120389"]);
        assert_eq!(words_sought("Salmi 2000 040"), ["salmi", "2000", "040"]);
        assert_eq!(words_not_in(&words_sought("oy liisa 20"), ["Salmi Oy", "200"]), ["liisa"]);
    }

    #[test]
    fn a_short_word_is_sought_where_a_word_begins() {
        assert_eq!(full_text(&["oy".to_owned(), "a\"b!".to_owned()]), "\" oy\" \"a\"\"b!\"");
        assert_eq!(pattern("oy"), "% oy%");
        assert_eq!(pattern("y"), "%  y%");
        assert_eq!(pattern("50%_"), "%50!%!_%");
    }
}
