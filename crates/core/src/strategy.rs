//! What the company has decided: measure, margin, costs, thresholds, care models, exposures, minutes. Versioned data;
//! the rules that read it stand in the modules after this one. `Strategy::default` is the strategy Luotsi ships.

use crate::{
    activity::ActivityKind,
    people::{Answering, Role},
    units::{Calendar, Day, Money, Ratio, Share, WORKING_DAYS_A_YEAR},
};

mod difference;

pub use difference::{Difference, Number, Said, differences};

/// What an account's value is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Net of sales lines.
    Revenue,
    /// Net less cost; a line without cost has the default margin.
    Margin,
    /// Margin less cost to serve.
    Profit,
}

impl Measure {
    pub const ALL: [Self; 3] = [Self::Revenue, Self::Margin, Self::Profit];

    pub fn name(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::Margin => "margin",
            Self::Profit => "profit",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.name() == name)
    }
}

/// One of the five target segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    Acquisition,
    Growth,
    Strategic,
    Retention,
    Efficiency,
}

impl Segment {
    pub const ALL: [Self; 5] =
        [Self::Strategic, Self::Growth, Self::Retention, Self::Efficiency, Self::Acquisition];

    pub fn name(self) -> &'static str {
        match self {
            Self::Acquisition => "acquisition",
            Self::Growth => "growth",
            Self::Strategic => "strategic",
            Self::Retention => "retention",
            Self::Efficiency => "efficiency",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|segment| segment.name() == name)
    }
}

/// What an hour of our work costs where the person's own hourly cost is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Costs {
    pub by_role: Vec<(Role, Money)>,
    pub default_hourly: Money,
}

impl Costs {
    pub fn hourly(&self, role: Role) -> Money {
        self.by_role.iter().find(|(of, _)| *of == role).map_or(self.default_hourly, |(_, cost)| *cost)
    }
}

/// From where on a value counts as high. The strategic ones bound the far corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    pub current: Money,
    pub potential: Money,
    pub strategic_current: Money,
    pub strategic_potential: Money,
}

/// Thresholds as a strategy gives them; the first watch that can fills in what is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GivenThresholds {
    pub current: Option<Money>,
    pub potential: Option<Money>,
    pub strategic_current: Option<Money>,
    pub strategic_potential: Option<Money>,
}

impl GivenThresholds {
    /// An account is assessed only when all four are set.
    pub fn complete(self) -> Option<Thresholds> {
        Some(Thresholds {
            current: self.current?,
            potential: self.potential?,
            strategic_current: self.strategic_current?,
            strategic_potential: self.strategic_potential?,
        })
    }
}

/// Weights of the four elements of our ability to create value; equal by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AbilityWeights {
    pub people: u32,
    pub offering: u32,
    pub processes: u32,
    pub relationship: u32,
}

/// How often a care line asks for its activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CareRule {
    /// `per_year` times a year, from the `after`th working day after entering the segment on (0: at once).
    Rhythm { per_year: u32, after: u32 },
    /// `times` within `within` working days of entering the segment.
    Entering { times: u32, within: u32 },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareLine {
    /// Unique in its model: `visit`, ..., `email_or_letter`, `entering_contacts`, `account_plan`.
    pub name: String,
    /// An activity of any of these counts. The first is the one that is proposed.
    pub kinds: Vec<ActivityKind>,
    pub rule: CareRule,
    pub answering: Answering,
    pub minutes: u32,
    pub agenda: String,
}

/// The care a segment has been promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareModel {
    pub segment: Segment,
    pub lines: Vec<CareLine>,
    /// The longest silence allowed, in calendar days.
    pub silence_days: u32,
}

/// The share of a value believed to hang on a deviation: shown, so that a late call is not sold as the whole customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exposures {
    pub care_late: Share,
    /// When the age is above twice the rhythm.
    pub care_very_late: Share,
    pub care_not_planned: Share,
    pub silence: Share,
    pub value_declining: Share,
    pub rhythm_broken: Share,
    pub segment_changed: Share,
    pub override_review: Share,
    pub potential_missing: Share,
    pub potential_stale: Share,
    pub owner_missing: Share,
}

impl Exposures {
    pub const NAMES: [&'static str; 11] = [
        "care_late",
        "care_very_late",
        "care_not_planned",
        "silence",
        "value_declining",
        "rhythm_broken",
        "segment_changed",
        "override_review",
        "potential_missing",
        "potential_stale",
        "owner_missing",
    ];

    /// Each of them by name, in the order of `NAMES`.
    pub fn each(mut self) -> [(&'static str, Share); 11] {
        let shares = self.shares().map(|share| *share);
        std::array::from_fn(|place| (Self::NAMES[place], shares[place]))
    }

    /// With each of them as `decided` says, which is told its name and what it is.
    pub fn with(mut self, decided: impl Fn(&str, Share) -> Share) -> Self {
        for (name, share) in Self::NAMES.into_iter().zip(self.shares()) {
            *share = decided(name, *share);
        }
        self
    }

    fn shares(&mut self) -> [&mut Share; 11] {
        [
            &mut self.care_late,
            &mut self.care_very_late,
            &mut self.care_not_planned,
            &mut self.silence,
            &mut self.value_declining,
            &mut self.rhythm_broken,
            &mut self.segment_changed,
            &mut self.override_review,
            &mut self.potential_missing,
            &mut self.potential_stale,
            &mut self.owner_missing,
        ]
    }
}

/// Everything the company has decided, as in force from a day on.
#[derive(Clone, Debug)]
pub struct Strategy {
    pub measure: Measure,
    /// Margin of a line without cost, as a share of its net; also turns needs in sales euros into margin.
    pub default_margin: Share,
    pub costs: Costs,
    pub ability_weights: AbilityWeights,
    pub thresholds: GivenThresholds,
    pub hysteresis: Share,
    pub exposures: Exposures,
    pub care_models: Vec<CareModel>,
    /// The company's own days off, besides Finnish public holidays, Midsummer Eve and Christmas Eve.
    pub days_off: Vec<Day>,
    /// Minutes a person has for customer work in a day.
    pub day_minutes: u32,
    /// Hours a year with customers of a person of whom it is not known.
    pub customer_hours: u32,
    /// Chance that an action works, before anything has been learned.
    pub likelihood_prior: Share,
    pub calendar: Calendar,
}

impl Strategy {
    pub fn care_model(&self, segment: Segment) -> Option<&CareModel> {
        self.care_models.iter().find(|model| model.segment == segment)
    }
}

impl CareLine {
    /// Working days between two, of a rhythm; the days given, of an entering line.
    pub fn rhythm(&self) -> Ratio {
        match self.rule {
            CareRule::Rhythm { per_year, .. } => Ratio::new(WORKING_DAYS_A_YEAR.into(), i128::from(per_year)),
            CareRule::Entering { within, .. } => Ratio::new(i128::from(within), 1),
        }
    }
}

/// A strategy and the day it comes into force.
#[derive(Clone, Debug)]
pub struct StrategyVersion {
    /// `Day::MIN` of the first version: it holds for all time.
    pub from: Day,
    pub strategy: Strategy,
}

/// All versions, in order of day; never empty.
#[derive(Clone, Debug)]
pub struct StrategyVersions {
    first: StrategyVersion,
    later: Vec<StrategyVersion>,
}

impl StrategyVersions {
    pub fn new(first: Strategy, mut later: Vec<StrategyVersion>) -> Self {
        later.sort_by_key(|version| version.from);
        Self { first: StrategyVersion { from: Day::MIN, strategy: first }, later }
    }

    pub fn on(&self, day: Day) -> &Strategy {
        self.later
            .iter()
            .rev()
            .find(|version| version.from <= day)
            .map_or(&self.first.strategy, |v| &v.strategy)
    }

    pub fn all(&self) -> impl DoubleEndedIterator<Item = &StrategyVersion> {
        std::iter::once(&self.first).chain(&self.later)
    }

    /// The day on which a model of `segment` first had a line with exactly these kinds.
    pub fn line_since(&self, segment: Segment, kinds: &[ActivityKind]) -> Day {
        self.all()
            .find(|version| {
                version
                    .strategy
                    .care_model(segment)
                    .is_some_and(|model| model.lines.iter().any(|line| same_kinds(&line.kinds, kinds)))
            })
            .map_or(Day::MIN, |version| version.from)
    }
}

fn same_kinds(one: &[ActivityKind], other: &[ActivityKind]) -> bool {
    one.len() == other.len() && one.iter().all(|kind| other.contains(kind))
}

impl Default for Strategy {
    fn default() -> Self {
        Self {
            measure: Measure::Revenue,
            default_margin: Share::percent(30),
            costs: Costs { by_role: Vec::new(), default_hourly: Money::euros(50) },
            ability_weights: AbilityWeights { people: 1, offering: 1, processes: 1, relationship: 1 },
            thresholds: GivenThresholds::default(),
            hysteresis: Share::percent(10),
            exposures: Exposures {
                care_late: Share::percent(5),
                care_very_late: Share::percent(10),
                care_not_planned: Share::percent(2),
                silence: Share::percent(10),
                value_declining: Share::percent(25),
                rhythm_broken: Share::percent(30),
                segment_changed: Share::percent(10),
                override_review: Share::percent(2),
                potential_missing: Share::percent(2),
                potential_stale: Share::percent(2),
                owner_missing: Share::percent(10),
            },
            care_models: default_care_models(),
            days_off: Vec::new(),
            day_minutes: 240,
            customer_hours: 1200,
            likelihood_prior: Share::percent(30),
            calendar: Calendar::default(),
        }
    }
}

fn default_care_models() -> Vec<CareModel> {
    use ActivityKind as Kind;
    let kam = Answering::Role(Role::Kam);
    let owner = Answering::Owner;

    vec![
        CareModel {
            segment: Segment::Strategic,
            lines: vec![
                rhythm_line(&[Kind::Visit], 12, kam, 120),
                rhythm_line(&[Kind::ManagementMeeting], 2, Answering::Role(Role::Manager), 180),
                rhythm_line(&[Kind::PlanReview], 4, kam, 120),
                rhythm_line(&[Kind::ValueSurvey], 2, kam, 15),
                CareLine {
                    name: "account_plan".to_owned(),
                    kinds: vec![Kind::AccountPlan],
                    rule: CareRule::Entering { times: 1, within: 20 },
                    answering: kam,
                    minutes: 240,
                    agenda: String::new(),
                },
            ],
            silence_days: 30,
        },
        CareModel {
            segment: Segment::Growth,
            lines: vec![
                rhythm_line(&[Kind::Visit], 6, owner, 120),
                rhythm_line(&[Kind::Call], 6, owner, 15),
                rhythm_line(&[Kind::CrossSellingReview], 4, owner, 45),
                rhythm_line(&[Kind::PotentialEstimate], 2, owner, 20),
            ],
            silence_days: 45,
        },
        CareModel {
            segment: Segment::Retention,
            lines: vec![
                rhythm_line(&[Kind::Visit], 4, owner, 120),
                rhythm_line(&[Kind::Call], 4, owner, 15),
                rhythm_line(&[Kind::ValueSurvey], 2, owner, 15),
            ],
            silence_days: 60,
        },
        CareModel {
            segment: Segment::Efficiency,
            lines: vec![
                rhythm_line(&[Kind::Call], 1, Answering::Role(Role::InsideSales), 15),
                CareLine {
                    name: "email_or_letter".to_owned(),
                    ..rhythm_line(&[Kind::Email, Kind::Letter], 4, Answering::Role(Role::Marketing), 5)
                },
            ],
            silence_days: 180,
        },
        CareModel {
            segment: Segment::Acquisition,
            lines: vec![
                CareLine {
                    name: "entering_contacts".to_owned(),
                    kinds: vec![
                        Kind::Call,
                        Kind::Visit,
                        Kind::Meeting,
                        Kind::RemoteMeeting,
                        Kind::Email,
                        Kind::Letter,
                        Kind::ManagementMeeting,
                        Kind::PlanReview,
                    ],
                    rule: CareRule::Entering { times: 8, within: 40 },
                    answering: owner,
                    minutes: 15,
                    agenda: String::new(),
                },
                then(rhythm_line(&[Kind::Call], 4, owner, 15)),
                then(rhythm_line(&[Kind::Visit], 1, owner, 120)),
            ],
            silence_days: 90,
        },
    ]
}

fn rhythm_line(kinds: &[ActivityKind], per_year: u32, answering: Answering, minutes: u32) -> CareLine {
    CareLine {
        name: kinds.first().map_or("", |kind| kind.name()).to_owned(),
        kinds: kinds.to_vec(),
        rule: CareRule::Rhythm { per_year, after: 0 },
        answering,
        minutes,
        agenda: String::new(),
    }
}

/// After the first 40 working days of winning an account, the care goes on in a rhythm.
fn then(line: CareLine) -> CareLine {
    match line.rule {
        CareRule::Rhythm { per_year, .. } => {
            CareLine { rule: CareRule::Rhythm { per_year, after: 40 }, ..line }
        }
        CareRule::Entering { .. } => line,
    }
}
