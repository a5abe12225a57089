use async_trait::async_trait;
use time::OffsetDateTime;

use super::RepositoryError;

/// A session to open, with its first refresh token.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenSession {
    pub user_id: i64,
    /// The password hash that the user was just found to know the password of.
    pub password_hash: String,
    pub device: String,
    /// The digest of the refresh token.
    pub token_hash: String,
    pub at: OffsetDateTime,
    /// When the session ends, however much it is used.
    pub expires_at: OffsetDateTime,
}

/// A refresh token to trade in for its successor.
#[derive(Clone, PartialEq, Eq)]
pub struct RotateToken {
    /// The digest of the token that is traded in.
    pub token_hash: String,
    /// The digest of the one it is traded for.
    pub successor_hash: String,
    pub at: OffsetDateTime,
}

/// What came of trading in a refresh token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RotationOutcome {
    /// The successor is good from now on.
    Rotated { session_id: i64, user_id: i64 },
    /// The token was traded in before, so that somebody has stolen it. Its session is ended.
    Reused { session_id: i64, user_id: i64 },
    /// There is no such token, or its session has run out.
    Unknown,
}

/// Keeps the sessions. Of their tokens it is only ever given digests.
///
/// An ended session is gone for good: [`SessionReader`](super::SessionReader) finds it no more
/// from the moment on that the call which ended it returns, and no id is given out twice.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait SessionRepository: Send + Sync {
    /// Opens a session and returns its id; forgets sessions of this user that have run out.
    ///
    /// MUST open none, and return `None`, when the user is gone or not active, or has another
    /// password hash by now: whoever knew an old password gets no session from it.
    async fn open(&self, session: OpenSession) -> Result<Option<i64>, RepositoryError>;

    /// Trades in a refresh token, in one transaction, as
    /// [`RefreshVerdict`](reelmark_domain::RefreshVerdict) judges it:
    ///
    /// - `Fresh`: it is spent, its successor is stored, the session was used just now;
    /// - `ReplyLost`: the same, and the successor it had before is spent without a successor, so
    ///   that showing that one is reuse from now on;
    /// - `Reused`: the session is ended.
    ///
    /// MUST return `Unknown` once the session has run out or when its user isn't active. However
    /// many trade in tokens of one session at once, at most one unspent token is left.
    async fn rotate(&self, token: RotateToken) -> Result<RotationOutcome, RepositoryError>;

    /// Ends one session of this user; whether there was one.
    async fn end(&self, user_id: i64, session_id: i64) -> Result<bool, RepositoryError>;

    /// Ends the session that this refresh token belongs to, spent or not; whose it was.
    async fn end_by_token(&self, token_hash: String) -> Result<Option<i64>, RepositoryError>;

    /// Ends all sessions of this user but this one; returns how many.
    async fn end_all(&self, user_id: i64, except: Option<i64>) -> Result<u64, RepositoryError>;

    /// Forgets up to `limit` sessions that have run out, with their tokens; returns how many.
    async fn forget_expired(
        &self,
        now: OffsetDateTime,
        limit: usize,
    ) -> Result<usize, RepositoryError>;
}

impl std::fmt::Debug for OpenSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenSession").field("user_id", &self.user_id).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for RotateToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RotateToken").field("at", &self.at).finish_non_exhaustive()
    }
}
