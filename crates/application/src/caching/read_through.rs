use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::flights::{Flights, Landing};
use crate::ports::{Cache, CacheError, Lease, Lookup};

#[cfg(test)]
mod tests;

/// How long a failing cache is not mentioned again.
const COMPLAINT_EVERY: Duration = Duration::from_secs(10);

/// Reads from a cache, and from the store what the cache lacks.
///
/// **Leases.** A miss comes with a lease, with which the loaded value is filled in. Whatever makes
/// the value out of date kills the lease, so an old value never gets in.
///
/// **Single flight.** Callers who hold the same lease share one load. Sharing by key alone would
/// hand a value loaded before an invalidation to a reader who comes after it; a lease dies with the
/// invalidation, so that reader holds another one and never joins the older load. A caller who goes
/// away while loading leaves the lead to the next in line. When a load fails, each of the others
/// loads for itself, because in line they would fail one after another.
///
/// **No cache, no harm.** When the cache fails, everybody reads from the store. Absent values and
/// errors are not cached.
pub struct ReadThrough {
    cache: Arc<dyn Cache>,
    flights: Flights<Lease, Encoded>,
    last_complaint: Mutex<Option<Instant>>,
}

/// What the store has, encoded, if it has anything.
type Encoded = Option<Vec<u8>>;

/// What the cache knows, decoded.
enum Found<T> {
    Value(T),
    Nothing(Lease),
    Garbage(serde_json::Error),
}

impl ReadThrough {
    pub fn new(cache: Arc<dyn Cache>) -> Self {
        Self { cache, flights: Flights::default(), last_complaint: Mutex::new(None) }
    }

    /// The value of `key`, as `load` reads it from the store unless the cache has it. What was
    /// loaded stays cached for `lifetime`, give or take a tenth.
    ///
    /// # Errors
    /// Those of `load`.
    pub async fn read<T, E, F, Fut>(
        &self,
        key: &str,
        lifetime: Duration,
        load: F,
    ) -> Result<Option<T>, E>
    where
        T: Serialize + DeserializeOwned,
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<Option<T>, E>>,
    {
        match self.look_up(key).await {
            Ok(Found::Value(value)) => Ok(Some(value)),
            Ok(Found::Nothing(lease)) => self.load(&lease, lifetime, load).await,
            Ok(Found::Garbage(_)) => load().await,
            Err(error) => {
                self.complain(&error);
                load().await
            }
        }
    }

    /// Looks a key up. A value that nobody can read is dropped, for it would stay in the way until
    /// its end, and the second look-up gives the lease to put a good one in its place.
    async fn look_up<T: DeserializeOwned>(&self, key: &str) -> Result<Found<T>, CacheError> {
        let found = self.find(key).await?;
        let Found::Garbage(error) = found else {
            return Ok(found);
        };
        log::warn!(key, error:err; "a cached value can't be read and is dropped");
        self.cache.invalidate(&[key.to_owned()]).await?;
        self.find(key).await
    }

    async fn find<T: DeserializeOwned>(&self, key: &str) -> Result<Found<T>, CacheError> {
        Ok(match self.cache.lookup(key).await? {
            Lookup::Miss(lease) => Found::Nothing(lease),
            Lookup::Hit(bytes) => match serde_json::from_slice(&bytes) {
                Ok(value) => Found::Value(value),
                Err(error) => Found::Garbage(error),
            },
        })
    }

    /// Loads, together with all others who hold this lease.
    async fn load<T, E, F, Fut>(
        &self,
        lease: &Lease,
        lifetime: Duration,
        load: F,
    ) -> Result<Option<T>, E>
    where
        T: Serialize + DeserializeOwned,
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<Option<T>, E>>,
    {
        let seat = self.flights.board(lease);
        // Whoever is dropped while holding the lead leaves it to the next in line.
        let Some(_lead) = seat.lead().await else {
            return match seat.landing().and_then(decoded) {
                Some(value) => Ok(value),
                None => load().await,
            };
        };
        let loaded = load().await;
        if let Landing::Safe(Some(bytes)) = seat.land(encoded(&loaded)) {
            self.fill(lease, bytes.clone(), lifetime).await;
        }
        loaded
    }

    async fn fill(&self, lease: &Lease, bytes: Vec<u8>, lifetime: Duration) {
        let lifetime = jittered(lifetime, &lease.token);
        if let Err(error) = self.cache.fill(lease, bytes, lifetime).await {
            self.complain(&error);
        }
    }

    fn complain(&self, error: &CacheError) {
        let mut last = self.last_complaint.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|last| last.elapsed() >= COMPLAINT_EVERY) {
            *last = Some(Instant::now());
            log::warn!(error:?; "the cache fails, reads go to the store");
        }
    }
}

/// The end of a load. A value that can't be encoded can't be shared.
fn encoded<T: Serialize, E>(loaded: &Result<Option<T>, E>) -> Landing<Encoded> {
    match loaded {
        Err(_) => Landing::Crash,
        Ok(None) => Landing::Safe(None),
        Ok(Some(value)) => serde_json::to_vec(value).map_or_else(
            |error| {
                log::error!(error:err; "a value to be cached can't be encoded");
                Landing::Crash
            },
            |bytes| Landing::Safe(Some(bytes)),
        ),
    }
}

/// What was loaded, if it was.
fn decoded<T: DeserializeOwned>(landing: &Landing<Encoded>) -> Option<Option<T>> {
    match landing {
        Landing::Safe(None) => Some(None),
        Landing::Safe(Some(bytes)) => serde_json::from_slice(bytes).ok(),
        Landing::Crash => None,
    }
}

/// A lifetime between nine and eleven tenths of `lifetime`, so that values filled together don't
/// all run out together. Leases differ, and so do their hashes: that is random enough.
fn jittered(lifetime: Duration, token: &str) -> Duration {
    let mut hasher = DefaultHasher::new();
    token.hash(&mut hasher);
    let permille = 900 + hasher.finish() % 201;
    let millis = lifetime.as_millis().saturating_mul(permille.into()) / 1000;
    Duration::from_millis(millis.try_into().unwrap_or(u64::MAX))
}
