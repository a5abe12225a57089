use std::sync::Arc;

use lapin::uri::AMQPUri;
use reelmark_application::messages::Channel;
use thiserror::Error;
use tokio::runtime::Handle;

use crate::consumer::RabbitMqConsumer;
use crate::dead_letter_queue::RabbitMqDeadLetterQueue;
use crate::link::Link;
use crate::probe::RabbitMqProbe;
use crate::publisher::RabbitMqPublisher;
use crate::topology::Topology;

/// Seconds. A broker that hangs is noticed within twice as many by those who only listen.
const HEARTBEAT: u16 = 5;

/// A RabbitMQ broker. Publishers share one connection and consumers another, because a broker that
/// runs out of memory stops listening to connections that publish.
pub struct RabbitMq {
    publishing: Arc<Link>,
    consuming: Arc<Link>,
    topology: Topology,
}

/// The address of the broker, or the prefix, can't be used. Neither is repeated here.
#[derive(Debug, Error)]
pub enum RabbitMqConfigError {
    #[error("the address can't be read")]
    Address,
    #[error("the prefix must be 1 to 64 letters, digits, dots, dashes and underscores")]
    Prefix,
}

impl RabbitMq {
    /// Gets ready to reach the broker at `url`, `amqp://` or `amqps://`, on `runtime`. The names of
    /// all exchanges and queues begin with `prefix`, so that installations can share a broker.
    ///
    /// # Errors
    /// [`RabbitMqConfigError`] when the address or the prefix can't be used.
    pub fn new(url: &str, prefix: &str, runtime: Handle) -> Result<Self, RabbitMqConfigError> {
        let uri = address(url)?;
        let topology = Topology::new(prefix).ok_or(RabbitMqConfigError::Prefix)?;
        let link = |role| Arc::new(Link::new(uri.clone(), role, topology.clone(), runtime.clone()));
        Ok(Self { publishing: link("publishing"), consuming: link("consuming"), topology })
    }

    /// The end at which messages of `channel` enter.
    pub fn publisher(&self, channel: Channel) -> RabbitMqPublisher {
        RabbitMqPublisher::new(self.publishing.clone(), &self.topology, channel)
    }

    /// The end at which messages of `channel` leave. It publishes what it gives up.
    pub fn consumer(&self, channel: Channel) -> RabbitMqConsumer {
        let (consuming, publishing) = (self.consuming.clone(), self.publishing.clone());
        RabbitMqConsumer::new(consuming, publishing, &self.topology, channel)
    }

    /// Where messages go that were given up.
    pub fn dead_letters(&self) -> RabbitMqDeadLetterQueue {
        RabbitMqDeadLetterQueue::new(self.consuming.clone(), &self.topology)
    }

    /// Asks the broker whether it is there.
    pub fn probe(&self) -> RabbitMqProbe {
        RabbitMqProbe::new(self.publishing.clone())
    }
}

/// What the parser says about a bad address may repeat its password.
fn address(url: &str) -> Result<AMQPUri, RabbitMqConfigError> {
    let mut uri: AMQPUri = url.parse().map_err(|_| RabbitMqConfigError::Address)?;
    if uri.vhost.is_empty() {
        // Whoever writes amqp://host/ means the default one, not one without a name.
        uri.vhost = "/".to_owned();
    }
    uri.query.heartbeat.get_or_insert(HEARTBEAT);
    Ok(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_names_the_default_virtual_host() {
        for url in ["amqp://localhost", "amqp://localhost/", "amqp://localhost/%2f"] {
            assert_eq!(address(url).unwrap().vhost, "/", "{url}");
        }
        assert_eq!(address("amqps://localhost/movies").unwrap().vhost, "movies");
    }

    #[test]
    fn refuses_other_addresses_without_repeating_them() {
        for url in ["http://ann:hunter2@localhost", "ann:hunter2@localhost", ""] {
            let error = address(url).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("hunter2"));
        }
    }
}
