use std::sync::Arc;
use std::time::Duration;

use crate::ports::Cache;

// A stand-in until the real one is written.
pub struct ReadThrough {
    _cache: Arc<dyn Cache>,
}

impl ReadThrough {
    pub fn new(cache: Arc<dyn Cache>) -> Self {
        Self { _cache: cache }
    }

    pub async fn read<T, E, F, Fut>(
        &self,
        _key: &str,
        _lifetime: Duration,
        load: F,
    ) -> Result<Option<T>, E>
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Result<Option<T>, E>>,
    {
        load().await
    }
}
