//! Answering a proposal: the forms that stand on it, and what they change. Every form comes back to where it was sent
//! from; one that cannot be taken is shown again on the proposal's own page.

use super::one::draw;
use crate::{
    Web,
    activity::{LINE_FIELDS, LogLine, Usual, receipt_address, told, without_receipt},
    ask::Ids,
    change::{Attempt, Change, Fault, Field, Form, Place, Reading, Sent},
    error::WebError,
    page::Choice,
    rights::Relations,
    web::Visit,
};
use axum::{extract::State, response::Response};
use luotsi_app::{
    rules::MINUTES_MAX,
    steering::answer::{self, DismissReason, Planned},
    text::NOTE_MAX,
};
use luotsi_core::{
    account::AccountId,
    people::{
        PersonId, PersonNo,
        policy::{self, Relation, scope},
    },
    steering::{Action, ProposalState, SNOOZE_DAYS_MAX},
};
use luotsi_store::{
    Reader,
    account::page::{Contact, contacts_with},
    steering::{
        kept_answer,
        page::{OpenProposal, one_proposal},
    },
};
use std::collections::HashMap;
use uuid::Uuid;

/// A snooze is usually for a week.
const SNOOZE_DAYS: i64 = 7;
/// A reason fits on a line.
const REASON_MAX: usize = 200;

/// The forms of one proposal, ready to be drawn.
pub struct Answers {
    pub id: String,
    pub first: First,
    pub first_label: &'static str,
    pub schedule: Schedule,
    pub snooze: Snooze,
    /// `None`: there is nobody else who may do it.
    pub delegate: Option<Delegate>,
    pub dismiss: Dismiss,
    pub back: String,
}

/// The act by its name: it opens the line in which it is logged, settles the matter, or leads to where it is done.
pub enum First {
    Log(Box<LogLine>),
    Settle(Form),
    Go(Choice),
}

pub struct Schedule {
    pub form: Form,
    pub day: Field,
    pub minutes: Field,
    pub agenda: Field,
}

pub struct Snooze {
    pub form: Form,
    pub until: Field,
    pub reason: Field,
}

pub struct Delegate {
    pub form: Form,
    pub to: Field,
}

pub struct Dismiss {
    pub form: Form,
    pub reason: Field,
    pub note: Field,
}

impl Answers {
    pub fn log_line(&self) -> Option<&LogLine> {
        match &self.first {
            First::Log(line) => Some(line),
            First::Settle(_) | First::Go(_) => None,
        }
    }

    pub fn settle(&self) -> Option<&Form> {
        match &self.first {
            First::Settle(form) => Some(form),
            First::Log(_) | First::Go(_) => None,
        }
    }

    pub fn go(&self) -> Option<&Choice> {
        match &self.first {
            First::Go(way) => Some(way),
            First::Log(_) | First::Settle(_) => None,
        }
    }

    /// One of the answers that are folded away was just sent.
    pub fn is_more_open(&self) -> bool {
        let is_delegated = self.delegate.as_ref().is_some_and(|delegate| delegate.form.is_open());
        self.snooze.form.is_open() || self.dismiss.form.is_open() || is_delegated
    }
}

/// What the forms of some proposals need, read for all of them at once.
pub struct Answering<'a> {
    visit: &'a Visit<'a>,
    attempt: &'a Attempt,
    back: String,
    relations: Relations,
    /// Those we know there.
    contacts: HashMap<AccountId, Vec<Contact>>,
}

impl<'a> Answering<'a> {
    pub fn load(
        reader: &Reader<'_>,
        visit: &'a Visit<'a>,
        attempt: &'a Attempt,
        accounts: &[AccountId],
        back: String,
    ) -> Result<Self, WebError> {
        let mut accounts = accounts.to_vec();
        accounts.sort_unstable();
        accounts.dedup();
        let relations = Relations::load(reader, visit, &accounts)?;
        accounts.retain(|account| relations.rights(*account).may(policy::Action::AnswerProposal));
        let mut contacts: HashMap<AccountId, Vec<Contact>> = HashMap::new();
        contacts_with(reader, &accounts, |account, contact| {
            contacts.entry(account).or_default().push(contact);
        })?;
        Ok(Self { visit, attempt, back, relations, contacts })
    }

    /// For the page of one account, which has read all of it.
    pub fn of_account(
        visit: &'a Visit<'a>,
        attempt: &'a Attempt,
        relations: Relations,
        (id, contacts): (AccountId, &[Contact]),
        back: String,
    ) -> Self {
        let contacts = HashMap::from([(id, contacts.to_vec())]);
        Self { visit, attempt, back, relations, contacts }
    }

    /// `None`: it is somebody else's to answer.
    pub fn answers(&self, proposal: &OpenProposal, agenda: &str) -> Option<Answers> {
        if !self.relations.rights(proposal.account).may(policy::Action::AnswerProposal) {
            return None;
        }
        Some(Answers {
            id: format!("proposal-{}", proposal.id),
            first: self.first(proposal),
            first_label: self.visit.t.done_button(proposal.what),
            schedule: self.schedule(proposal, agenda),
            snooze: self.snooze(proposal),
            delegate: self.delegate(proposal),
            dismiss: self.dismiss(proposal),
            back: self.back.clone(),
        })
    }

    fn form(&self, proposal: &OpenProposal, what: &str) -> Form {
        let id = format!("{what}-{}", proposal.id);
        self.attempt.form(&id, &format!("/proposals/{}/{what}", proposal.id), self.visit.t)
    }

    fn first(&self, proposal: &OpenProposal) -> First {
        let label = self.visit.t.done_button(proposal.what);
        let go = |place: &str| {
            let href = format!("/accounts/{}#{place}", proposal.account.0);
            First::Go(Choice { label: label.to_owned(), href, is_here: false })
        };
        match proposal.what {
            Action::Activity(luotsi_core::activity::ActivityKind::PotentialEstimate) => go("estimate"),
            Action::Activity(kind) => {
                let usual = Usual { kind: Some(kind), ..Usual::default() };
                let contacts = self.contacts.get(&proposal.account).cloned().unwrap_or_default();
                let form = self.form(proposal, "completion");
                let name = &proposal.account_name;
                let line = LogLine::with_contacts(self.visit, form, proposal.account, name, contacts, usual);
                First::Log(Box::new(LogLine { back: Some(self.back.clone()), ..line }))
            }
            Action::SegmentReview => First::Settle(self.form(proposal, "completion")),
            Action::OverrideReview => go("override"),
            Action::AssignOwner => go("owner"),
        }
    }

    fn schedule(&self, proposal: &OpenProposal, agenda: &str) -> Schedule {
        let t = self.visit.t;
        let calendar = &self.visit.strategy().calendar;
        let day = match proposal.state {
            ProposalState::Planned { day, .. } => day,
            ProposalState::Open | ProposalState::Snoozed { .. } => {
                proposal.due_on.max(calendar.nth_working_day_after(self.visit.today, 1))
            }
        };
        let form = self.form(proposal, "acceptance");
        Schedule {
            day: form.day("day", t.schedule_day(), day.to_string()),
            minutes: form.number("minutes", t.schedule_minutes(), proposal.minutes.to_string()),
            agenda: form.lines("agenda", t.schedule_agenda(), agenda, 3),
            form,
        }
    }

    fn snooze(&self, proposal: &OpenProposal) -> Snooze {
        let t = self.visit.t;
        let until = self.visit.today.plus_days(SNOOZE_DAYS);
        let form = self.form(proposal, "snooze");
        Snooze {
            until: form.day("until", t.snooze_until(), until.to_string()).hint(t.snooze_hint()),
            reason: form.line("reason", t.snooze_reason(), ""),
            form,
        }
    }

    fn delegate(&self, proposal: &OpenProposal) -> Option<Delegate> {
        let people = self.who_may(proposal);
        if people.is_empty() {
            return None;
        }
        let form = self.form(proposal, "delegation");
        Some(Delegate { to: form.choice("to", self.visit.t.delegate_to(), "", people), form })
    }

    /// Everybody else whose right to edit the account reaches so far: to whom `answer::delegate` hands it.
    fn who_may(&self, proposal: &OpenProposal) -> Vec<(String, String)> {
        let visit = self.visit;
        let (people, on) = (&visit.base.company.people, visit.today);
        let owner = self.relations.owner(proposal.account);
        let owner = owner.and_then(|owner| visit.base.context.person_numbers.get(&owner)).copied();
        let by_owner = |number: PersonNo| match people.is_near_what_is_of(owner, number, on) {
            true => Relation::Team,
            false => Relation::None,
        };
        let relation = |person: PersonId, number: PersonNo| {
            self.relations.of(proposal.account, person).unwrap_or_else(|| by_owner(number))
        };
        let may = |person: PersonId, number: PersonNo| {
            let role = people.on(number, on).map(|version| version.role);
            role.is_some_and(|role| {
                scope(role, policy::Action::EditAccount).reaches(relation(person, number))
            })
        };
        let holder = proposal.holder();
        (people.people.iter().zip(0..))
            .map(|(person, number)| (person, PersonNo(number)))
            .filter(|(person, number)| {
                person.id != holder && people.is_active(*number, on) && may(person.id, *number)
            })
            .map(|(person, _)| (person.id.0.to_string(), person.name.clone()))
            .collect()
    }

    fn dismiss(&self, proposal: &OpenProposal) -> Dismiss {
        let t = self.visit.t;
        let form = self.form(proposal, "dismissal");
        let reasons = DismissReason::ALL
            .into_iter()
            .map(|reason| (reason.name().to_owned(), t.dismiss_reason_name(reason).to_owned()));
        Dismiss {
            reason: form.choice("reason", t.dismiss_reason(), DismissReason::NotRelevant.name(), reasons),
            note: form.line("note", t.dismiss_note(), "").hint(t.dismiss_hint()),
            form,
        }
    }
}

pub async fn complete(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, LINE_FIELDS, move |change| {
        let proposal = change.store.read(|reader| one_proposal(reader, id))?;
        let mut reading = Reading::new(change.typed, change.visit.t);
        let told = match proposal.map(|proposal| proposal.what) {
            Some(Action::Activity(_)) => Some(told(&mut reading, change.visit.today)),
            Some(Action::SegmentReview | Action::OverrideReview | Action::AssignOwner) | None => None,
        };
        reading.ask(change, |by| answer::done(change.store, by, id, told))
    })
    .await
}

pub async fn accept(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, &["day", "minutes", "agenda", "back"], move |change| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        reading.needed("day");
        let (day, minutes) = (reading.day("day"), reading.whole("minutes", 0, MINUTES_MAX.into()));
        let agenda = reading.lines("agenda", NOTE_MAX);
        let planned =
            Planned { day: day.unwrap_or(change.visit.today), minutes: minutes.unwrap_or(0) as u32, agenda };
        reading.ask(change, |by| answer::accept(change.store, by, id, planned))
    })
    .await
}

pub async fn snooze(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, &["until", "reason", "back"], move |change| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        reading.needed("until");
        let (until, reason) = (reading.day("until"), reading.line("reason", REASON_MAX));
        let until = until.unwrap_or_else(|| change.visit.today.plus_days(SNOOZE_DAYS_MAX));
        reading.ask(change, |by| answer::snooze(change.store, by, id, until, reason))
    })
    .await
}

pub async fn delegate(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, &["to", "back"], move |change| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        reading.needed("to");
        let to = reading.choice("to", |id| Uuid::parse_str(id).ok().map(PersonId));
        let to = to.unwrap_or(change.visit.viewer.id);
        reading.ask(change, |by| answer::delegate(change.store, by, id, to))
    })
    .await
}

pub async fn dismiss(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    take(web, id, sent, &["reason", "note", "back"], move |change| {
        let mut reading = Reading::new(change.typed, change.visit.t);
        reading.needed("reason");
        let reason = reading.choice("reason", DismissReason::parse);
        let note = reading.line("note", REASON_MAX);
        // Of a reason that is not known nothing is asked.
        let reason = reason.unwrap_or(DismissReason::NotRelevant);
        reading.ask(change, |by| answer::dismiss(change.store, by, id, reason, note))
    })
    .await
}

/// Takes an answer and goes back to where it was given.
async fn take(
    web: Web,
    id: Uuid,
    sent: Sent,
    fields: &'static [&'static str],
    give: impl FnOnce(&Change<'_>) -> Result<Uuid, Fault> + Send + 'static,
) -> Response {
    let page = format!("/proposals/{id}");
    // Put right on the proposal's own page, it leads back to where one came from all the same.
    let from = sent
        .typed
        .as_ref()
        .ok()
        .and_then(|typed| typed.opt("back"))
        .map_or_else(|| page.clone(), str::to_owned);
    let place = Place { page, fields };
    let write = move |change: &Change<'_>| {
        let given = give(change)?;
        let answer = change.store.read(|reader| kept_answer(reader, given))?;
        let done = answer.and_then(|answer| Some((answer.account, answer.activity?)));
        Ok(match done {
            Some((account, activity)) => receipt_address(Some(&back(change)), account, Some(activity)),
            None => without_receipt(&back(change)),
        })
    };
    web.change(sent, place, write, move |reader, visit, attempt| draw(reader, visit, id, attempt, from)).await
}

pub async fn undo(State(web): State<Web>, Ids([id]): Ids<1>, sent: Sent) -> Response {
    let place = Place { page: "/".to_owned(), fields: &["back"] };
    let write = move |change: &Change<'_>| {
        answer::take_back(change.store, &change.by(), id)?;
        Ok(without_receipt(&back(change)))
    };
    let again = move |reader: &Reader<'_>, visit: &Visit<'_>, _: &Attempt| {
        super::fill(reader, visit, &super::Asked::default())
    };
    web.change(sent, place, write, again).await
}

/// The page of ours that the form was sent from.
fn back(change: &Change<'_>) -> String {
    let back = change.typed.text("back");
    let is_ours = back.starts_with('/') && !back.starts_with("//") && !back.contains('\\');
    if is_ours { back.to_owned() } else { "/".to_owned() }
}
