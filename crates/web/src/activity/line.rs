//! The one line in which an activity is written down.

use crate::{
    change::{Field, Form, Reading},
    error::WebError,
    parts::Phone,
    texts::Texts,
    web::Visit,
};
use luotsi_app::{activity::Told, rules::MINUTES_MAX, text::NOTE_MAX};
use luotsi_core::{
    account::AccountId,
    activity::{ActivityKind, Direction},
    steering::Action,
    units::Day,
};
use luotsi_store::{
    Reader,
    account::{
        list::ListRow,
        page::{self as accounts, Contact},
    },
};
use uuid::Uuid;

pub const FIELDS: &[&str] = &[
    "account",
    "account_name",
    "kind",
    "contact",
    "day",
    "minutes",
    "inbound",
    "unanswered",
    "note",
    "plan",
    "back",
];

/// Contacts one chooses from; whoever has more finds them by going to the account.
const CONTACTS_MAX: i64 = 100;
/// Numbers that are offered; the others stand on the account's page.
const PHONES_MAX: usize = 3;

/// Ready to be drawn by `parts/log_line.html`.
pub struct LogLine {
    pub form: Form,
    /// What it stands for is the first thing to do on its page.
    pub is_lead: bool,
    /// Where the account is known: its id and name.
    pub account: Option<(Uuid, String)>,
    /// Where it is not: what is typed of its name, and the choice when that fits several.
    pub account_name: Option<Field>,
    pub offered: Option<Field>,
    pub kind: Field,
    pub contact: Option<Field>,
    /// Of a call: names and numbers of those one may call.
    pub phones: Vec<(String, Phone)>,
    pub day: Field,
    pub minutes: Field,
    pub inbound: Field,
    pub unanswered: Field,
    pub note: Field,
    /// The plan that this was.
    pub plan: Option<Uuid>,
    pub back: Option<String>,
}

/// What stands in the line before anything is typed.
#[derive(Clone, Debug, Default)]
pub struct Usual {
    pub kind: Option<ActivityKind>,
    pub day: Option<Day>,
    pub minutes: Option<i64>,
    pub contact: Option<Uuid>,
    pub is_inbound: bool,
    pub is_unanswered: bool,
    pub note: Option<String>,
    pub plan: Option<Uuid>,
}

impl LogLine {
    pub fn with_account(
        reader: &Reader<'_>,
        visit: &Visit<'_>,
        form: Form,
        account: AccountId,
        name: &str,
        usual: Usual,
    ) -> Result<Self, WebError> {
        let contacts = accounts::contacts(reader, account, CONTACTS_MAX)?;
        Ok(Self::with_contacts(visit, form, account, name, contacts, usual))
    }

    /// `contacts`: those one chooses from, and calls.
    pub fn with_contacts(
        visit: &Visit<'_>,
        form: Form,
        account: AccountId,
        name: &str,
        contacts: Vec<Contact>,
        usual: Usual,
    ) -> Self {
        let t = visit.t;
        let phones = match usual.kind {
            Some(ActivityKind::Call) => contacts.iter().filter_map(phone).take(PHONES_MAX).collect(),
            Some(_) | None => Vec::new(),
        };
        let contact = with_whom(&form, t, contacts, usual.contact);
        let line = Self::new(visit, form, usual);
        Self { account: Some((account.0, name.to_owned())), contact: Some(contact), phones, ..line }
    }

    /// On a page that has more to begin with.
    pub fn without_focus(self) -> Self {
        let account_name = self.account_name.map(|field| Field { is_focused: false, ..field });
        Self { account_name, ..self }
    }

    /// `hits`: the accounts that fit what was typed.
    pub fn with_any(visit: &Visit<'_>, form: Form, typed: Field, hits: Vec<ListRow>, usual: Usual) -> Self {
        let t = visit.t;
        let choose = (String::new(), t.choose().to_owned());
        let offered = (1 < hits.len()).then(|| {
            let choices = hits.into_iter().map(|row| (row.id.0.to_string(), row.name));
            form.choice("account", t.which_account(), "", [choose].into_iter().chain(choices)).focused()
        });
        let typed = match form.is_open() {
            true => typed,
            false => typed.focused(),
        };
        let line = Self::new(visit, form, usual);
        Self { account_name: Some(typed.hint(t.which_account_hint())), offered, ..line }
    }

    fn new(visit: &Visit<'_>, form: Form, usual: Usual) -> Self {
        let t = visit.t;
        let day = usual.day.unwrap_or(visit.today);
        let kept = usual.kind.unwrap_or(ActivityKind::Call).name();
        let minutes = usual.minutes.map_or_else(String::new, |minutes| minutes.to_string());
        Self {
            is_lead: true,
            kind: form.choice("kind", t.kind(), kept, kinds(t)),
            contact: None,
            day: form.day("day", t.day_done(), day.to_string()).hint(t.day_done_hint()),
            minutes: form.number("minutes", t.minutes_spent(), minutes).hint(t.minutes_usual()),
            inbound: form.tick("inbound", t.by_customer(), usual.is_inbound),
            unanswered: form.tick("unanswered", t.did_not_answer(), usual.is_unanswered),
            note: form.lines("note", t.note(), usual.note.unwrap_or_default(), 2).hint(t.note_hint()),
            plan: usual.plan,
            back: None,
            phones: Vec::new(),
            account: None,
            account_name: None,
            offered: None,
            form,
        }
    }
}

/// The field alone, for a line in which the account has just been chosen.
pub fn with_whom_there(
    reader: &Reader<'_>,
    form: &Form,
    t: Texts,
    account: AccountId,
) -> Result<Field, WebError> {
    Ok(with_whom(form, t, accounts::contacts(reader, account, CONTACTS_MAX)?, None))
}

fn with_whom(form: &Form, t: Texts, contacts: Vec<Contact>, usual: Option<Uuid>) -> Field {
    let nobody = (String::new(), t.nobody_named().to_owned());
    let choices = contacts.into_iter().map(|contact| (contact.id.to_string(), named(contact)));
    let kept = usual.map_or_else(String::new, |contact| contact.to_string());
    form.choice("contact", t.kind_with(), kept, [nobody].into_iter().chain(choices))
}

fn named(contact: Contact) -> String {
    let title = contact.title.map_or_else(String::new, |title| format!(", {title}"));
    format!("{}{title}", contact.name)
}

fn phone(contact: &Contact) -> Option<(String, Phone)> {
    Some((contact.name.clone(), Phone::of(contact.phone.clone()?))).filter(|(_, phone)| phone.href.is_some())
}

fn kinds(t: Texts) -> impl Iterator<Item = (String, String)> {
    ActivityKind::ALL.into_iter().map(move |kind| (kind.name().to_owned(), t.activity_kind(kind).to_owned()))
}

/// What was told in the line.
pub fn told(reading: &mut Reading<'_>, today: Day) -> Told {
    reading.needed("kind");
    let kind = reading.choice("kind", ActivityKind::parse).unwrap_or(ActivityKind::Call);
    let day = reading.day("day").unwrap_or(today);
    let minutes = reading.whole("minutes", 0, MINUTES_MAX.into());
    let contact = reading.choice("contact", |id| Uuid::parse_str(id).ok());
    let note = reading.lines("note", NOTE_MAX);
    Told {
        kind,
        day,
        minutes: minutes.map_or_else(|| Action::Activity(kind).minutes(), |minutes| minutes as u32),
        direction: direction(kind, reading.is_ticked("inbound")),
        contact,
        is_unanswered: reading.is_ticked("unanswered"),
        note,
    }
}

/// Who got in touch is asked of what one side begins.
fn direction(kind: ActivityKind, is_inbound: bool) -> Option<Direction> {
    match (kind, is_inbound) {
        (_, true) => Some(Direction::In),
        (ActivityKind::Call | ActivityKind::Email | ActivityKind::Letter, false) => Some(Direction::Out),
        (
            ActivityKind::Visit
            | ActivityKind::Meeting
            | ActivityKind::RemoteMeeting
            | ActivityKind::ManagementMeeting
            | ActivityKind::PlanReview
            | ActivityKind::ValueSurvey
            | ActivityKind::CrossSellingReview
            | ActivityKind::PotentialEstimate
            | ActivityKind::AccountPlan,
            false,
        ) => None,
    }
}
