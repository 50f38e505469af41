//! Taking in invoice lines, and making the accounts and products they name where the import asks for it.

use crate::{
    account::record as account,
    engine::{Query, StoreError, Value, Work},
    offering::record as offering,
    recording::{Beliefs, Fact, Held, Lookup, Named, Origin, Outcome, known_from},
};
use account::AccountRecord;
use luotsi_core::{
    account::AccountId,
    history::Subject,
    units::{Day, Known, Money},
};
use offering::ProductRecord;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A line of an invoice as another system tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalesRecord {
    pub invoice: String,
    /// Without it the line is numbered within its invoice in order of the file.
    pub line: Option<String>,
    pub day: Day,
    /// By external id.
    pub account: String,
    /// By external id.
    pub product: Option<String>,
    /// Millionths of the product's unit.
    pub quantity_millionths: i64,
    pub net: Money,
    pub cost: Option<Money>,
    pub known_on: Option<Day>,
}

/// A numbered line, with what to make of the account and product it names should they be unknown.
#[derive(Clone, Debug, PartialEq)]
pub struct SalesRow {
    pub record: SalesRecord,
    pub line: String,
    pub account: Option<Box<AccountRecord>>,
    pub product: Option<Box<ProductRecord>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SalesFact {
    account: AccountId,
    invoice: String,
    line: String,
    day: Day,
    product: Option<Uuid>,
    quantity_millionths: i64,
    net: Money,
    cost: Option<Money>,
}

impl Fact for SalesFact {
    const SUBJECT: Subject = Subject::Sales;

    type Key<'a> = (&'a str, &'a str);

    fn key(&self) -> Self::Key<'_> {
        (&self.invoice, &self.line)
    }

    fn account(&self) -> AccountId {
        self.account
    }

    fn said(&self) -> String {
        format!("invoice {} line {} {} {}", self.invoice, self.line, self.day, self.net)
    }
}

/// What a slice of lines changes.
#[derive(Debug)]
pub struct Plan {
    pub beliefs: Beliefs<SalesFact>,
    accounts: account::Plan,
    products: offering::Plan,
}

pub fn plan(query: &impl Query, origin: &Origin, rows: &[SalesRow]) -> Result<Plan, StoreError> {
    let (accounts, made_accounts) = accounts(query, origin, rows)?;
    let (products, made_products) = products(query, origin, rows)?;
    let fact = |row: &SalesRow| -> Result<(SalesFact, Day), Outcome> {
        let record = &row.record;
        let fact = SalesFact {
            account: AccountId(accounts.one(&record.account)?),
            invoice: record.invoice.clone(),
            line: row.line.clone(),
            day: record.day,
            product: products.one_if_named(record.product.as_deref())?,
            quantity_millionths: record.quantity_millionths,
            net: record.net,
            cost: record.cost,
        };
        Ok((fact, known_from(record.known_on, record.day)))
    };
    let incoming: Vec<_> = rows.iter().map(fact).collect();
    let held = held(query, origin, &incoming)?;
    let beliefs = Beliefs::of(incoming, held);
    Ok(Plan { beliefs, accounts: made_accounts, products: made_products })
}

pub fn save(work: &mut Work<'_>, origin: &Origin, plan: &Plan) -> Result<(), StoreError> {
    account::save(work, origin, &plan.accounts)?;
    offering::save(work, origin, &plan.products)?;
    let beliefs = &plan.beliefs;
    if let Some(first) = beliefs.inserted.iter().map(|held| held.fact.day).min() {
        super::note_first_day(work, first)?;
    }
    beliefs.save(
        work,
        origin,
        "sales_line",
        [
            "account_id",
            "id",
            "source",
            "invoice",
            "line",
            "day",
            "product_id",
            "quantity_millionths",
            "net_cents",
            "cost_cents",
            "known_from",
            "known_until",
        ],
        |held| {
            let fact = &held.fact;
            [
                fact.account.into(),
                held.id.into(),
                origin.source.as_str().into(),
                fact.invoice.as_str().into(),
                fact.line.as_str().into(),
                fact.day.into(),
                fact.product.into(),
                fact.quantity_millionths.into(),
                fact.net.into(),
                fact.cost.into(),
                held.known.from.into(),
                held.known.until.into(),
            ]
        },
    )
}

/// The accounts that the lines name, and those to be made: of the lines that name one the first says what it is.
fn accounts(
    query: &impl Query,
    origin: &Origin,
    rows: &[SalesRow],
) -> Result<(Lookup, account::Plan), StoreError> {
    let named = rows.iter().map(|row| row.record.account.as_str());
    let mut known = Lookup::of(query, origin, (Named::Account, "account"), named)?;
    let mut seen = HashSet::new();
    let unknown: Vec<AccountRecord> = rows
        .iter()
        .filter(|row| !known.knows(&row.record.account))
        .filter_map(|row| row.account.as_deref())
        .filter(|account| seen.insert(account.external_id.as_str()))
        .cloned()
        .collect();
    let plan = account::plan(query, origin, &unknown)?;
    known.learn(plan.made().map(|(external_id, id)| (external_id, id.0)));
    Ok((known, plan))
}

fn products(
    query: &impl Query,
    origin: &Origin,
    rows: &[SalesRow],
) -> Result<(Lookup, offering::Plan), StoreError> {
    let named = rows.iter().filter_map(|row| row.record.product.as_deref());
    let mut known = Lookup::of(query, origin, (Named::Product, "product"), named)?;
    let mut seen = HashSet::new();
    let unknown: Vec<ProductRecord> = rows
        .iter()
        .filter_map(|row| row.product.as_deref())
        .filter(|product| !known.knows(&product.external_id))
        .filter(|product| seen.insert(product.external_id.as_str()))
        .cloned()
        .collect();
    let plan = offering::plan(query, origin, &unknown)?;
    known.learn(plan.made());
    Ok((known, plan))
}

/// All versions of the incoming lines that matter: the believed one, and those it superseded where a line is known
/// from before it.
fn held(
    query: &impl Query,
    origin: &Origin,
    incoming: &[Result<(SalesFact, Day), Outcome>],
) -> Result<Vec<Held<SalesFact>>, StoreError> {
    let facts = || incoming.iter().filter_map(|row| row.as_ref().ok());
    let wanted: HashSet<(&str, &str)> =
        facts().map(|(fact, _)| (fact.invoice.as_str(), fact.line.as_str())).collect();
    let mut held = versions(query, origin, BELIEVED, wanted)?;

    let since: HashMap<(&str, &str), Day> =
        held.iter().map(|held| (held.fact.key(), held.known.from)).collect();
    let earlier: HashSet<(&str, &str)> = facts()
        .filter(|(fact, from)| since.get(&fact.key()).is_some_and(|since| from < since))
        .map(|(fact, _)| (fact.invoice.as_str(), fact.line.as_str()))
        .collect();
    held.extend(versions(query, origin, SUPERSEDED, earlier)?);
    Ok(held)
}

const BELIEVED: &str = "-- The invoice lines as believed today.
with wanted (source, invoice, line) as ({wanted})
select kept.id, kept.account_id, kept.invoice, kept.line, kept.day, kept.product_id, kept.quantity_millionths,
       kept.net_cents, kept.cost_cents, kept.known_from, kept.known_until
  from wanted
  join sales_line kept
    on kept.source = wanted.source and kept.invoice = wanted.invoice and kept.line = wanted.line
   and kept.known_until = '9999-12-31'";

const SUPERSEDED: &str = "-- The invoice lines as once believed.
with wanted (source, invoice, line) as ({wanted})
select kept.id, kept.account_id, kept.invoice, kept.line, kept.day, kept.product_id, kept.quantity_millionths,
       kept.net_cents, kept.cost_cents, kept.known_from, kept.known_until
  from wanted
  join sales_line kept
    on kept.source = wanted.source and kept.invoice = wanted.invoice and kept.line = wanted.line
   and kept.known_until < '9999-12-31'";

fn versions(
    query: &impl Query,
    origin: &Origin,
    question: &str,
    wanted: HashSet<(&str, &str)>,
) -> Result<Vec<Held<SalesFact>>, StoreError> {
    let wanted: Vec<[Value; 3]> = wanted
        .into_iter()
        .map(|(invoice, line)| [origin.source.as_str().into(), invoice.into(), line.into()])
        .collect();
    let mut held = Vec::new();
    query.each_of_rows(question, ["text", "text", "text"], &wanted, |row| {
        let fact = SalesFact {
            account: AccountId(row.id(1)?),
            invoice: row.string(2)?,
            line: row.string(3)?,
            day: row.day(4)?,
            product: row.opt_id(5)?,
            quantity_millionths: row.int(6)?,
            net: row.money(7)?,
            cost: row.opt_money(8)?,
        };
        let known = Known { from: row.day(9)?, until: row.day(10)? };
        held.push(Held { id: row.id(0)?, version: 1, fact, known });
        Ok(())
    })?;
    Ok(held)
}
