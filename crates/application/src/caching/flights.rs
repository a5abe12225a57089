use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::{Semaphore, SemaphorePermit};

/// The loads of `T` in progress, so that callers with the same lease share one.
pub(super) struct Flights<L, T>(Mutex<HashMap<L, Entry<T>>>);

struct Entry<T> {
    riders: usize,
    flight: Arc<Flight<T>>,
}

struct Flight<T> {
    /// The one permit to load. Closed after the load, which wakes all who wait for it at once.
    lead: Semaphore,
    landing: OnceLock<Landing<T>>,
}

/// How a load ended.
pub(super) enum Landing<T> {
    Safe(T),
    Crash,
}

/// A place in a flight, given up by dropping it.
pub(super) struct Seat<'a, L: Eq + Hash, T> {
    flights: &'a Flights<L, T>,
    lease: &'a L,
    flight: Arc<Flight<T>>,
}

impl<L, T> Default for Flights<L, T> {
    fn default() -> Self {
        Self(Mutex::new(HashMap::new()))
    }
}

impl<L: Clone + Eq + Hash, T> Flights<L, T> {
    /// Joins the flight of this lease, or starts it.
    pub(super) fn board<'a>(&'a self, lease: &'a L) -> Seat<'a, L, T> {
        let mut flights = self.lock();
        let entry = flights.entry(lease.clone()).or_insert_with(Entry::new);
        entry.riders += 1;
        Seat { flights: self, lease, flight: entry.flight.clone() }
    }
}

impl<L, T> Flights<L, T> {
    fn lock(&self) -> MutexGuard<'_, HashMap<L, Entry<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.lock().len()
    }
}

impl<T> Entry<T> {
    fn new() -> Self {
        let flight = Flight { lead: Semaphore::new(1), landing: OnceLock::new() };
        Self { riders: 0, flight: Arc::new(flight) }
    }
}

impl<L: Eq + Hash, T> Seat<'_, L, T> {
    /// Waits for the lead, or for the end of the flight: then there is none.
    ///
    /// Whoever drops the lead without a landing leaves it to the next in line.
    pub(super) async fn lead(&self) -> Option<SemaphorePermit<'_>> {
        self.flight.lead.acquire().await.ok()
    }

    /// Ends the flight. The leader alone may do that.
    pub(super) fn land(&self, landing: Landing<T>) -> &Landing<T> {
        let landing = self.flight.landing.get_or_init(|| landing);
        self.flight.lead.close();
        landing
    }

    /// How the flight ended, once it has.
    pub(super) fn landing(&self) -> Option<&Landing<T>> {
        self.flight.landing.get()
    }
}

impl<L: Eq + Hash, T> Drop for Seat<'_, L, T> {
    fn drop(&mut self) {
        let mut flights = self.flights.lock();
        if let Some(entry) = flights.get_mut(self.lease) {
            entry.riders -= 1;
            if entry.riders == 0 {
                flights.remove(self.lease);
            }
        }
    }
}
