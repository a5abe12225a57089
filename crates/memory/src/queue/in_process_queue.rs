use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use reelmark_application::ports::{
    Delivery, EventPublisher, MessageConsumer, MessageRecord, Publication, QueueError, Verdict,
};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::{Instant, timeout_at};

use super::backlog::{Backlog, Task};

/// A queue in this process for up to `capacity` messages, whose publisher waits for room.
///
/// It keeps nothing that outlives the process, so a message is confirmed only once it is done, and
/// the outbox remains answerable for it until then.
pub fn in_process_queue(capacity: usize) -> (InProcessPublisher, InProcessConsumer) {
    let queue = Arc::new(Queue {
        backlog: Mutex::default(),
        news: Notify::new(),
        room: Arc::new(Semaphore::new(capacity)),
    });
    (InProcessPublisher(queue.clone()), InProcessConsumer(queue))
}

/// The end that messages enter.
pub struct InProcessPublisher(Arc<Queue>);

/// The end that messages leave. When it is dropped, all that is not done is unconfirmed.
pub struct InProcessConsumer(Arc<Queue>);

struct Queue {
    backlog: Mutex<Backlog>,
    /// Wakes the consumers that wait for a message, or for one to wake up.
    news: Notify,
    room: Arc<Semaphore>,
}

impl Queue {
    fn backlog(&self) -> MutexGuard<'_, Backlog> {
        self.backlog.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl InProcessPublisher {
    /// Puts a message into the queue without telling the consumers, and returns where its fate will
    /// be told. `None` when nobody consumes any more.
    async fn enqueue(&self, message: MessageRecord) -> Option<oneshot::Receiver<Publication>> {
        let room = self.room().await?;
        let (fate, told) = oneshot::channel();
        self.0.backlog().add(Task::new(message, fate, room));
        Some(told)
    }

    async fn room(&self) -> Option<OwnedSemaphorePermit> {
        let room = &self.0.room;
        if let Ok(permit) = room.clone().try_acquire_owned() {
            return Some(permit);
        }
        // What fills the queue may be messages that the consumers were not told of yet.
        self.0.news.notify_waiters();
        room.clone().acquire_owned().await.ok()
    }
}

#[async_trait]
impl EventPublisher for InProcessPublisher {
    async fn publish(&self, messages: Vec<MessageRecord>) -> Vec<Publication> {
        let mut told = Vec::with_capacity(messages.len());
        for message in messages {
            told.push(self.enqueue(message).await);
        }
        self.0.news.notify_waiters();
        let mut fates = Vec::with_capacity(told.len());
        for told in told {
            let fate = match told {
                Some(told) => told.await.ok(),
                None => None,
            };
            fates.push(fate.unwrap_or(Publication::Unconfirmed));
        }
        fates
    }
}

#[async_trait]
impl MessageConsumer for InProcessConsumer {
    async fn next_batch(&self, max: usize) -> Result<Vec<Delivery>, QueueError> {
        loop {
            // Listening before looking, so that no news gets lost in between. From looking to
            // returning there is no await, so that dropping this future loses no message.
            let mut news = std::pin::pin!(self.0.news.notified());
            news.as_mut().enable();
            let awakening = {
                let mut backlog = self.0.backlog();
                let batch = backlog.take(max.max(1), Instant::now());
                if !batch.is_empty() {
                    return Ok(batch);
                }
                backlog.next_awakening()
            };
            match awakening {
                Some(at) => drop(timeout_at(at, news).await),
                None => news.await,
            }
        }
    }

    async fn waiting(&self) -> Result<u64, QueueError> {
        Ok(self.0.backlog().waiting() as u64)
    }

    async fn settle(&self, verdicts: Vec<(u64, Verdict)>) -> Result<(), QueueError> {
        let now = Instant::now();
        let mut backlog = self.0.backlog();
        for (receipt, verdict) in verdicts {
            backlog.settle(receipt, verdict, now);
        }
        drop(backlog);
        // Another consumer may have to wake up earlier than it thought.
        self.0.news.notify_waiters();
        Ok(())
    }
}

impl Drop for InProcessConsumer {
    fn drop(&mut self) {
        self.0.room.close();
        self.0.backlog().close();
    }
}
