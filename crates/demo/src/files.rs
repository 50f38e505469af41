//! The demo as import files, in the columns that `luotsi import` always recognises.

use csv::Writer;
use luotsi_app::import::records::{
    AbilityRecord, AccountRecord, ActivityRecord, ContactRecord, EstimateRecord, OverrideRecord,
    PersonRecord, ProductRecord, Records, SalesRecord, TargetRecord, TeamMemberRecord,
};
use luotsi_core::{activity::Direction, units::Day};
use std::{
    fs::{self, File},
    io::{self, BufWriter},
    path::Path,
};

/// Writes one file a kind into `folder`: `people.csv`, ... `overrides.csv`.
pub fn write_csv(records: &Records, folder: &Path) -> io::Result<()> {
    let mut files = CsvFiles::create(folder)?;
    files.append(records)?;
    files.finish()
}

/// The files being written; a base of any size goes in part by part.
#[derive(Debug)]
pub struct CsvFiles {
    files: Vec<Writer<BufWriter<File>>>,
}

/// Names and columns, in the order in which the files refer to one another.
const FILES: [(&str, &str); 11] = [
    ("people", "external_id,name,email,role,team,manager,active,hourly_cost,customer_hours,known_on"),
    ("products", "external_id,name,group"),
    (
        "accounts",
        "external_id,name,business_id,parent,industry,size_class,owner,street,postal_code,city,country,active,known_on",
    ),
    ("account_team", "account,person,role,from,until,known_on"),
    ("contacts", "external_id,account,name,title,email,phone"),
    ("sales", "invoice,line,day,account,product,quantity,net,cost,known_on"),
    (
        "activities",
        "external_id,account,kind,person,day,minutes,state,direction,contact,outcome,note,planned_on,known_on",
    ),
    ("estimates", "account,group,yearly_need,estimator,person,day,justification,known_on"),
    ("abilities", "account,people,offering,processes,relationship,person,day,known_on"),
    ("targets", "account,year,target,person,day,known_on"),
    ("overrides", "account,segment,reason,person,from,review,known_on"),
];

impl CsvFiles {
    pub fn create(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let files = FILES.iter().map(|(name, columns)| {
            let mut writer =
                Writer::from_writer(BufWriter::new(File::create(folder.join(format!("{name}.csv")))?));
            writer.write_record(columns.split(','))?;
            Ok(writer)
        });
        Ok(Self { files: files.collect::<io::Result<_>>()? })
    }

    pub fn append(&mut self, records: &Records) -> io::Result<()> {
        let rows: [Box<dyn Iterator<Item = Vec<String>> + '_>; 11] = [
            Box::new(records.people.iter().map(person)),
            Box::new(records.products.iter().map(product)),
            Box::new(records.accounts.iter().map(account)),
            Box::new(records.account_team.iter().map(team_member)),
            Box::new(records.contacts.iter().map(contact)),
            Box::new(records.sales.iter().map(sale)),
            Box::new(records.activities.iter().map(activity)),
            Box::new(records.estimates.iter().map(estimate)),
            Box::new(records.abilities.iter().map(ability)),
            Box::new(records.targets.iter().map(target)),
            Box::new(records.overrides.iter().map(segment_override)),
        ];
        for (file, rows) in self.files.iter_mut().zip(rows) {
            for row in rows {
                file.write_record(row)?;
            }
        }
        Ok(())
    }

    pub fn finish(mut self) -> io::Result<()> {
        self.files.iter_mut().try_for_each(Writer::flush)
    }
}

fn person(person: &PersonRecord) -> Vec<String> {
    vec![
        person.external_id.clone(),
        person.name.clone(),
        text(&person.email),
        person.role.name().to_owned(),
        text(&person.team),
        text(&person.manager),
        yes_or_no(person.is_active),
        shown(person.hourly_cost),
        shown(person.customer_hours),
        day(person.known_on),
    ]
}

fn product(product: &ProductRecord) -> Vec<String> {
    vec![product.external_id.clone(), product.name.clone(), text(&product.group)]
}

fn account(account: &AccountRecord) -> Vec<String> {
    vec![
        account.external_id.clone(),
        account.name.clone(),
        text(&account.business_id),
        text(&account.parent),
        text(&account.industry),
        text(&account.size_class),
        text(&account.owner),
        text(&account.street),
        text(&account.postal_code),
        text(&account.city),
        text(&account.country),
        yes_or_no(account.is_active),
        day(account.known_on),
    ]
}

fn team_member(member: &TeamMemberRecord) -> Vec<String> {
    vec![
        member.account.clone(),
        member.person.clone(),
        member.role.name().to_owned(),
        day(member.from),
        day(member.until),
        day(member.known_on),
    ]
}

fn contact(contact: &ContactRecord) -> Vec<String> {
    vec![
        contact.external_id.clone(),
        contact.account.clone(),
        contact.name.clone(),
        text(&contact.title),
        text(&contact.email),
        text(&contact.phone),
    ]
}

fn sale(line: &SalesRecord) -> Vec<String> {
    vec![
        line.invoice.clone(),
        text(&line.line),
        line.day.to_string(),
        line.account.clone(),
        text(&line.product),
        quantity(line.quantity_millionths),
        line.net.to_string(),
        shown(line.cost),
        day(line.known_on),
    ]
}

fn activity(activity: &ActivityRecord) -> Vec<String> {
    vec![
        activity.external_id.clone(),
        activity.account.clone(),
        activity.kind.name().to_owned(),
        text(&activity.person),
        activity.day.to_string(),
        shown(activity.minutes),
        activity.state.name().to_owned(),
        activity.direction.map_or("", Direction::name).to_owned(),
        text(&activity.contact),
        text(&activity.outcome),
        text(&activity.note),
        day(activity.planned_on),
        day(activity.known_on),
    ]
}

fn estimate(estimate: &EstimateRecord) -> Vec<String> {
    vec![
        estimate.account.clone(),
        text(&estimate.group),
        estimate.yearly_need.to_string(),
        estimate.estimator.name().to_owned(),
        text(&estimate.person),
        estimate.day.to_string(),
        text(&estimate.justification),
        day(estimate.known_on),
    ]
}

fn ability(ability: &AbilityRecord) -> Vec<String> {
    vec![
        ability.account.clone(),
        ability.people.to_string(),
        ability.offering.to_string(),
        ability.processes.to_string(),
        ability.relationship.to_string(),
        text(&ability.person),
        ability.day.to_string(),
        day(ability.known_on),
    ]
}

fn target(target: &TargetRecord) -> Vec<String> {
    vec![
        target.account.clone(),
        target.year.to_string(),
        target.target.to_string(),
        text(&target.person),
        target.day.to_string(),
        day(target.known_on),
    ]
}

fn segment_override(decision: &OverrideRecord) -> Vec<String> {
    vec![
        decision.account.clone(),
        decision.segment.map_or_else(String::new, |segment| segment.name().to_owned()),
        text(&decision.reason),
        text(&decision.person),
        decision.from.to_string(),
        day(decision.review),
        day(decision.known_on),
    ]
}

fn text(value: &Option<String>) -> String {
    value.clone().unwrap_or_default()
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn day(day: Option<Day>) -> String {
    shown(day)
}

fn yes_or_no(is_so: bool) -> String {
    if is_so { "yes".to_owned() } else { "no".to_owned() }
}

/// `12.5` of 12 500 000 millionths.
fn quantity(millionths: i64) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let whole = millionths.unsigned_abs() / 1_000_000;
    let rest = format!("{:06}", millionths.unsigned_abs() % 1_000_000);
    match rest.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        rest => format!("{sign}{whole}.{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_written_without_idle_zeros() {
        assert_eq!(quantity(12_500_000), "12.5");
        assert_eq!(quantity(-300_000), "-0.3");
        assert_eq!(quantity(7_000_000), "7");
    }
}
