//! What tests need and production never sees.
#![expect(
    clippy::expect_used,
    reason = "a test helper that fails must stop its test loudly, with a sentence that says why"
)]

pub mod servers;
