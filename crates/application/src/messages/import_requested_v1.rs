use serde::{Deserialize, Serialize};

/// Somebody handed in a file, whose ratings are to be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportRequestedV1 {
    pub import: i64,
}

impl ImportRequestedV1 {
    /// What the outbox calls this format.
    pub const KIND: &str = "import_requested.v1";
}
