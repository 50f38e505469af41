//! The watch that the server keeps by itself: at its start, when the day's watch has not run yet, and every night.

use croner::Cron;
use jiff::{Timestamp, Zoned, tz::TimeZone};
use luotsi_app::{
    act, people, search,
    steering::{self, Extent, Progress, WatchError},
    today,
};
use luotsi_store::{Store, StoreError, account, steering::last_run};
use std::{str::FromStr, time::Duration};
use tokio::{sync::watch, task::spawn_blocking, time::sleep};

/// How often the clock is looked at while waiting for the night: a machine may sleep meanwhile.
const LOOK_AT_THE_CLOCK: Duration = Duration::from_secs(300);

/// A quarter past two: after the day's last invoices are in, before anybody comes to work, and at an hour that
/// summer time neither skips nor repeats in most of Europe.
const EVERY_NIGHT: &str = "15 2 * * *";

/// Watches until `stop` becomes true.
pub async fn watch_every_night(store: Store, mut stop: watch::Receiver<bool>) {
    if !watched_today(&store).await {
        look(&store, &stop).await;
    }
    while !*stop.borrow() {
        wait_for_the_night(&store, &mut stop).await;
        look(&store, &stop).await;
    }
}

async fn watched_today(store: &Store) -> bool {
    let store = store.clone();
    let watched = spawn_blocking(move || {
        store.read(|reader| {
            let today = today::today(reader)?;
            Ok::<_, StoreError>(last_run(reader)?.is_some_and(|last| last.on == today))
        })
    });
    matches!(watched.await, Ok(Ok(true)))
}

async fn look(store: &Store, stop: &watch::Receiver<bool>) {
    if *stop.borrow() {
        return;
    }
    let (store, progress) = (store.clone(), UntilStopped(stop.clone()));
    match spawn_blocking(move || watch_today(&store, &progress)).await {
        Ok(Ok(())) | Ok(Err(WatchError::Cancelled | WatchError::Overtaken)) => (),
        Ok(Err(WatchError::Before { on, last })) => tracing::warn!(
            "Nothing was watched for {on}: a watch with --on has looked at {last} already. Until that day look on with \
             `luotsi watch --on {last}`; then the nights watch again."
        ),
        Ok(Err(error @ (WatchError::Store(_) | WatchError::Strategy(_)))) => {
            tracing::error!("The nightly watch could not be finished. {error}");
        }
        Err(error) => tracing::error!("The nightly watch could not be finished. {error}"),
    }
}

/// Clears what nobody asks for any more, and watches. A base without accounts is not watched: its first watch is to see the customers.
fn watch_today(store: &Store, progress: &dyn Progress) -> Result<(), WatchError> {
    let (today, is_empty) = store.read(|reader| {
        Ok::<_, StoreError>((today::today(reader)?, account::ids_in_order(reader)?.is_empty()))
    })?;
    act::forget_old_requests(store)?;
    people::end_old_access(store, today)?;
    search::tidy(store)?;
    if !is_empty {
        let summary = steering::watch(store, today, Extent::Changed, progress)?;
        tracing::info!(on = %summary.on, accounts = summary.accounts, opened = summary.opened, "watched");
    }
    Ok(())
}

async fn wait_for_the_night(store: &Store, stop: &mut watch::Receiver<bool>) {
    let store = store.clone();
    let zone = spawn_blocking(move || store.read(|reader| today::time_zone(reader))).await;
    let zone = zone.ok().and_then(Result::ok).unwrap_or(TimeZone::UTC);
    let now = Timestamp::now();
    let night = now
        .saturating_add(
            jiff::SignedDuration::try_from(until_next_watch(&now.to_zoned(zone))).unwrap_or_default(),
        )
        .unwrap_or(now);
    while Timestamp::now() < night {
        let left = Duration::try_from(night.duration_since(Timestamp::now())).unwrap_or_default();
        tokio::select! {
            () = sleep(left.min(LOOK_AT_THE_CLOCK)) => (),
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
    }
}

/// Watches silently until the server stops.
struct UntilStopped(watch::Receiver<bool>);

impl Progress for UntilStopped {
    fn begin(&self, _: usize) {}
    fn advance(&self, _: usize) {}
    fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }
}

/// How long from `now` to the next nightly watch, by the clock of `now`'s time zone. A day when that cannot be told.
pub fn until_next_watch(now: &Zoned) -> Duration {
    const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);
    Cron::from_str(EVERY_NIGHT)
        .ok()
        .and_then(|nightly| nightly.find_next_occurrence(now, false).ok())
        .and_then(|next| Duration::try_from(now.duration_until(&next)).ok())
        .unwrap_or(A_DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(now: &str, minutes: u64) {
        let now: Zoned = now.parse().unwrap();

        assert_eq!(until_next_watch(&now), Duration::from_secs(minutes * 60));
    }

    #[test]
    fn the_nightly_watch_comes_at_a_quarter_past_two_in_the_companys_time_zone() {
        check("2026-11-22T01:15+02:00[Europe/Helsinki]", 60);
        check("2026-11-22T02:15+02:00[Europe/Helsinki]", 24 * 60);
    }

    #[test]
    fn the_night_of_summer_time_has_its_watch_too() {
        check("2026-03-28T02:15+02:00[Europe/Helsinki]", 24 * 60);
        check("2026-03-29T02:15+02:00[Europe/Helsinki]", 23 * 60);
        check("2026-10-24T02:15+03:00[Europe/Helsinki]", 24 * 60);
        check("2026-10-25T02:15+03:00[Europe/Helsinki]", 25 * 60);
    }
}
