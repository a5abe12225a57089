use std::sync::Arc;

use async_trait::async_trait;
use reelmark_application::ports::{DeadDelivery, DeadLetterQueue, QueueError, Verdict};

use crate::backlog::Held;
use crate::link::Link;
use crate::subscription::Subscription;
use crate::topology::Topology;

const PREFETCH: u16 = 100;

/// The queue of the messages that were given up, those of all channels.
pub struct RabbitMqDeadLetterQueue {
    subscription: Subscription,
}

impl RabbitMqDeadLetterQueue {
    pub(crate) fn new(link: Arc<Link>, topology: &Topology) -> Self {
        let queue = topology.dead_letter_queue();
        Self { subscription: Subscription::new(link, queue, PREFETCH) }
    }
}

#[async_trait]
impl DeadLetterQueue for RabbitMqDeadLetterQueue {
    async fn next_batch(&self, max: usize) -> Result<Vec<DeadDelivery>, QueueError> {
        let batch = self.subscription.next_batch(max).await?;
        let delivery =
            |(receipt, Held { message, reason, .. })| DeadDelivery { message, reason, receipt };
        Ok(batch.into_iter().map(delivery).collect())
    }

    async fn acknowledge(&self, receipts: Vec<u64>) -> Result<(), QueueError> {
        let verdicts = receipts.into_iter().map(|receipt| (receipt, Verdict::Done));
        let (session, settled) = self.subscription.settle(verdicts.collect());
        Ok(self.subscription.acknowledge(&session, settled.done).await?)
    }

    async fn postpone(&self, receipts: Vec<u64>) -> Result<(), QueueError> {
        let verdicts = receipts.into_iter().map(|receipt| (receipt, Verdict::Postpone));
        drop(self.subscription.settle(verdicts.collect()));
        Ok(())
    }
}
