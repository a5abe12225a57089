use time::Duration;

use crate::messages::Channel;
use crate::ports::{
    Clock, DeadLetter, EventPublisher, MessageRecord, Outbox, Publication, RepositoryError,
};

/// How many messages are under way at once.
const BATCH: usize = 500;

/// How long a batch stays claimed. When its relay dies, another takes over after this time; when
/// the relay is merely slow, a message may be published twice, which its readers bear.
const HOLD: Duration = Duration::seconds(3);

/// What became of one batch of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RelayedMessages {
    /// How many were found.
    pub claimed: usize,
    /// How many the queue has taken over.
    pub confirmed: usize,
    /// How many were put to the dead letters.
    pub buried: usize,
}

impl RelayedMessages {
    /// Whether more may be waiting than fit into this batch.
    pub fn is_full(&self) -> bool {
        self.claimed >= BATCH
    }
}

pub(super) async fn run(
    outbox: &dyn Outbox,
    publisher: &dyn EventPublisher,
    clock: &dyn Clock,
    channel: Channel,
) -> Result<RelayedMessages, RepositoryError> {
    let messages = outbox.claim(channel, BATCH, clock.now(), HOLD).await?;
    if messages.is_empty() {
        return Ok(RelayedMessages::default());
    }
    let ids: Vec<i64> = messages.iter().map(|message: &MessageRecord| message.id).collect();
    let fates = publisher.publish(messages).await;
    let (mut confirmed, mut unconfirmed, mut dead) = (vec![], vec![], vec![]);
    for (id, fate) in ids.iter().zip(fates) {
        match fate {
            Publication::Confirmed => confirmed.push(*id),
            Publication::Unconfirmed => unconfirmed.push(*id),
            Publication::Rejected { reason } => dead.push(DeadLetter { id: *id, reason }),
        }
    }
    let relayed =
        RelayedMessages { claimed: ids.len(), confirmed: confirmed.len(), buried: dead.len() };
    settle(outbox, clock, confirmed, unconfirmed, dead).await?;
    Ok(relayed)
}

async fn settle(
    outbox: &dyn Outbox,
    clock: &dyn Clock,
    confirmed: Vec<i64>,
    unconfirmed: Vec<i64>,
    dead: Vec<DeadLetter>,
) -> Result<(), RepositoryError> {
    if !confirmed.is_empty() {
        outbox.confirm(confirmed).await?;
    }
    if !dead.is_empty() {
        outbox.bury(dead, clock.now()).await?;
    }
    if !unconfirmed.is_empty() {
        outbox.release(unconfirmed).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockEventPublisher, MockOutbox};
    use crate::testing::{NOW, clock};
    use mockall::predicate::eq;

    fn message(id: i64) -> MessageRecord {
        MessageRecord { id, kind: "k".into(), payload: "{}".into(), created_at: NOW }
    }

    #[tokio::test]
    async fn every_message_meets_its_own_fate() {
        let mut outbox = MockOutbox::new();
        outbox.expect_claim().returning(|_, _, _, _| Ok(vec![message(1), message(2), message(3)]));
        outbox.expect_confirm().with(eq(vec![1])).once().returning(|_| Ok(()));
        let dead = vec![DeadLetter { id: 2, reason: "poison".into() }];
        outbox.expect_bury().with(eq(dead), eq(NOW)).once().returning(|_, _| Ok(()));
        outbox.expect_release().with(eq(vec![3])).once().returning(|_| Ok(()));
        let mut publisher = MockEventPublisher::new();
        publisher.expect_publish().returning(|_| {
            let rejected = Publication::Rejected { reason: "poison".into() };
            vec![Publication::Confirmed, rejected, Publication::Unconfirmed]
        });
        let relayed = run(&outbox, &publisher, &clock(), Channel::Ratings).await.unwrap();
        assert_eq!(relayed, RelayedMessages { claimed: 3, confirmed: 1, buried: 1 });
    }

    #[tokio::test]
    async fn publishes_nothing_from_an_empty_outbox() {
        let mut outbox = MockOutbox::new();
        outbox.expect_claim().returning(|_, _, _, _| Ok(vec![]));
        let relayed =
            run(&outbox, &MockEventPublisher::new(), &clock(), Channel::Mail).await.unwrap();
        assert_eq!(relayed, RelayedMessages::default());
    }
}
