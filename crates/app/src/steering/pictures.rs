//! Every account as of any day, without writing anything: what exports and back-tests read.

use super::{base::Base, peers, slices::in_slices, watch::Silent};
use luotsi_core::{
    account::AccountId,
    base::Facts,
    steering::{OpenDeviation, Picture, Proposal, picture, proposals},
    units::{Day, Month},
};
use luotsi_store::{
    Query, Store, StoreError, account, base as facts,
    steering::{Opened, opened_by},
};

/// An account as of a day, with its proposals as the watch would make them.
pub struct AccountPicture {
    pub facts: Facts,
    pub picture: Picture,
    /// When each of the picture's deviations was first seen by a watch; the day itself when none has seen it.
    pub opened_on: Vec<Day>,
    pub proposals: Vec<Proposal>,
}

/// Hands over every account that exists on `on`, in order of external id (bytes), as of that day.
pub fn each_account<E: From<StoreError>>(
    store: &Store,
    on: Day,
    mut account: impl FnMut(&Base, AccountPicture) -> Result<(), E>,
) -> Result<(), E> {
    let (mut base, accounts) = store
        .read(|reader| Ok::<_, StoreError>((Base::load(reader)?, account::ids_by_external_id(reader)?)))?;
    let months = months_until(&base, on);
    base.company.peers = peers::figures::<E>(store, &base, &accounts, &months, &Silent)?;
    in_slices(
        store,
        &accounts,
        |reader, slice| pictures(reader, &base, slice, on),
        |slice| {
            let existing = slice.into_iter().filter(|found| found.facts.account.on(on).is_some());
            existing.into_iter().try_for_each(|found| account(&base, found))
        },
    )
}

/// The month ends on which accounts have been evaluated by `on`.
pub fn months_until(base: &Base, on: Day) -> Vec<Month> {
    let Some(first) = base.company.first_month else { return Vec::new() };
    let count = Month::last_whole(on).months_since(first) + 1;
    (0..count).map(|month| first.plus(month)).collect()
}

/// These accounts as of `on`, in the order asked. The base's peers must reach up to `on`.
pub fn pictures(
    query: &impl Query,
    base: &Base,
    accounts: &[AccountId],
    on: Day,
) -> Result<Vec<AccountPicture>, StoreError> {
    let opened = opened_by(query, accounts, on)?;
    let facts = facts::facts(query, &base.context, accounts)?;
    Ok(facts.into_iter().map(|facts| account_picture(facts, base, &opened, on)).collect())
}

fn account_picture(facts: Facts, base: &Base, opened: &Opened, on: Day) -> AccountPicture {
    let picture = picture(&facts, on, &base.company);
    let key = |kind, subject: &str| (facts.account.id, kind, subject.to_owned());
    let opened_on: Vec<Day> = (picture.deviations.iter())
        .map(|deviation| opened.get(&key(deviation.kind, &deviation.subject)).copied().unwrap_or(on))
        .collect();
    let open: Vec<OpenDeviation<'_>> = (picture.deviations.iter().zip(&opened_on))
        .map(|(deviation, opened_on)| OpenDeviation { deviation, opened_on: *opened_on })
        .collect();
    let owner = facts.account.on(on).and_then(|version| version.owner);
    let proposals = proposals(&open, owner, &facts.team, on, &base.company);
    AccountPicture { facts, picture, opened_on, proposals }
}
