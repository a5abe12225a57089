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

use crate::store::SqliteStore;

/// Keeps the audit trail in SQLite.
pub struct SqliteAuditTrail {
    store: SqliteStore,
}

/// Reads the audit trail from SQLite.
pub struct SqliteAuditReader {
    store: SqliteStore,
}

impl SqliteAuditTrail {
    /// Keeps it in `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

impl SqliteAuditReader {
    /// Reads from `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl AuditTrail for SqliteAuditTrail {
    async fn record(&self, event: InsertAuditEvent) -> Result<(), RepositoryError> {
        self.store.write(move |c| record_event::run(c, &event)).await
    }

    async fn forget_user(&self, user_id: i64) -> Result<(), RepositoryError> {
        self.store.write(move |c| forget_user::run(c, user_id)).await
    }

    async fn prune(&self, before: OffsetDateTime, limit: usize) -> Result<usize, RepositoryError> {
        self.store.write(move |c| prune_events::run(c, before, limit)).await
    }
}

#[async_trait]
impl AuditReader for SqliteAuditReader {
    async fn list(&self, list: ListAuditEvents) -> Result<Vec<AuditEventRecord>, RepositoryError> {
        self.store.read_long(move |c| list_events::run(c, &list)).await
    }
}
