//! What is proposed to whom, a row a proposal, in order of `account:person:action`.

use super::{sheet::Cell, wording};
use crate::steering::{AccountPicture, Base};
use luotsi_core::{
    steering::{Experience, Proposal, reason},
    units::Day,
};

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

pub type Row = [Cell<'static>; 13];

pub fn row(
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
