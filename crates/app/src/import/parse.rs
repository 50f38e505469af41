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
use crate::rules::SCORES;
use luotsi_core::{
    activity::{ActivityKind, ActivityState, Direction},
    base::Estimator,
    people::Role,
    strategy::Segment,
};

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
            external_id: row.needed_text("external_id")?,
            name: row.needed_text("name")?,
            email: row.text("email")?,
            role: needed(row, "role", role(row)?)?,
            team: row.text("team")?,
            manager: row.text("manager")?,
            is_active: is_active(row)?,
            hourly_cost: row.money("hourly_cost")?,
            customer_hours: row.count("customer_hours")?,
            known_on: row.day("known_on")?,
        }))
    }
}

impl Parsed for ProductRecord {
    const KIND: Kind = Kind::Products;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        row.day("known_on")?;
        Ok(Some(Self {
            external_id: row.needed_text("external_id")?,
            name: row.needed_text("name")?,
            group: row.text("group")?,
        }))
    }
}

impl Parsed for AccountRecord {
    const KIND: Kind = Kind::Accounts;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        Ok(Some(Self {
            external_id: row.needed_text("external_id")?,
            name: row.needed_text("name")?,
            business_id: row.text("business_id")?,
            parent: row.text("parent")?,
            industry: row.text("industry")?,
            size_class: row.text("size_class")?,
            owner: row.text("owner")?,
            street: row.text("street")?,
            postal_code: row.text("postal_code")?,
            city: row.text("city")?,
            country: row.text("country")?,
            is_active: is_active(row)?,
            known_on: row.day("known_on")?,
        }))
    }
}

impl Parsed for TeamMemberRecord {
    const KIND: Kind = Kind::AccountTeam;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        Ok(Some(Self {
            account: row.needed_text("account")?,
            person: row.needed_text("person")?,
            role: needed(row, "role", role(row)?)?,
            from: row.day("from")?,
            until: row.day("until")?,
            known_on: row.day("known_on")?,
        }))
    }
}

impl Parsed for ContactRecord {
    const KIND: Kind = Kind::Contacts;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        row.day("known_on")?;
        Ok(Some(Self {
            external_id: row.needed_text("external_id")?,
            account: row.needed_text("account")?,
            name: row.needed_text("name")?,
            title: row.text("title")?,
            email: row.text("email")?,
            phone: row.text("phone")?,
        }))
    }
}

impl Parsed for SalesRow {
    const KIND: Kind = Kind::Sales;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        let record = SalesRecord {
            invoice: row.needed_text("invoice")?,
            line: row.text("line")?,
            day: row.needed_day("day")?,
            account: row.needed_text("account")?,
            product: row.text("product")?,
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
        let Some(value) = row.joined_line(field, theirs)? else { continue };
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
        let Some(value) = row.joined_line(field, theirs)? else { continue };
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
            external_id: row.needed_text("external_id")?,
            account: row.needed_text("account")?,
            kind: needed(row, "kind", kind)?,
            person: row.text("person")?,
            day: row.needed_day("day")?,
            minutes: row.count("minutes")?,
            state: needed(
                row,
                "state",
                row.name("state", ActivityState::parse, || {
                    names(ActivityState::ALL.map(ActivityState::name))
                })?,
            )?,
            direction: row
                .name("direction", Direction::parse, || names(Direction::ALL.map(Direction::name)))?,
            contact: row.text("contact")?,
            outcome: row.text("outcome")?,
            note: row.note("note")?,
            planned_on: row.day("planned_on")?,
            known_on: row.day("known_on")?,
        }))
    }
}

impl Parsed for EstimateRecord {
    const KIND: Kind = Kind::Estimates;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        let yearly_need = needed(row, "yearly_need", row.money("yearly_need")?)?;
        let estimator =
            row.name("estimator", Estimator::parse, || names(Estimator::ALL.map(Estimator::name)))?;
        Ok(Some(Self {
            account: row.needed_text("account")?,
            group: row.text("group")?,
            yearly_need,
            estimator: needed(row, "estimator", estimator)?,
            person: row.text("person")?,
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
        const FIELDS: [&str; 4] = ["people", "offering", "processes", "relationship"];
        let mut scores = [None; 4];
        for (score, field) in scores.iter_mut().zip(FIELDS) {
            *score = row.whole(field, *SCORES.start(), *SCORES.end())?.map(|score| score as u8);
        }
        if scores.iter().all(Option::is_none) {
            return Ok(None);
        }
        let [people, offering, processes, relationship] = scores;
        Ok(Some(Self {
            account: row.needed_text("account")?,
            people: needed(row, "people", people)?,
            offering: needed(row, "offering", offering)?,
            processes: needed(row, "processes", processes)?,
            relationship: needed(row, "relationship", relationship)?,
            person: row.text("person")?,
            day: row.needed_day("day")?,
            known_on: row.day("known_on")?,
        }))
    }
}

impl Parsed for TargetRecord {
    const KIND: Kind = Kind::Targets;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        Ok(Some(Self {
            account: row.needed_text("account")?,
            year: needed(row, "year", row.whole("year", 0, i16::MAX.into())?)? as i16,
            target: needed(row, "target", row.money("target")?)?,
            person: row.text("person")?,
            day: row.needed_day("day")?,
            known_on: row.day("known_on")?,
        }))
    }
}

impl Parsed for OverrideRecord {
    const KIND: Kind = Kind::Overrides;

    fn parse(row: &Row<'_>) -> Result<Option<Self>, Fault> {
        Ok(Some(Self {
            account: row.needed_text("account")?,
            segment: row.name("segment", Segment::parse, || names(Segment::ALL.map(Segment::name)))?,
            reason: row.note("reason")?,
            person: row.text("person")?,
            from: row.needed_day("from")?,
            review: row.day("review")?,
            known_on: row.day("known_on")?,
        }))
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

fn names<const N: usize>(names: [&'static str; N]) -> String {
    names.join(", ")
}
