use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use reelmark_application::ports::{Cache, CacheError, CacheListener, IdGenerator, Lease, Lookup};
use tokio::runtime::Handle;

use crate::scripts::Scripts;
use crate::server::Server;
use crate::{RedisCacheConfig, RedisProbe, RedisRateLimiter};

/// The cache that all replicas share.
///
/// **Leases.** Beside the value of a key lives its lease, and each of lookup, fill and invalidation
/// is one script, so nothing comes between its steps.
///
/// **Epochs.** Redis also holds the id of the current epoch. Values and leases carry the epoch they
/// were made in, and those of another epoch count as not there. A new epoch, whose id was never
/// used before, makes everything unreachable at once. It begins
/// - when Redis doesn't know the epoch, since it lost its contents;
/// - when a connection meets a run of the server that the epoch was not started in: after a
///   restart, perhaps with an old snapshot, or a failover. A run of the server ends with all
///   its connections, so no connection outlives this check;
/// - after a failure of this replica, see below.
///
/// **Failures.** An invalidation that failed takes Redis down for this replica, and so does any
/// other call that failed, unless it was just late while others were answered. All calls fail at
/// once from then on, so reads go to the store. `retry_after` later, and again until it works, a
/// task in the background starts a new epoch, and only then is Redis up again. So, once an
/// invalidation has failed,
/// - neither this replica nor any other that took Redis down since then ever returns a value that
///   was filled in before;
/// - a replica whose calls succeeded all the time may return one until this one has recovered, and
///   for up to its lifetime if this one dies before that. Whoever can't bear that repeats the
///   invalidation until it works.
///
/// What was sent and not answered may still be carried out, much later. That does no harm: a late
/// invalidation or epoch only empties the cache, and a late fill comes with a lease that is dead by
/// then, or makes a value of an epoch that is about to end.
///
/// **Not covered.** A replica that stays connected to a primary which was demoted without cutting
/// its clients off reads and invalidates what that one holds. Sentinel does cut them off. Elsewhere
/// the lifetime of values bounds the harm.
pub struct RedisCache {
    server: Arc<Server>,
    url: String,
}

impl RedisCache {
    /// A cache that connects when it is first used, with connections that live on `runtime`.
    ///
    /// # Errors
    /// When the URL is not one of a Redis server. Whether there is a server, time will tell.
    pub fn new(
        config: RedisCacheConfig,
        runtime: Handle,
        ids: Arc<dyn IdGenerator>,
    ) -> Result<Self, CacheError> {
        let scripts = Arc::new(Scripts::new(config.namespace.clone(), ids));
        let server = Server::new(&config, runtime, scripts)?;
        Ok(Self { server: Arc::new(server), url: config.url })
    }

    /// Tells `listener` which keys Redis forgets or changes, on whosever behalf, as far as the server
    /// does that (RESP3 and `CLIENT TRACKING`, since Redis 6). In the background, for as long as
    /// this cache lives.
    ///
    /// # Errors
    /// When the URL is not one of a Redis server.
    pub fn tell(&self, listener: Arc<dyn CacheListener>) -> Result<(), CacheError> {
        Ok(self.server.track(&self.url, listener)?)
    }

    /// A probe of the server behind this cache.
    pub fn probe(&self) -> RedisProbe {
        RedisProbe::new(self.server.clone())
    }

    /// A rate limiter on the server behind this cache.
    pub fn rate_limiter(&self) -> RedisRateLimiter {
        RedisRateLimiter::new(self.server.clone())
    }
}

#[async_trait]
impl Cache for RedisCache {
    async fn lookup(&self, key: &str) -> Result<Lookup, CacheError> {
        let question = self.server.scripts.look_up(key);
        let (is_hit, found): (bool, Vec<u8>) = self.server.ask(&question).await?;
        if is_hit {
            return Ok(Lookup::Hit(found));
        }
        Ok(Lookup::Miss(Lease {
            key: key.to_owned(),
            token: String::from_utf8_lossy(&found).into_owned(),
        }))
    }

    async fn fill(
        &self,
        lease: &Lease,
        value: Vec<u8>,
        lifetime: Duration,
    ) -> Result<bool, CacheError> {
        let question = self.server.scripts.fill(lease, &value, lifetime);
        Ok(self.server.ask(&question).await?)
    }

    async fn invalidate(&self, keys: &[String]) -> Result<(), CacheError> {
        if keys.is_empty() {
            return Ok(());
        }
        let keys = keys.to_vec();
        let order = self.server.order(move |scripts| scripts.forget(&keys));
        Ok(order.await?)
    }
}
