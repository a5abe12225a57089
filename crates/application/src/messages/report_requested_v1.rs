use serde::{Deserialize, Serialize};

/// Somebody asked for a report, which is to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportRequestedV1 {
    pub report: i64,
}

impl ReportRequestedV1 {
    /// What the outbox calls this format.
    pub const KIND: &str = "report_requested.v1";
}
