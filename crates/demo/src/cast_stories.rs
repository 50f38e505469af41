//! What each account of the cast lives through.

use crate::{
    cast::{self, CastAccount},
    story::{
        Buying, Care, Decision, Form, Industry, Life, Mix, Outlook, Ownership, Renewed, SizeClass, Story,
    },
};
use luotsi_core::{activity::ActivityKind, base::Estimator, strategy::Segment};

/// A plain account in its place, to which each of the cast adds what is its own.
fn plain(number: u32, account: CastAccount, industry: Industry, owner: &str) -> Story {
    Story {
        number,
        external_id: account.external_id.to_owned(),
        name: account.name.to_owned(),
        parent: None,
        industry,
        size_class: Some(SizeClass::Small),
        owner: Ownership::Person(owner.to_owned()),
        life: Life::Active,
        aim: Some(Segment::Efficiency),
        yearly_euros: 9_000,
        growth_percent: 3,
        buying: Buying::Steady,
        mix: Mix::of_industry(industry),
        outlook: Outlook::Peers,
        ability: None,
        care: Care::Kept,
        decision: None,
        has_target: false,
    }
}

fn estimated(potential_euros: i64, days_ago: i64, renewed: Renewed) -> Outlook {
    Outlook::Estimated { potential_euros, days_ago, by: Estimator::Owner, form: Form::Total, renewed }
}

/// A customer of the upper half: large, scored, with a target.
fn valuable(story: Story, aim: Segment, yearly_euros: i64) -> Story {
    Story {
        aim: Some(aim),
        yearly_euros,
        size_class: Some(SizeClass::Large),
        ability: Some([4, 4, 3, 4]),
        has_target: true,
        ..story
    }
}

pub fn story(number: u32, account: CastAccount) -> Story {
    let on = |industry, owner| plain(number, account, industry, owner);

    match account {
        cast::SALMI_GROUP => Story {
            aim: None,
            yearly_euros: 0,
            size_class: Some(SizeClass::Large),
            buying: Buying::Never,
            ..on(Industry::Building, cast::KAM)
        },
        cast::SALMI => Story {
            parent: Some(cast::SALMI_GROUP.external_id.to_owned()),
            buying: Buying::Changed { percent: 48, days_ago: 115 },
            outlook: estimated(420_000, 210, Renewed::Yearly),
            care: Care::Slips(ActivityKind::PlanReview),
            ..valuable(on(Industry::Building, cast::KAM), Segment::Strategic, 1_080_000)
        },
        cast::SALMI_INFRA => Story {
            parent: Some(cast::SALMI_GROUP.external_id.to_owned()),
            outlook: estimated(150_000, 60, Renewed::TwiceAYear),
            care: Care::NotPlanned(ActivityKind::Visit),
            ..valuable(on(Industry::Infrastructure, cast::SELLER_WEST), Segment::Growth, 245_000)
        },
        cast::ELEMENTTI => Story {
            outlook: Outlook::Estimated {
                potential_euros: 380_000,
                days_ago: 120,
                by: Estimator::Customer,
                form: Form::ByGroup,
                renewed: Renewed::Yearly,
            },
            growth_percent: 9,
            ..valuable(on(Industry::ElementMaking, cast::KAM), Segment::Strategic, 720_000)
        },
        cast::MAANRAKENNUS => Story {
            outlook: estimated(170_000, 250, Renewed::First),
            care: Care::Neglected,
            ..valuable(on(Industry::Infrastructure, cast::SELLER_EAST), Segment::Growth, 245_000)
        },
        cast::BETONITYO => Story {
            buying: Buying::Stopped { days_ago: 48 },
            outlook: estimated(9_000, 170, Renewed::Yearly),
            ..valuable(on(Industry::Building, cast::SELLER_EAST), Segment::Retention, 310_000)
        },
        cast::KAUPUNKI => Story {
            outlook: estimated(8_000, 430, Renewed::First),
            ..valuable(on(Industry::Municipality, cast::SELLER_WEST), Segment::Retention, 270_000)
        },
        cast::MAATILA => Story {
            outlook: estimated(2_000, 220, Renewed::Yearly),
            care: Care::Slips(ActivityKind::Email),
            ..on(Industry::Farming, cast::INSIDE_SALES)
        },
        cast::TALOYHTIO => Story {
            outlook: estimated(1_500, 150, Renewed::Yearly),
            care: Care::Slips(ActivityKind::Call),
            yearly_euros: 14_000,
            ..on(Industry::Housing, cast::INSIDE_SALES)
        },
        cast::TERMINAALI => Story {
            aim: Some(Segment::Acquisition),
            yearly_euros: 0,
            size_class: Some(SizeClass::Large),
            buying: Buying::Never,
            outlook: Outlook::Estimated {
                potential_euros: 290_000,
                days_ago: 75,
                by: Estimator::Customer,
                form: Form::Total,
                renewed: Renewed::First,
            },
            ability: Some([3, 4, 3, 2]),
            care: Care::Neglected,
            ..on(Industry::Manufacturing, cast::SELLER_WEST)
        },
        cast::PIHAKIVI => Story {
            aim: Some(Segment::Acquisition),
            yearly_euros: 26_000,
            size_class: Some(SizeClass::Middle),
            outlook: estimated(180_000, 4, Renewed::Raised),
            ..on(Industry::Infrastructure, cast::SELLER_EAST)
        },
        cast::VAYLA => Story {
            owner: Ownership::LeftBehind,
            outlook: estimated(150_000, 130, Renewed::TwiceAYear),
            ..valuable(on(Industry::Infrastructure, cast::SELLER_WHO_LEFT), Segment::Growth, 240_000)
        },
        cast::RAKENNUS => Story {
            outlook: estimated(160_000, 90, Renewed::TwiceAYear),
            decision: Some(Decision {
                segment: Segment::Strategic,
                reason: "Yhteinen kehityshanke vähähiilisestä betonista",
                days_ago: 44,
                removed_days_ago: None,
            }),
            ..valuable(on(Industry::Building, cast::KAM), Segment::Growth, 255_000)
        },
        cast::KONEPAJA => Story {
            outlook: estimated(150_000, 200, Renewed::Yearly),
            decision: Some(Decision {
                segment: Segment::Retention,
                reason: "Laajennus siirtyi, investointi ratkeaa vuoden päästä",
                days_ago: 380,
                removed_days_ago: None,
            }),
            ..valuable(on(Industry::Manufacturing, cast::SELLER_WEST), Segment::Retention, 250_000)
        },
        cast::HALLIT => Story {
            // Concrete and nothing else: its peers buy the rest, too.
            mix: Mix {
                concrete: 100,
                aggregates: 0,
                elements: 0,
                additives: 0,
                pumping_percent: 0,
                delivery_percent: 25,
            },
            ..valuable(on(Industry::Building, cast::SELLER_EAST), Segment::Growth, 330_000)
        },
        cast::VALU => Story {
            aim: None,
            yearly_euros: 60_000,
            buying: Buying::Former,
            ..on(Industry::Building, cast::SELLER_WEST)
        },
        cast::KALUSTO => Story {
            aim: None,
            yearly_euros: 22_000,
            life: Life::Ended { days_ago: 200 },
            buying: Buying::Stopped { days_ago: 230 },
            ..on(Industry::Infrastructure, cast::INSIDE_SALES)
        },
        _ => Story {
            outlook: estimated(3_000, 190, Renewed::Yearly),
            ..on(Industry::Building, cast::INSIDE_SALES)
        },
    }
}
