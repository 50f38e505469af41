//! Every account as of any day, without writing anything: what exports and back-tests read.

use super::{base::Base, peers, progress::Silent, slices::in_slices};
use luotsi_core::{
    account::AccountId,
    base::Facts,
    steering::{Answered, Deviation, OpenDeviation, Picture, Proposal, picture, proposals},
    units::{Day, Month},
};
use luotsi_store::{
    Query, Store, StoreError, account, base as facts,
    steering::{Opened, answers, opened_by},
};

/// An account as of a day, with its proposals as the watch would make them.
pub struct AccountPicture {
    pub facts: Facts,
    pub picture: Picture,
    /// When each of the picture's deviations was first seen by a watch; the day itself when none has seen it.
    pub opened_on: Vec<Day>,
    /// Their places count the picture's deviations and, after them, those it holds.
    pub proposals: Vec<Proposal>,
}

impl AccountPicture {
    /// The deviations that a proposal would settle.
    pub fn bundled(&self, proposal: &Proposal) -> Vec<&Deviation> {
        let held = self.picture.held.iter().map(|held| &held.deviation);
        let all: Vec<&Deviation> = self.picture.deviations.iter().chain(held).collect();
        proposal.deviations.iter().filter_map(|place| all.get(*place).copied()).collect()
    }
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
    let (peers, sales) = peers::figures::<E>(store, &base, &accounts, &months, &Silent)?;
    base.company.peers = peers;
    in_slices(
        store,
        &accounts,
        |reader, slice| pictures_with_sales(reader, &base, slice, on, &|account| sales.of(account)),
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
    pictures_with_sales(query, base, accounts, on, &|_| None)
}

fn pictures_with_sales(
    query: &impl Query,
    base: &Base,
    accounts: &[AccountId],
    on: Day,
    sales: &facts::ReadBefore<'_>,
) -> Result<Vec<AccountPicture>, StoreError> {
    let opened = opened_by(query, accounts, on)?;
    let answers = answers(query, &base.context.person_numbers, accounts)?;
    let answers = |id| answers.get(&id).map_or(&[][..], Vec::as_slice);
    let facts = facts::facts_with_sales(query, &base.context, accounts, sales)?;
    let picture = |facts: Facts| {
        let answers = answers(facts.account.id);
        account_picture(facts, answers, base, &opened, on)
    };
    Ok(facts.into_iter().map(picture).collect())
}

/// One account as of `on`, for whoever asks for nothing that a watch has kept; `None`: there is no such account. The
/// base's peers must reach up to `on`.
pub fn picture_of(
    query: &impl Query,
    base: &Base,
    account: AccountId,
    on: Day,
) -> Result<Option<(Facts, Picture)>, StoreError> {
    let answers = answers(query, &base.context.person_numbers, &[account])?;
    let answers = answers.get(&account).map_or(&[][..], Vec::as_slice);
    let facts = facts::facts(query, &base.context, &[account])?.pop();
    Ok(facts.map(|facts| {
        let picture = picture(&facts, answers, on, &base.company);
        (facts, picture)
    }))
}

fn account_picture(
    facts: Facts,
    answers: &[Answered],
    base: &Base,
    opened: &Opened,
    on: Day,
) -> AccountPicture {
    let picture = picture(&facts, answers, on, &base.company);
    let key = |kind, subject: &str| (facts.account.id, kind, subject.to_owned());
    let opened_on: Vec<Day> = (picture.deviations.iter())
        .map(|deviation| opened.get(&key(deviation.kind, &deviation.subject)).copied().unwrap_or(on))
        .collect();
    let open = (picture.deviations.iter().zip(&opened_on))
        .map(|(deviation, opened_on)| OpenDeviation { deviation, opened_on: *opened_on });
    let held = picture
        .held
        .iter()
        .map(|held| OpenDeviation { deviation: &held.deviation, opened_on: held.opened_on });
    let open: Vec<OpenDeviation<'_>> = open.chain(held).collect();
    let proposals = proposals(&open, answers, &facts, on, &base.company);
    AccountPicture { facts, picture, opened_on, proposals }
}
