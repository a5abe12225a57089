//! What tests need and production never sees.
#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test helper that fails must stop its test loudly, with a sentence that says why"
)]

pub mod builders;
pub mod contracts;
mod fixed_clock;
pub mod servers;
mod shared_buffer;

pub use fixed_clock::FixedClock;
pub use shared_buffer::SharedBuffer;
