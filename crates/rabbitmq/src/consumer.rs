use std::sync::Arc;

use async_trait::async_trait;
use reelmark_application::messages::Channel;
use reelmark_application::ports::{Delivery, MessageConsumer, QueueError, Verdict};

use crate::backlog::{self, GivenUp};
use crate::envelope::properties;
use crate::failure::Result;
use crate::link::Link;
use crate::sender::{Letter, Sender};
use crate::subscription::{Session, Subscription};
use crate::topology::{Topology, routing_key};

/// The end at which messages of one channel leave.
pub struct RabbitMqConsumer {
    subscription: Subscription,
    graveyard: Sender,
    channel: Channel,
}

impl RabbitMqConsumer {
    pub(crate) fn new(
        consuming: Arc<Link>,
        publishing: Arc<Link>,
        topology: &Topology,
        channel: Channel,
    ) -> Self {
        let queue = topology.queue(channel);
        Self {
            subscription: Subscription::new(consuming, queue, prefetch(channel)),
            graveyard: Sender::new(publishing, topology.dead_letter_exchange()),
            channel,
        }
    }

    /// Moves messages to the dead letters. What the broker does not confirm comes again.
    async fn bury(&self, session: &Session, given_up: Vec<GivenUp>) -> Result<()> {
        let letters = given_up.iter().map(|GivenUp { held, reason }| Letter {
            routing_key: routing_key(self.channel, &held.message.kind),
            properties: properties(&held.message, Some(reason)),
            payload: &held.message.payload,
        });
        let fates = self.graveyard.send(letters.collect()).await;
        let (mut buried, mut kept, mut outcome) = (vec![], vec![], Ok(()));
        for (GivenUp { held, .. }, fate) in given_up.into_iter().zip(fates) {
            match fate {
                Ok(()) => buried.push(held.tag),
                Err(failure) => {
                    kept.push(held);
                    outcome = outcome.and(Err(failure));
                }
            }
        }
        self.subscription.put_back(session, kept);
        self.subscription.acknowledge(session, buried).await?;
        outcome
    }
}

/// How many messages one process holds at once. Ratings are counted by the hundred; whatever takes
/// its time had better wait where another process can take it, but some may rest meanwhile.
fn prefetch(channel: Channel) -> u16 {
    match channel {
        Channel::Ratings => 500,
        Channel::DatedRatings => 100,
        Channel::Mail => 16,
        Channel::Reports | Channel::Imports => 4,
    }
}

#[async_trait]
impl MessageConsumer for RabbitMqConsumer {
    async fn next_batch(&self, max: usize) -> std::result::Result<Vec<Delivery>, QueueError> {
        let batch = self.subscription.next_batch(max).await?;
        Ok(batch.into_iter().map(backlog::delivery).collect())
    }

    async fn waiting(&self) -> std::result::Result<u64, QueueError> {
        Ok(self.subscription.waiting().await?)
    }

    async fn settle(&self, verdicts: Vec<(u64, Verdict)>) -> std::result::Result<(), QueueError> {
        let (session, settled) = self.subscription.settle(verdicts);
        self.subscription.acknowledge(&session, settled.done).await?;
        if !settled.given_up.is_empty() {
            self.bury(&session, settled.given_up).await?;
        }
        Ok(())
    }
}
