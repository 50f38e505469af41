//! The customer master in people's hands: one fact at a time, the account's team, and the people there.

use crate::{
    act::{ActError, By, FieldError, Meanwhile, Permit, Problem, act},
    people::hash,
    text::{self, NAME_MAX},
};
use luotsi_core::{
    account::{AccountId, finnish_business_id},
    history::{Entry, Subject, Touched},
    people::{PersonId, Role, policy::Action},
    units::Day,
};
use luotsi_store::{
    Query, Store, Work,
    account::{
        entry::{
            AccountFacts, ContactFacts, above, contact_of, facts_on, insert_contact, save_contact,
            save_facts, take_contact_out,
        },
        page::master,
        team,
    },
    people::{page::person_name, policy},
};
use uuid::Uuid;

/// A fact that is told by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    Name(String),
    BusinessId(Option<String>),
    Address {
        street: Option<String>,
        postal_code: Option<String>,
        city: Option<String>,
        country: Option<String>,
    },
    Owner(Option<PersonId>),
    Industry(Option<String>),
    SizeClass(Option<String>),
    Parent(Option<AccountId>),
    Active(bool),
}

/// The facts by name, as forms and the log know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    Name,
    BusinessId,
    Address,
    Owner,
    Industry,
    SizeClass,
    Parent,
    Active,
}

impl FactKind {
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::BusinessId,
        Self::Owner,
        Self::Industry,
        Self::SizeClass,
        Self::Address,
        Self::Parent,
        Self::Active,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::BusinessId => "business_id",
            Self::Address => "address",
            Self::Owner => "owner",
            Self::Industry => "industry",
            Self::SizeClass => "size_class",
            Self::Parent => "parent",
            Self::Active => "active",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// What the policy calls telling it.
    pub fn action(self) -> Action {
        match self {
            Self::Owner => Action::ChangeOwner,
            Self::Name
            | Self::BusinessId
            | Self::Address
            | Self::Industry
            | Self::SizeClass
            | Self::Parent
            | Self::Active => Action::EditAccount,
        }
    }
}

impl Fact {
    pub fn kind(&self) -> FactKind {
        match self {
            Self::Name(_) => FactKind::Name,
            Self::BusinessId(_) => FactKind::BusinessId,
            Self::Address { .. } => FactKind::Address,
            Self::Owner(_) => FactKind::Owner,
            Self::Industry(_) => FactKind::Industry,
            Self::SizeClass(_) => FactKind::SizeClass,
            Self::Parent(_) => FactKind::Parent,
            Self::Active(_) => FactKind::Active,
        }
    }
}

/// What a fact was when it was read: another text when it has changed since.
pub fn version(facts: &AccountFacts, kind: FactKind) -> String {
    let texts: Vec<String> =
        texts(facts).into_iter().filter(|(of, ..)| *of == kind).map(|(.., text)| text).collect();
    hash(&texts.join("\u{1f}"))[..16].to_owned()
}

/// Tells one fact of an account. `drawn_from`: its version when it was read.
pub fn tell(
    store: &Store,
    by: &By,
    account: AccountId,
    drawn_from: String,
    fact: Fact,
) -> Result<(), ActError> {
    act(store, by, fact.kind().action(), account, move |work, permit| {
        let before = facts_on(work, account, permit.today)?.ok_or(ActError::NotThere)?;
        let after = told(work, permit, account, &before, &fact)?;
        if before == after {
            return Ok(());
        }
        if version(&before, fact.kind()) != drawn_from {
            return Err(ActError::Stale(meanwhile(work, &before, fact.kind())?));
        }
        save_facts(work, account, &after, permit.today)?;
        record_facts(work, permit, account, &before, &after)
    })
}

/// The facts with this one told.
fn told(
    work: &Work<'_>,
    permit: &Permit,
    account: AccountId,
    before: &AccountFacts,
    fact: &Fact,
) -> Result<AccountFacts, ActError> {
    let before = before.clone();
    Ok(match fact {
        Fact::Name(name) => AccountFacts { name: needed("name", name)?, ..before },
        Fact::BusinessId(id) => {
            let id = line("business_id", id.as_deref())?;
            let is_finnish =
                before.country.as_deref().is_none_or(|country| ["FI", "Suomi", "Finland"].contains(&country));
            let id = match (id, is_finnish) {
                (Some(id), true) => Some(
                    finnish_business_id(&id)
                        .ok_or_else(|| ActError::invalid("business_id", Problem::NotABusinessId))?,
                ),
                (id, _) => id,
            };
            AccountFacts { business_id: id, ..before }
        }
        Fact::Address { street, postal_code, city, country } => AccountFacts {
            street: line("street", street.as_deref())?,
            postal_code: line("postal_code", postal_code.as_deref())?,
            city: line("city", city.as_deref())?,
            country: line("country", country.as_deref())?,
            ..before
        },
        Fact::Owner(owner) => {
            if let Some(owner) = owner {
                works_here(work, permit, "owner", *owner)?;
            }
            AccountFacts { owner: *owner, ..before }
        }
        Fact::Industry(industry) => {
            AccountFacts { industry: line("industry", industry.as_deref())?, ..before }
        }
        Fact::SizeClass(class) => {
            AccountFacts { size_class: line("size_class", class.as_deref())?, ..before }
        }
        Fact::Parent(parent) => {
            if let Some(parent) = parent {
                check_parent(work, permit, account, *parent)?;
            }
            AccountFacts { parent: *parent, ..before }
        }
        Fact::Active(is_active) => AccountFacts { is_active: *is_active, ..before },
    })
}

fn check_parent(
    work: &Work<'_>,
    permit: &Permit,
    account: AccountId,
    parent: AccountId,
) -> Result<(), ActError> {
    if facts_on(work, parent, permit.today)?.is_none() {
        return Err(ActError::invalid("parent", Problem::Unknown));
    }
    match parent == account || above(work, parent, permit.today)?.contains(&account) {
        true => Err(ActError::invalid("parent", Problem::Circle)),
        false => Ok(()),
    }
}

fn works_here(
    work: &Work<'_>,
    permit: &Permit,
    field: &'static str,
    person: PersonId,
) -> Result<(), ActError> {
    match policy::viewer(work, person, permit.today)? {
        Some(_) => Ok(()),
        None => Err(ActError::invalid(field, Problem::NotActive)),
    }
}

/// The fact's own texts, for its version and the log: kind, name in the log, text.
fn texts(facts: &AccountFacts) -> [(FactKind, &'static str, String); 11] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [
        (FactKind::Name, "name", facts.name.clone()),
        (FactKind::BusinessId, "business_id", text(&facts.business_id)),
        (FactKind::Address, "street", text(&facts.street)),
        (FactKind::Address, "postal_code", text(&facts.postal_code)),
        (FactKind::Address, "city", text(&facts.city)),
        (FactKind::Address, "country", text(&facts.country)),
        (FactKind::Owner, "owner", facts.owner.map_or_else(String::new, |owner| owner.0.to_string())),
        (FactKind::Industry, "industry", text(&facts.industry)),
        (FactKind::SizeClass, "size_class", text(&facts.size_class)),
        (FactKind::Parent, "parent", facts.parent.map_or_else(String::new, |parent| parent.0.to_string())),
        (FactKind::Active, "active", if facts.is_active { "yes" } else { "no" }.to_owned()),
    ]
}

/// What the fact is now, in words of a form.
fn meanwhile(query: &impl Query, facts: &AccountFacts, kind: FactKind) -> Result<Vec<Meanwhile>, ActError> {
    let mut now = Vec::new();
    for (_, field, text) in texts(facts).into_iter().filter(|(of, ..)| *of == kind) {
        let text = match (kind, facts.owner, facts.parent) {
            (FactKind::Owner, Some(owner), _) => person_name(query, owner)?.unwrap_or(text),
            (FactKind::Parent, _, Some(parent)) => master(query, parent)?.map_or(text, |parent| parent.name),
            (_, _, _) => text,
        };
        now.push(Meanwhile { field, now: text });
    }
    Ok(now)
}

fn record_facts(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    before: &AccountFacts,
    after: &AccountFacts,
) -> Result<(), ActError> {
    let entries: Vec<Entry> = texts(before)
        .into_iter()
        .zip(texts(after))
        .filter(|((.., before), (.., after))| before != after)
        .map(|((_, what, before), (.., after))| Entry {
            subject: Subject::Account,
            subject_id: Some(account.0),
            what,
            before: Some(before).filter(|text| !text.is_empty()),
            after: Some(after).filter(|text| !text.is_empty()),
            why: None,
            touched: vec![Touched { account, known_from: permit.today }],
        })
        .collect();
    Ok(work.record_all(&entries)?)
}

/// Somebody takes a part in the account's team from today on.
pub fn add_member(
    store: &Store,
    by: &By,
    account: AccountId,
    person: PersonId,
    role: Role,
) -> Result<(), ActError> {
    act(store, by, Action::EditTeam, account, move |work, permit| {
        works_here(work, permit, "person", person)?;
        keep_member(work, permit, account, person, role, (permit.today, Day::MAX), "added")
    })
}

/// Yesterday was the last day of the part.
pub fn remove_member(
    store: &Store,
    by: &By,
    account: AccountId,
    person: PersonId,
    role: Role,
) -> Result<(), ActError> {
    act(store, by, Action::EditTeam, account, move |work, permit| {
        let from =
            team::member_since(work, account, person, role, permit.today)?.ok_or(ActError::NotThere)?;
        let until = permit.today.plus_days(-1);
        keep_member(work, permit, account, person, role, (from.min(until), until), "removed")
    })
}

fn keep_member(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    person: PersonId,
    role: Role,
    (from, until): (Day, Day),
    what: &'static str,
) -> Result<(), ActError> {
    let fact = team::TeamFact { account, person, role, from, until };
    let plan = team::told(work, vec![fact], permit.today)?;
    if plan.changes_nothing() {
        return Ok(());
    }
    team::keep(work, &plan)?;
    Ok(work.record(Entry {
        subject: Subject::AccountTeam,
        subject_id: Some(account.0),
        what,
        before: None,
        after: Some(format!("{} {}", role.name(), person.0)),
        why: None,
        touched: vec![Touched { account, known_from: permit.today }],
    })?)
}

/// Somebody to talk to at the account.
pub fn add_contact(store: &Store, by: &By, account: AccountId, told: ContactFacts) -> Result<Uuid, ActError> {
    act(store, by, Action::EditContacts, account, move |work, _| {
        let facts = checked(&told)?;
        let id = insert_contact(work, account, &facts)?;
        record_contact(work, id, &[("created", None, Some(facts.name))])?;
        Ok(id)
    })
}

/// `drawn_from`: `contact_version` of what was read.
pub fn change_contact(
    store: &Store,
    by: &By,
    account: AccountId,
    contact: Uuid,
    drawn_from: String,
    told: ContactFacts,
) -> Result<(), ActError> {
    act(store, by, Action::EditContacts, account, move |work, _| {
        let before = contact_of(work, contact, account)?.ok_or(ActError::NotThere)?;
        let after = checked(&told)?;
        if before == after {
            return Ok(());
        }
        if contact_version(&before) != drawn_from {
            let now = contact_texts(&before)
                .map(|(field, text)| Meanwhile { field, now: text.unwrap_or_default() });
            return Err(ActError::Stale(now.into_iter().collect()));
        }
        save_contact(work, account, contact, &after)?;
        let changed: Vec<_> = contact_texts(&before)
            .into_iter()
            .zip(contact_texts(&after))
            .filter(|((_, before), (_, after))| before != after)
            .map(|((what, before), (_, after))| (what, before, after))
            .collect();
        record_contact(work, contact, &changed)
    })
}

/// They do not work there any more.
pub fn remove_contact(store: &Store, by: &By, account: AccountId, contact: Uuid) -> Result<(), ActError> {
    act(store, by, Action::EditContacts, account, move |work, permit| {
        contact_of(work, contact, account)?.ok_or(ActError::NotThere)?;
        take_contact_out(work, account, contact, permit.viewer.person, permit.today)?;
        record_contact(work, contact, &[("removed", None, None)])
    })
}

pub fn contact_version(facts: &ContactFacts) -> String {
    let texts = contact_texts(facts).map(|(_, text)| text.unwrap_or_default());
    hash(&texts.join("\u{1f}"))[..16].to_owned()
}

fn contact_texts(facts: &ContactFacts) -> [(&'static str, Option<String>); 4] {
    [
        ("name", Some(facts.name.clone())),
        ("title", facts.title.clone()),
        ("email", facts.email.clone()),
        ("phone", facts.phone.clone()),
    ]
}

fn record_contact(
    work: &mut Work<'_>,
    contact: Uuid,
    changed: &[(&'static str, Option<String>, Option<String>)],
) -> Result<(), ActError> {
    let entries: Vec<Entry> = changed
        .iter()
        .map(|(what, before, after)| Entry {
            subject: Subject::Contact,
            subject_id: Some(contact),
            what,
            before: before.clone(),
            after: after.clone(),
            why: None,
            touched: Vec::new(),
        })
        .collect();
    Ok(work.record_all(&entries)?)
}

/// Everything wrong with a contact at once.
fn checked(told: &ContactFacts) -> Result<ContactFacts, ActError> {
    let mut wrong: Vec<FieldError> = Vec::new();
    let mut take = |outcome: Result<Option<String>, ActError>| match outcome {
        Ok(text) => text,
        Err(ActError::Invalid(fields)) => {
            wrong.extend(fields);
            None
        }
        Err(_) => None,
    };
    let name = take(needed("name", &told.name).map(Some)).unwrap_or_default();
    let title = take(line("title", told.title.as_deref()));
    let email = take(line("email", told.email.as_deref()).and_then(email_address));
    let phone = take(line("phone", told.phone.as_deref()));
    match wrong.is_empty() {
        true => Ok(ContactFacts { name, title, email, phone }),
        false => Err(ActError::Invalid(wrong)),
    }
}

/// Something, an `@`, and a name with a dot: whether it arrives only sending tells.
fn email_address(email: Option<String>) -> Result<Option<String>, ActError> {
    let is_address = |email: &String| {
        let parts = email.split_once('@');
        !email.contains(char::is_whitespace)
            && parts
                .is_some_and(|(who, place)| !who.is_empty() && place.contains('.') && !place.contains('@'))
    };
    match email.as_ref().is_none_or(is_address) {
        true => Ok(email),
        false => Err(ActError::invalid("email", Problem::NotAnEmail)),
    }
}

fn needed(field: &'static str, typed: &str) -> Result<String, ActError> {
    line(field, Some(typed))?.ok_or_else(|| ActError::invalid(field, Problem::Missing))
}

/// One line, or none when it is empty.
fn line(field: &'static str, typed: Option<&str>) -> Result<Option<String>, ActError> {
    let Some(typed) = typed else { return Ok(None) };
    let text = text::line(typed, NAME_MAX).map_err(|fault| ActError::invalid(field, fault.into()))?;
    Ok(Some(text.into_owned()).filter(|text| !text.is_empty()))
}
