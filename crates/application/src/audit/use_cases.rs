use async_trait::async_trait;
use reelmark_domain::Page;

use super::{ListEvents, ListEventsError, RecordedEvent};

/// What can be done with the audit trail.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait AuditUseCases: Send + Sync {
    /// A page of events, latest first.
    async fn list_events(&self, query: ListEvents) -> Result<Page<RecordedEvent>, ListEventsError>;
}
