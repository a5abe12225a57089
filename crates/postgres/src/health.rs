use std::time::Duration;

use async_trait::async_trait;
use reelmark_application::ports::{HealthProbe, ProbeError};
use tokio::time::timeout;

use crate::error::Failure;
use crate::store::PostgresStore;

/// Less than the two seconds that a probe may take.
const PATIENCE: Duration = Duration::from_millis(1_500);

const ASK: &str = "SELECT 1";

/// Asks the server for an answer, over a connection of the pool: what callers can't get in time,
/// the probe can't get either.
pub struct PostgresHealthProbe {
    store: PostgresStore,
}

impl PostgresHealthProbe {
    /// Probes `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl HealthProbe for PostgresHealthProbe {
    fn name(&self) -> &'static str {
        "store"
    }

    fn is_required(&self) -> bool {
        true
    }

    async fn check(&self) -> Result<(), ProbeError> {
        let asked = timeout(PATIENCE, ask(&self.store)).await;
        let answer = asked.unwrap_or(Err(Failure::TimedOut));
        answer.map_err(|failure| ProbeError(Box::new(failure)))
    }
}

async fn ask(store: &PostgresStore) -> Result<(), Failure> {
    let session = store.session().await?;
    session.query_one(ASK, &[]).await.map(drop)
}
