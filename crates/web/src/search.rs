//! One search for everything there is to go to: pages, actions and accounts, in the words of both languages. A whole
//! page; the palette shows its list.

use crate::{
    Web,
    account::{address_in, list::counted, listed::in_url},
    ask::{Ask, Wish},
    error::WebError,
    page::{Page, Section},
    parts::{Icon, SegmentChip},
    people::{
        everyone::may,
        settings::{href, label, open_to},
    },
    texts::{Language, Texts},
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_core::{
    account::{AccountId, phone},
    people::policy::Action,
};
use luotsi_store::{
    Reader,
    account::{
        list::{self as accounts, Count, Filter, ListRow, Order, Sort},
        name_sort,
        page::contacts_with,
        search::{words, words_not_in, words_sought},
    },
};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

const ACCOUNTS_MAX: i64 = 8;
const QUERY_MAX: usize = 100;

#[derive(Default, Deserialize)]
pub struct Asked {
    q: Option<String>,
}

#[derive(Template)]
#[template(path = "house/search.html")]
struct Search {
    page: Page,
    query: String,
    found: Vec<Found>,
}

struct Found {
    href: String,
    label: String,
    kind: &'static str,
    /// Of an account that is found by somebody there: who that is, and their number.
    who: Option<String>,
    icon: Icon,
    segment: Option<SegmentChip>,
}

/// Something to go to that is no account.
struct Place {
    href: &'static str,
    label: &'static str,
    /// In the other language: it is found by either.
    also: &'static str,
    icon: &'static str,
    is_action: bool,
}

pub async fn search(State(web): State<Web>, Wish(asked): Wish<Asked>, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| fill(reader, visit, &asked)).await
}

fn fill(reader: &Reader<'_>, visit: &Visit<'_>, asked: &Asked) -> Result<Search, WebError> {
    let t = visit.t;
    let query: String = asked.q.as_deref().unwrap_or("").trim().chars().take(QUERY_MAX).collect();
    let words = words_sought(&query);
    let page = visit.page(Section::Search, t.search(), Vec::new());

    let mut found: Vec<Found> = places(visit, &page)
        .into_iter()
        .filter(|place| is_found(place.label, &words) || is_found(place.also, &words))
        .map(|place| Found {
            href: place.href.to_owned(),
            label: place.label.to_owned(),
            kind: if place.is_action { t.kind_action() } else { t.kind_page() },
            who: None,
            icon: Icon(place.icon),
            segment: None,
        })
        .collect();
    if !words.is_empty() {
        found.extend(accounts_found(reader, t, words, &query)?);
    }
    Ok(Search { page, query, found })
}

/// Each word begins a word of the label.
fn is_found(label: &str, wanted: &[String]) -> bool {
    let there = words(label);
    wanted.iter().all(|wanted| there.iter().any(|word| word.starts_with(wanted.as_str())))
}

/// The accounts meant most likely, and the way to all that were found where there are more.
fn accounts_found(
    reader: &Reader<'_>,
    t: Texts,
    words: Vec<String>,
    query: &str,
) -> Result<Vec<Found>, WebError> {
    let (count, rows) = meant(reader, &words, query)?;
    let mut people = people_found(reader, &words, &rows)?;
    let list = (rows.len() > 1).then(|| format!("scope=all&q={}", in_url(query)));
    let found = rows.into_iter().map(|row| Found {
        href: address_in(row.id, list.as_deref()),
        label: row.name,
        kind: t.account(),
        who: people.remove(&row.id),
        icon: Icon("building-2"),
        segment: row.standing.map(|standing| SegmentChip::new(standing.segment, t)),
    });
    let all = (ACCOUNTS_MAX < count.least()).then(|| Found {
        href: format!("/accounts?scope=all&q={}", in_url(query)),
        label: t.search_all_accounts(&counted(t, count)),
        kind: t.kind_page(),
        who: None,
        icon: Icon("search"),
        segment: None,
    });
    Ok(found.chain(all).collect())
}

/// Who is found, with their number, where an account has the words by somebody there alone.
pub fn people_found(
    reader: &Reader<'_>,
    words: &[String],
    rows: &[ListRow],
) -> Result<HashMap<AccountId, String>, WebError> {
    let by_people: HashMap<AccountId, Vec<String>> = rows
        .iter()
        .map(|row| {
            let own = [&row.name, &row.external_id].into_iter().chain(&row.business_id).chain(&row.city);
            (row.id, words_not_in(words, own.map(String::as_str)))
        })
        .filter(|(_, lacking)| !lacking.is_empty())
        .collect();
    let accounts: Vec<AccountId> = by_people.keys().copied().collect();
    let mut people = HashMap::new();
    contacts_with(reader, &accounts, |account, contact| {
        let number = contact.phone.as_deref().map(phone::digits).unwrap_or_default();
        let own = [contact.name.as_str(), contact.email.as_deref().unwrap_or(""), &number];
        if words_not_in(&by_people[&account], own).is_empty() {
            let line =
                || [Some(contact.name), contact.phone].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            people.entry(account).or_insert_with(line);
        }
    })?;
    Ok(people)
}

/// How many accounts have the words, and the few among them whose names begin with what was typed, the most valuable of
/// these first; then as many others as there is room for, the most valuable too.
fn meant(reader: &Reader<'_>, words: &[String], query: &str) -> Result<(Count, Vec<ListRow>), WebError> {
    let filter = Filter::of_words(words.to_vec());
    let by_value = (Sort::CurrentValue, Order::Descending);
    let (count, mut rows) = accounts::page(reader, &filter, by_value, ACCOUNTS_MAX, 0)?;
    rows.extend(accounts::called(reader, query, ACCOUNTS_MAX)?);

    let mut seen = HashSet::new();
    rows.retain(|row| seen.insert(row.id));
    let typed = name_sort(query);
    rows.sort_by_key(|row| (!name_sort(&row.name).starts_with(&typed), !is_found(&row.name, words)));
    rows.truncate(ACCOUNTS_MAX as usize);
    Ok((count, rows))
}

/// The pages that the viewer may open and what can be begun from anywhere, in the reader's language.
fn places(visit: &Visit<'_>, page: &Page) -> Vec<Place> {
    let other = match page.t.language {
        Language::Finnish => Language::English,
        Language::English => Language::Finnish,
    };
    let other = Page { t: Texts { language: other, ..page.t }, ..page.clone() };
    let items = |page: &Page| page.navigation().into_iter().flat_map(|group| group.items).collect::<Vec<_>>();
    let pages = items(page).into_iter().zip(items(&other)).map(|(item, also)| Place {
        href: item.href,
        label: item.label,
        also: also.label,
        icon: item.icon.0,
        is_action: false,
    });
    let place = |href, label: fn(Texts) -> &'static str, icon, is_action| Place {
        href,
        label: label(page.t),
        also: label(other.t),
        icon,
        is_action,
    };
    let settings = open_to(visit).into_iter().map(|tab| Place {
        href: href(tab),
        label: label(tab, page.t),
        also: label(tab, other.t),
        icon: "settings",
        is_action: false,
    });
    let adds_people = may(visit, Action::ManagePeople).is_ok();
    let add_person = adds_people.then(|| place("/settings/people/new", Texts::new_person, "user-plus", true));
    pages
        .chain([
            place("/activities/new", Texts::key_log, "clipboard-list", true),
            place("/accounts/new", Texts::new_account, "plus", true),
        ])
        .chain(add_person)
        .chain([place("/substitutions", Texts::substitutions, "users-round", false)])
        .chain([place("/changes", Texts::changes_title, "list-checks", false)])
        .chain([place("/proposals", Texts::hand_on_title, "users-round", false)])
        .chain(settings)
        .chain([place("/settings/strategy", Texts::thresholds, "target", false)])
        .chain([place("/settings/strategy/numbers", Texts::strategy_numbers, "settings", false)])
        .chain([place("/keys", Texts::keys, "keyboard", false)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(label: &str, query: &str, expected: bool) {
        assert_eq!(is_found(label, &words(query)), expected, "{query} in {label}");
    }

    #[test]
    fn a_place_is_found_by_the_beginnings_of_its_words() {
        check("Oma päivä", "paiv", true);
        check("Oma päivä", "OMA P", true);
        check("Oma päivä", "äivä", false);
        check("Oma päivä", "", true);
        check("Customer base", "base cust", true);
        check("Customer base", "day", false);
    }
}
