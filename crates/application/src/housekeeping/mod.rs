//! What is kept for a while only, and then swept away.

mod service;
mod sweep;
mod use_cases;

pub use service::HousekeepingService;
pub use use_cases::*;
