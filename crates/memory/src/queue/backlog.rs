use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::Duration;

use reelmark_application::ports::{Delivery, MAX_ATTEMPTS, MessageRecord, Publication, Verdict};
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use tokio::time::Instant;

/// How long a message rests after it came back once. Doubled each time, up to a limit, so that
/// neither a message that fails nor a store that is down keeps everybody busy.
const FIRST_REST: Duration = Duration::from_millis(100);
const MOST_DOUBLINGS: u32 = 3;

/// The messages that are neither done nor given up.
#[derive(Default)]
pub(super) struct Backlog {
    ready: VecDeque<Task>,
    /// Those that rest, by the time until which they do; the number tells equals apart.
    resting: BTreeMap<(Instant, u64), Task>,
    /// Those that a consumer has, by receipt.
    taken: HashMap<u64, Task>,
    last_number: u64,
    is_closed: bool,
}

/// A message on its way, with all that is to be known of it. Dropping it tells its publisher that
/// nobody knows what became of it.
pub(super) struct Task {
    message: MessageRecord,
    failures: u32,
    postponements: u32,
    fate: oneshot::Sender<Publication>,
    /// Its place in the queue, free again once its fate is known.
    _room: OwnedSemaphorePermit,
}

impl Task {
    pub(super) fn new(
        message: MessageRecord,
        fate: oneshot::Sender<Publication>,
        room: OwnedSemaphorePermit,
    ) -> Self {
        Self { message, failures: 0, postponements: 0, fate, _room: room }
    }

    fn end(self, fate: Publication) {
        // A publisher that went away will publish the message again.
        drop(self.fate.send(fate));
    }

    fn rest(&self) -> Duration {
        let returns = self.failures + self.postponements;
        FIRST_REST * 2_u32.pow(returns.saturating_sub(1).min(MOST_DOUBLINGS))
    }
}

impl Backlog {
    pub(super) fn add(&mut self, task: Task) {
        if !self.is_closed {
            self.ready.push_back(task);
        }
    }

    /// Hands out up to `max` messages, oldest first.
    pub(super) fn take(&mut self, max: usize, now: Instant) -> Vec<Delivery> {
        self.wake_the_rested(now);
        let count = max.min(self.ready.len());
        let tasks: Vec<Task> = self.ready.drain(..count).collect();
        tasks.into_iter().map(|task| self.hand_out(task)).collect()
    }

    /// How many messages nobody has at the moment.
    pub(super) fn waiting(&self) -> usize {
        self.ready.len() + self.resting.len()
    }

    /// When the next resting message wakes up.
    pub(super) fn next_awakening(&self) -> Option<Instant> {
        self.resting.keys().next().map(|(until, _)| *until)
    }

    /// Does what a consumer says about a delivery. Unknown receipts are ignored.
    pub(super) fn settle(&mut self, receipt: u64, verdict: Verdict, now: Instant) {
        let Some(mut task) = self.taken.remove(&receipt) else {
            return;
        };
        match verdict {
            Verdict::Done => task.end(Publication::Confirmed),
            Verdict::Refuse { reason } => task.end(Publication::Rejected { reason }),
            Verdict::Retry { reason } if task.failures + 1 >= MAX_ATTEMPTS => {
                task.end(Publication::Rejected { reason });
            }
            Verdict::Retry { .. } => {
                task.failures += 1;
                self.lay_to_rest(task, now);
            }
            Verdict::Postpone => {
                task.postponements += 1;
                self.lay_to_rest(task, now);
            }
        }
    }

    /// Drops everything, now and from now on.
    pub(super) fn close(&mut self) {
        *self = Self { is_closed: true, ..Self::default() };
    }

    fn hand_out(&mut self, task: Task) -> Delivery {
        let receipt = self.next_number();
        let delivery =
            Delivery { message: task.message.clone(), receipt, attempt: task.failures + 1 };
        self.taken.insert(receipt, task);
        delivery
    }

    fn lay_to_rest(&mut self, task: Task, now: Instant) {
        let number = self.next_number();
        self.resting.insert((now + task.rest(), number), task);
    }

    fn wake_the_rested(&mut self, now: Instant) {
        while let Some(entry) = self.resting.first_entry()
            && entry.key().0 <= now
        {
            self.ready.push_back(entry.remove());
        }
    }

    fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use time::OffsetDateTime;
    use tokio::sync::Semaphore;
    use tokio::sync::oneshot::error::TryRecvError;

    /// A publisher may have found room just before the consumer closed.
    #[test]
    fn what_is_added_after_the_end_is_dropped() {
        let message = MessageRecord {
            id: 1,
            kind: "test.v1".into(),
            payload: "{}".into(),
            created_at: OffsetDateTime::UNIX_EPOCH,
        };
        let room = Arc::new(Semaphore::new(1)).try_acquire_owned().unwrap();
        let (fate, mut told) = oneshot::channel();
        let mut backlog = Backlog::default();
        backlog.close();

        backlog.add(Task::new(message, fate, room));

        assert_eq!(told.try_recv(), Err(TryRecvError::Closed));
    }
}
