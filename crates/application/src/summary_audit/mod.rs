//! Whether the summaries still are what the ratings add up to.

mod confirm_drifts;
mod service;
mod use_cases;

pub use service::SummaryAuditService;
pub use use_cases::*;
