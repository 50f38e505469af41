//! Where one is on an account's page: what of its timeline is shown and the list one came from. All of it stands in the
//! URL, and stays when a form of the page is sent.

use super::listed::{Asked, query};
use luotsi_core::{account::AccountId, people::PersonId, units::Day};
use luotsi_store::timeline::{Strand, Turned};
use uuid::Uuid;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountView {
    pub strands: Vec<Strand>,
    pub person: Option<PersonId>,
    pub period: Option<Period>,
    pub after: Option<Turned>,
    /// The list one came from: the query of its URL.
    pub list: Option<String>,
    /// What was just written down.
    pub logged: Option<String>,
}

/// The longest query of a list that is kept: all its filters fit, and so do the accounts of a page.
const LIST_MAX: usize = 3_000;

/// The days of a timeline that are looked at; days to come are never left out but by a year that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Month,
    Quarter,
    Year,
    CalendarYear(i16),
}

impl Period {
    pub fn name(self) -> String {
        match self {
            Self::Month => "month".to_owned(),
            Self::Quarter => "quarter".to_owned(),
            Self::Year => "year".to_owned(),
            Self::CalendarYear(year) => year.to_string(),
        }
    }

    fn parse(name: &str) -> Option<Self> {
        match name {
            "month" => Some(Self::Month),
            "quarter" => Some(Self::Quarter),
            "year" => Some(Self::Year),
            year => year.parse().ok().filter(|year| (1900..=9999).contains(year)).map(Self::CalendarYear),
        }
    }

    pub fn days(self, today: Day) -> (Day, Day) {
        let new_year = |year: i16| Day::new(year, 1, 1).unwrap_or(Day::MIN);
        match self {
            Self::Month => (today.plus_days(-30), Day::MAX),
            Self::Quarter => (today.plus_months(-3), Day::MAX),
            Self::Year => (today.plus_months(-12), Day::MAX),
            Self::CalendarYear(year) => (new_year(year), Day::new(year, 12, 31).unwrap_or(Day::MAX)),
        }
    }
}

impl AccountView {
    /// From an address of the page; what is not understood is not asked.
    pub fn of(url: &str) -> Self {
        let asked = Asked::parse(url.split_once('?').map_or("", |(_, query)| query));
        Self {
            strands: Strand::ALL
                .into_iter()
                .filter(|strand| asked.all("kind").any(|name| name == strand_name(*strand)))
                .collect(),
            person: asked.text("person").and_then(|id| Uuid::parse_str(id).ok()).map(PersonId),
            period: asked.text("period").and_then(Period::parse),
            after: asked.text("after").and_then(parse_turned),
            list: asked.text("in").filter(|list| list.len() <= LIST_MAX).map(str::to_owned),
            logged: asked.text("logged").map(str::to_owned),
        }
    }

    pub fn is_filtered(&self) -> bool {
        !self.strands.is_empty() || self.person.is_some() || self.period.is_some()
    }

    /// The same list, all of the timeline.
    pub fn cleared(&self) -> Self {
        Self { list: self.list.clone(), ..Self::default() }
    }

    /// The newest page of the same.
    pub fn first_page(&self) -> Self {
        Self { after: None, logged: None, ..self.clone() }
    }

    pub fn url(&self, account: AccountId) -> String {
        address(account, &self.query())
    }

    /// The query of the URL.
    pub fn query(&self) -> String {
        query(&self.pairs())
    }

    /// Names and values of the query.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<_> =
            self.strands.iter().map(|strand| ("kind", strand_name(*strand).to_owned())).collect();
        pairs.extend(self.person.map(|person| ("person", person.0.to_string())));
        pairs.extend(self.period.map(|period| ("period", period.name())));
        pairs.extend(self.after.map(|turned| ("after", format!("{}.{}", turned.day, turned.shown))));
        pairs.extend(self.list.clone().map(|list| ("in", list)));
        pairs
    }
}

/// The page of an account, with a query that may be the same for many.
pub fn address(account: AccountId, query: &str) -> String {
    match query {
        "" => format!("/accounts/{}", account.0),
        query => format!("/accounts/{}?{query}", account.0),
    }
}

/// A page is turned by what it shows: far more than one day ever holds is not asked.
fn parse_turned(text: &str) -> Option<Turned> {
    const SHOWN_MAX: usize = 10_000;
    let (day, shown) = text.split_once('.')?;
    let shown = shown.parse().ok().filter(|shown| *shown <= SHOWN_MAX)?;
    Some(Turned { day: Day::parse(day)?, shown })
}

pub fn strand_name(strand: Strand) -> &'static str {
    match strand {
        Strand::Activities => "activities",
        Strand::Sales => "sales",
        Strand::Answers => "answers",
        Strand::Steering => "steering",
        Strand::Judgements => "judgements",
        Strand::Master => "master",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: &str) {
        let view = AccountView::of(&format!("/accounts/x?{query}"));
        assert_eq!(view.query(), expected);
        assert_eq!(AccountView::of(&format!("?{expected}")), AccountView { logged: None, ..view });
    }

    #[test]
    fn a_view_is_its_url() {
        check("", "");
        check("kind=sales&kind=activities&period=2025", "kind=activities&kind=sales&period=2025");
        check("after=2026-10-16.3&logged=x", "after=2026-10-16.3");
        check("in=scope%3Dme%26sort%3Dname", "in=scope%3Dme%26sort%3Dname");
    }

    #[test]
    fn what_is_not_understood_is_not_asked() {
        check("kind=x&person=me&period=-1&after=2026-13-01.1&after=yes", "");
        check("after=2026-10-16.99999", "");
    }
}
