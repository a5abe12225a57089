use async_trait::async_trait;

use super::KeyedRequest;
use crate::ports::{Begun, KeyClaim, RepositoryError, StoredAnswer};

/// What is done about requests with an idempotency key.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait IdempotencyUseCases: Send + Sync {
    /// Lets a request go on, or says how it was answered before.
    async fn begin(&self, request: KeyedRequest) -> Result<Begun, RepositoryError>;

    /// Keeps the answer for those who ask again.
    async fn complete(&self, claim: KeyClaim, answer: StoredAnswer) -> Result<(), RepositoryError>;

    /// Lets the request be repeated at once, because its answer is not worth keeping.
    async fn abandon(&self, claim: KeyClaim) -> Result<(), RepositoryError>;
}
