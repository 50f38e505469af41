//! How likely an act is to work: learned from what worked, shrunk to the whole while there is little to learn from.

use super::Action;
use crate::{
    strategy::Segment,
    units::{Money, Ratio, Share},
};
use std::collections::BTreeMap;

/// An act is judged when more than so many days have passed since.
pub const JUDGED_AFTER_DAYS: i64 = 90;

/// So many imagined cases speak for the prior.
const PRIOR_CASES: i64 = 30;

/// How many acts have been judged, and how many of them worked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    pub judged: i64,
    pub worked: i64,
}

/// What came of the acts of proposals that were done more than 90 days ago.
#[derive(Clone, Debug, Default)]
pub struct Experience {
    pub by_action: BTreeMap<(Action, Option<Segment>), Judged>,
}

impl Experience {
    /// One act that has been judged.
    pub fn add(&mut self, action: Action, segment: Option<Segment>, has_worked: bool) {
        let judged = self.by_action.entry((action, segment)).or_default();
        judged.judged += 1;
        judged.worked += i64::from(has_worked);
    }

    fn of_action(&self, action: Action) -> Judged {
        let of_action = self.by_action.iter().filter(|((of, _), _)| *of == action);
        of_action.fold(Judged::default(), |sum, (_, judged)| Judged {
            judged: sum.judged + judged.judged,
            worked: sum.worked + judged.worked,
        })
    }
}

/// In the 90 days after an act the account's net sales exceeded those of the same days a year before or, without sales
/// then (`None`), it had an order day. Closing a late visit by visiting proves nothing.
pub fn worked(net: Money, net_a_year_before: Option<Money>, has_ordered: bool) -> bool {
    net_a_year_before.map_or(has_ordered, |before| before < net)
}

/// Beta-binomial: (30 x prior + worked) / (30 + judged) of the action in the segment, its prior the same of the
/// action in all segments. Work at the desk keeps the prior: it has no customer to work on.
pub fn likelihood(action: Action, segment: Option<Segment>, experience: &Experience, prior: Share) -> Ratio {
    if !action.is_contact() {
        return prior.ratio();
    }
    let of_action = shrunk(experience.of_action(action), prior.ratio());
    let here = experience.by_action.get(&(action, segment)).copied().unwrap_or_default();
    shrunk(here, of_action)
}

fn shrunk(judged: Judged, prior: Ratio) -> Ratio {
    prior.times(Ratio::whole(PRIOR_CASES)).plus(judged.worked).over(Ratio::whole(PRIOR_CASES + judged.judged))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::ActivityKind;

    fn check(action: Action, experience: &[(Segment, i64, i64)], expected: Ratio) {
        let by_action = experience
            .iter()
            .map(|(segment, judged, worked)| {
                ((action, Some(*segment)), Judged { judged: *judged, worked: *worked })
            })
            .collect();

        let likelihood =
            likelihood(action, Some(Segment::Growth), &Experience { by_action }, Share::percent(30));

        assert_eq!(likelihood, expected);
    }

    #[test]
    fn without_experience_three_in_ten_work() {
        check(Action::Activity(ActivityKind::Call), &[], Ratio::new(3, 10));
    }

    #[test]
    fn what_worked_in_the_segment_weighs_more_than_what_worked_elsewhere() {
        let call = Action::Activity(ActivityKind::Call);

        // All: (9 + 18) / (30 + 30) = 0.45. Here: (30 x 0.45 + 0) / (30 + 0) = 0.45.
        check(call, &[(Segment::Retention, 30, 18)], Ratio::new(45, 100));
        // All: the same 0.45. Here: (13.5 + 18) / (30 + 30) = 0.525.
        check(call, &[(Segment::Growth, 30, 18)], Ratio::new(525, 1000));
    }

    #[test]
    fn desk_work_is_not_judged() {
        check(Action::SegmentReview, &[(Segment::Growth, 30, 30)], Ratio::new(3, 10));
    }
}
