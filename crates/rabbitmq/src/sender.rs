use std::sync::Arc;
use std::time::Duration;

use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
use lapin::types::ShortString;
use lapin::{BasicProperties, Channel as Wire, Confirmation, PublisherConfirm};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout_at};

use crate::failure::{Failure, Result};
use crate::link::Link;

/// How long sending may take, connecting included: less than the relay's hold on its messages, so
/// that no other relay publishes them meanwhile.
const SENT_WITHIN: Duration = Duration::from_secs(2);

/// Sends messages to one exchange, and waits until the broker has confirmed each of them.
///
/// A channel on which something went wrong is not used again, nor is its connection: a queue may be
/// missing, which is made anew with the next one.
pub(crate) struct Sender {
    link: Arc<Link>,
    exchange: ShortString,
    wire: Mutex<Option<Wire>>,
}

/// A message ready to be sent.
pub(crate) struct Letter<'m> {
    pub routing_key: ShortString,
    pub properties: BasicProperties,
    pub payload: &'m str,
}

impl Sender {
    pub(crate) fn new(link: Arc<Link>, exchange: ShortString) -> Self {
        Self { link, exchange, wire: Mutex::default() }
    }

    /// Sends all letters before it waits for the first answer. One answer per letter; those behind
    /// one that could not be sent are not sent either.
    pub(crate) async fn send(&self, letters: Vec<Letter<'_>>) -> Vec<Result<()>> {
        let deadline = Instant::now() + SENT_WITHIN;
        let fates = match self.wire(deadline).await {
            Ok(wire) => publish(&wire, &self.exchange, letters, deadline).await,
            Err(failure) => {
                let others = letters.iter().skip(1).map(|_| Err(Failure::Unanswered));
                std::iter::once(Err(failure)).chain(others).collect()
            }
        };
        if let Some(failure) = fates.iter().find_map(|fate| fate.as_ref().err()) {
            self.wire.lock().await.take();
            self.link.forget(failure).await;
        }
        fates
    }

    /// The channel that is open, or a new one.
    async fn wire(&self, deadline: Instant) -> Result<Wire> {
        let opening = async {
            let mut wire = self.wire.lock().await;
            match &*wire {
                Some(open) if open.status().connected() => Ok(open.clone()),
                _ => Ok(wire.insert(self.open().await?).clone()),
            }
        };
        timeout_at(deadline, opening).await.map_err(|_| Failure::TimedOut(SENT_WITHIN))?
    }

    async fn open(&self) -> Result<Wire> {
        let wire = self.link.open().await?;
        wire.confirm_select(ConfirmSelectOptions::default()).await?;
        Ok(wire)
    }
}

async fn publish(
    wire: &Wire,
    exchange: &ShortString,
    letters: Vec<Letter<'_>>,
    deadline: Instant,
) -> Vec<Result<()>> {
    let mut sent = Vec::with_capacity(letters.len());
    for letter in letters {
        let is_open = sent.last().is_none_or(Result::is_ok);
        sent.push(match is_open {
            true => send(wire, exchange, letter, deadline).await,
            false => Err(Failure::Unanswered),
        });
    }
    let mut fates = Vec::with_capacity(sent.len());
    for confirm in sent {
        fates.push(match confirm {
            Ok(confirm) => outcome(confirm, deadline).await,
            Err(failure) => Err(failure),
        });
    }
    fates
}

async fn send(
    wire: &Wire,
    exchange: &ShortString,
    letter: Letter<'_>,
    deadline: Instant,
) -> Result<PublisherConfirm> {
    let Letter { routing_key, properties, payload } = letter;
    let options = BasicPublishOptions { mandatory: true, ..Default::default() };
    let payload = payload.as_bytes();
    let sending = wire.basic_publish(exchange.clone(), routing_key, options, payload, properties);
    Ok(timeout_at(deadline, sending).await.map_err(|_| Failure::Unanswered)??)
}

/// A message that no queue took is confirmed too, and returned with it.
async fn outcome(confirm: PublisherConfirm, deadline: Instant) -> Result<()> {
    match timeout_at(deadline, confirm).await.map_err(|_| Failure::Unanswered)?? {
        Confirmation::Ack(None) => Ok(()),
        Confirmation::Ack(Some(_)) | Confirmation::Nack(_) | Confirmation::NotRequested => {
            Err(Failure::NotTaken)
        }
    }
}
