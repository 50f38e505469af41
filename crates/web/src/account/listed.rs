//! What the list of accounts is asked for, and the URL that asks for it: filters, order and page live nowhere else.

use super::columns::Columns;
use crate::{change::read_money, scope::Scope};
use axum::{extract::FromRequestParts, http::request::Parts};
use luotsi_core::{
    base::CustomerState,
    people::PersonId,
    strategy::Segment,
    units::{Day, Money},
};
use luotsi_store::account::list::{InCare, InSegment, Order, OwnedBy, Range, Reach, Sort};
use std::{convert::Infallible, fmt::Write};
use uuid::Uuid;

const QUERY_MAX: usize = 100;
/// Turning over page by page ends here; beyond it one narrows down.
const PAGE_MAX: i64 = 200;

/// As it comes: anything may stand in a URL, and what is not understood is not asked.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pairs: Vec<(String, String)>,
}

impl Asked {
    /// The query of a URL.
    pub fn parse(query: &str) -> Self {
        Self { pairs: form_urlencoded::parse(query.as_bytes()).into_owned().collect() }
    }

    /// Nothing in particular: the list as it was left, or as it is for everybody.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The first that was given and is not empty.
    pub fn text<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).map(str::trim).find(|text| !text.is_empty())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::parse(parts.uri.query().unwrap_or_default()))
    }
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
    pub care: Option<InCare>,
    pub unmet: Option<Unmet>,
    pub current_value: Range,
    pub potential: Range,
    pub reach: Reach,
    pub sort: Sort,
    pub order: Order,
    pub columns: Columns,
    /// From 1.
    pub page: i64,
    /// Limits that are no amounts, by name, as they were typed: told beside their fields, and not asked.
    pub unread: Vec<(&'static str, String)>,
}

/// How long nobody has met the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// In the running quarter.
    Quarter,
    HalfYear,
    Year,
}

impl Unmet {
    pub const ALL: [Self; 3] = [Self::Quarter, Self::HalfYear, Self::Year];

    pub fn name(self) -> &'static str {
        match self {
            Self::Quarter => "quarter",
            Self::HalfYear => "half_year",
            Self::Year => "year",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unmet| unmet.name() == text)
    }

    /// The first day on which a meeting would have counted.
    pub fn since(self, today: Day) -> Day {
        match self {
            Self::Quarter => today.quarter_start(),
            Self::HalfYear => today.plus_months(-6),
            Self::Year => today.plus_months(-12),
        }
    }
}

impl Listed {
    pub fn of(asked: &Asked, offered: &[Scope], usual: Scope) -> Self {
        let scope = asked.text("scope").and_then(Scope::parse).filter(|scope| offered.contains(scope));
        let (sort, order) = asked.text("sort").and_then(parse_sort).unwrap_or(USUAL_ORDER);
        let mut unread = Vec::new();
        let mut limit = |name| {
            let text = asked.text(name)?;
            let limit = read_money(text);
            unread.extend(limit.is_none().then(|| (name, typed(text))));
            limit
        };
        Self {
            scope: scope.unwrap_or(usual),
            text: asked.text("q").map(typed).unwrap_or_default(),
            segment: asked.text("segment").and_then(parse_segment),
            owner: asked.text("owner").and_then(parse_owner),
            state: asked.text("state").and_then(CustomerState::parse),
            industry: asked.text("industry").map(typed).filter(|industry| !industry.is_empty()),
            care: asked.text("care").and_then(parse_care),
            unmet: asked.text("unmet").and_then(Unmet::parse),
            current_value: Range { min: limit("value_min"), max: limit("value_max") },
            potential: Range { min: limit("potential_min"), max: limit("potential_max") },
            reach: if asked.text("base").is_some() { Reach::Base } else { Reach::Everything },
            sort,
            order,
            columns: Columns::parse(asked.all("columns")).unwrap_or_else(Columns::usual),
            page: asked.text("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, PAGE_MAX),
            unread,
        }
    }

    pub fn is_filtered(&self) -> bool {
        let cleared = self.cleared();
        *self != Self { page: self.page, ..cleared }
    }

    /// More than the scope is asked of the customer base.
    pub fn is_filtered_in_base(&self) -> bool {
        self.outside_base().is_filtered()
    }

    /// The same, resting accounts among them.
    pub fn outside_base(&self) -> Self {
        Self { reach: Reach::Everything, ..self.clone() }
    }

    /// The same scope, order and columns, nothing filtered out.
    pub fn cleared(&self) -> Self {
        Self {
            text: String::new(),
            segment: None,
            owner: None,
            state: None,
            industry: None,
            care: None,
            unmet: None,
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

    /// The same accounts in the same order, from the first page on.
    pub fn first_page(&self) -> Self {
        Self { page: 1, ..self.clone() }
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
        if let Some(care) = self.care {
            pairs.push(("care", care_name(care).to_owned()));
        }
        if let Some(unmet) = self.unmet {
            pairs.push(("unmet", unmet.name().to_owned()));
        }
        pairs.extend(self.limits().into_iter().map(|(name, limit)| (name, euros_name(limit))));
        match self.reach {
            Reach::Everything => (),
            Reach::Base => pairs.push(("base", "yes".to_owned())),
        }
        if (self.sort, self.order) != USUAL_ORDER {
            pairs.push(("sort", sort_name(self.sort, self.order)));
        }
        if self.columns != Columns::usual() {
            pairs.push(("columns", self.columns.names()));
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

/// What can be typed, up to a length: a URL may hold anything.
fn typed(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_control()).take(QUERY_MAX).collect()
}

/// As it stands in a URL after the question mark.
pub fn query(pairs: &[(&'static str, String)]) -> String {
    let written: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", in_url(value))).collect();
    written.join("&")
}

const USUAL_ORDER: (Sort, Order) = (Sort::CurrentValue, Order::Descending);
pub const SORTS: [Sort; 15] = [
    Sort::Name,
    Sort::Segment,
    Sort::Owner,
    Sort::State,
    Sort::Industry,
    Sort::City,
    Sort::BusinessId,
    Sort::CurrentValue,
    Sort::Trend,
    Sort::PotentialValue,
    Sort::ShareOfWallet,
    Sort::CustomerTarget,
    Sort::LastOrder,
    Sort::Care,
    Sort::Stake,
];

fn sort_word(sort: Sort) -> &'static str {
    match sort {
        Sort::Name => "name",
        Sort::Segment => "segment",
        Sort::Owner => "owner",
        Sort::State => "state",
        Sort::Industry => "industry",
        Sort::City => "city",
        Sort::BusinessId => "business_id",
        Sort::CustomerTarget => "target",
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

pub fn care_name(care: InCare) -> &'static str {
    match care {
        InCare::Kept => "kept",
        InCare::Late => "late",
    }
}

fn parse_care(text: &str) -> Option<InCare> {
    [InCare::Kept, InCare::Late].into_iter().find(|care| care_name(*care) == text)
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

    #[track_caller]
    fn check(asked: &str, query: &str) {
        let listed = Listed::of(&Asked::parse(asked), &OFFERED, Scope::All);
        assert_eq!(listed.query(), query);
        assert_eq!(Listed::of(&Asked::parse(query), &OFFERED, Scope::All), listed);
    }

    #[test]
    fn a_view_is_its_url() {
        check("", "scope=all");
        check(
            "scope=me&q=+M%C3%A4kel%C3%A4+%26+Co+&segment=growth&owner=none&state=customer&industry=concrete\
             &care=late&unmet=quarter&value_min=12+000,50&value_max=%E2%88%920&potential_min=0&potential_max=100,000&base=yes\
             &sort=name&columns=name&columns=city&columns=owner&page=3",
            "scope=me&q=M%C3%A4kel%C3%A4%20%26%20Co&segment=growth&owner=none&state=customer&industry=concrete\
             &care=late&unmet=quarter&value_min=12000.50&value_max=0&potential_min=0&potential_max=100000&base=yes\
             &sort=name&columns=name.owner.city&page=3",
        );
    }

    #[test]
    fn what_is_not_understood_is_not_asked() {
        check(
            "scope=team&segment='+or+1=1&owner=me&state=x&sort=cents;+drop&page=-4&q=+++\
             &value_min=&care=&unmet=ever&q=&x=y&%00=%00",
            "scope=all",
        );
    }

    #[test]
    fn a_limit_that_is_no_amount_is_not_asked_and_kept_as_typed() {
        let asked = Asked::parse("value_min=plenty&value_max=12+500+&potential_min=1e300");
        let listed = Listed::of(&asked, &OFFERED, Scope::All);

        assert_eq!(listed.query(), "scope=all&value_max=12500");
        assert_eq!(
            listed.unread,
            [("value_min", "plenty".to_owned()), ("potential_min", "1e300".to_owned())]
        );
        assert!(!Listed { current_value: Range::ANY, ..listed }.is_filtered());
    }

    #[test]
    fn order_columns_and_page_filter_nothing_out() {
        let is_filtered = |query| Listed::of(&Asked::parse(query), &OFFERED, Scope::All).is_filtered();

        assert!(!is_filtered("sort=name&page=2&columns=name.city"));
        assert!(is_filtered("q=oy"));
        assert!(is_filtered("care=kept"));
    }
}
