use std::sync::Arc;

use async_trait::async_trait;
use reelmark_application::ports::{HealthProbe, ProbeError};

use crate::server::Server;

/// Asks whether Redis runs scripts, which is all that the cache needs of it.
pub struct RedisProbe(Arc<Server>);

impl RedisProbe {
    pub(crate) fn new(server: Arc<Server>) -> Self {
        Self(server)
    }
}

#[async_trait]
impl HealthProbe for RedisProbe {
    fn name(&self) -> &'static str {
        "cache"
    }

    /// Without a cache everything is read from the store.
    fn is_required(&self) -> bool {
        false
    }

    async fn check(&self) -> Result<(), ProbeError> {
        let answer = self.0.probe().await;
        answer.map_err(|failure| ProbeError(Box::new(failure)))
    }
}
