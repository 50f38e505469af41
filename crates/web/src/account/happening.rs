//! One thing that happened, as a row of the timeline: what, when, who, and a few words on it.

use crate::{
    activity::note,
    error::WebError,
    markup::Markup,
    parts::Icon,
    steering::{sentence_as_of, stake},
    web::Visit,
};
use luotsi_app::steering::answer::DismissReason;
use luotsi_core::{
    account::AccountId,
    activity::{ActivityKind, ActivityState, Direction},
    base::Estimator,
    people::{PersonId, Role},
    steering::AnswerKind,
    units::Day,
};
use luotsi_store::{
    Reader,
    account::page::names,
    activity::page::Event,
    timeline::{AnswerGiven, Happening, Invoice, Judged, Judgement, Logged, Observed, SegmentChange, What},
};
use std::collections::HashMap;
use uuid::Uuid;

pub struct EventRow {
    pub id: String,
    pub icon: Icon,
    pub is_planned: bool,
    pub title: String,
    pub href: Option<String>,
    pub amount: Option<String>,
    pub day: String,
    pub when: String,
    pub tags: Vec<String>,
    /// Who, with whom, how long and the like, in one line.
    pub line: String,
    pub note: Option<Markup>,
    /// Where the viewer takes it back.
    pub undo: Option<String>,
}

/// What the rows are told with.
pub struct Telling<'a> {
    visit: &'a Visit<'a>,
    account: AccountId,
    /// Names of the accounts that were parents.
    parents: HashMap<Uuid, String>,
}

impl<'a> Telling<'a> {
    pub fn load(
        reader: &Reader<'_>,
        visit: &'a Visit<'a>,
        account: AccountId,
        happenings: &[Happening],
    ) -> Result<Self, WebError> {
        let mut wanted: Vec<AccountId> = happenings
            .iter()
            .filter_map(|happening| match &happening.what {
                What::Logged(entry) if entry.what == "parent" => Some([&entry.before, &entry.after]),
                What::Logged(_)
                | What::Activity(_)
                | What::Invoice(_)
                | What::Answer(_)
                | What::Segment(_)
                | What::Deviation(_)
                | What::Judgement(_) => None,
            })
            .flatten()
            .filter_map(|id| Uuid::parse_str(id.as_deref()?).ok().map(AccountId))
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        Ok(Self { visit, account, parents: names(reader, &wanted)? })
    }

    pub fn row(&self, happening: &Happening) -> EventRow {
        let day = happening.day;
        let row = match &happening.what {
            What::Activity(event) => self.activity(event),
            What::Invoice(invoice) => self.invoice(day, invoice),
            What::Answer(answer) => self.answer(day, answer),
            What::Segment(change) => self.segment(day, *change),
            What::Deviation(observed) => self.deviation(day, observed),
            What::Judgement(judgement) => self.judgement(day, judgement),
            What::Logged(entry) => self.logged(entry),
        };
        EventRow { day: day.to_string(), when: self.visit.t.day(day), ..row }
    }

    fn activity(&self, event: &Event) -> EventRow {
        let t = self.visit.t;
        let is_planned = event.state == ActivityState::Planned;
        let planned = match (is_planned, event.day < self.visit.today) {
            (true, true) => Some(t.plan_passed()),
            (true, false) => Some(t.planned()),
            (false, _) => None,
        };
        let unanswered = (event.outcome.as_deref() == Some("no_answer")).then(|| t.no_answer());
        let inbound = (event.direction == Some(Direction::In)).then(|| t.inbound());
        let minutes = (event.minutes > 0).then(|| t.minutes(event.minutes));
        EventRow {
            is_planned,
            href: Some(format!("/accounts/{}/activities/{}", self.account.0, event.id)),
            tags: [planned, unanswered, inbound].into_iter().flatten().map(str::to_owned).collect(),
            line: joined([self.name(event.person), event.contact.clone(), minutes]),
            note: event.note.as_deref().filter(|text| !text.is_empty()).map(note),
            ..row(format!("activity-{}", event.id), kind_icon(event.kind), t.activity_kind(event.kind))
        }
    }

    fn invoice(&self, day: Day, invoice: &Invoice) -> EventRow {
        let t = self.visit.t;
        EventRow {
            amount: Some(t.money(invoice.net)),
            line: t.invoice_lines(invoice.lines),
            ..row(
                format!("invoice-{day}-{}", super::listed::in_url(&invoice.number)),
                "file-text",
                t.invoice(&invoice.number),
            )
        }
    }

    fn answer(&self, day_given: Day, answer: &AnswerGiven) -> EventRow {
        let t = self.visit.t;
        let day = answer.for_day.map(|day| match answer.kind {
            AnswerKind::Snoozed => t.snoozed_until(&t.day(day)),
            AnswerKind::Accepted | AnswerKind::Done | AnswerKind::Delegated | AnswerKind::Dismissed => {
                t.planned_for(&t.day(day))
            }
        });
        let to = answer.delegate.map(|person| t.handed_to(&self.visit.person_name(Some(person))));
        let reason = answer.reason.as_deref().map(|reason| match DismissReason::parse(reason) {
            Some(reason) => t.dismiss_reason_name(reason).to_owned(),
            None => reason.to_owned(),
        });
        let is_own_and_holds = answer.person == self.visit.viewer.id && answer.taken_back_on.is_none();
        EventRow {
            undo: (is_own_and_holds && answer.kind.is_taken_back_in_history(day_given, self.visit.today))
                .then(|| format!("/answers/{}/undo", answer.id)),
            tags: answer.taken_back_on.map(|day| t.answer_taken_back(&t.date(day))).into_iter().collect(),
            line: joined([self.name(Some(answer.person)), day, to, reason]),
            note: answer.note.as_deref().filter(|text| !text.is_empty()).map(note),
            ..row(
                format!("answer-{}", answer.id),
                "circle-check",
                format!("{}: {}", t.said(answer.kind), t.act(answer.what)),
            )
        }
    }

    fn segment(&self, day: Day, change: SegmentChange) -> EventRow {
        let t = self.visit.t;
        EventRow {
            line: change.from.map_or_else(String::new, |from| t.earlier(t.segment_name(Some(from)))),
            ..row(format!("segment-{day}"), "chart-scatter", t.segment_became(t.segment_name(change.to)))
        }
    }

    fn deviation(&self, day: Day, observed: &Observed) -> EventRow {
        let t = self.visit.t;
        let deviation = &observed.deviation;
        let told = sentence_as_of(self.visit, deviation, day);
        match &observed.closed_by {
            None => {
                let stake = stake(t, deviation.side, deviation.stake);
                EventRow {
                    amount: deviation.stake.is_positive().then(|| format!("{} {}", stake.amount, stake.side)),
                    line: told,
                    ..row(
                        format!("deviation-{}-opened", deviation.id),
                        "triangle-alert",
                        t.deviation_opened(),
                    )
                }
            }
            Some(causes) => EventRow {
                line: joined([Some(told), Some(t.causes(causes)).filter(|causes| !causes.is_empty())]),
                ..row(format!("deviation-{}-closed", deviation.id), "circle-check", t.deviation_closed())
            },
        }
    }

    fn judgement(&self, day: Day, judgement: &Judgement) -> EventRow {
        let t = self.visit.t;
        let (name, icon, title, more) = match &judgement.judged {
            Judged::Need { yearly, groups, estimator } => {
                let whose = match estimator {
                    Estimator::Owner => t.estimator_owner(),
                    Estimator::Customer => t.estimator_customer(),
                };
                let groups = (*groups > 0).then(|| t.need_of_groups(*groups));
                let name = match estimator {
                    Estimator::Owner => "need",
                    Estimator::Customer => "need-told",
                };
                (
                    name.to_owned(),
                    "target",
                    t.need_told(&t.money(*yearly)),
                    vec![groups, Some(whose.to_owned())],
                )
            }
            Judged::Ability([people, offering, processes, relationship]) => {
                let scores = [
                    (t.ability_people(), people),
                    (t.ability_offering(), offering),
                    (t.ability_processes(), processes),
                    (t.ability_relationship(), relationship),
                ];
                let scores = scores.map(|(name, score)| Some(format!("{name} {score}")));
                ("ability".to_owned(), "handshake", t.ability_scored().to_owned(), scores.into())
            }
            Judged::Target { year, target } => {
                (format!("target-{year}"), "arrow-up", t.target_set(*year, &t.money(*target)), Vec::new())
            }
            Judged::Segment(Some(segment), review) => {
                let title = t.override_set(t.segment_name(Some(*segment)));
                ("override".to_owned(), "pencil", title, vec![Some(t.review_on(&t.date(*review)))])
            }
            Judged::Segment(None, _) => {
                ("override".to_owned(), "pencil", t.override_taken_back().to_owned(), Vec::new())
            }
        };
        let person = judgement.person.map_or_else(String::new, |person| person.0.to_string());
        EventRow {
            line: joined([self.name(judgement.person)].into_iter().chain(more)),
            note: judgement.note.as_deref().filter(|text| !text.is_empty()).map(note),
            ..row(format!("{name}-{day}-{person}"), icon, title)
        }
    }

    fn logged(&self, entry: &Logged) -> EventRow {
        let t = self.visit.t;
        let who = match (entry.person, entry.actor.as_str()) {
            (Some(person), _) => self.name(Some(person)),
            (None, "import") => Some(t.by_import().to_owned()),
            (None, "demo") => Some(t.by_sample().to_owned()),
            (None, "setup") => Some(t.by_setup().to_owned()),
            (None, _) => None,
        };
        let (icon, title, more) = match entry.subject.as_str() {
            "contact" => ("user", self.contact(entry), None),
            "account_team" => ("users-round", self.member(entry), None),
            _ => {
                let before =
                    entry.before.as_deref().map(|before| t.earlier(&self.fact_value(&entry.what, before)));
                ("building-2", self.fact(entry), before)
            }
        };
        // What nobody did by hand stands on the day from which it holds.
        let why = entry.why.as_deref().filter(|_| entry.person.is_some());
        let from = why.and_then(|why| why.strip_prefix("from ")).and_then(Day::parse);
        EventRow {
            tags: from.map(|day| t.since(&t.date(day))).into_iter().collect(),
            line: joined([who, more]),
            ..row(format!("log-{}", entry.position), icon, title)
        }
    }

    fn fact(&self, entry: &Logged) -> String {
        let t = self.visit.t;
        let name = match entry.what.as_str() {
            "created" => return t.account_created().to_owned(),
            "name" => t.name(),
            "business_id" => t.business_id(),
            "street" => t.street(),
            "postal_code" => t.postal_code(),
            "city" => t.city(),
            "country" => t.country(),
            "owner" => t.owner(),
            "industry" => t.industry(),
            "size_class" => t.size_class(),
            "parent" => t.parent(),
            "active" => t.in_use(),
            other => other,
        };
        let value = entry.after.as_deref().map(|after| self.fact_value(&entry.what, after));
        t.fact_became(name, value.as_deref().unwrap_or(t.not_told()))
    }

    /// A fact as people read it: the log has ids for those it names.
    fn fact_value(&self, what: &str, value: &str) -> String {
        let t = self.visit.t;
        let id = Uuid::parse_str(value).ok();
        match (what, id, value) {
            ("owner", Some(id), _) => self.visit.person_name(Some(PersonId(id))),
            ("parent", Some(id), _) => self.parents.get(&id).cloned().unwrap_or_default(),
            ("active", _, "yes") => t.yes().to_owned(),
            ("active", _, "no") => t.no().to_owned(),
            (_, _, value) => value.to_owned(),
        }
    }

    fn contact(&self, entry: &Logged) -> String {
        let t = self.visit.t;
        let who = entry.contact.as_deref().unwrap_or_default();
        match entry.what.as_str() {
            "created" => t.contact_created(who),
            "removed" => t.contact_removed(who),
            _ => t.contact_changed(who),
        }
    }

    /// The log has a role and a person.
    fn member(&self, entry: &Logged) -> String {
        let t = self.visit.t;
        // What was taken back says only what was.
        let said = entry.after.as_deref().or(entry.before.as_deref());
        let (role, person) = said.and_then(|said| said.split_once(' ')).unwrap_or_default();
        let role = Role::parse(role).map(|role| t.role(role).to_owned());
        let person = Uuid::parse_str(person).ok().map(|id| self.visit.person_name(Some(PersonId(id))));
        let who = joined([person, role]);
        match entry.what.as_str() {
            "removed" | "taken_back" => t.left_team(&who),
            _ => t.joined_team(&who),
        }
    }

    fn name(&self, person: Option<PersonId>) -> Option<String> {
        Some(self.visit.person_name(person)).filter(|name| !name.is_empty())
    }
}

fn row(id: String, icon: &'static str, title: impl Into<String>) -> EventRow {
    EventRow {
        id,
        icon: Icon(icon),
        is_planned: false,
        title: title.into(),
        href: None,
        amount: None,
        day: String::new(),
        when: String::new(),
        tags: Vec::new(),
        line: String::new(),
        note: None,
        undo: None,
    }
}

fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

fn kind_icon(kind: ActivityKind) -> &'static str {
    match kind {
        ActivityKind::Visit => "map-pin",
        ActivityKind::Meeting => "users-round",
        ActivityKind::RemoteMeeting => "video",
        ActivityKind::Call => "phone",
        ActivityKind::Email => "mail",
        ActivityKind::Letter => "mailbox",
        ActivityKind::ManagementMeeting => "handshake",
        ActivityKind::PlanReview | ActivityKind::AccountPlan => "file-text",
        ActivityKind::ValueSurvey => "clipboard-list",
        ActivityKind::CrossSellingReview => "network",
        ActivityKind::PotentialEstimate => "target",
    }
}
