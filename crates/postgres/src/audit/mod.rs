//! The audit trail.

pub(crate) mod forget_user;
mod list_events;
mod prune_events;
mod record_event;

use async_trait::async_trait;
use reelmark_application::ports::{
    AuditEventRecord, AuditReader, AuditTrail, InsertAuditEvent, ListAuditEvents, RepositoryError,
};
use time::OffsetDateTime;

use crate::store::PostgresStore;

/// Keeps the audit trail in PostgreSQL.
pub struct PostgresAuditTrail {
    store: PostgresStore,
}

/// Reads the audit trail from PostgreSQL.
pub struct PostgresAuditReader {
    store: PostgresStore,
}

impl PostgresAuditTrail {
    /// Keeps it in `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

impl PostgresAuditReader {
    /// Reads from `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl AuditTrail for PostgresAuditTrail {
    async fn record(&self, event: InsertAuditEvent) -> Result<(), RepositoryError> {
        Ok(record_event::run(&self.store, event).await?)
    }

    async fn forget_user(&self, user_id: i64) -> Result<(), RepositoryError> {
        Ok(forget_user::run(&self.store, user_id).await?)
    }

    async fn prune(&self, before: OffsetDateTime, limit: usize) -> Result<usize, RepositoryError> {
        Ok(prune_events::run(&self.store, before, limit).await?)
    }
}

#[async_trait]
impl AuditReader for PostgresAuditReader {
    async fn list(&self, list: ListAuditEvents) -> Result<Vec<AuditEventRecord>, RepositoryError> {
        Ok(list_events::run(&self.store, list).await?)
    }
}
