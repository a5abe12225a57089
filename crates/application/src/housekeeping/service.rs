use std::sync::Arc;

use async_trait::async_trait;

use super::{HousekeepingUseCases, Swept, sweep};
use crate::ports::{
    AccountCodeRepository, AuditTrail, Clock, IdempotencyKeys, PersonalImportRepository,
    RatingSummaryRepository, ReportRepository, RepositoryError, SessionRepository,
};

/// The use cases of housekeeping, with the ports whose rows grow old.
pub struct HousekeepingService {
    pub idempotency_keys: Arc<dyn IdempotencyKeys>,
    pub summaries: Arc<dyn RatingSummaryRepository>,
    pub audit_trail: Arc<dyn AuditTrail>,
    pub reports: Arc<dyn ReportRepository>,
    pub imports: Arc<dyn PersonalImportRepository>,
    pub sessions: Arc<dyn SessionRepository>,
    pub codes: Arc<dyn AccountCodeRepository>,
    pub clock: Arc<dyn Clock>,
}

#[async_trait]
impl HousekeepingUseCases for HousekeepingService {
    async fn sweep(&self) -> Result<Vec<Swept>, RepositoryError> {
        sweep::run(self).await
    }
}
