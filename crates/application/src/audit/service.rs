use std::sync::Arc;

use async_trait::async_trait;
use reelmark_domain::Page;

use super::{AuditUseCases, ListEvents, ListEventsError, RecordedEvent, list_events};
use crate::ports::AuditReader;

/// The use cases about the audit trail.
pub struct AuditService {
    events: Arc<dyn AuditReader>,
}

impl AuditService {
    pub fn new(events: Arc<dyn AuditReader>) -> Self {
        Self { events }
    }
}

#[async_trait]
impl AuditUseCases for AuditService {
    async fn list_events(&self, query: ListEvents) -> Result<Page<RecordedEvent>, ListEventsError> {
        list_events::run(&*self.events, query).await
    }
}
