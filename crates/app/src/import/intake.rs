//! Taking records in, slice by slice: each slice is one unit of work, so that a running server stays usable and an
//! import that is killed leaves whole slices.

use super::{
    columns::Columns,
    error::ImportError,
    fault::{Fault, Reason},
    file::RawRow,
    reader::{Batch, slice},
    recordable::Recordable,
    rejected::Rejected,
    summary::Summary,
    waiting::{Waiting, WaitingRows},
};
use luotsi_core::history::Actor;
use luotsi_store::{
    Store, StoreError,
    recording::{Named, Origin, Outcome, Refusal},
};
use std::{collections::HashSet, sync::Arc, time::Instant};

/// The records of one file on their way into the database.
pub struct Intake<'a, R> {
    store: &'a Store,
    origin: Arc<Origin>,
    target: Target,
    columns: Option<&'a Columns>,
    rejected: Rejected,
    summary: Summary,
    /// Rows that name one above them who has not come yet.
    waiting: WaitingRows<'a, R>,
    begun: Instant,
}

/// Where records go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Database(Actor),
    /// A dry run: everything is looked up and nothing written.
    Nowhere,
}

impl<'a, R: Recordable> Intake<'a, R> {
    /// `room`: for so many rows that wait there is room in memory.
    pub fn new(
        store: &'a Store,
        origin: Origin,
        target: Target,
        columns: Option<&'a Columns>,
        rejected: Rejected,
        room: usize,
    ) -> Self {
        let (summary, begun) = (Summary::default(), Instant::now());
        let waiting = WaitingRows::new(columns, room);
        Self { store, origin: Arc::new(origin), target, columns, rejected, summary, waiting, begun }
    }

    pub fn rows(&self) -> u64 {
        self.summary.rows
    }

    pub fn take_in(&mut self, batch: Batch<R>) -> Result<(), ImportError> {
        self.summary.rows += batch.records.len() as u64 + batch.rejected.len() as u64 + batch.skipped;
        self.summary.skipped += batch.skipped;
        self.summary.rejected += batch.rejected.len() as u64;
        let mut rejected = batch.rejected;
        rejected.extend(self.record(batch.records)?);
        self.reject(rejected)
    }

    /// Decides the rows still waiting, now that all have come, and sums up.
    pub fn finish(mut self) -> Result<Summary, ImportError> {
        loop {
            self.record_waiting()?;
            if self.waiting.is_empty() {
                break;
            }
            self.refuse_some()?;
        }
        self.summary.seconds = (self.begun.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
        self.summary.rejected_file = self.rejected.path().map(ToOwned::to_owned);
        self.summary.first_rejected = self.rejected.told().to_vec();
        Ok(self.summary)
    }

    /// Records a slice; the rows refused come back with the reason, those that wait are kept.
    fn record(&mut self, slice: Vec<(RawRow, R)>) -> Result<Vec<(RawRow, Fault)>, ImportError> {
        if slice.is_empty() {
            return Ok(Vec::new());
        }
        let (rows, records): (Vec<RawRow>, Vec<R>) = slice.into_iter().unzip();
        let records = Arc::new(records);
        let outcomes = self.outcomes(Arc::clone(&records))?;

        let mut refused = Vec::new();
        for ((row, record), mut outcome) in rows.into_iter().zip(records.iter()).zip(outcomes) {
            self.assume(record, &mut outcome);
            self.summary.count(&outcome);
            match outcome {
                Outcome::Created | Outcome::Updated | Outcome::Unchanged => {}
                Outcome::Refused { column, why } => refused.push((row, self.fault(column, reason(why)))),
                Outcome::Waiting { column, id } => {
                    self.waiting.push(Waiting { row, record: record.clone(), column, id });
                }
            }
        }
        Ok(refused)
    }

    fn outcomes(&self, records: Arc<Vec<R>>) -> Result<Vec<Outcome>, StoreError> {
        match self.target {
            Target::Database(actor) => {
                let origin = Arc::clone(&self.origin);
                self.store.write(actor, move |work| {
                    let plan = R::plan(work, &origin, &records)?;
                    R::save(work, &origin, &plan)?;
                    Ok(R::outcomes(&plan).to_vec())
                })
            }
            Target::Nowhere => self.store.read(|reader| {
                R::plan(reader, &self.origin, &records).map(|plan| R::outcomes(&plan).to_vec())
            }),
        }
    }

    /// In a dry run what would have been made by now counts as known.
    fn assume(&mut self, record: &R, outcome: &mut Outcome) {
        if self.target != Target::Nowhere || *outcome != Outcome::Created {
            return;
        }
        if let Some(id) = record.own_id()
            && !Arc::make_mut(&mut self.origin).assumed.insert(id.to_owned())
        {
            *outcome = Outcome::Updated;
        }
    }

    /// Records what waits, again and again as long as some of it can be taken in.
    fn record_waiting(&mut self) -> Result<(), ImportError> {
        loop {
            let before = self.waiting.len();
            let mut rows = self.waiting.take().into_each().peekable();
            while rows.peek().is_some() {
                let slice = rows.by_ref().take(slice(R::KIND));
                let slice = slice.map(|waiting| waiting.map(|waiting| (waiting.row, waiting.record)));
                let slice: Vec<_> = slice.collect::<Result<_, _>>()?;
                let rejected = self.record(slice)?;
                self.reject(rejected)?;
            }
            if self.waiting.len() == before || self.waiting.is_empty() {
                return Ok(());
            }
        }
    }

    /// Of the rows that still wait, those below an unknown one are refused for that; when there are none, the others
    /// stand in a circle. What waited only for rows of its own record can then be taken in.
    fn refuse_some(&mut self) -> Result<(), ImportError> {
        let waiting = self.waiting.take();
        let mut ids: HashSet<String> = HashSet::new();
        waiting.each(|waiting| ids.extend(waiting.record.own_id().map(str::to_owned)))?;
        let mut is_circle = true;
        waiting.each(|waiting| is_circle &= ids.contains(&waiting.id))?;
        let mut refused = self.waiting.take();
        for waiting in waiting.into_each() {
            let waiting = waiting?;
            let is_kept = match is_circle {
                false => ids.contains(&waiting.id),
                true => waiting.record.own_id() == Some(waiting.id.as_str()),
            };
            if is_kept { self.waiting.push(waiting) } else { refused.push(waiting) }
        }
        if refused.is_empty() {
            // Rows that wait for themselves alone have nothing left to wait for.
            self.waiting.take();
        }
        self.summary.rejected += refused.len() as u64;
        let mut refused = refused.in_order_of_line().into_each().peekable();
        while refused.peek().is_some() {
            let slice = refused.by_ref().take(slice(R::KIND));
            let slice = slice.map(|waiting| waiting.map(|waiting| self.refused(waiting, is_circle)));
            let slice: Vec<_> = slice.collect::<Result<_, _>>()?;
            self.reject(slice)?;
        }
        Ok(())
    }

    fn refused(&self, waiting: Waiting<R>, is_circle: bool) -> (RawRow, Fault) {
        let (kind, plural) = match waiting.column {
            "manager" => ("person", "managers"),
            _ => ("account", "parents"),
        };
        let reason = match is_circle {
            true => Reason::Circle(waiting.id, plural),
            false => Reason::Unknown(waiting.id, kind),
        };
        (waiting.row, self.fault(waiting.column, reason))
    }

    fn reject(&mut self, mut rows: Vec<(RawRow, Fault)>) -> Result<(), ImportError> {
        rows.sort_by_key(|(row, _)| row.line);
        rows.iter().try_for_each(|(row, fault)| self.rejected.add(row, fault))?;
        self.rejected.flush()
    }

    fn fault(&self, column: &'static str, reason: Reason) -> Fault {
        reason
            .in_column(self.columns.map_or_else(|| column.to_owned(), |columns| columns.name_in_file(column)))
    }
}

fn reason(why: Refusal) -> Reason {
    match why {
        Refusal::Unknown { what, id } => Reason::Unknown(id, singular(what)),
        Refusal::UnknownGroup(name) => Reason::UnknownGroup(name),
        Refusal::Ambiguous { what, id } => Reason::Ambiguous(id, plural(what)),
        Refusal::Circle { what: Named::Person, id } => Reason::Circle(id, "managers"),
        Refusal::Circle { what: Named::Account | Named::Product | Named::Contact, id } => {
            Reason::Circle(id, "parents")
        }
    }
}

fn singular(what: Named) -> &'static str {
    match what {
        Named::Person => "person",
        Named::Account => "account",
        Named::Product => "product",
        Named::Contact => "contact",
    }
}

fn plural(what: Named) -> &'static str {
    match what {
        Named::Person => "people",
        Named::Account => "accounts",
        Named::Product => "products",
        Named::Contact => "contacts",
    }
}
