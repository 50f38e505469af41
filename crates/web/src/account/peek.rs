//! An account at a glance, beside the list one is in: who it is, what it is worth, what is open, what happened last.

use crate::{
    Web,
    activity::note,
    ask::{Ask, Ids},
    error::WebError,
    markup::Markup,
    page::{Page, Section},
    parts::{Phone, SegmentChip},
    steering::{StakeView, stake, told},
    web::Visit,
};
use askama::Template;
use axum::{extract::State, response::Response};
use luotsi_app::steering::picture_of;
use luotsi_core::{account::AccountId, units::Day};
use luotsi_store::{
    Reader,
    account::page::{Contact, contacts},
    activity::page::{Event, timeline},
    steering::open_deviations,
};

const DEVIATIONS_MAX: usize = 4;
const EVENTS_MAX: i64 = 4;
const CONTACTS_MAX: i64 = 2;

#[derive(Template)]
#[template(path = "account/peek.html")]
struct Peek {
    page: Page,
    segment: SegmentChip,
    owner: String,
    values: Vec<(&'static str, String)>,
    deviations: Vec<(String, StakeView)>,
    events: Vec<EventLine>,
    contacts: Vec<ContactLine>,
    href: String,
}

struct ContactLine {
    name: String,
    title: Option<String>,
    phone: Option<Phone>,
}

struct EventLine {
    day: String,
    when: String,
    what: String,
    note: Option<Markup>,
}

pub async fn peek(State(web): State<Web>, Ids([id]): Ids<1>, ask: Ask) -> Response {
    web.page(ask, move |reader, visit| fill(reader, visit, AccountId(id))).await
}

fn fill(reader: &Reader<'_>, visit: &Visit<'_>, id: AccountId) -> Result<Peek, WebError> {
    let t = visit.t;
    let (facts, picture) = picture_of(reader, &visit.base, id, visit.on())?.ok_or(WebError::NotFound)?;
    let version = facts.account.on(visit.on()).or(facts.account.versions.first());
    let owner = version.and_then(|version| version.owner);
    let owner = owner.and_then(|owner| visit.base.company.people.get(owner));
    let values = &picture.values;
    let mut deviations = open_deviations(reader, &[id])?;
    deviations.sort_by_key(|row| std::cmp::Reverse(row.stake));

    Ok(Peek {
        page: visit.page(Section::Accounts, &facts.account.name, Vec::new()),
        segment: SegmentChip::new(picture.segment(), t),
        owner: owner.map_or(t.owner_none().to_owned(), |person| person.name.clone()),
        values: vec![
            (t.current_value(), t.money(values.current_value())),
            (
                t.potential_value(),
                values.worth.potential_value().map_or(t.potential_none().to_owned(), |value| t.money(value)),
            ),
            (
                t.share_of_wallet(),
                values
                    .share_of_wallet
                    .map_or(t.none().to_owned(), |wallet| t.percent(wallet.share.millionths())),
            ),
        ],
        deviations: deviations
            .iter()
            .take(DEVIATIONS_MAX)
            .map(|row| (told(visit, row).sentence, stake(t, row.side, row.stake)))
            .collect(),
        events: timeline(reader, id, None, (Day::MIN, Day::MAX), EVENTS_MAX)?
            .iter()
            .map(|event| line(visit, event))
            .collect(),
        contacts: contacts(reader, id, CONTACTS_MAX)?.into_iter().map(contact_line).collect(),
        href: format!("/accounts/{}", id.0),
    })
}

fn contact_line(contact: Contact) -> ContactLine {
    let Contact { name, title, phone, .. } = contact;
    ContactLine { name, title, phone: phone.map(Phone::of) }
}

fn line(visit: &Visit<'_>, event: &Event) -> EventLine {
    let who = Some(visit.person_name(event.person)).filter(|name| !name.is_empty());
    let what = [Some(visit.t.activity_kind(event.kind).to_owned()), who].into_iter().flatten();
    EventLine {
        day: event.day.to_string(),
        when: visit.t.day(event.day),
        what: what.collect::<Vec<_>>().join(" · "),
        note: event.note.as_deref().filter(|text| !text.is_empty()).map(note),
    }
}
