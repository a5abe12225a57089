//! What happens behind the scenes: messages on their way, and the summaries that follow them.

mod count_ratings;
mod make_report;
mod relay_messages;
mod rescore_summaries;
mod service;
mod use_cases;

pub use make_report::Reporting;
pub use relay_messages::RelayedMessages;
pub use service::{BackgroundService, Publishers};
pub use use_cases::*;
