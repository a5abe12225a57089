use std::sync::Arc;

use async_trait::async_trait;

use super::{SummaryAuditUseCases, confirm_drifts};
use crate::ports::{
    Clock, ComparedSummaries, ComparedTotals, RepositoryError, SummaryAuditor, SummaryDrift,
};

/// The use cases of an audit.
pub struct SummaryAuditService {
    auditor: Arc<dyn SummaryAuditor>,
    clock: Arc<dyn Clock>,
}

impl SummaryAuditService {
    pub fn new(auditor: Arc<dyn SummaryAuditor>, clock: Arc<dyn Clock>) -> Self {
        Self { auditor, clock }
    }
}

#[async_trait]
impl SummaryAuditUseCases for SummaryAuditService {
    async fn compare_summaries(
        &self,
        after: i64,
        limit: usize,
    ) -> Result<ComparedSummaries, RepositoryError> {
        self.auditor.compare(after, limit).await
    }

    async fn confirm_drifts(
        &self,
        suspects: Vec<SummaryDrift>,
    ) -> Result<Vec<SummaryDrift>, RepositoryError> {
        confirm_drifts::run(&*self.auditor, suspects).await
    }

    async fn compare_totals(&self) -> Result<ComparedTotals, RepositoryError> {
        self.auditor.compare_totals().await
    }

    async fn repair_drift(&self, drift: SummaryDrift) -> Result<bool, RepositoryError> {
        self.auditor.repair(drift, self.clock.now()).await
    }

    async fn repair_totals(&self) -> Result<(), RepositoryError> {
        self.auditor.repair_totals().await
    }
}
