use async_trait::async_trait;
use time::{Duration, OffsetDateTime};

use super::RepositoryError;

/// A request that carries an idempotency key and wants to know whether to go on.
#[derive(Clone, PartialEq, Eq)]
pub struct BeginKeyed {
    /// Who asks for what; keys of two scopes have nothing to do with each other.
    pub scope: String,
    /// A hash of the key.
    pub key_hash: String,
    /// Whose account the answer belongs to: it is erased with it. Nobody's without.
    pub user_id: Option<i64>,
    /// Tells one request with this key from another.
    pub fingerprint: String,
    pub now: OffsetDateTime,
    /// How long the request may take before another one may do it in its place; more than zero.
    pub hold: Duration,
    /// How long the key is known; longer than `hold`.
    pub lifetime: Duration,
}

/// The right to answer for a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyClaim {
    pub scope: String,
    pub key_hash: String,
    /// Until when; also what tells a claim from the one that took its place.
    pub held_until: OffsetDateTime,
}

/// What is known about a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Nothing: the request may go on, and answers for the key.
    New(KeyClaim),
    /// This request was answered before.
    Replay(StoredAnswer),
    /// Another request came with this key.
    OtherRequest,
    /// This request is under way.
    InFlight,
}

/// An answer as it was given.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The HTTP status.
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// Remembers which requests were answered and how, so that a repeated one is not done again.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait IdempotencyKeys: Send + Sync {
    /// Claims a key for `hold`, or says what became of it.
    ///
    /// Of any number of requests at once, on any replica, exactly one MUST get `New`. A key whose
    /// `lifetime` has passed at `now` MUST count as unknown. A claim that was neither completed nor
    /// abandoned in its `hold` MUST be given to the next request with the same fingerprint; one
    /// with another fingerprint gets `OtherRequest` all the same.
    async fn begin(&self, request: BeginKeyed) -> Result<Begun, RepositoryError>;

    /// Stores the answer. MUST change nothing when the claim was taken over meanwhile.
    async fn complete(&self, claim: KeyClaim, answer: StoredAnswer) -> Result<(), RepositoryError>;

    /// Forgets the key, so that the request can be repeated at once. MUST change nothing when the
    /// claim was taken over or completed meanwhile.
    async fn abandon(&self, claim: KeyClaim) -> Result<(), RepositoryError>;

    /// Removes up to `limit` keys whose lifetime has passed at `now`; returns how many.
    async fn sweep(&self, now: OffsetDateTime, limit: usize) -> Result<usize, RepositoryError>;
}

impl BeginKeyed {
    /// The claim that this request has when its key is new.
    pub fn claim(&self) -> KeyClaim {
        KeyClaim {
            scope: self.scope.clone(),
            key_hash: self.key_hash.clone(),
            held_until: self.now.saturating_add(self.hold),
        }
    }

    /// When the key is forgotten.
    pub fn kept_until(&self) -> OffsetDateTime {
        self.now.saturating_add(self.lifetime)
    }
}

/// The answer may hold personal data.
impl std::fmt::Debug for StoredAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredAnswer").field("status", &self.status).finish_non_exhaustive()
    }
}

/// The fingerprint may be that of a password.
impl std::fmt::Debug for BeginKeyed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BeginKeyed").field("scope", &self.scope).finish_non_exhaustive()
    }
}
