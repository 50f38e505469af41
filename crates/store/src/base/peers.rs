//! Peer figures, kept by month end.

use crate::{Query, StoreError, Value, Work};
use luotsi_core::{
    account::AccountId,
    base::{PeerClass, PeerFigure, Peers},
    offering::{GroupId, GroupNo, Offering},
    units::Month,
};
use std::collections::{BTreeSet, HashMap};

/// All peer figures. `numbers` gives the place of each product group.
pub fn peers(query: &impl Query, numbers: &HashMap<GroupId, GroupNo>) -> Result<Peers, StoreError> {
    let mut peers = Peers::default();
    query.each(
        "-- What the upper quarter of each set of peers was worth, by month end.
select month_end, industry, size_class, accounts, current_p75_hundredths
  from peer_figure
 order by month_end, industry, size_class",
        &[],
        |row| {
            let class = PeerClass { industry: named(row.text(1)?), size_class: named(row.text(2)?) };
            let figure = PeerFigure {
                accounts: row.int(3)? as usize,
                current_p75_hundredths: row.int(4)?,
                shares: Vec::new(),
            };
            peers.months.entry(Month::of(row.day(0)?)).or_default().insert(class, figure);
            Ok(())
        },
    )?;

    query.each(
        "-- The share the upper quarter of each set of peers gave each product group, by month end.
select month_end, industry, size_class, group_id, share
  from peer_share
 order by month_end, industry, size_class, group_id",
        &[],
        |row| {
            let class = PeerClass { industry: named(row.text(1)?), size_class: named(row.text(2)?) };
            let figure = peers.months.get_mut(&Month::of(row.day(0)?)).and_then(|sets| sets.get_mut(&class));
            if let (Some(figure), Some(group)) = (figure, numbers.get(&GroupId(row.id(3)?))) {
                figure.shares.push((*group, row.real(4)?));
            }
            Ok(())
        },
    )?;
    for figure in peers.months.values_mut().flat_map(|figures| figures.iter_mut()) {
        figure.shares.sort_unstable_by_key(|(group, _)| *group);
    }
    Ok(peers)
}

/// Puts the figures of the months in `peers` in place of those kept.
pub fn save_peers(work: &Work<'_>, peers: &Peers, offering: &Offering) -> Result<(), StoreError> {
    let month_ends: Vec<[Value; 1]> = peers.months.keys().map(|month| [month.last().into()]).collect();
    for table in ["peer_share", "peer_figure"] {
        work.execute_for(
            &format!(
                "-- The figures that are replaced.
with wanted (month_end) as ({{wanted}})
delete from {table}
 where month_end in (select month_end from wanted)"
            ),
            ["date"],
            &month_ends,
        )?;
    }

    let figures = || {
        peers.months.iter().flat_map(|(month, figures)| {
            figures.iter().map(|(industry, size_class, figure)| (month.last(), industry, size_class, figure))
        })
    };
    work.insert(
        "peer_figure",
        ["month_end", "industry", "size_class", "accounts", "current_p75_hundredths"],
        figures().map(|(month_end, industry, size_class, figure)| {
            [
                month_end.into(),
                industry.into(),
                size_class.into(),
                (figure.accounts as i64).into(),
                figure.current_p75_hundredths.into(),
            ]
        }),
    )?;
    work.insert(
        "peer_share",
        ["month_end", "industry", "size_class", "group_id", "share"],
        figures().flat_map(|(month_end, industry, size_class, figure)| {
            figure.shares.iter().filter_map(move |(group, share)| {
                let group = offering.groups.get(group.0 as usize)?;
                Some([
                    month_end.into(),
                    industry.into(),
                    size_class.into(),
                    group.id.into(),
                    Value::Real(*share),
                ])
            })
        }),
    )
}

/// Every class an account has ever been of.
pub fn classes(query: &impl Query) -> Result<BTreeSet<PeerClass>, StoreError> {
    let found = query.all(
        "-- The industries and size classes that accounts have had.
select distinct industry, size_class
  from account_version",
        &[],
        |row| Ok(PeerClass { industry: row.opt_string(0)?, size_class: row.opt_string(1)? }),
    )?;
    Ok(found.into_iter().collect())
}

/// The accounts that are or were of one of these classes.
pub fn accounts_of_classes(
    query: &impl Query,
    classes: &BTreeSet<PeerClass>,
) -> Result<BTreeSet<AccountId>, StoreError> {
    let mut found = BTreeSet::new();
    query.each(
        "-- The classes of all accounts.
select account_id, industry, size_class
  from account_version",
        &[],
        |row| {
            let class = PeerClass { industry: row.opt_string(1)?, size_class: row.opt_string(2)? };
            if classes.contains(&class) {
                found.insert(AccountId(row.id(0)?));
            }
            Ok(())
        },
    )?;
    Ok(found)
}

fn named(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
