//! What the tests of the loops share.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use reelmark_application::messages::RatingChangedV1;
use reelmark_application::ports::{Delivery, MessageRecord, QueueError, RepositoryError};
use time::OffsetDateTime;
use time::macros::datetime;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

pub(crate) const NOON: OffsetDateTime = datetime!(2026-03-01 12:00 UTC);

/// What a mock answers, one line per call. It remembers when it was asked, and tells the loop under
/// test to stop with its last line.
pub(crate) struct Script<T> {
    began: Instant,
    lines: Arc<Mutex<VecDeque<T>>>,
    times: Arc<Mutex<Vec<u128>>>,
    end: CancellationToken,
}

impl<T> Script<T> {
    pub(crate) fn new(lines: Vec<T>) -> Self {
        Self {
            began: Instant::now(),
            lines: Arc::new(Mutex::new(lines.into())),
            times: Arc::default(),
            end: CancellationToken::new(),
        }
    }

    pub(crate) fn next(&self) -> T {
        let mut lines = self.lines.lock().unwrap();
        self.times.lock().unwrap().push(self.began.elapsed().as_millis());
        if lines.len() == 1 {
            self.end.cancel();
        }
        lines.pop_front().unwrap()
    }

    /// Cancelled with the last line.
    pub(crate) fn end(&self) -> CancellationToken {
        self.end.clone()
    }

    /// When each line was asked for, in milliseconds.
    pub(crate) fn times(&self) -> Vec<u128> {
        self.times.lock().unwrap().clone()
    }
}

impl<T> Clone for Script<T> {
    fn clone(&self) -> Self {
        Self {
            began: self.began,
            lines: self.lines.clone(),
            times: self.times.clone(),
            end: self.end.clone(),
        }
    }
}

/// A rating change committed at [`NOON`].
pub(crate) fn delivery(receipt: u64) -> Delivery {
    Delivery {
        message: MessageRecord {
            id: 1,
            kind: RatingChangedV1::KIND.to_owned(),
            payload: r#"{"movie":42,"user":7,"old":null,"new":9}"#.to_owned(),
            created_at: NOON,
        },
        receipt,
        attempt: 1,
    }
}

pub(crate) fn away() -> RepositoryError {
    RepositoryError::Unavailable("no connection".into())
}

pub(crate) fn queue_away() -> QueueError {
    QueueError("no connection".into())
}
