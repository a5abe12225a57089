use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use crate::ports::{Cache, CacheError, CacheListener, Lease, Lookup};

/// The shared cache, which also tells a listener in this process what it is made to forget.
///
/// The listener hears of it once the shared cache has forgotten, or failed to: a copy that was
/// taken in between would be an old one. It hears of it too when the caller goes away.
pub struct ForgettingCache {
    shared: Arc<dyn Cache>,
    listener: Arc<dyn CacheListener>,
}

/// Tells the listener when it is dropped.
struct Notice<'a> {
    listener: &'a dyn CacheListener,
    keys: &'a [String],
}

impl ForgettingCache {
    pub fn new(shared: Arc<dyn Cache>, listener: Arc<dyn CacheListener>) -> Self {
        Self { shared, listener }
    }
}

impl Drop for Notice<'_> {
    fn drop(&mut self) {
        self.keys.iter().for_each(|key| self.listener.forgotten(key));
    }
}

#[async_trait]
impl Cache for ForgettingCache {
    async fn lookup(&self, key: &str) -> Result<Lookup, CacheError> {
        self.shared.lookup(key).await
    }

    async fn fill(
        &self,
        lease: &Lease,
        value: Vec<u8>,
        lifetime: Duration,
    ) -> Result<bool, CacheError> {
        self.shared.fill(lease, value, lifetime).await
    }

    async fn invalidate(&self, keys: &[String]) -> Result<(), CacheError> {
        let _notice = Notice { listener: &*self.listener, keys };
        self.shared.invalidate(keys).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockCache, MockCacheListener};
    use std::sync::atomic::{AtomicBool, Ordering};

    fn key() -> Vec<String> {
        vec!["movie".into()]
    }

    #[tokio::test]
    async fn the_listener_hears_of_it_after_the_shared_cache_has_forgotten() {
        let has_forgotten = Arc::new(AtomicBool::new(false));
        let (mut shared, mut listener) = (MockCache::new(), MockCacheListener::new());
        let done = has_forgotten.clone();
        shared.expect_invalidate().returning(move |_| {
            done.store(true, Ordering::SeqCst);
            Ok(())
        });
        listener.expect_forgotten().once().returning(move |key| {
            assert!(key == "movie" && has_forgotten.load(Ordering::SeqCst));
        });
        let cache = ForgettingCache::new(Arc::new(shared), Arc::new(listener));
        cache.invalidate(&key()).await.unwrap();
    }

    #[tokio::test]
    async fn the_listener_hears_of_it_when_the_shared_cache_is_down() {
        let (mut shared, mut listener) = (MockCache::new(), MockCacheListener::new());
        shared.expect_invalidate().returning(|_| Err(CacheError("down".into())));
        listener.expect_forgotten().once().return_const(());
        let cache = ForgettingCache::new(Arc::new(shared), Arc::new(listener));
        assert!(cache.invalidate(&key()).await.is_err());
    }
}
