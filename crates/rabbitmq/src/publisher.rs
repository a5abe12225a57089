use std::sync::Arc;

use async_trait::async_trait;
use reelmark_application::messages::Channel;
use reelmark_application::ports::{EventPublisher, MessageRecord, Publication};

use crate::envelope::properties;
use crate::link::Link;
use crate::sender::{Letter, Sender};
use crate::topology::{Topology, routing_key};

/// The end at which messages of one channel enter. What the broker has not confirmed in time is
/// unconfirmed.
pub struct RabbitMqPublisher {
    sender: Sender,
    channel: Channel,
}

impl RabbitMqPublisher {
    pub(crate) fn new(link: Arc<Link>, topology: &Topology, channel: Channel) -> Self {
        Self { sender: Sender::new(link, topology.exchange()), channel }
    }
}

#[async_trait]
impl EventPublisher for RabbitMqPublisher {
    async fn publish(&self, messages: Vec<MessageRecord>) -> Vec<Publication> {
        if messages.is_empty() {
            return vec![];
        }
        let letters = messages.iter().map(|message| Letter {
            routing_key: routing_key(self.channel, &message.kind),
            properties: properties(message, None),
            payload: &message.payload,
        });
        let fates = self.sender.send(letters.collect()).await;
        let publications = fates.into_iter().map(|fate| match fate {
            Ok(()) => Publication::Confirmed,
            Err(_) => Publication::Unconfirmed,
        });
        publications.collect()
    }
}
