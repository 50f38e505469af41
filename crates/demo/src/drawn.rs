//! The stories of the accounts outside the cast: drawn, in fixed proportions of what accounts are for us.

use crate::{
    account_names, accounts, cast,
    dice::{Dice, Topic},
    people,
    story::{
        Buying, Care, Decision, Form, Industry, Life, Mix, Outlook, Ownership, Renewed, SizeClass, Story,
    },
};
use luotsi_core::{activity::ActivityKind, base::Estimator, strategy::Segment};

/// A smaller base has no twenty like customers to compare with: there people have estimated the small ones, too.
const ACCOUNTS_FOR_PEERS: u32 = 250;

/// What an account is for us, and how many of a thousand are so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Strategic,
    Growth,
    Retention,
    AcquiredCustomer,
    Prospect,
    WonBack,
    UnknownProspect,
    UnknownFormer,
    Closed,
    Efficiency,
}

const KINDS: [(Kind, u64); 10] = [
    (Kind::Strategic, 20),
    (Kind::Growth, 80),
    (Kind::Retention, 85),
    (Kind::AcquiredCustomer, 50),
    (Kind::Prospect, 40),
    (Kind::WonBack, 10),
    (Kind::UnknownProspect, 40),
    (Kind::UnknownFormer, 30),
    (Kind::Closed, 25),
    (Kind::Efficiency, 620),
];

/// Yearly euros of customers in Efficiency at each tenth of them.
const SMALL_CUSTOMERS: [i64; 11] =
    [700, 2_000, 4_000, 7_000, 11_000, 16_000, 22_000, 30_000, 41_000, 55_000, 76_000];

/// What an account outside the cast lives through.
pub fn story(number: u32, accounts: u32, seed: u64) -> Story {
    let mut dice = Dice::new(seed, u64::from(number), Topic::Story);
    let kind = kind_of(number, seed);
    let industry = industry_of(kind, &mut dice);
    let buying = buying(kind, &mut dice);
    let yearly_euros = yearly_euros(kind, buying, &mut dice);
    let parent = accounts::parent_of(number, accounts);
    let outlook = outlook(kind, accounts, &mut dice);

    Story {
        number,
        external_id: accounts::external_id(number),
        name: account_names::name(number, industry, &mut dice),
        parent,
        industry,
        size_class: size_class(kind, industry, yearly_euros, &mut dice),
        owner: owner(kind, accounts, &mut dice),
        life: match kind {
            Kind::Closed => Life::Ended { days_ago: dice.between(60, 500) },
            Kind::Strategic | Kind::Growth | Kind::Retention | Kind::Efficiency => Life::Active,
            Kind::AcquiredCustomer | Kind::Prospect | Kind::WonBack => Life::Active,
            Kind::UnknownProspect | Kind::UnknownFormer => Life::Active,
        },
        aim: aim(kind),
        yearly_euros,
        growth_percent: dice.around(5, 16),
        buying,
        mix: mix(kind, industry, &mut dice),
        outlook,
        ability: ability(kind, &mut dice),
        care: care(kind, &mut dice),
        decision: decision(kind, &mut dice),
        has_target: match kind {
            Kind::Strategic | Kind::Growth | Kind::Retention => dice.chance(85),
            Kind::AcquiredCustomer | Kind::Prospect => dice.chance(25),
            Kind::WonBack | Kind::UnknownProspect | Kind::UnknownFormer | Kind::Closed | Kind::Efficiency => {
                false
            }
        },
    }
}

/// Spread evenly by the golden section, so that every thousand accounts in a row has its share of each kind.
fn kind_of(number: u32, seed: u64) -> Kind {
    let mut place = (u64::from(number) * 618_034 + seed % 1_000_000 * 381_966) % 1_000_000 / 1_000;
    for (kind, share) in KINDS {
        match place.checked_sub(share) {
            None => return kind,
            Some(rest) => place = rest,
        }
    }
    Kind::Efficiency
}

fn aim(kind: Kind) -> Option<Segment> {
    match kind {
        Kind::Strategic => Some(Segment::Strategic),
        Kind::Growth => Some(Segment::Growth),
        Kind::Retention => Some(Segment::Retention),
        Kind::AcquiredCustomer | Kind::Prospect | Kind::WonBack => Some(Segment::Acquisition),
        Kind::Efficiency => Some(Segment::Efficiency),
        Kind::UnknownProspect | Kind::UnknownFormer | Kind::Closed => None,
    }
}

fn industry_of(kind: Kind, dice: &mut Dice) -> Industry {
    let weights = match kind {
        // The order is that of `Industry::ALL`. Housing companies and farms are small buyers.
        Kind::Strategic => [45, 25, 0, 22, 8, 0, 0],
        Kind::Growth | Kind::Retention | Kind::AcquiredCustomer => [40, 28, 2, 6, 12, 0, 12],
        Kind::Prospect | Kind::WonBack | Kind::UnknownProspect => [35, 25, 8, 4, 8, 6, 14],
        Kind::UnknownFormer | Kind::Closed | Kind::Efficiency => [40, 26, 17, 1, 1, 14, 1],
    };
    Industry::ALL.get(dice.weighted(&weights)).copied().unwrap_or_default()
}

fn yearly_euros(kind: Kind, buying: Buying, dice: &mut Dice) -> i64 {
    match kind {
        // Not among the valuable until lately.
        Kind::Growth | Kind::Retention if is_rising(buying) => dice.between(118, 134) * 1_000,
        Kind::Strategic => dice.between(400, 860) * 1_000,
        Kind::Growth => dice.between(150, 330) * 1_000,
        Kind::Retention => dice.between(150, 350) * 1_000,
        Kind::AcquiredCustomer => dice.between(6, 48) * 1_000,
        Kind::Prospect | Kind::UnknownProspect => 0,
        Kind::WonBack | Kind::UnknownFormer | Kind::Closed => dice.between(4, 90) * 1_000,
        Kind::Efficiency => {
            let tenth = dice.between(0, 9) as usize;
            dice.between(SMALL_CUSTOMERS[tenth], SMALL_CUSTOMERS[tenth + 1])
        }
    }
}

fn size_class(kind: Kind, industry: Industry, yearly_euros: i64, dice: &mut Dice) -> Option<SizeClass> {
    if dice.chance(4) {
        return None;
    }
    match (kind, industry) {
        (Kind::Prospect | Kind::WonBack, _) => Some(SizeClass::Large),
        // Large companies that buy little from us, and small ones with much in sight.
        (Kind::AcquiredCustomer, _) if dice.chance(50) => Some(SizeClass::Large),
        (_, Industry::Housing) => Some(SizeClass::Small),
        _ if yearly_euros < 14_000 => Some(SizeClass::Small),
        _ if yearly_euros < 100_000 => Some(SizeClass::Middle),
        _ => Some(SizeClass::Large),
    }
}

fn buying(kind: Kind, dice: &mut Dice) -> Buying {
    match kind {
        Kind::Prospect | Kind::UnknownProspect => Buying::Never,
        Kind::WonBack | Kind::UnknownFormer => Buying::Former,
        Kind::Closed => Buying::Stopped { days_ago: 505 },
        Kind::Strategic | Kind::AcquiredCustomer => Buying::Steady,
        Kind::Growth | Kind::Retention => match dice.between(1, 100) {
            ..=5 => Buying::Changed { percent: dice.between(40, 60), days_ago: dice.between(120, 170) },
            6..=9 => Buying::Stopped { days_ago: dice.between(25, 60) },
            10..=15 => Buying::Changed { percent: dice.between(165, 190), days_ago: dice.between(130, 170) },
            16..=18 => Buying::New { days_ago: dice.between(400, 700) },
            _ => Buying::Steady,
        },
        Kind::Efficiency => match dice.between(1, 100) {
            ..=3 => Buying::Changed { percent: dice.between(30, 60), days_ago: dice.between(120, 200) },
            4..=7 => Buying::Stopped { days_ago: dice.between(70, 240) },
            8..=12 => Buying::New { days_ago: dice.between(30, 330) },
            13..=19 => Buying::Once { days_ago: dice.between(60, 650) },
            _ => Buying::Steady,
        },
    }
}

fn is_rising(buying: Buying) -> bool {
    match buying {
        Buying::Changed { percent, .. } => percent > 100,
        Buying::Steady | Buying::Stopped { .. } | Buying::New { .. } | Buying::Once { .. } => false,
        Buying::Former | Buying::Never => false,
    }
}

/// The industry's mix with this account's leanings; now and then a group is bought elsewhere.
fn mix(kind: Kind, industry: Industry, dice: &mut Dice) -> Mix {
    let usual = Mix::of_industry(industry);
    let absent_percent = match kind {
        Kind::Growth => 22,
        Kind::Efficiency | Kind::AcquiredCustomer => 15,
        Kind::Strategic | Kind::Retention | Kind::Prospect | Kind::WonBack => 3,
        Kind::UnknownProspect | Kind::UnknownFormer | Kind::Closed => 3,
    };
    let mut leaning = |weight: i64| match dice.chance(absent_percent) {
        true => 0,
        false => weight * dice.between(75, 125) / 100,
    };
    let aggregates = leaning(usual.aggregates);
    let concrete = match aggregates {
        0 => usual.concrete.max(10),
        _ => leaning(usual.concrete),
    };
    Mix {
        concrete,
        aggregates,
        elements: leaning(usual.elements),
        additives: leaning(usual.additives),
        pumping_percent: leaning(usual.pumping_percent),
        delivery_percent: leaning(usual.delivery_percent),
    }
}

fn outlook(kind: Kind, accounts: u32, dice: &mut Dice) -> Outlook {
    let (estimated_percent, potential_thousands) = match kind {
        Kind::Strategic => (100, dice.between(210, 520)),
        Kind::Growth => (88, dice.between(75, 190)),
        Kind::Retention => (92, dice.between(2, 24)),
        Kind::AcquiredCustomer => (92, dice.between(80, 250)),
        Kind::Prospect | Kind::WonBack => (100, dice.between(85, 320)),
        Kind::Efficiency if accounts < ACCOUNTS_FOR_PEERS => (100, dice.between(1, 16)),
        Kind::Efficiency => (14, dice.between(1, 16)),
        Kind::UnknownProspect | Kind::UnknownFormer | Kind::Closed => (0, 0),
    };
    if !dice.chance(estimated_percent) {
        return Outlook::Peers;
    }

    let is_fresh = dice.chance(if kind == Kind::AcquiredCustomer { 40 } else { 15 });
    let (days_ago, renewed) = match kind {
        // Efficiency asks for no estimates: what there is was once said, long ago or not.
        Kind::Efficiency => (dice.between(60, 600), Renewed::First),
        Kind::AcquiredCustomer | Kind::Prospect | Kind::WonBack if is_fresh => {
            (dice.between(12, 90), Renewed::First)
        }
        Kind::Growth => (dice.between(6, 150), Renewed::TwiceAYear),
        Kind::Strategic | Kind::Retention | Kind::AcquiredCustomer | Kind::Prospect | Kind::WonBack => {
            yearly(dice)
        }
        Kind::UnknownProspect | Kind::UnknownFormer | Kind::Closed => return Outlook::Peers,
    };
    Outlook::Estimated {
        potential_euros: potential_thousands * 1_000,
        days_ago,
        by: if dice.chance(25) { Estimator::Customer } else { Estimator::Owner },
        form: if dice.chance(22) { Form::ByGroup } else { Form::Total },
        renewed,
    }
}

/// Estimated every year, but for the few that have been forgotten.
fn yearly(dice: &mut Dice) -> (i64, Renewed) {
    match dice.chance(10) {
        true => (dice.between(370, 470), Renewed::First),
        false => (dice.between(15, 340), Renewed::Yearly),
    }
}

fn ability(kind: Kind, dice: &mut Dice) -> Option<[u8; 4]> {
    let scored_percent = match kind {
        Kind::Strategic => 100,
        Kind::Growth | Kind::Retention => 75,
        Kind::AcquiredCustomer | Kind::Prospect | Kind::WonBack => 55,
        Kind::Efficiency => 6,
        Kind::UnknownProspect | Kind::UnknownFormer | Kind::Closed => 0,
    };
    let mut score = || dice.around(35, 17).div_euclid(10) as u8;
    let scores = [score(), score(), score(), score()];
    dice.chance(scored_percent).then_some(scores)
}

fn care(kind: Kind, dice: &mut Dice) -> Care {
    let (kept, lines) = match kind {
        Kind::Strategic => {
            (70, [ActivityKind::Visit, ActivityKind::ManagementMeeting, ActivityKind::ValueSurvey])
        }
        Kind::Growth => (76, [ActivityKind::Visit, ActivityKind::Call, ActivityKind::CrossSellingReview]),
        Kind::Retention => (80, [ActivityKind::Visit, ActivityKind::Call, ActivityKind::ValueSurvey]),
        Kind::Efficiency => (89, [ActivityKind::Call, ActivityKind::Email, ActivityKind::Email]),
        Kind::AcquiredCustomer
        | Kind::Prospect
        | Kind::WonBack
        | Kind::UnknownProspect
        | Kind::UnknownFormer
        | Kind::Closed => (76, [ActivityKind::Call, ActivityKind::Visit, ActivityKind::Call]),
    };
    match dice.between(1, 100) {
        percent if percent <= kept => Care::Kept,
        percent if percent > 94 => Care::Neglected,
        percent if percent % 2 == 0 && kind != Kind::Efficiency => Care::NotPlanned(pick(dice, &lines)),
        _ => Care::Slips(pick(dice, &lines)),
    }
}

fn pick(dice: &mut Dice, lines: &[ActivityKind; 3]) -> ActivityKind {
    lines[dice.between(0, 2) as usize]
}

fn decision(kind: Kind, dice: &mut Dice) -> Option<Decision> {
    let (percent, segment, reason) = match kind {
        Kind::Growth => (4, Segment::Strategic, "Avaa uuden markkina-alueen, kehitetään yhdessä"),
        Kind::Retention => (3, Segment::Growth, "Uusi tontti hankittu, tarve kasvaa ensi vuonna"),
        Kind::Efficiency => (1, Segment::Retention, "Suosittelee meitä alueellaan, pidetään lähellä"),
        Kind::Strategic | Kind::AcquiredCustomer | Kind::Prospect | Kind::WonBack => return None,
        Kind::UnknownProspect | Kind::UnknownFormer | Kind::Closed => return None,
    };
    let decision = Decision {
        segment,
        reason,
        days_ago: dice.between(60, 420),
        removed_days_ago: dice.chance(20).then(|| dice.between(5, 50)),
    };
    dice.chance(percent).then_some(decision)
}

fn owner(kind: Kind, accounts: u32, dice: &mut Dice) -> Ownership {
    // West, east, who left, key accounts, inside sales, nobody.
    let weights = match kind {
        Kind::Strategic => [0, 0, 0, 100, 0, 0],
        Kind::Growth | Kind::Retention => [38, 36, 12, 14, 0, 0],
        Kind::AcquiredCustomer | Kind::Prospect | Kind::WonBack => [42, 40, 14, 4, 0, 0],
        Kind::Efficiency => [18, 16, 9, 0, 56, 1],
        Kind::UnknownProspect | Kind::UnknownFormer | Kind::Closed => [32, 30, 2, 0, 36, 0],
    };
    let place = dice.weighted(&weights);
    let team = dice.between(0, i64::from(people::teams(accounts))) as u32;
    let nth = dice.between(0, 2) as u32;
    let is_left_behind = dice.chance(14);
    let colleague = if nth == 0 { cast::SELLER_WEST } else { cast::SELLER_EAST };

    match (place, team) {
        (5, _) => Ownership::Nobody,
        (3, _) => Ownership::Person(cast::KAM.to_owned()),
        (4, 0) => Ownership::Person(cast::INSIDE_SALES.to_owned()),
        (4, team) => Ownership::Person(people::inside_sales_of(team)),
        (0, 0) => Ownership::Person(cast::SELLER_WEST.to_owned()),
        (2, 0) if is_left_behind => Ownership::LeftBehind,
        (2, 0) => Ownership::HandedOver(colleague.to_owned()),
        (_, 0) => Ownership::Person(cast::SELLER_EAST.to_owned()),
        (_, team) => Ownership::Person(people::seller_of(team, nth)),
    }
}
