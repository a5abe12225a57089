use std::error::Error;
use std::time::Duration;

use metrics::counter;

use crate::measures;

const FIRST: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_secs(2);

/// How a loop bears that something it needs is away: it waits twice as long each time, and tells
/// the log only when the trouble begins and when it is over.
pub(crate) struct Backoff {
    task: &'static str,
    next: Option<Duration>,
}

impl Backoff {
    pub(crate) fn new(task: &'static str) -> Self {
        Self { task, next: None }
    }

    /// It went wrong; returns how long to wait before the next try.
    pub(crate) fn failed(&mut self, error: &(impl Error + 'static)) -> Duration {
        let task = self.task;
        counter!(measures::FAILURES, "task" => task).increment(1);
        let pause = match self.next {
            None => {
                log::error!(task, error:err = *error; "a background task has to wait and try again");
                FIRST
            }
            Some(pause) => {
                log::debug!(task, error:err = *error; "a background task still has to wait");
                pause
            }
        };
        self.next = Some((pause * 2).min(LONGEST));
        pause
    }

    /// It went well; returns `wait`, how long the loop wants to wait then.
    pub(crate) fn worked(&mut self, wait: Duration) -> Duration {
        if self.next.take().is_some() {
            log::info!(task = self.task; "a background task works again");
        }
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt;

    #[test]
    fn waits_twice_as_long_each_time_up_to_two_seconds() {
        let mut backoff = Backoff::new("test");
        let pauses: Vec<u128> = (0..7).map(|_| backoff.failed(&fmt::Error).as_millis()).collect();
        assert_eq!(pauses, [100, 200, 400, 800, 1600, 2000, 2000]);
    }

    #[test]
    fn starts_over_once_it_worked() {
        let mut backoff = Backoff::new("test");
        backoff.failed(&fmt::Error);
        backoff.failed(&fmt::Error);
        backoff.worked(Duration::ZERO);
        assert_eq!(backoff.failed(&fmt::Error), FIRST);
    }
}
