//! What happens behind the scenes: messages on their way, the summaries that follow them, and mail.

mod count_ratings;
mod import_ratings;
mod keep_dead_letters;
mod mail_texts;
mod make_report;
mod measure_backlog;
mod relay_messages;
mod rescore_summaries;
mod send_mails;
mod service;
mod use_cases;

pub use make_report::Reporting;
pub use measure_backlog::WaitingWork;
pub use relay_messages::RelayedMessages;
pub use service::{BackgroundService, MailRoom, Publishers};
pub use use_cases::*;
