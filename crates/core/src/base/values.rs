//! The values of an account on a day.

use super::{
    Ability, Company, CustomerState, Facts, InForce, Orders, PeerPotential, Potential, PotentialMethod, Sums,
    Window, estimates_in_force, potential, state, sums, window_value,
};
use crate::{
    strategy::{AbilityWeights, Measure, Strategy},
    units::{Day, Money, Ratio},
};

/// What segmentation looks at: the state, the current value and the potential of an account on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worth {
    pub state: CustomerState,
    pub sums: Sums,
    pub in_force: InForce,
    pub peer: Option<PeerPotential>,
    /// `None`: not assessed. Prospects and former customers have potential only by an estimate.
    pub potential: Option<Potential>,
}

impl Worth {
    pub fn current_value(&self) -> Money {
        self.sums.value
    }

    pub fn potential_value(&self) -> Option<Money> {
        self.potential.map(|potential| potential.value)
    }
}

/// What the account was worth on `on`, as known that day.
pub fn worth(facts: &Facts, on: Day, company: &Company) -> Worth {
    let strategy = company.strategies.on(on);
    let state = state(facts, on);
    let sums = sums(facts, Window::of(on), on, company);
    let in_force = estimates_in_force(facts, on);
    let peer = match state {
        CustomerState::Customer => potential::peer_potential(facts, &sums, on, company),
        CustomerState::Prospect | CustomerState::Former => None,
    };
    let by_peers = peer.map(|peer| Potential { value: peer.value, method: PotentialMethod::Peer });
    let potential = potential::estimated(&in_force, &sums, strategy).or(by_peers);
    Worth { state, sums, in_force, peer, potential }
}

/// How large a part of what we could win we are able to win.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AbilityScore {
    pub share: Ratio,
    /// Nobody has scored it: half is assumed.
    pub is_assumed: bool,
}

/// How much of the customer's need we meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShareOfWallet {
    pub share: Ratio,
    /// The need is not estimated by a person but taken from the peers.
    pub is_from_peers: bool,
}

/// Everything an account is and could be worth on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values {
    pub worth: Worth,
    pub orders: Orders,
    pub previous_value: Money,
    /// Current / previous - 1; none when the previous is not above 0.
    pub trend: Option<Ratio>,
    pub ability: AbilityScore,
    /// Potential x ability.
    pub reachable: Option<Money>,
    /// `None` where there are sales, but nobody has estimated the need and there are no peers to tell it.
    pub share_of_wallet: Option<ShareOfWallet>,
    pub customer_target: Option<Money>,
}

impl Values {
    pub fn current_value(&self) -> Money {
        self.worth.current_value()
    }

    /// Reachable potential, 0 where there is no potential.
    pub fn reachable_or_zero(&self) -> Money {
        self.reachable.unwrap_or(Money::ZERO)
    }
}

pub fn values(facts: &Facts, on: Day, company: &Company) -> Values {
    let strategy = company.strategies.on(on);
    let worth = worth(facts, on, company);
    let previous_value = window_value(facts, Window::previous(on), on, company);
    let ability = ability(facts, on, strategy.ability_weights);
    Values {
        orders: Orders::of(facts, on),
        previous_value,
        trend: trend(worth.current_value(), previous_value),
        ability,
        reachable: worth.potential.map(|potential| ability.share.of(potential.value)),
        share_of_wallet: share_of_wallet(&worth, strategy),
        customer_target: customer_target(facts, on.year(), on),
        worth,
    }
}

fn trend(current: Money, previous: Money) -> Option<Ratio> {
    previous
        .is_positive()
        .then(|| Ratio::new(i128::from(current.cents) - i128::from(previous.cents), previous.cents.into()))
}

/// Weighted mean of the newest four scores, 1 -> 0 and 5 -> 1.
pub fn ability(facts: &Facts, on: Day, weights: AbilityWeights) -> AbilityScore {
    match ability_in_force(facts, on) {
        None => AbilityScore { share: Ratio::new(1, 2), is_assumed: true },
        Some(ability) => AbilityScore { share: weighted(ability, weights), is_assumed: false },
    }
}

/// The newest four scores.
pub fn ability_in_force(facts: &Facts, on: Day) -> Option<&Ability> {
    facts
        .abilities
        .iter()
        .filter(|ability| ability.day <= on && ability.known.on(on))
        .max_by_key(|ability| (ability.day, ability.person))
}

fn weighted(ability: &Ability, weights: AbilityWeights) -> Ratio {
    let parts = [
        (ability.people, weights.people),
        (ability.offering, weights.offering),
        (ability.processes, weights.processes),
        (ability.relationship, weights.relationship),
    ];
    let points: i128 =
        parts.iter().map(|(score, weight)| (i128::from(*score) - 1) * i128::from(*weight)).sum();
    let weight: i128 = parts.iter().map(|(_, weight)| i128::from(*weight)).sum();
    Ratio::new(points, 4 * weight)
}

/// Net sales by the yearly need in force, else by net sales and what the peers show; 0 without sales, at most 1.
fn share_of_wallet(worth: &Worth, strategy: &Strategy) -> Option<ShareOfWallet> {
    let sums = &worth.sums;
    let (sold, need, is_from_peers) = match &worth.in_force {
        InForce::Groups(estimates) => (
            estimates
                .iter()
                .filter_map(|estimate| estimate.group)
                .map(|group| sums.group_net[group.0 as usize])
                .sum(),
            Some(whole(estimates.iter().map(|estimate| estimate.yearly_need).sum())),
            false,
        ),
        InForce::Total(estimate) => (sums.net, Some(whole(estimate.yearly_need)), false),
        InForce::Nothing => (sums.net, peers_need(worth, strategy), true),
    };

    let share = match (sold.is_positive(), need) {
        (false, _) => Ratio::ZERO,
        (true, None) => return None,
        (true, Some(need)) if whole(sold) < need => whole(sold).over(need),
        (true, Some(_)) => Ratio::ONE,
    };
    Some(ShareOfWallet { share, is_from_peers })
}

/// How much of the need of several customers we meet together: their current values by these and what is to be won with
/// them. Those without a potential are left out; `None` where all are.
pub fn share_of_wallets(customers: impl IntoIterator<Item = (Money, Option<Money>)>) -> Option<Ratio> {
    let (mut current, mut need) = (0_i128, 0_i128);
    for (value, potential) in customers {
        let Some(potential) = potential else { continue };
        let value = i128::from(value.cents.max(0));
        current += value;
        need += value + i128::from(potential.cents.max(0));
    }
    (need > 0).then(|| Ratio::new(current, need))
}

/// Net sales plus the peer potential, in sales euros.
fn peers_need(worth: &Worth, strategy: &Strategy) -> Option<Ratio> {
    let potential = whole(worth.peer?.value);
    let in_sales = match strategy.measure {
        Measure::Revenue => potential,
        Measure::Margin | Measure::Profit => potential.over(strategy.default_margin.ratio()),
    };
    Some(in_sales.plus(worth.sums.net.cents))
}

fn whole(amount: Money) -> Ratio {
    Ratio::new(amount.cents.into(), 1)
}

/// The newest target for a calendar year.
pub fn customer_target(facts: &Facts, year: i16, on: Day) -> Option<Money> {
    facts
        .targets
        .iter()
        .filter(|target| target.year == year && target.day <= on && target.known.on(on))
        .max_by_key(|target| (target.day, target.person))
        .map(|target| target.target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_groups_share_of_wallet_is_of_what_its_accounts_need_together() {
        let check = |customers: &[(i64, Option<i64>)], share: Option<Ratio>| {
            let customers = customers
                .iter()
                .map(|(value, potential)| (Money::cents(*value), potential.map(Money::cents)));
            assert_eq!(share_of_wallets(customers), share);
        };

        check(&[(100, Some(100))], Some(Ratio::new(1, 2)));
        check(&[(100, Some(100)), (0, Some(200))], Some(Ratio::new(1, 4)));
        // Whose potential nobody knows says nothing; returns are no sales.
        check(&[(100, Some(100)), (900, None), (-50, Some(0))], Some(Ratio::new(1, 2)));
        check(&[(900, None)], None);
        check(&[(0, Some(0))], None);
        check(&[], None);
    }
}
