use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;

use super::*;
use crate::messages::Channel;
use crate::ports::{
    AccountCodeRepository, Cache, Clock, Delivery, EventPublisher, Mailer, Outbox,
    RatingSummaryRepository, RepositoryError, SecretGenerator, UserReader, Verdict,
};

/// The worker's use cases.
pub struct BackgroundService {
    outbox: Arc<dyn Outbox>,
    publishers: Publishers,
    summaries: Arc<dyn RatingSummaryRepository>,
    cache: Arc<dyn Cache>,
    reporting: Reporting,
    clock: Arc<dyn Clock>,
    mail_room: MailRoom,
}

/// What it takes to send a mail.
pub struct MailRoom {
    pub users: Arc<dyn UserReader>,
    pub codes: Arc<dyn AccountCodeRepository>,
    pub mailer: Arc<dyn Mailer>,
    pub secrets: Arc<dyn SecretGenerator>,
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
        mail_room: MailRoom,
    ) -> Self {
        Self { outbox, publishers, summaries, cache, reporting, clock, mail_room }
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
            Channel::Mail => send_mails::run(&self.mail_room, &*self.clock, deliveries).await,
            Channel::Reports => make_report::run(&self.reporting, &*self.clock, deliveries).await,
        }
    }

    async fn rescore_summaries(&self) -> Result<usize, RepositoryError> {
        rescore_summaries::run(&*self.summaries, &*self.cache, &*self.clock).await
    }
}
