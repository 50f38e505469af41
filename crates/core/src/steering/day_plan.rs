//! Which proposals a person's day holds.

use crate::units::{Day, Ratio};

const PROPOSALS_MIN: usize = 3;
const PROPOSALS_MAX: usize = 12;

/// A proposal as My day ranks it.
#[derive(Clone, Debug)]
pub struct Ranked {
    pub priority: Ratio,
    pub opened_on: Day,
    pub account_name: String,
    pub minutes: u32,
    pub is_desk_work: bool,
}

/// Places in the list given: what the day holds, by priority, and what waits behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayPlan {
    pub today: Vec<usize>,
    pub later: Vec<usize>,
}

/// Takes proposals by priority while minutes are left: at least 3, at most 12, at most one of them desk work.
/// Ties: the older first, then by account name.
pub fn fit_to_day(proposals: &[Ranked], free_minutes: u32) -> DayPlan {
    let mut places: Vec<usize> = (0..proposals.len()).collect();
    places.sort_by(|one, other| {
        let (one, other) = (&proposals[*one], &proposals[*other]);
        (other.priority.cmp(&one.priority))
            .then_with(|| one.opened_on.cmp(&other.opened_on))
            .then_with(|| one.account_name.cmp(&other.account_name))
    });

    let mut plan = DayPlan::default();
    let (mut minutes, mut has_desk_work) = (0, false);
    for place in places {
        let proposal = &proposals[place];
        let has_room =
            plan.today.len() < PROPOSALS_MIN || (minutes < free_minutes && plan.today.len() < PROPOSALS_MAX);
        if has_room && !(proposal.is_desk_work && has_desk_work) {
            minutes += proposal.minutes;
            has_desk_work |= proposal.is_desk_work;
            plan.today.push(place);
        } else {
            plan.later.push(place);
        }
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(priority: i64, minutes: u32, is_desk_work: bool) -> Ranked {
        Ranked {
            priority: Ratio::whole(priority),
            opened_on: Day::MIN,
            account_name: String::new(),
            minutes,
            is_desk_work,
        }
    }

    #[test]
    fn the_day_holds_what_its_minutes_allow_and_three_at_the_least() {
        let visits: Vec<Ranked> = (0..5).map(|number| ranked(number, 120, false)).collect();

        assert_eq!(fit_to_day(&visits, 240), DayPlan { today: vec![4, 3, 2], later: vec![1, 0] });
        assert_eq!(fit_to_day(&visits, 0).today.len(), 3);
        assert_eq!(fit_to_day(&visits, 480).today.len(), 4);
    }

    #[test]
    fn the_day_holds_one_piece_of_desk_work_and_twelve_proposals_at_the_most() {
        let calls: Vec<Ranked> = (0..20).map(|number| ranked(number, 1, number % 2 == 0)).collect();

        let plan = fit_to_day(&calls, 240);

        assert_eq!(plan.today.iter().filter(|place| calls[**place].is_desk_work).count(), 1);
        assert_eq!(plan.today.len(), 11);
        assert_eq!(plan.later.len(), 9);
    }
}
