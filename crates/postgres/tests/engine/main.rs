//! What is true of PostgreSQL alone, beside the contracts that all stores keep.
#![expect(
    clippy::unwrap_used,
    reason = "what goes wrong in a helper must stop the test that needs it"
)]

mod batches;
mod connector;
mod migrations;
mod outages;
mod overload;
mod plans;
mod sessions;
#[path = "../support/mod.rs"]
mod support;
