//! What is proposed to whom, a row a proposal, in order of `account:person:action`.

use super::{
    ExportError,
    sheet::{Cell, Sheet},
    wording,
};
use crate::steering::{AccountPicture, Base, each_account};
use luotsi_core::{
    steering::{Experience, Proposal, reason},
    units::Day,
};
use luotsi_store::{Store, steering::experience};
use std::{collections::BTreeMap, mem};

pub const COLUMNS: &[&str] = &[
    "external_id",
    "account",
    "person",
    "what",
    "due_on",
    "stake_at_risk",
    "stake_to_gain",
    "minutes",
    "likelihood",
    "priority",
    "state",
    "deviations",
    "agenda",
];

type Row = [Cell<'static>; 13];

pub fn write(store: &Store, on: Day, sheet: &mut Sheet<'_>) -> Result<(), ExportError> {
    let mut waiting = BTreeMap::new();
    let experience = store.read(|reader| experience(reader, on))?;
    each_account(store, on, |base, account| {
        write_before(&account.facts.account.external_id, &mut waiting, sheet)?;
        for proposal in &account.proposals {
            let row = row(base, &account, proposal, &experience, on);
            waiting.extend(row);
        }
        Ok::<_, ExportError>(())
    })?;
    waiting.values().try_for_each(|row| sheet.write(row))?;
    Ok(())
}

/// Accounts come in order of their own ids, and `A:...` stands behind `A1:...`: rows wait until no smaller one can come.
fn write_before(
    external_id: &str,
    waiting: &mut BTreeMap<String, Row>,
    sheet: &mut Sheet<'_>,
) -> Result<(), ExportError> {
    let later = waiting.split_off(external_id);
    for row in mem::replace(waiting, later).values() {
        sheet.write(row)?;
    }
    Ok(())
}

fn row(
    base: &Base,
    account: &AccountPicture,
    proposal: &Proposal,
    experience: &Experience,
    on: Day,
) -> Option<(String, Row)> {
    let company = &base.company;
    let strategy = company.strategies.on(on);
    let id = account.facts.account.external_id.as_str();
    let person = |person| Some(company.people.get(person)?.external_id.as_str());
    let deviations = account.bundled(proposal);
    let deviations = || deviations.iter().copied();
    let reason = reason(
        deviations().filter_map(|deviation| Some((deviation.action?, deviation.stake.amount()))),
        account.picture.segment(),
        experience,
        strategy,
    )?;
    let keys: Vec<String> = deviations()
        .map(|deviation| format!("{id}:{}:{}", deviation.kind.name(), deviation.subject))
        .collect();
    let agenda: Vec<String> =
        deviations().map(|deviation| wording::agenda_line(account, deviation, on, strategy)).collect();

    let external_id = format!("{id}:{}:{}", person(proposal.key.person)?, proposal.key.name());
    let row = [
        Cell::text(external_id.clone()),
        Cell::text(id.to_owned()),
        Cell::text(person(proposal.delegate.unwrap_or(proposal.key.person))?.to_owned()),
        Cell::word(proposal.what.name()),
        Cell::day(Some(proposal.due_on)),
        Cell::money(Some(proposal.stake_at_risk)),
        Cell::money(Some(proposal.stake_to_gain)),
        Cell::whole(proposal.minutes.into()),
        Cell::fraction(Some(reason.likelihood)),
        Cell::fraction(Some(reason.priority)),
        Cell::word(proposal.state.name()),
        Cell::text(keys.join(";")),
        Cell::text(agenda.join("; ")),
    ];
    Some((external_id, row))
}
