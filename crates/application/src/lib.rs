//! What Reelmark does, step by step, and what it needs from the outside to do it.
//!
//! - [`ports`] are the needs: one trait per role, with its records, its error and its contract.
//! - `movie`, `user`, `rating` … hold one use case per file. Each aggregate has an inbound port
//!   (`MovieUseCases`) that driving adapters call, and a service that implements it with one line
//!   per use case.
//! - [`caching`] decorates reader ports; [`messages`] are the formats that travel through queues;
//!   [`throttling`] says how often what may be done.
//!
//! # Adding a port
//!
//! 1. Write the trait in `ports/<role>.rs`: name it by its role, write the contract that every
//!    adapter MUST keep into the doc comments, put its requests and records beside it.
//! 2. Give it the two attributes all ports have, so that its mock exists in tests alone.
//! 3. Write its contract suite in `testkit`, then the adapters, each of which runs that suite.
//! 4. Hand it to the services that need it in `reelmark/wiring`.
//!
//! `docs/adding-a-port.md` walks through an example.

mod change;
mod origin;
#[cfg(test)]
mod testing;

pub mod account;
pub mod audit;
pub mod auth;
pub mod background;
pub mod caching;
pub mod dead_letter;
pub mod health;
pub mod housekeeping;
pub mod idempotency;
pub mod messages;
pub mod movie;
pub mod ports;
pub mod rating;
pub mod recommendation;
pub mod report;
pub mod summary_audit;
pub mod throttling;
pub mod user;

pub use change::{Change, ExpectedVersion};
pub use origin::Origin;
