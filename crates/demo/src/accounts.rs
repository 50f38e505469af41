//! The accounts: who they are, and for those outside the cast what they live through.

use crate::{
    cast,
    dice::{Dice, Topic},
    names, people,
    story::{
        Buying, Care, Decision, Form, Industry, Life, Mix, Outlook, Ownership, Renewed, SizeClass, Story,
    },
};
use luotsi_app::import::records::{AccountRecord, TeamMemberRecord};
use luotsi_core::{activity::ActivityKind, base::Estimator, people::Role, strategy::Segment, units::Day};

/// One block in which a group of companies stands: its parent, then its subsidiaries.
const BLOCK: u32 = 40;
const PARENT_PLACE: u32 = 25;
const SUBSIDIARY_PLACES: [u32; 2] = [26, 27];

/// Days after the seller left on which most of the accounts got another owner.
const HANDED_OVER_AFTER_DAYS: i64 = 5;

pub fn handed_over_on(ending: Day) -> Day {
    people::left_on(ending).plus_days(HANDED_OVER_AFTER_DAYS)
}

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

pub fn story(number: u32, accounts: u32, seed: u64) -> Story {
    cast::story(number).unwrap_or_else(|| drawn(number, accounts, seed))
}

fn drawn(number: u32, accounts: u32, seed: u64) -> Story {
    let mut dice = Dice::new(seed, u64::from(number), Topic::Story);
    let kind = kind_of(number, seed);
    let industry = industry_of(kind, &mut dice);
    let yearly_euros = yearly_euros(kind, &mut dice);
    let parent = parent_of(number, accounts);
    let outlook = outlook(kind, &mut dice);

    Story {
        number,
        external_id: external_id(number),
        name: name(number, industry, &mut dice),
        parent,
        industry,
        size_class: size_class(kind, industry, yearly_euros, &mut dice),
        owner: owner(kind, accounts, &mut dice),
        life: match kind {
            Kind::Closed => Life::Ended { days_ago: dice.between(60, 500) },
            _ => Life::Active,
        },
        aim: aim(kind),
        yearly_euros,
        growth_percent: dice.around(5, 16),
        buying: buying(kind, &mut dice),
        mix: mix(kind, industry, &mut dice),
        outlook,
        ability: ability(kind, &mut dice),
        care: care(kind, &mut dice),
        decision: decision(kind, &mut dice),
        has_target: match kind {
            Kind::Strategic | Kind::Growth | Kind::Retention => dice.chance(85),
            Kind::AcquiredCustomer | Kind::Prospect => dice.chance(25),
            _ => false,
        },
    }
}

fn external_id(number: u32) -> String {
    format!("{}", 10_001 + number)
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

fn yearly_euros(kind: Kind, dice: &mut Dice) -> i64 {
    match kind {
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
            ..=5 => Buying::Declining { percent: dice.between(40, 60), days_ago: dice.between(120, 170) },
            6..=9 => Buying::Stopped { days_ago: dice.between(25, 60) },
            10..=12 => Buying::New { days_ago: dice.between(400, 700) },
            _ => Buying::Steady,
        },
        Kind::Efficiency => match dice.between(1, 100) {
            ..=3 => Buying::Declining { percent: dice.between(30, 60), days_ago: dice.between(120, 200) },
            4..=7 => Buying::Stopped { days_ago: dice.between(70, 240) },
            8..=12 => Buying::New { days_ago: dice.between(30, 330) },
            13..=19 => Buying::Once { days_ago: dice.between(60, 650) },
            _ => Buying::Steady,
        },
    }
}

/// The industry's mix with this account's leanings; now and then a group is bought elsewhere.
fn mix(kind: Kind, industry: Industry, dice: &mut Dice) -> Mix {
    let usual = Mix::of_industry(industry);
    let absent_percent = match kind {
        Kind::Growth => 22,
        Kind::Efficiency | Kind::AcquiredCustomer => 15,
        _ => 3,
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

fn outlook(kind: Kind, dice: &mut Dice) -> Outlook {
    let (estimated_percent, potential_thousands) = match kind {
        Kind::Strategic => (100, dice.between(210, 520)),
        Kind::Growth => (88, dice.between(75, 190)),
        Kind::Retention => (92, dice.between(2, 24)),
        Kind::AcquiredCustomer => (92, dice.between(80, 250)),
        Kind::Prospect | Kind::WonBack => (100, dice.between(85, 320)),
        Kind::Efficiency => (14, dice.between(1, 16)),
        Kind::UnknownProspect | Kind::UnknownFormer | Kind::Closed => (0, 0),
    };
    if !dice.chance(estimated_percent) {
        return Outlook::Peers;
    }

    let is_fresh = dice.chance(24);
    let (days_ago, renewed) = match kind {
        // Efficiency asks for no estimates: what there is was once said, long ago or not.
        Kind::Efficiency => (dice.between(60, 600), Renewed::First),
        Kind::AcquiredCustomer | Kind::Prospect | Kind::WonBack if is_fresh => {
            (dice.between(12, 90), Renewed::First)
        }
        Kind::Growth => (dice.between(6, 150), Renewed::TwiceAYear),
        _ if dice.chance(10) => (dice.between(370, 470), Renewed::First),
        _ => (dice.between(15, 340), Renewed::Yearly),
    };
    Outlook::Estimated {
        potential_euros: potential_thousands * 1_000,
        days_ago,
        by: if dice.chance(25) { Estimator::Customer } else { Estimator::Owner },
        form: if dice.chance(22) { Form::ByGroup } else { Form::Total },
        renewed,
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
        _ => (76, [ActivityKind::Call, ActivityKind::Visit, ActivityKind::Call]),
    };
    match dice.between(1, 100) {
        percent if percent <= kept => Care::Kept,
        percent if percent > 94 => Care::Neglected,
        percent if percent % 3 == 0 && kind != Kind::Efficiency => Care::NotPlanned(pick(dice, &lines)),
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
        _ => return None,
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

/// The parent of a subsidiary, when it stands among the accounts and is not one of the cast.
fn parent_of(number: u32, accounts: u32) -> Option<String> {
    let parent = number / BLOCK * BLOCK + PARENT_PLACE;
    let is_subsidiary = SUBSIDIARY_PLACES.contains(&(number % BLOCK));
    (is_subsidiary && parent < accounts).then(|| external_id(parent))
}

fn name(number: u32, industry: Industry, dice: &mut Dice) -> String {
    let block = u64::from(number / BLOCK);
    match number % BLOCK {
        PARENT_PLACE => format!("{}-yhtiöt Oy", names::surname(block)),
        place if place == SUBSIDIARY_PLACES[0] => format!("{} {} Oy", names::surname(block), trade(industry)),
        place if place == SUBSIDIARY_PLACES[1] => {
            format!("{} Itä-{} Oy", names::surname(block), trade(industry))
        }
        _ => name_alone(u64::from(number), industry, dice),
    }
}

fn trade(industry: Industry) -> &'static str {
    match industry {
        Industry::Building => "Rakennus",
        Industry::Infrastructure => "Infra",
        Industry::Farming => "Maatalous",
        Industry::ElementMaking => "Elementti",
        Industry::Municipality => "Tilapalvelu",
        Industry::Housing => "Kiinteistöt",
        Industry::Manufacturing => "Teollisuus",
    }
}

fn name_alone(number: u64, industry: Industry, dice: &mut Dice) -> String {
    let place = names::place(number);
    let surname = names::owner(number);
    let nth = dice.between(0, 5);
    match (industry, nth) {
        (Industry::Building, 0) => format!("Rakennusliike {surname} Oy"),
        (Industry::Building, 1) => format!("Betonityö {surname} Oy"),
        (Industry::Building, 2) => format!("{place} Talot Oy"),
        (Industry::Building, 3) => format!("{place} Perustus Oy"),
        (Industry::Building, _) => format!("{place} Rakennus Oy"),
        (Industry::Infrastructure, 0) => format!("Maanrakennus {surname} Oy"),
        (Industry::Infrastructure, 1) => format!("Kaivinkone {surname} Ky"),
        (Industry::Infrastructure, 2) => format!("Maansiirto {surname} Oy"),
        (Industry::Infrastructure, 3) => format!("{place} Väylä Oy"),
        (Industry::Infrastructure, _) => format!("{place} Infra Oy"),
        (Industry::Farming, 0) => format!("Maatila {surname}"),
        (Industry::Farming, 1) => format!("{place} Navetta Oy"),
        (Industry::Farming, 2) => format!("{place} maatalousyhtymä"),
        (Industry::Farming, _) => format!("{place} tila"),
        (Industry::ElementMaking, 0) => format!("Betonivalimo {surname} Oy"),
        (Industry::ElementMaking, 1) => format!("{place} Betonituote Oy"),
        (Industry::ElementMaking, _) => format!("{place} Elementti Oy"),
        (Industry::Municipality, 0) => format!("{} vesihuolto", names::municipality(number)),
        (Industry::Municipality, 1) => format!("{} kaupunki", names::municipality(number)),
        (Industry::Municipality, 2) => format!("{} Tilapalvelu Oy", names::municipality(number)),
        (Industry::Municipality, _) => format!("{} kunta", names::municipality(number)),
        (Industry::Housing, _) => format!("Asunto Oy {place} {}", names::house(dice)),
        (Industry::Manufacturing, 0) => format!("{place} Konepaja Oy"),
        (Industry::Manufacturing, 1) => format!("{place} Saha Oy"),
        (Industry::Manufacturing, 2) => format!("{place} Energia Oy"),
        (Industry::Manufacturing, _) => format!("{place} Varastot Oy"),
    }
}

/// The account as it was for all time, then each change with the day it was known.
pub fn records(story: &Story, ending: Day, seed: u64) -> Vec<AccountRecord> {
    let first = first_record(story, seed);
    let mut records = vec![first.clone()];
    match &story.owner {
        Ownership::HandedOver(owner) => records.push(AccountRecord {
            owner: Some(owner.clone()),
            known_on: Some(handed_over_on(ending)),
            ..first.clone()
        }),
        Ownership::Nobody | Ownership::Person(_) | Ownership::LeftBehind => {}
    }
    match story.life {
        Life::Active => {}
        Life::Ended { days_ago } => records.push(AccountRecord {
            is_active: false,
            known_on: Some(ending.plus_days(-days_ago)),
            ..first
        }),
    }
    records.sort_by_key(|record| record.known_on);
    records
}

fn first_record(story: &Story, seed: u64) -> AccountRecord {
    let mut dice = Dice::new(seed_of(story, seed), u64::from(story.number), Topic::Identity);
    let (city, postal_code) = names::town(&mut dice);
    AccountRecord {
        external_id: story.external_id.clone(),
        name: story.name.clone(),
        business_id: Some(names::business_id(u64::from(story.number))),
        parent: story.parent.clone(),
        industry: Some(story.industry.name().to_owned()),
        size_class: story.size_class.map(|class| class.name().to_owned()),
        owner: match &story.owner {
            Ownership::Nobody => None,
            Ownership::Person(owner) => Some(owner.clone()),
            Ownership::LeftBehind | Ownership::HandedOver(_) => Some(cast::SELLER_WHO_LEFT.to_owned()),
        },
        street: Some(names::street(&mut dice)),
        postal_code: Some(postal_code.to_owned()),
        city: Some(city.to_owned()),
        country: Some("FI".to_owned()),
        is_active: true,
        known_on: None,
    }
}

/// The cast is the same whatever the seed.
pub fn seed_of(story: &Story, seed: u64) -> u64 {
    match (story.number as usize) < cast::ACCOUNTS.len() {
        true => 0,
        false => seed,
    }
}

/// Strategic accounts, those by decision too, have a team around them.
pub fn team_records(story: &Story, ending: Day) -> Vec<TeamMemberRecord> {
    let by_decision = story.decision.filter(|decision| decision.segment == Segment::Strategic);
    if story.aim != Some(Segment::Strategic) && by_decision.is_none() {
        return Vec::new();
    }
    let from = ending.plus_days(-by_decision.map_or(700, |decision| decision.days_ago));
    let member = |person: &str, role: Role, until: Option<Day>| TeamMemberRecord {
        account: story.external_id.clone(),
        person: person.to_owned(),
        role,
        from: Some(from),
        until,
        known_on: None,
    };
    let mut team = vec![
        member(cast::KAM, Role::Kam, None),
        member(cast::INSIDE_SALES, Role::InsideSales, None),
        member(cast::MANAGER, Role::Manager, None),
    ];
    if story.number % 2 == 0 && from < people::left_on(ending) {
        team.push(member(cast::SELLER_WHO_LEFT, Role::Seller, Some(people::left_on(ending))));
    }
    team
}
