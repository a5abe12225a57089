use async_trait::async_trait;
use reelmark_domain::{Device, Session, SessionId};
use time::OffsetDateTime;

use super::{CorruptRecord, RepositoryError, UserRecord};

/// A session as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRecord {
    pub id: i64,
    pub device: String,
    pub created_at: OffsetDateTime,
    pub last_used_at: OffsetDateTime,
}

/// Reads sessions as last written: one that was ended must not linger. A decorator that remembers
/// bearers MUST forget within half a second, and at once what this process ends or changes.
///
/// MUST leave out sessions that have run out: at their `expires_at`, or when they were not used for
/// [`Session::IDLE_LIMIT`].
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait SessionReader: Send + Sync {
    /// The account of this user, provided this session is theirs and goes on: one query, because
    /// it is asked on nearly every call.
    async fn find_bearer(
        &self,
        user_id: i64,
        session_id: i64,
        now: OffsetDateTime,
    ) -> Result<Option<UserRecord>, RepositoryError>;

    /// The sessions of a user, last used first, ties by id descending; at most
    /// [`LISTED_SESSIONS`].
    async fn list_of_user(
        &self,
        user_id: i64,
        now: OffsetDateTime,
    ) -> Result<Vec<SessionRecord>, RepositoryError>;
}

/// The greatest number of sessions that are listed. Nobody has more devices, but a program may
/// sign in again and again.
pub const LISTED_SESSIONS: usize = 100;

impl TryFrom<SessionRecord> for Session {
    type Error = CorruptRecord;

    fn try_from(record: SessionRecord) -> Result<Self, CorruptRecord> {
        let row = record.id;
        let corrupt =
            |column| move |source| CorruptRecord { table: "sessions", column, row, source };
        Ok(Self {
            id: SessionId::parse(row).map_err(corrupt("id"))?,
            device: Device::parse(&record.device).map_err(corrupt("device"))?,
            created_at: record.created_at,
            last_used_at: record.last_used_at,
        })
    }
}
