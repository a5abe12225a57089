use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;

use super::*;
use crate::messages::Channel;
use crate::ports::{
    Cache, Clock, Delivery, EventPublisher, Outbox, RatingSummaryRepository, RepositoryError,
    Verdict,
};

/// The worker's use cases.
pub struct BackgroundService {
    outbox: Arc<dyn Outbox>,
    publishers: Publishers,
    summaries: Arc<dyn RatingSummaryRepository>,
    cache: Arc<dyn Cache>,
    reporting: Reporting,
    clock: Arc<dyn Clock>,
}

/// The queue of each channel. Messages of a channel without one wait in the outbox.
pub type Publishers = BTreeMap<Channel, Arc<dyn EventPublisher>>;

impl BackgroundService {
    pub fn new(
        outbox: Arc<dyn Outbox>,
        publishers: Publishers,
        summaries: Arc<dyn RatingSummaryRepository>,
        cache: Arc<dyn Cache>,
        reporting: Reporting,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { outbox, publishers, summaries, cache, reporting, clock }
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
            Channel::Reports => make_report::run(&self.reporting, &*self.clock, deliveries).await,
            Channel::Mail => refuse(deliveries),
        }
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
