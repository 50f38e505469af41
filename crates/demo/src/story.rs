//! What an account lives through. Everything else about it (sales, activities, estimates) follows from its story.

use luotsi_core::{activity::ActivityKind, base::Estimator, strategy::Segment};

#[derive(Clone, Debug)]
pub struct Story {
    /// The account's number, from 0; the cast comes first.
    pub number: u32,
    pub external_id: String,
    pub name: String,
    pub parent: Option<String>,
    pub industry: Industry,
    pub size_class: Option<SizeClass>,
    pub owner: Ownership,
    pub life: Life,
    /// The segment to which its values lead under the suggested thresholds, and whose care it gets; `None`: not assessed.
    pub aim: Option<Segment>,
    /// Net sales of the last twelve months, about.
    pub yearly_euros: i64,
    pub growth_percent: i64,
    pub buying: Buying,
    pub mix: Mix,
    pub outlook: Outlook,
    /// Our ability as scored: people, offering, processes, relationship.
    pub ability: Option<[u8; 4]>,
    pub care: Care,
    pub decision: Option<Decision>,
    pub has_target: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Industry {
    #[default]
    Building,
    Infrastructure,
    Farming,
    ElementMaking,
    Municipality,
    Housing,
    Manufacturing,
}

impl Industry {
    pub const ALL: [Self; 7] = [
        Self::Building,
        Self::Infrastructure,
        Self::Farming,
        Self::ElementMaking,
        Self::Municipality,
        Self::Housing,
        Self::Manufacturing,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Building => "Talonrakennus",
            Self::Infrastructure => "Infrarakentaminen",
            Self::Farming => "Maatalous",
            Self::ElementMaking => "Elementtiteollisuus",
            Self::Municipality => "Kunnat",
            Self::Housing => "Taloyhtiöt",
            Self::Manufacturing => "Teollisuus",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SizeClass {
    Small,
    Middle,
    Large,
}

impl SizeClass {
    pub fn name(self) -> &'static str {
        match self {
            Self::Small => "pieni",
            Self::Middle => "keskisuuri",
            Self::Large => "suuri",
        }
    }
}

/// Who answers for the account, by external id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ownership {
    Nobody,
    Person(String),
    /// Still in the name of the seller who left.
    LeftBehind,
    /// From the seller who left to another.
    HandedOver(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    Active,
    /// Closed down so many days before the end.
    Ended {
        days_ago: i64,
    },
}

/// How an account buys over the three years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Buying {
    Steady,
    /// To a percentage of what it was, since so many days: less, or more.
    Changed {
        percent: i64,
        days_ago: i64,
    },
    Stopped {
        days_ago: i64,
    },
    /// The first order so many days ago.
    New {
        days_ago: i64,
    },
    /// One site, some orders, so many days ago.
    Once {
        days_ago: i64,
    },
    /// In the first of the three years only.
    Former,
    Never,
}

/// How heavily each product group weighs in the account's orders; pumping and delivery in percent of orders that have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mix {
    pub concrete: i64,
    pub aggregates: i64,
    pub elements: i64,
    pub additives: i64,
    pub pumping_percent: i64,
    pub delivery_percent: i64,
}

impl Mix {
    pub fn of_industry(industry: Industry) -> Self {
        let [concrete, aggregates, elements, additives, pumping_percent, delivery_percent] = match industry {
            Industry::Building => [70, 12, 12, 6, 55, 70],
            Industry::Infrastructure => [25, 58, 12, 5, 15, 75],
            Industry::Farming => [55, 30, 10, 5, 30, 80],
            Industry::ElementMaking => [10, 60, 0, 30, 0, 60],
            Industry::Municipality => [22, 60, 14, 4, 15, 70],
            Industry::Housing => [40, 25, 30, 5, 30, 85],
            Industry::Manufacturing => [60, 25, 10, 5, 35, 65],
        };
        Self { concrete, aggregates, elements, additives, pumping_percent, delivery_percent }
    }

    /// The weights of `offering::Group::MAIN`, in its order.
    pub fn mains(self) -> [i64; 4] {
        [self.concrete, self.aggregates, self.elements, self.additives]
    }
}

/// What people have said about the potential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// Nothing: the peers speak.
    Peers,
    Estimated {
        /// Yearly, on top of what is bought at the end.
        potential_euros: i64,
        /// Of the newest estimate.
        days_ago: i64,
        by: Estimator,
        form: Form,
        /// Whether there were earlier ones, a rhythm apart.
        renewed: Renewed,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Total,
    ByGroup,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewed {
    First,
    /// A year ago little was in sight.
    Raised,
    TwiceAYear,
    Yearly,
}

/// How well the care model of the account's segment is kept on the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    Kept,
    /// One line is late.
    Slips(ActivityKind),
    /// One line is due and nothing is planned.
    NotPlanned(ActivityKind),
    Neglected,
}

/// A person's decision on the segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    pub segment: Segment,
    pub reason: &'static str,
    pub days_ago: i64,
    /// Taken back so many days before the end.
    pub removed_days_ago: Option<i64>,
}
