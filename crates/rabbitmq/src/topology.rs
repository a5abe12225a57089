//! What the exchanges and queues are called, and how they hang together.

use lapin::options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions};
use lapin::types::{AMQPValue, FieldTable, LongString, ShortString};
use lapin::{Channel as Wire, ExchangeKind};
use reelmark_application::messages::Channel;

use crate::failure::Result;

/// How often the broker itself delivers a message before it gives it up. The consumers count the
/// attempts; this is for messages whose consumers die over them, and has to leave room for the
/// restarts that a message in a long queue may live through.
const DELIVERY_LIMIT: i64 = 50;

const MAX_PREFIX_LENGTH: usize = 64;

/// The names, all of which begin with one prefix.
#[derive(Clone)]
pub(crate) struct Topology {
    prefix: String,
}

impl Topology {
    /// `None` when the prefix can't be part of a name.
    pub(crate) fn new(prefix: &str) -> Option<Self> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let is_prefix = (1..=MAX_PREFIX_LENGTH).contains(&prefix.len());
        (is_prefix && prefix.chars().all(is_part)).then(|| Self { prefix: prefix.to_owned() })
    }

    pub(crate) fn exchange(&self) -> ShortString {
        self.prefix.as_str().into()
    }

    pub(crate) fn queue(&self, channel: Channel) -> ShortString {
        format!("{}.{}", self.prefix, channel.name()).into()
    }

    pub(crate) fn dead_letter_exchange(&self) -> ShortString {
        format!("{}.dead", self.prefix).into()
    }

    pub(crate) fn dead_letter_queue(&self) -> ShortString {
        format!("{}.dead-letters", self.prefix).into()
    }

    /// Makes what isn't there. Each declaration is answered, so that no message is sent before its
    /// queue is there.
    pub(crate) async fn declare(&self, wire: &Wire) -> Result<()> {
        self.declare_exchange(wire, self.exchange(), ExchangeKind::Topic).await?;
        self.declare_exchange(wire, self.dead_letter_exchange(), ExchangeKind::Fanout).await?;
        let dead = (self.dead_letter_queue(), self.dead_letter_exchange(), "#".into());
        declare_queue(wire, dead, quorum()).await?;
        for channel in Channel::ALL {
            let pattern = format!("{}.#", channel.name()).into();
            let queue = (self.queue(channel), self.exchange(), pattern);
            declare_queue(wire, queue, self.mortal()).await?;
        }
        Ok(())
    }

    async fn declare_exchange(
        &self,
        wire: &Wire,
        name: ShortString,
        kind: ExchangeKind,
    ) -> Result<()> {
        let options = ExchangeDeclareOptions { durable: true, ..Default::default() };
        Ok(wire.exchange_declare(name, kind, options, FieldTable::default()).await?)
    }

    /// A queue from which the broker moves what it gives up, and forgets it only once it is moved.
    fn mortal(&self) -> FieldTable {
        let mut arguments = quorum();
        let exchange = self.dead_letter_exchange().as_str().to_owned();
        arguments.insert("x-delivery-limit".into(), DELIVERY_LIMIT.into());
        arguments.insert("x-dead-letter-exchange".into(), text(exchange));
        arguments.insert("x-dead-letter-strategy".into(), text("at-least-once"));
        arguments.insert("x-overflow".into(), text("reject-publish"));
        arguments
    }
}

/// The routing key of a message. The channel comes first, because patterns compare whole words and
/// it doesn't follow from those of the kind.
pub(crate) fn routing_key(channel: Channel, kind: &str) -> ShortString {
    format!("{}.{kind}", channel.name()).into()
}

async fn declare_queue(
    wire: &Wire,
    (name, exchange, pattern): (ShortString, ShortString, ShortString),
    arguments: FieldTable,
) -> Result<()> {
    wire.queue_declare(name.clone(), QueueDeclareOptions::durable(), arguments).await?;
    let options = QueueBindOptions::default();
    Ok(wire.queue_bind(name, exchange, pattern, options, FieldTable::default()).await?)
}

fn quorum() -> FieldTable {
    let mut arguments = FieldTable::default();
    arguments.insert("x-queue-type".into(), text("quorum"));
    arguments
}

fn text(value: impl Into<LongString>) -> AMQPValue {
    AMQPValue::LongString(value.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_names_begin_with_the_prefix() {
        let topology = Topology::new("films").unwrap();
        assert_eq!(topology.exchange().as_str(), "films");
        assert_eq!(topology.queue(Channel::Mail).as_str(), "films.mail");
        assert_eq!(topology.dead_letter_exchange().as_str(), "films.dead");
        assert_eq!(topology.dead_letter_queue().as_str(), "films.dead-letters");
        assert_eq!(
            routing_key(Channel::Mail, "mail_requested.v1").as_str(),
            "mail.mail_requested.v1"
        );
    }

    #[test]
    fn a_prefix_is_a_short_plain_word() {
        for prefix in ["", "a b", "a/b", "é", &"a".repeat(65)] {
            assert!(Topology::new(prefix).is_none(), "{prefix}");
        }
        assert!(Topology::new("reelmark.test_1-2").is_some());
    }
}
