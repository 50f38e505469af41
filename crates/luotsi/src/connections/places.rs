//! The places of the open connections. When all are taken, a connection that merely waits makes room for a new one:
//! keeping an idle connection is a courtesy, answering whoever asks is the work.

use super::Limits;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};
use tokio::sync::Notify;

/// The connections open now.
pub struct Places {
    limits: Limits,
    opened: Instant,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    last_number: u64,
    seats: HashMap<u64, Arc<Seat>>,
    of_address: HashMap<IpAddr, usize>,
}

/// What the server knows of one connection.
pub struct Seat {
    address: IpAddr,
    opened: Instant,
    /// Milliseconds after the server's start since when it waits for its peer; 0 while an answer is worked on.
    waiting_since: AtomicU64,
    /// The same since when its peer takes nothing of an answer; 0 while it does.
    stalled_since: AtomicU64,
    /// Its place has been given to another.
    given_away: Notify,
}

impl Seat {
    /// Nothing can be done for it until its peer sends or takes something.
    pub fn waits_for_its_peer(&self) {
        self.waiting_since.store(self.now(), Ordering::Relaxed);
    }

    pub fn is_worked_for(&self) {
        self.waiting_since.store(0, Ordering::Relaxed);
    }

    pub fn waits(&self) -> bool {
        let stalls = self.stalled_since.load(Ordering::Relaxed) != 0;
        self.waiting_since.load(Ordering::Relaxed) != 0 && !stalls
    }

    /// Its peer takes nothing of what is sent.
    pub fn stalls(&self) {
        self.stalled_since.store(self.now(), Ordering::Relaxed);
    }

    pub fn flows_again(&self) {
        self.stalled_since.store(0, Ordering::Relaxed);
    }

    /// Returns when its place has been given to another.
    pub async fn given_away(&self) {
        self.given_away.notified().await;
    }

    fn idle_since(&self) -> Option<u64> {
        [&self.waiting_since, &self.stalled_since]
            .map(|since| since.load(Ordering::Relaxed))
            .into_iter()
            .filter(|since| *since != 0)
            .min()
    }

    /// Never 0.
    fn now(&self) -> u64 {
        self.opened.elapsed().as_millis() as u64 + 1
    }
}

/// One open connection's place, given back when dropped.
pub struct Place {
    places: Arc<Places>,
    number: u64,
    pub seat: Arc<Seat>,
}

impl Places {
    pub fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self { limits, opened: Instant::now(), open: Mutex::new(Open::default()) })
    }

    /// A place for one more connection; `None` when all that could make room are being answered.
    pub fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let mut open = self.open();
        let of_address = open.of_address.get(&address).copied().unwrap_or_default();
        if self.limits.connections_of_one_address_max <= of_address {
            open.give_away(|seat| seat.address == address)?;
        } else if self.limits.connections_max <= open.seats.len() {
            let greediest =
                open.of_address.iter().max_by_key(|(_, open)| **open).map(|(address, _)| *address);
            open.give_away(|seat| Some(seat.address) == greediest).or_else(|| open.give_away(|_| true))?;
        }

        open.last_number += 1;
        let number = open.last_number;
        let seat = Arc::new(Seat {
            address,
            opened: self.opened,
            waiting_since: AtomicU64::new(0),
            stalled_since: AtomicU64::new(0),
            given_away: Notify::new(),
        });
        seat.waits_for_its_peer();
        open.seats.insert(number, Arc::clone(&seat));
        *open.of_address.entry(address).or_default() += 1;
        Some(Place { places: Arc::clone(self), number, seat })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Takes the place of the connection that has waited longest among those that `may` make room.
    fn give_away(&mut self, may: impl Fn(&Seat) -> bool) -> Option<()> {
        let waiting = self.seats.iter().filter(|(_, seat)| may(seat));
        let waiting = waiting.filter_map(|(number, seat)| Some((seat.idle_since()?, *number)));
        let (_, number) = waiting.min()?;
        self.leave(number)?.given_away.notify_one();
        Some(())
    }

    fn leave(&mut self, number: u64) -> Option<Arc<Seat>> {
        let seat = self.seats.remove(&number)?;
        if let Some(open) = self.of_address.get_mut(&seat.address) {
            *open -= 1;
            if *open == 0 {
                self.of_address.remove(&seat.address);
            }
        }
        Some(seat)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.open().leave(self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    fn places(all: usize, of_one_address: usize) -> Arc<Places> {
        let limits = Limits {
            connections_max: all,
            connections_of_one_address_max: of_one_address,
            ..Limits::default()
        };
        Places::new(limits)
    }

    fn has_gone(place: &Place) -> bool {
        !place.places.open().seats.contains_key(&place.number)
    }

    #[test]
    fn who_waits_makes_room_and_who_is_answered_does_not() {
        let places = places(2, 2);
        let answered = places.enter(HERE).unwrap();
        answered.seat.is_worked_for();
        let waiting = places.enter(HERE).unwrap();

        let third = places.enter(HERE).unwrap();
        third.seat.is_worked_for();

        assert!(has_gone(&waiting) && !has_gone(&answered) && !has_gone(&third));
        assert!(places.enter(THERE).is_none(), "all are being answered");
    }

    #[test]
    fn the_address_with_most_connections_makes_room_first() {
        let places = places(3, 3);
        let lone = places.enter(THERE).unwrap();
        let crowd = [places.enter(HERE).unwrap(), places.enter(HERE).unwrap()];

        let newcomer = places.enter(THERE).unwrap();

        assert!(!has_gone(&lone) && !has_gone(&newcomer));
        assert_eq!(crowd.iter().filter(|place| has_gone(place)).count(), 1);
    }

    #[test]
    fn a_place_is_given_back_once() {
        let places = places(1, 1);
        let first = places.enter(HERE).unwrap();
        let second = places.enter(HERE).unwrap();

        drop(first);
        assert!(!has_gone(&second));
        drop(second);

        assert!(places.open().seats.is_empty() && places.open().of_address.is_empty());
    }
}
