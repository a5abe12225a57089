use std::sync::Arc;

use async_trait::async_trait;

use super::{HousekeepingUseCases, Swept, sweep};
use crate::ports::{
    AuditTrail, Clock, IdempotencyKeys, RatingSummaryRepository, ReportRepository, RepositoryError,
};

/// The use cases of housekeeping, with the ports whose rows grow old.
pub struct HousekeepingService {
    pub idempotency_keys: Arc<dyn IdempotencyKeys>,
    pub summaries: Arc<dyn RatingSummaryRepository>,
    pub audit_trail: Arc<dyn AuditTrail>,
    pub reports: Arc<dyn ReportRepository>,
    pub clock: Arc<dyn Clock>,
}

#[async_trait]
impl HousekeepingUseCases for HousekeepingService {
    async fn sweep(&self) -> Result<Vec<Swept>, RepositoryError> {
        sweep::run(self).await
    }
}
