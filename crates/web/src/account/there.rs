//! Who is at the account and who of us: contacts and the account team, with forms to add, change and take them out.

use super::{facts::people, take};
use crate::{
    Web,
    ask::Ids,
    change::{Attempt, Field, Form, Reading, Sent},
    markup::Markup,
    parts::Phone,
    rights::Rights,
    web::Visit,
};
use axum::{extract::State, response::Response};
use luotsi_app::account::{
    add_contact, add_member, change_contact, contact_version, remove_contact, remove_member,
};
use luotsi_core::{
    account::AccountId,
    base::Facts,
    people::{PersonId, Role, policy::Action},
};
use luotsi_store::account::{entry::ContactFacts, page::Contact};
use uuid::Uuid;

/// Contacts that are shown; of more there is said how many.
pub const CONTACTS_MAX: i64 = 100;
/// A telephone shows so many above everything else.
const CALLS_MAX: usize = 2;
const CONTACT_FIELDS: &[&str] = &["name", "title", "email", "phone"];

/// Drawn by `account/there.html`.
pub struct There {
    pub contacts: Vec<ContactView>,
    pub beyond: Option<String>,
    pub new_contact: Option<ContactForm>,
    pub team: Vec<MemberView>,
    pub new_member: Option<MemberForm>,
}

pub struct ContactView {
    pub id: Uuid,
    pub name: String,
    pub title: Option<String>,
    pub phone: Option<Phone>,
    pub email: Option<String>,
    pub editor: Option<ContactForm>,
}

pub struct ContactForm {
    pub form: Form,
    pub version: String,
    pub fields: Vec<Field>,
    pub removal: Option<Form>,
}

pub struct MemberView {
    pub role: &'static str,
    pub name: String,
    pub removal: Option<Removal>,
}

pub struct Removal {
    pub form: Form,
    pub person: Uuid,
    pub role: &'static str,
}

pub struct MemberForm {
    pub form: Form,
    pub fields: Vec<Field>,
}

impl MemberForm {
    pub fn hidden(&self) -> Markup {
        self.form.request()
    }
}

impl There {
    /// Whom one can ring up at once: the first who have told their number.
    pub fn calls(&self) -> Vec<(&str, &str)> {
        self.contacts
            .iter()
            .filter_map(|contact| Some((contact.name.as_str(), contact.phone.as_ref()?.href.as_deref()?)))
            .take(CALLS_MAX)
            .collect()
    }
}

pub fn there(
    visit: &Visit<'_>,
    (id, facts): (AccountId, &Facts),
    (contacts, count): (Vec<Contact>, i64),
    rights: Rights,
    attempt: &Attempt,
) -> There {
    let t = visit.t;
    let may_edit = rights.may(Action::EditContacts);
    let may_edit_team = rights.may(Action::EditTeam);
    let team = facts.team.iter().filter(|member| member.on(visit.today)).filter_map(|member| {
        let person = visit.base.company.people.get(member.person)?;
        Some(MemberView {
            role: t.role(member.role),
            name: person.name.clone(),
            removal: may_edit_team.then(|| Removal {
                form: attempt.form("member-removal", &format!("/accounts/{}/team/removal", id.0), t),
                person: person.id.0,
                role: member.role.name(),
            }),
        })
    });
    There {
        contacts: contacts
            .into_iter()
            .map(|contact| contact_view(visit, id, contact, may_edit, attempt))
            .collect(),
        beyond: (CONTACTS_MAX < count).then(|| t.more_contacts(&t.number(count - CONTACTS_MAX))),
        new_contact: may_edit.then(|| {
            let form = attempt.form("contact-new", &format!("/accounts/{}/contacts", id.0), t);
            contact_form(visit, form, None)
        }),
        team: team.collect(),
        new_member: may_edit_team.then(|| member_form(visit, id, attempt)),
    }
}

fn contact_view(
    visit: &Visit<'_>,
    id: AccountId,
    contact: Contact,
    may_edit: bool,
    attempt: &Attempt,
) -> ContactView {
    let facts = ContactFacts {
        name: contact.name.clone(),
        title: contact.title.clone(),
        email: contact.email.clone(),
        phone: contact.phone.clone(),
    };
    let address = format!("/accounts/{}/contacts/{}", id.0, contact.id);
    let editor = may_edit.then(|| {
        let form = attempt.form(&format!("contact-{}", contact.id), &address, visit.t);
        let removal = attempt.form("contact-removal", &format!("{address}/removal"), visit.t);
        ContactForm { removal: Some(removal), ..contact_form(visit, form, Some(&facts)) }
    });
    ContactView {
        id: contact.id,
        name: contact.name,
        title: contact.title,
        phone: contact.phone.map(Phone::of),
        email: contact.email,
        editor,
    }
}

fn contact_form(visit: &Visit<'_>, form: Form, facts: Option<&ContactFacts>) -> ContactForm {
    let t = visit.t;
    let kept = |of: fn(&ContactFacts) -> Option<String>| facts.and_then(of).unwrap_or_default();
    ContactForm {
        version: facts.map_or_else(String::new, contact_version),
        fields: vec![
            form.line("name", t.name(), kept(|facts| Some(facts.name.clone()))),
            form.line("title", t.contact_title(), kept(|facts| facts.title.clone())),
            form.email("email", t.contact_email(), kept(|facts| facts.email.clone())).completed("off"),
            form.phone("phone", t.contact_phone(), kept(|facts| facts.phone.clone())).completed("off"),
        ],
        removal: None,
        form,
    }
}

fn member_form(visit: &Visit<'_>, id: AccountId, attempt: &Attempt) -> MemberForm {
    let t = visit.t;
    let form = attempt.form("member-new", &format!("/accounts/{}/team", id.0), t);
    let roles = Role::ALL.into_iter().map(|role| (role.name().to_owned(), t.role(role).to_owned()));
    let fields = vec![
        form.choice("person", t.person(), "", people(visit, t.choose())),
        form.choice("role", t.role_label(), Role::Kam.name(), roles),
    ];
    MemberForm { form, fields }
}

fn told(reading: &mut Reading<'_>) -> ContactFacts {
    reading.needed("name");
    ContactFacts {
        name: reading.line_of_record("name").unwrap_or_default(),
        title: reading.line_of_record("title"),
        email: reading.line_of_record("email"),
        phone: reading.line_of_record("phone"),
    }
}

pub async fn add_a_contact(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, CONTACT_FIELDS, |change, id| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        let told = told(&mut reading);
        reading.ask(change, |by| add_contact(change.store, by, id, told)).map(drop)
    })
    .await
}

pub async fn change_a_contact(State(web): State<Web>, Ids([id, contact]): Ids<2>, sent: Sent) -> Response {
    take(web, id, sent, CONTACT_FIELDS, move |change, id| {
        let drawn_from = change.typed.text("version").to_owned();
        let mut reading = Reading::new(change.typed, change.visit.t);
        let told = told(&mut reading);
        reading.ask(change, |by| change_contact(change.store, by, id, contact, drawn_from, told))
    })
    .await
}

pub async fn remove_a_contact(State(web): State<Web>, Ids([id, contact]): Ids<2>, sent: Sent) -> Response {
    take(web, id, sent, &[], move |change, id| Ok(remove_contact(change.store, &change.by(), id, contact)?))
        .await
}

pub async fn add_a_member(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, &["person", "role"], |change, id| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        let (person, role) = member(&mut reading);
        reading.ask(change, |by| add_member(change.store, by, id, person, role))
    })
    .await
}

pub async fn remove_a_member(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, &["person", "role"], |change, id| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        let (person, role) = member(&mut reading);
        reading.ask(change, |by| remove_member(change.store, by, id, person, role))
    })
    .await
}

fn member(reading: &mut Reading<'_>) -> (PersonId, Role) {
    reading.needed("person");
    reading.needed("role");
    let person = reading.choice("person", |id| Uuid::parse_str(id).ok().map(PersonId));
    let role = reading.choice("role", Role::parse);
    (person.unwrap_or(PersonId(Uuid::nil())), role.unwrap_or(Role::Seller))
}
