//! The rows of other systems, read, checked and recorded as facts.

pub mod records;
mod kind;
mod number;
mod fault;
mod map;
mod file;
mod columns;
mod row;
mod parse;
mod numbering;
mod doubled;
pub(crate) mod recordable;
mod reader;
mod progress;
mod summary;
mod error;
mod rejected;
mod waiting;
mod intake;

pub use error::ImportError;
pub use kind::Kind;
pub use progress::{Advance, Progress, Silent};
pub use summary::Summary;

use crate::{search, steering, text, today::today};
use columns::{Columns, Origin as From};
use fault::Reason;
use file::{RawRow, TableFile};
use intake::{Intake, Target};
use luotsi_core::{history::Actor, units::Day};
use luotsi_store::{Store, account::entry::count_sharing_ids, recording::Origin};
use map::Map;
use numbering::Numbering;
use reader::{Batch, slice};
use recordable::Recordable;
use records::{Records, SalesRow};
use rejected::Rejected;
use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::mpsc::sync_channel,
    thread,
};
use waiting::ROWS_IN_MEMORY;

/// The source of external ids when none is told.
pub const DEFAULT_SOURCE: &str = "import";

/// Batches read ahead while the database is busy.
const READ_AHEAD: usize = 4;

/// How a file is to be taken in.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub map: Option<PathBuf>,
    /// External ids are unique within their source.
    pub source: Option<String>,
    /// Everything is looked up and nothing written.
    pub dry_run: bool,
}

/// Takes in the rows of a file. Bad rows go into a file beside, the others into the database, in whole slices; the
/// accounts touched are watched at the end, once a first watch has been made.
pub fn import(
    store: &Store,
    kind: Kind,
    path: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Summary, ImportError> {
    let today = store.read(|reader| today(reader))?;
    let summary = import_on(store, kind, path, options, today, progress)?;
    if !options.dry_run {
        steering::watch_touched(store, &steering::Silent)?;
        if matches!(kind, Kind::Accounts | Kind::Contacts) && 0 < summary.created + summary.updated {
            search::tidy(store)?;
        }
    }
    Ok(summary)
}

/// Takes in the rows of a file as of a day: nothing done or invoiced later is taken. Watches nothing.
pub fn import_on(
    store: &Store,
    kind: Kind,
    path: &Path,
    options: &Options,
    today: Day,
    progress: &dyn Progress,
) -> Result<Summary, ImportError> {
    import_with_room(store, kind, path, options, today, progress, ROWS_IN_MEMORY)
}

/// `room`: for so many rows that wait for others there is room in memory.
fn import_with_room(
    store: &Store,
    kind: Kind,
    path: &Path,
    options: &Options,
    today: Day,
    progress: &dyn Progress,
    room: usize,
) -> Result<Summary, ImportError> {
    let source = source(options.source.as_deref().unwrap_or(DEFAULT_SOURCE))?;
    let map = options.map.as_deref().map(Map::read).transpose()?;
    let file = TableFile::open(path).map_err(ImportError::table(path))?;
    let columns = Columns::recognise(kind, &file, map.as_ref()).map_err(ImportError::in_file(path))?;

    let told = kind.fields().iter().map(|field| field.name);
    let told = told.filter(|field| *columns.origin(field) != From::Absent).collect();
    let origin =
        Origin { source, today, told: Some(told), assumed: HashSet::new(), is_spoken: false, is_new: false };
    let is_dry = options.dry_run;
    let import = Import { store, file: &file, columns: &columns, origin, is_dry, progress, room };
    let mut summary = match kind {
        Kind::People => import.run::<records::PersonRecord>(),
        Kind::Products => import.run::<records::ProductRecord>(),
        Kind::Accounts => import.run::<records::AccountRecord>(),
        Kind::AccountTeam => import.run::<records::TeamMemberRecord>(),
        Kind::Contacts => import.run::<records::ContactRecord>(),
        Kind::Sales => import.run::<SalesRow>(),
        Kind::Activities => import.run::<records::ActivityRecord>(),
        Kind::Estimates => import.run::<records::EstimateRecord>(),
        Kind::Abilities => import.run::<records::AbilityRecord>(),
        Kind::Targets => import.run::<records::TargetRecord>(),
        Kind::Overrides => import.run::<records::OverrideRecord>(),
    }?;
    if kind == Kind::Accounts && !options.dry_run && 0 < summary.created + summary.updated {
        summary.sharing_business_ids = store.read(|reader| count_sharing_ids(reader))?.unsigned_abs();
    }
    Ok(summary)
}

/// Takes in records that come from no file, the same way. Watches nothing.
pub fn load(
    store: &Store,
    records: &Records,
    source: &str,
    today: Day,
    actor: Actor,
    progress: &dyn Progress,
) -> Result<Vec<(Kind, Summary)>, ImportError> {
    let source = self::source(source)?;
    let load = Load { store, source, today, actor, progress };
    let mut numbering = Numbering::default();
    let sales: Vec<SalesRow> = records.sales.iter().map(|sale| numbered(sale, &mut numbering)).collect();
    Ok(vec![
        (Kind::People, load.run(&records.people)?),
        (Kind::Products, load.run(&records.products)?),
        (Kind::Accounts, load.run(&records.accounts)?),
        (Kind::AccountTeam, load.run(&records.account_team)?),
        (Kind::Contacts, load.run(&records.contacts)?),
        (Kind::Sales, load.run(&sales)?),
        (Kind::Activities, load.run(&records.activities)?),
        (Kind::Estimates, load.run(&records.estimates)?),
        (Kind::Abilities, load.run(&records.abilities)?),
        (Kind::Targets, load.run(&records.targets)?),
        (Kind::Overrides, load.run(&records.overrides)?),
    ])
}

/// One file on its way in: it is read on a thread of its own while the database takes in what was read before.
struct Import<'a> {
    store: &'a Store,
    file: &'a TableFile,
    columns: &'a Columns,
    origin: Origin,
    is_dry: bool,
    progress: &'a dyn Progress,
    room: usize,
}

impl Import<'_> {
    fn run<R: Recordable>(self) -> Result<Summary, ImportError> {
        let (target, rejected) = match self.is_dry {
            true => (Target::Nowhere, Rejected::nowhere()),
            false => {
                let rejected = Rejected::beside(&self.file.path, &self.columns.header);
                (Target::Database(Actor::Import), rejected)
            }
        };
        let (file, columns, today) = (self.file, self.columns, self.origin.today);
        let mut intake: Intake<'_, R> =
            Intake::new(self.store, self.origin, target, Some(columns), rejected, self.room);
        thread::scope(|scope| {
            let (sender, batches) = sync_channel::<Batch<R>>(READ_AHEAD);
            let reading =
                scope.spawn(move || reader::read(file, columns, today, |batch| sender.send(batch).is_ok()));
            for batch in batches {
                intake.take_in(batch)?;
                let done = Advance {
                    rows: intake.rows(),
                    bytes_read: file.bytes_read(),
                    bytes_total: file.bytes_total,
                };
                self.progress.advance(done);
                if self.progress.is_cancelled() {
                    return Err(ImportError::Cancelled { rows: intake.rows() });
                }
            }
            let read = reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            read.map_err(ImportError::table(&file.path))
        })?;
        intake.finish()
    }
}

/// Records that come from no file.
struct Load<'a> {
    store: &'a Store,
    source: String,
    today: Day,
    actor: Actor,
    progress: &'a dyn Progress,
}

impl Load<'_> {
    fn run<R: Recordable>(&self, records: &[R]) -> Result<Summary, ImportError> {
        let origin = Origin {
            source: self.source.clone(),
            today: self.today,
            told: None,
            assumed: HashSet::new(),
            is_spoken: false,
            is_new: false,
        };
        let target = Target::Database(self.actor);
        let mut intake: Intake<'_, R> =
            Intake::new(self.store, origin, target, None, Rejected::nowhere(), ROWS_IN_MEMORY);
        let mut line = 0;
        for together in records.chunks(slice(R::KIND)) {
            let mut batch = Batch::new();
            for record in together {
                line += 1;
                let row = RawRow { line, fields: csv::ByteRecord::new() };
                match record.faults(self.today).into_iter().next() {
                    Some(fault) => {
                        batch.rejected.push((row, Reason::Rule(fault.problem).in_column(fault.field)));
                    }
                    None => batch.records.push((row, record.clone())),
                }
            }
            intake.take_in(batch)?;
            self.progress.advance(Advance { rows: intake.rows(), bytes_read: 0, bytes_total: 0 });
            if self.progress.is_cancelled() {
                return Err(ImportError::Cancelled { rows: intake.rows() });
            }
        }
        intake.finish()
    }
}

fn numbered(sale: &records::SalesRecord, numbering: &mut Numbering) -> SalesRow {
    let number = numbering.next(&sale.invoice);
    SalesRow {
        record: sale.clone(),
        line: sale.line.clone().unwrap_or_else(|| number.to_string()),
        account: None,
        product: None,
    }
}

fn source(name: &str) -> Result<String, ImportError> {
    match text::line(name, text::ID_MAX) {
        Ok(name) if !name.is_empty() => Ok(name.into_owned()),
        Ok(_) | Err(_) => Err(ImportError::Source(name.to_owned())),
    }
}
