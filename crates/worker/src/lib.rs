//! What happens behind the scenes, driven by time and by messages instead of requests.
//!
//! A [`Worker`] runs its loops until it is told to stop: for each channel a relay that moves
//! messages from the outbox to the queue and a consumer that has them worked on; a mover of dead
//! letters where the queue keeps its own; the rescore schedule, which lets weighted scores follow
//! the catalogue's mean; the neighbour schedule, which has similar movies found; housekeeping; and an observer, which measures what waits and what drifted.
//! What they do is in `reelmark_application`; this crate decides when, how often, and what to do
//! when the store or the queue is away.

mod backoff;
mod commits;
mod consumer;
mod dead_letter_mover;
mod housekeeping_schedule;
mod measures;
mod names;
mod neighbour_schedule;
mod observer;
mod pause;
mod relay;
mod rescore_schedule;
#[cfg(test)]
mod testing;
mod worker;

pub use worker::{Consumers, Worker, WorkerError};
