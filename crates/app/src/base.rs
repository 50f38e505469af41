//! What people judge of a customer: the yearly need, our ability to create value, the target of a year.

use crate::{
    act::{ActError, By, Permit, Problem, act},
    exchange::{Happened, Telling, Told, tell_in},
    import::records::{AbilityRecord, EstimateRecord, TargetRecord},
};
use luotsi_core::{
    account::AccountId,
    base::{Estimator, Judgements},
    offering::GroupId,
    people::policy::Action,
    units::Money,
};
use luotsi_store::{Store, Work, base::judgements, offering};

/// A yearly need as somebody sees it today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// None: in all.
    pub group: Option<GroupId>,
    pub yearly: Money,
}

/// How many judgements of a kind somebody had read when they judged; `None` is none of those there are.
pub type Read = Option<usize>;

/// Tells judgements of one kind. It is stale, without saying what is so now, where others have judged since `read`.
pub(crate) fn judge(
    work: &mut Work<'_>,
    permit: &Permit,
    (account, kind, read): (AccountId, fn(&Judgements) -> usize, Read),
    told: impl IntoIterator<Item = Told>,
) -> Result<(), ActError> {
    let has_read_all = Some(kind(&judgements(work, account)?)) == read;
    for told in told {
        let reply = tell_in(work, permit, &Telling::here(told))?;
        if reply.happened != Happened::Unchanged && !has_read_all {
            return Err(ActError::Stale(Vec::new()));
        }
    }
    Ok(())
}

/// What the customer needs in a year, as the asking person judges it or as the customer said.
pub fn estimate(
    store: &Store,
    by: &By,
    (account, read): (AccountId, Read),
    needs: Vec<Need>,
    estimator: Estimator,
    justification: Option<String>,
) -> Result<(), ActError> {
    act(store, by, Action::Estimate, account, move |work, permit| {
        let groups = offering::load(work)?.0.groups;
        let name = |id: GroupId| {
            let group = groups.iter().find(|group| group.id == id);
            group.map(|group| group.name.clone()).ok_or(ActError::invalid("group", Problem::Unknown))
        };
        if needs.is_empty() {
            return Err(ActError::invalid("yearly_need", Problem::Missing));
        }
        let mut told = Vec::new();
        for need in &needs {
            told.push(Told::Estimate(EstimateRecord {
                account: account.0.to_string(),
                group: need.group.map(name).transpose()?,
                yearly_need: need.yearly,
                estimator,
                person: Some(permit.viewer.person.0.to_string()),
                day: permit.today,
                justification: justification.clone(),
                known_on: Some(permit.today),
            }));
        }
        judge(work, permit, (account, |told| told.estimates, read), told)
    })
}

/// Our ability to create value for the customer: people, offering, processes, relationship, each 1 to 5.
pub fn score(
    store: &Store,
    by: &By,
    (account, read): (AccountId, Read),
    scores: [u8; 4],
) -> Result<(), ActError> {
    act(store, by, Action::Estimate, account, move |work, permit| {
        let [people, offering, processes, relationship] = scores;
        let record = AbilityRecord {
            account: account.0.to_string(),
            people,
            offering,
            processes,
            relationship,
            person: Some(permit.viewer.person.0.to_string()),
            day: permit.today,
            known_on: Some(permit.today),
        };
        judge(work, permit, (account, |told| told.abilities, read), [Told::Ability(record)])
    })
}

/// What is to be sold to the customer in a calendar year.
pub fn set_target(
    store: &Store,
    by: &By,
    (account, read): (AccountId, Read),
    year: i16,
    target: Money,
) -> Result<(), ActError> {
    act(store, by, Action::SetTarget, account, move |work, permit| {
        let record = TargetRecord {
            account: account.0.to_string(),
            year,
            target,
            person: Some(permit.viewer.person.0.to_string()),
            day: permit.today,
            known_on: Some(permit.today),
        };
        judge(work, permit, (account, |told| told.targets, read), [Told::Target(record)])
    })
}
