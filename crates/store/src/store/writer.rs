//! The one writer: gathers the requests that wait into one transaction, and answers after the commit. So a hundred clients
//! share one wait for the disk, and none is told "saved" before it is.

use crate::{
    Asking, StoreError, Work,
    engine::{Memory, Reopen, Session},
    people::request::known_of,
    recording::keep_numbers,
};
use luotsi_core::history::Actor;
use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, RecvError, Sender, channel},
    thread,
    time::{Duration, Instant},
};

/// Requests of one transaction.
const TOGETHER_MAX: usize = 256;
/// A transaction that lost against another, or its connection, is run again so often.
const TRIES_MAX: usize = 5;
/// A program that has written for so long without a break ...
const HOLD_MAX: Duration = Duration::from_millis(40);
/// ... leaves other programs this long to begin.
const BREAK: Duration = Duration::from_millis(3);

/// How the requests of one transaction stand to one another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// All succeed, which is usual and fast: where one has changed something and failed, all are run again ...
    Together,
    /// ... with a savepoint each, and each known to have succeeded or not before the next one begins.
    Apart,
}

/// A request of any type of answer, as the writer sees it.
pub(super) trait Request: Send {
    /// Who asks it, where that is to be known.
    fn asking(&self) -> Option<&Asking>;
    /// Runs it in the open transaction; true when what it changed is to be kept. Never panics.
    fn run(&mut self, session: &dyn Session, memory: &Memory) -> bool;
    /// A statement of it failed, though it passed that over.
    fn refuse(&mut self, error: StoreError);
    /// Tells the one who asked. Called once, when the transaction's fate is known.
    fn answer(self: Box<Self>, fate: Result<(), StoreError>);
}

pub(super) struct Asked<T, E, F> {
    actor: Actor,
    asking: Option<Asking>,
    work: F,
    outcome: Option<Result<T, E>>,
    reply: Sender<Result<T, E>>,
}

impl<T, E, F> Asked<T, E, F>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
    F: Fn(&mut Work<'_>) -> Result<T, E> + Send + 'static,
{
    pub fn request(
        actor: Actor,
        asking: Option<Asking>,
        work: F,
    ) -> (Box<dyn Request>, Receiver<Result<T, E>>) {
        let (reply, answer) = channel();
        (Box::new(Self { actor, asking, work, outcome: None, reply }), answer)
    }
}

impl<T, E, F> Request for Asked<T, E, F>
where
    T: Send,
    E: From<StoreError> + Send,
    F: Fn(&mut Work<'_>) -> Result<T, E> + Send,
{
    fn asking(&self) -> Option<&Asking> {
        self.asking.as_ref()
    }

    fn run(&mut self, session: &dyn Session, memory: &Memory) -> bool {
        let mut work = Work::new(session, self.actor, memory);
        let ran = catch_unwind(AssertUnwindSafe(|| (self.work)(&mut work)));
        let outcome = ran.unwrap_or_else(|panic| Err(StoreError::Panicked(said(panic.as_ref())).into()));
        let is_kept = outcome.is_ok();
        self.outcome = Some(outcome);
        is_kept
    }

    fn refuse(&mut self, error: StoreError) {
        self.outcome = Some(Err(error.into()));
    }

    fn answer(self: Box<Self>, fate: Result<(), StoreError>) {
        let answer = match (fate, self.outcome) {
            (Ok(()), Some(outcome)) => outcome,
            (Ok(()), None) => Err(StoreError::ConnectionLost.into()),
            (Err(error), _) => Err(error.into()),
        };
        // Whoever asked may have gone; what was saved stays saved.
        drop(self.reply.send(answer));
    }
}

fn said(panic: &(dyn Any + Send)) -> String {
    match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(text), _) => (*text).to_owned(),
        (None, Some(text)) => text.clone(),
        (None, None) => "no message".to_owned(),
    }
}

/// What the writer's thread owns.
pub(super) struct Writer {
    reopen: Box<Reopen>,
    session: Option<Box<dyn Session>>,
    /// Why nothing is saved any more, once the disk has failed: only a restart can tell what it holds.
    stopped: Option<StoreError>,
    last_break: Instant,
}

impl Writer {
    pub fn new(reopen: Box<Reopen>, session: Box<dyn Session>) -> Self {
        Self { reopen, session: Some(session), stopped: None, last_break: Instant::now() }
    }

    /// Serves until all who could ask have gone.
    pub fn serve(mut self, requests: &Receiver<Box<dyn Request>>) {
        let mut idle_since = Instant::now();
        while let Ok(together) = gather(requests) {
            self.leave_others_a_chance(idle_since);
            self.save(together);
            idle_since = Instant::now();
        }
    }

    fn save(&mut self, mut together: Vec<Box<dyn Request>>) {
        let fate = match &self.stopped {
            Some(error) => Err(error.clone()),
            None => self.try_to_save(&mut together),
        };
        if let Err(error @ StoreError::Stopped(_)) = &fate {
            tracing::error!("{error}");
            self.stopped = Some(error.clone());
        }
        for request in together {
            request.answer(fate.clone());
        }
        self.keep_statistics();
    }

    fn keep_statistics(&self) {
        if let Some(Err(error)) = self.session.as_ref().map(|session| session.keep_statistics()) {
            tracing::warn!("no new statistics: {error}");
        }
    }

    fn try_to_save(&mut self, together: &mut [Box<dyn Request>]) -> Result<(), StoreError> {
        let mut outcome = self.transact(together, Manner::Together);
        for _ in 1..TRIES_MAX {
            match &outcome {
                Err(error) if error.is_worth_another_try() => {
                    outcome = self.transact(together, Manner::Apart);
                }
                Ok(()) | Err(_) => break,
            }
        }
        outcome
    }

    fn transact(&mut self, together: &mut [Box<dyn Request>], manner: Manner) -> Result<(), StoreError> {
        let session = match self.session.take().filter(|session| session.is_usable()) {
            Some(session) => session,
            None => (self.reopen)()?,
        };
        let outcome = transact(session.as_ref(), together, manner);
        let is_clean = outcome.is_ok() || session.rollback().is_ok();
        self.session = Some(session).filter(|session| is_clean && session.is_usable());
        outcome
    }

    /// Neither engine's lock is fair to a program that asks less often than this one.
    fn leave_others_a_chance(&mut self, idle_since: Instant) {
        if idle_since.elapsed() < BREAK && self.last_break.elapsed() < HOLD_MAX {
            return;
        }
        thread::sleep(BREAK.saturating_sub(idle_since.elapsed()));
        self.last_break = Instant::now();
    }
}

/// Waits for a request and takes along all that wait by then.
fn gather(requests: &Receiver<Box<dyn Request>>) -> Result<Vec<Box<dyn Request>>, RecvError> {
    let mut together = vec![requests.recv()?];
    together.extend(requests.try_iter().take(TOGETHER_MAX - 1));
    Ok(together)
}

fn transact(
    session: &dyn Session,
    together: &mut [Box<dyn Request>],
    manner: Manner,
) -> Result<(), StoreError> {
    session.begin_write()?;
    // Only what shows late that it has failed is asked for anew.
    let is_relied_on = manner == Manner::Together && session.keeps_back();
    let memory = Memory { is_relied_on, ..Memory::default() };
    if is_relied_on && 1 < together.len() {
        let askings: Vec<&Asking> = together.iter().filter_map(|request| request.asking()).collect();
        let known = known_of(&Work::new(session, Actor::Setup, &memory), &askings)?;
        memory.known.replace(known);
    }
    let mut is_anything_kept = false;
    for request in together {
        let before = memory.counted.borrow().clone();
        let is_kept = run(session, request.as_mut(), &memory, is_anything_kept, manner)?;
        if !is_kept {
            memory.counted.replace(before);
        }
        is_anything_kept |= is_kept;
    }
    session.begin_request();
    keep_numbers(&Work::new(session, Actor::Setup, &memory))?;
    session.commit()
}

fn run(
    session: &dyn Session,
    request: &mut dyn Request,
    memory: &Memory,
    is_anything_kept: bool,
    manner: Manner,
) -> Result<bool, StoreError> {
    // The first request needs no savepoint: when it fails there is nothing else to lose.
    let has_savepoint = is_anything_kept && manner == Manner::Apart;
    session.begin_request();
    memory.has_changed_anything.set(false);
    if has_savepoint {
        session.savepoint()?;
    }
    let mut is_kept = request.run(session, memory);
    if is_kept && manner == Manner::Apart {
        // Its failure is taken below.
        drop(session.settle());
    }
    if let Some(error) = session.lost() {
        return Err(error);
    }
    if memory.is_too_little.get() {
        return Err(StoreError::Busy);
    }
    // PostgreSQL forgets a unit of work one statement of which failed, and confirms its commit all the same.
    let failure = session.take_failure();
    let has_counted_on = || !Work::new(session, Actor::Setup, memory).numbers_to_keep().is_empty();
    if failure.is_some() && has_counted_on() {
        // A number that was counted on, not asked for, may have been another record's: apart, each is asked for.
        return Err(StoreError::Busy);
    }
    let is_to_be_undone = failure.is_some() || (!is_kept && memory.has_changed_anything.get());
    if let Some(error) = failure.filter(|_| is_kept) {
        request.refuse(error);
        is_kept = false;
    }
    match (has_savepoint, is_to_be_undone) {
        (true, false) => session.keep_savepoint()?,
        (true, true) => session.undo_to_savepoint()?,
        (false, false) => (),
        (false, true) if is_anything_kept => return Err(StoreError::Busy),
        (false, true) => {
            session.rollback()?;
            session.begin_write()?;
            // Another program may have written in between.
            memory.known.borrow_mut().clear();
        }
    }
    Ok(is_kept)
}
