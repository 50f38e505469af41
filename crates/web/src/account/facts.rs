//! The facts of an account, each with its source and, for those who may, a small form of its own to tell it anew.

use super::{account_page, filters::active_people, page_of};
use crate::{
    Web,
    activity::meant,
    change::{Attempt, Change, Fault, Field, Form, Place, Reading, Sent},
    error::WebError,
    rights::Rights,
    web::Visit,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use jiff::Timestamp;
use luotsi_app::account::{Fact, FactKind, tell, version};
use luotsi_core::{account::AccountId, people::PersonId, units::Day};
use luotsi_store::{
    Reader,
    account::entry::{AccountFacts, SetBy, set_by},
};
use uuid::Uuid;

/// What is known of an account itself.
pub struct FactsView {
    /// Whence most of the facts are, in a line; where they are from here and there, each says it itself.
    pub source: Option<String>,
    pub facts: Vec<FactView>,
}

pub struct FactView {
    pub name: &'static str,
    pub value: Option<String>,
    /// Where the value leads.
    pub href: Option<String>,
    /// Whence it is, where that is not whence most are.
    pub source: Option<String>,
    pub editor: Option<Editor>,
}

pub struct Editor {
    pub form: Form,
    pub version: String,
    pub fields: Vec<Field>,
    /// The field completes to an account.
    pub completes: bool,
}

/// What the fact editors of a page are drawn from.
pub struct Drawn<'a> {
    pub visit: &'a Visit<'a>,
    pub id: AccountId,
    pub facts: &'a AccountFacts,
    pub parent_name: Option<&'a str>,
    pub rights: Rights,
    pub attempt: &'a Attempt,
}

pub fn facts_view(reader: &Reader<'_>, drawn: &Drawn<'_>) -> Result<FactsView, WebError> {
    let sources = Sources { entries: set_by(reader, drawn.id)? };
    let mut facts = FactKind::ALL.map(|kind| fact_view(drawn, &sources, kind));
    let usual = usual_of(facts.iter().map(|fact| fact.source.as_ref()));
    for fact in &mut facts {
        fact.source = fact.source.take().filter(|source| usual.as_ref() != Some(source));
    }
    Ok(FactsView { source: usual.map(|usual| drawn.visit.t.source(&usual)), facts: facts.into() })
}

/// Whence more than half of the facts are.
fn usual_of<'a>(sources: impl Iterator<Item = Option<&'a String>> + Clone) -> Option<String> {
    let times = |source| sources.clone().filter(|other| *other == source).count();
    let count = sources.clone().count();
    sources.clone().find(|source| count < 2 * times(*source)).flatten().cloned()
}

fn fact_view(drawn: &Drawn<'_>, sources: &Sources, kind: FactKind) -> FactView {
    let (t, facts) = (drawn.visit.t, drawn.facts);
    let (name, value) = match kind {
        FactKind::Name => (t.name(), Some(facts.name.clone())),
        FactKind::BusinessId => (t.business_id(), facts.business_id.clone()),
        FactKind::Address => (t.address(), address(facts)),
        FactKind::Owner => (t.owner(), facts.owner.map(|owner| drawn.visit.person_name(Some(owner)))),
        FactKind::Industry => (t.industry(), facts.industry.clone()),
        FactKind::SizeClass => (t.size_class(), facts.size_class.clone()),
        FactKind::Parent => (t.parent(), drawn.parent_name.map(str::to_owned)),
        FactKind::Active => (t.in_use(), Some(if facts.is_active { t.yes() } else { t.no() }.to_owned())),
    };
    FactView {
        name,
        value,
        href: match kind {
            FactKind::Parent => facts.parent.map(|parent| format!("/accounts/{}", parent.0)),
            FactKind::Name
            | FactKind::BusinessId
            | FactKind::Address
            | FactKind::Owner
            | FactKind::Industry
            | FactKind::SizeClass
            | FactKind::Active => None,
        },
        source: sources.of(drawn.visit, kind),
        editor: editor(drawn, kind),
    }
}

fn address(facts: &AccountFacts) -> Option<String> {
    let place: Vec<&str> =
        [&facts.postal_code, &facts.city].into_iter().flatten().map(String::as_str).collect();
    let lines = [facts.street.clone(), Some(place.join(" ")), facts.country.clone()];
    let address: Vec<String> = lines.into_iter().flatten().filter(|line| !line.is_empty()).collect();
    (!address.is_empty()).then(|| address.join(", "))
}

fn editor(drawn: &Drawn<'_>, kind: FactKind) -> Option<Editor> {
    if !drawn.rights.may(kind.action()) {
        return None;
    }
    let (t, facts) = (drawn.visit.t, drawn.facts);
    let peers = &drawn.visit.base.company.peers;
    let action = format!("/accounts/{}/facts/{}", drawn.id.0, kind.name());
    let attempt = drawn.attempt.clone().told_at("parent", "parent_name");
    let form = attempt.form(&format!("fact-{}", kind.name()), &action, t);
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let fields = match kind {
        FactKind::Name => vec![form.line("name", t.name(), &facts.name)],
        FactKind::BusinessId => vec![form.line("business_id", t.business_id(), text(&facts.business_id))],
        FactKind::Address => vec![
            form.line("street", t.street(), text(&facts.street)).completed("street-address"),
            form.line("postal_code", t.postal_code(), text(&facts.postal_code)).completed("postal-code"),
            form.line("city", t.city(), text(&facts.city)).completed("address-level2"),
            form.line("country", t.country(), text(&facts.country)).completed("country"),
        ],
        FactKind::Owner => {
            let kept = facts.owner.map_or_else(String::new, |owner| owner.0.to_string());
            vec![form.choice("owner", t.owner(), kept, people(drawn.visit, t.owner_none()))]
        }
        FactKind::Industry => {
            vec![form.suggested("industry", t.industry(), text(&facts.industry), &peers.industries())]
        }
        FactKind::SizeClass => {
            vec![form.suggested("size_class", t.size_class(), text(&facts.size_class), &peers.size_classes())]
        }
        FactKind::Parent => {
            let kept = drawn.parent_name.unwrap_or_default();
            vec![form.line("parent_name", t.parent(), kept).hint(t.parent_hint())]
        }
        FactKind::Active => {
            let kept = if facts.is_active { "yes" } else { "no" };
            let choices = [("yes", t.yes()), ("no", t.no())];
            let choices = choices.map(|(value, label)| (value.to_owned(), label.to_owned()));
            vec![form.choice("active", t.in_use(), kept, choices).hint(t.in_use_hint())]
        }
    };
    // A fact of one field has its name beside it already.
    let fields = match <[Field; 1]>::try_from(fields) {
        Ok([only]) => vec![only.unlabelled()],
        Err(several) => several,
    };
    Some(Editor { version: version(facts, kind), fields, completes: kind == FactKind::Parent, form })
}

/// Those who work here, by name, after the choice of nobody.
pub fn people(visit: &Visit<'_>, nobody: &str) -> Vec<(String, String)> {
    let active = active_people(visit).map(|person| (person.id.0.to_string(), person.name.clone()));
    [(String::new(), nobody.to_owned())].into_iter().chain(active).collect()
}

/// Who told which fact, and when.
struct Sources {
    entries: Vec<SetBy>,
}

impl Sources {
    fn of(&self, visit: &Visit<'_>, kind: FactKind) -> Option<String> {
        let newest = |names: &[&str]| {
            self.entries
                .iter()
                .filter(|entry| names.contains(&entry.what.as_str()))
                .max_by_key(|entry| entry.recorded_at)
        };
        let entry = newest(kind.fields()).or_else(|| newest(&["created"]))?;
        let day = Timestamp::from_microsecond(entry.recorded_at).ok()?.to_zoned(visit.zone.clone()).date();
        let day = visit.t.date(Day::from(day));
        Some(match entry.person {
            Some(person) => visit.t.told_by(&visit.person_name(Some(person)), &day),
            None if entry.actor == "import" => visit.t.imported_on(&day),
            None if entry.actor == "demo" => visit.t.sample_on(&day),
            None => day,
        })
    }
}

/// What the form of one fact sends.
fn form_fields(kind: FactKind) -> &'static [&'static str] {
    match kind {
        // Chosen from a list, else told by its name.
        FactKind::Parent => &["parent", "parent_name"],
        FactKind::Name
        | FactKind::BusinessId
        | FactKind::Address
        | FactKind::Owner
        | FactKind::Industry
        | FactKind::SizeClass
        | FactKind::Active => kind.fields(),
    }
}

/// Takes one fact.
pub async fn tell_fact(
    State(web): State<Web>,
    Path((id, fact)): Path<(String, String)>,
    sent: Sent,
) -> Response {
    let (Ok(id), Some(kind)) = (Uuid::parse_str(&id), FactKind::parse(&fact)) else {
        return web.nothing(sent.ask).await;
    };
    let id = AccountId(id);
    let page = page_of(&sent, id);
    let place = Place { page: page.clone(), fields: form_fields(kind) };
    web.change(
        sent,
        place,
        move |change| {
            let mut reading = Reading::new(change.typed, change.visit.t);
            let fact = read(change, &mut reading, kind)?;
            let drawn_from = change.typed.text("version").to_owned();
            reading.ask(change, |by| tell(change.store, by, id, drawn_from, fact))?;
            Ok(page)
        },
        move |reader, visit, attempt| account_page(reader, visit, id, attempt),
    )
    .await
}

fn read(change: &Change<'_>, reading: &mut Reading<'_>, kind: FactKind) -> Result<Fact, Fault> {
    Ok(match kind {
        FactKind::Name => {
            reading.needed("name");
            Fact::Name(reading.line_of_record("name").unwrap_or_default())
        }
        FactKind::BusinessId => Fact::BusinessId(reading.line_of_record("business_id")),
        FactKind::Address => Fact::Address {
            street: reading.line_of_record("street"),
            postal_code: reading.line_of_record("postal_code"),
            city: reading.line_of_record("city"),
            country: reading.line_of_record("country"),
        },
        FactKind::Owner => Fact::Owner(reading.choice("owner", |id| Uuid::parse_str(id).ok().map(PersonId))),
        FactKind::Industry => Fact::Industry(reading.line_of_record("industry")),
        FactKind::SizeClass => Fact::SizeClass(reading.line_of_record("size_class")),
        FactKind::Parent => Fact::Parent(parent(change, reading)?),
        FactKind::Active => {
            reading.needed("active");
            let yes_or_no = |text: &str| match text {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            };
            Fact::Active(reading.choice("active", yes_or_no).unwrap_or(true))
        }
    })
}

/// The account chosen, else the one meant by the words; nothing typed: none.
pub fn parent(change: &Change<'_>, reading: &mut Reading<'_>) -> Result<Option<AccountId>, Fault> {
    match (
        change.typed.opt("parent").and_then(|id| Uuid::parse_str(id).ok()),
        change.typed.opt("parent_name"),
    ) {
        (_, None) => Ok(None),
        (Some(chosen), Some(_)) => Ok(Some(AccountId(chosen))),
        (None, Some(_)) => meant(change, reading, "parent_name"),
    }
}
