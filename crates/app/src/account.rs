//! The customer master in people's hands: one fact at a time, the account's team, and the people there.

mod creation;

pub use creation::{alike, create, create_anyway, having_id};

use crate::{
    act::{ActError, By, Meanwhile, Permit, act, version_of_texts},
    exchange::{Happened, Telling, Told as Record, tell_in},
    import::records::{AccountRecord, ContactRecord, TeamMemberRecord},
};
use luotsi_core::{
    account::AccountId,
    history::{Entry, Subject},
    people::{PersonId, Role, policy::Action},
    units::Day,
};
use luotsi_store::{
    Query, Store, Work,
    account::{
        entry::{AccountFacts, ContactFacts, contact_of, facts_on, take_contact_out},
        page::name,
        team,
    },
    people::page::person_name,
    recording::{Named, names_of},
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

    /// The fields of a record that tell it.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["name"],
            Self::BusinessId => &["business_id"],
            Self::Address => &["street", "postal_code", "city", "country"],
            Self::Owner => &["owner"],
            Self::Industry => &["industry"],
            Self::SizeClass => &["size_class"],
            Self::Parent => &["parent"],
            Self::Active => &["active"],
        }
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
    version_of_texts(texts(facts).into_iter().filter(|(of, ..)| *of == kind).map(|(.., text)| text))
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
        let (source, id) = names_of(work, Named::Account, account.0)?.ok_or(ActError::NotThere)?;
        let kind = fact.kind();
        let is_stale = version(&before, kind) != drawn_from;
        let meanwhile = if is_stale { meanwhile(work, &before, kind)? } else { Vec::new() };
        let telling = Telling {
            source,
            told: Some(kind.fields().iter().copied().collect()),
            ..Telling::here(Record::Account(told(before, &fact, id, permit.today)))
        };
        let reply = tell_in(work, permit, &telling)?;
        // Who tells what it has become meanwhile changes nothing and need not hear of it.
        match is_stale && reply.happened != Happened::Unchanged {
            true => Err(ActError::Stale(meanwhile)),
            false => Ok(()),
        }
    })
}

/// What is known of an account, as a record.
fn recorded_account(facts: AccountFacts, external_id: String, known_on: Option<Day>) -> AccountRecord {
    AccountRecord {
        external_id,
        name: facts.name,
        business_id: facts.business_id,
        parent: facts.parent.map(|parent| parent.0.to_string()),
        industry: facts.industry,
        size_class: facts.size_class,
        owner: facts.owner.map(|owner| owner.0.to_string()),
        street: facts.street,
        postal_code: facts.postal_code,
        city: facts.city,
        country: facts.country,
        is_active: facts.is_active,
        known_on,
    }
}

/// The account with this fact told.
fn told(before: AccountFacts, fact: &Fact, external_id: String, today: Day) -> AccountRecord {
    let record = recorded_account(before, external_id, Some(today));
    match fact.clone() {
        Fact::Name(name) => AccountRecord { name, ..record },
        Fact::BusinessId(business_id) => AccountRecord { business_id, ..record },
        Fact::Address { street, postal_code, city, country } => {
            AccountRecord { street, postal_code, city, country, ..record }
        }
        Fact::Owner(owner) => AccountRecord { owner: owner.map(|owner| owner.0.to_string()), ..record },
        Fact::Industry(industry) => AccountRecord { industry, ..record },
        Fact::SizeClass(size_class) => AccountRecord { size_class, ..record },
        Fact::Parent(parent) => AccountRecord { parent: parent.map(|parent| parent.0.to_string()), ..record },
        Fact::Active(is_active) => AccountRecord { is_active, ..record },
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
            (FactKind::Parent, _, Some(parent)) => name(query, parent)?.unwrap_or(text),
            (_, _, _) => text,
        };
        now.push(Meanwhile { field, now: text });
    }
    Ok(now)
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
        let part = part(account, person, role, permit.today);
        tell_in(work, permit, &Telling::here(Record::TeamMember(part))).map(drop)
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
        remove_member_in(work, permit, account, person, role)
    })
}

pub(crate) fn remove_member_in(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    person: PersonId,
    role: Role,
) -> Result<(), ActError> {
    let from = team::member_since(work, account, person, role, permit.today)?.ok_or(ActError::NotThere)?;
    let until = permit.today.plus_days(-1);
    let part = part(account, person, role, permit.today);
    let ended = TeamMemberRecord { from: Some(from.min(until)), until: Some(until), ..part };
    tell_in(work, permit, &Telling::here(Record::TeamMember(ended))).map(drop)
}

/// A part in an account's team from today on.
pub(crate) fn part(account: AccountId, person: PersonId, role: Role, today: Day) -> TeamMemberRecord {
    TeamMemberRecord {
        account: account.0.to_string(),
        person: person.0.to_string(),
        role,
        from: Some(today),
        until: None,
        known_on: Some(today),
    }
}

/// Somebody to talk to at the account.
pub fn add_contact(store: &Store, by: &By, account: AccountId, told: ContactFacts) -> Result<Uuid, ActError> {
    act(store, by, Action::EditContacts, account, move |work, permit| {
        let telling = Telling::here(Record::Contact(recorded(account, &told, "")));
        tell_in(work, permit, &telling)?.id().ok_or(ActError::NotThere)
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
    act(store, by, Action::EditContacts, account, move |work, permit| {
        let before = contact_of(work, contact, account)?.ok_or(ActError::NotThere)?;
        let (source, id) = names_of(work, Named::Contact, contact)?.ok_or(ActError::NotThere)?;
        let telling = Telling { source, ..Telling::here(Record::Contact(recorded(account, &told, &id))) };
        let reply = tell_in(work, permit, &telling)?;
        if contact_version(&before) != drawn_from && reply.happened != Happened::Unchanged {
            let now = contact_texts(&before).map(|(field, now)| Meanwhile { field, now });
            return Err(ActError::Stale(now.into_iter().collect()));
        }
        Ok(())
    })
}

/// They do not work there any more.
pub fn remove_contact(store: &Store, by: &By, account: AccountId, contact: Uuid) -> Result<(), ActError> {
    act(store, by, Action::EditContacts, account, move |work, permit| {
        remove_contact_in(work, permit, account, contact)
    })
}

pub(crate) fn remove_contact_in(
    work: &mut Work<'_>,
    permit: &Permit,
    account: AccountId,
    contact: Uuid,
) -> Result<(), ActError> {
    contact_of(work, contact, account)?.ok_or(ActError::NotThere)?;
    take_contact_out(work, account, contact, permit.viewer.person, permit.today)?;
    Ok(work.record(Entry {
        subject: Subject::Contact,
        subject_id: Some(contact),
        what: "removed",
        before: None,
        after: None,
        why: None,
        touched: Vec::new(),
    })?)
}

pub fn contact_version(facts: &ContactFacts) -> String {
    version_of_texts(contact_texts(facts).map(|(_, text)| text))
}

fn contact_texts(facts: &ContactFacts) -> [(&'static str, String); 4] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        ("name", facts.name.clone()),
        ("title", text(&facts.title)),
        ("email", text(&facts.email)),
        ("phone", text(&facts.phone)),
    ]
}

fn recorded(account: AccountId, told: &ContactFacts, external_id: &str) -> ContactRecord {
    let ContactFacts { name, title, email, phone } = told.clone();
    let (account, external_id) = (account.0.to_string(), external_id.to_owned());
    ContactRecord { external_id, account, name, title, email, phone }
}
