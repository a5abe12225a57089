//! What happens behind the scenes: messages on their way, and the summaries that follow them.

mod count_ratings;
mod keep_dead_letters;
mod relay_messages;
mod rescore_summaries;
mod service;
mod use_cases;

pub use relay_messages::RelayedMessages;
pub use service::{BackgroundService, Publishers};
pub use use_cases::*;
