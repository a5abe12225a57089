use std::sync::Arc;

use async_trait::async_trait;

use super::{IdempotencyUseCases, KeyedRequest, begin_request};
use crate::ports::{Begun, Clock, IdempotencyKeys, KeyClaim, RepositoryError, StoredAnswer};

/// The use cases about idempotency keys.
pub struct IdempotencyService {
    keys: Arc<dyn IdempotencyKeys>,
    clock: Arc<dyn Clock>,
}

impl IdempotencyService {
    pub fn new(keys: Arc<dyn IdempotencyKeys>, clock: Arc<dyn Clock>) -> Self {
        Self { keys, clock }
    }
}

#[async_trait]
impl IdempotencyUseCases for IdempotencyService {
    async fn begin(&self, request: KeyedRequest) -> Result<Begun, RepositoryError> {
        begin_request::run(&*self.keys, &*self.clock, request).await
    }

    async fn complete(&self, claim: KeyClaim, answer: StoredAnswer) -> Result<(), RepositoryError> {
        self.keys.complete(claim, answer).await
    }

    async fn abandon(&self, claim: KeyClaim) -> Result<(), RepositoryError> {
        self.keys.abandon(claim).await
    }
}
