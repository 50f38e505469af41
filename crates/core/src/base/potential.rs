//! What more a customer could be worth: by a person's estimates, else by its peers.

use super::{Company, Estimate, Estimator, Facts, PeerSet, Sums};
use crate::{
    offering::GroupNo,
    strategy::{Measure, Strategy},
    units::{Day, Money},
};
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PotentialMethod {
    Owner,
    Customer,
    Peer,
}

impl PotentialMethod {
    pub const ALL: [Self; 3] = [Self::Owner, Self::Customer, Self::Peer];

    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Customer => "customer",
            Self::Peer => "peer",
        }
    }
}

/// The additional yearly value attainable on top of the current value, and how it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Potential {
    pub value: Money,
    pub method: PotentialMethod,
}

/// The estimates in force on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InForce {
    /// The newest of each product group, all after the newest total.
    Groups(Vec<Estimate>),
    Total(Estimate),
    Nothing,
}

impl InForce {
    pub fn estimates(&self) -> &[Estimate] {
        match self {
            Self::Groups(estimates) => estimates,
            Self::Total(estimate) => std::slice::from_ref(estimate),
            Self::Nothing => &[],
        }
    }

    fn newest(&self) -> Option<&Estimate> {
        self.estimates().iter().max_by_key(|estimate| precedence(estimate))
    }
}

/// The newest of each product group dated after the newest total; else that total.
pub fn estimates_in_force(facts: &Facts, on: Day) -> InForce {
    let known = || facts.estimates.iter().filter(|estimate| estimate.day <= on && estimate.known.on(on));
    let total =
        known().filter(|estimate| estimate.group.is_none()).max_by_key(|estimate| precedence(estimate));

    let mut groups: BTreeMap<GroupNo, Estimate> = BTreeMap::new();
    for estimate in known().filter(|estimate| total.is_none_or(|total| total.day < estimate.day)) {
        if let Some(group) = estimate.group {
            let newest = groups.entry(group).or_insert(*estimate);
            if precedence(newest) < precedence(estimate) {
                *newest = *estimate;
            }
        }
    }

    match (groups.is_empty(), total) {
        (false, _) => InForce::Groups(groups.into_values().collect()),
        (true, Some(total)) => InForce::Total(*total),
        (true, None) => InForce::Nothing,
    }
}

/// Newer first; of the same day the customer's word before the owner's, then the greater person id.
fn precedence(estimate: &Estimate) -> (Day, Estimator, Option<crate::people::PersonNo>) {
    (estimate.day, estimate.estimator, estimate.person)
}

/// The potential by the estimates in force.
pub(super) fn estimated(in_force: &InForce, sums: &Sums, strategy: &Strategy) -> Option<Potential> {
    let method = match in_force.newest()?.estimator {
        Estimator::Owner => PotentialMethod::Owner,
        Estimator::Customer => PotentialMethod::Customer,
    };
    let value = in_force.estimates().iter().map(|estimate| unmet_need(estimate, sums, strategy)).sum();
    Some(Potential { value, method })
}

/// The need that is not bought from us; with margin or profit what we would earn on it.
fn unmet_need(estimate: &Estimate, sums: &Sums, strategy: &Strategy) -> Money {
    let bought = estimate.group.map_or(sums.net, |group| sums.group_net[group.0 as usize]);
    let unmet = (estimate.yearly_need - bought).or_zero_if_negative();
    match strategy.measure {
        Measure::Revenue => unmet,
        Measure::Margin | Measure::Profit => strategy.default_margin.of(unmet),
    }
}

/// Which of the two comparisons with the peers was larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerGap {
    /// The upper quarter of the peers is worth more.
    Size,
    /// The upper quarter of the peers gives some product groups a larger share.
    Mix,
}

/// What the upper quarter of like customers shows to be attainable, and what that rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeerPotential {
    pub value: Money,
    pub gap: PeerGap,
    pub set: PeerSet,
    pub accounts: usize,
}

/// The larger of the size gap and the mix gap. `None` where there are no peers to compare with.
pub(super) fn peer_potential(
    facts: &Facts,
    sums: &Sums,
    on: Day,
    company: &Company,
) -> Option<PeerPotential> {
    let account = facts.account.on(on)?;
    let (industry, size_class) = (account.industry.as_deref(), account.size_class.as_deref());
    let (figure, set) = company.peers.figure(industry, size_class, on)?;
    let size = figure.current_p75().plus(-sums.value.cents).of(Money::cents(1)).or_zero_if_negative();
    let mix = match sums.mix.is_positive() {
        true => mix_gap(&figure.shares, sums),
        false => Money::ZERO,
    };

    let (value, gap) = if size < mix { (mix, PeerGap::Mix) } else { (size, PeerGap::Size) };
    Some(PeerPotential { value, gap, set, accounts: figure.accounts })
}

/// Sum over product groups of what a group's upper share of the own value is above the own value in the group.
fn mix_gap(shares: &[(GroupNo, f64)], sums: &Sums) -> Money {
    let total = sums.mix.cents as f64;
    let mut expected = vec![0.0; sums.group_mix.len()];
    for (group, share) in shares {
        expected[group.0 as usize] = share * total;
    }
    let cents =
        expected.iter().zip(&sums.group_mix).map(|(should, is)| (should - is.cents as f64).max(0.0)).sum();
    Money::from_estimated_cents(cents)
}
