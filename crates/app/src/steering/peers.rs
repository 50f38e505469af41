//! Peer figures of month ends, from the facts of all accounts.

use super::{
    base::Base,
    kept_sales::{KeptSales, PackedSales},
    progress::Progress,
    slices::in_slices,
};
use luotsi_core::{
    account::AccountId,
    base::{Facts, Peer, PeerMonth, Peers, peer},
    strategy::Measure,
    units::Month,
};
use luotsi_store::{Store, StoreError, base as facts};
use std::collections::BTreeMap;

/// Values held in memory at a time: an account counts once a month end, and once more for each product group it buys.
const VALUES_MAX: usize = 60_000_000;

/// The figures of these month ends, as known on each, and the sales lines that were read for them.
pub fn figures<E: From<StoreError>>(
    store: &Store,
    base: &Base,
    accounts: &[AccountId],
    months: &[Month],
    progress: &dyn Progress,
) -> Result<(Peers, KeptSales), E> {
    let values_a_month = accounts.len().max(1) * (1 + base.company.offering.groups.len().min(8));
    let months_at_once = (VALUES_MAX / values_a_month).max(1);
    // Only what an hour costs makes activities part of a value.
    let counts_activities =
        base.company.strategies.all().any(|version| version.strategy.measure == Measure::Profit);
    let mut peers = Peers::default();
    let mut kept: Option<KeptSales> = None;
    for months in months.chunks(months_at_once) {
        let mut gathered: BTreeMap<Month, PeerMonth> = BTreeMap::new();
        let mut read = kept.is_none().then(KeptSales::new);
        in_slices(
            store,
            accounts,
            |reader, slice| {
                let sales = |account| kept.as_ref()?.of(account);
                let facts = match counts_activities {
                    true => facts::peer_facts(reader, &base.context, slice, &sales)?,
                    false => facts::sales_facts(reader, &base.context, slice, &sales)?,
                };
                let of_account = |facts: &Facts| {
                    let packed = kept.is_none().then(|| PackedSales::of(&facts.sales));
                    (facts.account.id, of_account(facts, months, base), packed)
                };
                Ok(facts.iter().map(of_account).collect::<Vec<_>>())
            },
            |slice| {
                progress.advance(slice.len());
                for (account, peers, packed) in slice {
                    if let (Some(read), Some(packed)) = (&mut read, packed) {
                        read.keep(account, packed);
                    }
                    for (month, peer) in peers {
                        gathered.entry(month).or_default().add(&peer);
                    }
                }
                Ok::<(), E>(())
            },
        )?;
        kept = kept.or(read);
        peers.months.extend(gathered.into_iter().map(|(month, peers)| (month, peers.figures())));
    }
    Ok((peers, kept.unwrap_or_else(KeptSales::new)))
}

fn of_account(facts: &Facts, months: &[Month], base: &Base) -> Vec<(Month, Peer)> {
    months.iter().filter_map(|month| Some((*month, peer(facts, *month, &base.company)?))).collect()
}
