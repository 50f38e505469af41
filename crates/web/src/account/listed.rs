//! What the list of accounts is asked for, and the URL that asks for it: filters, order and page live nowhere else.

use crate::scope::Scope;
use luotsi_core::{base::CustomerState, people::PersonId, strategy::Segment, units::Money};
use luotsi_store::account::list::{InSegment, Order, OwnedBy, Range, Reach, Sort};
use serde::Deserialize;
use std::fmt::Write;
use uuid::Uuid;

const QUERY_MAX: usize = 100;
/// Turning over page by page ends here; beyond it one narrows down.
const PAGE_MAX: i64 = 2_000;

/// As it comes: anything may stand in a URL, and what is not understood is not asked.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    scope: Option<String>,
    q: Option<String>,
    segment: Option<String>,
    owner: Option<String>,
    state: Option<String>,
    industry: Option<String>,
    value_min: Option<String>,
    value_max: Option<String>,
    potential_min: Option<String>,
    potential_max: Option<String>,
    base: Option<String>,
    sort: Option<String>,
    page: Option<String>,
}

/// A view of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub scope: Scope,
    pub text: String,
    pub segment: Option<InSegment>,
    pub owner: Option<OwnedBy>,
    pub state: Option<CustomerState>,
    pub industry: Option<String>,
    pub current_value: Range,
    pub potential: Range,
    pub reach: Reach,
    pub sort: Sort,
    pub order: Order,
    /// From 1.
    pub page: i64,
}

impl Listed {
    pub fn of(asked: &Asked, offered: &[Scope], usual: Scope) -> Self {
        let text = |value: &Option<String>| {
            value.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let scope = asked.scope.as_deref().and_then(Scope::parse).filter(|scope| offered.contains(scope));
        let (sort, order) = asked.sort.as_deref().and_then(parse_sort).unwrap_or(USUAL_ORDER);
        Self {
            scope: scope.unwrap_or(usual),
            text: text(&asked.q).unwrap_or_default().chars().take(QUERY_MAX).collect(),
            segment: asked.segment.as_deref().and_then(parse_segment),
            owner: asked.owner.as_deref().and_then(parse_owner),
            state: asked.state.as_deref().and_then(CustomerState::parse),
            industry: text(&asked.industry),
            current_value: range(&asked.value_min, &asked.value_max),
            potential: range(&asked.potential_min, &asked.potential_max),
            reach: if asked.base.is_some() { Reach::Base } else { Reach::Everything },
            sort,
            order,
            page: asked.page.as_deref().and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, PAGE_MAX),
        }
    }

    pub fn is_filtered(&self) -> bool {
        let cleared = self.cleared();
        *self != Self { sort: self.sort, order: self.order, page: self.page, ..cleared }
    }

    /// More than the scope is asked of the customer base.
    pub fn is_filtered_in_base(&self) -> bool {
        self.outside_base().is_filtered()
    }

    /// The same, resting accounts among them.
    pub fn outside_base(&self) -> Self {
        Self { reach: Reach::Everything, ..self.clone() }
    }

    /// The same scope and order, nothing filtered out.
    pub fn cleared(&self) -> Self {
        Self {
            text: String::new(),
            segment: None,
            owner: None,
            state: None,
            industry: None,
            current_value: Range::ANY,
            potential: Range::ANY,
            reach: Reach::Everything,
            page: 1,
            ..self.clone()
        }
    }

    pub fn url(&self) -> String {
        format!("/accounts?{}", self.query())
    }

    /// The query of the URL: other pages of the same accounts share it.
    pub fn query(&self) -> String {
        query(&self.pairs())
    }

    /// Names and values of the query, the scope first.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("scope", self.scope.name())];
        if !self.text.is_empty() {
            pairs.push(("q", self.text.clone()));
        }
        if let Some(segment) = self.segment {
            pairs.push(("segment", segment_name(segment).to_owned()));
        }
        if let Some(owner) = self.owner {
            pairs.push(("owner", owner_name(owner)));
        }
        if let Some(state) = self.state {
            pairs.push(("state", state.name().to_owned()));
        }
        if let Some(industry) = &self.industry {
            pairs.push(("industry", industry.clone()));
        }
        pairs.extend(self.limits().into_iter().map(|(name, limit)| (name, euros_name(limit))));
        match self.reach {
            Reach::Everything => (),
            Reach::Base => pairs.push(("base", "yes".to_owned())),
        }
        if (self.sort, self.order) != USUAL_ORDER {
            pairs.push(("sort", sort_name(self.sort, self.order)));
        }
        if self.page > 1 {
            pairs.push(("page", self.page.to_string()));
        }
        pairs
    }

    /// The limits of the values asked for, as the URL names them.
    pub fn limits(&self) -> Vec<(&'static str, Money)> {
        let limits = [
            ("value_min", self.current_value.min),
            ("value_max", self.current_value.max),
            ("potential_min", self.potential.min),
            ("potential_max", self.potential.max),
        ];
        limits.into_iter().filter_map(|(name, limit)| Some((name, limit?))).collect()
    }
}

/// As it stands in a URL after the question mark.
pub fn query(pairs: &[(&'static str, String)]) -> String {
    let written: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", in_url(value))).collect();
    written.join("&")
}

const USUAL_ORDER: (Sort, Order) = (Sort::CurrentValue, Order::Descending);
const SORTS: [Sort; 11] = [
    Sort::Name,
    Sort::Segment,
    Sort::State,
    Sort::Industry,
    Sort::CurrentValue,
    Sort::Trend,
    Sort::PotentialValue,
    Sort::ShareOfWallet,
    Sort::LastOrder,
    Sort::Care,
    Sort::Stake,
];

fn sort_word(sort: Sort) -> &'static str {
    match sort {
        Sort::Name => "name",
        Sort::Segment => "segment",
        Sort::State => "state",
        Sort::Industry => "industry",
        Sort::Trend => "trend",
        Sort::ShareOfWallet => "share",
        Sort::LastOrder => "last_order",
        Sort::Care => "care",
        Sort::CurrentValue => "current",
        Sort::PotentialValue => "potential",
        Sort::Stake => "stake",
    }
}

/// `name` is ascending, `-name` descending.
pub fn sort_name(sort: Sort, order: Order) -> String {
    match order {
        Order::Ascending => sort_word(sort).to_owned(),
        Order::Descending => format!("-{}", sort_word(sort)),
    }
}

fn parse_sort(text: &str) -> Option<(Sort, Order)> {
    let (word, order) = match text.strip_prefix('-') {
        Some(word) => (word, Order::Descending),
        None => (text, Order::Ascending),
    };
    let sort = SORTS.into_iter().find(|sort| sort_word(*sort) == word)?;
    Some((sort, order))
}

pub fn segment_name(segment: InSegment) -> &'static str {
    match segment {
        InSegment::NotAssessed => "none",
        InSegment::Segment(segment) => segment.name(),
    }
}

fn parse_segment(text: &str) -> Option<InSegment> {
    match text {
        "none" => Some(InSegment::NotAssessed),
        other => Segment::parse(other).map(InSegment::Segment),
    }
}

pub fn owner_name(owner: OwnedBy) -> String {
    match owner {
        OwnedBy::Nobody => "none".to_owned(),
        OwnedBy::Person(person) => person.0.to_string(),
    }
}

fn parse_owner(text: &str) -> Option<OwnedBy> {
    match text {
        "none" => Some(OwnedBy::Nobody),
        other => Uuid::parse_str(other).ok().map(|id| OwnedBy::Person(PersonId(id))),
    }
}

/// Whole euros, as in the URL; cents where there are some.
pub fn euros_name(money: Money) -> String {
    let sign = if money.cents < 0 { "-" } else { "" };
    let (euros, cents) = (money.cents.unsigned_abs() / 100, money.cents.unsigned_abs() % 100);
    match cents {
        0 => format!("{sign}{euros}"),
        cents => format!("{sign}{euros}.{cents:02}"),
    }
}

fn range(min: &Option<String>, max: &Option<String>) -> Range {
    let limit = |text: &Option<String>| text.as_deref().and_then(parse_euros);
    Range { min: limit(min), max: limit(max) }
}

/// Euros as people write them: `12000`, `12 000,50`, `-1.5`.
fn parse_euros(text: &str) -> Option<Money> {
    const EUROS_MAX: f64 = 1e12;
    let plain: String = text
        .chars()
        .filter(|sign| !sign.is_whitespace() && *sign != '€')
        .map(|sign| match sign {
            ',' => '.',
            '\u{2212}' => '-',
            other => other,
        })
        .collect();
    let euros: f64 = plain.parse().ok()?;
    (euros.is_finite() && euros.abs() <= EUROS_MAX).then(|| Money::from_estimated_cents(euros * 100.0))
}

/// Everything but letters and digits of ASCII is written by its bytes.
pub fn in_url(text: &str) -> String {
    text.bytes().fold(String::new(), |mut written, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => written.push(char::from(byte)),
            other => {
                // Writing to a string cannot fail.
                let _ = write!(written, "%{other:02X}");
            }
        }
        written
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERED: [Scope; 2] = [Scope::Me, Scope::All];

    fn check(asked: Asked, url: &str) {
        assert_eq!(Listed::of(&asked, &OFFERED, Scope::All).url(), url);
    }

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn a_view_is_its_url() {
        check(Asked::default(), "/accounts?scope=all");
        check(
            Asked {
                scope: text("me"),
                q: text(" Mäkelä & Co "),
                segment: text("growth"),
                state: text("customer"),
                industry: text("concrete"),
                sort: text("name"),
                page: text("3"),
                owner: text("none"),
                value_min: text("12 000,50"),
                value_max: text("\u{2212}0"),
                potential_min: text("0"),
                potential_max: text("1e5"),
                base: text("yes"),
            },
            "/accounts?scope=me&q=M%C3%A4kel%C3%A4%20%26%20Co&segment=growth&owner=none&state=customer\
             &industry=concrete&value_min=12000.50&value_max=0&potential_min=0&potential_max=100000&base=yes&sort=name&page=3",
        );
    }

    #[test]
    fn what_is_not_understood_is_not_asked() {
        check(
            Asked {
                scope: text("team"),
                segment: text("' or 1=1"),
                owner: text("me"),
                state: text("x"),
                sort: text("cents; drop"),
                page: text("-4"),
                q: text("   "),
                value_min: text("plenty"),
                value_max: text("inf"),
                potential_min: text("1e300"),
                ..Asked::default()
            },
            "/accounts?scope=all",
        );
    }

    #[test]
    fn order_and_page_filter_nothing_out() {
        let sorted = Asked { sort: text("name"), page: text("2"), ..Asked::default() };
        let filtered = Asked { q: text("oy"), ..Asked::default() };

        assert!(!Listed::of(&sorted, &OFFERED, Scope::All).is_filtered());
        assert!(Listed::of(&filtered, &OFFERED, Scope::All).is_filtered());
    }
}
