use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::ports::Lease;

/// The loads in progress, so that callers with the same lease share one.
#[derive(Default)]
pub(super) struct Flights(Mutex<HashMap<Lease, Entry>>);

struct Entry {
    riders: usize,
    flight: Arc<Flight>,
}

struct Flight {
    /// The one permit to load. Closed after the load, which wakes all who wait for it at once.
    lead: Semaphore,
    landing: OnceLock<Landing>,
}

/// How a load ended.
pub(super) enum Landing {
    /// With a value, encoded, or with its absence.
    Safe(Option<Vec<u8>>),
    Crash,
}

/// A place in a flight, given up by dropping it.
pub(super) struct Seat<'a> {
    flights: &'a Flights,
    lease: &'a Lease,
    flight: Arc<Flight>,
}

impl Flights {
    /// Joins the flight of this lease, or starts it.
    pub(super) fn board<'a>(&'a self, lease: &'a Lease) -> Seat<'a> {
        let mut flights = self.lock();
        let entry = flights.entry(lease.clone()).or_insert_with(Entry::new);
        entry.riders += 1;
        Seat { flights: self, lease, flight: entry.flight.clone() }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Lease, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.lock().len()
    }
}

impl Entry {
    fn new() -> Self {
        let flight = Flight { lead: Semaphore::new(1), landing: OnceLock::new() };
        Self { riders: 0, flight: Arc::new(flight) }
    }
}

impl Seat<'_> {
    /// Waits for the lead, or for the end of the flight: then there is none.
    ///
    /// Whoever drops the lead without a landing leaves it to the next in line.
    pub(super) async fn lead(&self) -> Option<SemaphorePermit<'_>> {
        self.flight.lead.acquire().await.ok()
    }

    /// Ends the flight. The leader alone may do that.
    pub(super) fn land(&self, landing: Landing) -> &Landing {
        let landing = self.flight.landing.get_or_init(|| landing);
        self.flight.lead.close();
        landing
    }

    /// How the flight ended, once it has.
    pub(super) fn landing(&self) -> Option<&Landing> {
        self.flight.landing.get()
    }
}

impl Drop for Seat<'_> {
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

impl Landing {
    /// The end of a load. A value that can't be encoded can't be shared.
    pub(super) fn of<T: Serialize, E>(loaded: &Result<Option<T>, E>) -> Self {
        match loaded {
            Err(_) => Self::Crash,
            Ok(None) => Self::Safe(None),
            Ok(Some(value)) => serde_json::to_vec(value).map_or_else(
                |error| {
                    log::error!(error:err; "a value to be cached can't be encoded");
                    Self::Crash
                },
                |bytes| Self::Safe(Some(bytes)),
            ),
        }
    }

    /// What was loaded, if it was.
    pub(super) fn value<T: DeserializeOwned>(&self) -> Option<Option<T>> {
        match self {
            Self::Safe(None) => Some(None),
            Self::Safe(Some(bytes)) => serde_json::from_slice(bytes).ok(),
            Self::Crash => None,
        }
    }
}
