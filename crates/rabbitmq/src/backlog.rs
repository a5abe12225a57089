//! What a subscription has been given by the broker and has not settled.
//!
//! A message that has to come again is not given back. A quorum queue counts each return, whatever
//! its cause, and puts the message in front again at once; here it can rest, each time longer, and
//! only failures count. The broker keeps it until it is settled, and hands it to somebody else when
//! this connection ends.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::time::Duration;

use reelmark_application::ports::{Delivery, MAX_ATTEMPTS, MessageRecord, Verdict};
use tokio::time::Instant;

/// How long a message rests after it came back once. Doubled each time, up to a limit.
const FIRST_REST: Duration = Duration::from_millis(100);
const MOST_DOUBLINGS: u32 = 3;

/// A message that the broker waits to hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    /// What the broker calls it on its channel.
    pub tag: u64,
    pub message: MessageRecord,
    /// Why it was given up, when it comes from the dead letters.
    pub reason: String,
    failures: u32,
    postponements: u32,
}

/// The messages of one channel of one connection.
#[derive(Default)]
pub(crate) struct Backlog {
    ready: VecDeque<Held>,
    /// Those that rest, by the time until which they do; the number tells equals apart.
    resting: BTreeMap<(Instant, u64), Held>,
    /// Those that somebody works on, by receipt.
    taken: HashMap<u64, Held>,
    /// The tags of all of them.
    unsettled: BTreeSet<u64>,
    last_number: u64,
}

/// A message that won't come again, and why.
pub(crate) struct GivenUp {
    pub held: Held,
    pub reason: String,
}

/// What has to be told to the broker.
#[derive(Default)]
pub(crate) struct Settled {
    pub done: Vec<u64>,
    pub given_up: Vec<GivenUp>,
}

/// How tags are acknowledged: all up to one together, and the others one by one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Acknowledgement {
    pub up_to: Option<u64>,
    pub single: Vec<u64>,
}

impl Held {
    pub(crate) fn new(tag: u64, message: MessageRecord, reason: String) -> Self {
        Self { tag, message, reason, failures: 0, postponements: 0 }
    }

    fn rest(&self) -> Duration {
        let returns = self.failures + self.postponements;
        FIRST_REST * 2_u32.pow(returns.saturating_sub(1).min(MOST_DOUBLINGS))
    }
}

impl Backlog {
    pub(crate) fn add(&mut self, held: Held) {
        self.unsettled.insert(held.tag);
        self.ready.push_back(held);
    }

    pub(crate) fn ready(&mut self, now: Instant) -> usize {
        while let Some(entry) = self.resting.first_entry()
            && entry.key().0 <= now
        {
            self.ready.push_back(entry.remove());
        }
        self.ready.len()
    }

    /// Hands out up to `max` of those that are ready, with a receipt for each.
    pub(crate) fn take(&mut self, max: usize) -> Vec<(u64, Held)> {
        let count = max.min(self.ready.len());
        let taken: Vec<Held> = self.ready.drain(..count).collect();
        let hand_out = |held: Held| {
            let receipt = self.next_number();
            self.taken.insert(receipt, held.clone());
            (receipt, held)
        };
        taken.into_iter().map(hand_out).collect()
    }

    /// When the next resting message wakes up.
    pub(crate) fn next_awakening(&self) -> Option<Instant> {
        self.resting.keys().next().map(|(until, _)| *until)
    }

    /// Does what a consumer says about deliveries. Unknown receipts are ignored: they are of a
    /// connection that is gone, and the broker delivers their messages again.
    pub(crate) fn settle(&mut self, verdicts: Vec<(u64, Verdict)>, now: Instant) -> Settled {
        let mut settled = Settled::default();
        for (receipt, verdict) in verdicts {
            let Some(mut held) = self.taken.remove(&receipt) else {
                continue;
            };
            match verdict {
                Verdict::Done => settled.done.push(held.tag),
                Verdict::Refuse { reason } => settled.given_up.push(GivenUp { held, reason }),
                Verdict::Retry { reason } if held.failures + 1 >= MAX_ATTEMPTS => {
                    settled.given_up.push(GivenUp { held, reason });
                }
                Verdict::Retry { .. } => {
                    held.failures += 1;
                    self.lay_to_rest(held, now);
                }
                Verdict::Postpone => {
                    held.postponements += 1;
                    self.lay_to_rest(held, now);
                }
            }
        }
        settled
    }

    /// Takes tags off the list of what the broker waits for.
    pub(crate) fn acknowledge(&mut self, mut tags: Vec<u64>) -> Acknowledgement {
        tags.sort_unstable();
        for tag in &tags {
            self.unsettled.remove(tag);
        }
        let first_unsettled = self.unsettled.first().copied().unwrap_or(u64::MAX);
        let together = tags.partition_point(|tag| *tag < first_unsettled);
        let single = tags.split_off(together);
        Acknowledgement { up_to: tags.last().copied(), single }
    }

    /// Lets a message rest that could not be given up.
    pub(crate) fn put_back(&mut self, mut held: Held, now: Instant) {
        held.postponements += 1;
        self.lay_to_rest(held, now);
    }

    /// Forgets everything, since the broker will deliver it again. Receipts stay unique.
    pub(crate) fn clear(&mut self) {
        *self = Self { last_number: self.last_number, ..Self::default() };
    }

    fn lay_to_rest(&mut self, held: Held, now: Instant) {
        let number = self.next_number();
        self.resting.insert((now + held.rest(), number), held);
    }

    fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }
}

/// A held message as consumers see it.
pub(crate) fn delivery((receipt, held): (u64, Held)) -> Delivery {
    Delivery { message: held.message, receipt, attempt: held.failures + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::OffsetDateTime;

    fn backlog(tags: impl IntoIterator<Item = u64>) -> Backlog {
        let mut backlog = Backlog::default();
        for tag in tags {
            let message = MessageRecord {
                id: tag.cast_signed(),
                kind: "test.v1".into(),
                payload: "{}".into(),
                created_at: OffsetDateTime::UNIX_EPOCH,
            };
            backlog.add(Held::new(tag, message, String::new()));
        }
        backlog
    }

    fn retry() -> Verdict {
        Verdict::Retry { reason: "bad luck".into() }
    }

    #[test]
    fn what_is_done_is_acknowledged_together_up_to_what_is_not() {
        let mut backlog = backlog(1..=6);
        let acknowledged = backlog.acknowledge(vec![5, 2, 1, 3]);
        assert_eq!(acknowledged, Acknowledgement { up_to: Some(3), single: vec![5] });
        let acknowledged = backlog.acknowledge(vec![6]);
        assert_eq!(acknowledged, Acknowledgement { up_to: None, single: vec![6] });
        let acknowledged = backlog.acknowledge(vec![4]);
        assert_eq!(acknowledged, Acknowledgement { up_to: Some(4), single: vec![] });
    }

    #[test]
    fn a_message_rests_longer_each_time_and_is_given_up_after_five_failures() {
        let mut backlog = backlog([1]);
        let mut now = Instant::now();
        for rest in [100, 200, 400, 800] {
            let (receipt, _) = backlog.take(1).remove(0);
            assert!(backlog.settle(vec![(receipt, retry())], now).given_up.is_empty());
            now += Duration::from_millis(rest - 1);
            assert_eq!(backlog.ready(now), 0);
            now += Duration::from_millis(1);
            assert_eq!(backlog.ready(now), 1);
        }
        let (receipt, held) = backlog.take(1).remove(0);
        assert_eq!(delivery((receipt, held)).attempt, 5);
        let settled = backlog.settle(vec![(receipt, retry())], now);
        assert_eq!(settled.given_up[0].reason, "bad luck");
    }

    #[test]
    fn receipts_of_a_connection_that_is_gone_settle_nothing() {
        let mut backlog = backlog([1]);
        let (old, _) = backlog.take(1).remove(0);
        backlog.clear();
        assert!(backlog.settle(vec![(old, Verdict::Done)], Instant::now()).done.is_empty());
        backlog.add(Held::new(1, self::backlog([1]).take(1).remove(0).1.message, String::new()));
        assert_ne!(backlog.take(1)[0].0, old);
    }
}
