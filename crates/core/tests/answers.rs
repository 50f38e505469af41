//! What follows from answers to proposals: each test is one sentence of the rules.

#![allow(clippy::unwrap_used)]

mod hand;

use hand::{company, day, growing, planned};
use luotsi_core::{
    activity::{Activity, ActivityId, ActivityKind, ActivityState},
    base::Facts,
    people::PersonNo,
    steering::{
        Answer, Answered, AnsweredDeviation, OpenDeviation, Picture, Proposal, ProposalKey, ProposalState,
        next_check, picture, proposals,
    },
    units::{Day, Known, Money},
};
use uuid::Uuid;

const CONTACT: ProposalKey = ProposalKey { person: PersonNo(0), desk: None };

fn looked_at(facts: &Facts, answers: &[Answered], on: Day) -> (Picture, Vec<Proposal>) {
    let company = company();
    let picture = picture(facts, answers, on, &company);
    let open = picture.deviations.iter().map(|deviation| OpenDeviation { deviation, opened_on: on });
    let held = picture
        .held
        .iter()
        .map(|held| OpenDeviation { deviation: &held.deviation, opened_on: held.opened_on });
    let open: Vec<OpenDeviation<'_>> = open.chain(held).collect();
    let proposals = proposals(&open, answers, facts, on, &company);
    (picture, proposals)
}

/// The proposal of the seller's contact with the account on `on`.
fn contact(facts: &Facts, answers: &[Answered], on: &str) -> Option<Proposal> {
    looked_at(facts, answers, day(on)).1.into_iter().find(|proposal| proposal.key == CONTACT)
}

/// An answer to the contact proposal as it is on `on`, about all it would settle.
fn answered(facts: &Facts, answer: Answer, on: &str) -> Answered {
    let on = day(on);
    let (picture, proposals) = looked_at(facts, &[], on);
    let proposal = proposals.iter().find(|proposal| proposal.key == CONTACT).unwrap();
    let about = proposal.deviations.iter().map(|place| &picture.deviations[*place]);
    Answered {
        id: Uuid::nil(),
        proposal: CONTACT,
        answer,
        on,
        known: Known { from: on, until: Day::MAX },
        ended_on: None,
        about: about
            .map(|deviation| AnsweredDeviation {
                id: Uuid::nil(),
                kind: deviation.kind,
                subject: deviation.subject.clone(),
                stake: deviation.stake.amount(),
                opened_on: on,
            })
            .collect(),
    }
}

#[test]
fn an_accepted_proposal_is_planned_until_two_working_days_after_its_day_and_keeps_its_deviations() {
    let plan = ActivityId(Uuid::from_u128(1));
    let visit = Activity { id: plan, ..planned(ActivityKind::Visit, "2026-11-25") };
    let accepted =
        answered(&growing(), Answer::Accepted { plan: Some(plan), day: day("2026-11-25") }, "2026-11-20");
    let facts = Facts { activities: vec![visit], ..growing() };
    let about = accepted.about.len();
    let on = |on| contact(&facts, std::slice::from_ref(&accepted), on).unwrap();

    let until = day("2026-11-27");
    assert_eq!(on("2026-11-20").state, ProposalState::Planned { day: day("2026-11-25"), until });
    assert_eq!(on("2026-11-20").deviations.len(), about);
    assert_eq!(on("2026-11-27").state, ProposalState::Planned { day: day("2026-11-25"), until });
    assert_eq!(on("2026-11-28").state, ProposalState::Open);
}

#[test]
fn a_plan_that_was_taken_back_holds_nothing() {
    let plan = Some(ActivityId(Uuid::from_u128(1)));
    let accepted = answered(&growing(), Answer::Accepted { plan, day: day("2026-11-25") }, "2026-11-20");

    assert_eq!(contact(&growing(), &[accepted], "2026-11-23").unwrap().state, ProposalState::Open);
}

#[test]
fn doing_the_planned_act_settles_the_proposal() {
    let plan = ActivityId(Uuid::from_u128(1));
    let visit = Activity {
        id: plan,
        state: ActivityState::Done,
        known: Known::since(day("2026-11-24")),
        ..planned(ActivityKind::Visit, "2026-11-24")
    };
    let accepted =
        answered(&growing(), Answer::Accepted { plan: Some(plan), day: day("2026-11-24") }, "2026-11-20");
    let facts = Facts { activities: vec![visit], ..growing() };

    assert!(contact(&facts, std::slice::from_ref(&accepted), "2026-11-24").is_none());
    // The late call line was not settled by the visit: it rests for 30 days.
    assert!(contact(&facts, std::slice::from_ref(&accepted), "2026-12-23").is_none());
    assert!(contact(&facts, &[accepted], "2026-12-24").is_some());
}

#[test]
fn what_was_dismissed_is_not_proposed_for_thirty_days_unless_its_stake_grows_by_half() {
    let dismissed = answered(&growing(), Answer::Dismissed, "2026-11-20");
    let half = dismissed
        .about
        .iter()
        .map(|about| AnsweredDeviation { stake: Money::cents(about.stake.cents / 2), ..about.clone() });
    let of_less = Answered { about: half.collect(), ..dismissed.clone() };

    let after = |on| contact(&growing(), std::slice::from_ref(&dismissed), on);
    assert!(after("2026-11-20").is_none());
    assert!(after("2026-12-19").is_none());
    assert!(after("2026-12-20").is_some());
    assert!(contact(&growing(), &[of_less], "2026-11-20").is_some());
}

#[test]
fn a_dismissal_that_was_taken_back_is_none() {
    let dismissed = answered(&growing(), Answer::Dismissed, "2026-11-20");
    let known = Known { from: day("2026-11-20"), until: day("2026-11-20") };

    let proposal = contact(&growing(), &[Answered { known, ..dismissed }], "2026-11-20");

    assert_eq!(proposal.unwrap().state, ProposalState::Open);
}

#[test]
fn a_snooze_waits_for_its_day_and_ends_when_something_greater_comes() {
    let until = day("2026-12-01");
    let snoozed = answered(&growing(), Answer::Snoozed { until }, "2026-11-20");
    let mut of_less = snoozed.clone();
    // One deviation is new, and its stake is above all that was put off.
    of_less.about.truncate(1);
    of_less.about[0].stake = Money::euros(1);

    let state =
        |answered: &Answered, on| contact(&growing(), std::slice::from_ref(answered), on).unwrap().state;
    assert_eq!(state(&snoozed, "2026-11-30"), ProposalState::Snoozed { until });
    assert_eq!(state(&snoozed, "2026-12-01"), ProposalState::Open);
    assert_eq!(state(&of_less, "2026-11-21"), ProposalState::Open);
}

#[test]
fn a_proposal_that_was_handed_on_keeps_its_key_until_it_closes() {
    let delegated = answered(&growing(), Answer::Delegated { to: PersonNo(1) }, "2026-11-20");
    let ended = Answered { ended_on: Some(day("2026-11-21")), ..delegated.clone() };

    assert_eq!(contact(&growing(), &[delegated], "2026-11-22").unwrap().delegate, Some(PersonNo(1)));
    assert_eq!(contact(&growing(), &[ended], "2026-11-22").unwrap().delegate, None);
}

#[test]
fn nothing_changes_before_the_day_on_which_an_answer_loses_its_hold() {
    let plan = ActivityId(Uuid::from_u128(1));
    let visit = Activity { id: plan, ..planned(ActivityKind::Visit, "2026-11-25") };
    let with_plan = Facts { activities: vec![visit], ..growing() };
    let accepted = Answer::Accepted { plan: Some(plan), day: day("2026-11-25") };
    let snoozed = Answer::Snoozed { until: day("2026-12-02") };
    let cases = [(&with_plan, accepted), (&growing(), snoozed), (&growing(), Answer::Dismissed)];

    for (facts, answer) in cases {
        let answers = [answered(&growing(), answer, "2026-11-20")];
        let seen = |on: Day| looked_at(facts, &answers, on).1.iter().map(told).collect::<Vec<_>>();
        let mut on = day("2026-11-20");
        while on < day("2026-12-31") {
            let check = next_check(facts, &answers, &looked_at(facts, &answers, on).0, &company());
            let (before, mut later) = (seen(on), on.tomorrow());
            while later < check {
                assert_eq!(seen(later), before, "{answer:?} on {later}, next check {check}");
                later = later.tomorrow();
            }
            on = check;
        }
    }
}

fn told(proposal: &Proposal) -> (ProposalKey, ProposalState, usize) {
    (proposal.key, proposal.state, proposal.deviations.len())
}
