//! What a customer is worth and could be worth: current value, potential, ability, and the facts they follow from.

use crate::{
    account::Account,
    activity::Activity,
    offering::{GroupNo, Offering},
    people::{People, PersonNo, TeamMember},
    sales::SalesLine,
    strategy::{Segment, StrategyVersions},
    units::{Day, Known, Money, Month},
};

mod orders;
mod peers;
mod potential;
mod values;
mod window;

pub use orders::{CustomerState, Orders, StateChange, state, state_changes};
pub use peers::{Peer, PeerClass, PeerFigure, PeerFigures, PeerMonth, PeerSet, Peers, peer};
pub use potential::{InForce, PeerGap, PeerPotential, Potential, PotentialMethod, estimates_in_force};
pub use values::{
    AbilityScore, ShareOfWallet, Values, Worth, ability, ability_in_force, customer_target, share_of_wallets,
    values, worth,
};
pub use window::{Sums, Window, sums, window_value};

/// What every account is judged with: the company's people, product groups, strategy and peers.
#[derive(Clone, Debug)]
pub struct Company {
    pub people: People,
    pub offering: Offering,
    pub strategies: StrategyVersions,
    pub peers: Peers,
    /// The month of the company's first sales line: from its end on accounts are evaluated at every month end.
    pub first_month: Option<Month>,
    /// The day of the first watch that had thresholds; the segments of that day are the first acknowledged ones.
    pub first_watch: Option<Day>,
}

/// All that is known of an account, ever. The rules look at it as of a day. Sales lines are in order of day.
#[derive(Clone, Debug)]
pub struct Facts {
    pub account: Account,
    pub sales: Vec<SalesLine>,
    pub activities: Vec<Activity>,
    pub estimates: Vec<Estimate>,
    pub abilities: Vec<Ability>,
    pub targets: Vec<Target>,
    pub overrides: Vec<SegmentOverride>,
    pub team: Vec<TeamMember>,
}

/// How often people have judged an account, of each kind. No judgement is ever deleted: whoever read as many as there are
/// now has read them all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judgements {
    pub estimates: usize,
    pub abilities: usize,
    pub targets: usize,
    pub overrides: usize,
}

impl Facts {
    pub fn judgements(&self) -> Judgements {
        Judgements {
            estimates: self.estimates.len(),
            abilities: self.abilities.len(),
            targets: self.targets.len(),
            overrides: self.overrides.len(),
        }
    }
}

/// Whose judgement an estimate is. The customer's word goes before the owner's of the same day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Estimator {
    Owner,
    Customer,
}

impl Estimator {
    pub const ALL: [Self; 2] = [Self::Owner, Self::Customer];

    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Customer => "customer",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|estimator| estimator.name() == name)
    }
}

/// The customer's yearly need in sales euros, of one product group or in total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    pub group: Option<GroupNo>,
    pub yearly_need: Money,
    pub estimator: Estimator,
    pub person: Option<PersonNo>,
    pub day: Day,
    pub known: Known,
}

/// Our own ability to create value for the customer: four scores of 1..=5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ability {
    pub people: u8,
    pub offering: u8,
    pub processes: u8,
    pub relationship: u8,
    pub person: Option<PersonNo>,
    pub day: Day,
    pub known: Known,
}

/// What a person has set as the customer's target for a calendar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub year: i16,
    pub target: Money,
    pub person: Option<PersonNo>,
    pub day: Day,
    pub known: Known,
}

/// A person's decision on the segment; `segment: None` takes the decision back from that day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SegmentOverride {
    pub segment: Option<Segment>,
    pub person: Option<PersonNo>,
    pub from: Day,
    pub review: Day,
    pub known: Known,
}
