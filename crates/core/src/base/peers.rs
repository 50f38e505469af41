//! Like customers: what the upper quarter of them is worth and buys, at a month end.

use super::{Company, CustomerState, Facts, Window, state, sums};
use crate::{
    offering::GroupNo,
    units::{Day, Money, Month, Ratio, percentile},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Fewer peers than this are too few; a wider set is taken.
const PEERS_MIN: usize = 20;

/// The upper quartile.
const QUARTILE: u32 = 75;

/// Industry and size class; an empty one is no class.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeerClass {
    pub industry: Option<String>,
    pub size_class: Option<String>,
}

impl PeerClass {
    pub fn all() -> Self {
        Self::default()
    }

    /// The sets an account of this class belongs to, the narrowest first.
    fn sets(&self) -> Vec<Self> {
        let industry_only = Self { industry: self.industry.clone(), size_class: None };
        match (&self.industry, &self.size_class) {
            (Some(_), Some(_)) => vec![self.clone(), industry_only, Self::all()],
            (Some(_), None) => vec![industry_only, Self::all()],
            (None, _) => vec![Self::all()],
        }
    }
}

/// An account as a peer of others at a month end.
#[derive(Clone, Debug, PartialEq)]
pub struct Peer {
    pub class: PeerClass,
    pub current_value: Money,
    /// The part of each product group in the value; groups not bought are left out.
    pub shares: Vec<(GroupNo, f64)>,
}

/// The account as a peer at the end of `month`, as known then: active customers with a current value above 0.
pub fn peer(facts: &Facts, month: Month, company: &Company) -> Option<Peer> {
    let on = month.last();
    let account = facts.account.on(on).filter(|version| version.is_active)?;
    if state(facts, on) != CustomerState::Customer {
        return None;
    }

    let sums = sums(facts, Window::of(on), on, company);
    sums.value.is_positive().then(|| Peer {
        class: PeerClass { industry: account.industry.clone(), size_class: account.size_class.clone() },
        current_value: sums.value,
        shares: shares(&sums.group_mix, sums.mix),
    })
}

fn shares(groups: &[Money], total: Money) -> Vec<(GroupNo, f64)> {
    groups
        .iter()
        .enumerate()
        .filter(|(_, value)| **value != Money::ZERO && total != Money::ZERO)
        .map(|(group, value)| (GroupNo(group as u32), value.cents as f64 / total.cents as f64))
        .collect()
}

/// What the upper quarter of a set of peers is worth and buys.
#[derive(Clone, Debug, PartialEq)]
pub struct PeerFigure {
    pub accounts: usize,
    /// P75 of the peers' current value, in hundredths of a cent.
    pub current_p75_hundredths: i64,
    /// P75 of each group's share, divided by their sum when that is above 1. Groups at 0 are left out.
    pub shares: Vec<(GroupNo, f64)>,
}

impl PeerFigure {
    pub fn current_p75(&self) -> Ratio {
        Ratio::new(self.current_p75_hundredths.into(), 100)
    }
}

/// The peers of one month end, gathered account by account and then turned into figures of the sets their classes
/// belong to.
#[derive(Clone, Debug, Default)]
pub struct PeerMonth {
    classes: HashMap<PeerClass, Gathered>,
}

#[derive(Clone, Debug, Default)]
struct Gathered {
    current: Vec<i64>,
    shares: BTreeMap<GroupNo, Vec<f64>>,
}

impl PeerMonth {
    pub fn add(&mut self, peer: &Peer) {
        match self.classes.get_mut(&peer.class) {
            Some(gathered) => gathered.add(peer),
            None => self.classes.entry(peer.class.clone()).or_default().add(peer),
        }
    }

    pub fn figures(self) -> PeerFigures {
        let mut sets: HashMap<PeerClass, Gathered> = HashMap::new();
        for (class, gathered) in &self.classes {
            for set in class.sets() {
                sets.entry(set).or_default().extend(gathered);
            }
        }
        let mut figures = PeerFigures::default();
        for (set, gathered) in sets {
            figures.insert(set, gathered.figure());
        }
        figures
    }
}

impl Gathered {
    fn add(&mut self, peer: &Peer) {
        self.current.push(peer.current_value.cents);
        for (group, share) in &peer.shares {
            self.shares.entry(*group).or_default().push(*share);
        }
    }

    fn extend(&mut self, other: &Self) {
        self.current.extend_from_slice(&other.current);
        for (group, shares) in &other.shares {
            self.shares.entry(*group).or_default().extend_from_slice(shares);
        }
    }

    fn figure(mut self) -> PeerFigure {
        self.current.sort_unstable();
        let accounts = self.current.len();
        let p75 = percentile(&self.current, QUARTILE).unwrap_or(Ratio::ZERO);
        let shares = self.shares.into_iter().map(|(group, shares)| (group, upper_share(shares, accounts)));
        PeerFigure {
            accounts,
            current_p75_hundredths: p75.times(Ratio::new(100, 1)).floor(),
            shares: scaled_to_one(shares.filter(|(_, share)| *share != 0.0).collect()),
        }
    }
}

/// P75 of the shares of `accounts` peers, of which those not in `bought` have 0.
fn upper_share(mut bought: Vec<f64>, accounts: usize) -> f64 {
    bought.sort_unstable_by(f64::total_cmp);
    let negative = bought.partition_point(|share| *share < 0.0);
    let zeros = accounts - bought.len();
    let at = |place: usize| match place {
        place if place < negative => bought[place],
        place if place < negative + zeros => 0.0,
        place => bought[place - zeros],
    };

    let last = accounts - 1;
    let position = last * QUARTILE as usize;
    let (below, rest) = (position / 100, (position % 100) as f64 / 100.0);
    let low = at(below);
    low + rest * (at((below + 1).min(last)) - low)
}

fn scaled_to_one(shares: Vec<(GroupNo, f64)>) -> Vec<(GroupNo, f64)> {
    let sum: f64 = shares.iter().map(|(_, share)| share).sum();
    match sum > 1.0 {
        true => shares.into_iter().map(|(group, share)| (group, share / sum)).collect(),
        false => shares,
    }
}

/// Which peers an account was compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeerSet {
    IndustryAndSize,
    Industry,
    All,
}

/// The figures of one month end, by industry and size class; an empty name stands for any. Looked up for every
/// evaluation of every account, so by borrowed names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PeerFigures {
    by_industry: BTreeMap<String, BTreeMap<String, PeerFigure>>,
}

impl PeerFigures {
    pub fn insert(&mut self, class: PeerClass, figure: PeerFigure) {
        let sizes = self.by_industry.entry(class.industry.unwrap_or_default()).or_default();
        sizes.insert(class.size_class.unwrap_or_default(), figure);
    }

    pub fn get_mut(&mut self, class: &PeerClass) -> Option<&mut PeerFigure> {
        let sizes = self.by_industry.get_mut(class.industry.as_deref().unwrap_or_default())?;
        sizes.get_mut(class.size_class.as_deref().unwrap_or_default())
    }

    /// Industry, size class and figure of each set, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, &PeerFigure)> {
        self.by_industry.iter().flat_map(|(industry, sizes)| {
            sizes.iter().map(move |(size_class, figure)| (industry.as_str(), size_class.as_str(), figure))
        })
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut PeerFigure> {
        self.by_industry.values_mut().flat_map(BTreeMap::values_mut)
    }

    /// The narrowest set of the class with enough peers.
    fn of_class(&self, industry: &str, size_class: &str) -> Option<(&PeerFigure, PeerSet)> {
        let figure = |industry: &str, size_class: &str| self.by_industry.get(industry)?.get(size_class);
        let has_enough = |figure: &&PeerFigure| figure.accounts >= PEERS_MIN;
        let of_both = || {
            let has_both = !industry.is_empty() && !size_class.is_empty();
            has_both.then(|| figure(industry, size_class)).flatten().filter(has_enough)
        };
        let of_industry =
            || (!industry.is_empty()).then(|| figure(industry, "")).flatten().filter(has_enough);
        of_both()
            .map(|found| (found, PeerSet::IndustryAndSize))
            .or_else(|| of_industry().map(|found| (found, PeerSet::Industry)))
            .or_else(|| figure("", "").map(|found| (found, PeerSet::All)))
    }
}

/// Peer figures by month end: dated facts, so that a new sales line of one account does not move others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Peers {
    pub months: BTreeMap<Month, PeerFigures>,
}

impl Peers {
    /// The industries there have been peers in, in order.
    pub fn industries(&self) -> Vec<&str> {
        let classes = self.months.values().flat_map(PeerFigures::iter);
        let found: BTreeSet<&str> =
            classes.map(|(industry, ..)| industry).filter(|name| !name.is_empty()).collect();
        found.into_iter().collect()
    }

    /// The size classes there have been peers of, in order.
    pub fn size_classes(&self) -> Vec<&str> {
        let classes = self.months.values().flat_map(PeerFigures::iter);
        let found: BTreeSet<&str> =
            classes.map(|(_, size, _)| size).filter(|name| !name.is_empty()).collect();
        found.into_iter().collect()
    }

    /// The figure for an account of this industry and size class in the window of `on`, and which set it is of. An
    /// empty class is no class.
    pub fn figure(
        &self,
        industry: Option<&str>,
        size_class: Option<&str>,
        on: Day,
    ) -> Option<(&PeerFigure, PeerSet)> {
        let figures = self.months.get(&Month::last_whole(on))?;
        figures.of_class(industry.unwrap_or_default(), size_class.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_a_group_counts_those_who_do_not_buy_it_as_nothing() {
        // numpy.quantile([0, 0, 0.2, 0.4, 1.0], 0.75) is 0.4; of [0, 0, 0, 0, 1] it is 0.
        assert_eq!(upper_share(vec![1.0, 0.2, 0.4], 5), 0.4);
        assert_eq!(upper_share(vec![1.0], 5), 0.0);
        assert_eq!(upper_share(vec![-0.5, 1.0], 2), 0.625);
    }

    #[test]
    fn fewer_than_twenty_peers_of_the_class_are_too_few() {
        let class = |industry: Option<&str>, size_class: Option<&str>| PeerClass {
            industry: industry.map(str::to_owned),
            size_class: size_class.map(str::to_owned),
        };
        let mut month = PeerMonth::default();
        for number in 0..20 {
            let size = if number < 19 { "small" } else { "large" };
            let class = class(Some("building"), Some(size));
            month.add(&Peer { class, current_value: Money::cents(number * 100), shares: Vec::new() });
        }
        let on = Day::new(2026, 11, 22).unwrap();
        let peers = Peers { months: BTreeMap::from([(Month::last_whole(on), month.figures())]) };

        let kind = |industry: Option<&str>, size_class: Option<&str>| {
            peers.figure(industry, size_class, on).map(|(figure, kind)| (figure.accounts, kind))
        };

        assert_eq!(kind(Some("building"), Some("small")), Some((20, PeerSet::Industry)));
        assert_eq!(kind(Some("farming"), Some("small")), Some((20, PeerSet::All)));
        assert_eq!(kind(None, Some("small")), Some((20, PeerSet::All)));
    }
}
