//! What the watch has to write: the difference between what is kept of some accounts and what is so.

use super::{base::Base, standing};
use luotsi_core::{
    account::AccountId,
    base::Facts,
    people::{PersonId, PersonNo},
    steering::{
        Actual, Answered, Cause, Deviation, OpenDeviation, Picture, Proposal, broken_snoozes, cause,
        proposals, rests,
    },
    units::Day,
};
use luotsi_store::{
    Query, StoreError, Work,
    segmentation::{SegmentChangeRow, replace_segment_changes, segment_changes},
    steering::{
        DeviationRow, ProposalRow, StandingRow, answers, close_deviations, close_proposals, end_answers,
        insert_deviations, insert_proposals, open_deviations, open_proposals, save_standings, standings,
        update_deviations, update_proposals,
    },
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Everything kept of some accounts that follows from their facts.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    standings: HashMap<AccountId, StandingRow>,
    segment_changes: HashMap<AccountId, Vec<SegmentChangeRow>>,
    deviations: HashMap<AccountId, Vec<DeviationRow>>,
    proposals: HashMap<AccountId, Vec<ProposalRow>>,
    answers: HashMap<AccountId, Vec<Answered>>,
}

impl Kept {
    pub fn load(
        query: &impl Query,
        persons: &HashMap<PersonId, PersonNo>,
        accounts: &[AccountId],
    ) -> Result<Self, StoreError> {
        let standings = standings(query, accounts)?;
        Ok(Self {
            standings: standings.into_iter().map(|row| (row.account, row)).collect(),
            segment_changes: by_account(segment_changes(query, accounts)?, |row| row.account),
            deviations: by_account(open_deviations(query, accounts)?, |row| row.account),
            proposals: by_account(open_proposals(query, accounts)?, |row| row.account),
            answers: answers(query, persons, accounts)?,
        })
    }

    /// What was answered about an account, in the order it was given.
    pub fn answers(&self, account: AccountId) -> &[Answered] {
        self.answers.get(&account).map_or(&[], Vec::as_slice)
    }

    fn deviation(&self, account: AccountId, deviation: &Deviation) -> Option<&DeviationRow> {
        let open = self.deviations.get(&account)?;
        open.iter().find(|row| row.kind == deviation.kind && row.subject == deviation.subject)
    }
}

fn by_account<T>(rows: Vec<T>, account: impl Fn(&T) -> AccountId) -> HashMap<AccountId, Vec<T>> {
    let mut grouped: HashMap<AccountId, Vec<T>> = HashMap::new();
    for row in rows {
        grouped.entry(account(&row)).or_default().push(row);
    }
    grouped
}

/// What there is to write about some accounts. Writing it twice is the same as writing it once.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    pub accounts: usize,
    standings: Vec<StandingRow>,
    /// Accounts whose segment changes are replaced by those that follow.
    resegmented: Vec<AccountId>,
    segment_changes: Vec<SegmentChangeRow>,
    pub opened: Vec<DeviationRow>,
    updated: Vec<DeviationRow>,
    pub closed: Vec<(Uuid, Cause)>,
    pub proposed: Vec<ProposalRow>,
    proposals_updated: Vec<ProposalRow>,
    pub withdrawn: Vec<(Uuid, String)>,
    answers_ended: Vec<Uuid>,
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        self.standings.is_empty()
            && self.resegmented.is_empty()
            && self.opened.is_empty()
            && self.updated.is_empty()
            && self.closed.is_empty()
            && self.proposed.is_empty()
            && self.proposals_updated.is_empty()
            && self.withdrawn.is_empty()
            && self.answers_ended.is_empty()
    }

    /// Takes note of how an account's picture differs from what is kept.
    pub fn add(&mut self, facts: &Facts, picture: &Picture, kept: &Kept, base: &Base) {
        let account = facts.account.id;
        self.accounts += 1;
        let standing = standing::standing(facts, kept.answers(account), picture, base);
        if kept.standings.get(&account) != Some(&standing) {
            self.standings.push(standing);
        }
        let changes = standing::segment_changes(facts, picture);
        if kept.segment_changes.get(&account).map_or(&[][..], Vec::as_slice) != changes {
            self.resegmented.push(account);
            self.segment_changes.extend(changes);
        }

        let open: Vec<DeviationRow> = picture
            .deviations
            .iter()
            .map(|deviation| self.deviation(account, deviation, kept, picture.on))
            .collect();
        let gone = self.close_what_is_gone(facts, picture, kept, &open);
        self.propose(facts, picture, kept, base, &open, &gone);
    }

    fn deviation(&mut self, account: AccountId, deviation: &Deviation, kept: &Kept, on: Day) -> DeviationRow {
        let before = kept.deviation(account, deviation);
        let (id, opened_on) = before.map_or_else(|| (Uuid::now_v7(), on), |row| (row.id, row.opened_on));
        let row = row(id, account, deviation, opened_on);
        match before {
            None => self.opened.push(row.clone()),
            Some(before) if *before != row => self.updated.push(row.clone()),
            Some(_) => {}
        }
        row
    }

    fn close_what_is_gone(
        &mut self,
        facts: &Facts,
        picture: &Picture,
        kept: &Kept,
        open: &[DeviationRow],
    ) -> HashMap<Uuid, Cause> {
        let still: BTreeSet<Uuid> = open.iter().map(|row| row.id).collect();
        let before = kept.deviations.get(&facts.account.id).map_or(&[][..], Vec::as_slice);
        let gone: HashMap<Uuid, Cause> = before
            .iter()
            .filter(|row| !still.contains(&row.id))
            .map(|row| (row.id, cause(row.kind, &row.subject, facts, picture)))
            .collect();
        self.closed.extend(before.iter().filter_map(|row| Some((row.id, *gone.get(&row.id)?))));
        gone
    }

    fn propose(
        &mut self,
        facts: &Facts,
        picture: &Picture,
        kept: &Kept,
        base: &Base,
        open: &[DeviationRow],
        gone: &HashMap<Uuid, Cause>,
    ) {
        let answers = kept.answers(facts.account.id);
        let (with_days, ids) = with_held(picture, open);
        let now = proposals(&with_days, answers, facts, picture.on, &base.company);
        let before = kept.proposals.get(&facts.account.id).map_or(&[][..], Vec::as_slice);

        let mut still = BTreeSet::new();
        for proposal in &now {
            let Some(person) = base.company.people.get(proposal.key.person) else { continue };
            let bundled: Vec<&OpenDeviation<'_>> =
                proposal.deviations.iter().map(|place| &with_days[*place]).collect();
            let broken = broken_snoozes(proposal.key, &bundled, answers, picture.on);
            self.answers_ended.extend(broken.map(|answered| answered.id));
            let key = proposal.key.name();
            let kept = before.iter().find(|row| row.person == person.id && row.key == key);
            let row = ProposalRow {
                id: kept.map_or_else(Uuid::now_v7, |row| row.id),
                account: facts.account.id,
                person: person.id,
                key: key.to_owned(),
                opened_on: kept.map_or(picture.on, |row| row.opened_on),
                delegate: proposal
                    .delegate
                    .and_then(|delegate| base.company.people.get(delegate))
                    .map(|person| person.id),
                ..of_proposal(proposal, &ids)
            };
            still.insert(row.id);
            match kept {
                None => self.proposed.push(row),
                Some(kept) if *kept != row => self.proposals_updated.push(row),
                Some(_) => {}
            }
        }
        let resting: BTreeSet<Uuid> = (with_days.iter().zip(&ids))
            .filter(|(open, _)| rests(open.deviation, answers, facts, picture.on))
            .map(|(_, id)| *id)
            .collect();
        let withdrawn = before.iter().filter(|row| !still.contains(&row.id));
        self.withdrawn.extend(withdrawn.map(|row| (row.id, causes(row, &resting, open, gone))));
    }

    pub fn merge(&mut self, other: Self) {
        self.accounts += other.accounts;
        self.standings.extend(other.standings);
        self.resegmented.extend(other.resegmented);
        self.segment_changes.extend(other.segment_changes);
        self.opened.extend(other.opened);
        self.updated.extend(other.updated);
        self.closed.extend(other.closed);
        self.proposed.extend(other.proposed);
        self.proposals_updated.extend(other.proposals_updated);
        self.withdrawn.extend(other.withdrawn);
        self.answers_ended.extend(other.answers_ended);
    }

    pub fn write(&self, work: &Work<'_>, on: Day) -> Result<(), StoreError> {
        save_standings(work, &self.standings, on)?;
        replace_segment_changes(work, &self.resegmented, &self.segment_changes)?;
        close_proposals(work, &self.withdrawn, on)?;
        end_answers(work, &self.answers_ended, on)?;
        close_deviations(work, &self.closed, on)?;
        insert_deviations(work, &self.opened)?;
        update_deviations(work, &self.updated)?;
        insert_proposals(work, &self.proposed)?;
        update_proposals(work, &self.proposals_updated)
    }
}

fn row(id: Uuid, account: AccountId, deviation: &Deviation, opened_on: Day) -> DeviationRow {
    let (actual, actual_from) = match deviation.actual {
        Actual::Nothing | Actual::Today => (None, None),
        Actual::Fixed(measured) => (Some(measured.to_string()), None),
        Actual::DaysSince(day) | Actual::WorkingDaysSince(day) => (None, Some(day)),
    };
    DeviationRow {
        id,
        account,
        kind: deviation.kind,
        subject: deviation.subject.clone(),
        expected: deviation.expected.map(|expected| expected.to_string()),
        actual,
        actual_from,
        since: deviation.since,
        base: deviation.stake.base,
        exposure: deviation.stake.exposure,
        stake: deviation.stake.amount(),
        side: deviation.stake.side,
        action: deviation.action,
        late_from: deviation.late_from,
        opened_on,
    }
}

/// The open deviations and, after them, those that accepted proposals keep; with their ids.
fn with_held<'a>(picture: &'a Picture, open: &[DeviationRow]) -> (Vec<OpenDeviation<'a>>, Vec<Uuid>) {
    let now = (picture.deviations.iter().zip(open))
        .map(|(deviation, row)| (OpenDeviation { deviation, opened_on: row.opened_on }, row.id));
    let held = picture
        .held
        .iter()
        .map(|held| (OpenDeviation { deviation: &held.deviation, opened_on: held.opened_on }, held.id));
    now.chain(held).unzip()
}

fn of_proposal(proposal: &Proposal, ids: &[Uuid]) -> ProposalRow {
    ProposalRow {
        id: Uuid::nil(),
        account: AccountId(Uuid::nil()),
        person: PersonId(Uuid::nil()),
        key: String::new(),
        what: proposal.what,
        due_on: proposal.due_on,
        stake_at_risk: proposal.stake_at_risk,
        stake_to_gain: proposal.stake_to_gain,
        minutes: proposal.minutes,
        opened_on: Day::MIN,
        state: proposal.state,
        delegate: None,
        deviations: proposal.deviations.iter().map(|place| ids[*place]).collect(),
    }
}

/// The causes with which a proposal's deviations closed. Without any they rest because what was proposed has been done,
/// or are asked of another person.
fn causes(
    row: &ProposalRow,
    resting: &BTreeSet<Uuid>,
    open: &[DeviationRow],
    gone: &HashMap<Uuid, Cause>,
) -> String {
    let causes: BTreeSet<&str> =
        row.deviations.iter().filter_map(|id| gone.get(id)).map(|cause| cause.name()).collect();
    let is_asked = |id: &Uuid| !resting.contains(id) && open.iter().any(|row| row.id == *id);
    match (causes.is_empty(), row.deviations.iter().any(is_asked)) {
        (true, true) => Cause::Reassigned.name().to_owned(),
        (true, false) => Cause::Done.name().to_owned(),
        (false, _) => causes.into_iter().collect::<Vec<_>>().join(" "),
    }
}
