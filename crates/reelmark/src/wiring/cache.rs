use std::sync::Arc;

use reelmark_application::caching::{ForgettingCache, NearCopies};
use reelmark_application::ports::{Cache, Clock, HealthProbe, IdGenerator, RateLimiter};
use reelmark_memory::MemoryCache;
use reelmark_redis::{RedisCache, RedisCacheConfig};
use secrecy::{ExposeSecret, SecretString};
use tokio::runtime::Handle;

use crate::config::CacheConfig;
use crate::failure::{Failure, OrFail};

/// How many bytes the cache in this process may take.
const CAPACITY: usize = 64 * 1024 * 1024;

const UNUSABLE: &str = "REDIS_URL (--redis-url) can't be used";

/// Where copies are kept, far and near, how to ask whether they can be reached, and who counts for all replicas.
pub struct SharedCache {
    /// What it is made to forget, this replica's own copies forget too.
    pub cache: Arc<dyn Cache>,
    pub copies: Arc<NearCopies>,
    pub probe: Option<Arc<dyn HealthProbe>>,
    pub limiter: Option<Arc<dyn RateLimiter>>,
}

impl SharedCache {
    pub fn open(
        config: &CacheConfig,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdGenerator>,
        io: &Handle,
    ) -> Result<Self, Failure> {
        let copies = Arc::new(NearCopies::new(clock.clone()));
        match config {
            CacheConfig::InProcess => {
                let cache = Arc::new(MemoryCache::new(CAPACITY, clock));
                Ok(Self::in_front_of(cache, copies))
            }
            CacheConfig::Redis { url } => {
                let cache = redis(url, ids, io)?;
                cache.tell(copies.clone()).or_fail(UNUSABLE)?;
                let probe: Arc<dyn HealthProbe> = Arc::new(cache.probe());
                let limiter: Arc<dyn RateLimiter> = Arc::new(cache.rate_limiter());
                let (probe, limiter) = (Some(probe), Some(limiter));
                Ok(Self { probe, limiter, ..Self::in_front_of(Arc::new(cache), copies) })
            }
        }
    }

    fn in_front_of(cache: Arc<dyn Cache>, copies: Arc<NearCopies>) -> Self {
        let cache = Arc::new(ForgettingCache::new(cache, copies.clone()));
        Self { cache, copies, probe: None, limiter: None }
    }
}

/// Whether the cache would take its settings.
pub fn check(config: &CacheConfig, ids: Arc<dyn IdGenerator>, io: &Handle) -> Result<(), Failure> {
    match config {
        CacheConfig::InProcess => Ok(()),
        CacheConfig::Redis { url } => redis(url, ids, io).map(drop),
    }
}

/// Connects when it is first used: the service works without it, if more slowly.
fn redis(
    url: &SecretString,
    ids: Arc<dyn IdGenerator>,
    io: &Handle,
) -> Result<RedisCache, Failure> {
    let config = RedisCacheConfig::new(url.expose_secret());
    RedisCache::new(config, io.clone(), ids).or_fail(UNUSABLE)
}
