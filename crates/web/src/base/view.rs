//! What the customer base's page is asked for, and the URL that asks for it. The accounts are asked as their list asks.

use crate::account::listed::{Listed, query};
use luotsi_core::{strategy::Segment, units::Day};
use luotsi_store::account::list::{Range, Reach};
use serde::Deserialize;

/// Months that the moves between segments go back unless asked otherwise.
const MOVES_MONTHS: i32 = 12;

/// As it comes: what is not understood is not asked.
#[derive(Debug, Default, Deserialize)]
pub struct AskedOfBase {
    colour: Option<String>,
    from: Option<String>,
    to: Option<String>,
    moved: Option<String>,
}

/// What the points' colours say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    Segment,
    Owner,
    Care,
}

impl Colour {
    pub const ALL: [Self; 3] = [Self::Segment, Self::Owner, Self::Care];

    pub fn name(self) -> &'static str {
        match self {
            Self::Segment => "segment",
            Self::Owner => "owner",
            Self::Care => "care",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.name() == name)
    }
}

/// From one segment to another; `None` is not assessed.
pub type Route = (Option<Segment>, Option<Segment>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub listed: Listed,
    pub colour: Colour,
    /// The two days between which moves are told, the earlier first.
    pub between: (Day, Day),
    /// What is shown unless asked otherwise: the URL leaves it out.
    pub usual_between: (Day, Day),
    /// The move whose accounts are listed.
    pub moved: Option<Route>,
}

impl View {
    /// `today` is the last day of which anything is known.
    pub fn of(listed: Listed, asked: &AskedOfBase, today: Day) -> Self {
        let usual_between = (today.plus_months(-MOVES_MONTHS), today);
        let day = |text: &Option<String>| text.as_deref().and_then(Day::parse).map(|day| day.min(today));
        let from = day(&asked.from).unwrap_or(usual_between.0);
        let to = day(&asked.to).unwrap_or(usual_between.1);
        Self {
            listed: Listed { reach: Reach::Base, page: 1, ..listed },
            colour: asked.colour.as_deref().and_then(Colour::parse).unwrap_or(Colour::Segment),
            between: (from.min(to), from.max(to)),
            usual_between,
            moved: asked.moved.as_deref().and_then(parse_route),
        }
    }

    pub fn url(&self) -> String {
        format!("/base?{}", self.query())
    }

    /// The query of the URL.
    pub fn query(&self) -> String {
        query(&self.pairs())
    }

    /// Names and values of the query.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let accounts = Listed { reach: Reach::Everything, ..self.listed.clone() };
        let mut pairs = accounts.pairs();
        pairs.retain(|(name, _)| !matches!(*name, "sort" | "columns"));
        if self.colour != Colour::Segment {
            pairs.push(("colour", self.colour.name().to_owned()));
        }
        if self.between != self.usual_between {
            pairs.push(("from", self.between.0.to_string()));
            pairs.push(("to", self.between.1.to_string()));
        }
        if let Some(route) = self.moved {
            pairs.push(("moved", route_name(route)));
        }
        pairs
    }

    /// Everything that is in the picture, selected or not.
    pub fn whole(&self) -> Listed {
        Listed { current_value: Range::ANY, potential: Range::ANY, ..self.listed.clone() }
    }

    /// The accounts within the rectangle; those without potential are in no rectangle.
    pub fn selected(&self) -> Option<Listed> {
        let is_selected = self.listed.current_value != Range::ANY || self.listed.potential != Range::ANY;
        let potential = Range {
            min: Some(self.listed.potential.min.unwrap_or_default().or_zero_if_negative()),
            max: self.listed.potential.max,
        };
        is_selected.then(|| Listed { potential, ..self.listed.clone() })
    }
}

pub fn route_name((from, to): Route) -> String {
    let name = |segment: Option<Segment>| segment.map_or("none", Segment::name);
    format!("{}-{}", name(from), name(to))
}

fn parse_route(text: &str) -> Option<Route> {
    let segment = |name: &str| match name {
        "none" => Some(None),
        other => Segment::parse(other).map(Some),
    };
    let (from, to) = text.split_once('-')?;
    Some((segment(from)?, segment(to)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{account::listed::Asked, scope::Scope};

    fn view(asked: &AskedOfBase) -> View {
        let listed = Listed::of(&Asked::default(), &[Scope::All], Scope::All);
        View::of(listed, asked, Day::parse("2026-11-23").unwrap())
    }

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn the_usual_view_has_a_short_url() {
        assert_eq!(view(&AskedOfBase::default()).url(), "/base?scope=all");
    }

    #[test]
    fn a_view_is_its_url() {
        let asked = AskedOfBase {
            colour: text("care"),
            from: text("2026-10-01"),
            to: text("2026-03-31"),
            moved: text("none-growth"),
        };

        assert_eq!(
            view(&asked).url(),
            "/base?scope=all&colour=care&from=2026-03-31&to=2026-10-01&moved=none-growth"
        );
    }

    #[test]
    fn what_is_not_understood_or_not_yet_known_is_not_asked() {
        let asked = AskedOfBase {
            colour: text("red"),
            from: text("2025-02-30"),
            to: text("2099-01-01"),
            moved: text("up-down"),
        };

        assert_eq!(view(&asked).url(), "/base?scope=all");
    }
}
