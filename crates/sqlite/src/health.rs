use std::time::Duration;

use async_trait::async_trait;
use reelmark_application::ports::{HealthProbe, ProbeError};
use tokio::time::timeout;

use crate::store::SqliteStore;

/// The port gives two seconds.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Asks whether the store can read and write.
pub struct SqliteHealthProbe {
    store: SqliteStore,
}

impl SqliteHealthProbe {
    /// Probes `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl HealthProbe for SqliteHealthProbe {
    fn name(&self) -> &'static str {
        "store"
    }

    fn is_required(&self) -> bool {
        true
    }

    /// Goes through the writer, because it takes all that a write does: a place in the queue, the
    /// thread, the lock and the file.
    async fn check(&self) -> Result<(), ProbeError> {
        let answer = self.store.write(|connection| {
            let mut statement = connection.prepare_cached("SELECT id FROM catalogue_totals")?;
            Ok(statement.query_one([], |row| row.get::<_, i64>(0))?)
        });
        match timeout(PATIENCE, answer).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(ProbeError(error.into())),
            Err(elapsed) => Err(ProbeError(elapsed.into())),
        }
    }
}
