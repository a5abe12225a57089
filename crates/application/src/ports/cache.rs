use std::time::Duration;

use async_trait::async_trait;
use thiserror::Error;

use super::Cause;

/// The permission to fill one key, given out on a miss and killed by an invalidation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lease {
    pub key: String,
    /// Names the lease towards the cache; never the same twice.
    pub token: String,
}

/// What a cache knows about a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// The value.
    Hit(Vec<u8>),
    /// Nothing; whoever loads the value may fill it in with this lease.
    Miss(Lease),
}

/// The cache can't be reached, or answered too late. Read from the store instead.
#[derive(Debug, Error)]
#[error("the cache is unavailable")]
pub struct CacheError(#[source] pub Cause);

/// Keeps copies of values for a while and never an old one, by leases (Nishtala et al., "Scaling
/// Memcache at Facebook", NSDI 2013, §3.2.1).
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Cache: Send + Sync {
    /// Looks a key up. All lookups that miss between two invalidations MAY get the same lease; a
    /// lookup after an invalidation MUST get a new one. A lease lives for at least 10 seconds
    /// unless it is killed.
    async fn lookup(&self, key: &str) -> Result<Lookup, CacheError>;

    /// Stores a value for `lifetime` if the lease is still alive, and says whether it was. The
    /// lease dies with the value's first fill, with an invalidation of its key, and with a loss of
    /// the cache's contents.
    async fn fill(
        &self,
        lease: &Lease,
        value: Vec<u8>,
        lifetime: Duration,
    ) -> Result<bool, CacheError>;

    /// Forgets the values and kills the leases of all `keys`, for every replica: a lookup that
    /// begins after this has returned MUST NOT find them, wherever it is made. Copies that a replica
    /// keeps in front of the cache are not meant: this replica forgets them before this returns,
    /// others when their [`CacheListener`] hears of it, and a second later in any case.
    ///
    /// After an error, MUST NOT return a value filled before the error once the cache can be
    /// reached again: what could not be invalidated must not come back.
    async fn invalidate(&self, keys: &[String]) -> Result<(), CacheError>;
}

/// Keeps copies of what the cache holds, and hears what becomes of it there.
///
/// An adapter that can't tell, or not always, calls less than it should: nobody may rely on it for
/// more than a shorter wait.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait CacheListener: Send + Sync {
    /// The value of `key` was changed or forgotten, by whomever. MUST NOT block.
    fn forgotten(&self, key: &str);

    /// Anything may have been forgotten. MUST NOT block.
    fn lost_track(&self);
}
