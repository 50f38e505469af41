//! Taking in the people to talk to at an account, kept as last told.

use super::search;
use crate::{
    engine::{Query, StoreError, Value, Work},
    recording::{Lookup, Named, Origin, Outcome, spread_over_outdone, undecided},
};
use luotsi_core::{
    account::AccountId,
    history::{Entry, Subject},
};
use std::collections::HashMap;
use uuid::Uuid;

/// A contact as another system tells of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRecord {
    pub external_id: String,
    /// By external id.
    pub account: String,
    pub name: String,
    pub title: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// What a slice of contacts changes.
#[derive(Debug)]
pub struct Plan {
    pub outcomes: Vec<Outcome>,
    contacts: Vec<Contact>,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Contact {
    id: Uuid,
    external_id: String,
    account: AccountId,
    name: String,
    title: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    /// Where the contact was known before, when somewhere else.
    left: Option<AccountId>,
    is_new: bool,
    is_changed: bool,
    /// They were taken out, and are told again by word.
    returns: bool,
}

pub fn plan(query: &impl Query, origin: &Origin, rows: &[ContactRecord]) -> Result<Plan, StoreError> {
    let named = rows.iter().map(|row| row.account.as_str());
    let accounts = Lookup::of(query, origin, (Named::Account, "account"), named)?;
    let accounts: Vec<Result<Uuid, Outcome>> = rows.iter().map(|row| accounts.one(&row.account)).collect();
    let mut contacts = known(query, origin, rows)?;

    let mut plan = Plan { outcomes: Vec::new(), contacts: Vec::new(), entries: Vec::new() };
    let mut outcomes: Vec<Option<Outcome>> =
        accounts.iter().map(|account| account.as_ref().err().cloned()).collect();
    for (external_id, same) in undecided(rows, &outcomes.clone(), |row| &row.external_id) {
        let Some((last, outdone)) = same.split_last() else { continue };
        let Ok(account) = &accounts[*last] else { continue };
        let row = &rows[*last];
        let mut contact =
            contacts.remove(external_id).unwrap_or_else(|| Contact::new(row, AccountId(*account)));
        outcomes[*last] = Some(contact.take_in(row, AccountId(*account), origin, &mut plan.entries));
        spread_over_outdone(rows, &mut outcomes, outdone, *last);
        plan.contacts.push(contact);
    }
    plan.outcomes = outcomes.into_iter().map(|outcome| outcome.unwrap_or(Outcome::Unchanged)).collect();
    Ok(plan)
}

pub fn save(work: &mut Work<'_>, origin: &Origin, plan: &Plan) -> Result<(), StoreError> {
    work.insert(
        "contact",
        ["id", "account_id", "source", "external_id", "name", "title", "email", "phone"],
        plan.contacts.iter().filter(|contact| contact.is_new).map(|contact| {
            let Contact { name, title, email, phone, .. } = contact.clone();
            [
                contact.id.into(),
                contact.account.into(),
                origin.source.as_str().into(),
                contact.external_id.as_str().into(),
                name.into(),
                title.into(),
                email.into(),
                phone.into(),
            ]
        }),
    )?;
    let rewritten: Vec<[Value; 6]> = plan
        .contacts
        .iter()
        .filter(|contact| contact.is_changed)
        .map(|contact| {
            let Contact { name, title, email, phone, .. } = contact.clone();
            [contact.id.into(), contact.account.into(), name.into(), title.into(), email.into(), phone.into()]
        })
        .collect();
    work.execute_for(
        "with wanted (id, account_id, name, title, email, phone) as ({wanted})
         update contact
            set account_id = wanted.account_id, name = wanted.name, title = wanted.title, email = wanted.email,
                phone = wanted.phone
           from wanted
          where contact.id = wanted.id",
        ["uuid", "uuid", "text", "text", "text", "text"],
        &rewritten,
    )?;
    for contact in plan.contacts.iter().filter(|contact| contact.returns) {
        work.execute("delete from contact_removal where contact_id = $1", &[contact.id.into()])?;
    }
    let told_anew = plan.contacts.iter().filter(|contact| contact.is_new || contact.is_changed);
    let accounts = told_anew.flat_map(|contact| [Some(contact.account), contact.left]).flatten();
    search::refresh(work, &accounts.collect::<Vec<_>>())?;
    work.record_all(&plan.entries)
}

fn known(
    query: &impl Query,
    origin: &Origin,
    rows: &[ContactRecord],
) -> Result<HashMap<String, Contact>, StoreError> {
    let wanted = origin.names(rows.iter().map(|row| row.external_id.as_str()));
    let mut known = HashMap::new();
    query.each_of_rows(
        "-- The contacts that a slice tells of.
         with wanted (source, external_id) as ({wanted})
         select contact.id, contact.external_id, contact.account_id, contact.name, contact.title, contact.email,
                contact.phone, contact_removal.removed_on is not null
           from wanted
           join contact on contact.source = wanted.source and contact.external_id = wanted.external_id
           left join contact_removal on contact_removal.contact_id = contact.id",
        ["text", "text"],
        &wanted,
        |row| {
            let contact = Contact {
                id: row.id(0)?,
                external_id: row.string(1)?,
                account: AccountId(row.id(2)?),
                name: row.string(3)?,
                title: row.opt_string(4)?,
                email: row.opt_string(5)?,
                phone: row.opt_string(6)?,
                left: None,
                is_new: false,
                is_changed: false,
                returns: origin.is_spoken && row.bool(7)?,
            };
            known.insert(contact.external_id.clone(), contact);
            Ok(())
        },
    )?;
    Ok(known)
}

const FIELDS: [&str; 5] = ["account", "name", "title", "email", "phone"];

impl Contact {
    fn new(row: &ContactRecord, account: AccountId) -> Self {
        Self {
            id: Uuid::now_v7(),
            external_id: row.external_id.clone(),
            account,
            name: row.name.clone(),
            title: row.title.clone(),
            email: row.email.clone(),
            phone: row.phone.clone(),
            left: None,
            is_new: true,
            is_changed: false,
            returns: false,
        }
    }

    fn take_in(
        &mut self,
        row: &ContactRecord,
        account: AccountId,
        origin: &Origin,
        entries: &mut Vec<Entry>,
    ) -> Outcome {
        if self.is_new {
            entries.push(self.entry("created", None, Some(self.name.clone())));
            return Outcome::Created;
        }
        let before = self.texts();
        self.left = (self.account != account).then_some(self.account);
        self.account = account;
        self.name.clone_from(&row.name);
        let told = [("title", &row.title, &mut self.title), ("email", &row.email, &mut self.email)];
        for (column, new, kept) in told.into_iter().chain([("phone", &row.phone, &mut self.phone)]) {
            if origin.tells(column) {
                kept.clone_from(new);
            }
        }
        let already = entries.len();
        if self.returns {
            entries.push(self.entry("returned", None, None));
        }
        for ((what, new), old) in FIELDS.iter().zip(self.texts()).zip(before) {
            if old != new {
                entries.push(self.entry(what, old, new));
            }
        }
        self.is_changed = already < entries.len();
        if self.is_changed { Outcome::Updated } else { Outcome::Unchanged }
    }

    /// As the log tells them, in the order of `FIELDS`.
    fn texts(&self) -> [Option<String>; 5] {
        [
            Some(self.account.0.to_string()),
            Some(self.name.clone()),
            self.title.clone(),
            self.email.clone(),
            self.phone.clone(),
        ]
    }

    fn entry(&self, what: &'static str, before: Option<String>, after: Option<String>) -> Entry {
        Entry {
            subject: Subject::Contact,
            subject_id: Some(self.id),
            what,
            before,
            after,
            why: None,
            touched: Vec::new(),
        }
    }
}
