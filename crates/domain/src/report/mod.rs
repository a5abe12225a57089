//! Reports: what they are about, and the numbers that only they show.

mod period;
mod polarization;
mod report_failure;
mod report_kind;
mod report_status;
mod spread;
mod streak;

pub use period::ReportPeriod;
pub use polarization::polarization;
pub use report_failure::ReportFailure;
pub use report_kind::ReportKind;
pub use report_status::ReportStatus;
pub use spread::standard_deviation;
pub use streak::longest_streak;
