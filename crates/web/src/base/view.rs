//! What the customer base's page is asked for, and the URL that asks for it. The accounts are asked as their list asks.

use crate::account::listed::{Asked, Listed, query};
use luotsi_core::{strategy::Segment, units::Day};
use luotsi_store::account::list::{Range, Reach};

/// Months that the moves between segments go back unless asked otherwise.
const MOVES_MONTHS: i32 = 12;

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
    /// Of those accounts, from 1.
    pub moved_page: usize,
}

impl View {
    /// What is not understood is not asked. `today` is the last day of which anything is known.
    pub fn of(listed: Listed, asked: &Asked, today: Day) -> Self {
        let usual_between = (today.plus_months(-MOVES_MONTHS), today);
        let day = |name| asked.text(name).and_then(Day::parse).map(|day| day.min(today));
        let from = day("from").unwrap_or(usual_between.0);
        let to = day("to").unwrap_or(usual_between.1);
        Self {
            listed: Listed { reach: Reach::Base, page: 1, ..listed },
            colour: asked.text("colour").and_then(Colour::parse).unwrap_or(Colour::Segment),
            between: (from.min(to), from.max(to)),
            usual_between,
            moved: asked.text("moved").and_then(parse_route),
            moved_page: asked.text("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1),
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
            if self.moved_page > 1 {
                pairs.push(("page", self.moved_page.to_string()));
            }
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
    use crate::scope::Scope;

    #[track_caller]
    fn check(asked: &str, expected: &str) {
        let listed = Listed::of(&Asked::default(), &[Scope::All], Scope::All);
        let view = View::of(listed, &Asked::parse(asked), Day::parse("2026-11-23").unwrap());
        assert_eq!(view.url(), expected, "{asked}");
    }

    #[test]
    fn the_usual_view_has_a_short_url() {
        check("", "/base?scope=all");
        check("page=3", "/base?scope=all");
    }

    #[test]
    fn a_view_is_its_url() {
        check(
            "colour=care&from=2026-10-01&to=2026-03-31&moved=none-growth",
            "/base?scope=all&colour=care&from=2026-03-31&to=2026-10-01&moved=none-growth",
        );
        check("moved=none-growth&page=2", "/base?scope=all&moved=none-growth&page=2");
    }

    #[test]
    fn what_is_not_understood_or_not_yet_known_is_not_asked() {
        check("colour=red&from=2025-02-30&to=2099-01-01&moved=up-down&page=0", "/base?scope=all");
    }
}
