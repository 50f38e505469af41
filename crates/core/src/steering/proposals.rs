//! What is proposed to whom: the deviations that one act can settle, bundled into one proposal.

use super::{
    Action, Answered, Asks, Deviation, DeviationKind, Experience, ProposalState, Side, answers, likelihood,
};
use crate::{
    base::{Company, Facts},
    people::PersonNo,
    strategy::{Segment, Strategy},
    units::{Day, Money, Ratio},
};
use std::collections::BTreeMap;

/// Working days to put a late line right, and to settle anything else.
const LATE_WORKING_DAYS: i64 = 5;
const OTHER_WORKING_DAYS: i64 = 10;

/// Getting to it and writing it up, in minutes: so that five-minute acts do not come first by being short.
const OVERHEAD_MINUTES: i64 = 30;

/// A smaller stake makes no proposal of its own.
const STAKE_MIN: Money = Money::euros(1);

/// A deviation and the day of the watch that first saw it.
#[derive(Clone, Copy, Debug)]
pub struct OpenDeviation<'a> {
    pub deviation: &'a Deviation,
    pub opened_on: Day,
}

/// One open per account and key: the person's contact with the account, or a piece of work at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProposalKey {
    pub person: PersonNo,
    /// `None`: the contact that settles all deviations a contact can settle.
    pub desk: Option<Action>,
}

impl ProposalKey {
    /// Where it is no desk work.
    pub const CONTACT: &str = "contact";

    /// `contact`, or the desk work's name.
    pub fn name(self) -> &'static str {
        self.desk.map_or(Self::CONTACT, Action::name)
    }
}

/// An offer to a person: what to do, by when, for how many euros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub key: ProposalKey,
    pub what: Action,
    pub due_on: Day,
    /// The largest single stake of each side: what one act is about is not added up.
    pub stake_at_risk: Money,
    pub stake_to_gain: Money,
    /// Minutes of `what`.
    pub minutes: u32,
    pub state: ProposalState,
    /// Who has been handed it.
    pub delegate: Option<PersonNo>,
    /// Places in the list of deviations it was made from.
    pub deviations: Vec<usize>,
}

/// The proposals that the account's open deviations make on `on`, as people have answered them. What was done or
/// dismissed rests.
pub fn proposals(
    open: &[OpenDeviation<'_>],
    answers: &[Answered],
    facts: &Facts,
    on: Day,
    company: &Company,
) -> Vec<Proposal> {
    let owner = facts.account.on(on).and_then(|version| version.owner);
    let is_without_owner = open.iter().any(|open| open.deviation.kind == DeviationKind::OwnerMissing);
    let mut bundles: BTreeMap<ProposalKey, Vec<usize>> = BTreeMap::new();
    for (place, open) in open.iter().enumerate() {
        let Some(action) = open.deviation.action else { continue };
        let is_heard = !is_without_owner || open.deviation.kind == DeviationKind::OwnerMissing;
        let person = match open.deviation.asks {
            Asks::StandIn => company.people.stand_in(owner, on),
            Asks::Answering(answering) => company.people.who_answers(answering, owner, &facts.team, on),
        };
        if let (true, Some(person)) =
            (is_heard && !answers::rests(open.deviation, answers, facts, on), person)
        {
            let desk = (!action.is_contact()).then_some(action);
            bundles.entry(ProposalKey { person, desk }).or_default().push(place);
        }
    }

    let account = Bundling { open, answers, facts, on, company };
    bundles.into_iter().filter_map(|(key, places)| account.proposal(key, places)).collect()
}

struct Bundling<'a> {
    open: &'a [OpenDeviation<'a>],
    answers: &'a [Answered],
    facts: &'a Facts,
    on: Day,
    company: &'a Company,
}

impl Bundling<'_> {
    fn proposal(&self, key: ProposalKey, places: Vec<usize>) -> Option<Proposal> {
        let bundled: Vec<&OpenDeviation<'_>> = places.iter().map(|place| &self.open[*place]).collect();
        if !bundled.iter().any(|open| makes_a_proposal(open.deviation)) {
            return None;
        }
        let strategy = self.company.strategies.on(self.on);
        let what =
            bundled.iter().filter_map(|open| open.deviation.action).max_by_key(|action| action.weight())?;
        let delegate = answers::delegate(key, self.answers, self.on);
        Some(Proposal {
            key,
            what,
            due_on: bundled.iter().map(|open| due_on(open, strategy)).min()?,
            stake_at_risk: largest_stake(&bundled, Side::AtRisk),
            stake_to_gain: largest_stake(&bundled, Side::ToGain),
            minutes: what.minutes(),
            state: answers::state(key, &bundled, self.answers, self.facts, self.on, &strategy.calendar),
            delegate: delegate.filter(|person| self.company.people.is_active(*person, self.on)),
            deviations: places,
        })
    }
}

fn largest_stake(bundled: &[&OpenDeviation<'_>], side: Side) -> Money {
    let stakes = bundled.iter().map(|open| open.deviation.stake).filter(|stake| stake.side == side);
    stakes.map(super::Stake::amount).max().unwrap_or(Money::ZERO)
}

fn makes_a_proposal(deviation: &Deviation) -> bool {
    STAKE_MIN <= deviation.stake.amount() || deviation.kind == DeviationKind::OwnerMissing
}

/// Late care within 5 working days of being seen, due care before it becomes late, the others within 10. May lie in
/// the past: overdue work does not vanish.
pub fn due_on(open: &OpenDeviation<'_>, strategy: &Strategy) -> Day {
    let within = |days: i64| strategy.calendar.nth_working_day_after(open.opened_on, days);
    match (open.deviation.kind, open.deviation.late_from) {
        (DeviationKind::CareLate, _) => within(LATE_WORKING_DAYS),
        (DeviationKind::CareNotPlanned, Some(late_from)) => late_from,
        (_, _) => within(OTHER_WORKING_DAYS),
    }
}

/// Why a proposal stands where it stands: the deviation that counts most, and every factor of its priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Place in the list of deviations.
    pub deviation: usize,
    pub likelihood: Ratio,
    pub stake: Money,
    /// Minutes of the deviation's own act.
    pub minutes: u32,
    /// Likelihood x stake / (30 + minutes), in euros a minute.
    pub priority: Ratio,
}

/// The largest reason among a proposal's deviations, given as action and stake. Dividing by the bundle's minutes would
/// put five-minute emails first, so each deviation is divided by its own.
pub fn reason(
    deviations: impl IntoIterator<Item = (Action, Money)>,
    segment: Option<Segment>,
    experience: &Experience,
    strategy: &Strategy,
) -> Option<Reason> {
    let reasons = deviations.into_iter().enumerate().map(|(place, (action, stake))| {
        let likelihood = likelihood(action, segment, experience, strategy.likelihood_prior);
        let minutes = action.minutes();
        let divisor = Ratio::whole(100 * (OVERHEAD_MINUTES + i64::from(minutes)));
        let priority = likelihood.times(Ratio::whole(stake.cents)).over(divisor);
        Reason { deviation: place, likelihood, stake, minutes, priority }
    });
    reasons.reduce(|largest, reason| if largest.priority < reason.priority { reason } else { largest })
}
