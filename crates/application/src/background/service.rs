use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;

use super::*;
use crate::messages::Channel;
use crate::ports::{
    Cache, Clock, DeadDelivery, DeadLetters, Delivery, EventPublisher, Outbox,
    RatingSummaryRepository, RepositoryError, Verdict,
};

/// The worker's use cases.
pub struct BackgroundService {
    outbox: Arc<dyn Outbox>,
    dead_letters: Arc<dyn DeadLetters>,
    publishers: Publishers,
    summaries: Arc<dyn RatingSummaryRepository>,
    cache: Arc<dyn Cache>,
    clock: Arc<dyn Clock>,
}

/// The queue of each channel. Messages of a channel without one wait in the outbox.
pub type Publishers = BTreeMap<Channel, Arc<dyn EventPublisher>>;

impl BackgroundService {
    pub fn new(
        outbox: Arc<dyn Outbox>,
        dead_letters: Arc<dyn DeadLetters>,
        publishers: Publishers,
        summaries: Arc<dyn RatingSummaryRepository>,
        cache: Arc<dyn Cache>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { outbox, dead_letters, publishers, summaries, cache, clock }
    }
}

#[async_trait]
impl BackgroundUseCases for BackgroundService {
    async fn relay_messages(&self, channel: Channel) -> Result<RelayedMessages, RepositoryError> {
        match self.publishers.get(&channel) {
            Some(queue) => {
                relay_messages::run(&*self.outbox, &**queue, &*self.clock, channel).await
            }
            None => Ok(RelayedMessages::default()),
        }
    }

    async fn consume(&self, channel: Channel, deliveries: Vec<Delivery>) -> Vec<(u64, Verdict)> {
        match channel {
            Channel::Ratings => {
                count_ratings::run(&*self.summaries, &*self.cache, &*self.clock, deliveries).await
            }
            Channel::Mail | Channel::Reports => refuse(deliveries),
        }
    }

    async fn keep_dead_letters(
        &self,
        deliveries: Vec<DeadDelivery>,
    ) -> Result<(), RepositoryError> {
        keep_dead_letters::run(&*self.dead_letters, &*self.clock, deliveries).await
    }

    async fn rescore_summaries(&self) -> Result<usize, RepositoryError> {
        rescore_summaries::run(&*self.summaries, &*self.cache, &*self.clock).await
    }
}

/// What nobody here can work on is put to the dead letters, where somebody sees it.
fn refuse(deliveries: Vec<Delivery>) -> Vec<(u64, Verdict)> {
    let reason = "nobody works on this channel";
    let receipts = deliveries.into_iter().map(|delivery| delivery.receipt);
    receipts.map(|receipt| (receipt, Verdict::Refuse { reason: reason.to_owned() })).collect()
}
