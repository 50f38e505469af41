//! `luotsi capacity`.

use crate::{arguments, failure::Failure, say::say};
use luotsi_app::{
    steering::{self, PersonCapacity},
    today,
};
use luotsi_store::Store;
use serde_json::json;

pub fn capacity(database: &str, asked: &arguments::Capacity) -> Result<(), Failure> {
    let store = Store::open(database)?;
    let on = match asked.on {
        Some(on) => on,
        None => store.read(|reader| today::today(reader))?,
    };

    let people = steering::capacity(&store, on)?;
    match asked.json {
        true => say(&json!(people.iter().map(as_json).collect::<Vec<_>>()).to_string()),
        false if people.is_empty() => {
            say("There are no people yet: import them with luotsi import people FILE.")
        }
        false => people.iter().try_for_each(|person| say(&in_words(person))),
    }
}

fn as_json(person: &PersonCapacity) -> serde_json::Value {
    json!({
        "external_id": person.external_id,
        "name": person.name,
        "minutes_asked": person.capacity.minutes_asked,
        "customer_hours": person.capacity.customer_hours,
        "over": person.capacity.is_over(),
    })
}

/// Whole hours, rounded up: what is begun must be done.
fn in_words(person: &PersonCapacity) -> String {
    let capacity = person.capacity;
    let over = if capacity.is_over() { ": more than there is time for" } else { "" };
    format!(
        "{} ({}): {} of {} customer hours a year{over}",
        person.name,
        person.external_id,
        (capacity.minutes_asked + 59) / 60,
        capacity.customer_hours
    )
}
