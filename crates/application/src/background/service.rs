use std::sync::Arc;

use async_trait::async_trait;

use super::*;
use crate::ports::{
    Cache, Clock, Delivery, EventPublisher, Outbox, RatingSummaryRepository, RepositoryError,
    Verdict,
};

/// The worker's use cases.
pub struct BackgroundService {
    outbox: Arc<dyn Outbox>,
    publisher: Arc<dyn EventPublisher>,
    summaries: Arc<dyn RatingSummaryRepository>,
    cache: Arc<dyn Cache>,
    clock: Arc<dyn Clock>,
}

impl BackgroundService {
    pub fn new(
        outbox: Arc<dyn Outbox>,
        publisher: Arc<dyn EventPublisher>,
        summaries: Arc<dyn RatingSummaryRepository>,
        cache: Arc<dyn Cache>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { outbox, publisher, summaries, cache, clock }
    }
}

#[async_trait]
impl BackgroundUseCases for BackgroundService {
    async fn relay_messages(&self) -> Result<RelayedMessages, RepositoryError> {
        relay_messages::run(&*self.outbox, &*self.publisher, &*self.clock).await
    }

    async fn count_ratings(&self, deliveries: Vec<Delivery>) -> Vec<(u64, Verdict)> {
        count_ratings::run(&*self.summaries, &*self.cache, &*self.clock, deliveries).await
    }

    async fn rescore_summaries(&self) -> Result<usize, RepositoryError> {
        rescore_summaries::run(&*self.summaries, &*self.cache, &*self.clock).await
    }
}
