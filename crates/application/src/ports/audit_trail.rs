use async_trait::async_trait;
use time::OffsetDateTime;

use super::RepositoryError;

/// An event to record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsertAuditEvent {
    pub at: OffsetDateTime,
    pub kind: String,
    /// Who did it; nobody's id when nobody was signed in.
    pub actor_user_id: Option<i64>,
    /// Whose account it is about.
    pub subject_user_id: Option<i64>,
    pub subject_name: Option<String>,
    /// Where the request came from.
    pub address: Option<String>,
    /// A JSON object of texts. MUST NOT hold secrets or what identifies a person.
    pub detail: Option<String>,
}

/// An event as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEventRecord {
    pub id: i64,
    pub event: InsertAuditEvent,
}

/// The place of an event in a list: when it happened, in microseconds since 1970, and its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditPosition {
    pub at_micros: i64,
    pub id: i64,
}

/// A page of events, latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListAuditEvents {
    /// Events of this kind alone.
    pub kind: Option<String>,
    /// Events about this account alone.
    pub subject_user_id: Option<i64>,
    /// Events at this time or later.
    pub from: Option<OffsetDateTime>,
    /// Events before this time.
    pub to: Option<OffsetDateTime>,
    /// The list starts behind this place.
    pub after: Option<AuditPosition>,
    /// The greatest number of events to return.
    pub limit: usize,
}

/// Writes down what happened to accounts. Nothing that is written is changed afterwards, except
/// that what identifies a person can be erased.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait AuditTrail: Send + Sync {
    /// Records an event.
    async fn record(&self, event: InsertAuditEvent) -> Result<(), RepositoryError>;

    /// Erases what identifies somebody whose account is deleted: the name and the address of
    /// events about them, and the address of events by them. The events stay, with their ids.
    async fn forget_user(&self, user_id: i64) -> Result<(), RepositoryError>;

    /// Removes up to `limit` events before `before`, oldest first; returns how many.
    async fn prune(&self, before: OffsetDateTime, limit: usize) -> Result<usize, RepositoryError>;
}

/// Reads what happened to accounts.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait AuditReader: Send + Sync {
    /// The events that pass every filter, strictly behind `after`, latest first, ties by id
    /// descending.
    async fn list(&self, list: ListAuditEvents) -> Result<Vec<AuditEventRecord>, RepositoryError>;
}
