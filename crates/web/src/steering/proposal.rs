//! A proposal as pages show it: the act by its name, for whom, how many euros, why, and what put it in its place.

use super::{
    AccountLink,
    answer::{Answering, Answers},
    sentence,
};
use crate::{account::address_in, parts::SegmentChip, texts::Texts, web::Visit};
use luotsi_core::{
    activity::ActivityKind,
    people::PersonId,
    steering::{Action, DayPlan, DeviationKind, ProposalState, Ranked, Reason, Side, fit_to_day, reason},
    strategy::CareLine,
    units::{Money, Ratio},
};
use luotsi_store::steering::{DeviationRow, page::OpenProposal};

/// Reasons said at once; the agenda has them all.
const REASONS_MAX: usize = 3;

pub struct ProposalView {
    pub id: String,
    pub is_lead: bool,
    pub act: String,
    pub overdue: Option<String>,
    /// Not said on the account's own page.
    pub account: Option<AccountLink>,
    pub person: Option<String>,
    pub stakes: Vec<StakeView>,
    pub reasons: Vec<Told>,
    pub minutes: String,
    pub agenda: Vec<String>,
    pub factors: Vec<Factor>,
    pub evidence: Vec<Evidence>,
    /// Planned, put off or handed on.
    pub standing: Option<String>,
    /// Where it can be answered, when not here.
    pub href: Option<String>,
    /// `None`: it is answered on its own page, or by somebody else.
    pub answers: Option<Answers>,
}

pub struct StakeView {
    pub amount: String,
    pub side: &'static str,
}

/// A deviation in words.
pub struct Told {
    pub sentence: String,
    pub since: Option<String>,
}

/// A deviation with what it weighs and where what it rests on is seen.
pub struct Evidence {
    pub told: Told,
    pub stake: Option<StakeView>,
    pub href: String,
    pub label: &'static str,
}

pub struct Factor {
    pub name: &'static str,
    pub value: String,
}

/// A list of proposals for somebody's day.
pub struct Ranking<'a> {
    pub visit: &'a Visit<'a>,
    pub free_minutes: u32,
    /// Who need not be named beside their own; `None`: everybody is named.
    pub day_of: Option<PersonId>,
    /// What the addresses of its accounts carry, so that one steps from each to the next.
    pub list: Option<String>,
}

impl Ranking<'_> {
    /// Places of what the day holds and of what waits behind it.
    pub fn rank(&self, open: &[OpenProposal]) -> DayPlan {
        let ranked: Vec<Ranked> = open
            .iter()
            .map(|proposal| Ranked {
                priority: ranking_reason(self.visit, proposal).map_or(Ratio::ZERO, |reason| reason.priority),
                opened_on: proposal.opened_on,
                account_name: proposal.account_name.clone(),
                minutes: proposal.minutes,
                is_desk_work: !proposal.what.is_contact(),
            })
            .collect();
        fit_to_day(&ranked, self.free_minutes)
    }

    /// What the day holds, the first one leading, ready to be answered.
    pub fn todays(&self, proposals: &[&OpenProposal], answering: &Answering<'_>) -> Vec<ProposalView> {
        let answered = |proposal: &&OpenProposal| {
            let answers = answering.answers(proposal, &agenda(self.visit, proposal).join("\n"));
            ProposalView { answers, href: None, ..self.view(proposal) }
        };
        let mut views: Vec<ProposalView> = proposals.iter().map(answered).collect();
        if let Some(first) = views.first_mut() {
            first.is_lead = true;
        }
        views
    }

    pub fn view(&self, proposal: &OpenProposal) -> ProposalView {
        let t = self.visit.t;
        ProposalView {
            account: Some(account_link(t, proposal, self.list.as_deref())),
            person: (self.day_of != Some(proposal.holder()))
                .then(|| t.for_person(&self.visit.person_name(Some(proposal.holder())))),
            ..view(self.visit, proposal)
        }
    }
}

fn account_link(t: Texts, proposal: &OpenProposal, list: Option<&str>) -> AccountLink {
    let id = proposal.account.0.simple().to_string();
    AccountLink {
        name: proposal.account_name.clone(),
        href: address_in(proposal.account, list.filter(|list| list.contains(&id))),
        segment: SegmentChip::new(proposal.segment, t),
    }
}

/// One proposal on its own page.
pub fn one_view(visit: &Visit<'_>, answering: &Answering<'_>, proposal: &OpenProposal) -> ProposalView {
    ProposalView {
        is_lead: true,
        person: Some(visit.t.for_person(&visit.person_name(Some(proposal.holder())))),
        answers: answering.answers(proposal, &agenda(visit, proposal).join("\n")),
        href: None,
        ..view(visit, proposal)
    }
}

/// The proposals about one account, each saying who is asked.
pub fn account_proposals(
    visit: &Visit<'_>,
    answering: &Answering<'_>,
    open: &[OpenProposal],
) -> Vec<ProposalView> {
    let mut views: Vec<ProposalView> = open
        .iter()
        .map(|proposal| ProposalView { is_lead: false, ..one_view(visit, answering, proposal) })
        .collect();
    if let Some(first) = views.first_mut() {
        first.is_lead = true;
    }
    views
}

pub fn stake(t: Texts, side: Side, amount: Money) -> StakeView {
    StakeView { amount: t.money(amount), side: t.side(side) }
}

fn ranking_reason(visit: &Visit<'_>, proposal: &OpenProposal) -> Option<Reason> {
    let stakes = proposal
        .deviations
        .iter()
        .map(|deviation| (deviation.action.unwrap_or(proposal.what), deviation.stake));
    reason(stakes, proposal.segment, &visit.experience, visit.strategy())
}

fn view(visit: &Visit<'_>, proposal: &OpenProposal) -> ProposalView {
    let t = visit.t;
    let reason = ranking_reason(visit, proposal);
    let mut by_stake: Vec<&DeviationRow> = proposal.deviations.iter().collect();
    by_stake.sort_by_key(|deviation| std::cmp::Reverse(deviation.stake));
    ProposalView {
        id: format!("proposal-{}", proposal.id),
        is_lead: false,
        act: act(visit, proposal),
        overdue: (proposal.due_on < visit.today).then(|| t.overdue(visit.today.days_since(proposal.due_on))),
        account: None,
        person: None,
        stakes: stakes(t, proposal),
        reasons: by_stake.iter().take(REASONS_MAX).map(|deviation| told(visit, deviation)).collect(),
        minutes: t.minutes(proposal.minutes.into()),
        agenda: agenda(visit, proposal),
        factors: reason.map_or_else(Vec::new, |reason| factors(t, reason)),
        evidence: by_stake.iter().map(|deviation| evidence(visit, deviation)).collect(),
        standing: standing(visit, proposal),
        href: Some(format!("/proposals/{}", proposal.id)),
        answers: None,
    }
}

/// Of a contact that settles several deviations: a line for each.
fn agenda(visit: &Visit<'_>, proposal: &OpenProposal) -> Vec<String> {
    match proposal.deviations.len() > 1 && proposal.what.is_contact() {
        true => proposal.deviations.iter().map(|deviation| agenda_line(visit, proposal, deviation)).collect(),
        false => Vec::new(),
    }
}

/// What the answers have made of it.
fn standing(visit: &Visit<'_>, proposal: &OpenProposal) -> Option<String> {
    let t = visit.t;
    let state = match proposal.state {
        ProposalState::Open => None,
        ProposalState::Planned { day, .. } => Some(t.planned_for(&t.day(day))),
        ProposalState::Snoozed { until } => Some(t.snoozed_until(&t.day(until))),
    };
    let handed = proposal.delegate.map(|delegate| t.handed_to(&visit.person_name(Some(delegate))));
    let parts: Vec<String> = state.into_iter().chain(handed).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// "Call by Fri 27 Nov"; an overdue one says by how much instead of a day gone by.
fn act(visit: &Visit<'_>, proposal: &OpenProposal) -> String {
    let t = visit.t;
    let act = t.act(proposal.what);
    match proposal.due_on < visit.today {
        true => act.to_owned(),
        false => t.do_by(act, &t.day(proposal.due_on)),
    }
}

/// The larger side first; a side without euros is not said.
fn stakes(t: Texts, proposal: &OpenProposal) -> Vec<StakeView> {
    let mut sides = [(Side::AtRisk, proposal.stake_at_risk), (Side::ToGain, proposal.stake_to_gain)];
    sides.sort_by_key(|(_, amount)| std::cmp::Reverse(*amount));
    sides
        .into_iter()
        .filter(|(_, amount)| amount.is_positive())
        .map(|(side, amount)| stake(t, side, amount))
        .collect()
}

pub fn told(visit: &Visit<'_>, deviation: &DeviationRow) -> Told {
    let t = visit.t;
    let since = match deviation.kind {
        // The sentence says the day itself, or there is none.
        DeviationKind::OverrideReview | DeviationKind::OwnerMissing | DeviationKind::PotentialMissing => None,
        DeviationKind::CareLate
        | DeviationKind::CareNotPlanned
        | DeviationKind::PotentialStale
        | DeviationKind::RhythmBroken
        | DeviationKind::SegmentChanged
        | DeviationKind::Silence
        | DeviationKind::ValueDeclining => deviation.since.map(|day| t.since(&t.date(day))),
    };
    Told { sentence: sentence(visit, deviation), since }
}

fn evidence(visit: &Visit<'_>, deviation: &DeviationRow) -> Evidence {
    let t = visit.t;
    let (place, label) = match deviation.kind {
        DeviationKind::CareLate | DeviationKind::CareNotPlanned | DeviationKind::Silence => {
            ("timeline", t.timeline())
        }
        DeviationKind::ValueDeclining | DeviationKind::RhythmBroken => ("months", t.value_by_month()),
        DeviationKind::SegmentChanged | DeviationKind::OverrideReview => ("segment-why", t.segment()),
        DeviationKind::PotentialMissing | DeviationKind::PotentialStale => ("estimate", t.potential_value()),
        DeviationKind::OwnerMissing => ("owner", t.owner()),
    };
    Evidence {
        told: told(visit, deviation),
        stake: deviation.stake.is_positive().then(|| stake(t, deviation.side, deviation.stake)),
        href: format!("/accounts/{}#{place}", deviation.account.0),
        label,
    }
}

/// What to take up: the care line with the agenda the strategy gives it, or the worry to talk about.
fn agenda_line(visit: &Visit<'_>, proposal: &OpenProposal, deviation: &DeviationRow) -> String {
    let t = visit.t;
    match deviation.kind {
        DeviationKind::CareLate | DeviationKind::CareNotPlanned => {
            let name = t.care_line_name(&deviation.subject);
            match care_line(visit, proposal, &deviation.subject).map(|line| line.agenda.trim()) {
                Some(agenda) if !agenda.is_empty() => format!("{name}: {agenda}"),
                Some(_) | None => name,
            }
        }
        DeviationKind::Silence => t.agenda_silence().to_owned(),
        DeviationKind::ValueDeclining => t.agenda_declining().to_owned(),
        DeviationKind::RhythmBroken => t.agenda_rhythm().to_owned(),
        DeviationKind::OverrideReview
        | DeviationKind::OwnerMissing
        | DeviationKind::PotentialMissing
        | DeviationKind::PotentialStale
        | DeviationKind::SegmentChanged => sentence(visit, deviation),
    }
}

fn care_line<'a>(visit: &'a Visit<'_>, proposal: &OpenProposal, name: &str) -> Option<&'a CareLine> {
    let model = visit.strategy().care_model(proposal.segment?)?;
    model.lines.iter().find(|line| line.name == name)
}

fn factors(t: Texts, reason: Reason) -> Vec<Factor> {
    vec![
        Factor { name: t.factor_likelihood(), value: t.percent(reason.likelihood.millionths()) },
        Factor { name: t.factor_stake(), value: t.money(reason.stake) },
        Factor { name: t.factor_minutes(), value: t.factor_minutes_of(reason.minutes.into()) },
        Factor {
            name: t.factor_priority(),
            value: t.factor_priority_of(&t.in_currency(false, &t.decimal(reason.priority.as_f64(), 1), "")),
        },
    ]
}

impl Texts {
    /// The act by its own name, verb first.
    pub fn act(self, action: Action) -> &'static str {
        match action {
            Action::Activity(kind) => self.act_of(kind),
            Action::SegmentReview => self.act_segment_review(),
            Action::OverrideReview => self.act_override_review(),
            Action::AssignOwner => self.act_assign_owner(),
        }
    }

    fn act_of(self, kind: ActivityKind) -> &'static str {
        match kind {
            ActivityKind::Visit => self.act_visit(),
            ActivityKind::Meeting => self.act_meeting(),
            ActivityKind::RemoteMeeting => self.act_remote_meeting(),
            ActivityKind::Call => self.act_call(),
            ActivityKind::Email => self.act_email(),
            ActivityKind::Letter => self.act_letter(),
            ActivityKind::ManagementMeeting => self.act_management_meeting(),
            ActivityKind::PlanReview => self.act_plan_review(),
            ActivityKind::ValueSurvey => self.act_value_survey(),
            ActivityKind::CrossSellingReview => self.act_cross_selling_review(),
            ActivityKind::PotentialEstimate => self.act_potential_estimate(),
            ActivityKind::AccountPlan => self.act_account_plan(),
        }
    }
}
