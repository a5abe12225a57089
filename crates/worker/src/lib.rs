//! What happens behind the scenes, driven by time and by messages instead of requests.
//!
//! A [`Worker`] runs three loops until it is told to stop: the relay moves messages from the outbox
//! to the queue, the summary consumer counts rating changes into the summaries, and the rescore
//! schedule lets weighted scores follow the catalogue's mean. What they do is in
//! `reelmark_application::background`; this crate decides when, how often, and what to do when
//! the store or the queue is away.

mod backoff;
mod commits;
mod measures;
mod pause;
mod relay;
mod rescore_schedule;
mod summary_consumer;
#[cfg(test)]
mod testing;
mod worker;

pub use worker::{Worker, WorkerError};
