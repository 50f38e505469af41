//! Rows as typed records: one function a kind of file.

use super::{
    fault::{Fault, Reason},
    kind::Kind,
    records::{
        AbilityRecord, AccountRecord, ActivityRecord, ContactRecord, EstimateRecord, OverrideRecord,
        PersonRecord, ProductRecord, SalesRecord, SalesRow, TargetRecord, TeamMemberRecord,
    },
    row::Row,
};
use crate::text::{ID_MAX, NAME_MAX};
use luotsi_core::{
    activity::{ActivityKind, ActivityState, Direction},
    base::Estimator,
    people::Role,
    strategy::Segment,
};

const MINUTES_MAX: i64 = 100_000;
/// Hours of a leap year.
const HOURS_MAX: i64 = 8_784;

/// A record that a file's row can hold.
pub trait Parsed: Sized {
    const KIND: Kind;

    /// `None` of a row that says nothing.
    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault>;
}

impl Parsed for PersonRecord {
    const KIND: Kind = Kind::People;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        Ok(Some(Self {
            external_id: row.needed_text("external_id", ID_MAX)?,
            name: row.needed_text("name", NAME_MAX)?,
            email: row.text("email", NAME_MAX)?,
            role: needed(row, "role", role(row)?)?,
            team: row.text("team", NAME_MAX)?,
            manager: row.text("manager", ID_MAX)?,
            is_active: is_active(row)?,
            hourly_cost: row.positive_money("hourly_cost")?,
            customer_hours: row.whole("customer_hours", 0, HOURS_MAX)?.map(|hours| hours as u32),
            known_on: row.day("known_on")?,
        }))
    }
}

impl Parsed for ProductRecord {
    const KIND: Kind = Kind::Products;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        row.day("known_on")?;
        Ok(Some(Self {
            external_id: row.needed_text("external_id", ID_MAX)?,
            name: row.needed_text("name", NAME_MAX)?,
            group: row.text("group", NAME_MAX)?,
        }))
    }
}

impl Parsed for AccountRecord {
    const KIND: Kind = Kind::Accounts;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        Ok(Some(Self {
            external_id: row.needed_text("external_id", ID_MAX)?,
            name: row.needed_text("name", NAME_MAX)?,
            business_id: row.text("business_id", ID_MAX)?,
            parent: row.text("parent", ID_MAX)?,
            industry: row.text("industry", NAME_MAX)?,
            size_class: row.text("size_class", NAME_MAX)?,
            owner: row.text("owner", ID_MAX)?,
            street: row.text("street", NAME_MAX)?,
            postal_code: row.text("postal_code", ID_MAX)?,
            city: row.text("city", NAME_MAX)?,
            country: row.text("country", NAME_MAX)?,
            is_active: is_active(row)?,
            known_on: row.day("known_on")?,
        }))
    }
}

impl Parsed for TeamMemberRecord {
    const KIND: Kind = Kind::AccountTeam;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        let record = Self {
            account: row.needed_text("account", ID_MAX)?,
            person: row.needed_text("person", ID_MAX)?,
            role: needed(row, "role", role(row)?)?,
            from: row.day("from")?,
            until: row.day("until")?,
            known_on: row.day("known_on")?,
        };
        match (record.from, record.until) {
            (Some(from), Some(until)) if until < from => {
                let reason = Reason::DaysCrossed { day: until, other: "from", other_day: from };
                Err(row.fault("until", reason))
            }
            (Some(_) | None, Some(_) | None) => Ok(Some(record)),
        }
    }
}

impl Parsed for ContactRecord {
    const KIND: Kind = Kind::Contacts;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        row.day("known_on")?;
        Ok(Some(Self {
            external_id: row.needed_text("external_id", ID_MAX)?,
            account: row.needed_text("account", ID_MAX)?,
            name: row.needed_text("name", NAME_MAX)?,
            title: row.text("title", NAME_MAX)?,
            email: row.text("email", NAME_MAX)?,
            phone: row.text("phone", NAME_MAX)?,
        }))
    }
}

impl Parsed for SalesRow {
    const KIND: Kind = Kind::Sales;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        let record = SalesRecord {
            invoice: row.needed_text("invoice", ID_MAX)?,
            line: row.text("line", ID_MAX)?,
            day: row.needed_day("day")?,
            account: row.needed_text("account", ID_MAX)?,
            product: row.text("product", ID_MAX)?,
            quantity_millionths: row.millionths("quantity")?.unwrap_or(ONE_MILLION),
            net: row.needed_money("net")?,
            cost: row.money("cost")?,
            known_on: row.day("known_on")?,
        };
        Ok(Some(Self {
            line: record.line.clone().unwrap_or_else(|| row.number.to_string()),
            account: account_to_make(row, &record)?.map(Box::new),
            product: product_to_make(row, &record)?.map(Box::new),
            record,
        }))
    }
}

/// The account to make should the one named be unknown; called by its number when the file has no name for it.
fn account_to_make(row: &Row<'_>, sale: &SalesRecord) -> Result<Option<AccountRecord>, Fault> {
    let Some(columns) = &row.columns.account else {
        return Ok(None);
    };
    let mut account = AccountRecord {
        external_id: sale.account.clone(),
        name: sale.account.clone(),
        business_id: None,
        parent: None,
        industry: None,
        size_class: None,
        owner: None,
        street: None,
        postal_code: None,
        city: None,
        country: None,
        is_active: true,
        known_on: None,
    };
    for (field, theirs) in columns {
        let max = if matches!(*field, "business_id" | "postal_code") { ID_MAX } else { NAME_MAX };
        let Some(value) = row.joined_line(theirs, max)? else { continue };
        match *field {
            "name" => account.name = value,
            "business_id" => account.business_id = Some(value),
            "industry" => account.industry = Some(value),
            "size_class" => account.size_class = Some(value),
            "street" => account.street = Some(value),
            "postal_code" => account.postal_code = Some(value),
            "city" => account.city = Some(value),
            "country" => account.country = Some(value),
            _ => {}
        }
    }
    Ok(Some(account))
}

/// The product to make should the one named be unknown.
fn product_to_make(row: &Row<'_>, sale: &SalesRecord) -> Result<Option<ProductRecord>, Fault> {
    let (Some(columns), Some(external_id)) = (&row.columns.product, &sale.product) else {
        return Ok(None);
    };
    let mut product =
        ProductRecord { external_id: external_id.clone(), name: external_id.clone(), group: None };
    for (field, theirs) in columns {
        let Some(value) = row.joined_line(theirs, NAME_MAX)? else { continue };
        match *field {
            "name" => product.name = value,
            "group" => product.group = Some(value),
            _ => {}
        }
    }
    Ok(Some(product))
}

/// A line that tells no quantity is one of what was sold.
const ONE_MILLION: i64 = 1_000_000;

impl Parsed for ActivityRecord {
    const KIND: Kind = Kind::Activities;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        let kind =
            row.name("kind", ActivityKind::parse, || names(ActivityKind::ALL.map(ActivityKind::name)))?;
        Ok(Some(Self {
            external_id: row.needed_text("external_id", ID_MAX)?,
            account: row.needed_text("account", ID_MAX)?,
            kind: needed(row, "kind", kind)?,
            person: row.text("person", ID_MAX)?,
            day: row.needed_day("day")?,
            minutes: row.whole("minutes", 0, MINUTES_MAX)?.map(|minutes| minutes as u32),
            state: needed(row, "state", row.name("state", state, || "planned, done".to_owned())?)?,
            direction: row.name("direction", direction, || "in, out".to_owned())?,
            contact: row.text("contact", ID_MAX)?,
            outcome: row.text("outcome", NAME_MAX)?,
            note: row.note("note")?,
            planned_on: row.day("planned_on")?,
            known_on: row.day("known_on")?,
        }))
    }
}

impl Parsed for EstimateRecord {
    const KIND: Kind = Kind::Estimates;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        let yearly_need = needed(row, "yearly_need", row.positive_money("yearly_need")?)?;
        let estimator = row.name("estimator", estimator, || "owner, customer".to_owned())?;
        Ok(Some(Self {
            account: row.needed_text("account", ID_MAX)?,
            group: row.text("group", NAME_MAX)?,
            yearly_need,
            estimator: needed(row, "estimator", estimator)?,
            person: row.text("person", ID_MAX)?,
            day: row.needed_day("day")?,
            justification: row.note("justification")?,
            known_on: row.day("known_on")?,
        }))
    }
}

impl Parsed for AbilityRecord {
    const KIND: Kind = Kind::Abilities;

    /// All four scores or none: without any the row says nothing.
    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        const SCORES: [&str; 4] = ["people", "offering", "processes", "relationship"];
        let mut scores = [None; 4];
        for (score, field) in scores.iter_mut().zip(SCORES) {
            *score = row.whole(field, 1, 5)?.map(|score| score as u8);
        }
        if scores.iter().all(Option::is_none) {
            return Ok(None);
        }
        let [people, offering, processes, relationship] = scores;
        Ok(Some(Self {
            account: row.needed_text("account", ID_MAX)?,
            people: needed(row, "people", people)?,
            offering: needed(row, "offering", offering)?,
            processes: needed(row, "processes", processes)?,
            relationship: needed(row, "relationship", relationship)?,
            person: row.text("person", ID_MAX)?,
            day: row.needed_day("day")?,
            known_on: row.day("known_on")?,
        }))
    }
}

impl Parsed for TargetRecord {
    const KIND: Kind = Kind::Targets;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        Ok(Some(Self {
            account: row.needed_text("account", ID_MAX)?,
            year: needed(row, "year", row.whole("year", 1900, 2199)?)? as i16,
            target: needed(row, "target", row.positive_money("target")?)?,
            person: row.text("person", ID_MAX)?,
            day: row.needed_day("day")?,
            known_on: row.day("known_on")?,
        }))
    }
}

impl Parsed for OverrideRecord {
    const KIND: Kind = Kind::Overrides;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        let record = Self {
            account: row.needed_text("account", ID_MAX)?,
            segment: row.name("segment", Segment::parse, || names(Segment::ALL.map(Segment::name)))?,
            reason: row.note("reason")?,
            person: row.text("person", ID_MAX)?,
            from: row.needed_day("from")?,
            review: row.day("review")?,
            known_on: row.day("known_on")?,
        };
        match record.review {
            Some(review) if review < record.from => {
                let reason = Reason::DaysCrossed { day: review, other: "from", other_day: record.from };
                Err(row.fault("review", reason))
            }
            Some(_) | None => Ok(Some(record)),
        }
    }
}

fn needed<T>(row: &Row<'_>, field: &'static str, value: Option<T>) -> Result<T, Fault> {
    value.ok_or_else(|| row.fault(field, Reason::Empty))
}

fn role(row: &Row<'_>) -> Result<Option<Role>, Fault> {
    row.name("role", Role::parse, || names(Role::ALL.map(Role::name)))
}

/// Empty means yes.
fn is_active(row: &Row<'_>) -> Result<bool, Fault> {
    Ok(row.name("active", yes_or_no, || "yes, no".to_owned())?.unwrap_or(true))
}

fn yes_or_no(name: &str) -> Option<bool> {
    match name {
        "yes" | "y" | "true" | "1" | "x" | "kyllä" | "k" => Some(true),
        "no" | "n" | "false" | "0" | "ei" | "e" => Some(false),
        _ => None,
    }
}

fn state(name: &str) -> Option<ActivityState> {
    match name {
        "planned" => Some(ActivityState::Planned),
        "done" => Some(ActivityState::Done),
        _ => None,
    }
}

fn direction(name: &str) -> Option<Direction> {
    match name {
        "in" => Some(Direction::In),
        "out" => Some(Direction::Out),
        _ => None,
    }
}

fn estimator(name: &str) -> Option<Estimator> {
    match name {
        "owner" => Some(Estimator::Owner),
        "customer" => Some(Estimator::Customer),
        _ => None,
    }
}

fn names<const N: usize>(names: [&'static str; N]) -> String {
    names.join(", ")
}
