//! Work on many accounts, slice by slice, on all cores.

use luotsi_core::account::AccountId;
use luotsi_store::{Reader, Store, StoreError};
use std::{
    collections::BTreeMap,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

/// Accounts read at a time by one core.
const SLICE: usize = 128;
/// Finished slices that may wait to be handed over, so that memory stays bounded.
const WAITING_MAX: usize = 8;
const READERS_MAX: usize = 8;

/// Reads `accounts` slice by slice with `read`, several slices at a time, and hands the answers over in the order of
/// `accounts`. Each slice is read in a snapshot of its own; all are at least as new as the call.
pub fn in_slices<T, E>(
    store: &Store,
    accounts: &[AccountId],
    read: impl Fn(&Reader<'_>, &[AccountId]) -> Result<T, StoreError> + Sync,
    mut hand_over: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send,
    E: From<StoreError>,
{
    let slices: Vec<&[AccountId]> = accounts.chunks(SLICE).collect();
    let next = AtomicUsize::new(0);
    let readers =
        thread::available_parallelism().map_or(1, |cores| cores.get().min(READERS_MAX)).min(slices.len());
    let (finished, answers) = mpsc::sync_channel(WAITING_MAX);

    thread::scope(|scope| {
        for _ in 0..readers {
            let (finished, slices, next, read) = (finished.clone(), &slices, &next, &read);
            scope.spawn(move || {
                while let Some((place, slice)) = take(slices, next) {
                    // A snapshot that waited to be handed over would hold on to all that is written meanwhile.
                    let answer = store.read(|reader| read(reader, slice));
                    if finished.send((place, answer)).is_err() {
                        // Nobody listens any more when the caller has failed on its own.
                        break;
                    }
                }
            });
        }
        drop(finished);
        in_order(answers, &mut hand_over)
    })
}

fn take<'a>(slices: &[&'a [AccountId]], next: &AtomicUsize) -> Option<(usize, &'a [AccountId])> {
    let place = next.fetch_add(1, Ordering::Relaxed);
    slices.get(place).map(|slice| (place, *slice))
}

fn in_order<T, E: From<StoreError>>(
    answers: mpsc::Receiver<(usize, Result<T, StoreError>)>,
    hand_over: &mut impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let mut waiting = BTreeMap::new();
    let mut expected = 0;
    for (place, answer) in answers {
        waiting.insert(place, answer?);
        while let Some(answer) = waiting.remove(&expected) {
            hand_over(answer)?;
            expected += 1;
        }
    }
    Ok(())
}
