//! Ending what a record says. Nothing that was is deleted: a contact leaves, a plan is called off, a part in a team and a
//! decision hold until now; what they were stays readable.

use super::{Shown, tag};
use crate::{
    account::{remove_contact_in, remove_member_in},
    act::{ActError, By, act},
    activity::call_off_in,
    segmentation::take_back_in,
    steering::answer::undo_shown_activity_in,
};
use luotsi_core::{
    account::AccountId,
    activity::ActivityId,
    people::{PersonId, Role, policy::Action},
};
use luotsi_store::{
    Query, Store, Value,
    listing::{self, ACCOUNT_TEAM, ACTIVITIES, CONTACTS, Column, Listed, OVERRIDES, Resource, Seen},
};
use uuid::Uuid;

/// What can be ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Contact,
    Plan,
    /// Taken back, done or planned: what was done by a plan is planned again.
    Activity,
    Part,
    Decision,
}

impl Ending {
    fn resource(self) -> &'static Resource {
        match self {
            Self::Contact => &CONTACTS,
            Self::Plan | Self::Activity => &ACTIVITIES,
            Self::Part => &ACCOUNT_TEAM,
            Self::Decision => &OVERRIDES,
        }
    }

    fn action(self) -> Action {
        match self {
            Self::Contact => Action::EditContacts,
            Self::Plan | Self::Activity => Action::LogActivity,
            Self::Part => Action::EditTeam,
            Self::Decision => Action::SetOverride,
        }
    }
}

/// Ends the record whose key this is, in the state that has this tag.
pub fn end(
    store: &Store,
    by: &By,
    what: Ending,
    key: Vec<(&'static str, Value)>,
    seen: String,
) -> Result<(), ActError> {
    let seen_by = Seen { by: by.person, on: by.today };
    let account = match account_of(&key) {
        Some(account) => account,
        None => store.read(|reader| Held::find(reader, what, seen_by, &key)?.account())?,
    };
    act(store, by, what.action(), account, move |work, permit| {
        let held = Held::find(work, what, permit.seen(), &key)?;
        let account = held.account()?;
        permit.also(work, what.action(), account)?;
        if held.tag() != seen {
            return Err(ActError::Stale(Vec::new()));
        }
        match what {
            Ending::Contact => remove_contact_in(work, permit, account, held.id("id")?),
            Ending::Plan => call_off_in(work, permit, account, ActivityId(held.id("id")?)),
            Ending::Activity => undo_shown_activity_in(work, permit, account, ActivityId(held.id("id")?)),
            Ending::Part => {
                let role = held.text("role").and_then(Role::parse).ok_or(ActError::NotThere)?;
                remove_member_in(work, permit, account, PersonId(held.id("person")?), role)
            }
            Ending::Decision => match held.is_newest(work, permit.seen())? {
                true => take_back_in(work, permit, account),
                // Another decision holds, which nobody asked to end.
                false => Err(ActError::Stale(Vec::new())),
            },
        }
    })
}

/// Told again, what has ended is still of this account: the same request has the same answer.
fn account_of(key: &[(&'static str, Value)]) -> Option<AccountId> {
    let (_, value) = key.iter().find(|(name, _)| *name == "account")?;
    id_of(value).map(AccountId)
}

fn id_of(value: &Value) -> Option<Uuid> {
    match value {
        Value::Id(id) => Some(*id),
        Value::Null | Value::Int(_) | Value::Real(_) | Value::Text(_) | Value::Day(_) => None,
    }
}

struct Held {
    what: Ending,
    row: Listed,
}

impl Held {
    fn find(
        query: &impl Query,
        what: Ending,
        seen: Seen,
        key: &[(&'static str, Value)],
    ) -> Result<Self, ActError> {
        let row = listing::one(query, what.resource(), seen, key)?.ok_or(ActError::NotThere)?;
        Ok(Self { what, row })
    }

    fn cell(&self, column: &str) -> Option<&Value> {
        let at = self.what.resource().shown().position(|shown| shown.name == column)?;
        self.row.cells.get(at)
    }

    fn id(&self, column: &str) -> Result<Uuid, ActError> {
        self.cell(column).and_then(id_of).ok_or(ActError::NotThere)
    }

    fn text(&self, column: &str) -> Option<&str> {
        match self.cell(column)? {
            Value::Text(text) => Some(text),
            Value::Null | Value::Int(_) | Value::Real(_) | Value::Id(_) | Value::Day(_) => None,
        }
    }

    fn account(&self) -> Result<AccountId, ActError> {
        self.id("account").map(AccountId)
    }

    fn tag(&self) -> String {
        let columns: Vec<&Column> = self.what.resource().shown().collect();
        let shown = Shown { columns: &columns, cells: &self.row.cells, is_unlocked: true };
        tag(&serde_json::to_string(&shown).unwrap_or_default())
    }

    /// Whether no decision on the account is of a later day.
    fn is_newest(&self, query: &impl Query, seen: Seen) -> Result<bool, ActError> {
        let account = [("account", self.account()?.0.into())];
        let newest = listing::newest(query, self.what.resource(), seen, &account, "from")?;
        Ok(newest.is_some_and(|newest| newest.place.key == self.row.place.key))
    }
}
