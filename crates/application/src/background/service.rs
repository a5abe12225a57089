use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;

use super::*;
use crate::messages::Channel;
use crate::personal_import::Importing;
use crate::ports::{
    AccountCodeRepository, Cache, Clock, DeadDelivery, DeadLetters, Delivery, EventPublisher,
    Mailer, Outbox, RatingSummaryRepository, RepositoryError, SecretGenerator, UserReader, Verdict,
};

/// The worker's use cases.
pub struct BackgroundService {
    pub outbox: Arc<dyn Outbox>,
    pub dead_letters: Arc<dyn DeadLetters>,
    pub publishers: Publishers,
    pub summaries: Arc<dyn RatingSummaryRepository>,
    pub cache: Arc<dyn Cache>,
    pub reporting: Reporting,
    pub importing: Importing,
    pub clock: Arc<dyn Clock>,
    pub mail_room: MailRoom,
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
            Channel::Ratings | Channel::DatedRatings => {
                count_ratings::run(&*self.summaries, &*self.cache, &*self.clock, deliveries).await
            }
            Channel::Mail => send_mails::run(&self.mail_room, &*self.clock, deliveries).await,
            Channel::Reports => make_report::run(&self.reporting, &*self.clock, deliveries).await,
            Channel::Imports => {
                import_ratings::run(&self.importing, &*self.clock, deliveries).await
            }
        }
    }

    async fn keep_dead_letters(
        &self,
        deliveries: Vec<DeadDelivery>,
    ) -> Result<(), RepositoryError> {
        keep_dead_letters::run(&*self.dead_letters, &*self.clock, deliveries).await
    }

    async fn measure_backlog(&self) -> Result<WaitingWork, RepositoryError> {
        measure_backlog::run(&*self.outbox, &*self.dead_letters, &*self.clock).await
    }

    async fn rescore_summaries(&self) -> Result<usize, RepositoryError> {
        rescore_summaries::run(&*self.summaries, &*self.cache, &*self.clock).await
    }
}
