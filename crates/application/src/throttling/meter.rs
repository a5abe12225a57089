use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::Policy;

/// What a client has left of one policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    pub policy: Policy,
    /// How many more would be admitted now.
    pub remaining: u32,
    /// How long until the whole burst is back.
    pub reset: Duration,
}

/// Remembers what the client of one request has left, so that whoever answers can say so however
/// the request turns out. Clones are the same meter.
#[derive(Clone, Debug, Default)]
pub struct Meter(Arc<Mutex<Vec<Reading>>>);

impl Meter {
    /// What was read last of each policy, in the order in which they were first asked.
    pub fn readings(&self) -> Vec<Reading> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn note(&self, reading: Reading) {
        let mut readings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match readings.iter_mut().find(|known| known.policy.name == reading.policy.name) {
            Some(known) => *known = reading,
            None => readings.push(reading),
        }
    }
}
