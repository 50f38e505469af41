//! The daily watch: looks at the accounts whose facts changed or whose check day has come, and keeps what it finds.
//! Running it again on the same day changes nothing; looking at some accounts gives what looking at all would.

use super::{
    base::Base,
    changes::{Changes, Kept},
    kept_sales::KeptSales,
    peers,
    pictures::months_until,
    progress::{Progress, Silent},
    slices::in_slices,
};
use crate::{
    strategy::{self, StrategyError},
    today::now,
};
use luotsi_core::{
    account::AccountId,
    base::{Facts, PeerClass, Peers, worth},
    history::{Actor, Entry, Subject},
    segmentation::{Suggestion, filled_up},
    steering::picture,
    strategy::{Measure, Thresholds},
    units::{Day, Month},
};
use luotsi_store::{
    Query, Reader, Store, StoreError, Work, account, base as facts, history, people,
    steering::{
        TouchedAccount, WatchRun, changed_since, due_accounts, each_standing_value, first_known_sales,
        insert_run, last_run, touched_since,
    },
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Deviations, proposals and standings written in one transaction at most; a server goes on in between.
const ACCOUNTS_A_WRITE: usize = 1024;

/// Changes that concern every account: who answers and what an hour costs, what is counted, where the borders are.
const EVERYONE: [(Subject, Option<&str>); 8] = [
    (Subject::Strategy, None),
    (Subject::Person, Some("created")),
    (Subject::Person, Some("role")),
    (Subject::Person, Some("team")),
    (Subject::Person, Some("manager")),
    (Subject::Person, Some("active")),
    (Subject::Person, Some("hourly_cost")),
    (Subject::Product, Some("group")),
];

/// Which accounts to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Those whose facts changed or whose check day has come.
    Changed,
    Full,
}

#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Strategy(#[from] StrategyError),
    #[error(
        "The watch has already looked at {last}; it cannot go back to {on}. Use `export --on {on}` to see that day."
    )]
    Before { on: Day, last: Day },
    #[error("Another watch finished meanwhile; run it again.")]
    Overtaken,
    #[error("Stopped. What had been looked at is kept; run the watch again to finish it.")]
    Cancelled,
}

/// What a watch did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchSummary {
    pub on: Day,
    pub is_full: bool,
    /// Accounts looked at.
    pub accounts: usize,
    pub opened: usize,
    pub closed: usize,
    pub proposed: usize,
    pub withdrawn: usize,
    /// The thresholds this watch put into the strategy, which had none.
    pub thresholds_set: Option<Thresholds>,
    /// Told once a quarter: the thresholds that would fit the base now.
    pub thresholds_suggested: Option<Thresholds>,
}

/// Looks at the base on `on`.
pub fn watch(
    store: &Store,
    on: Day,
    extent: Extent,
    progress: &dyn Progress,
) -> Result<WatchSummary, WatchError> {
    let started_at = now();
    let mut plan = store.read(|reader| Plan::load(reader, on, extent))?;
    let thresholds_set = set_thresholds(store, &mut plan, on, progress)?;

    plan.refresh_peers(store, on, progress)?;
    let accounts = plan.accounts_to_look_at(store, on)?;
    progress.begin(accounts.len());
    let (mut summary, rest) = look_at(store, &plan, &accounts, on, progress)?;

    finish(store, &plan, &summary, rest, started_at)?;
    summary.thresholds_set = thresholds_set;
    summary.thresholds_suggested = quarterly_suggestion(store, &plan, on)?;
    Ok(summary)
}

/// Looks at the accounts whose facts changed since the last watch, as of its day. Before a first watch nothing is
/// watched.
pub fn watch_touched(store: &Store, progress: &dyn Progress) -> Result<Option<WatchSummary>, WatchError> {
    match store.read(|reader| last_run(reader))? {
        None => Ok(None),
        Some(last) => watch(store, last.on, Extent::Changed, progress).map(Some),
    }
}

/// What is to be looked at, and with what.
struct Plan {
    base: Base,
    last: Option<WatchRun>,
    /// What is written into the log after this position is for the next watch.
    log_position: i64,
    touched: Vec<TouchedAccount>,
    is_full: bool,
    /// The figures of the month ends that were worked out anew.
    new_peers: Peers,
    /// The classes whose figures differ from those kept.
    moved_classes: BTreeSet<PeerClass>,
    /// Read for the peers.
    sales: KeptSales,
}

impl Plan {
    fn load(reader: &Reader<'_>, on: Day, extent: Extent) -> Result<Self, WatchError> {
        let last = last_run(reader)?;
        if let Some(last) = last.as_ref().filter(|last| on < last.on) {
            return Err(WatchError::Before { on, last: last.on });
        }
        let mut base = Base::load(reader)?;
        base.company.first_watch.get_or_insert(on);
        let since = last.as_ref().map_or(0, |last| last.log_position);
        let is_full = extent == Extent::Full || last.is_none() || changed_since(reader, since, &EVERYONE)?;
        if !is_full {
            base.company.peers = facts::peers(reader, &base.context.group_numbers)?;
        }
        Ok(Self {
            log_position: history::last_position(reader)?,
            touched: touched_since(reader, since)?,
            base,
            last,
            is_full,
            new_peers: Peers::default(),
            moved_classes: BTreeSet::new(),
            sales: KeptSales::new(),
        })
    }

    /// Works out the peer figures of the month ends that may have changed: all of them for a full watch, else those
    /// since the last watch and those for which something became known afterwards.
    fn refresh_peers(&mut self, store: &Store, on: Day, progress: &dyn Progress) -> Result<(), WatchError> {
        let mut months = months_until(&self.base, on);
        if !self.is_full {
            let from = self.first_month_to_refresh(store)?;
            months.retain(|month| from <= *month);
        }
        // Setting thresholds may have worked them out already.
        months.retain(|month| !self.new_peers.months.contains_key(month));
        self.work_out_peers(store, &months, progress)?;
        if !self.is_full && !months.is_empty() {
            self.moved_classes = store.read(|reader| self.moved(reader))?;
        }
        self.base.company.peers.months.extend(self.new_peers.months.clone());
        Ok(())
    }

    fn work_out_peers(
        &mut self,
        store: &Store,
        months: &[Month],
        progress: &dyn Progress,
    ) -> Result<(), WatchError> {
        if months.is_empty() {
            return Ok(());
        }
        let accounts = all_accounts(store)?;
        progress.begin(accounts.len());
        let (mut figures, sales) =
            peers::figures::<WatchError>(store, &self.base, &accounts, months, progress)?;
        self.sales = sales;
        for month in months {
            self.new_peers.months.insert(*month, figures.months.remove(month).unwrap_or_default());
        }
        Ok(())
    }

    fn first_month_to_refresh(&self, store: &Store) -> Result<Month, WatchError> {
        let after_last =
            self.last.as_ref().map_or(Month::of(Day::MIN), |last| Month::last_whole(last.on).plus(1));
        let is_profit = self.base.company.strategies.all().any(|v| v.strategy.measure == Measure::Profit);
        let masters: Vec<AccountId> = self
            .touched
            .iter()
            .filter(|touched| touched.subject == Subject::Account.name())
            .map(|t| t.account)
            .collect();
        // An account counts as a peer from its first sales on, whatever is known of it before.
        let first_sales = store.read(|reader| first_known_sales(reader, &masters))?;
        let matters_from = |touched: &TouchedAccount| match touched.subject.as_str() {
            subject if subject == Subject::Sales.name() => Some(touched.known_from),
            subject if subject == Subject::Account.name() => {
                first_sales.get(&touched.account).map(|first| touched.known_from.max(*first))
            }
            subject if subject == Subject::Activity.name() => is_profit.then_some(touched.known_from),
            _ => None,
        };
        let earliest = self.touched.iter().filter_map(matters_from).min().map(Month::of);
        Ok(earliest.map_or(after_last, |earliest| earliest.min(after_last)))
    }

    /// The classes for which some month's figure is not the one kept.
    fn moved(&self, query: &impl Query) -> Result<BTreeSet<PeerClass>, StoreError> {
        let mut classes = facts::classes(query)?;
        classes.retain(|class| {
            self.new_peers.months.keys().any(|month| {
                let end = month.last();
                let (industry, size_class) = (class.industry.as_deref(), class.size_class.as_deref());
                self.base.company.peers.figure(industry, size_class, end)
                    != self.new_peers.figure(industry, size_class, end)
            })
        });
        Ok(classes)
    }

    /// What has been read for the peers is not read again.
    fn facts(&self, reader: &Reader<'_>, accounts: &[AccountId]) -> Result<Vec<Facts>, StoreError> {
        facts::facts_with_sales(reader, &self.base.context, accounts, &|account| self.sales.of(account))
    }

    fn accounts_to_look_at(&self, store: &Store, on: Day) -> Result<Vec<AccountId>, StoreError> {
        if self.is_full {
            return all_accounts(store);
        }
        let mut accounts: BTreeSet<AccountId> = self.touched.iter().map(|touched| touched.account).collect();
        store.read(|reader| {
            accounts.extend(due_accounts(reader, on)?);
            if !self.moved_classes.is_empty() {
                accounts.extend(facts::accounts_of_classes(reader, &self.moved_classes)?);
            }
            Ok::<_, StoreError>(())
        })?;
        Ok(accounts.into_iter().collect())
    }
}

fn all_accounts(store: &Store) -> Result<Vec<AccountId>, StoreError> {
    store.read(|reader| account::ids_in_order(reader))
}

/// Versions of the strategy that lack thresholds get those that fit the base on `on`, if it is large enough to tell.
fn set_thresholds(
    store: &Store,
    plan: &mut Plan,
    on: Day,
    progress: &dyn Progress,
) -> Result<Option<Thresholds>, WatchError> {
    let started = plan.base.company.strategies.all().filter(|version| version.from <= on);
    let lacking = started.map(|version| version.strategy.thresholds).find(|given| given.complete().is_none());
    let Some(given) = lacking else { return Ok(None) };
    let accounts = all_accounts(store)?;
    // Thresholds make no peers, so what is worked out here serves for the rest of a full watch.
    let peers = match plan.is_full {
        true => {
            plan.work_out_peers(store, &months_until(&plan.base, on), progress)?;
            plan.new_peers.clone()
        }
        false => {
            let month = Month::last_whole(on);
            peers::figures::<WatchError>(store, &plan.base, &accounts, &[month], &Silent)?.0
        }
    };
    let kept = std::mem::replace(&mut plan.base.company.peers, peers);
    let suggested = suggestion(store, plan, &accounts, on)?.thresholds();
    plan.base.company.peers = kept;

    let Some(suggested) = suggested else { return Ok(None) };
    let (before, after) = store.write(Actor::Watch, move |work| {
        let before = history::last_position(work)?;
        strategy::complete_thresholds(work, on, suggested)?;
        Ok::<_, WatchError>((before, history::last_position(work)?))
    })?;
    // This change of the strategy is this watch's own: unless somebody else wrote meanwhile, the next need not look back.
    if before == plan.log_position {
        plan.log_position = after;
    }
    let first_watch = plan.base.company.first_watch;
    plan.base = store.read(|reader| Base::load(reader))?;
    plan.base.company.first_watch = first_watch;
    plan.is_full = true;
    Ok(Some(filled_up(given, suggested)))
}

fn suggestion(store: &Store, plan: &Plan, accounts: &[AccountId], on: Day) -> Result<Suggestion, WatchError> {
    let base = &plan.base;
    let mut suggestion = Suggestion::default();
    in_slices(
        store,
        accounts,
        |reader, slice| {
            let facts = plan.facts(reader, slice)?;
            let active = facts.iter().filter(|facts| facts.account.is_active(on));
            Ok(active.map(|facts| worth(facts, on, &base.company)).collect::<Vec<_>>())
        },
        |slice| {
            for worth in slice {
                suggestion.add(worth.state, worth.current_value(), worth.potential_value());
            }
            Ok::<_, WatchError>(())
        },
    )?;
    Ok(suggestion)
}

/// Writes what it finds, but for the last of it, which is given back.
fn look_at(
    store: &Store,
    plan: &Plan,
    accounts: &[AccountId],
    on: Day,
    progress: &dyn Progress,
) -> Result<(WatchSummary, Changes), WatchError> {
    let base = &plan.base;
    let mut summary = WatchSummary {
        on,
        is_full: plan.is_full,
        accounts: accounts.len(),
        opened: 0,
        closed: 0,
        proposed: 0,
        withdrawn: 0,
        thresholds_set: None,
        thresholds_suggested: None,
    };
    let mut waiting = Changes::default();
    in_slices(
        store,
        accounts,
        |reader, slice| {
            let kept = Kept::load(reader, &base.context.person_numbers, slice)?;
            let mut changes = Changes::default();
            for facts in plan.facts(reader, slice)? {
                if facts.account.on(on).is_some() {
                    let picture = picture(&facts, kept.answers(facts.account.id), on, &base.company);
                    changes.add(&facts, &picture, &kept, base);
                }
            }
            Ok(changes)
        },
        |changes| {
            progress.advance(changes.accounts);
            summary.opened += changes.opened.len();
            summary.closed += changes.closed.len();
            summary.proposed += changes.proposed.len();
            summary.withdrawn += changes.withdrawn.len();
            waiting.merge(changes);
            if waiting.accounts >= ACCOUNTS_A_WRITE {
                write(store, plan, std::mem::take(&mut waiting), on)?;
            }
            match progress.is_cancelled() {
                true => Err(WatchError::Cancelled),
                false => Ok(()),
            }
        },
    )?;
    Ok((summary, waiting))
}

fn write(store: &Store, plan: &Plan, changes: Changes, on: Day) -> Result<(), WatchError> {
    if changes.is_empty() {
        return Ok(());
    }
    let last = plan.last.as_ref().map(|last| last.id);
    store.write(Actor::Watch, move |work| {
        not_overtaken(work, last)?;
        write_changes(work, &changes, on)
    })
}

/// What is to be opened and is open already has been found by another watch that has not finished yet.
fn write_changes(work: &Work<'_>, changes: &Changes, on: Day) -> Result<(), WatchError> {
    changes.write(work, on).map_err(|error| {
        let is_found_already = matches!(error, StoreError::Taken(_));
        if is_found_already { WatchError::Overtaken } else { error.into() }
    })
}

/// Two watches at once would each write what they see; the later one starts over.
fn not_overtaken(query: &impl Query, last: Option<Uuid>) -> Result<(), WatchError> {
    match last_run(query)?.map(|run| run.id) == last {
        true => Ok(()),
        false => Err(WatchError::Overtaken),
    }
}

/// The peers and the run are kept last: a watch that was cut off is started over, and finds what it has written. The rest
/// of the changes comes with them, so that a look at few accounts is there as a whole and no other watch comes between.
fn finish(
    store: &Store,
    plan: &Plan,
    summary: &WatchSummary,
    rest: Changes,
    started_at: i64,
) -> Result<(), WatchError> {
    let last = plan.last.as_ref().map(|last| last.id);
    let (peers, offering) = (plan.new_peers.clone(), plan.base.company.offering.clone());
    let is_assessing = plan.base.company.strategies.on(summary.on).thresholds.complete().is_some();
    let run = WatchRun {
        id: Uuid::now_v7(),
        on: summary.on,
        is_full: summary.is_full,
        log_position: plan.log_position,
        started_at,
        finished_at: now(),
        accounts: summary.accounts as i64,
        opened: summary.opened as i64,
        closed: summary.closed as i64,
    };
    store.write(Actor::Watch, move |work| {
        not_overtaken(work, last)?;
        write_changes(work, &rest, run.on)?;
        facts::save_peers(work, &peers, &offering)?;
        if is_assessing {
            people::set_first_watch(work, run.on)?;
        }
        insert_run(work, &run)?;
        if !peers.months.is_empty() {
            work.record(entry(&run, history::PEERS))?;
        }
        work.record(entry(&run, "run"))?;
        Ok(())
    })
}

fn entry(run: &WatchRun, what: &'static str) -> Entry {
    Entry {
        subject: Subject::Watch,
        subject_id: Some(run.id),
        what,
        before: None,
        after: Some(run.on.to_string()),
        why: None,
        touched: Vec::new(),
    }
}

/// In the first watch of a quarter: what the thresholds would be if they were set now.
fn quarterly_suggestion(store: &Store, plan: &Plan, on: Day) -> Result<Option<Thresholds>, StoreError> {
    let Some(last) = plan.last.as_ref().filter(|last| last.on.quarter_start() != on.quarter_start()) else {
        return Ok(None);
    };
    debug_assert!(last.on <= on);
    let mut suggestion = Suggestion::default();
    store.read(|reader| {
        each_standing_value(reader, |state, current, potential| suggestion.add(state, current, potential))
    })?;
    Ok(suggestion.thresholds())
}
